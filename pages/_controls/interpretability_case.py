"""Controls of two scenes of "Interpretability": whose answer about which case, and a case for all models."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dl_core.interpretability import agree as agree_core
from dl_core.interpretability import onecase as onecase_core
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question, at_rest
from pages._shared.lesson import Preset
from pages._shared.visit import visit
from pages._words import interpretability_case as words

LINK: Literal["query-params"] = "query-params"
OPENING = "board"  # key of the scene that has the table and the bar

PILES: dict[onecase_core.Which, str] = {"wrong": "Wrong answers", "right": "Right answers"}
ORDERS: dict[agree_core.Which, str] = {
    "wrong": "Most are wrong",
    "apart": "They part most",
    "alike": "They agree most",
}


def _question() -> Question:
    """What the opening scene on the screen asks."""
    kept = visit().kept.get(OPENING)
    found: Question = kept[0] if kept else at_rest()
    return found


def _number(key: str, most: int) -> int:
    """Which case, one by one: also by keyboard."""
    return int(
        st.number_input(
            "Number of the case",
            1,
            most,
            1,
            key=key,
            bind=LINK,
            help="Go through them one by one. After the last the first comes again.",
        )
    )


def onecase() -> onecase_core.Settings:
    """Whose answer, and which case."""
    start = onecase_core.at_rest()
    model = st.selectbox(
        "Model",
        list(KINDS),
        list(KINDS).index(start.model),
        key="onecase_model",
        bind=LINK,
        format_func=lambda key: KINDS[key].name,
    )
    which = st.segmented_control(
        "Cases with",
        list(PILES),
        default=start.which,
        required=True,
        key="onecase_which",
        bind=LINK,
        format_func=lambda which: PILES[which],
    )
    number = _number("onecase_number", onecase_core.MOST_NUMBER)
    st.caption(words.ONECASE_NOTE)
    return onecase_core.Settings(_question(), model, which, number)


ONECASE_PRESETS = tuple(
    Preset(name, {"onecase_model": model, "onecase_which": "wrong", "onecase_number": 1})
    for name, model in (
        ("One weight a column", "logistic"),
        ("Old cases", "knn"),
        ("Shares of a network", "mlp"),
    )
)


def agree() -> agree_core.Settings:
    """Which case all models explain."""
    which = st.segmented_control(
        "Cases first where",
        list(ORDERS),
        default="wrong",
        required=True,
        key="agree_which",
        bind=LINK,
        format_func=lambda which: ORDERS[which],
    )
    number = _number("agree_number", agree_core.MOST_NUMBER)
    st.caption(words.AGREE_NOTE)
    return agree_core.Settings(_question(), which, number)


AGREE_PRESETS = tuple(
    Preset(name, {"agree_which": which, "agree_number": 1}) for which, name in ORDERS.items()
)
