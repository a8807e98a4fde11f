"""What the network of ``language_head`` learns from: WordNet's definitions and examples, as numbers."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dl_core.language.head import LONGEST, N_SPECIAL, UNKNOWN
from dl_core.language.text import words_of
from dl_core.offline.language_wordnet import PARTS, read_entries

VOCABULARY = 6000
SHORTEST = 4  # words; a text of more than LONGEST is cut into pieces
HELD_OUT = 20  # every so many-th entry
BATCH = 768  # words hidden at a time, about
INSULTS = re.compile(
    r"\b(slurs?|offensive (term|name|word)\w*|obscene|vulgar|disparag\w+|derogat\w+|term of abuse"
    r"|insulting term\w*)\b"
)
SEX = re.compile(
    r"\b(sexual\w*|homosexual\w*|genital\w*|copulat\w*|prostitut\w*|intercourse|penis|vagina\w*"
    r"|sex organ\w*|erotic\w*|masturbat\w*|lewd|orgasm\w*)\b"
)
ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly")
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Texts:
    """Definitions and examples as words, and which of them are held out."""

    learned: list[tuple[str, ...]]  # each of SHORTEST to LONGEST words
    held_out: list[tuple[str, ...]]  # none of them is also learned


def entries_of(folder: Path) -> Iterator[tuple[str, list[str], str]]:
    """Part of speech, names, and definition with examples, of each entry of WordNet.

    Parameters
    ----------
    folder
        With ``data.noun`` and its three neighbours.
    """
    for part in PARTS:
        for entry in read_entries(folder / f"data.{part}"):
            yield part, [name.lower() for name in entry.heads], entry.gloss


def refused_words(folder: Path) -> frozenset[str]:
    """Words that are never guessed: a third or more of a word's meanings are insults or about sex.

    Taken from WordNet's own definitions by the signs in `INSULTS` and `SEX`; a word with an ending of
    `ENDINGS` follows the word without it.
    """
    meanings: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for _, names, gloss in entries_of(folder):
        meanings.update(names)
        if INSULTS.search(gloss) or SEX.search(gloss):
            bad.update(names)
    roots = {name for name, n in bad.items() if 3 * n >= meanings[name]}
    return frozenset(roots | {root + end for root in roots for end in ENDINGS if root + end not in meanings})


def texts_of(folder: Path, held_out: int = HELD_OUT) -> Texts:
    """Every definition and example of WordNet; every ``held_out``-th entry's are held out.

    A definition stands once by itself, and once as a sentence with the entry's first name, where that is one
    of the common words.

    Parameters
    ----------
    folder
        With ``data.noun`` and its three neighbours.
    held_out
        2 or more.
    """
    counts = Counter(word for *_, gloss in entries_of(folder) for word in words_of(gloss))
    common = {word for word, _ in counts.most_common(VOCABULARY)}
    piles: tuple[dict[tuple[str, ...], None], dict[tuple[str, ...], None]] = ({}, {})
    for number, (part, names, gloss) in enumerate(entries_of(folder)):
        pile = piles[number % held_out == 0]
        texts = pieces(gloss)
        if texts and names[0] in common:
            texts.append(sentence(part, names[0], texts[0]))
        for text in texts:
            pile.update(dict.fromkeys(chunks(words_of(text))))
    learned = list(piles[0])
    return Texts(learned, [text for text in piles[1] if text not in piles[0]])


def sentence(part: str, name: str, definition: str) -> str:
    """A definition with what it defines.

    >>> sentence("noun", "owl", "a bird of prey"), sentence("verb", "bark", "make a noise")
    ('an owl is a bird of prey', 'to bark is to make a noise')
    """
    article = "an" if name[0] in "aeiou" else "a"
    if part == "noun":
        return f"{article} {name} is {definition}"
    return f"to {name} is to {definition}" if part == "verb" else f"{name} means {definition}"


def pieces(gloss: str) -> list[str]:
    """A definition and its examples, apart.

    >>> pieces('a loud noise; "the dog barked all night"; "it barks"')
    ['a loud noise', 'the dog barked all night', 'it barks']
    """
    examples = re.findall(r'"([^"]+)"', gloss)
    definition = re.sub(r'"[^"]*"?', "", gloss).strip(" ;\n")
    return [one for one in (definition, *examples) if one.strip()]


def chunks(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Pieces of `SHORTEST` to `LONGEST` words.

    >>> [len(one) for one in chunks(("a",) * 50)]
    [24, 24]
    """
    cut = [words[start : start + LONGEST] for start in range(0, len(words), LONGEST)]
    return [one for one in cut if len(one) >= SHORTEST]


def vocabulary_of(
    texts: list[tuple[str, ...]], most: int, refused: frozenset[str] = frozenset()
) -> list[str]:
    """The commonest words; equally common ones by the alphabet. The gap and "unknown" stand first."""
    counts = Counter(word for text in texts for word in text if word not in refused)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ["", "?", *(word for word, _ in ranked[:most])]


def numbered(texts: list[tuple[str, ...]], words: list[str]) -> list[Ints]:
    """Each text as word numbers; texts of unknown words only are left out."""
    places = {word: place for place, word in enumerate(words) if place >= N_SPECIAL}
    rows = [np.array([places.get(word, UNKNOWN) for word in text]) for text in texts]
    return [row for row in rows if (row != UNKNOWN).any()]


def batches(rows: list[Ints], seed: int, size: int = BATCH) -> Iterator[Tensor]:
    """All texts once, in an order drawn with ``seed``; the texts of one batch are equally long."""
    drawn = random.Random(seed)
    by_length: dict[int, list[Ints]] = {}
    for row in rows:
        by_length.setdefault(len(row), []).append(row)
    piles = []
    for n, same in sorted(by_length.items()):
        drawn.shuffle(same)
        step = max(1, size // n)
        piles += [same[start : start + step] for start in range(0, len(same), step)]
    drawn.shuffle(piles)
    yield from (torch.from_numpy(np.stack(pile)) for pile in piles)
