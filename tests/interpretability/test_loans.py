import math

import numpy as np
import pytest
from scipy import stats

from dl_core.interpretability.loans import (
    CLIFF,
    COLUMNS,
    IN_THE_RULE,
    SEED,
    START,
    loans,
    people,
    true_probability,
    true_terms,
)

ROWS, BAD = loans().rows, loans().bad
NAMES = loans().names
CALM = np.array([[60.0, 2.0, 20.0, 0.0, 5.0, 40.0, 3.0, 0.0]])
MANY = people(40_000, 1)


def of(name, rows=MANY):
    return rows[:, NAMES.index(name)]


def test_the_rule_by_hand():
    # −2.8 − 0.12 · 5 years in the job = −3.4; 1 / (1 + e^3.4) = 0.03230
    assert true_probability(CALM)[0] == pytest.approx(0.03230, abs=5e-6)
    late = CALM.copy()
    late[0, 3] = 2  # two missed payments: −3.4 + 1.8 = −1.6; 1 / (1 + e^1.6) = 0.16798
    assert true_probability(late)[0] == pytest.approx(0.16798, abs=5e-6)
    harsh = late.copy()
    harsh[0, 7] = 1  # group B: −1.6 + 1.1 = −0.5; 1 / (1 + e^0.5) = 0.37754
    assert true_probability(harsh)[0] == pytest.approx(0.37754, abs=5e-6)


@pytest.mark.parametrize("at", range(len(COLUMNS)))
def test_only_what_is_in_the_rule_moves_the_probability(at):
    rows = ROWS[:200].copy()
    before = true_probability(rows)
    rows[:, at] = rows[::-1, at]
    moved = not np.allclose(true_probability(rows), before)
    assert moved == (NAMES[at] in IN_THE_RULE)


def test_the_terms_add_up_to_the_score():
    score = np.log(true_probability(ROWS) / (1 - true_probability(ROWS)))
    assert START + true_terms(ROWS).sum(axis=1) == pytest.approx(score, abs=1e-9)


def test_the_cliff_lies_at_four_yearly_incomes():
    rows = np.repeat(CALM, 3, axis=0)
    rows[:, 1] = (CLIFF - 0.1, CLIFF, CLIFF + 0.1)
    assert true_terms(rows)[:, 1].tolist() == [0, 0, 1.6]


def test_fifteen_years_in_the_job_are_as_good_as_thirty():
    rows = np.repeat(CALM, 3, axis=0)
    rows[:, 4] = (14, 15, 30)
    first, second, third = true_terms(rows)[:, 4]
    assert first > second == third == pytest.approx(-1.8)


def test_the_made_answers_follow_the_rule_within_chance():
    chance = true_probability(ROWS)
    # a sum of independent draws: mean Σp, variance Σp(1 − p)
    spread = math.sqrt((chance * (1 - chance)).sum())
    assert abs(BAD.sum() - chance.sum()) < 3.3 * spread
    tenths = np.argsort(np.argsort(chance)) * 10 // len(chance)
    gaps = [
        (BAD[tenths == tenth].sum() - chance[tenths == tenth].sum()) ** 2
        / (chance[tenths == tenth] * (1 - chance[tenths == tenth])).sum()
        for tenth in range(10)
    ]  # fmt: skip
    assert stats.chi2.sf(sum(gaps), 10) > 0.001


def test_the_district_gives_the_group_away():
    group, far = of("group") == 1, of("district") >= 7
    # 35 % are of group B; 85 % of either group live among their own
    assert group.mean() == pytest.approx(0.35, abs=0.01)
    assert far[group].mean() == pytest.approx(0.85, abs=0.01)
    assert far[~group].mean() == pytest.approx(0.15, abs=0.01)
    # 0.35 · 0.85 of 0.35 · 0.85 + 0.65 · 0.15 who live there: 0.2975 / 0.395 = 0.753
    assert group[far].mean() == pytest.approx(0.753, abs=0.015)


def test_group_b_earns_less_and_nothing_else_of_them_is_made_different():
    group = of("group") == 1
    # e^−0.25 = 0.779 of the others' income
    assert np.median(of("yearly income")[group]) / np.median(of("yearly income")[~group]) == pytest.approx(
        0.779, abs=0.02
    )
    for name in ("age", "time in the job"):
        assert of(name)[group].mean() == pytest.approx(of(name)[~group].mean(), rel=0.03)


def test_group_b_pays_back_less_often_by_the_rule_itself():
    group = of("group") == 1
    lifted = MANY.copy()
    lifted[:, -1] = 0
    gap = true_probability(MANY)[group].mean() - true_probability(MANY)[~group].mean()
    without = true_probability(lifted)[group].mean() - true_probability(lifted)[~group].mean()
    assert gap > 0.1
    assert without < gap / 3  # most of the gap is the harsh terms, not what else group B has


def test_the_same_seed_makes_the_same_people():
    assert np.array_equal(people(50, SEED), people(50, SEED))
    assert not np.array_equal(people(50, SEED), people(50, SEED + 1))
    assert loans() is loans()


def test_values_are_recorded_as_finely_as_the_columns_say():
    for column, values in zip(COLUMNS, ROWS.T, strict=True):
        assert values / column.step == pytest.approx(np.round(values / column.step), abs=1e-6)
        if column.levels:
            assert set(values.tolist()) == set(range(len(column.levels)))
