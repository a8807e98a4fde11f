"""A line that walks towards one example, each step with its two numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, each_in_four
from dl_core.figures.film import Film
from dl_core.figures.picture import BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import number, short, so_many
from dl_core.three_steps import Step, ThreeSteps, takeaway

if TYPE_CHECKING:
    import pandas as pd

BEYOND = 1.5  # a line is drawn so many times as far as the example
LABELS = 0.4  # share of the width that the labels need
GAP = 0.068  # between two labels, as a share of the height
Pair = tuple[float, float]


def walking_line(walk: ThreeSteps) -> Picture:
    """The flat line at the start, the line after each step, and the example it should hit.

    Examples
    --------
    >>> from dl_core.three_steps import Settings, story
    >>> walking_line(story(Settings())).figure["layout"]["title"]["text"]
    '3 steps shrink the miss from 5 to 0.625'
    """
    figure = house_drawing(_title(walk))
    far = BEYOND * walk.settings.x or 1.0
    low, high = _heights(walk, far)
    ends = [_clipped(one, far, low, high) for one in walk.steps]
    _lines(figure, walk, far, ends)
    _example(figure, walk, high - low)
    _names(figure, walk, far, ends, low, high)
    wide = far / (1 - LABELS)
    marked = sorted({0.0, walk.settings.x})
    figure.update_xaxes(
        title={"text": "input x"},
        range=sorted((-0.03 * wide, wide)),
        tickvals=marked,
        ticktext=[number(each) for each in marked],
    )
    figure.update_yaxes(title={"text": "output: w · x + b"}, range=[low, high], nticks=6, showgrid=False)
    figure.update_layout(margin={"t": 56})
    return Picture(figure, takeaway(walk), lambda: _table(walk), _film(walk, ends))


def _title(walk: ThreeSteps) -> str:
    first, last, rate = walk.steps[0], walk.steps[-1], number(walk.settings.learning_rate)
    n = walk.settings.n_steps
    if first.error == 0:
        return "The line already hits the example"
    if walk.settings.learning_rate == 0:
        return "At rate 0 the line never moves"
    if walk.diverges:
        return f"At rate {rate} each step makes the miss {short(abs(walk.factor))} times as large"
    if abs(abs(walk.factor) - 1) <= 1e-9:
        return f"At rate {rate} the line jumps to and fro forever"
    if abs(last.error) < 1e-9:
        return f"{so_many(n, 'step')} at rate {rate} and the line hits the example"
    miss = f"the miss from {short(abs(first.error))} to {short(abs(last.error))}"
    return f"{so_many(n, 'step')} {'shrinks' if n == 1 else 'shrink'} {miss}"


def _heights(walk: ThreeSteps, far: float) -> Pair:
    """What the picture shows from bottom to top: every line that stays near, with air around it."""
    held = [0.0, walk.settings.y, *(value for one in walk.steps for value in (one.bias, _at(one, far)))]
    near = [value for value in held if abs(value) <= walk.window]
    room = (max(near) - min(near)) or 1.0
    return min(near) - 0.07 * room, max(near) + 0.12 * room


def _at(line: Step, x: float) -> float:
    return line.weight * x + line.bias


def _clipped(line: Step, far: float, low: float, high: float) -> tuple[Pair, Pair]:
    """The part of a line from 0 to ``far`` between ``low`` and ``high``, as (x, y) of both ends.

    Of a line that is nowhere between them, one point on the nearer edge, twice.
    """
    rise, shares = line.weight * far, (0.0, 1.0)
    if rise:
        cuts = sorted(((low - line.bias) / rise, (high - line.bias) / rise))
        shares = (max(0.0, cuts[0]), min(1.0, cuts[1]))
    if shares[0] > shares[1] or not low <= line.bias + shares[0] * rise <= high:
        shares = (min(max(shares[0], 0.0), 1.0),) * 2
    ends = [(share * far, min(max(line.bias + share * rise, low), high)) for share in shares]
    return ends[0], ends[1]


def _lines(figure: Drawing, walk: ThreeSteps, far: float, ends: list[tuple[Pair, Pair]]) -> None:
    """One trace a line, the latest on top; then what each line says at the example."""
    for n, ((x0, y0), (x1, y1)) in enumerate(ends):
        last = n == len(ends) - 1
        one = walk.steps[n]
        figure.add_scatter(
            x=each_in_four([x0, x1]),
            y=each_in_four([y0, y1]),
            mode="lines",
            name=_name(n),
            line={
                "color": BLUE if last else QUIET,
                "width": 4 if last else 1.8,
                "dash": "solid" if last else "dot",
            },
            hovertemplate=f"{_name(n)}: w {number(one.weight)}, b {number(one.bias)}, "
            f"loss {short(one.loss)}<extra></extra>",
        )


def _name(n: int) -> str:
    return "start" if n == 0 else f"step {n}"


def _example(figure: Drawing, walk: ThreeSteps, height: float) -> None:
    """The point to hit, and how far the last line still is from it."""
    x, y, last = walk.settings.x, walk.settings.y, walk.steps[-1]
    left = _free_side(walk) < 0
    if abs(last.prediction) <= walk.window and abs(last.error) > 0.02 * height:
        figure.add_scatter(
            x=[x, x],
            y=each_in_four([last.prediction, y]),
            mode="lines",
            name="the miss",
            line={"color": VERMILLION, "width": 2.5, "dash": "dash"},
            hoverinfo="skip",
        )
        figure.add_annotation(
            x=x,
            y=_free_height(walk),
            text=f"misses by <b>{short(abs(last.error))}</b>",
            showarrow=False,
            xanchor="right" if left else "left",
            xshift=-9 if left else 9,
            font={"color": WORDS[VERMILLION], "size": 14},
        )
    figure.add_scatter(
        x=[x],
        y=[y],
        mode="markers",
        name="the example",
        marker={"size": 14, "color": PAPER, "line": {"color": INK, "width": 3}},
        hovertemplate=f"the example: x {number(x)}, y {number(y)}<extra></extra>",
    )
    figure.add_annotation(
        x=x,
        y=y,
        text=f"<b>the example</b>: {number(x)} → {number(y)}",
        showarrow=False,
        xanchor="right" if left else "left",
        yanchor="top" if last.error > 0 else "bottom",
        yshift=-9 if last.error > 0 else 9,
        font={"color": INK, "size": 14},
    )


def _free_side(walk: ThreeSteps) -> int:
    """-1 or 1: left or right of the example, where the last line runs away from the gap between them."""
    last = walk.steps[-1]
    if walk.settings.x == 0:
        return 1
    return 1 if (last.error > 0) == (last.weight > 0) else -1


def _free_height(walk: ThreeSteps) -> float:
    """Between the example and the last line, the height that the other lines stay farthest from."""
    x, last = walk.settings.x, walk.steps[-1]
    beside = x + 0.2 * _free_side(walk) * abs(BEYOND * x)

    def room(height: float) -> float:
        others = [abs(_at(one, at) - height) for one in walk.steps[:-1] for at in (x, beside)]
        return min(others) + 0.02 * abs(last.error) * (height == heights[0])  # the middle where it is as free

    heights = [last.prediction - share * last.error for share in (0.5, 0.35, 0.65, 0.25, 0.75)]
    return max(heights, key=room)


def _names(
    figure: Drawing, walk: ThreeSteps, far: float, ends: list[tuple[Pair, Pair]], low: float, high: float
) -> None:
    """Beside each line's far end: which step it is, with its two numbers."""
    named = [n for n, one in enumerate(walk.steps) if low <= _at(one, far) <= high]
    heights = apart([_at(walk.steps[n], far) for n in named], GAP * (high - low), low, high)
    for n, height in zip(named, heights, strict=True):
        one, last = walk.steps[n], n == len(ends) - 1
        text = f"{_name(n)}: w {number(one.weight)}, b {number(one.bias)}"
        figure.add_annotation(
            x=far,
            y=height,
            text=f"<b>{text}</b>" if last else text,
            showarrow=False,
            xanchor="left" if far > 0 else "right",
            xshift=8 if far > 0 else -8,
            font={"color": WORDS[BLUE] if last else QUIET, "size": 14},
        )
    gone = walk.left_at
    if gone is not None:
        up = walk.steps[gone].prediction > 0
        figure.add_annotation(
            xref="paper",
            x=1 if far > 0 else 0,
            y=high if up else low,
            text=f"<b>step {gone} leaves the picture</b>",
            showarrow=False,
            xanchor="right" if far > 0 else "left",
            yanchor="top" if up else "bottom",
            font={"color": WORDS[VERMILLION], "size": 14},
        )


def apart(heights: list[float], gap: float, low: float, high: float) -> list[float]:
    """Where labels go: the same heights, moved until no two are nearer than ``gap`` and all lie inside.

    Parameters
    ----------
    heights, gap, low, high
        In the axis's own units; the labels fit between ``low`` and ``high``.

    Examples
    --------
    >>> [round(one, 3) for one in apart([0, 0.95, 1.0], 0.1, 0, 1)]
    [0.05, 0.85, 0.95]
    """
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = dict.fromkeys(order, 0.0)
    floor = low + gap / 2
    for i in order:
        placed[i] = max(heights[i], floor)
        floor = placed[i] + gap
    ceiling = high - gap / 2
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling)
        ceiling = placed[i] - gap
    return [placed[i] for i in range(len(heights))]


def _film(walk: ThreeSteps, ends: list[tuple[Pair, Pair]]) -> Film:
    """The line swings from step to step; a line whose step is still to come hides under the latest one."""
    n_frames = len(ends)
    captions = tuple(
        f"{'Start' if n == 0 else f'After step {n}'}: the line says {number(one.prediction)}, "
        f"the loss is {number(one.loss)}."
        for n, one in enumerate(walk.steps)
    )

    def seen(line: int, axis: int) -> list[list[float]]:
        at = [frame if line == n_frames - 1 else min(frame, line) for frame in range(n_frames)]
        return [[ends[n][0][axis], ends[n][1][axis]] for n in at]

    changes = {line: {"x": seen(line, 0), "y": seen(line, 1)} for line in range(n_frames)}
    return Film(captions, changes=changes)


def _table(walk: ThreeSteps) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "line": _name(n),
            "w": one.weight,
            "b": one.bias,
            "prediction": one.prediction,
            "error": one.error,
            "slope for w": one.slope_weight,
            "slope for b": one.slope_bias,
            "loss (half the squared error)": one.loss,
        }
        for n, one in enumerate(walk.steps)
    )
