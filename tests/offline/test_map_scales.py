"""Where the colours end and what luck is: against the definitions, and against a known table."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from dl_core.offline import map_scales
from dl_core.offline.map_scales import AGAINST, held_out, luck, measure
from dl_core.vision.attribution import METHODS
from dl_core.vision.explain import evidence
from dl_core.vision.predict import scores
from dl_core.vision.views import WayIn
from dl_core.vision.weights import shipped_network

SMALL = WayIn(("centre",), 32)  # 2 by 2 patches; quick


def noise(n: int) -> list[Image.Image]:
    pixels = np.random.default_rng(0).integers(0, 256, (n, 32, 32, 3), dtype=np.uint8)
    return [Image.fromarray(one) for one in pixels]


def test_one_of_a_hundred_places_lies_beyond_the_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_scales, "N_PAIRS", 30)
    network, photos = shipped_network(), noise(3)
    found = measure(network, photos, SMALL)
    best = [np.argsort(-scores(network, photo, SMALL))[:2] for photo in photos]
    first, second = (
        np.stack(
            [
                evidence(network, photo, int(two[at]), SMALL) / 4
                for photo, two in zip(photos, best, strict=True)
            ]
        )
        for at in (0, 1)
    )
    for name, points in (("Grad-CAM", first), (AGAINST, first - second)):
        assert found["ends"][name] == pytest.approx(
            np.quantile(np.abs(points), 0.99), rel=0.05
        )  # two figures
    assert set(found["ends"]) == {*METHODS, AGAINST}
    assert found["n"] == 3


def test_luck_of_unrelated_places_is_that_of_the_tables() -> None:
    """For 16 pairs, tables of Spearman's coefficient give 0.503 for 5 of 100, both signs (Zar, 1972)."""
    random = np.random.default_rng(0)
    maps = {name: list(random.normal(size=(300, 4, 4)).astype(np.float32)) for name in METHODS}
    assert luck(maps, random) == pytest.approx(0.503, abs=0.03)


def test_photos_that_all_have_one_map_agree_by_luck_alone() -> None:
    random = np.random.default_rng(0)
    one = random.normal(size=(4, 4)).astype(np.float32)
    assert luck({"a": [one] * 5, "b": [one] * 5}, random) == pytest.approx(1)


def test_photos_come_from_those_kept_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = []
    for label in range(3):
        for shade in (10 * label, 200):  # the first of each name is kept aside
            file = io.BytesIO()
            Image.new("RGB", (4, 4), (shade, shade, shade)).save(file, "PNG")
            rows.append({"image": file.getvalue(), "label": label})
    folder = tmp_path / "tiny_imagenet"
    folder.mkdir()
    pd.DataFrame(rows).to_parquet(folder / "train-0.parquet")
    monkeypatch.setattr(map_scales, "HELD_BACK_PER_CLASS", 1)
    found = [held_out(tmp_path, 2, seed=1) for _ in range(2)]
    shades = [[photo.getpixel((0, 0))[0] for photo in photos] for photos in found]
    assert shades[0] == shades[1]
    assert len(shades[0]) == 2
    assert set(shades[0]) < {0, 10, 20}
