"""The controls of the walk: how far each step goes, on which ground, from where."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dl_core import gradient_descent as core
from dl_core.gradient_descent import PRESETS, Descent, Settings
from dl_core.surfaces import FARTHEST, SURFACES, Point, surface
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.marked_slider import Mark, MarkedSlider, log_stops

LINK = "query-params"
START = Settings()
RATE = MarkedSlider("Learning rate", "path_rate", log_stops(-3, 1), core.LARGEST_RATE)
GROUNDS = {one.key: one.name for one in SURFACES}


def path() -> Settings:
    """The rate first: it is what this lesson is about."""
    place = st.container(key="path_rate_marked")
    ground = st.pills(
        "The ground",
        GROUNDS,
        default=START.surface,
        required=True,
        key="path_surface",
        bind=LINK,
        format_func=GROUNDS.get,
        on_change=_start_of_the_surface,
    )
    n_steps = st.segmented_control(
        "Steps", core.STEPS, default=START.n_steps, required=True, key="path_steps", bind=LINK
    )
    start = _typed(ground)
    return Settings(ground, RATE.slider(place, START.learning_rate, _marks(ground, start)), n_steps, start)


def _typed(ground: str) -> Point:
    """The rate and the start as numbers; the picture and the slider set the same."""
    defaults = {"path_rate_typed": None, "path_x": START.start[0], "path_y": START.start[1]}
    fold = opened_fold("Type the rate or the start", "path_typed", defaults)
    if fold is None:
        return START.start
    limits = {
        "min_value": -FARTHEST,
        "max_value": FARTHEST,
        "step": 0.1,
        "format": "%.6g",
        "bind": LINK,
    }
    with fold:
        RATE.field()
        across, up = st.columns(2)
        x = across.number_input("Start: x", value=START.start[0], key="path_x", **limits)
        y = up.number_input("Start: y", value=START.start[1], key="path_y", **limits)
    return (x, y if surface(ground).dimensions == 2 else 0.0)


def _start_of_the_surface() -> None:
    """Another ground begins at a place that is worth seeing there."""
    _put(surface(st.session_state["path_surface"]).start)


def _put(start: Point) -> None:
    st.session_state["path_x"], st.session_state["path_y"] = start


def pick_start(x: float, y: float) -> None:
    """A click on the picture, or its circle dragged, moves the start."""
    _put((round(x, 2), round(y, 2) if surface(st.session_state["path_surface"]).dimensions == 2 else 0.0))


@lru_cache(maxsize=256)  # the rate moves at every turn of its slider, and these do not
def _marks(ground: str, start: Point) -> tuple[Mark, ...]:
    rates = core.rates_for(ground, start)
    how = "" if rates.by_formula else ", found by trying"
    return (
        Mark(rates.best, f"best: {core.rough(rates.best)}{how}"),
        Mark(rates.largest_stable or RATE.stops[-1], f"edge: {rates.edge}; beyond, it diverges", beyond=True),
    )


def remedy(shown: Descent) -> None:
    """What would help, one click away."""
    found = shown.remedy

    def apply() -> None:
        if found:
            st.session_state.update(RATE.at(found.learning_rate))
            _put(found.start)

    if found:
        st.button(found.label, key="path_remedy", icon=":material/build:", on_click=apply)


def _preset(name: str, settings: Settings) -> Preset:
    return Preset(name, {
        "path_surface": settings.surface, "path_steps": settings.n_steps,
        "path_x": settings.start[0], "path_y": settings.start[1], **RATE.at(settings.learning_rate),
    })  # fmt: skip


PATH_PRESETS = tuple(_preset(*pair) for pair in PRESETS.items())
