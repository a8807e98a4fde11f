"""Words of three scenes of "Decide": the good-enough line, the three ways to get there, the checklist."""

from __future__ import annotations

from dl_core.decide.amounts import money, spread
from dl_core.decide.lanes import Lanes
from dl_core.decide.line import GoodEnough
from dl_core.decide.line_in_words import WHO, counts_in_words, ranged, whole
from dl_core.decide.ready import NUMBERS, Ready
from dl_core.decide.route import Choice, Settings
from dl_core.decide.route_in_words import answer_in_words, doing, months_in_words, so_many_a_day
from dl_core.numbers_in_words import so_many

ASSUMED = "Both are assumptions: put in your own."
PILOT = "A pilot that catches 80 %"


# --- the good-enough line ---


def line_headline(told: GoodEnough) -> str:
    """Which of both the money speaks for."""
    if told.verdict == "good enough":
        return "In money, the machine beats what you do today"
    if told.verdict == "not yet":
        return "In money, what you do today still wins"
    return "Measure more before you replace what you do today"


LINE_LEAD = (
    "Nobody needs a perfect machine, only one that is cheaper than what you do today, the **baseline**. "
    "The **good-enough line** is where both cost the same. "
    "Volume and prices come from the first picture; here the machine decides alone."
)
LINE_MACHINE_HELP = "Counted on cases that it never saw. Your own pilot takes four counts."
LINE_TOO_MANY = "More mistakes than cases were typed in, so all cases of that pile count as mistakes."
LINE_SOURCE = "Measured on held-out cases of this site’s own models; prices and today’s counts are yours."
LINE_NOTES = (
    "Say: the question is not how good the machine is, but whether it beats what we do now, in money. "
    "Point at the dark line: there both cost the same. Then at the blue bar, which is what chance leaves open. "
    "Above the line we gain, below we lose, and across it we cannot tell yet. "
    "Expect the question why more right answers are not enough. "
    "A machine that stops many good cases can catch nearly all bad ones and still cost more."
)
LINE_LIES = (
    "The machine’s rates come from its own test cases. In your work bad cases may look different, so count again there. "
    "The range holds chance only, not a check that was done carelessly."
)


def with_people(lanes: Lanes) -> str:
    """The year with both, as the opening picture counts it."""
    return (
        "Here the machine decides alone. With people between the two cheapest bars, the first picture says "
        f"**{money(lanes.cheapest.bill.total)}** a year, upkeep not counted."
    )


def line_tells(told: GoodEnough) -> dict[str, str]:
    """Baseline, metric, stop rule and error cost for the engineers' sheet."""
    today = told.today
    if today.is_sure:
        baseline = f"Nobody checks today: about {money(told.today_cost[1])} a year in misses."
    else:
        baseline = (
            f"Today, {WHO[told.settings.today]} made {counts_in_words(today)}. "
            f"A year of it costs {spread(told.today_cost[0], told.today_cost[2])}."
        )
    alarms = whole(told.machine.alarm.value)
    if 0 < told.needed <= 1:
        stop = f"Stop where it catches less than {whole(told.needed)} of bad cases, at {alarms} false alarms."
    elif told.allowed >= 0:
        stop = f"Stop where it halts more than {whole(told.allowed)} of good cases."
    else:
        stop = "As it is measured, no share of false alarms makes it pay."
    return {
        "Baseline": baseline,
        "Metric": f"Money a year, from two shares. Bad cases caught: {ranged(told.machine.caught)} so far. "
        f"Good cases stopped: {ranged(told.machine.alarm)}.",
        "Stop rule": stop if told.allowed < 0 else f"{stop} From there on, what we do today is cheaper.",
    }


# --- build, fine-tune or buy ---


def route_headline(told: Choice) -> str:
    """Which way is the cheapest here."""
    if told.is_close:
        return "Two ways cost about the same: let time decide"
    if not told.routes[0].is_open:
        return "Data that must stay in have a price"
    return {
        "buy": "Buy first, and watch your volume",
        "fine-tune": "At this volume, a ready network of your own pays",
        "build": "At this volume, building your own pays",
    }[told.cheapest.name]


ROUTE_LEAD = (
    "You can **buy** answers from a service, **fine-tune** a ready network, or **build** one from nothing. "
    "Buying costs little at first and something for each answer. The other two cost people first. "
    "The prices here are assumptions. Put in yours."
)
ROUTE_TIMES_HELP = "Or press a place on the picture."
ROUTE_ASSUMED = (
    "All of these are assumptions, but for the time of an answer: we measured that on our own network. "
    "Three numbers in a row stand for buy, fine-tune and build."
)
ROUTE_SOURCE = "Prices and people are assumptions for you to change; the time of one answer is measured."
ROUTE_NOTES = (
    "Say: there are three ways to get this, and volume decides between them. "
    "Point at the solid line: it begins low and climbs, since each bought answer is paid. "
    "Then at the ring, where an own network becomes the cheaper way. Drag the red mark to our own volume. "
    "Expect the question who pays for the people. They are the larger part of both own ways, so look under all assumptions. "
    "And ask what happens when the seller changes the price."
)
ROUTE_LIES = (
    "Three ways are priced as if their answers were equally good: test each on your own cases first. "
    "Prices fall and people leave, so three years ahead is a guess."
)


def route_tells(told: Choice) -> dict[str, str]:
    """Data, latency and goal for the engineers' sheet; what is assumed is called so."""
    first, chosen = told.cheapest, told.settings
    labels = {"buy": chosen.buy_labels, "fine-tune": chosen.tune_labels, "build": chosen.build_labels}[
        first.name
    ]
    leave = "may leave the house" if chosen.may_leave else "must stay in the house"
    if first.name == "buy":
        answer = f"Bought at ${chosen.buy_thousand:,.2f} for 1,000 answers (assumed); ask the seller how long one takes."
    else:
        how = "in our measurement" if chosen.milliseconds == Settings().milliseconds else "(assumed)"
        answer = f"One answer of an own network takes {answer_in_words(told)} {how}."
    return {
        "Goal": f"By {doing(first.name)}, about {money(first.total)} in three years at {so_many_a_day(chosen.per_day)} "
        f"and a first use after {months_in_words(first.months)}, if our assumptions hold.",
        "Data": f"{so_many(labels, 'label')} for {doing(first.name)} (assumed). The data {leave}.",
        "Latency": answer,
    }


# --- the checklist ---


def ready_headline(told: Ready) -> str:
    """What to do before the decision."""
    gaps, unsure = len(told.given("no")), len(told.given("not sure"))
    if gaps:
        return f"Close {NUMBERS[gaps]} {'gap' if gaps == 1 else 'gaps'} before you launch"
    if unsure:
        return f"Find out {NUMBERS[unsure]} {'thing' if unsure == 1 else 'things'} before you spend"
    return "You are ready: start small"


READY_LEAD = (
    "Google’s list for planners has five parts: data, difficulty, quality, technical needs and cost. "
    "We add two: what happens when it is wrong, and **drift**: cases that move away from those learned. "
    "Open a part and answer its questions; your answers are in the link."
)
READY_BRIEF = "The sheet for your engineers, filled from the pages you saw"
READY_PROPOSED = "* Proposed from what you set on this page. Your own answer goes before it."
READY_SOURCE = "Your answers. The first five parts are those of Google’s course on managing ML projects."
READY_NOTES = (
    "Say: before we spend, we go through seven parts, and a no is good news if it comes early. "
    "Point at the crosses: each is a gap that somebody known can close. The red frame is the one to close first. "
    "Then point at the rings: nobody in this room is sure of those. "
    "Expect the question how many yes are enough. There is no score. "
    "One gap in the data stops a project that has eleven other answers right."
)
READY_LIES = (
    "A checklist knows only what its readers know: a yes without a name behind it is a hope. "
    "Nobody has measured that a project with more yes answers does better. "
    "RAND asked 65 people why AI projects fail: first came a problem misunderstood or badly told."
)
_REVIEW, _STOP, _EXPLAIN = "notices", "stop", "appeal"


def ready_tells(told: Ready) -> dict[str, str]:
    """What the answers settle for the engineers' sheet, and what they leave open."""
    said = {question.key: answer for head in told.heads for question, answer in head.asked}
    found: dict[str, str] = {}
    for field, key, yes, no in (
        (
            "Review",
            _REVIEW,
            "Somebody notices a wrong answer within a day.",
            "Nobody yet notices a wrong answer.",
        ),
        (
            "Explanation",
            _EXPLAIN,
            "Those it hits can reach a human.",
            "Those it hits cannot reach a human yet.",
        ),
        (
            "Stop rule",
            _STOP,
            "The number that switches it off is agreed.",
            "No number that switches it off is agreed.",
        ),
    ):
        if said[key] != "not sure":
            found[field] = yes if said[key] == "yes" else no
    if told.next is not None and said[told.next.key] == "no":
        found["Goal"] = f"Before the launch: {told.next.missing}."
    return found
