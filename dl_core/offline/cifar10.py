"""Measure simple models on all of CIFAR-10 and write the table the lesson shows.

    python -m dl_core.offline.cifar10 --data ../shared/data/cifar10 --out assets/cifar10.json

Six rows: blind guessing, one neighbour by L1 and by L2, neighbours with k chosen on a validation pile,
softmax regression on pixels, a small convolutional network. Every row is written when it is done; the
same command continues with the rows that are missing. Seconds are processor seconds on one thread, so a
busy machine does not change them.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from dl_core.intervals import share_of
from dl_core.offline.pixel_neighbours import differences, nearest_photos
from dl_core.softmax_regression import fit_softmax

SEED = 20_250
N_CLASSES = 10
N_VALIDATION = 2_500  # training photos kept aside to choose k and the penalty
KS = (1, 3, 5, 7, 9, 11, 15, 21, 31, 51)
PENALTIES = (0.01, 0.03, 0.1)
SOFTMAX_STEPS = 150
METRICS: tuple[Literal["L1", "L2"], ...] = ("L1", "L2")

# what others measured, beside ours (SOURCES.md F1, F2, N21)
PUBLISHED = [
    {"name": "random guess", "accuracy": 0.10, "source": "one class in ten"},
    {"name": "one neighbour, L1", "accuracy": 0.386, "source": "CS231n course notes, Stanford"},
    {"name": "one neighbour, L2", "accuracy": 0.354, "source": "CS231n course notes, Stanford"},
    {"name": "a person", "accuracy": 0.94, "source": "Andrej Karpathy, one person’s test, 2011"},
    {"name": "best network", "accuracy": 0.995, "source": "ViT-H/14, Dosovitskiy et al., 2021"},
]


@dataclass(frozen=True)
class Photos:
    """All photos as bytes, and the validation pile's place among the training photos."""

    train: NDArray[np.uint8]  # (50,000, 3,072)
    train_labels: NDArray[np.int64]
    test: NDArray[np.uint8]  # (10,000, 3,072)
    test_labels: NDArray[np.int64]

    @property
    def piles(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Indices of the photos to fit on and of the validation pile, seeded."""
        order = np.random.default_rng(SEED).permutation(len(self.train))
        return np.sort(order[N_VALIDATION:]), np.sort(order[:N_VALIDATION])


def read_photos(folder: Path) -> Photos:
    """Decode both parquet files into bytes, one row a photo."""
    read = {}
    for pile in ("train", "test"):
        table = pd.read_parquet(folder / f"{pile}.parquet")
        pixels = [
            np.asarray(Image.open(io.BytesIO(photo)).convert("RGB")).ravel() for photo in table["image"]
        ]
        read[pile] = (np.stack(pixels), table["label"].to_numpy(np.int64))
    return Photos(*read["train"], *read["test"])


def majority(neighbours: NDArray[np.int32], labels: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """The class most of the first k neighbours have; a tie goes to the class met first.

    Examples
    --------
    >>> majority(np.array([[2, 0, 1, 3]]), np.array([5, 5, 7, 7]), 4).tolist()
    [7]
    """
    voices = labels[neighbours[:, :k]]
    same = (voices[:, :, None] == voices[:, None, :]).sum(axis=2)
    winners: NDArray[np.int64] = np.take_along_axis(voices, same.argmax(axis=1)[:, None], axis=1)[:, 0]
    return winners


def _row(name: str, answers: NDArray[np.int64], photos: Photos, **costs: Any) -> dict[str, Any]:
    score = share_of(int((answers == photos.test_labels).sum()), len(answers))
    return {
        "name": name,
        "hits": score.hits,
        "n": score.n,
        "accuracy": score.value,
        "low": score.low,
        "high": score.high,
        **costs,
    }


def measure_guess(photos: Photos, work: Path) -> list[dict[str, Any]]:
    """Blind guessing: what any model must beat."""
    answers = np.random.default_rng(SEED).integers(0, N_CLASSES, len(photos.test))
    return [
        _row(
            "random guess",
            answers,
            photos,
            train_seconds=0.0,
            answer_ms=0.0,
            bytes=0,
            operations=0,
            settings="every class equally likely",
        )
    ]


def measure_neighbours(photos: Photos, work: Path) -> list[dict[str, Any]]:
    """One neighbour by each metric, and the k and metric that did best on the validation pile."""
    fit, held = photos.piles
    curve: dict[str, dict[str, float]] = {}
    test_neighbours, answer_ms = {}, {}
    for metric in METRICS:
        found, _ = _neighbours(
            photos.train[held], photos.train[fit], metric, work / f"validation_{metric}.npz"
        )
        truth = photos.train_labels[held]
        curve[metric] = {
            str(k): float((majority(found, photos.train_labels[fit], k) == truth).mean()) for k in KS
        }
        test_neighbours[metric], seconds = _neighbours(
            photos.test, photos.train, metric, work / f"test_{metric}.npz"
        )
        answer_ms[metric] = 1000 * seconds / len(photos.test)
    answer_ms["L1"] = _plain_answer_ms(photos)  # the lesson's kNN looks at every pixel, without short cuts
    (work / "k_curve.json").write_text(json.dumps(curve))
    best_metric, best_k = max(
        ((metric, k) for metric in METRICS for k in KS), key=lambda pair: curve[pair[0]][str(pair[1])]
    )
    rows = []
    for name, metric, k, how in (
        ("one neighbour, L1", "L1", 1, "k = 1, all 50,000 photos kept"),
        ("one neighbour, L2", "L2", 1, "k = 1, all 50,000 photos kept"),
        (
            "chosen k",
            best_metric,
            best_k,
            f"k = {best_k}, {best_metric}, chosen on {N_VALIDATION:,} kept-aside photos",
        ),
    ):
        answers = majority(test_neighbours[metric], photos.train_labels, k)
        rows.append(
            _row(
                name,
                answers,
                photos,
                train_seconds=0.0,
                answer_ms=answer_ms[metric],
                bytes=photos.train.size,
                operations=photos.train.size,
                settings=how,
            )
        )
    return rows


def _plain_answer_ms(photos: Photos, n_asked: int = 50) -> float:
    start = time.process_time()
    for query in photos.test[:n_asked]:
        differences(query, photos.train)
    return 1000 * (time.process_time() - start) / n_asked


def _neighbours(
    queries: NDArray[np.uint8], examples: NDArray[np.uint8], metric: Literal["L1", "L2"], kept: Path
) -> tuple[NDArray[np.int32], float]:
    """The nearest photos and the processor seconds they took, from a file if they are known already."""
    if not kept.exists():
        start = time.process_time()
        found = nearest_photos(queries, examples, metric, max(KS))
        np.savez(kept, found=found, seconds=time.process_time() - start)
        print(f"{kept.stem}: {time.process_time() - start:.0f} processor seconds", flush=True)
    stored = np.load(kept)
    return stored["found"], float(stored["seconds"])


def measure_softmax(photos: Photos, work: Path) -> list[dict[str, Any]]:
    """Softmax regression on pixels, its weight penalty chosen on the validation pile."""
    fit, held = photos.piles
    middle = photos.train.mean(axis=0)

    def scaled(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        inputs: NDArray[np.float64] = (pixels - middle) / 64.0
        return inputs

    start = time.process_time()
    scores = {}
    for penalty in PENALTIES:
        model = fit_softmax(
            scaled(photos.train[fit]), photos.train_labels[fit], N_CLASSES, penalty, SOFTMAX_STEPS
        )
        scores[penalty] = float(
            (model.answers(scaled(photos.train[held])) == photos.train_labels[held]).mean()
        )
        print(f"softmax, penalty {penalty}: {scores[penalty]:.4f} after {model.steps} steps", flush=True)
    searched = time.process_time()
    best = max(scores, key=lambda penalty: scores[penalty])
    model = fit_softmax(scaled(photos.train), photos.train_labels, N_CLASSES, best, SOFTMAX_STEPS)
    trained = time.process_time()
    answers = model.answers(scaled(photos.test))
    return [
        _row(
            "softmax",
            answers,
            photos,
            train_seconds=trained - searched,
            answer_ms=1000 * (time.process_time() - trained) / len(answers),
            bytes=4 * model.n_numbers,
            operations=int(model.weights.size),
            settings=f"penalty {best}, {model.steps} steps; choosing it took {searched - start:.0f} s more",
        )
    ]


def measure_network(photos: Photos, work: Path) -> list[dict[str, Any]]:
    """A small convolutional network, trained for a few passes."""
    from dl_core.offline import small_cnn  # torch loads only for this row

    start = time.process_time()
    network = small_cnn.train(photos.train, photos.train_labels, SEED)
    trained = time.process_time()
    answers = small_cnn.answers(network, photos.test)
    return [
        _row(
            "small CNN",
            answers,
            photos,
            train_seconds=trained - start,
            answer_ms=1000 * (time.process_time() - trained) / len(answers),
            bytes=4 * small_cnn.n_parameters(network),
            operations=small_cnn.multiplications(),
            settings=small_cnn.describe(network),
        )
    ]


PARTS = {
    "guess": measure_guess,
    "softmax": measure_softmax,
    "network": measure_network,
    "neighbours": measure_neighbours,
}


def assemble(
    rows: list[dict[str, Any]], k_curve: dict[str, dict[str, float]], command: str
) -> dict[str, Any]:
    """The table as it is committed: our rows, the published ones, and how it was made."""
    order = ["random guess", "one neighbour, L2", "one neighbour, L1", "chosen k", "softmax", "small CNN"]
    return {
        "command": command,
        "date": datetime.date.today().isoformat(),
        "seed": SEED,
        "threads": 1,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, numpy {np.__version__}",
        "data": "CIFAR-10 (Krizhevsky 2009), JPEG copy; 50,000 training and 10,000 test photos",
        "rows": sorted(rows, key=lambda row: order.index(row["name"])),
        "published": PUBLISHED,
        "k_curve": k_curve,
        "n_validation": N_VALIDATION,
    }


def main() -> None:
    """Measure what is missing and write the table."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--data", type=Path, required=True, help="folder with train.parquet and test.parquet")
    reader.add_argument("--out", type=Path, required=True, help="the table to write, JSON")
    reader.add_argument(
        "--work", type=Path, default=Path("runs/cifar10"), help="where finished rows are kept"
    )
    reader.add_argument("--only", choices=list(PARTS), help="measure this part and write no table yet")
    chosen = reader.parse_args()
    chosen.work.mkdir(parents=True, exist_ok=True)
    photos = read_photos(chosen.data)
    rows: list[dict[str, Any]] = []
    for part, measure in PARTS.items():
        if chosen.only not in (None, part):
            continue
        kept = chosen.work / f"{part}.json"
        if not kept.exists():
            kept.write_text(json.dumps(measure(photos, chosen.work)))
        rows += json.loads(kept.read_text())
        print(part, kept.read_text(), flush=True)
    if chosen.only:
        return
    command = f"python -m dl_core.offline.cifar10 --data {chosen.data} --out {chosen.out}"
    k_curve = json.loads((chosen.work / "k_curve.json").read_text())
    chosen.out.write_text(json.dumps(assemble(rows, k_curve, command), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
