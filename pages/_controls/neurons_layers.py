"""The controls of four scenes of "Neurons": driving test, backpropagation, gradient by layer, memory."""

from __future__ import annotations

import streamlit as st

from dl_core import backpropagation, driving_test, fading_memory, gradient_by_layer
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset

LINK = "query-params"


def driving() -> driving_test.Settings:
    """Who takes the test, and how the network reads their sex."""
    start = driving_test.Settings()
    lessons = st.slider(
        "Lessons taken", 0, driving_test.MOST_LESSONS, start.lessons, key="driving_lessons", bind=LINK
    )
    age = st.slider(
        "Age (years)",
        driving_test.YOUNGEST,
        driving_test.OLDEST,
        start.age,
        key="driving_age",
        bind=LINK,
    )
    sex = st.segmented_control(
        "Entered as",
        ("male", "female"),
        default=start.sex,
        required=True,
        key="driving_sex",
        bind=LINK,
        help="A toy with two codes. It stands here because the published example has it.",
    )
    fold = opened_fold("More: how female is coded", "driving_more", {"driving_code": start.female_code})
    code = start.female_code
    if fold is not None:
        code = fold.segmented_control(
            "The network reads female as",
            (0, -1),
            default=start.female_code,
            required=True,
            key="driving_code",
            bind=LINK,
            format_func={0: "0", -1: "−1"}.get,
        )
    return driving_test.Settings(age, sex, lessons, code)


DRIVING_PRESETS = tuple(
    Preset(
        name,
        {
            "driving_age": one.age,
            "driving_sex": one.sex,
            "driving_lessons": one.lessons,
            "driving_code": one.female_code,
        },
    )
    for name, one in driving_test.PRESETS.items()
)


def layers() -> gradient_by_layer.Settings:
    """How deep, with which activation, and how the first weights are drawn."""
    start = gradient_by_layer.Settings()
    n_layers = st.slider(
        "Hidden layers", 1, gradient_by_layer.MOST_LAYERS, start.n_layers, key="layers_count", bind=LINK
    )
    activation = st.segmented_control(
        "Activation",
        tuple(gradient_by_layer.ACTIVATIONS),
        default=start.activation,
        required=True,
        key="layers_activation",
        bind=LINK,
        format_func={**gradient_by_layer.ACTIVATIONS, "none": "none (plain)"}.get,
    )
    drawn = st.segmented_control(
        "First weights",
        tuple(gradient_by_layer.SPREADS),
        default=start.start,
        required=True,
        key="layers_start",
        bind=LINK,
        format_func={"small": "tiny (0.01)", "xavier": "Xavier", "he": "He", "large": "large (1)"}.get,
        help=(
            "All are random. Xavier and He fit their size to the number of inputs, "
            "so that signals keep their strength."
        ),
    )
    return gradient_by_layer.Settings(n_layers, activation, drawn)


LAYERS_PRESETS = tuple(
    Preset(
        name,
        {"layers_count": one.n_layers, "layers_activation": one.activation, "layers_start": one.start},
    )
    for name, one in gradient_by_layer.PRESETS.items()
)


def backprop() -> backpropagation.Settings:
    """How many numbers are computed, the activation, the rate, and the inputs."""
    start = backpropagation.Settings()
    step = st.slider(
        "Numbers computed",
        0,
        backpropagation.LAST,
        start.step,
        key="backprop_step",
        bind=LINK,
        help="Forward first, then backward, then the update, then forward again.",
    )
    activation = st.segmented_control(
        "Hidden activation",
        tuple(backpropagation.ACTIVATIONS),
        default=start.activation,
        required=True,
        key="backprop_activation",
        bind=LINK,
        format_func=backpropagation.ACTIVATIONS.get,
    )
    rate = st.segmented_control(
        "Learning rate",
        backpropagation.RATES,
        default=start.learning_rate,
        required=True,
        key="backprop_rate",
        bind=LINK,
        format_func="{:g}".format,
    )
    usual = {"backprop_x1": start.x1, "backprop_x2": start.x2}
    fold = opened_fold("More: the two inputs", "backprop_more", usual)
    if fold is None:
        return backpropagation.Settings(step, activation, rate)
    far = backpropagation.FARTHEST
    with fold:
        inputs = [
            st.number_input(f"Input {key[-2:]}", -far, far, value, 0.5, format="%.4g", key=key, bind=LINK)
            for key, value in usual.items()
        ]
    return backpropagation.Settings(step, activation, rate, *inputs)


BACKPROP_PRESETS = tuple(
    Preset(
        name,
        {
            "backprop_activation": one.activation,
            "backprop_rate": one.learning_rate,
            "backprop_x1": one.x1,
            "backprop_x2": one.x2,
        },
    )
    for name, one in backpropagation.PRESETS.items()
)


def memory() -> fading_memory.Settings:
    """How far back to look, and the two memories."""
    start = fading_memory.Settings()
    distance = st.slider(
        "Steps back", 1, fading_memory.FARTHEST, start.distance, key="memory_distance", bind=LINK
    )
    strength = st.segmented_control(
        "Plain network: strength of its recurrent weights",
        fading_memory.MEASURED["tanh"],
        default=start.strength,
        required=True,
        key="memory_strength",
        bind=LINK,
        format_func="{:g}".format,
        help=(
            "Recurrent weights carry the memory to the next step. "
            "At 1 they keep its size; the slopes of tanh still shrink it."
        ),
    )
    keeps = st.segmented_control(
        "Gated network: what its gate keeps at each step",
        fading_memory.MEASURED["gru"],
        default=start.keeps,
        required=True,
        key="memory_keeps",
        bind=LINK,
        format_func=lambda share: f"{100 * share:.0f} %",
    )
    return fading_memory.Settings(strength, keeps, distance)


MEMORY_PRESETS = tuple(
    Preset(
        name,
        {"memory_strength": one.strength, "memory_keeps": one.keeps, "memory_distance": one.distance},
    )
    for name, one in fading_memory.PRESETS.items()
)
