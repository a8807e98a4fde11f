"""The whole path through the network from left to right, for the wide paper of a slide."""

from __future__ import annotations

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import add_picture
from dl_core.figures.map_pictures import bar_code, png
from dl_core.figures.network_layers import (
    IN_A_ROW,
    guess_words,
    name_over_shape,
    opened_network,
    path_title,
    photo_words,
    say,
    scale_words,
    stage_words,
    strongest_sheet,
    told_by,
)
from dl_core.figures.picture import ACCENT, QUIET, Picture, house_drawing
from dl_core.network_layers import OpenedNetwork
from dl_core.vision.layers import STAGES

AIR = 0.08  # of a column, between two
ENDS = len(STAGES) + 1  # where the columns of averages and scores begin
WIDTH = ENDS + 2.2  # in columns


def network_on_a_slide(opened: OpenedNetwork) -> Picture:
    """`opened_network`, but the whole path runs from left to right.

    Parameters
    ----------
    opened
        From :func:`dl_core.network_layers.story`.
    """
    if opened.settings.depth != "story":
        return opened_network(opened)
    figure = house_drawing(path_title(opened), height=420)
    done = opened.walk
    _column(figure, 0, *photo_words(opened), png(done.seen))
    for column, inside in enumerate(STAGES, 1):
        _column(figure, column, *stage_words(opened, inside), strongest_sheet(opened, inside, 2))
        if opened.settings.at in inside:
            ends = {"x0": column, "x1": column + 1 - AIR, "y0": 0.02, "y1": 0.02}
            figure.add_shape(type="line", **ends, line={"color": ACCENT, "width": 4})
    _column(figure, ENDS, "Averages", f"{done.averages.size}", bar_code(done.averages, upright=True))
    _column(figure, ENDS + 0.8, "Scores", f"{done.scores.size} names of this square", None)
    say(figure, ENDS + 0.8, 0.3, guess_words(opened), yanchor="top")
    kept = f"Each column: its {IN_A_ROW} strongest maps. {scale_words(opened, 'column').replace('<br>', ' ')}"
    say(figure, 0, 1.2, kept, yanchor="bottom", color=QUIET)
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, WIDTH])
    figure.update_yaxes(visible=False, fixedrange=True, range=[1.2, 0])
    return told_by(figure, opened)


def _column(figure: Drawing, at: float, name: str, shape: str, source: str | None) -> None:
    """A step's name over its shape over its maps."""
    say(figure, at, 0.04, name_over_shape(name, shape), yanchor="top")
    if source:
        add_picture(figure, source, at, 0.3, 1 - AIR, 0.76, xref="x", yref="y")
