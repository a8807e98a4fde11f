"""What may spoil training on a reader's photos, counted before anybody trains: findings with numbers.

Every check looks at the 64 × 64 pixels that the network looks at, so it finds what the network would suffer
from, not what a camera would. Limits and how they were chosen (November 2026):

* Alike: see `likeness`.
* Blur: variance of the Laplacian (each pixel against its four neighbours) divided by the variance of
  brightness, so that contrast does not matter. Among 107 sharp photos (100 full-size ones and our gallery)
  the lowest is 0.12; blurred by 1.5 of the 64 pixels, 106 of them fall below 0.1, by 1 pixel 81.
* Dark: the lightest tenth begins below 60 of 255. White: the darkest tenth ends above 215. Of 3,000 Tiny
  ImageNet photos 10 are the one and 1 the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import share_of
from dl_core.numbers_in_words import listed, percent, so_many, two_figures
from dl_core.transfer.likeness import SAME, alike, grey, groups, prints
from dl_core.transfer.pictures import Labels, Pictures, Pixels

Numbers = NDArray[np.float32]

SHARP = 0.1  # below it a picture is blurred
PLAIN = 25.0  # variance of brightness that counts at least: an empty wall is no sharp picture
DARK = 60  # of 255
WHITE = 215  # of 255
LOPSIDED = 3  # times as many photos in one class as in another
FEW = 10  # photos of a class
GUESSED_RIGHT = 0.8  # in the example of how wide a range a few photos leave
NAMED = 6  # photos that a sentence names
AT_ONCE = 100  # pictures


@dataclass(frozen=True)
class Finding:
    """Something that may spoil the training."""

    what: str  # of `KINDS`
    count: int  # photos, or classes, that it is about
    photos: tuple[int, ...]  # rows of the pictures, ascending; none where it is about whole classes
    sentence: str  # what it is, what follows and what to do; the numbers are in it


def sharpness(pixels: Pixels) -> Numbers:
    """How sharp each picture is, 0 to about 20: ``(N,)``; light and contrast do not matter.

    Parameters
    ----------
    pixels
        ``(N, 64, 64, 3)``.

    Examples
    --------
    >>> chess = (np.indices((64, 64)).sum(0) // 8 % 2 * 255).astype(np.uint8)
    >>> bool(sharpness(np.repeat(chess[None, :, :, None], 3, axis=3))[0] > SHARP)
    True
    """
    return _in_parts(_sharpness, pixels)


def _sharpness(pixels: Pixels) -> Numbers:
    light = grey(pixels)
    middle = light[:, 1:-1, 1:-1]
    around = light[:, :-2, 1:-1] + light[:, 2:, 1:-1] + light[:, 1:-1, :-2] + light[:, 1:-1, 2:]
    edges = (around - 4 * middle).var(axis=(1, 2))
    return np.asarray(edges / np.maximum(light.var(axis=(1, 2)), PLAIN))


def brightness_at(pixels: Pixels, share: float) -> Numbers:
    """The brightness, 0 to 255, that this share of a picture stays below: ``(N,)``.

    Parameters
    ----------
    pixels
        ``(N, 64, 64, 3)``.
    share
        Of each picture's area, 0 to 1.

    Examples
    --------
    >>> brightness_at(np.full((1, 64, 64, 3), 200, np.uint8), 0.9).round().tolist()
    [200.0]
    """
    return _in_parts(partial(_quantile, share=share), pixels)


def _quantile(pixels: Pixels, share: float) -> Numbers:
    return np.asarray(np.quantile(grey(pixels).reshape(len(pixels), -1), share, axis=1), np.float32)


def check(pictures: Pictures) -> tuple[Finding, ...]:
    """What may spoil the training, the worst first; empty where nothing was found.

    Parameters
    ----------
    pictures
        The reader's own, all classes with at least one photo.
    """
    found = (kind(pictures) for kind in KINDS.values())
    return tuple(finding for each in found for finding in each)


def in_two_classes(pictures: Pictures) -> list[Finding]:
    """Photos that stand, but for saving anew, in two classes."""
    same = alike(prints(pictures.pixels), SAME)
    rows = np.flatnonzero((same & (pictures.labels[:, None] != pictures.labels)).any(axis=1))
    if not len(rows):
        return []
    sentence = (
        f"{_photos(rows)} look the same in two classes: {places(pictures, rows)}. "
        "One of the two labels is wrong, or the difference is too small to see. Move or remove them."
    )
    return [_finding("in two classes", rows, sentence)]


def one_moment(pictures: Pictures) -> list[Finding]:
    """Classes whose photos are all one burst, so that none of them can be held out honestly."""
    found = []
    for label, name in enumerate(pictures.names):
        rows = np.flatnonzero(pictures.labels == label)
        if len(rows) > 1 and len(set(pictures.bursts[rows].tolist())) == 1:
            sentence = (
                f"All {so_many(len(rows), 'photo')} of “{name}” were taken in one go. "
                "The network can learn from them, but none can check it. "
                "Add some of another place, time or angle."
            )
            found.append(_finding("one moment", rows, sentence))
    return found


def too_few(pictures: Pictures) -> list[Finding]:
    """Classes of fewer than ten photos, and how little a check on so few would say."""
    short = [label for label, n in enumerate(pictures.counts) if n < FEW]
    if not short:
        return []
    fewest = min(pictures.counts)
    right = max(1, round(GUESSED_RIGHT * fewest))
    told = share_of(right, fewest)
    names = listed([f"“{pictures.names[label]}” ({pictures.counts[label]})" for label in short])
    sentence = (
        f"Few photos: {names}. Even if {right} of {fewest} come out right in a check, "
        f"the true share can be anything from {percent(told.low)} to {percent(told.high)}. "
        f"Add photos, {FEW} of each at least."
    )
    return [Finding("too few", len(short), (), sentence)]


def lopsided(pictures: Pictures) -> list[Finding]:
    """One class with more than three times as many photos as another."""
    most, fewest = max(pictures.counts), min(pictures.counts)
    if fewest == 0 or most / fewest <= LOPSIDED:
        return []
    large = pictures.names[pictures.counts.index(most)]
    small = pictures.names[pictures.counts.index(fewest)]
    blind = percent(most / len(pictures.labels))
    sentence = (
        f"“{large}” has {two_figures(most / fewest)} times as many photos as “{small}”. "
        f"Whoever always says “{large}” is right for {blind} of these photos. "
        f"Add some of “{small}”."
    )
    return [Finding("lopsided", 2, (), sentence)]


def nearly_alike(pictures: Pictures) -> list[Finding]:
    """Photos that look like another one of their class: copies, and frames of one moment."""
    scenes = _scenes(pictures)
    rows = np.flatnonzero(np.bincount(scenes)[scenes] > 1)
    if not len(rows):
        return []
    n_scenes = len(np.unique(scenes[rows]))
    sentence = (
        f"{_photos(rows)} look nearly like another one: {places(pictures, rows)}. "
        f"They show {so_many(n_scenes, 'scene')}. "
        "In an honest check, photos of one scene stay on one side."
    )
    return [_finding("alike", rows, sentence)]


def copies(pictures: Pictures) -> tuple[int, ...]:
    """Rows of what could go: of photos of one class that look nearly alike, all but the first."""
    scenes = _scenes(pictures)
    firsts = np.unique(scenes, return_index=True)[1]
    return tuple(np.setdiff1d(np.arange(len(scenes)), firsts).tolist())


def _scenes(pictures: Pictures) -> Labels:
    """Number of the scene that each photo shows, ``(N,)``: those of one class that look nearly alike."""
    of_class = pictures.labels[:, None] == pictures.labels
    return groups(alike(prints(pictures.pixels)) & of_class)


def blurred(pictures: Pictures) -> list[Finding]:
    """Photos without sharp edges at the size the network sees."""
    rows = np.flatnonzero(sharpness(pictures.pixels) < SHARP)
    if not len(rows):
        return []
    verb = "is" if len(rows) == 1 else "are"
    sentence = (
        f"{_photos(rows)} {verb} blurred or nearly empty: {places(pictures, rows)}. "
        "If users will send such photos, keep them. If not, take them again."
    )
    return [_finding("blurred", rows, sentence)]


def dark(pictures: Pictures) -> list[Finding]:
    """Photos that are nearly black."""
    rows = np.flatnonzero(brightness_at(pictures.pixels, 0.9) < DARK)
    return (
        [_finding("dark", rows, _light(pictures, rows, "very dark", f"darker than {DARK}", "more"))]
        if len(rows)
        else []
    )


def white(pictures: Pictures) -> list[Finding]:
    """Photos that are nearly white."""
    rows = np.flatnonzero(brightness_at(pictures.pixels, 0.1) > WHITE)
    return (
        [_finding("white", rows, _light(pictures, rows, "nearly white", f"lighter than {WHITE}", "less"))]
        if len(rows)
        else []
    )


def _light(pictures: Pictures, rows: Labels, how: str, limit: str, remedy: str) -> str:
    verb, whose, them = ("is", "it", "it") if len(rows) == 1 else ("are", "each", "them")
    return (
        f"{_photos(rows)} {verb} {how}: {places(pictures, rows)}. "
        f"Nine tenths of {whose} are {limit} on the scale from 0 to 255. "
        f"Take {them} again with {remedy} light."
    )


def places(pictures: Pictures, rows: Sequence[int] | Labels) -> str:
    """Where photos stand, by class and number from 1 as on the contact sheets.

    Parameters
    ----------
    pictures
        Class by class.
    rows
        Of the pictures, ``(M,)``.

    Examples
    --------
    >>> dots = np.zeros((3, 64, 64, 3), np.uint8)
    >>> cups = Pictures("cups", ("Mug", "Cup"), dots, np.array([0, 0, 1]), np.arange(3))
    >>> places(cups, [0, 1, 2])
    '“Mug” 1 and 2; “Cup” 1'
    """
    shown = [int(row) for row in rows[:NAMED]]
    parts = []
    for label, name in enumerate(pictures.names):
        mine = [row for row in shown if pictures.labels[row] == label]
        numbers = [str(int((pictures.labels[: row + 1] == label).sum())) for row in mine]
        parts += [f"“{name}” {listed(numbers)}"] if mine else []
    more = len(rows) - len(shown)
    return "; ".join(parts) + (f"; and {more:,} more" if more else "")


def _photos(rows: Labels) -> str:
    return so_many(len(rows), "photo")


def _finding(what: str, rows: Labels, sentence: str) -> Finding:
    return Finding(what, len(rows), tuple(int(row) for row in rows), sentence)


def _in_parts(measure: Callable[[Pixels], Numbers], pixels: Pixels) -> Numbers:
    """The measure of each picture, a hundred at a time, so that memory stays flat."""
    starts = range(0, len(pixels), AT_ONCE)
    parts = [measure(pixels[start : start + AT_ONCE]) for start in starts]
    return np.concatenate([np.zeros(0, np.float32), *parts])


KINDS: dict[str, Callable[[Pictures], list[Finding]]] = {
    "in two classes": in_two_classes,
    "one moment": one_moment,
    "too few": too_few,
    "lopsided": lopsided,
    "alike": nearly_alike,
    "blurred": blurred,
    "dark": dark,
    "white": white,
}
