"""The model card's figures reach the goals, agree with each other, and are told in plain words."""

from __future__ import annotations

import re

import pytest

from dl_core.vision import classes, read_card
from dl_core.vision.card import (
    accuracy_sentence,
    example_card,
    full_size_sentence,
    limits_sentences,
    origin_sentence,
    refusal_sentence,
)


def test_shipped_network_reaches_the_goals() -> None:
    card = read_card()
    assert card.top1.value >= 0.60
    assert card.top5.value >= 0.83
    assert card.full_size_top1.value >= 0.55
    assert card.full_size_top5.value >= 0.78
    assert card.ece <= 0.03
    assert card.milliseconds <= 25
    assert card.weights_bytes <= 12_000_000


def test_figures_agree_with_each_other() -> None:
    card = read_card()
    assert len(card.right_per_class) == len(classes()) == 200
    assert sum(share.hits for share in card.right_per_class) == card.top1.hits
    assert sum(share.n for share in card.right_per_class) == card.top1.n == 5000
    assert sum(one.n for one in card.reliability) == card.top1.n
    assert sum(one.right for one in card.reliability) == card.top1.hits
    assert card.refusals["right answers"].n == card.top1.hits
    assert card.refusals["wrong answers"].n == card.top1.n - card.top1.hits
    assert card.top1.low < card.top1.value < card.top1.high
    assert card.full_size_top1.n == 100
    assert 0 < card.threshold < 1


def test_refusing_costs_few_right_answers_and_stops_more_wrong_ones() -> None:
    refused = read_card().refusals
    assert refused["right answers"].value < 0.2
    assert refused["wrong answers"].value > 2 * refused["right answers"].value


def test_chosen_way_in_is_the_best_affordable_one_of_the_table() -> None:
    card = read_card()
    affordable = [row for row in card.ways_in if row["pixels_looked_at"] <= 4 * 64 * 64]
    best = min(affordable, key=lambda row: row["full_size_loss"] + row["aside_loss"])
    assert best["way"] == card.way_in.in_words()
    assert len(card.ways_in) >= 30


@pytest.mark.parametrize(("probability", "low"), [(0.0, 0.0), (0.0999, 0.0), (0.1, 0.1), (1.0, 0.9)])
def test_every_probability_has_its_bin(probability: float, low: float) -> None:
    assert example_card().reliability_at(probability).low == pytest.approx(low)


def test_sentences_carry_the_figures() -> None:
    card = example_card()
    # Wilson interval of 610 in 1,000: 57.9 to 64.0 %
    assert "61 % (95 % range 58 to 64 %)" in accuracy_sentence(card)
    assert "100 full-size photos" in full_size_sentence(card)
    assert "non-commercial research" in origin_sentence(card)
    # 195 of 390 and 60 of 610
    assert "held back 50 % of its wrong answers" in refusal_sentence(card)
    assert "9.8 % of its right ones" in refusal_sentence(card)


def test_sentences_are_short() -> None:
    card = read_card()
    text = [accuracy_sentence(card), full_size_sentence(card), origin_sentence(card), refusal_sentence(card)]
    for sentence in re.split(r"(?<=[.!?]) ", " ".join([*text, *limits_sentences(card)])):
        assert len(sentence.split()) <= 25, sentence


def test_limits_name_the_best_and_the_worst_class() -> None:
    told = " ".join(limits_sentences(example_card()))
    # example card: class i has i mod 26 of 25 right; 25 right first at 25, 0 right first at 0
    assert "(25 of 25 right)" in told
    assert "(0 of 25)" in told
    assert "people" in told
