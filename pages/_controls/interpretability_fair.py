"""Controls of two scenes of "Interpretability": which kind of fair, and what is hidden; and the legal box."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from dl_core.interpretability import fair as fair_core
from dl_core.interpretability import proxy as proxy_core
from dl_core.interpretability.fair_rules import RULES
from dl_core.interpretability.groups import instead_in_words, looked_at, protected
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question, at_rest
from pages._shared.lesson import Preset
from pages._shared.stale import drop_stale
from pages._shared.typeset import typeset
from pages._shared.visit import visit
from pages._words import interpretability_fair as words
from pages._words import interpretability_fair_legal as legal

LINK: Literal["query-params"] = "query-params"
OPENING = "board"  # key of the scene that has the table and the bar
# a small tree and kNN give too few different answers to set two bars
FAIR_MODELS = tuple(key for key in KINDS if key not in ("tree", "knn"))


def _question() -> Question:
    """What the opening scene on the screen asks."""
    kept = visit().kept.get(OPENING)
    found: Question = kept[0] if kept else at_rest()
    return found


def _column(key: str, question: Question) -> str:
    """The protected column; asked only where there is a choice."""
    table = looked_at(question).table
    columns = protected(table)
    drop_stale(key, columns)
    if len(columns) < 2:
        return columns[0]
    # names of a reader's own columns are in no link
    stays: dict[str, Any] = {"persist_state": "session"} if table.is_own else {"bind": LINK}
    chosen = st.segmented_control(
        "Protected column", columns, default=columns[0], required=True, key=key, **stays
    )
    return str(chosen)


def _model(key: str, keys: tuple[str, ...], start: str) -> str:
    return str(
        st.selectbox(
            "Model", keys, keys.index(start), key=key, bind=LINK, format_func=lambda each: KINDS[each].name
        )
    )


def _note(question: Question, note: str) -> None:
    """Why the made loans stand here, where they do; then the small print."""
    instead = instead_in_words(question.table)
    if instead:
        st.info(typeset(instead), icon=":material/info:")
    st.caption(typeset(note))


def fair() -> fair_core.Settings:
    """What shall be the same, for whose answers."""
    start, question = fair_core.at_rest(), _question()
    rule = st.radio(
        "Make it fair by",
        list(RULES),
        list(RULES).index(start.rule),
        key="fair_rule",
        bind=LINK,
        format_func=lambda key: RULES[key].name,
        help=words.FAIR_HELP,
    )
    model = _model("fair_model", FAIR_MODELS, start.model)
    column = _column("fair_column", question)
    _note(question, words.FAIR_NOTE)
    return fair_core.Settings(question, rule, model, column)


def pick_rule(_x: float, y: float) -> None:
    """A click on a row chooses that rule."""
    rules = list(RULES)
    st.session_state["fair_rule"] = rules[min(max(round(y), 0), len(rules) - 1)]


def fair_below(told: fair_core.Fair) -> None:
    """The rules against the gaps, and what counsel must hear."""
    if told.policies:
        st.warning(typeset(legal.GROUP_BARS), icon=":material/gavel:")
        st.markdown(typeset(words.fair_below(told)))
        with st.expander(words.FAIR_MORE):
            st.markdown(typeset(words.fair_lines(told)))


FAIR_PRESETS = tuple(
    Preset(name, {"fair_rule": rule, "fair_model": "ebm"})
    for name, rule in (
        ("Same share held back", "held"),
        ("Same meaning", "meaning"),
        ("One bar", "bar"),
    )
)


def proxy() -> proxy_core.Settings:
    """Whose gap, in what, and which column is hidden."""
    start, question = proxy_core.at_rest(), _question()
    measure = st.segmented_control(
        "Compare the",
        list(proxy_core.MEASURES),
        default=start.measure,
        required=True,
        key="proxy_measure",
        bind=LINK,
        format_func=lambda key: proxy_core.MEASURES[key],
    )
    model = _model("proxy_model", proxy_core.MODELS, start.model)
    column = _column("proxy_column", question)
    _note(question, words.PROXY_NOTE)
    return proxy_core.Settings(question, model, measure, column)


PROXY_PRESETS = tuple(
    Preset(name, {"proxy_measure": measure, "proxy_model": model})
    for name, measure, model in (
        ("EBM, held back", "held", "ebm"),
        ("EBM, mean risk", "risk", "ebm"),
        ("Boosted trees", "held", "boosted"),
    )
)


def legal_box() -> None:
    """The legal facts in a box: a line each, the rest folded."""
    with st.container(border=True, key="legal_box"):
        st.markdown(f"**:material/gavel: {legal.TITLE}**")
        st.markdown(typeset(legal.lines()))
        st.caption(typeset(legal.WARNING))
        with st.expander(legal.MORE):
            st.markdown(typeset(legal.details()))


def proxy_below(told: proxy_core.Proxy) -> None:
    """The proxy test, then what the law says."""
    if told.trainings:
        st.markdown(typeset(words.proxy_below(told)))
    legal_box()
