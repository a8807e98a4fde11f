"""The race: who runs, what is compared with what, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.stats import binomtest

from dl_core.intervals import share_of
from dl_core.transfer import race as core
from dl_core.transfer import training
from dl_core.transfer.opening import MOST
from dl_core.transfer.paired import Paired, paired
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.race import (
    NAMES,
    Contender,
    Race,
    Settings,
    Way,
    piles_of,
    story,
    takeaway,
)
from dl_core.transfer.training import Trained


@pytest.fixture(autouse=True, scope="module")
def short() -> Iterator[None]:
    """A dozen looks at each picture are enough to see who runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "SCRATCH_PASSES", (5, 12))
        yield


@cache
def pictures(n_bursts: int = 6, size: int = 2, is_own: bool = False) -> Pictures:
    """Two classes of noise, a red and a green one."""
    chance = np.random.default_rng(0)
    n = 2 * n_bursts * size
    labels = np.repeat([0, 1], n // 2)
    pixels = chance.integers(40, 140, (n, 64, 64, 3))
    pixels[np.arange(n), :, :, labels] += 60
    bursts = np.arange(n) // size
    return Pictures("toy", ("red", "green"), pixels.astype(np.uint8), labels, bursts, is_own)


@cache
def run() -> Race:
    return story(Settings(pictures(), 2))


def made(hits: dict[Way, int], n: int = 40, size: int = 1, passes: float = 8, always: float = 0.5) -> Race:
    """A race in which each has its first so many pictures right, and the last way its last ones."""
    told = []
    for way, right in hits.items():
        trained = Trained(np.zeros(n, np.int64), 1.0, 642, 5_633_696, 33_000_000, passes, 8)
        told.append(Contender(way, trained, np.arange(n) < right, share_of(right, n)))
    return Race(Settings(pictures()), 8, n, np.arange(n) // size, always, tuple(told))


def test_the_quickest_runs_first_and_all_answer_the_same_held_out_pictures() -> None:
    told = run()
    assert [one.way for one in told.contenders] == ["head", "fine", "scratch"]
    assert told.is_whole
    rows, asked = piles_of(told.settings)
    assert (told.n_train, told.n_held_out) == (len(rows), len(asked)) == (4, 8)
    assert {len(one.right) for one in told.contenders} == {8}
    for one in told.contenders:
        assert one.score.hits == one.right.sum()
    head = told.of("head")
    assert head is not None
    assert head.score.value == 1


def test_the_same_settings_give_the_same_race_but_for_the_clock() -> None:
    again = story(run().settings)
    for one, other in zip(run().contenders, again.contenders, strict=True):
        assert one.trained.answers.tolist() == other.trained.answers.tolist()
        kept = [(t.n_trained, t.n_frozen, t.bytes, t.passes) for t in (one.trained, other.trained)]
        assert kept[0] == kept[1]


def test_the_held_out_pile_does_not_grow_or_shrink_with_the_other() -> None:
    piles = [piles_of(Settings(pictures(), n)) for n in (1, 3, MOST)]
    assert [len(rows) for rows, _ in piles] == [2, 6, 16]
    for rows, asked in piles:
        assert asked.tolist() == piles[0][1].tolist()
        assert not set(pictures().bursts[rows]) & set(pictures().bursts[asked])


def test_a_large_pile_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not run().is_cut
    monkeypatch.setattr(core, "RACED", 6)
    rows, asked = piles_of(Settings(pictures()))
    assert (len(rows), len(asked)) == (6, 6)
    assert np.bincount(pictures().labels[rows]).tolist() == [3, 3]
    assert replace(run(), settings=Settings(pictures()), n_held_out=6).is_cut


def test_a_race_that_is_stopped_tells_who_has_run() -> None:
    shares: list[float] = []

    def until(end: float) -> Race:
        shares.clear()
        return story(Settings(pictures(), 2), lambda share: shares.append(share) or share < end)

    # 4 and 8 looks of 4 ms; 8 passes over 4 pictures at 1.3 ms; 12 at 0.4 ms: 0.44 and 0.82 of the whole
    ran = {end: [one.way for one in until(end).contenders] for end in (0.0, 0.1, 0.5, 0.9, 2.0)}
    all_three = ["head", "fine", "scratch"]
    assert ran == {0.0: [], 0.1: [], 0.5: all_three[:2], 0.9: all_three, 2.0: all_three}
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    part = until(0.9)
    assert not part.is_whole
    assert part.verdict("head", "scratch") is None
    assert part.verdict("head", "fine") is not None
    assert "says nothing about its end" in takeaway(part)
    assert "stopped the race before anybody" in takeaway(until(0.0))


def test_nothing_held_out_means_no_winner() -> None:
    one_burst_each = Pictures(
        "toy", ("a", "b"), pictures().pixels[:4].copy(), np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1])
    )
    told = story(Settings(one_burst_each))
    assert (told.n_held_out, told.contenders, told.is_checked) == (0, (), False)
    assert "Nothing could be held out" in takeaway(told)


@pytest.mark.parametrize(("ahead", "behind"), [(9, 1), (0, 5), (0, 6), (3, 3), (0, 0), (17, 5), (120, 80)])
def test_single_pictures_are_compared_by_mcnemar_s_exact_test(ahead: int, behind: int) -> None:
    both = 7  # pictures on which the two agree count for nothing
    one = np.array([True] * ahead + [False] * behind + [True] * both)
    other = np.array([False] * ahead + [True] * behind + [True] * both)
    found = paired(one, other, np.arange(len(one)))
    expected = binomtest(ahead, ahead + behind).pvalue if ahead + behind else 1.0
    assert found.p == pytest.approx(expected, rel=1e-9)
    assert (found.ahead, found.behind) == (ahead, behind)
    assert paired(other, one, np.arange(len(one))).p == found.p


def test_bursts_are_compared_by_turning_each_over() -> None:
    chance = np.random.default_rng(1)
    leads = tuple(int(lead) for lead in chance.integers(-4, 5, 11))
    turned = [sum(sign * lead for sign, lead in zip(signs, leads, strict=True)) for signs in
              np.array(np.meshgrid(*[(-1, 1)] * 11)).reshape(11, -1).T]  # fmt: skip
    expected = np.mean(np.abs(turned) >= abs(sum(leads)))
    assert Paired(leads).p == pytest.approx(expected, rel=1e-9)


def test_twins_of_a_burst_prove_no_more_than_one_of_them() -> None:
    # 6 of 6 single pictures: 2 / 2⁶ = 0.03; the same six in three bursts of two: 2 / 2³ = 0.25
    one, other = np.ones(6, bool), np.zeros(6, bool)
    assert paired(one, other, np.arange(6)).p == pytest.approx(1 / 32)
    assert paired(one, other, np.arange(6) // 2).p == pytest.approx(1 / 4)
    assert paired(one, other, np.arange(6)).verdict == "better"
    assert paired(other, one, np.arange(6)).verdict == "worse"
    assert paired(one, other, np.arange(6) // 2).verdict == "tie"


def test_a_lead_a_tie_and_a_defeat_are_called_by_their_names() -> None:
    lead = made({"head": 36, "fine": 37, "scratch": 19})
    assert takeaway(lead) == (
        "All learn from 8 photos of “toy”. "
        "On 40 held-out photos the new head gets **90 %** right, training from scratch **48 %**, "
        "no better than one answer for all. "
        "With the last stage trained too it is 92 %, a tie with the head alone."
    )
    close = made({"head": 36, "fine": 30, "scratch": 33})
    assert "That is too close to call." in takeaway(close)
    assert "no lead here" not in takeaway(close)
    assert "clearly worse than the head alone" in takeaway(close)
    assert "Borrowing shows no lead here." in takeaway(made({"head": 30, "fine": 30, "scratch": 32}))
    assert "they are only 10 bursts" in takeaway(made({"head": 30, "fine": 30, "scratch": 29}, size=4))
    lost = made({"head": 22, "fine": 36, "scratch": 38})
    assert "The borrowed features **lose**" in takeaway(lost)
    assert "clearly better than the head alone" in takeaway(lost)
    assert "a clear lead" in takeaway(made({"head": 39, "fine": 39, "scratch": 31}))


def test_sentences_are_short_enough() -> None:
    for hits in ((36, 37, 19), (36, 30, 33), (22, 36, 38), (39, 39, 31)):
        for size in (1, 4):
            told = made(dict(zip(("head", "fine", "scratch"), hits, strict=True)), size=size)  # type: ignore[arg-type]
            assert len(takeaway(told).split()) <= 55
            assert max(len(part.split()) for part in takeaway(told).split(". ")) <= 25


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"n_per_class": 0}, "0 pictures a class"),
        ({"n_per_class": MOST + 1}, "pictures a class"),
        ({"seed": -1}, "no draw -1"),
        ({"effort": 2}, "2 times as long"),
        ({"pictures": pictures().part(np.array([0, 1]))}, "nothing to tell apart"),
    ],
)
def test_nonsense_is_refused(more: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Settings(**{"pictures": pictures(), **more})  # type: ignore[arg-type]


def test_all_ways_have_a_name() -> None:
    assert set(NAMES) == {one.way for one in run().contenders}
