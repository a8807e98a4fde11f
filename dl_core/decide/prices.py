"""The reader's case in numbers: volume, prices, people, and the bars that prices alone ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dl_core.decide.cases import ASSUMED
from dl_core.decide.scores import SOURCES, Floats
from dl_core.running_case import CASES, WAGE

DAYS = 365  # a year
# bars in percent that a reader can choose and the search tries: fine near both ends, where odds change fast
_LOWER = (
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0,
    10.0, 12.0, 14.0, 16.0, 18.0, 20.0, 22.0, 25.0, 30.0, 35.0, 40.0, 45.0,
)  # fmt: skip
BARS = (0.0, *_LOWER, 50.0, *(round(100 - bar, 1) for bar in reversed(_LOWER)), 100.0)
SHARES: Floats = np.array(BARS) / 100
FEW = 20  # measured cases below which nothing is said of a difference: no resample deals what it never saw
MIDDLE = (0.025, 0.975)  # a range that holds 95 in 100 resamples
LIMITS = {  # smallest and largest that a reader may say
    "per_day": (1, 100_000_000),
    "bad_per_100": (0.01, 90.0),
    "miss": (0.01, 1e6),
    "false_alarm": (0.01, 1e6),
    "minutes": (0.01, 600.0),
    "wage": (0.0, 1000.0),
    "reviewer_right": (50, 100),
}
_CALLED = {
    "per_day": "Cases a day", "bad_per_100": "Bad cases of 100", "miss": "A miss’s cost",
    "false_alarm": "A false alarm’s cost", "minutes": "Minutes a review", "wage": "The hourly wage",
    "reviewer_right": "The share of right reviews",
}  # fmt: skip
_FIRST = ASSUMED[CASES[0].key]


@dataclass(frozen=True)
class Settings:
    """The reader's case in numbers, and two bars on the probability that a case is bad.

    Raises
    ------
    ValueError
        If a number cannot be, or the lower bar lies above the upper one.
    """

    source: str = SOURCES[0]  # whose measured scores stand in for the reader's model
    per_day: int = CASES[0].per_day  # cases
    bad_per_100: float = _FIRST.bad_per_100  # base rate: bad cases of 100
    miss: float = _FIRST.miss  # money for each bad case that is let pass
    false_alarm: float = _FIRST.false_alarm  # money for each good case that is stopped
    minutes: float = _FIRST.minutes  # a person's look at one case
    wage: float = WAGE  # money for an hour of that person
    reviewer_right: int = 97  # percent of a person's answers that are right, on bad and good cases alike
    low: float = 10.0  # percent: below it the machine says fine
    high: float = 50.0  # percent: from it on the machine stops the case; between the two a person looks

    def __post_init__(self) -> None:
        if self.source not in SOURCES:
            raise ValueError(f"There are no scores named {self.source!r}: choose {' or '.join(SOURCES)}.")
        for name, (least, most) in LIMITS.items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(
                    f"{_CALLED[name]} cannot be {getattr(self, name)}: give {least} to {most:,}."
                )
        if not 0 <= self.low <= self.high <= 100:
            raise ValueError(
                f"Bars of {self.low} % and {self.high} % cannot be: give 0 to 100, the lower one first."
            )

    @property
    def base_rate(self) -> float:
        """Share of bad cases, 0 to 1."""
        return self.bad_per_100 / 100

    @property
    def per_year(self) -> int:
        """Cases a year."""
        return self.per_day * DAYS

    @property
    def look(self) -> float:
        """Money for a person's look at one case."""
        return self.minutes / 60 * self.wage

    @property
    def reviewer_wrong(self) -> float:
        """Share of a person's answers that are wrong, 0 to 1."""
        return 1 - self.reviewer_right / 100


def looked_at(settings: Settings) -> Settings:
    """What the later scenes see of these settings: all but the two bars."""
    return replace(settings, low=0.0, high=100.0)


def two_bars(settings: Settings) -> tuple[float, float]:
    """The bars, 0 to 1, that prices alone ask for, if probabilities are right.

    Notes
    -----
    At a probability p of "bad", saying fine risks p · miss and stopping risks (1 - p) · false alarm. A look
    costs its price, and where the person is wrong (share e) the mistake as well. The lower bar is where the
    first and the last cost the same, the upper bar where the second and the last do. Where looks are so dear
    that the two would cross, nobody should look, and both are false alarm / (false alarm + miss).

    Source: C. K. Chow, "On optimum recognition error and reject tradeoff" (1970), for people who never err.

    Examples
    --------
    >>> free = Settings(miss=100.0, false_alarm=10.0, minutes=6.0, wage=10.0, reviewer_right=100)
    >>> [round(bar, 3) for bar in two_bars(free)]  # a look costs 1: 1 / 100 and 1 - 1 / 10
    [0.01, 0.9]
    """
    miss, alarm, look, wrong = settings.miss, settings.false_alarm, settings.look, settings.reviewer_wrong
    right = 1 - wrong
    low = (look + wrong * alarm) / (right * miss + wrong * alarm)
    high = (right * alarm - look) / (right * alarm + wrong * miss)
    if low < high:
        return low, high
    return (one_bar(miss, alarm),) * 2


def one_bar(miss: float, false_alarm: float) -> float:
    """The one bar, 0 to 1, that two costs ask for where nobody looks, if probabilities are right.

    Parameters
    ----------
    miss, false_alarm
        Money for one, above 0.

    Notes
    -----
    Saying fine risks p · miss, stopping (1 - p) · false alarm; they are equal at this p.

    Source: C. Elkan, "The foundations of cost-sensitive learning", IJCAI (2001), with right answers free.

    Examples
    --------
    >>> [round(one_bar(*pair), 2) for pair in ((1, 1), (250, 5), (1, 10))]
    [0.5, 0.02, 0.91]
    """
    return false_alarm / (false_alarm + miss)
