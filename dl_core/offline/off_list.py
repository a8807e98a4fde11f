"""Pictures of things that are not on the list, to measure how often the network refuses to name them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

# CIFAR-10's other classes are on the list or have close relatives there (cats, dogs, frogs, birds, cars,
# trucks, ships, deer): what a right refusal would be is open
UNLISTED_CIFAR = ("airplane", "horse")
PER_PILE = 400  # pictures at most
SIDE = 128  # pixels of a piece of texture


def off_list_photos(data: Path) -> dict[str, list[Image.Image]]:
    """Piles by name: photos of unlisted things, drawn digits, bare textures."""
    return {
        "planes and horses (CIFAR-10)": cifar_photos(data / "cifar10"),
        "drawn digits (scikit-learn)": digits(),
        "bare textures (scikit-image)": textures(),
    }


def cifar_photos(folder: Path) -> list[Image.Image]:
    """Test photos of the classes that the list lacks, 32 pixels a side."""
    names = pd.read_csv(folder / "classes.tsv", sep="\t").set_index("label")["name"]
    frame = pd.read_parquet(folder / "test.parquet")
    wanted = frame[frame["label"].map(names).isin(UNLISTED_CIFAR)].head(PER_PILE)
    return [Image.open(io.BytesIO(row)).convert("RGB") for row in wanted["image"]]


def digits() -> list[Image.Image]:
    """Drawn digits, black on white, enlarged from 8 to 64 pixels."""
    from sklearn.datasets import load_digits

    inks = 255 - np.asarray(load_digits().images[:PER_PILE] * 255 / 16, np.uint8)
    small = [Image.fromarray(ink).convert("RGB") for ink in inks]
    return [picture.resize((64, 64), Image.Resampling.BICUBIC) for picture in small]


def textures() -> list[Image.Image]:
    """Square pieces of brick, grass and gravel."""
    from skimage.data import data_dir

    pieces = []
    for name in ("brick", "grass", "gravel"):
        texture = Image.open(Path(data_dir) / f"{name}.png").convert("RGB")
        for top in range(0, texture.height - SIDE + 1, SIDE // 2):
            for left in range(0, texture.width - SIDE + 1, SIDE // 2):
                pieces.append(texture.crop((left, top, left + SIDE, top + SIDE)))
    return pieces
