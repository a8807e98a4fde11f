"""Two pairs of bars, each from 0 on its own scale: numbers to learn and multiplications, for two layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.layer_parameters import Compared, Layer, large, memory, takeaway, times

if TYPE_CHECKING:
    import pandas as pd

TOO_SHORT = 0.004  # of the longest bar: two or three pixels, which nobody sees
# name, colour, pattern of its bars
KINDS = (("Fully connected", VERMILLION, ""), ("Convolution", BLUE, "/"))


def layer_bars(told: Compared) -> Picture:
    """What each layer has to learn, and what one answer costs it.

    Examples
    --------
    >>> from dl_core.layer_parameters import Settings, story
    >>> layer_bars(story(Settings())).title
    'The convolution learns 1,792 numbers instead of 150.5 million'
    """
    connected, convolution = told.connected, told.convolution
    title = (
        f"The convolution learns {large(convolution.parameters)} numbers "
        f"instead of {large(connected.parameters)}"
    )
    figure = house_drawing(title, height=400)
    groups = (
        (
            "Numbers to learn",
            told.fewer,
            [layer.parameters for layer in (connected, convolution)],
            [memory(layer.bytes) for layer in (connected, convolution)],
        ),
        (
            "Multiplications",
            told.less_work,
            [layer.multiplications for layer in (connected, convolution)],
            ["", ""],
        ),
    )
    for at, (heading, ratio, values, beside) in enumerate(groups):
        _group(figure, 3.1 * at, f"<b>{heading}:</b> {times(ratio)}", values, beside)
    _words(figure, 5.75, "Each pair from 0, on its own scale.", QUIET, 13)
    figure.update_xaxes(visible=False, range=[0, 1.01], fixedrange=True)
    figure.update_yaxes(visible=False, range=[6.05, -1.05], fixedrange=True)
    figure.update_layout(barmode="overlay")
    return Picture(figure, takeaway(told).replace("**", ""), lambda: _table(told))


def _group(figure: Drawing, top: float, heading: str, values: list[int], beside: list[str]) -> None:
    """A heading and two bars, each with its words above it: so they have room on a phone."""
    _words(figure, top - 0.62, heading, INK, 15)
    figure.add_shape(
        type="line", x0=0, x1=0, y0=top + 0.24, y1=top + 1.92, line={"color": QUIET, "width": 1.5}
    )  # where the bars begin, so that one too short to see has its place
    for row, ((name, colour, pattern), value, more) in enumerate(zip(KINDS, values, beside, strict=True)):
        y, share = top + 0.52 + 1.12 * row, value / max(values)
        figure.add_bar(
            orientation="h",
            x=[share],
            y=[y],
            width=0.42,
            marker={
                "color": colour,
                "pattern": {"shape": pattern, "fgcolor": PAPER, "size": 7},
            },
            hovertemplate=f"{name}: {value:,}<extra></extra>",
        )
        text = f"{name}: <b>{large(value)}</b>" + (f" ({more})" if more else "")
        _words(figure, y - 0.48, text, WORDS[colour], 14)
        if share < TOO_SHORT:
            _words(figure, y, "too short to see", QUIET, 13)


def _words(figure: Drawing, y: float, text: str, colour: str, size: int) -> None:
    figure.add_annotation(
        xref="paper",
        x=0,
        xshift=4 if size == 13 else 0,
        y=y,
        text=text,
        showarrow=False,
        xanchor="left",
        yanchor="middle",
        font={"size": size, "color": colour},
    )


def _table(told: Compared) -> pd.DataFrame:
    import pandas as pd

    def column(layer: Layer) -> list[str]:
        return [
            f"{layer.weights:,}",
            f"{layer.biases:,}",
            f"{layer.parameters:,}",
            memory(layer.bytes),
            f"{layer.multiplications:,}",
        ]

    return pd.DataFrame(
        {
            "one layer": ["weights", "biases", "numbers to learn", "memory", "multiplications"],
            "fully connected": column(told.connected),
            "convolution": column(told.convolution),
        }
    )
