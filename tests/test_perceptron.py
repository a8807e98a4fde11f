import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.perceptron import CASES, PRESETS, Settings, in_words, rule, story, takeaway
from tests.readability import sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=80)
weights = st.floats(-10, 10).map(lambda w: round(w, 2))
biases = st.floats(-20, 20).map(lambda b: round(b, 2))


def going(shown):
    return set(shown.going)


def test_the_festivals_eight_cases_come_out_as_published():
    # N14: 6, 2, 2 against 5. Good weather alone 6 > 5: go. Bad weather has at most 2 + 2 = 4: stay.
    shown = story(Settings())
    assert [one.sum for one in shown.decisions] == [10, 8, 8, 6, 4, 2, 2, 0]
    assert [one.goes for one in shown.decisions] == [True] * 4 + [False] * 4
    assert [one.case[0] for one in shown.decisions] == [True] * 4 + [False] * 4
    assert shown.threshold == 5


def test_a_threshold_of_3_changes_one_case():
    # bad weather, both others: 0 + 2 + 2 = 4, over 3 and not over 5; one other has 2, not over 3
    changed = going(story(Settings(bias=-3.0))) ^ going(story(Settings()))
    assert changed == {(False, True, True)}


def test_exactly_the_threshold_is_a_no():
    shown = story(Settings(bias=-4.0))
    assert shown.own.sum == 4
    assert not shown.own.goes
    assert "exactly the threshold" in takeaway(shown)
    # 0.1 + 0.2 is 0.30000000000000004 in binary; by hand it is 0.3, and not over it
    assert not story(Settings(0.1, 0.2, 0.0, -0.3, True, True, False)).own.goes


@lawful
@given(weights, weights, weights, biases)
def test_every_case_is_its_weights_added_up_and_compared(weather, partner, transport, bias):
    shown = story(Settings(weather, partner, transport, bias))
    for one in shown.decisions:
        # in whole hundredths, where sums are exact
        total = sum(
            round(100 * w) for w, met in zip((weather, partner, transport), one.case, strict=True) if met
        )
        assert one.goes == (total + round(100 * bias) > 0)
        assert one.sum == pytest.approx(total / 100)


@lawful
@given(weights, weights, weights, biases, st.floats(0, 5))
def test_a_larger_bias_never_loses_a_yes(weather, partner, transport, bias, more):
    before = going(story(Settings(weather, partner, transport, bias)))
    assert before <= going(story(Settings(weather, partner, transport, min(bias + more, 20.0))))


def test_the_rule_in_words_is_what_the_answers_are():
    meaning = {
        "in good weather": lambda sun, company, near: sun,
        "in bad weather": lambda sun, company, near: not sun,
        "if your partner comes": lambda sun, company, near: company,
        "if no transport is near": lambda sun, company, near: not near,
        "if at least two are met": lambda sun, company, near: sun + company + near >= 2,
        "if all three are met": lambda sun, company, near: sun and company and near,
        "if at least one is met": lambda sun, company, near: sun or company or near,
        "in good weather, or with both others": lambda sun, company, near: sun or (company and near),
        "in good weather, with one more": lambda sun, company, near: sun and (company or near),
    }
    met = set()
    for chosen in product((-6, -2, 2, 4, 6), (-2, 0, 2, 4), (-6, 0, 2, 4), (-11, -9, -7, -5, -3, -1, 1, 3)):
        shown = story(Settings(*map(float, chosen)))
        told = rule(shown)
        if told in meaning:
            met.add(told)
            assert going(shown) == {case for case in CASES if meaning[told](*case)}
        if len(shown.going) in (0, 8):
            assert told == ""
    assert met == set(meaning)


def test_the_readers_case_is_told_as_a_sum():
    told = takeaway(story(Settings()))
    assert told.startswith(
        "Your case: bad weather, your partner comes, transport is near. 0 + 2 + 2 = 4 is not over"
    )
    assert "go in 4 of 8 cases: in good weather" in told
    negative = takeaway(story(Settings(6, -2.5, 2, -5, True, True, True)))
    assert "6 + (−2.5) + 2 = 5.5 is over the threshold of 5" in negative
    assert "in all 8 cases, so they decide nothing" in takeaway(story(Settings(bias=-20)))


def test_the_presets_are_about_three_different_rules():
    assert [rule(story(one)) for one in PRESETS.values()] == [
        "in good weather", "in good weather, or with both others", "if at least two are met",
    ]  # fmt: skip


@lawful
@given(weights, weights, weights, biases, st.sampled_from(CASES))
def test_no_setting_makes_a_long_sentence_or_a_broken_number(weather, partner, transport, bias, case):
    told = takeaway(story(Settings(weather, partner, transport, bias, *case)))
    assert in_words(case) in told
    assert not re.search(r"nan|inf|\de[+−-]?\d|-\d|−0[ ,.](?!\d)", told)
    assert max(len(words(each)) for each in sentences(told)) <= 25


@pytest.mark.parametrize(
    ("chosen", "says"), [({"weather": 11.0}, "weight of 11"), ({"bias": -20.5}, "bias of -20.5"),
                         ({"partner": float("nan")}, "nan")]
)  # fmt: skip
def test_nonsense_is_refused_with_a_way_on(chosen, says):
    with pytest.raises(ValueError, match=re.escape(says)) as refused:
        Settings(**chosen)
    assert "choose" in str(refused.value)
