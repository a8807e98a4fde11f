"""What the shipped network would draw: a picture out of noise, changed until one name's score is high.

It is no image generator. Nothing was learned about how photos look; the picture only pleases the network.

Source: Simonyan et al., "Deep Inside Convolutional Networks" (2013); the layers of several sizes and the
small shifts are common practice since Mordvintsev et al., "Inceptionism" (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.jobs import GoOn
from dl_core.vision.classes import classes
from dl_core.vision.predict import about_zero, class_probabilities

if TYPE_CHECKING:
    from torch import Tensor

Pixels = NDArray[np.uint8]

SIDE = 64
LAYERS = (4, 8, 16, 32, 64)  # sides of the layers that are added up: broad colours change as easily as dots
STEPS = 40
RATE = 0.05  # of Adam
CALM = 100.0  # points of score that a difference of 1 between all neighbours would cost
SHAKE = 4  # pixels: a different small shift at each step, so that no single place is served
_WHOLE: dict[int, Drawn] = {}  # by class, 12 kB each; nothing in it comes from a reader


@dataclass(frozen=True)
class Drawn:
    """A picture made for one name."""

    index: int  # the class, 0 to 199
    steps: int  # taken, `STEPS` unless somebody stopped it
    scores: tuple[float, ...]  # points of score for the name, before each step
    probability: float  # how sure the network is that the picture shows the name, 0 to 1
    pixels: Pixels = field(compare=False, repr=False)  # (64, 64, 3)

    @property
    def label(self) -> str:
        """The name it was made for."""
        return classes()[self.index].name


def draw(index: int, go_on: GoOn | None = None) -> Drawn:
    """Change a picture, from seeded noise on, so that a name's score rises. The network is only read.

    Parameters
    ----------
    index
        The class, 0 to 199.
    go_on
        Asked before each step with the share that is done, 0 to 1; False ends it with what is there.

    Raises
    ------
    ValueError
        If there is no such class.
    """
    if not 0 <= index < len(classes()):
        raise ValueError(f"There is no class {index}: choose 0 to {len(classes()) - 1}.")
    if index not in _WHOLE:
        made = _climb(index, go_on)
        if made.steps < STEPS:
            return made
        _WHOLE[index] = made
    return _WHOLE[index]


def _climb(index: int, go_on: GoOn | None) -> Drawn:
    import torch

    from dl_core.vision.weights import shipped_network

    network = shipped_network()  # its numbers need no slopes: those of the picture alone are asked for
    chance = torch.Generator().manual_seed(0)
    layers = [(0.1 * torch.randn(1, 3, side, side, generator=chance)).requires_grad_() for side in LAYERS]
    optimiser = torch.optim.Adam(layers, lr=RATE)
    scores: list[float] = []
    for step in range(STEPS):
        if go_on and not go_on(step / STEPS):
            break
        picture = _added_up(layers)
        down, across = torch.randint(-SHAKE, SHAKE + 1, (2,), generator=chance).tolist()
        score = network(about_zero(torch.roll(picture, (down, across), (2, 3))))[0, index]
        rough = (picture[..., 1:] - picture[..., :-1]).abs().mean()
        rough = rough + (picture[:, :, 1:] - picture[:, :, :-1]).abs().mean()
        optimiser.zero_grad()
        (CALM * rough - score).backward()
        optimiser.step()
        scores.append(float(score.detach()))
    with torch.inference_mode():
        pixels = np.rint(255 * _added_up(layers)[0].permute(1, 2, 0).numpy()).astype(np.uint8)
    pixels.setflags(write=False)
    chances = class_probabilities(Image.fromarray(pixels))
    return Drawn(index, len(scores), tuple(scores), float(chances[index]), pixels)


def _added_up(layers: Sequence[Tensor]) -> Tensor:
    """The layers as one picture ``(1, 3, 64, 64)`` of 0 to 1."""
    import torch
    from torch.nn.functional import interpolate

    size = (SIDE, SIDE)
    large = [interpolate(one, size=size, mode="bilinear", align_corners=False) for one in layers]
    return torch.sigmoid(torch.stack(large).sum(0))
