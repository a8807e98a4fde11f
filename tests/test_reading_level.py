"""The words on every page are plain: measured on what the page really shows, not on its source."""

from __future__ import annotations

import pytest

from pages._shared.catalogue import PAGES
from tests.readability import read, sentences, syllables, words
from tests.visited import visited

every_page = pytest.mark.parametrize("listed", PAGES, ids=lambda entry: "/" + entry.path)


def test_published_examples_give_their_published_scores():
    """Wikipedia, "Flesch-Kincaid readability tests", gives the reading ease 37.5 and 69 for these two."""
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    passage = "This sentence, taken as a reading passage unto itself, is being used to prove a point."
    for text, n_words, ease in ((platypus, 13, 37.5), (passage, 16, 69)):
        assert len(words(text)) == n_words
        per_word = sum(map(syllables, words(text))) / n_words
        # reading ease, from the same two ratios as the grade
        assert 206.835 - 1.015 * n_words - 84.6 * per_word == pytest.approx(ease, abs=0.05)
    # 23 syllables: 0.39 · 16 + 11.8 · 23 / 16 − 15.59 = 6.24 + 16.9625 − 15.59
    assert read([passage]).grade == pytest.approx(7.6125)
    # six words of one syllable: 0.39 · 6 + 11.8 − 15.59
    assert read(["The cat sat on the mat."]).grade == pytest.approx(-1.45)


def test_markdown_is_read_as_a_reader_sees_it():
    text = "## A head\n- **Bold** [link](https://x.y/z) one. Two `code` at 0.5.\n- $x^2$ Three\n\nFour\nfive."
    assert sentences(text) == ["A head", "Bold link one.", "Two   at 0.5.", "Three", "Four five."]
    assert sentences("One, e.g. this. kNN begins small.") == ["One, e.g. this.", "kNN begins small."]


def test_hard_text_is_noticed():
    hard = "Notwithstanding organisational heterogeneity, practitioners operationalise methodologies."
    assert read([hard]).grade > 20
    assert len(words(sentences("word " * 26 + ".")[0])) == 26


@every_page
def test_the_body_is_plain(listed):
    prose, _ = visited(listed)
    body = read([text for text in prose if not text.startswith("FORMULAS ")])
    assert len(body.sentences) >= 5, "the page was not read"
    assert body.grade <= 9
    assert body.words_per_sentence <= 15


@every_page
def test_no_sentence_is_long(listed):
    prose, short = visited(listed)
    texts = [text.removeprefix("FORMULAS ") for text in prose] + list(short)
    long = [s for text in texts for s in sentences(text) if len(words(s)) > 25]
    assert long == []


@every_page
def test_no_word_belittles_or_sells(listed):
    prose, short = visited(listed)
    unwanted = {"simply", "just", "obviously", "trivial", "trivially", "revolutionary", "magic", "leverage"}
    everything = [sentence for text in (*prose, *short) for sentence in sentences(text)]
    assert [s for s in everything if unwanted & {word.lower() for word in words(s)}] == []
