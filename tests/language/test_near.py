from dataclasses import replace

import pytest

from dl_core.language.embeddings import MOST_LETTERS, embeddings
from dl_core.language.near import (
    BELOW,
    PRESETS,
    Settings,
    bias_sentence,
    cost_sentence,
    made_sentence,
    story,
    takeaway,
)
from tests.readability import read, sentences, words

HOSTILE = [
    "",
    "   ",
    "🙂",
    "退款",
    "<b>refund</b>",
    "refund&lt;",
    "[x](http://a.b)",
    "a" * MOST_LETTERS,
    "İstanbul",
    "\ud800",
]


def test_ten_neighbours_nearest_first_and_no_form_of_the_word():
    found = story(Settings("nurse"))
    values = [one.likeness for one in found.neighbours]
    assert len(values) == 10
    assert values == sorted(values, reverse=True)
    assert not {"nurse", "nursing", "nurses"} & {one.word for one in found.neighbours}
    assert {"doctor", "physician", "hospital"} & {one.word for one in found.neighbours}


def test_the_kinds_are_wordnets():
    found = story(Settings("squirrel"))
    known = embeddings()
    assert known.kind("squirrel") == "animal"
    assert [one.kind for one in found.neighbours] == [known.kind(one.word) for one in found.neighbours]
    assert sum(one.kind == "animal" for one in found.neighbours) >= 3


def test_an_opposite_is_called_so():
    found = story(Settings("buy"))
    assert found.opposites == ("sell",)
    assert "sell means the opposite" in takeaway(found)


def test_a_muddle_is_called_so():
    found = story(Settings("spring"))
    assert found.is_lonely
    assert "three of four words have a nearer one" in takeaway(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_may_be_typed(text):
    found = story(Settings(text))
    assert takeaway(found)
    assert found.state in ("empty", "unknown", "known")
    assert "<" not in takeaway(found)
    assert "[" not in takeaway(found)


def test_a_word_never_seen_is_not_guessed():
    found = story(Settings("qwertz"))
    assert (found.state, found.neighbours) == ("unknown", ())
    assert "nothing is guessed" in takeaway(found)
    assert takeaway(story(Settings())) != takeaway(found)


def test_too_long_a_word_is_refused():
    with pytest.raises(ValueError, match="too many"):
        Settings("a" * (MOST_LETTERS + 1))


def test_the_cost_is_counted():
    known = embeddings()
    said = cost_sentence(known)
    # a million lists of so many numbers, a multiplication and a byte for each
    assert f"{known.size * 1_000_000:,} multiplications" in said
    assert f"{known.size} MB" in said


def test_the_bias_says_only_what_its_ranges_allow():
    known = embeddings()
    said = bias_sentence(known)
    for one in known.card["bias"]["trades"]:
        assert one["low"] <= one["middle"] <= one["high"]
        if one["low"] <= 0 <= one["high"]:
            assert one["word"] not in said


@pytest.mark.parametrize("word", [*PRESETS.values(), "qwertz", "", "refund", "cold"])
def test_sentences_are_short_and_plain(word):
    found = story(Settings(word))
    assert len(words(takeaway(found))) <= 55
    known = found.known
    whole = " ".join([takeaway(found), *(say(known) for say in BELOW)])
    assert max(len(words(one)) for one in sentences(whole)) <= 25
    assert read([whole]).grade <= 10


def test_ways_are_told_apart_only_where_their_ranges_are():
    known = embeddings()
    assert "a tie" in made_sentence(known)
    tried = known.card["tried_on_choosing_sets"]
    tried = [{**one, "right": 100} if "skip" in one["way"] else one for one in tried]
    clear = replace(known, card={**known.card, "tried_on_choosing_sets": tried})
    assert "word2vec’s way 100" in made_sentence(clear)
    assert "a tie" not in made_sentence(clear)
