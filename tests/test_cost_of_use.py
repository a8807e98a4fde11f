import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.cost_of_use import (
    Workload,
    cost_of_use,
    cost_sentence,
    crossing_sentence,
    growth_sentence,
    money_sentence,
    ratio_sentence,
    wrong_per_day,
)


def test_wrong_answers_a_day():
    # 10,000 x (1 - 0.386) and 10,000 x (1 - 0.94)
    assert (wrong_per_day(10_000, 0.386), wrong_per_day(10_000, 0.94)) == (6140, 600)


def test_a_bill_by_hand():
    # 1,000 x 100 = 1e5 subtractions at 1e6 a second = 0.1 s; x 36,000 = 3,600 s a day = 1 hour; x 30 days x 2
    bill = cost_of_use(
        Workload(36_000, n_examples=1000, n_features=100, operations_per_second=1e6, price_per_hour=2)
    ).knn
    assert bill.seconds_per_answer == pytest.approx(0.1)
    assert bill.seconds_per_day == pytest.approx(3600)
    assert bill.money_per_month == pytest.approx(60)
    assert bill.cores == 1


def test_the_load_beyond_one_core_takes_more_cores():
    # 0.1536 s an answer x 1,000,000 = 153,600 s a day; / 86,400 = 1.78 -> 2 cores
    assert cost_of_use(Workload(requests_per_day=1_000_000)).knn.cores == 2


def test_the_crossing_point_by_hand():
    # training: 2 x 5 passes x 1,000 x 4 x 2 = 80,000; an answer saves 1,000 x 4 - 2 x 4 = 3,992: 20.04
    both = cost_of_use(Workload(10, n_examples=1000, n_features=4, n_classes=2, training_passes=5))
    assert both.crossing_requests == pytest.approx(80_000 / 3992)
    assert both.crossing_days == pytest.approx(80_000 / 3992 / 10)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(
    st.builds(
        Workload,
        requests_per_day=st.floats(1, 1e8),
        n_examples=st.integers(1, 10**8),
        n_features=st.integers(1, 10**6),
        n_classes=st.integers(2, 1000),
        training_passes=st.integers(1, 1000),
        growth_per_month=st.floats(0, 2),
    )
)
def test_both_models_cost_the_same_at_the_crossing_point(workload):
    both = cost_of_use(workload)
    if math.isfinite(both.crossing_requests):
        until_then = both.crossing_requests * both.softmax.seconds_per_answer + both.softmax.training_seconds
        assert both.crossing_requests * both.knn.seconds_per_answer == pytest.approx(until_then, rel=1e-9)
    else:
        assert workload.n_examples <= workload.n_classes
    for sentence in (ratio_sentence, crossing_sentence, growth_sentence, money_sentence):
        assert 4 < len(sentence(both).split()) <= 25


def test_the_store_is_full_when_growth_reaches_the_budget():
    # 100 bytes an example: 1,000 bytes hold 10; 5 x 2^1 = 10 after one month of doubling
    both = cost_of_use(Workload(n_examples=5, n_features=100, memory_budget_bytes=1000, growth_per_month=1))
    assert both.largest_store == 10
    assert both.months_until_full == pytest.approx(1)
    assert "full in 1.0 months" in growth_sentence(both)


def test_too_many_examples_for_the_budget_is_said():
    both = cost_of_use(Workload(memory_budget_bytes=1e6))
    assert both.months_until_full == 0
    assert "too few for the 50,000 you have" in growth_sentence(both)


def test_with_fewer_examples_than_classes_knn_stays_cheaper():
    both = cost_of_use(Workload(n_examples=5, n_classes=10))
    assert math.isinf(both.crossing_requests)
    assert "never pays" in crossing_sentence(both)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"requests_per_day": 0}, "Requests a day: 0 cannot be"),
        ({"n_examples": -1}, "Stored examples"),
        ({"n_features": 0}, "Numbers per example"),
        ({"n_classes": 1}, "at least 2"),
        ({"operations_per_second": float("nan")}, "Operations a second"),
        ({"price_per_hour": -1}, "Give 0 or more"),
        ({"growth_per_month": -0.1}, "off the scale"),
    ],
)
def test_impossible_workloads_are_refused_in_words(wrong, words):
    with pytest.raises(ValueError, match=words):
        Workload(**wrong)


def test_an_impossible_accuracy_is_refused():
    with pytest.raises(ValueError, match="from 0 to 1"):
        wrong_per_day(100, 94)


def test_the_cost_sentence_holds_weight_money_and_the_turning_point():
    both = cost_of_use(Workload())
    # 153,600,000 / 30,720 steps; 30 x 10,000 x 0.1536 s = 12.8 hours at 0.05; 2 x 100 x 50,000 / 5,000
    for part in ("5,000 times as many steps", "€0.64", "after 2,000 answers"):
        assert part in cost_sentence(both, "€")
