"""Does the answer hold when the photo changes in ways that change nothing for a person?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from dl_core.vision.card import Card, read_card
from dl_core.vision.classes import classes
from dl_core.vision.predict import class_probabilities


@dataclass(frozen=True)
class Wobble:
    """The network's answer to one changed photo."""

    change: str  # what was done, such as "mirrored"
    label: str  # the best guess now
    probability: float  # how sure the network is of that guess, 0 to 1
    original_probability: float  # how sure it still is of its first answer
    held: bool  # whether the best guess stayed the same


def cropped(photo: Image.Image) -> Image.Image:
    """Without the outer twentieth of each side."""
    across, down = photo.width // 20, photo.height // 20
    return photo.crop((across, down, photo.width - across, photo.height - down))


def turned(photo: Image.Image, degrees: float = 8.0) -> Image.Image:
    """Turned by ``degrees`` against the clock; corners that come in show the photo's own border."""
    margin = max(2, max(photo.size) // 8)
    wide = Image.new("RGB", (photo.width + 2 * margin, photo.height + 2 * margin))
    middle = (margin, margin, margin + photo.width, margin + photo.height)
    # a stretched copy behind it: no black corners
    wide.paste(photo.resize(wide.size, Image.Resampling.BILINEAR))
    wide.paste(photo, middle[:2])
    return wide.rotate(degrees, Image.Resampling.BICUBIC).crop(middle)


CHANGES: tuple[tuple[str, Callable[[Image.Image], Image.Image]], ...] = (
    ("mirrored", ImageOps.mirror),
    ("cropped a little", cropped),
    ("turned 8°", turned),
    # a blur of one pixel in the 64 that the network sees
    ("blurred", lambda photo: photo.filter(ImageFilter.GaussianBlur(min(photo.size) / 64))),
    ("grey", lambda photo: ImageOps.grayscale(photo).convert("RGB")),
    ("brighter", lambda photo: ImageEnhance.Brightness(photo).enhance(1.4)),
    ("darker", lambda photo: ImageEnhance.Brightness(photo).enhance(0.6)),
)


def wobble_test(photo: Image.Image, card: Card | None = None) -> tuple[Wobble, ...]:
    """The answers to a photo and to seven small changes of it; the first row is the photo itself.

    Examples
    --------
    >>> rows = wobble_test(Image.new("RGB", (64, 64), (90, 140, 30)))
    >>> [row.change for row in rows]
    ['as it is', 'mirrored', 'cropped a little', 'turned 8°', 'blurred', 'grey', 'brighter', 'darker']
    """
    card = card or read_card()
    rows: list[Wobble] = []
    first = -1
    for change, changed in (("as it is", photo), *((name, apply(photo)) for name, apply in CHANGES)):
        chances = class_probabilities(changed, card)
        best = int(chances.argmax())
        first = best if first < 0 else first
        name, sure, still = classes()[best].name, float(chances[best]), float(chances[first])
        rows.append(Wobble(change, name, sure, still, best == first))
    return tuple(rows)


def wobble_sentence(rows: tuple[Wobble, ...]) -> str:
    """How many small changes the answer survived, and which one hurt most.

    Examples
    --------
    >>> plain, grey = Wobble("as it is", "teapot", 0.8, 0.8, True), Wobble("grey", "wok", 0.5, 0.2, False)
    >>> wobble_sentence((plain, grey))
    'The answer held in 0 of 1 small changes. Being grey hurt most: “teapot” fell from 80 to 20 %.'
    """
    original, changes = rows[0], rows[1:]
    held = sum(row.held for row in changes)
    start = f"The answer held in {held} of {len(changes)} small changes."
    worst = min(changes, key=lambda row: row.original_probability)
    before, after = round(100 * original.probability), round(100 * worst.original_probability)
    if after >= before:
        return f"{start} None of them made it less sure of “{original.label}”."
    return f"{start} Being {worst.change} hurt most: “{original.label}” fell from {before} to {after} %."
