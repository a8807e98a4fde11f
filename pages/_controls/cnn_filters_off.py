"""Controls of two scenes of "CNN filters": a filter switched off, and what a filter wants."""

from __future__ import annotations

import streamlit as st

from dl_core import filter_off, filter_wants
from dl_core.figures.filter_off import filter_at
from dl_core.figures.filter_wants import tile_at
from dl_core.vision.ablation import LAYERS
from pages._shared.lesson import Preset
from pages._shared.photo_input import same_photo
from pages._shared.stale import drop_stale
from pages._shared.visit import visit
from pages._words.cnn_filters_off import LAYER_NAMES, OFF_NOTE, PLACES, WANTS_NOTE

LINK = "query-params"


def off() -> filter_off.Settings:
    """The layer, and which of its filters are off: by place in the ranking, or by number."""
    layer = st.segmented_control(
        "Layer, from the photo to the answer",
        tuple(LAYERS),
        default=filter_off.LAST,
        required=True,
        key="off_layer",
        bind=LINK,
        format_func=LAYER_NAMES.get,
    )
    ranks = st.pills(
        "Switch off the strongest, by place",
        tuple(PLACES),
        selection_mode="multi",
        default=[1],
        key="off_places",
        bind=LINK,
        format_func=PLACES.get,
    )
    n_filters = LAYERS[layer].n_filters
    drop_stale("off_number", (None, *range(1, n_filters + 1)))  # another layer has other filters
    number = st.number_input(
        f"And one by its number, 1 to {n_filters}",
        1,
        n_filters,
        None,
        1,
        key="off_number",
        bind=LINK,
        placeholder="none",
        help="Or press a bar of the lower chart. The same bar again switches it on.",
    )
    st.caption(OFF_NOTE)
    return filter_off.Settings(same_photo("kernel"), layer, tuple(sorted(ranks)), number)


OFF_PRESETS = (
    Preset("The strongest", {"off_layer": "stage4", "off_places": [1], "off_number": None}),
    Preset("The five strongest", {"off_layer": "stage4", "off_places": [1, 2, 3, 4, 5], "off_number": None}),
    Preset("One of the first layer", {"off_layer": "first", "off_places": [1], "off_number": None}),
)


def pick_off(x: float, y: float) -> None:
    """A press on a bar of the ranking switches that filter off, and on again."""
    kept = visit().kept.get("off")
    number = filter_at(kept[1], x, y) if kept else None
    if number:
        is_off = st.session_state.get("off_number") == number
        st.session_state["off_number"] = None if is_off else number


def wants() -> filter_wants.Settings:
    """The layer, and which of its filters to look at."""
    measured = filter_wants.measurement()
    layer = st.segmented_control(
        "Layer, from the photo to the answer",
        filter_wants.WANTED_LAYERS,
        default=filter_wants.WANTED_LAYERS[-1],
        required=True,
        key="wants_layer",
        bind=LINK,
        format_func=LAYER_NAMES.get,
    )
    numbers = tuple(one.number for one in measured.layers[layer].shown)
    drop_stale("wants_filter", numbers)  # another layer has other filters
    number = st.pills(
        "Filter, drawn by lot", numbers, default=numbers[0], required=True, key="wants_filter", bind=LINK
    )
    st.caption(WANTS_NOTE)
    return filter_wants.Settings(layer, number)


def pick_wants(x: float, y: float) -> None:
    """A press on a picture of the row shows that filter large."""
    measured = filter_wants.measurement()
    shown = measured.layers[st.session_state["wants_layer"]].shown
    place = tile_at(x, y)
    if place is not None and place < len(shown):
        st.session_state["wants_filter"] = shown[place].number


WANTS_PRESETS = tuple(
    Preset(name, {"wants_layer": one.layer, "wants_filter": one.number})
    for name, one in filter_wants.presets().items()
)
