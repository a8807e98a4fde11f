"""The good-enough line: what today's process costs a year, what the machine would, and what it must reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dl_core.decide.cases import ASSUMED
from dl_core.decide.rates import Process, Range, Rate, combined
from dl_core.decide.scores import SOURCES, Floats, Truth, scores
from dl_core.running_case import WAGE, case

DAYS_PER_YEAR = 365
MOST_PER_DAY = 100_000_000
MOST_CHECKED = 1_000_000
DEAREST = 1e9  # money
MOST_MORE = 1_000_000  # cases; where more would be needed, the two are called equal
OWN = "own"
MACHINES = {  # key → as a reader picks it; the last is the reader's own
    "photos": "Live classifier, photos",
    "loans": "Readable model, home loans",
    "cancer": "Readable model, tumours",
    "diabetes": "Readable model, diabetes",
    OWN: "Our own pilot",
}
TODAY = ("people", "a rule", "nobody")

RETURNS = case("returns")

Today = Literal["people", "a rule", "nobody"]
Verdict = Literal["good enough", "not yet", "cannot tell"]


@dataclass(frozen=True)
class Settings:
    """The work, what mistakes cost, how today's process did in a check, and which machine is measured.

    Raises
    ------
    ValueError
        If a count, a share or a price cannot be.
    """

    per_day: int = RETURNS.per_day  # cases a day, 1 to 100,000,000
    bad_per_100: float = ASSUMED["returns"].bad_per_100  # bad cases of 100, 0.01 to 99
    miss: float = ASSUMED["returns"].miss  # money for each bad case let through, from 0.01
    false_alarm: float = ASSUMED["returns"].false_alarm  # money for each good case stopped, from 0.01
    minutes: float = ASSUMED["returns"].minutes  # of a person's time for one case, 0 to 480
    wage: float = WAGE  # money for an hour of that person, 0 to a thousand million
    today: Today = "a rule"  # who decides now; only people take minutes
    bad: int = 100  # bad cases in the check of today's process
    missed: int = 80  # how many of them it let through
    good: int = 900  # good cases in the check
    stopped: int = 36  # how many of them it stopped
    machine: str = "photos"  # a key of MACHINES
    own_bad: int = 50  # bad cases in the reader's own test of a machine
    own_missed: int = 10  # how many of them it let through
    own_good: int = 450  # good cases in it
    own_stopped: int = 68  # how many of them it stopped
    per_thousand: float = 1.0  # money for 1,000 answers of the machine; an assumption
    per_year: float = 120_000.0  # money a year to keep the machine running; an assumption

    def __post_init__(self) -> None:
        if not 1 <= self.per_day <= MOST_PER_DAY:
            raise ValueError(f"{self.per_day} cases a day cannot be: give 1 to {MOST_PER_DAY:,}.")
        if not 0.01 <= self.bad_per_100 <= 99:
            raise ValueError(f"{self.bad_per_100} bad cases of 100 cannot be: give 0.01 to 99.")
        for name, price in (("A miss", self.miss), ("A false alarm", self.false_alarm)):
            if not 0.01 <= price <= DEAREST:
                raise ValueError(f"{name} cannot cost {price}: give a price from 0.01.")
        for name, price in (
            ("An hour", self.wage), ("1,000 answers", self.per_thousand), ("A year", self.per_year)
        ):  # fmt: skip
            if not 0 <= price <= DEAREST:
                raise ValueError(f"{name} cannot cost {price}: give 0 or more.")
        if not 0 <= self.minutes <= 480:
            raise ValueError(f"{self.minutes} minutes for a case cannot be: give 0 to 480.")
        for whole, part in (
            (self.bad, self.missed), (self.good, self.stopped),
            (self.own_bad, self.own_missed), (self.own_good, self.own_stopped),
        ):  # fmt: skip
            if not 1 <= whole <= MOST_CHECKED or not 0 <= part <= whole:
                raise ValueError(f"{part} of {whole} cases cannot be: count 1 case or more.")
        if self.today not in TODAY or self.machine not in MACHINES:
            raise ValueError(f"There is no {self.today!r} or {self.machine!r} to choose here.")

    @property
    def bad_share(self) -> float:
        """Share of bad cases in the daily work, 0 to 1."""
        return self.bad_per_100 / 100

    @property
    def per_year_cases(self) -> int:
        """Cases a year."""
        return self.per_day * DAYS_PER_YEAR


PRESETS = {
    "A rule decides today": Settings(),
    "People check each case": Settings(today="people", missed=3, stopped=27),
    "A pilot that catches 80 %": Settings(today="people", missed=3, stopped=27, machine=OWN),
}


@dataclass(frozen=True)
class GoodEnough:
    """Both in money, and the line between them."""

    settings: Settings
    today: Process
    machine: Process
    bar: float | None  # its own probability of "bad" from which it stops a case, among the cases of its test;
    # None in a pilot
    today_cost: Range  # money a year
    machine_cost: Range  # the same
    saving: Range  # money a year that the machine saves, below 0 where it costs more
    needed: float  # share of bad cases to be caught to break even; beyond 0 to 1 where nothing decides it
    allowed: float  # share of good cases that may be stopped, at the misses counted; may be beyond 0 to 1
    more: int | None  # daily cases for both to judge until the range leaves 0; None: too many

    @property
    def verdict(self) -> Verdict:
        """Where the range of the saving lies."""
        low, _, high = self.saving
        if low > 0:
            return "good enough"
        return "not yet" if high < 0 else "cannot tell"

    @property
    def accuracy_needed(self) -> float:
        """Share of right answers in the daily work at the break-even point."""
        share = self.settings.bad_share
        return share * self.needed + (1 - share) * (1 - self.machine.alarm.value)

    @cached_property
    def weights(self) -> tuple[float, float]:
        """Money a year if every bad case were missed, and if every good case were stopped."""
        return _weights(self.settings)

    def saving_at(self, caught: float) -> float:
        """Money saved a year if the machine caught this share of bad cases, ``caught`` 0 to 1."""
        return self.weights[0] * (caught - self.needed)


def bar_of(miss: float, false_alarm: float, here: float, there: float) -> float:
    """The probability from which to stop a case, where the cases measured hold another share of bad ones.

    Parameters
    ----------
    miss, false_alarm
        Money for one, above 0.
    here, there
        Share of bad cases in the daily work and among the cases measured, between 0 and 1.

    Notes
    -----
    With odds ``o`` there, a case has odds ``o · (here's odds) / (there's odds)`` here, and is stopped from
    odds ``false_alarm / miss`` on. This trusts the machine's probabilities, and looks at no answer.

    Examples
    --------
    >>> round(bar_of(250, 5, 0.2, 0.2), 4), round(bar_of(1, 1, 0.01, 0.5), 2)
    (0.0196, 0.99)
    """
    odds = (false_alarm / miss) * (there / (1 - there)) / (here / (1 - here))
    return odds / (1 + odds)


def story(settings: Settings) -> GoodEnough:
    """Price both, find the line, and say how many more cases would settle it.

    Parameters
    ----------
    settings
        The reader's numbers.

    Examples
    --------
    >>> told = story(Settings(machine="own", per_thousand=0, per_year=0, own_missed=40, own_stopped=18))
    >>> told.saving[1], told.verdict  # a machine with the rates of today's rule saves nothing
    (0.0, 'cannot tell')
    """
    today, (machine, bar) = _today(settings), _machine(settings)
    miss, alarm = _weights(settings)
    costs = [combined(_terms(settings, one), _fixed(settings, one)) for one in (today, machine)]
    saving = _saving(settings, today, machine)
    fixed = _fixed(settings, today) - _fixed(settings, machine)
    left = today.miss.value + (alarm * (today.alarm.value - machine.alarm.value) + fixed) / miss
    spare = today.alarm.value + (miss * (today.miss.value - machine.miss.value) + fixed) / alarm
    more = _more(settings, today, machine) if saving[0] <= 0 <= saving[2] else 0
    return GoodEnough(settings, today, machine, bar, costs[0], costs[1], saving, 1 - left, spare, more)


def _weights(settings: Settings) -> tuple[float, float]:
    """Money a year if every bad case were missed, and if every good case were stopped."""
    cases, share = settings.per_year_cases, settings.bad_share
    return cases * share * settings.miss, cases * (1 - share) * settings.false_alarm


def _terms(settings: Settings, one: Process) -> list[tuple[float, Rate]]:
    miss, alarm = _weights(settings)
    return [(miss, one.miss), (alarm, one.alarm)]


def _fixed(settings: Settings, one: Process) -> float:
    """Money a year, mistakes apart."""
    return settings.per_year_cases * one.per_case + one.per_year


def _saving(settings: Settings, today: Process, machine: Process) -> Range:
    against = [(-weight, rate) for weight, rate in _terms(settings, machine)]
    fixed = _fixed(settings, today) - _fixed(settings, machine)
    return combined([*_terms(settings, today), *against], fixed)


def _today(settings: Settings) -> Process:
    if settings.today == "nobody":
        return Process("today", settings.bad, settings.bad, settings.good, 0, 0.0, 0.0, is_sure=True)
    look = settings.minutes / 60 * settings.wage if settings.today == "people" else 0.0
    return Process("today", settings.bad, settings.missed, settings.good, settings.stopped, look, 0.0)


def _machine(settings: Settings) -> tuple[Process, float | None]:
    per_case = settings.per_thousand / 1000
    if settings.machine == OWN:
        counts = (settings.own_bad, settings.own_missed, settings.own_good, settings.own_stopped)
        return Process("machine", *counts, per_case, settings.per_year), None
    truth, probability = measured(settings.machine)
    bar = bar_of(settings.miss, settings.false_alarm, settings.bad_share, float(truth.mean()))
    stopped = probability >= bar
    counts = (
        int(truth.sum()), int((truth & ~stopped).sum()), int((~truth).sum()), int((~truth & stopped).sum())
    )  # fmt: skip
    return Process("machine", *counts, per_case, settings.per_year), bar


def measured(machine: str) -> tuple[Truth, Floats]:
    """The truth about cases that a machine never saw, and how probable it found "bad", ``(n,)`` each.

    Parameters
    ----------
    machine
        A key of MACHINES, but not the reader's own.
    """
    if machine in SOURCES:
        found = scores(machine)
        return found.truth, found.probability
    from dl_core.interpretability.out_of_fold import out_of_fold

    answers = out_of_fold(machine, "ebm")
    return answers.truth, answers.probability


def _more(settings: Settings, today: Process, machine: Process) -> int | None:
    """Cases of the daily work, judged by both, until the range leaves 0 if no share moves."""

    def settles(n: int) -> bool:
        bad = n * settings.bad_share
        low, _, high = _saving(settings, *(_grown(one, bad, n - bad) for one in (today, machine)))
        return low > 0 or high < 0

    if not settles(MOST_MORE):
        return None
    low, high = 0, MOST_MORE
    while high - low > max(1, high // 200):  # nobody needs it closer
        middle = (low + high) // 2
        low, high = (low, middle) if settles(middle) else (middle, high)
    return high


def _grown(one: Process, bad: float, good: float) -> Process:
    """The same shares, counted on so many more bad and good cases."""
    if one.is_sure:
        return one
    more_bad, more_good = one.bad + round(bad), one.good + round(good)
    return Process(
        one.name, more_bad, round(one.missed / one.bad * more_bad),
        more_good, round(one.stopped / one.good * more_good), one.per_case, one.per_year,
    )  # fmt: skip
