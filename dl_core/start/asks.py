"""What goes in and what comes out: the task's name, what a label is, and whether a rule may do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.numbers_in_words import number
from dl_core.running_case import case

INPUTS = {"photo": "photo", "text": "text", "row": "table row", "sound": "sound"}
OUTPUTS = {
    "yes": "yes or no",
    "one": "one of many",
    "number": "a number",
    "text": "a text",
    "place": "a place",
}

# how a model might see one review: shares for 1 to 5 stars. Toy numbers, so that their mean is 3.71
STARS = (0.05, 0.10, 0.19, 0.41, 0.25)

TASKS = {
    ("photo", "yes"): "yes-or-no classification", ("photo", "one"): "image classification",
    ("photo", "number"): "regression", ("photo", "text"): "captioning", ("photo", "place"): "detection",
    ("text", "yes"): "yes-or-no classification", ("text", "one"): "text classification",
    ("text", "number"): "regression", ("text", "text"): "text generation", ("text", "place"): "span marking",
    ("row", "yes"): "yes-or-no classification", ("row", "one"): "classification",
    ("row", "number"): "regression", ("row", "text"): "report writing", ("row", "place"): "odd-cell search",
    ("sound", "yes"): "yes-or-no classification", ("sound", "one"): "sound classification",
    ("sound", "number"): "regression", ("sound", "text"): "speech to text",
    ("sound", "place"): "event detection",
}  # fmt: skip

# what well-known products do, where there is one that everybody has seen
KNOWN = {
    ("photo", "yes"): "is there a car in the photo; does an X-ray need a second look",
    ("photo", "place"): "bone against soft tissue in a scan",
    ("text", "one"): "a review’s stars, 1 to 5",
    ("text", "number"): "a review’s stars as a number, such as 3.71",
    ("text", "text"): "English to French",
    ("sound", "number"): "a support call, rated 1 to 10",
    ("sound", "text"): "dictation on a phone",
    ("row", "yes"): "will this loan be paid back",
}

_HARDLY = "Hardly: nobody can write the formula down"
RULES = {
    ("text", "yes"): "Perhaps: try a list of words first",
    ("text", "one"): "Perhaps: try a list of words first",
    ("text", "text"): "Perhaps: try a ready-made text with blanks first",
    ("text", "place"): "Often, where it has a fixed form, as dates do",
    ("row", "yes"): "Often: try one limit on one column first",
    ("row", "one"): "Perhaps: try a short list of rules first",
    ("row", "number"): "Perhaps: try a formula or last year’s figure first",
    ("row", "text"): "Often: a text with blanks is enough",
    ("row", "place"): "Often: a limit for each column finds most",
    ("sound", "yes"): "Perhaps, where loudness alone decides",
}

LABELS = {
    "yes": "yes or no on each {}",
    "one": "one name from your list on each {}",
    "number": "one number on each {}",
    "text": "a text that somebody wrote for each {}",
}
MARKS = {
    "photo": "a box or an outline drawn on each photo",
    "text": "the words marked in each text",
    "row": "the odd cells marked in each row",
    "sound": "a start and an end marked in each recording",
}

# (path, title) of the lesson that helps with it
LIVE, TUNE = ("live_classifier", "Live classifier"), ("transfer_learning", "Transfer learning")
LOSS, KNN = ("loss_functions", "Loss functions"), ("knn_vs_softmax", "kNN vs softmax")
READABLE, BAR = ("interpretability", "Interpretability"), ("decide", "Decide")
LESSONS = {
    ("photo", "yes"): LIVE, ("photo", "one"): LIVE, ("photo", "number"): TUNE,
    ("photo", "place"): ("cnn_filters", "CNN filters"),
    ("row", "yes"): READABLE, ("row", "one"): ("mlp_builder", "MLP builder"),
}  # fmt: skip
BY_OUTPUT = {"yes": BAR, "one": KNN, "number": LOSS, "text": TUNE, "place": TUNE}

# industry → what goes in, and what is asked
THINGS = {
    "returns": {
        "photo": "A photo of the parcel", "text": "The customer’s message",
        "row": "The order’s record", "sound": "The service call",
    },
    "claims": {
        "photo": "A photo of the damage", "text": "The claim’s text",
        "row": "The policy’s record", "sound": "The claim by phone",
    },
    "defects": {
        "photo": "A photo of the part", "text": "The worker’s note",
        "row": "The machine’s readings", "sound": "The sound of the machine",
    },
    "mail": {
        "photo": "A photo sent along", "text": "The mail",
        "row": "The customer’s record", "sound": "The voice message",
    },
}  # fmt: skip
QUESTIONS = {
    "returns": {
        "yes": "is it damaged?", "one": "which product is it?", "number": "what is it worth?",
        "text": "what do we reply?", "place": "where is the damage?",
    },
    "claims": {
        "yes": "is it covered?", "one": "which kind of damage?", "number": "what will it cost?",
        "text": "how do we sum it up?", "place": "where is the damage?",
    },
    "defects": {
        "yes": "is the part good?", "one": "which fault is it?", "number": "how long will it last?",
        "text": "what goes in the report?", "place": "where is the fault?",
    },
    "mail": {
        "yes": "is it urgent?", "one": "which team should answer?", "number": "how pleased are they?",
        "text": "what do we reply?", "place": "where is the order number?",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What goes in, what should come out, and whose product it is.

    Raises
    ------
    ValueError
        If one of them is none of the choices.
    """

    given: str = "text"  # a key of INPUTS
    wanted: str = "one"  # a key of OUTPUTS
    case: str = "returns"  # key of a case of `dl_core.running_case`

    def __post_init__(self) -> None:
        if self.given not in INPUTS or self.wanted not in OUTPUTS:
            raise ValueError(f"“{self.given}” in, “{self.wanted}” out is none of the choices.")
        case(self.case)


PRESETS = {
    "Stars, 1 to 5": Settings("text", "one"),
    "Stars, 3.71": Settings("text", "number"),
    "A car in the photo?": Settings("photo", "yes"),
    "A call, rated": Settings("sound", "number"),
    "English to French": Settings("text", "text"),
}


@dataclass(frozen=True)
class Asked:
    """The task that an input and an output make."""

    settings: Settings
    task: str  # its name
    example: str  # from the reader's own kind of product
    known: str  # a well-known example, or empty
    label: str  # what one label is
    rule: str  # whether a rule may do
    lesson: tuple[str, str]  # path and title of the lesson that helps

    @property
    def name(self) -> str:
        """The task's name, as a heading."""
        return self.task[0].upper() + self.task[1:]

    @property
    def is_stars(self) -> bool:
        """Whether the picture shows the review: one of many, or a number."""
        return self.settings.wanted in ("one", "number")


def likeliest(shares: tuple[float, ...] = STARS) -> int:
    """What classification answers: the class with the largest share, counted from 1.

    Parameters
    ----------
    shares
        Of each class, 0 to 1, together 1.

    Examples
    --------
    >>> likeliest()
    4
    """
    return int(np.argmax(shares)) + 1


def mean_stars(shares: tuple[float, ...] = STARS) -> float:
    """What regression answers: the mean of the classes, each with its share.

    Parameters
    ----------
    shares
        Of each class, 0 to 1, together 1.

    Examples
    --------
    >>> mean_stars()
    3.71
    """
    return round(sum(share * star for star, share in enumerate(shares, 1)), 6)


def story(settings: Settings) -> Asked:
    """Name the task and say what it takes.

    Parameters
    ----------
    settings
        Input, output and industry.

    Examples
    --------
    >>> story(Settings("photo", "place", "defects")).example
    'A photo of the part: where is the fault?'
    """
    pair = (settings.given, settings.wanted)
    thing, question = THINGS[settings.case][settings.given], QUESTIONS[settings.case][settings.wanted]
    label = MARKS[settings.given] if settings.wanted == "place" else LABELS[settings.wanted]
    return Asked(
        settings,
        task=TASKS[pair],
        example=f"{thing}: {question}",
        known=KNOWN.get(pair, ""),
        label=label.format({"sound": "recording"}.get(settings.given, INPUTS[settings.given])),
        rule=RULES.get(pair, _HARDLY),
        lesson=LESSONS.get(pair, BY_OUTPUT[settings.wanted]),
    )


def takeaway(told: Asked) -> str:
    """The name, the label, the rule and the lesson.

    >>> takeaway(story(Settings("row", "yes"))).split(". ")[2]
    'Would a rule do? Often: try one limit on one column first'
    """
    return (
        f"**{told.name}**. A label is {told.label}. Would a rule do? {told.rule}. "
        f"{_difference(told)}The lesson that helps: {told.lesson[1]}."
    )


def _difference(told: Asked) -> str:
    """What parts the two tasks that the stars show."""
    if told.settings.wanted == "one":
        return "A wrong name is wrong, however near. "
    if told.settings.wanted == "number":
        return "Here a near miss counts as nearly right. "
    return ""


def stars_in_words() -> str:
    """Both answers to the same toy review.

    >>> stars_in_words()
    'One toy review: classification picks 4 stars, regression says 3.71.'
    """
    return (
        f"One toy review: classification picks {likeliest()} stars, regression says {number(mean_stars())}."
    )
