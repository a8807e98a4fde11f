"""A grey box on the photo: which guesses fall when a part cannot be seen.

The box is mid grey. A photo with a grey box is itself something that the network has never learned from, so a
fall says "it used this part, or the box confused it".

Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2013), section 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.numbers_in_words import percent
from dl_core.photos import Photo
from dl_core.vision import classes, read_card
from dl_core.vision.centre_view import answers, centre_view
from dl_core.vision.predict import class_probabilities

GREY = 128  # of 255, in all three colours
SMALLEST, LARGEST = 5, 100  # size of the box, percent of the photo's shorter side
N_GUESSES = 5
GRID = (14, 38, 62, 86)  # where the worst place is looked for: percent of the square the network sees

Edges = tuple[float, float, float, float]  # left, top, right, bottom: percent of the photo's width and height


@dataclass(frozen=True)
class Settings:
    """A photo, and where the box lies on it.

    Raises
    ------
    ValueError
        If the centre is not on the photo, or the size is not 5 to 100.
    """

    photo: Photo
    x: int = 50  # centre of the box, percent of the photo's width from the left
    y: int = 50  # percent of its height from the top
    size: int = 50  # side of the box, percent of the photo's shorter side

    def __post_init__(self) -> None:
        if not (0 <= self.x <= 100 and 0 <= self.y <= 100):
            raise ValueError(f"A box at {self.x} and {self.y} % lies beside the photo: choose 0 to 100.")
        if not SMALLEST <= self.size <= LARGEST:
            raise ValueError(f"A box of {self.size} % cannot be drawn: choose {SMALLEST} to {LARGEST}.")


PRESETS = {"Middle": (50, 50, 50), "Small box": (50, 50, 25), "Top left corner": (20, 20, 50)}  # x, y, size


@dataclass(frozen=True)
class Guess:
    """One name, and how sure the network is of it without the box and with it."""

    name: str
    before: float  # 0 to 1
    after: float  # 0 to 1


@dataclass(frozen=True)
class Covered:
    """What the box does to the guesses."""

    settings: Settings
    guesses: tuple[Guess, ...]  # the five best without the box, then the best of all others with it
    answer: Guess  # the best guess with the box
    threshold: float  # below it the network holds its answer back, 0 to 1
    edges: Edges  # of the box on the photo, after what hangs over was cut off
    seen: Edges  # of the square that the network looks at
    share: float  # of the photo that is covered, 0 to 1

    @property
    def first(self) -> Guess:
        """The best guess without the box."""
        return self.guesses[0]

    @property
    def holds(self) -> bool:
        """Whether the best guess is the same with the box."""
        return self.answer.name == self.first.name

    @property
    def is_seen(self) -> bool:
        """Whether any of the box lies on the square that the network looks at."""
        (left, top, right, bottom), (from_x, from_y, to_x, to_y) = self.edges, self.seen
        return left < to_x and right > from_x and top < to_y and bottom > from_y


def story(settings: Settings) -> Covered:
    """Ask the network about the photo, and about the photo with the box on it.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample()))
    >>> told.first.name, told.first.after < told.first.before
    ('espresso', True)
    """
    photo = settings.photo.image
    box = pixels_of_box(settings)
    before = class_probabilities(photo)
    after = class_probabilities(covered(photo, box))
    order = np.argsort(-before, kind="stable")
    best, others = order[:N_GUESSES], order[N_GUESSES:]
    shown = [*best, others[after[others].argmax()]]
    left, top, right, bottom = box
    across, down = 100 / photo.width, 100 / photo.height
    return Covered(
        settings=settings,
        guesses=tuple(_guess(int(i), before, after) for i in shown),
        answer=_guess(int(after.argmax()), before, after),
        threshold=read_card().threshold,
        edges=(left * across, top * down, right * across, bottom * down),
        seen=seen_square(photo),
        share=(right - left) * (bottom - top) / (photo.width * photo.height),
    )


def _guess(index: int, before: NDArray[np.float64], after: NDArray[np.float64]) -> Guess:
    return Guess(classes()[index].name, float(before[index]), float(after[index]))


def pixels_of_box(settings: Settings) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the box in whole pixels of the photo; at least one pixel is covered.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> pixels_of_box(Settings(first_sample(), x=50, y=50, size=100))  # 512 by 341 pixels
    (86, 0, 427, 341)
    """
    width, height = settings.photo.image.size
    half = settings.size * min(width, height) / 200
    left, right = _ends(settings.x * width / 100, half, width)
    top, bottom = _ends(settings.y * height / 100, half, height)
    return left, top, right, bottom


def _ends(centre: float, half: float, length: int) -> tuple[int, int]:
    first = min(max(int(centre - half + 0.5), 0), length - 1)
    return first, min(max(int(centre + half + 0.5), first + 1), length)


def covered(photo: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """A copy of the photo with a mid-grey box on it.

    Parameters
    ----------
    photo
        An RGB picture; it stays as it is.
    box
        Left, top, right and bottom in pixels.

    Examples
    --------
    >>> covered(Image.new("RGB", (4, 2)), (0, 0, 1, 2)).getpixel((0, 1))
    (128, 128, 128)
    """
    copy = photo.copy()
    copy.paste((GREY, GREY, GREY), box)
    return copy


def seen_square(photo: Image.Image) -> Edges:
    """Where on the photo the square lies that the network looks at, in percent of width and height.

    >>> seen_square(Image.new("RGB", (400, 200)))
    (25.0, 0.0, 75.0, 100.0)
    """
    if read_card().way_in.shapes[0] != "centre":
        return 0.0, 0.0, 100.0, 100.0
    across, down = (50 * min(photo.size) / side for side in photo.size)
    return 50 - across, 50 - down, 50 + across, 50 + down


def worst_place(photo: Photo, size: int) -> tuple[int, int]:
    """Where a box of this size costs the first guess most, of 16 places: x and y in percent.

    Parameters
    ----------
    photo
        A sample or the reader's own.
    size
        Side of the box, 5 to 100 percent of the photo's shorter side.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> x, y = worst_place(first_sample(), 50)
    >>> story(Settings(first_sample(), x, y, 50)).first.after < story(Settings(first_sample())).first.after
    True
    """
    left, top, right, bottom = seen_square(photo.image)
    places = [
        (round(left + at_x * (right - left) / 100), round(top + at_y * (bottom - top) / 100))
        for at_y in GRID
        for at_x in GRID
    ]
    start = Settings(photo, size=size)
    boxes = [pixels_of_box(replace(start, x=x, y=y)) for x, y in places]
    looks = [centre_view(photo.image), *(centre_view(covered(photo.image, box)) for box in boxes)]
    found = answers(np.stack(looks))
    return places[int(found[1:, found[0].argmax()].argmin())]


def takeaway(told: Covered) -> str:
    """How much is covered, what that does to the first guess, and what the network says now."""
    start = f"The grey box covers {percent(told.share)} of the photo."
    if not told.is_seen:
        return f"{start} It lies where the network does not look, so nothing changes."
    first, was, now = told.first, percent(told.first.before), percent(told.first.after)
    if was == now:
        moved = f"“{first.name}” stays at {was}"
    else:
        moved = f"“{first.name}” {'falls' if first.after < first.before else 'rises'} from {was} to {now}"
    if told.holds:
        then = "and is still the best guess"
    else:
        then = f"and now the best guess is “{told.answer.name}”, {percent(told.answer.after)} sure"
    too_low = f" Under {percent(told.threshold)} it holds its answer back."
    return f"{start} {moved}, {then}.{too_low if told.answer.after < told.threshold else ''}"
