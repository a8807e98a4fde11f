"""The words of one scene of "Interpretability": what if a case were different."""

from __future__ import annotations

from dl_core.interpretability.models import KINDS
from dl_core.interpretability.table import Table
from dl_core.interpretability.whatif import WhatIf
from dl_core.interpretability.whatif_in_words import (
    IN_WORDS,
    flip_in_money,
    moves_listed,
    odd_in_words,
    others_in_words,
    second_in_words,
    ticks,
    truth_in_words,
    way,
)
from dl_core.numbers_in_words import listed, so_many

MOST_NAMED = 4  # locked columns that are named one by one
MOST_ROWS = 10  # columns in the table of the case
LOCK = ":material/lock:"


def locked_in_words(table: Table, may_change: tuple[str, ...]) -> str:
    """Which columns no search may touch."""
    fixed = [column.name for column in table.columns if column.is_fixed]
    other = [name for name in table.names if name not in fixed and name not in may_change]
    parts = []
    if fixed:
        parts.append(f"{LOCK} Nobody can change {_named(fixed)}.")
    if other:
        parts.append(f"{LOCK} Locked by you: {_named(other)}.")
    return " ".join(parts) or "No column is locked."


def _named(names: list[str]) -> str:
    return listed(names) if len(names) <= MOST_NAMED else so_many(len(names), "column")


def whatif_headline(told: WhatIf) -> str:
    """How many changes it takes, or that none was found."""
    item = told.table.item
    if told.is_moved:
        whose = "Your changes" if len(told.moves) > 1 else "Your change"
        if told.crosses:
            does = "let" if len(told.moves) > 1 else "lets"
            holds = "hold" if len(told.moves) > 1 else "holds"
            return (
                f"{whose} {does} this {item} through"
                if told.is_held_back
                else f"{whose} {holds} this {item} back"
            )
        return f"{whose} would leave this {item} {'held back' if told.is_held_back else 'let through'}"
    done = f"let this {item} through" if told.is_held_back else f"hold this {item} back"
    first = told.found.first
    if first is None:
        return f"No change that we tried would {done}"
    n = len(first.columns)
    return f"One change would {done}" if n == 1 else f"{IN_WORDS[n]} changes together would {done}"


def whatif_below(told: WhatIf) -> str:
    """The sentences under the picture, a paragraph each."""
    smallest = ""
    if told.is_moved and told.found.first is not None:
        told_way = way(told, told.found.first)
        smallest = f"**The smallest change:** {told_way[0].lower()}{told_way[1:]}"
    parts = (
        flip_in_money(told), smallest, second_in_words(told), odd_in_words(told),
        f"{truth_in_words(told)} {others_in_words(told)}".strip(),
    )  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def whatif_tables(told: WhatIf) -> tuple[tuple[str, str], ...]:
    """What stands in the case, and what the readable models make of the change: a name and Markdown each."""
    tables = [("The case", _lines(_the_case(told)))]
    if told.checks:
        tables.append(("Other models", _lines(ticks(told))))
    return tuple(tables)


def _the_case(told: WhatIf) -> tuple[tuple[str, ...], ...]:
    """A head, then a line for each column: those that may change first, and a lock at the others."""
    moves = {name: new for name, _, new in moves_listed(told)}
    lines = [("Column", "As it is", "Changed")]
    columns = sorted(
        zip(told.table.columns, told.row, strict=True), key=lambda one: one[0].name in told.settings.locked
    )
    for column, value in columns[:MOST_ROWS]:
        locked = column.name in told.settings.locked
        change = f"{LOCK} locked" if locked else f"**{moves[column.name]}**" if column.name in moves else "–"
        lines.append((column.name, column.in_words(float(value)), change))
    if len(columns) > MOST_ROWS:
        lines.append((f"{len(columns) - MOST_ROWS} more", "", f"{LOCK} locked"))
    return tuple(lines)


def _lines(rows: tuple[tuple[str, ...], ...]) -> str:
    """A small table in Markdown."""
    head, *rest = (" | ".join(cell.replace("|", "/") for cell in row) for row in rows)
    return "\n".join((f"| {head} |", f"|{' --- |' * len(rows[0])}", *(f"| {line} |" for line in rest)))


def whatif_tells(told: WhatIf) -> dict[str, str]:
    """What a person who gets a no can be told, for the engineers' sheet."""
    name = KINDS[told.settings.model].name
    found = way(told, told.found.first) if told.found.first else "No change of the open columns was found."
    locked = [column.name for column in told.table.columns if column.is_fixed]
    never = f" Never asked to change: {_named(locked)}." if locked else ""
    return {"Explanation": f"Who hears no may ask what would turn it. {name}, {told.item}: {found}{never}"}


HONEST = (
    "This is the model’s rule and no advice for life. "
    "A number that moves on a form may change nothing in the world."
)
WHATIF_LEAD = (
    "Move a number and ask the model again. "
    "A **counterfactual** is the smallest change that turns the answer. "
    "Locked columns never move in our search."
)
WHATIF_SOURCE = "A case that no model learned from; the search tries values that occur in the table."
WHATIF_NOTES = (
    "Say: this is what a person who hears no wants to know. What would have to be different? "
    "The model finds the smallest change that crosses the bar, and locked columns stay. "
    "Point at the ring, then along the curve to the red diamond. A steep step is a cliff: a hair makes the difference. "
    "Expect the question whether we may promise this to a customer. "
    "Only if the model stays, and the other models agree. Check the list under the picture first."
)
WHATIF_LIES = (
    "“Smallest” depends on how we count: each column by how much cases usually differ in it. "
    "Two or three columns are searched on a coarser grid, so a smaller change may exist. "
    "Nobody checks that such a mix of values can occur."
)
