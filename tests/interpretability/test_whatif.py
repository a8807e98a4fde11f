"""What if: the loan on the cliff by hand, money, the curve, what is kept, and how it is said."""

from __future__ import annotations

import numpy as np
import pytest

from dl_core.documents.brief import from_plain, to_plain
from dl_core.interpretability.counterfactual import spreads
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.loans import CLIFF
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made
from dl_core.interpretability.whatif import READABLE, story
from dl_core.interpretability.whatif_in_words import (
    beside,
    cost_now,
    cost_then,
    costs,
    flip_in_money,
    moves_listed,
    odd_in_words,
    others_in_words,
    pair,
    second_in_words,
    takeaway,
    ticks,
    truth_in_words,
)
from dl_core.interpretability.whatif_settings import MOST_OPEN, Settings, at_rest, can_change, suggested

LOANS = Question(ready_made("loans"))


def test_the_page_opens_on_the_cliff_that_the_true_rule_has():
    """A loan of more than four yearly incomes adds 1.6 to the true score; nothing else of this loan moves:
    −2.8 + 0.07 · (33 − 20) − 0.12 · 15 + 1.6 = −2.09, 1 / (1 + e^2.09) = 11.0 %;
    without the 1.6: −3.69, 1 / (1 + e^3.69) = 2.44 %."""
    told = story(at_rest())
    assert told.is_held_back
    assert told.crosses
    assert told.moves == (1,)
    assert told.row[1] > CLIFF >= told.changed[1]
    assert told.row[[2, 4, 7]].tolist() == [33, 16, 0]
    assert told.truth == pytest.approx((0.1101, 0.0244), abs=0.0001)
    assert "falls from 11 % to 2.4 %" in truth_in_words(told)
    sentence = takeaway(told)
    assert "With “loan in yearly incomes” at 4.0 instead of 4.5, it would be let through" in sentence
    assert len(sentence.split()) <= 50


def test_the_truth_stays_where_a_column_has_no_part_in_the_rule():
    told = story(Settings(LOANS, moved=(("yearly income", 120.0),)))
    assert told.truth[0] == told.truth[1]
    assert "only the model moves" in truth_in_words(told)
    assert story(Settings(Question(ready_made("wine")), number=1)).truth is None


def test_both_choices_cost_the_same_at_the_bar_and_the_formula_by_hand():
    # at 100 / (1,000 + 100) = 1 / 11: 10 / 11 · 100 = 1 / 11 · 1,000 = 90.91
    assert costs(LOANS.bar, LOANS) == pytest.approx((1000 / 11, 1000 / 11))
    told = story(at_rest())
    assert cost_now(told) == pytest.approx((1 - told.before) * 100)
    assert cost_then(told) == pytest.approx(told.after * 1000)
    assert "saves" in flip_in_money(told)
    near = story(Settings(LOANS, number=1))
    assert "hardly matters in money" in flip_in_money(near)
    own = story(Settings(Question(ready_made("loans"), own_bar=0.5), number=3))
    assert own.crosses
    assert "Letting it through wastes" in flip_in_money(own)


@pytest.mark.parametrize("model", KINDS)
def test_the_curve_is_the_model_and_passes_through_both_marks(model):
    told = story(Settings(LOANS, model, number=30, moved=(("debt payments", 12.0), ("time in the job", 8.0))))
    answers = fitted(told.table, model)
    for x, share in list(zip(told.x, told.with_change, strict=True))[:: len(told.x) // 4]:
        row = told.changed.copy()
        row[told.along] = x
        assert share == pytest.approx(answers.probability(row[None])[0])
    at = int(np.flatnonzero(told.x == told.row[told.along])[0])
    assert told.as_it_is[at] == pytest.approx(told.before)
    at = int(np.flatnonzero(told.x == told.changed[told.along])[0])
    assert told.with_change[at] == pytest.approx(told.after)
    assert told.counts.sum() == len(told.table.rows)
    assert [check.model for check in told.checks] == [model, *(key for key in READABLE if key != model)]


def test_cases_come_from_the_held_out_pile_nearest_to_the_bar_first():
    numbers = range(1, 6)
    for side, sign in (("held back", 1), ("let through", -1)):
        shown = [story(Settings(LOANS, side=side, number=number)) for number in numbers]
        assert all(told.case in split(told.table).held_out for told in shown)
        apart = [sign * (told.before - LOANS.bar) for told in shown]
        assert apart == sorted(apart)
        assert apart[0] >= 0
        last = story(Settings(LOANS, side=side, number=shown[0].n_side + 1))
        assert last.case == shown[0].case  # after the last the first comes again


def test_where_no_case_is_on_that_side_the_other_is_shown():
    told = story(Settings(Question(ready_made("loans"), own_bar=0.0), side="let through", number=1))
    assert told.is_held_back
    assert told.found.first is None
    assert "No change of up to three open columns lets it through" in takeaway(told)


def test_locked_columns_never_move_and_all_locked_means_none():
    told = story(Settings(LOANS, may_change=("debt payments",)))
    assert told.moves == (2,)
    none = story(Settings(LOANS, may_change=()))
    assert none.changed is None
    assert none.checks == ()
    assert "Every column is locked" in takeaway(none)
    assert second_in_words(none) == odd_in_words(none) == others_in_words(none) == ""


def test_the_search_is_kept_and_a_stopped_one_is_not():
    question = Question(ready_made("diabetes"))
    settings = Settings(question, "logistic", number=11)
    assert story(settings, lambda share: share < 0.4) is None
    first, again = story(settings), story(settings)
    assert first.found is again.found
    other = story(Settings(question, "logistic", number=11, moved=(("body mass index", 25.0),)))
    assert other.found is first.found  # a moved slider does not search again


def test_an_odd_change_is_told():
    """kNN lets a loan through for more debt; EBM holds one back for being smaller."""
    for settings, says in (
        (Settings(LOANS, "knn", number=2), "here a higher “debt payments” lowers the risk."),
        (
            Settings(LOANS, side="let through", number=1),
            "here a lower “loan in yearly incomes” raises the risk.",
        ),
    ):
        told = story(settings)
        assert told.found.odd == told.found.first.columns
        assert odd_in_words(told).startswith(f"**Odd:** {says}")
        assert "cases “not paid back” have more of it" in odd_in_words(told)
    assert odd_in_words(story(at_rest())) == ""


def test_the_ticks_say_who_turns():
    told = story(at_rest())
    _, *lines = ticks(told)
    assert len(lines) == len(READABLE)
    for check, line in zip(told.checks, lines, strict=True):
        turned = (check.before >= LOANS.bar) != (check.after >= LOANS.bar)
        assert line[0] == KINDS[check.model].name
        assert line[-1].startswith("✓" if turned else "–")
    n_with_it = sum(line[-1].startswith("✓") for line in lines[1:])
    assert others_in_words(told).startswith("None of the 3") == (n_with_it == 0)


@pytest.mark.parametrize("key", TABLES)
def test_six_columns_are_suggested_and_only_what_can_change(key):
    table = ready_made(key)
    assert 1 <= len(suggested(table)) <= MOST_OPEN
    assert {*suggested(table)} <= {*can_change(table)}
    assert not {column.name for column in table.columns if column.is_fixed} & {*can_change(table)}


def test_a_table_in_which_only_some_columns_differ():
    """A constant column and one with two values; nothing of it is in the table's favour."""
    rng = np.random.default_rng(0)
    rows = np.column_stack([np.full(200, 3.0), rng.integers(0, 2, 200), rng.normal(size=200)])
    table = Table(
        "own", "Yours", "row", "rows", "late", "on time",
        (Column("same"), Column("kind", step=1, levels=("A", "B")), Column("size")), rows, rows[:, 2] > 0.7,
        "Yours.", is_own=True,
    )  # fmt: skip
    assert can_change(table) == ("kind", "size")
    told = story(Settings(Question(table, 300.0, 100.0), "logistic", number=1))
    assert told.found.first.columns == (2,)
    locked = story(Settings(Question(table, 300.0, 100.0), "logistic", number=1, may_change=("kind",)))
    assert locked.x.tolist() == [0, 1]
    fixed = Table(
        "own", "Yours", "row", "rows", "late", "on time",
        tuple(Column(name, is_fixed=True) for name in "abc"), rows, rows[:, 2] > 0.7, "Yours.", is_own=True,
    )  # fmt: skip
    assert story(Settings(Question(fixed), "tree", number=1)).changed is None


def test_shares_beside_the_bar_are_told_apart():
    assert beside(0.5, 0.2, 0.9) == ("20 %", "90 %", "50 %")
    assert beside(0.0909, 0.0911) == ("9.11 %", "9.09 %")
    assert beside(0.5, 0.5) == ("50 %", "50 %")
    assert pair(Column("size", "cm", 1), 4.2, 4.4) == ("4.2", "4.4 cm")
    assert pair(Column("size", "cm", 1), -4, 4) == ("−4", "4 cm")


def test_moves_are_listed_largest_first():
    told = story(Settings(LOANS, moved=(("loan in yearly incomes", 4.4), ("debt payments", 10.0))))
    assert moves_listed(told) == (
        ("debt payments", "33", "10 % of income"), ("loan in yearly incomes", "4.5", "4.4")
    )  # fmt: skip
    sizes = np.abs(told.changed - told.row) / spreads(told.table)
    assert sizes[2] > sizes[1] > 0


def test_a_saved_brief_brings_the_change_back():
    settings = Settings(LOANS, "tree", "let through", 7, ("debt payments",), (("debt payments", 20.0),))
    assert from_plain(story, to_plain(settings)) == settings
    assert from_plain(story, to_plain(at_rest())) == at_rest()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"model": "oracle"}, "no model"),
        ({"side": "lost"}, "held back or let through"),
        ({"number": 0}, "numbered"),
        ({"may_change": ("age",)}, "not fixed"),
        ({"may_change": ("horoscope",)}, "not fixed"),
        ({"moved": (("age", 30.0),)}, "may change"),
        ({"moved": (("debt payments", np.inf),)}, "between the smallest"),
        ({"moved": (("debt payments", 900.0),)}, "between the smallest"),
        ({"may_change": ("yearly income",), "moved": (("debt payments", 9.0),)}, "may change"),
    ],
)
def test_nonsense_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(LOANS, **wrong)
