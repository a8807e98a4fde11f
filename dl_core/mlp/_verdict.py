"""What a network's scores mean, by rules that are measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dl_core.mlp._dataset import Task
from dl_core.mlp._remedy import Kind, Remedy, remedy_for
from dl_core.mlp.plan import Plan
from dl_core.numbers_in_words import percent, two_figures

if TYPE_CHECKING:
    from dl_core.mlp.judge import Score

WORSE_THAN_GUESSING = -0.5  # of the guesser's loss on the training pile
NOTHING_LEARNED = 0.02  # of the guesser's loss on the training pile: so little taken away is nothing
WIDE_GAP = 0.05  # of all rows, right in training but not in the test
WIDE_RATIO = 1.5  # test loss to training loss of a regression
CLEARLY_BETTER = 0.85  # the neighbours' error to the network's, for a regression
NO_BETTER = 0.95  # the network's error to the guesser's, for a regression


@dataclass(frozen=True)
class Verdict:
    """What the scores say."""

    kind: Kind
    sentence: str  # what was measured, one or two sentences
    remedy: Remedy


@dataclass(frozen=True)
class Measured:
    """What the rules look at."""

    plan: Plan
    task: Task
    commonest: str  # name of the class that most training rows have; empty for a regression
    unit: str  # of a regression's target
    train: Score
    test: Score
    neighbours: float  # five nearest neighbours on the test pile: share right, or RMSE in the target's unit
    beyond_chance: bool  # unseen rows cost more than learned ones, by over twice the standard error
    still_falling: bool  # the last tenth of the training still lowered the loss noticeably
    diverged: bool

    @property
    def learned(self) -> float:
        """Share of the guesser's loss that training took away on its own rows; 1 is all of it."""
        return 1 - self.train.loss / self.train.guess_loss if self.train.guess_loss else 1.0

    @property
    def is_a_line(self) -> bool:
        """Whether the network can only draw straight borders, however long it trains."""
        return not self.plan.hidden or self.plan.activation == "linear"


def verdict_on(measured: Measured) -> Verdict:
    """The first rule that holds, from the worst to the best.

    1. diverged: a loss or a weight could no longer be calculated, or its own rows cost 1.5 times what
       guessing costs.
    2. stuck: a network that can bend took under 2 % of the guesser's loss away on its own rows.
    3. memorises: unseen rows cost more than chance explains, and at least 5 points fewer of them are right
       (a value: they cost over 1.5 times as much).
    4. underfits: five nearest neighbours do better than the 95 % interval, by at least 5 points (a value:
       than 0.85 times the error), or the loss still falls.
    5. no better than guessing: the interval reaches down to always answering the commonest class (a value:
       the error is over 0.95 times that of always answering the mean).
    6. fits: none of these.
    """
    rules: tuple[tuple[Kind, bool], ...] = (
        ("diverged", measured.diverged or measured.learned < WORSE_THAN_GUESSING),
        ("stuck", not measured.is_a_line and measured.learned < NOTHING_LEARNED),
        ("memorises", measured.beyond_chance and _wide_gap(measured)),
        ("underfits", _neighbours_do_better(measured) or (measured.still_falling and measured.learned < 0.9)),
        ("no better than guessing", _no_better(measured)),
    )
    kind: Kind = next((name for name, holds in rules if holds), "fits")
    return Verdict(kind, _SENTENCES[kind](measured), remedy_for(kind, measured.plan, measured.still_falling))


def _wide_gap(m: Measured) -> bool:
    if m.train.right is None or m.test.right is None:
        return m.test.loss > WIDE_RATIO * m.train.loss
    seen, unseen = m.train.right.value, m.test.right
    return seen > unseen.high and seen - unseen.value >= WIDE_GAP


def _neighbours_do_better(m: Measured) -> bool:
    if m.test.rmse is not None:
        return m.neighbours < CLEARLY_BETTER * m.test.rmse
    if m.test.right is None:
        return False
    return m.neighbours > m.test.right.high and m.neighbours - m.test.right.value >= WIDE_GAP


def _no_better(m: Measured) -> bool:
    if m.test.rmse is not None and m.test.guess_rmse is not None:
        return m.test.rmse > NO_BETTER * m.test.guess_rmse
    return (
        m.test.right is not None and m.test.guess_right is not None and m.test.right.low <= m.test.guess_right
    )


def _diverged(m: Measured) -> str:
    if m.diverged:
        return "The loss grew until it could no longer be calculated. The steps are too large."
    times = two_figures(1 - m.learned)
    return f"Its own rows cost {times} times what guessing costs. The steps are too large."


def _stuck(m: Measured) -> str:
    return f"After {m.plan.n_epochs:,} epochs the loss on its own rows is still what guessing costs."


def _memorises(m: Measured) -> str:
    if m.test.right is None or m.train.right is None:
        seen, unseen = _error(m, m.train.rmse), _error(m, m.test.rmse)
        return f"It is off by {seen} on the rows it learned from, but by {unseen} on rows it never saw."
    seen, unseen = percent(m.train.right.value), percent(m.test.right.value)
    return f"It gets {seen} of the rows it learned from right, but {unseen} of those it never saw."


def _underfits(m: Measured) -> str:
    if not _neighbours_do_better(m):
        return "The loss was still falling at the end. The network has not learned all it can."
    if m.test.right is None:
        there, here = _error(m, m.neighbours), _error(m, m.test.rmse)
        return f"Five nearest neighbours are off by {there}, this network by {here}. There is more to learn."
    there, here = percent(m.neighbours), percent(m.test.right.value)
    return f"Five nearest neighbours get {there} right, this network {here}. There is more to learn."


def _guessing(m: Measured) -> str:
    if m.test.right is None or m.test.guess_right is None:
        there, here = _error(m, m.test.guess_rmse), _error(m, m.test.rmse)
        return f"Always answering the mean is off by {there}, this network by {here}."
    there, here = percent(m.test.guess_right), percent(m.test.right.value)
    return f"Always answering “{m.commonest}” gets {there} of the test rows right; {here} could be luck."


def _fits(m: Measured) -> str:
    if m.test.right is None or m.train.right is None:
        unseen, seen = _error(m, m.test.rmse), _error(m, m.train.rmse)
        return f"It is off by {unseen} on rows it never saw, and by {seen} on those it learned from."
    unseen, seen = percent(m.test.right.value), percent(m.train.right.value)
    return f"It gets {unseen} of the rows it never saw right, and {seen} of those it learned from."


def _error(m: Measured, error: float | None) -> str:
    return f"{two_figures(error or 0.0)} {m.unit}".strip()


_SENTENCES = {
    "diverged": _diverged,
    "stuck": _stuck,
    "memorises": _memorises,
    "underfits": _underfits,
    "no better than guessing": _guessing,
    "fits": _fits,
}
