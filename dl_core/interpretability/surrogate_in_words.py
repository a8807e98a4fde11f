"""A copy in words: how far it is the model, what its rules leave out, and the rules themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dl_core.interpretability.agree_in_words import between
from dl_core.interpretability.board import CASES, give_or_take
from dl_core.interpretability.copies import READABLE, Node
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase_in_words import capital, named
from dl_core.interpretability.surrogate import TELLING, Silent, Surrogate, Verdict
from dl_core.interpretability.table import Column, Table
from dl_core.numbers_in_words import listed, percent, so_many

ADVICE: dict[Verdict, str] = {
    "tie": "Why explain a copy when a readable model ties?",
    "cheaper": "Why explain a copy? The readable model is cheaper.",
    "dearer": "A copy with clear rules is still not the model.",
}
N_LISTED = 2  # columns in a sentence, where names may be long


def takeaway(told: Surrogate) -> str:
    """How often the copy decides as the model, and what its rules do not say.

    Examples
    --------
    >>> from dl_core.interpretability.surrogate import at_rest, story
    >>> takeaway(story(at_rest())).split("**")[1]
    'The copy’s 8 rules decide as the boosted trees do in 80 %'
    """
    rules, same = so_many(told.copy.n_rules, "rule"), f"{percent(told.copy.same.value)} "
    return (
        (
            f"**The copy’s {rules} decide as {named(told.settings.model)} do in "
            f"{percent(told.copy.same.value)}** {between(told.copy.same).removeprefix(same)} "
            f"of held-out {told.table.items}. {silence_in_words(told)}"
        )
        .replace("network do", "network does")
        .replace("forest do", "forest does")
    )


def silence_in_words(told: Surrogate) -> str:
    """The column that the rules leave out and the model uses: one that the law protects first."""
    silent = told_silence(told)
    if silent is None:
        return "No column that they leave out turns over 1 % of the model’s answers."
    protected = ", which is protected" if silent.name in protected_of(told.table) else ""
    return (
        f"They never name “{silent.name}”{protected}; shuffled, it turns over {percent(silent.turned)} "
        "of the model’s answers."
    )


def protected_of(table: Table) -> tuple[str, ...]:
    """Names of the columns that the law forbids to decide by."""
    return tuple(column.name for column in table.columns if column.is_protected)


def told_silence(told: Surrogate) -> Silent | None:
    """The column to speak of; None where no column that is left out turns over enough answers."""
    telling = [each for each in told.silent if each.turned >= TELLING]
    protected = [each for each in telling if each.name in protected_of(told.table)]
    return next(iter([*protected, *telling]), None)


def sides_in_words(told: Surrogate) -> str:
    """Where copy and model part, in sentences."""
    items, model = told.table.items, named(told.settings.model)
    parts = told.strict + told.lax
    if not parts:
        sides = f"On all {told.n:,} held-out {items} both decide alike."
    else:
        sides = (
            f"Of {told.n:,} held-out {items}, only the copy holds back {told.strict}, "
            f"and only {model} {told.lax}. For these {parts} the rules tell the wrong story."
        )
    return f"{sides} One answer for all would agree in {percent(told.one_answer.value)}."


def follows_in_words(told: Surrogate) -> str:
    """How much of the model's ups and downs the copy follows, a sentence."""
    share = f"{told.copy.r2:.2f}".replace("-", "−")
    return f"**R²** is {share}: 1 follows all ups and downs of the risk, 0 none."


def against_truth(told: Surrogate) -> str:
    """Right answers and money of copy, model and the readable model, in sentences."""
    of, model = told.of, named(told.settings.model)
    return (
        f"Right answers: {model} {percent(of['model'].right.value)}, the copy "
        f"{percent(of['copy'].right.value)}, {named(READABLE)} {percent(of['readable'].right.value)}. "
        f"Over ten trainings on all rows, {named(READABLE)} loses {_more_or_less(told)} than {model}, "
        f"in {CASES:,} {told.table.items}: {verdict_in_words(told)}."
    )


def _more_or_less(told: Surrogate) -> str:
    """Money and which way."""
    by = told.over_all
    return f"{give_or_take(by, '${}').removeprefix('−')} {'less' if by.value < 0 else 'more'}"


def verdict_in_words(told: Surrogate) -> str:
    """The readable model against the unreadable one."""
    return {"tie": "a tie", "cheaper": "surely less", "dearer": "surely more"}[told.verdict]


def rule_in_words(told: Surrogate) -> str:
    """The copy's columns against the true rule's; nothing where none is known."""
    if told.invented is None or told.forgotten is None:
        return ""
    found = []
    if told.invented:
        found.append(f"The rules name {_names(told.invented)}, with no part in the true rule.")
    if told.forgotten:
        found.append(f"They leave out {_names(told.forgotten)}, which the true rule uses.")
    return " ".join(found) or "The rules name the true rule’s columns, and no others."


def _names(names: tuple[str, ...]) -> str:
    return listed([f"“{name}”" for name in names])


def others_in_words(told: Surrogate) -> str:
    """Every other column that the rules leave out and that turns over answers; nothing without any."""
    first = told_silence(told)
    telling = [each for each in told.silent if each.turned >= TELLING and each is not first]
    if not telling:
        return ""
    shown = [f"“{each.name}” ({percent(each.turned)})" for each in telling[:N_LISTED]]
    more = len(telling) - len(shown)
    rest = f" {more} more turn over 1 % or more." if more else ""
    return f"Also left out, with the answers they turn over: {listed(shown)}.{rest}"


def rules_in_words(told: Surrogate, deepest: int) -> tuple[tuple[int, str], ...]:
    """The rules as indented lines: how far each is indented, from 0, and what it says.

    Parameters
    ----------
    told
        With the rules.
    deepest
        Questions in a row that are shown, 1 or more; below them only how many rules follow.
    """
    return tuple(_lines(told, told.rules, 0, deepest))


def _lines(told: Surrogate, node: Node, depth: int, deepest: int) -> Iterator[tuple[int, str]]:
    if node.low is None or node.high is None:
        if depth == 0:
            yield 0, f"every {told.table.item}: {_end(told, node)}"
        return
    column = told.table.columns[node.column]
    for child, is_low in ((node.low, True), (node.high, False)):
        side = side_in_words(column, node.limit, is_low)
        if child.low is None:
            yield depth, f"{side}: {_end(told, child)}"
        elif depth + 1 >= deepest:
            yield depth, f"{side}: {so_many(child.n_rules, 'more rule')}"
        else:
            yield depth, side
            yield from _lines(told, child, depth + 1, deepest)


def _end(told: Surrogate, node: Node) -> str:
    done = "hold back" if node.risk >= told.settings.question.bar else "let through"
    items = told.table.item if node.n == 1 else told.table.items
    return f"**{done}** (risk {percent(round(node.risk, 4))}, {node.n:,} {items})"


def side_in_words(column: Column, limit: float, is_low: bool) -> str:
    """One side of a question.

    Parameters
    ----------
    column
        Which is asked about.
    limit
        In the column's unit; a limit between two recorded values is told as the lower one.
    is_low
        Whether it is the side up to the limit.

    Examples
    --------
    >>> debt = Column("debt payments", "% of income", 1)
    >>> side_in_words(debt, 30.5, True), side_in_words(debt, 30.5, False)
    ('debt payments at most 30 % of income', 'debt payments above 30 % of income')
    >>> side_in_words(Column("group", levels=("A", "B")), 0.5, False)
    'group is B'
    """
    if column.levels:
        mine = [name for value, name in enumerate(column.levels) if (value <= limit) == is_low]
        return f"{column.name} is {' or '.join(mine)}"
    value = math.floor(limit / column.step + 1e-6) * column.step
    return f"{column.name} {'at most' if is_low else 'above'} {column.in_words(value)}"


def model_name(told: Surrogate) -> str:
    """The unreadable model's name, as it stands in a chart."""
    return capital(KINDS[told.settings.model].name)
