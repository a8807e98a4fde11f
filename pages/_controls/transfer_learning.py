"""Controls of the opening scene of "Transfer learning": which pictures, how many, which draw."""

from __future__ import annotations

import streamlit as st

from dl_core.transfer import opening
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import TASKS, ready_made
from pages._shared.lesson import Preset
from pages._shared.photo_piles import own_pictures

LINK = "query-params"
PHOTOS = (1, 2, 3, 5, 10, 20, 40, 80, opening.MOST)
OWN = "task_own"  # the switch that turns to the reader's own photos


def task() -> opening.Settings:
    """The pictures first; then how many are learned from, and which ones."""
    pictures = _pictures()
    n_per_class = st.select_slider(
        "Pictures a class to learn from",
        PHOTOS,
        opening.at_rest().n_per_class,
        key="task_photos",
        bind=LINK,
        format_func=lambda n: "All" if n == opening.MOST else str(n),
        help="A third of each class is held out. A class with fewer gives all it has.",
    )
    seed = st.number_input(
        "Draw",
        0,
        opening.MOST_SEED,
        opening.at_rest().seed,
        key="task_draw",
        bind=LINK,
        help="Another draw holds out other pictures and learns from others. Watch how far the score moves.",
    )
    return opening.Settings(pictures, n_per_class, seed)


def _pictures() -> Pictures:
    """A ready-made task, or the reader's own photos once two classes have some."""
    ready_tab, own_tab = st.tabs(["Ready-made", "Your photos"])
    with ready_tab:
        key = st.pills(
            "Task",
            list(TASKS),
            default=next(iter(TASKS)),
            required=True,
            key="task_choice",
            bind=LINK,
            format_func=lambda key: TASKS[key].name,
            on_change=_turn_to_ready_made,
        )
        st.caption(f"{TASKS[key].what} {TASKS[key].credit}.")
    with own_tab:
        own = own_pictures("task")
        if own is not None and st.toggle("Train on these photos", value=True, key=OWN):
            return own
    return ready_made(key)


def _turn_to_ready_made() -> None:
    if OWN in st.session_state:
        st.session_state[OWN] = False


TASK_PRESETS = (
    Preset("5 a class", {"task_photos": 5}),
    Preset("20 a class", {"task_photos": 20}),
    Preset("All of them", {"task_photos": opening.MOST}),
)
