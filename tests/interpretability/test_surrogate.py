"""Copies of a model: agreement and R² as scikit-learn counts them, rules that say what the copy does."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, r2_score

from dl_core.interpretability import board
from dl_core.interpretability import copies as copies_core
from dl_core.interpretability.copies import DEPTHS, Node, studied
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.question import Question
from dl_core.interpretability.surrogate import UNREADABLE, Settings, at_rest, followed, story
from dl_core.interpretability.surrogate_in_words import (
    against_truth,
    others_in_words,
    rule_in_words,
    rules_in_words,
    side_in_words,
    sides_in_words,
    silence_in_words,
    takeaway,
)
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made
from dl_core.intervals import share_of
from tests.readability import read

LOANS = ready_made("loans")


def walk(node: Node, row) -> float:
    """What the rules say, asked by hand."""
    while node.low and node.high:
        node = node.low if row[node.column] <= node.limit else node.high
    return node.risk


def test_agreement_and_r2_are_scikit_learns():
    told, found = story(at_rest()), studied(LOANS, "boosted")
    bar, truth = at_rest().question.bar, LOANS.bad[split(LOANS).held_out]
    for copy, said in zip(told.copies, found.copies, strict=True):
        assert copy.same.value == pytest.approx(accuracy_score(found.model >= bar, said >= bar))
        assert copy.right.value == pytest.approx(accuracy_score(truth, said >= bar))
        assert copy.r2 == pytest.approx(r2_score(found.model, said))
    # Wilson: 399 of 500
    assert told.copy.same == share_of(399, 500)
    assert told.strict == ((found.copies[2] >= bar) & (found.model < bar)).sum()
    assert told.lax == ((found.copies[2] < bar) & (found.model >= bar)).sum()
    assert told.strict + told.lax == 500 - 399


def test_r2_where_the_model_never_moves():
    still = np.full(4, 0.3)
    assert followed(still, still) == 1
    assert followed(still, np.zeros(4)) == 0


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_rules_are_the_copy(depth):
    found = studied(LOANS, "boosted")
    rows = LOANS.rows[split(LOANS).held_out]
    rules = found.rules[depth - 1]
    # scikit-learn compares in 32 bits; these columns have few digits, and limits lie halfway
    np.testing.assert_allclose([walk(rules, row) for row in rows], found.copies[depth - 1])
    assert rules.n_rules <= 2**depth
    assert rules.n == len(split(LOANS).train)


def test_copies_follow_more_of_the_risk_with_every_question():
    found = studied(LOANS, "boosted")
    learned = LOANS.rows[split(LOANS).train]
    answers = fitted(LOANS, "boosted").probability(learned)
    on_learned = [r2_score(answers, [walk(rules, row) for row in learned]) for rules in found.rules]
    assert on_learned == sorted(on_learned)


def test_a_tree_of_the_same_depth_from_the_truth_is_the_pages_small_tree():
    found = studied(LOANS, "boosted")
    rows = LOANS.rows[split(LOANS).held_out]
    np.testing.assert_allclose(found.direct[2], fitted(LOANS, "tree").probability(rows))
    np.testing.assert_allclose(found.readable, fitted(LOANS, "ebm").probability(rows))


def test_a_model_that_is_two_rules_is_copied_without_a_gap(monkeypatch):
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(400, 3))
    table = Table(
        "own",
        "Yours",
        "row",
        "rows",
        "bad",
        "fine",
        tuple(map(Column, "abc")),
        rows,
        rows[:, 1] > 0,
        "Yours.",
        True,
    )

    class TwoRules:
        def probability(self, asked):
            return np.where(asked[:, 1] > 0, 0.9, 0.01)

    monkeypatch.setattr(copies_core, "fitted", lambda table, model: TwoRules())
    told = story(Settings(Question(table), "boosted", 1))
    assert (told.copy.n_rules, told.copy.same.value, told.named) == (2, 1.0, ("b",))
    assert told.copy.r2 == pytest.approx(1)
    assert (told.strict, told.lax) == (0, 0)
    assert {each.turned for each in told.silent} == {0.0}  # the model does not look at them
    assert silence_in_words(told).startswith("No column")
    assert sides_in_words(told).startswith("On all 101 held-out rows both decide alike.")
    assert others_in_words(told) == rule_in_words(told) == ""
    low, high = (text for _, text in rules_in_words(told, 3))
    assert "b at most" in low
    assert "**let through** (risk 1.0 %" in low
    assert "b above" in high
    assert "**hold back** (risk 90 %" in high


def test_what_a_left_out_column_turns_over_is_counted():
    told, found = story(at_rest()), studied(LOANS, "boosted")
    bar = at_rest().question.bar
    group = next(each for each in told.silent if each.name == "group")
    turned = [
        ((said >= bar) != (found.model >= bar)).mean() for said in found.shuffled[LOANS.names.index("group")]
    ]
    assert group.turned == pytest.approx(np.mean(turned))
    assert group.turned > 0.02
    assert {each.name for each in told.silent} | set(told.named) == set(LOANS.names)
    assert [each.turned for each in told.silent] == sorted((e.turned for e in told.silent), reverse=True)


def test_on_made_loans_the_rules_are_held_against_the_true_rule():
    told = story(at_rest())
    # the true rule: loan, debt, missed, job, group; the copy names loan, debt, missed, district
    assert told.named == ("loan in yearly incomes", "debt payments", "missed payments", "district")
    assert told.invented == ("district",)
    assert told.forgotten == ("time in the job", "group")
    assert rule_in_words(told) == (
        "The rules name “district”, with no part in the true rule. "
        "They leave out “time in the job” and “group”, which the true rule uses."
    )
    assert "(76 to 83 %) of held-out loans" in takeaway(told)
    assert "“group”, which is protected" in takeaway(told)  # before a column that turns more answers
    assert story(Settings(Question(ready_made("cancer")))).invented is None


def test_the_contenders_are_priced_on_the_same_rows():
    told = story(at_rest())
    of = told.of
    assert of["model"].behind.n_moved == 0
    for each in told.contenders:
        assert each.cost - of["model"].cost == pytest.approx(each.behind.mean.value)
    assert of["copy"].cost == told.copy.cost
    assert told.verdict == "tie"
    assert "a tie." in against_truth(told)
    assert story(Settings(Question(ready_made("wine")), "mlp")).verdict == "cheaper"


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("model", UNREADABLE)
def test_the_readable_model_is_judged_as_the_first_scene_does(key, model):
    # one training on few held-out rows may look surer than ten trainings on all rows
    table = ready_made(key)
    told, first = story(Settings(Question(table), model)), board.story(Question(table))
    lost = {row.kind.key: row.cost.value for row in first.rows}
    assert told.over_all.value == pytest.approx(lost["ebm"] - lost[model])
    words = {"tie": "a tie.", "cheaper": "surely less.", "dearer": "surely more."}
    assert against_truth(told).endswith(words[told.verdict])


def test_one_answer_for_all_is_the_larger_side():
    told, found = story(Settings(at_rest().question, depth=1)), studied(LOANS, "boosted")
    held = (found.model >= at_rest().question.bar).mean()
    assert told.one_answer.value == pytest.approx(max(held, 1 - held))
    assert told.copy.same.hits <= told.one_answer.hits  # at this bar both rules hold back
    rest = story(at_rest())
    assert rest.copy.same.hits > rest.one_answer.hits


def test_a_deep_copy_is_cut_where_asked():
    told = story(Settings(at_rest().question, depth=6))
    whole = rules_in_words(told, 6)
    assert sum("risk" in text for _, text in whole) == told.copy.n_rules == 35
    short = rules_in_words(told, 2)
    assert max(indent for indent, _ in short) == 1
    cut = [int(text.split(": ")[1].split()[0]) for _, text in short if "more rule" in text]
    assert sum(cut) + sum("risk" in text for _, text in short) == 35


def test_sides_of_questions_in_words():
    assert side_in_words(Column("missed payments", "in two years", 1), 0.5, True) == (
        "missed payments at most 0 in two years"
    )
    assert side_in_words(Column("loan", "", 0.1), 3.95, False) == "loan above 3.9"
    # 4.0 is 40 steps, though 4.0 / 0.1 may fall a hair below in the machine
    assert side_in_words(Column("loan", "", 0.1), 4.0, True) == "loan at most 4.0"
    assert side_in_words(Column("kind", levels=("a", "b", "c")), 1.5, True) == "kind is a or b"


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("model", UNREADABLE)
def test_every_table_and_model_is_told_in_short_sentences(key, model):
    for depth in (1, 3, 6):
        told = story(Settings(Question(ready_made(key)), model, depth))
        words = takeaway(told)
        assert len(words.split()) <= 50
        assert "because" not in words
        told_words = read([words, sides_in_words(told), against_truth(told), others_in_words(told)])
        long = [one for one in told_words.sentences if len(re.findall(r"[\w’]+", one)) > 25]
        assert long == []


def test_another_depth_or_bar_trains_nothing_again(monkeypatch):
    story(at_rest())
    monkeypatch.setattr(copies_core, "_study", lambda *_: pytest.fail("trained again"))
    strict = Question(LOANS, 1000, 100, 0.5)
    assert story(Settings(strict, "boosted", 5)).copy.same.value > 0.8


def test_a_stopped_run_shows_nothing():
    table = replace(LOANS.without("age"), rows=LOANS.without("age").rows[:400], bad=LOANS.bad[:400])
    assert story(Settings(Question(table)), lambda share: False) is None
    assert story(Settings(Question(table)), lambda share: share < 0.1) is None
    assert story(Settings(Question(table)), lambda share: share < 0.7) is None
    shares = []
    assert story(Settings(Question(table)), lambda share: shares.append(share) or True)
    assert shares == sorted(shares)
    assert shares[-1] <= 1


@pytest.mark.parametrize("wrong", [{"model": "tree"}, {"depth": 0}, {"depth": 7}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"There is no unreadable|A copy asks 1 to 6"):
        Settings(at_rest().question, **wrong)
