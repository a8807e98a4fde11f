"""The words of two scenes of "Decide": what becomes of so many cases, and whether a lead is luck."""

from __future__ import annotations

from dl_core.decide.coin import Coin
from dl_core.decide.coin_in_words import luck_in_short, points, range_in_words, score
from dl_core.decide.flow import Flow, Settings, alarms_in_words, exact_percent, story
from dl_core.numbers_in_words import percent, two_figures
from pages._shared.lesson import Option, Question, Source

RARE = 0.1  # share of bad cases from which nobody calls them rare


def flow_headline(told: Flow) -> str:
    """Whether to believe an alarm."""
    precision, bad = told.precision, told.words.bad
    if precision is None:
        return "A machine without alarms catches nothing"
    if precision >= 0.5:
        return f"{percent(precision)} of the alarms are right"
    because = f"because {bad} are rare" if told.bad < RARE * told.settings.cases else "even with a good score"
    return f"{percent(1 - precision)} of the alarms are false, {because}"


def flow_tells(told: Flow) -> dict[str, str]:
    """What the flow says for the engineers' sheet."""
    point = told.turning_point
    turning = f" Below {percent(point)} bad, most alarms are false." if point else ""
    return {
        "Error cost": f"At {told.settings.bad:g} % bad, of {told.settings.cases:,} {told.words.cases}: "
        f"{told.missed:,} missed, {told.false_alarms:,} false alarms. {alarms_in_words(told)}{turning}"
    }


_EXAMPLE = story(Settings())

FLOW_LEAD = (
    "Read it from left to right: a band is as thick as its number of cases, and a thick frame is an alarm. "
    "Engineers call the share of bad cases **base rate**, the share of them caught **recall**, "
    "and the share of right alarms **precision**."
)
FLOW_PRICE = "A miss and a look cost what the first scene of this page says. The person is taken to be right."
FLOW_SOURCE = "Counted from the shares you set, in whole cases: an example, not a measured model."
FLOW_NOTES = (
    "Say: read it from left to right, in our own words. Most cases are fine, so even a few mistakes in a hundred of them make many alarms. "
    "Point at the bar: these are all the alarms, and only the left part is right. "
    "Expect the question why the accuracy is so high. A machine that never warns is right about every fine case. "
    "So ask for counts at your own share of bad cases, not for one score. Then compare a look with a miss."
)
FLOW_LIES = "A band thinner than a hair is drawn as a hair. Counts of whole cases hide luck: another day brings other counts."


def coin_headline(told: Coin) -> str:
    """Whether to believe the lead."""
    one, other = told.names
    if told.verdict != "tie":
        return f"{other if told.verdict == 'second' else one} is better: luck hardly does this"
    if told.needed is None:
        return "Two equal scores: choose by something else"
    lead = points(abs(told.lead))
    noun = "point" if lead == "1" else "points"
    if told.needed > told.n:
        return f"{lead} {noun} more may be luck: test {two_figures(told.needed)} cases"
    return f"{lead} {noun} more may still be luck"


def coin_tells(told: Coin) -> dict[str, str]:
    """What the comparison says for the engineers' sheet."""
    one, other = told.names
    needed = f" Cases needed: about {two_figures(told.needed)}." if told.needed else ""
    return {
        "Metric": f"{one} {score(told.first)}, {other} {score(told.second)} right on {told.n:,} cases. "
        f"Lead of {other}: {range_in_words(told)}; as far by luck: {luck_in_short(told.p)}.{needed}"
    }


COIN_OWN = "Your numbers"
COIN_LEAD = (
    "**Accuracy** is the share of right answers. Cases that both models get right, or both get wrong, tell you nothing. "
    "Where only one is right, equal models are a fair coin."
)
COIN_DIFFER = "Ask your engineers for this count. The fewer, the surer the lead."
COIN_MEASURED = (
    "Two models of the interpretability page, asked about the same rows. "
    "The forest is many trees that vote. The EBM adds up one curve for each column, so you can read it."
)
COIN_PRICE = "Volume and price come from the first scene. Each mistake is priced like a miss, so the money is an upper end."
COIN_SOURCE = "Ranges: Wilson for each score, Agresti and Min for the lead; luck: McNemar’s exact test."
COIN_NOTES = (
    "Say: two scores one point apart look like a ranking. Only the cases on which the models differ can tell. "
    "Point at the grey hill: that is what a fair coin does with those cases. "
    "Then point at the diamond. While luck often goes as far, it is a tie. "
    "Expect the question how many cases would settle it. The line under the picture says so. "
    "If that costs more than the lead is worth in a year, choose the cheaper model and go on."
)
COIN_LIES = (
    "The coin knows luck in the choice of cases only. Old data, near copies or ten models tried in a row can still fool it.",
    "Two ranges may overlap and the lead still be real: both models were asked about the same cases.",
)

COUNTS_SOURCES = (
    Source(
        "H. Shen and others, “Designing Alternative Representations of Confusion Matrices”, CSCW (2020)",
        "People read a flow in the words of their own work more surely than a table of terms.",
    ),
    Source(
        "Q. McNemar, Psychometrika 12 (1947); R. J. Connor, Biometrics 43 (1987)",
        "The test for two models on the same cases, and how many cases it takes.",
    ),
    Source(
        "A. Agresti and Y. Min, Statistics in Medicine 24 (2005)",
        "The range of a lead.",
    ),
)
COUNTS_QUIZ = (
    Question(
        f"A machine is right on {exact_percent(_EXAMPLE.accuracy)} of all cases; "
        f"{percent(_EXAMPLE.always_fine)} of them are fine. What does its score tell you?",
        (
            Option(
                "It is good: it is nearly always right.",
                f"Always saying “fine” would be right on {percent(_EXAMPLE.always_fine)}, and catch nothing.",
            ),
            Option(
                "Nothing yet: ask how many alarms are right.",
                "The score mixes the rare bad cases with the many fine ones. Counts of alarms and misses do not.",
                right=True,
            ),
            Option(
                "It is useless: it does worse than saying nothing.",
                "Fewer right answers can still be worth money, if a miss costs far more than a look.",
            ),
        ),
    ),
)
