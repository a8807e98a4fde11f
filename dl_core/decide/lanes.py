"""Two bars make three lanes: the machine passes, a person looks, the machine stops; and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dl_core.decide.amounts import HOURS_OF_ONE
from dl_core.decide.prices import BARS, FEW, MIDDLE, SHARES, Settings, looked_at
from dl_core.decide.scores import AtRate, Floats, Scores, at_rate, scores


@dataclass(frozen=True)
class Lane:
    """Where some of the cases go, in a year."""

    cases: float  # all of them
    bad: float  # the bad ones among them

    @property
    def good(self) -> float:
        """The good ones among them."""
        return self.cases - self.bad


@dataclass(frozen=True)
class Bill:
    """Money a year."""

    misses: float  # for bad cases that were let pass, by machine or person
    false_alarms: float  # for good cases that were stopped, by machine or person
    people: float  # for people's time

    @property
    def total(self) -> float:
        """All three together."""
        return self.misses + self.false_alarms + self.people


@dataclass(frozen=True)
class Outcome:
    """What two bars do in a year."""

    low: float  # percent
    high: float  # percent
    passed: Lane  # the machine says fine
    reviewed: Lane  # a person looks
    stopped: Lane  # the machine stops them
    bill: Bill
    among: tuple[float, float]  # 95 in 100 resamples of the scores put the bill's total between these
    hours: float  # that people look, a year
    hours_among: tuple[float, float]  # 95 in 100 resamples put the hours between these
    measured: tuple[int, int, int]  # cases of the sample in each lane, on which all this rests

    @property
    def full_time(self) -> float:
        """Full-time people for that, at `HOURS_OF_ONE` a year."""
        return self.hours / HOURS_OF_ONE


@dataclass(frozen=True)
class Lanes:
    """The reader's two bars, the cheapest two, and the ways without a machine."""

    settings: Settings
    yours: Outcome
    cheapest: Outcome  # of all pairs of BARS
    people: Bill  # a person looks at every case
    nothing: Bill  # every case is said to be fine
    alone: tuple[float, float]  # the cheapest single bar, percent, where nobody looks, and its money a year
    low_among: tuple[float, float]  # the cheapest lower bar is one of these, percent: see `range_of`
    high_among: tuple[float, float]  # the same for the upper one
    saving: tuple[float, float, float]  # money a year from your bars to the cheapest: least, counted, most
    apart: int  # measured cases that lie in another lane with the cheapest bars than with yours
    flattery: float  # money a year by which bars chosen on a sample look cheaper on it than on new cases
    moved_low: Floats  # (n,) money a year with the lower bar at each of BARS; nan above the upper bar
    moved_high: Floats  # (n,) with the upper bar at each of BARS; nan below the lower bar

    @property
    def scores(self) -> Scores:
        """The measured answers behind it."""
        return scores(self.settings.source)

    @property
    def is_tied(self) -> bool:
        """Whether chance, or too few cases, hide which is cheaper, your bars or the cheapest."""
        return self.saving[0] <= 0 or self.apart < FEW

    @property
    def without(self) -> Bill:
        """The cheaper way without a machine."""
        return min(self.nothing, self.people, key=lambda bill: bill.total)

    @property
    def gain(self) -> tuple[float, float, float]:
        """Money a year that your bars save against `without`: least, counted, most."""
        least, most = (self.without.total - end for end in self.yours.among[::-1])
        return least, self.without.total - self.yours.bill.total, most

    @property
    def is_measured(self) -> bool:
        """Whether that gain, or loss, is more than chance in the scores could make."""
        least, _, most = self.gain
        nothing = 1e-9 * self.without.total
        return least > nothing or most < -nothing


@dataclass(frozen=True)
class _Priced:
    """All that does not hang on the reader's two bars; per case, not a year."""

    at: AtRate
    low_part: Floats  # (n,) per case: lower bar at each of BARS
    high_part: Floats  # (n,) upper bar; a pair costs low_part[i] + high_part[j], i <= j
    low: int  # place of the cheapest lower bar in BARS
    high: int  # and of the upper one
    low_among: tuple[float, float]  # percent
    high_among: tuple[float, float]  # percent
    by_chance: Floats  # (resamples,) money per case at the cheapest bars
    flattery: float  # money per case


def _parts(settings: Settings, bad: Floats, good: Floats) -> tuple[Floats, Floats]:
    """Money per case that hangs on the lower bar, and on the upper one; their sum is the cost of a pair."""
    rate, wrong = settings.base_rate, settings.reviewer_wrong
    let_pass = rate * settings.miss * bad
    looked_at = rate * (settings.look + wrong * settings.miss) * bad
    looked_at = looked_at + (1 - rate) * (settings.look + wrong * settings.false_alarm) * good
    stopped = (1 - rate) * settings.false_alarm * (1 - good)
    return let_pass - looked_at, looked_at + stopped


def _cheapest(low_part: Floats, high_part: Floats) -> tuple[Floats, Floats]:
    """For each row the places of the cheapest pair; among equals the one that sends most cases to people."""
    pairs = np.minimum.accumulate(low_part, axis=1) + high_part
    last = pairs.shape[1] - 1
    high = last - pairs[:, ::-1].argmin(axis=1)
    allowed = np.arange(last + 1) <= high[:, None]
    return np.where(allowed, low_part, np.inf).argmin(axis=1), high


@lru_cache(maxsize=256)
def _priced(settings: Settings) -> _Priced:
    at = at_rate(settings.source, settings.base_rate)
    low_part, high_part = _parts(settings, *at.below(SHARES))
    low, high = (int(place[0]) for place in _cheapest(low_part[None], high_part[None]))
    lows, highs = _parts(settings, *at.below_by_chance(SHARES))
    low_at, high_at = _cheapest(lows, highs)
    each = np.arange(len(lows))
    flattery = low_part[low_at] + high_part[high_at] - lows[each, low_at] - highs[each, high_at]
    return _Priced(
        at, low_part, high_part, low, high, range_of(at, low_at, low), range_of(at, high_at, high),
        by_chance=lows[:, low] + highs[:, high], flattery=max(0.0, float(flattery.mean())),
    )  # fmt: skip


def range_of(at: AtRate, drawn: Floats, counted: int, bars: Floats = SHARES) -> tuple[float, float]:
    """The range of a cheapest bar, in percent.

    Parameters
    ----------
    at
        The scores.
    drawn
        ``(resamples,)`` its place in BARS in each resample; 95 in 100 of them lie in the range.
    counted
        Its place on the sample itself; so does this, and so do bars with fewer than `FEW` cases in between.
    bars
        ``(n,)`` where BARS lie among the measured probabilities, 0 to 1.
    """
    least, most = (int(place) for place in np.quantile(drawn, MIDDLE, method="nearest"))
    below = np.add(*at.places(bars))
    close = np.flatnonzero(np.abs(below - below[counted]) < FEW)
    return BARS[min(least, int(close[0]))], BARS[max(most, int(close[-1]))]


def story(settings: Settings) -> Lanes:
    """What the reader's bars do in a year, and which two bars would be cheapest.

    Parameters
    ----------
    settings
        The reader's case and bars.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.cheapest.bill.total < told.yours.bill.total < told.people.total < told.nothing.total
    True
    """
    priced = _priced(looked_at(settings))
    year = settings.per_year
    bars = np.array([settings.low, settings.high]) / 100
    low_part, high_part = _parts(settings, *priced.at.below(bars))
    lows, highs = _parts(settings, *priced.at.below_by_chance(bars))
    yours_by_chance = lows[:, 0] + highs[:, 1]
    least, most = np.quantile(yours_by_chance - priced.by_chance, MIDDLE) * year
    counted = low_part[0] + high_part[1] - priced.low_part[priced.low] - priced.high_part[priced.high]
    bars_at = np.array(BARS)
    one = priced.low_part + priced.high_part  # both bars at one place
    both = np.array([*bars, SHARES[priced.low], SHARES[priced.high]])
    lower, upper, cheap_lower, cheap_upper = (int(place) for place in np.add(*priced.at.places(both)))
    return Lanes(
        settings,
        _outcome(settings, priced.at, settings.low, settings.high, yours_by_chance),
        _outcome(settings, priced.at, BARS[priced.low], BARS[priced.high], priced.by_chance),
        people=_bill(settings, Lane(0, 0), Lane(year, year * settings.base_rate), Lane(0, 0)),
        nothing=_bill(settings, Lane(year, year * settings.base_rate), Lane(0, 0), Lane(0, 0)),
        alone=(BARS[int(one.argmin())], float(one.min()) * year),
        low_among=priced.low_among,
        high_among=priced.high_among,
        saving=(float(least), float(counted * year), float(most)),
        apart=abs(lower - cheap_lower) + abs(upper - cheap_upper),
        flattery=priced.flattery * year,
        moved_low=np.where(bars_at <= settings.high, (priced.low_part + high_part[1]) * year, np.nan),
        moved_high=np.where(bars_at >= settings.low, (low_part[0] + priced.high_part) * year, np.nan),
    )


def _outcome(settings: Settings, at: AtRate, low: float, high: float, by_chance: Floats) -> Outcome:
    rate, year = settings.base_rate, settings.per_year
    bars = np.array([low, high]) / 100
    bad, good = (share * part * year for share, part in zip(at.below(bars), (rate, 1 - rate), strict=True))
    passed = Lane(float(bad[0] + good[0]), float(bad[0]))
    reviewed = Lane(float(bad[1] - bad[0] + good[1] - good[0]), float(bad[1] - bad[0]))
    above = [
        (1 - share[1]) * part * year for share, part in zip(at.below(bars), (rate, 1 - rate), strict=True)
    ]
    stopped = Lane(float(above[0] + above[1]), float(above[0]))
    drawn_bad, drawn_good = at.below_by_chance(bars)
    seen = rate * np.diff(drawn_bad, axis=1)[:, 0] + (1 - rate) * np.diff(drawn_good, axis=1)[:, 0]
    hours = settings.minutes / 60
    return Outcome(
        low,
        high,
        passed,
        reviewed,
        stopped,
        _bill(settings, passed, reviewed, stopped),
        among=_middle(by_chance * year),
        hours=reviewed.cases * hours,
        hours_among=_middle(seen * year * hours),
        measured=_in_sample(at, bars),
    )


def _in_sample(at: AtRate, bars: Floats) -> tuple[int, int, int]:
    bad, good = at.places(bars)
    low, high = (int(a + b) for a, b in zip(bad, good, strict=True))
    return low, high - low, at.scores.n - high


def _middle(values: Floats) -> tuple[float, float]:
    least, most = np.quantile(values, MIDDLE)
    return float(least), float(most)


def _bill(settings: Settings, passed: Lane, reviewed: Lane, stopped: Lane) -> Bill:
    wrong = settings.reviewer_wrong
    return Bill(
        misses=(passed.bad + wrong * reviewed.bad) * settings.miss,
        false_alarms=(stopped.good + wrong * reviewed.good) * settings.false_alarm,
        people=reviewed.cases * settings.look,
    )
