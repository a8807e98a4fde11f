"""How far apart pictures are, pixel by pixel: near in pixels is not always near in meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dl_core.nearest_neighbours import Metric
from dl_core.vision.gallery import gallery, sample  # no torch with it: only the first answer imports that

Pixels = NDArray[np.uint8]
Kind = Literal["moved", "mirrored", "darker", "blank", "other"]
Relation = Literal["nearer", "as near", "farther"]

PHOTOS = tuple(one.key for one in gallery())
METRICS: tuple[Metric, ...] = ("L1", "L2")
SIDE = 64  # pixels of a photo's centre square, across and down
MOST_SHIFT = 20  # pixels
LIGHT = 0.6  # share of every colour value that the darker copy keeps


@dataclass(frozen=True)
class Settings:
    """What the reader compares."""

    photo: str = "cat"  # a key of the gallery
    metric: Metric = "L2"
    shift: int = 4  # pixels that the moved copy goes to the right, 0 to 20


PRESETS = {
    "Moved a little": Settings(),
    "Two different things": Settings("flower", "L2", 12),
    "Where pixels work": Settings("coffee", "L2", 2),
}


@dataclass(frozen=True)
class Candidate:
    """A picture that the photo is compared with."""

    kind: Kind
    name: str  # stands under the picture
    phrase: str  # the same inside a sentence
    pixels: Pixels  # (64, 64, 3), 0 to 255
    l1: float  # steps of 0 to 255: mean absolute difference per colour value
    l2: float  # steps of 0 to 255: root of the mean squared difference per colour value

    @property
    def shows_the_same(self) -> bool:
        """Whether a person would call it the same thing."""
        return self.kind in ("moved", "mirrored", "darker")

    def distance(self, metric: Metric) -> float:
        """The distance by ``metric``, in steps of 0 to 255, to one decimal as it is printed.

        >>> Candidate("blank", "Blank", "a blank", np.zeros((64, 64, 3), np.uint8), 31.249, 40).distance("L1")
        31.2
        """
        return round(self.l1 if metric == "L1" else self.l2, 1)


@dataclass(frozen=True)
class PixelDistance:
    """The photo and the five pictures it is compared with."""

    settings: Settings
    name: str  # of the photo
    photo: Pixels  # (64, 64, 3), 0 to 255
    candidates: tuple[Candidate, ...]  # nearest first

    def of(self, kind: Kind) -> Candidate:
        """The candidate of this kind."""
        return next(one for one in self.candidates if one.kind == kind)

    def distance(self, kind: Kind) -> float:
        """How far the candidate of this ``kind`` is by the chosen metric, in steps to one decimal.

        >>> shown = story(Settings())
        >>> shown.distance("blank") < shown.distance("moved")
        True
        """
        return self.of(kind).distance(self.settings.metric)

    @property
    def nearest(self) -> tuple[Candidate, ...]:
        """The nearest candidate, or all that share the first place as printed."""
        metric = self.settings.metric
        least = min(one.distance(metric) for one in self.candidates)
        return tuple(one for one in self.candidates if one.distance(metric) == least)

    @property
    def rival(self) -> Candidate:
        """What the moved copy is held against: another photo where that is nearer, else the blank square."""
        moved = self.distance("moved")
        if self.distance("other") < moved:
            return self.of("other")
        if self.distance("blank") > moved and self.distance("other") == moved:
            return self.of("other")
        return self.of("blank")

    @property
    def relation(self) -> Relation:
        """Whether the rival is nearer to the photo than the photo's own moved copy."""
        gap = self.rival.distance(self.settings.metric) - self.distance("moved")
        return "as near" if gap == 0 else "nearer" if gap < 0 else "farther"

    @property
    def copies_behind_blank(self) -> int:
        """How many of the three copies are farther away than a blank square."""
        blank, metric = self.distance("blank"), self.settings.metric
        return sum(one.shows_the_same and one.distance(metric) > blank for one in self.candidates)


def story(settings: Settings) -> PixelDistance:
    """Measure the photo against five pictures: three copies of it, a blank square and another photo.

    Raises
    ------
    ValueError
        If the photo is not in the gallery, the metric neither L1 nor L2, or the shift outside of 0 to 20.

    Examples
    --------
    >>> [one.name for one in story(Settings("cat", "L2", 4)).candidates]
    ['Blank square', 'Moved 4 px', 'Mirrored', '40 % darker', 'Old coins']
    """
    photo = small_photo(settings.photo)
    name, shift = sample(settings.photo).name, settings.shift
    other = nearest_other(settings.photo, settings.metric)
    beside = sample(other).name
    made: tuple[tuple[Kind, str, str, Pixels], ...] = (
        ("moved", *_moved_names(name, shift), moved(photo, shift)),
        ("mirrored", "Mirrored", "the mirrored copy", photo[:, ::-1]),
        ("darker", f"{1 - LIGHT:.0%} darker".replace("%", " %"), "the darker copy", darker(photo)),
        ("blank", "Blank square", "the blank square", blank(photo)),
        ("other", beside, f"the photo “{beside}”", small_photo(other)),
    )
    found = [
        Candidate(*each, distance(photo, each[-1], "L1"), distance(photo, each[-1], "L2")) for each in made
    ]
    found.sort(key=lambda one: one.l1 if settings.metric == "L1" else one.l2)
    return PixelDistance(settings, name, photo, tuple(found))


def _moved_names(name: str, shift: int) -> tuple[str, str]:
    if shift == 0:
        return "Not moved", "the photo itself"
    return f"Moved {shift} px", f"“{name}” moved {in_pixels(shift)}"


def in_pixels(shift: int) -> str:
    """A shift with its unit.

    >>> in_pixels(1), in_pixels(4)
    ('1 pixel', '4 pixels')
    """
    return f"{shift} pixel" if shift == 1 else f"{shift} pixels"


def distance(one: Pixels, two: Pixels, metric: Metric) -> float:
    """How far two pictures are apart per colour value, in steps of 0 to 255.

    The plain sums of the lesson's formulas, divided by the number of values: the order stays the same.

    Parameters
    ----------
    one, two
        (H, W, 3), red, green and blue from 0 to 255.
    metric
        "L1" averages the absolute differences; "L2" averages their squares and takes the root.

    Raises
    ------
    ValueError
        If the pictures differ in size, or the metric is neither of the two.

    Examples
    --------
    >>> black, grey = np.zeros((2, 1, 3), np.uint8), np.full((2, 1, 3), [[[0]], [[100]]], np.uint8)
    >>> distance(black, grey, "L1"), round(distance(black, grey, "L2"), 1)
    (50.0, 70.7)
    """
    if metric not in METRICS:
        raise ValueError(f'A distance is "L1" or "L2", not "{metric}".')
    if one.shape != two.shape:
        raise ValueError(
            f"Pictures of {one.shape} and {two.shape} values do not compare: give both one size."
        )
    gaps = one.astype(np.float64) - two
    return float(np.abs(gaps).mean() if metric == "L1" else np.sqrt((gaps * gaps).mean()))


def moved(photo: Pixels, shift: int) -> Pixels:
    """The picture moved to the right; what comes into view repeats its left edge.

    Parameters
    ----------
    photo
        (H, W, 3).
    shift
        Pixels, 0 to 20 and less than the width.

    Raises
    ------
    ValueError
        If the shift is outside of that.

    Examples
    --------
    >>> moved(np.array([[[1], [2], [3], [4]]], np.uint8), 2)[0, :, 0].tolist()
    [1, 1, 1, 2]
    """
    most = min(MOST_SHIFT, photo.shape[1] - 1)
    if not 0 <= shift <= most:
        raise ValueError(f"A photo cannot move {shift} pixels here: choose 0 to {most}.")
    return photo[:, np.maximum(np.arange(photo.shape[1]) - shift, 0)]


def darker(photo: Pixels) -> Pixels:
    """The picture with ``LIGHT`` of every colour value, rounded; ``(H, W, 3)`` in and out.

    >>> darker(np.array([[[255, 100, 2]]], np.uint8)).tolist()
    [[[153, 60, 1]]]
    """
    kept: Pixels = np.rint(photo * LIGHT).astype(np.uint8)
    return kept


def blank(photo: Pixels) -> Pixels:
    """A square of nothing but the picture's average colour, in whole steps; ``(H, W, 3)`` in and out.

    >>> blank(np.array([[[0, 10, 20], [2, 30, 21]]], np.uint8)).tolist()
    [[[1, 20, 20], [1, 20, 20]]]
    """
    return np.broadcast_to(np.rint(photo.mean(axis=(0, 1))).astype(np.uint8), photo.shape)


@cache  # one entry for each photo of the gallery: 12 kB
def small_photo(key: str) -> Pixels:
    """The centre square of the gallery photo ``key``, shrunk to ``(64, 64, 3)``, not to be written to.

    >>> small_photo("cat").shape
    (64, 64, 3)
    """
    with Image.open(sample(key).path) as file:
        pixels = np.array(ImageOps.fit(file.convert("RGB"), (SIDE, SIDE), Image.Resampling.LANCZOS))
    pixels.setflags(write=False)
    return pixels


@cache  # one entry for each photo and metric
def nearest_other(key: str, metric: Metric) -> str:
    """The key of the gallery photo that lies nearest to this one.

    >>> nearest_other("flower", "L2")
    'rocket'
    """
    photo = small_photo(key)
    others = (one for one in PHOTOS if one != key)
    return min(others, key=lambda one: distance(photo, small_photo(one), metric))


def takeaway(shown: PixelDistance) -> str:
    """Three short sentences: the moved copy against its rival, the copies against nothing, and kNN's choice.

    >>> takeaway(story(Settings("cat", "L2", 4))).split(". ")[1]
    'All 3 copies of it are farther away than the blank square'
    """
    return f"{_comparison(shown)} {_copies(shown)} {_choice(shown)}"


def _comparison(shown: PixelDistance) -> str:
    by, copy, rival = shown.settings.metric, shown.of("moved"), shown.rival
    near, far = rival.distance(by), copy.distance(by)
    if shown.relation == "as near":
        return f"By {by}, {copy.phrase} and {rival.phrase} are both {near:.1f} steps away."
    only = "only " if shown.relation == "nearer" else ""
    return f"By {by}, {copy.phrase} is {far:.1f} steps away, {rival.phrase} {only}{near:.1f}."


def _copies(shown: PixelDistance) -> str:
    behind = shown.copies_behind_blank
    who = {0: "None of its 3 copies is", 1: "1 of its 3 copies is", 3: "All 3 copies of it are"}
    return f"{who.get(behind, f'{behind} of its 3 copies are')} farther away than the blank square."


def _choice(shown: PixelDistance) -> str:
    first = [one.phrase for one in shown.nearest]
    if len(first) > 1:
        return f"For kNN the first place is a tie: {' and '.join(first)}."
    return f"Asked for one neighbour, kNN picks {first[0]}."
