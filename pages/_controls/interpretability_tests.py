"""Controls of two scenes of "Interpretability": columns shuffled, and a small tree that imitates a model."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dl_core.interpretability import shuffle as shuffle_core
from dl_core.interpretability import surrogate as surrogate_core
from dl_core.interpretability.alike import MOST_TOGETHER
from dl_core.interpretability.copies import DEEPEST
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.shuffle import PAGE, Shuffle
from dl_core.interpretability.surrogate import UNREADABLE, Surrogate
from dl_core.interpretability.tables import NAMES, ready_made
from dl_core.numbers_in_words import so_many
from pages._shared.lesson import Preset
from pages._shared.typeset import typeset
from pages._shared.visit import visit
from pages._words import interpretability_tests as words

LINK: Literal["query-params"] = "query-params"
OPENING = "board"  # key of the scene that has the table and the bar
TRAP = "cancer"  # the table where the trap can be seen
ON = {TRAP: NAMES[TRAP], PAGE: "This page’s table"}


def _question() -> Question:
    """What the opening scene on the screen asks."""
    kept = visit().kept.get(OPENING)
    found: Question = kept[0] if kept else at_rest()
    return found


def shuffle() -> shuffle_core.Settings:
    """Whose rows, which model, and which columns together."""
    question = _question()
    on: str = st.segmented_control(
        "Shuffle rows of", list(ON), default=TRAP, required=True, key="shuffle_on", bind=LINK,
        format_func=lambda key: ON[key], help="The page’s prices and its bar hold for either.",
    )  # fmt: skip
    start = shuffle_core.at_rest().model
    model = st.selectbox(
        "Model", list(KINDS), list(KINDS).index(start), key="shuffle_model", bind=LINK,
        format_func=lambda key: KINDS[key].name,
    )  # fmt: skip
    table = question.table if on == PAGE else ready_made(on)
    # names of a reader's own columns stay out of the link
    key = "shuffle_own" if table.is_own else "shuffle_columns"
    if not set(st.session_state.get(key) or ()) <= set(table.names):
        st.session_state.pop(key, None)
    picked = st.multiselect(
        "Columns to shuffle", table.names, key=key, max_selections=MOST_TOGETHER,
        placeholder="Those that travel together", help=words.SHUFFLE_COLUMNS,
        **({"persist_state": "session"} if table.is_own else {"bind": LINK}),
    )  # fmt: skip
    if len(picked) == 1:
        st.caption(words.SHUFFLE_ONE)
    return shuffle_core.Settings(question, on, model, tuple(picked) if len(picked) > 1 else ())


def shuffle_below(told: Shuffle) -> None:
    """Three questions that sound alike, and cases that cannot exist."""
    st.markdown(typeset(words.shuffle_below(told)))


SHUFFLE_PRESETS = tuple(
    Preset(name, {"shuffle_on": TRAP, "shuffle_model": model, "shuffle_columns": []})
    for name, model in (("All bars short", "ebm"), ("Counted twice", "forest"), ("One takes all", "tree"))
)


def surrogate() -> surrogate_core.Settings:
    """Which model is imitated, and how many questions the copy may ask."""
    start = surrogate_core.at_rest()
    model = st.selectbox(
        "Imitate", UNREADABLE, UNREADABLE.index(start.model), key="surrogate_model", bind=LINK,
        format_func=lambda key: KINDS[key].name,
    )  # fmt: skip
    depth = st.slider(
        "Questions in a row", 1, DEEPEST, start.depth, key="surrogate_depth", bind=LINK,
        help=words.SURROGATE_DEPTH,
    )  # fmt: skip
    return surrogate_core.Settings(_question(), model, depth)


def surrogate_below(told: Surrogate) -> None:
    """Where the copy is not the model, and its rules in words."""
    st.markdown(typeset(words.surrogate_below(told)))
    with st.expander(f"The copy’s {so_many(told.copy.n_rules, 'rule')}"):
        st.markdown(typeset(words.rules_below(told)))


SURROGATE_PRESETS = tuple(
    Preset(name, {"surrogate_model": "boosted", "surrogate_depth": depth})
    for name, depth in (("One question", 1), ("Three questions", 3), ("Six questions", DEEPEST))
)
