"""Is one better than the other? Two models on the same held-out pictures, burst by burst."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.transfer.pictures import Labels

Verdict = Literal["better", "worse", "tie"]
Right = NDArray[np.bool_]

DOUBT = 0.05  # a lead that chance alone makes more often than this is a tie


@dataclass(frozen=True)
class Paired:
    """Two contenders on the same pictures; those of one burst look alike, so a burst counts as one."""

    leads: tuple[int, ...]  # of each burst: how many more pictures the one has right, below 0 how many fewer

    @property
    def ahead(self) -> int:
        """Bursts of which the one has more right."""
        return sum(lead > 0 for lead in self.leads)

    @property
    def behind(self) -> int:
        """Bursts of which the one has fewer right."""
        return sum(lead < 0 for lead in self.leads)

    @property
    def p(self) -> float:
        """How often a fair coin for each burst would part the two at least as far, 0 to 1; exact.

        McNemar's exact test, when each picture is a burst of its own.

        Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
        percentages", Psychometrika 12 (1947); R. A. Fisher, "The Design of Experiments" (1935), section 21.

        Examples
        --------
        >>> Paired((1,) * 9 + (-1,)).p, Paired((1, -1, 0)).p  # 2 · (1 + 10) / 2¹⁰
        (0.021484375, 1.0)
        >>> Paired((4, 4, 4, 4)).p  # two of 16 ways to throw four coins: all on one side
        0.125
        """
        sizes = [abs(lead) for lead in self.leads if lead]
        whole = sum(sizes)
        ways = np.zeros(2 * whole + 1)  # of each sum, from -whole to whole: how probable
        ways[whole] = 1.0
        for size in sizes:
            ways = (np.roll(ways, size) + np.roll(ways, -size)) / 2
        seen = abs(sum(self.leads))
        return min(1.0, float(ways[: whole - seen + 1].sum() + ways[whole + seen :].sum()))

    @property
    def verdict(self) -> Verdict:
        """Whether the one is better, worse, or too close to call."""
        if self.p >= DOUBT:
            return "tie"
        return "better" if sum(self.leads) > 0 else "worse"


def paired(one: Right, other: Right, bursts: Labels) -> Paired:
    """Compare two contenders burst by burst.

    Parameters
    ----------
    one, other
        ``(N,)`` whether each picture was named rightly.
    bursts
        ``(N,)`` pictures with the same number belong together.

    Examples
    --------
    >>> right, wrong = np.array([True, True, False]), np.array([False, False, False])
    >>> paired(right, wrong, np.array([4, 4, 7])).leads
    (2, 0)
    """
    _, of = np.unique(bursts, return_inverse=True)
    leads = np.bincount(of, weights=one.astype(np.float64) - other)
    return Paired(tuple(int(lead) for lead in leads))
