"""The photo, and beside it what speaks for one guess rather than another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.images import data_uri
from dl_core.figures.photo_reasons import PARTS, colour_bar, hide_axes, part_mean
from dl_core.figures.picture import INK, Picture, house_drawing
from dl_core.guess_against_guess import Against, takeaway
from dl_core.numbers_in_words import number, two_figures
from dl_core.vision.explain import signed_overlay

if TYPE_CHECKING:
    import pandas as pd

GAP = 0.03  # of the figure's width, between the panels


def one_against_another(found: Against) -> Picture:
    """The photo and the signed map of A rather than B, on one fixed scale.

    Parameters
    ----------
    found
        From :func:`dl_core.guess_against_guess.story`.
    """
    figure = house_drawing(title(found), height=380)
    wide = (1 - GAP) / 2
    overlaid = signed_overlay(found.photo, found.points, found.end)
    for left, words, pixels in ((0.0, "The photo", found.photo), (wide + GAP, "A rather than B", overlaid)):
        figure.add_layout_image(
            source=data_uri(pixels), xref="paper", yref="paper", x=left, y=0.92, sizex=wide, sizey=0.7,
            xanchor="left", yanchor="top", sizing="contain", layer="above",
        )  # fmt: skip
        figure.add_annotation(
            text=words, xref="paper", yref="paper", x=left, y=0.93, xanchor="left", yanchor="bottom",
            showarrow=False, font={"size": 14, "color": INK},
        )  # fmt: skip
    end = number(found.end)
    names = f"A: {found.settings.a}, B: {found.settings.b}"
    colour_bar(figure, f"for B: −{end}", f"for A: +{end} points", names)
    hide_axes(figure)
    return Picture(figure, summary(found), lambda: _table(found))


def title(found: Against) -> str:
    """The finding: who leads, and by how much."""
    if found.is_same:
        return f"“{found.settings.a}” against itself: nothing to see"
    if found.is_tie:
        return f"“{found.settings.a}” and “{found.settings.b}” are level"
    return f"“{found.leader}” leads “{found.other}” by {two_figures(abs(found.lead))} points"


def summary(found: Against) -> str:
    """The live sentence, and what part of the lead no place has made."""
    if found.is_same:
        return takeaway(found)
    nowhere = two_figures(abs(found.from_nowhere))
    name = found.settings.a if found.from_nowhere >= 0 else found.settings.b
    return f"{takeaway(found)} Whatever the photo shows, “{name}” starts {nowhere} points ahead."


def _table(found: Against) -> pd.DataFrame:
    """The nine parts of the photo, the map's average in points of score."""
    import pandas as pd

    rows = [(part, part_mean(found.points, i, j)) for part, i, j in PARTS]
    return pd.DataFrame(rows, columns=["part of the photo", "for A rather than B (points per patch)"])
