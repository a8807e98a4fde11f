"""The same photo shifted, turned or made smaller: does the network keep its answer?"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.jobs import GoOn
from dl_core.kept_with_photo import recall, remember
from dl_core.numbers_in_words import percent, so_many
from dl_core.photos import Photo
from dl_core.vision import classes, read_card
from dl_core.vision.ablation import parts_of, through
from dl_core.vision.centre_view import centre_view
from dl_core.vision.layers import NAMES
from dl_core.vision.moving import EDGES, apart, moved, square_of
from dl_core.vision.predict import class_probabilities
from dl_core.vision.views import Pixels

# way of moving → the amounts that are measured: percent of the width, degrees, times its size, pixels of 64
AMOUNTS: dict[str, tuple[float, ...]] = {
    "shift": tuple(float(5 * step) for step in range(-8, 9)),
    "turn": tuple(22.5 * step for step in range(-7, 9)),
    "size": tuple(2 ** (step / 4) for step in range(-8, 5)),
    "pixels": tuple(float(step) for step in range(17)),
}
STAYS = {"shift": 0.0, "turn": 0.0, "size": 1.0, "pixels": 0.0}  # the amount that changes nothing
ONE = {"shift": "shift", "turn": "turn", "size": "size", "pixels": "small shift"}
LAYERS = (NAMES[0], NAMES[1], NAMES[-1])  # whose maps are watched when the photo moves pixel by pixel
STEPS = (1, 2, 16)  # pixels of the photo between two places of those maps
ALIKE = 0.005  # below this share of its size, a map's difference is rounding


@dataclass(frozen=True)
class Settings:
    """Which photo is moved, how, and the amount that is looked at closely.

    Raises
    ------
    ValueError
        If the way, the amount or the edge is none of those that are measured.
    """

    photo: Photo
    way: str = "size"  # of `AMOUNTS`
    amount: float = 0.5  # of `AMOUNTS[way]`; right, clockwise and larger are positive
    edge: str = "plain"  # of `EDGES`

    def __post_init__(self) -> None:
        if self.way not in AMOUNTS:
            raise ValueError(f"There is no way “{self.way}”: choose one of {', '.join(AMOUNTS)}.")
        if self.amount not in AMOUNTS[self.way]:
            raise ValueError(f"An amount of {self.amount:g} is not measured: see AMOUNTS['{self.way}'].")
        if self.edge not in EDGES:
            raise ValueError(f"There is no edge “{self.edge}”: choose one of {', '.join(EDGES)}.")


@dataclass(frozen=True)
class Point:
    """The network's answer to the photo moved by one amount."""

    amount: float  # see `AMOUNTS`
    label: str  # the best guess now
    probability: float  # how sure of that, 0 to 1
    kept: float  # how sure it still is of its first answer, 0 to 1
    look: Pixels = field(compare=False, repr=False)  # (64, 64, 3) what the network got to see
    # only where it moves pixel by pixel: how far each of `LAYERS`' maps is from having moved along, 0 is not
    # at all, 1 is as much as the whole map
    apart: tuple[float, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the network is too unsure to answer here."""
        return self.probability < read_card().threshold


@dataclass(frozen=True)
class Moved:
    """What the network answers at every amount."""

    settings: Settings
    points: tuple[Point, ...]  # by amount; the unmoved photo is always among them

    @property
    def first(self) -> Point:
        """The photo as it is."""
        return next(one for one in self.points if one.amount == STAYS[self.settings.way])

    @property
    def others(self) -> tuple[Point, ...]:
        """Every amount that changes something."""
        return tuple(one for one in self.points if one is not self.first)

    @property
    def chosen(self) -> Point:
        """The amount that is looked at; after an early stop, the nearest that was measured."""
        way, amount = self.settings.way, self.settings.amount
        return min(self.points, key=lambda one: abs(place(way, one.amount) - place(way, amount)))

    @property
    def n_held(self) -> int:
        """At how many amounts the first guess is still the best one, the unmoved photo not counted."""
        return sum(one.label == self.first.label for one in self.others)

    @property
    def n_refused(self) -> int:
        """At how many amounts the network is too unsure to answer, the unmoved photo not counted."""
        return sum(one.refused for one in self.others)

    @property
    def is_whole(self) -> bool:
        """Whether nobody stopped it early."""
        return len(self.points) == len(AMOUNTS[self.settings.way])


def place(way: str, amount: float) -> float:
    """Where an ``amount`` stands on its axis: sizes stand by their doublings.

    >>> place("size", 0.25), place("turn", 90.0)
    (-2.0, 90.0)
    """
    return math.log2(amount) if way == "size" else amount


def nearest(way: str, x: float) -> float:
    """The measured amount whose place is nearest to ``x`` on the axis.

    >>> nearest("size", -0.9), nearest("turn", 500)
    (0.5, 180.0)
    """
    return min(AMOUNTS[way], key=lambda amount: abs(place(way, amount) - x))


def story(settings: Settings, go_on: GoOn | None = None) -> Moved:
    """Ask the network about the photo at every amount of one way.

    Parameters
    ----------
    go_on
        Asked before each amount with the share that is done, 0 to 1; False ends it with what is there.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample(), "shift", 20.0))
    >>> len(told.points), told.first.label
    (17, 'espresso')
    """
    what = ("moved", settings.way, settings.edge)
    points: tuple[Point, ...] | None = recall(settings.photo, what)
    if points is None:
        points = _measured(settings, go_on)
        if len(points) == len(AMOUNTS[settings.way]):
            remember(settings.photo, what, points)
    return Moved(settings, points)


def _measured(settings: Settings, go_on: GoOn | None) -> tuple[Point, ...]:
    photo, way = settings.photo.image, settings.way
    seen = centre_view(photo)
    chances = class_probabilities(photo)  # the photo itself, as the page's first answer
    first, before = int(chances.argmax()), _maps(seen) if way == "pixels" else ()
    square = seen if way == "pixels" else square_of(photo)
    found = {STAYS[way]: _point(STAYS[way], chances, first, seen, (0.0,) * len(before))}
    amounts = [amount for amount in AMOUNTS[way] if amount != STAYS[way]]
    amounts.sort(key=lambda amount: abs(place(way, amount)))  # stopped early, a curve has no holes
    for done, amount in enumerate(amounts, 1):
        if go_on and not go_on(done / len(AMOUNTS[way])):
            break
        changed = Image.fromarray(moved(square, way, amount, settings.edge))
        look = centre_view(changed)
        apart = _all_apart(_maps(look), before, round(amount)) if before else ()
        found[amount] = _point(amount, class_probabilities(changed), first, look, apart)
    return tuple(found[amount] for amount in sorted(found))


def _point(
    amount: float, chances: NDArray[np.float64], first: int, look: Pixels, apart: tuple[float, ...]
) -> Point:
    best = int(chances.argmax())
    kept = look.copy()
    kept.setflags(write=False)
    return Point(amount, classes()[best].name, float(chances[best]), float(chances[first]), kept, apart)


def _maps(look: Pixels) -> tuple[NDArray[np.float32], ...]:
    """The maps of `LAYERS`, each ``(C, H, W)``."""
    import torch

    from dl_core.vision.predict import network_input
    from dl_core.vision.weights import shipped_network

    stem, second_filters, *stages = parts_of(shipped_network())
    with torch.inference_mode():
        first = stem(network_input(look[None]))
        second = second_filters(first)
        return tuple(each[0].numpy() for each in (first, second, through(stages, second)))


def _all_apart(
    now: tuple[NDArray[np.float32], ...], before: tuple[NDArray[np.float32], ...], pixels: int
) -> tuple[float, ...]:
    return tuple(
        min(apart(a, b, places) for places in {pixels // step, -(-pixels // step)})
        for a, b, step in zip(now, before, STEPS, strict=True)
    )


def in_words(way: str, amount: float) -> str:
    """An ``amount`` (see `AMOUNTS`) in a few words.

    >>> in_words("shift", -20.0), in_words("turn", 22.5), in_words("size", 2**-0.5), in_words("pixels", 1.0)
    ('20 % left', '22.5° right', '0.71×', '1 pixel')
    """
    if way == "size":
        return f"{amount:.2g}×"
    if way == "pixels":
        return so_many(round(amount), "pixel")
    unit = " %" if way == "shift" else "°"
    side = "" if amount == 0 else " right" if amount > 0 else " left"
    return f"{abs(amount):g}{unit}{side}"


def takeaway(told: Moved) -> str:
    """What the chosen amount did to the answer, and how many amounts it survived.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> takeaway(story(Settings(first_sample(), "shift", 0.0)))[:63]
    'As it is, the network is 99.1 % sure of its first guess, “espre'
    """
    way, first, now = told.settings.way, told.first, told.chosen
    early = "" if told.is_whole else "Stopped early. "
    if now is first:
        unsure = ": too little to answer" if first.refused else ""
        sure = f"{percent(first.kept)} sure of its first guess, “{first.label}”"
        start = f"As it is, the network is {sure}{unsure}."
    else:
        was, left = percent(first.kept), percent(now.kept)
        goes = f"stays at {left}" if was == left else f"goes from {was} to {left}"
        change = f"{_how(way, now.amount)}, **“{first.label}” {goes}**"
        what, unsure = ("best guess", ", too unsure to answer") if now.refused else ("answer", "")
        start = (
            f"{change} and is still the {what}{unsure}."
            if now.label == first.label
            else f"{change} and the {what} becomes **“{now.label}”** ({percent(now.probability)}){unsure}."
        )
    return f"{early}{start} {_layers(now) if way == 'pixels' else _held(told)}"


def _how(way: str, amount: float) -> str:
    words = in_words(way, amount)
    if way == "size":
        return f"At {words} its size"
    if way == "pixels":
        return f"Moved by {words} of {len(AMOUNTS[way]) * 4 - 4}"
    thing, _, side = words.rpartition(" ")
    return f"{'Turned' if way == 'turn' else 'Moved'} {thing} to the {side}"


def _held(told: Moved) -> str:
    n, of = len(told.others), so_many(len(told.others), ONE[told.settings.way])
    if not n:
        return "Nothing else was tried."
    held = f"It is the best guess at {told.n_held} of {of}"
    if not told.n_refused:
        return f"{held}."
    where = "all of them" if told.n_refused == n else f"{told.n_refused} of them"
    return f"{held}; at {where}, the network is too unsure to answer."


def _layers(now: Point) -> str:
    if now.amount == 0:
        return "Move it, and see which layers' maps move along."
    first, *deeper = (
        "move along exactly" if each < ALIKE else f"differ by {percent(round(min(each, 1.0), 3))}"
        for each in now.apart
    )
    rest = ", ".join(f"those of “{name}” {each}" for name, each in zip(LAYERS[1:], deeper, strict=True))
    return f"The maps of “{LAYERS[0]}” {first}; {rest}."
