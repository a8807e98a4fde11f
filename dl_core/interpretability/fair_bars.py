"""Two bars, one for each group, that make one thing the same at the least cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Floats, Truth

Places = NDArray[np.int64]

SLACK = 0.005  # shares no further apart are the same; few cases need more: half a case of the smaller group
NOBODY = 1.01  # a bar that no answer reaches


@dataclass(frozen=True, eq=False)
class Cuts:
    """Every bar that one group's answers allow, from nobody held back to everybody."""

    bars: Floats  # (m,) falling; probability from which a case is held back
    held: Places  # (m,) cases held back
    caught: Places  # (m,) bad cases among them
    n: int  # cases of the group
    n_bad: int  # bad ones among them

    def rate(self, rule: str) -> Floats:
        """``(m,)`` what a rule compares, 0 to 1; nan where it is a share of nobody.

        Parameters
        ----------
        rule
            "held", "caught", "alarms" or "meaning".

        Raises
        ------
        ValueError
            If there is no such rate.
        """
        alarms = self.held - self.caught
        rates = {
            "held": (self.held, self.n),
            "caught": (self.caught, self.n_bad),
            "alarms": (alarms, self.n - self.n_bad),
            "meaning": (self.caught, self.held),
        }
        if rule not in rates:
            raise ValueError(f"There is no rate {rule!r}; choose one of {', '.join(rates)}.")
        top, bottom = rates[rule]
        whole = np.broadcast_to(np.asarray(bottom), top.shape)
        return np.asarray(np.divide(top, whole, out=np.full(len(top), np.nan), where=whole > 0))

    def cost(self, question: Question) -> Floats:
        """``(m,)`` dollars that all mistakes in the group cost."""
        false_alarms = self.held - self.caught
        return (self.n_bad - self.caught) * question.miss + false_alarms * question.false_alarm

    def finest(self, rule: str) -> float:
        """Half a case of those that the rate is a share of: nearer than that two groups cannot be brought.

        Parameters
        ----------
        rule
            As for `rate`; what is a share of those held back has no fixed number, and all count.
        """
        return 0.5 / max(1, {"caught": self.n_bad, "alarms": self.n - self.n_bad}.get(rule, self.n))


def cuts(truth: Truth, probability: Floats) -> Cuts:
    """All bars between two different answers of a group.

    Parameters
    ----------
    truth
        ``(n,)`` whether each case is bad; at least one case.
    probability
        ``(n,)`` of the bad case, 0 to 1.

    Examples
    --------
    >>> found = cuts(np.array([True, False, True]), np.array([0.8, 0.4, 0.4]))
    >>> found.held.tolist(), found.caught.tolist()  # two different answers, three bars
    ([0, 1, 3], [0, 1, 2])
    >>> np.round(found.bars, 2).tolist()
    [1.01, 0.6, 0.0]
    """
    order = np.argsort(-probability, kind="stable")
    falling = probability[order]
    ends = np.flatnonzero(np.append(falling[:-1] > falling[1:], True)) + 1  # after the last of equal ones
    between = (falling[ends[:-1] - 1] + falling[ends[:-1]]) / 2
    # two answers a hair apart may have the higher one for their middle
    between = np.minimum(between, falling[ends[:-1] - 1])
    return Cuts(
        np.concatenate([[NOBODY], between, [0.0]]),
        np.concatenate([[0], ends]),
        np.concatenate([[0], np.cumsum(truth[order])[ends - 1]]),
        len(truth),
        int(truth.sum()),
    )


def search(first: Cuts, second: Cuts, rule: str, question: Question) -> tuple[int, int]:
    """The cheapest pair of bars that makes a rate the same, as places.

    Where no pair brings it within `SLACK`, or half a case of the smaller group: the nearest pairs.

    Parameters
    ----------
    first, second
        Bars of both groups.
    rule
        "held", "caught", "alarms" or "meaning".
    question
        What mistakes cost.

    Notes
    -----
    The second group's bars are put in the order of their rate. Then those near enough to a bar of the first
    are neighbours, and a table of the cheapest in every run of 1, 2, 4, … neighbours answers all at once.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> truth, said = np.arange(8) % 2 == 1, np.arange(8) / 8
    >>> one, two = cuts(truth, said), cuts(truth, said**2)
    >>> at = search(one, two, "held", Question(ready_made("wine")))
    >>> one.held[at[0]].item(), two.held[at[1]].item()  # of eight: a miss is dear, so few are let through
    (7, 7)
    """
    mine, theirs = _known(first, rule), _known(second, rule)
    wanted, rates = first.rate(rule)[mine], second.rate(rule)[theirs]
    after = np.searchsorted(rates, wanted).clip(1, max(len(rates) - 1, 1))
    near = np.minimum(abs(wanted - rates[after - 1]), abs(wanted - rates[after.clip(max=len(rates) - 1)]))
    slack = max(SLACK, first.finest(rule), second.finest(rule), float(near.min())) + 1e-12
    start = np.searchsorted(rates, wanted - slack, "left")
    stop = np.searchsorted(rates, wanted + slack, "right")
    best = _cheapest(second.cost(question)[theirs], start, stop)
    total = np.where(best < 0, np.inf, first.cost(question)[mine] + second.cost(question)[theirs[best]])
    at = int(total.argmin())
    return int(mine[at]), int(theirs[best[at]])


def _known(group: Cuts, rule: str) -> Places:
    """``(m,)`` places of the bars where the rate is a share of somebody, in the order of the rate."""
    rate = group.rate(rule)
    known = np.flatnonzero(np.isfinite(rate))
    return np.asarray(known[np.argsort(rate[known], kind="stable")], np.int64)


def _cheapest(cost: Floats, start: Places, stop: Places) -> Places:
    """Place of the lowest cost in each run from ``start`` up to ``stop``, ``(m,)``; -1 for an empty run."""
    lowest = [np.arange(len(cost))]
    while 2 ** len(lowest) <= len(cost):
        half = 2 ** (len(lowest) - 1)
        left, right = lowest[-1][:-half], lowest[-1][half:]
        lowest.append(np.where(cost[left] <= cost[right], left, right))
    length = stop - start
    found = np.full(len(start), -1)
    level = np.floor(np.log2(length.clip(1))).astype(np.int64)
    for each in np.unique(level[length > 0]):
        run = np.flatnonzero((level == each) & (length > 0))
        one, two = lowest[each][start[run]], lowest[each][stop[run] - 2**each]
        found[run] = np.where(cost[one] <= cost[two], one, two)
    return found
