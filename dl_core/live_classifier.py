"""Lesson "live classifier": one photo in, five guesses out, and how far to trust the first."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from PIL import Image

from dl_core.numbers_in_words import percent, two_figures
from dl_core.vision import Card, Prediction, classes, classify, read_photo
from dl_core.vision.explain import Explanation, explain
from dl_core.vision.gallery import gallery, sample
from dl_core.vision.predict import confidence_sentence
from dl_core.vision.wobble import Wobble, wobble_test

if TYPE_CHECKING:
    import pandas as pd  # who reads no table does not wait for the library of tables


@dataclass(frozen=True)
class Photo:
    """A picture that was read safely. Two photos with the same pixels are the same photo."""

    name: str  # as the page calls it: a sample's name, or "your photo"
    sha256: str  # of its pixels
    image: Image.Image = field(compare=False, repr=False)  # RGB


def photo(name: str, image: Image.Image) -> Photo:
    """Give a picture a name and a fingerprint.

    Parameters
    ----------
    name
        What the page calls it.
    image
        Any picture; kept as RGB.

    Examples
    --------
    >>> photo("grey", Image.new("RGB", (8, 8))) == photo("grey", Image.new("RGB", (8, 8)))
    True
    """
    rgb = image.convert("RGB")
    size = f"{rgb.width}x{rgb.height}".encode()
    return Photo(name, hashlib.sha256(size + rgb.tobytes()).hexdigest(), rgb)


@cache
def sample_photo(key: str) -> Photo:
    """A picture of the gallery, read once for everybody.

    Parameters
    ----------
    key
        One of the keys of :func:`dl_core.vision.gallery.gallery`.

    Raises
    ------
    ValueError
        If the gallery has no such picture.

    Examples
    --------
    >>> sample_key(sample_photo("coffee"))
    'coffee'
    """
    found = sample(key)
    return photo(found.name, read_photo(found.path.read_bytes()))


def sample_key(shown: Photo) -> str | None:
    """The gallery's key of this photo; None for a reader's own, which is never saved."""
    return next((one.key for one in gallery() if sample_photo(one.key) == shown), None)


@dataclass(frozen=True)
class LiveStory:
    """One photo and what the network says about it."""

    photo: Photo
    prediction: Prediction  # five guesses


def story(shown: Photo) -> LiveStory:
    """Classify the photo.

    Examples
    --------
    >>> told = story(photo("green", Image.new("RGB", (80, 60), (30, 120, 40))))
    >>> len(told.prediction.labels)
    5
    """
    return LiveStory(shown, classify(shown.image))


def takeaway(told: LiveStory) -> str:
    """The live sentence: the answer, how sure, and how often that is right."""
    found = told.prediction
    first = f"**{found.label}**, {percent(found.probability)} sure"
    if found.refused:
        return (
            f"The network answers “not on my list”. Its best guess would be {first}, "
            "which is too little to act on. "
            f"{confidence_sentence(found)}"
        )
    return (
        f"The network says {first}. {confidence_sentence(found)} "
        f"It had to choose one of {len(classes())} names."
    )


def time_sentence(told: LiveStory) -> str:
    """How long this answer took on this server."""
    return (
        f"This answer took {1000 * told.prediction.seconds:.0f} milliseconds on this server, "
        "with no download and no cloud service."
    )


@dataclass(frozen=True)
class Look:
    """A photo and the name on the list whose reasons are asked for."""

    photo: Photo
    label: str


def saved_look(look: Look) -> dict[str, str] | None:
    """What a saved brief keeps of a look: the sample's key and the name; nothing of a reader's own photo."""
    key = sample_key(look.photo)
    return {"sample": key, "label": look.label} if key else None


def look_again(saved: Any) -> Look:
    """The look that `saved_look` kept.

    Raises
    ------
    ValueError
        If the file says something else.

    Examples
    --------
    >>> look_again({"sample": "coffee", "label": "espresso"}).label
    'espresso'
    """
    known = {thing.name for thing in classes()}
    if not isinstance(saved, dict) or saved.get("label") not in known:
        raise ValueError("This brief asks about a name that is not on the list.")
    return Look(sample_photo(str(saved.get("sample"))), saved["label"])


def why(look: Look) -> Explanation:
    """Where on the photo the score for this name came from, beside the scrambled control."""
    return explain(look.photo.image, look.label)


def wobble(shown: Photo) -> tuple[Wobble, ...]:
    """The answers to the photo and to small changes of it."""
    return wobble_test(shown.image)


def calibration_sentence(card: Card) -> str:
    """How far its confidence can be taken at its word, counted on photos it had never seen."""
    return (
        f"Over {card.top1.n:,} test photos, how sure it was and how often it was right differ by "
        f"{two_figures(100 * card.ece)} points in 100 on average. Your own photos need their own count."
    )


def way_in_sentence(card: Card) -> str:
    """How a photo of any shape becomes what the network looks at."""
    return (
        "A photo that is not square loses its sides. "
        "The network looks at the middle square, and once more mirrored. "
        f"It was chosen by measurement among {len(card.ways_in)} ways in."
        if card.way_in.shapes == ("centre",)
        else f"The network looks at a photo this way: {card.way_in.in_words()}. "
        f"It was chosen by measurement among {len(card.ways_in)} ways in."
    )


def way_in_table(card: Card) -> pd.DataFrame:
    """How well each way of looking at a photo did, at the size that is used; the best first."""
    import pandas as pd

    rows = [
        row for row in card.ways_in if f"{card.way_in.pixels} px, {card.way_in.filter} filter" in row["way"]
    ]
    rows.sort(key=lambda row: row["full_size_loss"])
    return pd.DataFrame(
        {
            "way in": [row["way"] for row in rows],
            "right of 100 full-size photos": [round(100 * row["full_size_top1"]) for row in rows],
            "in five guesses": [round(100 * row["full_size_top5"]) for row in rows],
            "average loss": [round(row["full_size_loss"], 2) for row in rows],
        }
    )
