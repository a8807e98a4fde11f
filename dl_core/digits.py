"""Real handwriting: 1,797 small pictures of digits, and both models chosen, fitted and tested on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of
from dl_core.model_cost import Cost, knn_cost, softmax_cost
from dl_core.nearest_neighbours import Metric, NearestNeighbours, count_votes, distances, nearest
from dl_core.numbers_in_words import percent, two_figures
from dl_core.piles import Piles, split_piles
from dl_core.softmax_regression import SoftmaxRegression, fit_softmax

ASSET = Path(__file__).parent.parent / "assets" / "digits.npz"
FULL_INK = 16  # the darkest a cell can be
N_CLASSES = 10
KS = (1, 3, 5, 7, 9, 11, 15, 21, 31)
METRICS: tuple[Metric, ...] = ("L1", "L2")
PENALTIES = (0.0003, 0.001, 0.003)

Picture8x8 = NDArray[np.uint8]
Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Digits:
    """Handwritten digits of 8 by 8 cells."""

    images: Picture8x8  # (1797, 8, 8) ink from 0 to 16
    labels: Labels  # (1797,) the digit, 0 to 9

    @property
    def features(self) -> Floats:
        """(1797, 64) ink as a share of full ink."""
        return as_features(self.images)

    @property
    def inputs(self) -> Floats:
        """(1797, 65) the features and a one, so that the bias is a last weight."""
        return np.column_stack([self.features, np.ones(len(self.labels))])


@cache
def load_digits() -> Digits:
    """The digits that ship with scikit-learn, from this project's own small copy.

    Examples
    --------
    >>> load_digits().images.shape
    (1797, 8, 8)

    Source: E. Alpaydin and C. Kaynak, "Optical recognition of handwritten digits", UCI repository (1998).
    """
    with np.load(ASSET, allow_pickle=False) as stored:
        digits = Digits(stored["images"], stored["labels"].astype(np.int64))
    digits.images.setflags(write=False)  # everybody reads the same
    digits.labels.setflags(write=False)
    return digits


@cache
def digit_piles(seed: int = 0) -> Piles:
    """Half of the digits to learn from, a fifth to choose with, the rest to be opened once.

    Parameters
    ----------
    seed
        Decides which digit lies in which pile.

    Examples
    --------
    >>> [len(pile) for pile in (digit_piles().train, digit_piles().validation, digit_piles().test)]
    [898, 360, 539]
    """
    return split_piles(load_digits().labels, 0.5, 0.2, seed)


def as_features(images: Picture8x8) -> Floats:
    """Pictures (n, 8, 8) with ink from 0 to 16 as rows (n, 64) from 0 to 1."""
    rows: Floats = images.reshape(-1, 64) / float(FULL_INK)
    return rows


@dataclass(frozen=True)
class DigitStudy:
    """Both models on digits: chosen on the validation pile, scored once on the test pile."""

    digits: Digits
    piles: Piles
    curve: dict[Metric, tuple[Share, ...]]  # per metric: right answers on the validation pile for each of KS
    k: int  # the k that did best on the validation pile
    metric: Metric  # and its metric
    penalty: float  # softmax's penalty that did best there
    knn: NearestNeighbours  # keeps the training pile
    softmax: SoftmaxRegression  # fitted on the training pile
    knn_score: Share  # right answers on the test pile
    softmax_score: Share
    knn_right: NDArray[np.bool_]  # (n_test,) True where kNN got the test digit right
    knn_only: int  # test digits that only kNN got right
    softmax_only: int  # test digits that only softmax got right
    knn_cost: Cost
    softmax_cost: Cost


def study_digits(seed: int = 0) -> DigitStudy:
    """Choose, fit and score both models on real handwriting.

    Half of the digits are learned from, a fifth chooses k, the metric and softmax's penalty, and the
    rest is opened once, at the end.

    Parameters
    ----------
    seed
        Decides which digit lies in which pile.

    Examples
    --------
    >>> study = study_digits()
    >>> study.knn_score.value > study.softmax_score.value
    True
    """
    digits = load_digits()
    features, labels = digits.features, digits.labels
    piles = digit_piles(seed)
    known, truth = features[piles.train], labels[piles.train]
    curve: dict[Metric, tuple[Share, ...]] = {
        metric: _validation_curve(features, labels, piles, metric) for metric in METRICS
    }
    # the best score; among equals the larger k, which is calmer
    k, metric = max(
        ((k, metric) for metric in METRICS for k in KS),
        key=lambda pair: (curve[pair[1]][KS.index(pair[0])].hits, pair[0]),
    )
    knn = NearestNeighbours(known, truth, N_CLASSES, k, metric)
    tried = {penalty: fit_softmax(known, truth, N_CLASSES, penalty) for penalty in PENALTIES}
    held, held_truth = features[piles.validation], labels[piles.validation]
    penalty = max(PENALTIES, key=lambda each: int((tried[each].answers(held) == held_truth).sum()))
    softmax = tried[penalty]
    opened, answer = features[piles.test], labels[piles.test]
    knn_right = knn.votes(opened).answers == answer
    softmax_right = softmax.answers(opened) == answer
    return DigitStudy(
        digits, piles, curve, k, metric, penalty, knn, softmax,
        share_of(int(knn_right.sum()), len(answer)), share_of(int(softmax_right.sum()), len(answer)),
        knn_right, int((knn_right & ~softmax_right).sum()), int((softmax_right & ~knn_right).sum()),
        knn_cost(len(known), 64), softmax_cost(64, N_CLASSES),
    )  # fmt: skip


def _validation_curve(features: Floats, labels: Labels, piles: Piles, metric: Metric) -> tuple[Share, ...]:
    gaps = distances(features[piles.validation], features[piles.train], metric)
    neighbours = nearest(gaps, max(KS))
    truth = labels[piles.validation]
    shares = []
    for k in KS:  # the neighbours of a small k are the first of a large one
        votes = count_votes(neighbours[:, :k], gaps[:, :k], labels[piles.train], N_CLASSES)
        shares.append(share_of(int((votes.answers == truth).sum()), len(truth)))
    return tuple(shares)


def choice_sentence(study: DigitStudy) -> str:
    """How k was chosen, in one sentence.

    Examples
    --------
    >>> choice_sentence(study_digits())
    'On the 360 validation digits k = 1 with L2 does best: 99 % right.'
    """
    best = study.curve[study.metric][KS.index(study.k)]
    return (
        f"On the {best.n} validation digits k = {study.k} with {study.metric} does best: "
        f"{percent(best.value)} right."
    )


def finding_sentences(study: DigitStudy) -> str:
    """Who wins on digits, on accuracy and on cost.

    Examples
    --------
    >>> print(finding_sentences(study_digits()).replace(". ", ".\\n"))
    On 539 unseen digits kNN wins: 536 right, softmax 521.
    But kNN keeps all 898 digits and takes 90 times as many steps.
    """
    knn, softmax = study.knn_score, study.softmax_score
    clear = knn.low > softmax.high or softmax.low > knn.high
    ahead = "wins" if clear else "is ahead"
    better, name, other = (knn, "kNN", "softmax") if knn.hits >= softmax.hits else (softmax, "softmax", "kNN")
    worse = softmax if better is knn else knn
    first = f"On {knn.n} unseen digits {name} {ahead}: {better.hits} right, {other} {worse.hits}."
    if knn.hits == softmax.hits:
        first = f"On {knn.n} unseen digits both get {knn.hits} right."
    ratio = study.knn_cost.operations / study.softmax_cost.operations
    return (
        f"{first} But kNN keeps all {len(study.piles.train)} digits "
        f"and takes {two_figures(ratio)} times as many steps."
    )
