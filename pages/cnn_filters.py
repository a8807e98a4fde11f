"""CNN filters: do we need a vision network, and what do its labels cost?"""

import streamlit as st

from dl_core import (
    closest_filter,
    filter_off,
    filter_wants,
    kernel_fit,
    kernels,
    layer_parameters,
    moved_photo,
    network_layers,
    vision_tasks,
)
from dl_core.documents.settings import holds_own
from dl_core.figures.closest_filter import closest_filters
from dl_core.figures.filter_off import before_and_after
from dl_core.figures.filter_wants import wanted_picture
from dl_core.figures.kernel_fit import fit_map, fit_slide
from dl_core.figures.kernels import kernel_map, kernel_slide
from dl_core.figures.layer_parameters import layer_bars
from dl_core.figures.moved_photo import moved_curve
from dl_core.figures.network_flow import network_on_a_slide
from dl_core.figures.network_layers import opened_network
from dl_core.figures.vision_tasks import four_tasks, tasks_in_a_row
from dl_core.kernels_in_words import takeaway as kernel_sentence
from dl_core.photos import first_sample
from pages._controls import cnn_filters as controls
from pages._controls import cnn_filters_layers as layer_controls
from pages._controls import cnn_filters_off as off_controls
from pages._controls import cnn_filters_tasks as task_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.visit import visit
from pages._words import cnn_filters as words
from pages._words import cnn_filters_layers as layer_words
from pages._words import cnn_filters_off as off_words
from pages._words import cnn_filters_tasks as task_words


def weights() -> tuple[float, ...]:
    """The nine weights of the opening scene."""
    settings: kernels.Settings = visit().kept["kernel"][0]
    return settings.weights


kernel = Scene(
    key="kernel",
    headline=words.kernel_headline,
    controls=controls.kernel,
    compute=kernels.story,
    picture=kernel_map,
    slide=kernel_slide,
    sentence=kernel_sentence,
    presets=controls.KERNEL_PRESETS,
    pick=controls.pick_pixel,
    notes=words.KERNEL_NOTES,
    private=True,
    source=words.KERNEL_SOURCE,
    live="kernel_preset",
    tells=words.kernel_tells,
)
fit = Scene(
    key="fit",
    headline=words.fit_headline,
    lead=words.FIT_LEAD,
    controls=controls.fit,
    compute=kernel_fit.story,
    picture=fit_map,
    slide=fit_slide,
    sentence=kernel_fit.takeaway,
    presets=controls.FIT_PRESETS,
    pick=controls.pick_cell,
    below=controls.remedy,
    notes=words.FIT_NOTES,
    source=words.FIT_SOURCE,
    live="fit_preset",
)
layers = Scene(
    key="opened",
    headline=layer_words.layers_headline,
    lead=layer_words.LAYERS_LEAD,
    controls=layer_controls.layers,
    compute=network_layers.story,
    picture=opened_network,
    slide=network_on_a_slide,
    sentence=network_layers.takeaway,
    presets=layer_controls.LAYERS_PRESETS,
    pick=layer_controls.pick_map,
    notes=layer_words.LAYERS_NOTES,
    private=True,
    source=layer_words.LAYERS_SOURCE,
    live="layers_depth",
)
closest = Scene(
    key="closest",
    headline=layer_words.closest_headline,
    lead=layer_words.CLOSEST_LEAD,
    controls=lambda: layer_controls.closest(weights()),
    silent=True,
    compute=closest_filter.story,
    picture=closest_filters,
    sentence=closest_filter.takeaway,
    notes=layer_words.CLOSEST_NOTES,
    private=True,
    source=layer_words.CLOSEST_SOURCE,
)
off = Scene(
    key="off",
    headline=off_words.off_headline,
    lead=off_words.OFF_LEAD,
    controls=off_controls.off,
    compute=filter_off.story,
    picture=before_and_after,
    sentence=filter_off.takeaway,
    presets=off_controls.OFF_PRESETS,
    pick=off_controls.pick_off,
    notes=off_words.OFF_NOTES,
    private=holds_own,
    beside=True,
    at_rest=lambda: filter_off.Settings(first_sample()),
    doing="Measuring",
    source=off_words.OFF_SOURCE,
    live="off_places",
    tells=off_words.off_tells,
)
wants = Scene(
    key="wants",
    headline=off_words.wants_headline,
    lead=off_words.WANTS_LEAD,
    controls=off_controls.wants,
    compute=filter_wants.story,
    picture=wanted_picture,
    sentence=filter_wants.takeaway,
    presets=off_controls.WANTS_PRESETS,
    pick=off_controls.pick_wants,
    notes=off_words.WANTS_NOTES,
    source=off_words.WANTS_SOURCE,
    live="wants_filter",
)
moved = Scene(
    key="moved",
    headline=task_words.moved_headline,
    lead=task_words.MOVED_LEAD,
    controls=task_controls.moved,
    compute=moved_photo.story,
    picture=moved_curve,
    sentence=moved_photo.takeaway,
    presets=task_controls.MOVED_PRESETS,
    pick=task_controls.pick_moved,
    notes=task_words.MOVED_NOTES,
    private=holds_own,
    beside=True,
    at_rest=lambda: moved_photo.Settings(first_sample()),
    doing="Measuring",
    source=task_words.MOVED_SOURCE,
    live="moved_preset",
    tells=task_words.moved_tells,
)
parameters = Scene(
    key="parameters",
    headline=task_words.parameters_headline,
    lead=task_words.PARAMETERS_LEAD,
    controls=task_controls.parameters,
    compute=layer_parameters.story,
    picture=layer_bars,
    sentence=layer_parameters.takeaway,
    presets=task_controls.PARAMETERS_PRESETS,
    notes=task_words.PARAMETERS_NOTES,
    source=task_words.PARAMETERS_SOURCE,
    live="parameters_side",
)
tasks = Scene(
    key="tasks",
    headline=task_words.tasks_headline,
    lead=task_words.TASKS_LEAD,
    controls=task_controls.tasks,
    compute=vision_tasks.story,
    picture=four_tasks,
    slide=tasks_in_a_row,
    sentence=vision_tasks.takeaway,
    presets=task_controls.TASKS_PRESETS,
    below=lambda told: st.caption(task_words.TASKS_NOTE),
    notes=task_words.TASKS_NOTES,
    private=holds_own,
    beside=True,
    at_rest=lambda: vision_tasks.Settings(first_sample()),
    doing="Drawing",
    source=task_words.TASKS_SOURCE,
    live="tasks_photos",
    tells=task_words.tasks_tells,
)

lesson = Lesson(
    name="cnn_filters",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(kernel, fit, layers, closest, off, wants, moved, parameters, tasks),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    corrections=(*words.CORRECTIONS, task_words.CORRECTION),
    linked=lambda settings: (settings.photo, settings.weights),
)

if __name__ == "__main__":
    show(lesson)
