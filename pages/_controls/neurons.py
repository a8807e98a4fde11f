"""The controls of "Neurons": each function draws widgets and returns frozen settings."""

from __future__ import annotations

import streamlit as st

from dl_core import activations, collapsing_layers, logic_gates, logistic_neuron, perceptron
from pages._shared.lesson import Preset

LINK = "query-params"
PARTS = {"one neuron": "One neuron", "NAND neurons": "NAND neurons"}
VIEWS = {"borders": "Both borders", "sums": "All multiplied out"}


def festival() -> perceptron.Settings:
    """What is true on the reader's Saturday, how much each fact counts, and the bias."""
    start = perceptron.Settings()
    bias = st.slider(
        "Bias (minus the threshold)",
        -12.0,
        4.0,
        start.bias,
        0.5,
        format="%g",
        key="festival_bias",
        bind=LINK,
        help="A bias of −5 asks for a sum over 5. The larger the bias, the easier it says go.",
    )
    facts, counts = [], []
    columns = st.columns(3)
    for column, name, met, weight in zip(
        columns, ("Sun", "Partner", "Transport"), start.case, start.weights, strict=True
    ):
        key = f"festival_{name.lower()}"
        facts.append(column.toggle(name, met, key=f"{key}_met", bind=LINK))
        counts.append(
            column.number_input(
                "counts",
                -perceptron.MOST_WEIGHT,
                perceptron.MOST_WEIGHT,
                weight,
                1.0,
                format="%g",
                key=key,
                bind=LINK,
            )
        )
    return perceptron.Settings(*counts, bias, *facts)


FESTIVAL_PRESETS = tuple(
    Preset(
        name,
        {
            "festival_sun": one.weather,
            "festival_partner": one.partner,
            "festival_transport": one.transport,
            "festival_bias": one.bias,
        },
    )
    for name, one in perceptron.PRESETS.items()
)


def gates() -> logic_gates.Settings:
    """Which gate, what it is built from, and the one neuron's numbers."""
    start = logic_gates.Settings()
    gate = st.segmented_control(
        "The gate",
        logic_gates.GATES,
        default=start.gate,
        required=True,
        key="gates_gate",
        bind=LINK,
        on_change=_weights_of_the_gate,
    )
    parts = st.segmented_control(
        "Built from",
        logic_gates.PARTS,
        default=start.parts,
        required=True,
        key="gates_parts",
        bind=LINK,
        format_func=PARTS.get,
    )
    alone = parts == "one neuron"
    names = ("Weight of a", "Weight of b", "Bias")
    a, b, bias = (
        column.number_input(
            name,
            -logic_gates.MOST,
            logic_gates.MOST,
            weight,
            0.5,
            format="%g",
            key=key,
            bind=LINK,
            disabled=not alone,
        )
        for column, name, weight, key in zip(st.columns(3), names, start.weights, GATE_KEYS, strict=True)
    )
    return logic_gates.Settings(gate, parts, a, b, bias) if alone else logic_gates.Settings(gate, parts)


GATE_KEYS = ("gates_a", "gates_b", "gates_bias")
GATES_PRESETS = tuple(
    Preset(
        name,
        {
            "gates_gate": one.gate,
            "gates_parts": one.parts,
            **(dict(zip(GATE_KEYS, one.weights, strict=True)) if one.parts == "one neuron" else {}),
        },
    )
    for name, one in logic_gates.PRESETS.items()
)


def _weights_of_the_gate() -> None:
    """Another gate begins with a neuron that does it as well as one can."""
    own = logic_gates.OWN[st.session_state["gates_gate"]]
    for key, weight in zip(GATE_KEYS, own, strict=True):
        st.session_state[key] = weight


def logistic() -> logistic_neuron.Settings:
    """From which share on it is a yes, and how large the weights are."""
    start = logistic_neuron.Settings()
    threshold = st.slider(
        "Go above", 1, 99, start.threshold_percent, format="%d %%", key="logistic_threshold", bind=LINK
    )
    scale = st.segmented_control(
        "All weights and the bias, times",
        logistic_neuron.SCALES,
        default=start.scale,
        required=True,
        key="logistic_scale",
        bind=LINK,
        format_func="{:g}".format,
        help="Larger numbers make the sigmoid steeper, and so surer.",
    )
    return logistic_neuron.Settings(threshold, scale)


LOGISTIC_PRESETS = tuple(
    Preset(name, {"logistic_threshold": one.threshold_percent, "logistic_scale": one.scale})
    for name, one in logistic_neuron.PRESETS.items()
)


def slopes() -> activations.Settings:
    """The sum that reaches the neuron."""
    return activations.Settings(
        st.slider(
            "Sum that reaches the neuron",
            -activations.MOST,
            activations.MOST,
            activations.Settings().x,
            0.5,
            format="%g",
            key="activations_x",
            bind=LINK,
        )
    )


SLOPES_PRESETS = tuple(Preset(name, {"activations_x": one.x}) for name, one in activations.PRESETS.items())


def collapse() -> collapsing_layers.Settings:
    """How many layers, and whether their borders or their numbers are shown."""
    start = collapsing_layers.Settings()
    n_layers = st.segmented_control(
        "Layers in both networks",
        collapsing_layers.DEPTHS,
        default=start.n_layers,
        required=True,
        key="collapse_layers",
        bind=LINK,
    )
    view = st.segmented_control(
        "Show",
        collapsing_layers.VIEWS,
        default=start.view,
        required=True,
        key="collapse_view",
        bind=LINK,
        format_func=VIEWS.get,
    )
    return collapsing_layers.Settings(n_layers, view)


COLLAPSE_PRESETS = tuple(
    Preset(name, {"collapse_layers": one.n_layers, "collapse_view": one.view})
    for name, one in collapsing_layers.PRESETS.items()
)
