"""Controls of one scene of "Transfer learning": how many photos are enough."""

from __future__ import annotations

import streamlit as st

from dl_core.transfer import enough
from dl_core.transfer.cifar_features import NAMES, SIZES
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._words.transfer_learning_enough import ENOUGH_ASSUMED, ENOUGH_NOTE, ENOUGH_TWO

LINK = "query-params"
START = enough.Settings()


def curve() -> enough.Settings:
    """The classes, the photos of each, and what a label takes."""
    photos = st.select_slider(
        "Training photos of each class",
        SIZES,
        START.photos_per_class,
        key="enough_photos",
        bind=LINK,
        help="Or press a place on the picture.",
    )
    picked = st.pills(
        "Classes to tell apart",
        NAMES,
        selection_mode="multi",
        default=list(START.classes),
        key="enough_classes",
        bind=LINK,
        format_func=str.capitalize,
    )
    classes = tuple(name for name in NAMES if name in picked) if len(picked) > 1 else NAMES
    if len(picked) < 2:
        st.caption(ENOUGH_TWO)
    elif classes != NAMES:
        st.caption(ENOUGH_NOTE)
    double = st.toggle(
        "Two people label each photo",
        START.double,
        key="enough_double",
        bind=LINK,
        help="Where they differ, a third look finds wrong labels.",
    )
    return enough.Settings(classes, photos, double, *_prices())


def _prices() -> tuple[float, float, float]:
    """What a label costs, how long it takes, and how many hours a week one person labels."""
    start = {
        "enough_price": START.price_per_label,
        "enough_seconds": START.seconds_per_label,
        "enough_hours": START.hours_per_week,
    }
    fold = opened_fold("More: price and time of a label", "enough_more", start)
    if fold is None:
        return START.price_per_label, START.seconds_per_label, START.hours_per_week
    limits = enough.LIMITS
    with fold:
        price = st.number_input(
            "Price of one label ($)", 0.0, limits["price_per_label"], START.price_per_label, 0.01,
            format="%.2f", key="enough_price", bind=LINK,
        )  # fmt: skip
        seconds = st.number_input(
            "Seconds for one label", 0.1, limits["seconds_per_label"], START.seconds_per_label, 1.0,
            format="%.1f", key="enough_seconds", bind=LINK,
        )  # fmt: skip
        hours = st.number_input(
            "Hours a week that one person labels", 1.0, limits["hours_per_week"], START.hours_per_week, 1.0,
            format="%.0f", key="enough_hours", bind=LINK,
        )  # fmt: skip
        st.caption(ENOUGH_ASSUMED)
    return price, seconds, hours


def pick_photos(x: float, y: float) -> None:
    """A press on the picture chooses the nearest measured size; the axis is logarithmic."""
    st.session_state["enough_photos"] = enough.nearest_size(x)


ENOUGH_PRESETS = tuple(
    Preset(
        name,
        {
            "enough_photos": one.photos_per_class,
            "enough_classes": list(one.classes),
            "enough_double": one.double,
        },
    )
    for name, one in enough.PRESETS.items()
)
