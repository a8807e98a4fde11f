"""The same loss on three rulers: natural logarithm, base 2 and base 10."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.numbers_in_words import percent
from dl_core.softmax_regression import softmax

Example = Literal["hot dog", "three scores", "a four"]
Log = Literal["natural", "base 2", "base 10"]

BASES: dict[Log, float] = {"natural": math.e, "base 2": 2.0, "base 10": 10.0}
LOGS: tuple[Log, ...] = tuple(BASES)
SCORES = (-2.85, 0.86, 0.28)  # CS231n's example; the third class is the right one
RIGHT = 2


@dataclass(frozen=True)
class Answer:
    """One answer of a model, by what it gave the truth."""

    name: str
    share: float  # on the right answer, above 0, at most 1


EXAMPLES: dict[Example, tuple[Answer, ...]] = {
    "hot dog": (Answer("the better model", 0.78), Answer("the poorer model", 0.35)),
    "three scores": (Answer("the model", float(softmax(np.array(SCORES))[RIGHT])),),
    "a four": (Answer("if it is a 9", 0.60), Answer("if it is a 4", 0.10)),
}

DECIMALS: dict[Example, int] = {"hot dog": 4, "three scores": 2, "a four": 3}  # as the articles print them


@dataclass(frozen=True)
class Settings:
    """Which printed example, and which logarithm stands in front.

    Raises
    ------
    ValueError
        If the example or the logarithm is unknown.
    """

    example: Example = "hot dog"
    log: Log = "natural"

    def __post_init__(self) -> None:
        if self.example not in EXAMPLES:
            raise ValueError(f"There is no example “{self.example}”: choose one of {', '.join(EXAMPLES)}.")
        if self.log not in BASES:
            raise ValueError(f"There is no logarithm “{self.log}”: choose one of {', '.join(BASES)}.")


@dataclass(frozen=True)
class LogBases:
    """Each answer's loss by each logarithm."""

    settings: Settings
    answers: tuple[Answer, ...]
    losses: dict[Log, tuple[float, ...]]  # log → one loss for each answer, each 0 or more
    hinge: float | None  # of the three scores; another kind of loss

    @property
    def ratio(self) -> float:
        """How many times as much the second answer costs as the first, the same by every logarithm."""
        first, second = self.losses["natural"]
        return second / first

    def printed(self, loss: float) -> str:
        """A loss, 0 or more, with the decimals of the article that the example comes from.

        >>> story(Settings("three scores")).printed(1.0402)
        '1.04'
        """
        return f"{loss:.{DECIMALS[self.settings.example]}f}"

    def mean(self, log: Log) -> float:
        """The total loss by this logarithm: the average over the answers.

        >>> round(story(Settings()).mean("natural"), 3)
        0.649
        """
        return sum(self.losses[log]) / len(self.answers)


def log_loss(share: float, log: Log) -> float:
    """Minus the logarithm of the right answer's share.

    Parameters
    ----------
    share
        Above 0, at most 1.
    log
        By which logarithm.

    Raises
    ------
    ValueError
        If the share is outside of that: the logarithm of 0 has no value.

    Examples
    --------
    >>> [round(log_loss(0.78, log), 4) for log in LOGS]
    [0.2485, 0.3585, 0.1079]
    """
    if not 0 < share <= 1:
        raise ValueError(f"A share of {share} has no log loss: give one above 0 and at most 1.")
    return -math.log(share) / math.log(BASES[log]) + 0.0  # no "-0.0" for a share of 1


def multiclass_hinge(scores: tuple[float, ...], right: int) -> float:
    """What each wrong score lacks to lie one point under the right one, added up.

    Parameters
    ----------
    scores
        One per class, of any size and sign.
    right
        Place of the right class.

    Examples
    --------
    >>> round(multiclass_hinge((-2.85, 0.86, 0.28), 2), 2)
    1.58
    """
    return sum(max(0.0, one - scores[right] + 1.0) for i, one in enumerate(scores) if i != right)


def story(settings: Settings) -> LogBases:
    """The losses of a printed example by all three logarithms.

    Examples
    --------
    >>> told = story(Settings("three scores"))
    >>> [round(told.losses[log][0], 2) for log in LOGS]
    [1.04, 1.5, 0.45]
    """
    answers = EXAMPLES[settings.example]
    losses = {log: tuple(log_loss(one.share, log) for one in answers) for log in LOGS}
    hinge = multiclass_hinge(SCORES, RIGHT) if settings.example == "three scores" else None
    return LogBases(settings, answers, losses, hinge)


def in_front(log: Log) -> str:
    """How a logarithm is named in a sentence.

    >>> in_front("natural"), in_front("base 10")
    ('the natural log', 'a log of base 10')
    """
    return "the natural log" if log == "natural" else f"a log of {log}"


def takeaway(shown: LogBases) -> str:
    """Two or three short sentences: the losses by the chosen log, and what stays the same.

    Examples
    --------
    >>> takeaway(story(Settings("three scores"))).split(". ")[0]
    'The right class gets 35 %'
    """
    return {"hot dog": _two_models, "three scores": _one_model, "a four": _one_picture}[
        shown.settings.example
    ](shown)


def _two_models(shown: LogBases) -> str:
    log = shown.settings.log
    better, poorer = (shown.printed(loss) for loss in shown.losses[log])
    ten = shown.printed(shown.losses["base 10"][0])
    printed = "" if log == "base 10" else f" An article prints {ten}: that is base 10."
    return (
        f"By {in_front(log)}, {percent(shown.answers[0].share)} for the truth costs {better} "
        f"and {percent(shown.answers[1].share)} costs {poorer}, on average {shown.mean(log):.3f}. "
        f"By every log the poorer model costs {shown.ratio:.2f} times as much.{printed}"
    )


def _one_model(shown: LogBases) -> str:
    log, (answer,) = shown.settings.log, shown.answers
    others = " and ".join(
        f"{shown.printed(shown.losses[one][0])} by {in_front(one)}" for one in LOGS if one != log
    )
    hinge = "" if shown.hinge is None else f" Hinge charges {shown.hinge:.2f}, on a ruler of its own."
    return (
        f"The right class gets {percent(answer.share)}. That costs {shown.printed(shown.losses[log][0])} "
        f"by {in_front(log)}. It is {others}.{hinge}"
    )


def _one_picture(shown: LogBases) -> str:
    log = shown.settings.log
    nine, four = (shown.printed(loss) for loss in shown.losses[log])
    for_9, for_4 = (percent(one.share) for one in shown.answers)
    return (
        f"A picture gets {for_9} for 9 and {for_4} for 4. "
        f"By {in_front(log)} that costs {four} if it is a 4, and {nine} if it is a 9. "
        f"Guessing blindly among ten digits costs {shown.printed(log_loss(0.1, log))}, too."
    )
