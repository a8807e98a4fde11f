"""What the shipped network makes of many pictures: 320 numbers each, the frozen part of transfer learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.transfer.pictures import Pixels

if TYPE_CHECKING:  # torch is loaded by the first picture, not by the import
    from dl_core.vision.network import ResidualNetwork

Features = NDArray[np.float32]

N_FEATURES = 320  # numbers that the frozen network gives for a picture
AT_ONCE = 16  # pictures: about a tenth of a second, so that a reader can stop in between


def features_of(
    pixels: Pixels,
    go_on: GoOn | None = None,
    network: ResidualNetwork | None = None,
) -> Features:
    """Features of each picture, ``(N, 320)``, all 0 or more; fewer rows where the work was stopped.

    Parameters
    ----------
    pixels
        ``(N, 64, 64, 3)``.
    go_on
        Share done, 0 to 1 → whether to go on.
    network
        The shipped one if none is given; it is only read.

    Examples
    --------
    >>> features_of(np.zeros((3, 64, 64, 3), np.uint8)).shape
    (3, 320)
    """
    import torch

    from dl_core.vision.predict import network_input
    from dl_core.vision.weights import shipped_network

    network = network or shipped_network()
    found = [np.zeros((0, network.head.in_features), np.float32)]
    with torch.inference_mode():
        for start in range(0, len(pixels), AT_ONCE):
            if go_on and not go_on(start / len(pixels)):
                break
            found.append(network.features(network_input(pixels[start : start + AT_ONCE])).numpy())
    return np.concatenate(found)
