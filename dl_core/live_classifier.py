"""Lesson "live classifier": one photo in, five guesses out, and how far to trust the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dl_core.numbers_in_words import percent, seconds_in_words, two_figures
from dl_core.photos import Photo
from dl_core.vision import Card, Prediction, classes, classify
from dl_core.vision.classes import label_of
from dl_core.vision.predict import confidence_sentence
from dl_core.vision.wobble import Wobble, wobble_test

if TYPE_CHECKING:
    import pandas as pd  # who reads no table does not wait for the library of tables


@dataclass(frozen=True)
class LiveStory:
    """One photo and what the network says about it."""

    photo: Photo
    prediction: Prediction  # five guesses


def story(shown: Photo) -> LiveStory:
    """Classify the photo.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> len(story(first_sample()).prediction.labels)
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
        f"This answer took {seconds_in_words(told.prediction.seconds)} on this server, "
        "with no download and no cloud service."
    )


@dataclass(frozen=True)
class Look:
    """A photo and the name on the list whose reasons are asked for.

    Raises
    ------
    ValueError
        "... is not on the list of 200 things."
    """

    photo: Photo
    label: str

    def __post_init__(self) -> None:
        label_of(self.label)


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
