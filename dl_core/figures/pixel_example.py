"""The pixel example as a table of bars: each column is a step, each number stands at its bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing
from dl_core.figures.picture import ACCENT, BLUE, FAINT, INK, QUIET, VERMILLION, Picture, house_drawing
from dl_core.numbers_in_words import percent
from dl_core.pixel_example import ClassTerms, PixelExample, loss_in_words, steps, verdict_sentence

if TYPE_CHECKING:
    import pandas as pd

ROW_HEIGHT = 1.0
BAR_REACH = 0.22  # how far the longest bar goes up or down from its row's line
STEPS = ("score", "power", "share", "loss")


@dataclass(frozen=True)
class _Cell:
    column: int
    value: float  # as drawn, -1 to 1
    text: str
    note: str  # under the bar's line, quiet


def pixel_sum(shown: PixelExample, step: int = 4) -> Picture:
    """All terms of the example, the steps so far lit up.

    Parameters
    ----------
    shown
        From :func:`dl_core.pixel_example.pixel_example`.
    step
        1 shows the scores, 2 adds the powers, 3 the shares, 4 the loss.

    Raises
    ------
    ValueError
        When the step is none of the four.

    Examples
    --------
    >>> from dl_core.pixel_example import pixel_example
    >>> pixel_sum(pixel_example()).figure["layout"]["title"]["text"]
    'It says ship, it is a car: loss 27.5'
    """
    if not 1 <= step <= len(STEPS):
        raise ValueError(f"There is no step {step}: choose 1 to {len(STEPS)}.")
    figure = house_drawing(_title(shown, step))
    for row_number, row in enumerate(shown.classes):
        _draw_row(figure, shown, row, -row_number * ROW_HEIGHT, step)
    _headers(figure, shown)
    words = dict(steps(shown))
    summary = f"{words['Score']} {verdict_sentence(shown)}"
    return Picture(figure, summary, lambda: _table(shown))


def _headers(figure: Drawing, shown: PixelExample) -> None:
    """A name above each column, and axes that fit columns and rows."""
    headers = [*(f"pixel<br>{pixel:g}" for pixel in shown.pixels), "bias", *STEPS]
    for column, header in enumerate(headers):
        figure.add_annotation(
            x=column,
            y=0.62,
            text=header,
            showarrow=False,
            yanchor="bottom",
            font={"size": 13, "color": QUIET},
        )
    figure.update_layout(
        xaxis={"visible": False, "range": [-0.55, len(headers) - 0.45], "fixedrange": True},
        yaxis={"visible": False, "range": [-2.55, 0.95], "fixedrange": True},
        barmode="overlay",
        margin={"l": 4, "r": 4},
    )


def _title(shown: PixelExample, step: int) -> str:
    if step == 1:
        return f"The highest score is {shown.of_answer.name}’s: {shown.of_answer.score:.1f}"
    if step == 2:
        return f"Powers of e widen the gap to {shown.of_answer.name}"
    if step == 3:
        return f"{shown.of_answer.name.capitalize()} gets {percent(shown.of_answer.probability)} of the share"
    if shown.answer == shown.truth:
        return f"It says {shown.answer}, and it is: loss {loss_in_words(shown.loss)}"
    return f"It says {shown.answer}, it is a {shown.truth}: loss {loss_in_words(shown.loss)}"


def _cells(shown: PixelExample, row: ClassTerms, step: int) -> list[_Cell]:
    largest = max(
        1e-9, *(abs(term) for each in shown.classes for term in (*each.products, each.bias, each.score))
    )
    cells = [
        _Cell(i, product / largest, _short(product), f"× {_as_entered(weight)}")
        for i, (product, weight) in enumerate(zip(row.products, row.weights, strict=True))
    ]
    n = len(row.products)
    cells += [
        _Cell(n, row.bias / largest, _as_entered(row.bias), ""),
        _Cell(n + 1, row.score / largest, _short(row.score), ""),
    ]
    if step >= 2:
        cells.append(_Cell(n + 2, row.power, _tiny(row.power), ""))
    if step >= 3:
        cells.append(_Cell(n + 3, row.probability, _tiny(row.probability), ""))
    if step >= 4 and row.name == shown.truth:
        cells.append(_Cell(n + 4, min(1.0, shown.loss / 30), _short(shown.loss), ""))
    return cells


def _draw_row(figure: Drawing, shown: PixelExample, row: ClassTerms, line: float, step: int) -> None:
    whose = {"ours": "our", "yours": "your"}.get(row.origin, row.origin)
    right = " · the truth" if row.name == shown.truth else ""
    figure.add_annotation(
        x=-0.5,
        y=line + 0.53,
        xanchor="left",
        yanchor="middle",
        showarrow=False,
        font={"size": 14, "color": INK},
        text=f"<b>{row.name}</b>{right} <span style='color:{QUIET}'>({whose} weights)</span>",
    )
    figure.add_shape(type="line", x0=-0.5, x1=8.5, y0=line, y1=line, line={"color": FAINT, "width": 1})
    n = len(row.products)
    for cell in _cells(shown, row, step):
        colour = BLUE if cell.value >= 0 else VERMILLION
        if cell.column > n:
            colour = ACCENT if cell.column == n + 4 else INK
        _draw_cell(figure, cell, line, colour)


def _draw_cell(figure: Drawing, cell: _Cell, line: float, colour: str) -> None:
    """One bar up or down from its row's line, its number at the bar's end, its note on the other side."""
    height = cell.value * BAR_REACH
    figure.add_bar(
        x=[cell.column], y=[height], base=[line], marker={"color": colour}, hoverinfo="skip", width=0.5
    )
    above = cell.value >= 0
    figure.add_annotation(
        x=cell.column,
        y=line + height,
        text=cell.text,
        showarrow=False,
        yanchor="bottom" if above else "top",
        font={"size": 12, "color": INK},
    )
    if cell.note:
        figure.add_annotation(
            x=cell.column,
            y=line,
            text=cell.note,
            showarrow=False,
            yanchor="top" if above else "bottom",
            font={"size": 11, "color": QUIET},
        )


def _as_entered(number: float) -> str:
    """Up to three decimals and no idle zeros, so that what the reader typed stands there."""
    if 0 < abs(number) < 5e-4:
        return ("−" if number < 0 else "") + _tiny(abs(number))
    return f"{number + 0.0:.3f}".rstrip("0").rstrip(".").replace("-", "−")


def _short(number: float) -> str:
    """A computed number: one decimal, or two figures that count below 1."""
    if abs(number) >= 1000:
        return f"{number:.0f}".replace("-", "−")
    return _as_entered(round(number, 1) if abs(number) >= 1 else float(f"{number:.2g}"))


def _tiny(share: float) -> str:
    if share == 0:
        return "0"
    if share < 1e-3:
        mantissa, exponent = f"{share:.0e}".split("e")
        return f"{mantissa}·10<sup>{int(exponent)}</sup>".replace("-", "−")
    return "1.00" if share > 0.995 else f"{share:.2f}"


def _table(shown: PixelExample) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {
            "class": row.name,
            "weights": row.origin,
            **{f"weight × pixel {i + 1}": round(product, 2) for i, product in enumerate(row.products)},
            "bias": row.bias,
            "score": round(row.score, 2),
            "power of e": row.power,
            "share": percent(row.probability),
            "loss if true": round(row.loss, 2),
        }
        for row in shown.classes
    )
