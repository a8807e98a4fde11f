"""The nearest training photos by class: the class's average picture beside the distance of each photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, Spec, four_figures, tint
from dl_core.figures.images import add_picture, enlarged, png_uri
from dl_core.figures.picture import BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.near_photos import (
    SHOWN,
    NearStory,
    Neighbour,
    class_average,
    how_many,
    raised,
    summary,
    takeaway,
)
from dl_core.numbers_in_words import percent, so_many

if TYPE_CHECKING:
    import pandas as pd

FEWEST_ROWS = 4  # with fewer classes among the ten, the next ones are shown too
ROW_PX = 54
TILE = 0.15  # of the chart's width, for the average pictures
ENLARGED = 3  # times: an average picture
MOST_DEGREES = 60.0


def near_chart(told: NearStory) -> Picture:
    """One row for each class among the ten: its average picture, its name, its photos' distances.

    Where these are few, the next classes follow, hollow. The band is where the tenth neighbour of nine in
    ten held-out photos lies.

    Parameters
    ----------
    told
        From :func:`dl_core.near_photos.story`.
    """
    rows = told.by_class
    others = told.others[: max(0, FEWEST_ROWS - len(rows))]
    n_rows = len(rows) + len(others)
    figure = house_drawing(title(told), height=130 + ROW_PX * n_rows)
    end = max(MOST_DEGREES, *(one.degrees + 2 for one in (told.neighbours[-1], *others)))
    figure.update_xaxes(
        domain=[TILE, 1],
        range=[0, end],
        dtick=15,
        showgrid=False,
        ticksuffix="°",
        title={"text": "distance (0° same features, 90° none shared)"},
        fixedrange=True,
    )
    figure.update_yaxes(visible=False, range=[n_rows - 0.5, -1.0], fixedrange=True)
    _usual(figure, told, n_rows)
    for row, (label, places) in enumerate(rows):
        _row(figure, told, row, label, places)
    for row, other in enumerate(others, start=len(rows)):
        _runner_up(figure, row, other)
    for row, label in enumerate([*(label for label, _ in rows), *(other.label for other in others)]):
        _tile(figure, class_average_uri(label), row)
    return Picture(figure, f"{takeaway(told)} {summary(told)}.".replace("**", ""), lambda: _table(told))


def title(told: NearStory) -> str:
    """The finding: near or far, and whether the neighbours agree with the answer."""
    if told.far:
        share = "any test photo" if told.nearer >= 1 else f"{percent(told.nearer)} of test photos"
        return f"The ten nearest lie farther than for {share}"
    return f"{how_many(told)} nearest training photos: {told.label}"


def _usual(figure: Drawing, told: NearStory, n_rows: int) -> None:
    low, middle, high = told.usual
    figure.add_shape(
        type="rect",
        x0=low,
        x1=high,
        y0=-0.55,
        y1=n_rows - 0.5,
        layer="below",
        line={"width": 0},
        fillcolor=tint(QUIET, 0.13),
    )
    figure.add_annotation(
        text="where a tenth photo usually lies",
        x=middle,
        y=-0.78,
        xref="x",
        yref="y",
        showarrow=False,
        font={"size": 13, "color": QUIET},
    )


def _row(figure: Drawing, told: NearStory, row: int, label: str, places: tuple[float, ...]) -> None:
    same = label == told.label
    colour = BLUE if same else VERMILLION
    mark = {"symbol": "circle" if same else "x", "color": colour, "line": {"color": PAPER, "width": 1}}
    _line(figure, row, places, {"color": colour, "width": 2, "dash": "solid" if same else "dot"}, mark, label)
    answer = " (the answer)" if same else ""
    text = f"<b>{label}</b>{answer}: {so_many(len(places), 'photo')}"
    _words(figure, row, text, WORDS[colour] if same else INK)


def _runner_up(figure: Drawing, row: int, other: Neighbour) -> None:
    """A class that is not among the ten: hollow, so that it is not counted."""
    mark = {"symbol": "circle-open", "color": QUIET, "line": {"color": QUIET, "width": 2}}
    _line(figure, row, (other.degrees,), {"color": QUIET, "width": 1, "dash": "dot"}, mark, other.label)
    _words(figure, row, f"{other.label}: not among the {SHOWN}", QUIET)


def _line(figure: Drawing, row: int, places: tuple[float, ...], line: Spec, mark: Spec, label: str) -> None:
    """A row's distances: a line to the nearest photo, and a mark for each."""
    angles = [four_figures(degrees) for degrees in places]
    at = row + 0.18
    figure.add_scatter(x=[0, angles[0]], y=[at, at], mode="lines", line=line, hoverinfo="skip")
    figure.add_scatter(
        x=angles,
        y=[at] * len(angles),
        mode="markers",
        marker={"size": 12, **mark},
        hovertemplate=f"{label}, %{{x:.0f}}°<extra></extra>",
    )


def _words(figure: Drawing, row: int, text: str, colour: str) -> None:
    figure.add_annotation(
        text=text,
        x=0,
        y=row - 0.2,
        xref="x",
        yref="y",
        xanchor="left",
        yanchor="middle",
        xshift=2,
        showarrow=False,
        font={"size": 14, "color": colour},
    )


def _tile(figure: Drawing, source: str, row: int) -> None:
    add_picture(figure, source, TILE - 0.02, row - 0.42, TILE - 0.02, 0.84, yref="y", xanchor="right")


def class_average_uri(label: str) -> str:
    """A class's average picture, its contrast raised, as a PNG in a link, enlarged without new detail."""
    from dl_core.vision.classes import label_of

    return png_uri(enlarged(raised(class_average(label_of(label))), ENLARGED))


def _table(told: NearStory) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "place": range(1, len(told.neighbours) + 1),
            "training photo of": [neighbour.label for neighbour in told.neighbours],
            "distance (degrees)": [round(neighbour.degrees, 1) for neighbour in told.neighbours],
            "as the network answers": [
                "yes" if neighbour.label == told.label else "no" for neighbour in told.neighbours
            ],
        }
    )
