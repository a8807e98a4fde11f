"""A walk through the shipped network: what every layer makes of one look at a photo, and from what.

The layers are called one after another, so nothing is hooked into the network that all viewers share.
The last line of the walk is the network's own answer; the tests hold both to be equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dl_core.vision.predict import network_input
from dl_core.vision.views import Pixels

if TYPE_CHECKING:
    from torch import Tensor

Maps = NDArray[np.float32]
Numbers = NDArray[np.float64]

# Known before torch is loaded, for the controls; the tests hold them to the network. Every scene that speaks
# of a layer takes its name from here.
NAMES = ("First filters", "Second filters", *(f"Block {i}" for i in range(1, 8)))
N_MAPS = (24, 64, 64, 128, 128, 256, 256, 256, 320)
SIDES = (64, 32, 32, 16, 16, 8, 8, 8, 4)
STAGES = ((0,), (1,), (2,), (3, 4), (5, 6, 7), (8,))  # layers whose maps have one shape
BRIGHTEST = 99.5  # percent of a layer's numbers above 0 that its one colour scale tells apart


@dataclass(frozen=True)
class Layer:
    """One step of the walk and what comes out of it."""

    name: str  # one of NAMES
    maps: Maps  # (maps, rows, columns), never below 0
    n_numbers: int  # learned numbers inside: weights and biases
    multiplications: int  # for one look at one photo

    @cached_property
    def bright(self) -> float:
        """Nearly all numbers above 0 lie below it; 0 where there are none. Every picture of a map asks."""
        lit = self.maps[self.maps > 0]
        return float(np.percentile(lit, BRIGHTEST)) if lit.size else 0.0


@dataclass(frozen=True)
class Walk:
    """Everything one look at a photo becomes on its way to the scores."""

    seen: Pixels  # (H, W, 3), what the network looks at, 0 to 255
    layers: tuple[Layer, ...]  # in the order of NAMES
    averages: Maps  # (320,) mean of each last map
    scores: Maps  # (200,) one for each name on the list
    head_numbers: int  # learned numbers between averages and scores

    @property
    def n_numbers(self) -> int:
        """Learned numbers of the whole network."""
        return sum(layer.n_numbers for layer in self.layers) + self.head_numbers

    @property
    def multiplications(self) -> int:
        """Multiplications of the whole walk."""
        return sum(layer.multiplications for layer in self.layers) + self.averages.size * self.scores.size


@dataclass(frozen=True)
class Dot:
    """How one number of a map came about: a patch of the incoming maps times weights, summed."""

    patch: Maps  # (incoming maps, 3, 3) what lies there; 0 beyond the edge
    weights: Maps  # (incoming maps, 3, 3)
    shares: Numbers  # (incoming maps,) sum of the nine products of each
    bias: float  # the learned number that is always added
    carried: float | None  # what a block's shortcut takes past its filters; None where there is none
    beyond_edge: bool  # whether part of the patch lies beyond the maps' edge

    @property
    def before(self) -> float:
        """The sum of all."""
        return float(self.shares.sum()) + self.bias + (self.carried or 0.0)

    @property
    def after(self) -> float:
        """The same after ReLU: what is below 0 becomes 0."""
        return max(0.0, self.before)


def walk(seen: Pixels) -> Walk:
    """Every layer's maps of one look.

    Parameters
    ----------
    seen
        ``(H, W, 3)`` pixels of 0 to 255, from :func:`dl_core.vision.centre_view.centre_view`.

    Examples
    --------
    >>> done = walk(np.zeros((64, 64, 3), np.uint8))
    >>> [layer.maps.shape for layer in done.layers][:2], done.scores.shape
    ([(24, 64, 64), (64, 32, 32)], (200,))
    """
    import torch

    from dl_core.vision.weights import shipped_network

    network = shipped_network()
    layers = []
    with torch.inference_mode():
        x = network_input(seen[None])
        for name, (step, convolutions) in zip(NAMES, _steps(network), strict=True):
            x = step(x)
            layers.append(
                Layer(
                    name,
                    _frozen(x[0]),
                    sum(p.numel() for conv in convolutions for p in conv.parameters()),
                    # each dot of an outgoing map costs one multiplication per weight of its filter
                    sum(conv.weight.numel() for conv in convolutions) * x.shape[2] * x.shape[3],
                )
            )
        averages = x.mean(dim=(2, 3))
        scores = network.head(averages)
    head = sum(p.numel() for p in network.head.parameters())
    return Walk(seen, tuple(layers), _frozen(averages[0]), _frozen(scores[0]), head)


def _frozen(x: Tensor) -> Maps:
    values: Maps = np.ascontiguousarray(x.numpy(), np.float32)
    values.setflags(write=False)
    return values


def _steps(network: Any) -> list[tuple[Any, list[Any]]]:
    """Each step of the walk with the convolutions inside; all of a step's work at its own output size."""
    stem = network.stem
    steps: list[tuple[Any, list[Any]]] = [(stem[:3], [stem[0]]), (stem[3:], [stem[3]])]
    for stage in network.stages:
        for block in stage:
            short = [block.shortcut] if block.changes_shape else []
            steps.append((block, [block.conv1, block.conv2, *short]))
    return steps


def dot(done: Walk, layer: int, number: int, row: int, column: int) -> Dot:
    """One number of a map, taken apart.

    Parameters
    ----------
    done
        From :func:`walk`.
    layer
        Place in NAMES, 0 to 8.
    number
        Which of the layer's maps, from 0.
    row, column
        The place on it, from 0.

    Raises
    ------
    ValueError
        When there is no such map or place.

    Examples
    --------
    >>> done = walk(np.full((64, 64, 3), 90, np.uint8))
    >>> abs(dot(done, 3, 7, 2, 5).after - float(done.layers[3].maps[7, 2, 5])) < 1e-3
    True
    """
    import torch

    from dl_core.vision.weights import shipped_network

    maps, rows, columns = done.layers[layer].maps.shape
    if not (0 <= number < maps and 0 <= row < rows and 0 <= column < columns):
        raise ValueError(
            f"{NAMES[layer]} has {maps} maps of {rows} × {columns}: "
            f"there is no map {number + 1} with row {row + 1} and column {column + 1}."
        )
    step, convolutions = _steps(shipped_network())[layer]
    with torch.inference_mode():
        if layer == 0:
            came = network_input(done.seen[None])
        else:
            came = torch.from_numpy(done.layers[layer - 1].maps.copy())[None]
        carried = None
        if len(convolutions) > 1:  # a block: its second convolution reads what its first one made
            carried = float(step.passed_by(came)[0, number, row, column])
            came = torch.relu(step.norm1(step.conv1(came)))
        conv = convolutions[0] if len(convolutions) == 1 else step.conv2
        stride = conv.stride[0]
        padded = torch.nn.functional.pad(came[0], (1, 1, 1, 1))
        top, left = row * stride, column * stride
        patch = _frozen(padded[:, top : top + 3, left : left + 3].clone())
        weights = _frozen(conv.weight[number].clone())
        bias = float(conv.bias[number])
    high, wide = came.shape[2:]
    beyond = top == 0 or left == 0 or top + 3 > high + 1 or left + 3 > wide + 1
    shares = (patch.astype(np.float64) * weights).sum(axis=(1, 2))
    return Dot(patch, weights, shares, bias, carried, beyond)


def first_filters() -> tuple[Maps, Maps]:
    """Weights ``(24, 3, 3, 3)`` and biases ``(24,)`` of the first layer: filter, colour, row, column.

    >>> first_filters()[0].shape
    (24, 3, 3, 3)
    """
    from dl_core.vision.weights import shipped_network

    first: Any = shipped_network().stem[0]
    return _frozen(first.weight.detach().clone()), _frozen(first.bias.detach().clone())
