"""What the scene `distance` asks and shows beside its picture."""

from __future__ import annotations

import streamlit as st

from dl_core.transfer import distance as core
from dl_core.transfer.distance_in_words import forecast_rows, forecast_sentences
from pages._shared.visit import visit
from pages._words import transfer_learning_distance as words

PLANS = (words.AS_NOW, "5", "20", "50", "100", "200", "500", "1000")


def distance_controls() -> core.Settings:
    """The task of the opening scene, and how many pictures of each class there could be."""
    opening = visit().kept["task"][1]
    plan = st.select_slider(
        words.PLAN, PLANS, value=words.AS_NOW, key="distance_plan", bind="query-params", help=words.PLAN_HELP
    )
    now = max(1, min(count for count in opening.counts if count))  # what it really learned from
    n_per_class = now if plan == words.AS_NOW else int(plan)
    return core.Settings(opening.pictures, min(n_per_class, core.MOST))


def distance_below(_: core.Distance) -> None:
    """Where the lines come from, and whether distance forecasts anything."""
    for paragraph in (*words.line_notes(), *forecast_sentences()):
        st.caption(paragraph)
    with st.expander(words.TABLE_LABEL):
        columns = zip(words.TABLE, zip(*forecast_rows(), strict=True), strict=True)
        st.table(dict(columns), hide_index=True, border="horizontal")
        st.caption(words.table_note())
