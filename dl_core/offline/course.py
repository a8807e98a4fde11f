"""Fit the course's simpler models on the network's 200 things, and measure all of them on the same photos.

    python -m dl_core.offline.course --data ../shared/data --out assets/vision

Three piles, as the network had them (`dl_core.offline.tiny_imagenet`):

- Training photos: 50 a class are the neighbours and fit the linear layer on features; all of them fit the
  linear layer on pixels. The network learned from them too, so its features keep their classes further apart
  than those of new photos. That is why nothing is scored on them.
- Photos kept aside from training, 10 a class: they choose k and the rest, and fit every temperature.
- Held-out photos, ``val.parquet``: opened for the figures only.

Features are kept in ``--work``; the same command continues with what is missing.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.utils.flop_counter import FlopCounterMode

from dl_core import course_models as core
from dl_core.near_photos import SHOWN
from dl_core.offline.course_fits import (
    FEWER,
    PER_CLASS,
    QUANTILES,
    SEED,
    Labels,
    Pile,
    Rows,
    choose_linear,
    choose_votes,
    counts,
    cut_piles,
    features,
    joined,
    paired,
    say,
    sheet,
    small_pictures,
    together,
    vote_scores,
    with_range,
)
from dl_core.offline.off_list import off_list_photos
from dl_core.offline.tiny_imagenet import hold_back
from dl_core.vision.calibration import fit_temperature, probabilities
from dl_core.vision.card import read_card
from dl_core.vision.features import head_scores
from dl_core.vision.predict import network_input
from dl_core.vision.views import views
from dl_core.vision.weights import shipped_network

DEEPEST = max(SHOWN, 50)  # neighbours that are looked up


class Bench:
    """The piles with their features, neighbours and small pictures, each made once."""

    def __init__(self, data: Path, work: Path) -> None:
        self.piles: dict[str, Pile] = cut_piles(data / "tiny_imagenet")
        self.truth = {name: labels for name, (_, labels) in self.piles.items()}
        self.features = {
            name: features([Image.fromarray(p) for p in self.piles[name][0]], work / f"{name}.npy")
            for name in ("kept", "aside", "held out")
        }
        self.strangers = {
            name: features(photos, work / f"{name.split()[-2]}.npy")
            for name, photos in off_list_photos(data).items()
        }
        self.whole, self.steps = core.stored(self.features["kept"])
        self.neighbours = core.restored(self.whole, self.steps)
        self.near = {name: self.nearest(self.features[name]) for name in ("aside", "held out")}

    def nearest(self, rows: Rows) -> tuple[Labels, Rows]:
        """The neighbours of each photo as they are shipped: places and angles, ``(M, 50)`` each."""
        return core.nearest(self.neighbours, rows, DEEPEST)


def vote_losses(bench: Bench, choice: dict[str, Any]) -> dict[str, Any]:
    """What bytes instead of exact numbers cost, and fewer neighbours would: right on held-out photos."""
    truth, labels = bench.truth["held out"], bench.truth["kept"]
    exact = np.asarray(core.directions(bench.features["kept"]), np.float32)
    rows, angles = core.nearest(exact, bench.features["held out"], DEEPEST)
    found = vote_scores(labels, rows, angles, choice).argmax(1)
    shipped = vote_scores(labels, *bench.near["held out"], choice).argmax(1)
    told = {
        "exact_top1": int((found == truth).sum()),
        "shipped_top1": int((shipped == truth).sum()),
        "same_answer": int((found == shipped).sum()),
        "largest_error": round(float(np.abs(bench.neighbours - exact).max()), 5),
    }
    for few in FEWER:
        mask = hold_back(labels, few)
        part = core.nearest(bench.neighbours[mask], bench.features["aside"], DEEPEST)
        fewer = choose_votes(labels[mask], *part, bench.truth["aside"])
        part = core.nearest(bench.neighbours[mask], bench.features["held out"], DEEPEST)
        right = vote_scores(labels[mask], *part, fewer).argmax(1) == truth
        told[f"top1_with_{few}_a_class"] = int(right.sum())
    return told


def spotting(bench: Bench, temperature: float) -> list[dict[str, Any]]:
    """Does distance tell wrong answers, or things off the list, from the rest? Beside how sure it is."""
    network = shipped_network()
    scores = {name: head_scores(network, bench.features[name]) for name in ("aside", "held out")}
    sure = {name: probabilities(found, temperature).max(1) for name, found in scores.items()}
    wrong = {name: found.argmax(1) != bench.truth[name] for name, found in scores.items()}
    first, tenth = (
        {name: angles[:, at] for name, (_, angles) in bench.near.items()} for at in (0, SHOWN - 1)
    )
    both = joined(sure["aside"], tenth["aside"], wrong["aside"])
    signs = (
        -sure["held out"],
        tenth["held out"],
        first["held out"],
        both(sure["held out"], tenth["held out"]),
    )
    odd = wrong["held out"]
    names = ("sure", "far", "far_first", "both")
    told = [
        {"pile": "wrong answers", "n": int(odd.sum())}
        | dict(zip(names, with_range(odd, *signs), strict=True))
    ]
    for name, rows in bench.strangers.items():
        angles = bench.nearest(rows)[1]
        strange = probabilities(head_scores(network, rows), temperature).max(1)
        odd = np.arange(len(rows) + len(sure["held out"])) < len(rows)
        joint = [
            np.concatenate(pair)
            for pair in (
                (-strange, -sure["held out"]),
                (angles[:, SHOWN - 1], tenth["held out"]),
                (angles[:, 0], first["held out"]),
            )
        ]
        found = dict(zip(names, with_range(odd, *joint), strict=False))
        told.append({"pile": name, "n": len(rows), **found, "both": None})
    return told


def yardstick(bench: Bench, right: NDArray[np.bool_]) -> dict[str, Any]:
    """101 quantiles of the distance of the first and the tenth neighbour, in degrees."""
    angles, found = bench.near["held out"][1], {}
    for name, at in (("first", 0), ("tenth", SHOWN - 1)):
        for which, mask in (("all", np.ones(len(right), bool)), ("right", right), ("wrong", ~right)):
            found[f"{name} {which}"] = np.quantile(angles[mask, at], QUANTILES).astype(np.float32)
    return found


def body_multiplications() -> int:
    """Multiplications of the network's convolutions for one answer, all its views."""
    way = read_card().way_in
    looks = np.stack(views(Image.new("RGB", (way.pixels + 1, way.pixels)), way))
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        shipped_network().features(network_input(looks))
    return int(counter.get_total_flops()) // 2


def costs(kept: dict[str, Any], n_train: int) -> dict[str, dict[str, int]]:
    """Bytes, multiplications and photos behind each model's answer."""
    card, body = read_card(), body_multiplications()
    head = 2 * 320 * 200 + 4 * 200
    own = {
        "network": head,
        "features": kept["feature_weights"].nbytes + kept["feature_bias"].nbytes,
        "neighbours": sum(kept[f"neighbour{part}"].nbytes for part in ("s", "_steps", "_labels")),
        "pixels": kept["pixel_weights"].nbytes + kept["pixel_bias"].nbytes,
    }
    last = {"network": 320 * 200, "features": 320 * 200, "neighbours": kept["neighbours"].size}
    found = {}
    for key, own_bytes in own.items():
        on_features = key != "pixels"
        found[key] = {
            "own_bytes": own_bytes,
            "bytes": own_bytes + on_features * (card.weights_bytes - head),
            "multiplications": last[key] + body if on_features else kept["pixel_weights"].size,
            "trained_on": n_train if key in ("network", "pixels") else len(kept["neighbours"]),
        }
    return found


@dataclass(frozen=True)
class Fitted:
    """The models, and what they say of the photos kept aside and held out."""

    choice: dict[str, Any]  # how the neighbours vote
    recipes: dict[str, Any]
    scores: dict[str, dict[str, Rows]]  # model, pile
    kept: dict[str, NDArray[Any]]  # what is shipped of them


def fit(bench: Bench) -> Fitted:
    """Choose and fit on the photos the network learned from, judged by those kept aside."""
    aside, labels = bench.truth["aside"], bench.truth["kept"]
    choice = choose_votes(labels, *bench.near["aside"], aside)
    say(step="votes", **choice)
    piles = "aside", "held out"
    on_features, feature_recipe = choose_linear(
        "feature", (bench.features["kept"], labels), (bench.features["aside"], aside)
    )
    small = {name: small_pictures(bench.piles[name][0]) for name in ("train", *piles)}
    on_pixels, pixel_recipe = choose_linear(
        "pixel", (small["train"], bench.truth["train"]), (small["aside"], aside)
    )
    network = shipped_network()
    scores = {
        "network": {pile: head_scores(network, bench.features[pile]) for pile in piles},
        "features": {pile: core.linear_scores(on_features, bench.features[pile]) for pile in piles},
        "neighbours": {pile: vote_scores(labels, *bench.near[pile], choice) for pile in piles},
        "pixels": {
            pile: core.linear_scores(on_pixels, np.asarray(small[pile], np.float64)) for pile in piles
        },
    }
    kept: dict[str, NDArray[Any]] = {
        "neighbours": bench.whole,
        "neighbour_steps": bench.steps,
        "neighbour_labels": labels.astype(np.uint8),
        "feature_weights": on_features[0].astype(np.float16),
        "feature_bias": on_features[1].astype(np.float32),
        "pixel_weights": on_pixels[0].astype(np.float16),
        "pixel_bias": on_pixels[1].astype(np.float32),
    }
    recipes = {"feature layer": feature_recipe, "pixel layer": pixel_recipe, "votes": choice, "seed": SEED}
    return Fitted(choice, recipes, scores, kept)


def make(data: Path, out: Path, work: Path) -> None:
    """Fit, measure and write the three files."""
    bench = Bench(data, work)
    fitted, truth = fit(bench), bench.truth["held out"]
    temperatures = {
        key: fit_temperature(found["aside"], bench.truth["aside"]) for key, found in fitted.scores.items()
    }
    temperatures["network"] = read_card().temperature  # fitted on the same photos when it was published
    right = {key: found["held out"].argmax(1) == truth for key, found in fitted.scores.items()}
    price = costs(fitted.kept, len(bench.truth["train"]))
    measures = yardstick(bench, right["network"])
    told = {
        "weights_sha256": read_card().sha256,
        "k": fitted.choice["k"],
        "sharpness": fitted.choice["sharpness"],
        "models": [
            {"key": key, **counts(found["held out"], truth, temperatures[key]), **price[key]}
            for key, found in fitted.scores.items()
        ],
        "pairs": paired(right),
        "together": together(fitted.scores, truth),
        "spotting": spotting(bench, temperatures["network"]),
        "yardstick": list(measures),
        "bytes_instead_of_exact": vote_losses(bench, fitted.choice),
        "recipe": fitted.recipes,
        "neighbours_per_class": PER_CLASS,
        "averaged_per_class": int(np.bincount(bench.truth["train"]).min()),
        "command": f"python -m dl_core.offline.course --data {data} --out {out}",
        "date": datetime.now(UTC).date().isoformat(),
    }
    kept = fitted.kept | {name.replace(" ", "_"): quantiles for name, quantiles in measures.items()}
    write(out, kept, sheet(*bench.piles["train"]), told)


def write(out: Path, kept: dict[str, Any], averages: NDArray[np.uint8], told: dict[str, Any]) -> None:
    """The numbers and the sheet first, then the JSON that names their fingerprints."""
    files = {"npz": io.BytesIO(), "png": io.BytesIO()}
    np.savez(files["npz"], **kept)
    Image.fromarray(averages).save(files["png"], "PNG", optimize=True)
    for ending, file in files.items():
        (out / f"course.{ending}").write_bytes(file.getvalue())
        told[f"{ending}_sha256"] = hashlib.sha256(file.getvalue()).hexdigest()
        say(file=f"course.{ending}", bytes=len(file.getvalue()))
    (out / "course.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for row in told["models"]:
        say(**row)
    for row in told["spotting"]:
        say(**row)
    say(**told["bytes_instead_of_exact"])


def main() -> None:
    """Read the command line, fit, measure and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("runs/course"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    make(args.data, args.out, args.work)


if __name__ == "__main__":
    main()
