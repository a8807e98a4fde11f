"""A number on a logarithmic slider with marks under it, and a field for who wants to type it exactly.

The slider is the setting. A number typed in the field goes before it, until the slider is moved again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from itertools import pairwise
from math import log

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


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


@dataclass(frozen=True)
class MarkedSlider:
    """The slider and its marks, and apart from them the field.

    Parameters
    ----------
    label
        What the number is.
    key
        Of the slider; its box is ``<key>_marked``, the field ``<key>_typed``.
    stops
        Of the slider, rising, all above 0.
    most
        Largest number that may be typed; the smallest is 0.
    """

    label: str
    key: str
    stops: tuple[float, ...]
    most: float

    def at(self, value: float) -> dict[str, str | float | None]:
        """The values of both controls that stand for this number, for a preset or a button.

        >>> MarkedSlider("Rate", "rate", (0.1, 1.0), 9.0).at(0.5)
        {'rate': '0.1', 'rate_typed': 0.5}
        """
        stop = f"{_nearest(self.stops, value):g}"
        return {self.key: stop, f"{self.key}_typed": None if float(stop) == value else value}

    def field(self) -> None:
        """Draw the field; usually in a fold, since few readers need it."""
        typed = f"{self.key}_typed"

        def typed_one() -> None:
            if st.session_state[typed] is not None:
                st.session_state.update(self.at(st.session_state[typed]))

        st.number_input(
            f"{self.label}, exactly", 0.0, self.most, None, 0.01, format="%.6g", key=typed,
            bind="query-params", on_change=typed_one, placeholder="as the slider says",
        )  # fmt: skip

    def slider(self, place: DeltaGenerator, default: float, marks: tuple[Mark, ...]) -> float:
        """Draw the slider and what stands under it, and return the number, typed or not."""
        typed = f"{self.key}_typed"

        def moved() -> None:
            st.session_state[typed] = None

        stop = place.select_slider(
            self.label,
            _as_text(self.stops),
            f"{default:g}",
            key=self.key,
            bind="query-params",
            on_change=moved,
        )
        place.html(_marked(self.stops, marks))
        exact = st.session_state.get(typed)
        return float(stop) if exact is None else exact


@cache
def _as_text(stops: tuple[float, ...]) -> tuple[str, ...]:
    """What stands at each stop; made once, because Streamlit would format every one at every run."""
    return tuple(f"{stop:g}" for stop in stops)


def _nearest(stops: Sequence[float], value: float) -> float:
    place = bisect_left(stops, value)
    return min(stops[max(0, place - 1) : place + 1] or stops[-1:], key=lambda stop: abs(stop - value))


@lru_cache(maxsize=256)  # they stay while the slider moves
def _marked(stops: tuple[float, ...], marks: tuple[Mark, ...]) -> str:
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
