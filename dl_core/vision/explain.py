"""Where on the photo the score came from: Grad-CAM, beside a control whose weights were scrambled.

This network ends in an average over patches and one linear layer. For such a network Grad-CAM needs no
gradient: the score of a class *is* the average over patches of ``weights · features``, plus a bias. So the
map is computed in closed form; nothing is hooked into the network that all viewers share. The tests compare
it with captum's LayerGradCam.

Source: Selvaraju et al., "Grad-CAM" (2017), section 3.1: there it is shown to equal CAM for such networks;
the control is from Adebayo et al., "Sanity Checks for Saliency Maps" (2018).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.predict import network_input
from dl_core.vision.views import Pixels, WayIn, view

if TYPE_CHECKING:
    from torch import Tensor

    from dl_core.vision.network import ResidualNetwork

Map = NDArray[np.float32]

LONGEST_SIDE = 160  # pixels of the maps; they hold a few patches a side, so more would show nothing more
STRIPE = 6  # pixels from one stripe to the next where a place speaks against
# white to vermillion: one hue, darker is more
COLOURS = ((255, 255, 255), (253, 208, 178), (236, 131, 60), (213, 94, 0), (120, 45, 0))
# the same from white to blue, for what takes points away
AGAINST = ((255, 255, 255), (178, 214, 238), (77, 154, 203), (0, 114, 178), (0, 56, 92))


def evidence(network: ResidualNetwork, photo: Image.Image, index: int, way: WayIn) -> Map:
    """Points of score that each place adds to (or takes from) a class: ``(H, W)``, signed.

    Every view that is used to answer adds its share where it looked. Without the smoothing between patches,
    the average over the map plus the head's bias is the score.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    photo
        An RGB picture.
    index
        The class, 0 to 199, in the order of the class list.
    way
        How the photo becomes the views.
    """
    return over_views(lambda look: patch_scores(network, look, index), photo, way, map_size(photo))


def over_views(
    points_of: Callable[[Pixels], Map], photo: Image.Image, way: WayIn, size: tuple[int, int]
) -> Map:
    """The points of each view laid where it looked, averaged over the views of the answer: ``(H, W)``.

    Parameters
    ----------
    points_of
        One view, ``(H, W, 3)`` pixels of 0 to 255, to its points, ``(rows, columns)``. Mirrored views are
        mirrored back afterwards.
    photo
        An RGB picture.
    way
        How the photo becomes the views.
    size
        Height and width of the map.
    """
    canvas = np.zeros(size, np.float32)
    shapes = way.shapes[:1] if photo.width == photo.height else way.shapes
    sides = (False, True) if way.mirrored else (False,)
    for shape in shapes:
        top, left, high, wide = region(shape, *size)
        look = view(photo, shape, way)
        for mirrored in sides:
            points = points_of(np.ascontiguousarray(look[:, ::-1]) if mirrored else look)
            points = np.ascontiguousarray(points[:, ::-1] if mirrored else points)
            smooth = Image.fromarray(points).resize((wide, high), Image.Resampling.BILINEAR)
            canvas[top : top + high, left : left + wide] += np.asarray(smooth)
    return np.asarray(canvas / (len(shapes) * len(sides)), np.float32)


def patch_scores(network: ResidualNetwork, look: Pixels, index: int) -> Map:
    """``weights · features`` of each patch of one view, ``(rows, columns)``.

    Their mean plus the head's bias is the view's score.

    Parameters
    ----------
    network
        Any network of the shipped kind; it is only read.
    look
        ``(H, W, 3)`` pixels of 0 to 255.
    index
        The class, 0 to 199.
    """
    return weighed_patches(network, look, network.head.weight[index])


def weighed_patches(network: ResidualNetwork, look: Pixels, weights: Tensor) -> Map:
    """``weights · features`` of each patch of one view ``(H, W, 3)`` for any ``weights`` ``(C,)``."""
    import torch

    with torch.inference_mode():
        maps = network.feature_maps(network_input(look[None]))[0]
        points = torch.einsum("chw,c->hw", maps, weights)
    return np.ascontiguousarray(points.numpy(), np.float32)


def map_size(photo: Image.Image, longest: int = LONGEST_SIDE) -> tuple[int, int]:
    """Height and width of a photo's maps, the ``longest`` side in pixels."""
    scale = longest / max(photo.size)
    return max(1, round(photo.height * scale)), max(1, round(photo.width * scale))


def region(shape: str, height: int, width: int) -> tuple[int, int, int, int]:
    """Top, left, height and width of the part of the photo that a view shows.

    >>> region("centre", 100, 160), region("whole", 100, 160)
    ((0, 30, 100, 100), (0, 0, 100, 160))
    """
    if shape != "centre":
        return 0, 0, height, width
    side = min(height, width)
    return (height - side) // 2, (width - side) // 2, side, side


def seen_region(way: WayIn, height: int, width: int) -> tuple[int, int, int, int]:
    """`region` of the part of the photo that any view shows.

    Parameters
    ----------
    way
        How the photo becomes the views.
    height, width
        Of the map, in its points.

    Examples
    --------
    >>> seen_region(WayIn(("whole", "centre")), 100, 160)
    (0, 0, 100, 160)
    """
    return region("centre" if way.only_middle else "whole", height, width)


def seen_part(found: Map, way: WayIn) -> Map:
    """The part of a map that any view showed; sides that none showed would count as agreement.

    >>> seen_part(np.zeros((100, 160), np.float32), WayIn(("centre",))).shape
    (100, 100)
    """
    top, left, high, wide = seen_region(way, *found.shape)
    return found[top : top + high, left : left + wide]


def rank_correlation(a: Map, b: Map) -> float:
    """Whether two maps put their places in the same order: 1 the same, 0 unrelated, -1 reversed.

    A map without differences has no order; then the answer is 0.

    Source: Spearman, "The proof and measurement of association between two things" (1904).

    Examples
    --------
    >>> rising = np.array([[0.0, 1.0], [2.0, 3.0]], np.float32)
    >>> round(rank_correlation(rising, rising**3), 6), round(rank_correlation(rising, -rising), 6)
    (1.0, -1.0)
    """
    from scipy.stats import rankdata

    ranks = [rankdata(one.ravel()) for one in (a, b)]
    if any(np.ptp(rank) == 0 for rank in ranks):
        return 0.0
    return float(np.corrcoef(*ranks)[0, 1])


def overlay(photo: NDArray[np.uint8], heat: Map, scale: float) -> NDArray[np.uint8]:
    """A map drawn over its faded photo, from clear (0 points) to dark vermillion (``scale`` or more).

    >>> grey = np.full((1, 2, 3), 128, np.uint8)
    >>> overlay(grey, np.array([[0, 20]], np.float32), scale=20.0).tolist()
    [[[166, 166, 166], [129, 69, 33]]]
    """
    return _tinted(photo, np.clip(heat / scale, 0, 1), COLOURS, 0.8)


def signed_overlay(photo: NDArray[np.uint8], points: Map, end: float) -> NDArray[np.uint8]:
    """A signed map over its faded photo: vermillion speaks for, blue against, the bare photo for neither.

    Blue is striped too, so that the sign can be told without the colour.

    Parameters
    ----------
    photo
        ``(H, W, 3)`` pixels of 0 to 255.
    points
        ``(H, W)`` points of score, signed.
    end
        Points, above 0, at which the colours are darkest; minus as much is the other end.

    Examples
    --------
    >>> grey = np.full((1, 3, 3), 128, np.uint8)
    >>> signed_overlay(grey, np.array([[-9, 0, 9]], np.float32), end=9.0).tolist()
    [[[33, 78, 107], [166, 166, 166], [129, 69, 33]]]
    """
    red = overlay(photo, np.maximum(points, 0), end)
    striped = np.where(np.arange(len(points)) % STRIPE < STRIPE // 2, 0.8, 0.4)[:, None]
    blue = _tinted(photo, np.clip(np.abs(points) / end, 0, 1), AGAINST, striped)
    return np.where((points < 0)[..., None], blue, red)


def _tinted(
    photo: Pixels, place: Map, ramp: tuple[tuple[int, ...], ...], strength: float | NDArray[np.float64]
) -> Pixels:
    """A ramp's colours at each ``place``, 0 to 1, over the faded photo: the darker, the more they cover."""
    steps = np.linspace(0, 1, len(ramp))
    colour = np.stack([np.interp(place, steps, channel) for channel in zip(*ramp, strict=True)], axis=-1)
    faded = 255 - 0.7 * (255 - photo.mean(axis=-1, keepdims=True))
    share = (strength * np.sqrt(place))[..., None]
    return np.asarray(np.rint((1 - share) * faded + share * colour), np.uint8)
