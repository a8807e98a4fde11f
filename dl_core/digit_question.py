"""One question about a digit, small enough for a link: from the set, drawn, or uploaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np

from dl_core.digit_answers import DigitAnswer, ask_about, with_neighbours
from dl_core.digits import DigitStudy, Picture8x8, study_digits


@dataclass(frozen=True)
class DigitQuestion:
    """Which digit both models are asked about."""

    cells: bytes  # 64 bytes: 8 x 8 cells of ink from 0 to 16, row by row
    truth: int | None  # the right digit, where it is known
    k: int = 5  # neighbours that kNN asks


_once = Lock()
_kept = cache(study_digits)


def shared_study() -> DigitStudy:
    """The one study every reader looks at; it takes a third of a second, once.

    Whoever asks while it is being made waits for it, and does not make a second one beside it.
    """
    with _once:
        return _kept()


def from_set(number: int, k: int) -> DigitQuestion:
    """A digit of the test pile, which neither model has learned from.

    Parameters
    ----------
    number
        1 for the first of the pile; larger numbers than the pile holds start over.
    k
        Neighbours that kNN asks.

    Examples
    --------
    >>> from_set(1, k=3).k, len(from_set(1, k=3).cells)
    (3, 64)
    """
    study = shared_study()
    index = study.piles.test[(number - 1) % len(study.piles.test)]
    return DigitQuestion(study.digits.images[index].tobytes(), int(study.digits.labels[index]), k)


def from_picture(picture: Picture8x8, k: int) -> DigitQuestion:
    """A reader's own digit; what it is, nobody has said.

    Parameters
    ----------
    picture
        ``(8, 8)`` cells of ink from 0 to 16.
    k
        Neighbours that kNN asks, at least 1.
    """
    return DigitQuestion(picture.astype(np.uint8).tobytes(), None, k)


def answer(question: DigitQuestion) -> DigitAnswer:
    """What both models say.

    Examples
    --------
    >>> answer(from_set(1, k=1)).knn
    2
    """
    picture = np.frombuffer(question.cells, np.uint8).reshape(8, 8)
    return ask_about(with_neighbours(shared_study(), question.k), picture, question.truth)


@cache
def hardest() -> int:
    """The number of a test digit on which the models disagree, and softmax is surest of its mistake."""
    study = shared_study()
    features = study.digits.features[study.piles.test]
    truth = study.digits.labels[study.piles.test]
    shares = study.softmax.probabilities(features)
    wrong = (shares.argmax(axis=1) != truth) & study.knn_right
    return int(np.argmax(np.where(wrong, shares.max(axis=1), -1.0))) + 1
