"""What was measured about far items: the file, how it is read, and the words about it."""

import json
from dataclasses import replace
from itertools import combinations
from statistics import median

import pytest

from dl_core.language.recall import (
    ASSET,
    BEYOND,
    CHOICES,
    DISTANCES,
    KINDS,
    N_HELD_OUT,
    PRESETS,
    Line,
    Recall,
    Settings,
    line,
    pairs,
    story,
    takeaway,
)
from tests.readability import read, sentences, words


def made_up(*hits):
    return Line("plain", DISTANCES[: len(hits)], tuple((one,) * 3 for one in hits), (), 1, 1.0)


def test_the_file_says_how_it_was_made_and_holds_every_network():
    stored = json.loads(ASSET.read_text(encoding="utf-8"))
    assert stored["command"].startswith("python -m dl_core.offline.language_memory --out assets/")
    assert stored["n_held_out"] == N_HELD_OUT
    starts = range(stored["n_starts"])
    taught = {(row["kind"], row["distance"], row["start"]) for row in stored["taught"]}
    assert taught == {(kind, each, start) for kind in KINDS for each in DISTANCES for start in starts}
    assert len(stored["taught"]) == len(taught)
    assert {(row["kind"], row["start"]) for row in stored["beyond"]} == {
        (kind, start) for kind in KINDS for start in starts
    }
    assert all(0 <= row["right"] <= N_HELD_OUT for row in stored["taught"])
    assert ASSET.stat().st_size < 40_000


def test_lines_are_the_files_rows():
    stored = json.loads(ASSET.read_text(encoding="utf-8"))
    for kind in KINDS:
        found = [r["right"] for r in stored["taught"] if r["kind"] == kind and r["distance"] == 40]
        assert line(kind, "taught").share(40) == median(found) / 1000
        assert line(kind, "taught").ends(40) == (min(found) / 1000, max(found) / 1000)
        beyond = [r["right"]["60"] for r in stored["beyond"] if r["kind"] == kind]
        assert line(kind, "beyond").share(60) == median(beyond) / 1000
    assert line("attention", "beyond").reused
    assert not line("gated", "beyond").reused


def test_guessing_is_what_an_interval_cannot_tell_from_one_in_eight():
    # Wilson, 95 %: 145 of 1,000 reach down to 0.1245, 146 to 0.1255; one in eight is 0.125
    assert made_up(145).guesses(1)
    assert not made_up(146).guesses(1)
    assert made_up(90).guesses(1)


def test_where_a_network_falls():
    one = made_up(1000, 995, 600, 140, 130)
    assert (one.remembers_to, one.guesses_from) == (2, 10)
    back = made_up(1000, 130, 400, 995)  # guessed once, by bad luck, and not at the farthest
    assert (back.remembers_to, back.guesses_from) == (1, None)
    never = made_up(400, 300)
    assert (never.remembers_to, never.guesses_from) == (None, None)


@pytest.mark.parametrize(
    ("hits", "said"),
    [
        ((1000, 995, 600, 140, 130), "The plain memory guesses from 10 on."),
        ((1000, 130, 400, 995), "The plain memory slips after 1."),
        ((400, 300), "The plain memory never gets there."),
        ((1000, 991), "The plain memory still remembers at 2, the farthest asked."),
    ],
)
def test_the_sentence_says_where_it_falls(hits, said):
    assert takeaway(Recall(Settings(1), (made_up(*hits),), 3, 100)).endswith(said)


def test_two_that_hold_share_a_sentence():
    two = (made_up(1000, 1000), replace(made_up(1000, 1000), kind="keeping"))
    told = takeaway(Recall(Settings(1), two, 3, 100))
    assert told.endswith("The plain memory and the keeping gate still remember at 2, the farthest asked.")


def test_beyond_says_how_far_starts_of_attention_differ():
    told = takeaway(story(PRESETS["Longer than taught"]))
    low, high = line("attention", "beyond").ends(80)
    assert low < 0.99
    assert f"range from {round(100 * low)} % to {round(100 * high)} %" in told


def test_what_was_found():
    # the message of the scene; if a new measurement says otherwise, its words must change
    plain, gated, keeping, attention = (line(kind, "taught") for kind in KINDS)
    assert attention.share(80) > 0.99
    assert plain.guesses(80)
    assert gated.guesses(80)
    assert keeping.share(40) > gated.share(40) + 0.5
    assert all(one.share(1) > 0.99 for one in (plain, gated, keeping, attention))


def test_attention_pays_with_pairs():
    assert [pairs(each) for each in (0, 1, 80)] == [1, 4, 6561]  # 81 · 81


def test_every_setting_gets_plain_words():
    some = [one for n in (1, 2, 3, 4) for one in combinations(KINDS, n)]
    chosen = [
        Settings(each, kinds, view) for each in CHOICES for kinds in some for view in ("taught", "beyond")
    ]
    told = [takeaway(story(one)) for one in chosen]
    assert max(len(words(each)) for one in told for each in sentences(one)) <= 25
    assert read(told).grade <= 9
    assert max(len(words(takeaway(story(one)))) for one in PRESETS.values()) <= 50
    assert not [one for one in told if "nan" in one or "  " in one]


def test_both_views_can_be_asked_at_every_choice():
    assert set(CHOICES) == set(DISTANCES) & set(BEYOND)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"distance": 3}, "choose one of"),
        ({"distance": 2, "view": "beyond"}, "choose one of"),
        ({"networks": ()}, "Choose one network or more"),
        ({"networks": ("plain", "plain")}, "each once"),
        ({"networks": ("lstm",)}, "Choose one network or more"),
        ({"view": "else"}, "choose taught or beyond"),
    ],
)
def test_nonsense_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(**wrong)
