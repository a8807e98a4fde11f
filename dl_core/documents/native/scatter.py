"""Lines and points as PowerPoint writes them down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.documents.native.style import NO_MARKER, line, marker
from dl_core.documents.native.workbook import Sheet
from dl_core.documents.slides.letters import one_line
from dl_core.documents.stills.colours import Colour, colour
from dl_core.documents.stills.markers import ink_of
from dl_core.documents.stills.points import coordinates, error_sizes, mode_of
from dl_core.documents.stills.spec import Spec, each, numbers
from dl_core.documents.stills.words import plain


@dataclass(frozen=True)
class _Mark:
    """One point as it looks."""

    symbol: str
    size: float  # points
    ink: Colour
    rim: Colour
    rim_width: float  # points

    @property
    def xml(self) -> str:
        return marker(self.symbol, self.size, self.ink, self.rim, self.rim_width)


def scatter_xml(traces: list[Spec], sheet: Sheet, axis_ids: str, zoom: float) -> str:
    """All traces as one XY chart, their numbers in the sheet.

    Parameters
    ----------
    traces
        Of the figure.
    sheet
        Is added to.
    axis_ids
        As XML.
    zoom
        Points of a page pixel.
    """
    written = [(_series(trace, number, sheet, zoom), trace) for number, trace in enumerate(traces)]
    # LibreOffice loses a series that is followed by a longer one; PowerPoint goes by c:order
    written.sort(key=lambda one: -len(coordinates(one[1], "x")))
    return (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f"{''.join(xml for xml, _ in written)}{axis_ids}</c:scatterChart>"
    )


def name_of(trace: Spec, number: int) -> str:
    """What a trace is called; ``number`` is its place, from 0, for one that has no name.

    Examples
    --------
    >>> name_of({"name": "<b>kNN</b>"}, 0), name_of({}, 1)
    ('kNN', 'series 2')
    """
    return one_line(plain(str(trace.get("name") or ""))) or f"series {number + 1}"


def _series(trace: Spec, number: int, sheet: Sheet, zoom: float) -> str:
    name, mode = name_of(trace, number), mode_of(trace)
    x = sheet.add(f"{name}, x", numbers(coordinates(trace, "x")).tolist())
    y = sheet.add(name, numbers(coordinates(trace, "y")).tolist())
    marks = _marks(trace, number, len(y.values), zoom) if "markers" in mode else []
    common = max(marks, key=marks.count) if marks else None
    points = "".join(_point(place, mark) for place, mark in enumerate(marks) if mark != common)
    smooth = (trace.get("line") or {}).get("shape") == "spline"
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{y.title}</c:tx>'
        f"<c:spPr>{_line(trace, number, zoom) if 'lines' in mode else '<a:ln><a:noFill/></a:ln>'}</c:spPr>"
        f"{common.xml if common else NO_MARKER}{points}"
        f"{_errors(trace, name, sheet, zoom)}"
        f'<c:xVal>{x.numbers}</c:xVal><c:yVal>{y.numbers}</c:yVal><c:smooth val="{int(smooth)}"/></c:ser>'
    )


def _line(trace: Spec, number: int, zoom: float) -> str:
    spec = trace.get("line") or {}
    ink = colour(spec.get("color") or ink_of(trace, number), _opacity(trace))
    return line(ink, zoom * float(spec.get("width", 2)), str(spec.get("dash") or "solid"))


def _opacity(trace: Spec) -> float:
    return float(trace.get("opacity", 1))


def _marks(trace: Spec, number: int, n: int, zoom: float) -> list[_Mark]:
    spec = trace.get("marker") or {}
    rim = spec.get("line") or {}
    ink = ink_of(trace, number)
    many_sizes = isinstance(spec.get("size"), (list, np.ndarray))  # then Plotly lets points show through
    shown = each(spec.get("opacity"), n, 0.7 if many_sizes else 1.0)
    columns = zip(
        each(spec.get("symbol"), n, "circle"),
        each(spec.get("size"), n, 6),
        each(spec.get("color"), n, ink),
        each(rim.get("color"), n, "#5C626B"),
        each(rim.get("width"), n, 0),
        shown,
        strict=True,
    )
    opacity = _opacity(trace)
    return [
        _Mark(
            str(symbol),
            zoom * float(size),
            colour(own, part * opacity),
            colour(edge),
            zoom * float(width),
        )
        for symbol, size, own, edge, width, part in columns
    ]


def _point(place: int, mark: _Mark) -> str:
    return f'<c:dPt><c:idx val="{place}"/>{mark.xml}<c:bubble3D val="0"/></c:dPt>'


def _errors(trace: Spec, name: str, sheet: Sheet, zoom: float) -> str:
    return "".join(_error(trace, letter, name, sheet, zoom) for letter in "yx")


def _error(trace: Spec, letter: str, name: str, sheet: Sheet, zoom: float) -> str:
    both = error_sizes(trace, letter)
    if both is None:
        return ""
    spec = trace[f"error_{letter}"]
    down = sheet.add(f"{name}, {letter} minus", both[0].tolist())
    up = sheet.add(f"{name}, {letter} plus", both[1].tolist())
    ink = colour(spec.get("color") or ink_of(trace, 0))
    no_cap = int(float(spec.get("width", 4)) == 0)
    return (
        f'<c:errBars><c:errDir val="{letter}"/><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="{no_cap}"/><c:plus>{up.numbers}</c:plus><c:minus>{down.numbers}</c:minus>'
        f"<c:spPr>{line(ink, zoom * float(spec.get('thickness', 2)))}</c:spPr></c:errBars>"
    )
