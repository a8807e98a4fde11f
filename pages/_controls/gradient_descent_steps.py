"""Controls of four scenes of "Gradient descent": steps by hand, one nudge, schedules, luck."""

from __future__ import annotations

import streamlit as st

from dl_core import one_nudge, random_search, rate_schedules, three_steps
from pages._shared.lesson import Preset

LINK = "query-params"


def hand() -> three_steps.Settings:
    """The rate, how many steps, and the one example."""
    start = three_steps.Settings()
    n_steps = st.slider("Steps", 1, three_steps.MOST_STEPS, start.n_steps, key="hand_steps", bind=LINK)
    rate = st.number_input(
        "Learning rate",
        0.0,
        three_steps.LIMITS["learning_rate"],
        start.learning_rate,
        0.05,
        format="%.6g",
        key="hand_rate",
        bind=LINK,
        help="How far each step goes. New number = old number minus rate times slope.",
    )
    across, up = st.columns(2)
    most_x, most_y = three_steps.LIMITS["x"], three_steps.LIMITS["y"]
    x = across.number_input(
        "Example: input x", -most_x, most_x, start.x, 0.5, format="%.6g", key="hand_x", bind=LINK
    )
    y = up.number_input(
        "Example: output y", -most_y, most_y, start.y, 0.5, format="%.6g", key="hand_y", bind=LINK
    )
    return three_steps.Settings(rate, n_steps, x, y)


HAND_PRESETS = tuple(
    Preset(
        name, {"hand_steps": one.n_steps, "hand_rate": one.learning_rate, "hand_x": one.x, "hand_y": one.y}
    )
    for name, one in three_steps.PRESETS.items()
)


def nudge() -> one_nudge.Settings:
    """How far a nudge goes, and how many there are."""
    start = one_nudge.Settings()
    n_nudges = st.slider(
        "Nudges on this one picture",
        0,
        one_nudge.MOST_NUDGES,
        start.n_nudges,
        key="nudge_count",
        bind=LINK,
    )
    rate = st.segmented_control(
        "Learning rate",
        one_nudge.RATES,
        default=start.learning_rate,
        required=True,
        key="nudge_rate",
        bind=LINK,
        format_func="{:g}".format,
    )
    return one_nudge.Settings(rate, n_nudges)


NUDGE_PRESETS = tuple(
    Preset(name, {"nudge_count": one.n_nudges, "nudge_rate": one.learning_rate})
    for name, one in one_nudge.PRESETS.items()
)


def schedule() -> rate_schedules.Settings:
    """Where the rate starts, where it ends, and how it gets there."""
    start = rate_schedules.Settings()
    shape = st.segmented_control(
        "How the rate falls",
        rate_schedules.SHAPES,
        default=start.shape,
        required=True,
        key="schedule_shape",
        bind=LINK,
        format_func={
            "constant": "Not at all",
            "steps": "Drops by 10",
            "cosine": "Half a wave",
            "1/t": "Fast, then slow (1/t)",
        }.get,
    )
    first = st.segmented_control(
        "First learning rate",
        rate_schedules.START_RATES,
        default=start.start_rate,
        required=True,
        key="schedule_start",
        bind=LINK,
        format_func="{:g}".format,
    )
    last = st.segmented_control(
        "Last learning rate",
        rate_schedules.END_RATES,
        default=start.end_rate,
        required=True,
        key="schedule_end",
        bind=LINK,
        format_func=rate_schedules.decimal,
    )
    return rate_schedules.Settings(first, last, shape)


SCHEDULE_PRESETS = tuple(
    Preset(
        name,
        {"schedule_shape": one.shape, "schedule_start": one.start_rate, "schedule_end": one.end_rate},
    )
    for name, one in rate_schedules.PRESETS.items()
)


def luck() -> random_search.Settings:
    """How often both ways may look at the training pile."""
    n_tries = st.select_slider(
        "Looks at the training pile",
        random_search.TRIES,
        random_search.Settings().n_tries,
        key="luck_tries",
        bind=LINK,
        format_func="{:,}".format,
    )
    return random_search.Settings(n_tries)
