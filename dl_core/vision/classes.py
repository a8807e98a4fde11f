"""The list of things the network can name."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"
CLASSES_FILE = ASSETS / "vision" / "classes.tsv"


@dataclass(frozen=True)
class Thing:
    """One entry of the class list."""

    label: int  # 0 to 199, the network's output number
    wordnet_id: str  # WordNet's number for the idea, such as n01443537
    names: tuple[str, ...]  # the first is the one shown

    @property
    def name(self) -> str:
        """The name that is shown."""
        return self.names[0]


@cache
def classes() -> tuple[Thing, ...]:
    """All things the network can name, in the order of its outputs.

    Examples
    --------
    >>> len(classes()), classes()[0].name
    (200, 'goldfish')
    """
    with CLASSES_FILE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return tuple(Thing(int(row["label"]), row["wordnet_id"], tuple(row["names"].split(", "))) for row in rows)


def label_of(name: str) -> int:
    """The output number of a thing, by any of its names.

    Raises
    ------
    ValueError
        "... is not on the list of 200 things."

    Examples
    --------
    >>> label_of("goldfish"), label_of("tabby cat")
    (0, 30)
    """
    for thing in classes():
        if name.lower() in (known.lower() for known in thing.names):
            return thing.label
    raise ValueError(f"{name!r} is not on the list of {len(classes())} things.")


def find_classes(words: str) -> tuple[Thing, ...]:
    """Every thing one of whose names contains the words; all of them for an empty search.

    Examples
    --------
    >>> [thing.name for thing in find_classes("retriever")]
    ['golden retriever', 'Labrador retriever']
    """
    wanted = words.strip().lower()
    return tuple(thing for thing in classes() if any(wanted in name.lower() for name in thing.names))
