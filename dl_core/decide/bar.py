"""One bar from two costs: what the formula asks for, and which bar was cheapest on measured scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.decide import prices
from dl_core.decide.amounts import money, price, spread
from dl_core.decide.lanes import range_of
from dl_core.decide.prices import DAYS, FEW, LIMITS, MIDDLE, SHARES, one_bar
from dl_core.decide.scores import SOURCES, AtRate, Floats, Scores, at_rate, scores
from dl_core.numbers_in_words import percent, so_many

USUAL = 0.5
SURE = {"too timid": 1 / 1.5, "as measured": 1.0, "too sure": 1.5}  # powers of the model's odds
NEAR = 2.0  # odds within this factor of the bar's lie near it
_FIRST = prices.Settings()


@dataclass(frozen=True)
class Settings:
    """Two costs, and whose cases they are for.

    Raises
    ------
    ValueError
        If a number cannot be.
    """

    miss: float = _FIRST.miss  # money for each bad case that is let pass
    false_alarm: float = _FIRST.false_alarm  # money for each good case that is stopped
    source: str = _FIRST.source  # whose measured scores
    bad_per_100: float = _FIRST.bad_per_100  # base rate: bad cases of 100
    per_day: int = _FIRST.per_day  # cases
    sure: str = "as measured"  # one of SURE: what if the model spoke more, or less, surely than it did

    def __post_init__(self) -> None:
        if self.source not in SOURCES:
            raise ValueError(f"There are no scores named {self.source!r}: choose {' or '.join(SOURCES)}.")
        if self.sure not in SURE:
            raise ValueError(f"A model cannot be {self.sure!r}: choose {', '.join(SURE)}.")
        for name in ("miss", "false_alarm", "bad_per_100", "per_day"):
            least, most = LIMITS[name]
            if not least <= getattr(self, name) <= most:
                raise ValueError(f"{getattr(self, name)} cannot be: give {least} to {most:,}.")

    @property
    def base_rate(self) -> float:
        """Share of bad cases, 0 to 1."""
        return self.bad_per_100 / 100


PRESETS = {  # a miss's cost, a false alarm's
    "Equal costs": (100.0, 100.0),
    "A miss is dear": (250.0, 5.0),
    "A false alarm is dear": (10.0, 100.0),
}


@dataclass(frozen=True)
class Near:
    """The cases whose probability lies near the formula's bar: what the model said, and what came true."""

    n: int  # of them in the sample
    said: float  # average probability, 0 to 1, weighted to the base rate
    true: float  # share that was bad, 0 to 1, weighted alike; nan where there are none
    among: tuple[float, float]  # 95 in 100 resamples put that share between these

    @property
    def verdict(self) -> str:
        """Whether the model said too much there: "right", "too high", "too low" or "nobody knows"."""
        low, high = self.among
        if self.n < FEW or high - low > self.said:  # a range wider than the number itself
            return "nobody knows"
        if low <= self.said <= high:
            return "right"
        return "too high" if self.said > high else "too low"


@dataclass(frozen=True)
class Bar:
    """The formula's bar and the counted one."""

    settings: Settings
    formula: float  # 0 to 1
    costs: Floats  # (n,) money a year with one bar at each of BARS
    best: float  # the cheapest of BARS, 0 to 1
    among: tuple[float, float]  # the cheapest bar lies here, 0 to 1: see `dl_core.decide.lanes.range_of`
    at_formula: float  # money a year at the formula's bar
    at_best: float  # at the cheapest
    at_usual: float  # at 0.5
    extra: tuple[float, float, float]  # money a year that the formula's bar costs more: least, counted, most
    extra_usual: tuple[float, float, float]  # the same for a bar of 0.5
    apart: tuple[int, int]  # measured cases between the cheapest bar and the formula's, and 0.5
    near: Near

    @property
    def scores(self) -> Scores:
        """The measured answers behind it."""
        return scores(self.settings.source)

    @property
    def is_tied(self) -> bool:
        """Whether chance in the scores hides that the counted bar is cheaper than the formula's."""
        return self.extra[0] <= 0 or self.apart[0] < FEW

    @property
    def usual_is_tied(self) -> bool:
        """Whether chance hides that the counted bar is cheaper than 0.5."""
        return self.extra_usual[0] <= 0 or self.apart[1] < FEW


def from_lanes(above: prices.Settings, sure: str = "as measured") -> Settings:
    """The costs, base rate and volume of the opening scene.

    Parameters
    ----------
    above
        Of the opening scene.
    sure
        One of SURE.

    Examples
    --------
    >>> from_lanes(prices.Settings(miss=250.0, false_alarm=5.0)).miss
    250.0
    """
    return Settings(above.miss, above.false_alarm, above.source, above.bad_per_100, above.per_day, sure)


def as_said(bars: Floats, power: float) -> Floats:
    """The measured probabilities at which a model with other odds would say ``bars``.

    Parameters
    ----------
    bars
        ``(k,)`` probabilities, 0 to 1, of the model that is too sure or too timid.
    power
        That its odds are the measured odds to the power of; above 0.

    Examples
    --------
    >>> as_said(np.array([0.0, 0.2, 0.5, 1.0]), 2.0).round(3).tolist()  # odds 1 : 4 come from 1 : 2
    [0.0, 0.333, 0.5, 1.0]
    """
    yes, no = bars ** (1 / power), (1 - bars) ** (1 / power)
    return np.asarray(yes / (yes + no))


def story(settings: Settings) -> Bar:
    """Price one bar at every place, with no person looking, and compare the formula's with the cheapest.

    Parameters
    ----------
    settings
        The two costs and the cases.

    Examples
    --------
    >>> told = story(Settings(250.0, 5.0))
    >>> round(told.formula, 4), told.among[0] <= told.best <= told.among[1]
    (0.0196, True)
    """
    at, year = at_rate(settings.source, settings.base_rate), settings.per_day * DAYS
    wanted = one_bar(settings.miss, settings.false_alarm)
    bars = as_said(np.array([*SHARES, wanted, USUAL]), SURE[settings.sure])
    costs = _cost(settings, *at.below(bars)) * year
    by_chance = _cost(settings, *at.below_by_chance(bars)) * year
    n = len(SHARES)
    best = int(_cheapest(costs[None, :n], wanted)[0])
    places = _cheapest(by_chance[:, :n], wanted)
    low, high = range_of(at, places, best, bars[:n])
    below = np.add(*at.places(bars))
    extra, extra_usual = (_extra(costs, by_chance, place, best) for place in (n, n + 1))
    return Bar(
        settings,
        wanted,
        costs[:n],
        float(SHARES[best]),
        among=(low / 100, high / 100),
        at_formula=float(costs[n]),
        at_best=float(costs[best]),
        at_usual=float(costs[n + 1]),
        extra=extra,
        extra_usual=extra_usual,
        apart=(abs(int(below[n] - below[best])), abs(int(below[n + 1] - below[best]))),
        near=_near(at, wanted, SURE[settings.sure]),
    )


def _cost(settings: Settings, bad: Floats, good: Floats) -> Floats:
    """Money per case: bad cases below the bar are missed, good ones from it on are stopped."""
    return np.asarray(
        settings.base_rate * settings.miss * bad
        + (1 - settings.base_rate) * settings.false_alarm * (1 - good)
    )


def _cheapest(costs: Floats, wanted: float) -> Floats:
    """For each row the place of the cheapest bar; among equals the nearest to the formula's."""
    equal = costs <= costs.min(axis=1, keepdims=True) * (1 + 1e-12)
    return np.asarray(np.where(equal, np.abs(SHARES - wanted), np.inf).argmin(axis=1))


def _extra(costs: Floats, by_chance: Floats, place: int, best: int) -> tuple[float, float, float]:
    least, most = np.quantile(by_chance[:, place] - by_chance[:, best], MIDDLE)
    return float(least), float(costs[place] - costs[best]), float(most)


def _near(at: AtRate, wanted: float, power: float) -> Near:
    """What was said and what came true where the model's odds are within a factor of the bar's."""
    odds = wanted / (1 - wanted)
    ends = as_said(np.array([each / (1 + each) for each in (odds / NEAR, odds * NEAR)]), power)
    bad, good = at.places(ends)
    n = int(bad[1] - bad[0] + good[1] - good[0])
    if n == 0:
        return Near(0, float("nan"), float("nan"), (0.0, 1.0))
    rate = at.base_rate
    each_bad, each_good = rate / len(at.bad), (1 - rate) / len(at.good)
    sums = [
        (weight * _said(side[place[0] : place[1]], power).sum(), weight * (place[1] - place[0]))
        for weight, side, place in ((each_bad, at.bad, bad), (each_good, at.good, good))
    ]
    whole = sums[0][1] + sums[1][1]
    drawn = [np.diff(shares, axis=1)[:, 0] for shares in at.below_by_chance(ends)]
    among = rate * drawn[0], (1 - rate) * drawn[1]
    shares = among[0] / np.maximum(among[0] + among[1], 1e-300)
    low, high = np.quantile(shares, MIDDLE)
    return Near(
        n, float((sums[0][0] + sums[1][0]) / whole), float(sums[0][1] / whole), (float(low), float(high))
    )


def _said(measured: Floats, power: float) -> Floats:
    yes, no = measured**power, (1 - measured) ** power
    return np.asarray(yes / (yes + no))


def takeaway(told: Bar) -> str:
    """The live sentences: the formula's bar, the counted one with its range, and what the usual 50 % costs.

    Examples
    --------
    >>> takeaway(story(Settings(250.0, 5.0))).partition(".")[0]
    'A miss costs $250 and a false alarm $5: act from 2 % on'
    """
    miss, alarm = price(told.settings.miss), price(told.settings.false_alarm)
    start = f"A miss costs {miss} and a false alarm {alarm}: act from {in_words(told.formula)} on."
    counted = f"the cheapest bar is {in_words(told.best)} ({range_in_words(told)})."
    return f"{start} Counted on {told.scores.n:,} cases, {counted} {usual_sentence(told)}"


def usual_sentence(told: Bar) -> str:
    """What a bar of 50 % would cost.

    Examples
    --------
    >>> usual_sentence(story(Settings(100.0, 100.0)))
    'A bar of 50 % is about as cheap.'
    """
    if told.usual_is_tied:
        return "A bar of 50 % is about as cheap."
    least, counted, most = told.extra_usual
    return f"A bar of 50 % costs {money(counted)} a year more ({spread(least, most)})."


def in_words(bar: float) -> str:
    """A bar, 0 to 1, in percent with at most two figures below 10.

    >>> in_words(5 / 255), in_words(0.5), in_words(0.909), in_words(0.002), in_words(1.0)
    ('2 %', '50 %', '91 %', '0.2 %', '100 %')
    """
    if 0.1 <= bar <= 0.99 or bar in (0, 1):
        return f"{round(100 * bar)} %"
    return f"{float(f'{100 * bar:.2g}'):g} %" if bar < 0.1 else percent(bar)


def range_in_words(told: Bar) -> str:
    """Where chance in the scores leaves the cheapest bar.

    Examples
    --------
    >>> range_in_words(story(Settings(250.0, 5.0)))[:6]
    'range '
    """
    low, high = (in_words(bar) for bar in told.among)
    return f"{low} in every draw" if low == high else f"range {low.removesuffix(' %')} to {high}"


def why(told: Bar) -> str:
    """Why the two bars differ, or do not: what the model says near the bar, and what came true.

    Examples
    --------
    >>> why(story(Settings(250.0, 5.0))).partition(",")[0]
    'Near that bar the model says 2.2 %'
    """
    near = told.near
    if near.verdict == "nobody knows":
        cases = "No measured case lies" if near.n == 0 else f"Only {so_many(near.n, 'measured case')} lie"
        return f"{cases} near that bar. So nobody can say whether the model is right there."
    said, true, low, high = (f"{100 * value:.1f}" for value in (near.said, near.true, *near.among))
    came = f"Near that bar the model says {said} %, and {true} % came true ({low} to {high} %)."
    if near.verdict == "right":
        cases = f"as far as {near.n:,} cases can tell"
        return f"{came} So it is calibrated there, {cases}, and the formula holds."
    if told.is_tied:
        return f"{came} It speaks {near.verdict}, but too little to make another bar clearly cheaper."
    return f"{came} It speaks {near.verdict}, so the formula’s bar is off: count, or calibrate first."
