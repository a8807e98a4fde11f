"""Try 1,000 random weight matrices on CIFAR-10, keep the best by training loss, and score it once.

    python -m dl_core.offline.random_search --data ../shared/data/cifar10 --out assets/random_search.json

The recipe of CS231n's course notes: pixels and a one for the bias, weights from a normal curve times 0.0001,
the hinge loss over all training photos, and the test photos looked at once, at the end. The notes do not say
whether their pixels were centred, so both are measured: as they are (0 to 255), and less the mean training
photo. The losses that the notes print (9.40, 8.96, 9.04, 9.28, 8.86, 8.94, 8.61) look like centred pixels.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import share_of
from dl_core.offline.cifar10 import Photos, read_photos

N_CLASSES = 10
N_TRIES = 1_000
SPREAD = 0.0001  # what a draw from the normal curve is multiplied with
SEED = 0
AT_ONCE = 100  # tries in one matrix product
BLOCK = 5_000  # photos in one matrix product: 60 MB as single precision
PUBLISHED = {"accuracy": 0.155, "source": "CS231n course notes, Stanford"}

Bytes = NDArray[np.uint8]
Labels = NDArray[np.int64]
Singles = NDArray[np.float32]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Search:
    """What the tries cost on the training pile, and the best of them."""

    losses: Floats  # (n_tries,) mean hinge loss over the training pile
    best: Singles  # (n_classes, n_features + 1) the weights with the lowest loss, the bias last


def with_ones(pixels: Bytes, middle: Singles) -> Singles:
    """(n, n_features) bytes less ``middle`` (n_features,), with a last column of ones for the bias.

    Examples
    --------
    >>> with_ones(np.array([[0, 255]], np.uint8), np.array([5, 0], np.float32)).tolist()
    [[-5.0, 255.0, 1.0]]
    """
    inputs = np.ones((len(pixels), pixels.shape[1] + 1), np.float32)
    inputs[:, :-1] = pixels - middle
    return inputs


def hinge_losses(scores: NDArray[Any], labels: Labels) -> Floats:
    """Each example's hinge loss: by how much every wrong class comes within 1 of the right one's score.

    Parameters
    ----------
    scores
        (n, ..., n_classes) for each example, and for each try between them.
    labels
        (n,) the right class.

    Examples
    --------
    >>> hinge_losses(np.array([[-2.85, 0.86, 0.28]]), np.array([2])).round(2).tolist()  # CS231n's figure
    [1.58]
    """
    rows = np.arange(len(labels))
    right = scores[rows, ..., labels][..., None]
    costs = np.maximum(scores - right + 1, 0)
    total: Floats = costs.sum(axis=-1, dtype=np.float64) - 1.0  # the right class itself is always 1 apart
    return total


def draws(n_tries: int, n_features: int, seed: int, at_once: int = AT_ONCE) -> Iterator[Singles]:
    """Random weights in pieces of (at_once, n_classes, n_features + 1); the size of a piece changes none.

    Examples
    --------
    >>> [piece.shape for piece in draws(5, 3, seed=0, at_once=2)]
    [(2, 10, 4), (2, 10, 4), (1, 10, 4)]
    """
    rng = np.random.default_rng(seed)
    for start in range(0, n_tries, at_once):
        shape = (min(at_once, n_tries - start), N_CLASSES, n_features + 1)
        yield rng.standard_normal(shape, dtype=np.float32) * np.float32(SPREAD)


def search(
    pixels: Bytes, labels: Labels, middle: Singles, n_tries: int = N_TRIES, seed: int = SEED
) -> Search:
    """Try random weights on all of these examples and keep those with the lowest loss.

    Parameters
    ----------
    pixels
        (n, n_features) from 0 to 255.
    labels
        (n,) classes 0 to 9.
    middle
        (n_features,) subtracted from every photo.
    n_tries
        How many matrices of weights.
    seed
        Same seed, same tries.

    Raises
    ------
    ValueError
        When there is nothing to try.

    Examples
    --------
    >>> found = search(np.eye(10, dtype=np.uint8), np.arange(10), np.zeros(10, np.float32), n_tries=3)
    >>> found.losses.shape, found.best.shape
    ((3,), (10, 11))
    """
    losses: list[float] = []
    best: Singles | None = None
    for piece in draws(n_tries, pixels.shape[1], seed):
        found = _losses(piece, pixels, labels, middle)
        if best is None or found.min() < min(losses):
            best = piece[found.argmin()].copy()
        losses += found.tolist()
    if best is None:
        raise ValueError("0 tries find nothing: give 1 or more.")
    return Search(np.array(losses), best)


def _losses(weights: Singles, pixels: Bytes, labels: Labels, middle: Singles) -> Floats:
    total = np.zeros(len(weights))
    flat = weights.reshape(-1, weights.shape[-1]).T
    for start in range(0, len(pixels), BLOCK):
        here = slice(start, start + BLOCK)
        scores = (with_ones(pixels[here], middle) @ flat).reshape(-1, len(weights), N_CLASSES)
        total += hinge_losses(scores, labels[here]).sum(axis=0)
    return total / len(pixels)


def right_answers(weights: Singles, pixels: Bytes, labels: Labels, middle: Singles) -> int:
    """For how many of these examples the right class gets the highest score."""
    return int(((with_ones(pixels, middle) @ weights.T).argmax(axis=1) == labels).sum())


def improvements(losses: Floats) -> list[tuple[int, float]]:
    """The tries that beat all before them: (number of the try, its loss). The last try closes the list.

    Examples
    --------
    >>> improvements(np.array([9.4, 9.0, 9.2, 8.9, 9.1]))
    [(1, 9.4), (2, 9.0), (4, 8.9), (5, 8.9)]
    """
    best = np.minimum.accumulate(losses)
    kept = [i for i in range(len(best)) if i == 0 or best[i] < best[i - 1]]
    return [(i + 1, round(float(best[i]), 4)) for i in dict.fromkeys([*kept, len(best) - 1])]


def measured(name: str, photos: Photos, middle: Singles) -> dict[str, Any]:
    """One search: its losses, and the one look at the test photos."""
    found = search(photos.train, photos.train_labels, middle)
    score = share_of(right_answers(found.best, photos.test, photos.test_labels, middle), len(photos.test))
    return {
        "pixels": name,
        "n_tries": len(found.losses),
        "loss_median": round(float(np.median(found.losses)), 4),
        "best_so_far": improvements(found.losses),
        "train_hits": right_answers(found.best, photos.train, photos.train_labels, middle),
        "train_n": len(photos.train),
        "hits": score.hits,
        "n": score.n,
        "accuracy": score.value,
        "low": score.low,
        "high": score.high,
    }


def table(rows: list[dict[str, Any]], command: str) -> dict[str, Any]:
    """The searches as they are committed, and how they were made."""
    return {
        "command": command,
        "date": datetime.date.today().isoformat(),
        "seed": SEED,
        "threads": 1,
        "machine": f"{platform.machine()}, numpy {np.__version__}",
        "data": "CIFAR-10 (Krizhevsky 2009), JPEG copy; 50,000 training and 10,000 test photos",
        "recipe": f"weights from a normal curve times {SPREAD}, best mean hinge loss on all training photos",
        "rows": rows,
        "published": PUBLISHED,
    }


def main() -> None:
    """Search with pixels as they are and centred, score each once, write the table."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--data", type=Path, required=True, help="folder with train.parquet and test.parquet")
    reader.add_argument("--out", type=Path, required=True, help="the table to write, JSON")
    chosen = reader.parse_args()
    photos = read_photos(chosen.data)
    nothing = np.zeros(photos.train.shape[1], np.float32)
    rows = [
        measured("as they are", photos, nothing),
        measured("centred", photos, photos.train.mean(axis=0, dtype=np.float64).astype(np.float32)),
    ]
    command = f"python -m dl_core.offline.random_search --data {chosen.data} --out {chosen.out}"
    chosen.out.write_text(json.dumps(table(rows, command), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
