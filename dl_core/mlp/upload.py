"""A reader's own table, made fit to learn from, or one sentence why it is not.

The file is hostile until proven otherwise: it is never executed, unpickled or kept, and the time spent on it
is bounded by its size, its columns and a sample of its rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dl_core.mlp._cells import Column, read_column
from dl_core.mlp._csv_text import LARGEST_FILE, SAMPLE, UnreadableTable, rows_of
from dl_core.mlp._dataset import MOST_CLASSES, DataSet, Floats, Labels, Task
from dl_core.mlp._names import all_different, in_short, listed
from dl_core.numbers_in_words import so_many

__all__ = ["LARGEST_FILE", "SAMPLE", "Table", "UnreadableTable", "read_csv"]

FEWEST_ROWS = 20
MOST_INPUTS = 20
_LABEL_NAMES = ("label", "target", "class", "outcome", "result", "answer", "y", "species")
_COUNTER_NAMES = ("id", "index", "row", "nr", "no", "number")


@dataclass(frozen=True)
class Table:
    """A table that a network can learn from."""

    inputs: Floats  # (n, d) every number finite; 20 to 5,000 rows, 2 to 20 columns, none of them constant
    targets: Labels | Floats  # (n,) number of the class, or the value
    task: Task
    classes: tuple[str, ...]  # 2 to 5 names, empty for a regression
    columns: tuple[str, ...]  # names of the d columns
    label: str  # name of the column that is to be guessed
    choices: tuple[str, ...]  # columns that would do as the label, this one among them
    n_rows: int  # rows in the file, the left-out ones included
    remarks: tuple[str, ...]  # sentences: what was left out, drawn or assumed

    def as_data(self, name: str = "your table") -> DataSet:
        """The same as a data set for the builder, under this name."""
        made = f"Your own table: {so_many(len(self.targets), 'row')}; the label is “{self.label}”."
        return DataSet(name, self.task, self.inputs, self.targets, self.classes, self.columns, "", made)


@dataclass
class _Draft:
    """A table in the making."""

    label: Column
    inputs: list[Column]
    remarks: list[str] = field(default_factory=list)

    def drop(self, columns: list[Column], why: str) -> None:
        """Leave these columns out and say why."""
        if columns:
            names = [column.name for column in columns]
            self.remarks.append(f"Left out: {listed(names)}, {why}.")
            self.inputs = [column for column in self.inputs if column.name not in names]


def read_csv(content: bytes, label: str | None = None) -> Table:
    """A CSV file as a table of numbers with one label.

    Parameters
    ----------
    content
        The file's bytes: at most 5 MB, with headings; comma, semicolon, tab or | between columns.
    label
        Heading of the column that is to be guessed; without it one is chosen, and a remark says which.

    Raises
    ------
    UnreadableTable
        "This file is empty: ..." One sentence for the reader: what was wrong and what to do.

    Examples
    --------
    >>> lines = [f"{size},{size % 7},{'big' if size > 15 else 'small'}" for size in range(30)]
    >>> table = read_csv("\\n".join(["size,colour,kind", *lines]).encode())
    >>> table.columns, table.label, table.classes, table.inputs.shape
    (('size', 'colour'), 'kind', ('big', 'small'), (30, 2))
    """
    rows = rows_of(content)
    columns = [
        read_column(name, cells, rows.separator)
        for name, *cells in map(list, zip(rows.names, *rows.cells, strict=True))
    ]
    choices = tuple(column.name for column in columns if _n_labels(column) >= 2 and not _too_many(column))
    chosen = _label(columns, choices, label)
    draft = _Draft(chosen, [column for column in columns if column is not chosen], list(rows.remarks))
    if label is None:
        draft.remarks.append(f"“{chosen.name}” is taken as the label; choose another column if it is not.")
    _leave_out_columns(draft, rows.n_rows)
    inputs, texts, numbers = _whole_rows(draft)
    kept, targets, classes = _targets(draft, texts, numbers)
    inputs = _varying(draft, inputs[kept])
    names = tuple(column.name for column in draft.inputs)
    task: Task = "classes" if classes else "regression"
    return Table(
        inputs, targets, task, classes, names, chosen.name, choices, rows.n_rows, tuple(draft.remarks)
    )


def _n_labels(column: Column) -> int:
    """Different values, gaps aside."""
    if column.numbers is None:
        return len(set(column.texts) - {""})
    return len(np.unique(column.numbers[~np.isnan(column.numbers)]))


def _too_many(column: Column) -> bool:
    return column.numbers is None and _n_labels(column) > MOST_CLASSES


def _label(columns: list[Column], choices: tuple[str, ...], wanted: str | None) -> Column:
    """The column to be guessed: the one asked for, or the likeliest."""
    by_name = {column.name: column for column in columns}
    if wanted is None:
        last = next((column for column in reversed(columns) if _n_labels(column)), columns[-1])
        repeats = last.numbers is None and 2 * _n_labels(last) <= len(
            last.texts
        )  # it looks meant as the label
        named = [name for name in choices if name.lower() in _LABEL_NAMES]
        texts = [name for name in choices if by_name[name].numbers is None]
        likely = named[-1:] or texts[-1:] or ([last.name] if repeats else []) or list(choices[-1:])
        wanted = likely[0] if likely else last.name
    if wanted not in by_name:
        raise UnreadableTable(
            f"There is no column “{wanted[:40]}”: choose one of {listed(choices)}.", choices
        )
    column, n = by_name[wanted], _n_labels(by_name[wanted])
    if n == 0:
        raise UnreadableTable(f"The column “{wanted}” is empty: choose another one as the label.", choices)
    if n == 1:
        raise UnreadableTable(
            f"“{wanted}” holds the same value in every row, so there is nothing to tell apart: "
            "choose another label.", choices,
        )  # fmt: skip
    if _too_many(column):
        raise UnreadableTable(
            f"“{wanted}” has {n:,} different texts and {MOST_CLASSES} is the most: "
            "merge some, or choose another label.", choices,
        )  # fmt: skip
    return column


def _leave_out_columns(draft: _Draft, n_rows: int) -> None:
    """Without the columns that nothing can be learned from, or too much."""
    empty = [c for c in draft.inputs if c.n_gaps == len(c.texts)]
    draft.inputs = [c for c in draft.inputs if c not in empty or not c.name.startswith("unnamed")]
    draft.drop([c for c in empty if c in draft.inputs], "without a value")
    draft.drop([c for c in draft.inputs if c.numbers is None], "which is text")
    draft.drop([c for c in draft.inputs if 2 * c.n_gaps > len(c.texts)], "where most values are missing")
    draft.drop([c for c in draft.inputs if _n_labels(c) < 2], "where all values are the same")
    draft.drop([c for c in draft.inputs if _counts_the_rows(c, n_rows)], "which only counts the rows")
    draft.drop([c for c in draft.inputs if _is_the_label(c, draft.label)], "which is the label once more")
    draft.drop(draft.inputs[MOST_INPUTS:], f"because {MOST_INPUTS} columns are the most")
    if len(draft.inputs) < 2:
        raise UnreadableTable(
            f"Beside the label “{draft.label.name}” stand {len(draft.inputs)} usable columns of numbers: "
            "give the table at least two."
        )
    for commas, meaning in (("decimal", "decimal points"), ("thousands", "marks of thousands")):
        names = [c.name for c in (*draft.inputs, draft.label) if c.commas == commas]
        if names:
            draft.remarks.append(f"Commas were read as {meaning} in {listed(names)}.")
    odd = [c for c in (*draft.inputs, draft.label) if c.n_odd]
    if odd:
        n_odd = sum(c.n_odd for c in odd)
        cells = "1 cell that is" if n_odd == 1 else f"{n_odd:,} cells that are"
        draft.remarks.append(f"{listed([c.name for c in odd])}: {cells} no usable number, so missing.")


def _numbers(column: Column) -> Floats:
    assert column.numbers is not None  # columns of text were left out
    return column.numbers


def _counts_the_rows(column: Column, n_rows: int) -> bool:
    """Whether the column is called and looks like a running number."""
    numbers = _numbers(column)
    if not (column.name.lower() in _COUNTER_NAMES or column.name.startswith("unnamed")) or column.n_gaps:
        return False
    whole, rising = (numbers == np.round(numbers)).all(), (np.diff(numbers) > 0).all()
    return bool(whole and rising and numbers[-1] - numbers[0] <= n_rows)


def _is_the_label(column: Column, label: Column) -> bool:
    """Whether the column gives the label away: the same numbers, or one number for each class."""
    numbers, n = _numbers(column), _n_labels(label)
    if n > MOST_CLASSES:
        return label.numbers is not None and np.array_equal(numbers, label.numbers, equal_nan=True)
    return _n_labels(column) == n == len(set(zip(numbers.tolist(), label.texts, strict=True)))


def _whole_rows(draft: _Draft) -> tuple[Floats, list[str], Floats | None]:
    """Inputs, and the label as text and as numbers, of the rows without a gap."""
    inputs = np.column_stack([_numbers(column) for column in draft.inputs])
    whole = ~np.isnan(inputs).any(axis=1) & np.array([text != "" for text in draft.label.texts])
    if draft.label.numbers is not None:
        whole &= ~np.isnan(draft.label.numbers)
    n_gaps = int((~whole).sum())
    if n_gaps:
        draft.remarks.append(f"Left out: {so_many(n_gaps, 'row')} with a missing value.")
    texts = [text for text, keep in zip(draft.label.texts, whole, strict=True) if keep]
    numbers = None if draft.label.numbers is None else draft.label.numbers[whole]
    return inputs[whole], texts, numbers


def _targets(
    draft: _Draft, texts: list[str], numbers: Floats | None
) -> tuple[NDArray[np.bool_], Labels | Floats, tuple[str, ...]]:
    """Which rows are kept, their targets, and the classes' names, none for a regression."""
    everything = np.ones(len(texts), dtype=bool)
    if numbers is None:
        values, labels = np.unique(np.array(texts, dtype=object), return_inverse=True)
        names = [in_short(str(value)) for value in values]
    else:
        values, labels = np.unique(numbers, return_inverse=True)
        if len(values) > MOST_CLASSES or (values != np.round(values)).any():
            return everything, numbers, ()
        names = [f"{value:.0f}" for value in values]
    counts = np.bincount(labels, minlength=len(values))
    enough = counts > 1
    if enough.sum() < 2:
        raise UnreadableTable(
            f"Fewer than two labels of “{draft.label.name}” stand in two complete rows or more: "
            "fill gaps, or choose another label."
        )
    if not enough.all():
        alone = [name for name, ok in zip(names, enough, strict=True) if not ok]
        draft.remarks.append(f"Left out: the label {listed(alone)}, which stands in one row only.")
    kept = enough[labels]
    renumbered = (np.cumsum(enough) - 1)[labels[kept]].astype(np.int64)
    return kept, renumbered, all_different([n for n, ok in zip(names, enough, strict=True) if ok])


def _varying(draft: _Draft, inputs: Floats) -> Floats:
    """The inputs of the rows that are left, without columns that no longer vary.

    Raises
    ------
    UnreadableTable
        If too few rows or columns are left.
    """
    if len(inputs) < FEWEST_ROWS:
        raise UnreadableTable(
            f"Only {so_many(len(inputs), 'row')} without gaps are left and {FEWEST_ROWS} are the least: "
            "fill gaps, or add rows."
        )
    varies = np.ptp(inputs, axis=0) > 1e-12 * np.abs(inputs).max(axis=0)
    draft.drop(
        [c for c, ok in zip(draft.inputs, varies, strict=True) if not ok], "where all values are the same"
    )
    if len(draft.inputs) < 2:
        raise UnreadableTable(
            "In the rows without gaps fewer than two columns vary: fill gaps, or add columns of numbers."
        )
    return inputs[:, varies]
