"""Words of any text."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl_core.language import text as core
from dl_core.language.text import MOST, cut_short, in_short, words_of

MARKUP = set('<>&*_$[]()`#:\\|~"=!{}^+/@.,;?%\n\t ')
HARD = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("a1'-’ \u200d\ufe0f\u20e3\u0301👍🏽🇩🇪我ก"))
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        (" \n\t… — !?", ()),
        ("dog bites man", ("dog", "bites", "man")),
        ("Dog, DOG; dog.", ("dog", "dog", "dog")),
        ("don’t DON'T don‘t", ("don't", "don't", "don", "t")),  # the third is an opening quote
        ("'quoted' -dash- rock-'n'-roll", ("quoted", "dash", "rock", "n", "roll")),
        ("snake_case a*b $5.50", ("snake", "case", "a", "b", "5", "50")),
        ("e\u0301t\u00e9", ("\u00e9t\u00e9",)),  # both spellings of an accent become the same word
        ("ΣΟΦΟΣ", ("σοφος",)),  # Greek writes another s at a word's end
        ("Straße ПРИВЕТ שלום", ("straße", "привет", "שלום")),
        ("हिन्दी में", ("हिन्दी", "में")),  # vowels are marks here
        ("می\u200cخواهم", ("میخواهم",)),
        ("co\u00adop\u00aderate", ("cooperate",)),
        ("我要退款", ("我", "要", "退", "款")),
        ("か\u3099んば", ("が", "ん", "ば")),
        ("กำ๑๒", ("ก", "ำ", "๑๒")),
        ("iPhone我", ("iphone", "我")),
        ("한국어 단어", ("한국어", "단어")),  # Korean has blanks
        ("good👍👍🏽bad", ("good", "👍", "👍🏽", "bad")),
        ("👩‍🚀🏳️‍🌈🇩🇪🇫🇷 1️⃣", ("👩‍🚀", "🏳️‍🌈", "🇩🇪", "🇫🇷", "1️⃣")),
        ("🧗‍♀️❤️", ("🧗‍♀️", "❤️")),
        ("\ud800a\x00b\ue000", ("a", "b")),  # half a character, nothing, private signs
        ("<img src=x onerror=alert(1)>", ("img", "src", "x", "onerror", "alert", "1")),
        ("[click](javascript:x(1)) www.abc.com", ("click", "javascript", "x", "1", "www", "abc", "com")),
    ],
)  # fmt: skip
def test_words(text, words):
    assert words_of(text) == words


@given(HARD)
def test_no_text_raises_and_no_word_marks_anything_up(text):
    words = words_of(text)
    for word in words:
        assert word
        assert not MARKUP & set(word)
        assert html.escape(word, quote=False) == word
        assert not {word[0], word[-1]} & {"'", "-"}
        assert 1 <= len(in_short(word)) <= 14
    assert len(words) <= len(text)
    "".join(words).encode()  # it can be sent


@given(HARD)
def test_reading_the_words_again_changes_nothing(text):
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@given(st.text(alphabet="aZä0éİß'’-‑_ .–“”\u02bc\xa0²"))
def test_the_fast_way_for_latin_letters_reads_what_the_general_one_reads(text):
    assert core._IS_LATIN.fullmatch(text)
    assert list(core._latin(text)) == list(core._any(text))


@given(HARD, st.integers(0, 9))
def test_it_stops_at_the_number_it_was_given(text, most):
    assert words_of(text, most) == words_of(text)[:most]


@pytest.mark.parametrize("word", ["word ", "größe ", "слово ", "字", "👍", "हिन्दी ", "a-", "'", "a\u200c"])
def test_a_long_text_is_read_to_the_last_word_we_take(word):
    assert len(words_of(word * (MOST + 5))) <= MOST
    assert len(words_of(word * (MOST + 5))) in (0, 1, MOST)  # one long word, or all of them


@pytest.mark.parametrize(
    "long",
    ["a" * 10**6, "a\u0316\u0301" * 10**5, "a" + "\u0316\u0301" * 10**5, "👍\u200d" * 10**5,
     "é" + "a-" * 10**5, "\u200d" * 10**6],
    ids=["letters", "accents", "a tower of accents", "joined", "hyphens", "joiners"],
)  # fmt: skip
def test_a_hostile_text_takes_time_in_step_with_its_length(long):
    """A quadratic way would look at 10¹⁰ pairs and not come back; the work is counted, not the clock."""
    looked = CountedText(long)
    words_of(looked)
    assert CountedText.looks <= 12 * len(long)


class CountedText(str):
    """A text that counts how often somebody looks into it."""

    looks = 0

    def __new__(cls, text):
        cls.looks = 0
        return super().__new__(cls, text)

    def __getitem__(self, place):
        CountedText.looks += 1
        return super().__getitem__(place)


def test_a_tower_of_accents_is_cut():
    (word,) = words_of("a" + "\u0316" * 1000)
    assert len(word) == 1 + core.MOST_MARKS


def test_each_letter_of_a_long_word_keeps_its_accents():
    assert words_of("ही" * 20) == ("ही" * 20,)


def test_cut_short_counts_words_not_signs():
    assert not cut_short("")
    assert not cut_short("a" * 100_000)
    assert not cut_short("a " * MOST)
    assert cut_short("a " * (MOST + 1))
    assert cut_short("字" * (MOST + 1))


def test_a_short_word_keeps_an_accent_with_its_letter():
    assert in_short("refunded", 8) == "refunded"
    assert in_short("refunded", 7) == "refund…"
    accents = "x\u0323" * 6  # no sign of its own: two characters a letter
    assert in_short(accents, 6) == "x\u0323x\u0323…"
    assert in_short("well-known-name", 6) == "well…"
    assert len(in_short("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 5)) <= 5
