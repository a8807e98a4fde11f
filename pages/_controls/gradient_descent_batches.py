"""The controls of the scenes on batches: each draws widgets and returns frozen settings."""

from __future__ import annotations

import streamlit as st

from dl_core import batch_noise, batch_sizes, digit_batches
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset

LINK = "query-params"


def batch() -> batch_sizes.Settings:
    """The rate, the passes and the mini-batch that the three runs share."""
    start = batch_sizes.Settings()
    learning_rate = st.select_slider(
        "Learning rate",
        batch_sizes.RATES,
        start.learning_rate,
        key="batch_rate",
        bind=LINK,
        format_func="{:g}".format,
    )
    n_epochs = st.slider(
        "Passes over all wines",
        1,
        batch_sizes.MOST_EPOCHS,
        start.n_epochs,
        key="batch_epochs",
        bind=LINK,
        help="Engineers say epochs.",
    )
    batch_size = st.segmented_control(
        "Wines in a mini-batch",
        batch_sizes.BATCH_SIZES,
        default=start.batch_size,
        required=True,
        key="batch_size",
        bind=LINK,
    )
    return batch_sizes.Settings(
        learning_rate, batch_size, n_epochs, _seed("batch", "Order number", start.seed)
    )


def noise() -> batch_noise.Settings:
    """How many wines each estimate asks, and where on the way it is asked."""
    start = batch_noise.Settings()
    batch_size = st.select_slider(
        "Wines in the batch", batch_noise.SIZES, start.batch_size, key="noise_size", bind=LINK
    )
    place = st.segmented_control(
        "Asked",
        batch_noise.PLACES,
        default=start.place,
        required=True,
        key="noise_place",
        bind=LINK,
        help="At the start, with a quarter of the way left, or with a tenth.",
    )
    return batch_noise.Settings(batch_size, place, _seed("noise", "Draw number", start.seed))


def passes() -> digit_batches.Settings:
    """What the picture counts in, and the learning rate."""
    start = digit_batches.Settings()
    axis = st.segmented_control(
        "Count in",
        digit_batches.AXES,
        default=start.axis,
        required=True,
        key="passes_axis",
        bind=LINK,
    )
    learning_rate = st.segmented_control(
        "Learning rate, the same for all three",
        digit_batches.RATES,
        default=start.learning_rate,
        required=True,
        key="passes_rate",
        bind=LINK,
        format_func="{:g}".format,
    )
    return digit_batches.Settings(axis, learning_rate)


def _seed(prefix: str, label: str, start: int) -> int:
    key = f"{prefix}_seed"
    fold = opened_fold(f"More: {label.lower()}", f"{prefix}_more", {key: start})
    if fold is None:
        return start
    with fold:
        return st.number_input(
            label,
            0,
            batch_sizes.MOST_SEED,
            start,
            key=key,
            bind=LINK,
            help="Another number, another shuffle.",
        )


BATCH_PRESETS = tuple(
    Preset(name, {
        "batch_rate": one.learning_rate, "batch_size": one.batch_size,
        "batch_epochs": one.n_epochs, "batch_seed": one.seed,
    })
    for name, one in batch_sizes.PRESETS.items()
)  # fmt: skip
NOISE_PRESETS = tuple(
    Preset(name, {"noise_size": one.batch_size, "noise_place": one.place, "noise_seed": one.seed})
    for name, one in batch_noise.PRESETS.items()
)
