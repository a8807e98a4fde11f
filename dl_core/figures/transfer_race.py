"""Three ways to train on the same pictures: how many are right, what each trains, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures
from dl_core.figures.picture import BLUE, INK, PAPER, QUIET, VERMILLION, WORDS, Picture, house_drawing
from dl_core.numbers_in_words import bytes_in_words, number, percent, two_figures
from dl_core.transfer.race import NAMES, Contender, Race, Way, takeaway
from dl_core.transfer.shares import whole
from dl_core.transfer.small_network import WIDTHS

if TYPE_CHECKING:
    import pandas as pd

ROW_PX = 98
END = 103  # of the axis, a little more than 100 %
BAR = 0.22  # of a row
BAR_AT = 0.26  # below the middle of its row: the words stand above
# parts of a network, the first beside the picture: ■ trained, □ taken over; the small one has its own
SMALL_PARTS, PARTS_BORROWED = len(WIDTHS) + 1, 6
PARTS: dict[Way, str] = {
    "scratch": "■" * SMALL_PARTS,
    "head": "□" * (PARTS_BORROWED - 1) + "■",
    "fine": "□" * (PARTS_BORROWED - 2) + "■■",
}


def race_chart(told: Race) -> Picture:
    """A bar for each way to train, with its 95 % interval, and a line where one answer for all stands.

    Parameters
    ----------
    told
        From :func:`dl_core.transfer.race.story`.
    """
    figure = house_drawing(title(told), height=112 + ROW_PX * len(NAMES))
    for row, way in enumerate(NAMES):
        one = told.of(way)
        _words(figure, row, way, one)
        if one:
            _bar(figure, row + BAR_AT, one)
    if told.is_checked:
        _always(figure, told.always)
    figure.update_xaxes(
        title={"text": "% of held-out photos right<br>part of a network: ■ trained, □ taken over"},
        range=[0, END], tickvals=[0, 20, 40, 60, 80, 100], showgrid=False, fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[len(NAMES) - 0.4, -0.48], fixedrange=True)
    figure.update_layout(barmode="overlay")
    return Picture(figure, race_summary(told), lambda: _table(told))


def title(told: Race) -> str:
    """The finding: the new head against training from scratch."""
    head, scratch = told.of("head"), told.of("scratch")
    if not told.is_checked:
        return "No photo is held out, so nothing is known"
    if head is None:
        return "Stopped before anybody was done"
    ours = whole(head.score.value)
    if scratch is None or not scratch.trained.is_whole:
        return f"New head {ours} right; the race was stopped"
    theirs = whole(scratch.score.value)
    if told.verdict("head", "scratch") == "tie":
        return f"Head {ours}, from scratch {theirs}: no clear lead"
    return f"New head {ours} right, from scratch {theirs}"


def race_summary(told: Race) -> str:
    """What a sighted reader takes from the chart."""
    rows = [
        f"{one.name}: {whole(one.score.value)} right ({_range(one)}), {_cost(one)}."
        for one in (told.of(way) for way in NAMES)
        if one
    ]
    return " ".join([takeaway(told).replace("**", ""), *rows])


def _bar(figure: Drawing, place: float, one: Contender) -> None:
    value = four_figures(100 * one.score.value)
    is_whole = one.trained.is_whole
    figure.add_bar(
        x=[value], y=[place], orientation="h", width=BAR,
        marker={
            "color": BLUE if is_whole else QUIET,
            "pattern": {"shape": "" if is_whole else "/", "fgcolor": PAPER, "size": 6, "solidity": 0.2},
        },
        error_x={
            "type": "data", "symmetric": False, "color": INK, "thickness": 2, "width": 5,
            "array": [four_figures(100 * (one.score.high - one.score.value))],
            "arrayminus": [four_figures(100 * (one.score.value - one.score.low))],
        },
        hovertemplate=f"{one.name}: {whole(one.score.value)} right, {_range(one)}<extra></extra>",
    )  # fmt: skip


def _words(figure: Drawing, row: int, way: Way, one: Contender | None) -> None:
    """Two lines over a row's bar: who, and what it costs; at the right which parts are trained."""
    right = f", {whole(one.score.value)} right" if one else ": not run"
    stopped = "" if one is None or one.trained.is_whole else ", stopped"
    _note(figure, f"<b>{NAMES[way]}</b>{right}{stopped}", 0, row - 0.3, INK, 15)
    _note(figure, f"<span style='color:{WORDS[BLUE]}'>{PARTS[way]}</span>", END, row - 0.3, INK, 15)
    _note(figure, _cost(one) if one else "–", 0, row - 0.02, QUIET, 14)


def _note(figure: Drawing, text: str, x: int, y: float, colour: str, size: int) -> None:
    figure.add_annotation(
        text=text, x=x, y=y, xanchor="right" if x else "left", yanchor="middle", xshift=0 if x else -3,
        showarrow=False, font={"size": size, "color": colour},
    )  # fmt: skip


def _cost(one: Contender) -> str:
    done = one.trained
    kept = f", keeps {_count(done.n_frozen)}" if done.n_frozen else ""
    trained = f"trains {_count(done.n_trained)} numbers{kept}"
    return f"{trained} · {two_figures(done.seconds)} s · {bytes_in_words(done.bytes)}"


def _count(n: int) -> str:
    """A count of numbers as short as can be: exact below a thousand, else two figures.

    >>> _count(642), _count(98_370), _count(5_633_696)
    ('642', '98 k', '5.6 M')
    """
    if n < 1000:
        return number(n)
    return f"{two_figures(n / 1e3)} k" if n < 999_500 else f"{two_figures(n / 1e6)} M"


def _range(one: Contender) -> str:
    return f"{100 * one.score.low:.0f} to {100 * one.score.high:.0f} %"


def _always(figure: Drawing, share: float) -> None:
    """Where one answer for everything stands: a mark at each bar, words under the last."""
    at, is_low = four_figures(100 * share), share < 0.6
    for row in range(len(NAMES)):
        figure.add_shape(
            type="line", x0=at, x1=at, y0=row + BAR_AT - 0.17, y1=row + BAR_AT + 0.17, layer="above",
            line={"color": VERMILLION, "width": 3, "dash": "dot"},
        )  # fmt: skip
    figure.add_annotation(
        text=f"┊ one answer for all: {percent(share)}", x=at, y=len(NAMES) - 0.5, yanchor="middle",
        xanchor="left" if is_low else "right", showarrow=False,
        font={"size": 13, "color": WORDS[VERMILLION]},
    )  # fmt: skip


def _table(told: Race) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "way to train": one.name,
                "held-out photos right (%)": round(100 * one.score.value, 1),
                "95 % interval": _range(one),
                "seconds of work": two_figures(one.trained.seconds),
                "numbers trained": f"{one.trained.n_trained:,}",
                "numbers taken over": f"{one.trained.n_frozen:,}",
                "memory, estimated": bytes_in_words(one.trained.bytes),
                "looks at each photo": _looks(one),
                "against the new head": _against(told, one.way),
            }
            for one in (told.of(way) for way in NAMES)
            if one
        ]
    )


def _looks(one: Contender) -> str:
    """How often training looks at each photo.

    A head is solved for; the others look again and again.
    """
    done = one.trained
    if not done.planned:
        return "1"
    return f"{done.planned}" if done.is_whole else f"{two_figures(done.passes)} of {done.planned}"


def _against(told: Race, way: Way) -> str:
    pair, verdict = told.paired(way, "head"), told.verdict(way, "head")
    if way == "head" or pair is None:
        return "–"
    of = "photos" if told.n_bursts == told.n_held_out else "bursts"
    return f"{verdict or 'stopped'}: ahead in {pair.ahead}, behind in {pair.behind} {of}, p = {pair.p:.2g}"
