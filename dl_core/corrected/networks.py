"""Corrections of the pages on networks: neurons, the builder, photos and text."""

from __future__ import annotations

from dl_core import driving_test, gradient_by_layer, perceptron
from dl_core.corrected.correction import Correction
from dl_core.layer_parameters import PRESETS as LAYERS
from dl_core.layer_parameters import large, memory
from dl_core.layer_parameters import story as counted
from dl_core.numbers_in_words import number


def neurons() -> tuple[Correction, ...]:
    """Of “Neurons”."""
    ours, printed = (driving_test.story(driving_test.PRESETS[name]) for name in ("Person B", "B, as printed"))
    sums, theirs = (
        " and ".join(driving_test.exact(one.total) for one in each.hidden) for each in (ours, printed)
    )
    bias = perceptron.Settings().bias
    return (
        Correction(
            "E",
            f"{theirs} in the driving test of person B, and a chance of {driving_test.fine(printed.share)}",
            f"Its own weights give {sums}, and {driving_test.fine(ours.share)}.",
            "We coded male as 1 and female as 0. With female as −1, the printed numbers come out.",
            "neurons",
        ),
        Correction(
            "ABCE",
            "three threshold signs: from 0 on (B), sum minus b over 0 (C), plus b (A, E)",
            f"We add the bias and ask for over 0. "
            f"So C’s threshold of {number(-bias)} is our bias of {number(bias)}.",
            f"All {len(perceptron.CASES)} cases of C’s festival come out as printed.",
            "neurons",
        ),
        Correction(
            "C",
            "the two cases of backpropagation, each in the other’s place",
            "An output hangs on the weights of its own layer and of earlier ones, and on no later ones.",
            "C’s own last formula says so too. Our slopes agree with PyTorch’s and with small nudges.",
            "neurons",
        ),
        Correction(
            "C",
            "some letters slip: a sum over i of terms in j, n layers for L, one letter for input and output",
            "A sum runs over its own letter, layers run from 1 to L, and each letter means one thing.",
            "We read C’s formulas against its own last one.",
            "neurons",
        ),
        *_learning(),
    )


def _learning() -> tuple[Correction, ...]:
    starved = gradient_by_layer.story(gradient_by_layer.Settings())
    return (
        Correction(
            "B",
            "gradients that vanish leave the deeper layers without updates",
            "It is the early layers, next to the input, that get next to nothing.",
            f"Measured in real networks: through {starved.settings.n_layers} sigmoid layers, "
            f"the first gets {gradient_by_layer.share_in_words(starved.first)} of the gradient.",
            "neurons",
        ),
        Correction(
            "B",
            "training makes it more likely to pass the threshold",
            "It does so for true cases. For all others it makes it less likely.",
            "One nudge towards a 4 raises the 4, and the other digits together fall.",
            "neurons",
        ),
        Correction(
            "BDE",
            "backpropagation is the update",
            "It finds the slopes and moves nothing. The optimiser takes the step.",
            "One round is printed number by number; PyTorch finds the same slopes.",
            "neurons",
        ),
        Correction(
            "C",
            "modern networks hardly ever hold a sigmoid",
            "That is true inside. At outputs for yes or no it is standard.",
            "A tutorial of TensorFlow puts one there, and our driving test ends in one.",
            "neurons",
        ),
    )


def builder() -> tuple[Correction, ...]:
    """Of “MLP builder”."""
    return (
        Correction(
            "B",
            "several output layers, one for each class",
            "There is one output layer, with one neuron for each class.",
            "Our builder makes its networks so, and PyTorch runs the same ones.",
            "mlp_builder",
        ),
        Correction(
            "E",
            "hyper-parameters are the layers and the neurons",
            "They are all that you choose: also the learning rate, the batch size, λ and the k of kNN.",
            "Each of them is a control on our pages, and training moves none of them.",
            "mlp_builder",
        ),
        Correction(
            "A",
            "regularisation has nothing to do with the input",
            "That is true of a price on weights. "
            "Dropout, changed inputs and an early stop touch the input or the training.",
            "Our builder trains with dropout; its formula stands under the maths.",
            "mlp_builder",
        ),
        Correction(
            "E",
            "nobody has a clue what the machine knows, and it finds the best possible form",
            "In part it can be inspected. "
            "And nothing promises the best form: another start finds another network.",
            "We trained one plan from ten starts, and looked inside a network filter by filter.",
            "mlp_builder",
        ),
    )


def photos() -> tuple[Correction, ...]:
    """Of “CNN filters”."""
    grey, colour = (counted(LAYERS[name]) for name in ("The article's picture", "In colour"))
    other = 256  # the side that 65,536 belongs to
    return (
        Correction(
            "C",
            f"{other**2:,} times 1,000 weights for a picture of 224 by 224",
            f"That picture has {grey.n_inputs:,} pixels; {other**2:,} belong to {other} by {other}. "
            f"So a layer of 1,000 has {large(grey.connected.weights)} weights in grey "
            f"and {large(colour.connected.weights)} in colour.",
            "We counted each number to learn; PyTorch counts the same. "
            f"In colour they take {memory(colour.connected.bytes)}.",
            "cnn_filters",
        ),
        Correction(
            "B",
            "face recognition as a kind of classification",
            "“Which of these people is it?” is identification, “is it the same person?” verification.",
            "These are the names of the trade. Our own network learned no names of people.",
            "cnn_filters",
        ),
    )


def text() -> tuple[Correction, ...]:
    """Of “Language”."""
    return (
        Correction(
            "D",
            "“transformers” for the layers of any network",
            "We keep the word for the network that reads text with attention.",
            "No page of ours says it of a layer.",
            "language",
        ),
    )
