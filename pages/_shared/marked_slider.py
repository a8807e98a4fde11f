"""A number on a logarithmic slider with marks under it, and the same number typed.

The typed number is the setting, in the link and exact. The slider stands at the nearest of its stops and
writes the typed number when it is moved, so both always say the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import log

import streamlit as st


@dataclass(frozen=True)
class Mark:
    """A place on the slider worth knowing."""

    value: float
    text: str  # two to five words, with the number
    beyond: bool = False  # from here on to the right is a region to stay out of


def log_stops(low: int, high: int) -> tuple[float, ...]:
    """Round numbers from 10^low to 10^high, about evenly spaced by factors.

    >>> log_stops(-1, 0)[:4], len(log_stops(-1, 0))
    ((0.1, 0.11, 0.12, 0.13), 30)
    """
    tens = [*range(10, 20), *range(20, 30, 2), *range(30, 60, 5), *range(60, 100, 5)]
    stops = [round(ten * 10.0 ** (power - 1), 10) for power in range(low, high) for ten in tens]
    return (*stops, 10.0**high)


def share_along(stops: Sequence[float], value: float) -> float:
    """Where a value lies on the slider, 0 at its left end and 1 at its right.

    >>> share_along((1.0, 10.0, 100.0), 10.0), share_along((1.0, 10.0, 100.0), 5000.0)
    (0.5, 1.0)
    """
    if value <= stops[0]:
        return 0.0
    for place, (before, after) in enumerate(pairwise(stops)):
        if value <= after:
            return (place + log(value / before) / log(after / before)) / (len(stops) - 1)
    return 1.0


def marked_slider(
    label: str,
    key: str,
    stops: Sequence[float],
    *,
    default: float,
    most: float,
    marks: Callable[[], Sequence[Mark]],
    help: str | None = None,
) -> float:
    """Draw both and return the number.

    Parameters
    ----------
    label
        What the number is.
    key
        Of the typed number, and so of the link; the slider is ``<key>_slide``, its box
        ``<key>_slide_marked``.
    stops
        Of the slider, rising, all above 0.
    default, most
        Of the typed number, which goes from 0 to ``most``.
    marks
        Called once the typed number is known to the session.
    """
    slide = f"{key}_slide"

    def moved() -> None:
        st.session_state[key] = float(st.session_state[slide])

    box = st.container(key=f"{slide}_marked")
    value = st.number_input(
        f"{label}, typed", 0.0, most, default, 0.01, format="%.6g", key=key, bind="query-params", help=help
    )
    # the slider follows the typed number; what it is set to here is what the reader then sees
    st.session_state[slide] = _nearest(stops, value)
    with box:
        st.select_slider(label, stops, key=slide, on_change=moved, format_func="{:g}".format)
        st.html(_marked(stops, marks()))
    return value


def _nearest(stops: Sequence[float], value: float) -> float:
    place = bisect_left(stops, value)
    return min(stops[max(0, place - 1) : place + 1] or stops[-1:], key=lambda stop: abs(stop - value))


def _marked(stops: Sequence[float], marks: Sequence[Mark]) -> str:
    parts = []
    for mark in marks:
        at = 100 * share_along(stops, mark.value)
        kind = "mark beyond" if mark.beyond else "mark"
        band = f'<i style="left:{at:.1f}%"></i>' if mark.beyond else ""
        parts.append(
            f'<div class="{kind}">{band}<b style="left:{at:.1f}%"></b>'
            f'<span style="left:{at:.1f}%;transform:translateX(-{at:.1f}%)">{escape(mark.text)}</span></div>'
        )
    return f'<div class="slider-marks">{"".join(parts)}</div>'
