"""Two ways to train word vectors, and the tests that choose between them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.language.embeddings import DRAWERS
from dl_core.offline.language_wordnet import Text, WordNet

HEAD_COUNTS = 3.0  # how often an entry's own word counts beside the words of its text
SMOOTHING, ROOT = 0.75, 0.5  # of the chance of company; of the strengths of directions
NEAREST = 10
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Who was seen beside whom, and how often it counts: (pairs,) each."""

    left: Ints
    right: Ints
    count: Floats

    def __add__(self, other: Pairs) -> Pairs:
        return Pairs(*(np.concatenate(two) for two in zip(*map(_parts, (self, other)), strict=True)))


def _parts(pairs: Pairs) -> tuple[NDArray[Any], ...]:
    return pairs.left, pairs.right, pairs.count


def pairs_of(
    texts: Sequence[Text], row: dict[str, int], window: int, head_count: float = HEAD_COUNTS
) -> Pairs:
    """Neighbours within ``window`` words, and each entry's own words with all words of its text.

    Examples
    --------
    >>> found = pairs_of([Text(("bark",), ("sound", "dog"))], {"bark": 0, "sound": 1, "dog": 2}, window=1)
    >>> sorted(zip(found.left.tolist(), found.right.tolist(), found.count.tolist()))
    [(0, 1, 3.0), (0, 2, 3.0), (2, 1, 1.0)]
    """
    left, right, count = [], [], []
    for text in texts:
        body = [row.get(word, -1) for word in text.body]
        for i, one in enumerate(body):
            for other in body[max(0, i - window) : i]:
                if one >= 0 <= other != one:
                    left.append(one)
                    right.append(other)
                    count.append(1.0)
        heads = [row[word] for word in text.heads if word in row]
        for i, head in enumerate(heads):
            for other in dict.fromkeys(body + heads[:i]):
                if other >= 0 and other != head:
                    left.append(head)
                    right.append(other)
                    count.append(head_count)
    return Pairs(np.array(left, np.int64), np.array(right, np.int64), np.array(count))


def surprise(together: Any) -> Any:
    """How much more often than by chance words stand together, as a logarithm; what is no more often is 0.

    Source: O. Levy, Y. Goldberg, I. Dagan, "Improving distributional similarity with lessons learned from
    word embeddings", TACL 3 (2015): positive PMI, with the company's chances smoothed.

    Parameters
    ----------
    together
        Sparse, (words, company): how often each pair was counted.
    """
    from scipy.sparse import csr_matrix

    pairs = together.tocoo()
    of_word = np.asarray(pairs.sum(axis=1)).ravel()
    chance = np.asarray(pairs.sum(axis=0)).ravel() ** SMOOTHING  # softens how loud seldom neighbours are
    chance /= chance.sum()
    more = np.log(pairs.data / (of_word[pairs.row] * chance[pairs.col]))
    kept = more > 0
    return csr_matrix((more[kept], (pairs.row[kept], pairs.col[kept])), shape=pairs.shape)


def counted_company(pairs: Pairs, n_words: int, n_company: int, size: int, seed: int = 0) -> Floats:
    """Vectors (n_words, size) by counting; the first ``n_company`` rows of all words are the company."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.linalg import svds

    n = max(n_words, n_company, int(max(pairs.left.max(), pairs.right.max())) + 1)
    once = coo_matrix((pairs.count, (pairs.left, pairs.right)), shape=(n, n)).tocsr()
    both = (once + once.T)[:, :n_company].tocoo()
    table = surprise(both)[:n_words]
    start = np.random.default_rng(seed).standard_normal(min(table.shape))
    directions, strengths, _ = svds(table, k=size, v0=start)
    order = np.argsort(-strengths)
    found: Floats = directions[:, order] * strengths[order] ** ROOT
    return found


def skip_gram(
    pairs: Pairs, n: int, size: int, epochs: int = 3, negatives: int = 5, rate: float = 0.05, seed: int = 0
) -> Floats:
    """Vectors (n, size) by word2vec's skip-gram: tell true neighbours from words drawn at random."""
    import numba

    left, right = np.concatenate([pairs.left, pairs.right]), np.concatenate([pairs.right, pairs.left])
    seen = np.bincount(right, minlength=n) ** SMOOTHING
    draw = np.random.default_rng(seed)
    drawn = draw.choice(n, 1_000_000, p=seen / seen.sum())
    walk: Any = numba.njit()(_skip_gram)
    found: Floats = walk(left, right, drawn, n, size, epochs, negatives, rate, draw)
    return found


def _skip_gram(
    left: Ints,
    right: Ints,
    drawn: Ints,
    n: int,
    size: int,
    epochs: int,
    negatives: int,
    rate: float,
    draw: np.random.Generator,
) -> Floats:
    words, company = (draw.random((n, size)) - 0.5) / size, np.zeros((n, size))
    steps, done = epochs * len(left), 0
    for _ in range(epochs):
        for pair in draw.permutation(len(left)):
            now, change = rate * max(1e-4, 1 - done / steps), np.zeros(size)
            done += 1
            word = left[pair]
            for k in range(negatives + 1):
                other = right[pair] if k == 0 else drawn[draw.integers(0, len(drawn))]
                total = 0.0
                for i in range(size):
                    total += words[word, i] * company[other, i]
                error = now * ((1.0 if k == 0 else 0.0) - 1 / (1 + math.exp(-total)))
                for i in range(size):
                    change[i] += error * company[other, i]
                    company[other, i] += error * words[word, i]
            for i in range(size):
                words[word, i] += change[i]
    return words


def unit(vectors: Floats) -> Floats:
    """Each row with length 1; a row of nothing stays so."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(length > 0, length, 1)


@dataclass(frozen=True)
class Quiz:
    """Sets of four words, the last the odd one, from two halves of WordNet's groups; and plain nouns."""

    choosing: list[tuple[str, ...]]
    held_out: list[tuple[str, ...]]
    nouns: dict[str, int]  # words with one main meaning → its drawer


def quiz_of(wordnet: WordNet, words: Sequence[str], n_choosing: int, n_held_out: int, seed: int = 0) -> Quiz:
    """Three words directly under one meaning, and one from another drawer; meanings are split into halves."""
    nouns: dict[str, int] = {}
    under: dict[str, list[str]] = defaultdict(list)
    for word in words:
        drawer, first = wordnet.clear_drawer(word), wordnet.first_noun(word)
        if drawer not in DRAWERS or first is None or first.drawer != drawer:
            continue
        nouns[word] = drawer
        for parent in first.parents:
            if wordnet.by_place[("n", parent)].drawer == drawer:
                under[parent].append(word)
    draw = np.random.default_rng(seed)
    groups = [group for _, group in sorted(under.items()) if len(group) >= 4]
    order = draw.permutation(len(groups))
    halves = [[groups[i] for i in order[half::2]] for half in (0, 1)]
    all_nouns, found = list(nouns), []
    for half, n in zip(halves, (n_choosing, n_held_out), strict=True):
        sets: list[tuple[str, ...]] = []
        while len(sets) < n:
            group = half[draw.integers(len(half))]
            three = [group[i] for i in draw.choice(len(group), 3, replace=False)]
            odd = all_nouns[draw.integers(len(all_nouns))]
            if nouns[odd] != nouns[three[0]]:
                sets.append((*three, odd))
        found.append(sets)
    return Quiz(found[0], found[1], nouns)


def odd_ones(
    vectors: Floats, row: dict[str, int], sets: Sequence[tuple[str, ...]]
) -> list[tuple[float, bool]]:
    """For each set: by how much the odd one stands apart from the next, and whether it was the right one."""
    found = []
    for words in sets:
        chosen = vectors[[row[word] for word in words]]
        likeness = chosen @ chosen.T
        mean = (likeness.sum(axis=1) - 1) / (len(words) - 1)
        low, second = np.sort(mean)[:2]
        found.append((round(float(second - low), 4), bool(mean.argmin() == len(words) - 1)))
    return found


def same_drawer(
    vectors: Floats, words: Sequence[str], drawers: Ints, nouns: dict[str, int]
) -> tuple[int, int]:
    """Of the nearest words of all plain nouns: how many are of the same drawer, and of how many."""
    rows = [row for row, word in enumerate(words) if word in nouns]
    likeness = vectors[rows] @ vectors.T
    likeness[np.arange(len(rows)), rows] = -2
    near = np.argpartition(-likeness, NEAREST, axis=1)[:, :NEAREST]
    return int((drawers[near] == drawers[rows][:, None]).sum()), near.size
