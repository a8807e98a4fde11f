"""Twelve words with two meanings each: where the one vector lies between the words of either definition."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.language.embeddings import DRAWERS, base_of, is_form_of
from dl_core.language.text import words_of
from dl_core.offline.language_wordnet import FUNCTION_WORDS, Entry, WordNet

# word → two meanings as nouns, each with WordNet's rank and our name for it
CHOSEN = {
    "bank": ((2, "money"), (1, "river")),
    "mouse": ((1, "animal"), (4, "computer")),
    "charge": ((3, "price"), (2, "crime")),
    "crane": ((5, "bird"), (4, "machine")),
    "plant": ((2, "living thing"), (1, "factory")),
    "battery": ((2, "electricity"), (1, "guns")),
    "bat": ((5, "club"), (1, "animal")),
    "bark": ((1, "tree"), (4, "dog")),
    "spring": ((1, "season"), (2, "metal")),
    "palm": ((3, "tree"), (1, "hand")),
    "match": ((2, "contest"), (1, "fire")),
    "seal": ((8, "closing"), (9, "animal")),
}
Floats = NDArray[np.float64]


def words_of_meaning(word: str, entry: Entry, known: Container[str], wordnet: WordNet) -> list[str]:
    """The known nouns of a meaning's definition and of its other names, without the word itself."""
    heads = " ".join(head.replace("_", " ") for head in entry.heads)
    based = (base_of(one, known) for one in words_of(f"{entry.definition} {heads}"))
    return [
        one
        for one in dict.fromkeys(based)
        if one
        and one not in FUNCTION_WORDS
        and not is_form_of(one, word)
        and DRAWERS.keys() & set(wordnet.drawers(one)[:1])
    ]


def senses_card(wordnet: WordNet, words: Sequence[str]) -> dict[str, Any]:
    """For each chosen word its two meanings: definition, its words, how often people found it in texts."""
    known = frozenset(words)
    card: dict[str, Any] = {}
    for word, meanings in CHOSEN.items():
        senses = {sense.rank: sense for sense in wordnet.senses[word] if sense.part == "n"}
        if word not in known or any(rank not in senses for rank, _ in meanings):
            continue
        rows = []
        for rank, name in meanings:
            entry = wordnet.by_place[("n", senses[rank].offset)]
            of = words_of_meaning(word, entry, known, wordnet)
            rows.append({"name": name, "says": entry.definition, "words": of, "tagged": senses[rank].tagged})
        if all(row["words"] for row in rows):
            card[word] = rows
    return card


def leans(card: dict[str, Any], row: dict[str, int], vectors: Floats) -> list[float]:
    """For each word: its likeness to the first meaning's words minus that to the second's.

    Parameters
    ----------
    card
        Of `senses_card`.
    row
        Word → row.
    vectors
        (words, size), rows of length 1.
    """
    found = []
    for word, meanings in card.items():
        middles = [vectors[[row[one] for one in meaning["words"]]].mean(axis=0) for meaning in meanings]
        first, second = (float(vectors[row[word]] @ one / np.linalg.norm(one)) for one in middles)
        found.append(first - second)
    return found
