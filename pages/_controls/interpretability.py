"""Controls of the opening scene of "Interpretability trade-offs": the table, two prices and the bar."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dl_core.interpretability.board import Board, bar_in_words
from dl_core.interpretability.carried import carry_over
from dl_core.interpretability.cross_validation import TooFewRows
from dl_core.interpretability.own_table import Own, answers_of, likely_bad, own_table, read_own
from dl_core.interpretability.question import MOST, Question, at_rest
from dl_core.interpretability.table import Table
from dl_core.interpretability.tables import NAMES, ready_made
from dl_core.mlp.upload import Table as Read
from dl_core.mlp.upload import UnreadableTable
from dl_core.numbers_in_words import percent
from dl_core.running_case import Case
from pages._shared.fold import opened_fold
from pages._shared.job import Shelf
from pages._shared.lesson import Preset
from pages._shared.stale import drop_stale
from pages._shared.typeset import typeset
from pages._words import interpretability as words

LINK = "query-params"
START = at_rest()
OWN = "own"
FORMULA = 0  # where the bar's slider stands while the two prices set it
BARS = (FORMULA, *range(1, 100))  # percent
TABLES = {**NAMES, OWN: "Your table"}
# what is chosen about the columns of the reader's file; another file has others
ABOUT_COLUMNS = ("board_out", "board_protected", "board_fixed")


def board() -> Question:
    """The table first, then what its mistakes cost, then the bar."""
    key = st.pills(
        "Table", list(TABLES), default=START.table.key, required=True, key="board_table", bind=LINK,
        format_func=TABLES.get,
    )  # fmt: skip
    table = _own() if key == OWN else ready_made(key)
    left, right = st.columns(2)
    miss = left.number_input(
        "A miss costs ($)", 1.0, MOST, START.miss, 100.0, format="%.0f", key="board_miss", bind=LINK,
        help="A bad case that is let through.",
    )  # fmt: skip
    false_alarm = right.number_input(
        "A false alarm costs ($)", 1.0, MOST, START.false_alarm, 50.0, format="%.0f", key="board_alarm",
        bind=LINK, help="A fine case that is held back.",
    )  # fmt: skip
    bar = st.select_slider(
        "Hold back from a risk of", BARS, FORMULA, key="board_bar", bind=LINK,
        format_func=lambda share: f"{share} %" if share else "by formula",
        help="The bar for all models. By formula it follows the two prices.",
    )  # fmt: skip
    question = Question(table, miss, false_alarm, None if bar == FORMULA else bar / 100)
    st.caption(typeset(f"{base_rate(table)} {bar_in_words(question)} {table.source}"))
    return question


def base_rate(table: Table) -> str:
    """How many bad cases the table has.

    >>> base_rate(ready_made("loans"))
    'Of 2,000 loans, 18 % are “not paid back”.'
    """
    return f"Of {len(table.bad):,} {table.items}, {percent(table.bad_share)} are “{table.bad_name}”."


def _own() -> Table:
    """The reader's own file; what cannot be read is said, and the table before it stays."""
    st.caption(words.OWN_HINT)
    file = st.file_uploader(
        "Your table", ["csv", "tsv", "txt"], max_upload_size=5, key="board_file", label_visibility="collapsed"
    )
    kept: Own | None = st.session_state.get("board_own")
    try:
        read = _read(file)
        own = _decided(*read) if read else kept
    except (UnreadableTable, TooFewRows) as problem:  # both speak to the reader
        st.info(str(problem), icon=":material/info:")
        own = kept
    if own is None:
        st.caption(words.OWN_NOTHING_YET)
        return START.table
    st.session_state["board_own"] = own
    if own.remarks:
        with st.expander(words.OWN_REMARKS.format(len(own.remarks))):
            for remark in own.remarks:
                st.markdown(typeset(remark))
    return own.table


def _read(file: UploadedFile | None) -> tuple[Any, Read] | None:
    """The file with the column that is to be guessed; without a file what was read last in this visit."""
    if file is None:
        last: tuple[Any, Read] | None = st.session_state.get("board_read")
        return last
    key = (file.file_id, None)
    read = _once(key, lambda: read_own(file.getvalue()))
    drop_stale("board_label", read.choices)
    label = st.selectbox(
        "Guess this column", read.choices, read.choices.index(read.label), key="board_label",
        persist_state="session",
    )  # fmt: skip
    if label != read.label:
        key = (file.file_id, label)
        read = _once(key, lambda: read_own(file.getvalue(), label))
    if (before := st.session_state.get("board_read")) and before[0] != key:  # its choices are of no use here
        for name in ("board_bad", *ABOUT_COLUMNS):
            st.session_state.pop(name, None)
    st.session_state["board_read"] = (key, read)
    return key, read


def _decided(of: Any, read: Read) -> Own:
    """Which answer is the bad one, and what is to be known of the columns of this file and label."""
    answers = answers_of(read)
    drop_stale("board_bad", answers)
    bad = st.selectbox(
        "The bad answer", answers, answers.index(likely_bad(read)), key="board_bad", persist_state="session",
        help="The one that you look for: then a case is held back.",
    )  # fmt: skip
    chosen: dict[str, tuple[str, ...]] = dict.fromkeys(ABOUT_COLUMNS, ())
    fold = opened_fold("About its columns", "board_columns", {key: [] for key in ABOUT_COLUMNS})
    if fold is not None:
        for key, (label, tip) in zip(ABOUT_COLUMNS, words.OWN_COLUMNS, strict=True):
            picked = fold.multiselect(label, read.columns, key=key, help=tip, persist_state="session")
            chosen[key] = tuple(name for name in read.columns if name in picked)
    out, protected, fixed = (chosen[key] for key in ABOUT_COLUMNS)
    made: Own = _once(
        (of, bad, out, protected, fixed),
        lambda: own_table(read, bad, left_out=out, protected=protected, fixed=fixed),
    )
    before: Own | None = st.session_state.get("board_own")
    if before is not None and before is not made:  # to call a column protected trains nothing anew
        carry_over(before.table, made.table)
    return made


def _once(key: Any, make: Any) -> Any:
    """What was read or made of the file, done once and not again at every move of a slider."""
    made: Shelf = st.session_state.setdefault("board_made", Shelf(6))
    found = made.take(key)
    if found is None:
        found = (make(),)
        made.put(key, found[0])
    return found[0]


def leave_out(names: tuple[str, ...]) -> None:
    """Leave these columns out too."""
    before = st.session_state.get("board_out") or []
    st.session_state["board_out"] = [*before, *(name for name in names if name not in before)]


def below(told: Board) -> None:
    """A column that gives the answer away, and what each model takes."""
    if told.leak:
        st.warning(typeset(words.leak_in_words(told.leak)), icon=":material/warning:")
        several = len(told.leak.columns) > 1
        st.button(
            "Leave them out" if several else "Leave it out", key="board_leave", on_click=leave_out,
            args=(told.leak.columns,), icon=":material/remove_circle:",
        )  # fmt: skip
    if not told.rows:
        return
    tabs = st.container(key="board_tables").tabs([name for name, _ in words.BOARD_TABLES])
    for tab, (_, lines) in zip(tabs, words.BOARD_TABLES, strict=True):
        tab.markdown(typeset(lines(told)))


def board_of(case: Case) -> dict[str, Any]:
    """The running case's prices, on whatever table is chosen."""
    return {"board_miss": case.miss_costs, "board_alarm": case.alarm_costs, "board_bar": FORMULA}


BOARD_PRESETS = (
    Preset(
        "Loans, cheapest bar",
        {"board_table": "loans", "board_miss": 1000.0, "board_alarm": 100.0, "board_bar": FORMULA},
    ),
    Preset(
        "Loans, bar at 50 %",
        {"board_table": "loans", "board_miss": 1000.0, "board_alarm": 100.0, "board_bar": 50},
    ),
    Preset(
        "Cells, a miss is dear",
        {"board_table": "cancer", "board_miss": 10_000.0, "board_alarm": 500.0, "board_bar": FORMULA},
    ),
)
