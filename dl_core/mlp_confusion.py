"""Which answers a network mixes up, counted on the test rows, and how far a guessed value lies off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.mlp_builder import Built

HIDDEN = 0.05  # found so much less often than all rows together: then the total hides a class


@dataclass(frozen=True)
class Mistakes:
    """The test rows by what they are and what the network says."""

    counts: tuple[tuple[int, ...], ...]  # [true class][answered class]
    classes: tuple[str, ...]  # their names

    def of(self, truth: int) -> int:
        """Test rows of the class ``truth``, a number from 0."""
        return sum(self.counts[truth])

    def said(self, answer: int) -> int:
        """Test rows that the network calls ``answer``, a number from 0."""
        return sum(row[answer] for row in self.counts)

    @property
    def commonest(self) -> tuple[int, int] | None:
        """(true class, answered class) of the commonest mistake; None if there is none."""
        every = range(len(self.classes))
        cells = [(self.counts[t][a], t, a) for t in every for a in every if t != a]
        most = max(cells, key=lambda cell: (cell[0], -cell[1], -cell[2]))
        return (most[1], most[2]) if most[0] else None

    @property
    def weakest(self) -> int:
        """The class of which the smallest share is found."""
        return min(
            range(len(self.classes)),
            key=lambda truth: self.counts[truth][truth] / max(self.of(truth), 1),
        )


def mistakes(built: Built) -> Mistakes:
    """The test rows of a network that names classes.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings, story
    >>> told = mistakes(story(Settings()))
    >>> told.of(0), told.of(1), told.counts[0][0] > 30
    (38, 38, True)
    """
    counts = tuple(tuple(len(cell) for cell in row) for row in built.judgement.confusion)
    return Mistakes(counts, built.dealt.data.classes)


def confusion_takeaway(built: Built) -> str:
    """The commonest mistake, and how many of each class are found."""
    if not built.is_classes:
        return _values_takeaway(built)
    told = mistakes(built)
    most = told.commonest
    if most is None:
        return f"None of the {built.unseen.n:,} unseen rows is wrong: every row lies on the diagonal."
    truth, answer = most
    n, hits = built.unseen.n, built.unseen.hits or 0
    is_wrong = "is" if n - hits == 1 else "are"
    first = (
        f"**{n - hits:,} of {n:,} unseen rows {is_wrong} wrong.** The commonest mistake: "
        f"{told.counts[truth][answer]:,} of {told.of(truth):,} rows that are “{told.classes[truth]}” "
        f"are called “{told.classes[answer]}”."
    )
    weak = told.weakest
    found = told.counts[weak][weak] / max(told.of(weak), 1)
    if found > built.unseen.value - HIDDEN:
        return f"{first} No class is found much less often than the others."
    return (
        f"{first} The total of {built.unseen.in_words} hides that of “{told.classes[weak]}” it finds only "
        f"{told.counts[weak][weak]:,} of {told.of(weak):,}."
    )


def _values_takeaway(built: Built) -> str:
    far = far_off(built)
    return (
        f"A typical answer on unseen rows is **off by {built.unseen.in_words}**. "
        f"{len(far):,} of {built.unseen.n:,} lie off by more than twice that: look at these first."
    )


def far_off(built: Built) -> tuple[int, ...]:
    """Row numbers in the data of the test rows that are off by more than twice the typical error.

    Examples
    --------
    >>> from dl_core.mlp_builder import PRESETS, story
    >>> len(far_off(story(PRESETS["Delivery hours, fits"]))) < 0.1 * 300
    True
    """
    test = built.dealt.test
    return tuple(test[built.judgement.wrong[test]].tolist())


def order_by_error(built: Built) -> tuple[int, ...]:
    """Row numbers of the test rows of a regression, the worst first."""
    test = built.dealt.test
    off = np.abs(built.judgement.answers[test] - built.dealt.data.targets[test])
    return tuple(test[np.argsort(-off, kind="stable")].tolist())
