"""The sheet behind a chart: what opens when somebody chooses "Edit data"."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from pptx.chart.data import ChartData
from pptx.chart.xlsx import XyWorkbookWriter

# every workbook is dated alike, so that the same chart gives the same bytes
MADE = datetime(2000, 1, 1)


@dataclass
class Sheet:
    """Columns of numbers or names, side by side, each under its heading."""

    columns: list[tuple[str, list[Any]]] = field(default_factory=list)

    def add(self, heading: str, values: Sequence[Any]) -> Column:
        """Set a column at the right of the others."""
        self.columns.append((heading, list(values)))
        return Column(_letters(len(self.columns)), heading, tuple(values))


@dataclass(frozen=True)
class Column:
    """A column of the sheet, as a chart refers to it."""

    letters: str
    heading: str
    values: tuple[Any, ...]

    @property
    def numbers(self) -> str:
        """A reference to its numbers, with what they are; what is missing is left out."""
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>'
            for place, value in enumerate(map(float, self.values))
            if math.isfinite(value)
        )
        return (
            f"<c:numRef><c:f>{self._cells}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
            f'<c:ptCount val="{len(self.values)}"/>{points}</c:numCache></c:numRef>'
        )

    @property
    def names(self) -> str:
        """A reference to its names, with what they are."""
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{escape(str(value))}</c:v></c:pt>'
            for place, value in enumerate(self.values)
        )
        return (
            f'<c:strRef><c:f>{self._cells}</c:f><c:strCache><c:ptCount val="{len(self.values)}"/>{points}'
            "</c:strCache></c:strRef>"
        )

    @property
    def title(self) -> str:
        """A reference to its heading."""
        return (
            f'<c:strRef><c:f>Sheet1!${self.letters}$1</c:f><c:strCache><c:ptCount val="1"/>'
            f'<c:pt idx="0"><c:v>{escape(self.heading)}</c:v></c:pt></c:strCache></c:strRef>'
        )

    @property
    def _cells(self) -> str:
        return f"Sheet1!${self.letters}$2:${self.letters}${len(self.values) + 1}"


def _letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    found = ""
    while number:
        number, place = divmod(number - 1, 26)
        found = chr(ord("A") + place) + found
    return found


class DrawnChart(ChartData):
    """A finished chart with its sheet, in the shape in which python-pptx takes charts."""

    def __init__(self, xml: str, sheet: Sheet) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.written, self.sheet = xml, sheet

    def xml_bytes(self, chart_type: Any) -> bytes:
        """The chart as it stands; ``chart_type`` changes nothing."""
        return self.written.encode()

    @property
    def xlsx_blob(self) -> bytes:
        """The sheet as a workbook."""
        return bytes(_Writer(self.sheet).xlsx_blob)  # type: ignore[no-untyped-call]


class _Writer(XyWorkbookWriter):
    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        workbook.set_properties({"created": MADE})
        for column, (heading, values) in enumerate(self._chart_data.columns):
            worksheet.write_string(0, column, heading)  # a heading such as "=1" stays a heading
            for row, value in enumerate(values, 1):
                if isinstance(value, str):
                    worksheet.write_string(row, column, value)
                elif math.isfinite(value):
                    worksheet.write_number(row, column, value)
