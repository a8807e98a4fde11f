"""Made-up points on a plane, about 10 by 10: what one line can separate, and what it cannot."""

from __future__ import annotations

import numpy as np

from dl_core.mlp._dataset import DataSet, Floats, Labels

_COLUMNS = ("x₁", "x₂")
# name, names of the classes, how it was made, and how far noise 1 moves a point: standard deviation, each way
_SETS: dict[str, tuple[str, tuple[str, ...], str, float]] = {
    "circle": ("a circle in a ring", ("inside", "outside"), "a disc and a ring around it", 2.4),
    "xor": (
        "XOR",
        ("same sign", "opposite signs"),
        "four squares, where opposite corners belong together",
        2.4,
    ),
    "moons": ("two moons", ("upper moon", "lower moon"), "two half circles that reach into each other", 2.0),
    "spiral": ("two spirals", ("first arm", "second arm"), "two arms wound around each other", 1.0),
    "blobs": ("three blobs", ("right", "upper left", "lower left"), "three round clouds", 3.0),
}


def on_a_plane(kind: str, n: int, noise: float, rng: np.random.Generator) -> DataSet:
    """Points of two or three classes, which share them evenly.

    Parameters
    ----------
    kind
        "circle", "xor", "moons", "spiral" or "blobs".
    n
        How many points.
    noise
        0 to 1: how far each point then wanders.
    rng
        Draws the points.
    """
    name, classes, shape, wander = _SETS[kind]
    labels = np.arange(n) % len(classes)
    where = {"circle": _circle, "xor": _xor, "moons": _moons, "spiral": _spiral, "blobs": _blobs}[kind]
    inputs = where(labels, rng) + noise * wander * rng.normal(size=(n, 2))
    made = f"Made up here: {shape}; noise then moves every point a little, at random."
    return DataSet(name, "classes", inputs, labels, classes, _COLUMNS, "", made)


def hill(n: int, noise: float, rng: np.random.Generator) -> DataSet:
    """The height of a hill and a hollow at ``n`` places, ``noise`` metres off."""
    inputs = rng.uniform(-5, 5, (n, 2))
    up = np.exp(-((inputs - [2.0, 2.0]) ** 2).sum(axis=1) / 5)
    down = np.exp(-((inputs - [-2.0, -2.0]) ** 2).sum(axis=1) / 5)
    heights = 3 * up - 3 * down + noise * rng.normal(size=n)
    made = (
        "Made up here: a hill of 3 m and a hollow of 3 m; noise then moves every height a little, at random."
    )
    return DataSet("a hill and a hollow", "regression", inputs, heights, (), _COLUMNS, "m", made)


def _polar(radius: Floats, angle: Floats) -> Floats:
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _circle(labels: Labels, rng: np.random.Generator) -> Floats:
    share = rng.uniform(0, 1, len(labels))
    radius = np.where(labels == 0, 2.2 * np.sqrt(share), 3.4 + 1.6 * share)
    return _polar(radius, rng.uniform(0, 2 * np.pi, len(labels)))


def _xor(labels: Labels, rng: np.random.Generator) -> Floats:
    size = rng.uniform(0.4, 5, (len(labels), 2))  # a gap along both axes
    side = rng.choice([-1.0, 1.0], len(labels))
    points: Floats = size * np.column_stack([side, np.where(labels == 0, side, -side)])
    return points


def _moons(labels: Labels, rng: np.random.Generator) -> Floats:
    angle = rng.uniform(0, np.pi, len(labels))
    upper = np.column_stack([3 * np.cos(angle) - 1.5, 3 * np.sin(angle) - 0.75])
    lower = np.column_stack([1.5 - 3 * np.cos(angle), 0.75 - 3 * np.sin(angle)])
    points: Floats = np.where(labels[:, None] == 0, upper, lower)
    return points


def _spiral(labels: Labels, rng: np.random.Generator) -> Floats:
    along = rng.uniform(0.08, 1, len(labels))
    return _polar(5 * along, 1.75 * 2 * np.pi * along + np.pi * labels)


def _blobs(labels: Labels, rng: np.random.Generator) -> Floats:
    centre = _polar(np.full(len(labels), 3.0), 2 * np.pi * labels / 3)
    return centre + 0.7 * rng.normal(size=(len(labels), 2))
