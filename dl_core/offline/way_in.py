"""Compare the ways a photo can become the network's input, and choose one.

Chosen on full-size photos and on training photos that were kept aside, never on the test photos.
The measure is the log loss (how surprised the network is by the right name) rather than the share of right
answers: on 100 photos one right answer more or less is chance, and the log loss hears every photo.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.calibration import fit_temperature, probabilities
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.predict import network_input
from dl_core.vision.views import FILTERS, WayIn, view

Labels = NDArray[np.int64]
Scores = NDArray[np.float64]

SIZES = (64, 72, 80, 96)
# the cost of one answer grows with the pixels looked at; four squares of 64 px took about 20 ms of one core
MOST_PIXELS_LOOKED_AT = 4 * 64 * 64


@dataclass(frozen=True)
class Compared:
    """One way in and how well it did."""

    way: WayIn
    pixels_looked_at: int  # on a photo that is not square
    full_size_top1: float  # share of the full-size photos named right
    full_size_top5: float
    full_size_loss: float  # nats a photo, at the temperature fitted on the photos kept aside
    aside_top1: float  # share of the 64-pixel photos kept aside named right
    aside_loss: float  # nats a photo

    def row(self) -> dict[str, Any]:
        """For the card: plain numbers, rounded."""
        numbers = {name: round(value, 4) for name, value in asdict(self).items() if name != "way"}
        return {"way": self.way.in_words(), **numbers}


class Looks:
    """Scores of every single view, computed once and combined many times."""

    def __init__(self, network: ResidualNetwork, photos: list[Image.Image]) -> None:
        self.network, self.photos = network, photos
        self.square = np.array([photo.width == photo.height for photo in photos])
        self.sizes = {photo.size for photo in photos}
        self.known: dict[tuple[str, int, str, bool], Scores] = {}

    def of_view(self, shape: str, pixels: int, filter_name: str, mirrored: bool) -> Scores:
        """Scores of one view of every photo: ``(N, n_classes)``."""
        # what makes no difference is computed once: the cut of square photos, the filter at the same size
        shape = "whole" if self.square.all() else shape
        filter_name = "area" if self.sizes == {(pixels, pixels)} else filter_name
        key = (shape, pixels, filter_name, mirrored)
        if key not in self.known:
            way = WayIn((shape,), pixels, filter_name)
            pictures = [view(photo, shape, way) for photo in self.photos]
            self.known[key] = score_pictures(self.network, pictures, mirrored)
        return self.known[key]

    def scores(self, way: WayIn) -> Scores:
        """What `dl_core.vision.predict.scores` finds for every photo: ``(N, n_classes)``."""
        sides = (False, True) if way.mirrored else (False,)
        per_shape = np.stack(
            [np.mean([self.of_view(s, way.pixels, way.filter, m) for m in sides], axis=0) for s in way.shapes]
        )
        return np.asarray(np.where(self.square[:, None], per_shape[0], per_shape.mean(axis=0)))


def score_pictures(network: ResidualNetwork, pictures: list[NDArray[np.uint8]], mirrored: bool) -> Scores:
    """Scores of small pictures ``(H, W, 3)``, equal sizes together: ``(N, n_classes)``."""
    import torch

    found = np.empty((len(pictures), network.head.out_features))
    sizes = [picture.shape for picture in pictures]
    for size in sorted(set(sizes)):
        rows = [i for i, other in enumerate(sizes) if other == size]
        for start in range(0, len(rows), 64):
            part = rows[start : start + 64]
            block = np.stack([pictures[i] for i in part])
            block = np.ascontiguousarray(block[:, :, ::-1]) if mirrored else block
            with torch.inference_mode():
                found[part] = network(network_input(block)).numpy()
    return found


def candidates() -> list[WayIn]:
    """Filters at one size; then sizes, shapes and a mirrored look with the filter that won elsewhere."""
    ways = [WayIn(("whole",), 64, name) for name in FILTERS]
    ways += [WayIn(("centre",), 64, name) for name in FILTERS]
    groups = [("whole",), ("centre",), ("own shape",), ("whole", "centre")]
    ways += [WayIn(g, size, "area", m) for size in SIZES for g in groups for m in (False, True)]
    return list(dict.fromkeys(ways))


def cost(way: WayIn) -> int:
    """Pixels the network looks at for a photo that is not square."""
    return len(way.shapes) * (1 + way.mirrored) * way.pixels**2


def log_loss(scores: Scores, labels: Labels, temperature: float) -> float:
    """Average surprise at the right name, in nats."""
    return float(-np.log(probabilities(scores, temperature)[np.arange(len(labels)), labels]).mean())


def share_right(scores: Scores, labels: Labels, k: int = 1) -> float:
    """Share of rows whose label is among the ``k`` highest scores."""
    best = np.argsort(-scores, axis=1)[:, :k]
    return float((best == labels[:, None]).any(1).mean())


def compare(full_size: Looks, full_labels: Labels, aside: Looks, aside_labels: Labels) -> list[Compared]:
    """Measure every candidate on both piles."""
    found = []
    for way in candidates():
        a, f = aside.scores(way), full_size.scores(way)
        temperature = fit_temperature(a, aside_labels)
        found.append(
            Compared(
                way,
                cost(way),
                full_size_top1=share_right(f, full_labels),
                full_size_top5=share_right(f, full_labels, 5),
                full_size_loss=log_loss(f, full_labels, temperature),
                aside_top1=share_right(a, aside_labels),
                aside_loss=log_loss(a, aside_labels, temperature),
            )
        )
    return found


def choose(compared: list[Compared]) -> Compared:
    """The affordable way with the least surprise, both piles counted alike."""
    affordable = [one for one in compared if one.pixels_looked_at <= MOST_PIXELS_LOOKED_AT]
    return min(affordable, key=lambda one: one.full_size_loss + one.aside_loss)
