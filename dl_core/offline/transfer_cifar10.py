"""Features of CIFAR-10 photos, and the two contenders on the same photos that take too long for a page.

    python -m dl_core.offline.transfer_cifar10 --data ../shared/data --out assets/transfer

500 training photos of each class come from CIFAR-10's training pile and 200 held-out ones from its test
pile, drawn by a seed. Each 32-pixel photo is brought to 64 pixels in the network's own way in: for such a
photo that is every pixel doubled, and its mirror image as a second look. Kept are 320 numbers of one byte for
each photo, and counts of right answers; never a photo. Every run is written when it is done, and the same
command goes on with those that are missing. Seconds are processor seconds on one thread.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from dl_core.transfer.cifar_features import (
    FEATURES_FILE,
    MOST,
    N_HELD_OUT,
    N_TRAIN,
    NAMES,
    RUNS_FILE,
    SIZES,
    CifarFeatures,
    draw,
    in_bytes,
)
from dl_core.transfer.heads import fit_head

SEED = 20_260
CHOOSING = (20, 200)  # photos of each class on which the recipes were compared
N_JUDGES = 200  # photos of each class that judge the recipes; in no draw and not held out
RATES = {"from scratch": (0.02, 0.05, 0.15), "fine-tuned": (0.001, 0.003, 0.01, 0.03)}
LARGE = 100  # photos of each class; larger draws take longest and differ least
N_SEEDS = {size: 1 if size > LARGE else 3 for size in SIZES}
ALL = tuple(range(len(NAMES)))

Photos = NDArray[np.uint8]
Labels = NDArray[np.int64]


def chosen_rows(labels: Labels, n_per_class: int, seed: int, skipped: int = 0) -> Labels:
    """Rows of ``n_per_class`` photos of each class by chance, a class after the other.

    Parameters
    ----------
    labels
        ``(N,)`` classes.
    n_per_class
        How many of each, at least 1.
    seed
        Decides which.
    skipped
        So many of each class come first and are left out: they belong to another pile.

    Examples
    --------
    >>> labels = np.array([1, 0, 1, 0])
    >>> sorted([*chosen_rows(labels, 1, 0).tolist(), *chosen_rows(labels, 1, 0, skipped=1).tolist()])
    [0, 1, 2, 3]
    """
    rng = np.random.default_rng(seed)
    dealt = [rng.permutation(np.flatnonzero(labels == one)) for one in np.unique(labels)]
    return np.concatenate([mine[skipped : skipped + n_per_class] for mine in dealt])


def read_pile(file: Path, n_per_class: int, skipped: int = 0) -> tuple[Photos, Labels]:
    """Chosen photos of a pile, ``(N, 32, 32, 3)``, and their rows in the file, a class after the other."""
    table = pd.read_parquet(file)
    rows = chosen_rows(table["label"].to_numpy(np.int64), n_per_class, SEED, skipped)
    photos = [np.asarray(Image.open(io.BytesIO(table["image"][row])).convert("RGB")) for row in rows]
    return np.stack(photos), rows


def doubled(photos: Photos) -> Photos:
    """Each pixel four times: what the way in makes of ``(N, 32, 32, 3)``; a test holds both equal.

    >>> doubled(np.zeros((1, 32, 32, 3), np.uint8)).shape
    (1, 64, 64, 3)
    """
    return photos.repeat(2, axis=1).repeat(2, axis=2)


class Bench:
    """Everything that the runs look at; made when it is first asked for."""

    def __init__(self, data: Path) -> None:
        self.data = data / "cifar10"

    @cached_property
    def piles(self) -> dict[str, tuple[Photos, Labels]]:
        """Photos and their rows: "train", "held out", and the "judges" of the recipes."""
        train, test = self.data / "train.parquet", self.data / "test.parquet"
        return {
            "train": read_pile(train, N_TRAIN),
            "held out": read_pile(test, N_HELD_OUT),
            "judges": read_pile(train, N_JUDGES, skipped=N_TRAIN),
        }

    @cached_property
    def frozen(self) -> dict[str, Any]:
        """Maps after the third stage and features of each pile."""
        from dl_core.offline.transfer_training import frozen_looks

        return {name: frozen_looks(doubled(photos)) for name, (photos, _) in self.piles.items()}

    @cached_property
    def small(self) -> dict[str, Any]:
        """The photos as the network from scratch takes them in."""
        from dl_core.offline.transfer_training import small_looks

        return {name: small_looks(photos) for name, (photos, _) in self.piles.items()}

    def run(self, kind: str, n: int, seed: int, judged_by: str, recipe: Any) -> dict[str, Any]:
        """Train one contender on one draw, and count its right answers.

        Parameters
        ----------
        kind
            "from scratch" or "fine-tuned".
        n
            Photos of each class.
        seed
            Of the draw, of the start and of the order.
        judged_by
            The pile that is answered: "held out", or "judges" to choose a recipe.
        recipe
            A `dl_core.offline.transfer_training.Recipe`.
        """
        from dl_core.offline import transfer_training as training

        rows = draw(ALL, n, seed)
        labels, truth = np.repeat(ALL, n), np.repeat(ALL, len(self.piles[judged_by][0]) // len(ALL))
        if kind == "from scratch":
            done = training.from_scratch(
                self.small["train"].some(rows), labels, self.small[judged_by], len(ALL), seed, recipe
            )
        else:
            (maps, features), (asked, _) = self.frozen["train"], self.frozen[judged_by]
            head = fit_head(features[rows], labels, len(ALL))
            done = training.fine_tuned(maps.some(rows), labels, asked, head, seed, recipe)
        return {
            "kind": kind,
            "n_per_class": n,
            "seed": seed,
            "hits": int((done.answers == truth).sum()),
            "n": len(truth),
            "seconds": round(done.seconds, 2),
            "steps": done.steps,
            "n_trained": done.n_trained,
            "n_frozen": done.n_frozen,
        }


def kept(file: Path, make: Any) -> Any:
    """What ``make`` gave, from the file where it was made before."""
    if not file.exists():
        file.write_text(json.dumps(make()), encoding="utf-8")
        print(file.stem, file.read_text(encoding="utf-8"), flush=True)
    return json.loads(file.read_text(encoding="utf-8"))


def chosen_recipes(bench: Bench, work: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The recipe of each contender that is right most often on the judges, and all that was tried."""
    from dl_core.offline.transfer_training import SCRATCH, TUNED

    recipes, tried = {}, []
    for kind, plain in (("from scratch", SCRATCH), ("fine-tuned", TUNED)):
        sums = {}
        for rate in RATES[kind]:
            recipe = replace(plain, rate=rate)
            found = [
                kept(
                    work / f"judged {kind} {rate} {recipe.passes} {n}.json",
                    lambda n=n, recipe=recipe, kind=kind: bench.run(kind, n, 9, "judges", recipe),
                )
                for n in CHOOSING
            ]
            sums[recipe] = sum(one["hits"] for one in found)
            tried.append({"kind": kind, "rate": rate, "right": [one["hits"] for one in found]})
        recipes[kind] = max(sums, key=lambda recipe: sums[recipe])
    return recipes, tried


def work_of(kinds: Iterable[str]) -> list[tuple[str, int, int]]:
    """Kind, photos of each class and seed of every run; the first seed's come first.

    >>> work_of(["from scratch"])[0], work_of(["from scratch"])[-1]
    (('from scratch', 1, 0), ('from scratch', 100, 2))
    """
    work = [(kind, n, seed) for kind in kinds for n in SIZES for seed in range(N_SEEDS[n])]
    return sorted(work, key=lambda one: (one[2], one[1]))


def save_features(bench: Bench, file: Path) -> dict[str, Any]:
    """Write the features of training and held-out photos; what one byte each costs in right answers."""
    (_, train), (_, held_out) = bench.frozen["train"], bench.frozen["held out"]
    scale = np.asarray(np.maximum(train.max(axis=0), 1e-6) / MOST, np.float32)
    stored: dict[str, Any] = {"train": in_bytes(train, scale), "held_out": in_bytes(held_out, scale)}
    rows: dict[str, Any] = {
        f"{name}_rows": np.asarray(bench.piles[pile][1], np.int32)
        for name, pile in (("train", "train"), ("held_out", "held out"))
    }
    np.savez_compressed(file, scale=scale, **stored, **rows)
    exact = CifarFeatures(train, held_out)
    rounded = CifarFeatures(*(np.asarray(part * scale, np.float32) for part in stored.values()))
    return {
        "right": [
            {"n_per_class": n, "exact": head_hits(exact, n), "in_bytes": head_hits(rounded, n)} for n in SIZES
        ],
        "n": len(held_out),
        "cut_off": int((held_out > scale * (MOST + 0.5)).sum()),
        "of": held_out.size,
        "bytes": file.stat().st_size,
    }


def head_hits(features: CifarFeatures, n: int) -> int:
    """Right answers of a new head on the held-out photos, after draw 0 of ``n`` photos of each class."""
    held_out, truth = features.held_out_of(ALL)
    head = fit_head(*features.drawn(ALL, n, 0), len(ALL))
    return int((head.answers(held_out) == truth).sum())


def main(arguments: list[str] | None = None) -> None:
    """Do what is missing and write both files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with cifar10/")
    parser.add_argument("--out", type=Path, required=True, help="folder for both files")
    parser.add_argument("--work", type=Path, default=Path("runs/transfer_cifar10"))
    args = parser.parse_args(arguments)
    args.work.mkdir(parents=True, exist_ok=True)
    import torch

    torch.set_num_threads(1)
    bench = Bench(args.data)
    in_one_byte = kept(
        args.work / "features.json", lambda: save_features(bench, args.out / FEATURES_FILE.name)
    )
    recipes, tried = chosen_recipes(bench, args.work)
    runs = [
        kept(
            args.work / f"{kind} {n} {seed}.json",
            lambda kind=kind, n=n, seed=seed: bench.run(kind, n, seed, "held out", recipes[kind]),
        )
        for kind, n, seed in work_of(recipes)
    ]
    told = {
        "command": f"python -m dl_core.offline.transfer_cifar10 --data {args.data} --out {args.out}",
        "date": datetime.date.today().isoformat(),
        "seed": SEED,
        "threads": 1,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, torch {torch.__version__}",
        "data": "CIFAR-10 (Krizhevsky 2009), JPEG copy; 500 training and 200 held-out photos of each class",
        "photos": "every pixel doubled to 64 x 64 for the shipped network; 32 x 32 from scratch",
        "extra_photos": "mirror images, for every contender; nothing else",
        "recipes": {kind: asdict(recipe) for kind, recipe in recipes.items()},
        "recipes_tried": tried,
        "recipes_judged_on": f"{N_JUDGES * len(ALL):,} other training photos, with {CHOOSING} photos a class",
        "in_one_byte": in_one_byte,
        "runs": sorted(runs, key=lambda one: (one["kind"], one["n_per_class"], one["seed"])),
    }
    (args.out / RUNS_FILE.name).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
