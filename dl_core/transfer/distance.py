"""How far a task lies from what the network learned, and what usually helps there.

A picture's distance is the angle between its features and those of the tenth nearest of 10,000 training
photos. The yardstick are photos that the network never saw, of the things it learned: the similarity of a
task is the share of them that lie farther out, averaged over the task's pictures. So they themselves get 50.

The four cases: CS231n, "Transfer Learning" notes (Stanford). Where they draw no line we measure one, or say
that it is ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dl_core.course_models import nearest, read_models
from dl_core.transfer.features import Features
from dl_core.transfer.pictures import Labels, Pictures
from dl_core.transfer.tasks import features_for, key_of
from dl_core.vision.card import read_card

FILE = Path(__file__).parents[2] / "assets" / "transfer" / "distance.json"
NEIGHBOUR = 10  # whose distance counts: the first alone hangs on a single photo
LINE_AT = 0.05  # a task is far when it lies farther out than 95 % of the network's own classes
MANY = 200  # pictures a class from which on we call them many: our line, CS231n draws none
OWN = 50  # similarity of the network's own unseen photos
LOOKED_AT = 300  # pictures of a task at most, dealt evenly
MOST = 1000  # pictures a class

Floats = NDArray[np.float64]


class DistanceProblem(RuntimeError):
    """The measured file is missing, or belongs to another network."""


@dataclass(frozen=True)
class Settings:
    """Which task, and how many pictures of each class there are or could be.

    Raises
    ------
    ValueError
        When the task has no picture, or the number is out of its range.
    """

    pictures: Pictures
    n_per_class: int = 20  # 1 to MOST

    def __post_init__(self) -> None:
        if not len(self.pictures.labels):
            raise ValueError("There is no picture to measure.")
        if not 1 <= self.n_per_class <= MOST:
            raise ValueError(f"{self.n_per_class} pictures a class cannot be: choose 1 to {MOST}.")


@dataclass(frozen=True)
class Known:
    """A task that was measured beforehand."""

    key: str  # of `TASKS`, or "cifar10" or "own"
    name: str
    similarity: float  # 0 to 100
    n_held: int  # pictures a class
    frozen: float  # right between two names, a head on the frozen network: share, 0 to 1
    pixels: float  # ... the same head on bare pixels


@dataclass(frozen=True)
class Measured:
    """What `python -m dl_core.offline.transfer_distance` found."""

    quantiles: tuple[float, ...]  # 101 rising angles in degrees, of the unseen photos' tenth neighbours
    line: tuple[float, float, float]  # similarity below which a task is far; 95 % interval
    tasks: tuple[Known, ...]
    rank_with_score: float  # rank correlation of similarity with the score, -1 to 1
    rank_with_gain: float  # ... with what the network adds to bare pixels
    n_per_class: int  # pictures that the scores were learned from


@dataclass(frozen=True)
class Case:
    """One of the four cases."""

    key: str
    far: bool  # from what the network learned
    many: bool  # pictures
    advice: str  # three to six words


CASES = (
    Case("few near", False, False, "Train a new head only"),
    Case("many near", False, True, "Fine-tune the last stages too"),
    Case("few far", True, False, "Try a head, get more pictures"),
    Case("many far", True, True, "Fine-tune all, or start anew"),
)


ON_THE_LINE = "Try both, your own test decides"


@dataclass(frozen=True)
class Distance:
    """Where a task lies."""

    settings: Settings
    similarity: float  # 0 to 100; 50 is what the network's own unseen photos get
    usual: tuple[float, float]  # similarity of 5 and of 95 in 100 of its pictures
    n_looked_at: int  # pictures
    known: str  # key of the ready-made task that it is; "" for a reader's own

    @property
    def side(self) -> str:
        """ "near", "far", or "line" where the line itself is too uncertain to say."""
        return side(self.similarity)

    @property
    def on_the_line(self) -> bool:
        """Whether the line itself is too uncertain to say near or far."""
        return self.side == "line"

    @property
    def far(self) -> bool:
        """Whether it lies beyond the middle of the line; `side` also says where that is too uncertain."""
        return self.similarity < measured().line[0]

    @property
    def advice(self) -> str:
        """What usually helps there; on the line nobody can say which half of the chart it is."""
        return ON_THE_LINE if self.on_the_line else self.case.advice

    @property
    def many(self) -> bool:
        """Whether there are many pictures of each class."""
        return self.settings.n_per_class >= MANY

    @property
    def case(self) -> Case:
        """Which of the four it is."""
        return next(case for case in CASES if (case.far, case.many) == (self.far, self.many))


def measured(file: Path = FILE) -> Measured:
    """What was measured once, read once for everybody.

    Raises
    ------
    DistanceProblem
        When the file is missing, or was measured with another network or other neighbours.

    Examples
    --------
    >>> len(measured().quantiles)
    101
    """
    if not file.exists():
        raise DistanceProblem(f"{file} is missing. Restore it with `git checkout assets/transfer`.")
    return _read(file, file.stat().st_mtime_ns)


@cache
def _read(file: Path, _version: int) -> Measured:
    told = json.loads(file.read_text(encoding="utf-8"))
    if (told["network_sha256"], told["course_sha256"]) != (
        read_card().sha256,
        read_models().about["npz_sha256"],
    ):
        raise DistanceProblem(
            f"{file} was measured with another network. Measure again: `{told['command']}`."
        )
    return Measured(
        quantiles=tuple(told["quantiles"]),
        line=tuple(told["line"]),
        tasks=tuple(
            Known(**{name: row[name] for name in Known.__dataclass_fields__}) for row in told["tasks"]
        ),
        rank_with_score=told["rank_with_score"],
        rank_with_gain=told["rank_with_gain"],
        n_per_class=told["tasks"][0]["n_per_class"],
    )


def side(similarity: float) -> str:
    """On which side of the measured line a similarity of 0 to 100 lies: "far", "line" or "near".

    >>> side(2.0), side(measured().line[0]), side(50.0)
    ('far', 'line', 'near')
    """
    _, low, high = measured().line
    return "far" if similarity < low else "near" if similarity > high else "line"


def tenth_angles(features: Features) -> Floats:
    """Degrees to the tenth nearest of the stored training photos, ``(N,)``, for ``features`` ``(N, 320)``."""
    return nearest(read_models().neighbours, features.astype(np.float64), NEIGHBOUR)[1][:, NEIGHBOUR - 1]


def shares_farther(angles: Floats, quantiles: Floats) -> Floats:
    """Share of the unseen photos that lie farther out than each picture, ``(N,)``, 0 to 1.

    Parameters
    ----------
    angles
        ``(N,)`` degrees.
    quantiles
        ``(101,)`` rising degrees.

    Examples
    --------
    >>> shares_farther(np.array([20.0, 40.0, 80.0]), np.linspace(30, 50, 101)).round(2).tolist()
    [1.0, 0.5, 0.0]
    """
    return np.asarray(1 - np.interp(angles, quantiles, np.linspace(0, 1, len(quantiles))))


def story(settings: Settings) -> Distance:
    """Measure how far the task lies.

    Raises
    ------
    DistanceProblem
        When the measured file does not belong to the shipped network.

    Examples
    --------
    >>> from dl_core.transfer.tasks import ready_made
    >>> found = story(Settings(ready_made("fabrics")))
    >>> found.far, found.case.key
    (True, 'few far')
    """
    rows = dealt(len(settings.pictures.labels))
    shares = shares_farther(
        tenth_angles(features_for(settings.pictures)[rows]), np.array(measured().quantiles)
    )
    low, high = np.quantile(shares, [0.05, 0.95])
    return Distance(
        settings=settings,
        similarity=100 * float(shares.mean()),
        usual=(100 * float(low), 100 * float(high)),
        n_looked_at=len(rows),
        known=key_of(settings.pictures) or "",
    )


def dealt(n_pictures: int) -> Labels:
    """Rows that are looked at: all, or `LOOKED_AT` of them, evenly spread.

    >>> len(dealt(20)), len(dealt(1500)), int(dealt(1500)[-1])
    (20, 300, 1499)
    """
    return np.unique(np.linspace(0, n_pictures - 1, min(n_pictures, LOOKED_AT)).round().astype(np.int64))
