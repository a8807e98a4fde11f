"""Lesson "kNN vs softmax": the same points and the same question, answered by both models."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from dl_core.intervals import Share
from dl_core.model_cost import Cost
from dl_core.nearest_neighbours import Metric, NearestNeighbours, distances
from dl_core.numbers_in_words import percent, seconds_in_words, two_figures
from dl_core.plane_regions import Floats, Grid, Labels, Regions, Sample, knn_regions, softmax_regions
from dl_core.point_clouds import Layout, point_cloud
from dl_core.softmax_regression import SoftmaxRegression, fit_softmax
from dl_core.softmax_regression import softmax as shares_of

CLASS_NAMES = ("blue", "orange", "green", "pink", "grey")  # as the figure draws them
GRID_SIZE = 60
N_NEW_POINTS = 500  # points neither model has seen
NEW_POINTS_SEED = 10_000  # added to the reader's seed, so new points are never the stored ones
REACH = 1_000.0  # how far from the middle a question may lie


@dataclass(frozen=True)
class Settings:
    """What the reader chooses on the plane."""

    n_classes: int = 3  # 2 to 5
    n_points: int = 120  # 20 to 200
    k: int = 5  # 1 to n_points
    metric: Metric = "L2"
    layout: Layout = "groups"
    noise: float = 0.5  # 0 tidy to 1 mixed
    seed: int = 4  # decides where the points fall
    query: tuple[float, float] = (-1.7, -0.8)  # the question: a point on the plane

    def __post_init__(self) -> None:
        if not 2 <= self.n_classes <= len(CLASS_NAMES):
            raise ValueError(f"{self.n_classes} classes cannot be drawn: choose 2 to {len(CLASS_NAMES)}.")
        if not 20 <= self.n_points <= 200:
            raise ValueError(f"{self.n_points} points do not fit this picture: choose 20 to 200.")
        if not 1 <= self.k <= self.n_points:
            raise ValueError(f"k = {self.k} needs that many points: choose k from 1 to {self.n_points}.")
        if self.metric not in ("L1", "L2"):
            raise ValueError(f'A distance is "L1" or "L2", not "{self.metric}".')
        if not 0 <= self.noise <= 1:
            raise ValueError(f"Noise of {self.noise} is off the scale: choose 0 (tidy) to 1 (mixed).")
        if not all(abs(place) <= REACH for place in self.query):  # also catches "not a number"
            raise ValueError(f"The question {self.query} lies off the plane: stay within {REACH:,.0f} of it.")


PRESETS = {
    "Two clear groups": Settings(n_classes=2, n_points=60, noise=0.25, query=(0.4, 0.5), seed=3),
    "Tangled rings": Settings(
        n_classes=3, n_points=150, layout="rings", noise=0.15, query=(0.2, 1.5), seed=3
    ),
    "A question far from all data": Settings(n_classes=3, noise=0.3, query=(8.0, 7.0)),
}


@dataclass(frozen=True)
class Answer:
    """What one model says about the question."""

    label: int  # index into CLASS_NAMES
    confidence: float  # share of votes (kNN) or probability (softmax), 0 to 1
    tied: bool  # True where the first place is shared
    seen: Share  # right answers on the points it was given
    unseen: Share  # right answers on new points
    cost: Cost  # coordinates, weights and biases take 4 bytes, a stored label one
    grid: Grid  # (GRID_SIZE, GRID_SIZE) class at each place, row = y; TIE where tied
    confidence_grid: Grid  # (GRID_SIZE, GRID_SIZE) confidence in percent, 0 to 100


@dataclass(frozen=True)
class KnnVsSoftmaxStory:
    """Everything the plane shows, from one call."""

    settings: Settings
    points: Floats  # (n_points, 2)
    labels: Labels  # (n_points,)
    places: Floats  # (GRID_SIZE,) the grid's coordinates, the same in x and y
    knn: Answer
    softmax: Answer
    voters: Labels  # (k,) indices of the question's neighbours, nearest first
    distances: Floats  # (k,) how far they are
    votes: Labels  # (n_classes,) votes per class
    weights: Floats  # (n_classes, 2)
    bias: Floats  # (n_classes,)
    logits: Floats  # (n_classes,) softmax's scores for the question
    probabilities: Floats  # (n_classes,) the same as shares
    far: bool  # True where the question is 3 times further from all points than any point is


def story(settings: Settings) -> KnnVsSoftmaxStory:
    """Both models, built on the same points and asked the same question.

    Parameters
    ----------
    settings
        What the reader chose.

    Examples
    --------
    >>> shown = story(PRESETS["Two clear groups"])
    >>> shown.knn.cost.numbers, shown.softmax.cost.numbers
    (180, 6)

    Source: CS231n, "Image classification" and "Linear classification".
    """
    seen, knn, softmax = _models(settings)
    question = np.array([settings.query])
    around = _surroundings(replace(settings, query=Settings.query), _half_width(settings.query))
    votes, n, n_features = knn.votes(question), *seen.points.shape
    logits = softmax.logits(question)[0]
    probabilities = shares_of(logits)
    return KnnVsSoftmaxStory(
        settings=settings,
        points=seen.points,
        labels=seen.labels,
        places=around.places,
        knn=Answer(
            label=int(votes.answers[0]),
            confidence=float(votes.counts[0].max() / settings.k),
            tied=bool(votes.tied[0]),
            cost=Cost(n * (n_features + 1), n * (4 * n_features + 1), n * n_features),
            **vars(around.knn),
        ),
        softmax=Answer(
            label=int(probabilities.argmax()),
            confidence=float(probabilities.max()),
            tied=False,
            cost=Cost(softmax.n_numbers, 4 * softmax.n_numbers, softmax.weights.size),
            **vars(around.softmax),
        ),
        voters=votes.neighbours[0],
        distances=votes.distances[0],
        votes=votes.counts[0],
        weights=softmax.weights,
        bias=softmax.bias,
        logits=logits,
        probabilities=probabilities,
        far=bool(votes.distances[0, 0] > 3 * around.widest_gap),
    )


def _half_width(query: tuple[float, float]) -> float:
    """How far the plane reaches from the middle: far enough for the points and the question."""
    return max(3.5, 1.12 * max(map(abs, query)))


@dataclass(frozen=True)
class _Surroundings:
    """All that does not depend on where exactly the question lies."""

    places: Floats
    knn: Regions
    softmax: Regions
    widest_gap: float  # the largest distance from any point to its nearest fellow


@lru_cache(maxsize=128)
def _surroundings(settings: Settings, half_width: float) -> _Surroundings:
    """Both models on the plane; a question that moves within it finds all this done."""
    seen, knn, _ = _models(settings)
    unseen, softmax, widest_gap = _without_neighbours(replace(settings, k=1, metric="L2"), half_width)
    places = _places(half_width)
    return _Surroundings(places, knn_regions(knn, places, seen, unseen), softmax, widest_gap)


@lru_cache(maxsize=128)
def _without_neighbours(settings: Settings, half_width: float) -> tuple[Sample, Regions, float]:
    """New points, softmax's regions and the widest gap: k and the kind of distance change none of them."""
    seen, _, softmax = _models(settings)
    unseen = Sample(*point_cloud(
        settings.layout, N_NEW_POINTS, settings.n_classes, settings.noise, settings.seed + NEW_POINTS_SEED
    ))  # fmt: skip
    gaps = distances(seen.points, seen.points, "L2")
    np.fill_diagonal(gaps, np.inf)
    regions = softmax_regions(softmax, _places(half_width), seen, unseen)
    return unseen, regions, float(gaps.min(axis=1).max())


def _places(half_width: float) -> Floats:
    return np.linspace(-half_width, half_width, GRID_SIZE)


@lru_cache(maxsize=256)
def _learned(
    layout: Layout, n_points: int, n_classes: int, noise: float, seed: int
) -> tuple[Sample, SoftmaxRegression]:
    """The points and what softmax learned from them; moving k or the question changes neither."""
    seen = Sample(*point_cloud(layout, n_points, n_classes, noise, seed))
    return seen, fit_softmax(seen.points, seen.labels, n_classes)


def _models(settings: Settings) -> tuple[Sample, NearestNeighbours, SoftmaxRegression]:
    seen, softmax = _learned(
        settings.layout, settings.n_points, settings.n_classes, settings.noise, settings.seed
    )
    knn = NearestNeighbours(seen.points, seen.labels, settings.n_classes, settings.k, settings.metric)
    return seen, knn, softmax


def tally(shown: KnnVsSoftmaxStory) -> str:
    """The neighbours' votes in words.

    Examples
    --------
    >>> tally(story(Settings()))
    '4 of 5 neighbours say green'
    """
    k, count = shown.settings.k, int(shown.votes.max())
    if shown.knn.tied:
        leaders = [CLASS_NAMES[i] for i in np.flatnonzero(shown.votes == count)]
        return f"a tie, {'–'.join([str(count)] * len(leaders))} between {' and '.join(leaders)}"
    name = CLASS_NAMES[shown.knn.label]
    return f"the nearest neighbour says {name}" if k == 1 else f"{count} of {k} neighbours say {name}"


def takeaway(shown: KnnVsSoftmaxStory) -> str:
    """The live sentence under the picture: three short sentences with this story's own numbers.

    Examples
    --------
    >>> print(takeaway(story(PRESETS["Two clear groups"])).replace(". ", ".\\n"))
    kNN keeps 60 points; 4 of 5 neighbours say blue.
    Softmax keeps 6 numbers and says blue at 80 %.
    On new points both do about as well: 99.8 % and 99.8 % right.
    """
    softmax = shown.softmax
    says = (
        f"kNN keeps {shown.settings.n_points} points; {tally(shown)}. "
        f"Softmax keeps {softmax.cost.numbers} numbers and says {CLASS_NAMES[softmax.label]} "
        f"at {percent(softmax.confidence)}."
    )
    return f"{says} {_finding(shown)}"


def _finding(shown: KnnVsSoftmaxStory) -> str:
    knn, softmax = shown.knn, shown.softmax
    if shown.far:
        return "The question lies far from all points, yet neither model says “I do not know”."
    if knn.label != softmax.label and not knn.tied:
        return "They disagree here: one asks the neighbours, the other draws straight lines."
    knn_right, softmax_right = percent(knn.unseen.value), percent(softmax.unseen.value)
    if knn.unseen.low > softmax.unseen.high:
        return f"On new points kNN is right {knn_right} of the time, softmax {softmax_right}."
    if softmax.unseen.low > knn.unseen.high:
        return f"On new points softmax is right {softmax_right} of the time, kNN {knn_right}."
    return f"On new points both do about as well: {knn_right} and {softmax_right} right."


@dataclass(frozen=True)
class AnswerTime:
    """How long one answer took here."""

    knn_seconds: float  # the median of the runs
    softmax_seconds: float  # the same
    n_runs: int  # how often each model was asked

    @property
    def sentence(self) -> str:
        """The measurement in words."""
        ratio = self.knn_seconds / self.softmax_seconds
        return (
            f"Here one answer takes kNN {seconds_in_words(self.knn_seconds)} "
            f"and softmax {seconds_in_words(self.softmax_seconds)}: {two_figures(ratio)} times as long."
        )


@lru_cache(maxsize=512)
def measured_answer_time(settings: Settings) -> AnswerTime:
    """`measure_answer_time` with few runs, measured once for each settings, as a page wants it.

    Examples
    --------
    >>> measured_answer_time(Settings()) is measured_answer_time(Settings())
    True
    """
    return measure_answer_time(settings, n_runs=3)


def measure_answer_time(settings: Settings, n_runs: int = 30) -> AnswerTime:
    """Time both models on the reader's question, on the machine that runs this.

    Parameters
    ----------
    settings
        What the reader chose.
    n_runs
        How often each is asked; the median counts, so a hiccup does not.

    Examples
    --------
    >>> measure_answer_time(Settings(), n_runs=3).n_runs
    3
    """
    _, knn, softmax = _models(settings)
    question = np.array([settings.query])
    medians = []
    for ask in (knn.votes, softmax.answers):
        spans = []
        for _ in range(n_runs):
            start = time.perf_counter()
            ask(question)
            spans.append(time.perf_counter() - start)
        medians.append(float(np.median(spans)))
    return AnswerTime(medians[0], medians[1], n_runs)
