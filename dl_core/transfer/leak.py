"""Random split against burst split: photos taken at one go are twins, and a twin in both piles flatters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.jobs import GoOn
from dl_core.numbers_in_words import so_many
from dl_core.transfer.checked import MOST_PER_CLASS, angles, check_draw
from dl_core.transfer.features import Features
from dl_core.transfer.heads import fit_head
from dl_core.transfer.pictures import Labels, Pictures
from dl_core.transfer.shares import whole
from dl_core.transfer.split import By, Split, split
from dl_core.transfer.tasks import TASKS, features_for, ready_made

DEALS = 10  # times that the pictures are dealt anew
ALL = MOST_PER_CLASS  # learn from all that are not held out
CLEAR = 0.01  # an average gap under one point in 100 is none
SURE = 0.8  # of the deals must agree on who is ahead


@dataclass(frozen=True)
class Settings:
    """Which pictures are dealt in two ways.

    Raises
    ------
    ValueError
        When the counts cannot be.
    """

    pictures: Pictures  # a ready-made task or the reader's own
    n_per_class: int = ALL  # pictures to learn from, 1 to 10,000 a class; a class with fewer gives all it has
    deals: int = DEALS  # how often the pictures are dealt anew, 2 to 50
    seed: int = 0  # of the first deal

    def __post_init__(self) -> None:
        check_draw(self.n_per_class, self.seed)
        if not 2 <= self.deals <= 50:
            raise ValueError(f"{self.deals} deals cannot be: choose 2 to 50.")


@dataclass(frozen=True)
class Dealt:
    """One way of dealing, tried several times."""

    by: By
    scores: tuple[float, ...]  # share right of the held-out pictures, 0 to 1, in each deal
    twins: int  # held-out pictures, over all deals, with one of their burst among those learned from
    asked: int  # held-out pictures over all deals

    @property
    def average(self) -> float:
        """Share right over all deals, 0 to 1."""
        return sum(self.scores) / len(self.scores)

    @property
    def low(self) -> float:
        """The worst deal, 0 to 1."""
        return min(self.scores)

    @property
    def high(self) -> float:
        """The best deal, 0 to 1."""
        return max(self.scores)

    @property
    def twin_share(self) -> float:
        """Share of held-out pictures with a twin among those learned from, 0 to 1."""
        return self.twins / max(self.asked, 1)


@dataclass(frozen=True)
class Seen:
    """What a held-out picture meets in the pile that was learned from."""

    nearest: int  # row of the nearest picture that was learned from
    degrees: float  # how far that is
    is_twin: bool  # of the same burst
    answer: int  # class that the head names


@dataclass(frozen=True)
class Example:
    """One picture that is held out in both ways of dealing."""

    asked: int  # its row
    random: Seen
    burst: Seen


@dataclass(frozen=True)
class Leak:
    """The same pictures, dealt in two ways."""

    settings: Settings
    random: Dealt
    burst: Dealt
    example: Example | None  # None where a stopped work has none

    @property
    def n_deals(self) -> int:
        """Deals that were made; 0 where the work was stopped at once."""
        return len(self.burst.scores)

    @property
    def gap(self) -> float:
        """What a random split adds to the share right, on average, -1 to 1."""
        return self.random.average - self.burst.average

    @property
    def ahead(self) -> int:
        """Deals in which the random split scores higher."""
        return sum(a > b for a, b in zip(self.random.scores, self.burst.scores, strict=True))

    @property
    def leaks(self) -> bool:
        """Whether the random split clearly flatters."""
        return self.n_deals > 1 and self.gap >= CLEAR and self.ahead >= SURE * self.n_deals

    @property
    def has_bursts(self) -> bool:
        """Whether any two pictures were taken at one go."""
        return len(np.unique(self.settings.pictures.bursts)) < len(self.settings.pictures.bursts)


def leak_task() -> Pictures:
    """The ready-made task that a random split flatters.

    Examples
    --------
    >>> len(leak_task().names) > 1
    True
    """
    return ready_made(next(key for key, task in TASKS.items() if task.shows_leak))


def at_rest() -> Settings:
    """What the scene opens with."""
    return Settings(leak_task())


def story(settings: Settings, go_on: GoOn | None = None) -> Leak:
    """Deal, train and check again and again, in both ways; the same number of pictures is held out.

    Parameters
    ----------
    settings
        Which pictures, how many are learned from, and how often they are dealt.
    go_on
        Share done → whether to go on; where it says no, what was counted so far is told.
    """
    pictures = settings.pictures
    ways: tuple[By, By] = ("random", "burst")
    scores: dict[By, list[float]] = {by: [] for by in ways}
    twins, asked = dict.fromkeys(ways, 0), dict.fromkeys(ways, 0)
    example: Example | None = None
    features = features_for(pictures, go_on)
    for deal in range(settings.deals) if len(features) == len(pictures.labels) else ():
        if go_on and not go_on(deal / settings.deals):
            break
        made: list[tuple[Split, Labels]] = []
        for by in ways:
            dealt = split(pictures, settings.n_per_class, settings.seed + deal, by)
            head = fit_head(features[dealt.train], pictures.labels[dealt.train], len(pictures.names))
            made.append((dealt, head.answers(features[dealt.held_out])))
        if any(len(dealt.held_out) == 0 for dealt, _ in made):
            continue  # a class of one burst cannot be held out
        for by, (dealt, answers) in zip(ways, made, strict=True):
            scores[by].append(float((answers == pictures.labels[dealt.held_out]).mean()))
            twins[by] += int(np.isin(pictures.bursts[dealt.held_out], pictures.bursts[dealt.train]).sum())
            asked[by] += len(dealt.held_out)
        if example is None or not _is_helped(pictures, example):
            example = _example(pictures, features, made) or example
    told = [Dealt(by, tuple(scores[by]), twins[by], asked[by]) for by in ways]
    return Leak(settings, told[0], told[1], example)


def _is_helped(pictures: Pictures, one: Example) -> bool:
    """Whether a twin helps it, and nothing else does."""
    truth = pictures.labels[one.asked]
    return bool(one.random.is_twin and one.random.answer == truth and one.burst.answer != truth)


def _example(pictures: Pictures, features: Features, made: list[tuple[Split, Labels]]) -> Example | None:
    """A picture that both ways hold out: one that only its twin helps, if there is one."""
    both = np.intersect1d(made[0][0].held_out, made[1][0].held_out)
    rows = [_seen(pictures, features, both, dealt, answers) for dealt, answers in made]
    found = [Example(int(at), first, second) for at, first, second in zip(both, *rows, strict=True)]
    # the first of the best: max keeps the order
    return max(found, key=lambda one: (_is_helped(pictures, one), one.random.is_twin), default=None)


def _seen(pictures: Pictures, features: Features, asked: Labels, dealt: Split, answers: Labels) -> list[Seen]:
    far = angles(features[asked], features[dealt.train])
    places = far.argmin(axis=1)
    at = np.searchsorted(dealt.held_out, asked)
    return [
        Seen(
            int(dealt.train[place]),
            float(far[row, place]),
            bool(pictures.bursts[dealt.train[place]] == pictures.bursts[asked[row]]),
            int(answers[at[row]]),
        )
        for row, place in enumerate(places)
    ]


def both_in_words(told: Leak) -> str:
    """The two numbers side by side."""
    return f"Random split: {whole(told.random.average)}. By burst: {whole(told.burst.average)}."


def takeaway(told: Leak) -> str:
    """The live sentences: both numbers, why they differ, and which one the launch will show."""
    if not told.n_deals:
        return "Nothing was counted: the work was stopped, or no burst can be held out. Give each class two."
    if not told.has_bursts:
        return (
            f"**{both_in_words(told)}** Each picture was taken on its own, so there are no twins to leak. "
            "Both ways deal alike."
        )
    if not told.leaks:
        return (
            f"**{both_in_words(told)}** The random split is ahead in {told.ahead} of "
            f"{so_many(told.n_deals, 'deal')}. That is no clear leak here. "
            "Deal by burst all the same: it costs nothing."
        )
    wrong = [round(100 * (1 - way.average)) or "none" for way in (told.random, told.burst)]
    return (
        f"**{both_in_words(told)}** The same pictures of “{told.settings.pictures.name}”. Dealt at random, "
        f"{whole(told.random.twin_share)} of those held out have a twin to learn from. "
        f"At launch no photo has one: plan with {wrong[1]} mistakes in 100, not {wrong[0]}."
    )


def range_of(way: Dealt) -> str:
    """From the worst deal to the best.

    >>> range_of(Dealt("burst", (0.75, 0.5), 0, 8)), range_of(Dealt("random", (1.0, 1.0), 8, 8))
    ('50 % to 75 %', 'always 100 %')
    """
    ends = [whole(end) for end in (way.low, way.high)]
    return " to ".join(ends) if ends[0] != ends[1] else f"always {ends[0]}"


def spread_sentence(told: Leak) -> str:
    """How far chance moves both numbers."""
    if not told.n_deals:
        return ""
    return (
        f"Over {so_many(told.n_deals, 'deal')} the random split gives {range_of(told.random)}, "
        f"the burst split {range_of(told.burst)}. "
        f"Guessing gets {whole(1 / len(told.settings.pictures.names))}."
    )
