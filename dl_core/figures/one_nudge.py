"""The ten shares of one picture before a nudge and after it, beside the picture itself."""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.film import Film
from dl_core.figures.picture import BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import percent
from dl_core.one_nudge import RIVAL, TRUTH, OneNudge, in_loss, takeaway

if TYPE_CHECKING:
    import pandas as pd

SIDE = 160  # pixels of the enlarged picture, across and down


def before_and_after(told: OneNudge) -> Picture:
    """Hollow bars before, solid bars after; the film adds one nudge at a time.

    Examples
    --------
    >>> from dl_core.one_nudge import Settings, story
    >>> before_and_after(story(Settings())).figure["layout"]["title"]["text"]
    '1 nudge lifts the 4 from 8.6 % to 42 %'
    """
    figure = house_drawing(_title(told))
    _bars(figure, told)
    _digit(figure, told)
    for each, colour in ((TRUTH, BLUE), (RIVAL, VERMILLION)):
        _label(figure, told, each, colour)
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=1,
        y=1,
        text="hollow: before, solid: after",
        showarrow=False,
        xanchor="right",
        yanchor="top",
        font={"color": QUIET, "size": 14},
    )
    figure.update_xaxes(
        title={"text": "digit"},
        type="category",
        tickfont={"size": 15, "color": INK},
        range=[-0.6, 9.6],
        showgrid=False,
    )
    figure.update_yaxes(
        title={"text": "share the model gives (%)"}, range=[0, 124], tickvals=[0, 20, 40, 60, 80, 100]
    )
    figure.update_layout(barmode="group", bargap=0.24, bargroupgap=0.08, margin={"t": 56})
    return Picture(figure, takeaway(told), lambda: _table(told), _film(told))


def _title(told: OneNudge) -> str:
    was, now = (percent(float(told.shares[at][TRUTH])) for at in (0, -1))
    n = told.settings.n_nudges
    if n == 0 or told.settings.learning_rate == 0:
        return f"The young model gives this {TRUTH} only {was}"
    lost = told.right_before - told.right_after
    if lost > 0:
        return f"The {TRUTH} is won, but {lost} fewer of {told.n_others} others are right"
    return f"{n} {'nudge lifts' if n == 1 else 'nudges lift'} the {TRUTH} from {was} to {now}"


def _bars(figure: Drawing, told: OneNudge) -> None:
    colours = [BLUE if i == TRUTH else VERMILLION if i == RIVAL else QUIET for i in range(10)]
    names = [str(i) for i in range(10)]
    for name, row, fills, wide in (
        ("before", told.shares[0], [PAPER] * 10, 2),
        ("after", told.shares[-1], colours, 2),
    ):
        figure.add_bar(
            name=name,
            x=names,
            y=_percents(row),
            marker={"color": fills, "line": {"color": colours, "width": wide}},
            hovertemplate=f"{name}: %{{y:.1f}} % for %{{x}}<extra></extra>",
        )


def _percents(row: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[float]:
    return [four_figures(100 * share) for share in row]


def _label(figure: Drawing, told: OneNudge, each: int, colour: str) -> None:
    """Over the taller bar of a digit: its name, and both shares."""
    was, now = (float(told.shares[at][each]) for at in (0, -1))
    who = "what it shows" if each == TRUTH else "what it is taken for"
    figure.add_annotation(
        x=9.55 if each == RIVAL else each,
        y=100 * max(was, now),
        text=f"<b>{each}</b>: {who}<br>{percent(was)} → {percent(now)}",
        showarrow=False,
        xanchor="right" if each == RIVAL else "center",
        yanchor="bottom",
        yshift=4,
        align="right" if each == RIVAL else "center",
        font={"color": WORDS[colour], "size": 14},
    )


def _digit(figure: Drawing, told: OneNudge) -> None:
    """The picture in the empty corner over the small digits, and what its loss does."""
    figure.add_layout_image(
        source=_enlarged(told.picture.tobytes()),
        xref="paper",
        yref="paper",
        x=0.015,
        y=0.6,
        sizex=0.2,
        sizey=0.4,
        xanchor="left",
        yanchor="bottom",
        layer="above",
    )
    was, now = in_loss(told.losses[0]), in_loss(told.losses[-1])
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=0.015,
        y=0.57,
        text=f"its loss<br><b>{was} → {now}</b><br>"
        f"other digits right<br><b>{told.right_before} → {told.right_after}</b>",
        showarrow=False,
        xanchor="left",
        yanchor="top",
        align="left",
        font={"color": INK, "size": 14},
    )


@lru_cache(maxsize=4)
def _enlarged(ink: bytes) -> str:
    """The 8 by 8 cells as a PNG in a link, ink dark on paper, each cell sharp."""
    cells = np.frombuffer(ink, np.uint8).reshape(8, 8)
    grey = np.rint(255 - cells * (225 / 16)).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.kron(grey, np.ones((SIDE // 8, SIDE // 8), np.uint8))).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def _film(told: OneNudge) -> Film | None:
    if len(told.shares) < 2:
        return None
    captions = tuple(
        f"{'Before any nudge' if i == 0 else f'After nudge {i}'}: {percent(float(row[TRUTH]))} for the "
        f"{TRUTH}, {percent(float(row[RIVAL]))} for the {RIVAL}, loss {in_loss(loss)}."
        for i, (row, loss) in enumerate(zip(told.shares, told.losses, strict=True))
    )
    return Film(captions, changes={1: {"y": [_percents(row) for row in told.shares]}})


def _table(told: OneNudge) -> pd.DataFrame:
    import pandas as pd

    table = pd.DataFrame({"digit": range(10)})
    for i in sorted({0, 1, len(told.shares) - 1} & set(range(len(told.shares)))):
        name = "share before (%)" if i == 0 else f"share after nudge {i} (%)"
        table[name] = [round(100 * float(share), 2) for share in told.shares[i]]
    return table
