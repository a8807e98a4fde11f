"""The small network that is trained from scratch, and how a picture is varied before each look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dl_core.transfer.pictures import SIDE, Pixels

if TYPE_CHECKING:  # torch is loaded by the first training, not by the import
    from torch import Tensor

WIDTHS = (16, 32, 64, 128)  # maps of the four layers, each half as wide and high as the one before
SHIFT = 6  # pixels up or down, left or right, by which a picture is moved at random before each look
LIGHT = 0.2  # ... and by which share its light is changed at most


def varied(pixels: Pixels, draw: np.random.Generator) -> Pixels:
    """Each picture moved by up to 6 pixels, its edges mirrored in, and its light changed: ``(N, 64, 64, 3)``.

    Parameters
    ----------
    pixels
        ``(N, 64, 64, 3)``; they stay as they are.
    draw
        Where chance comes from.

    Examples
    --------
    >>> grey = np.full((2, 64, 64, 3), 100, np.uint8)
    >>> moved = varied(grey, np.random.default_rng(0))
    >>> moved.shape, bool((moved >= 80).all() and (moved <= 120).all())
    ((2, 64, 64, 3), True)
    """
    wide = np.pad(pixels, ((0, 0), (SHIFT, SHIFT), (SHIFT, SHIFT), (0, 0)), mode="reflect")
    places = draw.integers(0, 2 * SHIFT + 1, (len(pixels), 2))
    light = draw.uniform(1 - LIGHT, 1 + LIGHT, len(pixels)).astype(np.float32)
    moved = np.empty(pixels.shape, np.float32)
    for at, (down, across) in enumerate(places):
        moved[at] = wide[at, down : down + SIDE, across : across + SIDE] * light[at]
    return moved.clip(0, 255).astype(np.uint8)


class SmallNetwork:
    """Layers of 3 x 3 filters that halve the picture, each normalised over the pictures it sees at once.

    Parameters
    ----------
    n_classes
        2 or more.
    seed
        Decides the first filters; torch's own chance, which all viewers share, is left alone.
    """

    def __init__(self, n_classes: int, seed: int) -> None:
        import torch
        from torch import nn

        chance = torch.Generator().manual_seed(seed)
        ends = zip((3, *WIDTHS[:-1]), WIDTHS, strict=True)
        self.filters = [torch.empty(out, into, 3, 3) for into, out in ends]
        for filters in self.filters:
            nn.init.kaiming_normal_(filters, nonlinearity="relu", generator=chance)
        self.filters = [f.contiguous(memory_format=torch.channels_last) for f in self.filters]
        self.gains = [torch.ones(width) for width in WIDTHS]
        self.shifts = [torch.zeros(width) for width in WIDTHS]
        self.weights, self.bias = torch.zeros(n_classes, WIDTHS[-1]), torch.zeros(n_classes)
        self.trained = [*self.filters, *self.gains, *self.shifts, self.weights, self.bias]
        for each in self.trained:
            each.requires_grad_(True)
        # averages over what it was shown, for answers later
        self.means = [torch.zeros(width) for width in WIDTHS]
        self.spreads = [torch.ones(width) for width in WIDTHS]

    def scores(self, x: Tensor, *, learning: bool) -> Tensor:
        """One score a class, ``(B, n_classes)``, from pictures ``x``, ``(B, 3, 64, 64)``.

        Where it is ``learning``, it also keeps the averages that it needs for answers later.
        """
        from torch.nn import functional

        layers = zip(self.filters, self.means, self.spreads, self.gains, self.shifts, strict=True)
        for filters, mean, spread, gain, shift in layers:
            x = functional.conv2d(x, filters, stride=2, padding=1)
            x = functional.relu(functional.batch_norm(x, mean, spread, gain, shift, learning, 0.1))
        return functional.linear(x.mean(dim=(2, 3)), self.weights, self.bias)

    @staticmethod
    def kept_for_a_picture() -> int:
        """Numbers that one picture's way through the network keeps for the way back."""
        # of each layer what comes in and what the norm is given; at the end what the last ReLU lets through
        shown, kept = SIDE * SIDE * 3, 0
        for at, width in enumerate(WIDTHS):
            out = width * (SIDE >> (at + 1)) ** 2
            kept, shown = kept + shown + out, out
        return kept + shown
