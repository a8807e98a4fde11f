"""The controls of "Gradient descent" for the race of optimisers and the sweep of learning rates."""

from __future__ import annotations

import math

import streamlit as st

from dl_core import optimiser_race, rate_sweep
from dl_core.figures.optimiser_race import LIST_TOP
from dl_core.optimisers import OPTIMISERS
from dl_core.rate_sweep import RATES, STEPS
from dl_core.surfaces import FARTHEST, SURFACES, Point, surface
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset

LINK = "query-params"
RATE_CHOICES = {"own": "each its own best", "same": "one for all"}


def race() -> optimiser_race.Settings:
    """The ground, whose rates, and how far the six run."""
    start = optimiser_race.Settings()
    ground = _ground("race", start.surface)
    rates = st.segmented_control(
        "Learning rates",
        tuple(RATE_CHOICES),
        default=start.rates,
        required=True,
        key="race_rates",
        bind=LINK,
        format_func=RATE_CHOICES.get,
        help="Its own best is found by trying many rates for each.",
    )
    rate = st.select_slider(
        "The one rate for all",
        RATES,
        start.learning_rate,
        key="race_rate",
        bind=LINK,
        format_func="{:g}".format,
        disabled=rates == "own",
    )
    n_steps = _steps("race", start.n_steps)
    return optimiser_race.Settings(ground, _start("race", ground), n_steps, rates, rate)


def sweep() -> rate_sweep.Settings:
    """The reader's rate, the ground, and who walks."""
    start = rate_sweep.Settings()
    rate = st.select_slider(
        "Your learning rate",
        RATES,
        start.learning_rate,
        key="sweep_rate",
        bind=LINK,
        format_func="{:g}".format,
        help="Or click on the picture.",
    )
    ground = _ground("sweep", start.surface)
    optimiser = st.pills(
        "Optimiser",
        tuple(OPTIMISERS),
        default=start.optimiser,
        required=True,
        key="sweep_optimiser",
        bind=LINK,
        format_func=OPTIMISERS.get,
    )
    n_steps = _steps("sweep", start.n_steps)
    return rate_sweep.Settings(ground, _start("sweep", ground), n_steps, rate, optimiser)


def _ground(scene: str, default: str) -> str:
    return st.pills(
        "The ground",
        tuple(one.key for one in SURFACES),
        default=default,
        required=True,
        key=f"{scene}_surface",
        bind=LINK,
        format_func=lambda key: surface(key).name,
    )


def _steps(scene: str, default: int) -> int:
    return st.segmented_control(
        "Steps", STEPS, default=default, required=True, key=f"{scene}_steps", bind=LINK
    )


def _start(scene: str, key: str) -> Point:
    """Where the walks begin; each surface keeps its own start."""
    ground = surface(key)
    places = _places(scene, key, ground.start)
    fold = opened_fold("More: the start", f"{scene}_more", places)
    if fold is None:  # nobody moved it
        return ground.start
    with fold:
        found = [
            st.number_input(
                f"Start: {letter}", -FARTHEST, FARTHEST, usual, 0.1, format="%.2f", key=name, bind=LINK
            )
            for letter, (name, usual) in zip("xy", places.items(), strict=False)
        ]
    return found[0], found[1] if ground.dimensions == 2 else 0.0


def _places(scene: str, key: str, start: Point) -> dict[str, float]:
    """Control key → coordinate: y only where it moves."""
    names = [f"{scene}_{key}_{letter}" for letter in "xy"[: surface(key).dimensions]]
    return dict(zip(names, start, strict=False))


def pick_start(x: float, y: float) -> None:
    """A click or a drag on the map moves the start of all six."""
    if y <= LIST_TOP / 2:  # on the list of arrivals
        return
    key = st.session_state.get("race_surface", optimiser_race.Settings().surface)
    for name, value in _places("race", key, (round(x, 2), round(y, 2))).items():
        st.session_state[name] = value


def pick_rate(x: float, y: float) -> None:
    """A click on the sweep chooses the nearest of the rates."""
    if x > 0:
        st.session_state["sweep_rate"] = min(RATES, key=lambda rate: abs(math.log(rate / x)))


RACE_PRESETS = tuple(
    Preset(name, {
        "race_surface": one.surface, "race_rates": one.rates, "race_rate": one.learning_rate,
        "race_steps": one.n_steps, **_places("race", one.surface, one.start),
    })
    for name, one in optimiser_race.PRESETS.items()
)  # fmt: skip
SWEEP_PRESETS = tuple(
    Preset(name, {
        "sweep_rate": one.learning_rate, "sweep_surface": one.surface, "sweep_optimiser": one.optimiser,
        "sweep_steps": one.n_steps, **_places("sweep", one.surface, one.start),
    })
    for name, one in rate_sweep.PRESETS.items()
)  # fmt: skip
