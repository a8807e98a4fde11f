"""One photo in four panels, one for each task, with what its labels cost beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import data_uri, enlarged
from dl_core.figures.picture import BLUE, INK, QUIET, Picture, hide_axes, house_drawing
from dl_core.numbers_in_words import percent, two_figures
from dl_core.vision_tasks import LabelCost, Pixels, Tasks, dollars, takeaway

if TYPE_CHECKING:
    import pandas as pd

ROWS = 4  # one for each task
SIDE = 142  # pixels left of the bars, for the pictures
PITCH = 1 / ROWS
COLUMNS, GAP = 4, 0.03  # on a slide: beside each other, and the share of its width between two
WIDE = (1 + GAP) / COLUMNS - GAP
TOP, TALL = 0.15, 0.6  # of a slide's height: the words above the pictures, and the pictures


@dataclass(frozen=True)
class _Panel:
    """One task: what it is called, what our network makes of it, and what its labels cost."""

    task: str
    answer: str
    pixels: Pixels
    cost: LabelCost | None  # None: no labels

    @property
    def price(self) -> str:
        """The bill in words."""
        if not self.cost:
            return "no label; another network"
        return f"<b>{dollars(self.cost.money)}</b>, {two_figures(self.cost.days)} days"


def four_tasks(told: Tasks) -> Picture:
    """Name, box, outline and new picture; a bar for each price, all on one scale.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.vision_tasks import Settings, story
    >>> four_tasks(story(Settings(first_sample()), go_on=lambda share: False)).title
    'An outline costs 79 times as much as a name'
    """
    figure = house_drawing(_title(told), height=570)
    most = max(one.money for one in told.costs)
    for at, panel in enumerate(_panels(told)):
        top = 1 - at * PITCH
        _image(figure, panel.pixels, x=-0.02, y=top - 0.01, sizex=1, sizey=PITCH - 0.02, xanchor="right")
        _words(figure, f"<b>{panel.task}</b><br>{panel.answer}", 0, top - 0.015, yanchor="top")
        _words(figure, panel.price, 0, top - 0.69 * PITCH, yanchor="bottom", color=_ink(panel))
        _bar(figure, panel, 0, top - 0.79 * PITCH, 1, most)
    figure.update_layout(margin={"l": SIDE})
    return _finished(figure, told)


def tasks_in_a_row(told: Tasks) -> Picture:
    """The same four side by side, for a slide."""
    figure = house_drawing(_title(told), height=420)
    most = max(one.money for one in told.costs)
    for at, panel in enumerate(_panels(told)):
        left, under = at * (WIDE + GAP), 1 - TOP - TALL - 0.035
        _words(figure, f"<b>{panel.task}</b><br>{panel.answer}", left, 1 - TOP + 0.01, yanchor="bottom")
        _image(figure, panel.pixels, x=left, y=1 - TOP, sizex=WIDE, sizey=TALL, xanchor="left")
        _bar(figure, panel, left, under, WIDE, most)
        _words(figure, panel.price, left, under - 0.02, yanchor="top", color=_ink(panel))
    return _finished(figure, told)


def _panels(told: Tasks) -> tuple[_Panel, ...]:
    """The four tasks on the part of the photo that the network looks at: all pictures have one shape."""
    names, boxes, outlines = told.costs
    top, left, high, wide = told.part
    nothing = "too unsure to mark" if told.refused else "nothing stands out" if told.box is None else ""
    name = f"“{told.label}”, {percent(told.probability)}" + (": too unsure" if told.refused else "")

    def seen(pixels: Pixels) -> Pixels:
        return pixels[top : top + high, left : left + wide]

    return (
        _Panel("Classify", name, seen(told.photo), names),
        _Panel("Detect", nothing or "a box round our heat map", seen(told.boxed), boxes),
        _Panel("Segment", nothing or "an outline by colour", seen(told.outlined), outlines),
        _Panel("Generate", f"its own “{told.drawn.label}”", enlarged(told.drawn.pixels, 2), None),
    )


def _finished(figure: Drawing, told: Tasks) -> Picture:
    hide_axes(figure)
    figure.update_layout(barmode="overlay")
    return Picture(figure, f"{_answers(told)} {takeaway(told).replace('**', '')}", lambda: _table(told))


def _title(told: Tasks) -> str:
    ratio = told.costs[2].seconds / told.costs[0].seconds
    if ratio < 1.05:
        return "Here an outline costs no more than a name"
    return f"An outline costs {two_figures(ratio)} times as much as a name"


def _ink(panel: _Panel) -> str:
    return INK if panel.cost else QUIET


def _words(figure: Drawing, text: str, x: float, y: float, *, yanchor: str, color: str = INK) -> None:
    figure.add_annotation(
        text=text, xref="paper", yref="paper", x=x, y=y, xanchor="left", yanchor=yanchor, align="left",
        showarrow=False, font={"size": 14, "color": color},
    )  # fmt: skip


def _image(figure: Drawing, pixels: Pixels, **place: float | str) -> None:
    figure.add_layout_image(
        source=data_uri(np.ascontiguousarray(pixels)), xref="paper", yref="paper", yanchor="top",
        sizing="contain", layer="above", **place,
    )  # fmt: skip


def _bar(figure: Drawing, panel: _Panel, left: float, y: float, wide: float, most: float) -> None:
    """What the labels cost; all four bars have one scale, ``wide`` is the dearest."""
    if panel.cost:
        figure.add_bar(
            orientation="h",
            base=[left],
            x=[wide * panel.cost.money / most if most else 0.0],
            y=[y],
            width=0.018,
            marker={"color": BLUE},
            hovertemplate=f"{panel.cost.task}: {panel.price}<extra></extra>",
        )


def _answers(told: Tasks) -> str:
    """What the panels show, for who does not see them."""
    box = told.box
    if told.refused:
        return f"The best guess is “{told.label}”, too unsure to answer, so nothing is marked."
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
