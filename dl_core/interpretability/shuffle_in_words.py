"""Shuffled columns in words: what not to do with short bars, and what to ask instead."""

from __future__ import annotations

from dl_core.decide.amounts import money
from dl_core.interpretability.alike import USUAL
from dl_core.interpretability.board import CASES
from dl_core.interpretability.onecase_in_words import named
from dl_core.interpretability.shuffle import Shuffle, Verdict
from dl_core.numbers_in_words import percent, so_many

ADVICE: dict[Verdict, str] = {
    "hidden": "Do not delete a column for its short bar",
    "twice": "Do not add the bars up",
    "one": "A bar of zero may hide a twin",
    "sum": "Here the bars add up, and elsewhere they may not",
    "open": "Too few cases to tell in money",
}


def takeaway(told: Shuffle) -> str:
    """The three numbers, and nothing that they do not show.

    Examples
    --------
    >>> from dl_core.interpretability.question import Question
    >>> from dl_core.interpretability.shuffle import PAGE, Settings, story
    >>> from dl_core.interpretability.tables import ready_made
    >>> takeaway(story(Settings(Question(ready_made("loans")), PAGE, "tree"))).split(". ")[0]
    'No answer of the small tree hangs on these 2 columns at this bar'
    """
    return f"{bars_in_words(told)} {loss_in_words(told)}"


def bars_in_words(told: Shuffle) -> str:
    """The bars alone against the columns together, in sentences."""
    first, whole = told.alone[0], told.together
    n, together = len(told.alone), whole.gap.in_words
    if told.verdict == "hidden":
        return (
            f"Shuffled alone, no column costs more than {money(first.gap.mean.value)}. "
            f"Shuffled together, the {n} cost {together}."
        )
    if told.verdict == "twice":
        return (
            f"Alone, the {n} bars sum to {money(told.added.mean.value)}. "
            f"Shuffled together, the columns cost {together}: each bar counts the same loss again."
        )
    if told.verdict == "one":
        return (
            f"“{first.name}” alone costs {first.gap.in_words}, the others next to nothing. "
            f"Shuffled together, they cost no more."
        )
    if told.verdict == "sum":
        return (
            f"Alone, the {n} bars sum to {money(told.added.mean.value)}. "
            f"Shuffled together, they cost {together}."
        )
    if not whole.gap.n_moved:
        return f"No answer of {named(told.settings.model)} hangs on these {n} columns at this bar."
    points = max(bar.points for bar in told.alone)
    return (
        f"Shuffled together, the {n} columns cost {together}. "
        f"In ranking they lose {_points(whole.points)} points together, and at most {_points(points)} alone."
    )


def _points(points: float) -> str:
    return f"{points:.1f}".replace("-", "−").replace("−0.0", "0.0")


def loss_in_words(told: Shuffle) -> str:
    """What a model trained again without the columns loses, a sentence."""
    start = f"Trained again without them, {named(told.settings.model)}"
    cost = told.without.in_words
    verb = "saves" if cost.startswith("−") else "loses"
    if not told.without.n_moved:
        return f"{start} decides every case as before."
    return {
        "free": f"{start} loses {cost}, which may be nothing.",
        "dearer": f"{start} loses {cost}.",
        "cheaper": f"{start} even saves {cost.replace('−', '', 1)}.",
        "open": f"{start} {verb} {cost.removeprefix('−')}: too wide to tell.",
    }[told.loss]


def impossible_in_words(told: Shuffle) -> str:
    """How many shuffled rows are unlike any real one, in sentences."""
    share = sum(bar.far for bar in told.alone) / len(told.alone)
    items = told.table.items
    if not share:
        return (
            f"Here every shuffled {told.table.item} looks like a real one in these columns. "
            "With other columns that can be otherwise."
        )
    return (
        f"With one column shuffled, {percent(share)} of {items} are unlike any real one in these columns. "
        f"Of real {items} only {percent(round(1 - USUAL, 2))} lie so far out. "
        "So the model answers for cases that cannot exist, and its bar in the picture tells about those."
    )


def three_questions(told: Shuffle) -> tuple[tuple[str, str, str], ...]:
    """What people ask, how it is measured, and what it gives here; the head first."""
    first = told.alone[0]
    return (
        ("You ask", "So you", f"It costs in {CASES:,} {told.table.items}"),
        ("Does it use this column?", "shuffle it alone", f"at most {money(first.gap.mean.value)}"),
        ("Does it use what they tell?", "shuffle them together", told.together.gap.in_words),
        ("Do we need them?", "train again without them", told.without.in_words),
    )


def chosen_in_words(told: Shuffle) -> str:
    """Which columns, and how alike they are."""
    columns = so_many(len(told.alone), "column")
    return (
        f"The {columns} tell much the same: any two have a rank correlation of {told.alike:.2f} or more, "
        "up or down. 1 is the same order, 0 is none."
        if told.alike >= 0.5
        else f"The {columns} differ: two of them have a rank correlation of only {told.alike:.2f}."
    )
