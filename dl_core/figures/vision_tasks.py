"""One photo in four panels, one for each task, with what its labels cost under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import data_uri
from dl_core.figures.picture import BLUE, INK, QUIET, Picture, house_drawing
from dl_core.numbers_in_words import percent, two_figures
from dl_core.vision_tasks import LabelCost, Pixels, Tasks, dollars, takeaway

if TYPE_CHECKING:
    import pandas as pd

GAP = 0.04  # of the figure's width, between two panels


@dataclass(frozen=True)
class _Grid:
    """Where the panels stand, in shares of the figure."""

    columns: int
    row: float  # from one row of panels to the next
    photo: float  # height of a photo

    @property
    def wide(self) -> float:
        return (1 + GAP) / self.columns - GAP

    def corner(self, at: int) -> tuple[float, float]:
        """Left end and top of a panel."""
        return (at % self.columns) * (self.wide + GAP), 1 - (at // self.columns) * self.row


PAGE, SLIDE = _Grid(2, 0.53, 0.29), _Grid(4, 1, 0.56)


def four_tasks(told: Tasks) -> Picture:
    """Name, box, outline and new picture; a bar for each price, all on one scale.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.vision_tasks import Settings, story
    >>> four_tasks(story(Settings(first_sample()), go_on=lambda share: False)).title
    'An outline costs 79 times as much as a name'
    """
    return _drawn(told, PAGE)


def tasks_in_a_row(told: Tasks) -> Picture:
    """The same four panels side by side, for a slide."""
    return _drawn(told, SLIDE)


def _drawn(told: Tasks, grid: _Grid) -> Picture:
    names, boxes, outlines = told.costs
    figure = house_drawing(_title(told), height=500)
    none = told.box is None
    new = np.kron(told.drawn.pixels, np.ones((2, 2, 1), np.uint8))
    panels: tuple[tuple[str, str, Pixels, LabelCost | None], ...] = (
        ("Classify", f"“{told.label}”, {percent(told.probability)}", told.photo, names),
        ("Detect", "nothing stands out" if none else "a box round our heat map", told.boxed, boxes),
        ("Segment", "nothing stands out" if none else "an outline by colour", told.outlined, outlines),
        ("Generate", f"its own “{told.drawn.label}”", new, None),
    )
    most = max(one.money for one in told.costs)
    for at, (task, answer, pixels, cost) in enumerate(panels):
        _panel(figure, grid, at, f"<b>{task}</b><br>{answer}", pixels)
        _price(figure, grid, at, cost, most)
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_layout(barmode="overlay")
    return Picture(figure, f"{_answers(told)} {takeaway(told).replace('**', '')}", lambda: _table(told))


def _title(told: Tasks) -> str:
    ratio = told.costs[2].seconds / told.costs[0].seconds
    if ratio < 1.05:
        return "Here an outline costs no more than a name"
    return f"An outline costs {two_figures(ratio)} times as much as a name"


def _panel(figure: Drawing, grid: _Grid, at: int, text: str, pixels: Pixels) -> None:
    left, top = grid.corner(at)
    figure.add_annotation(
        text=text,
        xref="paper",
        yref="paper",
        x=left,
        y=top - 0.1,
        xanchor="left",
        yanchor="bottom",
        align="left",
        showarrow=False,
        font={"size": 14, "color": INK},
    )
    figure.add_layout_image(
        source=data_uri(pixels),
        xref="paper",
        yref="paper",
        x=left,
        y=top - 0.11,
        sizex=grid.wide,
        sizey=grid.photo,
        xanchor="left",
        yanchor="top",
        sizing="contain",
        layer="above",
    )


def _price(figure: Drawing, grid: _Grid, at: int, cost: LabelCost | None, most: float) -> None:
    left, top = grid.corner(at)
    under = top - 0.11 - grid.photo - 0.025
    text = "no label; another network"
    if cost:
        text = f"<b>{dollars(cost.money)}</b>, {two_figures(cost.days)} days"
        figure.add_bar(
            orientation="h",
            base=[left],
            x=[grid.wide * cost.money / most if most else 0.0],
            y=[under],
            width=0.016,
            marker={"color": BLUE},
            hovertemplate=f"{cost.task}: {text}<extra></extra>",
        )
    figure.add_annotation(
        text=text,
        xref="paper",
        yref="paper",
        x=left,
        y=under - 0.01,
        xanchor="left",
        yanchor="top",
        showarrow=False,
        font={"size": 14, "color": INK if cost else QUIET},
    )


def _answers(told: Tasks) -> str:
    """What the panels show, for who does not see them."""
    box = told.box
    if box is None:
        return f"The name is “{told.label}”. No region of the photo stands out."
    high, wide = told.photo.shape[:2]
    return (
        f"The name is “{told.label}”. The box covers {percent(box.area / (high * wide))} of the photo, "
        f"from its warmest region."
    )


def _table(told: Tasks) -> pd.DataFrame:
    import pandas as pd

    answers = [f"{told.label}, {percent(told.probability)}", "none", "none"]
    if told.box is not None and told.outline is not None:
        high, wide = told.photo.shape[:2]
        answers[1] = f"{percent(told.box.area / (high * wide))} of the photo"
        answers[2] = f"{percent(float(told.outline.mean()))} of the photo"
    return pd.DataFrame(
        {
            "task": ["classify", "detect", "segment"],
            "this photo": answers,
            "seconds for a label": [one.seconds for one in told.costs],
            "working days": [float(f"{one.days:.3g}") for one in told.costs],
            "dollars": [round(one.money, 2) for one in told.costs],
        }
    )
