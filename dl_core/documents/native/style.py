"""Colours, lines and markers as a PowerPoint chart writes them down."""

from __future__ import annotations

from typing import Any

from dl_core.documents.stills.colours import Colour, colour

EMU = 12_700  # PowerPoint's smallest unit, per point
DASHES = {
    "solid": "solid", "dot": "sysDot", "dash": "dash", "longdash": "lgDash", "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
}  # fmt: skip
MARKERS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle", "x": "x",
    "cross": "plus", "star": "star",
}  # fmt: skip
DRAWN_AS_LINES = ("x", "cross", "star")  # PowerPoint draws these with a pen, so the pen takes the colour
NO_MARKER = '<c:marker><c:symbol val="none"/></c:marker>'
HATCHES = {
    "/": "wdUpDiag", "\\": "wdDnDiag", "x": "openDmnd", "-": "narHorz", "|": "narVert", "+": "smGrid",
    ".": "pct20",
}  # fmt: skip
SMALLEST, LARGEST = 2, 72  # points that a marker may have


def hexadecimal(ink: Colour) -> str:
    """A colour as six digits, without its cover.

    Examples
    --------
    >>> hexadecimal(colour("rgb(0,114,178)"))
    '0072B2'
    """
    return "".join(f"{round(255 * part):02X}" for part in ink[:3])


def on_white(name: Any, opacity: float = 1.0) -> str:
    """A colour as it looks on white paper, as six digits.

    Parameters
    ----------
    name
        As CSS writes it.
    opacity
        0 to 1; multiplies the colour's own.

    Examples
    --------
    >>> on_white("rgba(0,0,0,0.2)"), on_white("#0072B2")
    ('CCCCCC', '0072B2')
    """
    ink = colour(name, opacity)
    red, green, blue = (1 - (1 - part) * ink[3] for part in ink[:3])
    return hexadecimal((red, green, blue, 1.0))


def fill(ink: Colour) -> str:
    """An area in one colour, or none.

    Examples
    --------
    >>> fill(colour("#0072B2", 0.5))
    '<a:solidFill><a:srgbClr val="0072B2"><a:alpha val="50000"/></a:srgbClr></a:solidFill>'
    """
    if not ink[3]:
        return "<a:noFill/>"
    cover = f'<a:alpha val="{round(100_000 * ink[3])}"/>' if ink[3] < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{hexadecimal(ink)}">{cover}</a:srgbClr></a:solidFill>'


def hatched(shape: str, ink: Colour, paper: Colour) -> str:
    """An area of lines in ``ink`` on ``paper``."""
    return (
        f'<a:pattFill prst="{HATCHES[shape]}"><a:fgClr><a:srgbClr val="{hexadecimal(ink)}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{hexadecimal(paper)}"/></a:bgClr></a:pattFill>'
    )


def line(ink: Colour, width: float, dash: str = "solid") -> str:
    """A line, or none where it has no width.

    Parameters
    ----------
    ink
        Red, green, blue and cover.
    width
        Points.
    dash
        As Plotly names it.

    Examples
    --------
    >>> line(colour("#D55E00"), 0)
    '<a:ln><a:noFill/></a:ln>'
    """
    if width <= 0 or not ink[3]:
        return "<a:ln><a:noFill/></a:ln>"
    return (
        f'<a:ln w="{round(width * EMU)}" cap="{"flat" if dash != "solid" else "rnd"}">{fill(ink)}'
        f'<a:prstDash val="{DASHES[dash]}"/><a:round/></a:ln>'
    )


def marker(symbol: str, size: float, ink: Colour, rim: Colour, rim_width: float) -> str:
    """A marker; one of no size is left out.

    Parameters
    ----------
    symbol
        As Plotly names it, such as ``diamond-open``.
    size
        Points.
    ink, rim
        Colours of its inside and its edge.
    rim_width
        Points.
    """
    if size <= 0:
        return NO_MARKER
    name, is_open = symbol.removesuffix("-open"), symbol.endswith("-open")
    inside, edge = fill(ink), line(rim, rim_width)
    if name in DRAWN_AS_LINES:
        inside, edge = "<a:noFill/>", line(ink, max(1.0, 0.22 * size) if not is_open else max(1.0, rim_width))
    elif is_open:
        inside, edge = "<a:noFill/>", line(ink, rim_width or 1.0)
    points = round(min(max(size, SMALLEST), LARGEST))
    return (
        f'<c:marker><c:symbol val="{MARKERS[name]}"/><c:size val="{points}"/>'
        f"<c:spPr>{inside}{edge}</c:spPr></c:marker>"
    )
