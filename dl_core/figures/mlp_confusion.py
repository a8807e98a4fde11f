"""Which answers a network mixes up: a square of counts, or guessed values against true ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.figures.drawing import Drawing, each_in_four, four_figures, tint
from dl_core.figures.picture import (
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
from dl_core.mlp_builder import Built
from dl_core.mlp_confusion import Mistakes, confusion_takeaway, mistakes, order_by_error
from dl_core.mlp_unseen import sure_of
from dl_core.numbers_in_words import two_figures

if TYPE_CHECKING:
    import pandas as pd

MOST_POINTS = 300
MOST_WORST = 20  # rows that are listed of a regression


# the share of a class's own rows: wrong ones below 0, right ones above, an empty cell at 0
SHADES = [
    [0, tint(VERMILLION, 0.85)], [0.499, tint(VERMILLION, 0.3)], [0.4995, FAINT], [0.5005, FAINT],
    [0.501, tint(BLUE, 0.15)], [1, tint(BLUE, 0.62)],
]  # fmt: skip


def confusion_picture(built: Built) -> Picture:
    """What the test rows are, across, and what the network says, down; for a value, guessed against true.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings, story
    >>> confusion_picture(story(Settings())).figure["layout"]["title"]["text"].partition(" of ")[2]
    '76 unseen rows is wrong'
    """
    return _square(built) if built.is_classes else _scatter(built)


def cell_at(built: Built, x: float, y: float) -> tuple[int, int] | None:
    """Which cell of the square a click hits: (what the network says, what it is); None outside of it.

    Parameters
    ----------
    x, y
        Where, in the picture's own numbers.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings, story
    >>> cell_at(story(Settings()), 0.2, 1.1), cell_at(story(Settings()), 9, 0)
    ((1, 0), None)
    """
    truth, said = round(x), round(y)
    every = range(len(built.dealt.data.classes))
    return (said, truth) if truth in every and said in every else None


def rows_in(built: Built, said: int, truth: int) -> pd.DataFrame:
    """The test rows of one cell, in their own units.

    Parameters
    ----------
    said, truth
        What the network says and what it is: numbers of classes, from 0.
    """
    import pandas as pd

    rows = list(built.judgement.confusion[truth][said])
    names = built.dealt.data.classes
    table = pd.DataFrame(built.dealt.data.inputs[rows], columns=list(built.dealt.data.columns))
    table.insert(0, "row", np.array(rows, dtype=int) + 1)
    table["it is"] = names[truth]
    table["the network says"] = names[said]
    table["its share, %"] = (100 * sure_of(built.training, built.dealt, rows)[:, said]).round(1)
    return table


def worst_rows(built: Built) -> pd.DataFrame:
    """The test rows of a regression that are farthest off, at most 20, in their own units."""
    import pandas as pd

    rows = list(order_by_error(built)[:MOST_WORST])
    data, unit = built.dealt.data, f" ({built.dealt.data.unit})" if built.dealt.data.unit else ""
    table = pd.DataFrame(data.inputs[rows], columns=list(data.columns))
    table.insert(0, "row", np.array(rows, dtype=int) + 1)
    table[f"it is{unit}"] = data.targets[rows].round(3)
    table[f"the network says{unit}"] = built.judgement.answers[rows].round(3)
    table[f"off by{unit}"] = np.abs(built.judgement.answers[rows] - data.targets[rows]).round(3)
    return table


def _square(built: Built) -> Picture:
    told = mistakes(built)
    n_wrong = built.unseen.n - (built.unseen.hits or 0)
    is_wrong = "is" if n_wrong == 1 else "are"
    figure = house_drawing(f"{n_wrong:,} of {built.unseen.n:,} unseen rows {is_wrong} wrong")
    every = range(len(told.classes))
    shares = [
        [
            (1 if said == truth else -1) * round(told.counts[truth][said] / max(told.of(truth), 1), 3)
            for truth in every
        ]
        for said in every
    ]
    figure.add_heatmap(
        z=shares, x=list(every), y=list(every), zmin=-1, zmax=1, showscale=False, xgap=4, ygap=4,
        colorscale=SHADES,
        text=[[_hover(told, truth, said) for truth in every] for said in every],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    for truth in every:
        for said in every:
            _cell(figure, told, truth, said)
    _labels(figure, told)
    return Picture(figure, confusion_summary(built), lambda: _square_table(told))


def _hover(told: Mistakes, truth: int, said: int) -> str:
    right = "right" if truth == said else "wrong"
    return (
        f"{told.counts[truth][said]:,} rows are “{told.classes[truth]}”,<br>"
        f"the network says “{told.classes[said]}”: {right}"
    )


def _cell(figure: Drawing, told: Mistakes, truth: int, said: int) -> None:
    n = told.counts[truth][said]
    right = truth == said
    text = f"<b>{n:,}</b> right" if right else f"✕ <b>{n:,}</b>"
    figure.add_annotation(
        x=truth, y=said, text=text if n or right else "0", showarrow=False,
        font={"color": INK if n else QUIET, "size": 20 if len(told.classes) < 4 else 16},
    )  # fmt: skip


def _labels(figure: Drawing, told: Mistakes) -> None:
    every = list(range(len(told.classes)))
    half = 0.5
    figure.update_xaxes(
        tickvals=every, range=[-half, len(every) - half], showgrid=False, side="top", tickangle=0,
        ticktext=[
            f"<b>is {name}</b><br>finds {told.counts[i][i]:,} of {told.of(i):,}"
            for i, name in enumerate(told.classes)
        ],
        title={"text": ""}, tickfont={"color": INK, "size": 14},
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=every, range=[len(every) - half, -half], showgrid=False,
        ticktext=[
            f"<b>says {name}</b><br>{told.counts[i][i]:,} of {told.said(i):,} right"
            for i, name in enumerate(told.classes)
        ],
        title={"text": ""}, tickfont={"color": INK, "size": 14},
    )  # fmt: skip
    figure.update_layout(margin={"t": 84, "l": 8, "r": 12, "b": 12})


def confusion_summary(built: Built) -> str:
    """What a sighted reader takes from the picture."""
    if not built.is_classes:
        return (
            f"Guessed against true values of {built.unseen.n:,} test rows; on the diagonal they are equal. "
            f"{confusion_takeaway(built).replace('**', '')}"
        )
    told = mistakes(built)
    found = " ".join(
        f"Of {told.of(i):,} rows that are “{name}” it finds {told.counts[i][i]:,}."
        for i, name in enumerate(told.classes)
    )
    return f"A square of counts: across what a test row is, down what the network says. {found}"


def _square_table(told: Mistakes) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "the network says": said,
                **{f"it is {name}": told.counts[t][s] for t, name in enumerate(told.classes)},
            }
            for s, said in enumerate(told.classes)
        ]
    )


def _scatter(built: Built) -> Picture:
    data, test = built.dealt.data, built.dealt.test
    unit = f", {data.unit}" if data.unit else ""
    wrong = built.judgement.wrong[test]
    figure = house_drawing(
        f"{int(wrong.sum()):,} of {built.unseen.n:,} unseen rows are off by over "
        f"{two_figures(2 * built.unseen.value)} {data.unit}".rstrip()
    )
    truth, said = data.targets[test], built.judgement.answers[test]
    low, high = float(truth.min()), float(truth.max())
    figure.add_scatter(
        x=each_in_four([low, high]), y=each_in_four([low, high]), mode="lines", name="guessed = true",
        line={"color": QUIET, "width": 1.5, "dash": "dot"}, hoverinfo="skip",
    )  # fmt: skip
    for name, mask, colour, symbol, size in (
        ("close", ~wrong, BLUE, "circle", 7), ("far off", wrong, VERMILLION, "x", 9),
    ):  # fmt: skip
        chosen = np.flatnonzero(mask)[:: -(-max(int(mask.sum()), 1) // MOST_POINTS)]
        figure.add_scatter(
            x=each_in_four(truth[chosen]), y=each_in_four(said[chosen]),
            mode="markers", name=name,
            marker={"color": colour, "symbol": symbol, "size": size, "line": {"color": PAPER, "width": 1}},
            hovertemplate=f"is %{{x:.3g}}, guessed %{{y:.3g}}{unit}<extra>{name}</extra>",
        )  # fmt: skip
    figure.add_annotation(
        x=four_figures(low), y=four_figures(low), text="guessed = true", showarrow=False, xanchor="left",
        yanchor="top", xshift=14, yshift=6, font={"color": QUIET, "size": 13},
    )  # fmt: skip
    figure.add_annotation(
        xref="x domain", yref="y domain", x=0.01, y=1, xanchor="left", yanchor="top", showarrow=False,
        text=f"<span style='color:{WORDS[VERMILLION]}'>✕ off by more than twice the typical error</span>",
        font={"color": INK, "size": 14},
    )  # fmt: skip
    figure.update_xaxes(title={"text": f"what it is{unit}"}, nticks=7)
    figure.update_yaxes(title={"text": f"what the network says{unit}"}, nticks=7)
    return Picture(figure, confusion_summary(built), lambda: worst_rows(built))
