"""Seven models as bars of money, the readable ones apart, and two ways to do without a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dl_core.decide.amounts import in_percent, money
from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    house_drawing,
)
from dl_core.interpretability.board import (
    CASES,
    Board,
    Row,
    gain_in_words,
    give_or_take,
    is_beaten,
    price_in_words,
    takeaway,
)
from dl_core.numbers_in_words import percent, seconds_in_words

if TYPE_CHECKING:
    import pandas as pd

ROW, SHORT = 1.0, 0.64  # heights: of a model's row with two lines of words, of a row with one
ROW_PX = 37
BAR_PX = 16
LINE_PX = 9  # from a row's middle to either of its two lines of words
NAMES_PX = 168  # at the left, for names and what one reads
SMALL = 13
ROOM = 1.75  # of the longest bar: words follow it
BREAK = 1.2  # of the longest model's bar: a longer baseline is cut there
HEADS = {True: ("A person can check", BLUE), False: ("Too much to read", VERMILLION)}


@dataclass(frozen=True)
class _Sheet:
    """What every row is drawn on."""

    figure: Drawing
    longest: float  # dollars: of the models' bars and their intervals, or of the cheaper baseline
    row: float  # height of a model's row
    wide: bool  # one line of words a row, for a slide


def board_chart(told: Board) -> Picture:
    """A bar for each model with its 95 % interval, and what doing without a model costs.

    Parameters
    ----------
    told
        From :func:`dl_core.interpretability.board.story`.
    """
    return _board(told, wide=False)


def board_chart_wide(told: Board) -> Picture:
    """The same for a slide, which has less height: without what one reads."""
    return _board(told, wide=True)


def _board(told: Board, *, wide: bool) -> Picture:
    longest = max([row.cost.high for row in told.rows] + [told.without])
    sheet = _Sheet(house_drawing(title(told)), longest, SHORT if wide else ROW, wide)
    at = 0.0
    for readable, (head, colour) in HEADS.items():
        rows = told.ranking(readable=readable)
        if rows:
            _name(sheet, f"<b>{head}</b>", at + SHORT / 2, WORDS[colour])
            at += SHORT
        for row in rows:
            _model(sheet, row, at + sheet.row / 2)
            at += sheet.row
    _name(sheet, "<b>No model at all</b>", at + SHORT / 2, INK)
    for name, cost in (("Hold back everybody", told.everybody), ("Hold back nobody", told.nobody)):
        at += SHORT
        _baseline(sheet, name, cost, at + SHORT / 2)
    at += SHORT
    if told.rows:
        _line(sheet.figure, told, at)
    _frame(sheet, told, at)
    return Picture(sheet.figure, board_summary(told), lambda: _table(told))


def _frame(sheet: _Sheet, told: Board, bottom: float) -> None:
    figure, height = sheet.figure, round(92 + ROW_PX * bottom)
    figure.update_xaxes(
        title={"text": f"money lost in {CASES:,} {told.settings.table.items}"},
        range=[0, four_figures(ROOM * sheet.longest)], showticklabels=False, showgrid=False, fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(
        visible=False, range=[four_figures(bottom + 0.05), -0.05], fixedrange=True, showgrid=False
    )
    figure.update_layout(
        barmode="overlay", height=height, meta={"narrow_height": height}, margin={"l": NAMES_PX}
    )


def title(told: Board) -> str:
    """The finding: the best readable model against the best of the others, or against doing without one."""
    if told.price is None:
        return "Nothing is measured yet"
    if told.leak:
        return f"“{told.leak.columns[0]}” alone tells the answer"
    if is_beaten(told):
        return f"At a bar of {in_percent(100 * told.settings.bar)} no model beats {told.baseline}"
    readable, other = money(told.price.readable.cost.value), money(told.price.other.cost.value)
    verdict = {"free": "a tie", "open": "too close to call"}.get(told.price.verdict, "a clear gap")
    return f"Readable {readable}, unreadable {other}: {verdict}"


def board_summary(told: Board) -> str:
    """What a sighted reader takes from the chart."""
    if told.price is None:
        return takeaway(told)
    rows = [
        f"{row.kind.name}{', readable' if row.kind.is_readable else ''}: {money(row.cost.value)}, "
        f"{against_in_words(row)}."
        for row in told.rows
    ]
    return " ".join([price_in_words(told), gain_in_words(told), *rows])


def _model(sheet: _Sheet, row: Row, place: float) -> None:
    colour = HEADS[row.kind.is_readable][1]
    _name(sheet, row.kind.name, place, INK, up=not sheet.wide)
    if not sheet.wide:
        _name(sheet, row.kind.reads, place, QUIET, down=True)
    sheet.figure.add_bar(
        x=[four_figures(row.cost.value)], y=[place], orientation="h", width=_high(BAR_PX), name=row.kind.name,
        marker={
            "color": colour,
            "pattern": {
                "shape": "" if row.kind.is_readable else "/", "fgcolor": PAPER, "size": 6, "solidity": 0.2,
            },
        },
        error_x={
            "type": "data", "symmetric": False, "color": INK, "thickness": 2, "width": 5,
            "array": [four_figures(row.cost.high - row.cost.value)],
            "arrayminus": [four_figures(row.cost.value - max(row.cost.low, 0))],
        },
        hovertemplate=f"{row.kind.name}: {give_or_take(row.cost, '${}')}<extra></extra>",
    )  # fmt: skip
    cost = money(row.cost.value)
    told = f"<b>{cost}</b>" if row.is_best or row.is_tied else cost
    if sheet.wide:
        _value(sheet, f"{told}, {against_in_words(row)}", row.cost.high, place)
    else:
        _value(sheet, told, row.cost.high, place, up=True)
        _value(sheet, against_in_words(row), row.cost.high, place, down=True)


def _high(pixels: float) -> float:
    return round(pixels / ROW_PX, 3)


def _name(
    sheet: _Sheet, text: str, place: float, colour: str, *, up: bool = False, down: bool = False
) -> None:
    sheet.figure.add_annotation(
        text=text, xref="paper", x=0, y=four_figures(place), xanchor="right", yanchor="middle", xshift=-7,
        yshift=LINE_PX * (up - down), showarrow=False, font={"size": SMALL if down else 14, "color": colour},
    )  # fmt: skip


def _value(sheet: _Sheet, text: str, x: float, place: float, *, up: bool = False, down: bool = False) -> None:
    sheet.figure.add_annotation(
        text=text, x=four_figures(x), y=four_figures(place), xanchor="left", yanchor="middle", xshift=6,
        yshift=LINE_PX * (up - down), showarrow=False, bgcolor=PAPER, borderpad=0,
        font={"size": SMALL if down else 14, "color": QUIET if down else INK},
    )  # fmt: skip


def against_in_words(row: Row) -> str:
    """How a model stands against the best."""
    if row.is_best:
        return "lowest"
    if not row.is_tied:
        return f"{money(row.behind.value)} more"
    return "tie with lowest" if row.is_near else "not surely more"


def _baseline(sheet: _Sheet, name: str, cost: float, place: float) -> None:
    """A grey bar; one that is far longer than all others is cut, and says so."""
    _name(sheet, name, place, INK)
    is_cut = cost > BREAK * sheet.longest
    end = BREAK * sheet.longest if is_cut else cost
    sheet.figure.add_bar(
        x=[four_figures(end)], y=[four_figures(place)], orientation="h", width=_high(0.8 * BAR_PX), name=name,
        marker={
            "color": QUIET, "pattern": {"shape": "x", "fgcolor": PAPER, "size": 5, "solidity": 0.25},
        },
        hovertemplate=f"{name}: {money(cost)}<extra></extra>",
    )  # fmt: skip
    _value(sheet, f"→ {money(cost)}" if is_cut else money(cost), end, place)


def _line(figure: Drawing, told: Board, bottom: float) -> None:
    """Where the cheaper way without a model stands."""
    at = four_figures(told.without)
    figure.add_shape(
        type="line", x0=at, x1=at, y0=SHORT, y1=four_figures(bottom), layer="below",
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip


def _table(told: Board) -> pd.DataFrame:
    import pandas as pd

    cost = f"$ in {CASES:,} {told.settings.table.items}"
    rows = [
        {
            "model": row.kind.name,
            "a person can check": "yes" if row.kind.is_readable else "no",
            cost: give_or_take(row.cost),
            "more than the lowest": "–" if row.is_best else give_or_take(row.behind),
            "verdict": against_in_words(row),
            "pairs ranked right, AUC (%)": f"{100 * row.ranked.value:.1f} ± {100 * row.ranked.half:.1f}",
            "right answers (%)": f"{100 * row.right.value:.1f} ± {100 * row.right.half:.1f}",
            "to train": seconds_in_words(row.seconds),
            "one answer": seconds_in_words(row.microseconds / 1e6),
            "numbers kept": f"{row.size:,}",
            "explanation": "exact" if row.kind.is_exact else "approximate",
            "read to check one answer": row.kind.reads,
        }
        for row in sorted(told.rows, key=lambda row: row.cost.value)
    ]
    share = told.settings.table.bad_share
    for name, amount, right in (
        ("hold back everybody", told.everybody, share),
        ("hold back nobody", told.nobody, 1 - share),
    ):
        rows.append(
            {"model": name, cost: f"{amount:,.0f}", "right answers (%)": percent(right).removesuffix(" %")}
        )
    return pd.DataFrame(rows).fillna("–")
