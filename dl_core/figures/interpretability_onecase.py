"""One case explained: a staircase from the start to the answer, or the nearest old cases by distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, cut, four_figures
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.interpretability.explanations import Neighbours, Scale, to_probability, to_scale
from dl_core.interpretability.onecase import Bar, OneCase
from dl_core.interpretability.onecase_in_words import (
    capital,
    is_tie,
    listed_neighbours,
    step_in_words,
    takeaway,
    way_in_words,
)
from dl_core.intervals import Z_95
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

ROW = 40  # pixels of one step
AROUND = 124  # pixels above and below the steps
NEAR_HEIGHT = 330
STAGGER = (0.0, 0.14, -0.14)  # up and down, so that near dots can be told apart
LONGEST = 24  # letters of a column's name on the axis
RIGHT, TOP = 100, 72  # pixels beside the plot, for how far each step goes, and above it
MARGIN = 0.04  # of the width, kept free on both sides
APART = 0.3  # of the width, at least between two numbers under the axis: a phone has little of it
# under an axis of odds, in the order in which they find room
ROUND_ODDS = (0.5, 0.1, 0.9, 0.01, 0.99, 0.001, 0.999, 0.0001, 0.9999, 0.2, 0.8, 0.05, 0.3, 0.7, 0.02)


def one_case(told: OneCase) -> Picture:
    """The case's picture in its model's own way.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.onecase.story`.
    """
    figure = nearest_cases(told, told.nearest) if told.nearest else staircase(told)
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: OneCase) -> str:
    """The finding: what was said, what was true, and what moved the score most."""
    said = f"{capital(told.item)}: {percent(told.said)} said, in truth {told.true_name}"
    found = told.explanation
    largest = found.order[0]
    if told.nearest or is_tie(found) or not found.contributions[largest]:
        return said
    verb = "raised" if found.contributions[largest] > 0 else "lowered"
    return f"{said}. “{cut(found.columns[largest], LONGEST)}” {verb} it most"


def summary(told: OneCase) -> str:
    """The picture in words."""
    return f"{takeaway(told)} {way_in_words(told)}".replace("**", "")


def one_case_wide(told: OneCase) -> Picture:
    """`one_case` with each step's name on one line: for a slide, which is wide and not high."""
    figure = nearest_cases(told, told.nearest) if told.nearest else staircase(told, ": ")
    return Picture(figure, summary(told), lambda: _table(told))


def staircase(told: OneCase, between: str = "<br>") -> Drawing:
    """A row for each step: where the score stood before it, and after it; the bar cuts through all rows.

    Parameters
    ----------
    told
        Of any model but kNN.
    between
        Parts a step's name from what the case has there.
    """
    bars, found = told.bars, told.explanation
    n_rows = len(bars) + 2
    figure = house_drawing(title(told), height=AROUND + ROW * n_rows)
    low, high = _span(told)
    _threshold(figure, told, low, high)
    _links(figure, told, bars)
    _steps(figure, bars, found.scale)
    _end_points(figure, told, n_rows)
    for at, step in enumerate(bars, 1):
        _note(figure, step, at, found.scale)
    last = f"<b>{told.item}</b>{between}{_done(told)}"
    names = [f"<b>{told.start_name}</b>", *(_name(step, between) for step in bars), last]
    figure.update_yaxes(
        tickvals=list(range(n_rows)), ticktext=names, range=[n_rows - 0.45, -0.55], showgrid=False,
        tickfont={"color": INK, "size": 13}, fixedrange=True,
    )  # fmt: skip
    places = _ticks(told, low, high)
    figure.update_xaxes(
        range=[low, high], tickvals=[four_figures(to_scale(share, found.scale)) for share in places],
        ticktext=[f"{100 * share:g} %" for share in places], tickangle=0, fixedrange=True,
        title={"text": f"probability of “{told.table.bad_name}”"},
    )  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": RIGHT, "t": TOP, "b": 8}, bargap=0.35)
    return figure


def _done(told: OneCase) -> str:
    return "held back" if told.is_held_back else "let through"


def _name(step: Bar, between: str) -> str:
    """The column or the question, and what this case has there."""
    if between != "<br>":
        return f"{cut(step.name, 2 * LONGEST)}{between}{step.value}"
    if ": " in step.name:  # a tree's question: the column above, what is asked and heard below
        column, _, asked = step.name.partition(": ")
        return f"{cut(column, LONGEST)}<br>{asked}"
    return f"{cut(step.name, LONGEST)}<br>{cut(step.value, LONGEST)}"


def _span(told: OneCase) -> tuple[float, float]:
    """Both ends of the axis: everything that is drawn, and a little air."""
    found = told.explanation
    reach = [Z_95 * (step.error or 0.0) for step in told.bars]
    ends = [step.after for step in told.bars]
    places = [
        found.start, found.end, told.bar, *ends,
        *(end - by for end, by in zip(ends, reach, strict=True)),
        *(end + by for end, by in zip(ends, reach, strict=True)),
    ]  # fmt: skip
    wide = max(max(places) - min(places), 0.02 if found.scale == "probability" else 0.5)
    return min(places) - MARGIN * wide, max(places) + MARGIN * wide


def _ticks(told: OneCase, low: float, high: float) -> list[float]:
    """Round probabilities that have room under the axis."""
    scale = told.explanation.scale
    if scale == "probability":
        step = next(each for each in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if (high - low) / each <= 6)
        return [step * n for n in range(round(1 / step) + 1) if low <= step * n <= high]
    kept: list[float] = []
    for share in ROUND_ODDS:
        at = to_scale(share, scale)
        gaps = [abs(at - to_scale(other, scale)) for other in kept]
        if low <= at <= high and all(gap > APART * (high - low) for gap in gaps):
            kept.append(share)
    return sorted(kept)


def _threshold(figure: Drawing, told: OneCase, low: float, high: float) -> None:
    """The bar through all rows, its name above, and what lies on either side of it."""
    figure.add_vline(x=four_figures(told.bar), line={"color": ACCENT, "width": 2, "dash": "dash"})
    share = (told.bar - low) / (high - low)
    anchor = "left" if share < 0.25 else "right" if share > 0.75 else "center"
    figure.add_annotation(
        x=four_figures(told.bar), y=1, yref="paper", yanchor="bottom", xanchor=anchor, showarrow=False,
        text=f"let through ← <b>bar {percent(told.settings.question.bar)}</b> → held back",
        font={"size": 13, "color": ACCENT},
    )  # fmt: skip


def _links(figure: Drawing, told: OneCase, bars: tuple[Bar, ...]) -> None:
    """Thin lines down from each step's end to the next step's start."""
    x: list[float | None] = []
    y: list[float | None] = []
    for at, place in enumerate((told.explanation.start, *(step.after for step in bars))):
        x += [four_figures(place), four_figures(place), None]
        y += [at, at + 1, None]
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": QUIET, "width": 1}, hoverinfo="skip")


def _steps(figure: Drawing, bars: tuple[Bar, ...], scale: Scale) -> None:
    """Blue and plain where a step lowers the score, vermillion and hatched where it raises it."""
    is_up = [step.by > 0 for step in bars]
    rows = list(range(1, len(bars) + 1))
    figure.add_bar(
        orientation="h", y=rows, x=[four_figures(step.by) for step in bars],
        base=[four_figures(step.before) for step in bars], name="steps",
        marker={
            "color": [VERMILLION if up else BLUE for up in is_up],
            "pattern": {
                "shape": ["/" if up else "" for up in is_up], "fgcolor": PAPER, "size": 6, "solidity": 0.25
            },
        },
        customdata=[
            [
                step.name, step.value, percent(to_probability(step.before, scale)),
                percent(to_probability(step.after, scale)), step_in_words(step.by, scale),
            ]
            for step in bars
        ],
        hovertemplate="%{customdata[0]} (%{customdata[1]}): %{customdata[4]}<br>"
        "from %{customdata[2]} to %{customdata[3]}<extra></extra>",
    )  # fmt: skip
    drawn = [(at, step.after, step.error) for at, step in zip(rows, bars, strict=True) if step.error]
    if drawn:
        figure.add_scatter(
            x=[four_figures(after) for _, after, _ in drawn], y=[at for at, _, _ in drawn], mode="markers",
            marker={"size": 1, "color": INK}, name="95 % of the luck", hoverinfo="skip",
            error_x={
                "type": "data", "array": [four_figures(Z_95 * error) for _, _, error in drawn], "color": INK,
                "thickness": 2, "width": 4,
            },
        )  # fmt: skip


def _note(figure: Drawing, step: Bar, at: int, scale: Scale) -> None:
    """How far the step goes, right of the plot, where no bar comes."""
    sign, colour = ("▲", VERMILLION) if step.by > 0 else ("▼", BLUE)
    figure.add_annotation(
        xref="paper", x=1, xanchor="left", xshift=4, y=at, showarrow=False,
        text=f"{sign} {step_in_words(step.by, scale)}", font={"size": 13, "color": WORDS[colour]},
    )  # fmt: skip


def _end_points(figure: Drawing, told: OneCase, n_rows: int) -> None:
    """A ring where it starts, a diamond where it ends."""
    found = told.explanation
    for at, place, symbol, fill, name in (
        (0, found.start, "circle", PAPER, told.start_name),
        (n_rows - 1, found.end, "diamond", INK, told.item),
    ):
        said = percent(to_probability(place, found.scale))
        figure.add_scatter(
            x=[four_figures(place)], y=[at], mode="markers", name=name, cliponaxis=False,
            marker={"symbol": symbol, "size": 13, "color": fill, "line": {"color": INK, "width": 2}},
            hovertemplate=f"{name}: {said}<extra></extra>",
        )  # fmt: skip
        figure.add_annotation(
            xref="paper", x=1, xanchor="left", xshift=4, y=at, showarrow=False, text=f"<b>{said}</b>",
            font={"size": 14, "color": INK},
        )  # fmt: skip


def nearest_cases(told: OneCase, near: Neighbours) -> Drawing:
    """The old cases by distance, the bad ones above and the fine ones below; their share against the bar."""
    figure = house_drawing(title(told), height=NEAR_HEIGHT)
    n = len(near.rows)
    looks = ((True, VERMILLION, "square", told.table.bad_name), (False, BLUE, "circle", told.table.fine_name))
    for is_bad, colour, symbol, name in looks:
        mine = [at for at in range(n) if near.is_bad[at] == is_bad]
        figure.add_scatter(
            x=[four_figures(near.distance[at]) for at in mine],
            y=[is_bad + STAGGER[at % len(STAGGER)] for at in mine],
            mode="markers", name=name, cliponaxis=False,
            marker={"symbol": symbol, "size": 13, "color": colour, "line": {"color": PAPER, "width": 1}},
            text=[f"{told.table.item} {near.rows[at] + 1:,}" for at in mine],
            hovertemplate=f"%{{text}}, {name}<br>distance %{{x}}<extra></extra>",
        )  # fmt: skip
    figure.add_scatter(
        x=[0], y=[0.5], mode="markers", name=told.item, cliponaxis=False,
        marker={"symbol": "diamond", "size": 14, "color": INK}, hovertemplate=f"{told.item}<extra></extra>",
    )  # fmt: skip
    figure.add_annotation(
        x=0, y=0.5, xanchor="left", xshift=12, showarrow=False, text=f"<b>{told.item}</b>",
        font={"size": 14, "color": INK},
    )  # fmt: skip
    names = [
        f"{cut(name, LONGEST)}<br><b>{sum(bad == is_bad for bad in near.is_bad)} of {n}</b>"
        for is_bad, _, _, name in looks[::-1]
    ]
    figure.update_yaxes(
        tickvals=[0, 1], ticktext=names, range=[-0.45, 1.45], showgrid=False, fixedrange=True,
        tickfont={"color": INK, "size": 14},
    )  # fmt: skip
    figure.update_xaxes(
        range=[0, four_figures(1.08 * max(near.distance[-1], 1e-6))], fixedrange=True, nticks=6,
        title={"text": "distance from this case"},
    )  # fmt: skip
    said, bar = percent(told.said), percent(told.settings.question.bar)
    side = "reaches" if told.is_held_back else "stays below"
    figure.add_annotation(
        xref="paper", yref="paper", x=0, y=1, xanchor="left", yanchor="bottom", showarrow=False,
        text=f"<b>{said}</b> {side} the bar of <b>{bar}</b>: {_done(told)}",
        font={"size": 14, "color": ACCENT},
    )  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": 12, "t": TOP, "b": 8})
    return figure


def _table(told: OneCase) -> pd.DataFrame:
    import pandas as pd

    if told.nearest:
        head, *lines = listed_neighbours(told, len(told.nearest.rows))
        return pd.DataFrame(lines, columns=list(head))
    scale = told.explanation.scale
    return pd.DataFrame(
        [
            {
                "step": step.name,
                "this case": step.value,
                "moves the score by": step_in_words(step.by, scale),
                "from (%)": round(100 * to_probability(step.before, scale), 3),
                "to (%)": round(100 * to_probability(step.after, scale), 3),
                "95 % of the luck, ± points": "none drawn"
                if step.error is None
                else round(100 * Z_95 * step.error, 2),
            }
            for step in told.bars
        ]
    )
