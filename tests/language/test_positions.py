"""The code of places: its numbers by hand, its laws, and attention against torch's."""

import math
from itertools import product

import numpy as np
import pytest

from dl_core.language.positions import (
    FARTHEST,
    LAST_FIRST,
    N_PLACES,
    PRESETS,
    WIDTHS,
    Settings,
    attention,
    encoding,
    shuffled,
    similarity,
    speeds,
    story,
    takeaway,
    turn,
)
from tests.readability import read, sentences, words


def test_a_code_by_hand():
    # width 4: waves turn by 1 and by 10000^(-2/4) = 0.01 a place. Place 2: sin 2, cos 2, sin 0.02, cos 0.02
    assert encoding(np.array([2.0]), 4)[0] == pytest.approx(
        [0.909297, -0.416147, 0.0199987, 0.9998], abs=1e-6
    )
    assert encoding(np.array([0.0]), 8)[0] == pytest.approx([0, 1] * 4)
    # the paper's formula at width 512: number 2i + 1 of position 100 is cos(100 / 10000^(2i / 512))
    assert encoding(np.array([100.0]), 512)[0, 101] == pytest.approx(math.cos(100 / 10000 ** (100 / 512)))


def test_a_dot_product_is_the_sum_of_cosines_of_what_lies_between():
    places = np.arange(N_PLACES, dtype=float)
    for width in WIDTHS:
        code = encoding(places, width)
        dots = code @ code.T / (width / 2)
        for a, b in product(range(0, N_PLACES, 7), repeat=2):
            assert dots[a, b] == pytest.approx(similarity(b - a, width), abs=1e-12)
    # width 4, 3 apart: (cos 3 + cos 0.03) / 2 = (−0.989992 + 0.99955) / 2
    assert similarity(3, 4) == pytest.approx(0.004779, abs=1e-6)


def test_one_turn_moves_every_place_as_far_on():
    for width, apart in product(WIDTHS, (1, 5, 20)):
        moved = turn(apart, width)
        assert moved @ moved.T == pytest.approx(np.eye(width))  # a rotation keeps lengths
        assert np.linalg.det(moved) == pytest.approx(1)
        places = np.arange(N_PLACES, dtype=float)
        assert encoding(places, width) @ moved.T == pytest.approx(encoding(places + apart, width), abs=1e-9)
        assert moved @ turn(2, width) == pytest.approx(turn(apart + 2, width))


def test_waves_slow_down_evenly():
    for width in WIDTHS:
        ratios = np.divide(speeds(width)[1:], speeds(width)[:-1])
        assert ratios == pytest.approx(10_000 ** (-2 / width))
        assert speeds(width)[0] == 1


def test_attention_agrees_with_torch():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(3)
    sentence, *layer = (rng.normal(size=(7, 16)), *(rng.normal(size=(16, 16)) for _ in range(3)))
    theirs = torch.nn.MultiheadAttention(16, 1, bias=False, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.tensor(np.concatenate([one.T for one in layer])))
        theirs.out_proj.weight.copy_(torch.eye(16))
        asked = torch.tensor(sentence)[None]
        answer = theirs(asked, asked, asked)[0][0].numpy()
    assert attention(sentence, *layer) == pytest.approx(answer, abs=1e-10)


def test_attention_survives_large_numbers():
    large = 1e4 * np.eye(4)
    assert np.isfinite(attention(np.eye(4), large, large, np.eye(4))).all()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "said", ["dog bites man", "the bank by the river bank", "我 要 退 款", "👍 no 👍 yes"]
)
def test_without_places_order_changes_nothing_and_with_them_it_does(width, said):
    told = story(Settings(view="shuffle", text=said, width=width)).shuffled
    assert len(told.words) >= 3
    assert max(told.without) < 1e-12
    assert max(told.placed) > 0.01
    assert told.order_lost


def test_any_order_not_only_backwards():
    rng = np.random.default_rng(5)
    sentence, *layer = (rng.normal(size=(6, 8)), *(rng.normal(size=(8, 8)) for _ in range(3)))
    order = rng.permutation(6)
    assert attention(sentence[order], *layer) == pytest.approx(attention(sentence, *layer)[order], abs=1e-12)


def test_the_same_word_has_the_same_numbers_and_another_has_others():
    one, two = shuffled(("dog", "man"), 16), shuffled(("dog", "man"), 16)
    assert one == two
    assert shuffled(("dog", "cat"), 16).placed != one.placed


def test_what_the_picture_needs():
    told = story(Settings(7, 3, 40, 16))
    assert told.code.shape == (N_PLACES, 16)
    assert not told.code.flags.writeable
    assert told.to_here[3 - 1] == told.to_there[40 - 1] == 1
    assert told.to_here[10 - 1] == told.to_there[47 - 1] == told.alike
    assert told.to_here[:20] == pytest.approx(told.code[:20] @ told.code[2] / 8)


def test_too_few_numbers_take_a_far_place_for_a_near_one():
    # width 4: the next place has (cos 1 + cos 0.01)/2 = 0.770; six on, nearly a whole turn: 0.979
    assert story(Settings(width=4)).mistaken == 6
    assert [story(Settings(width=width)).mistaken for width in WIDTHS] == [6, 6, None, None, None]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("", "no word in it yet"),
        ("<>… &", "no word in it yet"),
        ("dog", "One word has no order"),
        ("dog bites dog", "no order to miss"),
        ("dog bites man", "all 3 differences are 0"),
    ],
)
def test_every_sentence_gets_kind_words(said, answer):
    assert answer in takeaway(story(Settings(view="shuffle", text=said)))


def test_the_same_sentence_gets_the_same_answers():
    told = story(Settings(view="shuffle", text="dog bites dog")).shuffled
    assert told.words == ("dog", "bites", "dog")
    assert told.without == told.placed == (0, 0, 0)


def test_hostile_and_long_texts_do_no_harm():
    for said in ("<script>alert(1)</script> & **x** [a](b)" * 6, "\ud800 a b", "a\u0301" * 100, "x " * 150):
        told = story(Settings(view="shuffle", text=said))
        assert len(told.shuffled.words) <= 12
        assert not any(sign in takeaway(told) for sign in "<&*[")


def test_every_setting_gets_plain_words():
    chosen = [
        Settings(apart, here, there, width)
        for apart, here, there, width in product((0, 1, 5, FARTHEST), (1, 9), (9, LAST_FIRST), WIDTHS)
    ]
    told = [takeaway(story(one)) for one in [*chosen, *PRESETS.values()]]
    assert max(len(words(each)) for one in told for each in sentences(one)) <= 25
    assert max(len(words(one)) for one in told) <= 45
    assert read(told).grade <= 9
    assert "8 and 13 have similarity 0.74. Places 36 and 41 have 0.74 too" in takeaway(story(Settings()))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"apart": -1}, "choose 0 to 20"),
        ({"here": 0}, "choose 1 to 44"),
        ({"there": 45}, "choose 1 to 44"),
        ({"width": 6}, "choose one of"),
        ({"view": "else"}, "choose code or shuffle"),
        ({"text": "x" * 301}, "at most 300"),
    ],
)
def test_nonsense_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(**wrong)
