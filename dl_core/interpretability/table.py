"""A table with one yes-or-no answer a row: the bad case is what everybody looks for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]

STEPS = 30  # of a slider over the usual values of a column


@dataclass(frozen=True)
class Column:
    """What is known of each case."""

    name: str  # as the page calls it
    unit: str = ""  # "years"; empty for a bare number
    step: float = 0.1  # of a slider: as finely as the column is recorded
    is_fixed: bool = False  # the person or thing cannot change it
    is_protected: bool = False  # the law forbids to decide by it
    levels: tuple[str, ...] = ()  # names of the values 0, 1, …; empty for a number

    def in_words(self, value: float) -> str:
        """A value with its unit.

        Parameters
        ----------
        value
            As it stands in a row, in the column's unit.

        Examples
        --------
        >>> Column("time in the job", "years", 1).in_words(3.0), Column("share", "%", 0.1).in_words(7.25)
        ('3 years', '7.2 %')
        >>> Column("group", levels=("A", "B")).in_words(1.0)
        'B'
        """
        if self.levels:
            return self.levels[min(max(round(value), 0), len(self.levels) - 1)]
        told = f"{value:,.{self.places}f}".replace("-", "−")
        return f"{told} {self.unit}".strip()

    @property
    def places(self) -> int:
        """Decimal places that a value needs."""
        return max(0, -int(np.floor(np.log10(self.step) + 1e-9)))


@dataclass(frozen=True, eq=False)
class Table:
    """Two tables are the same when their rows, answers and columns are.

    Raises
    ------
    ValueError
        When the parts do not fit each other.
    """

    key: str  # for links and files; "own" for a reader's
    name: str  # as the page calls it
    item: str  # one row: "loan"
    items: str  # many: "loans"
    bad_name: str  # what is looked for: "not paid back"
    fine_name: str  # all others: "paid back"
    columns: tuple[Column, ...]
    rows: Floats = field(repr=False)  # (n, d), every number finite, read-only
    bad: Truth = field(repr=False)  # (n,) whether each row is the bad case, read-only
    source: str  # one sentence: whose data, or how they were made
    is_own: bool = False  # the reader's own: then it stays in the reader's visit
    sha256: str = ""  # of all of it; made here

    def __post_init__(self) -> None:
        if self.rows.ndim != 2 or self.rows.shape != (len(self.bad), len(self.columns)):
            raise ValueError("Every row has one answer, and every column one name.")
        if not np.isfinite(self.rows).all():
            raise ValueError("Every number of a table is finite.")
        told = hashlib.sha256(repr((self.name, self.bad_name, self.columns)).encode())
        for part in (self.rows, self.bad):
            part.setflags(write=False)
            told.update(np.ascontiguousarray(part).data)
        object.__setattr__(self, "sha256", told.hexdigest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and (self.sha256, self.is_own) == (other.sha256, other.is_own)

    def __hash__(self) -> int:
        return hash(self.sha256)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """In a saved brief a ready-made table is its key; of a reader's own nothing is kept."""
        from pydantic_core import core_schema

        from dl_core.interpretability.tables import TABLES, ready_made

        def of(key: Any) -> Table:
            if key not in TABLES:
                raise ValueError(f"There is no ready-made table {key!r}.")
            return ready_made(key)

        return core_schema.no_info_plain_validator_function(
            of, serialization=core_schema.plain_serializer_function_ser_schema(lambda table: table.key)
        )

    @property
    def bad_share(self) -> float:
        """Share of bad cases, 0 to 1: the base rate."""
        return float(self.bad.mean())

    @property
    def names(self) -> tuple[str, ...]:
        """Of the columns."""
        return tuple(column.name for column in self.columns)

    def without(self, *names: str) -> Table:
        """The same table with these columns left out.

        Raises
        ------
        ValueError
            If there is no such column.
        """
        missing = set(names) - set(self.names)
        if missing:
            raise ValueError(f"There is no column {min(missing)!r}.")
        keep = [at for at, name in enumerate(self.names) if name not in names]
        return Table(
            self.key, self.name, self.item, self.items, self.bad_name, self.fine_name,
            tuple(self.columns[at] for at in keep), self.rows[:, keep], self.bad, self.source, self.is_own,
        )  # fmt: skip


def step_of(values: Floats) -> float:
    """A step of a slider over a column, a power of ten: whole where the column is.

    Parameters
    ----------
    values
        ``(n,)`` of the column, every one finite, not all the same.

    Examples
    --------
    >>> step_of(np.arange(20.0)), step_of(np.linspace(0, 1, 50)), step_of(np.linspace(2e4, 9e4, 50))
    (1.0, 0.01, 1000.0)
    """
    low, high = np.quantile(values, [0.05, 0.95])
    usual = high - low if high > low else np.ptp(values)
    step = float(10.0 ** np.floor(np.log10(max(usual / STEPS, 1e-12))))
    return max(step, 1.0) if (values == np.round(values)).all() else step
