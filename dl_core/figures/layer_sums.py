"""The sum behind one number of a map: 27 products in the first layer, the largest parts in deeper ones."""

from __future__ import annotations

from dl_core.figures.drawing import Drawing
from dl_core.figures.images import add_picture
from dl_core.figures.picture import ACCENT, BLUE, FAINT, INK, QUIET, SIGNED, VERMILLION, house_drawing
from dl_core.network_layers import OpenedNetwork, largest_shares
from dl_core.numbers_in_words import two_places

COLOURS = ("red", "green", "blue")
BRIGHT = [[0, "#4A4F57"], [1, "#FFFFFF"]]
N_BARS = 6  # incoming maps that get a bar of their own
TOP_BAND = 0.36  # of the height: the pictures above the sum


def sum_of_patches(opened: OpenedNetwork, seen: str, looks: str, shown: str) -> Drawing:
    """The first layer: nine brightnesses times nine weights for each of three colours.

    Parameters
    ----------
    opened
        The first layer's map, with a place.
    seen, looks, shown
        Links to pictures: the photo and the map with the place framed, and the filter between them.
    """
    taken = opened.dot
    figure = _started(
        opened, f"{opened.layer.name}: {taken.patch.size} products and a bias make {two_places(taken.before)}"
    )
    number = opened.chosen + 1
    _pictures(figure, ((seen, "The photo"), (looks, f"Filter {number}"), (shown, f"Map {number}")))
    most = max(abs(float(taken.weights.min())), abs(float(taken.weights.max())), 1e-9)
    for at, colour in enumerate(COLOURS):
        rows = [3 - at * 1.15 - i * 0.33 for i in range(3)]
        for left, values, scale, low, high in (
            (0, taken.patch[at], BRIGHT, -1.7, 2.1),
            (3.9, taken.weights[at], SIGNED, -most, most),
        ):
            figure.add_heatmap(
                x=[left + i for i in range(3)],
                y=rows,
                z=[[round(float(one), 3) for one in row] for row in values],
                zmin=low, zmax=high, colorscale=scale, showscale=False, xgap=2, ygap=2,
                text=[[two_places(float(one)) for one in row] for row in values],
                texttemplate="%{text}", textfont={"size": 13}, hoverinfo="skip",
            )  # fmt: skip
        _note(figure, 3.2, rows[1], "×")
        _note(figure, 6.68, rows[1], "=")
        _note(figure, 7.4, rows[1], f"{colour}<br><b>{two_places(float(taken.shares[at]))}</b>")
    _note(figure, -0.45, 3.3, "brightness (grey: 0)", xanchor="left", yanchor="bottom", color=QUIET)
    _note(figure, 3.45, 3.3, "weights", xanchor="left", yanchor="bottom", color=QUIET)
    _note(figure, -0.45, -0.33, _last_line(opened), xanchor="left", yanchor="top", align="left")
    figure.update_xaxes(range=[-0.5, 8])
    figure.update_yaxes(range=[-0.95, 3.7], domain=[0, 1 - TOP_BAND])
    return figure


def _last_line(opened: OpenedNetwork) -> str:
    taken = opened.dot
    parts = " ".join(_signed(float(share)) for share in taken.shares).removeprefix("+ ")
    edge = "<br>Beyond the edge the network reads 0." if taken.beyond_edge else ""
    return (
        f"{parts} {_signed(taken.bias)} (bias) = <b>{two_places(taken.before)}</b>"
        f"<br>after ReLU: <b>{two_places(taken.after)}</b>{edge}"
    )


def _signed(value: float) -> str:
    return f"{'−' if round(value, 2) < 0 else '+'} {two_places(abs(value))}"


def sum_of_bars(opened: OpenedNetwork, seen: str, shown: str) -> Drawing:
    """A deeper layer: what the incoming maps add, the largest parts first, each bar begun where one ended.

    Parameters
    ----------
    opened
        A map of any layer but the first, with a place.
    seen, shown
        Links to pictures: the photo and the map with the place framed.
    """
    taken = opened.dot
    figure = _started(
        opened,
        f"{opened.layer.name}: {taken.patch.size:,} products end in one number, {two_places(taken.after)}",
    )
    _pictures(figure, ((seen, "The photo"), (shown, f"Map {opened.chosen + 1}")))
    parts = _parts(opened)
    running = 0.0
    for row, (name, value, final) in enumerate(parts):
        start = 0.0 if final else running
        running = running if final else running + value
        colour = INK if final else VERMILLION if value >= 0 else BLUE
        figure.add_bar(
            x=[value], base=[start], y=[row], orientation="h", width=0.62,
            marker={"color": colour}, hoverinfo="skip",
        )  # fmt: skip
        text = f"<b>{two_places(value)}</b>" if final else _signed(value)
        for x, words, side in ((0, f"<b>{name}</b>" if final else name, "left"), (1, text, "right")):
            _note(figure, x, row, words, xref="paper", xanchor=side)
    figure.add_shape(
        type="line",
        x0=0,
        x1=0,
        y0=-0.5,
        y1=len(parts) - 0.5,
        line={"color": FAINT, "width": 1},
        layer="below",
    )
    low, high = _reach(parts)
    figure.update_xaxes(range=[low, high], domain=[0.4, 0.84])
    figure.update_yaxes(range=[len(parts) - 0.4, -0.6], domain=[0, 1 - TOP_BAND])
    figure.update_layout(barmode="overlay")
    return figure


def _parts(opened: OpenedNetwork) -> list[tuple[str, float, bool]]:
    """Name and number of each bar, and whether it is a result."""
    taken = opened.dot
    which = "inner map" if taken.carried is not None else "map"
    named = largest_shares(opened, N_BARS)
    rest = float(taken.shares.sum()) - sum(share for _, share in named)
    parts = [(f"{which} {number + 1}", share, False) for number, share in named]
    parts.append((f"other {len(taken.shares) - len(named)} maps", rest, False))
    if taken.carried is not None:
        parts.append(("shortcut", taken.carried, False))
    parts.append(("bias", taken.bias, False))
    return [*parts, ("sum", taken.before, True), ("after ReLU", taken.after, True)]


def _reach(parts: list[tuple[str, float, bool]]) -> tuple[float, float]:
    """The smallest and the largest number that a bar begins or ends at, with some air."""
    ends, running = [0.0], 0.0
    for _, value, final in parts:
        running = running if final else running + value
        ends.append(value if final else running)
    air = 0.04 * max(max(ends) - min(ends), 1e-6)
    return min(ends) - air, max(ends) + air


def _started(opened: OpenedNetwork, title: str) -> Drawing:
    figure = house_drawing(title, height=560)
    figure.add_annotation(
        text=f"Framed: map {opened.chosen + 1}, row {opened.row + 1}, column {opened.column + 1}",
        x=0, y=0.7, xref="paper", yref="paper", xanchor="left", yanchor="top",
        showarrow=False, font={"size": 13, "color": ACCENT},
    )  # fmt: skip
    return figure


def _pictures(figure: Drawing, shown: tuple[tuple[str, str], ...]) -> None:
    """Small pictures in the band above the sum, each with its name."""
    for at, (source, name) in enumerate(shown):
        figure.add_annotation(
            text=name, x=at * 0.225, y=1, xref="paper", yref="paper", xanchor="left", yanchor="top",
            showarrow=False, font={"size": 13, "color": INK},
        )  # fmt: skip
        add_picture(figure, source, at * 0.225, 0.94, 0.21, TOP_BAND - 0.13)


def _note(figure: Drawing, x: float, y: float, text: str, color: str = INK, **more: object) -> None:
    figure.add_annotation(
        **{
            "x": x, "y": y, "text": text, "showarrow": False, "font": {"size": 13, "color": color},
            "xanchor": "center", "yanchor": "middle", **more,
        }
    )  # fmt: skip
