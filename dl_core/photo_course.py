"""The same photo through the whole course: neighbours, linear layers, the network, side by side."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

import numpy as np

from dl_core.course_models import (
    CourseModels,
    Measured,
    Numbers,
    linear_scores,
    neighbour_scores,
    read_models,
    small_picture,
)
from dl_core.intervals import Share
from dl_core.kept_with_photo import recall, remember
from dl_core.numbers_in_words import listed, percent
from dl_core.photos import Photo
from dl_core.vision.calibration import probabilities
from dl_core.vision.card import read_card
from dl_core.vision.classes import classes
from dl_core.vision.features import head_scores, mean_features
from dl_core.vision.views import Pixels, views

NAMES = {
    "network": "The network",
    "features": "Linear on features",
    "neighbours": "Neighbours by features",
    "pixels": "Linear on pixels",
}  # the best on held-out photos first
_WORDS = ("no", "one", "two", "three", "four")


@dataclass(frozen=True)
class Settings:
    """The photo that all of them look at."""

    photo: Photo


@dataclass(frozen=True)
class Answer:
    """What one model says of the photo."""

    name: str  # of the model, as pages call it
    label: str  # its first name for the photo
    sure: float  # calibrated probability of that name, 0 to 1
    seconds: float  # from the photo to this answer, the network's features included where it needs them
    own_seconds: float  # its own part of that
    measured: Measured  # what was counted of it


@dataclass(frozen=True)
class CourseStory:
    """Four answers to one photo, the best model first."""

    settings: Settings
    answers: tuple[Answer, ...]
    refused: bool  # the network is too unsure to answer
    ties: tuple[tuple[str, str], ...]  # names of models that held-out photos cannot tell apart
    guess: float  # share that blind guessing gets right, 0 to 1
    when_agree: Share  # held-out photos the network names right when the three on features agree
    when_not: Share  # ... and when they do not

    @property
    def agree(self) -> bool:
        """Whether the three on features say the same here."""
        return len({answer.label for answer in self.answers[:-1]}) == 1


def story(settings: Settings) -> CourseStory:
    """Ask all four; the features are computed once and shared.

    Raises
    ------
    CourseProblem
        When the course's files are missing or altered.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample()))
    >>> [answer.name for answer in told.answers]
    ['The network', 'Linear on features', 'Neighbours by features', 'Linear on pixels']
    """
    models = read_models()
    what = "course", models.about["npz_sha256"]
    answers: tuple[Answer, ...] | None = recall(settings.photo, what)
    if answers is None:  # asked once, so page, slide and file print the same times
        answers = _ask_all(settings.photo, models)
        remember(settings.photo, what, answers)
    ties = tuple(
        (NAMES[one], NAMES[other])
        for i, one in enumerate(NAMES)
        for other in list(NAMES)[i + 1 :]
        if models.tied(one, other)
    )
    refused = answers[0].sure < read_card().threshold
    return CourseStory(
        settings=settings,
        answers=answers,
        refused=refused,
        ties=ties,
        guess=1 / len(classes()),
        when_agree=models.together["agree"],
        when_not=models.together["differ"],
    )


def _ask_all(photo: Photo, models: CourseModels) -> tuple[Answer, ...]:
    from dl_core.vision.weights import shipped_network

    network, card = shipped_network(), read_card()
    started = time.perf_counter()
    looks = views(photo.image, card.way_in)
    looked = time.perf_counter() - started
    features = mean_features(network, looks)
    shared = time.perf_counter() - started
    answers = []
    for key in NAMES:
        began = time.perf_counter()
        label, sure = _answer(key, models, features, looks)
        own = time.perf_counter() - began
        before = looked if key == "pixels" else shared
        answers.append(Answer(NAMES[key], label, sure, before + own, own, models.measured[key]))
    return tuple(answers)


def _answer(
    key: str,
    models: CourseModels,
    features: Numbers,
    looks: list[Pixels],
) -> tuple[str, float]:
    from dl_core.vision.weights import shipped_network

    if key == "network":
        scores = head_scores(shipped_network(), features)
    elif key == "features":
        scores = linear_scores(models.feature_layer, features)
    elif key == "neighbours":
        scores = neighbour_scores(models, features[None])[0]
    else:
        scores = linear_scores(models.pixel_layer, small_picture(np.stack(looks)))
    chances = probabilities(scores, models.measured[key].temperature)
    best = int(chances.argmax())
    return classes()[best].name, float(chances[best])


def takeaway(told: CourseStory) -> str:
    """Who says what, and how often the network is right when they agree or do not."""
    tied = (f"{one} and {_inside(other)} are tied on held-out photos." for one, other in told.ties)
    return " ".join(
        (
            agreement(told),
            _worth(told),
            *tied,
        )
    )


def _worth(told: CourseStory) -> str:
    """What it tells when the three on features agree; too unsure an answer is the stronger sign."""
    shares = told.when_agree, told.when_not
    here, others = (f"{100 * share.value:.0f}" for share in (shares if told.agree else shares[::-1]))
    said = (
        f"When the three on features {'agree' if told.agree else 'differ'}, as here, the network is right "
        f"in **{here} of 100** such photos, else in {others}."
    )
    if told.refused:
        said += f" On a guess this unsure, trust the {percent(told.answers[0].sure)}, not the {here} %."
    return said


def agreement(told: CourseStory) -> str:
    """Who agrees with whom, in one or two sentences.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> agreement(story(Settings(first_sample()))).split()[:3]
    ['Three', 'of', 'four']
    """
    said = Counter(answer.label for answer in told.answers)
    (label, most), *others = said.most_common()
    if most == len(told.answers):
        return f"All four say **{label}**."
    if most == 1:
        return "Four models, four answers."
    if len(others) == 1 and others[0][1] == most:
        return f"Two say **{label}**, two say **{others[0][0]}**."
    rest = [answer for answer in told.answers if answer.label != label]
    say = listed([f"{_inside(answer.name)} says {answer.label}" for answer in rest])
    alone = rest == [told.answers[-1]]
    score = f", and is right for {percent(rest[-1].measured.top1.value)} of held-out photos" if alone else ""
    return f"{_WORDS[most].capitalize()} of four say **{label}**; {say}{score}."


def _inside(name: str) -> str:
    """A model's name inside a sentence, as one thing that speaks."""
    return {
        "The network": "the network",
        "Neighbours by features": "the neighbours' vote",
        "Linear on features": "the linear layer on features",
    }.get(name, "the one on pixels")
