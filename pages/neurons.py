"""Neurons: what one of them decides, why layers, and whether a bigger network is worth it."""

from dl_core import activations as activations_core
from dl_core import (
    backpropagation,
    collapsing_layers,
    driving_test,
    fading_memory,
    gradient_by_layer,
    logic_gates,
    logistic_neuron,
    perceptron,
)
from dl_core.figures.activations import values_and_slopes
from dl_core.figures.backpropagation import small_network
from dl_core.figures.collapsing_layers import layers_on_moons
from dl_core.figures.driving_test import network
from dl_core.figures.fading_memory import memory_chart
from dl_core.figures.gradient_by_layer import gradient_chart
from dl_core.figures.logic_gates import gate_on_the_plane
from dl_core.figures.logistic_neuron import sigmoid_and_step
from dl_core.figures.perceptron import eight_cases
from pages._controls import neurons as controls
from pages._controls import neurons_layers as layer_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._words import neurons as words
from pages._words import neurons_layers as layer_words

festival = Scene(
    key="festival",
    headline=words.festival_headline,
    controls=controls.festival,
    compute=perceptron.story,
    picture=eight_cases,
    sentence=perceptron.takeaway,
    presets=controls.FESTIVAL_PRESETS,
    notes=words.FESTIVAL_NOTES,
    source=words.FESTIVAL_SOURCE,
    live="festival_bias",
)
gates = Scene(
    key="gates",
    headline=words.gates_headline,
    lead=words.GATES_LEAD,
    controls=controls.gates,
    compute=logic_gates.story,
    picture=gate_on_the_plane,
    sentence=logic_gates.takeaway,
    presets=controls.GATES_PRESETS,
    notes=words.GATES_NOTES,
    source=words.GATES_SOURCE,
    live="gates_preset",
)
logistic = Scene(
    key="logistic",
    headline=words.logistic_headline,
    lead=words.LOGISTIC_LEAD,
    controls=controls.logistic,
    compute=logistic_neuron.story,
    picture=sigmoid_and_step,
    sentence=logistic_neuron.takeaway,
    presets=controls.LOGISTIC_PRESETS,
    notes=words.LOGISTIC_NOTES,
    source=words.LOGISTIC_SOURCE,
    live="logistic_threshold",
)
activations = Scene(
    key="activations",
    headline=words.activations_headline,
    lead=words.ACTIVATIONS_LEAD,
    controls=controls.slopes,
    compute=activations_core.story,
    picture=values_and_slopes,
    sentence=activations_core.takeaway,
    presets=controls.SLOPES_PRESETS,
    notes=words.ACTIVATIONS_NOTES,
    source=words.ACTIVATIONS_SOURCE,
    live="activations_x",
)
collapse = Scene(
    key="collapse",
    headline=words.collapse_headline,
    lead=words.COLLAPSE_LEAD,
    controls=controls.collapse,
    compute=collapsing_layers.story,
    picture=layers_on_moons,
    sentence=collapsing_layers.takeaway,
    presets=controls.COLLAPSE_PRESETS,
    notes=words.COLLAPSE_NOTES,
    source=words.COLLAPSE_SOURCE,
    live="collapse_layers",
    tells=words.collapse_tells,
)
driving = Scene(
    key="driving",
    headline=layer_words.driving_headline,
    lead=layer_words.DRIVING_LEAD,
    controls=layer_controls.driving,
    compute=driving_test.story,
    picture=network,
    sentence=driving_test.takeaway,
    presets=layer_controls.DRIVING_PRESETS,
    notes=layer_words.DRIVING_NOTES,
    source=layer_words.DRIVING_SOURCE,
    live="driving_lessons",
)
backprop = Scene(
    key="backprop",
    headline=layer_words.backprop_headline,
    lead=layer_words.BACKPROP_LEAD,
    controls=layer_controls.backprop,
    compute=backpropagation.story,
    picture=small_network,
    sentence=backpropagation.takeaway,
    presets=layer_controls.BACKPROP_PRESETS,
    notes=layer_words.BACKPROP_NOTES,
    source=layer_words.BACKPROP_SOURCE,
    live="backprop_step",
)
layers = Scene(
    key="layers",
    headline=layer_words.layers_headline,
    lead=layer_words.LAYERS_LEAD,
    controls=layer_controls.layers,
    compute=gradient_by_layer.story,
    picture=gradient_chart,
    sentence=gradient_by_layer.takeaway,
    presets=layer_controls.LAYERS_PRESETS,
    notes=layer_words.LAYERS_NOTES,
    source=layer_words.LAYERS_SOURCE,
    live="layers_count",
)
memory = Scene(
    key="memory",
    headline=layer_words.memory_headline,
    lead=layer_words.MEMORY_LEAD,
    controls=layer_controls.memory,
    compute=fading_memory.story,
    picture=memory_chart,
    sentence=fading_memory.takeaway,
    presets=layer_controls.MEMORY_PRESETS,
    notes=layer_words.MEMORY_NOTES,
    source=layer_words.MEMORY_SOURCE,
    live="memory_distance",
)

lesson = Lesson(
    name="neurons",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(festival, gates, logistic, activations, collapse, driving, backprop, layers, memory),
    so_what=words.so_what,
    trade_offs=words.trade_offs,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    corrections=words.CORRECTIONS,
)

if __name__ == "__main__":  # as a page; the brief reads the same lesson from here
    show(lesson)
