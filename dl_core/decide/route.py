"""Build, fine-tune or buy: what each costs in three years, when it helps, and where the choice turns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from dl_core.running_case import CASES
from dl_core.transfer.cifar_features import KINDS, load_runs
from dl_core.transfer.enough import Settings as Labels
from dl_core.vision.card import read_card

_LABEL = Labels()  # as "Transfer learning" assumes it

YEARS = 3
MONTHS, DAYS = 12 * YEARS, 365 * YEARS
WEEKS_PER_MONTH = 52 / 12
CLOSE = 0.2  # totals that differ by no more than this share are called about equal: assumptions are rough
NAMES = ("buy", "fine-tune", "build")
LIMITS = {  # smallest and largest that a reader may say
    "per_day": (1, 1_000_000_000),
    "person_month": (0.0, 1e6),
    "engineers": (0.1, 1000.0),
    "buy_months": (0.0, 10_000.0),
    "tune_months": (0.0, 10_000.0),
    "build_months": (0.0, 10_000.0),
    "buy_team": (0.0, 1000.0),
    "tune_team": (0.0, 1000.0),
    "build_team": (0.0, 1000.0),
    "buy_labels": (0, 1_000_000_000),
    "tune_labels": (0, 1_000_000_000),
    "build_labels": (0, 1_000_000_000),
    "label_price": (0.0, 1000.0),
    "label_seconds": (0.0, 3600.0),
    "label_hours": (1.0, 100_000.0),
    "buy_thousand": (0.0, 1e6),
    "server_month": (0.0, 1e7),
    "core_hour": (0.0, 1e6),
    "milliseconds": (0.0, 1e6),
    "busy": (1, 100),
}

Name = Literal["buy", "fine-tune", "build"]


@dataclass(frozen=True)
class Settings:
    """What is assumed. Only `milliseconds` was measured: one answer of this page's own network, on one core.

    Raises
    ------
    ValueError
        If a number cannot be.
    """

    per_day: int = CASES[0].per_day  # answers
    may_leave: bool = True  # the data may go to another company; else nothing can be bought
    buy_thousand: float = 1.5  # money for 1,000 answers that are bought
    person_month: float = 12_000.0  # money for one person for one month
    buy_months: float = 3.0  # people-months to connect what is bought
    tune_months: float = 6.0  # people-months to fine-tune a ready network
    build_months: float = 24.0  # people-months to build one's own from scratch
    buy_team: float = 0.1  # people who keep it running
    tune_team: float = 0.5  # the same
    build_team: float = 1.0  # the same
    buy_labels: int = 1000  # examples to be labelled, here only to test what is bought
    tune_labels: int = 5000  # the same, to learn from and to test
    build_labels: int = 50_000  # the same
    label_price: float = 2 * _LABEL.price_per_label  # money for one label, which two people give
    label_seconds: float = 2 * _LABEL.seconds_per_label  # that both of them take
    label_hours: float = 40.0  # hours a week that all who label have together
    engineers: float = 2.0  # people who work on it at once
    server_month: float = 150.0  # money a month for the smallest own server, busy or not
    core_hour: float = 0.05  # money for one core for one hour
    busy: int = 20  # percent of that hour in which answers come
    milliseconds: float = read_card().milliseconds  # processor time of one answer on one core

    def __post_init__(self) -> None:
        for name, (least, most) in LIMITS.items():
            if not least <= getattr(self, name) <= most:
                said = name.replace("_", " ")
                raise ValueError(f"{said} cannot be {getattr(self, name)}: give {least:g} to {most:,.0f}.")

    @property
    def answers(self) -> int:
        """Answers in three years."""
        return self.per_day * DAYS

    @property
    def own_answer(self) -> float:
        """Money for one answer of an own network."""
        hours = self.milliseconds / 1000 / 3600
        return hours * self.core_hour * 100 / self.busy


PRESETS = {
    "Small start": Settings(per_day=CASES[0].per_day // 10),
    "Millions of calls": Settings(per_day=CASES[0].per_day * 300),
    "Secret data": Settings(may_leave=False),
}


@dataclass(frozen=True)
class Route:
    """One way to get there; money of three years."""

    name: Name
    work: float  # for the people who make it
    labels: float  # for labelling examples
    running: float  # for the people who keep it running
    servers: float  # for own servers, however many answers come
    per_answer: float  # for each answer
    answers: int  # in three years
    months: float  # until it first helps: labelling first, then work
    is_open: bool  # whether it is allowed at all

    @property
    def fixed(self) -> float:
        """What it costs if nobody asks anything."""
        return self.work + self.labels + self.running + self.servers

    @property
    def total(self) -> float:
        """All of it, at the reader's volume."""
        return self.cost_of(self.answers)

    def cost_of(self, answers: float) -> float:
        """Money of three years for so many ``answers`` in them, 0 or more."""
        return self.fixed + self.per_answer * answers


@dataclass(frozen=True)
class Choice:
    """The three ways side by side."""

    settings: Settings
    routes: tuple[Route, Route, Route]  # in the order of NAMES

    @property
    def ranked(self) -> tuple[Route, ...]:
        """Those that are allowed, the cheapest first."""
        return tuple(sorted((one for one in self.routes if one.is_open), key=lambda one: one.total))

    @property
    def cheapest(self) -> Route:
        """The cheapest that is allowed."""
        return self.ranked[0]

    @property
    def is_close(self) -> bool:
        """Whether the two cheapest cost about the same, as rough as assumptions are."""
        first, second = self.ranked[:2]
        return second.total <= first.total * (1 + CLOSE)

    @property
    def own(self) -> Route:
        """The cheaper of the two that stay in the house."""
        return min(self.routes[1:], key=lambda one: one.total)

    @property
    def crossing(self) -> float:
        """Answers a day from which buying is dearer than the cheaper own way; 0: always, inf: never."""
        return min(crossing_of(self.routes[0], one) for one in self.routes[1:])

    @property
    def price_of_secrecy(self) -> float:
        """Money of three years that the own way costs more than buying; below 0 it costs less."""
        return self.own.total - self.routes[0].total

    @property
    def fair_price(self) -> float:
        """Money for 1,000 bought answers at which buying costs as much as the own way."""
        return 1000 * (self.own.total - self.routes[0].fixed) / self.settings.answers


def crossing_of(one: Route, other: Route) -> float:
    """Answers a day from which the ``one`` is dearer than the ``other``; 0: from the first on, inf: never.

    Notes
    -----
    Two straight lines meet at (difference of what is fixed) / (difference of what an answer costs).

    Examples
    --------
    >>> bought = Route("buy", 0, 0, 0, 1000, 0.002, 0, 1, True)
    >>> own = Route("build", 0, 0, 0, 12_950, 0.001, 0, 9, True)
    >>> round(crossing_of(bought, own), 1)  # 11,950 / 0.001 answers in 1,095 days
    10913.2
    """
    more_at_once, less_each = other.fixed - one.fixed, one.per_answer - other.per_answer
    if more_at_once <= 0 and less_each >= 0:
        return 0.0
    return more_at_once / less_each / DAYS if less_each > 0 else math.inf


def story(settings: Settings) -> Choice:
    """The bill of each way.

    Parameters
    ----------
    settings
        What the reader assumes.

    Examples
    --------
    >>> told = story(Settings())
    >>> [one.name for one in told.ranked], round(told.routes[0].total)
    (['buy', 'fine-tune', 'build'], 95725)
    """
    own = settings.own_answer
    return Choice(
        settings,
        (
            _route(settings, "buy", settings.buy_thousand / 1000, has_server=False),
            _route(settings, "fine-tune", own, has_server=True),
            _route(settings, "build", own, has_server=True),
        ),
    )


def _route(settings: Settings, name: Name, per_answer: float, *, has_server: bool) -> Route:
    months, team, labels = {
        "buy": (settings.buy_months, settings.buy_team, settings.buy_labels),
        "fine-tune": (settings.tune_months, settings.tune_team, settings.tune_labels),
        "build": (settings.build_months, settings.build_team, settings.build_labels),
    }[name]
    weeks = labels * settings.label_seconds / 3600 / settings.label_hours
    return Route(
        name,
        work=months * settings.person_month,
        labels=labels * settings.label_price,
        running=MONTHS * team * settings.person_month,
        servers=MONTHS * settings.server_month if has_server else 0.0,
        per_answer=per_answer,
        answers=settings.answers,
        months=weeks / WEEKS_PER_MONTH + months / settings.engineers,
        is_open=settings.may_leave or name != "buy",
    )


def fewer_labels() -> tuple[int, int, int]:
    """What our own photos say: so many a class from scratch; fine-tuned, too few and enough for as much.

    Examples
    --------
    >>> scratch, too_few, enough = fewer_labels()
    >>> too_few < enough < scratch
    True
    """
    scores: dict[tuple[str, int], list[float]] = {}
    for run in load_runs():
        scores.setdefault((run.kind, run.n_per_class), []).append(run.score.value)
    means = {key: sum(found) / len(found) for key, found in scores.items()}
    scratch, tuned = KINDS
    most = max(n for kind, n in means if kind == scratch)
    sizes = sorted(n for kind, n in means if kind == tuned)
    enough = next(n for n in sizes if means[tuned, n] >= means[scratch, most])
    return most, max(n for n in sizes if n < enough), enough
