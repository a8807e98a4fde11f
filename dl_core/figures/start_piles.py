"""The piles as piles; below them, for each way to choose, what was promised and what new patients gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import BLUE, GREEN, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import percent
from dl_core.start.piles import PilesTold, Way, in_cases, points, takeaway

if TYPE_CHECKING:
    import pandas as pd

SHEET = 10  # patients
FLOOR, TALL = 4.45, 1.9  # where the piles stand, and how high the highest is, in rows
NEAR = 0.035  # shares nearer than this share one label
SIDES = (46, 106)  # of the axis, percent; its words need room beyond 100
# way → what its row says, and the colour of the pile whose score it reports
ROWS = {
    "train": ("Choose and report on <b>training</b>", BLUE),
    "test": ("Choose and report on <b>test</b>: a peek", GREEN),
    "honest": ("Choose on <b>validation</b>, report on test", GREEN),
}


def piles_picture(told: PilesTold) -> Picture:
    """Four piles, and three ways to choose among the same candidates.

    Examples
    --------
    >>> from dl_core.start.piles import Settings, story
    >>> piles_picture(story(Settings(candidates=1))).title
    'One candidate: the test pile is off by 0 points'
    """
    figure = house_drawing(_title(told), height=500)
    _piles(figure, told)
    for row, way in enumerate(told.ways):
        _way(figure, way, 2.45 - 1.2 * row, is_first=row == 0)
    figure.update_xaxes(
        range=list(SIDES), tickvals=list(range(50, 101, 10)), title={"text": "right answers (%)"},
        fixedrange=True, showgrid=False,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[-0.4, FLOOR + TALL + 0.12], fixedrange=True)
    figure.update_layout(margin={"t": 56}, meta={"narrow_height": 480})
    return Picture(figure, f"{takeaway(told)} {in_cases(told)}", lambda: _table(told))


def _title(told: PilesTold) -> str:
    peek = told.by_test
    if told.settings.candidates == 1:
        return f"One candidate: the test pile is off by {points(peek.flattery)} points"
    return f"The peek promises {percent(peek.promise)} right; new patients give {percent(peek.truth)}"


def _piles(figure: Drawing, told: PilesTold) -> None:
    """A sheet for every ten patients, so that sizes can be seen."""
    chosen = told.settings
    piles = (
        ("training", chosen.train, BLUE), ("validation", chosen.test, VERMILLION),
        ("test", chosen.test, GREEN), ("new", told.new, QUIET),
    )  # fmt: skip
    step = TALL / (max(size for _, size, _ in piles) / SHEET)
    for column, (name, size, colour) in enumerate(piles):
        left, wide = column / 4 + 0.02, 0.19
        for sheet in range(-(-size // SHEET)):
            share = min(1.0, (size - SHEET * sheet) / SHEET)
            figure.add_shape(
                type="rect", xref="x domain", x0=round(left, 4), x1=round(left + wide * share, 4),
                y0=round(FLOOR + step * sheet, 4), y1=round(FLOOR + step * (sheet + 0.62), 4),
                line={"width": 0}, fillcolor=colour,
            )  # fmt: skip
        figure.add_annotation(
            xref="x domain", x=left + wide / 2, y=FLOOR, yanchor="top", yshift=-2, showarrow=False,
            xanchor="center", text=f"<b>{name}</b><br>{size}",
            font={"color": WORDS.get(colour, INK), "size": 13},
        )  # fmt: skip


def _way(figure: Drawing, way: Way, y: float, *, is_first: bool) -> None:
    """One row: a hollow diamond for the promise, a dot for what new patients gave."""
    text, colour = ROWS[way.key]
    promise, truth = 100 * way.promise, 100 * way.truth
    figure.add_annotation(
        xref="x domain", x=0, y=y + 0.46, text=text, showarrow=False, xanchor="left", xshift=-3,
        font={"color": INK, "size": 14},
    )  # fmt: skip
    figure.add_scatter(
        x=[round(truth, 1), round(promise, 1)], y=[y, y], mode="lines", hoverinfo="skip",
        line={"color": tint(colour, 0.35), "width": 8},
    )  # fmt: skip
    figure.add_scatter(
        x=[round(truth, 1)], y=[y], mode="markers", name="new patients",
        marker={"color": INK, "size": 12, "symbol": "circle"},
        hovertemplate="right on new patients: %{x:.1f} %<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=[round(promise, 1)], y=[y], mode="markers", name="promised",
        marker={"color": PAPER, "size": 13, "symbol": "diamond", "line": {"color": colour, "width": 3}},
        hovertemplate="promised: %{x:.1f} %<extra></extra>",
    )  # fmt: skip
    if abs(way.flattery) < NEAR:
        label = f"{percent(way.promise)} promised, {percent(way.truth)} came"
        _label(figure, max(promise, truth), y, label, WORDS[colour], is_left=False)
        return
    came = f"{percent(way.truth)} came" if is_first else percent(way.truth)
    said = f"{percent(way.promise)} promised" if is_first else percent(way.promise)
    _label(figure, truth, y, came, INK, is_left=truth < promise)
    crowded = is_first and promise > 88  # then its words stand before the mark, where the line is long
    _label(figure, promise, y, said, WORDS[colour], is_left=crowded or truth > promise, is_above=crowded)


def _label(
    figure: Drawing, x: float, y: float, text: str, ink: str, *, is_left: bool, is_above: bool = False
) -> None:
    figure.add_annotation(
        x=round(x, 1), y=y, text=f"<b>{text}</b>", showarrow=False, yshift=18 if is_above else 0,
        xanchor="center" if is_above else "right" if is_left else "left",
        xshift=0 if is_above else -11 if is_left else 11, font={"color": ink, "size": 14},
    )  # fmt: skip


def _table(told: PilesTold) -> pd.DataFrame:
    import pandas as pd

    names = {"train": "training", "test": "test (a peek)", "honest": "validation"}
    reported = {"train": "training", "test": "test", "honest": "test"}
    return pd.DataFrame(
        {
            "chosen on": names[way.key],
            "reported from": reported[way.key],
            "promised (% right)": round(100 * way.promise, 1),
            "new patients (% right)": round(100 * way.truth, 1),
            "too high by (points)": round(100 * way.flattery, 1),
            "most deals (points)": f"{points(way.most[0])} to {points(way.most[1])}",
        }
        for way in told.ways
    )
