import numpy as np
import pytest

from dl_core.intervals import share_of
from dl_core.language.embeddings import embeddings
from dl_core.language.odd import MOST, PRESETS, START, Settings, by_margin, measured_sentence, story, takeaway
from dl_core.language.text import IN_LINK
from tests.readability import sentences, words


def test_means_are_those_of_the_table():
    found = story(Settings(START))
    table = np.array(found.table)
    n = len(found.words)
    expected = (table.sum(axis=1) - np.diag(table)) / (n - 1)
    assert found.means == pytest.approx(expected, abs=2e-4)
    assert list(found.means) == sorted(found.means)
    assert found.margin == pytest.approx(found.means[1] - found.means[0])


def test_order_of_typing_does_not_matter():
    one, two = (
        story(Settings("doctor nurse dentist hammer")),
        story(Settings("hammer; dentist; nurse; doctor")),
    )
    assert one.words == two.words
    assert one.means == two.means


def test_the_stranger_is_found_and_the_failure_is_one():
    assert story(Settings(PRESETS["A stranger"])).words[0] == "banana"
    assert story(Settings(PRESETS["Three trades"])).words[0] == "hammer"
    assert story(Settings(PRESETS["It fails"])).words[0] == "mouse"  # all four belong to a computer


def test_margins_come_in_thirds_that_hold_all_sets():
    known = embeddings()
    rows = known.card["odd"]["margins"]
    shares = [by_margin(margin, known) for margin in (0.0, rows[100][0], 10.0)]
    assert sum(one.n for one in shares) == len(rows)
    assert sum(one.hits for one in shares) == sum(right for _, right in rows)
    assert shares[0] == share_of(sum(right for _, right in rows[:66]), 66)
    assert shares[2].value > shares[0].value  # a wide margin is worth more


@pytest.mark.parametrize(
    "text", ["", "one", "one two", "🙂 🙂 🙂", "<b>&amp;</b>", "qwertz asdf yxcv", "refund refunds refund"]
)
def test_too_few_words_are_called_so(text):
    found = story(Settings(text))
    assert found.state == "few"
    assert "three to six" in takeaway(found)


def test_unknown_and_surplus_words_are_named():
    found = story(Settings("doctor nurse dentist hammer qwertz lens camera"))
    assert (found.unknown, found.dropped) == (("qwertz",), 1)
    assert "qwertz" in takeaway(found)
    assert f"first {MOST} words" in takeaway(found)


def test_a_tie_is_no_answer():
    found = story(Settings("doctor nurse hammer"))
    equal = type(found)(found.settings, found.words, (0.2, 0.2, 0.4), found.table, (), 0, found.known)
    assert equal.state == "tie"
    assert "no answer" in takeaway(equal)


def test_too_long_a_text_is_refused():
    with pytest.raises(ValueError, match="too many"):
        Settings("a" * (IN_LINK + 1))


@pytest.mark.parametrize("text", [*PRESETS.values(), "", "doctor nurse dentist hammer qwertz lens camera"])
def test_sentences_are_short(text):
    found = story(Settings(text))
    whole = f"{takeaway(found)} {measured_sentence(found.known)}"
    assert max(len(words(one)) for one in sentences(whole)) <= 25
