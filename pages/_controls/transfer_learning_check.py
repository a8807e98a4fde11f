"""Controls of three scenes of "Transfer learning": the leak, the confusion square, and “none of these”."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dl_core.figures.transfer_confusion import cell_at
from dl_core.transfer import confusion as confusion_core
from dl_core.transfer import leak as leak_core
from dl_core.transfer import opening
from dl_core.transfer import stranger as stranger_core
from pages._shared.lesson import Preset
from pages._shared.photo_input import choose_photo
from pages._shared.stale import drop_stale
from pages._shared.visit import visit
from pages._words import transfer_learning_check as words

LINK: Literal["query-params"] = "query-params"
OPENING = "task"  # key of the scene that has the pictures
ANY = -1  # in a list of classes: whichever has the commonest mistake
PHOTOS = (3, 5, 10, 20, leak_core.ALL)
LEAKING, ABOVE = "leak", "above"
MOST_NUMBER = 500  # after the last photo the first comes again


def _opening() -> opening.Settings:
    """What the opening scene on the screen shows."""
    found: opening.Settings = visit().kept[OPENING][0]
    return found


def leak() -> leak_core.Settings:
    """Which photos are dealt, and how many are learned from."""
    labels = {LEAKING: leak_core.leak_task().name, ABOVE: "The chosen task"}
    which = st.segmented_control(
        "Photos to deal",
        (LEAKING, ABOVE),
        default=LEAKING,
        required=True,
        key="leak_which",
        bind=LINK,
        format_func=lambda which: labels[which],
    )
    n_per_class = st.select_slider(
        "Photos a class to learn from",
        PHOTOS,
        leak_core.ALL,
        key="leak_photos",
        bind=LINK,
        format_func=lambda n: "All" if n == leak_core.ALL else str(n),
        help="The same number in both ways. A third of each class is held out.",
    )
    pictures = leak_core.leak_task() if which == LEAKING else _opening().pictures
    return leak_core.Settings(pictures, n_per_class)


LEAK_PRESETS = (
    Preset("The leak, on purpose", {"leak_which": LEAKING, "leak_photos": leak_core.ALL}),
    Preset("With few photos", {"leak_which": LEAKING, "leak_photos": 5}),
    Preset("The chosen task", {"leak_which": ABOVE, "leak_photos": leak_core.ALL}),
)


def confusion() -> confusion_core.Settings:
    """Which cell is open."""
    at = _opening()
    names = at.pictures.names
    options = (ANY, *range(len(names)))
    chosen = []
    for place, key, label in zip(
        st.columns(2),
        ("confusion_truth", "confusion_said"),
        ("Photos that are", "and that it calls"),
        strict=True,
    ):
        drop_stale(key, options)  # another task has other classes
        chosen.append(
            place.selectbox(
                label,
                options,
                key=key,
                bind=None if at.pictures.is_own else LINK,  # a reader's own names stay out of the address
                format_func=lambda which: "(any)" if which == ANY else names[which],
                help="“(any)” opens the commonest mistake that fits. Or click on a cell.",
            )
        )
    truth, said = (None if which == ANY else which for which in chosen)
    return confusion_core.Settings(at.pictures, at.n_per_class, at.seed, truth, said)


def pick_cell(x: float, y: float) -> None:
    """A click on the square opens the cell there."""
    found = cell_at(len(_opening().pictures.names), x, y)
    if found:
        st.session_state["confusion_truth"], st.session_state["confusion_said"] = found


def stranger() -> stranger_core.Settings:
    """What refusing may cost, and which new photo is shown."""
    at = _opening()
    refuse = st.select_slider(
        "Known photos in 100 that may be refused",
        stranger_core.PRICES,
        stranger_core.Settings.refuse,
        key="stranger_refuse",
        bind=LINK,
        help="The price of caution: both bars refuse this many of the photos kept aside.",
    )
    looks: dict[stranger_core.Look, str] = {
        "stranger": "A stranger",
        "known": "A held-out photo",
        "photo": "Your photo",
    }
    look = st.segmented_control(
        "New photo",
        list(looks),
        default="stranger",
        required=True,
        key="stranger_look",
        bind=LINK,
        format_func=lambda look: looks[look],
    )
    number, photo = 1, None
    if look == "photo":
        photo = choose_photo("photo", with_picture=False)
    else:
        number = st.number_input(
            "Number of the photo",
            1,
            MOST_NUMBER,
            1,
            key="stranger_number",
            bind=LINK,
            help="Go through them one by one. After the last the first comes again.",
        )
    st.caption(words.STRANGER_NOTE)
    return stranger_core.Settings(at.pictures, at.n_per_class, at.seed, refuse, look, number, photo)


STRANGER_PRESETS = (
    Preset("Refuse few", {"stranger_refuse": 1}),
    Preset("Refuse 5 in 100", {"stranger_refuse": 5}),
    Preset("Refuse many", {"stranger_refuse": 20}),
)
