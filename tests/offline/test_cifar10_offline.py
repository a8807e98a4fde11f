import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from dl_core.offline.cifar10 import PUBLISHED, Photos, assemble, majority, measure_guess, read_photos


def test_the_majority_wins_and_a_tie_goes_to_the_nearest():
    labels = np.array([4, 4, 9, 9, 9])
    neighbours = np.array([[2, 0, 1, 3, 4]])
    assert majority(neighbours, labels, 1).tolist() == [9]
    assert majority(neighbours, labels, 3).tolist() == [4]
    assert majority(neighbours, labels, 4).tolist() == [9]  # two each: the nearest is a 9
    assert majority(neighbours, labels, 5).tolist() == [9]


def test_photos_are_read_as_rows_of_bytes(tmp_path):
    stored = io.BytesIO()
    Image.new("L", (32, 32), 7).save(stored, "PNG")
    table = pd.DataFrame({"image": [stored.getvalue()] * 2, "label": [3, 4]})
    for pile in ("train", "test"):
        table.to_parquet(tmp_path / f"{pile}.parquet")
    photos = read_photos(tmp_path)
    assert photos.train.shape == (2, 3072)
    assert set(photos.test.ravel().tolist()) == {7}
    assert photos.train_labels.tolist() == [3, 4]


def test_the_validation_pile_is_apart_from_what_is_fitted():
    photos = Photos(
        np.zeros((5000, 1), np.uint8),
        np.zeros(5000, np.int64),
        np.zeros((1, 1), np.uint8),
        np.zeros(1, np.int64),
    )
    fit, held = photos.piles
    assert len(held) == 2500
    assert sorted([*fit, *held]) == list(range(5000))


def test_blind_guessing_is_right_one_time_in_ten(tmp_path):
    labels = np.arange(10_000) % 10
    photos = Photos(
        np.zeros((1, 1), np.uint8), np.zeros(1, np.int64), np.zeros((10_000, 1), np.uint8), labels
    )
    (row,) = measure_guess(photos, tmp_path)
    assert row["accuracy"] == pytest.approx(0.1, abs=0.01)
    assert row["low"] < 0.1 < row["high"]


def test_the_table_says_how_it_was_made():
    table = assemble([{"name": "softmax"}, {"name": "random guess"}], {}, "python -m dl_core.offline.cifar10")
    assert [row["name"] for row in table["rows"]] == ["random guess", "softmax"]
    assert table["published"] == PUBLISHED
    assert all(row["source"] for row in PUBLISHED)
