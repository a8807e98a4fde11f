"""The driving test's network: a weight on each connection, every sum in its neuron."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.driving_test import (
    HIDDEN,
    OUTPUT_WEIGHTS,
    PASS_MARK,
    Driving,
    Neuron,
    exact,
    fine,
    takeaway,
    written_sum,
)
from dl_core.figures.drawing import Drawing, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)

if TYPE_CHECKING:
    import pandas as pd

# shares of the picture's width and height
INPUTS, HIDDENS, OUTPUT = (0.0, 0.15), (0.33, 0.68), (0.8, 1.0)
INPUT_HEIGHTS, HIDDEN_HEIGHTS, OUTPUT_HEIGHT = (0.78, 0.47, 0.16), (0.69, 0.25), 0.55
HALVES = {"input": 0.095, "hidden": 0.185, "output": 0.2}  # half of a box's height
BAR = (0.13, 0.19)  # the share's bar, from bottom to top
TINT = tint(BLUE, 0.1)
# how far from its source a connection's weight stands: off the crossings
AT = {
    ("age", 0): 0.36,
    ("age", 1): 0.27,
    ("sex", 0): 0.2,
    ("sex", 1): 0.2,
    ("lessons", 0): 0.27,
    ("lessons", 1): 0.36,
}


def network(shown: Driving) -> Picture:
    """Inputs, two hidden neurons, the answer; a connection is as wide as what it carries.

    Examples
    --------
    >>> from dl_core.driving_test import Settings, story
    >>> network(story(Settings())).figure["layout"]["title"]["text"]
    'Both sums fall below zero, so a pass gets 4.74 %'
    """
    figure = house_drawing(_title(shown))
    _connections(figure, shown)
    _inputs(figure, shown)
    for one, height in zip(shown.hidden, HIDDEN_HEIGHTS, strict=True):
        _box(figure, HIDDENS, height, HALVES["hidden"], on=one.output > 0)
        _say(figure, sum(HIDDENS) / 2, height, _hidden_words(one))
    _answer(figure, shown)
    _heads(figure)
    bare = {"visible": False, "fixedrange": True}
    figure.update_xaxes(**bare, range=[-0.005, 1.005])
    figure.update_yaxes(**bare, range=[0, 1])
    figure.update_layout(margin={"t": 52}, meta={"narrow_height": 440})
    return Picture(figure, _summary(shown), lambda: _table(shown))


def _title(shown: Driving) -> str:
    share = fine(shown.share)
    if not shown.awake:
        return f"Both sums fall below zero, so a pass gets {share}"
    if len(shown.awake) == 1:
        return f"Only {shown.awake[0].name} comes above zero: a pass gets {share}"
    sums = " and ".join(f"{one.name} {exact(one.total)}" for one in shown.hidden)
    return f"{sums}: a pass gets {share}"


def _summary(shown: Driving) -> str:
    settings = shown.settings
    return (
        f"A network with three inputs, two hidden neurons and one answer. "
        f"The person: {settings.age} years, {settings.sex}, {settings.lessons} lessons. {takeaway(shown)}"
    )


def _connections(figure: Drawing, shown: Driving) -> None:
    """Each connection with its weight; vermillion and dashed where it pulls down."""
    for x0, y0, x1, y1, weight, term, full, at in _lines(shown):
        colour = QUIET if term == 0 else BLUE if term > 0 else VERMILLION
        figure.add_scatter(
            x=[x0, x1],
            y=[y0, y1],
            mode="lines",
            line={
                "color": colour,
                "width": round(1.2 + 6 * min(abs(term) / full, 1), 1),
                "dash": "dot" if term == 0 else "solid" if term > 0 else "dash",
            },
            hovertemplate=f"weight {exact(weight)}: carries {exact(term)}<extra></extra>",
        )
        figure.add_annotation(
            x=round(x0 + at * (x1 - x0), 4),
            y=round(y0 + at * (y1 - y0), 4),
            text=f"× {exact(weight)}",
            showarrow=False,
            bgcolor=PAPER,
            borderpad=1,
            font={"color": WORDS.get(colour, colour), "size": 13},
        )


def _lines(shown: Driving) -> list[tuple[float, float, float, float, float, float, float, float]]:
    """For each connection: both ends, its weight, what it carries, the widest, its label's place."""
    found = []
    for at, (unit, one) in enumerate(zip(HIDDEN, shown.hidden, strict=True)):
        for name, start, term in zip(("age", "sex", "lessons"), INPUT_HEIGHTS, one.terms[1:], strict=True):
            ends = (INPUTS[1], start, HIDDENS[0], HIDDEN_HEIGHTS[at])
            found.append((*ends, getattr(unit, name), term, 300.0, AT[name, at]))
    for start, weight, term in zip(HIDDEN_HEIGHTS, OUTPUT_WEIGHTS, shown.answer.terms[1:], strict=True):
        found.append((HIDDENS[1], start, OUTPUT[0], OUTPUT_HEIGHT, weight, term, 5.0, 0.5))
    return found


def _inputs(figure: Drawing, shown: Driving) -> None:
    settings = shown.settings
    words = (
        f"age<br><b>{settings.age}</b>",
        f"{settings.sex}<br><b>{exact(settings.sex_code)}</b>",
        f"lessons<br><b>{settings.lessons}</b>",
    )
    for height, text in zip(INPUT_HEIGHTS, words, strict=True):
        _box(figure, INPUTS, height, HALVES["input"], on=True, fill="rgba(0,0,0,0)", colour=INK)
        _say(figure, sum(INPUTS) / 2, height, text)


def _hidden_words(one: Neuron) -> str:
    left, right = written_sum(one).split(" = ")
    return f"<b>{one.name}</b><br>{left}<br>= {right}<br>ReLU → <b>{exact(one.output)}</b>"


def _answer(figure: Drawing, shown: Driving) -> None:
    """The answer's sum, its share, and the share as a bar with the 50 % mark."""
    left, right = written_sum(shown.answer).rsplit(" + ", 1)
    term, total = right.split(" = ")
    _box(figure, OUTPUT, OUTPUT_HEIGHT, HALVES["output"], on=shown.share >= PASS_MARK)
    _say(
        figure,
        sum(OUTPUT) / 2,
        OUTPUT_HEIGHT,
        f"<b>PASS</b><br>{left}<br>+ {term}<br>= {total}<br>sigmoid<br>→ <b>{fine(shown.share)}</b>",
    )
    low, high = BAR
    width = OUTPUT[1] - OUTPUT[0]
    bar = {"type": "rect", "y0": low, "y1": high, "x0": OUTPUT[0], "line": {"width": 0}}
    figure.add_shape(**bar, x1=OUTPUT[1], fillcolor=FAINT)
    figure.add_shape(**bar, x1=round(OUTPUT[0] + width * shown.share, 4), fillcolor=ACCENT)
    half = OUTPUT[0] + width * PASS_MARK
    figure.add_shape(
        type="line", x0=half, x1=half, y0=low - 0.03, y1=high + 0.03, line={"color": INK, "width": 1.5}
    )
    _say(figure, half, low - 0.075, "50 %", QUIET)


def _box(
    figure: Drawing,
    across: tuple[float, float],
    height: float,
    half: float,
    *,
    on: bool,
    fill: str = TINT,
    colour: str = BLUE,
) -> None:
    """A neuron's frame; dashed and empty while it passes nothing on."""
    figure.add_shape(
        type="rect",
        x0=across[0],
        x1=across[1],
        y0=round(height - half, 4),
        y1=round(height + half, 4),
        fillcolor=fill if on else "rgba(0,0,0,0)",
        line={"color": colour if on else QUIET, "width": 2, "dash": "solid" if on else "dash"},
    )


def _say(figure: Drawing, x: float, y: float, text: str, colour: str = INK) -> None:
    figure.add_annotation(
        x=round(x, 4), y=round(y, 4), text=text, showarrow=False, font={"color": colour, "size": 14}
    )


def _heads(figure: Drawing) -> None:
    heads = ((INPUTS, "inputs"), (HIDDENS, "bias + weights × inputs"), (OUTPUT, "answer"))
    for across, text in heads:
        figure.add_annotation(
            x=round(sum(across) / 2, 4),
            y=0.965,
            text=text,
            showarrow=False,
            font={"color": QUIET, "size": 13},
        )


def _table(shown: Driving) -> pd.DataFrame:
    import pandas as pd

    names = ("bias", "age", "sex", "lessons")
    rows = [
        {
            "neuron": one.name,
            **{name: exact(term) for name, term in zip(names, one.terms, strict=True)},
            "sum": exact(one.total),
            "passes on": exact(one.output),
        }
        for one in shown.hidden
    ]
    own, *hidden = shown.answer.terms
    rows.append(
        {
            "neuron": "PASS",
            "bias": exact(own),
            **{f"from {one.name}": exact(term) for one, term in zip(shown.hidden, hidden, strict=True)},
            "sum": exact(shown.answer.total),
            "passes on": fine(shown.share),
        }
    )
    return pd.DataFrame(rows).fillna("–")
