"""One photo, four answers: a name, a box, an outline, a new picture; and what their labels cost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.jobs import GoOn
from dl_core.kept_with_photo import recall, remember
from dl_core.numbers_in_words import so_many, two_figures
from dl_core.photos import Photo
from dl_core.vision import classes, read_card
from dl_core.vision.drawn import STEPS, Drawn, draw
from dl_core.vision.explain import evidence, map_size, seen_region
from dl_core.vision.predict import class_probabilities
from dl_core.vision.regions import Box, Mask, box_around, by_colour, warm_region, with_box, with_outline

Pixels = NDArray[np.uint8]

LONGEST_SIDE = 320  # pixels of the photos in the panels
VERMILLION = (213, 94, 0)
DAY = 8  # hours of work
# seconds for one label, as published
YES_OR_NO = 1.0  # for one name on one photo: Bearman et al. (2016)
DRAWN_BOX = 25.5  # the median for drawing a box, without its checks: Su et al. (2012)
CLICKED_BOX = 7.0  # with four clicks on the thing's rim: Papadopoulos et al. (2017)
OUTLINE = 79.2  # 22 hours for 1,000: Lin et al. (2014)


@dataclass(frozen=True)
class Settings:
    """The photo, where its map is cut, and what the labels are assumed to take.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """

    photo: Photo
    share: float = 0.4  # of the map's peak, where the region ends: 0.1 to 0.9
    n_photos: int = 10_000  # to be labelled, one thing on each, 1 to 100 million
    wage: float = 20.0  # dollars an hour, 0 to 10,000
    seconds_name: float = YES_OR_NO  # for one name, above 0, at most 3,600
    seconds_box: float = DRAWN_BOX  # for one box, the same
    seconds_outline: float = OUTLINE  # for one outline, the same

    def __post_init__(self) -> None:
        if not 0.1 <= self.share <= 0.9:
            raise ValueError(f"A cut at {self.share:g} of the peak is no use: choose 0.1 to 0.9.")
        if self.n_photos not in range(1, 100_000_001):
            raise ValueError(f"{self.n_photos} photos cannot be: give 1 to 100 million.")
        if not 0 <= self.wage <= 10_000:
            raise ValueError(f"A wage of {self.wage:g} an hour cannot be: give 0 to 10,000.")
        for seconds in (self.seconds_name, self.seconds_box, self.seconds_outline):
            if not 0 < seconds <= 3600:
                raise ValueError(f"{seconds:g} seconds for a label cannot be: give above 0, at most 3,600.")


@dataclass(frozen=True)
class LabelCost:
    """What one kind of label costs for all photos."""

    task: str  # "names", "boxes" or "outlines"
    seconds: float  # for one photo
    hours: float  # for all of them
    money: float  # dollars for all of them

    @property
    def days(self) -> float:
        """One person's working days of eight hours."""
        return self.hours / DAY


@dataclass(frozen=True)
class Tasks:
    """Four answers to one photo, and three bills."""

    settings: Settings
    label: str  # the first guess
    probability: float  # how sure of it, 0 to 1
    refused: bool  # whether that is too little to act on
    drawn: Drawn  # what the network would draw for the name
    costs: tuple[LabelCost, ...]  # names, boxes, outlines
    box: (
        Box | None
    )  # in the photo's panel, round the heat map's warm region; None: refused, or nothing stands out
    photo: Pixels = field(compare=False, repr=False)  # (H, W, 3)
    boxed: Pixels = field(compare=False, repr=False)  # the same with the box
    outlined: Pixels = field(compare=False, repr=False)  # the same with the outline, the rest faded
    outline: Mask | None = field(compare=False, repr=False)  # (H, W) the pixels inside it
    part: tuple[int, int, int, int]  # top, left, height, width of what the network looked at on these

    @property
    def is_whole(self) -> bool:
        """Whether nobody stopped the drawing early."""
        return self.drawn.steps == STEPS


@dataclass(frozen=True)
class _Seen:
    """What the network says of a photo, whatever its labels cost."""

    index: int  # of its first guess
    probability: float  # of that, 0 to 1
    photo: Pixels  # (H, W, 3)
    heat: NDArray[np.float32]  # (H, W) points of score, signed
    part: tuple[int, int, int, int]  # top, left, height, width of what the network looked at


def label_cost(task: str, seconds: float, n_photos: int, wage: float) -> LabelCost:
    """Seconds for one label times photos, in hours and money.

    Parameters
    ----------
    seconds
        For one photo, above 0.
    n_photos
        How many, at least 1.
    wage
        Dollars an hour, 0 or more.

    Examples
    --------
    >>> label_cost("boxes", 36.0, 1000, 20.0)
    LabelCost(task='boxes', seconds=36.0, hours=10.0, money=200.0)
    """
    hours = seconds * n_photos / 3600
    return LabelCost(task, seconds, hours, hours * wage)


def story(settings: Settings, go_on: GoOn | None = None) -> Tasks:
    """All four answers and the three bills.

    Parameters
    ----------
    go_on
        Asked now and then with the share that is done, 0 to 1; False ends the drawing with what is there.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample()), go_on=lambda share: False)
    >>> told.label, [round(one.money) for one in told.costs]
    ('espresso', [56, 1417, 4400])
    """
    seen = recall(settings.photo, "tasks")
    if seen is None:
        seen = _look(settings.photo.image)
        remember(settings.photo, "tasks", seen)
    refused = seen.probability < read_card().threshold
    # where it would not even give a name, it marks nothing
    box, outline = (None, None) if refused else _box_and_outline(seen, settings.share)
    costs = tuple(
        label_cost(task, seconds, settings.n_photos, settings.wage)
        for task, seconds in (
            ("names", settings.seconds_name),
            ("boxes", settings.seconds_box),
            ("outlines", settings.seconds_outline),
        )
    )
    return Tasks(
        settings,
        classes()[seen.index].name,
        seen.probability,
        refused,
        draw(seen.index, go_on),
        costs,
        box,
        seen.photo,
        seen.photo if box is None else with_box(seen.photo, box, VERMILLION),
        seen.photo if outline is None else with_outline(seen.photo, outline, VERMILLION),
        outline,
        seen.part,
    )


def _look(photo: Image.Image) -> _Seen:
    from dl_core.vision.weights import shipped_network

    card = read_card()
    chances = class_probabilities(photo, card)
    index = int(chances.argmax())
    height, width = map_size(photo, LONGEST_SIDE)
    size = width, height
    heat = evidence(shipped_network(), photo, index, card.way_in)
    large = np.asarray(Image.fromarray(heat).resize(size, Image.Resampling.BILINEAR))
    shown = np.array(photo.resize(size, Image.Resampling.BOX))
    shown.setflags(write=False)
    return _Seen(index, float(chances[index]), shown, large, seen_region(card.way_in, height, width))


def _box_and_outline(seen: _Seen, share: float) -> tuple[Box | None, Mask | None]:
    top, left, high, wide = seen.part
    warm = warm_region(seen.heat[top : top + high, left : left + wide], share)
    if warm is None:
        return None, None
    whole = np.zeros(seen.heat.shape, bool)
    whole[top : top + high, left : left + wide] = warm
    return box_around(whole), by_colour(seen.photo, whole)


def dollars(amount: float) -> str:
    """Dollars in two figures and in words (the sign would start a formula); ``amount`` is 0 or more.

    >>> dollars(56), dollars(1416.7), dollars(0.001), dollars(0)
    ('56 dollars', '1,400 dollars', 'under a cent', '0 dollars')
    """
    return "under a cent" if 0 < amount < 0.01 else f"{two_figures(amount)} dollars"


def takeaway(told: Tasks) -> str:
    """What the labels cost, and where the answers for this photo are weak.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> takeaway(story(Settings(first_sample()), go_on=lambda share: False))[:54]
    'For 10,000 photos, names cost about 56 dollars, boxes '
    """
    names, boxes, outlines = told.costs
    n = told.settings.n_photos
    start = (
        f"For {so_many(n, 'photo')}, names cost about {dollars(names.money)}, boxes {dollars(boxes.money)} "
        f"and **outlines {dollars(outlines.money)}**, {two_figures(outlines.days)} working days."
    )
    if told.refused:
        return f"{start} Of this photo the network is too unsure to mark anything."
    if told.box is None:
        return f"{start} On this photo no region stands out, so there is no box to draw."
    if not told.is_whole:
        return f"{start} The drawing was stopped after {told.drawn.steps} steps."
    return f"{start} The box and the outline come from a heat map, not from trained detectors."
