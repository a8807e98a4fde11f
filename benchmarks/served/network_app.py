"""One network, drawn by the browser: ``?kind=spiral&hidden=8,8&epochs=300``; ``&stage=1`` as on a slide."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dl_core import mlp_builder
from dl_core.mlp.data import Dealt, Settings, make
from dl_core.mlp.engine import Training
from dl_core.mlp.plan import Plan
from dl_core.mlp.view import NetworkView

SHARED = Path(__file__).parents[2] / "pages" / "_shared"


def trained(
    kind: str = "moons",
    hidden: str = "4,4",
    activation: str = "tanh",
    epochs: int = 200,
    rows: int = 250,
    rate: float = 0.03,
) -> tuple[Training, Dealt]:
    """The network that the link asks for, and its data."""
    widths = tuple(int(part) for part in hidden.split(",") if part)
    dealt = make(Settings(kind, n=rows))  # type: ignore[arg-type]
    plan = Plan(hidden=widths, activation=activation, n_epochs=epochs, learning_rate=rate)  # type: ignore[arg-type]
    return mlp_builder.trained(plan, dealt, n_snapshots=50), dealt


def view_of(training: Training, dealt: Dealt) -> NetworkView:
    """With a caption of one sentence for each moment."""
    losses = zip(training.epochs, training.train_loss, training.test_loss, strict=True)
    captions = [
        f"After {epoch:,} epochs the loss is {a:.2f} on training rows and {b:.2f} on test rows."
        for epoch, a, b in losses
    ]
    return NetworkView.of(training, dealt, captions)


def page() -> None:
    """The picture with nothing beside it, on a page or a slide."""
    from pages._shared.network import show_network

    asked = st.query_params
    training, dealt = trained(
        asked.get("kind", "moons"), asked.get("hidden", "4,4"), asked.get("activation", "tanh"),
        int(asked.get("epochs", "200")), int(asked.get("rows", "250")),
        float(asked.get("rate", "0.03")),
    )  # fmt: skip
    view = view_of(training, dealt)
    if asked.get("stage") != "1":
        st.html(SHARED / "style.css")
        st.title("A network")
        picture_side, control_side = st.columns([2.1, 1], gap="large")  # as the lesson frame does
        with picture_side:
            show_network(view, "network_picture")
        control_side.slider("A control", 1, 9, 5, key="control")
        return
    st.html(SHARED / "stage.css")
    st.html("<style>.st-key-stage .st-key-scene_one { visibility: visible; opacity: 1 }</style>")
    with st.container(key="stage"):
        st.title("A network")
        with st.container(key="scene_one"):
            st.header("Eight neurons bend the border around both moons", anchor=False)
            with st.container(key="one_on_stage"):
                show_network(view, "network_picture")


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    page()
