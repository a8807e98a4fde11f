"""The photo, and beside it what speaks for one guess rather than another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.images import add_picture, data_uri
from dl_core.figures.photo_reasons import PARTS, colour_bar, part_mean
from dl_core.figures.picture import INK, Picture, hide_axes, house_drawing
from dl_core.guess_against_guess import Against, takeaway
from dl_core.numbers_in_words import number, two_figures
from dl_core.vision.explain import signed_overlay

if TYPE_CHECKING:
    import pandas as pd

HEIGHT, NARROW_HEIGHT = 440, 270  # pixels on the page; on a phone, where the panels are smaller
MIDDLE, GAP = 0.5, 0.015  # of the figure's width: the panels stand side by side at its middle
TOP, TALL = 0.93, 0.75  # of the figure's height


def one_against_another(found: Against) -> Picture:
    """The photo and the signed map of A rather than B, on one fixed scale.

    Parameters
    ----------
    found
        From :func:`dl_core.guess_against_guess.story`.
    """
    figure = house_drawing(title(found), height=HEIGHT)
    figure.update_layout(meta={"narrow_height": NARROW_HEIGHT})
    overlaid = signed_overlay(found.photo, found.points, found.end)
    for at, side, words, pixels in (
        (MIDDLE - GAP, "right", "The photo", found.photo),
        (MIDDLE + GAP, "left", "A rather than B", overlaid),
    ):
        add_picture(figure, data_uri(pixels), at, TOP, MIDDLE - GAP, TALL, xanchor=side)
        figure.add_annotation(
            text=words, xref="paper", yref="paper", x=at, y=TOP, xanchor=side, yanchor="bottom",
            showarrow=False, font={"size": 14, "color": INK},
        )  # fmt: skip
    end = number(found.end)
    a, b = (f"{which}: {name}" for which, name in (("A", found.settings.a), ("B", found.settings.b)))
    colour_bar(figure, f"−{end} score points<br>for {b}", "0", f"+{end}<br>for {a}", 0.165)
    hide_axes(figure)
    return Picture(figure, summary(found), lambda: _table(found))


def title(found: Against) -> str:
    """The finding: who leads, and by how much."""
    if found.is_same:
        return f"“{found.settings.a}” against itself: nothing to see"
    if found.is_tie:
        return f"“{found.settings.a}” and “{found.settings.b}” are level"
    lead, times = two_figures(abs(found.lead)), two_figures(found.times)
    return f"“{found.leader}” leads by {lead} score points: {times} times the probability"


def summary(found: Against) -> str:
    """The live sentence, and what part of the lead no place has made."""
    if found.is_same:
        return takeaway(found)
    nowhere = two_figures(abs(found.from_nowhere))
    name = found.settings.a if found.from_nowhere >= 0 else found.settings.b
    return f"{takeaway(found)} Whatever the photo shows, “{name}” starts {nowhere} score points ahead."


def _table(found: Against) -> pd.DataFrame:
    """The nine parts of the photo, the map's average in points of score."""
    import pandas as pd

    rows = [(part, part_mean(found.points, i, j)) for part, i, j in PARTS]
    return pd.DataFrame(rows, columns=["part of the photo", "for A rather than B (score points per patch)"])
