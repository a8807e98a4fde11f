"""The bytes of an uploaded file as rows of text: encoding, separator, headings, a fair sample."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from dl_core.mlp._cells import read_column
from dl_core.mlp._names import all_different, in_short, listed
from dl_core.numbers_in_words import so_many

LARGEST_FILE = 5_000_000  # bytes
MOST_ROWS = 100_000
MOST_COLUMNS = 60  # of any kind; at most 20 of numbers are used
SAMPLE = 5_000  # rows that are used at most
SEPARATORS = (";", "\t", "|", ",")  # in this order where two fit equally well
_PREVIEW = 20  # rows by which the separator is found
_NO_HEADINGS = "The first row holds numbers and no headings, so the columns got names of ours."
_SIGNATURES = (
    ((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"), "an Excel file or another packed one"),
    ((b"%PDF",), "a PDF"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"), "a picture"),
    ((b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!"), "a packed file"),
    ((b"PAR1", b"SQLite", b"\x80\x04\x95", b"\x80\x05\x95"), "a file for programs"),
)


class UnreadableTable(ValueError):
    """A file that cannot be learned from; the message says why and what to do, for the reader."""

    def __init__(self, message: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.choices = choices  # columns that would do as the label, where another one was the trouble


@dataclass(frozen=True)
class Rows:
    """The table as text."""

    names: tuple[str, ...]  # of the columns, each different
    cells: list[list[str]]  # at most SAMPLE rows, each as long as `names`
    n_rows: int  # rows in the file that are as long as the headings
    separator: str
    remarks: tuple[str, ...]


def rows_of(content: bytes) -> Rows:
    """The rows of a CSV file; of more than 5,000 a sample, always the same one.

    Parameters
    ----------
    content
        The file's bytes, at most 5 MB.

    Raises
    ------
    UnreadableTable
        "This file is empty: ..." and the like.

    Examples
    --------
    >>> rows_of(b"size;price\\n1,5;2\\n2,5;3").cells
    [['1,5', '2'], ['2,5', '3']]
    """
    text, remarks = _decoded(content)
    text, separator = _separator(text)
    try:
        return _sampled(csv.reader(io.StringIO(text, newline=""), delimiter=separator), separator, remarks)
    except csv.Error:
        raise UnreadableTable(
            "A cell of this file never ends: look for a quotation mark that opens and does not close."
        ) from None


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The file as text with plain line ends, and what is to be said about it."""
    if len(content) > LARGEST_FILE:
        raise UnreadableTable(
            f"This file has {len(content) / 1e6:.1f} MB and 5 MB is the most: keep fewer rows or columns."
        )
    for signs, kind in _SIGNATURES:
        if content.startswith(signs):
            raise UnreadableTable(f"This looks like {kind}: open it where it was made and save it as CSV.")
    text, remarks = _text(content)
    odd = sum(text.count(chr(code)) for code in (*range(9), *range(14, 32), 127))
    if "\x00" in text or odd > len(text) / 100:
        raise UnreadableTable("This is not a text file: open it where it was made and save it as CSV.")
    start = text.lstrip()[:200].lower()
    if not start:
        raise UnreadableTable("This file is empty: choose one with a row of headings and rows of numbers.")
    if start.startswith(("<!doctype", "<html", "<?xml", "<table", "<head", "<svg")):
        raise UnreadableTable("This looks like a web page, not a table: download the data as CSV.")
    if start.startswith(("{", "[{", "[[")):
        raise UnreadableTable("This looks like JSON, not a table: save the data as CSV.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), remarks


def _text(content: bytes) -> tuple[str, list[str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), []
    head = content[:2000]
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(head) >= 8 and zeros.count(0) > 0.4 * len(zeros) and head.count(0) == zeros.count(0):
            return content.decode(encoding, errors="replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        remark = "The file is not in UTF-8; it was read as Western European, so check accents and signs."
    try:
        return content.decode("cp1252"), [remark]
    except UnicodeDecodeError:
        return content.decode("latin-1"), [remark]


def _separator(text: str) -> tuple[str, str]:
    """The text without Excel's line ``sep=;``, and the separator that gives most columns of numbers."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS and len(first.strip()) <= 5:
        return rest, first[4]
    preview = "\n".join([line for line in text[:65_536].split("\n") if line.strip()][: _PREVIEW + 1])
    scores = {separator: _fit(preview, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])  # the first of equals
    if scores[best] == (0.0, 0):
        raise UnreadableTable(
            "Only one column was found: separate the columns by comma, semicolon, tab or |, or save as CSV."
        )
    return text, best


def _fit(preview: str, separator: str) -> tuple[float, int]:
    """Numbers in an average row, where rows of a wrong length count 0; then the number of columns."""
    try:
        rows = list(csv.reader(io.StringIO(preview, newline=""), delimiter=separator))
    except csv.Error:
        return 0.0, 0
    rows = [row for row in rows if row]
    width = len(rows[0]) if rows else 0
    if not 2 <= width <= 10 * MOST_COLUMNS:
        return 0.0, 0 if width < 2 else width
    alike = [row for row in rows[1:] if len(row) == width]
    numbers = sum(read_column("", [cell], separator).numbers is not None for row in alike for cell in row)
    return numbers / max(len(rows) - 1, 1), width


def _sampled(reader: Iterator[list[str]], separator: str, remarks: list[str]) -> Rows:
    """Headings, and a fair sample of the rows in the order of the file (reservoir sampling)."""
    first = next((row for row in reader if any(cell.strip() for cell in row)), [])
    names, said = _names(first, separator)
    draw, n_rows, n_ragged = random.Random(0), 0, 0
    kept: list[tuple[int, list[str]]] = []
    for cells in chain([] if said[:1] != [_NO_HEADINGS] else [first], reader):
        row = _as_long_as(names, cells)
        if row is None:
            n_ragged += any(cell.strip() for cell in cells)
            continue
        if n_rows == MOST_ROWS:
            said.append(f"Only the first {MOST_ROWS:,} rows were looked at.")
            break
        n_rows += 1
        if len(kept) < SAMPLE:
            kept.append((n_rows, row))
        elif (place := draw.randrange(n_rows)) < SAMPLE:
            kept[place] = (n_rows, row)
    if n_rows == 0 or n_ragged > n_rows:
        raise UnreadableTable(
            f"Most rows have more cells than there are headings ({len(names)}): save the file as CSV again."
            if n_ragged
            else "This file has headings but no rows: choose one with at least 20 rows of numbers."
        )
    if n_ragged:
        said.append(f"Left out: {so_many(n_ragged, 'row')} with more cells than there are headings.")
    if n_rows > SAMPLE:
        said.append(f"Of {n_rows:,} rows, {SAMPLE:,} were drawn at random, the same ones each time.")
    return Rows(names, [row for _, row in sorted(kept)], n_rows, separator, (*remarks, *said))


def _names(first: list[str], separator: str) -> tuple[tuple[str, ...], list[str]]:
    """A different name for each column, and what had to be done for that."""
    if len(first) > MOST_COLUMNS:
        raise UnreadableTable(
            f"This table has {len(first):,} columns and {MOST_COLUMNS} is the most: "
            "keep the label and 2 to 20 columns of numbers."
        )
    if _is_data(first, separator):
        return tuple(f"column {i}" for i in range(1, len(first) + 1)), [_NO_HEADINGS]
    names = all_different([in_short(cell) or f"unnamed {i}" for i, cell in enumerate(first, 1)])
    changed = [name for name, cell in zip(names, first, strict=True) if cell.strip() and name != cell.strip()]
    return names, [f"Headings that stood twice or were too long became {listed(changed)}."] if changed else []


def _is_data(first: list[str], separator: str) -> bool:
    """Whether the first row is already data: half of it are numbers, and not all of them years."""
    filled = [cell for cell in first if cell.strip()]
    columns = [read_column("", [cell], separator).numbers for cell in filled]
    numbers = [float(column[0]) for column in columns if column is not None]
    years = all(number in range(1900, 2101) for number in numbers)
    return 2 * len(numbers) >= len(filled) and not years


def _as_long_as(names: tuple[str, ...], cells: list[str]) -> list[str] | None:
    """The row with as many cells as names, a short one filled with gaps; None if empty or too long."""
    while len(cells) > len(names) and not cells[-1].strip():
        cells.pop()
    if len(cells) > len(names) or not any(cell.strip() for cell in cells):
        return None
    return cells + [""] * (len(names) - len(cells))
