"""Layers multiplied out with all their numbers: the last step as a picture, every step as a film."""

from __future__ import annotations

from collections.abc import Iterable

from dl_core.collapsing_layers import CollapsingLayers
from dl_core.figures.drawing import Drawing, Spec
from dl_core.figures.film import Film
from dl_core.figures.picture import BLUE, INK, QUIET, house_drawing
from dl_core.moon_networks import WIDTH, Layer
from dl_core.numbers_in_words import number

# left and upper edge, and columns: this layer, beside it the layers before it as one, below them the result
NEURONS, INPUTS = (*(f"{n}" for n in range(1, WIDTH + 1)), "bias"), ("x", "y", "bias")
LOW = -WIDTH - 1.7
BLOCKS = ((0.0, 0.0, NEURONS), (WIDTH + 2.0, 0.0, INPUTS), (WIDTH + 2.0, LOW, INPUTS))
SIGNS = WIDTH + 1.0  # where × and = stand
MIDDLE = -(WIDTH - 1) / 2  # from the upper row to the row of a layer with one neuron
EDGE = 0.52  # from the middle of a column or row to the box around them


def multiplication(shown: CollapsingLayers, title: str) -> tuple[Drawing, Film]:
    """The layer times all before it, and the film that goes from the second layer to the last.

    Parameters
    ----------
    shown
        From :func:`dl_core.collapsing_layers.story`.
    title
        Of the picture.

    Examples
    --------
    >>> from dl_core.collapsing_layers import Settings, story
    >>> len(multiplication(story(Settings(5)), "Five layers")[1].captions)
    4
    """
    figure = house_drawing(title, height=400)
    frames = [_frame(shown, place) for place in range(1, shown.settings.n_layers)]
    changes: dict[int, Spec] = {}
    for i, trace in enumerate(frames[-1]):
        figure.add_scatter(**trace)
        changes[i] = {name: [frame[i][name] for frame in frames] for name in ("y", "text") if name in trace}
    for left, _, names in BLOCKS[:2]:
        for column, name in enumerate(names):
            figure.add_annotation(
                x=left + column, y=0.62, yanchor="bottom", text=name, showarrow=False,
                font={"color": QUIET, "size": 13},
            )  # fmt: skip
    for top, sign in ((0.0, "×"), (LOW, "=")):
        figure.add_annotation(
            x=SIGNS, y=top + MIDDLE, text=f"<b>{sign}</b>", showarrow=False, font={"size": 20, "color": INK}
        )
    bare = {"visible": False, "fixedrange": True}
    figure.update_xaxes(**bare, range=[-0.8, WIDTH + 4.8])
    figure.update_yaxes(**bare, range=[LOW - WIDTH + 0.2, 2.4])
    figure.update_layout(margin={"l": 4, "r": 4, "t": 48, "b": 4}, meta={"narrow_height": 380})
    captions = tuple(_caption(place + 1) for place in range(1, shown.settings.n_layers))
    return figure, Film(captions, changes=changes)


def _caption(n: int) -> str:
    if n == 2:
        return "Layer 2 times layer 1 is again one layer."
    return f"Layer {n} times the first {n - 1}, which are already one, is again one layer."


def _frame(shown: CollapsingLayers, place: int) -> list[Spec]:
    """All traces of one step: a box and its numbers for each block, the heads, and one sum spelled out."""
    layer = shown.plain.network.layers[place]
    layers = (layer, shown.products[place - 1], shown.products[place])
    traces: list[Spec] = []
    for each, (left, top, names) in zip(layers, BLOCKS, strict=True):
        traces += [_box(each, left, top, len(names)), _numbers(each, left, top, names)]
    n = place + 1
    heads = [
        f"layer {n}",
        "layer 1" if n == 2 else f"layers 1 to {place} as one",
        "both as one" if n == 2 else f"all {n} as one",
    ]
    middles = [left + (len(names) - 1) / 2 for left, _, names in BLOCKS]
    traces.append(_text(middles, [1.9, 1.9, LOW + 1.1], [f"<b>{head}</b>" for head in heads], 14))
    traces.append(_text([middles[0]], [LOW + MIDDLE], [spelled_out(*layers)], 14))
    return traces


def _text(x: list[float], y: list[float], texts: list[str], size: int) -> Spec:
    return {
        "x": x, "y": y, "text": texts, "mode": "text", "hoverinfo": "skip",
        "textfont": {"size": size, "color": INK},
    }  # fmt: skip


def _numbers(layer: Layer, left: float, top: float, names: tuple[str, ...]) -> Spec:
    """A cell for each weight and bias; a layer with one neuron has its row in the middle."""
    x, y, texts = [], [], []
    n_rows = len(layer.bias)
    for row in range(WIDTH):
        here = row < n_rows
        cells = [*layer.weights[row], layer.bias[row]] if here else [0.0] * len(names)
        for column, value in enumerate(cells):
            x.append(left + column)
            y.append(top + (MIDDLE if n_rows == 1 and here else -row))
            texts.append(two_decimals(float(value)) if here else "")
    return _text(x, y, texts, 14)


def _box(layer: Layer, left: float, top: float, n_columns: int) -> Spec:
    upper, lower = (MIDDLE, MIDDLE) if len(layer.bias) == 1 else (0.0, -(WIDTH - 1.0))
    high, low = round(top + upper + EDGE, 3), round(top + lower - EDGE, 3)
    right = left + n_columns - 1 + EDGE
    return {
        "x": [left - EDGE, right, right, left - EDGE, left - EDGE],
        "y": [high, high, low, low, high],
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"color": BLUE if top else QUIET, "width": 3 if top else 1.2},
    }


def spelled_out(layer: Layer, before: Layer, product: Layer) -> str:
    """How the result's first number comes about, in three short lines.

    Parameters
    ----------
    layer, before, product
        One layer, what stands before it as one layer, and both together.

    Examples
    --------
    >>> import numpy as np
    >>> one = Layer(np.array([[1.0, 2.0, 0.0, -1.0]]), np.zeros(1))
    >>> before = Layer(np.ones((4, 2)), np.zeros(4))
    >>> spelled_out(one, before, one.after(before))
    'its first number:<br>1 × 1 + 2 × 1 +<br>0 × 1 + (−1) × 1 = 2'
    """
    parts = [(float(a), float(b)) for a, b in zip(layer.weights[0], before.weights[:, 0], strict=True)]
    terms = [f"{_held(a)} × {_held(b)}" for a, b in parts]
    total = float(product.weights[0, 0])
    as_shown = sum(round(a, 2) * _rounded(b) for a, b in parts)
    sign = "=" if two_decimals(as_shown) == two_decimals(total) else "≈"
    half = len(terms) // 2
    first, second = " + ".join(terms[:half]), " + ".join(terms[half:])
    return f"its first number:<br>{first} +<br>{second} {sign} {two_decimals(total)}"


def _held(value: float) -> str:
    return f"({two_decimals(value)})" if _rounded(value) < 0 else two_decimals(value)


def _rounded(value: float) -> float:
    return round(value, 1 if abs(value) >= 10 else 2)


def two_decimals(value: float) -> str:
    """At most two decimals, for which a phone has room.

    >>> two_decimals(-0.2588), two_decimals(6.4375), two_decimals(-0.001)
    ('−0.26', '6.44', '0')
    """
    return number(_rounded(value) + 0.0)


def in_a_row(values: Iterable[float]) -> str:
    """Numbers one after the other.

    Parameters
    ----------
    values
        (n,) of any size.

    Examples
    --------
    >>> in_a_row([0.5, -1.25])
    '0.5, −1.25'
    """
    return ", ".join(two_decimals(float(value)) for value in values)
