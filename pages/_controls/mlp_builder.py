"""The controls of the network builder: what it learns from, how it is built, how it is trained."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dl_core import mlp_builder as core
from dl_core.mlp import data
from dl_core.mlp.plan import ACTIVATIONS, MOST_LAYERS, MOST_NEURONS, OPTIMISERS, SCHEDULES, STARTS, Plan
from dl_core.mlp.upload import UnreadableTable, read_csv
from dl_core.mlp_builder import PRESETS, Built, Settings
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.marked_slider import log_stops
from pages._shared.visit import visit

LINK = "query-params"
START = Settings()
OWN = "own"
RATES = tuple(f"{stop:g}" for stop in log_stops(-4, 1))
PASSES = (10, 20, 50, 100, 200, 500, 1000, 2000)
BATCHES = (1, 5, 10, 20, 50, 100, 0)
PENALTIES = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
PATIENCES = (0, 5, 10, 20, 50, 100)
NAMES = {
    "circle": "Circle", "xor": "XOR", "moons": "Two moons", "spiral": "Spiral", "blobs": "Three blobs",
    "surface": "A surface", "returns": "Returned orders", "delivery": "Late parcels", "iris": "Iris", "wine": "Wine",
    OWN: "Your table",
}  # fmt: skip


def build() -> Settings:
    """Data, network, training; the rest in folds."""
    kind = st.pills(
        "It learns from",
        tuple(NAMES),
        default=START.data.kind,
        required=True,
        key="build_data",
        bind=LINK,
        format_func=NAMES.get,
    )
    own = _own_table() if kind == OWN else None
    hidden = _hidden()
    activation = st.segmented_control(
        "Each neuron answers with",
        ACTIVATIONS,
        default=START.plan.activation,
        required=True,
        key="build_activation",
        bind=LINK,
    )
    rate = float(
        st.select_slider(
            "Learning rate", RATES, f"{START.plan.learning_rate:g}", key="build_rate", bind=LINK
        )
    )
    passes = st.select_slider(
        "Passes over the data", PASSES, START.plan.n_epochs, key="build_passes", bind=LINK
    )
    st.button("New start", key="build_new", icon=":material/casino:", on_click=_new_start)
    further, dealt = _training(), _data()
    plan = Plan(hidden=hidden, activation=activation, learning_rate=rate, n_epochs=passes, **further)
    if own is not None:
        return Settings(own, plan)
    return Settings(data.Settings(START.data.kind if kind == OWN else kind, **dealt), plan)


def _hidden() -> tuple[int, ...]:
    """All layers alike, or each by itself in the fold."""
    start = START.plan.hidden
    n_layers = st.slider("Hidden layers", 0, MOST_LAYERS, len(start), key="build_layers", bind=LINK)
    n_neurons = st.slider(
        "Neurons in each", 1, MOST_NEURONS, start[0], key="build_neurons", bind=LINK, disabled=n_layers == 0
    )
    keys = [f"build_layer_{i + 1}" for i in range(MOST_LAYERS)]
    fold = opened_fold("Each layer by itself", "build_each", dict.fromkeys(keys))
    if fold is None:
        return (n_neurons,) * n_layers
    with fold:
        typed = [
            st.number_input(
                f"Neurons in layer {i + 1}", 1, MOST_NEURONS, None, key=key, bind=LINK, placeholder=str(n_neurons)
            )
            for i, key in enumerate(keys[:n_layers])
        ]
    return tuple(each or n_neurons for each in typed)


def _training() -> dict[str, Any]:
    """What few readers change about the training."""
    plan = START.plan
    defaults = {
        "build_optimiser": plan.optimiser, "build_schedule": plan.schedule, "build_batch": plan.batch_size,
        "build_start": plan.start, "build_l1": plan.l1, "build_l2": plan.l2, "build_dropout": plan.dropout,
        "build_patience": plan.patience, "build_seed": plan.seed,
    }  # fmt: skip
    fold = opened_fold("More about the training", "build_training", defaults)
    if fold is None:
        return {name.removeprefix("build_"): value for name, value in defaults.items() if name != "build_batch"} | {
            "batch_size": plan.batch_size
        }
    with fold:
        choice = {"required": True, "bind": LINK}
        optimiser = st.segmented_control(
            "Steps", OPTIMISERS, default=plan.optimiser, key="build_optimiser", **choice
        )
        schedule = st.segmented_control(
            "The rate over time", SCHEDULES, default=plan.schedule, key="build_schedule", **choice
        )
        start = st.segmented_control("First weights", STARTS, default=plan.start, key="build_start", **choice)
        batch = st.select_slider(
            "Rows in a step",
            BATCHES,
            plan.batch_size,
            key="build_batch",
            bind=LINK,
            format_func=lambda n: str(n) if n else "all",
        )
        l1 = st.select_slider("L1 penalty", PENALTIES, plan.l1, key="build_l1", bind=LINK, format_func="{:g}".format)
        l2 = st.select_slider("L2 penalty", PENALTIES, plan.l2, key="build_l2", bind=LINK, format_func="{:g}".format)
        dropout = st.slider("Dropout", 0.0, 0.8, plan.dropout, 0.1, key="build_dropout", bind=LINK)
        patience = st.select_slider(
            "Stop after so many passes without a better test loss",
            PATIENCES,
            plan.patience,
            key="build_patience",
            bind=LINK,
            format_func=lambda n: str(n) if n else "never",
        )
        seed = st.number_input("Start number", 0, 9_999, plan.seed, key="build_seed", bind=LINK)
    return {
        "optimiser": optimiser, "schedule": schedule, "start": start, "batch_size": batch, "l1": l1, "l2": l2,
        "dropout": dropout, "patience": patience, "seed": seed,
    }  # fmt: skip


def _data() -> dict[str, Any]:
    """How many rows, how tidy, and how they are dealt."""
    made = START.data
    defaults = {
        "build_rows": made.n, "build_noise": made.noise, "build_test": made.test_share, "build_draw": made.seed,
    }  # fmt: skip
    fold = opened_fold("More about the data", "build_more", defaults)
    if fold is None:
        return {"n": made.n, "noise": made.noise, "test_share": made.test_share, "seed": made.seed}
    with fold:
        n = st.select_slider(
            "Rows", (30, 50, 100, 250, 500, 1000, 2000), made.n, key="build_rows", bind=LINK
        )
        noise = st.slider("Noise", 0.0, 1.0, made.noise, 0.05, key="build_noise", bind=LINK)
        test = st.slider("Share kept for the test", 0.1, 0.9, made.test_share, 0.05, key="build_test", bind=LINK)
        seed = st.number_input("Draw number", 0, 9_999, made.seed, key="build_draw", bind=LINK)
    return {"n": n, "noise": noise, "test_share": test, "seed": seed}


def _new_start() -> None:
    st.session_state["build_seed"] = (st.session_state.get("build_seed", START.plan.seed) + 1) % 10_000


def _own_table() -> core.OwnTable | None:
    """The reader's own file, read once; what cannot be read is said, and the table before it stays."""
    st.caption(
        "A CSV file up to 5 MB with 2 to 20 columns of numbers and one label. It stays in this server's memory "
        "for your visit only. It is never stored, and it is not in the link."
    )
    file = st.file_uploader("Your table", ["csv", "tsv", "txt"], key="build_file", label_visibility="collapsed")
    kept = st.session_state.get("build_table")
    if file is None:
        return kept and kept[1]
    content = file.getvalue()
    try:
        table = read_csv(content)
        label = st.selectbox("Guess this column", table.choices, table.choices.index(table.label), key="build_label")
        if label != table.label:
            table = read_csv(content, label)
    except UnreadableTable as problem:  # speaks to the reader
        st.info(str(problem), icon=":material/info:")
        return kept and kept[1]
    for remark in table.remarks:
        st.caption(remark)
    if not kept or kept[0] != (file.file_id, label):
        kept = st.session_state["build_table"] = ((file.file_id, label), core.OwnTable.of(table, content))
    own: core.OwnTable = kept[1]
    return own


def values_of(settings: Settings) -> dict[str, Any]:
    """Where the controls stand for these settings, for a preset, a remedy or a run of the log."""
    plan, hidden = settings.plan, settings.plan.hidden
    alike = len(set(hidden)) <= 1
    each = {f"build_layer_{i + 1}": None if alike or i >= len(hidden) else hidden[i] for i in range(MOST_LAYERS)}
    values = {
        "build_layers": len(hidden), "build_neurons": hidden[0] if hidden else START.plan.hidden[0],
        "build_activation": plan.activation, "build_rate": min(RATES, key=lambda r: abs(float(r) - plan.learning_rate)),
        "build_passes": min(PASSES, key=lambda n: abs(n - plan.n_epochs)), "build_optimiser": plan.optimiser,
        "build_schedule": plan.schedule, "build_batch": plan.batch_size, "build_start": plan.start,
        "build_l1": plan.l1, "build_l2": plan.l2, "build_dropout": plan.dropout, "build_patience": plan.patience,
        "build_seed": plan.seed,
    }  # fmt: skip
    if isinstance(settings.data, data.Settings):
        made = settings.data
        values |= {
            "build_data": made.kind, "build_rows": made.n, "build_noise": made.noise, "build_test": made.test_share,
            "build_draw": made.seed,
        }  # fmt: skip
    else:
        values["build_data"] = OWN
    return values | each


BUILD_PRESETS = tuple(Preset(name, values_of(settings)) for name, settings in PRESETS.items())


def built() -> Built | None:
    """What the opening scene shows."""
    kept = visit().kept.get("build")
    return kept[1] if kept else None
