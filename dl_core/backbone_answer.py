"""A second opinion on the photo from a larger network, where a host has added one."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from dl_core.kept_with_photo import recall, remember
from dl_core.numbers_in_words import bytes_in_words, percent
from dl_core.photos import Photo
from dl_core.vision import Prediction, find_classes
from dl_core.vision.imagenet import PARAMETERS, Backbone, NoBackbone, find_backbone, name_probabilities

GUESSES = 5
COMMAND = "python -m dl_core.offline.fetch_backbone"


@dataclass(frozen=True)
class SecondOpinion:
    """The larger network's best guesses for one photo."""

    labels: tuple[str, ...]  # names, the surest first
    probabilities: tuple[float, ...]  # as it says them, never checked against counts; descending, 0 to 1
    seconds: float  # from the photo to the answer


def second_opinion(photo: Photo) -> SecondOpinion | None:
    """What the larger network says of the photo; None where there is none to ask.

    Parameters
    ----------
    photo
        The photo the page looks at.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> second_opinion(first_sample()) is None or len(second_opinion(first_sample()).labels) == GUESSES
    True
    """
    backbone = find_backbone()
    if isinstance(backbone, NoBackbone):
        return None
    # a host may put another file there: an opinion is kept with the network that gave it
    of: Backbone | None
    opinion: SecondOpinion | None
    of, opinion = recall(photo, "second opinion") or (None, None)
    if opinion is None or of is not backbone:
        opinion = asked(backbone, photo)
        remember(photo, "second opinion", (backbone, opinion))
    return opinion


def asked(backbone: Backbone, photo: Photo) -> SecondOpinion:
    """Ask this network now."""
    started = time.perf_counter()
    shares = name_probabilities(backbone, photo.image)
    best = np.argsort(-shares, kind="stable")[:GUESSES]
    return SecondOpinion(
        tuple(backbone.names[i] for i in best),
        tuple(float(shares[i]) for i in best),
        time.perf_counter() - started,
    )


def trouble_sentence() -> str:
    """Why a file that a host has added is not used; nothing where there is no file, or it is used.

    Examples
    --------
    >>> from pathlib import Path
    >>> find_backbone(Path("no such folder")).is_absent
    True
    """
    found = find_backbone()
    return found.sentence if isinstance(found, NoBackbone) and not found.is_absent else ""


def same_thing(label: str, name: str) -> bool:
    """Whether a name of the 1,000 and a name of our list mean one thing: our list knows other names too.

    Examples
    --------
    >>> same_thing("tabby", "tabby"), same_thing("espresso", "teapot")
    (True, False)
    """
    if label.casefold() == name.casefold():
        return True
    ours = next((thing for thing in find_classes(name) if thing.name == name), None)
    return ours is not None and label.casefold() in {each.casefold() for each in ours.names}


def second_opinion_sentence(opinion: SecondOpinion, ours: Prediction) -> str:
    """What it says, whether both agree, and what its number is worth.

    Examples
    --------
    >>> found = SecondOpinion(("espresso", "cup"), (0.93, 0.04), 0.06)
    >>> print(second_opinion_sentence(found, Prediction(("espresso",), (0.99,), False, 0.01)))
    A second opinion: ResNet-18, a larger network that knows 1,000 names, says **espresso**, 93 %. \
Both networks name the same thing. \
Nobody has checked its percentages against counts, so do not set a bar by them. It took 60 milliseconds.
    """
    label, share = opinion.labels[0], opinion.probabilities[0]
    if same_thing(label, ours.label):
        both = "Both networks name the same thing."
    elif any(same_thing(each, ours.label) for each in opinion.labels):
        both = f"Our “{ours.label}” is among its five guesses, but not its first."
    else:
        both = f"Our “{ours.label}” is not among its five guesses, which is a good reason to ask a person."
    return (
        "A second opinion: ResNet-18, a larger network that knows 1,000 names, "
        f"says **{label}**, {percent(share)}. "
        f"{both} Nobody has checked its percentages against counts, so do not set a bar by them. "
        f"It took {1000 * opinion.seconds:.0f} milliseconds."
    )


def how_to_add_sentence() -> str:
    """How a host can add the larger network, for the model card.

    Examples
    --------
    >>> how_to_add_sentence().count("`")
    2
    """
    return (
        f"Whoever runs this server can add a larger network with one command: `{COMMAND}`. "
        f"It fetches {bytes_in_words(4 * PARAMETERS)} from its makers and checks every byte. "
        "Its photos, too, were collected for research and not for sale."
    )
