"""The same plan from ten starts: how far two scores may lie apart by luck alone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Lock

from dl_core.jobs import GoOn, spare_cores
from dl_core.mlp.data import Dealt
from dl_core.mlp.engine import Training
from dl_core.mlp.judge import guess_of
from dl_core.mlp.plan import other_start
from dl_core.mlp_builder import Settings, dealt_of, trained
from dl_core.mlp_unseen import Unseen, amount, span, unseen
from dl_core.numbers_in_words import so_many

N_STARTS = 10


@dataclass(frozen=True)
class Start:
    """One training of the plan."""

    seed: int  # of the first weights, the order of the rows and what is dropped
    score: Unseen
    diverged: bool


@dataclass(frozen=True, eq=False)
class Spread:
    """Ten starts of one plan on the same piles."""

    settings: Settings
    starts: tuple[Start, ...]  # the reader's own first; fewer than ten if it was stopped
    same_again: (
        bool | None
    )  # whether the own start, trained once more, gave the same numbers; None: not tried
    guess: float  # score of always answering the commonest class, or the mean

    @property
    def own(self) -> Unseen:
        """The score of the reader's own start."""
        return self.starts[0].score

    @property
    def worst(self) -> float:
        """The worst score of all starts."""
        values = self._values
        return min(values) if self.own.is_share else max(values)

    @property
    def best(self) -> float:
        """The best score of all starts."""
        values = self._values
        return max(values) if self.own.is_share else min(values)

    @property
    def apart(self) -> float:
        """How far best and worst lie apart: a share, or in the target's unit."""
        return abs(self.best - self.worst)

    @property
    def _values(self) -> list[float]:
        return [start.score.value for start in self.starts]

    @property
    def n_diverged(self) -> int:
        """Starts that blew up."""
        return sum(start.diverged for start in self.starts)

    @property
    def is_whole(self) -> bool:
        """Whether nobody stopped it."""
        return len(self.starts) == N_STARTS and self.same_again is not None

    @property
    def range_in_words(self) -> str:
        """From the lowest to the highest score: ``91 to 99 %``."""
        return span(min(self._values), max(self._values), self.own.is_share, self.own.unit)

    @property
    def counted(self) -> str:
        """The same range as a count: ``69 to 75 of 76``, or what `range_in_words` says of an error."""
        hits = [start.score.hits for start in self.starts if start.score.hits is not None]
        if not hits:
            return self.range_in_words
        low, high = min(hits), max(hits)
        between = " or " if high == low + 1 else " to "
        return f"{low:,}{between}{high:,} of {self.own.n:,}" if high > low else f"{high:,} of {self.own.n:,}"

    @property
    def apart_in_words(self) -> str:
        """How far best and worst lie apart: ``8 points`` or ``0.3 hours``."""
        if not self.own.is_share:
            return amount(self.apart, False, self.own.unit)
        return so_many(round(100 * self.apart), "point")


def story(settings: Settings, go_on: GoOn | None = None) -> Spread:
    """Train the plan from ten starts, and its own start once more.

    Parameters
    ----------
    go_on
        Asked now and then with the share that is done, 0 to 1; False ends it with what is there.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.own.n, told.same_again, len(told.starts)
    (76, True, 10)
    """
    dealt = dealt_of(settings)
    starts: list[Start] = []
    first: Training | None = None
    same: bool | None = None
    for training in _trainings(settings, dealt, go_on):
        if first is None:
            first = training
        elif training.plan.seed == first.plan.seed:
            same = bool((training.parameters[-1] == first.parameters[-1]).all())
            continue
        starts.append(Start(training.plan.seed, unseen(training, dealt), training.diverged))
    return Spread(settings, tuple(starts), same, guess_of(dealt, dealt.test))


def _trainings(settings: Settings, dealt: Dealt, go_on: GoOn | None) -> Iterator[Training]:
    """The own start twice, then nine new ones; one that was stopped only if there is no other.

    Side by side on the cores that this host can spare for work: the engine leaves the interpreter lock alone.
    """
    plans = [other_start(settings.plan, more) for more in range(N_STARTS)]
    plans.insert(1, plans[0])
    steps = _steps(go_on, len(plans)) if go_on else [None] * len(plans)

    def made(place: int) -> Training:
        return trained(plans[place], dealt, n_snapshots=2, go_on=steps[place])

    with ThreadPoolExecutor(spare_cores()) as pool:
        for place, training in enumerate(pool.map(made, range(len(plans)))):
            if training.stopped != "reader":
                yield training
            elif place == 0:
                yield training
                return


def _steps(go_on: GoOn, n: int) -> list[GoOn]:
    """What each training asks: together they report the share of all, and one stop ends all."""
    shares, wanted, lock = [0.0] * n, [True], Lock()

    def step(place: int, share: float) -> bool:
        with lock:
            shares[place] = share
            wanted[0] = wanted[0] and go_on(sum(shares) / n)
            return wanted[0]

    return [partial(step, place) for place in range(n)]


def takeaway(told: Spread) -> str:
    """Which difference between two plans would be luck."""
    n = len(told.starts)
    if n < 2:
        return f"Stopped after one start, which gets {told.own.in_words}. Let it run to see the others."
    whole = "" if told.is_whole else "Stopped early. "
    starts = f"{whole}{n} starts of the same plan"
    if told.own.is_share:
        first = f"{starts} get **{told.counted} unseen rows right**"
    else:
        first = f"{starts} are **off by {told.counted}** on unseen rows"
    again = "" if told.same_again is None else " The same start again gives the same numbers, bit for bit."
    if told.same_again is False:
        again = " The same start again gave other numbers."
    if told.n_diverged:
        again += f" {told.n_diverged} of {n} blew up: the rate sits on the edge."
    if told.apart == 0:
        return f"{first}: here the start plays no part.{again}"
    return (
        f"{first}: {told.apart_in_words} apart, by luck of the start alone.{again} "
        "A plan that wins by no more than that in one run may owe it to luck."
    )
