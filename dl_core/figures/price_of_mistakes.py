"""What the same answers cost at every threshold, under the reader's price list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.eight_or_not import THRESHOLDS, place_of
from dl_core.figures.drawing import Drawing, each_in_four, four_figures
from dl_core.figures.picture import ACCENT, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import two_figures
from dl_core.price_of_mistakes import (
    USUAL,
    PriceOfMistakes,
    accuracy_sentence,
    money,
    takeaway,
    threshold_in_words,
)

if TYPE_CHECKING:
    import pandas as pd

ROWS = (1.0, 0.89, 0.78)  # of the names of the upright lines, so that three at one place can be read
CLOSE = 0.02  # lines nearer than this share a name


def cost_curve(shown: PriceOfMistakes) -> Picture:
    """Money for 1,000 cases against the threshold, with the formula's, the cheapest and the reader's.

    Parameters
    ----------
    shown
        From :func:`dl_core.price_of_mistakes.story`.

    Examples
    --------
    >>> from dl_core.price_of_mistakes import Settings, story
    >>> cost_curve(story(Settings())).figure["layout"]["title"]["text"]
    'A threshold of 0.5 costs 4.8 times as much as 0.03'
    """
    figure = house_drawing(_title(shown))
    _uprights(figure, shown)
    _curve(figure, shown)
    _marks(figure, shown)
    figure.update_xaxes(
        title={"text": "threshold for saying “8”"},
        range=[0, 1],
        tickformat=".1f",
        tickangle=0,
        nticks=6,
    )
    figure.update_yaxes(
        title={"text": "money for 1,000 cases"},
        range=[-0.03 * _top(shown), _top(shown)],
        tickformat=",",
        nticks=6,
    )
    figure.update_layout(margin={"t": 56, "r": 24}, meta={"narrow_height": 360})
    return Picture(figure, _summary(shown), lambda: _table(shown))


def _summary(shown: PriceOfMistakes) -> str:
    return (
        f"{takeaway(shown)} The formula, a false alarm’s price divided by both prices together, asks for "
        f"{_in_words(shown.formula)}. {accuracy_sentence(shown)}"
    )


def _title(shown: PriceOfMistakes) -> str:
    ratio = shown.at_usual.cost / max(shown.at_best.cost, 1e-9)
    if ratio < 1.25:
        return "At these prices a threshold of 0.5 is about as cheap as any"
    return f"A threshold of 0.5 costs {two_figures(ratio)} times as much as {threshold_in_words(shown.best)}"


def _top(shown: PriceOfMistakes) -> float:
    """High enough for every marked point and the right end; the left end may leave the picture."""
    tallest = max(
        shown.yours_on_curve,
        float(shown.costs[place_of(USUAL)]),
        float(shown.costs[-1]),
        shown.best_on_curve * 3,
    )
    return float(f"{1.35 * tallest:.3g}")


def _uprights(figure: Drawing, shown: PriceOfMistakes) -> None:
    yours = shown.settings.threshold
    usual = abs(yours - USUAL) < CLOSE
    lines = [(shown.formula, f"formula: {_in_words(shown.formula)}", INK, "dash")]
    lines.append((yours, f"yours: {yours:.2f}{', the usual' if usual else ''}", ACCENT, "solid"))
    if not usual:
        lines.append((USUAL, "the usual 0.5", QUIET, "dot"))
    for (place, name, colour, dash), row in zip(lines, ROWS, strict=False):
        figure.add_vline(
            round(place, 4), line={"color": colour, "width": 2 if colour == ACCENT else 1.5, "dash": dash}
        )
        left = place > 0.7
        figure.add_annotation(
            x=round(place, 4), y=row, yref="y domain", text=name, showarrow=False, yanchor="top",
            xanchor="right" if left else "left", xshift=-6 if left else 6, font={"color": colour, "size": 14},
        )  # fmt: skip


def _in_words(wanted: float) -> str:
    """The formula's threshold with two places, which never claim that it is 0 or 1."""
    if wanted < 0.005:
        return "under 0.01"
    return "over 0.99" if wanted > 0.995 else f"{wanted:.2f}"


def _curve(figure: Drawing, shown: PriceOfMistakes) -> None:
    name = "cost, measured on validation digits"
    figure.add_scatter(
        x=THRESHOLDS.tolist(),
        y=each_in_four(shown.costs),
        mode="lines",
        name=name,
        line={"color": VERMILLION, "width": 3},
        hovertemplate="threshold %{x:.3f}: %{y:,.0f} for 1,000 cases<extra></extra>",
    )
    figure.add_annotation(
        x=0.98, y=four_figures(shown.costs[-1]), text="cost, measured", showarrow=False,
        yanchor="bottom", xanchor="right", yshift=6, font={"color": WORDS[VERMILLION], "size": 14},
    )  # fmt: skip


def _marks(figure: Drawing, shown: PriceOfMistakes) -> None:
    """The cheapest threshold and the reader's, on the curve."""
    figure.add_scatter(
        x=[shown.best],
        y=[four_figures(shown.best_on_curve)],
        mode="markers",
        name="cheapest on the validation digits",
        marker={"size": 15, "color": PAPER, "symbol": "circle", "line": {"color": INK, "width": 2.5}},
        hovertemplate=f"cheapest: {threshold_in_words(shown.best)}<extra></extra>",
    )
    figure.add_annotation(
        x=shown.best, y=four_figures(shown.best_on_curve),
        text=f"cheapest: {threshold_in_words(shown.best)}",
        ax=44 if shown.best < 0.75 else -44, ay=-84, xanchor="left" if shown.best < 0.75 else "right",
        arrowcolor=QUIET, arrowwidth=1, arrowhead=0, standoff=9, font={"color": INK, "size": 14},
    )  # fmt: skip
    figure.add_scatter(
        x=[shown.settings.threshold],
        y=[four_figures(shown.yours_on_curve)],
        mode="markers",
        name="your threshold",
        marker={"size": 12, "color": ACCENT, "symbol": "diamond", "line": {"color": PAPER, "width": 1.5}},
        hovertemplate="your threshold %{x:.2f}: %{y:,.0f} for 1,000 cases<extra></extra>",
    )


def _table(shown: PriceOfMistakes) -> pd.DataFrame:
    import pandas as pd

    rows = (
        ("yours", shown.at_yours),
        ("cheapest on validation", shown.at_best),
        ("the usual", shown.at_usual),
    )
    return pd.DataFrame(
        {
            "threshold": f"{name}: {threshold_in_words(one.threshold)}",
            "misses, test digits": one.misses,
            "false alarms, test digits": one.false_alarms,
            "money for 1,000 cases": money(one.cost),
            "right answers (%)": round(100 * one.accuracy, 1),
            "loss at these prices": round(shown.loss_priced, 3),
            "loss at equal prices": round(shown.loss_equal, 3),
        }
        for name, one in rows
    )
