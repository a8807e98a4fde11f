"""The attention layer in NumPy: the same as torch's, number by number, and whole."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from dl_core.intervals import share_of
from dl_core.language import head as core
from dl_core.language.head import HEADS, LONGEST, SIZE, UNKNOWN, card, head_of, shipped_head, softmax
from dl_core.offline.language_head_net import restored


@pytest.fixture(scope="module")
def net():
    return shipped_head()


@pytest.fixture(scope="module")
def rows(net):
    return net.rows(["the", "colour", "of", "the", "sky", "is", "blue", "zzzz", "today"])


def test_softmax_by_hand():
    """e^0 = 1, e^ln 2 = 2, e^ln 5 = 5: of 8 in all."""
    assert softmax(np.log([1.0, 2.0, 5.0])) == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    assert softmax(np.array([1e4, 1e4])) == pytest.approx([0.5, 0.5])  # e^10000 would be endless


def test_every_gap_is_torchs_own_attention(net, rows):
    looks = net.looks(rows)
    for place in range(len(rows)):
        keys, values = looks.key.copy(), looks.value.copy()
        keys[:, place], values[:, place] = looks.own_key[:, place], looks.own_value[:, place]
        query, key, value = (torch.from_numpy(one) for one in (looks.query[:, place, None], keys, values))
        assert looks.mix[:, place] == pytest.approx(
            scaled_dot_product_attention(query, key, value)[:, 0].numpy(), rel=1e-9
        )


def test_one_look_recomputed_number_by_number(net, rows):
    looks, head, gap, other = net.looks(rows), 2, 4, 1
    seen = [net.vectors[rows[other]][i] + net.places[other][i] for i in range(net.vectors.shape[1])]
    asks = [net.vectors[core.GAP][i] + net.places[gap][i] for i in range(net.vectors.shape[1])]
    product = 0.0
    for column in range(head * SIZE, (head + 1) * SIZE):
        query = sum(asks[i] * net.query[i, column] for i in range(len(asks)))
        key = sum(seen[i] * net.key[i, column] for i in range(len(seen)))
        product += query * key
    assert looks.products[head, gap, other] == pytest.approx(product, rel=1e-9)
    assert looks.scaled[head, gap, other] == pytest.approx(product / math.sqrt(8), rel=1e-9)
    grown = [math.exp(score) for score in looks.scaled[head, gap]]
    assert looks.weights[head, gap, other] == pytest.approx(grown[other] / sum(grown), rel=1e-9)


def test_the_numpy_network_is_the_trained_one(net, rows):
    with np.load(core.WEIGHTS, allow_pickle=False) as kept:
        trained = restored(dict(kept))
    with torch.inference_mode():
        batch = torch.from_numpy(rows)[None]
        weights = trained.looks(batch)[0][0].numpy()
        found = trained(batch)[0]
    logits = found.double().clone()
    logits[:, : core.N_SPECIAL] = -math.inf
    looks = net.looks(rows)
    assert looks.weights == pytest.approx(weights, abs=1e-5)
    for place in range(len(rows)):
        expected = logits[place].softmax(-1).numpy()
        assert net.answers(looks, place) == pytest.approx(expected, abs=1e-5)


def test_shares_add_up_and_what_is_no_word_is_never_guessed(net, rows):
    looks = net.looks(rows)
    assert looks.weights.shape == (HEADS, len(rows), len(rows))
    assert looks.weights.sum(-1) == pytest.approx(1)
    answers = net.answers(looks, 3)
    assert answers.sum() == pytest.approx(1)
    assert answers[: core.N_SPECIAL].tolist() == [0, 0]


def test_the_hidden_word_itself_is_not_seen(net, rows):
    """Whatever stands in a gap, its looks and its answers stay."""
    other = rows.copy()
    other[4] = net.rows(["green"])[0]
    first, second = net.looks(rows), net.looks(other)
    assert first.weights[:, 4] == pytest.approx(second.weights[:, 4])
    assert net.answers(first, 4) == pytest.approx(net.answers(second, 4))
    assert not np.allclose(first.weights[:, 5], second.weights[:, 5])  # from another gap it is seen


def test_a_covered_word_gets_no_look_and_the_others_share_it(net, rows):
    whole, less = net.looks(rows), net.looks(rows, covered=2)
    gap = 5
    left = np.delete(whole.weights[:, gap], 2, axis=1)
    assert less.weights[:, gap, 2].tolist() == [0.0] * HEADS
    assert np.delete(less.weights[:, gap], 2, axis=1) == pytest.approx(left / left.sum(1, keepdims=True))


def test_words_and_lengths(net):
    assert net.rows(["zzzz", "the"]).tolist() == [UNKNOWN, net.numbers["the"]]
    assert net.looks(net.rows(["the"])).weights.tolist() == [[[1.0]]] * HEADS
    assert net.looks(net.rows(["the"] * LONGEST)).weights.shape == (HEADS, LONGEST, LONGEST)
    for n in (0, LONGEST + 1):
        with pytest.raises(ValueError, match="do not fit"):
            net.looks(net.rows(["the"] * n))


def test_the_file_is_small_and_nobody_may_write_on_it(net):
    assert core.WEIGHTS.stat().st_size < 700_000
    assert len(set(net.words)) == len(net.words) == card()["vocabulary"] + core.N_SPECIAL
    with pytest.raises(ValueError, match="read-only"):
        net.vectors[0, 0] = 1.0


def test_whole_numbers_and_scales_make_vectors():
    """Scale 0.5 and whole numbers 2, −4 make 1, −2."""
    arrays = {name: np.zeros((2, 2)) for name in core.NAMES}
    arrays |= {"words": np.frombuffer(b"\n?\nowl", dtype=np.uint8), "scale": np.array([0.5, 1.0, 2.0])}
    small = head_of(arrays | {"vectors": np.array([[2, -4], [1, 1], [0, 3]], dtype=np.int8)})
    assert small.vectors.tolist() == [[1.0, -2.0], [1.0, 1.0], [0.0, 6.0]]
    assert small.numbers == {"owl": 2}


def test_the_card_holds_together():
    kept = card()
    for found in kept["scores"].values():
        for pile in ("all", "rarer"):
            assert found[pile]["first"] <= found[pile]["five"] <= found[pile]["n"]
            whole = share_of(found[pile]["first"], found[pile]["n"])
            assert found[pile]["first_range"] == pytest.approx([whole.low, whole.high], abs=1e-4)
    for habit in kept["habits"]:
        assert sum(habit[where] for where in ("before", "after", "gap", "farther")) == pytest.approx(
            1, abs=1e-3
        )
    rounded, whole = kept["scores"]["head"]["all"], kept["scores"]["head, before rounding"]["all"]
    assert abs(rounded["first"] - whole["first"]) < 0.01 * whole["n"]
    assert kept["learned_presets"] == 0  # no preset is a text that it learned by heart
