"""Three ways to ask where a score came from, each signed and in points of score.

- Grad-CAM: what each last patch adds. In closed form, see `explain.patch_scores`.
- Occlusion: what is lost while a grey box covers the place. Source: Zeiler and Fergus, "Visualizing and
  understanding convolutional networks" (2013), section 4.2.
- Integrated gradients: the slopes along the way from the average grey to the photo, added up. Source:
  Sundararajan et al., "Axiomatic attribution for deep networks" (2017). Computed by captum.

Grey is the average colour, which is 0 to the network. Nothing is hooked into a network, and no weight gets a
gradient: they are shared by all viewers.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dl_core.vision.classes import ASSETS
from dl_core.vision.explain import Map, patch_scores, weighed_patches
from dl_core.vision.placed import shrunk
from dl_core.vision.predict import network_input
from dl_core.vision.views import Pixels

if TYPE_CHECKING:
    from torch import Tensor

    from dl_core.vision.network import ResidualNetwork

SCALES_FILE = ASSETS / "vision" / "map_scales.json"
BOX, STRIDE = 16, 8  # pixels of the view: side of the grey box, and how far it moves
COVERED_AT_ONCE = 17  # pictures: a tenth faster than a row of 7 boxes, and still under a tenth of a second
# Slopes between grey and photo, and how many of them in one go. With 32 the total is off by up to a tenth on
# our samples, the map by nothing: its correlation with the map of 200 slopes is 0.999.
N_STEPS, AT_ONCE = 32, 8
CELL = 4  # pixels a side whose integrated gradients are added up; one pixel alone is noise

Step = Callable[[], None]  # called between two pieces of work; stops it by raising `Stopped`
Method = Callable[["ResidualNetwork", Pixels, int, Step], Map]


class Stopped(Exception):
    """Nobody waits for the map any more."""


@dataclass(frozen=True)
class MapScales:
    """Where the colours end, measured on photos that the network did not learn from."""

    ends: Mapping[str, float]  # method → points of score; 99 of 100 places stay below
    luck: float  # rank correlation that maps of two different photos pass in 5 of 100 cases
    n: int  # photos


def grad_cam(network: ResidualNetwork, look: Pixels, index: int, step: Step) -> Map:
    """Points that each of the last patches adds to a score, ``(rows, columns)``.

    They add up to the score, less the head's bias.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    look
        ``(H, W, 3)`` pixels of 0 to 255: what the network sees.
    index
        The class, 0 to 199.
    step
        Called before the work.
    """
    step()
    patches = patch_scores(network, look, index)
    return patches / np.float32(patches.size)


def occlusion(network: ResidualNetwork, look: Pixels, index: int, step: Step) -> Map:
    """Points that a score loses while a grey box of 16 pixels covers the place, ``(rows, columns)``.

    One value for every 8 by 8 pixels: the average over the boxes that cover them. Below 0 where covering
    raises the score. The values do not add up to anything.

    Parameters
    ----------
    network
        Any network of the shipped kind, and one whose answer to one picture does not hang on others; it is
        only read.
    look
        ``(H, W, 3)`` pixels of 0 to 255: what the network sees.
    index
        The class, 0 to 199.
    step
        Called before every 17 pictures; the whole one and 49 boxes are 50.
    """
    import torch

    height, width = look.shape[:2]
    lost, covers = np.zeros((height, width)), np.zeros((height, width))
    boxes = [
        (slice(top, top + BOX), slice(left, left + BOX)) for top in _starts(height) for left in _starts(width)
    ]
    pictures = [None, *boxes]  # the whole one first
    scores: list[float] = []
    with torch.inference_mode():
        x = network_input(look[None])
        while len(scores) < len(pictures):
            step()
            some = pictures[len(scores) : len(scores) + COVERED_AT_ONCE]
            covered = x.repeat(len(some), 1, 1, 1)
            for picture, box in zip(covered, some, strict=True):
                if box:
                    picture[:, box[0], box[1]] = 0
            scores += network(covered.contiguous(memory_format=torch.channels_last))[:, index].tolist()
    whole, *without = scores
    for box, score in zip(boxes, without, strict=True):
        lost[box] += whole - score
        covers[box] += 1
    return shrunk((lost / covers).astype(np.float32), (-(-height // STRIDE), -(-width // STRIDE)))


def _starts(length: int) -> list[int]:
    """Where the boxes begin along a side; the last may reach over the edge."""
    return list(range(0, max(0, length - BOX) + STRIDE, STRIDE))


def integrated_gradients(network: ResidualNetwork, look: Pixels, index: int, step: Step) -> Map:
    """Points that each 4 by 4 pixels add on the way from grey to the photo, ``(rows, columns)``.

    With many slopes they add up to the photo's score less that of the grey picture; with 32, nearly.

    Parameters
    ----------
    network
        Any network of the shipped kind, and one whose answer to one picture does not hang on others; it is
        only read.
    look
        ``(H, W, 3)`` pixels of 0 to 255: what the network sees.
    index
        The class, 0 to 199.
    step
        Called before every 8 of the 32 slopes.
    """
    from captum.attr import IntegratedGradients

    def score(x: Tensor) -> Tensor:
        step()
        found: Tensor = network(x)
        return found

    x = network_input(look[None])
    found = IntegratedGradients(score).attribute(
        x, baselines=0.0, target=index, n_steps=N_STEPS, internal_batch_size=AT_ONCE
    )
    return in_cells(found[0].detach().sum(0).numpy())


def in_cells(pixels: Map) -> Map:
    """Add up ``pixels`` ``(H, W)`` in squares of 4 by 4; the total stays.

    >>> in_cells(np.ones((8, 6), np.float32)).tolist()
    [[16.0, 8.0], [16.0, 8.0]]
    """
    rows, columns = (np.arange(0, side, CELL) for side in pixels.shape)
    return np.asarray(np.add.reduceat(np.add.reduceat(pixels, rows, 0), columns, 1), np.float32)


METHODS: dict[str, Method] = {
    "Grad-CAM": grad_cam,
    "Occlusion": occlusion,
    "Integrated gradients": integrated_gradients,
}


def a_rather_than_b(network: ResidualNetwork, look: Pixels, a: int, b: int) -> Map:
    """Points that each of the last patches adds to one score more than to another, ``(rows, columns)``.

    They add up to the difference of the scores, less that of the two biases.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    look
        ``(H, W, 3)`` pixels of 0 to 255: what the network sees.
    a, b
        The classes, 0 to 199.
    """
    patches = weighed_patches(network, look, network.head.weight[a] - network.head.weight[b])
    return patches / np.float32(patches.size)


def fixed_to(network: ResidualNetwork, look: Pixels) -> ResidualNetwork:
    """The scrambled control as it treats this one view, with nothing left that hangs on what else comes in.

    The control normalises by the average and the spread of what comes in. In a batch of changed pictures each
    would change the others' scores, and a covered picture would be normalised differently from the whole one.
    So both are measured on the view once and kept. On the view itself nothing changes.

    Parameters
    ----------
    network
        From `scrambled_network`; it is copied.
    look
        ``(H, W, 3)`` pixels of 0 to 255.
    """
    import torch
    from torch import nn

    from dl_core.vision.weights import folded

    fixed = copy.deepcopy(network)

    def measure(norm: nn.Module, inputs: tuple[Any, ...]) -> None:
        (x,) = inputs
        norm.running_mean = x.mean((0, 2, 3))
        norm.running_var = x.var((0, 2, 3), unbiased=False)

    norms = [module for module in fixed.modules() if isinstance(module, nn.BatchNorm2d)]
    hooks = [norm.register_forward_pre_hook(measure) for norm in norms]
    with torch.no_grad():
        fixed(network_input(look[None]))
    for hook in hooks:
        hook.remove()
    for norm in norms:
        norm.track_running_stats = True
    return folded(fixed)


def read_scales(path: Path = SCALES_FILE) -> MapScales:
    """Where each method's colours end.

    Examples
    --------
    >>> set(METHODS) <= set(read_scales().ends)
    True
    """
    return _read(path, path.stat().st_mtime_ns)


@cache
def _read(path: Path, _version: int) -> MapScales:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return MapScales({name: float(end) for name, end in raw["ends"].items()}, raw["luck"], raw["n"])
