"""Controls of two scenes of "CNN filters": the opened network, and the closest learned filter."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dl_core import closest_filter, network_layers
from dl_core.vision.layers import N_MAPS, NAMES, SIDES
from pages._shared.lesson import Preset
from pages._shared.photo_input import same_photo
from pages._shared.stale import drop_stale
from pages._shared.visit import visit

LINK = "query-params"
OPENING = "kernel"  # the scene whose photo these look at
DEPTH_NAMES = {"story": "Story", "mechanism": "Mechanism", "arithmetic": "Arithmetic"}
SCALE_NAMES = {"shared": "One for all maps", "local": "Each map its own"}


def layers() -> network_layers.Settings:
    """How closely to look, at which layer and map; and at which place, where one sum is shown."""
    depth = st.segmented_control(
        "How closely to look",
        network_layers.DEPTHS,
        default=network_layers.DEPTHS[0],
        required=True,
        key="layers_depth",
        bind=LINK,
        format_func=DEPTH_NAMES.get,
    )
    layer = st.select_slider(
        "Layer",
        NAMES,
        NAMES[0],
        key="layers_layer",
        bind=LINK,
        help="A block is two layers of filters with a shortcut: what comes in is also added past them.",
    )
    at = NAMES.index(layer)
    number = 0
    if depth != "story":  # the path shows the strongest maps of every layer; the reader's own map waits
        number = _whole(st, f"Map, 1 to {N_MAPS[at]}", N_MAPS[at], "layers_map", "Or press one of the maps.")
    scale = st.segmented_control(
        "Colour scale",
        network_layers.SCALES,
        default=network_layers.SCALES[0],
        required=True,
        key="layers_scale",
        bind=LINK,
        format_func=SCALE_NAMES.get,
    )
    row = column = 0
    if depth == "arithmetic":
        down, across = st.columns(2)
        side = SIDES[at]
        place = "Empty takes the strongest place off the edge."
        row = _whole(down, f"Row, 1 to {side}", side, "layers_row", place)
        column = _whole(across, f"Column, 1 to {side}", side, "layers_column", place)
    return network_layers.Settings(same_photo(OPENING), depth, layer, number, row, column, scale)


def _whole(place: Any, label: str, most: int, key: str, told: str) -> int:
    """A whole number from 1; 0 while the field is empty."""
    drop_stale(key, (None, *range(1, most + 1)))  # another layer has fewer maps, and they are smaller
    chosen = place.number_input(
        label,
        1,
        most,
        None,
        1,
        key=key,
        bind=LINK,
        placeholder="strongest",
        help=told,
        persist_state="page",
    )
    return int(chosen or 0)


def pick_map(x: float, y: float) -> None:
    """A click on a map of the contact sheet chooses it."""
    kept = visit().kept.get("opened")
    if kept and kept[0].depth == "mechanism":
        number = network_layers.map_at(kept[1], x, y)
        if number:
            st.session_state["layers_map"] = number


LAYERS_PRESETS = (
    Preset("All 24 first filters", {"layers_depth": "mechanism", "layers_layer": NAMES[0]}),
    Preset("The deepest maps", {"layers_depth": "mechanism", "layers_layer": NAMES[-1]}),
    Preset("One sum by hand", {"layers_depth": "arithmetic", "layers_layer": NAMES[0]}),
)


def closest(weights: tuple[float, ...]) -> closest_filter.Settings:
    """The opening scene's kernel on the opening scene's photo.

    Parameters
    ----------
    weights
        Nine numbers, row by row.
    """
    return closest_filter.Settings(same_photo(OPENING), weights)
