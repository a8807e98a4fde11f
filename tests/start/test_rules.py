"""Rules that a person writes: what they measure, what they say, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from sklearn.datasets import load_breast_cancer
from sklearn.datasets import load_digits as sklearn_digits

from dl_core.start.measured import measured
from dl_core.start.rules import (
    DATA,
    MEASURES,
    STEPS,
    TABLE_MEASURES,
    Condition,
    Data,
    Rule,
    asked,
    first_guess,
    in_words,
    limits,
    says_yes,
)

AREA = Condition("area", True, 950.0)
DENTS = Condition("concave points", True, 0.15)


def test_the_table_is_scikit_learns():
    lumps, known = load_breast_cancer(), asked("table")
    for key in TABLE_MEASURES:
        column = list(lumps.feature_names).index(f"worst {key}")
        np.testing.assert_array_equal(known.measures[key], lumps.data[:, column])
    np.testing.assert_array_equal(known.truth, lumps.target_names[lumps.target] == "malignant")


def test_the_pictures_are_scikit_learns():
    np.testing.assert_array_equal(asked("pictures").truth, sklearn_digits().target == 8)


def test_holes_are_those_that_scipy_counts():
    images = sklearn_digits().images
    known = asked("pictures").measures
    for index in range(0, len(images), 7):
        white = np.pad(images[index] < 8, 1, constant_values=True)
        parts, n = ndimage.label(white)  # cells that share a side; one part is the outside
        assert known["holes"][index] == n - 1
        inside = (white & (parts != parts[0, 0]))[1:-1, 1:-1]
        assert known["hole above"][index] == inside[:4].sum()
        assert known["hole below"][index] == inside[4:].sum()


def test_ink_is_a_share_of_full_ink():
    for share in (0, 4, 16):
        found = measured(np.full((2, 8, 8), share, np.uint8))
        for key in MEASURES["pictures"]:
            expected = 0 if key in ("holes", "hole above", "hole below", "mirror", "upside down") else share
            assert found[key].tolist() == [expected / 16 * 100] * 2, key


def test_every_measurement_of_a_picture_has_a_name_and_every_name_a_measurement():
    assert set(measured(np.zeros((1, 8, 8), np.uint8))) == set(MEASURES["pictures"])


def test_a_mirrored_picture_swaps_left_and_right():
    images = sklearn_digits().images[:50].astype(np.uint8)
    found, mirrored = measured(images), measured(images[:, :, ::-1])
    np.testing.assert_allclose(found["left"], mirrored["right"])
    np.testing.assert_allclose(found["top left"], mirrored["top right"])
    for key in ("ink", "top", "holes", "hole above", "mirror", "upside down"):
        np.testing.assert_allclose(found[key], mirrored[key])


def test_two_conditions_join():
    first, second = (says_yes(Rule("table", one)) for one in (AREA, DENTS))
    np.testing.assert_array_equal(says_yes(Rule("table", AREA, "and", DENTS)), first & second)
    np.testing.assert_array_equal(says_yes(Rule("table", AREA, "or", DENTS)), first | second)
    assert 0 < (first & second).sum() < first.sum() < (first | second).sum()


def test_above_and_below_leave_out_what_stands_on_the_threshold():
    holes = asked("pictures").measures["holes"]
    above, below = (says_yes(Rule("pictures", Condition("holes", side, 1.0))) for side in (True, False))
    np.testing.assert_array_equal(above, holes > 1)
    np.testing.assert_array_equal(below, holes < 1)
    assert (~above & ~below).sum() == (holes == 1).sum() > 0


def test_a_threshold_outside_says_the_same_to_everybody():
    for data in DATA:
        for measure in MEASURES[data]:
            low, high, _ = limits(data, measure)
            assert not says_yes(Rule(data, Condition(measure, True, high))).any()
            assert not says_yes(Rule(data, Condition(measure, False, low))).any()


@pytest.mark.parametrize("data", DATA)
def test_a_slider_reaches_every_value_in_few_steps(data: Data):
    for measure in MEASURES[data]:
        low, high, step = limits(data, measure)
        values = asked(data).measures[measure]
        assert low <= values.min() < values.max() <= high
        assert (high - low) / step <= STEPS + 2
        guess = first_guess(data, measure)
        assert low <= guess.threshold <= high
        assert (guess.threshold - low) / step == pytest.approx(round((guess.threshold - low) / step))


def test_a_first_guess_stands_between_the_usual_yes_and_the_usual_no():
    # mean of the 212 malignant lumps 21.13, of the 357 others 13.38: half way 17.26, in steps of 0.2
    known = asked("table")
    radius = known.measures["radius"]
    assert (radius[known.truth].mean(), radius[~known.truth].mean()) == pytest.approx(
        (21.13, 13.38), abs=0.01
    )
    assert first_guess("table", "radius") == Condition("radius", True, 17.2)
    assert not first_guess("pictures", "mirror").above  # an 8 is more like its mirror than others are


def test_the_rule_is_told_as_a_person_writes_it():
    assert in_words(Rule("table", AREA)) == "If area is above 950: malignant."
    two = Rule("pictures", Condition("holes", True, 1.0), "and", Condition("ink", False, 30.0))
    assert in_words(two) == "If number of holes is above 1 and ink in all is below 30: an 8."


@pytest.mark.parametrize(
    ("data", "first", "join", "second", "told"),
    [
        ("sound", AREA, "alone", None, "no data 'sound'"),
        ("pictures", AREA, "alone", None, "no measurement 'area' of the pictures"),
        ("table", AREA, "or", Condition("holes", True, 1.0), "no measurement 'holes' of the table"),
        ("table", AREA, "and", None, "'and' does not join"),
        ("table", AREA, "alone", DENTS, "'alone' does not join"),
        ("table", AREA, "xor", DENTS, "'xor' does not join"),
        ("table", Condition("area", True, float("nan")), "alone", None, "nan is no threshold"),
        ("table", Condition("area", True, float("inf")), "alone", None, "inf is no threshold"),
    ],
)
def test_nonsense_is_refused(data, first, join, second, told):
    with pytest.raises(ValueError, match=told):
        Rule(data, first, join, second)
