import itertools

import pytest

from dl_core.figures.start_asks import asks_picture
from dl_core.running_case import CASES
from dl_core.start.asks import (
    INPUTS,
    OUTPUTS,
    PRESETS,
    QUESTIONS,
    STARS,
    TASKS,
    THINGS,
    Settings,
    likeliest,
    mean_stars,
    story,
    takeaway,
)
from pages._shared.catalogue import PAGES
from pages._words import start_more as words
from tests.readability import sentences
from tests.readability import words as words_of

EVERY = [Settings(*pair) for pair in itertools.product(INPUTS, OUTPUTS)]
every_pair = pytest.mark.parametrize("chosen", EVERY, ids=str)


def test_the_article_s_review_is_four_stars_or_3_71():
    # 0.05 · 1 + 0.10 · 2 + 0.19 · 3 + 0.41 · 4 + 0.25 · 5 = 0.05 + 0.20 + 0.57 + 1.64 + 1.25
    assert mean_stars() == 3.71
    assert likeliest() == 4
    assert sum(STARS) == pytest.approx(1)


def test_name_and_number_differ_as_they_should():
    assert (likeliest((1.0, 0.0)), mean_stars((1.0, 0.0))) == (1, 1.0)
    # half love it and half hate it: the mean is a star that nobody gave
    assert (likeliest((0.5, 0, 0, 0, 0.5)), mean_stars((0.5, 0, 0, 0, 0.5))) == (1, 3.0)


def test_the_article_s_four_pairs_have_their_names():
    asked = {pair: story(Settings(*pair)) for pair in TASKS}
    assert "car" in asked["photo", "yes"].known
    assert "X-ray" in asked["photo", "yes"].known
    assert asked["sound", "number"].known == "a support call, rated 1 to 10"
    assert asked["text", "text"].known == "English to French"
    assert asked["sound", "text"].task == "speech to text"
    assert asked["sound", "text"].rule.startswith("Hardly")  # nobody knows the formula
    assert asked["row", "yes"].rule.startswith("Often")


def test_a_number_is_regression_and_a_name_classification():
    for given in INPUTS:
        assert TASKS[given, "number"] == "regression"
        assert TASKS[given, "yes"].endswith("classification")
        assert TASKS[given, "one"].endswith("classification")


@every_pair
def test_every_pair_is_told_in_full(chosen):
    told = story(chosen)
    paths = {entry.path: entry.title for entry in PAGES}
    assert paths[told.lesson[0]] == told.lesson[1]
    text = takeaway(told)
    assert told.name in text
    assert told.label in text
    assert len(text.split()) <= 45
    assert all(len(words_of(one)) <= 25 for one in sentences(text))
    picture = asks_picture(told)
    assert picture.checked_figure
    shown = str(picture.figure["layout"]["annotations"])
    assert all(part in shown for part in (told.example, told.label, told.name, INPUTS[chosen.given]))
    assert told.example in picture.summary
    assert picture.table.shape == (8, 2)
    headline = words.asks_headline(told)
    assert 2 <= len(headline.split()) <= 12
    assert len(f"{headline} {picture.title}".split()) <= 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_each_industry_has_its_own_things_and_questions(case):
    assert set(THINGS[case.key]) == set(INPUTS)
    assert set(QUESTIONS[case.key]) == set(OUTPUTS)
    examples = {story(Settings(one.given, one.wanted, case.key)).example for one in EVERY}
    assert len(examples) == len(EVERY)
    assert all(len(example.split()) <= 14 for example in examples)


def test_the_switch_moves_the_colour_from_the_bar_to_the_mean():
    def colours(chosen):
        bar, _, mean = asks_picture(story(chosen)).checked_figure.data
        return len(set(bar.marker.color)), mean.marker.color == mean.marker.line.color

    assert colours(PRESETS["Stars, 1 to 5"]) == (2, False)
    assert colours(PRESETS["Stars, 3.71"]) == (1, True)


@pytest.mark.parametrize("bad", [("smell",), ("text", "dance"), ("text", "one", "bank")])
def test_nonsense_is_refused(bad):
    with pytest.raises(ValueError, match=r"none of the choices|there is no case"):
        Settings(*bad)
