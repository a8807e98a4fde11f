"""The training of the small head: its texts, its bag, its counts, and that it learns at all."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from dl_core.language.head import GAP, HEADS, N_SPECIAL, SIZE, UNKNOWN
from dl_core.offline.language_head_net import Head, exported, levelled, restored, train
from dl_core.offline.language_head_scores import Neighbours, gaps_of, habits, network_guesses, scored
from dl_core.offline.language_head_text import (
    batches,
    entries_of,
    numbered,
    refused_words,
    texts_of,
    vocabulary_of,
)

LICENCE = "  1 This software and database is being provided to you\n"
NOUNS = (
    '00000001 05 n 02 owl 0 hooter 0 000 | a bird that hunts at night; "the owl sat on the roof"  \n'
    "00000002 18 n 01 cad 0 000 | an offensive term for a man of no honour  \n"
    "00000003 05 n 01 hen 0 000 | a bird that lays eggs for us  \n"
)


@pytest.fixture
def folder(tmp_path):
    for part in ("noun", "verb", "adj", "adv"):
        lines = LICENCE + (NOUNS if part == "noun" else "")
        (tmp_path / f"data.{part}").write_text(lines, encoding="utf-8")
    return tmp_path


def test_entries_and_texts(folder):
    assert [names for _, names, _ in entries_of(folder)] == [["owl", "hooter"], ["cad"], ["hen"]]
    texts = texts_of(folder, held_out=2)  # the first and the third entry are held out
    held = [" ".join(text) for text in texts.held_out]
    assert "the owl sat on the roof" in held
    assert "an owl is a bird that hunts at night" in held  # owl is a word of the texts
    assert [" ".join(text) for text in texts.learned] == ["an offensive term for a man of no honour"]


def test_insults_are_refused_and_ordinary_words_are_not(folder):
    refused = refused_words(folder)
    assert {"cad", "cads"} <= refused
    assert not {"owl", "hen", "man"} & refused


def test_the_vocabulary_is_the_commonest_words():
    texts = [("b", "a", "a", "c"), ("b", "d", "a", "b")]
    assert vocabulary_of(texts, 3) == ["", "?", "a", "b", "c"]  # c and d once each: by the alphabet
    assert vocabulary_of(texts, 3, frozenset({"a"})) == ["", "?", "b", "c", "d"]
    (first, _) = numbered(texts, ["", "?", "a", "b"])
    assert first.tolist() == [3, 2, 2, UNKNOWN]


def test_batches_hold_every_text_once_and_equal_lengths():
    rows = [np.arange(n) + 2 for n in (4, 4, 5, 4, 6)]
    seen = [tuple(row.tolist()) for batch in batches(rows, 1, size=8) for row in batch]
    assert sorted(seen) == sorted(tuple(row.tolist()) for row in rows)


def test_one_pass_hides_every_word_in_its_turn():
    """The same as hiding each word alone and asking torch's own attention."""
    torch.manual_seed(3)
    net = Head(12)
    row = torch.tensor([[3, 7, 1, 5, 9]])
    whole = net(row)
    for place in range(5):
        alone = row[0].clone()
        alone[place] = GAP
        seen = net.words[alone] + net.places[:5]
        query, key, value = (
            (seen @ which).view(5, HEADS, SIZE).transpose(0, 1) for which in (net.query, net.key, net.value)
        )
        mix = scaled_dot_product_attention(query, key, value)[:, place].reshape(-1)
        inside = seen[place] + mix @ net.out
        inside = inside + torch.relu(levelled(inside) @ net.up + net.up_bias) @ net.down
        expected = levelled(inside) @ net.words.T + net.bias
        assert torch.allclose(whole[0, place], expected, atol=1e-5)


def test_the_even_network_is_a_bag_and_the_other_is_not():
    torch.manual_seed(1)
    row, turned = (
        torch.tensor([[3, 7, 5, 9]]),
        torch.tensor([[5, 7, 9, 3]]),
    )  # all but the second change places
    bag, net = Head(12, even=True), Head(12)
    assert torch.allclose(bag(row)[0, 1], bag(turned)[0, 1], atol=1e-5)
    assert not torch.allclose(net(row)[0, 1], net(turned)[0, 1], atol=1e-2)


def test_it_learns_what_stands_next_and_looks_there(tmp_path):
    """Words come in fixed pairs, 2 3, 4 5, …, so a neighbour tells the hidden word, if one looks."""
    drawn = np.random.default_rng(0)
    rows = [np.concatenate([[2 * pair, 2 * pair + 1] for pair in drawn.choice(4, 2) + 1]) for _ in range(192)]
    torch.manual_seed(0)
    net = Head(10)
    train(net, rows, 40, log=tmp_path / "head.log", rate=0.02)
    places = gaps_of(rows)
    truths = np.array([row[place] for row, place in zip(rows, places, strict=True)])
    assert (
        network_guesses(net, rows, places)[:, 0] == truths
    ).mean() > 0.95  # blind guessing is right in 1 of 8
    told = habits(net, rows)
    nearby = sum(habit["before"] + habit["after"] for habit in told)
    assert nearby > 1.5 * sum(habit["farther"] for habit in told)
    kept = torch.load(tmp_path / "head.pt", weights_only=True)
    assert torch.equal(kept["words"], net.words)


def test_counts_of_neighbours_by_hand():
    """After 2 comes 3 twice and 4 once; before 5 stands 3 twice and 4 once: 3 wins, 4 is second."""
    rows = [np.array([2, 3, 5]), np.array([2, 3, 5]), np.array([2, 4, 5])]
    counts = Neighbours(rows, 6)
    assert counts.after[2, 3] == 2
    assert counts.after[6, 2] == 3  # at the beginning
    guesses = counts.guesses([np.array([2, UNKNOWN, 5])], [1], 0.1)
    assert guesses[0, :2].tolist() == [3, 4]
    assert counts.tuned(rows, [1, 1, 1]) > 0


def test_shipped_arrays_come_back_within_half_a_step():
    torch.manual_seed(2)
    net = Head(7)
    arrays = exported(net, ["", "?", "a", "b", "c", "d", "e"])
    back = restored(arrays)
    gap = (net.words - back.words).abs().max(1).values.detach().numpy()
    assert (
        gap <= 0.51 * arrays["scale"].astype(np.float32) + 0.07 * arrays["scale"].astype(np.float32)
    ).all()
    row = torch.tensor([[2, 3, 4, 5]])
    assert torch.allclose(net(row)[..., N_SPECIAL:], back(row)[..., N_SPECIAL:], atol=0.1)


def test_scores_count_rarer_words_apart():
    guesses = np.array([[2, 3, 4, 5, 6], [200, 3, 4, 5, 6], [9, 3, 4, 5, 201]])
    found = scored(guesses, np.array([2, 200, 201]))
    assert (found["all"]["first"], found["all"]["five"], found["all"]["n"]) == (2, 3, 3)
    assert (found["rarer"]["first"], found["rarer"]["five"], found["rarer"]["n"]) == (1, 2, 2)
