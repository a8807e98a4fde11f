"""Cells of a foreign table as numbers: decimal commas, thousands, gaps. No cell is ever executed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GAPS = frozenset(
    {"", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", ".", "missing", "unknown"}
)
LONGEST_NUMBER = 40  # characters; a longer cell is text
LARGEST_NUMBER = 1e15  # beyond it neighbouring whole numbers can no longer be told apart
_MOSTLY = 0.9  # a column with at least so many numbers is one of numbers; the other cells are gaps

_ALLOWED = frozenset("0123456789+-.,eE")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")  # 1,234,567.8


@dataclass(frozen=True)
class Column:
    """One column of the file: as text, and as numbers where it is one of numbers."""

    name: str
    texts: tuple[str, ...]  # (n,) the cells without the blanks around them; "" for a gap
    numbers: NDArray[np.float64] | None  # (n,) NaN for a gap; None for a column of text
    n_odd: int  # cells that are no numbers, in a column of numbers
    commas: str  # how commas were read: "", "decimal" or "thousands"

    @property
    def n_gaps(self) -> int:
        """Cells without a value."""
        return self.texts.count("") if self.numbers is None else int(np.isnan(self.numbers).sum())


def read_column(name: str, cells: list[str], separator: str) -> Column:
    """The cells of one column, as numbers if at least nine of ten that are filled are numbers.

    Parameters
    ----------
    name
        Its heading.
    cells
        As they stand in the file.
    separator
        Of the file: in a file with semicolons a comma is a decimal one.

    Examples
    --------
    >>> read_column("price", ["1,5", "2", "n/a"], ";").numbers
    array([1.5, 2. , nan])
    >>> read_column("price", ["1,500", "2,750"], "|").numbers
    array([1500., 2750.])
    """
    texts = tuple("" if (cell := raw.strip()).lower() in GAPS else cell for raw in cells)
    plain = [text if _ALLOWED.issuperset(text) and len(text) <= LONGEST_NUMBER else "text" for text in texts]
    commas = _how_commas_are_meant(plain, separator)
    points = any(text.count(".") > 1 or -1 < text.find(".") < text.find(",") for text in plain)
    numbers = np.array([_number(text, commas, points and commas != "thousands") for text in plain])
    filled = np.array([text != "" for text in texts])
    n_odd = int((filled & np.isnan(numbers)).sum())
    if not filled.any() or n_odd > (1 - _MOSTLY) * filled.sum():
        return Column(name, texts, None, 0, "")
    return Column(name, texts, numbers, n_odd, commas)


def _how_commas_are_meant(plain: list[str], separator: str) -> str:
    """Thousands where every comma stands before three digits, unless the file is a European one."""
    with_comma = [text for text in plain if "," in text]
    if not with_comma:
        return ""
    if separator != ";" and all(_GROUPED.fullmatch(text) for text in with_comma):
        return "thousands"
    return "decimal"


def _number(text: str, commas: str, points_are_thousands: bool) -> float:
    """The number in a cell; NaN if there is none, or none that can be calculated with."""
    if commas == "thousands":
        text = text.replace(",", "")
    elif commas == "decimal":
        text = (text.replace(".", "") if points_are_thousands else text).replace(",", ".")
    elif points_are_thousands:
        text = text.replace(".", "")
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if abs(value) <= LARGEST_NUMBER else math.nan
