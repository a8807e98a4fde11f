"""Six paths on one landscape, and beside it how many steps each of them needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.film import Film
from dl_core.figures.landscape import draw_landscape
from dl_core.figures.picture import FAINT, INK, PAPER, QUIET, SERIES, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import listed, percent, so_many
from dl_core.optimiser_race import Race, Runner, capital, commentary, takeaway
from dl_core.optimisers import OPTIMISERS, Name
from dl_core.rate_sweep import LAST
from dl_core.surfaces import Point

if TYPE_CHECKING:
    import pandas as pd

# an optimiser keeps its colour, dash and symbol in every race
LOOKS: dict[Name, tuple[str, str, str]] = dict(
    zip(
        OPTIMISERS,
        zip(
            (*SERIES, INK),
            ("solid", "dash", "dot", "dashdot", "longdash", "solid"),
            ("circle", "square", "triangle-up", "diamond", "cross", "star"),
            strict=True,
        ),
        strict=True,
    )
)
MAP, LIST = [0, 0.58], [0.63, 1]  # shares of the width
LIST_TOP = -1_000.0  # row numbers of the list: so far down that no click on it is a place on the map
BAR = 0.18  # of a row
NAME = 0.38  # of a row, above its bar
EVERY = 60  # steps that a film shows one by one; later it takes larger strides


def paths(race: Race) -> Picture:
    """The six paths and the list of arrivals; the film runs the race.

    Examples
    --------
    >>> from dl_core.optimiser_race import Settings, story
    >>> paths(story(Settings(rates="same"))).figure["layout"]["title"]["text"]
    'RMSProp needs 45 steps to the floor; gradient descent and Nesterov diverge'
    """
    figure = house_drawing(_title(race))
    draw_landscape(figure, race.settings.surface)
    steps = _shown_steps(race.settings.n_steps)
    lines = [_path(one, race, steps) for one in race.runners]
    first = len(figure["data"])
    for one, line in zip(race.runners, lines, strict=True):
        _draw_path(figure, one, line)
    _draw_start(figure, race)
    heads = _draw_heads(figure, race, lines)
    bars = _draw_list(figure, race)
    figure.update_layout(xaxis={"domain": MAP}, margin={"l": 8, "r": 8})
    film = Film(
        commentary(race, steps),
        grows=tuple(range(first, first + len(lines))),
        changes={heads: _heads_moving(lines, len(steps)), bars: _bars_growing(race, steps)},
    )
    return Picture(figure, race_summary(race), lambda: _table(race), film)


def _title(race: Race) -> str:
    if not race.moves:
        return "Without a slope, nobody moves"
    n_steps, plain, winners = race.settings.n_steps, race.of("gd"), race.winners
    if not winners:
        return f"None of the six reaches the floor in {so_many(n_steps, 'step')}"
    names, took = capital(listed([one.said for one in winners])), so_many(winners[0].steps or 0, "step")
    first = f"{names} tie: {took} to the floor" if len(winners) > 1 else f"{names} needs {took} to the floor"
    if race.diverged:
        gone = [one.said for one in race.diverged]
        who = listed(gone) if len(gone) < 3 else f"{len(gone)} others"
        return f"{first}; {who} diverge{'s' * (len(gone) == 1)}"
    if plain not in winners:
        return (
            f"{first}, plain descent {plain.steps}" if plain.steps else f"{first}; plain descent falls short"
        )
    last = race.arrived[-1]
    return first if last in winners else f"{first}, {last.said} {last.steps}"


def race_summary(race: Race) -> str:
    """What a sighted reader takes from it: who arrived when, in order."""
    arrived = ", ".join(f"{one.name} {_result(one)}" for one in race.runners if one.steps is not None)
    others = ", ".join(f"{one.name} {_result(one)}" for one in race.runners if one.steps is None)
    where = "curve" if race.surface.dimensions == 1 else "map"
    said = [f"Six paths on a {where} of the surface “{race.surface.name}”."]
    said += [f"Steps until {LAST} of the way is left: {arrived}."] if arrived else []
    said += [f"Not there: {others}."] if others else []
    return " ".join((*said, takeaway(race)))


def _result(one: Runner) -> str:
    if one.steps is not None:
        return str(one.steps)
    if one.diverged:
        left = one.walk.left_picture_at
        return f"out at step {left}" if left else "rose"
    return "not yet"


def _shown_steps(n_steps: int) -> tuple[int, ...]:
    """Every step at first, then strides that grow: odd ones, or a zig-zag would look like a straight line."""
    steps, stride = list(range(min(EVERY, n_steps) + 1)), 1
    while steps[-1] < n_steps:
        stride += 2 if n_steps > 100 and len(steps) % 8 == 0 else 0
        steps.append(min(steps[-1] + stride, n_steps))
    return tuple(steps)


def _path(one: Runner, race: Race, steps: tuple[int, ...]) -> list[Point]:
    """Where a runner was at these steps; one that is gone for good ends where it crosses the frame."""
    ups = one.walk.losses if race.surface.dimensions == 1 else one.walk.ys
    places = [(one.walk.xs[i], ups[i]) for i in steps if i <= one.walk.n_done]
    if one.diverged and one.walk.left_picture_at and one.walk.left_picture_at not in steps:
        places = places[: sum(i < one.walk.left_picture_at for i in steps) + 1]
    (left, right), (low, high) = race.surface.x_range, _up_range(race)
    line: list[Point] = []
    for place in places:
        if one.diverged and line and not (left <= place[0] <= right and low <= place[1] <= high):
            return [*line, _crossing(line[-1], place, (left, low), (right, high))]
        line.append((_short(place[0]), _short(place[1])))
    return line


def _up_range(race: Race) -> Point:
    if race.surface.dimensions == 2:
        return race.surface.y_range
    return 0.0, max(race.surface.value(x, 0.0) for x in race.surface.x_range)


def _crossing(inside: Point, outside: Point, low: Point, high: Point) -> Point:
    """Where the line from a place in the picture to one outside of it crosses the frame."""
    shares = [
        (edge[axis] - inside[axis]) / (outside[axis] - inside[axis])
        for axis in (0, 1)
        for edge in (low, high)
        if outside[axis] != inside[axis]
    ]
    share = min((each for each in shares if 0 < each <= 1), default=0.0)
    x, y = (inside[axis] + share * (outside[axis] - inside[axis]) for axis in (0, 1))
    return _short(x), _short(y)


def _short(value: float) -> float:
    return round(value, 4)  # finer than a pixel on every surface


def _draw_path(figure: Drawing, one: Runner, line: list[Point]) -> None:
    colour, dash, _ = LOOKS[one.optimiser]
    figure.add_scatter(
        x=[x for x, _ in line], y=[y for _, y in line], mode="lines", name=one.name, opacity=0.9,
        line={"color": colour, "dash": dash, "width": 2.2},
        hovertemplate=f"{one.name}: %{{x:.3g}}, %{{y:.3g}}<extra></extra>",
    )  # fmt: skip


def _draw_start(figure: Drawing, race: Race) -> None:
    at = race.runners[0].walk
    up = at.losses[0] if race.surface.dimensions == 1 else at.ys[0]
    figure.add_scatter(
        x=[_short(at.xs[0])], y=[_short(up)], mode="markers", hoverinfo="skip", name="start",
        marker={"symbol": "circle-open", "size": 16, "line": {"width": 2.5, "color": INK}, "color": INK},
    )  # fmt: skip
    figure.update_layout(meta={"drag": {"trace": len(figure["data"]) - 1}})
    figure.add_annotation(
        x=_short(at.xs[0]),
        y=_short(up),
        text="start",
        showarrow=False,
        yshift=20,
        font={"size": 13, "color": INK},
    )


def _draw_heads(figure: Drawing, race: Race, lines: list[list[Point]]) -> int:
    """Where each stands in the end, by its symbol; a cross where it left the picture. The trace's place."""
    looks = [LOOKS[one.optimiser] for one in race.runners]
    figure.add_scatter(
        x=[line[-1][0] for line in lines], y=[line[-1][1] for line in lines], mode="markers", name="now",
        text=[one.name for one in race.runners], hovertemplate="%{text}<extra></extra>",
        marker={
            "symbol": ["x" if one.diverged else LOOKS[one.optimiser][2] for one in race.runners],
            "color": [look[0] for look in looks], "size": 12, "line": {"width": 1.5, "color": PAPER},
        },
        cliponaxis=False,
    )  # fmt: skip
    return len(figure["data"]) - 1


def _draw_list(figure: Drawing, race: Race) -> int:
    """A row for each, the first on top: its mark, its name, its steps, and a bar. The bars' place."""
    rows = [LIST_TOP - row for row in range(len(race.runners))]
    colours = [LOOKS[one.optimiser][0] for one in race.runners]
    figure.add_trace({
        "type": "bar", "orientation": "h", "xaxis": "x2", "yaxis": "y2", "y": rows, "width": BAR,
        "x": _bar_lengths(race, race.settings.n_steps), "textposition": "none",
        "marker": {"color": [
            FAINT if one.steps is None else colour for one, colour in zip(race.runners, colours, strict=True)
        ]},
        "text": [f"{one.name}: {_result(one)}" for one in race.runners],
        "hovertemplate": "%{text}<extra></extra>",
    })  # fmt: skip
    bars = len(figure["data"]) - 1
    figure.add_scatter(
        x=[0] * len(rows), y=[row + NAME for row in rows], xaxis="x2", yaxis="y2", mode="markers",
        hoverinfo="skip", cliponaxis=False, name="key",
        marker={
            "symbol": [LOOKS[one.optimiser][2] for one in race.runners], "color": colours, "size": 10
        },
    )  # fmt: skip
    for row, one in zip(rows, race.runners, strict=True):
        _say(figure, one, row)
    _list_axes(figure, race, rows)
    return bars


def _say(figure: Drawing, one: Runner, row: float) -> None:
    """The name, and after it the steps; who diverged has no bar, and its words stand in the bar's place."""
    hold = {"xref": "x2", "yref": "y2", "x": 0, "xanchor": "left", "xshift": 10, "showarrow": False}
    font = {"color": WORDS.get(LOOKS[one.optimiser][0], INK), "size": 14}
    result = f"<b>{_result(one)}</b>"
    text = one.name if one.diverged else f"{one.name} {result}"
    figure.add_annotation(**hold, y=row + NAME, text=text, font=font)
    if one.diverged:
        figure.add_annotation(**hold, y=row + 0.04, text=result, font=font)


def _list_axes(figure: Drawing, race: Race, rows: list[float]) -> None:
    longest = race.settings.n_steps
    if len(race.arrived) == len(rows):
        longest = max(race.arrived[-1].steps or 0, 1)
    bare = {"showgrid": False, "zeroline": False, "fixedrange": True, "showticklabels": False}
    figure["layout"]["xaxis2"] = {
        **bare, "domain": LIST, "anchor": "y2", "range": [-0.05 * longest, 1.05 * longest]
    }  # fmt: skip
    figure["layout"]["yaxis2"] = {**bare, "anchor": "x2", "range": [rows[-1] - 0.4, rows[0] + 1.25]}
    figure.add_annotation(
        xref="x2", yref="y2", x=0, y=rows[0] + 1.0, xanchor="left", xshift=-5, showarrow=False,
        text=f"steps to the last {LAST}", font={"color": QUIET, "size": 13},
    )  # fmt: skip


def _bar_lengths(race: Race, step: int) -> list[int]:
    """Steps so far, up to each one's arrival; nothing for who diverged."""
    return [
        0 if one.diverged else min(step, race.settings.n_steps if one.steps is None else one.steps)
        for one in race.runners
    ]


def _bars_growing(race: Race, steps: tuple[int, ...]) -> dict[str, list[list[float | str]]]:
    return {"x": [[*_bar_lengths(race, step)] for step in steps]}


def _heads_moving(lines: list[list[Point]], n_frames: int) -> dict[str, list[list[float | str]]]:
    """Each symbol at its path's growing end, or where the path has ended."""
    at = [[line[min(frame, len(line) - 1)] for line in lines] for frame in range(n_frames)]
    return {"x": [[x for x, _ in frame] for frame in at], "y": [[y for _, y in frame] for frame in at]}


def _table(race: Race) -> pd.DataFrame:
    import pandas as pd

    left = [one.walk.final_loss / race.start_loss if race.start_loss > 0 else 0.0 for one in race.runners]
    return pd.DataFrame(
        {
            "optimiser": one.name,
            "learning rate": f"{one.learning_rate:g}",
            "rates tried": race.n_tried,
            f"steps until {LAST} is left": "not reached" if one.steps is None else str(one.steps),
            f"left after {so_many(race.settings.n_steps, 'step')}": "more than at the start"
            if share > 1
            else percent(max(share, 0.0)),
            "left the picture": f"step {one.walk.left_picture_at}" if one.walk.left_picture_at else "no",
            "diverged": "yes" if one.diverged else "no",
        }
        for one, share in zip(race.runners, left, strict=True)
    )
