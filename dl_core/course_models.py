"""The course's simpler models on the network's 200 things: neighbours and linear layers, as shipped.

Made by ``python -m dl_core.offline.course``. Three files belong together: ``course.npz`` holds the numbers,
``course.json`` what was measured, ``course.png`` the average picture of each class. The training photos are
not among them: of a neighbour only 320 features and its class are kept, no pixels.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Z_95, Share, share_of
from dl_core.vision.card import CARD_FILE, read_card
from dl_core.vision.classes import ASSETS, classes
from dl_core.vision.predict import MEAN, STD

FOLDER = ASSETS / "vision"
SIDE = 16  # pixels of the small picture that the linear layer on pixels sees, and of a class average
SHEET_COLUMNS = 20  # class averages in one row of the sheet
FLOOR = 0.01  # share of the votes that every class gets beforehand: no vote is no proof

Numbers = NDArray[np.float64]
Single = NDArray[np.float32]
Labels = NDArray[np.int64]


class CourseProblem(RuntimeError):
    """The course's files are missing, altered, or belong to another network."""


@dataclass(frozen=True)
class Measured:
    """What was counted of one model on photos that no model had seen."""

    key: str  # "network", "features", "neighbours" or "pixels"
    top1: Share  # held-out photos whose first name was right
    top5: Share  # ... whose five first names held the right one
    temperature: float  # its scores are divided by this before they become probabilities
    gap: float  # average gap between how sure and how often right, 0 to 1
    own_bytes: int  # of what it keeps beside the network's body
    bytes: int  # of everything it needs for an answer
    multiplications: int  # for one answer, everything counted
    trained_on: int  # photos whose labels it learned from or keeps


@dataclass(frozen=True)
class Spotting:
    """How often the odd one of a pair is the farther one, and the less sure one."""

    pile: str  # what the odd photos are
    n: int  # odd photos
    sure: tuple[float, float, float]  # share of pairs where it is the less sure one: value, low, high
    far: tuple[float, float, float]  # share of pairs where its tenth neighbour is farther
    far_first: tuple[float, float, float]  # the same with the first neighbour
    both: tuple[float, float, float] | None  # both signs together, where they were joined


@dataclass(frozen=True, eq=False)
class CourseModels:
    """Everything that answers, and everything that was measured."""

    neighbours: Single  # (N, 320) features of training photos, each row of length 1
    labels: Labels  # (N,) their classes
    k: int  # neighbours that vote
    sharpness: float  # a vote counts exp(-difference / sharpness); 0: all alike
    feature_layer: tuple[Numbers, Numbers]  # weights (320, 200) and bias (200,)
    pixel_layer: tuple[Numbers, Numbers]  # weights (768, 200) and bias (200,)
    measured: Mapping[str, Measured]
    pairs: Mapping[tuple[str, str], tuple[int, int]]  # photos only the first had right, only the second
    together: Mapping[str, Share]  # "agree", "differ": the network right, by whether all on features agree
    yardstick: Mapping[str, Single]  # "first all", "tenth wrong", …: 101 quantiles, degrees
    spotting: tuple[Spotting, ...]
    about: Mapping[str, Any]  # the rest of the JSON: seeds, choices, commands, date

    @property
    def n_stored(self) -> int:
        """Training photos whose features are kept."""
        return len(self.labels)

    def difference(self, one: str, other: str) -> tuple[float, float, float]:
        """How much larger a share ``one`` has right than ``other``, on the same photos: value, low, high.

        Notes
        -----
        The normal interval of a difference of paired shares (Agresti, "Categorical Data Analysis", 11.1).
        """
        only_one, only_other = self.pairs.get((one, other)) or self.pairs[other, one][::-1]
        return paired_difference(only_one, only_other, self.measured[one].top1.n)

    def tied(self, one: str, other: str) -> bool:
        """Whether chance alone could make the difference on the held-out photos."""
        _, low, high = self.difference(one, other)
        return low <= 0 <= high


def paired_difference(only_one: int, only_other: int, n: int) -> tuple[float, float, float]:
    """Difference of two shares counted on the same photos, with its 95 % interval.

    Parameters
    ----------
    only_one, only_other
        How many photos only the one and only the other had right, 0 or more.
    n
        All photos, at least 1.

    Examples
    --------
    >>> [round(value, 3) for value in paired_difference(60, 40, 1000)]
    [0.02, 0.0, 0.04]
    """
    difference = (only_one - only_other) / n
    half = Z_95 * float(np.sqrt(only_one + only_other - (only_one - only_other) ** 2 / n)) / n
    return difference, difference - half, difference + half


def read_models(folder: Path = FOLDER) -> CourseModels:
    """The shipped models, read once for all viewers; nobody may write into their arrays.

    Raises
    ------
    CourseProblem
        When a file is missing, is not the one the JSON describes, or belongs to another network.

    Examples
    --------
    >>> read_models().neighbours.shape[1]
    320
    """
    for name in ("course.json", "course.npz", "course.png"):
        if not (folder / name).exists():
            raise CourseProblem(f"{folder / name} is missing. {_RESTORE}")
    stamp = (folder / "course.json").stat().st_mtime_ns, CARD_FILE.stat().st_mtime_ns
    return _read(folder, stamp)


_RESTORE = (
    "Restore it with `git checkout assets/vision`, or make it again: `python -m dl_core.offline.course`."
)


@cache
def _read(folder: Path, _version: tuple[int, int]) -> CourseModels:
    told = json.loads((folder / "course.json").read_text(encoding="utf-8"))
    data = _checked(folder / "course.npz", told["npz_sha256"])
    _checked(folder / "course.png", told["png_sha256"])
    if told["weights_sha256"] != read_card().sha256:
        raise CourseProblem(f"{folder / 'course.npz'} was made with another network's weights. {_RESTORE}")
    with np.load(io.BytesIO(data), allow_pickle=False) as stored:
        kept = {name: stored[name] for name in stored.files}
    for array in kept.values():
        array.setflags(write=False)
    return CourseModels(
        neighbours=restored(kept["neighbours"], kept["neighbour_steps"]),
        labels=kept["neighbour_labels"].astype(np.int64),
        k=told["k"],
        sharpness=told["sharpness"],
        feature_layer=_layer(kept, "feature"),
        pixel_layer=_layer(kept, "pixel"),
        measured={row["key"]: _measured(row) for row in told["models"]},
        pairs={(row["one"], row["other"]): (row["only_one"], row["only_other"]) for row in told["pairs"]},
        together={name: share_of(**row) for name, row in told["together"].items()},
        yardstick={name: kept[name.replace(" ", "_")] for name in told["yardstick"]},
        spotting=tuple(_spotting(row) for row in told["spotting"]),
        about=told,
    )


def _checked(file: Path, sha256: str) -> bytes:
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CourseProblem(f"{file} was altered: its SHA-256 is not the one in course.json. {_RESTORE}")
    return data


def _layer(kept: dict[str, NDArray[Any]], name: str) -> tuple[Numbers, Numbers]:
    return kept[f"{name}_weights"].astype(np.float64), kept[f"{name}_bias"].astype(np.float64)


def _measured(row: dict[str, Any]) -> Measured:
    shares = {name: share_of(row[name], row["n"]) for name in ("top1", "top5")}
    others: dict[str, Any] = {name: value for name, value in row.items() if name not in (*shares, "n")}
    return Measured(**{**others, **shares})


def _spotting(row: dict[str, Any]) -> Spotting:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Spotting(**told)


def stored(rows: NDArray[Any]) -> tuple[NDArray[np.uint8], Single]:
    """Rows of numbers of 0 or more as bytes, and the size of one step of each row.

    Parameters
    ----------
    rows
        ``(N, D)``, none negative, none all 0. Only the direction of a row is kept, not its length.

    Examples
    --------
    >>> whole, steps = stored(np.array([[3.0, 4.0]]))
    >>> whole.tolist(), round(255 * float(steps[0]), 3)
    ([[191, 255]], 0.8)
    """
    unit = directions(rows)
    steps = (unit.max(axis=1) / 255).astype(np.float32)
    return np.rint(unit / steps[:, None]).astype(np.uint8), steps


def restored(whole: NDArray[np.uint8], steps: Single) -> Single:
    """Rows ``(N, D)`` of length 1, back from ``whole`` bytes ``(N, D)`` and ``steps`` ``(N,)``."""
    rows = np.asarray(directions(whole * steps[:, None]), np.float32)
    rows.setflags(write=False)
    return rows


def directions(rows: NDArray[Any]) -> NDArray[Any]:
    """The ``rows`` ``(N, D)``, or one row ``(D,)``, made to length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1))


def nearest(neighbours: Single, features: Numbers, k: int) -> tuple[Labels, Numbers]:
    """Places of the ``k`` nearest rows, the nearest first, and their angles in degrees, 0 to 90.

    Parameters
    ----------
    neighbours
        ``(N, D)``, each row of length 1.
    features
        ``(M, D)`` of the photos asked about, any length.
    k
        1 to N.

    Examples
    --------
    >>> rows, angles = nearest(np.eye(3, dtype=np.float32), np.array([[1.0, 1.0, 0.0]]), 3)
    >>> sorted(rows[0, :2].tolist()), angles[0].round().tolist()
    ([0, 1], [45.0, 45.0, 90.0])
    """
    likeness = directions(features).astype(np.float32) @ neighbours.T
    first = np.argpartition(-likeness, k - 1, axis=1)[:, :k]
    kept = np.take_along_axis(likeness, first, 1)
    order = np.argsort(-kept, axis=1, kind="stable")
    rows, kept = np.take_along_axis(first, order, 1), np.take_along_axis(kept, order, 1)
    return rows.astype(np.int64), np.degrees(np.arccos(np.clip(kept.astype(np.float64), -1, 1)))


def votes(labels: Labels, angles: Numbers, sharpness: float) -> Numbers:
    """Shares of the votes of each of the 200 classes, ``(M, 200)``.

    Parameters
    ----------
    labels
        ``(M, k)`` classes of the neighbours, the nearest first.
    angles
        ``(M, k)`` in degrees.
    sharpness
        How fast a vote fades: it counts exp(-(1 - cos angle) / sharpness); 0 counts all alike.
    """
    weights = np.ones(angles.shape)
    if sharpness:
        likeness = np.cos(np.radians(angles))
        weights = np.exp((likeness - likeness[:, :1]) / sharpness)
    found = np.zeros((len(labels), len(classes())))
    np.add.at(found, (np.arange(len(labels))[:, None], labels), weights)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def neighbour_scores(models: CourseModels, features: Numbers) -> Numbers:
    """Scores of the neighbours' vote for photos' ``features`` ``(M, 320)``: ``(M, 200)`` logarithms."""
    rows, angles = nearest(models.neighbours, features, models.k)
    return vote_scores(models.labels[rows], angles, models.sharpness)


def vote_scores(labels: Labels, angles: Numbers, sharpness: float) -> Numbers:
    """Logarithms of the shares that `votes` gives these ``labels``, ``angles`` and ``sharpness``: scores."""
    return np.log(votes(labels, angles, sharpness) + FLOOR)


def linear_scores(layer: tuple[Numbers, Numbers], inputs: Numbers) -> Numbers:
    """Scores of a linear layer, ``(M, 200)``, for ``inputs`` ``(M, D)``."""
    weights, bias = layer
    return np.asarray(inputs @ weights + bias)


def small_picture(looks: NDArray[np.uint8]) -> Numbers:
    """What the linear layer on pixels is given of the views ``(V, H, W, 3)`` of a photo: ``(768,)``.

    Each view is averaged in 16 by 16 blocks, and the views are averaged too: the same looks the network has.

    Raises
    ------
    ValueError
        When the views cannot be cut into 16 by 16 equal blocks.
    """
    n, height, width, _ = looks.shape
    if height % SIDE or width % SIDE:
        raise ValueError(f"A view of {width} x {height} pixels has no {SIDE} x {SIDE} equal blocks.")
    blocks = looks.reshape(n, SIDE, height // SIDE, SIDE, width // SIDE, 3).mean(axis=(0, 2, 4))
    return np.asarray((blocks.ravel() / 255 - MEAN) / STD)
