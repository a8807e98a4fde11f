"""Three circles, one inside the other, with examples; below them a line of time with three dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, QUIET, Picture, house_drawing
from dl_core.start.circles import EXAMPLES, HISTORY, RINGS, Placed, ring_of, takeaway

if TYPE_CHECKING:
    import pandas as pd

# of each ring: half its width, its height, and where its name and its examples stand above its foot
SIZES = ((0.5, 0.98), (0.4, 0.66), (0.29, 0.34))
FOOT = 0.30  # all rings stand here, in shares of the picture's height; below it runs time
SCALE = 0.70  # of the picture's height for the rings
SHADES = (0.05, 0.1, 0.14)  # one upon the other
LIFT = 0.012  # of each ring above the foot of the one around it
FIRST, LAST, LINE = 1938, 2026, 0.15  # of the line of time, and its height


def circles_picture(placed: Placed) -> Picture:
    """The rings with the chosen example marked, and three dates.

    Examples
    --------
    >>> from dl_core.start.circles import Settings, story
    >>> circles_picture(story(Settings("trees"))).title
    'Boosted trees are learned, but not deep'
    """
    figure = house_drawing(_title(placed), height=480)
    for ring, name in enumerate(RINGS):
        _ring(figure, placed, ring, name)
    _time(figure)
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="markers", hoverinfo="skip", marker={"opacity": 0})
    figure.update_xaxes(visible=False, range=[-0.01, 1.01], fixedrange=True)
    figure.update_yaxes(visible=False, range=[0, 1.0], fixedrange=True)
    figure.update_layout(margin={"t": 56}, meta={"narrow_height": 440})
    summary = f"{takeaway(placed)} {_rings_in_words()} {_history_in_words()}"
    return Picture(figure, summary, lambda: _table())


def _title(placed: Placed) -> str:
    name, verb = placed.example.name, placed.example.verb
    if placed.ring == 0:
        return f"{name} {verb} AI, but nothing is learned"
    if placed.ring == 1:
        return f"{name} {verb} learned, but not deep"
    return f"{name} {verb} learned, in many layers"


def _ring(figure: Drawing, placed: Placed, ring: int, name: str) -> None:
    """A circle, its name at its top, and under that its examples."""
    half, tall = SIZES[ring]
    top = FOOT + SCALE * tall
    is_it = ring == placed.ring
    figure.add_shape(
        type="circle", layer="below", x0=0.5 - half, x1=0.5 + half,
        y0=round(FOOT + LIFT * ring, 4), y1=round(top, 4),
        line={"color": BLUE, "width": 3 if is_it else 1}, fillcolor=tint(BLUE, SHADES[ring]),
    )  # fmt: skip
    figure.add_annotation(
        x=0.5, y=round(top - 0.045, 4), text=f"<b>{name}</b>", showarrow=False, xanchor="center",
        font={"color": INK, "size": 17},
    )  # fmt: skip
    names = [one.name for one in placed.others[ring]]
    lines = _lines(names, placed)
    figure.add_annotation(
        x=0.5, y=round(top - 0.085, 4), yanchor="top", text=lines, showarrow=False, xanchor="center",
        font={"color": INK, "size": 14},
    )  # fmt: skip


def _lines(names: list[str], placed: Placed) -> str:
    """The examples of a ring, two a line; the chosen one is marked by a diamond and by weight."""
    marked = [
        f'<span style="color:{ACCENT}"><b>◆ {name}</b></span>' if name == placed.example.name else name
        for name in names
    ]
    return "<br>".join(" · ".join(marked[at : at + 2]) for at in range(0, len(marked), 2))


def _time(figure: Drawing) -> None:
    """From 1943 to today: a dot, two pale stretches, a dot."""
    figure.add_scatter(
        x=[0, 1], y=[LINE, LINE], mode="lines", hoverinfo="skip", line={"color": QUIET, "width": 2}
    )
    for moment, anchor, at in zip(HISTORY, ("left", "center", "right"), (0.0, None, 1.0), strict=True):
        for first, last in moment.years:
            _stretch(figure, first, last)
        middle = sum(_place(year) for years in moment.years for year in years) / (2 * len(moment.years))
        figure.add_annotation(
            x=middle if at is None else at, y=LINE - 0.035, yanchor="top", xanchor=anchor, align=anchor,
            showarrow=False, text=f"<b>{moment.when}</b><br>{moment.what}", font={"color": INK, "size": 13},
        )  # fmt: skip


def _place(year: int) -> float:
    return round((year - FIRST) / (LAST - FIRST), 4)


def _stretch(figure: Drawing, first: int, last: int) -> None:
    if first == last:
        figure.add_scatter(
            x=[_place(first)], y=[LINE], mode="markers", marker={"color": BLUE, "size": 13},
            hovertemplate=f"{first}<extra></extra>",
        )  # fmt: skip
        return
    figure.add_shape(
        type="rect", x0=_place(first), x1=_place(last), y0=LINE - 0.018, y1=LINE + 0.018, fillcolor=PAPER,
        line={"color": QUIET, "width": 2, "dash": "dot"},
    )  # fmt: skip


def _rings_in_words() -> str:
    return f"{RINGS[2]} is part of {RINGS[1].lower()}, which is part of {RINGS[0]}."


def _history_in_words() -> str:
    return " ".join(f"{moment.when}: {moment.what}." for moment in HISTORY)


def _table() -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "example": one.name,
            "learned from examples": "yes" if one.is_learned else "no",
            "hidden layers": one.hidden_layers,
            "innermost circle": RINGS[ring_of(one.is_learned, one.hidden_layers)],
        }
        for one in EXAMPLES.values()
    )
