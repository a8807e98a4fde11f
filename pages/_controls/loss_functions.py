"""The controls of "Loss functions": each draws widgets and returns frozen settings."""

from __future__ import annotations

import streamlit as st

from dl_core import log_bases, loss_and_accuracy, loss_functions, softmax_temperature, temperature_measured
from pages._shared.lesson import Preset

LINK = "query-params"
SCORE = loss_functions.Settings()
BASES = log_bases.Settings()
HEAT = softmax_temperature.Settings()
CALM = temperature_measured.Settings()
RUN = loss_and_accuracy.Settings()
VIEWS = {"coin flips": "In coin flips", "own numbers": "As computed", "push": "As a push"}
EXAMPLES = {"hot dog": "Hot dog, two models", "three scores": "Three scores", "a four": "A 4 taken for a 9"}


def score() -> loss_functions.Settings:
    """What the model says, what is true, and on which ruler the charges are shown."""
    yes = st.slider(
        "The model says yes with", 0, 100, SCORE.yes_percent, format="%d %%", key="score_yes", bind=LINK
    )
    truth = st.segmented_control(
        "The truth is",
        loss_functions.TRUTHS,
        default=SCORE.truth,
        required=True,
        key="score_truth",
        bind=LINK,
    )
    view = st.segmented_control(
        "Show what each loss charges",
        loss_functions.VIEWS,
        default=SCORE.view,
        required=True,
        key="score_view",
        bind=LINK,
        format_func=VIEWS.get,
        help="An honest coin flip is an answer of 50 %. A push is the slope that training follows.",
    )
    return loss_functions.Settings(yes, truth, view)


SCORE_PRESETS = tuple(
    Preset(name, {"score_yes": one.yes_percent, "score_truth": one.truth, "score_view": one.view})
    for name, one in loss_functions.PRESETS.items()
)


def bases() -> log_bases.Settings:
    """Which printed example, by which logarithm."""
    example = st.pills(
        "A printed example",
        tuple(log_bases.EXAMPLES),
        default=BASES.example,
        required=True,
        key="bases_example",
        bind=LINK,
        format_func=EXAMPLES.get,
    )
    log = st.segmented_control(
        "Logarithm in front",
        log_bases.LOGS,
        default=BASES.log,
        required=True,
        key="bases_log",
        bind=LINK,
        help="This course uses the natural one everywhere else.",
    )
    return log_bases.Settings(example, log)


def temperature() -> softmax_temperature.Settings:
    """Three scores and the temperature."""
    heat = _temperature("Temperature", HEAT.temperature, "temperature_t")
    cells = st.columns(len(softmax_temperature.CLASSES))
    cat, dog, ship = (
        cell.number_input(
            f"Score: {name}",
            -softmax_temperature.MOST,
            softmax_temperature.MOST,
            start,
            0.1,
            format="%.2f",
            key=f"temperature_{name}",
            bind=LINK,
        )
        for cell, name, start in zip(cells, softmax_temperature.CLASSES, HEAT.scores, strict=True)
    )
    return softmax_temperature.Settings(cat, dog, ship, heat)


TEMPERATURE_PRESETS = tuple(
    Preset(
        name,
        {
            "temperature_t": one.temperature,
            "temperature_cat": one.cat,
            "temperature_dog": one.dog,
            "temperature_ship": one.ship,
        },
    )
    for name, one in softmax_temperature.PRESETS.items()
)


def calm() -> temperature_measured.Settings:
    """The temperature for both measured models."""
    return temperature_measured.Settings(
        _temperature("Temperature for both models", CALM.temperature, "calm_t")
    )


def _temperature(label: str, start: float, key: str) -> float:
    return st.select_slider(
        label,
        temperature_measured.TEMPERATURES,
        start,
        key=key,
        bind=LINK,
        format_func="{:g}".format,
        help="Every score is divided by it. 1 changes nothing.",
    )


def better() -> loss_and_accuracy.Settings:
    """How many digits the run learns from."""
    return loss_and_accuracy.Settings(
        st.segmented_control(
            "Digits to learn from",
            loss_and_accuracy.SIZES,
            default=RUN.n_digits,
            required=True,
            key="better_digits",
            bind=LINK,
        )
    )
