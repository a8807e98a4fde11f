"""What the good-enough line says: the money, what must be reached, and what to do."""

from __future__ import annotations

from dl_core.decide.amounts import many, money, spread
from dl_core.decide.line import MACHINES, OWN, GoodEnough
from dl_core.decide.prices import one_bar
from dl_core.decide.rates import Process, Rate
from dl_core.numbers_in_words import percent, so_many

WHO = {"people": "people", "a rule": "your rule", "nobody": "no check at all"}


def whole(share: float) -> str:
    """A share in whole percents, as a meeting says it.

    >>> whole(0.276), whole(0.0), whole(0.9963), whole(0.004)
    ('28 %', '0 %', 'over 99 %', 'under 1 %')
    """
    if 0 < share < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


def ranged(rate: Rate) -> str:
    """A share with its range.

    >>> ranged(Rate(0.8, 0.67, 0.888)), ranged(Rate(0.002, 0.001, 0.003))
    ('80 % (67 to 89 %)', 'under 1 %')
    """
    said, low, high = map(whole, (rate.value, rate.low, rate.high))
    return said if low == said == high else f"{said} ({low.removesuffix(' %')} to {high})"


def saving_sentence(told: GoodEnough) -> str:
    """The money between both, with its range.

    Examples
    --------
    >>> from dl_core.decide.line import Settings, story
    >>> saving_sentence(story(Settings(machine="own", own_missed=5, own_stopped=5)))
    'Against your rule the machine saves about $8.8 million a year (range $7.1 to $9.9 million).'
    """
    low, middle, high = told.saving
    who = WHO[told.settings.today]
    if told.verdict == "cannot tell":
        return f"Against {who} the machine may cost {money(-low)} more a year, or save {money(high)}."
    if middle > 0:
        return f"Against {who} the machine saves about {money(middle)} a year (range {spread(low, high)})."
    return (
        f"Against {who} the machine costs about {money(-middle)} more a year (range {spread(-high, -low)})."
    )


def needed_sentence(told: GoodEnough) -> str:
    """What the machine must catch to break even, and what it does catch.

    Examples
    --------
    >>> from dl_core.decide.line import Settings, story
    >>> needed_sentence(story(Settings(machine="own", own_stopped=5)))
    'To break even it must catch 14 % of bad cases; it catches 80 %.'
    """
    caught = whole(told.machine.caught.value)
    if told.needed <= 0:
        return "It would be cheaper than today even if it caught nothing."
    if told.needed > 1:
        if told.allowed < 0:
            return "Even with no false alarm at all, what it misses and its upkeep cost too much."
        stopped, most = whole(told.machine.alarm.value), whole(told.allowed)
        return f"Even catching all would not pay: it stops {stopped} of good cases, and {most} is the most."
    return f"To break even it must catch {whole(told.needed)} of bad cases; it catches {caught}."


def advice(told: GoodEnough) -> str:
    """The decision.

    Examples
    --------
    >>> from dl_core.decide.line import Settings, story
    >>> advice(story(Settings()))
    'Good enough.'
    """
    if told.verdict == "good enough":
        return "Good enough."
    if told.verdict == "not yet":
        return "Not yet."
    if told.more is None:
        return "Call it a tie: a million more cases would hardly part them."
    bad = max(1, round(told.more * told.settings.bad_share))
    more = many(told.more).removesuffix(".0")
    return f"Measure at least {more} more cases first, about {bad:,} of them bad."


def takeaway(told: GoodEnough) -> str:
    """Three sentences: the money, the line, the decision."""
    return f"{saving_sentence(told)} {needed_sentence(told)} {advice(told)}"


def measured_sentence(told: GoodEnough) -> str:
    """On how many cases each was measured, and from which score the machine stops a case.

    Examples
    --------
    >>> from dl_core.decide.line import Settings, story
    >>> measured_sentence(story(Settings(machine="own"))).startswith("Today was checked on 1,000 cases")
    True
    """
    one, other = told.today, told.machine
    today = (
        "Nobody checks today, so every bad case is missed."
        if one.is_sure
        else f"Today was checked on {one.bad + one.good:,} cases."
    )
    where = "in your pilot" if told.settings.machine == OWN else f"({MACHINES[told.settings.machine]})"
    asked = one_bar(told.settings.miss, told.settings.false_alarm)
    bar = "" if told.bar is None else f" Your two prices ask it to stop a case from {percent(asked)} on."
    nothing = "" if one.is_sure else f" No check at all would cost {money(told.weights[0])} a year."
    return f"{today} The machine was counted on {other.bad + other.good:,} cases {where}.{bar}{nothing}"


def bill(told: GoodEnough) -> tuple[tuple[str, str, str], ...]:
    """Both yearly bills, row by row: what for, today, machine. The first row names the columns.

    Examples
    --------
    >>> from dl_core.decide.line import Settings, story
    >>> [row[0] for row in bill(story(Settings()))]
    ['A year', 'Misses', 'False alarms', 'Handling', 'Together', 'Range']
    """
    miss, alarm = told.weights

    def column(one: Process, cost: tuple[float, float, float]) -> tuple[str, ...]:
        handling = told.settings.per_year_cases * one.per_case + one.per_year
        parts = (miss * one.miss.value, alarm * one.alarm.value, handling, cost[1])
        return (*map(money, parts), spread(cost[0], cost[2]))

    names = ("Misses", "False alarms", "Handling", "Together", "Range")
    columns = column(told.today, told.today_cost), column(told.machine, told.machine_cost)
    return (("A year", "Today", "Machine"), *zip(names, *columns, strict=True))


def counts_in_words(one: Process) -> str:
    """What was counted of today's process or the machine.

    >>> counts_in_words(Process("today", 100, 1, 900, 18, 0.0, 0.0))
    '1 miss among 100 bad cases, 18 false alarms among 900 good ones'
    """
    misses = f"{one.missed:,} miss{'' if one.missed == 1 else 'es'}"
    alarms = so_many(one.stopped, "false alarm")
    return f"{misses} among {one.bad:,} bad cases, {alarms} among {one.good:,} good ones"
