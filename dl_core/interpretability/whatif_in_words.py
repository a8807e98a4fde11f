"""What a change does, in sentences: which numbers move, what the model says then, and what it costs."""

from __future__ import annotations

from dl_core.decide.amounts import money
from dl_core.interpretability.counterfactual import MOST_COLUMNS, Change
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase_in_words import capital, named
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Floats
from dl_core.interpretability.whatif import Check, WhatIf
from dl_core.numbers_in_words import listed, percent

IN_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six")
MOST_DIGITS = 7  # that a share close to the bar is given
MORE_PLACES = 6  # that two close values are given beyond their column's own
CENT = 0.01  # dollars
SAME_MONEY = 0.1  # costs that differ by less than this share of the larger one are about the same


def takeaway(told: WhatIf) -> str:
    """What the model said, what a change does to that, and what both cost on average."""
    before, bar = beside(told.settings.question.bar, told.before)
    name = named(told.settings.model)
    side = f"above the bar of {bar}, so held back"
    if not told.is_held_back:
        side = f"below the bar of {bar}, so let through"
    return f"{capital(told.item)} gets {before} from {name}: {side}. {change_told(told)} {cost_told(told)}"


def change_told(told: WhatIf) -> str:
    """The shown change in a sentence or two: the reader's, or the smallest."""
    changed = told.changed
    if changed is None:
        return nothing_found(told)
    if told.is_moved:
        after = beside(told.settings.question.bar, told.after)[0]
        done = "held back" if told.is_held_back_after else "let through"
        still = "" if told.crosses else "still "
        return f"With {your_change(told, changed)} it gets {after}: {still}{done}."
    first = told.found.first
    assert first is not None  # else nothing would be shown as changed
    return way(told, first)


def your_change(told: WhatIf, changed: Floats) -> str:
    """What the reader moved."""
    if not told.moves:
        return "nothing moved,"
    if len(told.moves) > 1:
        return f"your {IN_WORDS[len(told.moves)].lower()} changes"
    return f"{new_and_old(told.table.columns[told.moves[0]], told.row, changed, told.moves[0])},"


def way(told: WhatIf, change: Change) -> str:
    """A change that crosses the bar: what would have to be different."""
    after = beside(told.settings.question.bar, change.probability)[0]
    would = "would be let through" if told.is_held_back else "would be held back"
    columns = told.table.columns
    if len(change.columns) == 1:
        at = change.columns[0]
        return f"With {new_and_old(columns[at], told.row, change.row, at)}, it {would} at {after}."
    moves = [
        f"“{columns[at].name}” at {pair(columns[at], told.row[at], change.row[at])[1]}"
        for at in change.columns
    ]
    n = IN_WORDS[len(moves)].lower()
    return f"With {n} changes together it {would} at {after}. They are {listed(moves)}."


def nothing_found(told: WhatIf) -> str:
    """That no change was found, and how hard was looked."""
    if not told.settings.open:
        return "Every column is locked, so nothing can change."
    done = "lets it through" if told.is_held_back else "holds it back"
    n = min(MOST_COLUMNS, len(told.settings.open))
    columns = "one open column" if n == 1 else f"up to {IN_WORDS[n].lower()} open columns"
    return f"No change of {columns} {done}: we tried {told.found.n_asked:,}, all within the table’s range."


def new_and_old(column: Column, row: Floats, changed: Floats, at: int) -> str:
    """A column's new value and its old one.

    Parameters
    ----------
    column
        Its name and unit.
    row, changed
        ``(d,)`` the case before and after.
    at
        Place of the column.

    Examples
    --------
    >>> import numpy as np
    >>> new_and_old(Column("debt payments", "% of income", 1), np.array([38.0]), np.array([25.0]), 0)
    '“debt payments” at 25 % of income instead of 38'
    """
    before, after = pair(column, row[at], changed[at])
    return f"“{column.name}” at {after} instead of {before}"


def pair(column: Column, before: float, after: float) -> tuple[str, str]:
    """The old value without its unit, and the new one with it; they look different if they are.

    Parameters
    ----------
    column
        Its unit and step.
    before, after
        In the column's unit.

    Examples
    --------
    >>> pair(Column("size", "cm", 0.1), 3.87, 3.9), pair(Column("group", levels=("A", "B")), 0, 1)
    (('3.87', '3.90 cm'), ('A', 'B'))
    """
    if column.levels:
        return column.in_words(before), column.in_words(after)
    for places in range(column.places, column.places + MORE_PLACES):
        told = [f"{value:,.{places}f}".replace("-", "−") for value in (before, after)]
        if told[0] != told[1]:
            break
    return told[0], f"{told[1]} {column.unit}".strip()


def beside(bar: float, *shares: float) -> tuple[str, ...]:
    """Shares and then the bar as percentages, with as many figures as it takes to see the difference.

    Parameters
    ----------
    bar
        0 to 1.
    shares
        0 to 1 each.

    Examples
    --------
    >>> beside(1 / 11, 0.134, 0.069), beside(1 / 11, 0.0911)
    (('13 %', '6.9 %', '9.1 %'), ('9.11 %', '9.09 %'))
    """
    told = [percent(share) for share in (*shares, bar)]
    for digits in range(3, MOST_DIGITS + 1):
        if not any(text == told[-1] and share != bar for text, share in zip(told, shares, strict=False)):
            break
        told = [f"{100 * share:#.{digits}g}".rstrip(".") + " %" for share in (*shares, bar)]
    return tuple(told)


def costs(probability: float, question: Question) -> tuple[float, float]:
    """What holding a case back costs on average, and letting it through, in dollars.

    Both hold as far as the probability is right.

    Parameters
    ----------
    probability
        Of the bad case, 0 to 1.
    question
        The two prices.

    Examples
    --------
    >>> from dl_core.interpretability.question import at_rest
    >>> [round(cost, 6) for cost in costs(0.25, at_rest())]  # 0.75 × 100 and 0.25 × 1,000
    [75.0, 250.0]
    """
    return (1 - probability) * question.false_alarm, probability * question.miss


def cost_now(told: WhatIf) -> float:
    """Dollars that the case as it is costs on average, on its side of the bar."""
    return costs(told.before, told.settings.question)[0 if told.is_held_back else 1]


def cost_then(told: WhatIf) -> float:
    """The same with the change."""
    return costs(told.after, told.settings.question)[0 if told.is_held_back_after else 1]


def dollars(amount: float) -> str:
    """A cost; below a cent it is told as none. ``amount`` is 0 or more.

    >>> dollars(87.4), dollars(0.003)
    ('$87', 'almost $0')
    """
    return money(amount) if amount >= CENT else "almost $0"


def cost_told(told: WhatIf) -> str:
    """Both costs, in a sentence."""
    now = f"{dollars(cost_now(told))} {'held back' if told.is_held_back else 'let through'}"
    if told.changed is None:
        other = costs(told.before, told.settings.question)[1 if told.is_held_back else 0]
        return (
            f"Expected cost: {now}, {dollars(other)} {'let through' if told.is_held_back else 'held back'}."
        )
    then = "held back" if told.is_held_back_after else "let through"
    return f"Expected cost: {now} now, {dollars(cost_then(told))} {then} then."


def flip_in_money(told: WhatIf) -> str:
    """What the flip itself is worth: both choices for the changed case, side by side."""
    held, through = costs(told.after, told.settings.question)
    which = "this case as it is" if told.changed is None else "the changed case"
    both = (
        f"For {which}, letting it through costs {dollars(through)} on average, "
        f"and holding it back {dollars(held)}."
    )
    if abs(held - through) < SAME_MONEY * max(held, through):
        return f"{both} So close to the bar the choice hardly matters in money."
    done, other = (held, through) if told.is_held_back_after else (through, held)
    verb = "saves" if done < other else "wastes"
    choice = "Holding it back" if told.is_held_back_after else "Letting it through"
    return f"{both} {choice} {verb} {dollars(abs(other - done))}."


def odd_in_words(told: WhatIf) -> str:
    """Where the smallest change goes against the table; empty where it does not."""
    first, columns = told.found.first, told.table.columns
    if first is None or not told.found.odd:
        return ""
    names = listed([f"“{columns[at].name}”" for at in told.found.odd])
    if len(told.found.odd) > 1:
        return f"**Odd:** {names} move against what the table says. Ask your team what the model does there."
    at = told.found.odd[0]
    goes = "higher" if first.row[at] > told.row[at] else "lower"
    side = "lowers" if told.is_held_back else "raises"
    common = "more" if told.is_held_back == (goes == "higher") else "less"
    return (
        f"**Odd:** here a {goes} {names} {side} the risk. In the table, cases “{told.table.bad_name}” have "
        f"{common} of it. Ask your team what the model does there."
    )


def second_in_words(told: WhatIf) -> str:
    """Another way that moves none of the first one's columns, or that there is none."""
    if told.found.first is None:
        return ""
    if told.found.second is None:
        return "**No second way:** with the first change’s columns locked, nothing we tried crosses the bar."
    told_way = way(told, told.found.second)
    return f"**A second way:** {told_way[0].lower()}{told_way[1:]}"


def truth_in_words(told: WhatIf) -> str:
    """What the change does to the true risk, where we know it; empty elsewhere."""
    if told.truth is None:
        return ""
    before, after = told.truth
    if abs(before - after) < 1e-9:
        tail = f"It stays {percent(before)}: only the model moves."
    else:
        tail = f"It {'falls' if after < before else 'rises'} from {percent(before)} to {percent(after)}."
    return f"**In truth:** we made these loans, so we know the true risk. {tail}"


def turns(check: Check, bar: float) -> bool:
    """Whether a model's answer crosses the ``bar``, 0 to 1."""
    return (check.before >= bar) != (check.after >= bar)


def others_in_words(told: WhatIf) -> str:
    """How many other readable models turn with the same change."""
    bar = told.settings.question.bar
    others = [check for check in told.checks if check.model != told.settings.model]
    if not others:
        return ""
    with_it = [named(check.model) for check in others if _agrees(told, check, bar)]
    n = len(others)
    if not with_it:
        return f"None of the {n} other readable models turns with this change: it is one model’s rule."
    if len(with_it) == n:
        return f"All {n} other readable models turn with this change."
    verb = "turns" if len(with_it) == 1 else "turn"
    return f"Of the {n} other readable models, {listed(with_it)} {verb} with this change."


def _agrees(told: WhatIf, check: Check, bar: float) -> bool:
    """Whether a model crosses the bar in the same direction as the chosen one."""
    return turns(check, bar) and (check.before >= bar) == told.is_held_back


def ticks(told: WhatIf) -> tuple[tuple[str, ...], ...]:
    """A head, then a line for each model: both its answers, and a tick where they cross the bar."""
    bar = told.settings.question.bar
    lines = [("Model", "As it is", "Changed", "Does it turn?")]
    for check in told.checks:
        before, after, _ = beside(bar, check.before, check.after)
        done = "held back" if check.after >= bar else "let through"
        mark = f"✓ now {done}" if turns(check, bar) else f"– {done} either way"
        lines.append((KINDS[check.model].name, before, after, mark))
    return tuple(lines)


def moves_listed(told: WhatIf) -> tuple[tuple[str, str, str], ...]:
    """Each moved column: its name, old value and new value, in words."""
    if told.changed is None:
        return ()
    columns, changed = told.table.columns, told.changed
    return tuple((columns[at].name, *pair(columns[at], told.row[at], changed[at])) for at in told.moves)
