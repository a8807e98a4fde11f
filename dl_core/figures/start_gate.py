"""The same five ways on a table and on pictures: how often each is wrong, beside always saying "no"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dl_core.figures.drawing import Drawing, four_figures, tint
from dl_core.figures.picture import (
    ACCENT,
    BLUE,
    FAINT,
    INK,
    PAPER,
    QUIET,
    WORDS,
    Picture,
    hide_axes,
    house_drawing,
)
from dl_core.numbers_in_words import short
from dl_core.start.gate import Gate, first_rule, share_in_words, takeaway
from dl_core.start.rules import MEASURES, Condition, Rule, in_words
from dl_core.start.sides import NAMES, Entrant, Side, load_run

if TYPE_CHECKING:
    import pandas as pd

ROW_PX = 36
TOP = -2.55  # rows above the bars, for words
FEET = {1: len(NAMES) + 1.55, 2: len(NAMES) + 2.15}  # where the drawing ends, by the conditions of a rule
TITLE_PX = 48
NAMES_END = 0.235  # of the width
PANELS = ((NAMES_END, 0.6), (0.64, 1.0))
HEADS = (("Table", "is a lump malignant?"), ("Pictures", "is this digit an 8?"))
THINGS = {"table": "lumps", "pictures": "digits"}
UNIT = "Wrong in 1,000, on rows no model had seen: shorter is better"
MARK = "<b>✓</b> plainest that nothing clearly beats · tie: with the best"
CORNER = ((0.76, 2.55), (0.99, 2.55), (0.76, 4.1), (0.99, 4.1))  # where missed digits stand: share, row
BAR = 0.62  # of a row
LONGEST = 1.7  # times the bar of "always no": a worse rule is cut there


def gate_chart(told: Gate) -> Picture:
    """Two panels of bars, wrong answers in 1,000; in both the bar of always saying "no" is equally long.

    Parameters
    ----------
    told
        From :func:`dl_core.start.gate.story`.

    Examples
    --------
    >>> from dl_core.start.gate import Settings, story
    >>> gate_chart(story(Settings())).title
    'A rule gives 83 % of learning’s gain on a table, 41 % on pictures'
    """
    foot = FEET[max(len(one.rule.conditions) for one in told.sides)]
    figure = house_drawing(title(told), height=TITLE_PX + 8 + round(ROW_PX * (foot - TOP)))
    figure.update_layout(xaxis2={}, barmode="overlay")
    hide_axes(figure)
    for place, one in enumerate(told.sides):
        _panel(figure, place, one, is_yours=one is told.yours)
    for row, name in enumerate((*list(NAMES.values())[:1], "Hand rule", *list(NAMES.values())[2:])):
        figure.add_annotation(
            text=name, x=NAMES_END, xref="paper", y=row, yref="y", xanchor="right", xshift=-8,
            yanchor="middle", showarrow=False, font={"size": 14, "color": INK},
        )  # fmt: skip
    for y, text, anchor in ((TOP, UNIT, "top"), (foot, MARK, "bottom")):
        figure.add_annotation(
            text=text, x=0, xref="paper", y=y, yref="y", xanchor="left", yanchor=anchor, showarrow=False,
            font={"size": 13, "color": QUIET},
        )  # fmt: skip
    figure.update_yaxes(visible=False, range=[foot, TOP], fixedrange=True)
    figure.update_layout(margin={"l": 4, "r": 8, "b": 8})
    return Picture(figure, summary(told), lambda: _table(told))


def title(told: Gate) -> str:
    """The finding: the hand rule's part of the gain on both sides."""
    table, pictures = (share_in_words(one.gain.value) for one in told.sides)
    return f"A rule gives {table} of learning’s gain on a table, {pictures} on pictures"


def summary(told: Gate) -> str:
    """What a sighted reader takes from the chart."""
    rows = []
    for (name, question), one in zip(HEADS, told.sides, strict=True):
        wrong = ", ".join(f"{_name(each)} {each.of_thousand}" for each in one.entrants)
        plain = _name(one.plainest)
        rows.append(
            f"{name}, {question} Wrong in 1,000: {wrong}. Plainest that nothing clearly beats: {plain}."
        )
    return " ".join([takeaway(told).replace("**", ""), *rows])


def _name(one: Entrant) -> str:
    return "Hand rule" if one.way == "rule" else NAMES[one.way]


def _panel(figure: Drawing, place: int, side: Side, *, is_yours: bool) -> None:
    axis = ("x", "x2")[place]
    always = 1000 * side.of("always").wrong.value
    end = max(1.08 * always, min(1.12 * 1000 * side.of("rule").wrong.high, LONGEST * always))
    figure["layout"]["xaxis" + axis[1:]].update(
        visible=False, range=[0, four_figures(end)], domain=list(PANELS[place]), fixedrange=True, anchor="y"
    )
    for row, one in enumerate(side.entrants):
        _bar(figure, axis, row, one, is_yours)
        _label(figure, axis, row, one, side, end)
    name, question = HEADS[place]
    head = f"<b>{name}</b>: {side.n:,} {THINGS[side.rule.data]}<br>{question}"
    _words(figure, axis, -1.75, head, INK, "top", 14)
    whose = "Your rule" if is_yours else "Our rule"
    if side.rule != first_rule(side.rule.data):
        whose += " (it peeks)"
    colour = ACCENT if is_yours else QUIET
    _words(figure, axis, len(NAMES) - 0.35, f"<b>{whose}:</b><br>{_short(side.rule)}", colour, "top", 13)
    if place == 1:
        _missed(figure, axis, side, end)
    figure.add_shape(
        type="line", xref=axis, yref="y", x0=0, x1=0, y0=-0.5, y1=len(NAMES) - 0.5,
        line={"color": FAINT, "width": 1},
    )  # fmt: skip


def _missed(figure: Drawing, axis: str, side: Side, end: float) -> None:
    """Digits that the rule misses and learning finds, in the corner that short bars leave empty."""
    shown = side.missed[: len(CORNER)]
    if not shown:
        return
    figure.add_annotation(
        text="8s it misses", x=four_figures(0.99 * end), xref=axis, y=2, yref="y", xanchor="right",
        yanchor="middle", showarrow=False, font={"size": 13, "color": QUIET},
    )  # fmt: skip
    links = {int(index): link for index, link in load_run()["at_rest"]["links"].items()}
    if not links.keys() >= set(shown):
        from dl_core.start.measured import digit_link  # the imaging library, which the first screen spares

        links = {index: digit_link(index) for index in shown}
    for (x, y), index in zip(CORNER, shown, strict=False):
        figure.add_layout_image(
            source=links[index], xref=axis, yref="y", x=four_figures(x * end),
            y=y, sizex=four_figures(0.21 * end), sizey=1.35, xanchor="right", yanchor="top",
            sizing="contain", layer="above",
        )  # fmt: skip


def _words(figure: Drawing, axis: str, y: float, text: str, colour: str, anchor: str, size: int) -> None:
    figure.add_annotation(
        text=text, x=0, xref=axis, y=y, yref="y", xanchor="left", yanchor=anchor, align="left",
        xshift=-3, showarrow=False, font={"size": size, "color": colour},
    )  # fmt: skip


def _bar(figure: Drawing, axis: str, row: int, one: Entrant, is_yours: bool) -> None:
    value = 1000 * one.wrong.value
    colour = {"always": QUIET, "rule": ACCENT if is_yours else QUIET}.get(one.way, BLUE)
    hatch = {"always": "/", "rule": "" if is_yours else "x"}.get(one.way, "")
    low, high = 1000 * one.wrong.low, 1000 * one.wrong.high
    figure.add_bar(
        x=[four_figures(value)], y=[row], xaxis=axis, yaxis="y", orientation="h", width=BAR, name=_name(one),
        marker={
            "color": tint(QUIET, 0.35) if one.way == "always" else colour,
            "pattern": {"shape": hatch, "fgcolor": PAPER, "size": 6, "solidity": 0.25},
        },
        error_x={
            "type": "data", "symmetric": False, "color": INK, "thickness": 1.5, "width": 4,
            "array": [four_figures(high - value)], "arrayminus": [four_figures(value - low)],
            "visible": one.way != "always",
        },
        hovertemplate=f"{_name(one)}: {one.wrong.hits} of {one.wrong.n:,} wrong, "
        f"{low:.0f} to {high:.0f} in 1,000<extra></extra>",
    )  # fmt: skip


def _label(figure: Drawing, axis: str, row: int, one: Entrant, side: Side, end: float) -> None:
    """The count after the whisker; inside the bar where there is no room behind it."""
    extra = ""
    if one is side.plainest:
        extra = f" <span style='color:{WORDS[BLUE]}'><b>✓</b></span>" if one.way != "rule" else " <b>✓</b>"
    elif one.verdict != "worse":
        extra = " tie"
    if 1000 * one.wrong.value > end:
        extra += " →"  # the bar goes on beyond the picture
    inside = 1000 * one.wrong.high > 0.8 * end or one.way == "always"
    figure.add_annotation(
        text=f"<b>{one.of_thousand}</b>{extra}", x=0 if inside else four_figures(1000 * one.wrong.high),
        xref=axis, y=row, yref="y", xanchor="left", xshift=6, yanchor="middle", showarrow=False,
        font={"size": 14, "color": PAPER if inside and one.way == "rule" else INK},
    )  # fmt: skip


def _short(rule: Rule) -> str:
    """The rule in one line for each condition."""
    said = [_condition(rule, one) for one in rule.conditions]
    return f"<br>{rule.join} ".join(said)


def _condition(rule: Rule, one: Condition) -> str:
    sign = ">" if one.above else "<"
    return f"{MEASURES[rule.data][one.measure]} {sign} {short(one.threshold)}"


def _table(told: Gate) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for (name, _), side in zip(HEADS, told.sides, strict=True):
        for one in side.entrants:
            train, answer, size = one.costs
            rows.append(
                {
                    "data": name,
                    "way": in_words(side.rule) if one.way == "rule" else NAMES[one.way],
                    "wrong": f"{one.wrong.hits} of {one.wrong.n:,}",
                    "wrong in 1,000": one.of_thousand,
                    "95 % interval": f"{1000 * one.wrong.low:.0f} to {1000 * one.wrong.high:.0f}",
                    "against the best": one.verdict,
                    "wrong in five deals": f"{one.luck[0]} to {one.luck[1]}",
                    "training": train,
                    "one answer": answer,
                    "size": size,
                    "can you read it?": one.reads,
                }
            )
    return pd.DataFrame(rows)
