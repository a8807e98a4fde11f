"""Switch filters off: how the answer moves when one map, or several, are set to zero.

A layer's maps are computed once. The rest of the network then runs on copies with a map zeroed; the shared
network is only read, nothing is hooked into it. After the last stage the rest is an average and one linear
layer, so there the effect of one map is known in closed form: its average times its weight.

Off means: after the layer's ReLU, every number of that map is 0, in every view that the answer uses. At the
end of a stage that includes what the shortcut carries. The other usual choice puts the map's average over
many photos in its place ("mean ablation"); it asks how much a map's *differences* matter.

Source: M. Zeiler and R. Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4, for
removing parts of a network; A. Morcos et al., "On the importance of single directions for generalization"
(2018), section 2.3, for both ways to switch a unit off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.layers import N_MAPS, NAMES, STAGES
from dl_core.vision.predict import network_input, stacked
from dl_core.vision.views import WayIn, views

if TYPE_CHECKING:
    from torch import Tensor, nn

    from dl_core.vision.network import ResidualNetwork

Numbers = NDArray[np.float64]

BATCH = 8  # copies that run together: about 0.07 s of the whole network


@dataclass(frozen=True)
class Layer:
    """A place in the network after whose ReLU a map can be switched off."""

    key: str  # for links and files
    name: str  # of `NAMES`: what every picture and sentence calls it
    n_filters: int  # maps it gives


# in the order in which a photo passes them
LAYERS = {
    layer.key: layer
    for layer in (
        # what ends each group of `STAGES`: a map of any layer before that would have the same shape
        Layer(key, NAMES[inside[-1]], N_MAPS[inside[-1]])
        for key, inside in zip(
            ("first", "second", "stage1", "stage2", "stage3", "stage4"), STAGES, strict=True
        )
    )
}
LAST = "stage4"  # what follows it is an average and a linear layer


@dataclass(frozen=True)
class Maps:
    """What a layer gives for one photo, and the scores when all of it is on."""

    layer: str  # a key of `LAYERS`
    groups: tuple[Tensor, ...]  # each (views, filters, H, W): views of one shape together
    scores: Numbers  # (n_classes,) averaged over the views, as the answer has it
    fired: NDArray[np.bool_]  # (filters,) whether any number of the map is not 0, in any view


def maps_of(network: ResidualNetwork, photo: Image.Image, layer: str, way: WayIn) -> Maps:
    """The maps of one layer for every view of the photo, and the untouched scores.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    photo
        An RGB picture.
    layer
        A key of `LAYERS`.
    way
        How the photo becomes the views.

    Returns
    -------
    Maps
        With ``scores`` ``(n_classes,)`` equal to `dl_core.vision.predict.scores`.
    """
    import torch

    before = parts_of(network)[: _after(layer)]
    with torch.inference_mode():
        groups = tuple(through(before, network_input(stack)) for stack in stacked(views(photo, way)))
        logits = torch.cat([_rest(network, layer, group) for group in groups]).mean(0)
        fired = torch.stack([(group != 0).any(dim=3).any(dim=2).any(dim=0) for group in groups]).any(dim=0)
    return Maps(layer, groups, np.asarray(logits.numpy(), np.float64), np.asarray(fired.numpy(), np.bool_))


def scores_without(network: ResidualNetwork, maps: Maps, sets: Sequence[Sequence[int]]) -> Numbers:
    """The scores with some maps at zero, once for each set of them: ``(len(sets), n_classes)``.

    The copies of all sets run together, so give a few at a time. A set without any map that fired changes
    nothing, and gets the untouched scores to the last digit.

    Parameters
    ----------
    network
        The one that gave the maps.
    maps
        From `maps_of`; left as they are.
    sets
        Places of maps, from 0, that are off together.
    """
    import torch

    found = np.repeat(maps.scores[None], len(sets), axis=0)
    live = [i for i, off in enumerate(sets) if maps.fired[list(off)].any()]
    if not live:
        return found
    with torch.inference_mode():
        logits = []
        for group in maps.groups:
            copies = group.repeat(len(live), 1, 1, 1)
            n_views = len(group)
            for place, i in enumerate(live):
                copies[place * n_views : (place + 1) * n_views, list(sets[i])] = 0
            logits.append(_rest(network, maps.layer, copies).view(len(live), n_views, -1))
        found[live] = torch.cat(logits, dim=1).mean(1).numpy()
    return found


def scores_without_each(network: ResidualNetwork, maps: Maps) -> Iterator[tuple[range, Numbers]]:
    """Switch every map off by itself, a few at a time: which places, and their scores ``(n, n_classes)``.

    Parameters
    ----------
    network
        The one that gave the maps.
    maps
        From `maps_of`; left as they are.
    """
    n_filters = len(maps.fired)
    if maps.layer == LAST:
        yield range(n_filters), _closed_form(network, maps)
        return
    for start in range(0, n_filters, BATCH):
        places = range(start, min(start + BATCH, n_filters))
        yield places, scores_without(network, maps, [(place,) for place in places])


def _closed_form(network: ResidualNetwork, maps: Maps) -> Numbers:
    """After the last stage a score is a weighted sum of the maps' averages: take one term away."""
    import torch

    with torch.inference_mode():
        averages = torch.cat([group.mean(dim=(2, 3)) for group in maps.groups]).mean(0).double()
        terms = network.head.weight.double() * averages  # (n_classes, filters)
    return np.asarray(maps.scores - terms.T.numpy())


def parts_of(network: ResidualNetwork) -> tuple[nn.Module, ...]:
    """The network cut after each of `LAYERS`: in order, they and the head are all of it."""
    from torch.nn import Sequential

    stem = list(network.stem)
    half = len(stem) // 2  # two convolutions, each with its normalisation and ReLU
    return Sequential(*stem[:half]), Sequential(*stem[half:]), *network.stages


def _after(layer: str) -> int:
    return list(LAYERS).index(layer) + 1


def through(parts: Sequence[nn.Module], x: Tensor) -> Tensor:
    """What comes out after these parts, of photos or maps ``x``, ``(B, C, H, W)``."""
    for part in parts:
        x = part(x)
    return x


def _rest(network: ResidualNetwork, layer: str, maps: Tensor) -> Tensor:
    logits: Tensor = network.head(through(parts_of(network)[_after(layer) :], maps).mean(dim=(2, 3)))
    return logits
