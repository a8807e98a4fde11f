"""A trained network at a glance: its answers over two columns, and both losses over its training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dl_core.figures.drawing import Drawing, Spec, each_in_four, four_figures, tint
from dl_core.figures.mlp_losses import draw_curves, losses_table, unit_of
from dl_core.figures.picture import (
    BLUE,
    FAINT,
    INK,
    PAPER,
    QUIET,
    SERIES,
    SYMBOLS,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.mlp_areas import Areas, areas
from dl_core.mlp_builder import VERDICTS, Built, takeaway
from dl_core.mlp_losses import losses

if TYPE_CHECKING:
    import pandas as pd

MAP, CURVES = [0, 0.46], [0.57, 1]  # shares of the width
SHADES = 50  # steps of confidence in each class
MOST_POINTS = 150  # of each pile; more would only cover one another
BENDS = [[0.0, BLUE], [0.5, PAPER], [1.0, VERMILLION]]  # values on both sides of 0
RISES = [[0.0, PAPER], [1.0, BLUE]]  # values on one side


def build_picture(built: Built) -> Picture:
    """Left the answers over the first two columns, right the losses.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings, story
    >>> build_picture(story(Settings())).figure["layout"]["title"]["text"]
    'It fits: 99 % right on unseen rows, 98 % on its own'
    """
    figure = house_drawing(build_title(built))
    over = areas(built)
    _ground(figure, built, over)
    _points(figure, built, over)
    draw_curves(figure, built, x="x2", y="y2", room=0.42)
    _axes(figure, built, over)
    return Picture(figure, build_summary(built), lambda: _table(built))


def build_title(built: Built) -> str:
    """The verdict with its numbers, at most 14 words."""
    kind = built.judgement.verdict.kind
    said = VERDICTS[kind]
    said = said[0].upper() + said[1:]
    score, own = built.unseen, built.own_in_words
    if kind == "diverged":
        return f"{said}: the steps were too large"
    if kind == "stuck":
        return f"{said}: the loss is still what guessing costs"
    if kind == "no better than guessing":
        return f"It may be guessing: {score.in_words} against {built.guess_in_words}"
    if score.is_share:
        return f"{said}: {score.in_words} right on unseen rows, {own} on its own"
    return f"{said}: off by {score.in_words} on unseen rows, {own} on its own"


def build_summary(built: Built) -> str:
    """What a sighted reader takes from both halves."""
    names = built.dealt.data.columns
    told = losses(built)
    return (
        f"Left, what the network answers over {names[0]} and {names[1]}, with the rows as points. "
        f"Right, both losses over {built.last_epoch:,} epochs; the test loss is lowest near epoch "
        f"{int(told.epochs[told.best]):,}. {takeaway(built).replace('**', '')}"
    )


def _ground(figure: Drawing, built: Built, over: Areas) -> None:
    heat: Spec = {
        "x0": four_figures(over.across[0]), "dx": four_figures(over.across[1] - over.across[0]),
        "y0": four_figures(over.up[0]), "dy": four_figures(over.up[1] - over.up[0]),
        "showscale": False, "hoverinfo": "skip", "name": "answers",
    }  # fmt: skip
    if built.is_classes:
        n_classes = len(built.dealt.data.classes)
        steps = np.round((over.sure - 1 / n_classes) / (1 - 1 / n_classes) * (SHADES - 1))
        top = n_classes * SHADES - 1
        scale: list[list[Any]] = []
        for label in range(n_classes):
            first = label * SHADES
            scale.append([first / top, tint(SERIES[label], 0.08)])
            scale.append([(first + SHADES - 1) / top, tint(SERIES[label], 0.42)])
        shades = (over.answers * SHADES + steps).astype(np.uint8)
        figure.add_heatmap(z=shades, zmin=0, zmax=top, colorscale=scale, **heat)
        return
    scale, low, high = _scale(built)
    steps = np.clip(np.round(255 * (over.answers - low) / max(high - low, 1e-12)), 0, 255)
    figure.add_heatmap(z=steps.astype(np.uint8), zmin=0, zmax=255, colorscale=scale, opacity=0.75, **heat)


def _scale(built: Built) -> tuple[list[list[Any]], float, float]:
    """The colours of a value, and the values at both ends."""
    values = built.dealt.data.targets.astype(np.float64)
    low, high = float(values.min()), float(values.max())
    if low < 0 < high and min(-low, high) > 0.2 * max(-low, high):
        most = max(-low, high)
        return BENDS, four_figures(-most), four_figures(most)
    return RISES, four_figures(low), four_figures(high)


def _points(figure: Drawing, built: Built, over: Areas) -> None:
    """Small the rows it learned from, large those it never saw, crossed out the wrong ones."""
    dealt = built.dealt
    train, test = dealt.train, dealt.test
    for pile, size, name in ((train, 5, "learned from"), (test, 9, "never seen")):
        rows = _thinned(pile)
        _dots(figure, built, rows, size, name)
    wrong = _thinned(test[built.judgement.wrong[test]])
    places = dealt.data.inputs[wrong]
    figure.add_scatter(
        x=each_in_four(places[:, 0]), y=each_in_four(places[:, 1]), mode="markers", name="wrong",
        marker={"symbol": "x-thin", "size": 12, "color": INK, "line": {"color": INK, "width": 2}},
        text=[_about(built, int(row)) for row in wrong], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _dots(figure: Drawing, built: Built, rows: NDArray[np.int64], size: int, name: str) -> None:
    places, truth = built.dealt.data.inputs[rows], built.dealt.data.targets[rows]
    marker: Spec = {"size": size, "line": {"color": PAPER, "width": 0.5 if size < 6 else 1}}
    if built.is_classes:
        marker["color"] = [SERIES[label] for label in truth.astype(int)]
        marker["symbol"] = [SYMBOLS[label] for label in truth.astype(int)]
    else:
        scale, low, high = _scale(built)
        marker |= {"color": each_in_four(truth), "colorscale": scale, "cmin": low, "cmax": high}
        marker["line"] = {"color": QUIET, "width": 1}
    figure.add_scatter(
        x=each_in_four(places[:, 0]), y=each_in_four(places[:, 1]), mode="markers", name=name, marker=marker,
        text=[_about(built, int(row)) for row in rows], hovertemplate=f"%{{text}}, {name}<extra></extra>",
    )  # fmt: skip


def _about(built: Built, row: int) -> str:
    truth, answer = built.dealt.data.targets[row], built.judgement.answers[row]
    if built.is_classes:
        names = built.dealt.data.classes
        right = "" if truth == answer else f", taken for {names[int(answer)]}"
        return f"{names[int(truth)]}{right}"
    return f"{truth:.3g} {built.dealt.data.unit}, guessed {answer:.3g}"


def _thinned(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """At most 150 of the rows, evenly chosen."""
    return rows[:: -(-len(rows) // MOST_POINTS)] if len(rows) else rows


def _axes(figure: Drawing, built: Built, over: Areas) -> None:
    names = built.dealt.data.columns
    half = [float(places[1] - places[0]) / 2 for places in (over.across, over.up)]
    figure.update_layout(
        xaxis={
            "domain": MAP, "title": {"text": names[0]}, "showgrid": False, "nticks": 6,
            "range": [four_figures(over.across[0] - half[0]), four_figures(over.across[-1] + half[0])],
        },
        yaxis={
            "title": {"text": names[1]}, "showgrid": False, "nticks": 6,
            "range": [four_figures(over.up[0] - half[1]), four_figures(over.up[-1] + half[1])],
        },
        xaxis2={**figure["layout"]["xaxis2"], "domain": CURVES, "anchor": "y2"},
        yaxis2={**figure["layout"]["yaxis2"], "anchor": "x2", "title": {"text": ""}},
        margin={"l": 8, "r": 12, "t": 90},
        meta={"narrow_height": 420, "stretch": True},
    )  # fmt: skip
    _key(figure, built, over)


def _key(figure: Drawing, built: Built, over: Areas) -> None:
    """What the colours and marks mean, above the map."""
    if built.is_classes:
        named = [
            f"<span style='color:{WORDS.get(SERIES[label], INK)}'>{mark} {name}</span>"
            for label, (mark, name) in enumerate(zip("●■▲◆✚", built.dealt.data.classes, strict=False))
        ]
        first = "  ".join(named)
    else:
        scale, low, high = _scale(built)
        ends = ("blue", "orange") if scale is BENDS else ("white", "blue")
        unit = built.dealt.data.unit
        first = f"{low:.2g} ({ends[0]}) to {high:.2g} {unit} ({ends[1]})".replace(" ()", "")
    fixed = f"; {over.n_fixed} other columns at their mean" if over.n_fixed else ""
    figure.add_annotation(
        xref="x2 domain", yref="paper", x=0, y=1, yshift=8, xanchor="left", yanchor="bottom",
        showarrow=False, text=unit_of(built), font={"size": 13, "color": QUIET},
    )  # fmt: skip
    for row, text in enumerate((first, f"small: learned from, large: unseen, ✕ wrong{fixed}")):
        figure.add_annotation(
            xref="x domain", yref="paper", x=0, y=1, yshift=26 - 18 * row, xanchor="left", yanchor="bottom",
            showarrow=False, text=text, align="left", font={"size": 13, "color": QUIET},
        )  # fmt: skip
    figure.add_shape(
        type="rect", xref="x domain", yref="y domain", x0=0, x1=1, y0=0, y1=1, line={"color": FAINT}
    )


def _table(built: Built) -> pd.DataFrame:
    return losses_table(losses(built)).assign(**{"test rows": [one.counted for one in built.by_snapshot]})
