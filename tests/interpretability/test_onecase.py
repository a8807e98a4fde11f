"""The surest wrong case comes first, the steps lead from the start to the answer, and the words fit them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from dl_core.interpretability.explanations import Explanation
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase import N_SHOWN, OneCase, Settings, at_rest, story
from dl_core.interpretability.onecase_in_words import (
    is_tie,
    listed_neighbours,
    moved_in_words,
    named,
    step_in_words,
    takeaway,
    way_in_words,
)
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import TABLES, ready_made

LOANS, WINE, CANCER = (
    Question(ready_made("loans")),
    Question(ready_made("wine")),
    Question(ready_made("cancer")),
)


def told_of(question: Question, model: str = "logistic", which: str = "wrong", number: int = 1) -> OneCase:
    found = story(Settings(question, model, which, number))
    assert found is not None
    return found


def test_the_opening_case_is_the_mistake_that_gives_the_truth_the_least():
    """Counted anew from the model itself: bar 100 / (1,000 + 100) = 1/11."""
    told = story(at_rest())
    table, held = LOANS.table, split(LOANS.table).held_out
    said = fitted(table, "logistic").probability(table.rows[held])
    wrong = (said >= 1 / 11) != table.bad[held]
    given = np.where(table.bad[held], said, 1 - said)
    assert told.settings.question.bar == pytest.approx(1 / 11)
    assert told.case == held[np.flatnonzero(wrong)[given[wrong].argmin()]]
    assert (told.n_wrong, told.n_right) == (wrong.sum(), (~wrong).sum())
    assert told.is_wrong
    assert told.truth
    assert told.money == 1000  # a miss
    assert told.said == pytest.approx(told.explanation.probability)


def test_stepping_through_visits_each_wrong_case_once_and_begins_anew():
    told = [told_of(WINE, "tree", number=n) for n in range(1, 6)]
    assert told[0].n_wrong == 4
    assert len({one.case for one in told[:4]}) == 4
    assert told[4].case == told[0].case
    given = [one.said if one.truth else 1 - one.said for one in told[:4]]
    assert given == sorted(given)
    assert all(one.is_wrong for one in told)


def test_right_cases_begin_with_the_surest():
    told = [told_of(WINE, "logistic", "right", n) for n in (1, 2, 3)]
    given = [one.said if one.truth else 1 - one.said for one in told]
    assert given == sorted(given, reverse=True)
    assert not any(one.is_wrong for one in told)
    assert told[0].money == 0


def test_where_none_is_wrong_the_least_sure_right_case_is_shown():
    told = told_of(WINE, "ebm")
    assert (told.n_wrong, told.is_wrong) == (0, False)
    every = [told_of(WINE, "ebm", "right", n) for n in (1, told.n_right)]
    assert told.case == every[1].case  # the last of the surest


def test_another_bar_makes_other_mistakes():
    never = replace(LOANS, own_bar=1.0)  # nothing reaches it, so every bad case is a miss
    assert told_of(never).n_wrong == int(LOANS.table.bad[split(LOANS.table).held_out].sum())
    always = replace(LOANS, own_bar=0.0)
    told = told_of(always)
    assert not told.truth
    assert told.money == 100  # a false alarm
    assert "false alarm costs $100" in takeaway(told)


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize("question", [LOANS, CANCER], ids=["8 columns", "30 columns"])
def test_the_steps_lead_from_the_start_to_the_answer_without_a_gap(question, model):
    told = told_of(question, model)
    bars = told.bars
    assert bars[0].before == pytest.approx(told.explanation.start)
    assert bars[-1].after == pytest.approx(told.explanation.end)
    assert all(one.after == pytest.approx(other.before) for one, other in pairwise(bars))
    assert len(bars) <= N_SHOWN + 1
    if model != "tree" and question is CANCER:
        assert bars[-1].name == "22 other columns"
        sizes = [abs(one.by) for one in bars[:-1]]
        assert sizes == sorted(sizes, reverse=True)


def test_the_trees_questions_say_what_was_asked_and_heard():
    told = told_of(LOANS, "tree")
    row = LOANS.table.rows[told.case]
    for bar, step in zip(told.bars, told.path, strict=True):
        assert bar.name.endswith("? yes" if row[step.column] <= step.limit else "? no")
        assert f"at most {step.limit:g}?" in bar.name
    assert f"{told.path[-1].n_after:,} training loans" in way_in_words(told)


def test_knn_shows_its_cases_and_its_share_is_their_count():
    told = told_of(CANCER, "knn")
    assert told.nearest.n_bad / 25 == pytest.approx(told.said)
    head, mine, *near = listed_neighbours(told)
    assert head[:3] == ("case", "distance", "turned out")
    assert mine[0] == told.item
    assert len(near) == 3
    assert near[0][0] == f"sample {told.nearest.rows[0] + 1}"
    assert len(listed_neighbours(told, 25)) == 27
    assert listed_neighbours(told_of(CANCER, "tree")) == ()


def test_factors_of_odds_multiply_to_the_change_of_odds():
    """Odds of 12.3 % are 0.140, of 2.06 % are 0.0210: all steps together divide them by 6.65."""
    told = told_of(LOANS)
    odds = lambda share: share / (1 - share)  # noqa: E731
    start = 1 / (1 + math.exp(-told.explanation.start))
    product = math.prod(math.exp(bar.by) for bar in told.bars)
    assert product == pytest.approx(odds(told.said) / odds(start))
    assert 1 / product == pytest.approx(6.65, abs=0.05)
    assert step_in_words(told.bars[0].by, "odds").startswith("odds ÷" if told.bars[0].by < 0 else "odds ×")


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("model", KINDS)
def test_the_sentence_is_short_says_the_numbers_and_claims_no_cause(key, model):
    for which in ("wrong", "right"):
        told = told_of(Question(ready_made(key)), model, which)
        said = takeaway(told)
        assert len(said.split()) <= 48
        assert max(len(part.split()) for part in said.replace("?", ".").split(". ")) <= 25
        assert told.true_name in said
        assert "9.1 %" in said
        assert not {"because", "reason", "caused"} & set(said.lower().split())
        assert max(len(part.split()) for part in way_in_words(told).split(". ")) <= 25


def test_a_lead_within_the_luck_of_the_draw_is_called_a_tie():
    found = Explanation(
        ("a", "b"), np.array([0.2, -0.19]), 0.3, 0.31, "probability", np.array([0.01, 0.01]), False
    )
    assert is_tie(found)  # a lead of 0.01 against 1.96 · √(0.01² + 0.01²) = 0.028
    assert not is_tie(replace(found, contributions=np.array([0.2, -0.15])))
    assert not is_tie(replace(found, error=None, exact=True))
    told = replace(told_of(LOANS, "mlp"), explanation=found)
    assert "luck" in moved_in_words(told)
    alone = replace(found, contributions=np.array([0.2, 0.0]), error=None)
    assert moved_in_words(replace(told, explanation=alone)) == "Only “a” moved the score: up."
    none = replace(found, contributions=np.zeros(2), error=None)
    assert moved_in_words(replace(told, explanation=none)) == "No column moved the score."


def test_it_stops_when_it_is_told_to():
    assert story(at_rest(), lambda share: False) is None
    heard: list[float] = []
    assert story(at_rest(), lambda share: heard.append(share) is None) is not None
    assert heard == sorted(heard)


def test_nonsense_is_refused():
    for settings in ({"model": "oracle"}, {"which": "odd"}, {"number": 0}, {"number": 5001}):
        with pytest.raises(ValueError, match=r"model|wrong|numbered"):
            Settings(LOANS, **settings)


def test_names_of_models_in_a_sentence():
    assert [named(key) for key in KINDS] == [
        "the small tree", "logistic regression", "the EBM", "kNN", "the random forest", "the boosted trees",
        "the neural network",
    ]  # fmt: skip
