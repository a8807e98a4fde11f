"""Controls of one scene of "Interpretability": what may change in a case, and what the reader changes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from dl_core.interpretability.counterfactual import Change, stepped
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.whatif import WhatIf
from dl_core.interpretability.whatif_settings import (
    MOST_NUMBER,
    MOST_OPEN,
    ON_A_CLIFF,
    SIDES,
    Settings,
    can_change,
    first_number,
    suggested,
)
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.stale import drop_stale
from pages._shared.typeset import typeset
from pages._shared.visit import visit
from pages._words import interpretability_whatif as words

LINK = "query-params"
OPENING = "board"  # key of the scene that has the table, the prices and the bar
OF_THE_COLUMNS = ("whatif_c", "whatif_open", "whatif_along")  # how their controls' keys begin
AS_IT_IS = "as it is"
LARGEST = "the largest change"
FIRST_SLIDERS = 3  # columns whose slider is always drawn; the others wait in a fold


def whatif() -> Settings:
    """The case, the model, the locks, and a slider for each column that may change."""
    kept = visit().kept.get(OPENING)
    question: Question = kept[0] if kept else at_rest()
    table = question.table
    start = Settings(question)
    side = st.segmented_control(
        "Cases that are", list(SIDES), default=start.side, required=True, key="whatif_side", bind=LINK
    )
    _start_anew(table)
    left, right = st.columns(2)
    number = left.number_input(
        "Number of the case", 1, MOST_NUMBER, first_number(table), key="whatif_number", bind=LINK,
        help="The nearest to the bar comes first. After the last the first comes again.",
    )  # fmt: skip
    model = right.selectbox(
        "Model", list(KINDS), list(KINDS).index(start.model), key="whatif_model", bind=LINK,
        format_func=lambda key: KINDS[key].name,
    )  # fmt: skip
    may_change = _locks(table)
    moved = _sliders(table, may_change)
    along = _along(table, may_change)
    if moved:
        st.button("All as it is", key="whatif_back", on_click=put_in, args=(table, may_change, None))
    # with the suggested columns it is what `at_rest` says, and so what the warm-up has computed
    chosen = None if may_change == suggested(table) else may_change
    return Settings(question, model, side, int(number), chosen, moved, along)


def _kept(table: Table) -> dict[str, Any]:
    """Names of columns go into the link, but those of a reader's own table stay in the visit."""
    return {"persist_state": "session"} if table.is_own else {"bind": LINK}


def _start_anew(table: Table) -> None:
    """Forget what was chosen about the case and columns of another table; what stands in a link is kept."""
    before = st.session_state.get("whatif_of")
    if before is not None and before != table.sha256:
        for key in [str(key) for key in st.session_state if str(key).startswith(OF_THE_COLUMNS)]:
            del st.session_state[key]
        st.session_state.pop("whatif_number", None)
    st.session_state["whatif_of"] = table.sha256


def _locks(table: Table) -> tuple[str, ...]:
    """Which columns may change; all others are locked, and said so."""
    offered = can_change(table)
    held = st.session_state.get("whatif_open")
    if held is not None and not {*held} <= {*offered}:  # of another table
        st.session_state.pop("whatif_open")
    picked = st.multiselect(
        "May change", offered, list(suggested(table)), max_selections=MOST_OPEN, key="whatif_open",
        help=f"At most {MOST_OPEN}. Take one out to lock it.", placeholder="Everything is locked",
        **_kept(table),
    )  # fmt: skip
    may_change = tuple(name for name in offered if name in picked)
    st.caption(typeset(words.locked_in_words(table, may_change)))
    return may_change


def _key(table: Table, name: str) -> str:
    """Of a column's slider."""
    return f"whatif_c{table.names.index(name)}"


@lru_cache(maxsize=128)  # Streamlit would write every stop at every run
def _stops(column: Column, low: float, high: float) -> dict[str, float]:
    """What a slider shows at each stop, and the value it stands for."""
    return {_shown(column, value): float(value) for value in stepped(column, low, high)}


def _shown(column: Column, value: float) -> str:
    return column.in_words(value) if column.levels else f"{value:.{column.places}f}".replace("-", "−")


def _stops_of(table: Table, name: str) -> dict[str, float]:
    at = table.names.index(name)
    values = table.rows[:, at]
    return _stops(table.columns[at], float(values.min()), float(values.max()))


def _sliders(table: Table, may_change: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """The columns that the reader moved, with their new values."""
    for name in may_change:
        drop_stale(_key(table, name), {AS_IT_IS, *_stops_of(table, name)})
    first, later = may_change[:FIRST_SLIDERS], may_change[FIRST_SLIDERS:]
    moved = [_slider(st, table, name) for name in first]
    if later:
        fold = opened_fold("More columns", "whatif_more", {_key(table, name): AS_IT_IS for name in later})
        if fold is not None:
            moved += [_slider(fold, table, name) for name in later]
    return tuple(one for one in moved if one is not None)


def _slider(place: Any, table: Table, name: str) -> tuple[str, float] | None:
    """One column's slider; None while it stands at what the case has."""
    column, stops = table.columns[table.names.index(name)], _stops_of(table, name)
    unit = f" ({column.unit})" if column.unit else ""
    stop = place.select_slider(
        typeset(f"{name}{unit}"), (AS_IT_IS, *stops), AS_IT_IS, key=_key(table, name), **_kept(table)
    )
    return None if stop == AS_IT_IS else (name, stops[stop])


def _along(table: Table, may_change: tuple[str, ...]) -> str:
    """The column that the picture goes along."""
    options = (LARGEST, *may_change)
    drop_stale("whatif_along", options)
    along = st.selectbox("Column along the bottom", options, key="whatif_along", **_kept(table))
    return "" if along == LARGEST else str(along)


def put_in(table: Table, may_change: tuple[str, ...], change: Change | None) -> None:
    """Set the sliders to a change that was found, or back to the case as it is."""
    for name in may_change:
        at = table.names.index(name)
        stop = AS_IT_IS
        if change is not None and at in change.columns:
            stop = _nearest(table, name, float(change.row[at]))
        st.session_state[_key(table, name)] = stop


def _nearest(table: Table, name: str, value: float) -> str:
    """The stop of a column's slider that is nearest to a value."""
    stops = _stops_of(table, name)
    return min(stops, key=lambda stop: abs(stops[stop] - value))


def pick_value(x: float, y: float) -> None:
    """A click or a drag on the picture moves the column that it goes along, whatever its height."""
    kept = visit().kept.get("whatif")
    told: WhatIf | None = kept[1] if kept else None
    if told is not None and np.isfinite(x) and told.column.name in told.settings.open:
        st.session_state[_key(told.table, told.column.name)] = _nearest(told.table, told.column.name, x)


def below(told: WhatIf) -> None:
    """Money, a second way, the truth, the case, the other models, and buttons that set the sliders."""
    st.markdown(typeset(words.whatif_below(told)))
    st.caption(typeset(words.HONEST))
    tables = words.whatif_tables(told)
    for tab, (_, table) in zip(st.tabs([name for name, _ in tables]), tables, strict=True):
        tab.markdown(typeset(table))
    ways = [("Move the sliders there", told.found.first), ("Move them the second way", told.found.second)]
    ready = [(label, change) for label, change in ways if change is not None]
    if not ready:
        return
    for place, (label, change) in zip(st.columns(len(ready)), ready, strict=True):
        place.button(
            label, key=f"whatif_put_{label.split()[-1]}", on_click=put_in,
            args=(told.table, told.settings.open, change), width="stretch",
        )  # fmt: skip


_ALL_AS_IT_IS = {f"whatif_c{at}": AS_IT_IS for at in range(5)}  # the loans' columns that may change
WHATIF_PRESETS = tuple(
    Preset(name, {"whatif_side": side, "whatif_number": number, "whatif_model": "ebm", **_ALL_AS_IT_IS})
    for name, side, number in (
        ("One held back", SIDES[0], ON_A_CLIFF),
        ("A near miss", SIDES[0], 1),
        ("One let through", SIDES[1], 1),
    )
)
