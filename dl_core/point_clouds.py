"""Small made-up data sets on a plane, to see what a model can and cannot separate."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Layout = Literal["groups", "rings", "spirals"]
LAYOUTS: tuple[Layout, ...] = ("groups", "rings", "spirals")


def point_cloud(
    layout: Layout, n_points: int, n_classes: int, noise: float, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Points of several classes on a plane about 5 wide.

    Parameters
    ----------
    layout
        "groups" lie side by side, "rings" inside each other, "spirals" wind around each other.
    n_points
        How many in all; the classes share them evenly.
    n_classes
        2 to 5.
    noise
        0 (tidy) to 1 (classes run into each other).
    seed
        The same seed gives the same points.

    Returns
    -------
    points, labels
        (n_points, 2) and (n_points,).

    Raises
    ------
    ValueError
        When a layout has another name, or there are fewer points than classes.

    Examples
    --------
    >>> points, labels = point_cloud("groups", 6, 3, 0.0, seed=1)
    >>> points.shape, labels.tolist()
    ((6, 2), [0, 1, 2, 0, 1, 2])
    """
    if layout not in LAYOUTS:
        raise ValueError(f'No layout is called "{layout}": choose one of {", ".join(LAYOUTS)}.')
    if n_points < n_classes:
        raise ValueError(f"{n_points} points are too few for {n_classes} classes: give each at least one.")
    rng = np.random.default_rng(seed)
    labels = np.arange(n_points) % n_classes
    along = rng.uniform(0, 1, n_points)  # where on its ring or arm a point lies
    spread = rng.normal(0, 1, (n_points, 2))
    if layout == "groups":
        angle = 2 * np.pi * labels / n_classes + 0.5
        centre = 1.6 * np.column_stack([np.cos(angle), np.sin(angle)])
        return centre + (0.3 + 0.9 * noise) * spread, labels
    if layout == "rings":
        radius = 0.5 + 2.0 * labels / (n_classes - 1)
        angle = 2 * np.pi * along
        spread *= 0.1 + 0.5 * noise
    else:
        radius = 0.3 + 2.3 * along
        angle = 2 * np.pi * labels / n_classes + 1.3 * radius
        spread *= 0.06 + 0.4 * noise
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]) + spread, labels
