"""What the shipped, frozen network makes of 7,000 CIFAR-10 photos; the photos themselves are not shipped.

Each photo is 320 numbers of one byte. The held-out photos come from CIFAR-10's own test pile.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of

FOLDER = Path(__file__).parents[2] / "assets" / "transfer"
FEATURES_FILE = FOLDER / "cifar10_features.npz"
RUNS_FILE = FOLDER / "cifar10_runs.json"

NAMES = ("airplane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
KINDS = ("from scratch", "fine-tuned")
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # photos of each class at which everybody was measured
N_TRAIN, N_HELD_OUT = 500, 200  # photos of each class
MOST = 255  # of a stored number

Labels = NDArray[np.int64]
Features = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class CifarFeatures:
    """Features of the training and the held-out photos, a class after the other; nobody writes into them."""

    train: Features  # (5000, 320), all 0 or more
    held_out: Features  # (2000, 320)

    def held_out_of(self, classes: Sequence[int]) -> tuple[Features, Labels]:
        """The held-out photos of some classes, and their places in ``classes``: always the same ones."""
        rows = np.concatenate([np.arange(N_HELD_OUT) + N_HELD_OUT * one for one in classes])
        return self.held_out[rows], np.repeat(np.arange(len(classes)), N_HELD_OUT)

    def drawn(self, classes: Sequence[int], n_per_class: int, seed: int) -> tuple[Features, Labels]:
        """The training photos of one `draw`, and their places in ``classes``.

        Parameters
        ----------
        classes
            Places in `NAMES`.
        n_per_class
            1 to 500.
        seed
            Which draw.
        """
        rows = draw(classes, n_per_class, seed)
        return self.train[rows], np.repeat(np.arange(len(classes)), n_per_class)


def draw(classes: Sequence[int], n_per_class: int, seed: int) -> Labels:
    """Rows of the training photos that one draw holds, a class after the other.

    A larger draw of the same seed holds the smaller one, as when you go on collecting. A class is drawn alike
    whichever other classes there are.

    Parameters
    ----------
    classes
        Places in `NAMES`.
    n_per_class
        1 to 500; with 500 every draw holds the same photos.
    seed
        0 or more.

    Raises
    ------
    ValueError
        When there are not so many photos.

    Examples
    --------
    >>> draw((0, 3), 2, seed=0).shape, set(draw((3,), 2, seed=0)) <= set(draw((0, 3), 5, seed=0))
    ((4,), True)
    """
    if not 1 <= n_per_class <= N_TRAIN:
        raise ValueError(f"{n_per_class} photos of each class cannot be drawn: choose 1 to {N_TRAIN}.")
    return np.concatenate(
        [
            np.random.default_rng([seed, one]).permutation(N_TRAIN)[:n_per_class] + N_TRAIN * one
            for one in classes
        ]
    )


def in_bytes(features: Features, scale: Features) -> NDArray[np.uint8]:
    """Features ``(N, 320)`` as whole steps of 0 to 255 of ``scale`` ``(320,)``; what is larger is cut off.

    >>> in_bytes(np.array([[0.5, 3.0]], np.float32), np.array([0.01, 0.01], np.float32)).tolist()
    [[50, 255]]
    """
    return np.asarray(np.clip(np.rint(features / scale), 0, MOST), np.uint8)


@cache
def load_features(file: Path = FEATURES_FILE) -> CifarFeatures:
    """The committed features, made by ``python -m dl_core.offline.transfer_cifar10``.

    Source: A. Krizhevsky, "Learning multiple layers of features from tiny images" (2009).
    """
    with np.load(file, allow_pickle=False) as stored:
        piles = [np.asarray(stored[name] * stored["scale"], np.float32) for name in ("train", "held_out")]
    for pile in piles:
        pile.setflags(write=False)
    return CifarFeatures(*piles)


@dataclass(frozen=True)
class Run:
    """One contender, trained once on one draw of all ten classes."""

    kind: str  # one of KINDS
    n_per_class: int  # training photos of each class
    seed: int  # of the draw, the start and the order
    score: Share  # on the held-out photos
    seconds: float  # processor seconds of training, on one thread
    n_trained: int  # numbers that training changed
    n_frozen: int  # numbers that it left alone


@cache
def load_runs(file: Path = RUNS_FILE) -> tuple[Run, ...]:
    """The committed runs, made by ``python -m dl_core.offline.transfer_cifar10``.

    Examples
    --------
    >>> {run.score.n for run in load_runs()}
    {2000}
    """
    stored = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Run(
            one["kind"],
            one["n_per_class"],
            one["seed"],
            share_of(one["hits"], one["n"]),
            one["seconds"],
            one["n_trained"],
            one["n_frozen"],
        )
        for one in stored["runs"]
    )
