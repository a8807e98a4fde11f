"""Numbers to learn, counted from published shapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl_core.language import parts as core
from dl_core.language.parts import (
    CARD,
    GPT_2,
    GPT_3,
    PAPER_SAYS,
    PRESETS,
    Settings,
    first_transformer,
    head_numbers,
    hosting,
    published,
    story,
    takeaway,
)


def test_gpt_2_small_has_124_439_808_numbers():
    """Golden, as its published weights hold them, the answer's matrix being the words' own.

    Pieces 50,257 · 768 = 38,597,376; places 1,024 · 768 = 786,432; each of 12 layers: attention
    4 · (768² + 768) = 2,362,368, dense 768 · 3,072 · 2 + 3,072 + 768 = 4,722,432, two norms 3,072,
    together 7,087,872, twelve times 85,054,464; the last norm 1,536.
    """
    told = story(GPT_2)
    assert (told.words, told.places) == (38_597_376, 786_432)
    assert told.attention + told.dense + told.norms == 12 * 7_087_872 + 1_536
    assert told.numbers == 38_597_376 + 786_432 + 85_054_464 + 1_536 == 124_439_808
    assert "**124,439,808 numbers**" in takeaway(told)


def test_gpt_3_rounds_to_the_papers_175_billion():
    assert round(story(GPT_3).numbers / 1e9) * 10**9 == PAPER_SAYS["gpt-3"]


def test_the_first_transformer_comes_near_the_papers_65_million():
    """37,000 · 512 words = 18,944,000; six reading layers of 3,152,384 and six writing of 4,204,032.

    The paper prints 65 million, so it must have counted a few more words or a second list.
    """
    assert first_transformer() == 18_944_000 + 6 * 3_152_384 + 6 * 4_204_032 == 63_082_496
    assert abs(first_transformer() / PAPER_SAYS["transformer"] - 1) < 0.03


@pytest.mark.parametrize("shape", [Settings(2, 16, 50, 7), Settings(3, 8, 11, 4)])
def test_torch_counts_the_same(shape):
    """The layers of GPT-2 are torch's own encoder layers with dense steps four times as wide."""
    from torch import nn

    layer = nn.TransformerEncoderLayer(shape.width, 1, 4 * shape.width)
    own = sum(one.numel() for one in layer.parameters())
    words, places = (nn.Embedding(rows, shape.width) for rows in (shape.vocabulary, shape.places))
    rest = (*words.parameters(), *places.parameters(), *nn.LayerNorm(shape.width).parameters())
    assert story(shape).numbers == shape.layers * own + sum(one.numel() for one in rest)


def test_torchs_transformer_of_2017_counts_the_same():
    from torch import nn

    layers = nn.TransformerEncoderLayer(512, 8, 2048), nn.TransformerDecoderLayer(512, 8, 2048)
    own = 6 * sum(one.numel() for layer in layers for one in layer.parameters())
    assert own + 37_000 * 512 == first_transformer()


def test_one_head_here_is_the_one_that_was_trained():
    from dl_core.language import head

    assert core.OUR_SIZE == head.SIZE
    if head.WEIGHTS.exists():
        assert head.shipped_head().query.shape == (core.OUR_WIDTH, head.HEADS * core.OUR_SIZE)
    assert head_numbers() == 3 * 64 * 8 == 1_536


@given(st.integers(1, 100), st.integers(1, 2_000), st.integers(1, 90_000), st.integers(1, 4_000))
def test_the_formula_in_the_maths(layers, width, vocabulary, places):
    told = story(Settings(layers, width, vocabulary, places))
    d = width
    assert told.numbers == vocabulary * d + places * d + layers * (12 * d * d + 13 * d) + 2 * d


def test_hosting_in_words():
    assert "**250 MB**: a phone" in hosting(story(GPT_2))
    assert "**350 GB**" in hosting(story(GPT_3))
    assert story(GPT_3).cards == 5  # 349 GB over 80 GB is 4.4
    assert hosting(story(GPT_3)).endswith("at least 5.")
    assert "laptop" in hosting(story(Settings(32, 4096, 32_000, 4096)))
    one = story(Settings(40, 5120, 32_000, 4096))
    assert 16e9 < one.bytes < CARD
    assert "one large graphics card" in hosting(one)


def test_published_sizes_grow():
    sizes = [model.numbers for model in published()]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize(
    "chosen", [*PRESETS.values(), Settings(1, 1, 1, 1), Settings(200, 32_768, 10**6, 10**6)]
)
def test_the_sentence_is_short(chosen):
    assert len(takeaway(story(chosen)).split()) <= 45


@pytest.mark.parametrize("nonsense", [{"layers": 0}, {"width": 40_000}, {"vocabulary": 0}, {"places": -1}])
def test_nonsense_is_refused(nonsense):
    with pytest.raises(ValueError, match="choose"):
        Settings(**nonsense)
