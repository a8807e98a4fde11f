"""One attention layer of four heads, trained here to guess a hidden word: every number of it, in NumPy.

Trained by ``dl_core/offline/language_head.py``. Each word of a text is hidden in its turn: the gap at place
``i`` looks at every other word and at its own place. So one pass weighs n · n pairs in each head.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "language"
WEIGHTS, CARD = FOLDER / "head.npz", FOLDER / "head.json"
GAP, UNKNOWN, N_SPECIAL = 0, 1, 2  # rows of the vocabulary that are no words
HEADS, SIZE = 4, 8  # heads side by side, and numbers in each head's query, key and value
LONGEST = 24  # words that the network has places for
NORM_FLOOR = 1e-6  # added to a mean square, so that nothing is divided by zero
NAMES = ("places", "query", "key", "value", "out", "up", "up_bias", "down", "bias")

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Looks:
    """What every gap of a text looks at. The first axis is the head, the second the gap's place."""

    query: Floats  # (heads, n, size): what each gap asks for
    key: Floats  # (heads, n, size): what each visible word offers
    own_key: Floats  # (heads, n, size): what a gap offers itself
    value: Floats  # (heads, n, size): what each visible word hands over
    own_value: Floats  # (heads, n, size): what a gap hands over to itself
    products: Floats  # (heads, n, n): sums of query times key, a gap's own on the diagonal
    scaled: Floats  # (heads, n, n): products divided by the root of the size
    weights: Floats  # (heads, n, n): softmax of each row, so a row adds up to 1
    mix: Floats  # (heads, n, size): values added up by their weights


@dataclass(frozen=True, eq=False)
class Head:
    """The weights, and the words they are about."""

    words: tuple[str, ...]  # the gap and "unknown" first, then from the commonest word on
    vectors: Floats  # (words, width): a word's numbers, in and out
    places: Floats  # (LONGEST, width): added to tell where a word stands
    query: Floats  # (width, heads · size)
    key: Floats  # (width, heads · size)
    value: Floats  # (width, heads · size)
    out: Floats  # (heads · size, width)
    up: Floats  # (width, hidden)
    up_bias: Floats  # (hidden,)
    down: Floats  # (hidden, width)
    bias: Floats  # (words,): added to each word's score as an answer

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Word → its row."""
        return {word: row for row, word in enumerate(self.words) if row >= N_SPECIAL}

    def rows(self, words: Sequence[str]) -> Whole:
        """The row of each word, `UNKNOWN` for a word that was never learned."""
        return np.array([self.numbers.get(word, UNKNOWN) for word in words], dtype=np.int64)

    def looks(self, rows: Whole, covered: int | None = None) -> Looks:
        """What each gap looks at.

        Parameters
        ----------
        rows
            (n,), the words' rows, 1 to `LONGEST` of them.
        covered
            Place of a word that no gap may look at; None: all are seen.

        Raises
        ------
        ValueError
            If there is no word, or more words than places.
        """
        n = len(rows)
        if not 1 <= n <= LONGEST:
            raise ValueError(f"{n} words do not fit: give 1 to {LONGEST}.")
        seen = self.vectors[rows] + self.places[:n]
        gaps = self.vectors[GAP] + self.places[:n]
        query, key, own_key, value, own_value = (
            _in_heads(what @ by)
            for what, by in (
                (gaps, self.query), (seen, self.key), (gaps, self.key),
                (seen, self.value), (gaps, self.value),
            )
        )  # fmt: skip
        here = np.eye(n, dtype=bool)
        products = np.where(here, (query * own_key).sum(-1)[:, :, None], query @ key.transpose(0, 2, 1))
        scaled = products / math.sqrt(SIZE)
        allowed = scaled
        if covered is not None:
            hidden = np.zeros((n, n), dtype=bool)
            hidden[:, covered] = True
            allowed = np.where(hidden & ~here, -np.inf, scaled)
        weights = softmax(allowed)
        others = np.where(here, 0.0, weights)
        mix = others @ value + np.diagonal(weights, axis1=1, axis2=2)[:, :, None] * own_value
        return Looks(query, key, own_key, value, own_value, products, scaled, weights, mix)

    def answers(self, looks: Looks, place: int) -> Floats:
        """(words,): the probability of each word in one gap; the two rows that are no words get 0.

        Parameters
        ----------
        looks
            Of the whole text.
        place
            Of the gap, 0 is the first word.
        """
        inside = self.vectors[GAP] + self.places[place] + looks.mix[:, place].ravel() @ self.out
        inside = inside + np.maximum(levelled(inside) @ self.up + self.up_bias, 0.0) @ self.down
        scores = self.vectors @ levelled(inside) + self.bias
        scores[:N_SPECIAL] = -np.inf
        return softmax(scores)


def softmax(scores: Floats) -> Floats:
    """Scores as shares that add up to 1 along the last axis.

    >>> [round(float(share), 3) for share in softmax(np.array([0.0, math.log(3)]))]
    [0.25, 0.75]
    """
    grown = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return grown / grown.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]


def levelled(values: Floats) -> Floats:
    """Each row scaled so that its mean square is 1.

    >>> levelled(np.array([[3.0, -3.0]])).round(3).tolist()
    [[1.0, -1.0]]
    """
    return values / np.sqrt((values**2).mean(axis=-1, keepdims=True) + NORM_FLOOR)  # type: ignore[no-any-return]


def _in_heads(values: Floats) -> Floats:
    """(n, heads · size) → (heads, n, size)."""
    return values.reshape(len(values), HEADS, SIZE).transpose(1, 0, 2)


@cache
def shipped_head(file: Path = WEIGHTS) -> Head:
    """The trained network; word vectors are kept as whole numbers from −127 to 127 and a scale for each word.

    Parameters
    ----------
    file
        Made by ``dl_core/offline/language_head.py``.

    Examples
    --------
    >>> head = shipped_head()
    >>> head.vectors.shape == (len(head.words), head.places.shape[1])
    True
    """
    with np.load(file, allow_pickle=False) as kept:
        return head_of(dict(kept))


def head_of(arrays: Mapping[str, NDArray[Any]]) -> Head:
    """The network from the arrays of its file.

    Parameters
    ----------
    arrays
        As ``exported`` in ``dl_core/offline/language_head.py`` makes them: ``vectors`` (words, width) whole
        numbers, ``scale`` (words,), and the others by their names.
    """
    words = tuple(bytes(arrays["words"]).decode().split("\n"))
    vectors = arrays["vectors"].astype(np.float64) * arrays["scale"].astype(np.float64)[:, None]
    others = {name: arrays[name].astype(np.float64) for name in NAMES}
    for array in (vectors, *others.values()):
        array.flags.writeable = False  # shared by all viewers
    return Head(words, vectors, **others)


@cache
def card(file: Path = CARD) -> dict[str, Any]:
    """How it was trained and how well it guesses, as measured."""
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return kept
