"""The words of two scenes of "CNN filters": a filter switched off, and what a filter wants."""

from __future__ import annotations

from dl_core.filter_off import N_DRAWS, FilterOff
from dl_core.filter_wants import FilterWants, measurement
from dl_core.numbers_in_words import so_many
from dl_core.vision.ablation import LAYERS

LAYER_NAMES = {key: f"{layer.name} ({layer.n_filters})" for key, layer in LAYERS.items()}
PLACES = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 5: "5th", 6: "6th", 7: "7th", 8: "8th"}


def off_headline(told: FilterOff) -> str:
    """What the switched-off filters did to the answer."""
    n_off = len(told.off)
    if not n_off:
        return "Every filter is on, so nothing has moved yet"
    if set(told.off) <= told.ranking.silent:
        return "A silent filter can go, and nothing moves"
    if told.has_changed:
        return f"Without {'one filter' if n_off == 1 else f'{n_off} filters'}, another name leads"
    if told.points <= 0:
        return "Some filters speak against the answer, not for it"
    return f"{so_many(n_off, 'filter').capitalize()} off, and the answer still stands"


def wants_headline(told: FilterWants) -> str:
    """Whether the filter stands for one thing."""
    return {
        "one thing": "Mostly one thing stirs this filter",
        "a mix": "A mix of things stirs this filter",
        "chance": "No single thing stirs this filter",
    }[told.kind]


OFF_LEAD = (
    "Switch a filter off, and the rest of the network answers without its map. "
    "Below, each filter of the layer goes off alone, the strongest first."
)
OFF_NOTE = (
    "Off means: its map is 0 everywhere, after the layer has cut off what lies below zero, for the photo and for its mirror image. "
    "The other usual way puts its average map there; the order can differ."
)
WANTS_LEAD = (
    f"Each picture grew from noise, step by step, so that one filter's map gets as strong as it can. "
    f"Beside it: what stands on the {measurement().n_top} of {measurement().n_photos:,} held-out photos that stir it most. "
    f"We call it mostly one thing if more than half show it."
)
WANTS_NOTE = (
    "These eight were drawn by lot; nobody chose them. “Strength” is the average of the filter's map. "
    "The control has the same recipe in a network with scrambled weights."
)

OFF_SOURCE = (
    f"Our own network on this photo; “by chance” is the middle of {N_DRAWS} draws of as many filters."
)
WANTS_SOURCE = (
    f"Our own network; {measurement().n_photos:,} held-out photos of Tiny ImageNet, counted and not shown."
)

OFF_NOTES = (
    "Say: the network has hundreds of filters, and here we switch them off one by one. "
    "Point at the lower bars: a few filters on the left carry this answer, and most hardly move it. "
    "Then point at the hollow and the solid bars above, and press “The five strongest”. "
    "Expect the question whether we can delete the small ones. Not from one photo. "
    "Another photo needs other filters, so ask for the effect over all your photos before anyone cuts."
)
WANTS_NOTES = (
    "Say: nobody told this filter what to look for, and this picture is what stirs it most. "
    "Point at the bars beside it: they count what real photos stir it, and often there are several things. "
    "Then compare the last picture of the row, from scrambled weights. "
    "Expect the question what this filter detects. We can say what stirs it. "
    "A name such as “wheel” would be our guess, so test it on photos before you rely on it."
)


def off_tells(told: FilterOff) -> dict[str, str]:
    """What an engineer should show before a part of a network is cut."""
    return {
        "Stop rule": f"On one photo, {told.ranking.n_small} of {len(told.ranking.filters)} filters hardly matter. "
        "Cut filters only after the effect on all our photos is measured."
    }
