"""Seven explanations of one case side by side, and under each how often it is right over many cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, cut, four_figures, tint
from dl_core.figures.picture import BLUE, FAINT, INK, PAPER, QUIET, VERMILLION, Picture, house_drawing
from dl_core.interpretability.agree import HARDLY, Agree
from dl_core.interpretability.agree_in_words import level_in_words, likeness_in_words, takeaway
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase_in_words import capital
from dl_core.intervals import Share
from dl_core.numbers_in_words import percent, so_many

if TYPE_CHECKING:
    import pandas as pd

HEIGHT = 580
RIGHT = 40  # pixels: the last model's slanted name reaches over the plot
LONGEST = 22  # letters of a column's name on the axis
BIGGEST = 21  # pixels across a model's largest step
SHORT = {
    "tree": "tree", "logistic": "logistic", "ebm": "EBM", "knn": "kNN", "forest": "forest",
    "boosted": "boosted", "mlp": "network",
}  # fmt: skip
UPPER, LOWER = (0.42, 1.0), (0.0, 0.2)  # of the height: this case, and all cases
PERCENT_TOP = 118  # of the lower axis, with room for the numbers


def seven_ways(told: Agree) -> Picture:
    """A dot for each column and model; below, a point for each model with its interval.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.agree.story`.
    """
    figure = house_drawing(title(told), height=HEIGHT)
    first = 0 if told.rule is None else -1  # where the true rule stands
    names = [SHORT[key] for key in KINDS]
    if told.rule is not None:
        names = ["<b>true rule</b>", *names]
        _frame_rule(figure)
    _dots(figure, told, first)
    _shares(figure, told, first)
    figure.update_xaxes(
        tickvals=list(range(first, len(KINDS))), ticktext=names, range=[first - 0.6, len(KINDS) - 0.4],
        side="top", tickangle=-40, showgrid=False, fixedrange=True, tickfont={"color": INK, "size": 13},
        anchor="y", linecolor="rgba(0,0,0,0)",
    )  # fmt: skip
    shown = told.shown
    figure.update_layout(
        yaxis={
            "domain": list(UPPER), "range": [len(shown) - 0.4, -0.6], "tickvals": list(range(len(shown))),
            "ticktext": [cut(told.table.names[at], LONGEST) for at in shown], "gridcolor": FAINT,
            "tickfont": {"color": INK, "size": 13}, "fixedrange": True,
        },
        yaxis2={
            "domain": list(LOWER), "range": [0, PERCENT_TOP], "tickvals": [0, 50, 100], "gridcolor": FAINT,
            "ticktext": ["0 %", "50 %", "100 %"], "tickfont": {"color": QUIET, "size": 13},
            "fixedrange": True, "automargin": True, "anchor": "x", "zeroline": False,
        },
        margin={"l": 8, "r": RIGHT, "t": 96, "b": 12 if len(shown) == len(told.table.columns) else 30},
    )  # fmt: skip
    _words(figure, told)
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Agree) -> str:
    """The finding on this case."""
    column, n = told.common
    if not n:
        return f"{capital(told.item)}: no column moved any model"
    return f"{capital(told.item)}: {n} of {len(KINDS)} models name “{told.table.names[column]}” first"


def summary(told: Agree) -> str:
    """The picture in words."""
    return " ".join(part for part in (takeaway(told), likeness_in_words(told), level_in_words(told)) if part)


def _frame_rule(figure: Drawing) -> None:
    """A pale strip behind the true rule: it is no model."""
    figure.add_shape(
        type="rect", layer="below", xref="x", yref="paper", x0=-1.5, x1=-0.5, y0=LOWER[0], y1=UPPER[1],
        fillcolor=tint(QUIET, 0.12), line={"width": 0},
    )  # fmt: skip


def _dots(figure: Drawing, told: Agree, first: int) -> None:
    """Triangles up where a column raises the score, down where it lowers it, a grey point for neither."""
    every = [*([] if told.rule is None else [told.rule]), *told.parts]
    names = [*([] if told.rule is None else ["the true rule"]), *(kind.name for kind in KINDS.values())]
    marks = [
        (model, row, float(every[model - first][column]))
        for model in range(first, len(KINDS))
        for row, column in enumerate(told.shown)
    ]
    columns = [told.table.names[at] for at in told.shown]
    for sign, symbol, colour, verb in (
        (1, "triangle-up", VERMILLION, "raises the score"),
        (-1, "triangle-down", BLUE, "lowers the score"),
        (0, "circle", QUIET, "hardly moves the score"),
    ):
        mine = [(model, row, part) for model, row, part in marks if _sign(part) == sign]
        if not mine:
            continue
        is_first = [abs(part) > 1 - 1e-9 for _, _, part in mine]
        figure.add_scatter(
            x=[model for model, _, _ in mine], y=[row for _, row, _ in mine], mode="markers", name=verb,
            marker={
                "symbol": symbol, "color": colour, "opacity": 1,
                "size": [_size(part) for _, _, part in mine],
                "line": {
                    "color": [INK if top else PAPER for top in is_first],
                    "width": [2 if top else 0 for top in is_first],
                },
            },
            customdata=[
                [names[model - first], columns[row], percent(abs(part))] for model, row, part in mine
            ],
            hovertemplate="%{customdata[0]}: “%{customdata[1]}” " + verb
            + "<br>%{customdata[2]} of its largest step<extra></extra>",
        )  # fmt: skip


def _sign(part: float) -> int:
    """1 where it raises the score, -1 where it lowers it, 0 where it hardly does either."""
    return 0 if abs(part) < HARDLY else 1 if part > 0 else -1


def _size(part: float) -> float:
    """Pixels across a mark."""
    return 4 if abs(part) < HARDLY else round(6 + (BIGGEST - 6) * abs(part), 1)


def _shares(figure: Drawing, told: Agree, first: int) -> None:
    """A point with its interval under each model; under the rule what its own Shapley values get."""
    shares: list[Share] = list(told.with_others)
    if told.against:
        shares = [told.against.itself, *told.against.true_top]
    at = list(range(first, len(KINDS)))
    values = [four_figures(100 * share.value) for share in shares]
    figure.add_scatter(
        x=at, y=values, yaxis="y2", mode="markers", name="over all cases",
        marker={"color": INK, "size": 9, "symbol": ["diamond" if x < 0 else "circle" for x in at]},
        error_y={
            "type": "data", "symmetric": False, "color": INK, "thickness": 2, "width": 4,
            "array": [four_figures(100 * (share.high - share.value)) for share in shares],
            "arrayminus": [four_figures(100 * (share.value - share.low)) for share in shares],
        },
        customdata=[[percent(share.low), percent(share.high)] for share in shares],
        hovertemplate="%{y} % (%{customdata[0]} to %{customdata[1]})<extra></extra>",
    )  # fmt: skip
    for x, share in zip(at, shares, strict=True):
        figure.add_annotation(
            x=x, y=four_figures(100 * share.high), yref="y2", yanchor="bottom", yshift=1, showarrow=False,
            text=f"{100 * share.value:.0f}", font={"size": 14, "color": INK},
        )  # fmt: skip


def _words(figure: Drawing, told: Agree) -> None:
    """What the marks mean, and what is counted below."""
    figure.add_annotation(
        xref="paper", yref="paper", x=0, y=UPPER[0], xanchor="left", yanchor="top", yshift=-4,
        showarrow=False, text="▲ raises the score  ▼ lowers it  ring: largest",
        font={"size": 13, "color": QUIET},
    )  # fmt: skip
    counted = "names the true first column" if told.against else "another model names the same"
    figure.add_annotation(
        xref="paper", yref="paper", x=0, y=LOWER[1], xanchor="left", yanchor="bottom", yshift=4,
        showarrow=False, text=f"<b>{counted}</b>, % of {told.n_cases:,} {told.table.items}",
        font={"size": 13, "color": INK},
    )  # fmt: skip
    hidden = len(told.table.columns) - len(told.shown)
    if hidden:
        figure.add_annotation(
            xref="paper", yref="paper", x=1, y=LOWER[0], xanchor="right", yanchor="top", yshift=-8,
            showarrow=False, text=f"{so_many(hidden, 'smaller column')} not shown",
            font={"size": 13, "color": QUIET},
        )  # fmt: skip


def _table(told: Agree) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for at, name in enumerate(told.table.names):
        row: dict[str, float | str] = {"column": name}
        if told.rule is not None:
            row["true rule (% of its largest)"] = round(100 * float(told.rule[at]), 1)
        row |= {
            f"{kind.name} (% of its largest)": round(100 * float(part), 1)
            for kind, part in zip(KINDS.values(), told.parts[:, at], strict=True)
        }
        rows.append(row)
    return pd.DataFrame(rows)
