"""The reader's kernel and its closest learned filters, as numbers and as what they make of the photo."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.closest_filter import ClosestFilter, likeness, takeaway
from dl_core.figures.drawing import Drawing, rgb
from dl_core.figures.images import add_picture
from dl_core.figures.map_pictures import png
from dl_core.figures.picture import ACCENT, BLUE, INK, QUIET, SIGNED, VERMILLION, Picture, house_drawing

if TYPE_CHECKING:
    import pandas as pd

APART = 3.4  # cells from one kernel to the next
BRIGHTEST = 99.5  # percent of an answer's places that its scale tells apart


def closest_filters(found: ClosestFilter) -> Picture:
    """The kernel beside three learned filters, each over its answer on the photo.

    Parameters
    ----------
    found
        From :func:`dl_core.closest_filter.story`.
    """
    figure = house_drawing(title(found), height=440)
    own = np.array(found.settings.weights).reshape(3, 3)
    end = max(float(np.abs(own).max()), *(float(np.abs(one.grey).max()) for one in found.matches), 1e-12)
    _grid(figure, 0, own, end)
    _caption(figure, 0, "<b>Yours</b>", ACCENT)
    _answer(figure, 0, found.answer)
    for column, one in enumerate(found.matches, 1):
        _grid(figure, column, one.grey, end)
        _caption(figure, column, f"<b>Filter {one.filter}</b><br>{likeness(one.similarity)}", INK)
        _answer(figure, column, one.answer)
    if found.matches:
        _note(
            figure, 4.6, "Learned filters, brought to your kernel’s size.<br>Similarity: 1 or −1 is the same."
        )
        _note(
            figure,
            -0.65,
            "What each makes of the grey photo, on its own<br>scale: blue below 0, orange above.",
        )
    else:
        _note(figure, -0.65, "Give your kernel one number<br>that is not 0.")
    figure.update_xaxes(visible=False, fixedrange=True, range=[-0.6, 3 * APART + 2.6])
    figure.update_yaxes(visible=False, fixedrange=True, range=[-4.5, 4.65])
    return Picture(figure, takeaway(found).replace("**", ""), lambda: _table(found))


def title(found: ClosestFilter) -> str:
    """The finding: which filter, how close, and whether that may be chance.

    Parameters
    ----------
    found
        From :func:`dl_core.closest_filter.story`.
    """
    if not found.matches:
        return "A kernel of zeros has nothing to compare"
    best = found.matches[0]
    name = f"Learned filter {best.filter} matches your kernel at {likeness(best.similarity)}"
    return name if found.is_rare else f"{name}: may be chance"


def in_cells(values: NDArray[np.float64]) -> list[list[str]]:
    """Nine numbers as short as a cell: two figures of the largest decide the decimals of all.

    Parameters
    ----------
    values
        ``(3, 3)`` weights.

    Examples
    --------
    >>> in_cells(np.array([[-1.0, 0.0, 2.0]])), in_cells(np.array([[0.111, -0.061]]))
    ([['−1.0', '0.0', '2.0']], [['.11', '−.06']])
    """
    most = float(np.abs(values).max())
    places = min(4, max(0, 1 - math.floor(math.log10(most)))) if most > 0 else 0
    texts = [[f"{round(float(v), places) + 0.0:.{places}f}".replace("-", "−") for v in row] for row in values]
    # below 1 the zero before the point goes: a phone's cells are narrow
    return [[text.replace("0.", ".") for text in row] for row in texts] if 0 < most < 0.95 else texts


def _note(figure: Drawing, y: float, words: str) -> None:
    figure.add_annotation(
        x=-0.5, y=y, text=words, showarrow=False, xanchor="left", yanchor="top", align="left",
        font={"size": 13, "color": QUIET},
    )  # fmt: skip


def _grid(figure: Drawing, column: int, values: NDArray[np.float64], end: float) -> None:
    figure.add_heatmap(
        x=[column * APART + i for i in range(3)],
        y=[2, 1, 0],
        z=np.round(values / end, 4).tolist(),
        zmin=-1, zmax=1, colorscale=SIGNED, showscale=False, xgap=2, ygap=2,
        text=in_cells(values), texttemplate="%{text}", textfont={"size": 13}, hoverinfo="skip",
    )  # fmt: skip


def _caption(figure: Drawing, column: int, text: str, colour: str) -> None:
    figure.add_annotation(
        x=column * APART + 1, y=2.55, text=text, showarrow=False, yanchor="bottom",
        font={"size": 13, "color": colour},
    )  # fmt: skip


def _answer(figure: Drawing, column: int, values: NDArray[np.float64]) -> None:
    end = max(float(np.percentile(np.abs(values), BRIGHTEST)), 1e-12)
    place = np.clip(values / end, -1, 1)[..., None]
    ends = [np.array(rgb(ink)) for ink in (BLUE, VERMILLION)]
    shaded = np.where(place < 0, 255 + (255 - ends[0]) * place, 255 - (255 - ends[1]) * place)
    source = png(np.asarray(np.rint(shaded), np.uint8))
    add_picture(figure, source, column * APART + 1, -1.7, 3, 2.75, xref="x", yref="y", xanchor="center")


def _table(found: ClosestFilter) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "learned filter": [one.filter for one in found.matches],
            "similarity to your kernel": [round(one.similarity, 3) for one in found.matches],
            "share that answers to colour alone (%)": [round(100 * one.colour, 1) for one in found.matches],
            "answers on this photo correlate at": [
                "flat photo" if one.agreement is None else f"{one.agreement:.2f}".replace("-", "−")
                for one in found.matches
            ],
        }
    )
