"""Two piles: no picture and no burst in both, the held-out one the same whatever is learned from."""

from __future__ import annotations

import numpy as np
import pytest

from dl_core.transfer.pictures import Pictures
from dl_core.transfer.split import split
from dl_core.transfer.tasks import TASKS, ready_made


def pictures(labels, bursts) -> Pictures:
    names = tuple("abcdef"[: max(labels) + 1])
    pixels = np.zeros((len(labels), 64, 64, 3), np.uint8)
    return Pictures("test", names, pixels, np.array(labels), np.array(bursts))


@pytest.mark.parametrize("key", TASKS)
@pytest.mark.parametrize("by", ["burst", "random"])
def test_piles_share_nothing_and_a_third_is_held_out(key, by):
    made = ready_made(key)
    for seed in range(3):
        found = split(made, 1000, seed, by)
        assert sorted([*found.train, *found.held_out]) == list(range(len(made.labels)))
        shared = set(made.bursts[found.train]) & set(made.bursts[found.held_out])
        assert not shared if by == "burst" else len(shared) > 10
        held = np.bincount(made.labels[found.held_out])
        most = max(np.bincount(made.bursts)) if by == "burst" else 1
        for count, n in zip(made.counts, held, strict=True):
            assert count / 3 <= n < count / 3 + most


@pytest.mark.parametrize("by", ["burst", "random"])
def test_the_held_out_pile_is_the_same_and_fewer_pictures_are_a_part_of_more(by):
    made = ready_made("parts")
    all_of_them = split(made, 1000, 4, by)
    for n in (1, 5, 20):
        fewer = split(made, n, 4, by)
        assert np.array_equal(fewer.held_out, all_of_them.held_out)
        assert np.bincount(made.labels[fewer.train]).tolist() == [n, n]
        for label in (0, 1):
            of_all = all_of_them.train[made.labels[all_of_them.train] == label]
            assert fewer.train[made.labels[fewer.train] == label].tolist() == of_all[:n].tolist()


def test_another_seed_holds_out_others_and_the_same_seed_the_same():
    made = ready_made("corners")
    first, again, other = (split(made, 10, seed) for seed in (0, 0, 1))
    assert np.array_equal(first.train, again.train)
    assert np.array_equal(first.held_out, again.held_out)
    assert not np.array_equal(first.held_out, other.held_out)
    assert not first.train.flags.writeable
    assert not first.held_out.flags.writeable


def test_a_class_of_one_burst_is_learned_from_and_not_checked():
    found = split(pictures([0] * 5 + [1] * 6, [0] * 5 + [1, 1, 2, 2, 3, 3]), 100, 0)
    assert set(range(5)) <= set(found.train.tolist())
    assert len(found.held_out) == 2  # one burst of two is a third of six
    alone = split(pictures([0, 0, 1, 1], [0, 0, 1, 1]), 100, 0)
    assert len(alone.held_out) == 0
    assert len(alone.train) == 4


def test_few_pictures_are_split_as_far_as_can_be():
    # two of a class: 2 / 3 of a picture is less than one, so one is held out and one is learned from
    two = split(pictures([0, 0, 1, 1], [0, 1, 2, 3]), 9, 0)
    assert len(two.train) == len(two.held_out) == 2
    one = split(pictures([0, 1, 1, 1], [0, 1, 2, 3]), 9, 0)
    assert 0 in one.train
    assert len(one.held_out) == 1


def test_a_burst_with_two_classes_stays_whole():
    for seed in range(20):
        rng = np.random.default_rng(seed)
        made = pictures([0, 1, 2, *rng.integers(0, 3, 30)], rng.integers(0, 6, 33))
        found = split(made, 100, seed)
        assert not set(made.bursts[found.train]) & set(made.bursts[found.held_out])
        assert set(made.labels[found.train]) == {0, 1, 2}  # each class is learned from


def test_an_empty_class_is_passed_over():
    made = Pictures(
        "test",
        ("a", "empty", "b"),
        np.zeros((6, 64, 64, 3), np.uint8),
        np.array([0, 0, 0, 2, 2, 2]),
        np.arange(6),
    )
    found = split(made, 5, 0)
    assert (len(found.train), len(found.held_out)) == (4, 2)


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="0 pictures a class cannot be"):
        split(ready_made("parts"), 0, 0)
