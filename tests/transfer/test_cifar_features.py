import json
from itertools import pairwise

import numpy as np
import pytest

from dl_core.transfer.cifar_features import (
    FEATURES_FILE,
    FOLDER,
    KINDS,
    N_HELD_OUT,
    N_TRAIN,
    NAMES,
    RUNS_FILE,
    SIZES,
    draw,
    in_bytes,
    load_features,
    load_runs,
)

ALL = tuple(range(10))


def test_features_are_320_numbers_a_photo_and_nobody_can_change_them():
    features = load_features()
    assert features.train.shape == (5000, 320)
    assert features.held_out.shape == (2000, 320)
    for pile in (features.train, features.held_out):
        assert pile.min() >= 0  # averages of what ReLU let through
        assert pile.std(axis=0).min() > 0
        with pytest.raises(ValueError, match="read-only"):
            pile[0, 0] = 1


def test_no_photo_is_shipped():
    # a 32-pixel colour photo is 3,072 numbers; here are 320, averages over the whole picture, and row numbers
    with np.load(FEATURES_FILE, allow_pickle=False) as stored:
        shapes = {name: stored[name].shape for name in stored.files}
    assert shapes == {
        "scale": (320,),
        "train": (5000, 320),
        "held_out": (2000, 320),
        "train_rows": (5000,),
        "held_out_rows": (2000,),
    }
    told = json.loads(RUNS_FILE.read_text(encoding="utf-8"))
    assert not any(isinstance(value, list) and len(value) > 100 for value in told.values())
    assert FEATURES_FILE.stat().st_size < 2_300_000
    assert [file.name for file in sorted(FOLDER.glob("cifar10*"))] == [FEATURES_FILE.name, RUNS_FILE.name]


def test_every_photo_was_taken_once():
    with np.load(FEATURES_FILE, allow_pickle=False) as stored:
        train, held_out = stored["train_rows"], stored["held_out_rows"]
    assert len(set(train.tolist())) == 5000
    assert len(set(held_out.tolist())) == 2000
    assert train.min() >= 0
    assert train.max() < 50_000  # rows of train.parquet
    assert held_out.min() >= 0
    assert held_out.max() < 10_000  # rows of test.parquet


@pytest.mark.parametrize("n", SIZES)
def test_a_draw_holds_as_many_of_each_class_and_every_photo_once(n):
    rows = draw((2, 7), n, seed=3)
    assert len(set(rows.tolist())) == 2 * n
    assert (rows[:n] // N_TRAIN == 2).all()
    assert (rows[n:] // N_TRAIN == 7).all()


def test_a_draw_grows_and_depends_on_the_seed_and_not_on_the_other_classes():
    for fewer, more in pairwise(SIZES):
        assert set(draw((4,), fewer, 1)) <= set(draw((4,), more, 1))
    assert set(draw((4,), 20, 1)) != set(draw((4,), 20, 2))
    assert draw((4,), 20, 1).tolist() == draw((0, 4, 9), 20, 1)[20:40].tolist()
    assert set(draw((4,), N_TRAIN, 1)) == set(draw((4,), N_TRAIN, 2))  # all there are


@pytest.mark.parametrize("n", [0, 501])
def test_more_photos_than_there_are_cannot_be_drawn(n):
    with pytest.raises(ValueError, match="choose 1 to 500"):
        draw(ALL, n, 0)


def test_labels_name_the_classes_in_the_readers_order():
    features = load_features()
    asked, truth = features.held_out_of((3, 5))
    assert truth.tolist() == [0] * N_HELD_OUT + [1] * N_HELD_OUT
    assert (asked[:N_HELD_OUT] == features.held_out[600:800]).all()  # the cats: 3 × 200 come before
    learned, labels = features.drawn((3, 5), 4, 0)
    assert labels.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert (learned[5] == features.train[draw((5,), 4, 0)[1]]).all()


def test_a_byte_is_off_by_half_a_step_at_most():
    rng = np.random.default_rng(0)
    features = rng.uniform(0, 2, (50, 6)).astype(np.float32)
    scale = np.full(6, 2 / 255, np.float32)
    assert np.abs(in_bytes(features, scale) * scale - features).max() <= 1.001 * scale[0] / 2
    assert in_bytes(np.array([[9.0]], np.float32), scale[:1]).tolist() == [[255]]


def test_one_byte_a_number_costs_no_right_answers_worth_telling():
    kept = json.loads(RUNS_FILE.read_text(encoding="utf-8"))["in_one_byte"]
    assert [one["n_per_class"] for one in kept["right"]] == list(SIZES)
    for one in kept["right"]:
        assert abs(one["exact"] - one["in_bytes"]) <= 0.005 * kept["n"]
    assert kept["cut_off"] / kept["of"] < 0.001


def test_the_runs_say_how_they_were_made():
    told = json.loads(RUNS_FILE.read_text(encoding="utf-8"))
    assert told["command"].startswith("python -m dl_core.offline.transfer_cifar10 --data ")
    assert told["date"] >= "2025"
    assert {"seed", "threads", "machine", "data", "recipes", "recipes_tried"} <= set(told)
    assert "mirror" in told["extra_photos"]
    for kind in KINDS:  # the chosen recipe was right most often on photos that are in no draw
        tried = [one for one in told["recipes_tried"] if one["kind"] == kind]
        best = max(tried, key=lambda one: sum(one["right"]))
        assert told["recipes"][kind]["rate"] == best["rate"]


def test_both_contenders_were_asked_about_the_same_2000_photos_at_every_size():
    runs = load_runs()
    for kind in KINDS:
        mine = [run for run in runs if run.kind == kind]
        assert {run.n_per_class for run in mine} == set(SIZES)
        assert {run.score.n for run in mine} == {N_HELD_OUT * len(NAMES)}
        for size in SIZES:
            seeds = [run.seed for run in mine if run.n_per_class == size]
            assert seeds == list(range(len(seeds)))
            assert len(seeds) >= (3 if size <= 100 else 1)


def test_numbers_trained_and_frozen_are_those_of_the_networks():
    scratch, tuned = (next(run for run in load_runs() if run.kind == kind) for kind in KINDS)
    assert (scratch.n_trained, scratch.n_frozen) == (113_962, 0)  # of dl_core/offline/small_cnn.py
    # stage 4: 256 → 320 and 320 → 320 maps by 3 × 3, a shortcut by 1 × 1, a bias for each map of each;
    # and a head of 320 weights and a bias for each of ten classes
    stage = 256 * 320 * 9 + 320 + 320 * 320 * 9 + 320 + 256 * 320 + 320
    assert tuned.n_trained == stage + 10 * 321
    assert tuned.n_frozen > tuned.n_trained
