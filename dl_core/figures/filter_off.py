"""The five guesses before and after filters go off, over what every single filter takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, each_in_four
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    INK,
    PALE_BLUE,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
    words_at_both_ends,
)
from dl_core.filter_off import SMALL, FilterOff, Guess, moves, sure_in_words, takeaway

if TYPE_CHECKING:
    import pandas as pd

ROWS_FROM = 1000.0  # the guesses lie from here on in y, where no points can lie: a click tells the two apart
STRIP = 0.37  # of the height: the ranking, below the guesses
MOST_NAMED = 6  # filters whose numbers fit into the corner


def before_and_after(told: FilterOff) -> Picture:
    """Hollow bars with all filters on, solid ones with the chosen off; below them every filter's own effect.

    Examples
    --------
    >>> from dl_core.photos import sample_photo
    >>> from dl_core.filter_off import Settings, story
    >>> before_and_after(story(Settings(sample_photo("coffee"), ranks=()))).title
    'All filters on: “espresso” stays at 99.1 %'
    """
    figure = house_drawing(_title(told), height=500)
    _axes(figure, told)
    _guesses(figure, told)
    _strip(figure, told)
    figure.update_layout(barmode="overlay", bargap=0, margin={"t": 66}, meta={"narrow_height": 520})
    return Picture(figure, _summary(told), lambda: _table(told))


def filter_at(told: FilterOff, x: float, y: float) -> int | None:
    """The number of the filter whose bar lies at a place of the chart; None among the guesses.

    Parameters
    ----------
    told
        What the chart shows.
    x, y
        The place, in the chart's own units.
    """
    rank = round(x)
    if y > ROWS_FROM / 2 or not 1 <= rank <= len(told.ranking.filters):
        return None
    return told.ranking.filters[rank - 1]


def _title(told: FilterOff) -> str:
    n_off = len(told.off)
    what = "All filters on" if not n_off else f"{n_off} filters off"
    what = f"Filter {told.off[0]} off" if n_off == 1 else what
    return f"{what}: “{told.first.name}” {moves(told)}"


def _axes(figure: Drawing, told: FilterOff) -> None:
    n_filters, points = len(told.ranking.filters), told.ranking.points
    low, high = min(0.0, *points), max(0.0, *points)
    room = max(high - low, 0.1)
    layout = figure["layout"]
    layout["xaxis2"], layout["yaxis2"] = {"anchor": "y2"}, {"anchor": "x2", "domain": [STRIP + 0.07, 1]}
    layout["xaxis2"].update({"visible": False, "range": [0, 100], "fixedrange": True})
    n_rows = len(told.guesses)
    layout["yaxis2"].update(
        {"visible": False, "range": [ROWS_FROM + n_rows - 0.45, ROWS_FROM - 0.8], "fixedrange": True}
    )
    layout["xaxis"].update(
        {
            "range": [0.5 - 0.01 * n_filters, n_filters + 0.5 + 0.01 * n_filters],
            "tickvals": [1, n_filters],
            "ticktext": ["strongest", f"place {n_filters}"],
            "showgrid": False,
            "fixedrange": True,
            "anchor": "y",
        }
    )
    layout["yaxis"].update(
        {
            "domain": [0, STRIP - 0.06],
            "range": [low - 0.06 * room, high + 0.22 * room],
            "nticks": 4,
            "showgrid": False,
            "fixedrange": True,
            "zeroline": True,
            "zerolinecolor": QUIET,
            "anchor": "x",
        }
    )


def _guesses(figure: Drawing, told: FilterOff) -> None:
    rows = [ROWS_FROM + i for i in range(len(told.guesses))]
    colours = [BLUE] + [PALE_BLUE] * (len(rows) - 1)
    shared = {"y": rows, "orientation": "h", "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip"}
    after = each_in_four(100 * guess.after for guess in told.guesses)
    before = each_in_four(100 * guess.before for guess in told.guesses)
    figure.add_bar(
        name="after", x=after, width=0.26, marker={"color": colours, "line": {"width": 0}}, **shared
    )
    figure.add_bar(
        name="before",
        x=before,
        width=0.36,
        marker={"color": "rgba(0,0,0,0)", "line": {"color": INK, "width": 1.5}},
        **shared,
    )
    figure.add_annotation(
        text="hollow: all on, solid: now",
        xref="paper",
        yref="paper",
        x=1,
        y=1,
        xanchor="right",
        xshift=3,
        yanchor="bottom",  # in the margin: on a slide words grow, and the rows under them do not
        showarrow=False,
        font={"size": 13, "color": QUIET},
    )
    for row, guess in zip(rows, told.guesses, strict=True):
        _row_words(figure, row, guess, leads=guess.name == told.after)


def _row_words(figure: Drawing, row: float, guess: Guess, *, leads: bool) -> None:
    """The name and both numbers over the bars, at both ends; the name that leads now is bold."""
    place = {"xref": "x2", "yref": "y2", "y": row - 0.47, "yanchor": "middle", "showarrow": False}
    font = {"size": 14, "color": INK if leads else QUIET}
    numbers = f"{sure_in_words(guess.before)} → {sure_in_words(guess.after)}"
    left, right = (f"<b>{text}</b>" if leads else text for text in (guess.name, numbers))
    words_at_both_ends(figure, left, right, font=font, **place)


def _strip(figure: Drawing, told: FilterOff) -> None:
    ranking, off = told.ranking, set(told.off)
    rows = list(enumerate(zip(ranking.filters, ranking.points, strict=True), 1))
    for name, colour, kept in (
        ("takes", VERMILLION, [row for row in rows if row[1][1] > 0 and row[1][0] not in off]),
        ("adds", BLUE, [row for row in rows if row[1][1] <= 0 and row[1][0] not in off]),
        ("is off", ACCENT, [row for row in rows if row[1][0] in off]),
    ):
        figure.add_bar(
            name=name,
            x=[rank for rank, _ in kept],
            y=each_in_four(points for _, (_, points) in kept),
            width=1 if len(rows) > 100 else 0.8,
            marker={"color": colour, "line": {"width": 0}},
            customdata=[number for _, (number, _) in kept],
            hovertemplate="filter %{customdata}: %{y:.2f} points<extra></extra>",
        )
    chosen = [row for row in rows if row[1][0] in off]
    figure.add_scatter(
        x=[rank for rank, _ in chosen],
        y=each_in_four(max(0.0, points) for _, (_, points) in chosen),
        mode="text",
        text=["▼"] * len(chosen),
        textposition="top center",
        textfont={"color": ACCENT, "size": 13},
        hoverinfo="skip",
        cliponaxis=False,
    )
    _strip_words(figure, told)


def _strip_words(figure: Drawing, told: FilterOff) -> None:
    corner = {"xref": "paper", "yref": "paper", "showarrow": False}
    figure.add_annotation(
        text=f"Points lost when one filter of “{told.layer.name}” is off alone",
        x=0,
        y=STRIP,
        xanchor="left",
        xshift=-3,
        yanchor="middle",
        font={"size": 14, "color": INK},
        **corner,
    )
    figure.add_shape(
        type="line", xref="paper", yref="paper", x0=0, x1=1, y0=STRIP + 0.04, y1=STRIP + 0.04,
        line={"color": FAINT, "width": 1},
    )  # fmt: skip
    n_filters = len(told.ranking.filters)
    lines = [(f"{told.ranking.n_small} of {n_filters}: under {SMALL:g} point", QUIET)]
    if told.off:
        named = ", ".join(map(str, told.off[:MOST_NAMED])) + (" …" if len(told.off) > MOST_NAMED else "")
        lines.insert(0, (f"▼ off: {named}", ACCENT))
    for row, (text, colour) in enumerate(lines):
        figure.add_annotation(
            text=text,
            x=1,
            y=STRIP - 0.07,
            xanchor="right",
            yanchor="top",
            yshift=-19 * row,
            font={"size": 14, "color": WORDS.get(colour, colour)},
            **corner,
        )


def _summary(told: FilterOff) -> str:
    return f"{takeaway(told)} Below zero, the guess gains when the filter goes."


def _table(told: FilterOff) -> pd.DataFrame:
    """Every filter of the layer, the strongest first."""
    import pandas as pd

    off = set(told.off)
    return pd.DataFrame(
        {
            "place": range(1, len(told.ranking.filters) + 1),
            "filter": told.ranking.filters,
            "takes, off alone (points)": [round(points, 3) + 0.0 for points in told.ranking.points],
            "off now": ["yes" if number in off else "no" for number in told.ranking.filters],
        }
    )
