"""Gather, train, check, trust: a head on a few pictures, and what it does with other things."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from dl_core.intervals import Share, share_of, share_of_groups
from dl_core.jobs import GoOn
from dl_core.numbers_in_words import number, seconds_in_words, so_many
from dl_core.transfer.checked import checked
from dl_core.transfer.features import N_FEATURES
from dl_core.transfer.heads import Head
from dl_core.transfer.pictures import Labels, Pictures
from dl_core.transfer.shares import ends, whole
from dl_core.transfer.split import Split
from dl_core.transfer.tasks import TASKS, features_for, key_of, ready_made
from dl_core.vision.card import read_card
from dl_core.vision.classes import classes

MOST = 1000  # pictures a class: all there are
MOST_SEED = 99
KEPT = 0.95  # of its right answers are still given when unsure ones are held back
SHOWN = 3  # mistakes, and pictures of other things


@dataclass(frozen=True)
class Settings:
    """Which pictures, how many of them are learned from, and which ones are drawn.

    Raises
    ------
    ValueError
        When there is nothing to tell apart, or a number is out of its range.
    """

    pictures: Pictures
    n_per_class: int = 20  # 1 to MOST; a class with fewer gives all it has
    seed: int = 0  # which pictures are held out and which are drawn, 0 to MOST_SEED

    def __post_init__(self) -> None:
        check_settings(self.pictures, self.n_per_class, self.seed)


def check_settings(pictures: Pictures, n_per_class: int, seed: int) -> None:
    """Refuse what nothing can be learned from; ``n_per_class`` is 1 to `MOST`, ``seed`` 0 to `MOST_SEED`.

    Raises
    ------
    ValueError
        When there is nothing to tell apart, or a number is out of its range.
    """
    if sum(count > 0 for count in pictures.counts) < 2:
        raise ValueError("There is nothing to tell apart: two classes need pictures.")
    if not 1 <= n_per_class <= MOST:
        raise ValueError(f"{n_per_class} pictures a class cannot be: choose 1 to {MOST}.")
    if not 0 <= seed <= MOST_SEED:
        raise ValueError(f"There is no draw {seed}: choose 0 to {MOST_SEED}.")


def at_rest() -> Settings:
    """What the page opens with."""
    return Settings(ready_made(next(iter(TASKS))))


@dataclass(frozen=True, eq=False)
class Answer:
    """What the head says about one picture."""

    row: int  # of the pictures it belongs to
    says: str  # name of the class
    sure: float  # 0 to 1


@dataclass(frozen=True, eq=False)
class Strangers:
    """Pictures of another task: no answer to them can be right."""

    pictures: Pictures
    answered: Share  # of them, at the bar
    surest: tuple[Answer, ...]  # of different bursts


@dataclass(frozen=True, eq=False)
class Opening:
    """All four steps."""

    settings: Settings
    split: Split
    head: Head
    seconds: float  # that training the head took, by the clock
    right: Share | None  # of the held-out pictures, a burst counted as one; None when none could be held out
    always: float  # the score of naming the held-out pile's largest class each time, 0 to 1
    mistakes: tuple[Answer, ...]  # the surest wrong ones, of different bursts
    bar: float | None  # answers less sure are held back; 95 % of the right ones pass. None: none was right
    strangers: Strangers | None  # None where there is no bar

    @property
    def pictures(self) -> Pictures:
        """All pictures of the task."""
        return self.settings.pictures

    @property
    def counts(self) -> tuple[int, ...]:
        """Pictures of each class that were learned from."""
        learned = self.pictures.labels[self.split.train]
        return tuple(np.bincount(learned, minlength=len(self.pictures.names)).tolist())

    @property
    def beats_guessing(self) -> bool:
        """Whether the whole interval lies above one answer for everything."""
        return self.right is not None and self.right.low > self.always


def n_frozen() -> int:
    """Numbers of the shipped network that stay as they are: all but its own last layer's."""
    own_head = (N_FEATURES + 1) * len(classes())
    return read_card().parameters - own_head


def story(settings: Settings, go_on: GoOn | None = None) -> Opening | None:
    """Train a head on some of the pictures and check it on others.

    Parameters
    ----------
    settings
        What to learn from.
    go_on
        Share done, 0 to 1 → whether to go on. Where it says no there is no result: a head that saw a part
        of the pictures would be another one.

    Examples
    --------
    >>> found = story(at_rest())
    >>> found.right.n, found.beats_guessing
    (84, True)
    """
    pictures = settings.pictures
    found = checked(pictures, settings.n_per_class, settings.seed, go_on)
    if found is None:
        return None
    piles, head = found.split, found.head
    truth = pictures.labels[piles.held_out]
    if not len(truth):
        return Opening(settings, piles, head, found.seconds, None, 0.0, (), None, None)
    says, sure = found.answers, found.sure.max(axis=1)
    is_right = says == truth
    bar = _bar(sure[is_right])
    return Opening(
        settings,
        piles,
        head,
        found.seconds,
        share_of_groups(int(is_right.sum()), len(truth), len(np.unique(pictures.bursts[piles.held_out]))),
        float(np.bincount(truth).max() / len(truth)),
        _surest(pictures, piles.held_out[~is_right], says[~is_right], sure[~is_right], pictures.names),
        bar,
        None if bar is None else _strangers(pictures, head, bar),
    )


def _bar(sure_and_right: np.ndarray) -> float | None:
    """The highest bar that still lets 95 % of the right answers pass."""
    if not len(sure_and_right):
        return None
    return float(np.sort(sure_and_right)[math.floor((1 - KEPT) * len(sure_and_right) + 1e-9)])


def stranger_to(pictures: Pictures) -> Pictures:
    """Pictures of things that this task never taught: the next ready-made task's.

    Examples
    --------
    >>> stranger_to(ready_made("parts")).name
    'Corners of photos'
    """
    keys = list(TASKS)
    mine = key_of(pictures)
    return ready_made(keys[(keys.index(mine) + 1) % len(keys)] if mine else "parts")


def _strangers(pictures: Pictures, head: Head, bar: float) -> Strangers:
    others = stranger_to(pictures)
    shares = head.probabilities(features_for(others))
    says, sure = shares.argmax(axis=1), shares.max(axis=1)
    passes = sure >= bar
    surest = _surest(others, np.flatnonzero(passes), says[passes], sure[passes], pictures.names)
    return Strangers(others, share_of(int(passes.sum()), len(sure)), surest)


def _surest(
    pictures: Pictures, rows: Labels, says: Labels, sure: np.ndarray, names: tuple[str, ...]
) -> tuple[Answer, ...]:
    """The surest of these answers, one for each burst: pictures of one burst look alike."""
    found: list[Answer] = []
    bursts: set[int] = set()
    for at in np.argsort(-sure, kind="stable"):
        burst = int(pictures.bursts[rows[at]])
        if burst not in bursts and len(found) < SHOWN:
            bursts.add(burst)
            found.append(Answer(int(rows[at]), names[says[at]], float(sure[at])))
    return tuple(found)


def learned_from(told: Opening) -> str:
    """How many pictures it learned from.

    Examples
    --------
    >>> learned_from(story(at_rest()))
    '20 pictures a class'
    """
    counts = {count for count in told.counts if count}
    if len(counts) == 1:
        return f"{so_many(counts.pop(), 'picture')} a class"
    return so_many(sum(told.counts), "picture")


def takeaway(told: Opening) -> str:
    """The live sentences: how often it is right, against what, and what it does with other things."""
    took = seconds_in_words(told.seconds)
    if told.right is None:
        return (
            f"You trained {number(told.head.n_trained)} numbers in {took}. "
            "Nothing is left to check them with: each class is one burst. "
            "**Take more** at another place or time."
        )
    right = told.right
    score = (
        f"**{whole(right.value)} right** ({ends(right)}) "
        f"on {so_many(right.n, 'picture')} it never saw; one answer for all gets {whole(told.always)}."
    )
    if not told.beats_guessing:
        score += " That is no proof that it learned anything."
    if told.strangers is None:
        return score
    others = told.strangers.answered
    return (
        f"{score} With the unsurest answers held back, "
        f"it still answers {others.hits:,} of {so_many(others.n, 'picture')} of other things."
    )
