"""The one square that the network looks at, and its answers to many changed copies of that square."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.calibration import probabilities
from dl_core.vision.card import read_card
from dl_core.vision.predict import network_input
from dl_core.vision.views import Pixels, view


def centre_view(photo: Image.Image) -> Pixels:
    """The square that the network looks at: ``(H, W, 3)`` of 0 to 255. It also looks at its mirror image.

    Examples
    --------
    >>> centre_view(Image.new("RGB", (300, 200))).shape
    (64, 64, 3)
    """
    way = read_card().way_in
    return view(photo, way.shapes[0], way)


def answers(looks: Pixels) -> NDArray[np.float64]:
    """How sure the network is of every name, for each square: ``(B, n_classes)``, rows summing to 1.

    Each is looked at as it is and mirrored, and the scores are averaged: as for a whole photo.

    Parameters
    ----------
    looks
        ``(B, H, W, 3)`` pixels of 0 to 255.

    Examples
    --------
    >>> answers(np.zeros((2, 64, 64, 3), np.uint8)).shape
    (2, 200)
    """
    import torch

    from dl_core.vision.weights import shipped_network

    card = read_card()
    seen = np.concatenate([looks, looks[:, :, ::-1]]) if card.way_in.mirrored else looks
    with torch.inference_mode():
        scores = shipped_network()(network_input(np.ascontiguousarray(seen))).numpy()
    found = np.asarray(scores, np.float64)
    return probabilities(found.reshape(-1, len(looks), found.shape[1]).mean(axis=0), card.temperature)
