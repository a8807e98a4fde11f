"""Both models' answers about one digit: from the set, drawn, or uploaded."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dl_core.digits import DigitStudy, Floats, Labels, Picture8x8, as_features
from dl_core.numbers_in_words import percent


@dataclass(frozen=True)
class DigitAnswer:
    """What both models say about one digit."""

    image: Picture8x8  # (8, 8) the question
    truth: int | None  # the right answer, where it is known
    knn: int  # its answer, 0 to 9
    knn_share: float  # share of votes for it, 0 to 1
    tied: bool  # True where the first place is shared
    softmax: int  # its answer, 0 to 9
    probabilities: Floats  # (10,) softmax's shares
    neighbours: Picture8x8  # (k, 8, 8) the voters, nearest first
    neighbour_labels: Labels  # (k,) the digit that each voter is
    distances: Floats  # (k,) in cells of full ink


def ask_about(study: DigitStudy, image: Picture8x8, truth: int | None = None) -> DigitAnswer:
    """Both models' answers about one digit.

    Parameters
    ----------
    study
        From :func:`dl_core.digits.study_digits`.
    image
        (8, 8) ink from 0 to 16.
    truth
        The right digit, if known.

    Raises
    ------
    ValueError
        When the picture is not 8 by 8.

    Examples
    --------
    >>> from dl_core.digits import study_digits
    >>> study = study_digits()
    >>> answer = ask_about(study, study.digits.images[0], truth=0)
    >>> answer.knn, answer.softmax
    (0, 0)
    """
    if image.shape != (8, 8):
        raise ValueError(f"A picture of {' × '.join(map(str, image.shape))} does not fit: give 8 × 8 cells.")
    question = as_features(image[None])
    votes = study.knn.votes(question)
    probabilities = study.softmax.probabilities(question)[0]
    voters = votes.neighbours[0]
    return DigitAnswer(
        image=image,
        truth=truth,
        knn=int(votes.answers[0]),
        knn_share=float(votes.counts[0].max() / study.knn.k),
        tied=bool(votes.tied[0]),
        softmax=int(probabilities.argmax()),
        probabilities=probabilities,
        neighbours=study.digits.images[study.piles.train[voters]],
        neighbour_labels=study.knn.labels[voters],
        distances=votes.distances[0],
    )


def answer_sentence(answer: DigitAnswer) -> str:
    """Both answers about one digit in words.

    Examples
    --------
    >>> from dl_core.digits import study_digits
    >>> study = study_digits()
    >>> answer_sentence(ask_about(study, study.digits.images[0]))
    'kNN says 0, like the nearest digit it keeps; softmax says 0 at 99.81 %.'
    """
    n_votes = len(answer.neighbour_labels)
    count = round(answer.knn_share * n_votes)
    if answer.tied:
        knn = f"kNN’s vote is a tie at {count} of {n_votes} each"
    elif n_votes == 1:
        knn = f"kNN says {answer.knn}, like the nearest digit it keeps"
    else:
        knn = f"kNN says {answer.knn} with {count} of {n_votes} votes"
    verdict = "" if answer.truth is None else f" It is a {answer.truth}."
    return f"{knn}; softmax says {answer.softmax} at {percent(float(answer.probabilities.max()))}.{verdict}"


def with_neighbours(study: DigitStudy, k: int) -> DigitStudy:
    """The same study with the reader's own number of neighbours, for asking only.

    The scores stay those of the k that the validation pile chose.

    Examples
    --------
    >>> from dl_core.digits import study_digits
    >>> with_neighbours(study_digits(), 5).knn.k
    5
    """
    return replace(study, knn=replace(study.knn, k=k))
