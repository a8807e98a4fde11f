"""The controls of the walk: how far each step goes, on which ground, from where."""

from __future__ import annotations

import streamlit as st

from dl_core import gradient_descent as core
from dl_core.gradient_descent import PRESETS, Descent, Settings
from dl_core.surfaces import SURFACES, surface
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.marked_slider import Mark, log_stops, marked_slider

LINK = "query-params"
START = Settings()
STOPS = log_stops(-3, 1)


def path() -> Settings:
    """The rate first: it is what this lesson is about."""
    rate_place = st.container()
    ground = st.pills(
        "The ground",
        [one.key for one in SURFACES],
        default=START.surface,
        required=True,
        key="path_surface",
        bind=LINK,
        format_func=lambda key: surface(key).name,
        on_change=_start_of_the_surface,
    )
    n_steps = st.segmented_control(
        "Steps", core.STEPS, default=START.n_steps, required=True, key="path_steps", bind=LINK
    )
    start = _start(ground)
    with rate_place:
        rate = marked_slider(
            "Learning rate",
            "path_rate",
            STOPS,
            default=START.learning_rate,
            most=core.LARGEST_RATE,
            marks=lambda: _marks(ground, start),
        )
    return Settings(ground, rate, n_steps, start)


def _start(ground: str) -> core.Point:
    """Typed, or clicked and dragged on the picture."""
    defaults = {"path_x": START.start[0], "path_y": START.start[1]}
    fold = opened_fold("Start: drag it on the picture, or type it", "path_start", defaults)
    if fold is None:
        return START.start
    limits = {
        "min_value": -core.FARTHEST,
        "max_value": core.FARTHEST,
        "step": 0.1,
        "format": "%.6g",
        "bind": LINK,
    }
    with fold:
        across, up = st.columns(2)
        x = across.number_input("Start: x", value=START.start[0], key="path_x", **limits)
        y = up.number_input("Start: y", value=START.start[1], key="path_y", **limits)
    return (x, y if surface(ground).dimensions == 2 else 0.0)


def _start_of_the_surface() -> None:
    """Another ground begins at a place that is worth seeing there."""
    _put(surface(st.session_state["path_surface"]).start)


def _put(start: core.Point) -> None:
    st.session_state["path_x"], st.session_state["path_y"] = start


def pick_start(x: float, y: float) -> None:
    """A click on the picture, or its circle dragged, moves the start."""
    _put((round(x, 2), round(y, 2) if surface(st.session_state["path_surface"]).dimensions == 2 else 0.0))


def _marks(ground: str, start: core.Point) -> tuple[Mark, ...]:
    rates = core.rates_for(ground, start)
    how = "" if rates.by_formula else ", found by trying"
    return (
        Mark(rates.best, f"best: {core.number(rates.best)}{how}"),
        Mark(rates.largest_stable or STOPS[-1], f"edge: {rates.edge}; beyond, it diverges", beyond=True),
    )


def remedy(shown: Descent) -> None:
    """What would help, one click away."""
    found = shown.remedy

    def apply() -> None:
        if found:
            st.session_state["path_rate"] = found.learning_rate
            _put(found.start)

    if found:
        st.button(found.label, key="path_remedy", icon=":material/build:", on_click=apply)


def _preset(name: str, settings: Settings) -> Preset:
    return Preset(name, {
        "path_surface": settings.surface, "path_rate": settings.learning_rate, "path_steps": settings.n_steps,
        "path_x": settings.start[0], "path_y": settings.start[1],
    })  # fmt: skip


PATH_PRESETS = tuple(_preset(*pair) for pair in PRESETS.items())
