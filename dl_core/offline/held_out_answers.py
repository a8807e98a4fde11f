"""How sure the shipped network was of each held-out photo, and whether it was right.

    python -m dl_core.offline.held_out_answers --data ../shared/data --out assets/vision

Kept are numbers, never a photo: for each of the 5,000 held-out photos how sure the first guess was and
whether it was right, and for piles of things that are on no list how sure it was all the same. They are the
answers that `dl_core.offline.publish` counted for the card; a test holds the counts of both equal.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.held_out_answers import FILE_NAME, STEPS
from dl_core.offline.off_list import off_list_photos
from dl_core.offline.publish import read_rows
from dl_core.offline.way_in import Looks
from dl_core.vision.calibration import probabilities
from dl_core.vision.card import Card, read_card
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.weights import shipped_network


def in_steps(sure: NDArray[np.float64]) -> NDArray[np.uint16]:
    """Probabilities ``(n,)`` in whole steps of 1/50,000, rounded down.

    Rounded down, an answer stays on its side of every bar that is a multiple of a step. All of a tenth of a
    percent are. No answer is ever certain, so none reaches a bar of 100 %.

    >>> in_steps(np.array([0.372, 0.37199, 1.0])).tolist()
    [18600, 18599, 49999]
    """
    # a hair up: 0.372 * 50000 is 18599.999… in binary, and 0.372 is not below a bar of 0.372
    return np.minimum(np.floor(sure * STEPS + 1e-7), STEPS - 1).astype(np.uint16)


def answers(
    network: ResidualNetwork, photos: list[Image.Image], card: Card
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """How sure the first guess of each photo is, and which class it names: both ``(n,)``."""
    scores = Looks(network, photos).scores(card.way_in)
    return probabilities(scores, card.temperature).max(1), scores.argmax(1)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, look at every photo once, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(arguments)
    card, network = read_card(), shipped_network()
    photos, labels = read_rows([args.data / "tiny_imagenet" / "val.parquet"])
    sure, named = answers(network, photos, card)
    piles = {name: answers(network, pile, card)[0] for name, pile in off_list_photos(args.data).items()}
    kept: dict[str, Any] = {
        "weights": np.array(card.sha256),  # whose answers these are
        "sure": in_steps(sure),
        "right": np.packbits(named == labels),
        "names": np.array(list(piles)),
    }
    kept |= {f"pile_{i}": in_steps(pile) for i, pile in enumerate(piles.values())}
    np.savez_compressed(args.out / FILE_NAME, **kept)
    print(f"{int((named == labels).sum()):,} of {len(labels):,} right; {len(piles)} piles of strangers")


if __name__ == "__main__":
    main()
