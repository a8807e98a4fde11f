"""Which classes a head mixes up: the held-out photos, sorted by what they are and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of_groups
from dl_core.jobs import GoOn
from dl_core.numbers_in_words import so_many
from dl_core.transfer.checked import check_draw, checked
from dl_core.transfer.opening import at_rest as opening_at_rest
from dl_core.transfer.pictures import Labels, Pictures
from dl_core.transfer.shares import ends, sure, whole

SHOWN = 12  # photos of a cell


@dataclass(frozen=True)
class Settings:
    """A task, and which cell to open.

    Raises
    ------
    ValueError
        When a count cannot be, or a class is none of the task's.
    """

    pictures: Pictures  # a ready-made task or the reader's own
    n_per_class: int = 20  # pictures to learn from, 1 to 10,000 a class
    seed: int = 0  # decides which pictures are held out
    truth: int | None = None  # open a cell of this class, from 0; None: of any
    said: int | None = None  # open a cell of this answer, from 0; None: of any

    def __post_init__(self) -> None:
        check_draw(self.n_per_class, self.seed)
        for chosen in (self.truth, self.said):
            if chosen is not None and not 0 <= chosen < len(self.pictures.names):
                raise ValueError(f"There is no class {chosen}: choose 0 to {len(self.pictures.names) - 1}.")


@dataclass(frozen=True)
class Opened:
    """The photos of one cell, the surest first."""

    truth: int  # what they are, from 0
    said: int  # what the head says, from 0
    rows: tuple[int, ...]  # of the task's pictures
    sure: tuple[float, ...]  # how sure the head is of what it says, 0 to 1

    @property
    def is_right(self) -> bool:
        """Whether this cell holds right answers."""
        return self.truth == self.said


@dataclass(frozen=True, eq=False)
class Confusion:
    """The held-out photos, answered."""

    settings: Settings
    truth: Labels  # (n,) what each is
    said: Labels  # (n,) what the head says
    sure: NDArray[np.float64]  # (n,) how sure it is of that, 0 to 1
    rows: Labels  # (n,) which of the task's pictures it is
    n_bursts: int  # among the held-out photos

    @property
    def pictures(self) -> Pictures:
        """The task's pictures."""
        return self.settings.pictures

    @property
    def n(self) -> int:
        """Held-out photos."""
        return len(self.rows)

    @property
    def n_wrong(self) -> int:
        """Those that the head names wrongly."""
        return int((self.truth != self.said).sum())

    @cached_property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """Photos by [what they are][what the head says]."""
        n = len(self.pictures.names)
        found = np.bincount(self.truth * n + self.said, minlength=n * n).reshape(n, n)
        return tuple(tuple(row) for row in found.tolist())

    @property
    def right(self) -> Share:
        """Share named right, with its 95 % interval; only where there are held-out photos."""
        return share_of_groups(self.n - self.n_wrong, self.n, self.n_bursts)

    @property
    def commonest(self) -> tuple[tuple[int, int], ...]:
        """The commonest mistakes, (what it is, what the head says) each; several where they are level."""
        every = range(len(self.pictures.names))
        wrong = [(one, other) for one in every for other in every if one != other]
        most = max(self.counts[one][other] for one, other in wrong)
        return tuple((one, other) for one, other in wrong if most and self.counts[one][other] == most)

    @cached_property
    def opened(self) -> Opened:
        """The chosen cell: where a side is left open, the commonest mistake that fits, else right answers."""
        truth, said = _chosen(self)
        here = np.flatnonzero((self.truth == truth) & (self.said == said))
        here = here[np.argsort(-self.sure[here], kind="stable")]
        return Opened(
            truth, said, tuple(self.rows[here].tolist()), tuple(float(one) for one in self.sure[here])
        )


def _chosen(told: Confusion) -> tuple[int, int]:
    asked, every = told.settings, range(len(told.pictures.names))
    fit = [
        (truth, said)
        for truth in (every if asked.truth is None else (asked.truth,))
        for said in (every if asked.said is None else (asked.said,))
    ]
    # mistakes before right answers where there are any; more photos before fewer; then in order
    return min(
        fit,
        key=lambda cell: (
            (cell[0] == cell[1]) or not told.counts[cell[0]][cell[1]],
            not told.counts[cell[0]][cell[1]],
            -told.counts[cell[0]][cell[1]],
            cell,
        ),
    )


def at_rest() -> Settings:
    """What the scene opens with: the task of the page's opening scene."""
    opening = opening_at_rest()
    return Settings(opening.pictures, opening.n_per_class, opening.seed)


def story(settings: Settings, go_on: GoOn | None = None) -> Confusion:
    """Train the head and sort the held-out photos.

    Parameters
    ----------
    settings
        The task, and which cell to open.
    go_on
        Share done → whether to go on; where it says no, nothing is held out.

    Examples
    --------
    >>> from dl_core.transfer.tasks import ready_made
    >>> told = story(Settings(ready_made("corners")))
    >>> sum(map(sum, told.counts)) == told.n, len(told.opened.rows) <= told.n
    (True, True)
    """
    pictures = settings.pictures
    found = checked(pictures, settings.n_per_class, settings.seed, go_on)
    if found is None:
        none = np.zeros(0, np.int64)
        return Confusion(settings, none, none, np.zeros(0), none, 0)
    rows = found.split.held_out
    return Confusion(
        settings, pictures.labels[rows], found.answers, found.sure.max(axis=1, initial=0.0), rows,
        len(np.unique(pictures.bursts[rows])),
    )  # fmt: skip


def cell_in_words(told: Confusion, cell: Opened) -> str:
    """Which photos lie in a cell, in the task's own words.

    Examples
    --------
    >>> from dl_core.transfer.tasks import ready_made
    >>> told = story(Settings(ready_made("corners"), truth=1, said=1))
    >>> cell_in_words(told, told.opened)
    'is “Cat”, says “Cat”'
    """
    return f"is “{told.pictures.names[cell.truth]}”, says “{told.pictures.names[cell.said]}”"


def takeaway(told: Confusion) -> str:
    """The live sentences: how many are wrong, the range, the cell that is open, and its surest photo."""
    if not told.n:
        return "No photo is held out, so nothing can be checked. Give each class a second burst."
    cell, names = told.opened, told.pictures.names
    first = (
        f"**{told.n_wrong:,} of {so_many(told.n, 'held-out photo')} {'is' if told.n_wrong == 1 else 'are'} "
        f"wrong.** Right: {whole(told.right.value)} (95 % range {ends(told.right)})."
    )
    if not cell.rows:
        return f"{first} None that {cell_in_words(told, cell)}."
    of = sum(told.counts[cell.truth])
    surest = sure(cell.sure[0])
    if cell.is_right:
        return (
            f"{first} Of {so_many(of, 'photo')} of “{names[cell.truth]}” it finds {len(cell.rows):,}. "
            f"Its surest: {surest}."
        )
    here = f"{first} {len(cell.rows):,} of {so_many(of, 'photo')} of “{names[cell.truth]}”"
    if len(cell.rows) == 1:
        return f"{here} is called “{names[cell.said]}”, {surest} sure."
    return f"{here} are called “{names[cell.said]}”, the surest at {surest}."


def sure_sentence(told: Confusion) -> str:
    """How sure the head is where it is wrong, beside where it is right.

    Examples
    --------
    >>> from dl_core.transfer.tasks import ready_made
    >>> sure_sentence(story(Settings(ready_made("parts"), n_per_class=5))).startswith("When it is wrong")
    True
    """
    wrong = told.truth != told.said
    if not wrong.any():
        return "It makes no mistake here. That is no proof: other photos may bring some."
    typically = "typically " if wrong.sum() > 1 else ""
    when_wrong = f"When it is wrong, it is {typically}{sure(float(np.median(told.sure[wrong])))} sure"
    if wrong.all():
        return f"{when_wrong}."
    return f"{when_wrong}; when it is right, {sure(float(np.median(told.sure[~wrong])))}."


def burst_sentence(told: Confusion) -> str:
    """Why the range is as wide as it is."""
    if told.n_bursts >= told.n:
        return ""
    return (
        f"The {so_many(told.n, 'photo')} come from {so_many(told.n_bursts, 'burst')}. "
        "Photos of a burst are alike, so the range counts each burst as one photo."
    )
