"""Words as lists of numbers, trained on a dictionary: which words keep like company.

Made once by ``dl_core/offline/language_embeddings.py``. Here they are only looked up and compared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import Share, share_of
from dl_core.language.text import words_of

ASSETS = Path(__file__).parents[2] / "assets" / "language"
NUMBERS, CARD = ASSETS / "embeddings.npz", ASSETS / "embeddings.json"
MOST_LETTERS = 30  # of a word that a reader may type
NO_DRAWER = 255
Floats = NDArray[np.float32]

# WordNet's drawers by number (its lexicographer files), in plain words
DRAWERS = {
    3: "class of things", 4: "deed", 5: "animal", 6: "made thing", 7: "trait", 8: "body part", 9: "thought",
    10: "message", 11: "event", 12: "feeling", 13: "food", 14: "group", 15: "place", 16: "motive",
    17: "natural thing", 18: "person", 19: "force of nature", 20: "plant", 21: "money and goods",
    22: "process", 23: "amount", 24: "relation", 25: "shape", 26: "state", 27: "substance", 28: "time",
}  # fmt: skip
_OTHER_KINDS = ((2, "describing word"), (28, "thing"), (43, "verb"), (44, "describing word"))

# (ending, what stands there in the base form); the first that leads to a known word counts
_ENDINGS = (
    ("'s", ""), ("’s", ""), ("ies", "y"), ("ves", "fe"), ("ves", "f"), ("men", "man"), ("ses", "s"),
    ("s", ""), ("es", ""),
    ("ied", "y"), ("d", ""), ("ed", ""), ("ing", "e"), ("ing", ""), ("er", ""), ("er", "e"), ("est", ""),
    ("est", "e"), ("ly", ""), ("our", "or"), ("ours", "or"), ("ise", "ize"), ("ised", "ize"),
    ("ising", "ize"), ("tre", "ter"), ("isation", "ization"),
)  # fmt: skip
_DOUBLED = ("ing", "ed")


@dataclass(frozen=True, eq=False)
class Embeddings:
    """A vector of length 1 for each word, and what was measured of them."""

    words: tuple[str, ...]  # commonest first
    vectors: Floats  # (n, size), each row of length 1; nobody writes in it
    drawers: NDArray[np.uint8]  # (n, 3): WordNet's drawers of each word, the commonest first; 255: no more
    clear: NDArray[np.bool_]  # (n,): whether one meaning has more than 60 % of a word's uses
    opposites: NDArray[np.uint16]  # (pairs, 2) rows of words that WordNet calls opposites
    card: dict[str, Any]  # how they were made and what they can do

    @cached_property
    def place(self) -> dict[str, int]:
        """Word → row."""
        return {word: row for row, word in enumerate(self.words)}

    @property
    def size(self) -> int:
        """Numbers for each word."""
        return int(self.vectors.shape[1])

    def of(self, words: Iterable[str]) -> Floats:
        """The vectors of known words, (words, size)."""
        return self.vectors[[self.place[word] for word in words]]

    def look_up(self, text: str) -> tuple[str, str]:
        """The first word of a text, and the known word that it stands for; each empty where there is none."""
        typed = next(iter(words_of(text, 1)), "")
        return typed, base_of(typed, self.place) or ""

    def drawer(self, word: str) -> int:
        """The drawer of a known word's commonest meaning, 0 to 44."""
        return int(self.drawers[self.place[word], 0])

    def kind(self, word: str) -> str:
        """The same in plain words, as in “animal”."""
        return kind_name(self.drawer(word))

    def opposites_of(self, word: str) -> frozenset[str]:
        """Words that WordNet calls opposites of a known word in one of its meanings."""
        row = self.place[word]
        left, right = self.opposites[:, 0], self.opposites[:, 1]
        return frozenset(self.words[i] for i in (*right[left == row], *left[right == row]))

    def nearest(
        self, vector: Floats, n: int, leave_out: Callable[[str], bool]
    ) -> tuple[tuple[str, float], ...]:
        """The words whose vectors point most nearly the same way, the nearest first.

        Parameters
        ----------
        vector
            (size,), of length 1.
        n
            How many, 1 or more.
        leave_out
            Word → whether it is none of those.
        """
        likeness = self.vectors @ vector
        found = []
        for row in np.argsort(-likeness, kind="stable"):
            if not leave_out(self.words[row]):
                found.append((self.words[row], round(float(likeness[row]), 4)))
                if len(found) == n:
                    break
        return tuple(found)


def kind_name(drawer: int) -> str:
    """A drawer's number, 0 to 44, in plain words.

    >>> kind_name(5), kind_name(38), kind_name(0)
    ('animal', 'verb', 'describing word')
    """
    if drawer in DRAWERS:
        return DRAWERS[drawer]
    return next(name for last, name in _OTHER_KINDS if drawer <= last)


@cache
def embeddings(numbers: Path = NUMBERS, card: Path = CARD) -> Embeddings:
    """The shipped vectors, read once.

    Examples
    --------
    >>> known = embeddings()
    >>> "refund" in known.place, known.kind("squirrel")
    (True, 'animal')
    """
    with np.load(numbers, allow_pickle=False) as kept:
        words = tuple(kept["words"].tobytes().decode("utf-8").split("\n"))
        vectors = kept["vectors"].astype(np.float32)  # one scale a word: it falls out, as length is made 1
        drawers, clear, opposites = kept["drawers"], kept["clear"], kept["opposites"]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors.flags.writeable = False
    return Embeddings(words, vectors, drawers, clear, opposites, json.loads(card.read_text(encoding="utf-8")))


def base_of(word: str, known: Container[str]) -> str | None:
    """The word itself or its base form, whichever is known; None: neither.

    Examples
    --------
    >>> words = {"refund", "ship", "battery", "colour", "shoe", "late"}
    >>> [base_of(word, words) for word in ("refunds", "shipped", "batteries", "shoe's", "later", "zebra")]
    ['refund', 'ship', 'battery', 'shoe', 'late', None]
    """
    if word in known:
        return word
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) + len(instead) > 2:
            if stem + instead in known:
                return stem + instead
            if ending in _DOUBLED and stem[-1] == stem[-2:-1] and stem[:-1] in known:
                return stem[:-1]
    return None


def is_form_of(one: str, other: str) -> bool:
    """Whether two words are forms of each other: one more ending, or another ending on the same stem.

    >>> is_form_of("nurse", "nursing"), is_form_of("bank", "banker"), is_form_of("car", "cargo")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    stems: list[tuple[str, tuple[str, ...]]] = [(short, ("", "s", "es", "ed", "er", "ing", "y", "ly"))]
    if short[-1:] in ("e", "y"):
        stems = [
            (short, ("", "s", "d", "r", "ly", "ing", "ed")),
            (short[:-1], ("ing", "y", "ies", "ied", "ier")),
        ]
    stems.append((short + short[-1:], ("ing", "ed", "er", "y")))
    return len(short) > 2 and any(long == stem + end for stem, ends in stems for end in ends)


def likeness(words: Sequence[str], known: Embeddings) -> NDArray[np.float64]:
    """Cosines of each known word with each, (words, words); 1 on the diagonal.

    Examples
    --------
    >>> table = likeness(("doctor", "nurse", "banana"), embeddings())
    >>> table.shape, bool(table[0, 1] > table[0, 2])
    ((3, 3), True)
    """
    vectors = known.of(words).astype(np.float64)
    table: NDArray[np.float64] = vectors @ vectors.T
    return table


def odd_score(known: Embeddings) -> Share:
    """Of the seeded sets of four words that no choice had seen: in how many the odd one was found."""
    measured = known.card["odd"]
    return share_of(measured["right"], measured["sets"])


def same_kind_score(known: Embeddings) -> Share:
    """Of the ten nearest of each plain noun: how many lie in its own WordNet drawer."""
    measured = known.card["same_drawer"]
    return share_of(measured["right"], measured["neighbours"])
