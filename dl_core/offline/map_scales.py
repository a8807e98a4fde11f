"""Where the colours of each map end, and how far maps of unrelated photos agree, on held-out photos.

python -m dl_core.offline.map_scales --data ../shared/data --out assets/vision/map_scales.json
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from dl_core.offline.publish import read_rows
from dl_core.offline.tiny_imagenet import HELD_BACK_PER_CLASS
from dl_core.vision.attribution import METHODS, Method, a_rather_than_b
from dl_core.vision.card import read_card
from dl_core.vision.explain import Map, rank_correlation
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.placed import on_photo, places
from dl_core.vision.predict import scores
from dl_core.vision.views import Pixels, WayIn
from dl_core.vision.weights import shipped_network

N_PHOTOS = 200
SEED = 0  # which photos, and which pairs of them
QUANTILE = 0.99  # of the maps' pixels lie within the ends of the colours
LUCKY = 0.95  # of the pairs of unrelated photos agree by less than "luck"
N_PAIRS = 4000
AGAINST = "A against B"


def measure(network: ResidualNetwork, photos: list[Image.Image], way: WayIn) -> dict[str, Any]:
    """The ends of the colours in points of score, and luck: a rank correlation, 0 to 1.

    The best guess of each photo is asked about, as the page does; A against B are the two best.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    photos
        RGB pictures, at least two.
    way
        How a photo becomes the views.
    """
    maps: dict[str, list[Map]] = {name: [] for name in (*METHODS, AGAINST)}
    for photo in photos:
        first, second = (int(i) for i in np.argsort(-scores(network, photo, way))[:2])
        for name, method in METHODS.items():
            maps[name].append(on_photo(partial(_asked, method, network, first), photo, way))
        between = partial(a_rather_than_b, network, a=first, b=second)
        maps[AGAINST].append(on_photo(between, photo, way))
    small = {name: [places(one) for one in maps[name]] for name in METHODS}
    return {
        "ends": {name: _two_figures(_quantile(found)) for name, found in maps.items()},
        "luck": round(luck(small, np.random.default_rng(SEED)), 2),
        "n": len(photos),
    }


def _asked(method: Method, network: ResidualNetwork, index: int, look: Pixels) -> Map:
    return method(network, look, index, lambda: None)


def luck(small: dict[str, list[Map]], random: np.random.Generator) -> float:
    """The rank correlation, whatever its sign, that maps of different photos pass in 5 of 100 cases.

    Parameters
    ----------
    small
        Each method's maps of the same photos, all of one shape (rows, columns); at least two photos.
    random
        Draws the pairs.
    """
    found = []
    kinds = list(combinations_with_replacement(small, 2))
    n_photos = len(next(iter(small.values())))
    for at in range(N_PAIRS):
        one, other = kinds[at % len(kinds)]
        i, j = random.choice(n_photos, 2, replace=False)
        found.append(abs(rank_correlation(small[one][i], small[other][j])))
    return float(np.quantile(found, LUCKY))


def _quantile(found: list[Map]) -> float:
    sizes: NDArray[np.float32] = np.abs(np.concatenate([one.ravel() for one in found]))
    return float(np.quantile(sizes, QUANTILE))


def _two_figures(value: float) -> float:
    """Two figures, as it is printed."""
    return float(f"{value:.2g}")


def held_out(data: Path, n_photos: int = N_PHOTOS, seed: int = SEED) -> list[Image.Image]:
    """So many photos of those kept aside from training.

    Parameters
    ----------
    data
        The folder that holds ``tiny_imagenet``.
    n_photos
        At least two.
    seed
        Decides which.
    """
    files = sorted((data / "tiny_imagenet").glob("train-*.parquet"))
    photos, _ = read_rows(files, HELD_BACK_PER_CLASS)
    chosen = np.random.default_rng(seed).choice(len(photos), n_photos, replace=False)
    return [photos[i] for i in sorted(chosen)]


def main() -> None:
    """Read the command line, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    found = {
        **measure(shipped_network(), held_out(args.data), read_card().way_in),
        "quantile": QUANTILE,
        "seed": SEED,
        "photos": "Tiny ImageNet-200, kept aside from training",
        "command": f"python -m dl_core.offline.map_scales --data {args.data} --out {args.out}",
        "date": datetime.now(UTC).date().isoformat(),
    }
    args.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
