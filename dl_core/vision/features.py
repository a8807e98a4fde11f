"""The 320 numbers that the network has of a photo when it answers: the last step before its names.

The network ends in one linear layer, its head. So these numbers, averaged over the views that are used to
answer, are all that any answer hangs on: the head of the average is the average of the heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.card import Card, read_card
from dl_core.vision.predict import averaged
from dl_core.vision.views import Pixels, views

if TYPE_CHECKING:  # torch is loaded by the first photo, not by the import
    from dl_core.vision.network import ResidualNetwork

Numbers = NDArray[np.float64]


def photo_features(photo: Image.Image, card: Card | None = None) -> Numbers:
    """The shipped network's features of a photo, averaged over the views its answer uses: ``(320,)``.

    Parameters
    ----------
    photo
        An RGB picture, as `read_photo` returns it.

    Raises
    ------
    WeightsProblem
        When the weights file is missing or altered.

    Examples
    --------
    >>> found = photo_features(Image.new("RGB", (80, 60), (30, 120, 40)))
    >>> found.shape, bool(found.min() >= 0)
    ((320,), True)
    """
    from dl_core.vision.weights import shipped_network

    card = card or read_card()
    return mean_features(shipped_network(), views(photo, card.way_in))


def mean_features(network: ResidualNetwork, looks: Sequence[Pixels]) -> Numbers:
    """Features of several views of one photo, averaged: ``(C,)``, all 0 or more.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    looks
        The views, ``(H, W, 3)`` pixels of 0 to 255, at least one; sizes may differ.
    """
    return averaged(network.features, looks)


def head_scores(network: ResidualNetwork, features: Numbers) -> Numbers:
    """The network's scores (logits) of ``features``, ``(320,)`` or ``(N, 320)``; one for each class."""
    weights, bias = (
        np.asarray(part.numpy(), np.float64) for part in (network.head.weight, network.head.bias)
    )
    return np.asarray(features @ weights.T + bias)
