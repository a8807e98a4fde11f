"""Controls of "Decide": two bars with their prices and people, and one bar from two costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dl_core.decide import bar as bar_core
from dl_core.decide import prices as core
from dl_core.decide.amounts import in_percent
from dl_core.decide.cases import ASSUMED
from dl_core.decide.lanes import Lanes
from dl_core.decide.lanes_in_words import assumed, closing, flattery, formula_bars
from dl_core.figures.decide_lanes import bar_at, place
from dl_core.running_case import CASES, Case
from pages._shared.first_value import begins
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.typeset import typeset
from pages._shared.visit import visit
from pages._words import decide as words

LINK = "query-params"
START = core.Settings()
WHOSE = {"photos": "Photos", "loans": "Home loans"}
PRICES = {"miss": "lanes_miss", "false_alarm": "lanes_alarm"}  # field of their settings → control here
ELSEWHERE = (  # page and scene that put prices on mistakes, too
    ("loss_functions", "price", PRICES),
    ("live_classifier", "bar", {"wrong": "lanes_miss", "per_day": "lanes_per_day"}),
    ("interpretability", "board", PRICES),
)


def lanes() -> core.Settings:
    """Two bars, the reader's numbers, whose scores, and what few need in a fold."""
    low, high = st.select_slider(
        "Your two bars: a person looks in between",
        core.BARS,
        begins("lanes_bars", lambda case: FIRST_BARS[case.key]),
        format_func=in_percent,
        key="lanes_bars",
        bind=LINK,
        help=words.BARS_HELP,
    )
    left, right = st.columns(2)  # a pair at a time, so that a phone keeps the order
    least, most = (int(end) for end in core.LIMITS["per_day"])
    per_day = left.number_input(
        "Cases a day",
        least,
        most,
        begins("lanes_per_day", lambda case: case.per_day),
        100,
        key="lanes_per_day",
        bind=LINK,
    )
    bad = _of_case(right, "Bad ones of 100", "bad_per_100", 0.5, "lanes_bad")
    left, right = st.columns(2)
    miss = _of_case(left, "A miss costs ($)", "miss", 5.0, "lanes_miss", words.MISS_HELP)
    alarm = _of_case(right, "A false alarm costs ($)", "false_alarm", 1.0, "lanes_alarm", words.ALARM_HELP)
    left, right = st.columns(2)
    minutes = _of_case(left, "Minutes a look", "minutes", 0.5, "lanes_minutes")
    wage = _number(right, "Hourly wage ($)", "wage", 1.0, "lanes_wage")
    source = st.segmented_control(
        "Scores of a model measured on", list(WHOSE), default=START.source, required=True,
        format_func=WHOSE.__getitem__, key="lanes_source", bind=LINK, help=words.WHOSE_HELP,
    )  # fmt: skip
    reviewer_right = _more()
    _from_other_pages()
    return core.Settings(
        source or START.source, per_day, bad, miss, alarm, minutes, wage, reviewer_right, low, high
    )


def _number(
    place: DeltaGenerator, label: str, name: str, step: float, key: str, hint: str | None = None,
    start: float | None = None,
) -> float:  # fmt: skip
    """A number of the settings, typed; it starts where the settings do."""
    least, most = core.LIMITS[name]
    first = getattr(START, name) if start is None else start
    return place.number_input(
        label, float(least), float(most), float(first), step, format="%.6g", key=key, bind=LINK, help=hint
    )


def _of_case(
    place: DeltaGenerator, label: str, name: str, step: float, key: str, hint: str | None = None
) -> float:
    """A number that begins with the running case's own."""
    start = begins(key, lambda case: float(getattr(ASSUMED[case.key], name)))
    return _number(place, label, name, step, key, hint, start)


def _more() -> int:
    """How many of a hundred looks are right."""
    fold = opened_fold("More: how well people look", "lanes_more", {"lanes_right": START.reviewer_right})
    if fold is None:
        return START.reviewer_right
    least, most = (int(end) for end in core.LIMITS["reviewer_right"])
    return fold.slider(
        "Of 100 looks, people are right in", least, most, START.reviewer_right,
        key="lanes_right", bind=LINK, help=words.RIGHT_HELP,
    )  # fmt: skip


def _from_other_pages() -> None:
    """Prices that the reader set on other pages, one press away."""
    for page, values in brought(visit().left).items():
        if any(st.session_state.get(control) != value for control, value in values.items()):
            st.button(
                typeset(words.brought(page, values)), key=f"lanes_from_{page}",
                on_click=st.session_state.update, args=(values,),
            )  # fmt: skip


def brought(left: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Controls of the opening scene as other pages would set them, by page; only what a reader moved there.

    The numbers of a running case are one preset away here, so nobody need bring them.

    Parameters
    ----------
    left
        Lesson → scene → its last settings.
    """
    found: dict[str, dict[str, Any]] = {}
    for page, scene, names in ELSEWHERE:
        there = left.get(page, {}).get(scene)
        if there is None or all(getattr(there, name) == getattr(type(there), name) for name in names):
            continue
        values = {control: getattr(there, name) for name, control in names.items()}
        if not any(values.items() <= lanes_of(case).items() for case in CASES):
            found[page] = values
    if "interpretability" in found and left["interpretability"]["board"].table.key in WHOSE:
        found["interpretability"]["lanes_source"] = left["interpretability"]["board"].table.key
    return found


def pick_bar(x: float, y: float) -> None:
    """A press on the picture moves the nearer of the two bars there, whatever its height."""
    low, high = st.session_state["lanes_bars"]
    if abs(place(low) - x) <= abs(place(high) - x):
        low = min(bar_at(x), high)
    else:
        high = max(bar_at(x), low)
    st.session_state["lanes_bars"] = (low, high)


def lanes_below(told: Lanes) -> None:
    """What stands under the live sentence, and the way to the cheapest bars."""

    def go() -> None:
        st.session_state["lanes_bars"] = (told.cheapest.low, told.cheapest.high)

    st.caption(typeset(words.LANES_READ))
    if not told.is_tied:
        st.button("Move to the cheapest bars", key="lanes_go", on_click=go)
    st.markdown(typeset(closing(told)))
    st.markdown(typeset(f"{formula_bars(told)} {flattery(told)}"))
    st.caption(typeset(assumed(told)))


# a first guess for each case, which the search then betters
FIRST_BARS = {
    "returns": (START.low, START.high),
    "claims": (2.0, 50.0),
    "defects": (0.5, 50.0),
    "mail": (4.0, 50.0),
}


def lanes_of(case: Case) -> dict[str, Any]:
    """Where the opening scene's controls stand for a running case."""
    return {
        "lanes_bars": FIRST_BARS[case.key],
        "lanes_per_day": case.per_day,
        "lanes_bad": ASSUMED[case.key].bad_per_100,
        "lanes_miss": ASSUMED[case.key].miss,
        "lanes_alarm": ASSUMED[case.key].false_alarm,
        "lanes_minutes": ASSUMED[case.key].minutes,
    }


LANES_PRESETS = tuple(Preset(case.name, lanes_of(case)) for case in CASES)


def bar() -> bar_core.Settings:
    """Two costs, from the opening picture or typed here, and how sure the model speaks."""
    kept = visit().kept.get("lanes")
    above = kept[0] if kept else START
    if st.toggle("Costs from the first picture", True, key="formula_same", bind=LINK):
        costs = above.miss, above.false_alarm
    else:
        left, right = st.columns(2)
        miss, alarm = bar_core.PRESETS["A miss is dear"]
        costs = (
            _number(left, "A miss costs ($)", "miss", 5.0, "formula_miss", start=miss),
            _number(right, "A false alarm costs ($)", "false_alarm", 1.0, "formula_alarm", start=alarm),
        )
    sure = st.segmented_control(
        "What if the model were",
        list(bar_core.SURE),
        default="as measured",
        required=True,
        key="formula_sure",
        bind=LINK,
        help=words.SURE_HELP,
    )
    return bar_core.Settings(*costs, above.source, above.bad_per_100, above.per_day, sure or "as measured")


BAR_PRESETS = (
    Preset("My costs from above", {"formula_same": True}),
    *(
        Preset(name, {"formula_same": False, "formula_miss": miss, "formula_alarm": alarm})
        for name, (miss, alarm) in bar_core.PRESETS.items()
    ),
)
