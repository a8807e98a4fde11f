"""The count of photos on which a heat map passes its check: every choice, and the page's own verdicts."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from dl_core.deletion_curve import FILLS, RIVALS, VERDICTS, Settings, story
from dl_core.offline.map_check import count, verdict_of
from dl_core.photos import sample_photo
from dl_core.vision.predict import classify


def test_every_photo_is_asked_about_its_best_guess_with_every_choice() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (3, 64, 64, 3), dtype=np.uint8)
    photos = [Image.fromarray(one) for one in pixels]
    asked: list[Settings] = []

    def ask(settings: Settings) -> str:
        asked.append(settings)
        return VERDICTS[len(asked) % 2]

    found = count(photos, ask)
    assert [each.label for each in asked[:: len(RIVALS) * len(FILLS)]] == [
        classify(photo, k=1).label for photo in photos
    ]
    assert len({(each.photo, each.rival, each.fill) for each in asked}) == 3 * len(found) == 12
    assert all(sum(counts.values()) == 3 for counts in found.values())
    assert sum(counts["tie"] for counts in found.values()) == 6


@pytest.mark.parametrize(
    ("key", "label", "verdict"),
    [("coffee", "espresso", "faster"), ("cat", "Egyptian cat", "tie"), ("coins", "remote control", "slower")],
)
def test_stopping_early_changes_no_verdict(key: str, label: str, verdict: str) -> None:
    settings = Settings(sample_photo(key), label)
    assert verdict_of(settings) == story(settings).verdict == verdict


def test_a_guess_too_low_is_no_test() -> None:
    assert verdict_of(Settings(sample_photo("coffee"), "goldfish")) == "too low"
