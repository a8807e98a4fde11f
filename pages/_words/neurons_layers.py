"""The words of four scenes of "Neurons": driving test, backpropagation, gradient by layer, memory."""

from __future__ import annotations

from dl_core.backpropagation import Backpropagation
from dl_core.driving_test import Driving
from dl_core.fading_memory import FadingMemory
from dl_core.gradient_by_layer import GradientByLayer, study


def driving_headline(shown: Driving) -> str:
    """What the hidden neurons let through."""
    if not shown.awake:
        return "Below zero, a ReLU neuron says nothing"
    if len(shown.awake) == 1:
        return "One neuron speaks, the other stays silent"
    return "An answer is a few sums, and all can be read"


DRIVING_LEAD = (
    "A toy network rates a driving test from three inputs. Its weights were set by hand so that a published example comes out. "
    "The names PARKING and ROAD are ours too: in a trained network **hidden neurons**, those between input and answer, have no such names."
)
DRIVING_SOURCE = (
    "A made-up toy after a published article; its sums are computed again here, three of them corrected."
)
DRIVING_NOTES = (
    "Say: three inputs, two neurons between, one answer. Each neuron multiplies, adds up, and ReLU cuts off what is below zero. "
    "Point at the two sums of person A: both are negative, so nothing goes on. Then move the lessons and wait for the first box to wake. "
    "Somebody will ask whether a real network has a neuron for parking. Usually not: its neurons mix many things. "
    "And using sex or age in a real decision may break the law, so ask before you build."
)


def layers_headline(shown: GradientByLayer) -> str:
    """What becomes of the gradient on its way back."""
    return {
        "starves": "The layers next to the input starve",
        "holds": "With the right start, every layer hears the loss",
        "explodes": "With large weights, the gradient explodes on its way back",
    }[shown.fate]


LAYERS_LEAD = (
    "The **gradient** is that hint: it says how the loss changes when a number changes a little. "
    "It travels from the network's end back to the input, and each layer multiplies it by slopes and weights. "
    "Where these stay below one, it **vanishes**, which means it shrinks to nothing; above one, it **explodes**."
)
LAYERS_SOURCE = (
    f"Our own run in torch: {study().n_starts} random starts, 64 neurons a layer, {study().n_examples} UCI digits, "
    f"before training, {study().made}."
)
LAYERS_NOTES = (
    "Say: this is measured on real networks before training, not drawn from theory. Read it from right to left: the gradient starts at the end. "
    "Point at layer 1, where the sigmoid is left with almost nothing: its slope is never above a quarter. Then switch to ReLU with He. "
    "Expect the question how today's networks get so deep. They use ReLU and its kin, fitting first weights, "
    "layers that keep sizes even, and shortcuts past layers. So ask which of these your team uses."
)


def backprop_headline(shown: Backpropagation) -> str:
    """Which part of the round the reader has reached."""
    return {
        "start": "A network small enough to check by hand",
        "forward": "Forward: compute every number, and keep it",
        "backward": "Backward: every slope is a short product",
        "update": "The slopes are known; now the optimiser moves the weights",
        "check": "Forward, backward, update: one round of learning",
    }[shown.now.phase]


BACKPROP_LEAD = (
    "**Backpropagation** means: find the slope for every weight, from the last layer back to the first. "
    "Each slope is the one behind it times a number kept from **forward propagation**, the way from input to answer. "
    "It moves no weight; that is the optimiser's part. The loss says how wrong the answer is; biases are left out, so that you can check every number."
)
BACKPROP_SOURCE = (
    "A made-up network of six weights, so a toy; every slope is tested against torch's automatic ones."
)
BACKPROP_NOTES = (
    "Say: the network computes forward and keeps each number. Then it walks back: what came back, times what was kept, gives the next slope. "
    "Point at the blue numbers above and the red ones below, and play it, one number at a time. "
    "Only at the end does the optimiser move the weights. Expect the question why this matters to us. "
    "One walk back finds all slopes at once, for six weights or six billion. But everything kept costs memory, so training needs more of it than use."
)


def memory_headline(shown: FadingMemory) -> str:
    """How far the two memories reach."""
    if shown.plain.grows:
        return "A memory that grows at each step is no better"
    if shown.gated.reach is None:
        return "A plain memory fades within steps; a gate holds on"
    return "Both memories fade, step by step"


MEMORY_LEAD = (
    "A **recurrent** network reads one input after another and keeps a memory. "
    "A step back in time is a layer further down, so **long-range dependencies**, links to what came long before, shrink in the same way. "
    "A **gate**, here a neuron that decides what to keep, slows it down. The page Language shows what training makes of it."
)
MEMORY_SOURCE = f"Our own run in torch: {study().n_starts} random starts, 64 neurons, random inputs (a toy), before training, {study().made}."
MEMORY_NOTES = (
    "Say: a network reads a text word by word. How much of an early word is left at the end? We measured it before training, on random inputs. "
    "Point at the blue line: each step multiplies, so the effect falls like compound interest in reverse. "
    "The orange line has a gate and reaches further. Expect the question whether training cures it. "
    "Gates learn to stay open where it helps; still, long texts moved to attention, which looks back directly and pays with computing."
)
