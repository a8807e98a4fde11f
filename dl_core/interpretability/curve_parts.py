"""An EBM as curves that numpy adds up; one of them edited on a copy, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.board import CASES
from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.cross_validation import Mean
from dl_core.interpretability.fitted import fitted, split
from dl_core.interpretability.loans import people, rule_is_known, true_probability, true_terms
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Floats, Table
from dl_core.intervals import Z_95
from dl_core.kept import Kept

Edit = Literal["keep", "flat", "up", "down"]
EDITS: tuple[Edit, ...] = ("keep", "flat", "up", "down")
Places = NDArray[np.int64]

N_FRESH, FRESH_SEED = 20_000, 77  # loans made anew by the true rule, to price an edit that few cases cannot


@dataclass(frozen=True, eq=False)
class Parts:
    """An EBM as a sum that numpy can add: it holds no table, and nobody changes it."""

    start: float  # score where no column is told (a logarithm of odds)
    cuts: tuple[Floats, ...]  # of each column (m,): values at which its curve steps, rising
    heights: tuple[Floats, ...]  # ... (m + 1,) what each step adds to the score
    spreads: tuple[Floats, ...]  # ... (m + 1,) standard deviation of that between the four trainings
    weights: tuple[Floats, ...]  # ... (m + 1,) training cases on each step
    places: Places  # (n, d) on which step of each column each held-out case stands
    score: Floats  # (n,) of the held-out cases


@dataclass(frozen=True, eq=False)
class Fresh:
    """Loans made anew by the true rule."""

    places: Places  # (N_FRESH, d) on which step of each column each of them stands
    score: Floats  # (N_FRESH,) by the model as it learned
    risk: Floats  # (N_FRESH,) by the true rule, 0 to 1


_PARTS = OfNumbers[Parts]()
_FRESH = Kept[Table, Fresh]()


def parts_of(table: Table) -> Parts:
    """The parts of the EBM that all scenes share, taken once; the first time it is trained.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    """

    def make() -> Parts:
        model = fitted(table, "ebm").inner
        order = [term for term, _ in sorted(enumerate(model.term_features_), key=lambda one: one[1])]
        # the first and the last height are for missing and unknown values, which a table never has
        heights, spreads, weights = (
            tuple(_own(of[term][1:-1]) for term in order)
            for of in (model.term_scores_, model.standard_deviations_, model.bin_weights_)
        )
        cuts = tuple(_own(each[0]) for each in model.bins_)
        places = _places(table.rows[split(table).held_out], cuts)
        start = float(model.intercept_[0])
        return Parts(start, cuts, heights, spreads, weights, places, _score(start, heights, places))

    return _PARTS.once(table, "ebm", make)


def _own(values: Any) -> Floats:
    copied = np.array(values, np.float64)
    copied.setflags(write=False)
    return copied


def _places(rows: Floats, cuts: tuple[Floats, ...]) -> Places:
    return np.column_stack([np.digitize(rows[:, at], each) for at, each in enumerate(cuts)])


def _score(start: float, heights: tuple[Floats, ...], places: Places) -> Floats:
    score = np.full(len(places), start)
    for at, height in enumerate(heights):
        score += height[places[:, at]]
    return score


def fresh_of(table: Table, parts: Parts) -> Fresh | None:
    """`N_FRESH` loans made anew and scored, once; None where no true rule is known."""

    def make() -> Fresh:
        rows = people(N_FRESH, FRESH_SEED)
        places = _places(rows, parts.cuts)
        return Fresh(places, _score(parts.start, parts.heights, places), true_probability(rows))

    return _FRESH.once(table, "fresh", make) if rule_is_known(table) else None


def probability(score: Floats) -> Floats:
    """Of the bad case, ``(n,)``, 0 to 1.

    Parameters
    ----------
    score
        ``(n,)`` logarithms of odds.
    """
    return np.asarray(1 / (1 + np.exp(-score)))


def edited(height: Floats, weight: Floats, edit: Edit, first: int = 0, last: int | None = None) -> Floats:
    """A copy of a curve, ``(m,)``, with one edit made. Its mean over the training cases stays as it was.

    Parameters
    ----------
    height
        ``(m,)`` what each step adds to the score.
    weight
        ``(m,)`` training cases on each step, 0 or more.
    edit
        Flat, only upwards, only downwards, or as it is.
    first, last
        Of the steps that are made flat, counted from 0; None for the last of all.

    Notes
    -----
    Only upwards: of all rising curves the one that lies nearest to the learned one, counted by cases
    (isotonic regression).

    Examples
    --------
    >>> learned, cases = np.array([0.0, 3.0, 1.0]), np.array([2.0, 1.0, 1.0])
    >>> [edited(learned, cases, way).tolist() for way in ("flat", "up", "down")]
    [[1.0, 1.0, 1.0], [0.0, 2.0, 2.0], [1.0, 1.0, 1.0]]
    """
    made = height.copy()
    if edit == "flat":
        part = slice(first, len(height) if last is None else last + 1)
        made[part] = np.average(height[part], weights=np.maximum(weight[part], 1e-9))
    elif edit != "keep":
        from sklearn.isotonic import IsotonicRegression

        way = IsotonicRegression(increasing=edit == "up")
        made = way.fit_transform(np.arange(len(height)), height, sample_weight=np.maximum(weight, 1e-9))
    return np.asarray(made, np.float64)


def on_fresh(fresh: Fresh, by: Floats, question: Question) -> Mean:
    """Dollars that an edit costs in CASES fresh loans; each counts with its true risk, so without luck.

    Parameters
    ----------
    fresh
        From `fresh_of`.
    by
        ``(N_FRESH,)`` how far the edit moves each one's score.
    question
        The prices and the bar.
    """
    before = probability(fresh.score) >= question.bar
    after = probability(fresh.score + by) >= question.bar
    gain = (1 - fresh.risk) * question.false_alarm - fresh.risk * question.miss  # of holding one back
    more = CASES * gain * (after.astype(np.float64) - before)
    value, half = float(more.mean()), Z_95 * float(more.std()) / float(np.sqrt(len(more)))
    return Mean(value, value - half, value + half)


def true_curve(table: Table, at: int, cuts: Floats) -> Floats | None:
    """The true rule's own curve, ``(m + 1,)``: its mean on each step, less its mean over the training cases.

    Parameters
    ----------
    table
        Where no true rule is known, there is no curve.
    at
        Place of the column, from 0.
    cuts
        ``(m,)`` values at which the curve steps, rising.
    """
    if not rule_is_known(table):
        return None
    rows = table.rows[split(table).train]
    true, place = true_terms(rows)[:, at], np.digitize(rows[:, at], cuts)
    n = np.bincount(place, minlength=len(cuts) + 1)
    total = np.bincount(place, true, minlength=len(cuts) + 1)
    return np.asarray(total / np.maximum(n, 1) - true.mean())
