"""The code of each place as coloured cells, and how alike places are; or what attention loses without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, each_in_four
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    INK,
    PAPER,
    QUIET,
    SIGNED,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.language.positions import (
    N_PLACES,
    Positions,
    Shuffled,
    alike_in_words,
    changed_in_words,
    takeaway,
)
from dl_core.language.text import in_short
from dl_core.numbers_in_words import so_many

if TYPE_CHECKING:
    import pandas as pd

CELLS, CURVES = [0.58, 1.0], [0.0, 0.42]  # shares of the height
LOOKS = ((BLUE, "solid", "circle"), (VERMILLION, "dash", "square"))  # the first pair, the second
TICKS = (1, 10, 20, 30, 40, 50, 64)


def order_chart(told: Positions) -> Picture:
    """The picture of the chosen view.

    Examples
    --------
    >>> from dl_core.language.positions import Settings, story
    >>> order_chart(story(Settings())).title
    '5 places apart: similarity 0.74, here as there'
    """
    return _shuffle_chart(told) if told.settings.view == "shuffle" else _code_chart(told)


def _code_chart(told: Positions) -> Picture:
    figure = house_drawing(_title(told), height=470)
    _cells(figure, told)
    _curves(figure, told)
    _pairs(figure, told)
    figure.update_xaxes(
        title={"text": "place in the sentence"},
        range=[0.3, N_PLACES + 0.7],
        tickvals=list(TICKS),
        showgrid=False,
        anchor="y",
    )
    lowest = min(0.0, *told.to_here, *told.to_there)
    figure["layout"]["yaxis"].update(
        domain=CURVES, title={"text": "similarity", "font": {"size": 14}},
        range=[round(lowest - 0.05, 3), 1.22],
        tickvals=[0, 0.5, 1], zeroline=True, zerolinecolor=QUIET, showgrid=False,
    )  # fmt: skip
    figure.update_layout(margin={"t": 52})
    return Picture(figure, f"{_seen(told)} {takeaway(told)}", lambda: _code_table(told))


def _title(told: Positions) -> str:
    apart = told.settings.apart
    if apart == 0:
        return "Each place has an encoding of its own"
    alike = alike_in_words(told.alike)
    return f"{so_many(apart, 'place').capitalize()} apart: similarity {alike}, here as there"


def _seen(told: Positions) -> str:
    chosen = told.settings
    return (
        f"Above, coloured cells: {N_PLACES} places side by side, each with {chosen.width} numbers, −1 to 1, "
        "in waves from fast to slow. "
        f"Below, two curves of one shape: how alike each place is to {chosen.here} and to {chosen.there}."
    )


def _cells(figure: Drawing, told: Positions) -> None:
    """Sines above, cosines below, each from fast waves to slow ones: calmer than in turn."""
    width = told.settings.width
    rows = [*range(0, width, 2), *range(1, width, 2)]
    figure.add_heatmap(
        x=list(range(1, N_PLACES + 1)),
        y=list(range(1, width + 1)),
        z=told.code.T[rows].round(2).tolist(),
        xaxis="x",
        yaxis="y2",
        zmin=-1,
        zmax=1,
        colorscale=SIGNED,
        showscale=False,
        name="code",
        hovertemplate="place %{x}, row %{y}: %{z}<extra></extra>",
    )
    figure["layout"]["yaxis2"] = {
        **figure["layout"]["yaxis"],
        "domain": CELLS,
        "anchor": "x",
        "range": [width + 0.5, 0.5],
        "title": {"text": ""},
        "tickvals": [(width + 2) / 4, (3 * width + 2) / 4],
        "ticktext": ["sine<br>waves", "cosine<br>waves"],
        "showgrid": False,
    }
    figure.add_annotation(
        xref="paper", yref="paper", x=1, y=CELLS[0] - 0.01, xanchor="right", yanchor="top", showarrow=False,
        text="a column: one place; blue −1, white 0, orange 1", font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _curves(figure: Drawing, told: Positions) -> None:
    chosen = told.settings
    for first, values, (colour, dash, symbol) in zip(
        (chosen.here, chosen.there), (told.to_here, told.to_there), LOOKS, strict=True
    ):
        figure.add_scatter(
            x=list(range(1, N_PLACES + 1)), y=each_in_four(values), mode="lines", name=f"to place {first}",
            line={"color": colour, "width": 2.5, "dash": dash},
            hovertemplate=f"place %{{x}} and {first}: %{{y:.2f}}<extra></extra>",
        )  # fmt: skip
        figure.add_scatter(
            x=[first], y=[1], mode="markers", hoverinfo="skip", name=f"place {first}",
            marker={"color": colour, "size": 10, "symbol": symbol},
        )  # fmt: skip


def _pairs(figure: Drawing, told: Positions) -> None:
    """Each place of both pairs framed among the cells, and their partners on the curves."""
    chosen = told.settings
    firsts = tuple(dict.fromkeys((chosen.here, chosen.there)))
    partners = [first + chosen.apart for first in firsts]
    for place in sorted({*firsts, *partners}):
        figure.add_shape(
            type="rect", xref="x", yref="y2", x0=place - 0.5, x1=place + 0.5, y0=0.5, y1=chosen.width + 0.5,
            line={"color": INK, "width": 2},
        )  # fmt: skip
    for first, (colour, _, _) in zip(firsts, LOOKS, strict=False):
        figure.add_annotation(
            x=first, y=1, text=f"<b>{first}</b>", showarrow=False, yanchor="bottom", yshift=8,
            font={"color": WORDS[colour], "size": 14},
        )  # fmt: skip
    if chosen.apart == 0:
        return
    height, side = round(told.alike, 4), "left" if max(partners) < N_PLACES - 6 else "right"
    figure.add_scatter(
        x=[min(partners), max(partners)], y=[height] * 2, mode="lines", hoverinfo="skip", name="as alike",
        line={"color": ACCENT, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_scatter(
        x=partners, y=[height] * len(partners), mode="markers", name="partners", hoverinfo="skip",
        marker={"size": 12, "color": PAPER, "line": {"color": ACCENT, "width": 2.5}},
    )  # fmt: skip
    figure.add_annotation(
        x=max(partners), y=height, text=f"<b>{alike_in_words(told.alike)}</b>", showarrow=False,
        xanchor=side, yanchor="bottom", xshift=8 if side == "left" else -8, yshift=4,
        font={"color": ACCENT, "size": 14},
    )  # fmt: skip


def _code_table(told: Positions) -> pd.DataFrame:
    import pandas as pd

    chosen = told.settings
    columns: dict[str, object] = {
        "place": list(range(1, N_PLACES + 1)),
        f"similarity to place {chosen.here}": [round(one, 3) for one in told.to_here],
        f"similarity to place {chosen.there} ": [round(one, 3) for one in told.to_there],
    }
    columns |= {f"number {i + 1}": told.code[:, i].round(3) for i in range(chosen.width)}
    return pd.DataFrame(columns)


def _shuffle_chart(told: Positions) -> Picture:
    shown = told.shuffled
    figure = house_drawing(_shuffle_title(shown), height=470)
    rows = list(range(len(shown.words)))
    without, placed = (
        [round(100 * one, 2) + 0.0 for one in values] for values in (shown.without, shown.placed)
    )
    for row, change in zip(rows, placed, strict=True):
        figure.add_scatter(
            x=[0, change], y=[row] * 2, mode="lines", hoverinfo="skip", name="difference",
            line={"color": VERMILLION, "width": 3},
        )  # fmt: skip
    for name, values, colour, symbol in (
        ("without places", without, BLUE, "circle"),
        ("with places", placed, VERMILLION, "square"),
    ):
        figure.add_scatter(
            x=values, y=rows, mode="markers", name=name,
            marker={"color": colour, "size": 13, "symbol": symbol},
            hovertemplate=f"{name}: %{{x:.0f}} %<extra></extra>",
        )  # fmt: skip
    farthest = max([1.0, *placed])
    for text, colour, side in (("● without places", BLUE, "left"), ("■ with places", VERMILLION, "right")):
        figure.add_annotation(
            xref="paper", yref="paper", x=float(side == "right"), y=1, text=f"<b>{text}</b>", showarrow=False,
            xanchor=side, yanchor="bottom", font={"color": WORDS[colour], "size": 14},
        )  # fmt: skip
    figure.update_xaxes(
        title={"text": "how much its answer changes when read backwards, in %"},
        range=[-0.05 * farthest, 1.1 * farthest],
        zeroline=True,
        zerolinecolor=QUIET,
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[in_short(word) for word in shown.words],
        range=[max(len(rows), 1) - 0.4, -0.6],
        showgrid=False,
        tickfont={"color": INK, "size": 15},
    )
    figure.update_layout(margin={"t": 72})
    return Picture(figure, f"One row for each word. {takeaway(told)}", lambda: _shuffle_table(shown))


def _shuffle_title(shown: Shuffled) -> str:
    if len(shown.words) < 2:
        return "Type two words or more"
    if shown.same_backwards:
        return "Backwards this is the same sentence"
    return "Without places, word order changes no answer"


def _shuffle_table(shown: Shuffled) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "word": list(shown.words),
            "change without places": [changed_in_words(one) for one in shown.without],
            "change with places": [changed_in_words(one) for one in shown.placed],
        }
    )
