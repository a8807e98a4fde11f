"""Name what is on a photo and say how sure the network is, in calibrated probabilities."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.calibration import probabilities
from dl_core.vision.card import Card, read_card
from dl_core.vision.classes import classes
from dl_core.vision.photo import accept, read_photo
from dl_core.vision.views import Pixels, WayIn, views

if TYPE_CHECKING:  # torch is loaded by the first answer, not by the import
    from torch import Tensor

    from dl_core.vision.network import ResidualNetwork

MEAN, STD = 0.45, 0.27  # in training and in use; one pair for all colours, so grey stays grey


@dataclass(frozen=True)
class Prediction:
    """The network's best guesses for one photo."""

    labels: tuple[str, ...]  # names, the surest first
    probabilities: tuple[float, ...]  # calibrated, descending; all 200 together sum to 1
    refused: bool  # true: "not on my list", too unsure to answer
    seconds: float  # from the photo's bytes to the answer

    @property
    def label(self) -> str:
        """The best guess."""
        return self.labels[0]

    @property
    def probability(self) -> float:
        """How sure the network is of its best guess, 0 to 1."""
        return self.probabilities[0]


def classify(image: Image.Image | bytes, k: int = 5) -> Prediction:
    """Name what is on a photo: the ``k`` best guesses of 200, with calibrated probabilities.

    Parameters
    ----------
    image
        A picture, or the bytes of a PNG, JPEG, WebP, HEIC, GIF or BMP file.
    k
        How many guesses, 1 to 200.

    Raises
    ------
    UnreadableImage
        With a sentence for the reader, for anything that is not a picture that is accepted.
    WeightsProblem
        When the weights file is missing or altered.
    ValueError
        When ``k`` is below 1 or above 200.

    Examples
    --------
    >>> answer = classify(Image.new("RGB", (80, 60), (30, 120, 40)), k=3)
    >>> len(answer.labels), answer.probabilities[0] >= answer.probabilities[1]
    (3, True)
    """
    if not 1 <= k <= len(classes()):
        raise ValueError(f"{k} guesses cannot be given: ask for 1 to {len(classes())}.")
    started = time.perf_counter()
    photo = read_photo(image) if isinstance(image, bytes) else accept(image)
    card = read_card()
    chances = class_probabilities(photo, card)
    best = np.argsort(-chances, kind="stable")[:k]
    return Prediction(
        labels=tuple(classes()[i].name for i in best),
        probabilities=tuple(float(chances[i]) for i in best),
        refused=bool(chances.max() < card.threshold),
        seconds=time.perf_counter() - started,
    )


def class_probabilities(photo: Image.Image, card: Card | None = None) -> NDArray[np.float64]:
    """Calibrated probabilities of all classes for an RGB picture: ``(200,)``, summing to 1."""
    from dl_core.vision.weights import shipped_network

    card = card or read_card()
    return probabilities(scores(shipped_network(), photo, card.way_in), card.temperature)


def scores(network: ResidualNetwork, photo: Image.Image, way: WayIn) -> NDArray[np.float64]:
    """The network's scores (logits), averaged over the views of the photo: ``(n_classes,)``."""
    return averaged(network, views(photo, way))


def averaged(part: Callable[[Tensor], Tensor], looks: Sequence[Pixels]) -> NDArray[np.float64]:
    """What a network or a part of it says of several views of one photo, averaged: ``(C,)``.

    Parameters
    ----------
    part
        From ``(B, 3, H, W)`` about zero to ``(B, C)``.
    looks
        The views, ``(H, W, 3)`` pixels of 0 to 255, at least one; sizes may differ.
    """
    import torch

    with torch.inference_mode():
        found = torch.cat([part(network_input(stack)) for stack in stacked(looks)]).mean(0)
    return np.asarray(found.numpy(), np.float64)


def stacked(looks: Sequence[Pixels]) -> list[Pixels]:
    """Views ``(H, W, 3)`` as they go through: all together if they have one size, else each by itself.

    >>> small, large = np.zeros((2, 2, 3), np.uint8), np.zeros((4, 4, 3), np.uint8)
    >>> [stack.shape for stack in stacked([small, small])], len(stacked([small, large]))
    ([(2, 2, 2, 3)], 2)
    """
    return [np.stack(looks)] if len({look.shape for look in looks}) == 1 else [look[None] for look in looks]


def network_input(pixels: NDArray[np.uint8]) -> Tensor:
    """The ``pixels`` ``(B, H, W, 3)`` of 0 to 255 as the network wants them: ``(B, 3, H, W)`` about zero."""
    import torch

    return about_zero(torch.tensor(pixels).permute(0, 3, 1, 2).float().div_(255))


def about_zero(x: Tensor) -> Tensor:
    """Photos ``x`` of 0 to 1, ``(B, 3, H, W)``, as the network wants them; slopes go through."""
    import torch

    return ((x - MEAN) / STD).contiguous(memory_format=torch.channels_last)


def confidence_sentence(prediction: Prediction, card: Card | None = None) -> str:
    """How often answers this sure were right on photos the network had never seen.

    Examples
    --------
    >>> from dl_core.vision.card import example_card
    >>> sure = Prediction(("goldfish",), (0.95,), refused=False, seconds=0.02)
    >>> confidence_sentence(sure, example_card())
    'Of 100 answers this sure, about 90 are right (counted on 200 test photos).'
    """
    card = card or read_card()
    found = card.reliability_at(prediction.probability)
    if found.n < FEWEST_COUNTED:
        return (
            f"Only {found.n} of our {card.top1.n:,} test photos got an answer this sure, "
            "too few to say how often it is right."
        )
    return (
        f"Of 100 answers this sure, about {100 * found.right / found.n:.0f} are right "
        f"(counted on {found.n:,} test photos)."
    )


FEWEST_COUNTED = 20  # below this, a share of right answers says nothing
