"""Numbers as words at an axis: the small part of d3's format language that charts use."""

from __future__ import annotations

import math
import re

from dl_core.documents.stills.spec import CannotDraw

FORM = re.compile(
    r"(?P<sign>[+ ])?(?P<money>\$)?(?P<comma>,)?(?:\.(?P<digits>\d+))?(?P<trim>~)?(?P<kind>[a-z%]?)"
)
PREFIXES = {-12: "p", -9: "n", -6: "µ", -3: "m", 0: "", 3: "k", 6: "M", 9: "G", 12: "T", 15: "P"}
MINUS = "−"


def formatted(form: str, value: float) -> str:
    """A number as d3 would write it.

    Parameters
    ----------
    form
        Such as ``,.0f``, ``.0%``, ``.1f``, ``~s``, ``.2e``, ``d``, ``.3g``.
    value
        Any finite number.

    Raises
    ------
    CannotDraw
        If the format is outside of this.

    Examples
    --------
    >>> formatted(",.0f", 12345.6), formatted(".0%", 0.25), formatted("~s", 20000), formatted(".1f", -2)
    ('12,346', '25%', '20k', '−2.0')
    """
    found = FORM.fullmatch(form)
    if not found or found["kind"] not in ("", "f", "%", "p", "e", "g", "s", "d", "r"):
        raise CannotDraw(f"The number format “{form}” is not known: use one such as ,.0f, .0%, .1f or ~s.")
    text = _unsigned(abs(value), found["kind"], found["digits"], bool(found["trim"]), found["comma"] or "")
    zero = not re.search(r"[1-9]", text)
    sign = MINUS if value < 0 and not zero else (found["sign"] or "")
    return sign + (found["money"] or "") + text


def _unsigned(value: float, kind: str, digits: str | None, trim: bool, comma: str) -> str:
    places = int(digits) if digits is not None else 6
    if kind == "d":
        return f"{round(value):{comma}d}"
    if kind in ("%", "p"):
        return _trimmed(f"{100 * value:{comma}.{places}f}", trim) + "%"
    if kind == "s":
        return _with_prefix(value, places, trim)
    if kind == "f":
        return _trimmed(f"{value:{comma}.{places}f}", trim)
    if kind == "e":
        mantissa, exponent = f"{value:.{places}e}".split("e")
        return f"{_trimmed(mantissa, trim)}e{int(exponent):+d}".replace("-", MINUS)
    figures = places if digits is not None else 12
    return f"{value:{comma}.{max(figures, 1)}g}"


def _trimmed(text: str, trim: bool) -> str:
    return text.rstrip("0").rstrip(".") if trim and "." in text else text


def _with_prefix(value: float, figures: int, trim: bool) -> str:
    power = 0 if value == 0 else math.floor(math.log10(value) + 1e-12)
    step = max(-12, min(15, 3 * (power // 3)))
    places = max(0, figures - 1 - (power - step))
    return _trimmed(f"{value / 10.0**step:.{places}f}", trim) + PREFIXES[step]


def automatic(value: float, step: float, largest: float) -> str:
    """A tick as Plotly writes it when nobody says how: as many decimals as it needs.

    Parameters
    ----------
    value
        Where the tick is.
    step
        From tick to tick.
    largest
        The end of the axis that is farther from 0; from 10,000 on, k and M are used.

    Examples
    --------
    >>> automatic(0.5, 0.25, 1), automatic(20000, 10000, 50000), automatic(-3, 1, 5)
    ('0.5', '20k', '−3')
    """
    power = math.floor(math.log10(largest)) if largest > 0 else 0
    shift = 3 * round((power - 1) / 3) if abs(power) > 3 and -12 <= power <= 15 else 0
    shift = shift if shift in PREFIXES else 0
    scaled, step = value / 10.0**shift, step / 10.0**shift
    places = next((n for n in range(12) if abs(round(step, n) - step) <= 1e-6 * step), 12)
    text = _trimmed(f"{abs(scaled):.{places}f}", trim=True)
    zero = not re.search(r"[1-9]", text)
    return (MINUS if value < 0 and not zero else "") + text + ("" if zero else PREFIXES[shift])
