"""What every model's mistakes cost at every bar: does the bar move more money, or the model?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.decide.amounts import money
from dl_core.interpretability.board import CASES, costs_of, give_or_take
from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.cross_validation import N_FOLDS, N_REPEATS, Mean, over_folds
from dl_core.interpretability.ledger import Ledger, ledger_of
from dl_core.interpretability.models import KINDS, Kind, check_model
from dl_core.interpretability.onecase_in_words import named
from dl_core.interpretability.question import Question
from dl_core.interpretability.question import at_rest as opening
from dl_core.interpretability.table import Floats, Table
from dl_core.jobs import GoOn
from dl_core.numbers_in_words import percent

USUAL = 0.5  # the bar that tools set
EDGE = (0.001, 0.002, 0.005)  # bars below one in a hundred
BARS: Floats = np.array([0.0, *EDGE, *(n / 100 for n in range(1, 100)), *(1 - e for e in EDGE[::-1]), 1.0])
BARS.setflags(write=False)


@dataclass(frozen=True)
class Settings:
    """The prices and the bar of the page, and whose answers are counted below.

    Raises
    ------
    ValueError
        When there is no such model.
    """

    question: Question
    model: str = "ebm"  # one of `KINDS`

    def __post_init__(self) -> None:
        check_model(self.model)


@dataclass(frozen=True, eq=False)
class Line:
    """One model at every bar."""

    kind: Kind
    costs: Floats  # (n_bars,) dollars in CASES cases at each of `BARS`, over all folds
    at: int  # place of its cheapest bar in `BARS`
    here: Mean  # dollars in CASES cases at the page's bar
    usual: Mean  # ... at a bar of 50 %
    chosen: Mean  # ... at the bar that was the cheapest on the other four fifths, counted on the fifth

    @property
    def bar(self) -> float:
        """Its cheapest bar, 0 to 1."""
        return float(BARS[self.at])

    @property
    def cheapest(self) -> float:
        """Dollars there: a little too low, as the bar was chosen on the same cases."""
        return float(self.costs[self.at])


@dataclass(frozen=True)
class Flow:
    """CASES cases on their way through one model at the page's bar, in whole cases."""

    caught: int  # bad ones held back
    missed: int  # bad ones let through
    alarms: int  # fine ones held back
    passed: int  # fine ones let through

    @property
    def bad(self) -> int:
        """Bad ones of all."""
        return self.caught + self.missed

    @property
    def held(self) -> int:
        """Held back of all."""
        return self.caught + self.alarms


@dataclass(frozen=True, eq=False)
class Priced:
    """All models at all bars."""

    settings: Settings
    lines: tuple[Line, ...]  # in the order of `KINDS`
    by_bar: Mean  # dollars in CASES cases that the chosen model's bar saves: from 50 % to the cheapest
    by_model: Mean  # ... that the best model saves against the worst, each at its cheapest bar
    lead: Mean  # the first less the second, paired fold by fold
    best: Kind
    worst: Kind
    flow: Flow

    @property
    def table(self) -> Table:
        """Whose cases they are."""
        return self.settings.question.table

    @property
    def mine(self) -> Line:
        """The chosen model's line."""
        return next(line for line in self.lines if line.kind.key == self.settings.model)

    @property
    def verdict(self) -> Literal["bar", "model", "tie"]:
        """Which of the two moves more money, if that can be told."""
        return "bar" if self.lead.low > 0 else "model" if self.lead.high < 0 else "tie"


# misses and false alarms of each model, fold and bar, each (n_models, n_folds, n_bars)
_KEPT = OfNumbers[tuple[Floats, Floats]]()


def story(settings: Settings, go_on: GoOn | None = None) -> Priced | None:
    """Price every model's mistakes at every bar, on rows that it never saw.

    Parameters
    ----------
    settings
        The table, the prices, the bar, and the model that is counted.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, there is nothing to show.

    Examples
    --------
    >>> told = story(at_rest())
    >>> told.verdict, told.flow.bad, told.flow.caught + told.flow.missed + told.flow.alarms + told.flow.passed
    ('bar', 180, 1000)
    """
    question = settings.question
    ledger = ledger_of(question.table, go_on)
    if ledger is None:
        return None
    missed, alarms = _KEPT.once(question.table, "all", lambda: ledger.mistakes(BARS))
    lost = missed * question.miss + alarms * question.false_alarm  # dollars, (n_models, n_folds, n_bars)
    each = CASES / ledger.n
    chosen = _chosen(lost, question.bar) * each
    usual = lost[:, :, int(np.searchsorted(BARS, USUAL))] * each
    mistakes = ledger.mistakes(question.bar)
    here = costs_of(ledger, mistakes, question)
    over_all = lost.sum(axis=1) * (CASES / ledger.n.sum())
    lines = tuple(
        Line(
            kind, over_all[at], _cheapest(over_all[at], question.bar), over_folds(here[at]),
            over_folds(usual[at]), over_folds(chosen[at]),
        )
        for at, kind in enumerate(KINDS.values())
    )  # fmt: skip
    mine = list(KINDS).index(settings.model)
    best, worst = (int(end) for end in (chosen.mean(axis=1).argmin(), chosen.mean(axis=1).argmax()))
    by_bar, by_model = usual[mine] - chosen[mine], chosen[worst] - chosen[best]
    flow = _flow(ledger, *(float(of[mine].sum()) for of in mistakes))
    return Priced(
        settings, lines, over_folds(by_bar), over_folds(by_model), over_folds(by_bar - by_model),
        lines[best].kind, lines[worst].kind, flow,
    )  # fmt: skip


def at_rest() -> Settings:
    """With which the page opens."""
    return Settings(opening())


def _cheapest(costs: Floats, near: float) -> int:
    """Place of the cheapest bar; among equals the one nearest to the page's."""
    equals = np.flatnonzero(costs <= costs.min() * (1 + 1e-12))
    return int(equals[np.abs(BARS[equals] - near).argmin()])


def _chosen(lost: Floats, near: float) -> Floats:
    """Dollars lost in each fold at the bar that was the cheapest in the other folds of its deal.

    ``(n_models, n_folds)``: so nobody chooses a bar on the cases that price it.
    """
    order = np.argsort(np.abs(BARS - near), kind="stable")  # among equals the one nearest to the page's bar
    by_deal = lost.reshape(len(lost), N_REPEATS, N_FOLDS, len(BARS))
    others = (by_deal.sum(axis=2, keepdims=True) - by_deal).reshape(lost.shape)[:, :, order]
    places = order[(np.round(others, 6)).argmin(axis=2)]
    found = np.take_along_axis(lost, places[:, :, None], axis=2)[:, :, 0]
    return np.asarray(found, np.float64)


def _flow(ledger: Ledger, missed: float, alarms: float) -> Flow:
    scale = CASES / float(ledger.n.sum())
    bad = round(float(ledger.n_bad.sum()) * scale)
    n_missed = min(round(missed * scale), bad)
    n_alarms = min(round(alarms * scale), CASES - bad)
    return Flow(bad - n_missed, n_missed, n_alarms, CASES - bad - n_alarms)


VERDICTS = {
    "bar": "The bar moves more money than the model",
    "model": "Here the model moves more money than the bar",
    "tie": "Nobody can tell here whether bar or model matters more",
}


def headline(told: Priced) -> str:
    """Which of the two matters more."""
    return VERDICTS[told.verdict]


def takeaway(told: Priced) -> str:
    """What moving the bar saves, against what changing the model saves."""
    name = named(told.settings.model)
    return (
        f"In {CASES:,} {told.table.items}, **moving the bar** of {name} "
        f"from {percent(USUAL)} to its cheapest saves {saved(told.by_bar)}. "
        f"**Changing the model**, from the worst to the best, saves {saved(told.by_model)}."
    )


def saved(by: Mean) -> str:
    """Money saved, give or take; a tie is called one.

    >>> saved(Mean(5000.0, 4000.0, 6000.0)), saved(Mean(-150.0, -780.0, 480.0))
    ('$5,000 ± $1,000', '−$150 ± $630, a tie')
    """
    return give_or_take(by, "${}") + ("" if by.is_sure else ", a tie")


def flow_in_words(told: Priced) -> str:
    """The way of CASES cases through the chosen model at the page's bar, and their price.

    Examples
    --------
    >>> flow_in_words(story(at_rest())).split(". ")[0]
    'Of 1,000 loans, 180 are “not paid back”'
    """
    flow, table, question = told.flow, told.table, told.settings.question
    name, bar = named(told.settings.model), percent(question.bar)
    return (
        f"Of {CASES:,} {table.items}, {flow.bad:,} are “{table.bad_name}”. "
        f"With {name} and a bar of {bar}, {flow.caught:,} of them are held back "
        f"and {flow.missed:,} let through. "
        f"Of the {CASES - flow.bad:,} others, {flow.alarms:,} are held back. "
        f"That costs {money(flow.missed * question.miss + flow.alarms * question.false_alarm)}."
    )


def flow_lines(told: Priced) -> tuple[tuple[str, ...], ...]:
    """The same as rows of words, the head first: what each case was, and what was done."""
    flow, table, question = told.flow, told.table, told.settings.question
    return (
        (f"Of {CASES:,} {table.items}", "held back", "let through", "all", "they cost"),
        (
            table.bad_name, f"{flow.caught:,}", f"{flow.missed:,} missed", f"{flow.bad:,}",
            money(flow.missed * question.miss),
        ),
        (
            table.fine_name, f"{flow.alarms:,} false alarms", f"{flow.passed:,}", f"{CASES - flow.bad:,}",
            money(flow.alarms * question.false_alarm),
        ),
        (
            "all", f"{flow.held:,}", f"{CASES - flow.held:,}", f"{CASES:,}",
            money(flow.missed * question.miss + flow.alarms * question.false_alarm),
        ),
    )  # fmt: skip
