"""What a longer text costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl_core.language import length as core
from dl_core.language.length import LONGEST, PRESETS, Settings, fine_print, overtaken, story, takeaway


def test_a_thousand_words_are_a_million_pairs():
    """Golden: AUDIENCE.md, row P9."""
    told = story(Settings(1_000))
    assert told.pairs == 1_000_000
    assert told.steps == 1_000
    assert "**1,000,000 pairs**" in takeaway(told)


def test_attention_really_has_that_many_scores():
    """Counted on a matrix of scores that torch makes: one for each pair."""
    import torch

    words = torch.zeros(1, 7, 4)
    attend = torch.nn.MultiheadAttention(4, 1, batch_first=True)
    with torch.inference_mode():
        _, scores = attend(words, words, words)
    assert scores.numel() == story(Settings(7)).pairs


@given(st.integers(1, LONGEST))
def test_twice_the_text_is_four_times_the_pairs_and_twice_the_bill(n):
    told = story(Settings(n))
    assert told.doubled == 4 * told.pairs
    if 2 * n <= LONGEST:
        twice = story(Settings(2 * n))
        assert twice.pairs == told.doubled
        assert twice.steps == 2 * told.steps
        assert twice.a_year == pytest.approx(2 * told.a_year)


def test_bytes_of_the_scores():
    told = story(Settings(1_000))
    assert told.bytes_a_head == 4_000_000  # a million float32
    assert told.bytes_in_all == 576_000_000  # 12 layers of 12 heads: 144 · 4 MB


def test_the_bill():
    # 150 words are 200 pieces; 20,000 mails a day are 4 million pieces, $4 at $1 a million, 365 days
    assert story(Settings(150, 20_000, 1.0)).a_year == pytest.approx(1460)
    assert "costs" not in takeaway(story(Settings(a_million=0.0)))


def test_pairs_overtake_the_rest_at_six_widths():
    """Each layer multiplies 2 n² d for the pairs and 12 n d² for the rest: equal at n = 6 d, here 6 · 768."""
    assert overtaken() == 6 * 768 == 4608
    at = overtaken()
    assert core.pair_products(at) == core.other_products(at)
    assert core.pair_products(at - 1) < core.other_products(at - 1)
    assert core.pair_products(at + 1) > core.other_products(at + 1)
    assert story(Settings(at)).share_of_pairs == 0.5


def test_the_products_are_those_of_the_matrices():
    """Rows times columns times depth of each matrix product of a layer, added up."""
    n, d = 5, 12
    products = {
        "query, key, value": 3 * n * d * d,
        "scores, all heads": n * n * d,
        "mix of values": n * n * d,
        "way out": n * d * d,
        "up": n * d * 4 * d,
        "down": n * 4 * d * d,
    }
    assert sum(products.values()) == core.pair_products(n, d) + core.other_products(n, d)


@pytest.mark.parametrize("chosen", [*PRESETS.values(), Settings(), Settings(1), Settings(LONGEST, 1, 0.0)])
def test_sentences_are_short(chosen):
    told = story(chosen)
    assert len(takeaway(told).split()) <= 45
    assert len(fine_print(told)) == 3
    assert ("Only beyond" in fine_print(told)[1]) == (chosen.n <= 4608)


@pytest.mark.parametrize(
    "nonsense",
    [{"n": 0}, {"n": LONGEST + 1}, {"per_day": 0}, {"a_million": -1.0}, {"a_million": float("nan")}],
)
def test_nonsense_is_refused(nonsense):
    with pytest.raises(ValueError, match="choose"):
        Settings(**nonsense)
