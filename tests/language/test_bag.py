"""Bags of words: counts, likeness, and what order adds."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from dl_core.documents.brief import from_plain, to_plain
from dl_core.documents.settings import settings_in_words
from dl_core.language.bag import LONGEST, PRESETS, Pasted, Settings, alike, story, takeaway
from dl_core.language.text import IN_LINK, MOST, words_of

WORDS = st.text(alphabet="ab ", max_size=30)
runs = st.sampled_from([1, 2, 3])


def test_the_two_sentences_of_the_course_have_one_bag():
    told = story(Settings())
    assert told.rows == (("dog", 1, 1), ("bites", 1, 1), ("man", 1, 1))
    assert (told.kind, told.size, told.shared, told.similarity) == ("same bag", 3, 3, 1.0)
    assert told.first != told.second
    assert "cannot tell the two apart" in takeaway(told)


def test_pairs_keep_what_words_lose():
    told = story(Settings(run=2))  # dog bites, bites man; man bites, bites dog: none in common
    assert (told.size, told.shared, told.kind) == (4, 0, "strangers")
    assert "Single words would make 3 numbers." in takeaway(told)


def test_a_small_not_hardly_moves_the_bag():
    told = story(PRESETS["One small not"])
    # 5 words in common; lengths √5 and √7: 5 / √35
    assert told.similarity == pytest.approx(5 / math.sqrt(35))
    assert told.kind == "close"
    assert "“do” and “not”" in takeaway(told)


def test_other_words_for_the_same_wish_have_nothing_in_common():
    assert story(PRESETS["Other words"]).kind == "strangers"


def test_refund_and_praise_have_words_of_their_own():
    said = takeaway(story(PRESETS["Refund or praise"]))
    assert "“broken”" in said
    assert "“early”" in said


@given(WORDS, WORDS, runs)
def test_laws(first, second, run):
    there, back = story(Settings(first, second, run)), story(Settings(second, first, run))
    assert there.similarity == back.similarity  # whole numbers in, so exactly
    assert 0 <= there.similarity <= 1 + 1e-12
    assert sorted(there.rows) == sorted((piece, right, left) for piece, left, right in back.rows)
    n = sum(left for _, left, _ in there.rows)
    assert n == max(0, len(words_of(first)) - run + 1)
    assert (there.kind == "empty") == (not (n and sum(right for _, _, right in there.rows)))
    assert (alike(there) == "1") == there.points_the_same_way
    if there.is_same:
        assert there.points_the_same_way


@given(
    st.lists(st.sampled_from(["dog", "bites", "man", "the"]), min_size=1), st.randoms(use_true_random=False)
)
def test_no_shuffle_changes_a_bag(words, chance):
    shuffled = words.copy()
    chance.shuffle(shuffled)
    told = story(Settings(pasted=Pasted(" ".join(words), " ".join(shuffled))))
    assert told.is_same


@pytest.mark.parametrize("run", [1, 2, 3])
def test_scikit_learn_counts_the_same(run):
    texts = ["the cat saw the dog and the dog ran", "a dog saw the cat and ran and ran"]
    theirs = CountVectorizer(ngram_range=(run, run), token_pattern=r"[a-z]+")
    counts = theirs.fit_transform(texts)
    told = story(Settings(*texts, run))
    assert told.size == counts.shape[1]
    assert told.similarity == pytest.approx(float(cosine_similarity(counts)[0, 1]))
    for piece, left, right in told.rows:
        column = theirs.vocabulary_[piece]
        assert (counts[0, column], counts[1, column]) == (left, right)


def test_the_same_mix_is_not_the_same_bag():
    told = story(Settings("a b", "a b a b"))
    assert told.points_the_same_way
    assert not told.is_same
    assert alike(told) == "1"
    assert "the same mix" in takeaway(told)


def test_nearly_alike_is_never_called_alike():
    told = story(Settings("a " * 90, "a " * 90 + "b"))
    assert told.similarity > 0.9999
    assert alike(told) == "0.99"


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (Settings("", ""), "both texts"),
        (Settings("…", "dog"), "the first text"),
        (Settings("dog", "<>"), "the second text"),
        (Settings("dog", "cat bites", 2), "a pair needs 2 words"),
    ],
)
def test_what_is_missing_is_said_kindly(chosen, said):
    told = story(chosen)
    assert told.kind == "empty"
    assert said in takeaway(told)


@pytest.mark.parametrize(
    "text",
    [
        "👍🏽👍 👩‍🚀",
        "我要退款",
        "<img src=x onerror=alert(1)>",
        "*a* [b](c) $d$",
        "\ud800",
        "e\u0301",
        "'" * 298,
    ],
)
def test_any_text_is_told_without_marking_anything_up(text):
    said = takeaway(story(Settings(text, text + " x")))
    assert not set("<>[]$_") & set(said)
    assert said.count("*") in (0, 8)  # our own two bold numbers


def test_a_text_of_ten_thousand_words_and_one_longer():
    long = Pasted("dog bites man " * 3333 + "dog", "man " * (MOST + 1))
    told = story(Settings(pasted=long))
    assert (len(told.first), len(told.second), told.is_cut) == (MOST, MOST, True)
    assert "first 10,000 words" in takeaway(told)
    assert not story(Settings(pasted=Pasted("dog " * MOST))).is_cut


def test_a_pasted_text_goes_before_the_sentence_and_into_no_file():
    chosen = Settings(pasted=Pasted("secret letter", ""))
    told = story(chosen)
    assert told.first == ("secret", "letter")
    assert told.second == ("man", "bites", "dog")
    assert to_plain(chosen) is None
    assert "secret" not in str(settings_in_words(chosen))
    assert from_plain(story, to_plain(Settings("a", "b", 2))) == Settings("a", "b", 2)


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: Settings("a" * (IN_LINK + 1)),
        lambda: Settings(second="a" * (IN_LINK + 1)),
        lambda: Settings(run=0),
        lambda: Settings(run=4),
        lambda: Pasted("a" * (LONGEST + 1)),
    ],
)
def test_nonsense_is_refused(nonsense):
    with pytest.raises(ValueError, match=r"choose|at most"):
        nonsense()


def test_a_takeaway_is_short():
    for chosen in PRESETS.values():
        for run in (1, 2, 3):
            said = takeaway(story(Settings(chosen.first, chosen.second, run)))
            assert len(said.split()) <= 46
