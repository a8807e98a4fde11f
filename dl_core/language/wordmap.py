"""A flat map of groups of words: what it keeps of all their numbers, and what it loses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of
from dl_core.language.embeddings import MOST_LETTERS, Embeddings, embeddings
from dl_core.language.text import in_short
from dl_core.numbers_in_words import listed, percent

# WordNet's drawers that can stand on the map
GROUPS = {
    "animals": 5, "food": 13, "people": 18, "body parts": 8, "plants": 20, "places": 15, "feelings": 12,
    "money": 21, "times": 28,
}  # fmt: skip
FEWEST, MOST = 2, 4
A_GROUP = 12  # words of each, the commonest
START = ("animals", "food", "body parts", "money")
PRESETS = {
    "Four kinds": START,
    "Shop and people": ("money", "people"),
    "Food and plants": ("food", "plants"),
}
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Settings:
    """Which groups, and one word of the reader's."""

    groups: tuple[str, ...] = START  # two to four of GROUPS, in their order
    word: str = "refund"  # its first word is set on the map; empty: none

    def __post_init__(self) -> None:
        if not FEWEST <= len(self.groups) <= MOST or len(set(self.groups)) < len(self.groups):
            raise ValueError(f"{len(self.groups)} groups: choose {FEWEST} to {MOST}, each once.")
        if strange := [name for name in self.groups if name not in GROUPS]:
            raise ValueError(f"“{strange[0]}” is no group here: choose from {', '.join(GROUPS)}.")
        if len(self.word) > MOST_LETTERS:
            raise ValueError(f"{len(self.word)} signs are too many for a word: give at most {MOST_LETTERS}.")


@dataclass(frozen=True)
class Placed:
    """A word on the map."""

    word: str
    group: str  # its own; empty: the reader's word
    x: float  # along the direction in which the words differ most
    y: float  # along the next
    nearest: str  # the group whose middle is nearest in all numbers, the word itself left out
    nearest_flat: str  # the same on the map


@dataclass(frozen=True)
class Wordmap:
    """The map, and how far it can be trusted."""

    settings: Settings
    placed: tuple[Placed, ...]  # group by group
    own: Placed | None  # the reader's word
    typed: str  # the reader's word as it was read; empty: none
    kept: float  # share of the words' differences (their variance) that the map keeps, 0 to 1
    known: Embeddings = field(repr=False)

    @property
    def at_home(self) -> Share:
        """How many words lie nearest to their own group, in all numbers."""
        return share_of(sum(one.nearest == one.group for one in self.placed), len(self.placed))

    @property
    def at_home_flat(self) -> Share:
        """The same on the map."""
        return share_of(sum(one.nearest_flat == one.group for one in self.placed), len(self.placed))


def _is_plural(word: str, known: Embeddings) -> bool:
    return word.endswith("s") and bool({word[:-1], word[:-2]} & known.place.keys())


@cache
def members(group: str) -> tuple[str, ...]:
    """The commonest words with one main meaning, which lies in this drawer; no plurals.

    Examples
    --------
    >>> len(members("animals")), len(set(members("food")) & set(members("plants")))
    (12, 0)
    """
    known, drawer = embeddings(), GROUPS[group]
    of_kind = (known.words[row] for row in np.flatnonzero((known.drawers[:, 0] == drawer) & known.clear))
    return tuple(word for word in of_kind if not _is_plural(word, known))[:A_GROUP]


def story(settings: Settings) -> Wordmap:
    """Lay the groups out flat along the two directions in which their words differ most (PCA).

    Examples
    --------
    >>> told = story(Settings(("animals", "feelings"), "refund"))
    >>> len(told.placed), told.own.word, 0 < told.kept < 1
    (24, 'refund', True)
    """
    known = embeddings()
    groups = [members(name) for name in settings.groups]
    vectors = known.of([word for group in groups for word in group]).astype(np.float64)
    centre = vectors.mean(axis=0)
    _, strengths, directions = np.linalg.svd(vectors - centre, full_matrices=False)
    axes = directions[:2] * np.sign(directions[:2].sum(axis=1, keepdims=True))  # the same way up everywhere
    flat = (vectors - centre) @ axes.T
    middles = _nearest(vectors, groups), _nearest(flat, groups)
    names = [name for name, group in zip(settings.groups, groups, strict=True) for _ in group]
    words = [word for group in groups for word in group]
    placed = tuple(
        Placed(
            words[i],
            names[i],
            _short(flat[i, 0]),
            _short(flat[i, 1]),
            *(settings.groups[found[i]] for found in middles),
        )
        for i in range(len(words))
    )
    typed, base = known.look_up(settings.word)
    own = None
    if base:
        vector = known.of((base,)).astype(np.float64)[0]
        spot = (vector - centre) @ axes.T
        at = [
            settings.groups[_to_middles(point, of, groups)] for point, of in ((vector, vectors), (spot, flat))
        ]
        own = Placed(base, "", _short(spot[0]), _short(spot[1]), *at)
    kept = float((strengths[:2] ** 2).sum() / (strengths**2).sum())
    return Wordmap(settings, placed, own, typed, round(kept, 4), known)


def _short(value: float) -> float:
    return round(float(value), 4)


def _nearest(points: Floats, groups: list[tuple[str, ...]]) -> list[int]:
    """For each word the group whose middle is nearest; its own group's middle is taken without it."""
    of_group = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    found = []
    for i, point in enumerate(points):
        others = np.arange(len(points)) != i
        middles = [points[(of_group == group) & others].mean(axis=0) for group in range(len(groups))]
        found.append(int(np.argmin([np.linalg.norm(point - one) for one in middles])))
    return found


def _to_middles(point: Floats, points: Floats, groups: list[tuple[str, ...]]) -> int:
    ends = np.cumsum([len(group) for group in groups])[:-1]
    middles = [part.mean(axis=0) for part in np.split(points, ends)]
    return int(np.argmin([np.linalg.norm(point - one) for one in middles]))


def takeaway(told: Wordmap) -> str:
    """What the map keeps, how many words it sets among strangers, and where the reader's word lies."""
    whole, flat = told.at_home, told.at_home_flat
    return (
        f"In all {told.known.size} numbers, {whole.hits} of {whole.n} words lie nearest to their own kind; "
        f"on this flat map, {flat.hits}. It keeps {percent(told.kept)} of their differences. {_own(told)}"
    ).strip()


def _own(told: Wordmap) -> str:
    if told.own is None:
        return f"“{in_short(told.typed)}” is unknown, so it has no place." if told.typed else ""
    one = told.own
    if one.nearest == one.nearest_flat:
        return f"“{one.word}” lies nearest to {one.nearest}, out of {listed(told.settings.groups)}."
    return f"“{one.word}” seems near {one.nearest_flat} here, but is nearest to {one.nearest} in all numbers."
