import numpy as np
import pytest

from dl_core.language.embeddings import embeddings
from dl_core.language.senses import (
    MOST_MAILS,
    PRESETS,
    WORDS,
    Settings,
    marked_sentence,
    middle,
    second_reading,
    story,
    takeaway,
)
from dl_core.running_case import case
from tests.readability import sentences, words

every_word = pytest.mark.parametrize("word", WORDS)


def test_every_word_is_prepared():
    assert set(WORDS) == set(embeddings().card["senses"])


@every_word
def test_both_sides_are_named_by_their_own_words(word):
    told = story(Settings(word))
    assert len(told.first.near) == len(told.second.near) == 5
    assert {one.word for one in told.first.near} - {one.word for one in told.second.near}
    first, second = (np.mean([one.lean for one in side.near]) for side in (told.first, told.second))
    assert first > 0 > second
    assert not {"bank", "banks", "banking"} & {one.word for one in told.first.near}


@every_word
def test_the_verdict_follows_the_two_cosines(word):
    told, known = story(Settings(word)), embeddings()
    vector = known.of((word,))[0]
    assert told.word.first == pytest.approx(float(vector @ middle(told.first.words, known)), abs=1e-4)
    assert (told.verdict == "tie") == (told.low <= 0 <= told.high)
    assert word not in told.first.words + told.second.words


def test_a_middle_has_length_one_and_lies_between():
    known = embeddings()
    both = middle(("doctor", "banana"), known)
    assert np.linalg.norm(both) == pytest.approx(1, abs=1e-5)
    one, two = known.of(("doctor", "banana"))
    assert float(both @ one) == pytest.approx(float(both @ two), abs=1e-5)


def test_money_wins_the_bank_and_the_animal_the_mouse():
    assert story(Settings("bank")).winner.name == "money"
    assert story(Settings("mouse")).winner.name == "animal"


def test_the_bill_by_hand():
    told = story(Settings("mouse", mails=500, other=10))
    # 500 mails, 10 of 100 wrong: 50 a day; times 365 days, times the case's dollars
    assert told.wrong_a_day == 50
    assert second_reading() == case("mail").alarm_costs
    assert told.a_year == 50 * 365 * case("mail").alarm_costs
    assert "50 the wrong way" in takeaway(told)


def test_old_texts_are_counted_only_where_there_are_enough():
    told = story(Settings("bank"))
    assert (told.marked.hits, told.marked.n) == (25, 45)  # WordNet's index.sense: river 25, money 20
    assert "25 of 45" in marked_sentence(told)
    assert marked_sentence(story(Settings("crane"))) == ""


@pytest.mark.parametrize(
    "wrong", [{"word": "refund"}, {"mails": 0}, {"mails": MOST_MAILS + 1}, {"other": 51}, {"other": -1}]
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"not prepared|lies outside"):
        Settings(**wrong)


@every_word
def test_sentences_are_short(word):
    for told in (story(Settings(word)), story(Settings(word, 12_345, 50)), story(Settings(word, 1, 0))):
        whole = f"{takeaway(told)} {marked_sentence(told)}"
        assert max(len(words(one)) for one in sentences(whole)) <= 25


def test_presets_are_words():
    assert set(PRESETS.values()) <= set(WORDS)
