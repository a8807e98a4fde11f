"""The words of two scenes of "CNN filters": the opened network, and the closest learned filter."""

from __future__ import annotations

from dl_core.closest_filter import N_RANDOM, ClosestFilter
from dl_core.network_layers import OpenedNetwork

MANY = 0.2  # share of a layer's maps from which on we say that many stay silent


def layers_headline(opened: OpenedNetwork) -> str:
    """What this depth shows."""
    if opened.settings.depth == "story":
        return "A photo becomes maps, and maps become scores"
    if opened.settings.depth == "arithmetic":
        return "Every dot of a map is a sum"
    if opened.silent >= MANY * len(opened.layer.maps):
        return "On one photo, many maps stay silent"
    return "Each map shows where one filter answers"


def closest_headline(found: ClosestFilter) -> str:
    """Whether training found something like the reader's kernel."""
    if not found.matches:
        return "A kernel of zeros has no pattern"
    if found.is_rare:
        return "Nobody drew it: training found a filter like yours"
    return "A match as close as this may be chance"


LAYERS_LEAD = (
    "Our **CNN**, a network of convolutions, gets the photo’s middle square as three tables of numbers from 0 to 255: red, green and blue. "
    "A **map** is a small picture of where one filter, a learned kernel, answers: dark means strongly. "
    "Early maps might answer to edges, later ones to larger shapes, the last ones to parts of things."
)
CLOSEST_LEAD = (
    "You set your kernel by hand; the network learned its filters from photos and names alone. **Similarity** compares two patterns: "
    "1 is the same, 0 unrelated, −1 the same with light and dark swapped. We left out filters that answer to colour alone."
)

LAYERS_NOTES = (
    "Say: nothing is hidden in there. The photo becomes twenty-four maps, then more and smaller ones, and at last two hundred scores. "
    "Point at the rows from top to bottom: they begin sharp and end coarse. Then switch to one layer, and to one sum with its numbers. "
    "Expect the question what a map stands for. Most have no sure name. One map answers to many things, so do not name it after one photo."
)
CLOSEST_NOTES = (
    "Say: this kernel was set by hand, and the network never saw it. Training found its own filters, from photos and names. "
    "Point at the first two grids of numbers, then at the two pictures below them. "
    "Expect the question whether that proves anything. So we asked ten thousand random kernels the same, and the sentence says how many do as well. "
    "Mind the colour too: some learned filters answer to colour, and a grey kernel cannot."
)

LAYERS_SOURCE = (
    "Our own network, trained on Tiny ImageNet: the middle square of the photo, shrunk to 64 by 64 pixels."
)
CLOSEST_SOURCE = (
    f"The first layer of our own network, normalisation folded in; chance is {N_RANDOM:,} random kernels."
)
