"""The training photos nearest to a photo, by the network's features: how near, and of what.

The photos themselves may not be shipped. What is shown of a neighbour is its class, its distance, and the
average picture of its class.

Source: Sun et al., "Out-of-distribution detection with deep nearest neighbors" (2022): the distance of the
k-th neighbour tells what the training photos do not cover.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.course_models import (
    FOLDER,
    SHEET_COLUMNS,
    SIDE,
    CourseModels,
    Single,
    nearest,
    read_models,
)
from dl_core.numbers_in_words import percent, so_many
from dl_core.photos import Photo
from dl_core.vision.calibration import probabilities
from dl_core.vision.card import read_card
from dl_core.vision.classes import classes
from dl_core.vision.features import head_scores, photo_features

Pixels = NDArray[np.uint8]

SHOWN = 10  # neighbours on the page; the yardstick was measured for the tenth
LOOKED_AT = 200  # so many are looked up: they hold four classes at least, of 50 photos each
RUNNERS_UP = 3  # classes beyond the ten of which the nearest photo is told
GAIN, MIDDLE = 3, 113  # the averages' contrast, and the mean of them all, of 255; alike for all classes
FAR = 0.95  # a tenth neighbour farther than that of this share of held-out photos is called far


@dataclass(frozen=True)
class Settings:
    """The photo whose neighbours are looked up."""

    photo: Photo


@dataclass(frozen=True)
class Neighbour:
    """One training photo near the reader's."""

    label: str  # what it shows
    degrees: float  # angle between the two lists of features: 0 the same pattern, 90 nothing in common


@dataclass(frozen=True)
class NearStory:
    """The ten nearest training photos, and how near they are beside those of held-out photos."""

    settings: Settings
    label: str  # the network's best guess
    sure: float  # its calibrated probability, 0 to 1
    refused: bool  # too unsure to answer
    neighbours: tuple[Neighbour, ...]  # the nearest first
    others: tuple[Neighbour, ...]  # the nearest photo of each of the next classes, none among the ten
    nearer: float  # share of held-out photos whose tenth neighbour is nearer than this photo's, 0 to 1
    nearer_first: float  # the same for the first neighbour
    usual: tuple[float, float, float]  # degrees to the tenth neighbour: 5, 50 and 95 in 100 held-out photos
    n_stored: int  # training photos that were looked through
    n_held_out: int  # photos behind the yardstick

    @property
    def agree(self) -> int:
        """How many neighbours are of the class that the network answers."""
        return sum(neighbour.label == self.label for neighbour in self.neighbours)

    @property
    def far(self) -> bool:
        """Whether hardly any held-out photo lies this far from what was learned."""
        return self.nearer > FAR

    @property
    def by_class(self) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """Each class among the neighbours with the distances of its photos, the most frequent first."""
        labels = [neighbour.label for neighbour in self.neighbours]
        return tuple(
            (label, tuple(n.degrees for n in self.neighbours if n.label == label))
            for label, _ in Counter(labels).most_common()
        )


def story(settings: Settings) -> NearStory:
    """Look the neighbours up.

    Raises
    ------
    CourseProblem
        When the course's files are missing or altered.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample()))
    >>> len(told.neighbours), told.label, told.far
    (10, 'espresso', False)
    """
    from dl_core.vision.weights import shipped_network

    models, card = read_models(), read_card()
    features = photo_features(settings.photo.image, card)
    chances = probabilities(head_scores(shipped_network(), features), card.temperature)
    best = int(chances.argmax())
    rows, angles = nearest(models.neighbours, features[None], LOOKED_AT)
    names = [classes()[label].name for label in models.labels[rows[0]]]
    found = tuple(map(Neighbour, names, map(float, angles[0])))
    yard = models.yardstick["tenth all"]
    return NearStory(
        settings=settings,
        label=classes()[best].name,
        sure=float(chances[best]),
        refused=float(chances[best]) < card.threshold,
        neighbours=found[:SHOWN],
        others=runners_up(found),
        nearer=share_nearer(yard, found[SHOWN - 1].degrees),
        nearer_first=share_nearer(models.yardstick["first all"], found[0].degrees),
        usual=(float(yard[5]), float(yard[50]), float(yard[95])),
        n_stored=models.n_stored,
        n_held_out=models.measured["network"].top1.n,
    )


def runners_up(found: tuple[Neighbour, ...]) -> tuple[Neighbour, ...]:
    """The nearest photo of each of the next classes that the first ten do not hold, the nearest first.

    >>> row = tuple(Neighbour("abcdefghijkbmbn"[i], 30.0 + i) for i in range(15))
    >>> [one.label for one in runners_up(row)]
    ['k', 'm', 'n']
    """
    first: dict[str, Neighbour] = {}
    for one in found:
        first.setdefault(one.label, one)
    among = {one.label for one in found[:SHOWN]}
    return tuple(one for one in first.values() if one.label not in among)[:RUNNERS_UP]


def share_nearer(quantiles: Single, degrees: float) -> float:
    """Share of held-out photos whose neighbour is nearer than ``degrees``, 0 to 1.

    Parameters
    ----------
    quantiles
        ``(101,)`` rising distances, from the nearest to the farthest held-out photo.
    degrees
        0 to 90.

    Examples
    --------
    >>> rising = np.linspace(10, 60, 101, dtype=np.float32)
    >>> share_nearer(rising, 35.0), share_nearer(rising, 5.0), share_nearer(rising, 80.0)
    (0.5, 0.0, 1.0)
    """
    return float(np.interp(degrees, quantiles, np.linspace(0, 1, len(quantiles))))


def takeaway(told: NearStory) -> str:
    """How near, what the neighbours show, and what that means for the answer."""
    verb = "shows" if told.agree == 1 else "show"
    shows = f"**{how_many(told)}** nearest training photos {verb} **{told.label}**, the network's answer."
    if told.far:
        whom = "any held-out photo" if told.nearer >= 1 else f"{percent(told.nearer)} of held-out photos"
        return (
            f"Hardly any training photo is near: the ten nearest reach **farther than for {whom}**. "
            f"So treat the answer with doubt. {shows}"
        )
    return " ".join(filter(None, (shows, _more_often(told), _yardstick(told))))


def _more_often(told: NearStory) -> str:
    """Which other name comes more often than the answer among the ten; empty if none does."""
    (name, places), *rest = told.by_class
    most = len(places)
    if most <= told.agree:
        return ""
    if any(len(others) == most for _, others in rest):
        return f"No name comes more than {_times(most)}."
    if 2 * most > len(told.neighbours):
        return f"Most show {name}: {most}."
    return f"{name[0].upper()}{name[1:]} comes more often: {_times(most)}."


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def how_many(told: NearStory) -> str:
    """So many of the nearest photos are of the answer's class, in words for "nearest training photos"."""
    n, agree = len(told.neighbours), told.agree
    return f"All {n}" if agree == n else f"None of the {n}" if agree == 0 else f"{agree} of the {n}"


def _yardstick(told: NearStory) -> str:
    if told.nearer < 0.5:
        return f"They lie **nearer than the ten of {percent(1 - told.nearer)}** of held-out photos do."
    return f"They lie **farther than the ten of {percent(told.nearer)}** of held-out photos do."


def spotting_sentence(models: CourseModels | None = None) -> str:
    """Whether distance helps to spot wrong answers, and things that are not on the list.

    Examples
    --------
    >>> spotting_sentence()[:34]
    'Does distance spot a wrong answer?'
    """
    wrong, *strangers = (models or read_models()).spotting
    both = wrong.both or wrong.sure
    helps = "adds next to nothing" if both[1] <= wrong.sure[0] else "adds something"
    best = max(strangers, key=lambda row: row.far[0] - row.sure[0])
    return (
        "Does distance spot a wrong answer? Take one wrong and one right answer at random. "
        f"The wrong one lay farther out in {percent(wrong.far[0])} of such pairs. "
        f"It was less sure in {percent(wrong.sure[0])}. "
        f"Both signs together reach {percent(both[0])}, so distance {helps}. "
        f"It can help with things off the list. The best case, {best.pile}: farther out than a test photo "
        f"in {percent(best.far[0])} of pairs, but less sure in only {percent(best.sure[0])}."
    )


def _pairs(found: tuple[float, float, float]) -> str:
    value, low, high = found
    return f"{percent(value)} ({100 * low:.1f} to {100 * high:.1f})"


def spotting_rows(models: CourseModels | None = None) -> tuple[tuple[str, str, str, str], ...]:
    """For the page's table: the odd photos, how many, the share of pairs by distance, and by how sure."""
    rows = (models or read_models()).spotting
    return tuple(
        (row.pile[0].upper() + row.pile[1:], f"{row.n:,}", _pairs(row.far), _pairs(row.sure)) for row in rows
    )


def summary(told: NearStory) -> str:
    """The neighbours by class, in one sentence."""
    return "; ".join(
        f"{label}: {so_many(len(places), 'photo')}, the nearest at {places[0]:.0f}°"
        for label, places in told.by_class
    )


def raised(average: Pixels) -> Pixels:
    """An average picture ``(H, W, 3)`` with its contrast raised by ``GAIN`` about the sheet's mean grey.

    The same for every class and colour, so that brighter stays brighter and redder stays redder.

    >>> raised(np.full((1, 1, 3), MIDDLE, np.uint8)).tolist(), raised(np.zeros((1, 1, 3), np.uint8)).tolist()
    ([[[128, 128, 128]]], [[[0, 0, 0]]])
    """
    return np.asarray(np.clip(128 + GAIN * (average.astype(np.float64) - MIDDLE), 0, 255).round(), np.uint8)


@cache
def _sheet(folder: Path, _version: int) -> Pixels:
    return np.asarray(Image.open(folder / "course.png").convert("RGB"))


def class_average(label: int, folder: Path = FOLDER) -> Pixels:
    """The average of all training photos of a class, ``(16, 16, 3)``: no single photo can be seen in it.

    Parameters
    ----------
    label
        0 to 199, in the order of the class list.

    Examples
    --------
    >>> class_average(0).shape
    (16, 16, 3)
    """
    read_models(folder)  # says in words what is wrong with the files
    row, column = divmod(label, SHEET_COLUMNS)
    sheet = _sheet(folder, (folder / "course.png").stat().st_mtime_ns)
    return sheet[row * SIDE : (row + 1) * SIDE, column * SIDE : (column + 1) * SIDE]
