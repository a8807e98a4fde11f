"""Controls of two scenes of "Interpretability": one curve edited by hand, and every model at every bar."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from dl_core.interpretability import curve as curve_core
from dl_core.interpretability import priced as priced_core
from dl_core.interpretability.curve_in_words import NAMES, lines, who_in_words
from dl_core.interpretability.curve_parts import EDITS
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.priced import flow_lines
from dl_core.interpretability.question import Question, at_rest
from pages._shared.lesson import Preset
from pages._shared.stale import drop_stale
from pages._shared.typeset import markdown_table, typeset
from pages._shared.visit import visit
from pages._words import interpretability_curve as words

LINK: Literal["query-params"] = "query-params"
OPENING = "board"  # key of the scene that has the table and the bar


def _question() -> Question:
    """What the opening scene on the screen asks."""
    kept = visit().kept.get(OPENING)
    found: Question = kept[0] if kept else at_rest()
    return found


def _kept(question: Question) -> dict[str, Any]:
    """Names and values of columns go into the link, but those of a reader's own table stay in the visit."""
    return {"persist_state": "session"} if question.table.is_own else {"bind": LINK}


def curve() -> curve_core.Settings:
    """Which curve, what is done to it, and between which values it is made flat."""
    question = _question()
    names = question.table.names
    drop_stale("curve_column", names)
    column = st.selectbox(
        "Curve of", names, names.index(curve_core.first_column(question.table)), key="curve_column",
        **_kept(question),
    )  # fmt: skip
    edit = st.segmented_control(
        "Make it", EDITS, default="up", required=True, key="curve_edit", bind=LINK, format_func=NAMES.get,
        help=words.CURVE_EDIT_HELP,
    )  # fmt: skip
    low, high = _range(question, column) if edit == "flat" else (None, None)
    return curve_core.Settings(question, column, edit, low, high)


def _range(question: Question, column: str) -> tuple[float | None, float | None]:
    """Both ends, or none where all of it is made flat."""
    of = question.table.columns[question.table.names.index(column)]
    ends = {of.in_words(end): end for end in curve_core.ends_of(question.table, column)}
    held = st.session_state.get("curve_range")
    if held is not None and not set(held) <= set(ends):  # of another column
        st.session_state.pop("curve_range")
    if len(ends) < 3:
        return None, None
    whole = (next(iter(ends)), list(ends)[-1])
    low, high = st.select_slider("Flat between", list(ends), whole, key="curve_range", **_kept(question))
    return (None, None) if (low, high) == whole else (ends[low], ends[high])


def curve_below(told: curve_core.Edited | None) -> None:
    """Before and after, and who they are whose decision changes."""
    if told is None:
        return
    st.markdown(typeset(markdown_table(lines(told))))
    st.caption(typeset(f"{who_in_words(told)} {words.CURVE_COPY}".strip()))


CURVE_PRESETS = tuple(
    Preset(name, {"curve_column": column, "curve_edit": edit})
    for name, column, edit in (
        ("As learned", "loan in yearly incomes", "keep"),
        ("Only upwards", "loan in yearly incomes", "up"),
        ("Group flattened", "group", "flat"),
    )
)


def priced() -> priced_core.Settings:
    """Whose curve is drawn thick and counted."""
    model = st.selectbox(
        "Count the answers of", list(KINDS), list(KINDS).index(priced_core.at_rest().model),
        key="priced_model", bind=LINK, format_func=lambda key: KINDS[key].name,
    )  # fmt: skip
    st.caption(words.PRICED_NOTE)
    return priced_core.Settings(_question(), model)


def priced_below(told: priced_core.Priced | None) -> None:
    """The way of a thousand cases through the chosen model."""
    if told is None:
        return
    st.markdown(typeset(f"{words.priced_counted(told)}\n\n{markdown_table(flow_lines(told))}"))
