"""A chart as plain data, drawn with the same words as Plotly's own figure, and a tenth of its time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Spec = dict[str, Any]  # a Plotly figure as plain data: {"data": [...], "layout": {...}}


def four_figures(value: float) -> float:
    """A number as exact as an eye can tell on a chart, and short on its way to the browser.

    >>> four_figures(1 / 3), four_figures(123_456.0)
    (0.3333, 123500.0)
    """
    return float(f"{value:.4g}")


def each_in_four(values: Iterable[float]) -> list[float]:
    """`four_figures` of each: a list, which a film can cut.

    >>> each_in_four([1 / 3, 2.0])
    [0.3333, 2.0]
    """
    return [four_figures(value) for value in values]


def tint(colour: str, strength: float) -> str:
    """A colour laid thinly over the ground, ``strength`` 0 to 1.

    >>> tint("#0072B2", 0.1)
    'rgba(0,114,178,0.1)'
    """
    red, green, blue = rgb(colour)
    return f"rgba({red},{green},{blue},{strength:g})"


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour, 0 to 255 each.

    >>> rgb("#0072B2")
    (0, 114, 178)
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def cut(name: str, most: int = 12) -> str:
    """A name, shortened where there is no room for more than ``most`` letters.

    >>> cut("Whole"), cut("A very long name of a class")
    ('Whole', 'A very long…')
    """
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


class Drawing(Spec):
    """``{"data": [...], "layout": {...}}`` with the methods of ``go.Figure`` that our charts use.

    Plotly's own figure checks every property as it is set, which costs 30 ms where this costs less than
    one, and keeps several objects for each. `Picture.checked_figure` makes that check, in the tests.

    Parameters
    ----------
    layout
        To start from, usually `house_layout`'s.

    Examples
    --------
    >>> drawing = Drawing({"xaxis": {"ticks": ""}})
    >>> drawing.add_scatter(x=[1], y=[2])
    >>> drawing.update_xaxes(title={"text": "answers"})
    >>> drawing["data"], drawing["layout"]["xaxis"]
    ([{'type': 'scatter', 'x': [1], 'y': [2]}], {'ticks': '', 'title': {'text': 'answers'}})
    """

    def __init__(self, layout: Spec | None = None) -> None:
        super().__init__(data=[], layout=layout or {})

    def add_trace(self, trace: Spec) -> None:
        """One more trace, with its ``type``."""
        self["data"].append(trace)

    def add_scatter(self, **trace: Any) -> None:
        """Points, lines, or both."""
        self.add_trace({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        """Bars; stripes with a colour of their own lie on the bar's colour; Plotly lays them on nothing.

        >>> figure = Drawing()
        >>> figure.add_bar(y=[1], marker={"color": "blue", "pattern": {"shape": "/", "fgcolor": "white"}})
        >>> figure["data"][0]["marker"]["pattern"]["fillmode"]
        'overlay'
        """
        marker = trace.get("marker", {})
        if "fgcolor" in marker.get("pattern", {}):
            trace["marker"] = {**marker, "pattern": {"fillmode": "overlay", **marker["pattern"]}}
        self.add_trace({"type": "bar", **trace})

    def add_heatmap(self, **trace: Any) -> None:
        """Coloured cells."""
        self.add_trace({"type": "heatmap", **trace})

    def add_annotation(self, **note: Any) -> None:
        """Words in the chart."""
        self["layout"].setdefault("annotations", []).append(note)

    def add_shape(self, **shape: Any) -> None:
        """A line, a rectangle or a path."""
        self["layout"].setdefault("shapes", []).append(shape)

    def add_vline(self, x: float, **shape: Any) -> None:
        """A line from bottom to top at ``x``."""
        ends = {"x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
        self.add_shape(type="line", **ends, **shape)

    def add_layout_image(self, **image: Any) -> None:
        """A picture in the chart."""
        self["layout"].setdefault("images", []).append(image)

    def update_layout(self, **changes: Any) -> None:
        """Set these properties and keep the others, in every depth."""
        _merge(self["layout"], changes)

    def update_xaxes(self, **changes: Any) -> None:
        """The same for every x axis."""
        self._update_axes("xaxis", changes)

    def update_yaxes(self, **changes: Any) -> None:
        """The same for every y axis."""
        self._update_axes("yaxis", changes)

    def _update_axes(self, kind: str, changes: Spec) -> None:
        self["layout"].setdefault(kind, {})
        for name, axis in self["layout"].items():
            if name.startswith(kind):
                _merge(axis, changes)


def add_band(
    figure: Drawing, x: Sequence[float], low: Sequence[float], high: Sequence[float], colour: str
) -> None:
    """A pale band between two curves, as from the lowest to the highest of several draws.

    Parameters
    ----------
    figure
        The drawing to add it to.
    x
        Places, the same for both curves.
    low, high
        Their heights, as many.
    colour
        Of the band at its strongest.

    Examples
    --------
    >>> figure = Drawing()
    >>> add_band(figure, [1, 2], [0.0, 0.5], [1.0, 1.5], "#0072B2")
    >>> figure["data"][0]["y"]
    [0.0, 0.5, 1.5, 1.0]
    """
    figure.add_scatter(
        x=[*x, *x[::-1]], y=[*low, *high[::-1]], mode="lines", fill="toself", hoverinfo="skip",
        fillcolor=tint(colour, 0.16), line={"width": 0, "color": colour},
    )  # fmt: skip


def _merge(into: Spec, changes: Spec) -> Spec:
    """Set ``changes`` in every depth; two axes never come to share a part, or one would move the other."""
    for name, value in changes.items():
        if isinstance(value, dict):
            kept = into.get(name)
            into[name] = _merge(kept if isinstance(kept, dict) else {}, value)
        else:
            into[name] = value
    return into
