"""The contest's machinery on a few made texts: seconds, and no text from outside."""

import numpy as np
import pytest
import torch

from dl_core.language.contest import DRAWERS, WAYS
from dl_core.offline import language_contest as contest
from dl_core.offline import language_ways as ways
from dl_core.offline.language_ways import Pile

LINES = """  1 This is the licence of the dictionary
00000001 05 n 01 cat 0 001 @ 00000002 n 0000 | feline mammal with soft fur; "the cat sat"
00000002 05 n 01 moggy 0 001 @ 00000001 n 0000 | feline mammal with soft fur
00000003 20 n 01 oak 0 001 @ 00000001 n 0000 | a tree with Acorns; its wood is hard; "an old oak"
00000004 13 n 01 chip 0 001 @ 00000001 n 0000 | a thin piece of something
00000005 06 n 01 chip 0 001 @ 00000001 n 0000 | a thin piece of something
00000006 04 n 01 run 0 001 @ 00000001 n 0000 | the act of running
00000007 06 n 01 mystery 0 001 @ 00000001 n 0000 | ...
"""


def made(n, seed=0):
    """Texts of two drawers that one word tells apart, among words that tell nothing."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(2, size=n)
    noise = rng.choice(["of", "the", "with", "small", "old"], size=(n, 4))
    return Pile([(*row, ("fur", "leaf")[at]) for row, at in zip(noise.tolist(), labels, strict=True)], labels)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    torch.set_num_threads(1)
    monkeypatch.setattr(ways, "MOST_LOOKS", 3)
    monkeypatch.setattr(ways, "LOOK", 30)
    monkeypatch.setattr(ways, "COUNT_PENALTIES", (0.1, 0.01))
    monkeypatch.setattr(ways, "EMBED_PENALTIES", (1.0,))
    monkeypatch.setattr(ways, "SELDOM", 1)


def test_definitions_lose_examples_and_a_text_of_two_drawers_is_left_out(tmp_path):
    (tmp_path / "data.noun").write_text(LINES, encoding="latin-1")
    pile = contest.labelled(tmp_path)
    names = [DRAWERS[label].name for label in pile.labels]
    assert dict(zip(pile.texts, names, strict=True)) == {
        ("feline", "mammal", "with", "soft", "fur"): "animal",
        ("a", "tree", "with", "acorns", "its", "wood", "is", "hard"): "plant",
    }


def test_one_label_in_five_is_for_choosing():
    learn, choose = contest.in_two(made(50))
    assert (len(learn), len(choose)) == (40, 10)
    assert choose.texts[0] == made(50).texts[4]


def test_every_way_learns_what_one_word_tells():
    pool, held = made(200), made(80, seed=1)
    learn, choose = contest.in_two(pool)
    vectors = ways.vectors_of(pool.texts, 4)
    for way, train in contest.trainers(2, vectors, 0).items():
        trained = train(learn, choose)
        answers = trained.answers(held.texts)
        assert (answers == held.labels).mean() > 0.95, way
        assert [trained.one(text) for text in held.texts] == answers.tolist(), way
        assert trained.n_numbers > 0


def test_a_drawer_never_seen_is_never_named():
    pool = Pile(made(40).texts, np.full(40, 3))
    learn, choose = contest.in_two(pool)
    assert set(ways.count(learn, choose, 8).answers(made(20).texts)) == {3}
    three = Pile(pool.texts, np.arange(40) % 3)
    learn, choose = contest.in_two(three)
    assert set(ways.count(learn, choose, 8).answers(made(20).texts)) <= {0, 1, 2}


def test_words_never_seen_are_no_error():
    learn, choose = contest.in_two(made(60))
    vectors = ways.vectors_of(learn.texts, 4)
    for train in contest.trainers(2, vectors, 0).values():
        trained = train(learn, choose)
        assert trained.one(("zebra", "quagga")) in (0, 1)
        assert trained.answers([("zebra",), ("fur", "fur")]).shape == (2,)


def test_words_with_the_same_neighbours_get_like_vectors():
    texts = [("a", pet, "sleeps", "at", "home") for pet in ("cat", "dog")] * 20
    texts += [("the", thing, "costs", "much", "money") for thing in ("car", "house")] * 20
    vectors = ways.vectors_of(texts, 4)

    def likeness(one, other):
        a, b = (vectors.values[vectors.rows[word]] for word in (one, other))
        return a @ b / np.sqrt((a @ a) * (b @ b))

    assert likeness("cat", "dog") > 0.95
    assert likeness("cat", "car") < 0.3
    assert vectors.mean([("unheard", "of")]).tolist() == [[0.0] * 4]


def test_twins_hold_the_same_words_and_a_bag_gets_exactly_half(monkeypatch):
    monkeypatch.setattr(contest, "ORDER_TWINS", 40)
    learn, held = contest.order_task()
    for one, other in zip(held.texts[::2], held.texts[1::2], strict=True):
        assert sorted(one) == sorted(other)
    assert held.labels.tolist() == [0, 1] * 40
    assert not {frozenset(text) for text in held.texts} & {frozenset(text) for text in learn.texts}
    rows = contest.order_rows(ways.vectors_of(learn.texts[:500], 8), (50,))["rows"]
    assert {rows[0]["right"][way] for way in ("count", "embed", "blind")} == {40}


def test_a_sentence_says_to_whom_it_is_done():
    deed = ("pays", "paid")
    assert contest.sentence("guest", "hotel", deed, False, "today", 1) == (
        "the",
        "guest",
        "pays",
        "the",
        "hotel",
        "today",
    )
    assert contest.sentence("guest", "hotel", deed, True, "", 0) == (
        "the",
        "guest",
        "is",
        "paid",
        "by",
        "the",
        "hotel",
    )


def test_draws_are_nested_and_ways_are_paired_on_the_same_texts():
    pool, held = made(120), made(30, seed=2)
    vectors = ways.vectors_of(pool.texts, 4)
    drawn = []
    for draw in range(2):
        found = contest.one_draw(pool, held, vectors, 60, draw)
        drawn.append({
            way: {"bits": bits, "seconds": one.seconds, "numbers": one.n_numbers, "chosen": one.chosen}
            for way, (one, bits) in found.items()
        })  # fmt: skip
    drawn[0]["count"]["bits"] = np.arange(30) < 20
    drawn[0]["embed"]["bits"] = np.arange(30) < 15
    drawn[1]["count"]["bits"] = drawn[1]["embed"]["bits"]
    row = contest.row_of(60, drawn)
    assert row["ways"]["count"]["right"][0] == 20
    assert row["pairs"]["count-embed"] == {"leads": {"0": 25, "1": 5}, "p": 0.0625}  # 2 / 2⁵
    assert set(row["ways"]) == set(WAYS)


def test_shuffled_texts_keep_their_words():
    texts = made(5).texts
    assert [sorted(text) for text in contest.shuffled(texts)] == [sorted(text) for text in texts]
    assert contest.shuffled(texts) == contest.shuffled(texts) != texts
