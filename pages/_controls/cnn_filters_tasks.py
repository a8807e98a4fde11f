"""The controls of three scenes of "CNN filters": the moved photo, one layer's numbers, four tasks."""

from __future__ import annotations

import streamlit as st

from dl_core import layer_parameters, moved_photo, vision_tasks
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.photo_input import same_photo

LINK = "query-params"
WAYS = {"shift": "Shift", "turn": "Turn", "size": "Size", "pixels": "Pixel by pixel"}
HOW_FAR = {"shift": "How far", "turn": "How far", "size": "How large", "pixels": "How far"}
EDGES = {"plain": "Its average colour", "mirror": "The photo mirrored"}
USUAL = {"shift": 20.0, "turn": 90.0, "size": 0.5, "pixels": 1.0}  # where each way's slider starts


def moved() -> moved_photo.Settings:
    """How the photo is moved, how far, and what comes in at its edge."""
    way = st.segmented_control(
        "Move the photo",
        tuple(WAYS),
        default="size",
        required=True,
        key="moved_way",
        bind=LINK,
        format_func=WAYS.get,
    )
    amount = st.select_slider(
        HOW_FAR[way],
        moved_photo.AMOUNTS[way],
        USUAL[way],
        key=f"moved_{way}",
        bind=LINK,
        format_func=lambda value: moved_photo.in_words(way, value),
        help="Or click on the picture.",
    )
    edge = st.segmented_control(
        "What comes in at the edge",
        tuple(EDGES),
        default="plain",
        required=True,
        key="moved_edge",
        bind=LINK,
        format_func=EDGES.get,
    )
    return moved_photo.Settings(same_photo("kernel"), way, amount, edge)


def pick_moved(x: float, y: float) -> None:
    """A click or a drag on the picture chooses the nearest amount that was measured."""
    way = st.session_state.get("moved_way", "size")
    st.session_state[f"moved_{way}"] = moved_photo.nearest(way, x)


MOVED_PRESETS = tuple(
    Preset(name, {"moved_way": way, f"moved_{way}": amount, "moved_edge": "plain"})
    for name, way, amount in (
        ("A fifth to the right", "shift", 20.0),
        ("A quarter turn", "turn", 90.0),
        ("Half as large", "size", 0.5),
        ("One pixel", "pixels", 1.0),
    )
)


def parameters() -> layer_parameters.Settings:
    """The picture that comes in, and both layers."""
    start = layer_parameters.Settings()
    side = st.select_slider(
        "The picture's side",
        layer_parameters.SIDES,
        start.side,
        key="parameters_side",
        bind=LINK,
        format_func="{:,} pixels".format,
    )
    colour = st.segmented_control(
        "Its pixels are",
        tuple(layer_parameters.COLOURS),
        default=start.colour,
        required=True,
        key="parameters_colour",
        bind=LINK,
        format_func={"grey": "Grey", "colour": "In colour"}.get,
    )
    kernel = st.segmented_control(
        "Kernel",
        layer_parameters.KERNELS,
        default=start.kernel,
        required=True,
        key="parameters_kernel",
        bind=LINK,
        format_func="{0} × {0}".format,
    )
    usual = {"parameters_units": start.n_units, "parameters_filters": start.n_filters}
    fold = opened_fold("More: units and filters", "parameters_more", usual)
    if fold is None:
        return layer_parameters.Settings(side, colour, kernel=kernel)
    units, filters = fold.columns(2)
    n_units = units.number_input(
        "Units (neurons) of the full layer", 1, 100_000, start.n_units, 100, key="parameters_units", bind=LINK
    )
    n_filters = filters.number_input(
        "Filters of the convolution", 1, 4_096, start.n_filters, 8, key="parameters_filters", bind=LINK
    )
    return layer_parameters.Settings(side, colour, n_units, kernel, n_filters)


PARAMETERS_PRESETS = tuple(
    Preset(
        name,
        {
            "parameters_side": one.side,
            "parameters_colour": one.colour,
            "parameters_kernel": one.kernel,
            "parameters_units": one.n_units,
            "parameters_filters": one.n_filters,
        },
    )
    for name, one in layer_parameters.PRESETS.items()
)

SECONDS = {
    "tasks_name": vision_tasks.YES_OR_NO,
    "tasks_box": vision_tasks.DRAWN_BOX,
    "tasks_outline": vision_tasks.OUTLINE,
}
SECONDS_FOR = {"tasks_name": "for a name", "tasks_box": "for a box", "tasks_outline": "for an outline"}
WAGE = 20.0


def tasks() -> vision_tasks.Settings:
    """Where the heat map is cut, and what the labels are assumed to take."""
    share = st.slider(
        "Cut the heat map at",
        10,
        90,
        40,
        5,
        format="%d %%",
        key="tasks_share",
        bind=LINK,
        help="In percent of its strongest spot. The box holds what is above.",
    )
    photos, pay = st.columns(2)
    n_photos = photos.number_input(
        "Photos to label", 1, 100_000_000, 10_000, 1_000, key="tasks_photos", bind=LINK
    )
    wage = pay.number_input(
        "Dollars an hour", 0.0, 10_000.0, WAGE, 1.0, format="%g", key="tasks_wage", bind=LINK
    )
    fold = opened_fold("More: seconds for each label", "tasks_more", SECONDS)
    if fold is None:
        return vision_tasks.Settings(same_photo("kernel"), share / 100, n_photos, wage)
    seconds = [
        column.number_input(SECONDS_FOR[key], 0.1, 3600.0, usual, 1.0, format="%g", key=key, bind=LINK)
        for column, (key, usual) in zip(fold.columns(3), SECONDS.items(), strict=True)
    ]
    return vision_tasks.Settings(same_photo("kernel"), share / 100, n_photos, wage, *seconds)


TASKS_PRESETS = tuple(
    Preset(name, {"tasks_wage": WAGE, **SECONDS, **other})
    for name, other in (
        ("Published times", {}),
        ("Four clicks a box", {"tasks_box": vision_tasks.CLICKED_BOX}),
        ("Experts at work", {"tasks_wage": 120.0}),
    )
)
