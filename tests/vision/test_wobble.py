"""Small changes of a photo, and whether the answer holds."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from dl_core.vision import classify, read_photo
from dl_core.vision.gallery import sample
from dl_core.vision.wobble import CHANGES, Wobble, cropped, turned, wobble_sentence, wobble_test


def test_first_row_is_the_answer_itself() -> None:
    photo = read_photo(sample("coffee").path.read_bytes())
    rows, found = wobble_test(photo), classify(photo)
    assert (rows[0].change, rows[0].label, rows[0].held) == ("as it is", found.label, True)
    assert rows[0].probability == pytest.approx(found.probability)
    assert all(row.held == (row.label == rows[0].label) for row in rows)
    assert all(row.original_probability <= row.probability + 1e-12 for row in rows)


def test_changes_do_what_they_say_and_leave_the_photo_alone() -> None:
    pixels = np.zeros((60, 80, 3), np.uint8)
    pixels[:, :40] = (200, 60, 20)
    photo = Image.fromarray(pixels)
    done = {name: np.asarray(change(photo)).astype(float) for name, change in CHANGES}
    np.testing.assert_array_equal(np.asarray(photo), pixels)
    np.testing.assert_array_equal(done["mirrored"], pixels[:, ::-1])
    assert done["cropped a little"].shape == (54, 72, 3)
    assert np.ptp(done["grey"], axis=-1).max() == 0
    assert done["brighter"].mean() > pixels.mean() > done["darker"].mean()
    # brightness times 1.4 and 0.6: 60 becomes 84 and 36
    assert (done["brighter"][5, 5, 1], done["darker"][5, 5, 1]) == (84, 36)
    edge = np.abs(np.diff(done["blurred"][30, :, 0])).max()
    assert edge < 200
    assert done["turned 8°"].shape == pixels.shape


def test_turning_brings_in_no_black_corners() -> None:
    white = Image.new("RGB", (100, 60), "white")
    assert np.asarray(turned(white)).min() == 255
    assert cropped(Image.new("RGB", (8, 8))).size == (8, 8)


def test_sentence_counts_and_names_the_worst_change() -> None:
    rows = (
        Wobble("as it is", "teapot", 0.9, 0.9, True),
        Wobble("mirrored", "teapot", 0.88, 0.88, True),
        Wobble("grey", "wok", 0.4, 0.31, False),
    )
    assert wobble_sentence(rows) == (
        "The answer held in 1 of 2 small changes. Being grey hurt most: “teapot” fell from 90 to 31 %."
    )
    steady = (rows[0], Wobble("grey", "teapot", 0.95, 0.95, True))
    assert wobble_sentence(steady) == (
        "The answer held in 1 of 1 small changes. None of them made it less sure of “teapot”."
    )
