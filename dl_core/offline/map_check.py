"""On how many held-out photos the heat map passes its check: the count behind the scene's sentence.

python -m dl_core.offline.map_check --data ../shared/data --out assets/vision/map_check.json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import torch
from PIL import Image

from dl_core.deletion_curve import FILLS, LEAST, RIVALS, VERDICTS, Curve, Settings, orders, square_of, verdict
from dl_core.offline.map_scales import held_out
from dl_core.photos import photo
from dl_core.vision.card import read_card
from dl_core.vision.predict import classify

N_PHOTOS = 120
SEED = 1  # which photos; not the draw on which the ends of the maps' colours were measured


def verdict_of(settings: Settings) -> str:
    """The verdict of the page's check; it stops at the first draws that make a tie.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> verdict_of(Settings(first_sample(), "goldfish"))
    'too low'
    """
    square, order = square_of(settings), orders(settings)
    by_map = square.curve(next(order))
    next(order)  # the scrambled map's has no part in the verdict
    draws: list[Curve] = []
    for each in order:
        if by_map.sure[0] < LEAST:
            break
        draws.append(square.curve(each))
        if verdict(by_map, draws) == "tie":
            break
    return verdict(by_map, draws)


def count(
    photos: list[Image.Image], ask: Callable[[Settings], str] = verdict_of
) -> Mapping[str, Mapping[str, int]]:
    """How often each verdict fell, for every rival and filling: "random grey" → verdict → photos.

    The best guess of each photo is checked, as the page does when it opens.

    Parameters
    ----------
    photos
        RGB pictures.
    ask
        What each photo and choice is asked: one of ``VERDICTS``.

    Examples
    --------
    >>> count([Image.new("RGB", (64, 64))], lambda settings: "tie")["moved grey"]
    {'faster': 0, 'tie': 1, 'slower': 0, 'too low': 0}
    """
    found = {f"{rival} {fill}": dict.fromkeys(VERDICTS, 0) for rival, fill in product(RIVALS, FILLS)}
    for image in photos:
        shown = photo("held out", image)
        label = classify(image, k=1).label
        for rival, fill in product(RIVALS, FILLS):
            found[f"{rival} {fill}"][ask(Settings(shown, label, fill, rival))] += 1
    return found


def main() -> None:
    """Read the command line, count, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    found: dict[str, Any] = {
        "counts": count(held_out(args.data, N_PHOTOS, SEED)),
        "n": N_PHOTOS,
        "seed": SEED,
        "photos": "Tiny ImageNet-200, kept aside from training",
        "weights_sha256": read_card().sha256,
        "command": f"python -m dl_core.offline.map_check --data {args.data} --out {args.out}",
        "date": datetime.now(UTC).date().isoformat(),
    }
    args.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
