"""The training of word vectors on a dictionary small enough to check by hand."""

import json
from typing import ClassVar

import numpy as np
import pytest

from dl_core.language.embeddings import base_of
from dl_core.offline.language_embeddings import opposites_near, quantised, ranges, typical_nearest
from dl_core.offline.language_senses import CHOSEN, leans, words_of_meaning
from dl_core.offline.language_vectors import (
    Pairs,
    _skip_gram,
    counted_company,
    odd_ones,
    pairs_of,
    quiz_of,
    same_drawer,
    unit,
)
from dl_core.offline.language_wordnet import (
    HE,
    SHE,
    Text,
    WordNet,
    counted,
    read_entries,
    shipped_words,
    texts_of,
)

NOUNS = """\
  1 a line of the licence
00000001 05 n 01 animal 0 002 ~ 00000002 n 0000 ~ 00000003 n 0000 | a living being that moves
00000002 05 n 02 dog 0 domestic_dog 0 001 @ 00000001 n 0000 | an animal that barks; "her dogs barked at him"
00000003 05 n 01 cat 0 001 @ 00000001 n 0000 | an animal that purrs and hunts mice
00000004 13 n 01 bread 0 000 | food of baked dough
00000005 18 n 01 blighter 0 001 ;u 00000006 n 0000 | a man whom one dislikes
00000006 10 n 01 disparagement 0 000 | a communication that belittles
00000007 18 n 01 Einstein 0 000 | a physicist
00000008 18 n 01 rotter 0 000 | offensive term for a man
00000009 11 n 01 buying 0 001 ! 00000010 n 0101 | the act of getting for money
00000010 11 n 01 selling 0 001 ! 00000009 n 0101 | the act of giving for money
"""
SENSES = """\
animal%1:05:00:: 00000001 1 9
dog%1:05:00:: 00000002 1 5
cat%1:05:00:: 00000003 1 3
bread%1:13:00:: 00000004 1 2
"""


@pytest.fixture
def wordnet(tmp_path):
    for part in ("verb", "adj", "adv"):
        (tmp_path / f"data.{part}").write_text("", encoding="utf-8")
    (tmp_path / "data.noun").write_text(NOUNS, encoding="utf-8")
    (tmp_path / "index.sense").write_text(SENSES, encoding="utf-8")
    return WordNet(tmp_path)


def test_entries_are_read(wordnet, tmp_path):
    dog = next(entry for entry in read_entries(tmp_path / "data.noun") if "dog" in entry.heads)
    assert (dog.drawer, dog.heads, dog.parents) == (5, ("dog", "domestic_dog"), ("00000001",))
    assert (dog.definition, dog.examples) == ("an animal that barks", 'her dogs barked at him"')
    assert wordnet.opposites == {("buying", "selling")}
    assert wordnet.first_noun("dog").offset == "00000002"
    assert wordnet.clear_drawer("dog") == 5
    assert wordnet.clear_drawer("unheard") is None


def test_insults_and_names_are_left_out(wordnet):
    assert {"blighter", "rotter"} <= wordnet.left_out  # one by its use, one by its definition
    words = shipped_words(wordnet, counted(texts_of(wordnet)), 100)
    assert {"animal", "dog", "cat", "bread", "buying"} <= set(words)
    assert not {"blighter", "rotter", "einstein", "Einstein", "the", "an"} & set(words)


def test_texts_are_base_forms_without_function_words(wordnet):
    dog = next(text for text in texts_of(wordnet) if "dog" in text.heads)
    assert dog.heads == ("dog", "domestic")
    assert dog.body == ("animal", "barks", SHE, "dog", "barked", HE)  # nobody listed the verb "bark" here


def test_company_is_counted_by_hand():
    # heads count three times with all of their text and with each other; others within one word, once
    found = pairs_of([Text(("a", "b"), ("c", "d", "c"))], {"a": 0, "b": 1, "c": 2, "d": 3}, window=1)
    rows = sorted(zip(found.left.tolist(), found.right.tolist(), found.count.tolist(), strict=True))
    assert rows == [(0, 2, 3.0), (0, 3, 3.0), (1, 0, 3.0), (1, 2, 3.0), (1, 3, 3.0), (2, 3, 1.0), (3, 2, 1.0)]


def two_worlds():
    """Words 0 to 3 keep company with 8 and 9 only, words 4 to 7 with 10 and 11 only."""
    left = np.array([word for word in range(8) for _ in range(2)])
    right = np.array([8 + 2 * (word // 4) + k for word in range(8) for k in range(2)])
    return Pairs(np.repeat(left, 20), np.repeat(right, 20), np.ones(320))


def test_counting_brings_like_company_together():
    vectors = unit(counted_company(two_worlds(), 8, 12, 2))
    likeness = vectors @ vectors.T
    assert likeness[:4, :4] == pytest.approx(np.ones((4, 4)), abs=1e-6)
    assert abs(likeness[:4, 4:]).max() < 1e-6


def test_skip_gram_does_so_too():
    pairs, draw = two_worlds(), np.random.default_rng(0)
    drawn = draw.integers(8, 12, size=500)
    found = unit(_skip_gram(pairs.left, pairs.right, drawn, 12, 4, 12, 3, 0.2, draw))
    likeness = found[:8] @ found[:8].T
    inside = (likeness[:4, :4].sum() - 4) / 12
    assert inside > 0.8
    assert inside > likeness[:4, 4:].mean() + 0.5


def test_ppmi_against_its_formula():
    # Words 0, 1; companies 2, 3; counted both ways, so columns 0 to 3 sum to 4, 2, 3, 3. Chance, to the 0.75:
    # 2.8284, 1.6818, 2.2795, 2.2795, together 9.0692; company 2 and 3 have 0.25135 each.
    # Word 0: ln(3/4 / 0.25135) = 1.0933; ln(1/4 / 0.25135) < 0 is dropped. Word 1: ln(1 / 0.25135) = 1.3809.
    pairs = Pairs(np.array([0, 0, 1]), np.array([2, 3, 3]), np.array([3.0, 1.0, 2.0]))
    found = counted_company(pairs, 2, 4, 1)
    assert np.abs(found[:, 0]) == pytest.approx([0, 1.38093**0.5], abs=1e-4)


def test_odd_ones_and_drawers_by_hand():
    vectors = unit(np.array([[1.0, 0.1], [1.0, 0.0], [1.0, -0.1], [0.0, 1.0]]))
    row = {word: i for i, word in enumerate("abcd")}
    ((margin, right),) = odd_ones(vectors, row, [("a", "b", "c", "d")])
    assert right
    assert margin > 0.5
    assert not odd_ones(vectors, row, [("d", "b", "c", "a")])[0][1]
    words = [f"w{i}" for i in range(12)]
    drawers = np.array([5] * 11 + [13])
    vectors = unit(np.random.default_rng(0).normal(size=(12, 3)))
    # ten of eleven others are nearest: all but the farthest one
    same, of = same_drawer(vectors, words, drawers, {"w0": 5})
    farthest = int((vectors @ vectors[0]).argmin())
    assert (same, of) == (10 if farthest == 11 else 9, 10)


def test_quiz_sets_come_from_one_group_and_one_stranger():
    class Small:
        by_place: ClassVar = {
            ("n", "p"): type("E", (), {"drawer": 5}),
            ("n", "q"): type("E", (), {"drawer": 13}),
        }

        def clear_drawer(self, word):
            return 5 if word.startswith("a") else 13

        def first_noun(self, word):
            drawer = self.clear_drawer(word)
            return type("E", (), {"drawer": drawer, "parents": ("p" if drawer == 5 else "q",)})

    words = [f"{kind}{i}" for kind in "af" for i in range(5)]
    quiz = quiz_of(Small(), words, 20, 20)
    kinds = [{words[0][0] for words in sets} for sets in (quiz.choosing, quiz.held_out)]
    for one in (*quiz.choosing, *quiz.held_out):
        assert len(set(one)) == 4
        assert one[0][0] == one[1][0] == one[2][0] != one[3][0]
    assert len(kinds[0]) == len(kinds[1]) == 1
    assert kinds[0] != kinds[1]  # halves share no group


def test_small_numbers_keep_the_direction():
    vectors = unit(np.random.default_rng(1).normal(size=(50, 48)))
    back = unit(quantised(vectors).astype(float))
    assert (vectors * back).sum(axis=1).min() > 0.9995


def test_typical_values_and_opposites_by_hand():
    vectors = unit(np.vstack([np.eye(30), np.eye(30)[0] + 0.1 * np.eye(30)[1]]))
    found = typical_nearest(vectors)
    assert found["any_two_middle"] == 0
    assert opposites_near(vectors, np.array([[0, 30]])) == {"pairs": 1, "near": 1}


def test_ranges_and_leans():
    assert ranges(["a"], [[0.0], [1.0]]) == [{"word": "a", "middle": 0.5, "low": 0.025, "high": 0.975}]
    card = {"w": [{"words": ["x"]}, {"words": ["y"]}]}
    vectors = unit(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]))
    assert leans(card, {"w": 0, "x": 1, "y": 2}, vectors) == pytest.approx([0.0])


def test_words_of_a_meaning_are_nouns_without_the_word(wordnet):
    dog = wordnet.first_noun("dog")
    assert words_of_meaning("dog", dog, {"animal", "dog", "bark"}, wordnet) == ["animal"]
    assert len(CHOSEN) == 12


def test_numbers_go_through_json():
    assert json.loads(json.dumps(ranges(["a"], [[np.float64(0.5)]])))[0]["middle"] == 0.5
    assert base_of("dogs", {"dog"}) == "dog"
