"""Random split against burst split: a twin in both piles is found out, and nothing else is called a leak."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from dl_core.intervals import share_of
from dl_core.transfer import leak
from dl_core.transfer.checked import angles
from dl_core.transfer.leak import Dealt, Leak, Settings, at_rest, leak_task, spread_sentence, story, takeaway
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.shares import whole
from dl_core.transfer.split import split
from dl_core.transfer.tasks import features_for

N_BURSTS, OF_BURST = 24, 4


def task(bursts: list[int], seed: int = 0) -> Pictures:
    """Two classes by turns of bursts; the pixels only give the pictures a fingerprint."""
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (len(bursts), 64, 64, 3), np.uint8)
    return Pictures("toy", ("a", "b"), pixels, np.array(bursts) % 2, np.array(bursts))


@pytest.fixture
def by_burst_only(monkeypatch: pytest.MonkeyPatch) -> Pictures:
    """Features that know the burst and nothing of the class."""
    pictures = task([burst for burst in range(N_BURSTS) for _ in range(OF_BURST)])
    of_burst = np.random.default_rng(1).random((N_BURSTS, 320)).astype(np.float32)
    monkeypatch.setattr(leak, "features_for", lambda *_: of_burst[pictures.bursts])
    return pictures


@pytest.fixture(scope="module")
def shipped() -> Leak:
    return story(replace(at_rest(), deals=5))


def test_features_that_only_know_the_burst_are_perfect_at_random_and_guess_by_burst(by_burst_only):
    told = story(Settings(by_burst_only, deals=8))
    # a third of 96 is held out: a burst of 4 is all held out with a chance of about (1/3)^4 = 1 in 81, so
    # nearly every picture meets a copy of itself; by burst nothing is known of the class: 1 of 2 is right
    assert told.random.average > 0.98
    assert 0.25 < told.burst.average < 0.75
    assert told.leaks
    assert told.burst.twins == 0
    assert told.random.twin_share > 0.95
    assert told.random.asked == told.burst.asked == 8 * 32


def test_twins_are_counted_as_by_hand(by_burst_only):
    told = story(Settings(by_burst_only, deals=3, seed=4))
    by_hand = 0
    for seed in (4, 5, 6):
        dealt = split(by_burst_only, leak.ALL, seed, "random")
        learned = {int(by_burst_only.bursts[row]) for row in dealt.train}
        by_hand += sum(int(by_burst_only.bursts[row]) in learned for row in dealt.held_out)
    assert told.random.twins == by_hand


def test_without_bursts_both_ways_are_the_same_deal(monkeypatch):
    pictures = task(list(range(40)))
    features = np.random.default_rng(2).random((40, 320)).astype(np.float32)
    monkeypatch.setattr(leak, "features_for", lambda *_: features)
    told = story(Settings(pictures, deals=4))
    assert told.random.scores == told.burst.scores
    assert not told.leaks
    assert not told.has_bursts
    assert "no twins to leak" in takeaway(told)


def test_the_ready_made_task_leaks(shipped):
    assert shipped.leaks
    assert shipped.ahead == 5
    assert shipped.random.low > 0.95
    assert shipped.burst.average < 0.9
    assert takeaway(shipped).startswith(f"**Random split: {whole(shipped.random.average)}. By burst: ")
    assert len(takeaway(shipped).split()) <= 45


def test_the_example_is_the_nearest_of_each_pile(shipped):
    pictures, one = leak_task(), shipped.example
    features = features_for(pictures)
    deals = [
        (split(pictures, leak.ALL, seed, "random"), split(pictures, leak.ALL, seed)) for seed in range(5)
    ]
    fits = False
    for dealt in deals:
        both = [one.asked in pile.held_out for pile in dealt]
        nearest = [
            int(pile.train[angles(features[one.asked][None], features[pile.train])[0].argmin()])
            for pile in dealt
        ]
        fits |= all(both) and nearest == [one.random.nearest, one.burst.nearest]
    assert fits
    assert one.random.is_twin
    assert pictures.bursts[one.random.nearest] == pictures.bursts[one.asked]
    assert pictures.bursts[one.burst.nearest] != pictures.bursts[one.asked]
    assert one.random.degrees < one.burst.degrees
    # a twin helps: right with it, wrong without
    assert one.random.answer == pictures.labels[one.asked] != one.burst.answer


def test_a_stopped_work_tells_what_it_counted(shipped):
    assert story(at_rest(), lambda share: False).n_deals == 0
    asked: list[float] = []

    def three_deals(share: float) -> bool:
        asked.append(share)
        return len(asked) <= 3

    features_for(leak_task())  # kept: what is asked about is the deals
    told = story(replace(at_rest(), deals=5), three_deals)
    assert told.n_deals == 3
    assert told.burst.scores == shipped.burst.scores[:3]
    assert asked == [0, 0.2, 0.4, 0.6]


def test_a_class_of_one_burst_leaves_nothing_to_check(monkeypatch):
    pictures = task([0, 0, 0, 1, 1, 1])
    monkeypatch.setattr(leak, "features_for", lambda *_: np.ones((6, 320), np.float32))
    told = story(Settings(pictures, deals=2))
    assert told.n_deals == 0
    assert takeaway(told).startswith("Nothing was counted")


@pytest.mark.parametrize(
    ("random", "burst", "leaks"),
    [
        ((0.9,) * 10, (0.8,) * 10, True),
        ((0.9,) * 10, (0.9,) * 10, False),
        ((0.8,) * 10, (0.9,) * 10, False),  # the other way round is no leak
        ((0.9,) * 7 + (0.5,) * 3, (0.6,) * 10, False),  # ahead in 7 of 10 only
        ((0.905,) * 10, (0.9,) * 10, False),  # half a point is none
    ],
)
def test_only_a_clear_and_steady_gap_is_called_a_leak(random, burst, leaks):
    pictures = SimpleNamespace(name="toy", bursts=np.array([0, 0, 1]), names=("a", "b"))
    told = Leak(
        SimpleNamespace(pictures=pictures), Dealt("random", random, 9, 10), Dealt("burst", burst, 0, 10), None
    )
    assert told.leaks is leaks
    assert ("no clear leak" in takeaway(told)) is not leaks


@pytest.mark.parametrize("wrong", [{"n_per_class": 0}, {"n_per_class": 20_000}, {"deals": 1}, {"seed": -1}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match="cannot be"):
        Settings(leak_task(), **wrong)


def test_whole_percents_never_round_to_all_or_none():
    assert [whole(share) for share in (0, 0.001, 0.5, 0.994, 0.9987, 1)] == [
        "0 %", "under 1 %", "50 %", "99 %", "over 99 %", "100 %",
    ]  # fmt: skip


@pytest.mark.parametrize("n", [4, 40, 64, 80, 84, 105])
def test_the_ends_of_a_range_that_are_exact_are_told_so(n):
    assert whole(share_of(n, n).high) == "100 %"
    assert whole(share_of(0, n).low) == "0 %"


def test_a_range_of_one_number_is_told_once():
    told = Leak(at_rest(), Dealt("random", (1.0, 1.0), 8, 8), Dealt("burst", (0.5, 0.75), 0, 8), None)
    assert "gives always 100 %, the burst split 50 % to 75 %" in spread_sentence(told)
    assert "plan with 38 mistakes in 100, not none" in takeaway(told)  # (50 + 25) / 2 = 37.5
