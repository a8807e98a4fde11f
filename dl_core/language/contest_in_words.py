"""The contest in sentences: who leads, what it costs, and when attending overtakes."""

from __future__ import annotations

from dl_core.decide.amounts import money, spread
from dl_core.language.contest import SIZES, WAYS, Contest, Measured, Point, WayKey, multiplications
from dl_core.numbers_in_words import bytes_in_words, listed, percent, seconds_in_words, so_many, two_figures

NAMES: dict[WayKey, str] = {
    "count": "counting", "embed": "embedding", "attend": "attending", "blind": "attending without places",
}  # fmt: skip
Rows = tuple[tuple[str, ...], ...]


def named(ways: tuple[WayKey, ...]) -> str:
    """Ways in a row.

    >>> named(("count", "attend"))
    'counting and attending'
    """
    return listed([NAMES[way] for way in ways])


def right(point: Point) -> str:
    """Right answers in percent, to the tenth where all are near one another.

    >>> right(Point("count", 50, (853,), 1000)), right(Point("count", 50, (1000,), 1000))
    ('85.3 %', '100 %')
    """
    return f"{100 * point.share:.1f} %".replace(".0 %", " %")


def right_range(point: Point) -> str:
    """The 95 % range of right answers.

    >>> right_range(Point("count", 50, (853,), 1000))
    '83.0 to 87.4 %'
    """
    low, high = point.range
    return f"{100 * low:.1f} to {100 * high:.1f} %"


def takeaway(told: Contest) -> str:
    """Labels and mistakes as money, who is cheapest, and where attending overtakes counting."""
    if told.settings.task == "order":
        return _order(told)
    bills = sorted((told.bill(way) for way in WAYS), key=lambda bill: bill.mistakes)
    costs = listed([f"{money(bill.mistakes)} with {NAMES[bill.way]}" for bill in bills])
    return (
        f"{so_many(told.settings.n, 'label')} cost {money(bills[0].labels)}. "
        f"A year of wrong drawers then costs about {costs}. {_who(told)} {overtaking(told.measured)}"
    )


def _who(told: Contest) -> str:
    leaders = told.leaders
    if len(leaders) == 1:
        return f"{NAMES[leaders[0]].capitalize()} is cheapest."
    if "count" in leaders:
        return f"{named(leaders).capitalize()} tie, and counting is cheapest to run."
    return f"{named(leaders).capitalize()} tie as cheapest."


def overtaking(measured: Measured) -> str:
    """From which number of labels on attending is better than counting."""
    first = measured.from_then_on("attend", "count")
    if first is None:
        return f"Up to {so_many(SIZES[-1], 'label')}, attending never clearly overtakes counting."
    if first == SIZES[0]:
        return "Attending is ahead of counting at every size we measured."
    return f"Attending overtakes counting at {so_many(first, 'label')}."


def _order(told: Contest) -> str:
    count, embed, attend, blind = (told.at(way) for way in NAMES)
    same = "Counting and embedding" if count.right == embed.right else "Counting"
    return (
        f"Each held-out sentence has a twin of the same words with the other answer. {same} get "
        f"{right(count)}, as a coin does. "
        f"After {so_many(told.n, 'sentence')}, attending gets {right(attend)}; "
        f"without places, {right(blind)}."
    )


def cheapest(told: Contest) -> str:
    """The lowest sum of all that was measured."""
    best = told.cheapest
    tied = [way for way in told.measured.leaders(best.n) if way != best.way]
    tie = f", a tie with {named(tuple(tied))}" if tied else ""
    return (
        f"Of all sizes measured, the lowest sum of labels and a year’s mistakes is {money(best.total)}: "
        f"{NAMES[best.way]} with {so_many(best.n, 'label')}{tie}."
    )


def bill(told: Contest) -> Rows:
    """Each way at the reader's labels: a header, then a row each."""
    rows = [("", "right (95 % range)", "mistakes a year (range)", "training", "keeps", "one answer")]
    speed = dict(told.measured.microseconds)
    for way in WAYS:
        one, cost = told.measured.at(way, told.settings.n), told.bill(way)
        work = two_figures(multiplications(way, told.measured.words))
        rows.append((
            NAMES[way], f"{right(one)} ({right_range(one)})", spread(cost.low, cost.high),
            _short(one.seconds), bytes_in_words(one.n_bytes),
            f"{work}\N{NO-BREAK SPACE}×, {_short(speed[way] / 1e6)}",
        ))  # fmt: skip
    return tuple(rows)


def _short(seconds: float) -> str:
    told = seconds_in_words(seconds)
    for long, unit in (("microseconds", "µs"), ("milliseconds", "ms"), ("seconds", "s")):
        told = told.replace(long, unit)
    return told


def after_the_bill(told: Contest) -> str:
    """What the table rests on, and the lowest sum of all."""
    measured = told.measured
    _, plain, mixed = next(each for each in measured.shuffled if each[0] == "attend")
    a_day = told.settings.per_day * dict(measured.microseconds)["attend"] / 1e6
    return (
        f"{cheapest(told)} The × counts multiplications. "
        f"Times are those of one core, for an answer after {so_many(SIZES[-1], 'label')}; "
        f"the embeddings took {seconds_in_words(measured.vectors)} before. "
        f"A day’s texts take attending {seconds_in_words(a_day)}, once trained. "
        f"With the words of each text shuffled, attending falls from {percent(plain)} to {percent(mixed)}."
    )


def twins(told: Contest) -> str:
    """Two held-out sentences of the same words."""
    one, other = told.measured.twins
    return (
        f"Two of the {told.at('count').n_held_out:,} held-out sentences: “{one}” and “{other}”. "
        "To whom is it done, the customer’s side or the seller’s? These sentences are made up."
    )
