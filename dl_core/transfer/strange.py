"""How strange pictures look to a head: their distance to what was learned, and how sure it is of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.kept import Kept
from dl_core.photos import sample_photo
from dl_core.transfer import photo_corners
from dl_core.transfer.checked import Checked, angles, checked
from dl_core.transfer.features import Features, features_of
from dl_core.transfer.heads import Head, fit_head
from dl_core.transfer.pictures import Labels, Pictures, Pixels
from dl_core.transfer.tasks import TASKS, features_for, key_of, ready_made
from dl_core.vision.gallery import gallery

OF_EACH = 40  # strangers from each of the other tasks
NEAREST = 3  # photos whose distances are averaged
SHOWS = {"corners": photo_corners.KEYS, "fruit": ("lemon",)}  # sample photos of a task's own classes
EVERYDAY = ("fruit",)  # tasks that show what a reader's own photos may show too
FEWEST = 3  # classes, so that one can be left out and two are still told apart

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Strangers:
    """Pictures of one kind that show none of a task's classes."""

    name: str  # of the kind, as the page calls it
    pixels: Pixels  # (n, 64, 64, 3)
    features: Features  # (n, 320)


@dataclass(frozen=True, eq=False)
class Pile:
    """How strange each of some pictures looks, by two rules."""

    name: str  # as the page calls it
    far: Floats  # (n,) average angle to the three nearest pictures that were learned from, degrees
    sure: Floats  # (n,) how sure the head is of its answer, 0 to 1


@dataclass(frozen=True, eq=False)
class Measured:
    """Known pictures and strangers, before anybody has set a bar."""

    aside: Pile  # held-out pictures on which bars are set
    known: Pile  # the other held-out pictures, by which bars are judged
    known_rows: Labels  # (n,) which of the task's pictures those are
    strangers: tuple[Pile, ...]  # of each kind
    kinds: tuple[Strangers, ...]  # the same, with their pictures
    # for each class: what was learned without it, asked about the others set aside, and about that class
    left_out: tuple[tuple[Pile, Pile], ...]


_KEPT = Kept[Pictures, Measured]()


@cache
def _of_task(key: str) -> Strangers:
    pictures = ready_made(key)
    rows = np.random.default_rng(0).permutation(len(pictures.labels))[:OF_EACH]
    return Strangers(pictures.name, pictures.pixels[rows], features_for(pictures)[rows])


@cache
def _of_gallery(leave_out: tuple[str, ...]) -> Strangers:
    from dl_core.vision.centre_view import centre_view

    keys = [one.key for one in gallery() if one.key not in leave_out]
    pixels = np.stack([centre_view(sample_photo(key).image) for key in keys])
    return Strangers("Sample photos", pixels, features_of(pixels))


def strangers_to(pictures: Pictures, go_on: GoOn | None = None) -> tuple[Strangers, ...] | None:
    """Pictures of the other ready-made tasks, and sample photos; none of them shows a class of this task.

    Parameters
    ----------
    pictures
        A task. Of a reader's own nobody knows what they show, so things of every day are left out there.
    go_on
        Share done, 0 to 1 → whether to go on; where it says no, the answer is None.

    Examples
    --------
    >>> [kind.name for kind in strangers_to(ready_made("parts"))][0]
    'Sample photos'
    """
    found, mine = [], key_of(pictures)
    if not pictures.is_own:
        found.append(_of_gallery(SHOWS.get(mine or "", ())))
    others = [key for key in TASKS if key != mine and not (pictures.is_own and key in EVERYDAY)]
    for at, key in enumerate(others):
        if go_on and not go_on(at / len(others)):
            return None
        found.append(_of_task(key))
    return tuple(found)


def far_from(asked: Features, stored: Features) -> Floats:
    """How far each picture is from what was learned: ``(M,)`` degrees.

    Parameters
    ----------
    asked
        ``(M, 320)`` of pictures that are asked about.
    stored
        ``(N, 320)`` of the pictures that were learned from; of the three nearest the average is taken.
    """
    far = np.sort(angles(asked, stored), axis=1)[:, :NEAREST]
    return np.asarray(far.mean(axis=1))


def pile(name: str, asked: Features, stored: Features, head: Head) -> Pile:
    """Measure some pictures by both rules.

    Parameters
    ----------
    name
        What the page calls them.
    asked
        ``(M, 320)`` of them.
    stored
        ``(N, 320)`` of the pictures that were learned from.
    head
        What was learned.
    """
    return Pile(name, far_from(asked, stored), head.probabilities(asked).max(axis=1))


def set_aside(pictures: Pictures, held_out: Labels, seed: int) -> NDArray[np.bool_]:
    """Every second burst of each class, in a random order: ``(n_held_out,)`` True where it is set aside.

    Parameters
    ----------
    pictures
        A task.
    held_out
        ``(n_held_out,)`` rows of its held-out pictures.
    seed
        Decides which bursts.
    """
    rng = np.random.default_rng([seed, 2])
    bursts, labels = pictures.bursts[held_out], pictures.labels[held_out]
    aside: set[int] = set()
    dealt: set[int] = set()
    for label in range(len(pictures.names)):
        fresh = [int(b) for b in rng.permutation(np.unique(bursts[labels == label])) if int(b) not in dealt]
        dealt.update(fresh)
        aside.update(fresh[::2])
    return np.isin(bursts, sorted(aside))


def measured(pictures: Pictures, n_per_class: int, seed: int, go_on: GoOn | None = None) -> Measured | None:
    """Measure known pictures and strangers; kept as long as somebody holds the pictures.

    Parameters
    ----------
    pictures
        A task.
    n_per_class
        Pictures to learn from, 1 or more a class.
    seed
        Decides which pictures are held out, and which of these set the bars.
    go_on
        Share done, 0 to 1 → whether to go on; where it says no, the answer is None.
    """
    return _KEPT.once(pictures, (n_per_class, seed), lambda: _measured(pictures, n_per_class, seed, go_on))


def _measured(pictures: Pictures, n_per_class: int, seed: int, go_on: GoOn | None) -> Measured | None:
    found = checked(pictures, n_per_class, seed, go_on)
    kinds = strangers_to(pictures, go_on)
    if found is None or kinds is None:
        return None
    stored = found.features[found.split.train]
    aside = set_aside(pictures, found.split.held_out, seed)
    left_out = []
    filled = [label for label, count in enumerate(pictures.counts) if count]
    for at, label in enumerate(filled if len(filled) >= FEWEST else ()):
        if go_on and not go_on(at / len(filled)):
            return None
        left_out.append(_without(pictures, found, aside, label))
    for_bars, rest = found.split.held_out[aside], found.split.held_out[~aside]
    return Measured(
        pile("set aside", found.features[for_bars], stored, found.head),
        pile("held out", found.features[rest], stored, found.head),
        rest,
        tuple(pile(kind.name, kind.features, stored, found.head) for kind in kinds),
        kinds,
        tuple(both for both in left_out if len(both[0].far) and len(both[1].far)),
    )


def _without(pictures: Pictures, found: Checked, aside: NDArray[np.bool_], label: int) -> tuple[Pile, Pile]:
    """Learn all classes but one: the others that were set aside, and the class that it has never seen."""
    held, train = found.split.held_out, found.split.train
    rows = train[pictures.labels[train] != label]
    labels = pictures.labels[rows]
    head = fit_head(found.features[rows], labels - (labels > label), len(pictures.names) - 1)
    others = held[aside & (pictures.labels[held] != label)]
    unseen = held[pictures.labels[held] == label]
    stored = found.features[rows]
    return (
        pile("others", found.features[others], stored, head),
        pile(pictures.names[label], found.features[unseen], stored, head),
    )
