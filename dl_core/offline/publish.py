"""Measure trained weights and write everything that is shipped: weights, class list, model card.

    python -m dl_core.offline.publish --checkpoint runs/tiny_imagenet/checkpoint.pt --data ../shared/data

The way in is chosen and the temperature is fitted on photos that were kept aside while training (and, for
the way in, on the full-size photos). The test photos, val.parquet, are opened once, for the figures.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import shutil
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from PIL import Image
from safetensors.torch import save_file

from dl_core.intervals import share_of
from dl_core.offline.off_list import off_list_photos
from dl_core.offline.refusal import bar_at_price, compare_rules
from dl_core.offline.tiny_imagenet import HELD_BACK_PER_CLASS, Recipe, hold_back
from dl_core.offline.way_in import Labels, Looks, Scores, choose, compare, share_right
from dl_core.vision.calibration import calibration_error, fit_temperature, probabilities, reliability
from dl_core.vision.card import CARD_FILE
from dl_core.vision.classes import CLASSES_FILE, classes
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.photo import read_photo
from dl_core.vision.predict import scores
from dl_core.vision.views import WayIn
from dl_core.vision.weights import WEIGHTS_FILE, network_with, read_weights

ASIDE_PER_CLASS_TO_CHOOSE = 4  # of the photos kept aside; all of them fit the temperature


def write_weights(checkpoint: Path, out: Path) -> str:
    """Write the averaged weights in half precision; returns the file's SHA-256.

    Vectors (normalisation, biases) stay in single precision: they are few and their range is wide.
    """
    averaged = torch.load(checkpoint, map_location="cpu", weights_only=True)["averaged"]
    kept = {
        name: (tensor.half() if tensor.ndim > 1 else tensor.float()).contiguous()
        for name, tensor in averaged.items()
        if not name.endswith("num_batches_tracked")
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    save_file(kept, out)
    return hashlib.sha256(out.read_bytes()).hexdigest()


def read_rows(paths: list[Path], per_class: int | None = None) -> tuple[list[Image.Image], Labels]:
    """Photos and labels of parquet files; with ``per_class`` only the first rows of every label."""
    frame = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
    if per_class is not None:
        frame = frame[hold_back(frame["label"].to_numpy(np.int64), per_class)]
    photos = [Image.open(io.BytesIO(data)).convert("RGB") for data in frame["image"]]
    return photos, frame["label"].to_numpy(np.int64)


def read_full_size(folder: Path) -> tuple[list[Image.Image], Labels]:
    """Full-size photos as `classify` would read them; the WordNet id in the name gives the label."""
    label = {thing.wordnet_id: thing.label for thing in classes()}
    files = sorted(folder.glob("*.jpg"))
    photos = [read_photo(file.read_bytes()) for file in files]
    return photos, np.array([label[file.name.partition("_")[0]] for file in files])


def counted(hits: int, n: int) -> dict[str, int]:
    """A share as the card keeps it."""
    return {"hits": int(hits), "n": int(n)}


def milliseconds(network: ResidualNetwork, photo: Image.Image, way: WayIn) -> float:
    """Processor time of one answer on one core, the median of 15."""
    torch.set_num_threads(1)
    times = []
    for _ in range(15):
        started = time.thread_time()
        scores(network, photo, way)
        times.append(time.thread_time() - started)
    return round(1000 * float(np.median(times)), 1)


def figures_on_test_photos(found: Scores, labels: Labels, temperature: float) -> dict[str, Any]:
    """Accuracy and calibration on the test photos."""
    chances = probabilities(found, temperature)
    right = found.argmax(1) == labels
    per_class = [counted(right[labels == c].sum(), (labels == c).sum()) for c in range(found.shape[1])]
    return {
        "top1": counted(right.sum(), len(labels)),
        "top5": counted(round(share_right(found, labels, 5) * len(labels)), len(labels)),
        "ece_before": round(calibration_error(probabilities(found).max(1), right), 4),
        "ece": round(calibration_error(chances.max(1), right), 4),
        "reliability": [asdict(one) for one in reliability(chances.max(1), right)],
        "right_per_class": per_class,
    }


def publish(checkpoint: Path, data: Path) -> dict[str, Any]:
    """Write the shipped files and return the card."""
    shutil.copyfile(data / "tiny_imagenet" / "classes.tsv", CLASSES_FILE)
    fresh_weights, fresh_card = WEIGHTS_FILE.with_suffix(".new"), CARD_FILE.with_suffix(".new")
    sha256 = write_weights(checkpoint, fresh_weights)
    # what is measured is what is shipped: half precision, not the checkpoint
    network = network_with(read_weights(fresh_weights, sha256))

    train_files = sorted((data / "tiny_imagenet").glob("train-*.parquet"))
    aside, aside_labels = read_rows(train_files, HELD_BACK_PER_CLASS)
    full, full_labels = read_full_size(data / "full_size_photos")
    few = hold_back(aside_labels, ASIDE_PER_CLASS_TO_CHOOSE)
    few_photos = [photo for photo, kept in zip(aside, few, strict=True) if kept]
    full_looks = Looks(network, full)
    compared = compare(full_looks, full_labels, Looks(network, few_photos), aside_labels[few])
    way = choose(compared).way

    aside_scores = Looks(network, aside).scores(way)
    temperature = fit_temperature(aside_scores, aside_labels)
    sure = probabilities(aside_scores, temperature).max(1)
    aside_right = aside_scores.argmax(1) == aside_labels
    threshold = round(bar_at_price(sure, aside_right), 3)

    test_photos, test_labels = read_rows([data / "tiny_imagenet" / "val.parquet"])
    test_scores = Looks(network, test_photos).scores(way)
    test_sure = probabilities(test_scores, temperature).max(1)
    test_right = test_scores.argmax(1) == test_labels
    shown = {"right answers": test_sure[test_right], "wrong answers": test_sure[~test_right]}
    strangers = {name: Looks(network, pile).scores(way) for name, pile in off_list_photos(data).items()}
    shown |= {name: probabilities(found, temperature).max(1) for name, found in strangers.items()}

    full_scores = full_looks.scores(way)
    card = {
        "sha256": sha256,
        "weights_bytes": fresh_weights.stat().st_size,
        "parameters": sum(p.numel() for p in ResidualNetwork(len(classes())).parameters()),
        "temperature": round(temperature, 4),
        "threshold": threshold,
        "milliseconds": milliseconds(network, next(p for p in full if p.width != p.height), way),
        "way_in": asdict(way),
        **figures_on_test_photos(test_scores, test_labels, round(temperature, 4)),
        "full_size_top1": counted(round(share_right(full_scores, full_labels) * len(full)), len(full)),
        "full_size_top5": counted(round(share_right(full_scores, full_labels, 5) * len(full)), len(full)),
        "refusals": {name: counted((of < threshold).sum(), len(of)) for name, of in shown.items()},
        "refusal_rules": compare_rules(aside_scores, aside_labels, strangers, temperature),
        "ways_in": [one.row() for one in compared],
        "recipe": asdict(Recipe()),
        "commands": [
            f"python -m dl_core.offline.tiny_imagenet --data {data}/tiny_imagenet --out {checkpoint.parent}",
            f"python -m dl_core.offline.publish --checkpoint {checkpoint} --data {data}",
        ],
        "date": datetime.now(UTC).date().isoformat(),
    }
    # both at the end: weights and card always belong together, also while this runs
    fresh_card.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    fresh_weights.replace(WEIGHTS_FILE)
    fresh_card.replace(CARD_FILE)
    return card


def main() -> None:
    """Read the command line, publish, and print the figures that matter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    card = publish(args.checkpoint, args.data)
    for name in ("top1", "top5", "full_size_top1", "full_size_top5"):
        share = share_of(**card[name])
        print(f"{name}: {share.value:.1%} (95 % {share.low:.1%} to {share.high:.1%})")
    told = ("ece_before", "ece", "temperature", "threshold", "milliseconds", "way_in")
    print({name: card[name] for name in told})
    print({name: f"{share['hits']} of {share['n']} refused" for name, share in card["refusals"].items()})


if __name__ == "__main__":
    main()
