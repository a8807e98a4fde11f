"""One head on a reader's sentence: counts, sums, guesses, covers, and any text at all."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from dl_core.language.attend import PRESETS, Settings, out_of_100, story
from dl_core.language.attend_in_words import (
    ALONE,
    NOTHING,
    habit,
    head_name,
    hundredths,
    look_in_words,
    measured_sentence,
    scores_table,
    steps,
    takeaway,
    unknown_sentence,
)
from dl_core.language.head import HEADS, LONGEST, SIZE, card, shipped_head
from dl_core.language.text import IN_LINK

NINE = "the old man reads a book in the garden"
every_preset = pytest.mark.parametrize("chosen", PRESETS.values(), ids=PRESETS)


def test_nine_words_make_81_pairs_and_twice_the_words_four_times():
    shown = story(Settings(NINE, 3))
    assert (shown.n, shown.pairs) == (9, 81)
    assert shown.weights.shape == (HEADS, 9, 9)
    assert story(Settings(f"{NINE} {NINE}")).pairs == 4 * 81
    assert "9 words make 81 pairs" in takeaway(shown)


@pytest.mark.parametrize("head", range(1, HEADS + 1))
def test_the_steps_of_the_chosen_gap_hold_together(head):
    shown = story(Settings(NINE, 4, head))
    assert shown.products == pytest.approx([float(np.dot(shown.query, key)) for key in shown.keys])
    assert shown.scaled == pytest.approx(shown.products / math.sqrt(SIZE))
    grown = np.exp(shown.scaled)
    assert shown.looks == pytest.approx(grown / grown.sum())
    added = sum(weight * value for weight, value in zip(shown.looks, shown.values, strict=True))
    assert shown.mix == pytest.approx(added)
    assert shown.looks.sum() == pytest.approx(1)


def test_steps_show_the_numbers():
    shown = story(Settings(NINE, 4, 2))
    told = dict(steps(shown, 0))
    assert told["added up"] == f"{shown.products[0]:.2f}".replace("-", "−")
    assert told["divided by √8 = 2.83"] == f"{shown.products[0] / 2.8284271:.2f}".replace("-", "−")
    assert told["softmax: e to that, as a share of all"] == f"{shown.looks[0]:.3f}"
    assert len(told["query of the gap"].split()) == SIZE
    for other in (-1, 9):
        with pytest.raises(ValueError, match="no word at place"):
            steps(shown, other)


def test_guesses_are_the_likeliest_and_the_rank_counts_those_before():
    shown = story(Settings(NINE, 3))
    net = shipped_head()
    answers = net.answers(net.looks(net.rows(NINE.split())), 2)
    assert [guess.share for guess in shown.guesses] == sorted(answers, reverse=True)[:5]
    assert shown.hidden == pytest.approx(answers[net.numbers["man"]])
    assert shown.rank == 1 + sum(answers > shown.hidden)


def test_covering_a_word_takes_it_away_from_every_head():
    shown = story(Settings(NINE, 3))
    net = shipped_head()
    first = net.numbers[shown.guesses[0].word]
    for other in (0, 3, 8):
        expected = net.answers(net.looks(net.rows(NINE.split()), covered=other), 2)[first]
        assert shown.covered[other] == pytest.approx(expected)
    assert shown.covered[2] == shown.guesses[0].share
    assert shown.moves_most != 2


def test_places_beyond_the_end_mean_the_last_word():
    assert story(Settings("a b c", 9)).place == 2


WRONG = (
    {"text": "a" * (IN_LINK + 1)},
    {"place": 0},
    {"place": LONGEST + 1},
    {"head": 0},
    {"head": HEADS + 1},
    {"view": "both"},
)
ANY = (
    "🐶 👍🏽 😀",
    "我要退款",
    "<script>alert(1)</script>",
    "a" * IN_LINK,
    "x " * 150,
    "\ud800 half",
    "été à la plage",
)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"There is no|characters are too many"):
        Settings(**wrong)


def test_no_word_and_one_word():
    assert takeaway(story(Settings(" … "))) == NOTHING
    alone = story(Settings("river"))
    assert takeaway(alone) == ALONE
    assert alone.looks.tolist() == [1.0]
    assert unknown_sentence(story(Settings(""))) == ""


@pytest.mark.parametrize("text", ANY)
@pytest.mark.parametrize("view", ["gap", "all"])
def test_any_text_is_answered(text, view):
    shown = story(Settings(text, 2, 3, view))
    assert 1 <= shown.n <= LONGEST
    assert takeaway(shown)
    assert shown.is_cut == (text == "x " * 150)
    assert len(unknown_sentence(shown).split()) < 40


def test_what_is_unknown_is_said():
    shown = story(Settings("the qwzx sat on the qwzx", 2))
    assert (shown.known[1], shown.rank, shown.hidden) == (False, None, None)
    assert "It never learned “qwzx”" in takeaway(shown)
    assert unknown_sentence(shown) == "The network never learned “qwzx”: it sees an unknown word there."
    long = story(Settings("x " * 150))
    assert unknown_sentence(long).endswith(f"It has places for {LONGEST} words, so the rest is left out.")


@every_preset
@pytest.mark.parametrize("view", ["gap", "all"])
def test_sentences_are_short_and_say_the_numbers(chosen, view):
    shown = story(replace(chosen, view=view))
    said = takeaway(shown)
    assert len(said.split()) <= 45
    assert f"{shown.pairs:,} pairs" in said
    assert f"{out_of_100(shown.looks.max())} of 100" in said
    assert f"“{shown.guesses[0].word}”" in said
    assert all(shown.known)


def test_equal_looks_are_called_alike():
    shown = story(Settings(NINE, 3))
    even = np.full_like(shown.weights, 1 / 9)
    assert look_in_words(replace(shown, weights=even)) == "looks at 9 words alike: 11 of 100 each"


def test_shares_never_claim_nothing_or_all():
    assert [hundredths(share) for share in (0.0049, 0.005, 0.5, 0.9949, 0.996)] == [
        "under 1", "1", "50", "99", "over 99",
    ]  # fmt: skip


def test_heads_are_named_by_what_was_measured():
    for head in range(1, HEADS + 1):
        shares = card()["habits"][head - 1]
        named = {"next word": "after", "word before": "before", "farther words": "farther"}
        assert habit(head) == "mixed" or shares[named[habit(head)]] >= 0.5
        assert head_name(head) == f"{head}: {habit(head)}"


def test_what_was_measured_is_told():
    rows = scores_table()
    assert len(rows) == 5
    assert {len(row) for row in rows} == {4}
    found = card()["scores"]["head"]["all"]
    assert f"{found['n']:,} texts" in measured_sentence()
    ours, counted = (card()["scores"][name]["rarer"] for name in ("head", "counted neighbours"))
    assert ("it is ahead" in measured_sentence()) == (counted["first_range"][0] > ours["first_range"][1])
