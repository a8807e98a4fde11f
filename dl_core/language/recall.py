"""How far back networks can be taught to remember one marked item: measured once, by training them.

`dl_core/fading_memory.py` tells how the effect of a far input fades before any training; this, what training
makes of it, and what attention does instead.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any, Literal

from dl_core.intervals import share_of
from dl_core.numbers_in_words import listed, percent, so_many

Kind = Literal["plain", "gated", "keeping", "attention"]
View = Literal["taught", "beyond"]

KINDS: tuple[Kind, ...] = ("plain", "gated", "keeping", "attention")
NAMES: dict[Kind, str] = {
    "plain": "plain",
    "gated": "gated",
    "keeping": "keeping gate",
    "attention": "attention",
}
_SUBJECTS: dict[Kind, str] = {
    "plain": "The plain memory",
    "gated": "The gated one",
    "keeping": "The keeping gate",
    "attention": "Attention",
}
USUAL: tuple[Kind, ...] = ("plain", "gated", "attention")
DISTANCES = (1, 2, 5, 10, 20, 40, 80)  # items after the marked one; a network was trained for each
BEYOND = (1, 5, 10, 20, 30, 40, 45, 50, 60, 80)  # asked of networks trained on all distances up to:
TAUGHT_UP_TO = 40
CHOICES = (1, 5, 10, 20, 40, 80)  # distances that both views measured
N_KINDS = 8  # kinds of items: a guess is right once in eight
N_HELD_OUT = 1000  # sequences that each network is asked about
KEEPS = 0.95  # of the memory at each step, at the start of "keeping"
SURE = 0.99  # of the answers right, in the middle start: it remembers
ASSET = Path(__file__).parents[2] / "assets" / "language" / "memory.json"


def measured_distances(view: View) -> tuple[int, ...]:
    """The distances at which networks of this view were asked."""
    return DISTANCES if view == "taught" else BEYOND


@dataclass(frozen=True)
class Settings:
    """Which networks, how they were taught, and after how many items they are asked.

    Raises
    ------
    ValueError
        If that was not measured; says what was.
    """

    distance: int = 40  # items after the marked one: of DISTANCES or, beyond, of BEYOND
    networks: tuple[Kind, ...] = USUAL  # at least one
    view: View = "taught"  # each trained for its distance, or all trained up to 40

    def __post_init__(self) -> None:
        if self.view not in ("taught", "beyond"):
            raise ValueError(f"There is no view “{self.view}”: choose taught or beyond.")
        known = measured_distances(self.view)
        if self.distance not in known:
            raise ValueError(f"{self.distance} items were not measured: choose one of {known}.")
        once = len(set(self.networks)) == len(self.networks) > 0
        if not once or set(self.networks) - set(KINDS):
            raise ValueError(f"Choose one network or more, each once, of {KINDS}.")


PRESETS = {
    "The usual three": Settings(),
    "Let the gate keep": Settings(80, ("gated", "keeping", "attention")),
    "Longer than taught": Settings(80, ("keeping", "attention"), "beyond"),
}


@dataclass(frozen=True)
class Line:
    """One network's answers over all distances."""

    kind: Kind
    distances: tuple[int, ...]  # items after the marked one
    hits: tuple[tuple[int, ...], ...]  # for each distance, of each start: right ones of 1,000
    reused: tuple[tuple[int, ...], ...]  # attention beyond, the same with learned places in turn; else empty
    n_numbers: int  # that the network learns
    seconds: float  # processor time of one training, the middle of all

    def share(self, distance: int) -> float:
        """The middle start's share of right answers, 0 to 1, at ``distance``: one of those measured."""
        return median(self.hits[self.distances.index(distance)]) / N_HELD_OUT

    def ends(self, distance: int) -> tuple[float, float]:
        """The worst and the best start's share, 0 to 1, at ``distance``: one of those measured."""
        found = self.hits[self.distances.index(distance)]
        return min(found) / N_HELD_OUT, max(found) / N_HELD_OUT

    def guesses(self, distance: int) -> bool:
        """Whether the middle start cannot be told from guessing at ``distance``: one of those measured."""
        score = share_of(round(N_HELD_OUT * self.share(distance)), N_HELD_OUT)
        return score.low <= 1 / N_KINDS

    @property
    def remembers_to(self) -> int | None:
        """The last distance up to which the middle start is right 99 times in 100; None: there is none."""
        kept = None
        for distance in self.distances:
            if self.share(distance) < SURE:
                break
            kept = distance
        return kept

    @property
    def guesses_from(self) -> int | None:
        """The distance from which on it guesses, up to the farthest; None: at the farthest it does not."""
        first = None
        for distance in reversed(self.distances):
            if not self.guesses(distance):
                break
            first = distance
        return first


@dataclass(frozen=True)
class Recall:
    """The chosen networks at the settings."""

    settings: Settings
    lines: tuple[Line, ...]
    n_starts: int  # random starts of each network
    n_seen: int  # sequences that each network was trained on


@cache
def stored(file: Path = ASSET) -> dict[str, Any]:
    """The measurement; made by ``dl_core/offline/language_memory.py``."""
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return kept


@cache
def line(kind: Kind, view: View) -> Line:
    """One network's measured answers.

    Examples
    --------
    >>> line("attention", "taught").share(80) > line("plain", "taught").share(80)
    True
    """
    found = stored()
    rows = [row for row in found[view] if row["kind"] == kind]
    distances = measured_distances(view)
    if view == "taught":
        hits = tuple(tuple(row["right"] for row in rows if row["distance"] == each) for each in distances)
        reused: tuple[tuple[int, ...], ...] = ()
    else:
        hits = tuple(tuple(row["right"][str(each)] for row in rows) for each in distances)
        again = [row["reused"] for row in rows if "reused" in row]
        reused = tuple(tuple(one[str(each)] for one in again) for each in distances) if again else ()
    seconds = median(row["seconds"] for row in rows)
    return Line(kind, distances, hits, reused, found["numbers"][kind], seconds)


def story(settings: Settings) -> Recall:
    """The chosen networks, in the order in which we list them.

    Examples
    --------
    >>> [one.kind for one in story(Settings(networks=("attention", "plain"))).lines]
    ['plain', 'attention']
    """
    lines = tuple(line(kind, settings.view) for kind in KINDS if kind in settings.networks)
    found = stored()
    return Recall(settings, lines, found["n_starts"], found["settings"]["steps"] * found["settings"]["batch"])


def pairs(distance: int) -> int:
    """How many pairs of items attention compares in a sequence: each with each, itself too.

    Parameters
    ----------
    distance
        Items after the marked one.

    Examples
    --------
    >>> pairs(80)  # 81 items
    6561
    """
    return (distance + 1) ** 2


def _holds(lines: Sequence[Line]) -> str:
    """Which networks still remember at the farthest."""
    last = lines[0].distances[-1]
    names = [_SUBJECTS[one.kind] for one in lines if one.remembers_to == last]
    if not names:
        return ""
    subject = listed([names[0], *(name[0].lower() + name[1:] for name in names[1:])])
    return f"{subject} still {'remembers' if len(names) == 1 else 'remember'} at {last}, the farthest asked."


def _falls(one: Line) -> str:
    """Where a network slips or guesses, in one sentence; nothing where it remembers to the farthest."""
    name = _SUBJECTS[one.kind]
    if one.remembers_to == one.distances[-1]:
        return ""
    if one.guesses_from is not None:
        return f"{name} guesses from {one.guesses_from} on."
    if one.remembers_to is None:
        return f"{name} never gets there."
    return f"{name} slips after {one.remembers_to}."


def takeaway(told: Recall) -> str:
    """What each network tells at the reader's distance, and where it falls to guessing."""
    at = told.settings.distance
    rights = listed([f"{NAMES[one.kind]} {percent(one.share(at))}" for one in told.lines])
    if told.settings.view == "taught":
        after = f"After {so_many(at, 'more item')}, right answers in the middle"
        middle = f"{after} of {told.n_starts} trainings are: {rights}."
        return " ".join(filter(None, (middle, *map(_falls, told.lines), _holds(told.lines))))
    taught = f"Taught 1 to {TAUGHT_UP_TO} items, asked after {at}"
    said = f"{taught}, right answers in the middle training are: {rights}."
    return " ".join(filter(None, (said, *map(_worst, told.lines))))


def _worst(one: Line) -> str:
    """What the worst start of attention tells at the farthest, and with learned places."""
    low, high = one.ends(one.distances[-1])
    if one.kind != "attention" or low >= SURE:
        return ""
    again = min(one.reused[-1]) / N_HELD_OUT
    return (
        f"At {one.distances[-1]}, trainings of attention range from {percent(low)} to {percent(high)}: "
        f"it never learned places that far. Given learned ones again, the worst has {percent(again)}."
    )
