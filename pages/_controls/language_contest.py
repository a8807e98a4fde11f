"""The controls of one scene of "Language": how many labels, and what they and the mistakes cost."""

from __future__ import annotations

import math

import streamlit as st

from dl_core.language import contest as core
from dl_core.language.contest_in_words import after_the_bill, bill, twins
from pages._shared.first_value import begins
from pages._shared.lesson import Preset
from pages._shared.typeset import markdown_table, typeset
from pages._words import language_contest as words

LINK = "query-params"


def contest() -> core.Settings:
    """The task, the labels, and the prices; volume and price of a mistake begin with the running case."""
    start = core.Settings()
    task = st.segmented_control(
        words.CONTEST_TASK,
        core.TASKS,
        default=start.task,
        required=True,
        key="words_contest_task",
        bind=LINK,
        format_func=words.CONTEST_TASKS.get,
    )
    n = st.select_slider(
        words.CONTEST_LABELS,
        core.SIZES,
        start.n,
        key="words_contest_labels",
        bind=LINK,
        format_func="{:,}".format,
        help=words.CONTEST_LABELS_HELP,
    )
    left, right = st.columns(2)
    label = left.number_input(
        words.CONTEST_LABEL,
        0.0,
        core.DEAREST,
        start.label,
        0.1,
        format="%.6g",
        key="words_contest_label",
        bind=LINK,
        help=words.CONTEST_LABEL_HELP,
    )
    wrong = right.number_input(
        words.CONTEST_WRONG,
        0.0,
        core.DEAREST,
        begins("words_contest_wrong", lambda case: case.alarm_costs),
        1.0,
        format="%.6g",
        key="words_contest_wrong",
        bind=LINK,
        help=words.CONTEST_WRONG_HELP,
    )
    per_day = st.number_input(
        words.CONTEST_PER_DAY,
        1,
        core.MOST_A_DAY,
        begins("words_contest_per_day", lambda case: case.per_day),
        100,
        key="words_contest_per_day",
        bind=LINK,
    )
    return core.Settings(n, label, wrong, per_day, task or start.task)


def pick_contest(x: float, y: float) -> None:
    """A press on the picture chooses the nearest measured number of labels; the axis is logarithmic."""
    at = math.log(max(x, 1.0))
    st.session_state["words_contest_labels"] = min(core.SIZES, key=lambda n: abs(math.log(n) - at))


CONTEST_PRESETS = tuple(Preset(name, {"words_contest_labels": n}) for name, n in core.PRESETS.items())


def contest_below(told: core.Contest) -> None:
    """The bill of each way; or the twins of the task where order decides."""
    if told.settings.task == "order":
        st.caption(typeset(twins(told)))
        return
    st.markdown(typeset(markdown_table(bill(told))))
    st.caption(typeset(after_the_bill(told)))
