"""A click trains for about a second in a thread beside the page, as the builder does: ``?starts=12``."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from uuid import uuid4

import numpy as np
import streamlit as st

from dl_core.jobs import GoOn
from dl_core.mlp.engine import train
from dl_core.mlp.plan import Plan
from pages._shared.job import run_beside

PLAN = Plan(hidden=(32, 32, 32), n_epochs=200)
POINTS = np.random.default_rng(3).normal(size=(500, 2))
CLASSES = (np.hypot(POINTS[:, 0], POINTS[:, 1]) < 1).astype(np.int64)
ROWS = (POINTS[:250], CLASSES[:250], POINTS[250:], CLASSES[250:])


def trained(n_starts: int, go_on: GoOn) -> tuple[int, float]:
    """Networks trained one after the other from as many starts, and the seconds that took."""
    begun, done = perf_counter(), 0
    while done < n_starts and go_on(done / n_starts):
        plan = replace(PLAN, seed=done)
        train(plan, *ROWS, "classes", 2, go_on=lambda share, done=done: go_on((done + share) / n_starts))
        done += 1
    return done, perf_counter() - begun


@st.fragment
def scene() -> None:
    """The button, the bar while it trains, and what came of it."""
    n_starts = int(st.query_params.get("starts", "12"))
    me = st.session_state.setdefault("me", uuid4().hex)
    if st.button("Train", key="train"):
        st.session_state["clicks"] = st.session_state.get("clicks", 0) + 1
    clicks = st.session_state.get("clicks", 0)
    if clicks:  # every click is a training of its own, so nothing comes from what others have trained
        seen = run_beside("training", (me, clicks, n_starts), lambda go_on: trained(n_starts, go_on))
        if seen.is_latest and seen.result:
            st.markdown(f"Trained {clicks} in {seen.result[1]:.3f} s")


st.title("Training")
scene()
