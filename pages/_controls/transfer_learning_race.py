"""Controls of the scene "race" of "Transfer learning": how many photos, and how long."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dl_core.transfer import race as core
from dl_core.transfer.opening import MOST
from dl_core.transfer.tasks import TASKS, ready_made
from pages._shared.lesson import Preset
from pages._shared.visit import visit

LINK: Literal["query-params"] = "query-params"
OPENING = "task"  # key of the scene that has the pictures
SAME = 0  # as many as the opening scene learns from
PHOTOS = (5, 20, MOST, SAME)
CHOSEN, FAR = "chosen", "numbers"  # the opening scene's task, and one on which borrowing gains nothing


def race() -> core.Settings:
    """The pictures and the draw of the opening scene; how many of them, and how long the training."""
    opening = visit().kept[OPENING][1].settings
    which = st.segmented_control(
        "Photos to race on",
        (CHOSEN, FAR),
        default=CHOSEN,
        required=True,
        key="race_which",
        bind=LINK,
        format_func=lambda which: "The chosen task" if which == CHOSEN else TASKS[which].name,
    )
    photos = st.segmented_control(
        "Photos a class to learn from",
        PHOTOS,
        default=MOST,
        required=True,
        key="race_photos",
        bind=LINK,
        format_func=lambda n: {MOST: "All", SAME: "As in the four steps"}.get(n, str(n)),
        help="The held-out photos stay the same. All gives training from scratch its best chance.",
    )
    effort = st.segmented_control(
        "Training time",
        core.EFFORTS,
        default=core.EFFORTS[0],
        required=True,
        key="race_effort",
        bind=LINK,
        format_func=lambda times: "As planned" if times == 1 else f"{times} times as long",
        help="For the last stage and for the training from scratch. The head is solved for at once.",
    )
    pictures = opening.pictures if which == CHOSEN else ready_made(which)
    return core.Settings(pictures, photos or opening.n_per_class, opening.seed, effort)


RACE_PRESETS = (
    Preset("All photos", {"race_which": CHOSEN, "race_photos": MOST, "race_effort": core.EFFORTS[0]}),
    Preset("Five a class", {"race_which": CHOSEN, "race_photos": 5, "race_effort": core.EFFORTS[0]}),
    Preset("Train longer", {"race_which": CHOSEN, "race_photos": MOST, "race_effort": core.EFFORTS[-1]}),
    Preset("Far: house numbers", {"race_which": FAR, "race_photos": MOST, "race_effort": core.EFFORTS[0]}),
)
