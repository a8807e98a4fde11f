"""The controls of the network builder: what it learns from, how it is built, how it is trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dl_core import mlp_builder as core
from dl_core.figures.mlp_confusion import cell_at, rows_in, worst_rows
from dl_core.mlp import data
from dl_core.mlp.export import DATA_FILE, SCRIPT_FILE, data_csv, needs_data_file, run_log_csv, script
from dl_core.mlp.plan import ACTIVATIONS, MOST_LAYERS, MOST_NEURONS, OPTIMISERS, SCHEDULES, STARTS
from dl_core.mlp.upload import Table, UnreadableTable, read_csv
from dl_core.mlp_builder import PRESETS, Built, Settings
from dl_core.mlp_run_log import run_row
from pages._shared.fold import opened_fold
from pages._shared.job import Shelf
from pages._shared.lesson import Preset
from pages._shared.marked_slider import log_stops
from pages._shared.visit import visit

Stop = TypeVar("Stop", str, int, float)

LINK = "query-params"
START = Settings()
OWN = "own"
MOST_RUNS = 20
RATES = tuple(f"{stop:g}" for stop in log_stops(-4, 1))
PASSES = (10, 20, 50, 100, 200, 300, 500, 1000, 2000)
ROWS = (30, 50, 100, 200, 250, 400, 500, 1000, 2000)
BATCHES = (1, 5, 10, 20, 50, 100, 0)
PENALTIES = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
PATIENCES = (0, 5, 10, 20, 50, 100)
NAMES = {
    "circle": "Circle", "xor": "XOR", "moons": "Two moons", "spiral": "Spiral", "blobs": "Three blobs",
    "surface": "A surface", "returns": "Returned orders", "delivery": "Delivery hours", "iris": "Iris",
    "wine": "Wine", OWN: "Your table",
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
        "Activation in each neuron",
        ACTIVATIONS,
        default=START.plan.activation,
        required=True,
        key="build_activation",
        bind=LINK,
    )
    rate = float(
        st.select_slider("Learning rate", RATES, f"{START.plan.learning_rate:g}", key="build_rate", bind=LINK)
    )
    passes = st.select_slider(
        "Epochs (passes over the data)", PASSES, START.plan.n_epochs, key="build_passes", bind=LINK
    )
    st.button("New start", key="build_new", icon=":material/casino:", on_click=_new_start)
    plan = replace(
        START.plan, hidden=hidden, activation=activation, learning_rate=rate, n_epochs=passes, **_training()
    )
    made = replace(START.data, **_data())
    if own is not None:
        return Settings(core.own_table(own, made.test_share, made.seed), plan)
    return Settings(made if kind == OWN else replace(made, kind=kind), plan)


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
                f"Neurons in layer {i + 1}",
                1,
                MOST_NEURONS,
                None,
                key=key,
                bind=LINK,
                placeholder=str(n_neurons),
            )
            for i, key in enumerate(keys[:n_layers])
        ]
    return tuple(each or n_neurons for each in typed)


def _training() -> dict[str, Any]:
    """What few readers change about the training; nothing while the fold is closed."""
    plan = START.plan
    defaults = {
        "build_optimiser": plan.optimiser, "build_schedule": plan.schedule, "build_batch": plan.batch_size,
        "build_start": plan.start, "build_l1": plan.l1, "build_l2": plan.l2, "build_dropout": plan.dropout,
        "build_patience": plan.patience, "build_seed": plan.seed,
    }  # fmt: skip
    fold = opened_fold("More about the training", "build_training", defaults)
    if fold is None:
        return {}
    with fold:
        choice = {"required": True, "bind": LINK}
        optimiser = st.segmented_control(
            "Optimiser", OPTIMISERS, default=plan.optimiser, key="build_optimiser", **choice
        )
        schedule = st.segmented_control(
            "The rate over time", SCHEDULES, default=plan.schedule, key="build_schedule", **choice
        )
        start = st.segmented_control("First weights", STARTS, default=plan.start, key="build_start", **choice)
        batch = st.select_slider(
            "Batch: rows in a step",
            BATCHES,
            plan.batch_size,
            key="build_batch",
            bind=LINK,
            format_func=lambda n: str(n) if n else "all",
        )
        l1 = st.select_slider(
            "L1 penalty", PENALTIES, plan.l1, key="build_l1", bind=LINK, format_func="{:g}".format
        )
        l2 = st.select_slider(
            "L2 penalty", PENALTIES, plan.l2, key="build_l2", bind=LINK, format_func="{:g}".format
        )
        dropout = st.slider("Dropout", 0.0, 0.8, plan.dropout, 0.1, key="build_dropout", bind=LINK)
        patience = st.select_slider(
            "Patience: stop after so many epochs without a better test loss",
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
    """How many rows, how tidy, and how they are dealt; nothing while the fold is closed."""
    made = START.data
    defaults = {
        "build_rows": made.n, "build_noise": made.noise, "build_test": made.test_share,
        "build_draw": made.seed,
    }  # fmt: skip
    fold = opened_fold("More about the data", "build_more", defaults)
    if fold is None:
        return {}
    with fold:
        n = st.select_slider("Rows", ROWS, made.n, key="build_rows", bind=LINK)
        noise = st.slider("Noise", 0.0, 1.0, made.noise, 0.05, key="build_noise", bind=LINK)
        test = st.slider(
            "Share kept for the test", 0.1, 0.9, made.test_share, 0.05, key="build_test", bind=LINK
        )
        seed = st.number_input("Draw number", 0, 9_999, made.seed, key="build_draw", bind=LINK)
    return {"n": n, "noise": noise, "test_share": test, "seed": seed}


def _new_start() -> None:
    st.session_state["build_seed"] = (st.session_state.get("build_seed", START.plan.seed) + 1) % 10_000


def _own_table() -> Table | None:
    """The reader's own file; what cannot be read is said, and the table before it stays."""
    st.caption(
        "A CSV file up to 5 MB with 2 to 20 columns of numbers and one label. Do not upload people or "
        "customer data. It stays in memory for your visit only, is never stored, and is not in the link."
    )
    file = st.file_uploader(
        "Your table",
        ["csv", "tsv", "txt"],
        max_upload_size=5,
        key="build_file",
        label_visibility="collapsed",
    )
    kept: Table | None = st.session_state.get("build_table")
    if file is None:
        return kept
    try:
        table = _table(file)
        label = st.selectbox(
            "Guess this column", table.choices, table.choices.index(table.label), key="build_label"
        )
        if label != table.label:
            table = _table(file, label)
    except UnreadableTable as problem:  # speaks to the reader
        st.info(str(problem), icon=":material/info:")
        return kept
    for remark in table.remarks:
        st.caption(remark)
    st.session_state["build_table"] = table
    return table


def _table(file: UploadedFile, label: str | None = None) -> Table:
    """The file as a table with that label: read once, and not again at every move of a slider."""
    read: Shelf = st.session_state.setdefault("build_read", Shelf(2))  # with our label and with the reader's
    found: tuple[Table] | None = read.take((file.file_id, label))
    if found:
        return found[0]
    table = read_csv(file.getvalue(), label)
    read.put((file.file_id, label), table)
    return table


def values_of(settings: Settings) -> dict[str, Any]:
    """Where the controls stand for these settings, for a preset, a remedy or a run of the log."""
    plan, hidden = settings.plan, settings.plan.hidden
    alike = len(set(hidden)) <= 1
    each = {
        f"build_layer_{i + 1}": None if alike or i >= len(hidden) else hidden[i] for i in range(MOST_LAYERS)
    }
    values = {
        "build_layers": len(hidden),
        "build_neurons": hidden[0] if hidden else START.plan.hidden[0],
        "build_activation": plan.activation,
        "build_rate": _nearest(RATES, plan.learning_rate),
        "build_passes": _nearest(PASSES, plan.n_epochs),
        "build_optimiser": plan.optimiser,
        "build_schedule": plan.schedule,
        "build_batch": _nearest(BATCHES, plan.batch_size),
        "build_start": plan.start,
        "build_l1": _nearest(PENALTIES, plan.l1),
        "build_l2": _nearest(PENALTIES, plan.l2),
        "build_dropout": plan.dropout,
        "build_patience": _nearest(PATIENCES, plan.patience),
        "build_seed": plan.seed,
    }
    if isinstance(settings.data, data.Settings):
        made = settings.data
        values |= {
            "build_data": made.kind,
            "build_rows": _nearest(ROWS, made.n),
            "build_noise": made.noise,
            "build_test": made.test_share,
            "build_draw": made.seed,
        }
    else:
        values["build_data"] = OWN
    return values | each


def _nearest(stops: Sequence[Stop], value: float) -> Stop:
    """Where a slider over these stops stands for a value between two of them."""
    return min(stops, key=lambda stop: abs(float(stop) - value))


BUILD_PRESETS = tuple(Preset(name, values_of(settings)) for name, settings in PRESETS.items())


def built() -> Built:
    """What the opening scene shows; the later scenes look at it."""
    found: Built = visit().kept["build"][1]
    return found


def as_it_is(shown: Built) -> Built:
    """Nothing is computed: the later scene looks at the same training."""
    return shown


def saved_of(shown: Built) -> Any:
    """What a brief keeps of it: the settings, unless they hold a reader's own table."""
    return core.saved(shown.settings)


def built_again(plain: Any) -> Built:
    """The training of a saved brief, computed again; ValueError where it is nonsense."""
    return core.story(core.restored(plain))


def same_settings() -> Settings:
    """The settings of what the opening scene shows."""
    return built().settings


def further(shown: Built) -> None:
    """The remedy, what it costs, and the runs of this visit."""
    remedy = shown.judgement.verdict.remedy
    with st.container(horizontal=True):
        st.button(
            "Try that", key="build_remedy", icon=":material/build:", help=remedy.words,
            on_click=_put, args=(Settings(shown.settings.data, remedy.plan),),
        )  # fmt: skip
        st.download_button(
            "PyTorch script", lambda: _script(shown), SCRIPT_FILE, "text/x-python", key="build_script",
            icon=":material/code:", on_click="ignore", help="For your engineers: same network, same score.",
        )  # fmt: skip
        if needs_data_file(shown.dealt):
            st.download_button(
                "Its rows", lambda: data_csv(shown.dealt), DATA_FILE, "text/csv", key="build_script_rows",
                icon=":material/table:", on_click="ignore", help="Keep them beside the script.",
            )  # fmt: skip
    st.caption(f"{shown.judgement.meter.in_words()} {shown.dealt.data.made}")
    _log(shown)


def _script(shown: Built) -> str:
    made = None if shown.settings.is_own else shown.settings.data
    return script(shown.training, shown.dealt, made)  # type: ignore[arg-type]


def _put(settings: Settings) -> None:
    st.session_state.update(values_of(settings))


def _log(shown: Built) -> None:
    """Every run of this visit, to be compared, restored and taken along."""
    runs: list[Built] = st.session_state.setdefault("build_runs", [])
    if shown not in runs:  # each training is itself and no other
        runs.append(shown)
        del runs[:-MOST_RUNS]
    with st.expander(f"Runs of your visit: {len(runs)}", key="build_log", on_change="rerun") as folded:
        if folded.open:
            rows = [run_row(number, run) for number, run in enumerate(runs, 1)]
            st.table(rows, hide_index=True, border="horizontal")
            with st.container(horizontal=True, vertical_alignment="bottom"):
                which = st.selectbox(
                    "Bring back", range(len(runs)), format_func=lambda i: f"run {i + 1}", key="build_which"
                )
                st.button("Bring it back", key="build_back", on_click=_put, args=(runs[which].settings,))
                st.download_button(
                    "Table", lambda: run_log_csv(rows), "runs.csv", "text/csv", key="build_log_csv",
                    icon=":material/download:", on_click="ignore",
                )  # fmt: skip


def pick_cell(x: float, y: float) -> None:
    """A click on the table of mistakes chooses whose rows are listed."""
    cell = cell_at(built(), x, y)
    if cell:
        st.session_state["confusion_said"], st.session_state["confusion_truth"] = cell


def cell_rows(shown: Built) -> None:
    """The rows of one cell, or the worst ones where the network guesses a value."""
    if not shown.is_classes:
        with st.expander("The rows that it misses most", key="confusion_rows", on_change="rerun") as folded:
            if folded.open:
                st.table(worst_rows(shown), hide_index=True, border="horizontal")
        return
    with st.expander(
        "The rows of one cell: click it, or choose", key="confusion_rows", on_change="rerun"
    ) as folded:
        if not folded.open:
            return
        classes = range(len(shown.dealt.data.classes))
        left, right = st.columns(2)
        names = shown.dealt.data.classes.__getitem__
        truth = left.selectbox("It is", classes, key="confusion_truth", format_func=names)
        said = right.selectbox("The network says", classes, key="confusion_said", format_func=names)
        st.table(rows_in(shown, said, truth), hide_index=True, border="horizontal")
