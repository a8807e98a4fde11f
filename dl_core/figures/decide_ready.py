"""Twelve answers under their heads: what is ready, what is a gap, what nobody knows, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.decide.ready import HEADS, NUMBERS, QUESTIONS, Head, Question, Ready, takeaway
from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import (
    ACCENT,
    FAINT,
    GREEN,
    INK,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    hide_axes,
    house_drawing,
)

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 470
MARKS, SHORTS, RIGHT = 0.39, 0.44, 0.985  # across: the marks, the words beside them, the answers
LOOKS = {  # answer → colour of the mark, its symbol, colour of its word
    "yes": (GREEN, "circle", WORDS[GREEN]),
    "no": (VERMILLION, "x", WORDS[VERMILLION]),
    "not sure": (QUIET, "circle-open", QUIET),
}
TINTS = {"ready": tint(GREEN, 0.1), "gap": tint(VERMILLION, 0.08), "open": "rgba(0,0,0,0)"}
STATES = {"ready": "ready", "gap": "gap", "open": "to find out"}


def checklist(told: Ready) -> Picture:
    """Every question with its answer, head by head; the next one framed.

    Parameters
    ----------
    told
        From :func:`dl_core.decide.ready.story`.

    Examples
    --------
    >>> from dl_core.decide.ready import PRESETS, story
    >>> checklist(story(PRESETS["After a good pilot"])).title
    'Four parts are ready, three have a gap'
    """
    figure = house_drawing(title(told), height=HEIGHT)
    hide_axes(figure)
    row = 0
    for head in told.heads:
        _head(figure, head, row)
        for question, _ in head.asked:
            if question == told.next:
                _frame(figure, row)
            row += 1
    _marks(figure, told)
    return Picture(figure, takeaway(told), lambda: _table(told))


def title(told: Ready) -> str:
    """How many heads are ready, have a gap, or are open; never a bare score."""
    ready, gap, unsure = (len(told.named(state)) for state in ("ready", "gap", "open"))
    if ready == len(HEADS):
        return "All seven parts are ready"
    if ready == gap == 0:
        return "All seven parts are still to find out"
    parts = [f"{NUMBERS[ready]} {'part is' if ready < 2 else 'parts are'} ready"]
    if gap:
        parts.append(f"{NUMBERS[gap]} {'has' if gap == 1 else 'have'} a gap")
    if unsure:
        parts.append(f"{NUMBERS[unsure]} {'is' if unsure == 1 else 'are'} open")
    return ", ".join(parts).capitalize()


def _middle(row: float) -> float:
    """The middle of a row as a share of the height, the first row on top."""
    return round(1 - (row + 0.5) / len(QUESTIONS), 4)


def _head(figure: Drawing, head: Head, row: int) -> None:
    """A band behind the head's questions, with its name and its state in words."""
    rows = len(head.asked)
    top, foot = _middle(row - 0.5), _middle(row + rows - 0.5)
    figure.add_shape(
        type="rect", layer="below", x0=0, x1=1, y0=foot, y1=top, line={"color": FAINT, "width": 1},
        fillcolor=TINTS[head.state],
    )  # fmt: skip
    figure.add_annotation(
        x=0.015, y=_middle(row), text=f"<b>{head.name}</b>", showarrow=False, xanchor="left",
        yanchor="middle", font={"color": INK, "size": 14},
    )  # fmt: skip
    if rows > 1:  # one row has room for the name alone, and its mark says the rest
        figure.add_annotation(
            x=0.015, y=_middle(row + 1), text=STATES[head.state], showarrow=False, xanchor="left",
            yanchor="middle", font={"color": _state_colour(head), "size": 13},
        )  # fmt: skip


def _state_colour(head: Head) -> str:
    return {"ready": WORDS[GREEN], "gap": WORDS[VERMILLION], "open": QUIET}[head.state]


def _frame(figure: Drawing, row: int) -> None:
    """The question that comes next."""
    figure.add_shape(
        type="rect", x0=0.35, x1=0.995, y0=_middle(row + 0.42), y1=_middle(row - 0.42),
        line={"color": ACCENT, "width": 2}, fillcolor="rgba(0,0,0,0)",
    )  # fmt: skip


def _marks(figure: Drawing, told: Ready) -> None:
    """One trace for each answer, so that a reader of the chart's data finds them apart."""
    asked = [pair for head in told.heads for pair in head.asked]
    for answer, (colour, symbol, word) in LOOKS.items():
        rows = [row for row, (_, said) in enumerate(asked) if said == answer]
        questions: list[Question] = [asked[row][0] for row in rows]
        figure.add_scatter(
            x=[MARKS] * len(rows), y=[_middle(row) for row in rows], mode="markers", name=answer,
            marker={"color": colour, "symbol": symbol, "size": 12, "line": {"color": colour, "width": 2}},
            text=[f"{one.ask}<br>Ask {one.whom}." for one in questions],
            hovertemplate=f"%{{text}}<br>{answer}<extra></extra>",
        )  # fmt: skip
        for row, one in zip(rows, questions, strict=True):
            said = answer + (" *" if one.key in told.settings.proposed else "")
            if one == told.next:
                said = f"{said}: next"
            for text, x, anchor, tone in (
                (one.short, SHORTS, "left", INK), (said, RIGHT, "right", word)
            ):  # fmt: skip
                figure.add_annotation(
                    x=x, y=_middle(row), text=text, showarrow=False, xanchor=anchor, yanchor="middle",
                    font={"color": tone, "size": 13},
                )  # fmt: skip


def _table(told: Ready) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {"part": head.name, "question": question.ask, "answer": said, "ask": question.whom}
        for head in told.heads
        for question, said in head.asked
    )
