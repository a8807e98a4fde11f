"""Is a bigger network worth it: the same data and training, with networks from none to three layers of 32."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from dl_core.jobs import GoOn
from dl_core.mlp.data import Dealt
from dl_core.mlp.engine import Training
from dl_core.mlp.judge import Meter, guess_of, meter
from dl_core.mlp.plan import other_start
from dl_core.mlp_builder import Settings, dealt_of, trained
from dl_core.mlp_unseen import Unseen, amount, unseen
from dl_core.numbers_in_words import listed, seconds_in_words, so_many, two_figures

SIZES: tuple[tuple[int, ...], ...] = ((), (4,), (8,), (8, 8), (16, 16), (32, 32, 32))
N_STARTS = 3  # of each size
STARTING = 60  # multiplications that a step costs beside those of its network, about


@dataclass(frozen=True)
class Size:
    """One size of network, trained from a few starts."""

    hidden: tuple[int, ...]  # neurons of each hidden layer
    meter: Meter  # its seconds are those of one training, on average
    scores: tuple[Unseen, ...]  # on the test pile, of each start
    on_own: tuple[float, ...]  # the same score on the rows it learned from, as a share or in the unit
    n_diverged: int  # starts that blew up

    @property
    def value(self) -> float:
        """The middle of its scores on the test pile."""
        return float(np.median([score.value for score in self.scores]))

    @property
    def own_value(self) -> float:
        """The middle of its scores on the rows it learned from."""
        return float(np.median(self.on_own))

    @property
    def low(self) -> float:
        """The lowest score on the test pile."""
        return min(score.value for score in self.scores)

    @property
    def high(self) -> float:
        """The highest score on the test pile."""
        return max(score.value for score in self.scores)

    @property
    def middle(self) -> Unseen:
        """The start whose score is the middle one."""
        return sorted(self.scores, key=lambda score: score.value)[(len(self.scores) - 1) // 2]


@dataclass(frozen=True, eq=False)
class Sizes:
    """All sizes on the same piles."""

    settings: Settings
    sizes: tuple[Size, ...]  # by their parameters; without those that were not finished
    n_planned: int  # sizes, all of them
    guess: float  # score of always answering the commonest class, or the mean

    @property
    def is_share(self) -> bool:
        """Whether more is better."""
        return self.sizes[0].scores[0].is_share

    @property
    def best(self) -> Size:
        """The size with the best middle score; the smallest of equals."""
        sign = 1 if self.is_share else -1
        return max(self.sizes, key=lambda size: sign * size.value)

    @property
    def enough(self) -> Size:
        """The smallest size whose middle score lies within the best one's 95 % interval."""
        within = self.best.middle
        return next(
            size
            for size in self.sizes
            if (size.value >= within.low if self.is_share else size.value <= within.high)
        )

    @property
    def yours(self) -> Size | None:
        """The reader's own size."""
        return next((size for size in self.sizes if size.hidden == self.settings.plan.hidden), None)

    @property
    def largest(self) -> Size:
        """The size with the most parameters."""
        return self.sizes[-1]

    def said(self, value: float) -> str:
        """A score in words; its ``value`` is a share of 0 to 1, or in the target's unit."""
        return amount(value, self.is_share, self.sizes[0].scores[0].unit)


def layers_in_words(hidden: tuple[int, ...]) -> str:
    """A size as a reader calls it.

    Parameters
    ----------
    hidden
        Neurons of each hidden layer.

    Examples
    --------
    >>> [layers_in_words(hidden) for hidden in ((), (8,), (16, 16), (8, 4))]
    ['no hidden layer', '1 layer of 8', '2 layers of 16', 'layers of 8 and 4']
    """
    if not hidden:
        return "no hidden layer"
    if len(set(hidden)) == 1:
        return f"{so_many(len(hidden), 'layer')} of {hidden[0]}"
    return f"layers of {listed([str(n) for n in hidden])}"


def story(settings: Settings, go_on: GoOn | None = None) -> Sizes:
    """Train six sizes, and the reader's own, from three starts each; everything else stays as in the plan.

    Parameters
    ----------
    go_on
        Asked now and then with the share that is done, 0 to 1; False ends it with the sizes that are done.

    Examples
    --------
    >>> from dl_core.mlp_builder import PRESETS
    >>> told = story(PRESETS["Spiral, too small"])
    >>> told.best.value > 0.9 > told.sizes[0].value
    True
    """
    dealt = dealt_of(settings)
    planned = planned_sizes(settings, dealt)
    done: dict[tuple[int, ...], list[Training]] = {}
    for training in _trainings(settings, dealt, planned, go_on):
        done.setdefault(training.plan.hidden, []).append(training)
    whole = {hidden: runs for hidden, runs in done.items() if len(runs) == N_STARTS}
    sizes = [_size(hidden, runs, dealt) for hidden, runs in (whole or done).items()]
    return Sizes(settings, tuple(sizes), len(planned), guess_of(dealt, dealt.test))


def planned_sizes(settings: Settings, dealt: Dealt) -> tuple[tuple[int, ...], ...]:
    """The sizes to train, from few parameters to many.

    Examples
    --------
    >>> settings = Settings()
    >>> planned_sizes(settings, dealt_of(settings))
    ((), (4,), (8,), (4, 4), (8, 8), (16, 16), (32, 32, 32))
    """
    wanted = dict.fromkeys((*SIZES, settings.plan.hidden))
    return tuple(sorted(wanted, key=lambda hidden: meter(dealt.n_inputs, hidden, dealt.n_outputs).parameters))


def _trainings(
    settings: Settings, dealt: Dealt, planned: tuple[tuple[int, ...], ...], go_on: GoOn | None
) -> Iterator[Training]:
    """Size by size, start by start; one that was stopped only if there is no other."""
    costs = [STARTING + meter(dealt.n_inputs, hidden, dealt.n_outputs).multiplications for hidden in planned]
    total, before = N_STARTS * sum(costs), 0
    for hidden, cost in zip(planned, costs, strict=True):
        for more in range(N_STARTS):
            plan = other_start(replace(settings.plan, hidden=hidden), more)
            step = None if go_on is None else _step(go_on, before / total, cost / total)
            training = trained(plan, dealt, n_snapshots=2, go_on=step)
            if training.stopped == "reader":
                if not before:
                    yield training
                return
            before += cost
            yield training


def _step(go_on: GoOn, before: float, share: float) -> GoOn:
    return lambda done: go_on(before + share * done)


def _size(hidden: tuple[int, ...], runs: list[Training], dealt: Dealt) -> Size:
    seconds = sum(training.seconds for training in runs) / len(runs)
    return Size(
        hidden,
        meter(dealt.n_inputs, hidden, dealt.n_outputs, seconds),
        tuple(unseen(training, dealt) for training in runs),
        tuple(unseen(training, dealt, pile=dealt.train).value for training in runs),
        sum(training.diverged for training in runs),
    )


def takeaway(told: Sizes) -> str:
    """The smallest network that is as good as the best, and what the larger one costs."""
    best, enough = told.best, told.enough
    if len(told.sizes) < 2:
        return "Stopped before a second size was trained. Let it run to compare."
    whole = "" if len(told.sizes) == told.n_planned else f"Stopped after {len(told.sizes)} sizes. "
    n = best.scores[0].n
    got = "gets {} right" if told.is_share else "is off by {}"
    first = (
        f"{whole}On {n:,} unseen rows the best size, {layers_in_words(best.hidden)}, "
        f"{got.format(told.said(best.value))}"
    )
    if enough is best:
        smaller = told.sizes[: told.sizes.index(best)]
        less = (
            " None smaller comes within its 95 % interval: **here the size is worth it**."
            if smaller
            else " It is the smallest: **a bigger network wins nothing here**."
        )
        return f"{first}, with {best.meter.parameters:,} parameters.{less} {_cost(told)}"
    return (
        f"{first}. **With {layers_in_words(enough.hidden)} it stays within the 95 % interval** of that: "
        f"{told.said(enough.value)}, and {enough.meter.parameters:,} parameters in place of "
        f"{best.meter.parameters:,}. {_cost(told)}"
    )


def _cost(told: Sizes) -> str:
    """What an answer and a training of the largest cost, against the smallest that is good enough."""
    enough, largest = told.enough, told.largest
    if enough is largest:
        return f"An answer takes {enough.meter.multiplications:,} multiplications."
    times = largest.meter.multiplications / max(enough.meter.multiplications, 1)
    return (
        f"The largest takes {two_figures(times)} times the multiplications for each answer, and "
        f"{seconds_in_words(largest.meter.seconds)} to train, not {seconds_in_words(enough.meter.seconds)}."
    )
