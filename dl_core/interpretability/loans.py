"""Home loans that we make: a known rule, a protected group, and a district that gives the group away.

No lender's file may be shipped, and in a real one nobody knows the true rule. In this one we do, so an
explanation can be held against the truth. The story behind the numbers:

- Two groups of people, A and B. Group B earns less, and lives mostly in the districts 7 to 10.
- Whether a loan is paid back depends on debts, missed payments, the size of the loan, and time in the job.
- It also depends on the group itself: in this made past, group B was given harsher terms. That is the
  injustice which a model learns from the past, and can read off the district when the group is hidden.
- Income, age and district have no part in the rule. They only travel with what has.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from dl_core.interpretability.table import Column, Floats, Table

N_LOANS = 2000
SEED = 20
CLIFF = 4.0  # a loan of more than so many yearly incomes is much riskier
START = -2.8  # the rule's score where every term is 0

COLUMNS = (
    Column("yearly income", "thousand $", 1),
    Column("loan in yearly incomes", "", 0.1),
    Column("debt payments", "% of income", 1),
    Column("missed payments", "in two years", 1),
    Column("time in the job", "years", 1),
    Column("age", "years", 1, is_fixed=True, is_protected=True),
    Column("district", "of ten", 1, is_fixed=True),
    Column("group", levels=("A", "B"), is_fixed=True, is_protected=True),
)
IN_THE_RULE = ("loan in yearly incomes", "debt payments", "missed payments", "time in the job", "group")


def true_terms(rows: Floats) -> Floats:
    """What each column adds to the true score (a logarithm of odds): ``(n, 8)``, 0 where it has no part.

    Parameters
    ----------
    rows
        ``(n, 8)`` in the units of `COLUMNS`.

    Examples
    --------
    >>> calm = np.array([[60.0, 2.0, 20.0, 0.0, 5.0, 40.0, 3.0, 0.0]])
    >>> late = calm + np.array([0, 0, 0, 2, 0, 0, 0, 0])
    >>> np.round(true_terms(late) - true_terms(calm), 2).tolist()
    [[0.0, 0.0, 0.0, 1.8, 0.0, 0.0, 0.0, 0.0]]
    """
    terms = np.zeros_like(rows)
    terms[:, 1] = 1.6 * (rows[:, 1] > CLIFF)
    terms[:, 2] = 0.07 * (rows[:, 2] - 20)
    terms[:, 3] = 0.9 * rows[:, 3]
    terms[:, 4] = -0.12 * np.minimum(rows[:, 4], 15)
    terms[:, 7] = 1.1 * rows[:, 7]
    return terms


def true_probability(rows: Floats) -> Floats:
    """How probable it is that each loan is not paid back, ``(n,)``, by the rule that made the set.

    Parameters
    ----------
    rows
        ``(n, 8)`` in the units of `COLUMNS`.
    """
    return np.asarray(1 / (1 + np.exp(-(START + true_terms(rows).sum(axis=1)))))


def people(n: int, seed: int) -> Floats:
    """Made applicants: ``(n, 8)`` in the units of `COLUMNS`, recorded as coarsely as a lender would.

    Parameters
    ----------
    n
        How many, 1 or more.
    seed
        The same seed makes the same people.
    """
    rng = np.random.default_rng(seed)
    group = (rng.random(n) < 0.35).astype(np.float64)
    home = np.where(rng.random(n) < 0.85, group, 1 - group)  # most live among their own group
    district = np.where(home == 1, rng.integers(7, 11, n), rng.integers(1, 7, n)).astype(np.float64)
    age = np.clip(np.rint(rng.normal(42, 11, n)), 21, 75)
    job = np.clip(np.rint(rng.exponential(0.22 * (age - 18))), 0, 45)
    income = np.clip(np.rint(np.exp(rng.normal(4.1 - 0.25 * group + 0.006 * (age - 42), 0.35))), 15, 400)
    loan = np.clip(np.round(rng.gamma(6.0, 0.5, n) * (62 / income) ** 0.35, 1), 0.5, 9.0)
    debt = np.clip(np.rint(rng.normal(24 + 3 * (loan - 3), 8, n)), 0, 70)
    missed = np.minimum(rng.poisson(0.25 + 0.02 * np.maximum(debt - 25, 0)), 6).astype(np.float64)
    return np.column_stack([income, loan, debt, missed, job, age, district, group])


@cache
def loans() -> Table:
    """The 2,000 made loans.

    Examples
    --------
    >>> loans().rows.shape, loans().names[7]
    ((2000, 8), 'group')
    """
    rows = people(N_LOANS, SEED)
    bad = np.random.default_rng(SEED + 1).random(N_LOANS) < true_probability(rows)
    return Table(
        "loans", "Home loans (made)", "loan", "loans", "not paid back", "paid back", COLUMNS, rows, bad,
        "2,000 home loans made by our own rule: no real person is in it. "
        "“Group” stands for a trait that the law protects.",
    )  # fmt: skip


def rule_is_known(table: Table) -> bool:
    """Whether these are the loans that we made, with all their columns."""
    return not table.is_own and table == loans()
