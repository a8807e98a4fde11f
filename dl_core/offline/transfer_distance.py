"""How far each ready-made task lies from what the network learned, and whether that forecasts the score.

    python -m dl_core.offline.transfer_distance --data ../shared/data --out assets/transfer

Three minutes on one core. The yardstick is made of Tiny ImageNet's 5,000 held-out photos, looked at once,
as the page looks at a task's pictures. Scores are between two names at a time, 20 pictures each to learn
from, so that tasks with few and with many names can be compared; bursts stay whole. CIFAR-10's photos and
the network's own classes (16 photos each to learn from) are measured for comparison; none is shipped.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image
from scipy.stats import spearmanr

from dl_core.course_models import read_models
from dl_core.offline.tiny_imagenet import read_photos
from dl_core.transfer.distance import FILE, LINE_AT, shares_farther, tenth_angles
from dl_core.transfer.features import Features, features_of
from dl_core.transfer.heads import fit_head
from dl_core.transfer.pictures import Labels, Pictures, Pixels
from dl_core.transfer.tasks import TASKS, ready_made
from dl_core.vision.card import read_card
from dl_core.vision.centre_view import centre_view

SEED = 0
DRAWS = 5  # of the pictures to learn from, for each two names
PER_CLASS = 20  # pictures to learn from
CIFAR_PER_CLASS = 80  # photos of CIFAR-10's test pile
OWN_CLASSES = 10  # of the network's 200, drawn by the seed
HELD_OUT = 1 / 3  # of a class's bursts
PATCH = 4  # pixels that are averaged for the head on pixels: 16 by 16 of them remain
RESAMPLED = 2000  # times, for the interval of the line


def pair_scores(pictures: Pictures, features: Features, n_per_class: int) -> dict[str, Any]:
    """Held-out answers right between two names, over all pairs: a head on features, one on bare pixels."""
    small = pictures.pixels.reshape(-1, 16, PATCH, 16, PATCH, 3).mean((2, 4)).reshape(len(features), -1)
    inputs = {"frozen": features, "pixels": np.asarray(small / 255, np.float32)}
    right, n_answers = dict.fromkeys(inputs, 0.0), 0
    pairs = list(combinations(range(len(pictures.names)), 2))
    for pair in pairs:
        for draw in range(DRAWS):
            train, held = _piles(pictures, pair, n_per_class, np.random.default_rng([SEED, draw, *pair]))
            n_answers += len(held)
            for name, rows in inputs.items():
                head = fit_head(rows[train], (pictures.labels[train] == pair[1]).astype(np.int64), 2)
                good = head.answers(rows[held]) == (pictures.labels[held] == pair[1])
                right[name] += float(good.mean()) / (len(pairs) * DRAWS)
    return {name: round(share, 4) for name, share in right.items()} | {"n_answers": n_answers}


def _piles(
    pictures: Pictures, pair: tuple[int, int], n_per_class: int, rng: np.random.Generator
) -> tuple[Labels, Labels]:
    """Rows to learn from and rows held out, whole bursts of the two classes."""
    train, held = [], []
    for label in pair:
        mine = np.flatnonzero(pictures.labels == label)
        bursts = rng.permutation(np.unique(pictures.bursts[mine]))
        out = np.isin(pictures.bursts[mine], bursts[: max(1, round(len(bursts) * HELD_OUT))])
        train.append(rng.permutation(mine[~out])[:n_per_class])
        held.append(mine[out])
    return np.concatenate(train), np.concatenate(held)


def cifar_pictures(folder: Path) -> Pictures:
    """The first photos of each class of CIFAR-10's test pile, brought to 64 pixels in the page's way."""
    frame = pd.read_parquet(folder / "test.parquet").groupby("label").head(CIFAR_PER_CLASS)
    names = pd.read_csv(folder / "classes.tsv", sep="\t").set_index("label")["name"].sort_index()
    pixels = [centre_view(Image.open(io.BytesIO(row)).convert("RGB")) for row in frame["image"]]
    labels = frame["label"].to_numpy(np.int64)
    return Pictures("CIFAR-10 photos", tuple(names), np.stack(pixels), labels, np.arange(len(labels)))


def own_classes(photos: Pixels, labels: Labels) -> tuple[Pictures, NDArray[np.bool_]]:
    """Some of the network's own classes from its held-out photos, and which photos these are."""
    chosen = np.sort(np.random.default_rng(SEED).permutation(200)[:OWN_CLASSES])
    mask = np.isin(labels, chosen)
    mine = np.searchsorted(chosen, labels[mask])
    names = tuple(f"class {label}" for label in chosen)
    return Pictures("Its own 200 things", names, photos[mask], mine, np.arange(int(mask.sum()))), mask


def line_of(shares: NDArray[np.float64], labels: Labels) -> list[float]:
    """Below which similarity hardly one of the network's own classes lies, with its 95 % interval."""
    each = np.array([100 * shares[labels == label].mean() for label in np.unique(labels)])
    rng = np.random.default_rng(SEED)
    again = [np.quantile(rng.choice(each, len(each)), LINE_AT) for _ in range(RESAMPLED)]
    return [
        round(float(value), 1) for value in (np.quantile(each, LINE_AT), *np.quantile(again, [0.025, 0.975]))
    ]


def measured(data: Path) -> dict[str, Any]:
    """Everything that goes into the file."""
    photos, labels = read_photos([data / "tiny_imagenet" / "val.parquet"])
    features = features_of(photos)
    angles = tenth_angles(features)
    quantiles = np.quantile(angles, np.linspace(0, 1, 101)).round(2)
    own, mask = own_classes(photos, labels)
    piles = {key: (ready_made(key), features_of(ready_made(key).pixels)) for key in TASKS}
    cifar = cifar_pictures(data / "cifar10")
    piles["cifar10"] = cifar, features_of(cifar.pixels)
    piles["own"] = own, features[mask]
    rows = []
    for key, (pictures, found) in piles.items():
        shares = shares_farther(tenth_angles(found), quantiles)
        # the network's own held-out photos are 25 a class
        n_per_class = PER_CLASS if key != "own" else PER_CLASS - 4
        rows.append(
            {
                "key": key,
                "name": pictures.name,
                "sha256": pictures.sha256 if key in TASKS else "",
                "similarity": round(100 * float(shares.mean()), 1),
                "n_names": len(pictures.names),
                "n_per_class": n_per_class,
                "n_held": min(pictures.counts),
                **pair_scores(pictures, found, n_per_class),
            }
        )
        print(json.dumps(rows[-1]), flush=True)
    similarity, frozen, pixels = (
        np.array([row[name] for row in rows]) for name in ("similarity", "frozen", "pixels")
    )
    return {
        "network_sha256": read_card().sha256,
        "course_sha256": read_models().about["npz_sha256"],
        "n_held_out": len(labels),
        "quantiles": quantiles.tolist(),
        "line": line_of(shares_farther(angles, quantiles), labels),
        "tasks": rows,
        "rank_with_score": round(float(spearmanr(similarity, frozen).statistic), 2),
        "rank_with_gain": round(float(spearmanr(similarity, frozen - pixels).statistic), 2),
        "draws": DRAWS,
        "seed": SEED,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "command": "python -m dl_core.offline.transfer_distance --data ../shared/data --out assets/transfer",
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    text = json.dumps(measured(asked.data), indent=1, ensure_ascii=False)
    (asked.out / FILE.name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
