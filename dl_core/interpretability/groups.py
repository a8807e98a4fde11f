"""The two groups of people whom a protected column sets apart."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Floats, Table, Truth
from dl_core.interpretability.tables import ready_made
from dl_core.kept import Kept
from dl_core.numbers_in_words import number

FEWEST = 40  # cases of a group: with fewer, every share of it is a guess
FEWEST_OF_EACH = 10  # bad cases of a group, and fine ones
STAND_IN = "loans"  # shown where a table has no two groups


@dataclass(frozen=True, eq=False)
class Groups:
    """Two groups that together are all cases."""

    column: str  # name of the protected column
    names: tuple[str, str]  # as a sentence calls them: "group A"
    second: Truth  # (n,) whether each case is of the second


_NAMES = Kept[Table, tuple[str, ...]]()
_GROUPS = Kept[Table, Groups]()


def protected(table: Table) -> tuple[str, ...]:
    """Protected columns that make two large enough groups; those with two values first.

    Examples
    --------
    >>> protected(ready_made("loans")), protected(ready_made("diabetes")), protected(ready_made("wine"))
    (('group', 'age'), ('sex', 'age'), ())
    """
    return _NAMES.once(table, "all", lambda: _protected(table))


def _protected(table: Table) -> tuple[str, ...]:
    found = [
        (len(np.unique(table.rows[:, at])) > 2, at)
        for at, column in enumerate(table.columns)
        if column.is_protected and _is_large(table, _second(table.rows[:, at]))
    ]
    return tuple(table.names[at] for _, at in sorted(found))


def groups_of(table: Table, column: str) -> Groups:
    """Both groups of a protected column: its two values, or up to its middle and above.

    Parameters
    ----------
    table
        That has the column.
    column
        One of `protected`.

    Raises
    ------
    ValueError
        If the column makes no two groups.

    Examples
    --------
    >>> groups_of(ready_made("loans"), "group").names, groups_of(ready_made("loans"), "age").names
    (('group A', 'group B'), ('age up to 42', 'age over 42'))
    """
    if column not in protected(table):
        raise ValueError(f"“{column}” does not make two groups that are large enough.")
    return _GROUPS.once(table, column, lambda: _groups(table, column))


def _groups(table: Table, column: str) -> Groups:
    at = table.names.index(column)
    values = table.rows[:, at]
    second = _second(values)
    second.setflags(write=False)
    return Groups(column, _names(table.columns[at], float(values[~second].max()), values), second)


def _second(values: Floats) -> Truth:
    """``(n,)`` whether above the middle value, or from it on where nothing lies above."""
    middle = np.median(values)
    above = values > middle
    return np.asarray(above if above.any() else values >= middle)


def _names(column: Column, end: float, values: Floats) -> tuple[str, str]:
    """How both groups are called, where the first ends at ``end``."""
    kinds = np.unique(values).tolist()
    if len(kinds) == 2:
        first, second = (column.in_words(kind) if column.levels else number(kind) for kind in kinds)
        return f"{column.name} {first}", f"{column.name} {second}"
    told = number(end)
    return f"{column.name} up to {told}", f"{column.name} over {told}"


def _is_large(table: Table, second: Truth) -> bool:
    return all(
        mine.sum() >= FEWEST
        and (table.bad & mine).sum() >= FEWEST_OF_EACH
        and (~table.bad & mine).sum() >= FEWEST_OF_EACH
        for mine in (second, ~second)
    )


def looked_at(question: Question) -> Question:
    """The same question; about the made loans where its table has no two groups.

    Examples
    --------
    >>> looked_at(Question(ready_made("wine"), miss=50.0)).table.key
    'loans'
    """
    return question if protected(question.table) else replace(question, table=ready_made(STAND_IN))


class AboutGroups:
    """What settings share that compare the two groups of a protected column."""

    question: Question
    column: str  # the protected one; empty: the first that makes two groups

    def check_column(self) -> None:
        """Refuse a column that makes no two groups.

        Raises
        ------
        ValueError
            With its name.
        """
        if self.column and self.column not in protected(self.table):
            raise ValueError(f"“{self.column}” is no protected column with two groups.")

    @property
    def asked(self) -> Question:
        """The question; about the made loans where its table has no two groups."""
        return looked_at(self.question)

    @property
    def table(self) -> Table:
        """Whose cases are looked at."""
        return self.asked.table

    @property
    def groups(self) -> Groups:
        """The two groups of people."""
        return groups_of(self.table, self.column or protected(self.table)[0])


def instead_in_words(asked: Table) -> str:
    """Why the made loans stand here; nothing where they do not.

    Examples
    --------
    >>> instead_in_words(ready_made("wine"))
    'This table has no protected column, so you see the made loans.'
    >>> instead_in_words(ready_made("loans"))
    ''
    """
    if protected(asked):
        return ""
    if any(column.is_protected for column in asked.columns):
        return "No protected column makes two groups large enough, so you see the made loans."
    more = " You can mark one above, under “About its columns”." if asked.is_own else ""
    return f"This table has no protected column, so you see the made loans.{more}"
