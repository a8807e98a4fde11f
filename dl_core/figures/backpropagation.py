"""A network of six weights on which the numbers appear one by one: values, slopes, new weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.backpropagation import (
    EDGES,
    LAST,
    N_BACKWARD,
    N_FORWARD,
    N_UPDATE,
    TARGET,
    WEIGHTS,
    Backpropagation,
    Number,
    four,
    takeaway,
)
from dl_core.figures.drawing import Drawing
from dl_core.figures.film import Film
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

# where each neuron stands, as shares of the picture
NEURONS = {"x1": (0.06, 0.73), "x2": (0.06, 0.27), "h1": (0.4, 0.73), "h2": (0.4, 0.27),
           "output": (0.76, 0.55), "loss": (0.93, 0.3)}  # fmt: skip
AT = (0.6, 0.27, 0.27, 0.6, 0.48, 0.48)  # how far from its source a weight stands, off the crossing
APART = 0.13  # from a neuron's middle to its numbers
NEAR = 0.045  # from a connection to its numbers
FIRST = {"forward": 1, "backward": 1 + N_FORWARD, "update": 1 + N_FORWARD + N_BACKWARD}
COUNTS = {"forward": N_FORWARD, "backward": N_BACKWARD, "update": N_UPDATE}
Texts = dict[str, list[str]]


def small_network(shown: Backpropagation) -> Picture:
    """The network with every number so far; the film computes them again one by one.

    Examples
    --------
    >>> from dl_core.backpropagation import Settings, story
    >>> small_network(story(Settings())).figure["layout"]["title"]["text"]
    'One round takes the loss from 0.5 to 0.0003125'
    """
    figure = house_drawing(_title(shown))
    step = shown.settings.step
    frames = _frames(shown)
    _connections(figure)
    halo = _halo(figure, shown)
    _neurons(figure)
    places = _numbers(figure, frames[-1])
    _key(figure)
    bare = {"visible": False, "fixedrange": True}
    figure.update_xaxes(**bare, range=[-0.01, 1.05])
    figure.update_yaxes(**bare, range=[0, 1])
    figure.update_layout(margin={"t": 52})
    film = Film(
        tuple(one.told for one in shown.numbers[: step + 1]),
        changes={
            **{place: {"text": [frame[name] for frame in frames]} for name, place in places.items()},
            halo: {
                letter: [[_place(shown.numbers[each].place)[axis]] for each in range(step + 1)]
                for axis, letter in enumerate("xy")
            },
        },
    )
    return Picture(figure, _summary(shown), lambda: _table(shown), film)


def _title(shown: Backpropagation) -> str:
    now, step = shown.now, shown.settings.step
    if now.phase == "start":
        return "Six weights, two inputs, nothing computed yet"
    if now.phase == "check":
        verb = "takes" if shown.after.loss <= shown.before.loss else "drives"
        return f"One round {verb} the loss from {four(shown.before.loss)} to {four(shown.after.loss)}"
    count = f"{now.phase.capitalize()} {step - FIRST[now.phase] + 1} of {COUNTS[now.phase]}"
    becomes = "becomes" if now.phase == "update" else "is"
    return f"{count}: {now.name} {becomes} {four(now.value)}"


def _summary(shown: Backpropagation) -> str:
    return (
        f"A network of two inputs, two hidden neurons and one output, with {shown.settings.step} of {LAST} "
        f"numbers computed. {takeaway(shown)}"
    )


def _place(name: str) -> tuple[float, float]:
    """Where a neuron or a connection's numbers stand; the start is at the first input."""
    if name in EDGES:
        start, end = (NEURONS[each] for each in name.split(" → "))
        at = AT[EDGES.index(name)]
        return round(start[0] + at * (end[0] - start[0]), 4), round(start[1] + at * (end[1] - start[1]), 4)
    return NEURONS.get(name, NEURONS["x1"])


def _connections(figure: Drawing) -> None:
    for edge in (*EDGES, "output → loss"):
        (x0, y0), (x1, y1) = (NEURONS[each] for each in edge.split(" → "))
        figure.add_scatter(
            x=[x0, x1], y=[y0, y1], mode="lines", hoverinfo="skip", name=edge,
            line={"color": FAINT, "width": 2.5, "dash": "dot" if edge not in EDGES else "solid"},
        )  # fmt: skip


def _halo(figure: Drawing, shown: Backpropagation) -> int:
    """A halo behind the latest number's neuron or connection. The trace's place."""
    x, y = _place(shown.now.place)
    figure.add_scatter(
        x=[x], y=[y], mode="markers", hoverinfo="skip", name="now", opacity=0.22,
        marker={"size": 74, "color": ACCENT, "line": {"width": 0}},
    )  # fmt: skip
    return len(figure["data"]) - 1


def _neurons(figure: Drawing) -> None:
    names = {"output": "out"}
    figure.add_scatter(
        x=[x for x, _ in NEURONS.values()], y=[y for _, y in NEURONS.values()], mode="markers+text",
        text=[f"<b>{names.get(name, name)}</b>" for name in NEURONS], textposition="middle center",
        textfont={"size": 14, "color": INK}, hoverinfo="skip", name="neurons",
        marker={"size": 46, "color": PAPER, "line": {"color": INK, "width": 2}},
    )  # fmt: skip
    x, y = NEURONS["loss"]
    figure.add_annotation(
        x=x, y=y + APART, text=f"wanted: {TARGET:g}", showarrow=False, font={"color": QUIET, "size": 13}
    )


def _frames(shown: Backpropagation) -> list[Texts]:
    """What stands at each place after each number, from the start to the reader's step."""
    settings = shown.settings
    now: Texts = {
        "forward": [four(settings.x1), four(settings.x2), "", "", "", ""],
        "backward": ["", "", ""],
        "weights": [four(weight) for weight in WEIGHTS],
        "slopes": [""] * len(EDGES),
    }
    frames = [now]
    for one in shown.numbers[1 : settings.step + 1]:
        now = {name: [*texts] for name, texts in now.items()}
        _write(now, one, shown)
        frames.append(now)
    return frames


def _write(texts: Texts, one: Number, shown: Backpropagation) -> None:
    """Add one number to the texts, in its own place."""
    said, neurons = four(one.value), list(NEURONS)
    if one.phase == "check":
        for name, value in (("output", four(shown.after.output)), ("loss", said)):
            texts["forward"][neurons.index(name)] += f" → <b>{value}</b>"
    elif one.phase == "forward":
        before = texts["forward"][neurons.index(one.place)]
        texts["forward"][neurons.index(one.place)] = f"{before} → {said}" if before else said
    elif one.phase == "update":
        texts["weights"][EDGES.index(one.place)] += f" → <b>{said}</b>"
    elif one.place in EDGES:
        texts["slopes"][EDGES.index(one.place)] = said
    else:
        place = neurons.index(one.place) - 2  # the inputs have no slope here
        before = texts["backward"][place]
        texts["backward"][place] = f"{said} ← {before}" if before else said


def _numbers(figure: Drawing, texts: Texts) -> dict[str, int]:
    """Values above the neurons, slopes below; weights above the connections, their slopes below."""
    up = [(x, y + (-APART if name == "loss" else APART)) for name, (x, y) in NEURONS.items()]
    down = [(NEURONS[name][0], NEURONS[name][1] - APART) for name in ("h1", "h2", "output")]
    middles = [_place(edge) for edge in EDGES]
    traces = {
        "forward": (up, WORDS[BLUE], 15),
        "backward": (down, WORDS[VERMILLION], 15),
        "weights": ([(x, y + NEAR) for x, y in middles], INK, 14),
        "slopes": ([(x, y - NEAR) for x, y in middles], WORDS[VERMILLION], 14),
    }
    places = {}
    for name, (points, colour, size) in traces.items():
        figure.add_scatter(
            x=[round(x, 4) for x, _ in points], y=[round(y, 4) for _, y in points], mode="text",
            text=texts[name], textposition="middle center", textfont={"color": colour, "size": size},
            hoverinfo="skip", name=name,
        )  # fmt: skip
        places[name] = len(figure["data"]) - 1
    return places


def _key(figure: Drawing) -> None:
    words = (
        (0.0, "left", "above: values →", WORDS[BLUE]),
        (0.42, "center", "below: ← slopes", WORDS[VERMILLION]),
        (1.04, "right", "on the lines: weights", INK),
    )
    for x, anchor, text, colour in words:
        figure.add_annotation(
            x=x, y=0.035, text=text, showarrow=False, xanchor=anchor, font={"color": colour, "size": 13}
        )


def _table(shown: Backpropagation) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "number": place,
            "pass": one.phase,
            "what": one.name,
            "value": four(one.value),
            "how": one.told,
        }
        for place, one in enumerate(shown.numbers[: shown.settings.step + 1])
        if one.phase != "start"
    )
