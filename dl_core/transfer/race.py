"""The race: a new head, a new head and the last stage, or all from scratch, on the same pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.intervals import Share, share_of
from dl_core.jobs import GoOn
from dl_core.numbers_in_words import percent, so_many
from dl_core.transfer.opening import MOST, check_settings
from dl_core.transfer.paired import Paired, Right, Verdict, paired
from dl_core.transfer.pictures import Labels, Pictures
from dl_core.transfer.shares import whole
from dl_core.transfer.split import split
from dl_core.transfer.tasks import TASKS, ready_made
from dl_core.transfer.training import (
    FINE_PASSES,
    Clock,
    Trained,
    fine_tune,
    maps_of,
    scratch_passes,
    train_from_scratch,
    train_head,
)

Way = Literal["scratch", "head", "fine"]

NAMES: dict[Way, str] = {
    "scratch": "Small network, from scratch",
    "head": "New head only",
    "fine": "Head and last stage",
}
EFFORTS = (1, 3)  # times as many looks at each picture
RACED = 600  # pictures to learn from, and held out, at most: what 80 MB of a reader's memory hold

# seconds a picture on one core, about: only for how far it is
_LOOK, _FINE, _SCRATCH = 4e-3, 1.3e-3, 4e-4


@dataclass(frozen=True)
class Settings:
    """Which pictures, how many of them are learned from, and how long.

    Raises
    ------
    ValueError
        When there is nothing to tell apart, or a number is out of its range.
    """

    pictures: Pictures
    n_per_class: int = MOST  # 1 to MOST; a class with fewer gives all it has
    seed: int = 0  # of the split, the first weights and the order of the pictures, 0 to MOST_SEED
    effort: int = 1  # times as many looks at each picture: one of EFFORTS

    def __post_init__(self) -> None:
        check_settings(self.pictures, self.n_per_class, self.seed)
        if self.effort not in EFFORTS:
            raise ValueError(f"Training {self.effort} times as long is not on offer: choose of {EFFORTS}.")


def at_rest() -> Settings:
    """What the scene opens with."""
    return Settings(ready_made(next(iter(TASKS))))


@dataclass(frozen=True, eq=False)
class Contender:
    """One way to train, and how it did on the held-out pictures."""

    way: Way
    trained: Trained
    right: Right  # (N,) whether each held-out picture was named rightly
    score: Share

    @property
    def name(self) -> str:
        """As it stands in a list."""
        return NAMES[self.way]


@dataclass(frozen=True, eq=False)
class Race:
    """All who have run; fewer than three, or one that is not whole, where the reader stopped it."""

    settings: Settings
    n_train: int  # pictures learned from
    n_held_out: int  # pictures the score is counted on
    bursts: Labels  # (n_held_out,) of the held-out pictures
    always: float  # the score of naming the held-out pile's largest class each time, 0 to 1
    contenders: tuple[Contender, ...]  # in the order in which they ran

    def of(self, way: Way) -> Contender | None:
        """The one that trains so; None where it did not run."""
        return next((one for one in self.contenders if one.way == way), None)

    @property
    def is_whole(self) -> bool:
        """Whether nobody stopped it."""
        return len(self.contenders) == len(NAMES) and all(one.trained.is_whole for one in self.contenders)

    @property
    def is_checked(self) -> bool:
        """Whether anything could be held out."""
        return self.n_held_out > 0

    @property
    def is_cut(self) -> bool:
        """Whether there were more pictures than it races on."""
        pictures, most = self.settings.pictures, RACED // len(self.settings.pictures.names)
        return self.n_held_out == RACED or min(max(pictures.counts), self.settings.n_per_class) > most

    @property
    def n_bursts(self) -> int:
        """Held-out bursts: the votes in a comparison."""
        return len(np.unique(self.bursts))

    def paired(self, one: Way, other: Way) -> Paired | None:
        """Both on the same held-out pictures; None where one did not run."""
        first, second = self.of(one), self.of(other)
        return paired(first.right, second.right, self.bursts) if first and second else None

    def verdict(self, one: Way, other: Way) -> Verdict | None:
        """Whether the one is better than the other; None where one did not run or was stopped."""
        pair = self.paired(one, other)
        whole = all(found and found.trained.is_whole for found in (self.of(one), self.of(other)))
        return pair.verdict if pair and whole else None

    def beats_guessing(self, way: Way) -> bool:
        """Whether its whole interval lies above one answer for everything."""
        found = self.of(way)
        return found is not None and found.score.low > self.always


def story(settings: Settings, go_on: GoOn | None = None) -> Race:
    """Let the three train, the quickest first, and ask each about the same held-out pictures.

    Parameters
    ----------
    settings
        What to learn from.
    go_on
        Share done, 0 to 1 → whether to go on. Where it says no, those that have run are told, and the one
        under way as it stands.

    Examples
    --------
    >>> stopped = story(at_rest(), lambda share: False)
    >>> stopped.contenders, stopped.n_train, stopped.n_held_out
    ((), 156, 84)
    """
    from dl_core.vision.weights import shipped_network

    pictures, network, seed = settings.pictures, shipped_network(), settings.seed
    rows, asked = piles_of(settings)
    labels, truth, n_classes = pictures.labels[rows], pictures.labels[asked], len(pictures.names)
    passes, small_passes = FINE_PASSES * settings.effort, scratch_passes(len(rows), settings.effort)
    looks = _Steps(go_on, (_LOOK * len(rows), _LOOK * len(asked), _FINE * passes * len(rows),
                           _SCRATCH * small_passes * len(rows)))  # fmt: skip

    def race(*ran: tuple[Way, Trained]) -> Race:
        share = float(np.bincount(truth).max() / len(truth)) if len(truth) else 0.0
        told = tuple(_contender(way, trained, truth) for way, trained in ran) if len(truth) else ()
        return Race(settings, len(rows), len(asked), pictures.bursts[asked], share, told)

    if not len(truth):
        return race()
    clock = Clock()
    train = maps_of(pictures.pixels[rows], network, looks.of(0))
    seconds = clock.seconds
    if len(train) < len(rows):
        return race()
    held_out = maps_of(pictures.pixels[asked], network, looks.of(1))
    if len(held_out) < len(asked):
        return race()
    head, start = train_head(train, labels, held_out, n_classes, network, seconds)
    fine = fine_tune(train, labels, held_out, start, network, seed, head.seconds, passes, looks.of(2))
    del train, held_out  # up to 80 MB, which the small network does not look at
    if not fine.is_whole:
        return race(("head", head), ("fine", fine))
    scratch = train_from_scratch(
        pictures.pixels[rows], labels, pictures.pixels[asked], n_classes, seed, small_passes, looks.of(3)
    )
    return race(("head", head), ("fine", fine), ("scratch", scratch))


def piles_of(settings: Settings) -> tuple[Labels, Labels]:
    """Rows to learn from ``(n_train,)`` and rows held out ``(n_held_out,)``, at most RACED of each.

    Held-out pictures are the same for each number to learn from.
    """
    pictures = settings.pictures
    most = max(1, RACED // len(pictures.names))
    found = split(pictures, min(settings.n_per_class, most), settings.seed)
    held_out = found.held_out
    if len(held_out) > RACED:
        chance = np.random.default_rng([settings.seed, 2])
        held_out = np.sort(chance.permutation(held_out)[:RACED])
    return found.train, held_out


def _contender(way: Way, trained: Trained, truth: Labels) -> Contender:
    right = trained.answers == truth
    right.setflags(write=False)
    return Contender(way, trained, right, share_of(int(right.sum()), len(truth)))


class _Steps:
    """Shares done of one part of the work, as shares of all of it."""

    def __init__(self, go_on: GoOn | None, costs: tuple[float, ...]) -> None:
        self._go_on, self._costs = go_on, costs

    def of(self, part: int) -> GoOn | None:
        go_on, whole, before = self._go_on, sum(self._costs), sum(self._costs[:part])
        if go_on is None:
            return None
        return lambda share: go_on((before + share * self._costs[part]) / whole)


def takeaway(told: Race) -> str:
    """The live sentences: who gets how many right, and whether a lead is one."""
    if not told.is_checked:
        return "Nothing could be held out, so nobody can win. **Take more photos** at another place or time."
    head, fine, scratch = told.of("head"), told.of("fine"), told.of("scratch")
    if head is None or fine is None:
        return "You stopped the race before anybody was done. Change a setting to start it again."
    if not scratch or not told.is_whole:
        late = scratch or fine
        done = f"{percent(late.trained.passes / late.trained.planned)} of its training"
        return (
            f"The new head gets **{whole(head.score.value)}** right. You stopped the race: "
            f"“{late.name}” had {done} and got {whole(late.score.value)}. That says nothing about its end."
        )
    return f"{_against_scratch(told, head, scratch)} {_last_stage(told, fine)}"


def _against_scratch(told: Race, head: Contender, scratch: Contender) -> str:
    start = (
        f"All learn from {so_many(told.n_train, 'photo')} of “{told.settings.pictures.name}”. "
        f"On {so_many(told.n_held_out, 'held-out photo')} the new head gets **{whole(head.score.value)}** "
        f"right, training from scratch **{whole(scratch.score.value)}**"
    )
    verdict = told.verdict("head", "scratch")
    if verdict == "worse":  # trap: borrowed features are no promise
        return f"{start}. The borrowed features **lose**: they do not fit these photos."
    if verdict == "tie":
        why = "" if told.n_bursts == told.n_held_out else f": they are only {so_many(told.n_bursts, 'burst')}"
        behind = " Borrowing shows no lead here." if scratch.score.hits >= head.score.hits else ""
        return f"{start}. That is too close to call{why}.{behind}"
    return f"{start}, " + (
        "a clear lead." if told.beats_guessing("scratch") else "no better than one answer for all."
    )


def _last_stage(told: Race, fine: Contender) -> str:
    end = {
        "better": "clearly better than the head alone",
        "worse": "clearly worse than the head alone",
        "tie": "a tie with the head alone",
    }[told.verdict("fine", "head") or "tie"]
    return f"With the last stage trained too it is {whole(fine.score.value)}, {end}."
