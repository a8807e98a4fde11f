import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_absolute_error

from dl_core.figures.start_recipe import BLANK, filled_in_words, recipe_picture, template_in_words
from dl_core.start.patients import SEED, load_patients
from dl_core.start.recipe import (
    BY_DATA,
    BY_HAND,
    HELD_OUT,
    HOUSE,
    PRESETS,
    TEMPLATES,
    Settings,
    house_in_words,
    house_price,
    learned_blanks,
    story,
    takeaway,
)
from pages._words import start_more as words

every_preset = pytest.mark.parametrize("chosen", PRESETS.values(), ids=list(PRESETS))


@pytest.fixture(scope="module")
def table():
    """The reference library's own table, and the rows of both piles."""
    found = load_diabetes(scaled=False)
    dealt = np.random.default_rng(SEED).permutation(442)
    columns = {name: found.data[:, at] for at, name in enumerate(found.feature_names)}
    return columns, found.target, dealt[HELD_OUT:], dealt[:HELD_OUT]


def test_our_copy_is_the_one_that_ships_with_scikit_learn_without_age_and_sex(table):
    columns, target, _, _ = table
    ours = load_patients()
    assert set(columns) - set(ours.names) == {"age", "sex"}
    assert all(np.array_equal(ours.column(name), columns[name]) for name in ours.names)
    assert np.array_equal(ours.progress, target)
    assert np.array_equal(ours.dealt, np.random.default_rng(SEED).permutation(442))
    with pytest.raises(ValueError, match="read-only"):
        ours.progress[0] = 1.0
    with pytest.raises(ValueError, match="there is no measurement 'age'; choose one of bmi, "):
        ours.column("age")


def test_the_article_s_house_has_a_negative_price():
    # 100 · 100 + 1,000 · 2 − 30 · 500 = 10,000 + 2,000 − 15,000
    assert house_price(BY_HAND, *HOUSE) == -3000
    # 90.3 · 100 + 1,006.2 · 2 − 40.5 · 500 = 9,030 + 2,012.4 − 20,250
    assert house_price(BY_DATA, *HOUSE) == pytest.approx(-9207.6)
    assert "−3,000. " in house_in_words()
    assert "−9,207.6" in house_in_words()
    assert HOUSE == (100, 2, 500)


@pytest.mark.parametrize("key", TEMPLATES)
def test_the_learned_numbers_are_the_reference_library_s(key, table):
    columns, target, train, aside = table
    template = TEMPLATES[key]
    inputs = np.column_stack([columns[name] for name in template.columns])
    model = LinearRegression(fit_intercept=template.has_start).fit(inputs[train], target[train])
    blanks = (model.intercept_, *model.coef_)
    assert learned_blanks(key) == pytest.approx(blanks, abs=0.0051)
    told = story(Settings(key, *learned_blanks(key)))
    assert told.learned.blanks == pytest.approx(blanks)
    assert told.learned.miss == pytest.approx(
        mean_absolute_error(target[aside], model.predict(inputs[aside]))
    )
    assert told.is_learned


def test_no_clue_is_the_training_pile_s_mean_for_everybody(table):
    _, target, train, aside = table
    told = story(Settings())
    assert told.average.blanks[0] == pytest.approx(target[train].mean())
    assert told.average.miss == pytest.approx(np.abs(target[aside] - target[train].mean()).mean())


def test_one_patient_by_hand(table):
    columns, target, _, aside = table
    first = aside[0]
    guess = 10 + 4 * columns["bmi"][first] + 0.5 * columns["bp"][first]
    assert story(Settings(start=10.0)).by_hand.misses[0] == pytest.approx(abs(guess - target[first]))


def test_no_other_numbers_fit_the_training_pile_better(table):
    columns, target, train, _ = table
    inputs = np.column_stack([np.ones(442), columns["bmi"], columns["bp"]])[train]
    best = np.array(story(Settings()).learned.blanks)
    squares = ((inputs @ best - target[train]) ** 2).sum()
    for nudge in np.vstack([np.eye(3), -np.eye(3)]) * 0.01:
        assert ((inputs @ (best + nudge) - target[train]) ** 2).sum() > squares


def test_a_rule_of_thumb_lies_between_no_clue_and_learning():
    told = story(Settings())
    assert told.learned.beats(told.by_hand)
    assert told.by_hand.beats(told.average)
    assert not told.average.beats(told.by_hand)
    # (66.04 − 55.60) / (66.04 − 48.30)
    assert told.share_by_hand == pytest.approx(0.588, abs=0.001)


def test_wrong_clues_are_not_saved_by_learning():
    wrong, right = story(PRESETS["The wrong clues"]), story(Settings())
    assert wrong.learned.miss > right.by_hand.miss + 5
    saved, _ = wrong.learned.better_by(wrong.average)
    assert saved < 0.25 * right.learned.better_by(right.average)[0]
    assert "no number makes up" in takeaway(wrong)


def test_a_missing_start_number_costs():
    bare = story(PRESETS["No start number"])
    assert bare.learned.blanks[0] == 0
    assert story(Settings()).learned.beats(bare.learned)
    assert "with one, by 48." in takeaway(bare)


def test_nonsense_in_the_blanks_is_called_so():
    told = story(Settings("clues", 900.0, 50.0, -30.0))
    assert told.average.beats(told.by_hand)
    assert takeaway(told).endswith("worse than no clue at all.")
    assert "→" in str(recipe_picture(told).figure["layout"]["annotations"])  # the bar leaves the picture


def test_learned_numbers_never_beat_themselves():
    told = story(PRESETS["Learn from data"])
    assert not told.learned.beats(told.learned)
    assert takeaway(told).endswith("filled from data.")


@pytest.mark.parametrize(
    "bad",
    [("pets",), ("clues", 1001.0), ("clues", 0.0, float("nan")), ("clues", 0.0, 0.0, -2e3), ("bare", 1.0)],
)
def test_nonsense_is_refused(bad):
    with pytest.raises(ValueError, match=r"template|blank|start number"):
        Settings(*bad)


@every_preset
def test_the_picture_says_what_was_counted(chosen):
    told = story(chosen)
    picture = recipe_picture(told)
    bars = [trace for trace in picture.checked_figure.data if trace.type == "bar"]
    assert [bar.x[0] for bar in bars] == pytest.approx(
        [told.by_hand.miss, told.learned.miss, told.average.miss], abs=0.01
    )
    assert f"{told.learned.miss:.0f}" in picture.title
    assert picture.table.shape == (3, 4)
    assert template_in_words(told).count(BLANK) == (3 if told.template.has_start else 2)
    assert takeaway(told) in picture.summary
    assert len(takeaway(told).split()) <= 45
    assert 2 <= len(words.recipe_headline(told).split()) <= 12
    assert len(f"{words.recipe_headline(told)} {picture.title}".split()) <= 25


def test_a_number_below_zero_is_taken_away():
    told = story(Settings("wrong", 5.0, -1.5, -2.0))
    assert filled_in_words(told, told.by_hand) == "5 − 1.5 × cholesterol − 2 × LDL"


def test_the_page_prints_the_corrected_house():
    assert "−3,000" in words.recipe_below(story(Settings()))
    assert "25 to 346" in words.RECIPE_SCORE
