"""The reader's classes and the photos in each: plain values, and what turns them into `Pictures`.

Every change gives new piles, so that who holds the former ones can tell that something changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dl_core.numbers_in_words import listed, so_many
from dl_core.transfer.likeness import burst_numbers
from dl_core.transfer.own_photos import MOST_CLASSES, MOST_PHOTOS, OwnPhoto, class_name
from dl_core.transfer.pictures import Pictures, Rows

NAME = "your photos"  # what the page calls them
FEWEST_CLASSES = 2
FEWEST_PHOTOS = 2  # a class: one to learn from, one to check


@dataclass(frozen=True)
class OwnClass:
    """One class."""

    key: int  # never given twice in these piles, whatever the class is called
    name: str  # shown, and different from the others'
    photos: tuple[OwnPhoto, ...] = ()


@dataclass(frozen=True)
class PhotoPiles:
    """2 to 6 classes, and up to 1,500 photos in them."""

    classes: tuple[OwnClass, ...] = (OwnClass(1, "Class 1"), OwnClass(2, "Class 2"))
    next_key: int = 3  # of the next class

    @property
    def n_photos(self) -> int:
        """In all classes together."""
        return sum(len(each.photos) for each in self.classes)

    def at(self, key: int) -> OwnClass:
        """The class with this ``key``.

        Raises
        ------
        ValueError
            When there is none.
        """
        for each in self.classes:
            if each.key == key:
                return each
        raise ValueError(f"There is no class {key}.")


def added(piles: PhotoPiles, photo: OwnPhoto, key: int) -> tuple[PhotoPiles, str]:
    """The piles with one more photo; or as they were, and why, as a key of `own_photos.WHY`.

    A photo that lay in a folder goes to the class of that name, which is made where there is none.

    Parameters
    ----------
    piles
        What there is.
    photo
        What comes.
    key
        The class that it goes to unless its folder says otherwise.
    """
    if photo.folder:
        piles, key = _class_for(piles, photo.folder)
        if not key:
            return piles, "classes"
    target = piles.at(key)
    if any(photo.sha256 == other.sha256 for other in target.photos):
        return piles, "again"
    if piles.n_photos >= MOST_PHOTOS:
        return piles, "room"
    return _with(piles, replace(target, photos=(*target.photos, photo))), ""


def _class_for(piles: PhotoPiles, folder: str) -> tuple[PhotoPiles, int]:
    """The class that a folder means: of its name, or an empty one nobody has named, or a new one; 0: none."""
    for each in piles.classes:
        if each.name.casefold() == folder.casefold():
            return piles, each.key
    for each in piles.classes:
        if not each.photos and each.name == f"Class {each.key}":
            return _with(piles, replace(each, name=folder)), each.key
    if len(piles.classes) >= MOST_CLASSES:
        return piles, 0
    new = OwnClass(piles.next_key, folder)
    return PhotoPiles((*piles.classes, new), new.key + 1), new.key


def with_class(piles: PhotoPiles) -> PhotoPiles:
    """One more class, empty.

    Raises
    ------
    ValueError
        When there are six.

    Examples
    --------
    >>> [each.name for each in with_class(PhotoPiles()).classes]
    ['Class 1', 'Class 2', 'Class 3']
    """
    if len(piles.classes) >= MOST_CLASSES:
        raise ValueError(f"{MOST_CLASSES} classes are the most.")
    key = piles.next_key
    while any(each.name.casefold() == f"class {key}" for each in piles.classes):  # a reader's own name
        key += 1
    return PhotoPiles((*piles.classes, OwnClass(key, f"Class {key}")), key + 1)


def without_class(piles: PhotoPiles, key: int) -> PhotoPiles:
    """The piles without a class and its photos.

    Parameters
    ----------
    piles
        What there is.
    key
        Of the class that goes.

    Raises
    ------
    ValueError
        When only two would be left to choose from, or there is no such class.
    """
    if len(piles.classes) <= FEWEST_CLASSES:
        raise ValueError(f"{FEWEST_CLASSES} classes are the least.")
    gone = piles.at(key)
    return replace(piles, classes=tuple(each for each in piles.classes if each is not gone))


def renamed(piles: PhotoPiles, key: int, name: str) -> PhotoPiles:
    """The piles with a class called otherwise; the name is cleaned as `class_name` says.

    Parameters
    ----------
    piles
        What there is.
    key
        Of the class.
    name
        Anything.

    Raises
    ------
    ValueError
        One sentence for the reader: the name is empty or taken.

    Examples
    --------
    >>> renamed(PhotoPiles(), 2, "<b>Mug</b>").classes[1].name
    'b Mug b'
    """
    clean, target = class_name(name), piles.at(key)
    if not clean:
        raise ValueError("A class needs a name with a letter or a digit.")
    if any(each.name.casefold() == clean.casefold() for each in piles.classes if each is not target):
        raise ValueError(f"There is a class “{clean}” already. Move the photos there instead.")
    return _with(piles, replace(target, name=clean))


def removed(piles: PhotoPiles, key: int, numbers: Sequence[int]) -> PhotoPiles:
    """The piles without some photos of a class.

    Parameters
    ----------
    piles
        What there is.
    key
        Of the class.
    numbers
        Which photos, counted from 1 as on the contact sheet; others mean nothing.
    """
    target, gone = piles.at(key), set(numbers)
    left = tuple(photo for number, photo in enumerate(target.photos, 1) if number not in gone)
    return _with(piles, replace(target, photos=left))


def moved(piles: PhotoPiles, key: int, numbers: Sequence[int], to: int) -> PhotoPiles:
    """The piles with some photos of one class in another; one that is there already goes.

    Parameters
    ----------
    piles
        What there is.
    key
        Of the class they are in.
    numbers
        Which photos, counted from 1 as on the contact sheet.
    to
        Key of the class they go to.
    """
    if key == to:
        return piles
    chosen, target = set(numbers), piles.at(to)
    there = {photo.sha256 for photo in target.photos}
    coming = [photo for number, photo in enumerate(piles.at(key).photos, 1) if number in chosen]
    photos = (*target.photos, *(photo for photo in coming if photo.sha256 not in there))
    return _with(removed(piles, key, numbers), replace(target, photos=photos))


def all_pictures(piles: PhotoPiles, rows: Rows | None = None) -> Pictures | None:
    """Every photo, class by class in the order of the contact sheets; None where there is none.

    Parameters
    ----------
    piles
        What there is.
    rows
        What was measured of these photos before, by their pixels, ``(320,)`` each; more will be put there.
    """
    filled = [each for each in piles.classes if each.photos]
    if not filled:
        return None
    photos = [photo for each in filled for photo in each.photos]
    labels = np.repeat(np.arange(len(filled)), [len(each.photos) for each in filled])
    pixels = np.stack([photo.pixels for photo in photos])
    bursts = burst_numbers(pixels, labels, [photo.taken for photo in photos])
    names = tuple(each.name for each in filled)
    return Pictures(NAME, names, pixels, labels, bursts, is_own=True, rows=rows)


def usable(everything: Pictures | None) -> Pictures | None:
    """The classes of two photos or more; None where that is fewer than two classes.

    Parameters
    ----------
    everything
        From `all_pictures`; returned as it is where all classes are large enough.
    """
    if everything is None:
        return None
    enough = [label for label, n in enumerate(everything.counts) if n >= FEWEST_PHOTOS]
    if len(enough) < FEWEST_CLASSES:
        return None
    if len(enough) == len(everything.names):
        return everything
    at = np.flatnonzero(np.isin(everything.labels, enough))
    labels = np.searchsorted(enough, everything.labels[at]).astype(np.int64)
    names = tuple(everything.names[label] for label in enough)
    return Pictures(
        NAME, names, everything.pixels[at], labels, everything.bursts[at], is_own=True, rows=everything.rows
    )


def to_pictures(piles: PhotoPiles) -> Pictures | None:
    """The piles as a task to learn; None while they are not enough.

    Examples
    --------
    >>> to_pictures(PhotoPiles()) is None
    True
    """
    return usable(all_pictures(piles))


def on_shared_rows(piles: PhotoPiles, everything: Pictures) -> PhotoPiles:
    """The same piles whose photos are rows of `all_pictures`, so that no photo lies in memory twice.

    Parameters
    ----------
    piles
        What there is.
    everything
        Made of exactly these piles.
    """
    rows = iter(everything.pixels)
    classes = tuple(
        replace(each, photos=tuple(replace(photo, pixels=next(rows)) for photo in each.photos))
        for each in piles.classes
    )
    return replace(piles, classes=classes)


def what_is_missing(piles: PhotoPiles) -> str:
    """What to add before there is a task, and which classes do not count yet; "" where nothing is missing.

    Examples
    --------
    >>> what_is_missing(PhotoPiles())
    'Add 2 photos or more to “Class 1” and “Class 2”. Then your own task begins.'
    """
    short = [each for each in piles.classes if len(each.photos) < FEWEST_PHOTOS]
    n_enough = len(piles.classes) - len(short)
    if n_enough >= FEWEST_CLASSES:
        if not short:
            return ""
        names = listed([f"“{each.name}”" for each in short])
        counts = "counts" if len(short) == 1 else "count"
        return f"{names} {counts} from {so_many(FEWEST_PHOTOS, 'photo')} on."
    wanted = short[: FEWEST_CLASSES - n_enough]
    names = listed([f"“{each.name}”" for each in wanted])
    return f"Add {so_many(FEWEST_PHOTOS, 'photo')} or more to {names}. Then your own task begins."


def _with(piles: PhotoPiles, changed: OwnClass) -> PhotoPiles:
    """The piles with one class in another state."""
    classes = tuple(changed if each.key == changed.key else each for each in piles.classes)
    return replace(piles, classes=classes)
