"""A rule and four ways to learn on the same rows: who is how often wrong, what is a tie, what a rule gains.

The four learned once (`dl_core.offline.gate`): each row was answered by a model that never saw it. The rule
is asked about the same rows now. Ties are found by pairs: McNemar's exact test on rows where two differ.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from dl_core.intervals import Share, share_of
from dl_core.numbers_in_words import bytes_in_words, seconds_in_words
from dl_core.start.rules import DIGIT, Condition, Data, Rule, Truth, asked, in_words, says_yes

Way = Literal["always", "rule", "linear", "knn", "boosted", "network"]
Verdict = Literal["best", "tie", "worse"]

ASSET = Path(__file__).parents[2] / "assets" / "start_gate.json"
WAYS: tuple[Way, ...] = ("linear", "knn", "boosted", "network")  # that learn, the plainest first
NAMES: dict[Way, str] = {
    "always": "Always “no”",
    "rule": "Your rule",
    "linear": "Linear",
    "knn": "kNN",
    "boosted": "Boosted trees",
    "network": "Small network",
}
IN_A_SENTENCE: dict[Way, str] = {
    "always": "always “no”",
    "rule": "your rule",
    "linear": "the linear model",
    "knn": "kNN",
    "boosted": "boosted trees",
    "network": "the small network",
}
DOUBT = 0.05  # a lead that chance alone makes more often than this is a tie
FEW = 100  # weights that a patient person can still read
DRAWS = 2_000  # of the rows, for the range of the gain


@dataclass(frozen=True, eq=False)
class Entrant:
    """One way to answer, and what it costs."""

    way: Way
    right: Truth  # (n,) whether each held-out row was answered rightly
    wrong: Share  # of the rows
    verdict: Verdict  # against the way with the fewest mistakes
    train_seconds: float | None  # processor seconds of one training; None where nothing learns
    answer_seconds: float | None  # for one answer, where many are asked for at once; None for no work
    bytes: int  # that an answer needs
    parts: int  # that a person would have to read: conditions, weights, splits, similar rows
    luck: tuple[int, int]  # fewest and most mistakes over five deals of the rows; the same twice for a rule

    @property
    def of_thousand(self) -> int:
        """Mistakes in 1,000, rounded."""
        return round(1000 * self.wrong.value)

    @property
    def reads(self) -> str:
        """Whether a person can read how it comes to an answer.

        >>> [one.reads for one in side(Rule("pictures", Condition("holes", True, 1.0))).entrants[1:4]]
        ['Yes: one line', 'In part: 650 weights, added up', 'In part: 5 similar rows']
        """
        if self.way in ("always", "rule"):
            return "Yes: one line"
        if self.way == "linear":
            return f"{'Yes' if self.parts <= FEW else 'In part'}: {self.parts:,} weights, added up"
        if self.way == "knn":
            return f"In part: {self.parts} similar rows"
        return f"No: {self.parts:,} {'splits' if self.way == 'boosted' else 'weights'}"

    @property
    def costs(self) -> tuple[str, str, str]:
        """Training, one answer, size: in words."""
        train = "none" if self.train_seconds is None else seconds_in_words(self.train_seconds)
        answer = "none" if self.answer_seconds is None else _blink(self.answer_seconds)
        return train, answer, bytes_in_words(self.bytes)


def _blink(seconds: float) -> str:
    """Shorter than a clock on a shared machine can be trusted with is told as a limit.

    >>> _blink(2e-9), _blink(2e-6)
    ('under 0.01 microseconds', '2.0 microseconds')
    """
    return "under 0.01 microseconds" if seconds < 1e-8 else seconds_in_words(seconds)


@dataclass(frozen=True)
class Gain:
    """How much of what learning gains over "always no" the rule gives: 1 is all; below 0 it does harm."""

    value: float  # the share itself
    low: float  # lower end of its 95 % range, from draws of the rows
    high: float  # and the upper one


@dataclass(frozen=True, eq=False)
class Side:
    """All ways on the same rows."""

    rule: Rule
    entrants: tuple[Entrant, ...]  # always, the rule, then WAYS
    gain: Gain

    def of(self, way: Way) -> Entrant:
        """The one that answers so."""
        return next(one for one in self.entrants if one.way == way)

    @property
    def n(self) -> int:
        """Rows or pictures."""
        return len(self.of("rule").right)

    @property
    def best(self) -> Entrant:
        """The fewest mistakes."""
        return next(one for one in self.entrants if one.verdict == "best")

    @property
    def best_learned(self) -> Entrant:
        """The fewest mistakes of the ways that learn."""
        return min((self.of(way) for way in WAYS), key=lambda one: one.wrong.hits)

    @property
    def plainest(self) -> Entrant:
        """The plainest of those that nobody clearly beats."""
        return next(one for one in self.entrants if one.verdict != "worse")

    @property
    def missed(self) -> tuple[int, ...]:
        """Places of rows where yes is right, the rule says no, and the best way to learn says yes."""
        truth = asked(self.rule.data).truth
        found = truth & ~self.of("rule").right & self.best_learned.right
        return tuple(int(place) for place in np.flatnonzero(found))

    @property
    def saved(self) -> int:
        """Mistakes in 1,000 that the best way to learn saves against the rule; below 0 it makes more."""
        return round(1000 * (self.of("rule").wrong.value - self.best_learned.wrong.value))


@cache
def load_run() -> dict[str, Any]:
    """The committed run, as `dl_core.offline.gate` wrote it.

    >>> load_run()["folds"], sorted(load_run()["table"]["ways"])
    (5, ['boosted', 'knn', 'linear', 'network'])
    """
    told: dict[str, Any] = json.loads(ASSET.read_text(encoding="utf-8"))
    return told


@cache
def _learned(data: Data, way: Way) -> Truth:
    """(n,): whether that way was right on each row."""
    answers = np.array([int(one) for one in load_run()[data]["ways"][way]["answers"]])
    right: Truth = (answers == (DIGIT if data == "pictures" else 1)) == asked(data).truth
    right.setflags(write=False)
    return right


def chance(one: Truth, other: Truth) -> float:
    """How often fair coins would part two at least as far on rows where only one is right, 0 to 1.

    McNemar's exact test, as in `dl_core.transfer.paired` where every picture stands alone.

    Parameters
    ----------
    one, other
        ``(n,)`` whether each row was answered rightly.

    Examples
    --------
    >>> nine_to_one = np.arange(10) < 9
    >>> chance(nine_to_one, ~nine_to_one)  # 2 · (1 + 10) / 2¹⁰
    0.021484375

    Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
    percentages", Psychometrika 12 (1947).
    """
    ahead, behind = int((one & ~other).sum()), int((other & ~one).sum())
    n, fewer = ahead + behind, min(ahead, behind)
    tail = sum(math.comb(n, k) for k in range(fewer + 1))
    return float(min(1.0, 2 * tail / 2**n))


@lru_cache(maxsize=256)
def side(rule: Rule) -> Side:
    """Ask the rule about every row, and set it beside the four that learned.

    Examples
    --------
    >>> side(Rule("table", Condition("perimeter", True, 110.0))).plainest.way
    'linear'
    """
    truth = asked(rule.data).truth
    right: dict[Way, Truth] = {
        "always": ~truth,
        "rule": says_yes(rule) == truth,
        **{way: _learned(rule.data, way) for way in WAYS},
    }
    best = max(("rule", *WAYS), key=lambda way: int(right[way].sum()))
    entrants = tuple(_entrant(rule, way, right[way], right[best], way == best) for way in NAMES)
    learned = max(WAYS, key=lambda way: int(right[way].sum()))
    at_rest, span = _kept(rule.data)
    known = span if rule == at_rest else None
    return Side(rule, entrants, gain(right["always"], right["rule"], right[learned], known))


def _entrant(rule: Rule, way: Way, right: Truth, best: Truth, is_best: bool) -> Entrant:
    n, wrong = len(right), int((~right).sum())
    tied: Verdict = "tie" if chance(right, best) >= DOUBT else "worse"
    verdict = "best" if is_best else tied
    run = load_run()[rule.data]
    if way in WAYS:
        told = run["ways"][way]
        deals = told["wrong_in_each_deal"]
        costs = told["train_seconds"], told["answer_seconds"], told["bytes"], told["parts"]
        luck = min(deals), max(deals)
    else:
        written, luck = in_words(rule) if way == "rule" else "no", (wrong, wrong)
        answer = run["rule_answer_seconds"] if way == "rule" else None
        costs = None, answer, len(written.encode()), len(rule.conditions) if way == "rule" else 0
    return Entrant(way, right, share_of(wrong, n), verdict, *costs, luck)


@cache
def _kept(data: Data) -> tuple[Rule, tuple[float, float]]:
    """The rule that stands there at first, and the range of its gain: the first screen draws no rows."""
    told = load_run()["at_rest"][data]
    return Rule(data, Condition(*told["rule"])), tuple(told["gain"])


def gain(always: Truth, rule: Truth, learned: Truth, known: tuple[float, float] | None = None) -> Gain:
    """The rule's part of what learning gains over one answer for all.

    Parameters
    ----------
    always, rule, learned
        ``(n,)`` whether each row was answered rightly; ``learned`` has more right than ``always``.
    known
        Lower and upper end of its 95 % range, where these were worked out before; else from 2,000 draws.

    Raises
    ------
    ValueError
        Where learning gains nothing, so that there is nothing to share.

    Examples
    --------
    >>> rows = np.arange(10)
    >>> round(gain(rows < 5, rows < 8, rows < 9).value, 2)  # (8 - 5) / (9 - 5)
    0.75
    """
    first, mine, theirs = (int(one.sum()) for one in (always, rule, learned))
    if theirs <= first:
        raise ValueError("Learning gains nothing over one answer for all, so a rule has no part of it.")
    low, high = known or _drawn(always, rule, learned)
    return Gain((mine - first) / (theirs - first), low, high)


def _drawn(always: Truth, rule: Truth, learned: Truth) -> tuple[float, float]:
    """Between which gains 95 % of the draws of the rows lie."""
    cells = np.bincount(always * 4 + rule * 2 + learned * 1, minlength=8)
    drawn = np.random.default_rng(0).multinomial(len(always), cells / len(always), DRAWS)
    own = drawn @ [0, 0, 1, 1, -1, -1, 0, 0]  # rule right less always right, for each of the eight cells
    full = drawn @ [0, 1, 0, 1, -1, 0, -1, 0]
    low, high = (float(end) for end in np.quantile(own / np.maximum(full, 1), [0.025, 0.975]))
    return low, high
