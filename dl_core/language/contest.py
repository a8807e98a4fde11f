"""Count, embed or attend: three ways trained on the same labelled texts, and what each costs in a year.

Measured by ``dl_core/offline/language_contest.py``: the text is a dictionary definition, the answer the
drawer it lies in. A second, made-up task is one where only the order of words tells the answer.
"""

from __future__ import annotations

import json
import math
import statistics
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dl_core.intervals import share_of
from dl_core.running_case import CASES

ASSET = Path(__file__).resolve().parents[2] / "assets" / "language" / "contest.json"
WayKey = Literal["count", "embed", "attend", "blind"]
Task = Literal["drawers", "order"]
Verdict = Literal["better", "worse", "tie"]

SIZES = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 40_000)  # labelled texts
ORDER_SIZES = SIZES[:7]
WAYS: tuple[WayKey, ...] = ("count", "embed", "attend")
ORDER_WAYS: tuple[WayKey, ...] = (*WAYS, "blind")
PAIRS: tuple[tuple[WayKey, WayKey], ...] = (("count", "embed"), ("count", "attend"), ("embed", "attend"))
TASKS: tuple[Task, ...] = ("drawers", "order")
DOUBT = 0.05  # a lead that chance alone makes more often than this is a tie
T_95 = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776}  # draws → Student’s t that leaves 2.5 % on each side
VECTOR = 200  # numbers in a word's vector, for embedding
WIDTH, LAYERS = 64, 2  # of the Transformer, for attending
BYTES, DAYS = 4, 365  # of one number kept in single precision; days in a year
DEAREST, MOST_A_DAY = 1e6, 100_000_000


@dataclass(frozen=True)
class Drawer:
    """One of WordNet's drawers."""

    number: str  # of the lexicographer's file
    name: str  # ours, for a reader


DRAWERS = (
    Drawer("05", "animal"), Drawer("20", "plant"), Drawer("13", "food"), Drawer("08", "body"),
    Drawer("18", "person"), Drawer("06", "thing"), Drawer("15", "place"), Drawer("26", "state or illness"),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """How many labels, and what they and the mistakes cost.

    Raises
    ------
    ValueError
        If this was not measured, or a price cannot be.
    """

    n: int = 2000  # labelled texts, one of SIZES
    label: float = 0.5  # money for one label, 0 to DEAREST
    wrong: float = CASES[0].alarm_costs  # money for one text that goes to the wrong drawer, 0 to DEAREST
    per_day: int = CASES[0].per_day  # texts a day, 1 to MOST_A_DAY
    task: Task = "drawers"  # one of TASKS

    def __post_init__(self) -> None:
        if self.n not in SIZES:
            raise ValueError(f"{self.n} labels were not measured: choose one of {SIZES}.")
        if self.task not in TASKS:
            raise ValueError(f"There is no task {self.task!r}: choose one of {TASKS}.")
        for name, price in (("A label", self.label), ("A wrong answer", self.wrong)):
            if not 0 <= price <= DEAREST:
                raise ValueError(f"{name} cannot cost {price}: give 0 to {DEAREST:,.0f}.")
        if not 1 <= self.per_day <= MOST_A_DAY:
            raise ValueError(f"{self.per_day} texts a day cannot be: give 1 to {MOST_A_DAY:,}.")


PRESETS = {"A week: 500": 500, "A month: 2,000": 2000, "A year: 20,000": 20_000}  # at LABELS_A_DAY
LABELS_A_DAY = 100  # assumed of one person, on 5, 20 or 200 days of work


@dataclass(frozen=True)
class Point:
    """One way, trained on one number of labels."""

    way: WayKey
    n: int  # labelled texts: four of five learned from, the fifth for choosing
    right: tuple[int, ...]  # held-out texts answered rightly, one number for each draw of labelled texts
    n_held_out: int
    seconds: float = 0.0  # of processor time to train, mean of the draws
    n_numbers: int = 0  # that must be kept

    @property
    def share(self) -> float:
        """Right answers, 0 to 1, mean of the draws."""
        return sum(self.right) / len(self.right) / self.n_held_out

    @property
    def range(self) -> tuple[float, float]:
        """The 95 % range of `share`: for other texts asked, and for other texts labelled.

        Wilson's range covers the held-out texts. With several draws, Student's range of their mean covers the
        labelled ones. Their halves add up as squares do.

        >>> low, high = Point("count", 50, (80, 80, 80), 100).range
        >>> round(low, 3), round(high, 3)  # draws agree: Wilson's range alone
        (0.711, 0.867)
        """
        asked = share_of(round(self.share * self.n_held_out), self.n_held_out)
        drawn = 0.0
        if len(self.right) > 1:
            spread = statistics.stdev(self.right) / self.n_held_out
            drawn = T_95[len(self.right)] * spread / math.sqrt(len(self.right))
        low = self.share - math.hypot(asked.value - asked.low, drawn)
        high = self.share + math.hypot(asked.high - asked.value, drawn)
        return max(0.0, low), min(1.0, high)

    @property
    def n_bytes(self) -> int:
        """What must be kept, in bytes."""
        return BYTES * self.n_numbers


@dataclass(frozen=True)
class Measured:
    """Everything that was measured, for both tasks."""

    points: tuple[Point, ...]
    order: tuple[Point, ...]
    p_of: tuple[tuple[WayKey, WayKey, int, float], ...]  # one way, another, labels, how often chance does it
    words: float  # in a text, mean
    guess: float  # right answers of always naming the fullest drawer, 0 to 1
    microseconds: tuple[tuple[WayKey, float], ...]  # of processor time for one answer, after most labels
    shuffled: tuple[
        tuple[WayKey, float, float], ...
    ]  # right on held-out texts, and with their words shuffled
    vectors: float  # seconds of processor time to learn the word vectors, once
    twins: tuple[str, str]  # two sentences of the same words
    examples: tuple[str, ...]  # a held-out text of each drawer
    made: str  # the date

    def at(self, way: WayKey, n: int, task: Task = "drawers") -> Point:
        """One way at one number of labels, ``n``; of the made-up task at most its largest."""
        if task == "order":
            n = min(n, ORDER_SIZES[-1])
        return next(
            each
            for each in (self.points if task == "drawers" else self.order)
            if (each.way, each.n) == (way, n)
        )

    def verdict(self, one: WayKey, other: WayKey, n: int) -> Verdict:
        """Whether one way is better than another with ``n`` labels.

        A lead counts where it holds in every draw, and where a paired test on the same held-out texts says
        that chance makes it less often than `DOUBT`.
        """
        pair = (one, other) if (one, other) in PAIRS else (other, one)
        p = next(p for first, second, size, p in self.p_of if (first, second, size) == (*pair, n))
        leads = [a - b for a, b in zip(self.at(one, n).right, self.at(other, n).right, strict=True)]
        if p >= DOUBT or not (min(leads) > 0 or max(leads) < 0):
            return "tie"
        return "better" if leads[0] > 0 else "worse"

    def from_then_on(self, one: WayKey, other: WayKey) -> int | None:
        """The fewest labels from which on one way is better than another at each size; None: nowhere."""
        found = None
        for n in reversed(SIZES):
            if self.verdict(one, other, n) != "better":
                break
            found = n
        return found

    def leaders(self, n: int) -> tuple[WayKey, ...]:
        """The way with most right answers with ``n`` labels, and those that tie with it."""
        best = max(WAYS, key=lambda way: self.at(way, n).share)
        tied = (way for way in WAYS if way != best and self.verdict(best, way, n) == "tie")
        return best, *tied


@dataclass(frozen=True)
class Bill:
    """A way's costs in the first year."""

    way: WayKey
    n: int  # labels
    labels: float  # money, once
    mistakes: float  # money a year
    low: float  # the least and the most that mistakes plausibly cost, money a year
    high: float

    @property
    def total(self) -> float:
        """Labels and one year of mistakes."""
        return self.labels + self.mistakes


@dataclass(frozen=True)
class Contest:
    """The contest at the reader's labels and prices."""

    settings: Settings
    measured: Measured

    @property
    def n(self) -> int:
        """Labels of the picture: the made-up task was measured up to a smaller number."""
        return min(self.settings.n, ORDER_SIZES[-1]) if self.settings.task == "order" else self.settings.n

    @property
    def points(self) -> tuple[Point, ...]:
        """Of the task that is looked at."""
        return self.measured.points if self.settings.task == "drawers" else self.measured.order

    def at(self, way: WayKey) -> Point:
        """A way at the reader's number of labels."""
        return self.measured.at(way, self.n, self.settings.task)

    def bill(self, way: WayKey, n: int | None = None) -> Bill:
        """What a way costs with ``n`` labels, those of the settings if none are given."""
        settings, n = self.settings, n or self.settings.n
        point = self.measured.at(way, n)
        low, high = point.range
        a_year = settings.per_day * DAYS * settings.wrong
        return Bill(
            way, n, n * settings.label, a_year * (1 - point.share), a_year * (1 - high), a_year * (1 - low)
        )

    @property
    def leaders(self) -> tuple[WayKey, ...]:
        """Who costs least with these labels: the way with the fewest mistakes, and those that tie with it."""
        return self.measured.leaders(self.settings.n)

    @property
    def cheapest(self) -> Bill:
        """The lowest sum of all ways and all measured numbers of labels."""
        return min((self.bill(way, n) for n in SIZES for way in WAYS), key=lambda bill: bill.total)


@cache
def load(file: Path = ASSET) -> Measured:
    """What was measured.

    Parameters
    ----------
    file
        Made by ``dl_core/offline/language_contest.py``.

    Examples
    --------
    >>> load().at("attend", 5000, "order").share > 0.99
    True
    """
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    held, points, p_of = kept["n_held_out"], [], []
    for row in kept["rows"]:
        for way, each in row["ways"].items():
            seconds, right = statistics.fmean(each["seconds"]), tuple(each["right"])
            numbers = round(statistics.fmean(each["numbers"]))
            points.append(Point(way, row["n"], right, held, seconds, numbers))
        for pair, each in row["pairs"].items():
            one, other = pair.split("-")
            p_of.append((one, other, row["n"], each["p"]))
    told = kept["order"]
    order = [
        Point(way, row["n"], (right,), told["n_held_out"])
        for row in told["rows"]
        for way, right in row["right"].items()
    ]
    return Measured(
        tuple(points), tuple(order), tuple(p_of), kept["words"], max(kept["held_out"]) / held,
        tuple(kept["answers"].items()),
        tuple((way, plain / held, mixed / held) for way, (plain, mixed) in kept["shuffled"].items()),
        kept["vectors"]["seconds"],
        tuple(told["twins"]), tuple(kept["examples"]), kept["date"],
    )  # fmt: skip


def story(settings: Settings) -> Contest:
    """The contest at these labels and prices.

    Examples
    --------
    >>> told = story(Settings(label=1.0))
    >>> told.bill("count").labels
    2000.0
    """
    return Contest(settings, load())


def multiplications(way: WayKey, words: float, n_classes: int = len(DRAWERS)) -> float:
    """Multiplications for one answer; looking a word up is none.

    Parameters
    ----------
    way
        Its key.
    words
        In the text, 0 or more.
    n_classes
        Drawers to choose from.

    Examples
    --------
    >>> multiplications("count", 12), multiplications("embed", 12)  # 12·8; 200 + 200·8
    (96, 1800)
    >>> multiplications("attend", 12)  # 2·(12·8·64² + 2·12²·64) + 64 + 64·8
    823872
    """
    if way == "count":
        return words * n_classes
    if way == "embed":
        return VECTOR + VECTOR * n_classes
    # each word: query, key, value, way out, and a hidden part of twice the width; each pair: score and mix
    inside = LAYERS * (8 * words * WIDTH**2 + 2 * words**2 * WIDTH)
    return inside + WIDTH + WIDTH * n_classes
