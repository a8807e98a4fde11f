"""What every figure function returns: a chart, its summary in words, and the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import plotly.io as pio

from dl_core.figures.drawing import Drawing, Spec
from dl_core.figures.film import Film

if TYPE_CHECKING:
    import pandas as pd  # only who opens a table waits for the library of tables

# Okabe-Ito colours that hold 3:1 against white paper and against dark ink. Never alone: always with a
# second cue (shape, dash, label).
BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
# Words about a mark, in its colour: a mark needs 3:1, words need 4.5:1. The page swaps them on dark ground.
WORDS = {BLUE: "#0069A8", VERMILLION: "#B54F00", GREEN: "#007A59", PURPLE: "#A64D7F"}
WORDS_ON_DARK = {BLUE: "#5AA9DE", VERMILLION: "#F0884A", GREEN: "#2FBF95", PURPLE: "#DC97BE"}
PALE_BLUE = "#7FB2D6"  # guesses after the first
SERIES = (BLUE, VERMILLION, GREEN, PURPLE, "#7F7F7F")
SYMBOLS = ("circle", "square", "triangle-up", "diamond", "cross")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")

# Colours that follow the page's theme. The page's chart element replaces these names by the theme's
# own colours, so one figure serves light, dark and paper. Use them for text, lines and points that are
# "ink" rather than data.
INK, QUIET, FAINT, PAPER, ACCENT = "#1B1E23", "#5C626B", "#D9DADD", "#FFFFFF", "#B3261E"
SIGNED = [[0, BLUE], [0.5, PAPER], [1, VERMILLION]]  # a colour scale: below 0, 0, above 0


@dataclass(frozen=True)
class Picture:
    """A chart that can also be heard and read: the same result, three ways."""

    figure: go.Figure | Spec  # what is drawn; a `Drawing` is plain data and costs under 1 ms, not 30
    summary: str  # one to three plain sentences: what a sighted reader takes from the chart
    numbers: pd.DataFrame | Callable[[], pd.DataFrame]  # the table below, or how to make it when it is opened
    film: Film | None = None  # how it came about, for a reader who wants to watch it

    @cached_property
    def table(self) -> pd.DataFrame:
        """The numbers behind the chart, with units in the column names."""
        return self.numbers() if callable(self.numbers) else self.numbers

    @property
    def title(self) -> str:
        """The finding that stands above the chart."""
        return str(self.figure["layout"]["title"]["text"])

    @cached_property
    def json(self) -> str:
        """The figure as Plotly.js reads it."""
        return str(pio.to_json(self.figure, validate=False))

    @property
    def checked_figure(self) -> go.Figure:
        """The figure as Plotly's own object, which refuses a property that does not exist.

        Raises
        ------
        ValueError
            If plain data holds something that Plotly does not know.
        """
        return go.Figure(self.figure)


def house_layout(title: str, *, height: int = 420) -> Spec:
    """The house style as plain data: start from it, and add what the chart needs.

    Parameters
    ----------
    title
        The finding, in plain words. Computed where it holds numbers.
    height
        Pixels on the page; present mode and the deck stretch it.

    Examples
    --------
    >>> house_layout("Loss falls fastest near 0.3")["title"]["text"]
    'Loss falls fastest near 0.3'
    """
    return {
        "title": {
            "text": title,
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "font": {"size": 17, "color": INK},
            "y": 0.98,
            "yanchor": "top",
            "automargin": False,
            "pad": {"l": 4},
        },
        "font": {"family": "Source Sans, Source Sans Pro, sans-serif", "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 48, "b": 8},
        "showlegend": False,
        "hoverlabel": {"font": {"size": 14}},
        "xaxis": _axis(),
        "yaxis": _axis(),
        "uirevision": "kept",  # zoom survives new data
    }


def _axis() -> Spec:
    """One axis in the house style; each gets its own, so that changing one never changes the other."""
    return {
        "gridcolor": FAINT,
        "linecolor": QUIET,
        "zeroline": False,
        "ticks": "",
        "tickfont": {"color": QUIET},
        "title": {"font": {"color": INK, "size": 14}, "standoff": 8},
        "automargin": True,
    }


def house_drawing(title: str, *, height: int = 420) -> Drawing:
    """A drawing in the house style with a finding as its title and nothing drawn yet.

    Parameters
    ----------
    title
        The finding, in plain words. Computed where it holds numbers.
    height
        Pixels on the page; present mode and the deck stretch it.

    Examples
    --------
    >>> house_drawing("Loss falls fastest near 0.3")["layout"]["title"]["text"]
    'Loss falls fastest near 0.3'
    """
    return Drawing(house_layout(title, height=height))


def hide_axes(figure: Drawing) -> None:
    """Nothing but panels and words; places on both axes are shares of the plot, 0 to 1."""
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[0, 1], fixedrange=True)


def words_at_both_ends(figure: Drawing, left: str, right: str, **more: Any) -> None:
    """Words over a bar of percents, at 0 and at 100, so that neither can meet a bar or a line.

    Parameters
    ----------
    figure
        The drawing to add them to.
    left, right
        Usually the bar's name and its number.
    more
        Other properties of Plotly's annotation, for both.
    """
    for text, x, anchor, shift in ((left, 0, "left", -3), (right, 100, "right", 3)):
        figure.add_annotation(text=text, x=x, xanchor=anchor, xshift=shift, **more)


def blank_figure(title: str, *, height: int = 420) -> go.Figure:
    """`house_drawing` as Plotly's own figure, for a chart that needs more of Plotly than a `Drawing` has.

    Parameters
    ----------
    title
        The finding, in plain words. Computed where it holds numbers.
    height
        Pixels on the page; present mode and the deck stretch it.

    Examples
    --------
    >>> blank_figure("Loss falls fastest near 0.3").layout.title.text
    'Loss falls fastest near 0.3'
    """
    return go.Figure(layout=house_layout(title, height=height))
