"""The whole walk on its landscape: where it starts, each step, and where it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.descent_in_words import narration
from dl_core.figures.drawing import Drawing, each_in_four
from dl_core.figures.film import Film
from dl_core.figures.landscape import draw_landscape
from dl_core.figures.picture import ACCENT, BLUE, INK, PAPER, Picture, house_drawing
from dl_core.gradient_descent import Descent, in_words, rough
from dl_core.numbers_in_words import two_figures
from dl_core.surfaces import Point

if TYPE_CHECKING:
    import pandas as pd


def path(shown: Descent) -> Picture:
    """The walk, drawn up to the first step outside of the picture; its film tells every step.

    Examples
    --------
    >>> from dl_core.gradient_descent import Settings, story
    >>> path(story(Settings("curve", 1.1, 25, (10.0, 0.0)))).figure["layout"]["title"]["text"]
    'Each step overshoots by 1.2×: out of the picture at step 2'
    """
    figure = house_drawing(_title(shown), height=322)
    draw_landscape(figure, shown.settings.surface)
    figure.update_layout(margin={"r": 22, "l": 8})
    xs, ups = _places(shown)
    walked = len(figure["data"])
    figure.add_scatter(
        x=xs, y=ups, mode="lines+markers", line={"color": BLUE, "width": 2},
        marker={"size": 7 if len(xs) < 40 else 5, "color": BLUE, "line": {"width": 1, "color": PAPER}},
        text=[f"step {i}" for i in range(len(xs))],
        hovertemplate="%{text}: %{x:.3g}, %{y:.3g}<extra></extra>",
    )  # fmt: skip
    _mark_the_ends(figure, xs, ups, shown)
    return Picture(figure, path_summary(shown), lambda: _table(shown), _film(shown, walked, xs, ups))


def _places(shown: Descent) -> tuple[list[float], list[float]]:
    """Across and up, as drawn: on a curve up is the loss."""
    done = shown.n_shown + 1
    ups = shown.walk.losses if shown.surface.dimensions == 1 else shown.walk.ys
    return each_in_four(shown.walk.xs[:done]), each_in_four(ups[:done])


def _mark_the_ends(figure: Drawing, xs: list[float], ups: list[float], shown: Descent) -> None:
    figure.add_scatter(
        x=xs[:1], y=ups[:1], mode="markers", hoverinfo="skip",
        marker={"symbol": "circle-open", "size": 15, "color": INK, "line": {"width": 2.5}},
    )  # fmt: skip
    figure.update_layout(meta={"drag": {"trace": len(figure["data"]) - 1}, "stretch": True})
    figure.add_annotation(
        x=xs[0], y=ups[0], text="start", showarrow=False, yshift=19, font={"size": 13, "color": INK}
    )
    figure.add_scatter(
        x=xs[-1:], y=ups[-1:], mode="markers", hoverinfo="skip",
        marker={"symbol": "diamond", "size": 13, "color": ACCENT, "line": {"width": 1.5, "color": PAPER}},
    )  # fmt: skip


def _film(shown: Descent, walked: int, xs: list[float], ups: list[float]) -> Film:
    """The walk grows; the diamond stands where it has come to."""
    here = {"x": [[x] for x in xs], "y": [[up] for up in ups]}
    return Film(narration(shown), grows=(walked,), changes={walked + 2: here})


def _title(shown: Descent) -> str:
    left = f"{max(0, min(round(shown.way_left * 100), 100))} %"
    steps = "1 step" if shown.settings.n_steps == 1 else f"{shown.settings.n_steps} steps"
    match shown.verdict:
        case "no rate":
            return "At a rate of 0 nothing moves"
        case "on a floor":
            return "On a floor the slope is 0, so nothing moves"
        case "balanced":
            return "Level ground, yet no floor: nothing moves"
        case "left":
            if shown.walk.left_picture_at == 0:
                return "The start lies outside of the picture"
            over = (
                f"Each step overshoots by {two_figures(shown.overshoot)}×: o" if shown.overshoot > 1 else "O"
            )
            return f"{over}ut of the picture at step {shown.walk.left_picture_at}"
        case "bouncing":
            return f"After {steps} it is as high as at the start"
        case "local valley":
            return "It rests in a valley, but not in the deepest"
        case "saddle":
            return "It rests on a saddle: level, yet no floor"
        case "crawling":
            return f"It crawls: after {steps}, {left} of the way is left"
        case "flat":
            return f"Hardly a slope here: after {steps}, {left} of the way is left"
        case "zig-zag":
            return f"It zig-zags: after {steps}, {left} of the way is left"
        case "arrived":
            return f"It arrives: after {steps}, {left} of the way is left"
        case _:
            return f"After {steps}, {left} of the way down is left"


def path_summary(shown: Descent) -> str:
    """What a sighted reader takes from the picture."""
    end: Point = (shown.walk.xs[shown.n_shown], shown.walk.ys[shown.n_shown])
    kind = "a curve" if shown.surface.dimensions == 1 else f"a map of the surface “{shown.surface.name}”"
    where = "outside of the picture, " if shown.walk.left_picture_at else ""
    return (
        f"A walk on {kind}, from {in_words(shown.settings.start, shown.surface)} to "
        f"{in_words(end, shown.surface)}, {where}in {shown.n_shown} steps at a rate of "
        f"{rough(shown.settings.learning_rate)}. The height goes from {rough(shown.walk.losses[0])} to "
        f"{rough(shown.walk.losses[shown.n_shown])}."
    )


def _table(shown: Descent) -> pd.DataFrame:
    import pandas as pd

    done = shown.n_shown + 1
    slopes = [*shown.slopes[:done], shown.surface.gradient(shown.walk.xs[done - 1], shown.walk.ys[done - 1])]
    columns = {"Step": range(done), "x": [rough(x) for x in shown.walk.xs[:done]]}
    if shown.surface.dimensions == 2:
        columns["y"] = [rough(y) for y in shown.walk.ys[:done]]
    columns["Slope along x"] = [rough(slope[0]) for slope in slopes[:done]]
    if shown.surface.dimensions == 2:
        columns["Slope along y"] = [rough(slope[1]) for slope in slopes[:done]]
    columns["Loss (height)"] = [rough(loss) for loss in shown.walk.losses[:done]]
    return pd.DataFrame(columns)
