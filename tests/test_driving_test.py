import re

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.driving_test import (
    HIDDEN,
    MOST_LESSONS,
    OLDEST,
    OUTPUT_BIAS,
    OUTPUT_WEIGHTS,
    PRESETS,
    YOUNGEST,
    Settings,
    exact,
    fewest_lessons,
    fine,
    forward,
    story,
    takeaway,
    written_sum,
)
from tests.readability import sentences, words

people = st.builds(
    Settings,
    st.integers(YOUNGEST, OLDEST),
    st.sampled_from(["male", "female"]),
    st.integers(0, MOST_LESSONS),
    st.sampled_from([0, -1]),
)
lawful = settings(deadline=None, derandomize=True, max_examples=80)


def test_person_a_has_both_sums_below_zero():
    # N6: −200 + 3·20 − 0.5 + 10·10 = −40.5 → 0; N8: −200 + 6·20 + 0.5 + 4·10 = −39.5 → 0
    # N10: sigmoid(−3) = 1 / (1 + e³) = 1 / 21.0855 = 4.743 %
    shown = story(PRESETS["Person A"])
    assert [one.terms for one in shown.hidden] == [(-200, 60, -0.5, 100), (-200, 120, 0.5, 40)]
    assert [one.total for one in shown.hidden] == [-40.5, -39.5]
    assert [one.output for one in shown.hidden] == [0, 0]
    assert shown.answer.terms == (-3, 0, 0)
    assert shown.share == pytest.approx(0.04743, abs=5e-6)


def test_person_b_passes_with_the_corrected_sums():
    # N7: −200 + 150 − 0 + 200 = 150 (printed 150.5); N9: −200 + 300 + 0 + 80 = 180 (printed 179.5)
    # N11: −3 + 0.01·150 + 0.025·180 = −3 + 1.5 + 4.5 = 3; sigmoid(3) = 95.26 % (printed 95.22 %)
    shown = story(PRESETS["Person B"])
    assert [one.total for one in shown.hidden] == [150, 180]
    assert shown.answer.terms == (-3, 1.5, 4.5)
    assert shown.answer.total == 3
    assert fine(shown.share) == "95.26 %"


def test_the_printed_numbers_come_from_coding_female_as_minus_one():
    # −200 + 150 + 0.5 + 200 = 150.5; −200 + 300 − 0.5 + 80 = 179.5; −3 + 1.505 + 4.4875 = 2.9925
    shown = story(PRESETS["B, as printed"])
    assert [one.total for one in shown.hidden] == [150.5, 179.5]
    assert shown.answer.total == pytest.approx(2.9925)
    assert fine(shown.share) == "95.22 %"


def test_the_what_ifs_of_the_sources():
    # A with 32 lessons: 179.5 and 48.5, −3 + 1.795 + 1.2125 = 0.0075 → 50.2 %; with 31: −0.1925 → 45.2 %
    assert story(PRESETS["Person A"]).needed == 32
    assert fine(story(PRESETS["A, far more lessons"]).share) == "50.19 %"
    assert story(Settings(lessons=31)).share == pytest.approx(0.4520, abs=5e-5)
    # B entered as male: 149.5 and 180.5, −3 + 1.495 + 4.5125 = 3.0075 → 95.29 %
    assert fine(story(PRESETS["Person B"]).other_sex) == "95.29 %"
    assert fine(story(PRESETS["B, other sex"]).share) == "95.29 %"
    # A wakes PARKING when 10 · lessons > 140.5, so at 15
    assert story(PRESETS["Person A"]).wakes == 15


@lawful
@given(people)
def test_the_network_is_torchs(person):
    first, second = torch.nn.Linear(3, 2, dtype=torch.float64), torch.nn.Linear(2, 1, dtype=torch.float64)
    with torch.no_grad():
        first.weight.copy_(torch.tensor([[unit.age, unit.sex, unit.lessons] for unit in HIDDEN]))
        first.bias.copy_(torch.tensor([unit.bias for unit in HIDDEN]))
        second.weight.copy_(torch.tensor([OUTPUT_WEIGHTS], dtype=torch.float64))
        second.bias.fill_(OUTPUT_BIAS)
        row = torch.tensor([[person.age, person.sex_code, person.lessons]], dtype=torch.float64)
        share = torch.nn.Sequential(first, torch.nn.ReLU(), second, torch.nn.Sigmoid())(row).item()
    assert story(person).share == pytest.approx(share, rel=1e-12)


@lawful
@given(people)
def test_the_needed_lessons_are_the_fewest(person):
    wakes, needed = fewest_lessons(person.age, person.sex_code)
    shares = [forward(person.age, person.sex_code, n)[1].output for n in range(MOST_LESSONS + 1)]
    assert shares[needed] >= 0.5 - 1e-9
    assert all(share < 0.5 for share in shares[:needed])
    assert all(share == pytest.approx(0.0474259) for share in shares[:wakes])
    assert shares[wakes] > 0.0474259 + 1e-6


@lawful
@given(people)
def test_the_sentence_is_short_and_its_sums_are_right(person):
    shown = story(person)
    told = takeaway(shown)
    assert max(len(words(each)) for each in sentences(told)) <= 25
    assert not re.search(r"nan|inf|e-", told)
    for one in (*shown.hidden, shown.answer):
        left, right = written_sum(one).replace("−", "-").split(" = ")
        assert sum(
            float(term.replace(" ", "")) for term in re.findall(r"[+-]? ?[\d.]+", left)
        ) == pytest.approx(float(right))


def test_a_sentence_for_each_kind_of_person():
    assert "change nothing before lesson 15; it takes 32 lessons" in takeaway(story(Settings()))
    assert "gets the same" in takeaway(story(Settings()))
    assert "Entered as male, the same person gets 95.29 %" in takeaway(story(PRESETS["Person B"]))
    assert "lets only PARKING through" in takeaway(story(Settings(lessons=17)))
    assert "without a single lesson" in takeaway(story(Settings(age=90)))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"age": 15}, "choose 16 to 90"),
        ({"age": 20.5}, "choose 16 to 90"),
        ({"lessons": -1}, "choose 0 to 60"),
        ({"sex": "cat"}, "knows male and female"),
        ({"female_code": 2}, "0 or -1"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Settings(**wrong)


def test_numbers_are_written_exactly():
    assert [exact(each) for each in (0.025, -0.5, 200.0, 1.2125, 0.0)] == [
        "0.025", "−0.5", "200", "1.2125", "0",
    ]  # fmt: skip
    assert len(set(PRESETS.values())) == 5
