"""Simple models on 60,000 real photos: our own measurements beside the published ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dl_core.cost_of_use import wrong_per_day
from dl_core.intervals import Share, share_of
from dl_core.numbers_in_words import percent, two_figures
from dl_core.running_case import CASES

ASSET = Path(__file__).parent.parent / "assets" / "cifar10.json"


@dataclass(frozen=True)
class Measured:
    """One model on all 10,000 test photos, measured by us."""

    name: str
    score: Share
    train_seconds: float  # processor seconds on one thread
    answer_ms: float  # processor milliseconds for one answer
    bytes: int  # what must be kept
    operations: int  # subtractions or multiplications for one answer
    settings: str


@dataclass(frozen=True)
class Published:
    """A figure someone else reported."""

    name: str
    accuracy: float  # 0 to 1
    source: str


@dataclass(frozen=True)
class Cifar10Table:
    """Our run and the published figures."""

    measured: tuple[Measured, ...]
    published: tuple[Published, ...]
    command: str
    date: str
    seed: int  # decides the validation pile and every random draw

    def model(self, name: str) -> Measured:
        """Our row of this name."""
        return next(row for row in self.measured if row.name == name)

    def reported(self, name: str) -> Published | None:
        """The published figure of this name, if there is one."""
        return next((row for row in self.published if row.name == name), None)


def load_table(file: Path = ASSET) -> Cifar10Table:
    """The committed table, made by ``python -m dl_core.offline.cifar10``.

    Parameters
    ----------
    file
        Where the table lies.

    Examples
    --------
    >>> load_table().reported("one neighbour, L1").accuracy
    0.386

    Source: A. Krizhevsky, "Learning multiple layers of features from tiny images" (2009); published
    figures: CS231n course notes; A. Karpathy (2011); A. Dosovitskiy et al. (2021).
    """
    stored = json.loads(file.read_text(encoding="utf-8"))
    rows = tuple(
        Measured(
            row["name"],
            share_of(row["hits"], row["n"]),
            row["train_seconds"],
            row["answer_ms"],
            row["bytes"],
            row["operations"],
            row["settings"],
        )
        for row in stored["rows"]
    )
    published = tuple(Published(row["name"], row["accuracy"], row["source"]) for row in stored["published"])
    return Cifar10Table(rows, published, stored["command"], stored["date"], stored["seed"])


def shipped_table(_: None = None) -> Cifar10Table:
    """The committed table, for a scene that no setting moves.

    Examples
    --------
    >>> shipped_table() == load_table()
    True
    """
    return load_table()


def table_sentence(table: Cifar10Table) -> str:
    """What the table says, in three short sentences.

    Examples
    --------
    >>> "small network" in table_sentence(load_table())
    True
    """
    knn, softmax, network = (table.model(name) for name in ("one neighbour, L1", "softmax", "small CNN"))
    lighter = two_figures(knn.bytes / softmax.bytes)
    return (
        f"On photos, one neighbour is right {percent(knn.score.value)} of the time, "
        f"softmax {percent(softmax.score.value)}. "
        f"Softmax keeps {lighter} times less. "
        f"A small network reaches {percent(network.score.value)}: pixels alone were the limit."
    )


def product_sentence(table: Cifar10Table, requests_per_day: float = CASES[0].per_day) -> str:
    """What the accuracies mean at so many photos a day.

    Parameters
    ----------
    table
        From `load_table`.
    requests_per_day
        Photos a day, above 0.

    Examples
    --------
    >>> "wrong" in product_sentence(load_table())
    True
    """
    knn, network = table.model("one neighbour, L1"), table.model("small CNN")
    person = table.reported("a person")
    told = (
        f"At {requests_per_day:,.0f} photos a day kNN gets {_wrong(requests_per_day, knn.score.value)} wrong"
    )
    told += f" and the small network {_wrong(requests_per_day, network.score.value)}"
    return f"{told}; a person about {_wrong(requests_per_day, person.accuracy)}." if person else f"{told}."


def _wrong(requests_per_day: float, accuracy: float) -> str:
    return two_figures(wrong_per_day(requests_per_day, accuracy))
