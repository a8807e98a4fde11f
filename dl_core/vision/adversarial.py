"""The change of a picture, no larger than agreed at any pixel, that moves the network's answer most.

Signed-gradient steps on the *picture*, each followed by a cut back to what is allowed. The network's own
numbers are only read: all viewers share them.

Sources: Goodfellow et al., "Explaining and Harnessing Adversarial Examples" (2014), section 4 (one step);
Madry et al., "Towards Deep Learning Models Resistant to Adversarial Attacks" (2017), section 2.1 (several).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from dl_core.jobs import GoOn
from dl_core.vision.predict import about_zero
from dl_core.vision.views import Pixels

if TYPE_CHECKING:  # torch is loaded by the first attack, not by the import
    from torch import Tensor

STEPS = (0.5, 0.5, 0.3, 0.2, 0.1)  # length of each step, as a share of the largest change that is allowed
LARGEST = 16  # of 255; beyond this a change is plain to see, and no longer the subject


def strongest_change(
    network: Callable[[Tensor], Tensor],
    look: Pixels,
    index: int,
    strengths: tuple[int, ...],
    *,
    toward: bool = False,
    mirrored: bool = True,
    temperature: float = 1.0,
    go_on: GoOn | None = None,
) -> Pixels:
    """The changed pictures, one for each strength: ``(S, H, W, 3)`` of 0 to 255.

    Parameters
    ----------
    network
        From ``(B, 3, H, W)`` pictures about zero to ``(B, C)`` scores. It is only read.
    look
        ``(H, W, 3)`` pixels of 0 to 255.
    index
        The class whose log-odds are pushed, 0 to C - 1.
    strengths
        The largest change of any pixel in any colour, each 0 to 16 of 255.
    toward
        Up, toward this class; otherwise down, away from it.
    mirrored
        Whether the network looks at the picture's mirror image too and averages the scores.
    temperature
        What scores are divided by before they become probabilities; above 0.
    go_on
        Is told the share that is done; once it says False, the changes found so far come back.

    Raises
    ------
    ValueError
        If a strength is not 0 to 16.
    """
    import torch

    if not all(0 <= one <= LARGEST for one in strengths):
        raise ValueError(f"Strengths of {strengths} are not tiny changes: choose 0 to {LARGEST} of 255.")
    start = torch.tensor(look).permute(2, 0, 1).float()[None]
    most = torch.tensor(strengths, dtype=torch.float32).view(-1, 1, 1, 1)
    lowest, highest = (start - most).clamp_(min=0), (start + most).clamp_(max=255)
    now = start.repeat(len(strengths), 1, 1, 1)
    for number, share in enumerate(STEPS, 1):
        slope = slope_of_log_odds(network, now, index, mirrored, temperature)
        step = share * most * slope.sign()
        now = torch.minimum(torch.maximum(now + step if toward else now - step, lowest), highest)
        if go_on and not go_on(number / len(STEPS)):
            break
    # whole numbers, as every picture file holds them; the limits are whole too, so none is passed
    return np.ascontiguousarray(now.round().permute(0, 2, 3, 1).numpy().astype(np.uint8))


def slope_of_log_odds(
    network: Callable[[Tensor], Tensor], pixels: Tensor, index: int, mirrored: bool, temperature: float = 1.0
) -> Tensor:
    """How the log-odds of a class change with each pixel: ``(B, 3, H, W)``.

    Log-odds are ``log(p / (1 - p))``. They keep a slope where a probability is so near to 1 that it has none.

    Parameters
    ----------
    network
        As for `strongest_change`.
    pixels
        ``(B, 3, H, W)`` of 0 to 255.
    index
        The class, 0 to C - 1.
    mirrored
        Whether the scores are averaged with those of the mirror image.
    temperature
        What scores are divided by; above 0.
    """
    import torch

    with torch.enable_grad():
        moved = pixels.detach().clone().requires_grad_()
        seen = about_zero(moved / 255)
        scores = network(seen)
        if mirrored:
            scores = (scores + network(seen.flip(3))) / 2
        (slope,) = torch.autograd.grad(log_odds(scores / temperature, index).sum(), moved)
    return slope


def log_odds(scores: Tensor, index: int) -> Tensor:
    """``log(p / (1 - p))`` of one class: ``(B, C)`` scores to ``(B,)``.

    Parameters
    ----------
    scores
        ``(B, C)`` logits, at least two classes.
    index
        The class, 0 to C - 1.

    Examples
    --------
    >>> import torch
    >>> log_odds(torch.tensor([[3.0, 1.0]]), 0).item()
    2.0
    """
    import torch

    others = torch.cat([scores[:, :index], scores[:, index + 1 :]], dim=1)
    return scores[:, index] - others.logsumexp(dim=1)


def random_change(look: Pixels, strengths: tuple[int, ...], seed: int) -> Pixels:
    """The picture with noise that is as large at every pixel, up or down by chance: ``(S, H, W, 3)``.

    Parameters
    ----------
    look
        ``(H, W, 3)`` pixels of 0 to 255.
    strengths
        How much each pixel moves in each colour, of 255; the signs are the same for all strengths.
    seed
        Decides the signs.

    Examples
    --------
    >>> grey = np.full((1, 1, 3), 100, np.uint8)
    >>> random_change(grey, (0, 2), seed=1).tolist()
    [[[[100, 100, 100]]], [[[98, 102, 102]]]]
    """
    signs = np.random.default_rng(seed).choice((-1, 1), look.shape)
    moved = [np.clip(look.astype(np.int64) + strength * signs, 0, 255) for strength in strengths]
    return np.stack(moved).astype(np.uint8)
