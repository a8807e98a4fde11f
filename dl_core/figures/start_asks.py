"""Input, arrow, output; the reader's example and its label; below, what such an answer looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import ACCENT, BLUE, FAINT, INK, PAPER, QUIET, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import number, percent
from dl_core.start.asks import INPUTS, OUTPUTS, STARS, Asked, likeliest, mean_stars, stars_in_words, takeaway

if TYPE_CHECKING:
    import pandas as pd

ROOM = 0.5  # of the height, for the answer's picture
SURE, BAR = 0.78, 0.5  # a toy answer and the bar it must pass
LINES = (0.9, 0.7, 0.82)  # of a toy text: how long, of the width
PIECES, MARKED = 12, (7, 9)  # cells of a text, a row or a sound, and those that are marked


def asks_picture(told: Asked) -> Picture:
    """The task as a line of two boxes, and its answer drawn.

    Examples
    --------
    >>> from dl_core.start.asks import Settings, story
    >>> asks_picture(story(Settings("text", "number"))).title
    'Regression says 3.71; classification would pick 4 stars'
    """
    figure = house_drawing(_title(told), height=430)
    _flow(figure, told)
    draw = {"yes": _sure, "one": _stars, "number": _stars, "text": _text, "place": _place}
    draw[told.settings.wanted](figure, told)
    figure.update_yaxes(domain=[0, ROOM], visible=False, fixedrange=True)
    figure.update_xaxes(fixedrange=True, showgrid=False)
    figure.update_layout(margin={"t": 56}, barmode="overlay", meta={"narrow_height": 430})
    known = f" A known example: {told.known}." if told.known else ""
    stars = f" {stars_in_words()}" if told.is_stars else ""
    summary = f"{told.example} {takeaway(told).replace('**', '')}{known}{stars}"
    return Picture(figure, summary, lambda: _table(told))


def _title(told: Asked) -> str:
    picked, said = likeliest(), number(mean_stars())
    return {
        "yes": "A yes-or-no answer is a number and a bar you set",
        "one": f"Classification picks {picked} stars; regression would say {said}",
        "number": f"Regression says {said}; classification would pick {picked} stars",
        "text": "A text comes out word by word, and somebody must check it",
        "place": "To learn a place, every example needs its place marked",
    }[told.settings.wanted]


def _note(figure: Drawing, text: str, x: float, y: float, colour: str = INK, **more: object) -> None:
    """Words on the page, not on the axes; ``x`` and ``y`` are shares of the whole plot."""
    settings = {
        "xref": "paper", "yref": "paper", "x": x, "y": y, "text": text, "showarrow": False,
        "xanchor": "left", "yanchor": "middle", "font": {"color": colour, "size": 14},
    }  # fmt: skip
    figure.add_annotation(**(settings | more))


def _flow(figure: Drawing, told: Asked) -> None:
    given, wanted = INPUTS[told.settings.given], OUTPUTS[told.settings.wanted]
    for text, x0, x1 in ((given, 0.0, 0.36), (wanted, 0.6, 0.96)):
        figure.add_shape(
            type="rect", xref="paper", yref="paper", x0=x0, x1=x1, y0=0.86, y1=1.0,
            line={"color": BLUE, "width": 2}, fillcolor=tint(BLUE, 0.08),
        )  # fmt: skip
        _note(
            figure, f"<b>{text}</b>", (x0 + x1) / 2, 0.93, WORDS[BLUE], xanchor="center",
            font={"color": WORDS[BLUE], "size": 17},
        )  # fmt: skip
    _note(figure, "<b>→</b>", 0.48, 0.93, xanchor="center", font={"color": INK, "size": 26})
    _note(figure, f"<b>{told.name}</b>", 0, 0.785, font={"color": INK, "size": 17})
    _note(figure, told.example, 0, 0.69)
    _note(figure, f"Label: {told.label}", 0, 0.615, QUIET)


def _stars(figure: Drawing, told: Asked) -> None:
    """How a model might see one review; the answer that the reader asks for is in colour."""
    picked, said, is_class = likeliest(), mean_stars(), told.settings.wanted == "one"
    stars = list(range(1, len(STARS) + 1))
    figure.add_bar(
        x=stars, y=list(STARS), width=0.62, name="share",
        marker={
            "color": [BLUE if is_class and star == picked else tint(QUIET, 0.28) for star in stars],
        },
        hovertemplate="%{x} stars: %{y:.0%}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=picked, y=STARS[picked - 1], yanchor="bottom", showarrow=False,
        text=f"<b>{percent(STARS[picked - 1])}</b>" + (f": “{picked} stars”" if is_class else ""),
        font={"color": WORDS[BLUE] if is_class else QUIET, "size": 14},
    )  # fmt: skip
    colour = QUIET if is_class else ACCENT
    figure.add_scatter(
        x=[1, 5], y=[-0.09, -0.09], mode="lines", hoverinfo="skip", line={"color": FAINT, "width": 4}
    )
    figure.add_scatter(
        x=[said], y=[-0.09], mode="markers", name="mean",
        marker={
            "color": PAPER if is_class else colour, "size": 14, "symbol": "diamond",
            "line": {"color": colour, "width": 2},
        },
        hovertemplate="mean: %{x:.2f} stars<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=said, y=-0.09, xanchor="right", xshift=-12, showarrow=False, text=f"<b>mean {number(said)}</b>",
        font={"color": colour, "size": 14}, bgcolor=PAPER,
    )  # fmt: skip
    figure.update_xaxes(
        range=[0.4, 5.6], tickvals=stars, ticktext=[f"{star} ★" for star in stars],
        title={"text": "how a model might see one review (toy numbers)"},
    )  # fmt: skip
    figure.update_yaxes(range=[-0.17, 0.52])


def _sure(figure: Drawing, told: Asked) -> None:
    """A toy answer above the bar that somebody has to set."""
    figure.add_bar(
        orientation="h", x=[100], y=[0], width=0.5, marker={"color": tint(QUIET, 0.16)}, hoverinfo="skip"
    )
    figure.add_bar(
        orientation="h", x=[100 * SURE], y=[0], width=0.5, marker={"color": BLUE},
        hovertemplate="yes: %{x:.0f} %<extra></extra>",
    )  # fmt: skip
    figure.add_shape(
        type="line", x0=100 * BAR, x1=100 * BAR, y0=-0.45, y1=0.5,
        line={"color": ACCENT, "width": 3, "dash": "dash"},
    )  # fmt: skip
    for text, x, y, colour, anchor in (
        ("<b>your bar</b>", 100 * BAR, 0.65, ACCENT, "center"),
        (f"<b>yes: {percent(SURE)}</b>", 100 * SURE, 0.4, WORDS[BLUE], "center"),
    ):
        figure.add_annotation(
            x=x, y=y, text=text, showarrow=False, xanchor=anchor, font={"color": colour, "size": 14}
        )
    figure.update_xaxes(
        range=[0, 100], tickvals=[0, 50, 100], title={"text": "how sure of yes (%; a toy answer)"}
    )
    figure.update_yaxes(range=[-0.75, 0.9])


def _text(figure: Drawing, told: Asked) -> None:
    """Lines of a text; the next word is not there yet."""
    for line, wide in enumerate(LINES):
        left = 0.0
        while left < wide - 0.03:
            word = 0.06 + 0.05 * ((line * 7 + round(left * 37)) % 3)
            figure.add_shape(
                type="rect", x0=round(left, 3), x1=round(min(left + word, wide), 3), y0=0.74 - 0.28 * line,
                y1=0.88 - 0.28 * line, line={"width": 0}, fillcolor=tint(BLUE, 0.75),
            )  # fmt: skip
            left += word + 0.025
    figure.add_shape(
        type="rect", x0=0.85, x1=0.97, y0=0.18, y1=0.32, fillcolor=PAPER,
        line={"color": ACCENT, "width": 2, "dash": "dot"},
    )  # fmt: skip
    figure.add_annotation(
        x=0.97,
        y=0.06,
        text="<b>next word?</b>",
        showarrow=False,
        xanchor="right",
        font={"color": ACCENT, "size": 14},
    )
    _empty_axes(figure)


def _place(figure: Drawing, told: Asked) -> None:
    """A box in a photo; else a marked stretch of pieces."""
    if told.settings.given == "photo":
        figure.add_shape(
            type="rect", x0=0.2, x1=0.8, y0=0.02, y1=0.98, line={"color": QUIET, "width": 2},
            fillcolor=tint(QUIET, 0.1),
        )  # fmt: skip
        figure.add_shape(
            type="rect", x0=0.46, x1=0.68, y0=0.26, y1=0.7, line={"color": ACCENT, "width": 3},
            fillcolor=tint(ACCENT, 0.1),
        )  # fmt: skip
        figure.add_annotation(
            x=0.57,
            y=0.16,
            text="<b>here</b>",
            showarrow=False,
            xanchor="center",
            font={"color": ACCENT, "size": 15},
        )
    else:
        for piece in range(PIECES):
            is_in = MARKED[0] <= piece < MARKED[1]
            figure.add_shape(
                type="rect", x0=round(piece / PIECES, 4), x1=round((piece + 0.8) / PIECES, 4),
                y0=0.4, y1=0.75,
                line={"color": ACCENT if is_in else QUIET, "width": 3 if is_in else 1},
                fillcolor=tint(ACCENT, 0.25) if is_in else tint(QUIET, 0.1),
            )  # fmt: skip
        figure.add_annotation(
            x=(MARKED[0] + 0.9) / PIECES, y=0.25, text="<b>here</b>", showarrow=False, xanchor="center",
            font={"color": ACCENT, "size": 15},
        )  # fmt: skip
    _empty_axes(figure)


def _empty_axes(figure: Drawing) -> None:
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="markers", hoverinfo="skip", marker={"opacity": 0})
    figure.update_xaxes(visible=False, range=[0, 1])
    figure.update_yaxes(range=[0, 1])


def _table(told: Asked) -> pd.DataFrame:
    import pandas as pd

    rows = {
        "in": INPUTS[told.settings.given],
        "out": OUTPUTS[told.settings.wanted],
        "called": told.task,
        "your example": told.example,
        "a known example": told.known or "–",
        "one label is": told.label,
        "would a rule do": told.rule,
        "lesson that helps": told.lesson[1],
    }
    return pd.DataFrame({"what": list(rows), "here": list(rows.values())})
