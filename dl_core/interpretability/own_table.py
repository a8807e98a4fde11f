"""A reader's own table with one yes-or-no answer a row, or one sentence why it cannot be one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.cross_validation import FEWEST, FEWEST_OF_EACH, TooFewRows, check_rows
from dl_core.interpretability.table import Column, Floats, Table, Truth, step_of
from dl_core.mlp._csv_text import rows_of
from dl_core.mlp.upload import Table as Read
from dl_core.mlp.upload import UnreadableTable, read_csv
from dl_core.numbers_in_words import listed, number, so_many

FEWEST_COLUMNS = 2
MOST_ROWS = 2_000  # seven models are trained ten times on four fifths of them: about ten seconds
SEED = 0
NAME, ANSWER = 24, 18  # letters of the label and of an answer that the page has room for


@dataclass(frozen=True, eq=False)
class Own:
    """The reader's table, and what had to be decided to make one of their file."""

    table: Table
    answers: tuple[str, ...]  # each could be the bad one
    bad: str  # one of them: what is looked for
    remarks: tuple[str, ...]  # sentences: what was left out, drawn or assumed


def read_own(content: bytes, label: str | None = None) -> Read:
    """A reader's CSV file as :func:`dl_core.mlp.upload.read_csv` reads it; a tiny one is told so.

    Parameters
    ----------
    content
        The file's bytes.
    label
        Heading of the column that is to be guessed; without it one is chosen.

    Raises
    ------
    UnreadableTable
        When the file cannot be read, in a sentence for the reader.
    TooFewRows
        When it could be, but has too few rows to say anything.

    Examples
    --------
    >>> read_own(b"size,age,kind\\n1,2,late\\n3,4,on time")
    Traceback (most recent call last):
    ...
    dl_core.interpretability.cross_validation.TooFewRows: This table has 2 rows. Seven models need 40 or more.
    """
    try:
        return read_csv(content, label)
    except UnreadableTable:
        n_rows = rows_of(content).n_rows
        if n_rows >= FEWEST:
            raise
        raise TooFewRows(
            f"This table has {so_many(n_rows, 'row')}. Seven models need {FEWEST} or more."
        ) from None


def answers_of(read: Read) -> tuple[str, ...]:
    """What may be the bad answer: a class, or a value above or not above the middle one.

    Examples
    --------
    >>> from dl_core.mlp.upload import read_csv
    >>> lines = [f"{size},{size % 7},{'late' if size > 25 else 'on time'}" for size in range(40)]
    >>> answers_of(read_csv("\\n".join(["size,colour,kind", *lines]).encode()))
    ('late', 'on time')
    """
    if read.classes:
        return read.classes
    bar = number(_middle(np.asarray(read.targets, np.float64)))
    return f"above {bar}", f"{bar} or below"


def likely_bad(read: Read) -> str:
    """The answer that is probably looked for: the rarest class, or the high values."""
    answers = answers_of(read)
    if not read.classes:
        return answers[0]
    counts = np.bincount(read.targets.astype(np.int64), minlength=len(answers))
    return answers[int(counts.argmin())]


def own_table(
    read: Read,
    bad: str | None = None,
    *,
    left_out: tuple[str, ...] = (),
    protected: tuple[str, ...] = (),
    fixed: tuple[str, ...] = (),
) -> Own:
    """The file's table as one in which a bad case is looked for.

    Parameters
    ----------
    read
        From :func:`dl_core.mlp.upload.read_csv`.
    bad
        One of `answers_of`; without it the rarest, or the high values.
    left_out
        Names of columns that no model may use.
    protected, fixed
        Names of columns by which the law forbids to decide, and of those that nobody can change.

    Raises
    ------
    UnreadableTable
        When too few columns are left, in a sentence for the reader.
    TooFewRows
        When the table is too small to be split in five, or one answer too rare.
    ValueError
        When there is no such answer.

    Examples
    --------
    >>> from dl_core.mlp.upload import read_csv
    >>> lines = [f"{size},{size % 7},{'late' if size > 25 else 'on time'}" for size in range(40)]
    >>> own = own_table(read_csv("\\n".join(["size,colour,kind", *lines]).encode()))
    >>> own.table.bad_name, own.table.fine_name, own.table.bad_share
    ('kind: late', 'kind: on time', 0.35)
    """
    answers = answers_of(read)
    bad = likely_bad(read) if bad is None else bad
    if bad not in answers:
        raise ValueError(f"There is no answer {bad!r}; choose one of {', '.join(answers)}.")
    is_bad, remark = _is_bad(read, bad)
    drawn, drawn_remark = _draw(is_bad)
    is_bad, inputs = is_bad[drawn], read.inputs[drawn]
    same, same_remark = _same(read, inputs)
    kept = [at for at, name in enumerate(read.columns) if name not in (*left_out, *same)]
    if len(kept) < FEWEST_COLUMNS:
        raise UnreadableTable(
            f"Only {so_many(len(kept), 'column')} would be left and {FEWEST_COLUMNS} are the least: "
            "leave more in."
        )
    columns = _columns(read, kept, protected, fixed)
    rows = np.ascontiguousarray(inputs[:, kept], dtype=np.float64)
    table = Table(
        "own", "Your table", "row", "rows", *_names(read, bad), columns, rows, is_bad,
        "Your own table: it stays in your visit and is not stored.", is_own=True,
    )  # fmt: skip
    check_rows(table)
    return Own(table, answers, bad, (*read.remarks, *remark, *drawn_remark, *same_remark))


def _same(read: Read, inputs: Floats) -> tuple[list[str], tuple[str, ...]]:
    """Columns that do not vary among the drawn rows, and what is to be said about them."""
    same = [name for name, spread in zip(read.columns, np.ptp(inputs, axis=0), strict=True) if spread == 0]
    left = listed([f"“{name}”" for name in same])
    return same, (f"Left out: {left}, the same in all drawn rows.",) if same else ()


def _draw(is_bad: Truth) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Which rows are used, rising, and what is to be said about it.

    Of too many a seeded draw that keeps the share of bad ones; more of them where one answer is so rare
    that the draw would leave fewer of it than five folds need.
    """
    rarer = min(is_bad.sum(), (~is_bad).sum())
    most = max(MOST_ROWS, int(np.ceil(FEWEST_OF_EACH * len(is_bad) / max(rarer, 1))))
    if len(is_bad) <= most:
        return np.arange(len(is_bad)), ()
    rng = np.random.default_rng(SEED)
    n_bad = int(np.ceil(most * is_bad.mean())) if is_bad.sum() == rarer else int(most * is_bad.mean())
    bad, fine = rng.permutation(np.flatnonzero(is_bad))[:n_bad], rng.permutation(np.flatnonzero(~is_bad))
    return np.sort(np.concatenate([bad, fine[: most - n_bad]])), (
        f"{len(is_bad):,} rows are many for seven models: {most:,} of them were drawn, "
        "with the same share of the bad answer.",
    )


def _columns(
    read: Read, kept: list[int], protected: tuple[str, ...], fixed: tuple[str, ...]
) -> tuple[Column, ...]:
    """What is known of the columns that stay; nobody can change what the law protects."""
    return tuple(
        Column(
            read.columns[at], step=step_of(read.inputs[:, at]),
            is_fixed=read.columns[at] in (*fixed, *protected), is_protected=read.columns[at] in protected,
        )
        for at in kept
    )  # fmt: skip


def _middle(targets: Floats) -> float:
    """The median, or the next smaller value where no value lies above it."""
    middle = float(np.median(targets))
    return middle if (targets > middle).any() else float(targets[targets < middle].max())


def _is_bad(read: Read, bad: str) -> tuple[Truth, tuple[str, ...]]:
    """Whether each row has that answer, ``(n,)``, and what is to be said about it."""
    at = answers_of(read).index(bad)
    if not read.classes:
        above = read.targets > _middle(np.asarray(read.targets, np.float64))
        return (above if at == 0 else ~above), (
            f"“{read.label}” is a number, so it was split at its middle value: bad is “{bad}”.",
        )
    is_bad = np.asarray(read.targets == at)
    if len(read.classes) == 2:
        return is_bad, ()
    return is_bad, (f"“{read.label}” has {len(read.classes)} answers: “{bad}” is set against all others.",)


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def _names(read: Read, bad: str) -> tuple[str, str]:
    """How the page calls the bad and the fine case."""
    label = _cut(read.label, NAME)
    other = [answer for answer in answers_of(read) if answer != bad]
    if not read.classes:
        return f"{label} {_cut(bad, ANSWER)}", f"{label} {_cut(other[0], ANSWER)}"
    fine = _cut(other[0], ANSWER) if len(other) == 1 else f"not {_cut(bad, ANSWER)}"
    return f"{label}: {_cut(bad, ANSWER)}", f"{label}: {fine}"
