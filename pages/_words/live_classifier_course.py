"""The words of the photo's way through the course, and of its nearest training photos."""

from __future__ import annotations

from dl_core.course_models import read_models
from dl_core.near_photos import GAIN, NearStory
from dl_core.numbers_in_words import bytes_in_words, percent
from dl_core.photo_course import CourseStory
from pages._shared.lesson import Source

COURSE_LEAD = (
    "Three of these four models read the network's **features**: 320 numbers that it computes of a photo. "
    "A blue bar is how often a model is right, a diamond how sure it is of this photo. "
    "Beside its name stand the time for one answer and the memory it keeps."
)
COURSE_SOURCE = "Counted on 5,000 held-out photos of Tiny ImageNet; 95 % intervals; times on this server."
COURSE_NOTES = (
    "Say: four kinds of model from these lessons see the same photo. Three of them read what the network computes of it, "
    "one reads the bare pixels. Point at the three long bars and the short one: on features, even a plain vote of "
    "neighbours does well. The diamonds show how sure each is of this photo. Somebody will ask why a network is "
    "needed then. Answer: because it made the features. The model on top is the cheap part, so ask where "
    "yours come from."
)

NEAR_LEAD = (
    f"We look among {read_models().n_stored:,} training photos, {read_models().about['neighbours_per_class']} of each name, "
    f"for the ten with the nearest features. We may not show the photos. "
    f"Each picture is the **average** of about 500 photos of that name, contrast × {GAIN}: little is left but its colours."
)
NEAR_SOURCE = f"{read_models().n_stored:,} training photos of Tiny ImageNet by their features; yardstick: 5,000 held-out photos."
NEAR_NOTES = (
    "Say: a model's answer rests on what it has seen, so look at what was near. Point at the grey band: there the "
    "tenth neighbour of nine in ten test photos lies. Marks beyond it mean the photo is unlike anything it learned "
    "from. Show “Deep space”: very sure, and very far. Expect the question whether near means right. It does not: "
    "on our test photos distance added nothing to how sure the network was. It warns of strange photos."
)
NEAR_TABLE = ("The odd photos", "How many", "Odd one farther out (%)", "Odd one less sure (%)")
NEAR_TABLE_NOTE = (
    "Shares of pairs of one odd and one usual photo, with 95 % ranges. Half would be chance. "
    "Of two ways to measure distance we kept the better one on these photos, so the last rows flatter it a little."
)


def course_headline(told: CourseStory) -> str:
    """The scene's message."""
    return "The features do the work, not the model on top"


def near_headline(told: NearStory) -> str:
    """Near or far, and whether the neighbours back the answer."""
    if told.far:
        return "Hardly anything it learned from is near"
    if told.agree * 2 >= len(told.neighbours):
        return "Its nearest training photos back the answer"
    return "Its nearest training photos do not back the answer"


def course_tells(told: CourseStory) -> dict[str, str]:
    """What the simpler models are good for in a plan."""
    network, _, neighbours, pixels = (answer.measured for answer in told.answers)
    return {
        "Baseline": f"On pixels alone {percent(pixels.top1.value)} right, by neighbours on features "
        f"{percent(neighbours.top1.value)}, the network {percent(network.top1.value)}. "
        f"The neighbours keep {bytes_in_words(neighbours.own_bytes)} more."
    }


def near_tells(told: NearStory) -> dict[str, str]:
    """What distance is for."""
    return {
        "Data": "Watch how far new photos lie from the training photos. Many far ones mean the world has changed."
    }


SOURCES = (
    Source(
        "Y. Sun and others, “Out-of-distribution detection with deep nearest neighbors” (2022)",
        "the distance of the k-th neighbour as a warning of strange photos",
    ),
    Source(
        "J. Donahue and others, “DeCAF: a deep convolutional activation feature” (2013)",
        "simple models on a network's features",
    ),
)
