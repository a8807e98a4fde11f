"""Is a heat map faithful? Cover what it marks first, and see whether the guess falls faster than by chance.

The square that the network looks at is cut into 64 patches. They are covered step by step: in the order of
the map, in the order of the map of a network with scrambled weights, and in eight orders for comparison.
The smaller the area under a curve, the sooner the guess is gone.

Covered photos are photos the network has never learned from, and many loose patches disturb it more than one
closed patch does. So there is a second comparison that keeps the map's shape: the same map, moved elsewhere.

Source: Petsiuk et al., "RISE" (2018), section 4.3: the deletion metric.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dl_core.jobs import GoOn
from dl_core.photos import Photo
from dl_core.vision.card import read_card
from dl_core.vision.centre_view import answers, centre_view
from dl_core.vision.classes import label_of
from dl_core.vision.explain import evidence, seen_part
from dl_core.vision.placed import shrunk
from dl_core.vision.views import Pixels

if TYPE_CHECKING:
    from dl_core.vision.network import ResidualNetwork

SIDE = 8  # patches along each side of the square
N_PATCHES = SIDE * SIDE
STEPS = (0, 2, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64)  # patches covered at each point of a curve
TOLD = 8  # patches covered in the sentence: an eighth
N_DRAWS = 8
LEAST = 0.05  # a name that starts less sure than this has nothing to fall from
GREY = 128  # of 255
BLUR = 8.0  # pixels of the 64, standard deviation: only broad patches of colour are left
FILLS = ("grey", "blur")
RIVALS = ("random", "moved")  # patches by chance; the same map moved to another place
VERDICTS = ("faster", "tie", "slower", "too low")  # the map against all draws; the last is no test

Order = NDArray[np.int64]  # (64,) patches row by row, the first to be covered first
Score = NDArray[np.float64]  # (8, 8)


@dataclass(frozen=True)
class Settings:
    """A photo, a name on the list, what patches are covered with and what the map is compared with.

    Raises
    ------
    ValueError
        If the name is not on the list of 200 things, or a choice is unknown.
    """

    photo: Photo
    label: str
    fill: str = "grey"  # of FILLS
    rival: str = "random"  # of RIVALS

    def __post_init__(self) -> None:
        label_of(self.label)
        if self.fill not in FILLS or self.rival not in RIVALS:
            raise ValueError(
                f"“{self.fill}” against “{self.rival}” is unknown: choose of {FILLS} and {RIVALS}."
            )


@dataclass(frozen=True)
class Curve:
    """How sure the network is of the name after each step."""

    sure: tuple[float, ...]  # 0 to 1, one for each of STEPS

    @property
    def area(self) -> float:
        """Area under the curve, 0 to 1: the average of how sure it is, over the share that is covered."""
        return area_under(self.sure)


@dataclass(frozen=True)
class Deletion:
    """The curves of one photo and name."""

    settings: Settings
    by_map: Curve
    by_scrambled: Curve | None  # None when it was stopped before
    draws: tuple[Curve, ...]  # of the orders for comparison; fewer than 8 when it was stopped before
    covered: Pixels  # (64, 64, 3) the square with the map's first 8 patches covered
    rival: Pixels | None  # the same for the first draw

    @property
    def verdict(self) -> str:
        """One of VERDICTS."""
        return verdict(self.by_map, self.draws)

    def at(self, n_covered: int) -> tuple[float, tuple[float, ...]]:
        """How sure it is after so many patches: by the map, and by each draw.

        Parameters
        ----------
        n_covered
            One of STEPS.
        """
        step = STEPS.index(n_covered)
        return self.by_map.sure[step], tuple(draw.sure[step] for draw in self.draws)


def verdict(by_map: Curve, draws: Sequence[Curve]) -> str:
    """The map is "faster" than every draw, "slower" than every draw, or a "tie"; "too low" is no test.

    Once some draws make a tie, more draws leave it a tie.

    Examples
    --------
    >>> falling, staying = Curve((0.9,) + (0.1,) * 11), Curve((0.9,) * 12)
    >>> verdict(falling, [staying]), verdict(staying, [falling]), verdict(falling, [staying, falling])
    ('faster', 'slower', 'tie')
    """
    if by_map.sure[0] < LEAST:
        return "too low"
    areas = [draw.area for draw in draws]
    if areas and by_map.area < min(areas):
        return "faster"
    return "slower" if areas and by_map.area > max(areas) else "tie"


def area_under(sure: tuple[float, ...]) -> float:
    """Area under a curve over the share of patches that is covered, by trapezia.

    Parameters
    ----------
    sure
        0 to 1, one for each of STEPS.

    Examples
    --------
    >>> area_under((1.0,) * len(STEPS)), area_under(tuple(1 - n / N_PATCHES for n in STEPS))
    (1.0, 0.5)
    """
    return float(np.trapezoid(sure, np.array(STEPS) / N_PATCHES))


def story(settings: Settings, go_on: GoOn | None = None) -> Deletion:
    """Cover the photo in each order, a curve at a time.

    Parameters
    ----------
    settings
        What to cover, and with what.
    go_on
        Is told the share that is done; once it says False, the curves that are there come back.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample(), "espresso"), lambda share: False)
    >>> told.by_map.sure[-1] < told.by_map.sure[0], told.draws
    (True, ())
    """
    square = square_of(settings)
    curves: list[Curve] = []
    first: list[Pixels] = []  # with TOLD patches covered: by the map, and by the first draw
    total = 2 + N_DRAWS
    for number, order in enumerate(orders(settings)):
        curves.append(square.curve(order))
        if number in (0, 2):
            first.append(covered(square.look, square.filling, order[:TOLD]))
        if go_on and not go_on((number + 1) / total):
            break
    return Deletion(
        settings=settings,
        by_map=curves[0],
        by_scrambled=curves[1] if len(curves) > 1 else None,
        draws=tuple(curves[2:]),
        covered=first[0],
        rival=first[1] if len(first) > 1 else None,
    )


@dataclass(frozen=True, eq=False)
class Square:
    """What is covered, with what, and which name is watched."""

    look: Pixels  # (64, 64, 3) what the network sees of the photo
    filling: Pixels  # (64, 64, 3) what lies under covered patches
    index: int  # the class, 0 to 199
    ends: tuple[float, float]  # how sure with nothing covered and with everything, 0 to 1: any order's ends

    def curve(self, order: Order) -> Curve:
        """How sure the network stays while patches are covered in this order, ``(64,)``."""
        looks = np.stack([covered(self.look, self.filling, order[:n]) for n in STEPS[1:-1]])
        between = (float(one) for one in answers(looks)[:, self.index])
        return Curve((self.ends[0], *between, self.ends[1]))


def square_of(settings: Settings) -> Square:
    """The square that is covered step by step."""
    look, index = centre_view(settings.photo.image), label_of(settings.label)
    filling = filled(look, settings.fill)
    whole, gone = (float(one) for one in answers(np.stack([look, filling]))[:, index])
    return Square(look, filling, index, (whole, gone))


def orders(settings: Settings) -> Iterator[Order]:
    """The map's order, the scrambled map's, and those for comparison; each is made when it is asked for."""
    from dl_core.vision.weights import scrambled_network, shipped_network

    index = label_of(settings.label)
    score = patch_scores(shipped_network(), settings.photo.image, index)
    yield strongest_first(score)
    yield strongest_first(patch_scores(scrambled_network(), settings.photo.image, index))
    chance = np.random.default_rng(0)
    moves = chance.permutation(np.arange(1, N_PATCHES))[:N_DRAWS]  # 0 would be no move
    for move in moves:
        if settings.rival == "random":
            yield chance.permutation(N_PATCHES)
        else:
            yield strongest_first(np.roll(score, divmod(int(move), SIDE), axis=(0, 1)))


def patch_scores(network: ResidualNetwork, photo: Image.Image, index: int) -> Score:
    """What each patch of the square adds to the score by Grad-CAM, signed: ``(8, 8)``.

    The map itself tells only 4 by 4 places apart; between them it is smooth.

    Parameters
    ----------
    network
        The shipped one, or its scrambled control; it is only read.
    photo
        An RGB picture.
    index
        The class, 0 to 199.
    """
    way = read_card().way_in
    whole = seen_part(evidence(network, photo, index, way), way)
    return np.asarray(shrunk(whole, (SIDE, SIDE)), np.float64)


def strongest_first(score: Score) -> Order:
    """Patches by their score, the largest first; equal ones row by row. ``(8, 8)`` to ``(64,)``.

    >>> strongest_first(np.eye(8))[:3].tolist()
    [0, 9, 18]
    """
    return np.argsort(-score.ravel(), kind="stable")


def filled(look: Pixels, fill: str) -> Pixels:
    """What lies under a covered patch: ``(64, 64, 3)`` of grey, or of the blurred photo.

    Parameters
    ----------
    look
        ``(64, 64, 3)`` pixels of 0 to 255.
    fill
        Of FILLS.
    """
    if fill == "grey":
        return np.full_like(look, GREY)
    return np.asarray(Image.fromarray(look).filter(ImageFilter.GaussianBlur(BLUR)))


def covered(look: Pixels, filling: Pixels, patches: Order) -> Pixels:
    """The square ``(64, 64, 3)`` with these patches taken from the filling, and all others as they were.

    Parameters
    ----------
    look, filling
        ``(64, 64, 3)`` pixels of 0 to 255.
    patches
        ``(n,)`` numbers of patches, 0 to 63, row by row.
    """
    hidden = np.zeros(N_PATCHES, bool)
    hidden[patches] = True
    tall, wide = look.shape[0] // SIDE, look.shape[1] // SIDE
    mask = np.kron(hidden.reshape(SIDE, SIDE), np.ones((tall, wide), bool))
    return np.where(mask[..., None], filling, look)
