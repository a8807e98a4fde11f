"""Random search against gradient descent: the same number of looks at the training pile, two results."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dl_core.digits import N_CLASSES, digit_piles, load_digits
from dl_core.intervals import Share, share_of
from dl_core.numbers_in_words import percent, so_many, two_figures

ASSET = Path(__file__).parents[1] / "assets" / "random_search.json"
TRIES = (1, 3, 10, 30, 100, 300, 1_000)
SPREADS = (0.01, 0.03, 0.1, 0.2, 0.3, 1.0)  # of the random weights: the one kept has the lowest loss of all
SPREAD = 0.2  # after 1,000 tries on the training pile (a test looks again)
LEARNING_RATE = 1.0  # a round number, not tuned
SEED = 0
AT_ONCE = 100  # tries in one matrix product: 7 MB

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Settings:
    """How often both may look at the training pile.

    Raises
    ------
    ValueError
        If the number of tries is not one of `TRIES`.
    """

    n_tries: int = 1_000  # one of TRIES: looks at the training pile, each way

    def __post_init__(self) -> None:
        if self.n_tries not in TRIES:
            known = ", ".join(f"{each:,}" for each in TRIES)
            raise ValueError(f"{self.n_tries:,} tries were not measured: choose one of {known}.")


@dataclass(frozen=True)
class Examples:
    """The digits, their ink less the average of the training pile, with a column of ones."""

    train: Floats  # (898, 65)
    train_labels: Labels  # (898,)
    held: Floats  # (360, 65) the validation pile
    held_labels: Labels  # (360,)


@dataclass(frozen=True)
class Race:
    """Both ways for 1,000 looks."""

    luck: Floats  # (1000,) lowest training loss among the tries up to this look
    descent: Floats  # (1000,) training loss that gradient descent meets at this look
    luck_right: dict[int, int]  # looks → validation digits that the best try reads correctly
    descent_right: dict[int, int]  # the same for gradient descent
    n_train: int  # digits in the training pile
    n_held: int  # digits in the validation pile


@dataclass(frozen=True)
class PhotoSearch:
    """Random search on all CIFAR-10 photos, measured once (dl_core/offline/random_search.py)."""

    pixels: str  # "as they are" or "centred"
    n_tries: int  # random weight matrices
    score: Share  # right answers on the test photos


@dataclass(frozen=True)
class Luck:
    """The race up to the reader's number of looks."""

    settings: Settings
    looks: tuple[int, ...]  # 1 to n_tries, spaced for a log axis
    luck: tuple[float, ...]  # best loss so far of random tries at each of them
    descent: tuple[float, ...]  # loss of gradient descent
    luck_right: Share  # of the validation digits, by the best try
    descent_right: Share
    n_train: int  # digits in the training pile
    photos: tuple[PhotoSearch, ...]  # pixels as they are, then centred
    published: float  # CS231n's share of right answers on CIFAR-10


@cache
def examples() -> Examples:
    """Training and validation digits for both ways.

    Examples
    --------
    >>> examples().train.shape, round(float(abs(examples().train[:, :-1].mean(axis=0)).max()), 9)
    ((898, 65), 0.0)
    """
    digits = load_digits()
    piles = digit_piles(SEED)
    ink = digits.features - digits.features[piles.train].mean(axis=0)
    rows = np.column_stack([ink, np.ones(len(ink))])
    return Examples(
        rows[piles.train], digits.labels[piles.train], rows[piles.validation], digits.labels[piles.validation]
    )


def random_losses(spread: float, n_tries: int, seed: int = SEED) -> tuple[Floats, Floats]:
    """The tries and their mean cross-entropy on the training pile.

    Parameters
    ----------
    spread
        Standard deviation of every weight and bias, above 0.
    n_tries
        At least 1.
    seed
        Same seed, same tries.

    Returns
    -------
    tries, losses
        (n_tries, 10, 65) and (n_tries,).

    Examples
    --------
    >>> tries, losses = random_losses(1e-9, 2)
    >>> losses.round(4).tolist()  # weights of nothing guess blindly: ln 10
    [2.3026, 2.3026]
    """
    known = examples()
    tries = np.random.default_rng(seed).standard_normal((n_tries, N_CLASSES, known.train.shape[1])) * spread
    right = known.train_labels[:, None, None]
    losses = []
    for start in range(0, n_tries, AT_ONCE):
        piece = tries[start : start + AT_ONCE]
        scores = (known.train @ piece.reshape(-1, piece.shape[2]).T).reshape(
            len(right), len(piece), N_CLASSES
        )
        scores -= np.take_along_axis(
            scores, right, axis=2
        )  # by how much each class is ahead of the right one
        top = scores.max(axis=2)
        scores -= top[..., None]
        losses.append((np.log(np.exp(scores, out=scores).sum(axis=2)) + top).mean(axis=0))
    return tries, np.concatenate(losses)


@cache  # 0.3 s, once for all settings
def race() -> Race:
    """Both ways for as many looks as the largest setting.

    A look is one loss over the whole training pile. Gradient descent starts with weights of zero, so its
    first look is at blind guessing; the look after a step shows what the step brought.

    Examples
    --------
    >>> race().luck.shape, bool(race().descent[-1] < race().luck[-1])
    ((1000,), True)
    """
    known, most = examples(), max(TRIES)
    tries, losses = random_losses(SPREAD, most)
    luck_right = {n: _right(tries[losses[:n].argmin()]) for n in TRIES}
    targets, rows = np.eye(N_CLASSES)[known.train_labels], np.arange(len(known.train))
    now, descent, descent_right = np.zeros(tries.shape[1:]), [], {}
    for look in range(1, most + 1):
        scores = known.train @ now.T
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        total = powers.sum(axis=1)
        descent.append(float((np.log(total) - scores[rows, known.train_labels]).mean()))
        if look in TRIES:
            descent_right[look] = _right(now)
        now = now - LEARNING_RATE * (powers / total[:, None] - targets).T @ known.train / len(known.train)
    return Race(
        np.minimum.accumulate(losses), np.array(descent), luck_right, descent_right,
        len(known.train), len(known.held),
    )  # fmt: skip


def _right(weights: Floats) -> int:
    known = examples()
    return int(((known.held @ weights.T).argmax(axis=1) == known.held_labels).sum())


@cache
def measured_on_photos(file: Path = ASSET) -> tuple[tuple[PhotoSearch, ...], float]:
    """The committed search on CIFAR-10, and the published share of right answers.

    Parameters
    ----------
    file
        Where the table lies.

    Examples
    --------
    >>> searches, published = measured_on_photos()
    >>> [one.pixels for one in searches], published
    (['as they are', 'centred'], 0.155)

    Source: A. Karpathy, CS231n course notes, "Optimization", Stanford.
    """
    stored = json.loads(file.read_text(encoding="utf-8"))
    found = tuple(
        PhotoSearch(row["pixels"], row["n_tries"], share_of(row["hits"], row["n"])) for row in stored["rows"]
    )
    return found, float(stored["published"]["accuracy"])


def story(settings: Settings) -> Luck:
    """The race up to this many looks.

    Examples
    --------
    >>> told = story(Settings(100))
    >>> told.looks[:6], told.looks[-1]
    ((1, 2, 3, 4, 5, 6), 100)
    """
    run, n = race(), settings.n_tries
    spaced = np.unique(np.rint(np.geomspace(1, n, 60)).astype(int))
    photos, published = measured_on_photos()
    return Luck(
        settings, tuple(spaced.tolist()), tuple(run.luck[spaced - 1].tolist()),
        tuple(run.descent[spaced - 1].tolist()), share_of(run.luck_right[n], run.n_held),
        share_of(run.descent_right[n], run.n_held), run.n_train, photos, published,
    )  # fmt: skip


def takeaway(told: Luck) -> str:
    """Who is where after these looks, and what the same gave on real photos."""
    looks, luck, descent = so_many(told.settings.n_tries, "look"), told.luck_right, told.descent_right
    return (
        f"After {looks} the best random try costs {two_figures(told.luck[-1])} "
        f"and reads {luck.hits} of {luck.n} new digits; "
        f"gradient descent costs {two_figures(told.descent[-1])} and reads {descent.hits}. "
        f"{photo_sentence(told)}"
    )


def photo_sentence(told: Luck) -> str:
    """What random search reaches on real photos: ours with its range, the published figure, guessing.

    >>> photo_sentence(story(Settings(10)))[:34]
    'On CIFAR-10 photos 1,000 tries got'
    """
    plain, centred = told.photos
    return (
        f"On CIFAR-10 photos {plain.n_tries:,} tries got us {_with_range(plain.score)} right, "
        f"with centred pixels {_with_range(centred.score)}. "
        f"CS231n printed {percent_fine(told.published)}; guessing gets {percent(1 / N_CLASSES)}."
    )


def _with_range(score: Share) -> str:
    return f"{percent(score.value)} ({100 * score.low:.0f} to {100 * score.high:.0f} %)"


def percent_fine(share: float) -> str:
    """A published share as it was printed, to a tenth of a percent.

    >>> percent_fine(0.155)
    '15.5 %'
    """
    return f"{100 * share:.1f} %"
