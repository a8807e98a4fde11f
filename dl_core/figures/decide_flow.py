"""A flow of counts: all cases, what they are, what the machine says; and under it the alarms, enlarged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.decide.flow import Flow, alarms_in_words, exact_percent, takeaway
from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.picture import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    VERMILLION,
    WORDS,
    Picture,
    hide_axes,
    house_drawing,
)
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    import pandas as pd

THINNEST = 0.007  # of the plot's height: a band of one case can still be seen
ALL_CASES = 0.24  # of the plot's height: how thick the band of all cases is
GAP = 0.115  # of the plot's height, between two of the four last bands
TOP = 0.855  # of the plot's height: where the first band begins; the heads stand above
COLUMNS = (0.0, 0.44, 1.0)  # of the plot's width: where the boxes stand
FLAT = 0.07  # of the plot's width: bands run level on both sides of a box
HEADS = ("all →", "what they are →", "what the machine says")
BAR_AT, BAR_TALL = 0.12, 0.085  # of the plot's height
LEAST_PART = 0.006  # of the enlarged bar, so that one right alarm can be seen
STEPS = 12  # points along each side of a band


def flow_picture(told: Flow) -> Picture:
    """The cases as bands that split twice, and under them all alarms as one bar.

    Parameters
    ----------
    told
        From :func:`dl_core.decide.flow.story`.

    Examples
    --------
    >>> from dl_core.decide.flow import Settings, story
    >>> flow_picture(story(Settings())).title
    'Of 585 alarms, 90 are right; 10 of 100 wrong parcels slip through'
    """
    figure = house_drawing(_title(told), height=440)
    hide_axes(figure)
    _bands(figure, told)
    for x, head, anchor in zip(COLUMNS, HEADS, ("left", "center", "right"), strict=True):
        _say(figure, x, 1.0, head, QUIET, xanchor=anchor, yanchor="top", font={"color": QUIET, "size": 13})
    _enlarged(figure, told)
    figure.update_layout(
        margin={"l": 6, "r": 6}, barmode="overlay", hovermode="closest", meta={"narrow_height": 420}
    )
    return Picture(figure, _summary(told), lambda: _table(told))


def _title(told: Flow) -> str:
    bad = told.words.one_bad if told.bad == 1 else told.words.bad
    slips = "slips" if told.missed == 1 else "slip"
    missed = f"{told.missed:,} of {told.bad:,} {bad} {slips} through" if told.bad else f"no {bad} to catch"
    return f"{alarms_in_words(told).partition(':')[0].removesuffix('.')}; {missed}"


def _summary(told: Flow) -> str:
    words = told.words
    return (
        f"{told.settings.cases:,} {words.cases}: {told.bad:,} {words.bad} and {told.fine:,} {words.fine}. "
        f"The machine catches {told.caught:,} of the bad and misses {told.missed:,}. "
        f"Of the fine it leaves {told.left_alone:,} alone and stops {told.false_alarms:,}. {takeaway(told)}"
    )


def _bands(figure: Drawing, told: Flow) -> None:
    """Six bands and seven boxes; a parent's band is as thick as its children's together."""
    scale = ALL_CASES / told.settings.cases
    # words, cases, colour, strength of the band, whether the machine says so with an alarm
    leaves = (
        ("caught", told.caught, VERMILLION, 0.75, True),
        ("missed", told.missed, VERMILLION, 0.3, False),
        ("false alarms" if told.false_alarms != 1 else "false alarm", told.false_alarms, BLUE, 0.6, True),
        ("left alone", told.left_alone, BLUE, 0.22, False),
    )
    thick = [max(count * scale, THINNEST) if count else 0.0 for _, count, *_ in leaves]
    bottom = [TOP - sum(thick[: i + 1]) - GAP * i for i in range(4)]
    middles = [low + size / 2 for low, size in zip(bottom, thick, strict=True)]
    parents = (thick[0] + thick[1], thick[2] + thick[3])
    places = ((middles[0] + middles[1]) / 2, (middles[2] + middles[3]) / 2)
    root = sum(parents)
    middle = (places[0] + places[1]) / 2
    first, second, last = COLUMNS
    kinds = ((told.words.bad, told.bad, VERMILLION), (told.words.fine, told.fine, BLUE))
    leaving = middle + root / 2
    for (name, count, colour), size, at in zip(kinds, parents, places, strict=True):
        if size:
            band = _band(first, second, (leaving - size, leaving), (at - size / 2, at + size / 2), last=False)
            _draw_band(figure, band, colour, 0.3, f"{count:,} of {told.settings.cases:,}: {name}")
        leaving -= size
    for i, (name, count, colour, strength, _) in enumerate(leaves):
        parent = i // 2
        upper = places[parent] + parents[parent] / 2 - (thick[i - 1] if i % 2 else 0)
        if count:
            band = _band(
                second, last, (upper - thick[i], upper), (bottom[i], bottom[i] + thick[i]), last=True
            )
            of = f"{kinds[parent][1]:,} {kinds[parent][0]}"
            _draw_band(figure, band, colour, strength, f"{count:,} of {of}: {name}")
    _box(figure, first, middle, f"<b>{told.settings.cases:,}</b><br>{told.words.cases}", INK, "left")
    for (name, count, colour), at in zip(kinds, places, strict=True):
        _box(figure, second, at, f"<b>{count:,}</b><br>{name}", colour, "center")
    for (name, count, colour, _, is_alarm), at in zip(leaves, middles, strict=True):
        _box(figure, last, at, f"<b>{count:,}</b> {name}", colour, "right", strong=is_alarm)


def _band(
    start: float, end: float, left: tuple[float, float], right: tuple[float, float], *, last: bool
) -> tuple[list[float], list[float]]:
    """The outline of a band that leaves one box and enters another; `left`, `right` are (low, high)."""
    bend_from, bend_to = start + FLAT, end - (0.24 if last else FLAT)
    shares = [step / STEPS for step in range(STEPS + 1)]
    eased = [share * share * (3 - 2 * share) for share in shares]
    x = [start, *(bend_from + share * (bend_to - bend_from) for share in shares), end]
    low = [left[0] + share * (right[0] - left[0]) for share in (0.0, *eased, 1.0)]
    high = [left[1] + share * (right[1] - left[1]) for share in (0.0, *eased, 1.0)]
    return [four_figures(each) for each in (*x, *x[::-1])], [
        four_figures(each) for each in (*low, *high[::-1])
    ]


def _draw_band(
    figure: Drawing, outline: tuple[list[float], list[float]], colour: str, strength: float, name: str
) -> None:
    x, y = outline
    figure.add_scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor=tint(colour, strength), name=name, text=name,
        line={"width": 0, "color": colour}, hoveron="fills", hoverinfo="text",
    )  # fmt: skip


def _box(
    figure: Drawing, x: float, y: float, text: str, colour: str, anchor: str, *, strong: bool = False
) -> None:
    """A box with a count; an alarm's has a thick rim."""
    _say(
        figure, x, y, text, colour, xanchor=anchor, yanchor="middle", bgcolor=PAPER, bordercolor=colour,
        borderwidth=2.5 if strong else 1, borderpad=3,
    )  # fmt: skip


def _say(figure: Drawing, x: float, y: float, text: str, colour: str, **more: object) -> None:
    font = {"color": WORDS.get(colour, colour), "size": 14}
    figure.add_annotation(**{"x": x, "y": y, "text": text, "showarrow": False, "font": font, **more})


def _enlarged(figure: Drawing, told: Flow) -> None:
    """All alarms as one bar: how many of them are right."""
    if not told.alarms:
        _say(figure, 0, BAR_AT, "No alarm to enlarge.", QUIET, xanchor="left", yanchor="middle")
        return
    share = told.caught / told.alarms
    drawn = min(max(share, LEAST_PART), 1 - LEAST_PART) if 0 < share < 1 else share
    parts = (
        (0.0, drawn, told.caught, VERMILLION, "", "right"),
        (drawn, 1 - drawn, told.false_alarms, BLUE, "/", "false"),
    )
    for base, width, count, colour, hatch, name in parts:
        if count:
            figure.add_bar(
                x=[four_figures(width)], y=[BAR_AT], base=[four_figures(base)], width=[BAR_TALL],
                orientation="h", name=f"alarms that are {name}",
                marker={
                    "color": colour,
                    "pattern": {"shape": hatch, "fgcolor": PAPER, "size": 9},
                },
                hovertemplate=f"{count:,} of {told.alarms:,} alarms are {name}<extra></extra>",
            )  # fmt: skip
    top, bottom = BAR_AT + BAR_TALL / 2 + 0.015, BAR_AT - BAR_TALL / 2 - 0.015
    noun = "The one alarm" if told.alarms == 1 else f"All {told.alarms:,} alarms"
    _say(
        figure,
        0,
        top,
        f"{noun} (thick frame{'s' if told.alarms > 1 else ''}), enlarged",
        INK,
        xanchor="left",
        yanchor="bottom",
    )
    right, false = f"<b>{told.caught:,} right</b>: {percent(share)}", f"<b>{told.false_alarms:,} false</b>"
    _say(figure, 0, bottom, right, VERMILLION, xanchor="left", yanchor="top")
    _say(figure, 1, bottom, false, BLUE, xanchor="right", yanchor="top")


def _table(told: Flow) -> pd.DataFrame:
    import pandas as pd

    words, cases = told.words, told.settings.cases
    rows = (
        (f"caught {words.bad}", "alarm", told.caught, told.bad),
        (f"missed {words.bad}", "no alarm", told.missed, told.bad),
        (f"{words.fine} stopped: false alarms", "alarm", told.false_alarms, told.fine),
        (f"{words.fine} left alone", "no alarm", told.left_alone, told.fine),
    )
    return pd.DataFrame(
        {
            "what becomes of them": name,
            "the machine says": said,
            "cases": count,
            "out of": of,
            "of all cases (%)": exact_percent(count / cases).removesuffix(" %"),
        }
        for name, said, count, of in rows
    )
