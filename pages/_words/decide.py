"""The words of "Decide" that no setting moves, and those of its first two scenes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dl_core.decide.amounts import in_percent, many, money, price, spread, staff
from dl_core.decide.bar import PRESETS, Bar, in_words, range_in_words
from dl_core.decide.lanes import Lanes
from dl_core.decide.prices import Settings as Prices
from dl_core.decide.prices import one_bar, two_bars
from dl_core.documents.content import Advice, HardQuestion
from dl_core.numbers_in_words import two_figures
from dl_core.running_case import CASES, Case
from pages._shared.lesson import Option, Predict, Question, Source

HEADLINE = "Price the mistakes, then set two bars"
DECISION = "where the machine acts, where a person looks, and at what price."

_DEAR = PRESETS["A miss is dear"]


def because(told: Lanes) -> str:
    """The formula, and that it is not all."""
    miss, alarm = _DEAR
    low, _ = two_bars(told.settings)
    return (
        f"{price(alarm)} over {price(alarm + miss)} is {in_words(one_bar(miss, alarm))}: below it a miss risks less. "
        f"In the picture people may look as well, so two bars count, and the lower one belongs near {in_words(low)}."
    )


PREDICT = Predict(
    question=f"A miss costs {price(_DEAR[0])}, a false alarm {price(_DEAR[1])}. Act from which chance of “bad” on?",
    options=("50 %", "10 %", in_words(one_bar(*_DEAR))),
    right=in_words(one_bar(*_DEAR)),
    because=because,
)


def so_what(told: Lanes, case: Case) -> str:
    """What the three lanes mean at the reader's volume."""
    a_day = case.per_day / told.settings.per_year
    looks, missed = two_figures(told.yours.reviewed.cases * a_day), two_figures(told.yours.passed.bad * a_day)
    told_of = priced_for(told.settings)
    last = "Put your own numbers in before you show this to anybody."
    if told_of and told_of != case.name:
        last = f"The prices in the picture are those of {told_of.lower()}: start it from {case.name.lower()}."
    return (
        f"You judge about {case.per_day:,} {case.items} a day (our assumption). "
        f"At these bars people look at {looks} of them a day, and {missed} bad ones slip by. "
        f"Each of those can mean that {case.miss}. {last}"
    )


def priced_for(chosen: Prices) -> str:
    """The name of the running case whose assumed prices these are; empty for a reader's own."""
    prices = (chosen.miss, chosen.false_alarm)
    return next((case.name for case in CASES if prices == (case.miss_costs, case.alarm_costs)), "")


# pros and cons of neural nets, from the course articles, with what they leave out
TRADE_OFFS = (
    ("You choose", "You gain", "You pay"),
    (
        "A neural net for photos, sound or text",
        "It finds patterns by itself. Good tools are free.",
        "Many labels, much computing, much energy.",
    ),
    (
        "A neural net for a table",
        "It can learn tangled links among many columns.",
        "Tables of data: boosted trees usually win, and train faster.",
    ),
    (
        "A neural net on few examples",
        "An early start.",
        "It learns them by heart, and is hard to train well.",
    ),
    (
        "To act on how sure it says it is",
        "One bar, set by price.",
        "It is often too sure. Check that, or count.",
    ),
    (
        "To let it run alone",
        "Answers in no time, at any hour.",
        "New data makes it fail in silence, and few can read why.",
    ),
)

ASK_ENGINEERS = (
    Advice(
        "What does each bar cost us a year?",
        "They show a cost curve at our prices, on held-out cases, with a range.",
        "“We use 0.5.” Nobody asked what a mistake costs.",
    ),
    Advice(
        "When it says 10 %, how often is it so?",
        "They show what was said beside what came true, near our bars.",
        "“It is 95 % accurate.” That answers another question.",
    ),
    Advice(
        "How many of our cases are bad?",
        "They counted it, know how it moves, and correct the scores for it.",
        "The test set was half bad, as that was handy.",
    ),
    Advice(
        "Who looks at the middle lane, and how well?",
        "They timed people and checked some looks a second time.",
        "“Somebody will look.” No hours, no second check.",
    ),
    Advice(
        "Who notices when it gets worse?",
        "A few cases from each lane are checked each week, at random.",
        "Complaints will tell us. The lane that passes has none.",
    ),
)


def what_if_asked(told: Lanes) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with the figures on the screen."""
    yours, chosen = told.yours, told.settings
    return (
        HardQuestion(
            "Are these our own cases?",
            f"No. The scores come from a model of ours on {told.scores.n:,} held-out cases. "
            f"We weigh them so that {chosen.bad_per_100:g} of 100 are bad. Measure your own.",
        ),
        HardQuestion(
            "Why not act from 50 % on?",
            f"Because a miss costs {price(chosen.miss)} and a false alarm {price(chosen.false_alarm)}. "
            "Half is right only where both cost the same.",
        ),
        HardQuestion("How many people does it take?", _people(told)),
        HardQuestion(
            "Could the machine do it alone?",
            f"At its cheapest single bar, {in_percent(told.alone[0])}, the year costs {money(told.alone[1])}. "
            f"With people in the middle it can cost {money(told.cheapest.bill.total)}.",
        ),
        HardQuestion(
            "What if our prices are wrong?",
            f"A look costs {price(round(chosen.look, 2))} here. The lower bar follows that against a miss. "
            f"Try the range: at yours, the year costs {spread(*yours.among)}.",
        ),
    )


def _people(told: Lanes) -> str:
    yours = told.yours
    if not yours.hours:
        return "None at these bars: no case lies between them. The machine decides all of them alone."
    low, high = (many(hours) for hours in yours.hours_among)
    return (
        f"At these bars {many(yours.hours)} hours a year, {low} to {high} by chance in the scores. "
        f"That is {staff(yours.hours)}, without breaks, holidays or peaks."
        if yours.full_time < 0.1
        else f"At these bars {staff(yours.hours)}, or {low} to {high} hours a year. Peaks and training come on top."
    )


WHERE_IT_LIES = (
    "The scores are ours, not yours: a photo classifier, or made-up home loans. Your model may do better or worse.",
    "Your share of bad cases is reached by counting some measured cases more than others. That holds if bad cases look as before and only their number changes.",
    "The cheapest bars were chosen and priced on the same cases. On new cases they cost a little more.",
    "Few measured cases reach a high probability, so the upper bar is the less certain one.",
    "Each mistake has one price here. Real ones vary, and some harm has no price at all.",
    "People are taken to be equally right on easy and hard cases. They tire, and they trust the machine too much.",
    "Building, running and watching the machine is not in the bill.",
)

QUIZ = (
    Question(
        "A miss and a false alarm cost the same. From which probability on should you act?",
        (
            Option("50 %.", "Equal prices meet in the middle, if the probabilities are right.", right=True),
            Option("As low as possible.", "Then you pay for many false alarms that cost as much as misses."),
            Option(
                "That depends on how many are bad.",
                "The probability holds that already. Only the prices move the bar.",
            ),
        ),
    ),
    Question(
        "Looks get twice as dear. What happens to the middle lane?",
        (
            Option("It gets wider.", "Dear looks are worth it for fewer cases, not for more."),
            Option(
                "It gets narrower from both sides.",
                "A look pays only where the machine’s own risk is higher than its price.",
                right=True,
            ),
            Option("Nothing: the model did not change.", "The bars are a matter of price, not of the model."),
        ),
    ),
)

MATHS = r"""
**One bar.** With a probability $p$ of “bad”, to pass risks $p \cdot C_\text{miss}$ and to stop risks
$(1 - p) \cdot C_\text{alarm}$. They meet at $p^* = C_\text{alarm} / (C_\text{alarm} + C_\text{miss})$.

**Two bars.** A look costs $r$, and people are wrong with share $e$. Then a look costs
$r + e \, (p \, C_\text{miss} + (1 - p) \, C_\text{alarm})$. It meets the risk of passing at
$p_\text{low} = \frac{r + e \, C_\text{alarm}}{(1 - e) \, C_\text{miss} + e \, C_\text{alarm}}$
and that of stopping at $p_\text{high} = \frac{(1 - e) \, C_\text{alarm} - r}{(1 - e) \, C_\text{alarm} + e \, C_\text{miss}}$.
Where $p_\text{low} \ge p_\text{high}$, nobody should look.

**Your base rate.** The sample has a share $\pi$ of bad cases, you have $\pi'$. A bad case counts $\pi' / \pi$, a good one
$(1 - \pi') / (1 - \pi)$, and the odds of each probability are multiplied by
$\frac{\pi' / (1 - \pi')}{\pi / (1 - \pi)}$.

**The search.** One part of the cost hangs on the lower bar, the rest on the upper one. So the cheapest pair is
found exactly. The range draws bad and good cases again, each with replacement, 500 times.
"""

SOURCES = (
    Source(
        "C. K. Chow, “On optimum recognition error and reject tradeoff” (1970)", "when to hand a case over"
    ),
    Source(
        "C. Elkan, “The foundations of cost-sensitive learning” (2001)",
        "the bar from two costs; other base rates",
    ),
    Source(
        "M. Saerens and others, “Adjusting the outputs of a classifier to new a priori probabilities” (2002)",
        "scores for another base rate",
    ),
    Source("B. Efron, “Bootstrap methods: another look at the jackknife” (1979)", "the ranges"),
    Source(
        "C. Guo and others, “On calibration of modern neural networks” (2017)",
        "why a net’s sureness needs a check",
    ),
    Source(
        "RAND, “The root causes of failure for artificial intelligence projects” (2024)",
        "causes of failure, from 65 interviews; not a share of failures",
    ),
    Source(
        "L. Grinsztajn and others, “Why do tree-based models still outperform deep learning on tabular data?” (2022)",
        "trees on tables",
    ),
)

PAGES = {
    "loss_functions": "Loss functions",
    "live_classifier": "Live classifier",
    "interpretability": "Interpretability",
}
PRICED = {"lanes_miss": "a miss", "lanes_alarm": "a false alarm"}


def brought(page: str, values: Mapping[str, Any]) -> str:
    """What a press takes over from another page."""
    taken = [f"{PRICED[control]} {price(value)}" for control, value in values.items() if control in PRICED]
    if "lanes_per_day" in values:
        taken.append(f"{values['lanes_per_day']:,} a day")
    return f"From {PAGES[page]}: {', '.join(taken)}"


BARS_HELP = "Or press a place on the picture, or drag your lower bar there."
MISS_HELP = "A bad case that is let pass: the refund, the recall, the lost customer."
ALARM_HELP = "A good case that is stopped: the delay, the complaint, the scrapped part."
RIGHT_HELP = "An assumption: check some looks a second time to know. It holds for bad and for good cases."
WHOSE_HELP = (
    "Photos: bad means that the live classifier’s first answer is wrong. "
    "Home loans: made-up ones, bad means not paid back, scored by a readable model."
)
SURE_HELP = "We bend the measured odds: too sure takes them to the power of 1.5, too timid to 2 / 3."

LANES_READ = (
    "A **bar** is the chance of “bad” from which on something else happens; the scale below is stretched at both ends. "
    "A box counts a year’s cases; the diamonds are your two bars, the rings the cheapest two. "
    "The thin lines say what the year costs if the lower bar moves, or, broken, the upper one."
)
LANES_SOURCE = (
    "Scores measured on held-out cases and weighted to your share of bad ones; all prices are assumptions."
)
LANES_NOTES = (
    "Say: the machine need not decide everything. Two bars make three lanes, and each lane has a price. "
    "Point at the boxes first: who decides how many cases, and what slips by. Then point at the grey lines, "
    "the year without a machine. The two rings are the cheapest bars that a search found. "
    "Expect the question whose numbers these are. The scores were measured on our cases; "
    "the prices are round guesses, so type in yours and watch the rings move."
)


def lanes_headline(told: Lanes) -> str:
    """Against the cheaper way without a machine."""
    _, counted, _ = told.gain
    way = "people alone" if told.without is told.people else "always saying fine"
    if not told.is_measured:
        return f"These bars may save nothing against {way}"
    if counted > 0:
        return f"These bars save {money(counted)} a year against {way}"
    return f"These bars cost {money(-counted)} a year more than {way}"


def lanes_tells(told: Lanes) -> dict[str, str]:
    """What the engineers' sheet learns from the three lanes."""
    chosen, yours = told.settings, told.yours
    return {
        "Error cost": f"A miss: {price(chosen.miss)}. A false alarm: {price(chosen.false_alarm)}. "
        f"Of 100 cases, {chosen.bad_per_100:g} are bad. {'All assumed so far' if priced_for(chosen) else 'These are our own numbers'}. "
        f"At bars of {in_percent(yours.low)} and {in_percent(yours.high)} the year costs {money(yours.bill.total)} "
        f"({spread(*yours.among)}).",
        "Review": f"People look between {in_percent(yours.low)} and {in_percent(yours.high)}: {staff(yours.hours)}, "
        f"{chosen.minutes:g} {'minute' if chosen.minutes == 1 else 'minutes'} each, assumed right in {chosen.reviewer_right} of 100.",
        "Baseline": f"People look at all: {money(told.people.total)} a year. "
        f"Always say fine: {money(told.nothing.total)}.",
    }


BAR_LEAD = (
    "With one bar and no person, two costs say where it belongs: divide the cost of a false alarm by both together. "
    "That holds if the model is **calibrated**: of cases it calls 10 %, one in ten is bad. "
    "So count as well."
)
BAR_SOURCE = (
    "The formula from two costs; the curve counted on held-out cases, weighted to your share of bad ones."
)
BAR_NOTES = (
    "Say: nobody can name a good bar without two prices. Take the cost of a false alarm, divide by both costs together, "
    "and you have it. Point at the dashed line, the formula, and at the ring, the bar that was cheapest when we counted. "
    "The grey strip is where chance leaves it. Then choose the model that is too sure, and watch the two part. "
    "Expect the question why not 50 %. That is right only where both mistakes cost the same."
)


def bar_headline(told: Bar) -> str:
    """The formula's bar against the habit."""
    asked = in_words(told.formula)
    if asked == "50 %":
        return "Equal costs ask for a bar of 50 %"
    if not told.is_tied:
        return f"The formula says {asked}, but this model needs {in_words(told.best)}"
    return f"Two costs ask for a bar of {asked}"


def bar_tells(told: Bar) -> dict[str, str]:
    """What the engineers' sheet learns from the one bar."""
    return {
        "Metric": f"Cost a year at our prices. With one bar the formula asks for {in_words(told.formula)}; "
        f"counted, the cheapest is {in_words(told.best)} ({range_in_words(told)}). Check that scores are calibrated there."
    }
