"""Controls of the start page's gate: which data, and the rule that a reader writes for them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dl_core.start import gate as core
from dl_core.start.rules import DATA, JOINS, MEASURES, Condition, Data, Join, first_guess, limits
from pages._shared.lesson import Preset
from pages._shared.typeset import typeset
from pages._words import start_gate as words

LINK = "query-params"
SIDES = {True: "above", False: "below"}
SECOND: dict[Data, str] = {"table": "concave points", "pictures": "middle centre"}


def gate() -> core.Settings:
    """The data, one condition, and perhaps a second one."""
    data = st.segmented_control(
        "Write a rule for",
        DATA,
        default=DATA[0],
        required=True,
        key="gate_data",
        bind=LINK,
        format_func=str.capitalize,
        on_change=_start_anew,
    )
    first = _condition(data, "", core.first_rule(data).first)
    join = st.segmented_control(
        "A second condition",
        JOINS,
        default=JOINS[0],
        required=True,
        key="gate_join",
        bind=LINK,
        format_func=words.JOINS.get,
    )
    if join == "alone":
        return core.Settings(data, first.measure, first.above, first.threshold)
    second = _condition(data, "2", first_guess(data, SECOND[data]))
    return core.Settings(
        data, first.measure, first.above, first.threshold,
        join, second.measure, second.above, second.threshold,
    )  # fmt: skip


def _condition(data: Data, which: str, start: Condition) -> Condition:
    """What is measured, the side, and the threshold; ``which`` ends the keys of the second one."""
    names = MEASURES[data]
    if st.session_state.get(f"gate_measure{which}", start.measure) not in names:  # of the other data
        for part in ("measure", "above", "threshold"):
            st.session_state.pop(f"gate_{part}{which}", None)
    measure = st.selectbox(
        words.SAYS[data] if not which else words.SECOND,
        list(names),
        list(names).index(start.measure),
        key=f"gate_measure{which}",
        bind=LINK,
        format_func=names.get,
        on_change=_guess,
        args=(which,),
    )
    guess = start if measure == start.measure else first_guess(data, measure)
    low, high, step = limits(data, measure)
    if not low <= st.session_state.get(f"gate_threshold{which}", low) <= high:  # of another measurement
        st.session_state.pop(f"gate_threshold{which}")
    threshold = st.slider(
        "Threshold" if not which else "Second threshold",
        low,
        high,
        guess.threshold,
        step,
        key=f"gate_threshold{which}",
        bind=LINK,
        format="%g",
    )
    above = st.segmented_control(
        "Above or below" if not which else "Above or below (second)",
        list(SIDES),
        default=guess.above,
        required=True,
        key=f"gate_above{which}",
        bind=LINK,
        format_func=SIDES.get,
        label_visibility="collapsed",
    )
    return Condition(measure, above, threshold)


def _start_anew() -> None:
    """Other data begin with our own rule for them."""
    for name, value in _values(core.Settings(*_parts(st.session_state["gate_data"]))).items():
        st.session_state[name] = value


def _parts(data: Data) -> tuple[Data, str, bool, float, Join]:
    one = core.first_rule(data).first
    return data, one.measure, one.above, one.threshold, "alone"


def _guess(which: str) -> None:
    """Another measurement begins half way between the usual yes and the usual no."""
    one = first_guess(st.session_state["gate_data"], st.session_state[f"gate_measure{which}"])
    st.session_state[f"gate_above{which}"] = one.above
    st.session_state[f"gate_threshold{which}"] = one.threshold


def _values(one: core.Settings) -> dict[str, Any]:
    """Control key → where the control stands with these settings."""
    told: dict[str, Any] = {
        "gate_data": one.data,
        "gate_measure": one.measure,
        "gate_above": one.above,
        "gate_threshold": one.threshold,
        "gate_join": one.join,
    }
    if one.join != "alone":
        told |= {
            "gate_measure2": one.second_measure,
            "gate_above2": one.second_above,
            "gate_threshold2": one.second_threshold,
        }
    return told


def gate_below(told: core.Gate) -> None:
    """What the words mean, what each way costs, and whether a person can read it; folded, where work goes."""
    said = words.peeked(told)
    if said:
        st.caption(typeset(said))
    st.markdown(typeset(words.GATE_LEAD))
    with st.container(key="gate_costs"):
        st.markdown(typeset(words.costs(told)))
    st.caption(typeset(words.costs_fine_print(told)))
    with st.expander(words.EFFORT_TITLE):
        st.markdown(typeset(words.efforts()))


GATE_PRESETS = tuple(Preset(name, _values(one)) for name, one in core.PRESETS.items())
