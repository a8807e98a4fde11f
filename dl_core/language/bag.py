"""Bag of words: two texts, each as a count of every word. How alike the counts are, and what they lose."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from dl_core.language.text import IN_LINK, MOST, in_short, words_of
from dl_core.numbers_in_words import listed, so_many

Kind = Literal["empty", "same text", "same bag", "close", "some", "strangers"]
Row = tuple[str, int, int]  # a word or run of words, and how often each text has it

RUNS = (1, 2, 3)  # words counted as one piece
PIECE = {1: "word", 2: "pair", 3: "run of three"}
LONGEST = 100_000  # characters of a pasted text
CLOSE = 0.75  # similarity from which two different bags are called close


@dataclass(frozen=True)
class Pasted:
    """Two longer texts of the reader: they stand in no link and in no saved brief."""

    first: str = ""
    second: str = ""

    def __post_init__(self) -> None:
        if max(len(self.first), len(self.second)) > LONGEST:
            raise ValueError(f"A text has at most {LONGEST:,} characters.")

    @property
    def is_own(self) -> bool:
        """Whether there is such a text."""
        return bool(self.first or self.second)


@dataclass(frozen=True)
class Settings:
    """Two sentences, or two longer texts in their place, and what is counted."""

    first: str = "dog bites man"
    second: str = "man bites dog"
    run: int = 1  # words in a row that count as one piece: 1, 2 or 3
    pasted: Pasted = Pasted()

    def __post_init__(self) -> None:
        if max(len(self.first), len(self.second)) > IN_LINK:
            raise ValueError(f"A sentence has at most {IN_LINK} characters; paste a longer text.")
        if self.run not in RUNS:
            raise ValueError(f"{self.run} words in a row are not counted: choose 1, 2 or 3.")


PRESETS = {
    "Dog bites man": Settings(),
    "Refund or praise": Settings(
        "The vase arrived broken. Please refund it.", "The vase arrived early. Lovely, thank you!"
    ),
    "One small not": Settings("Please cancel my order today.", "Please do not cancel my order today."),
    "Other words": Settings("My parcel came broken, refund me.", "The box is damaged. I want money back."),
}


@dataclass(frozen=True)
class Bags:
    """Both bags, side by side."""

    settings: Settings
    first: tuple[str, ...]  # words of the first text, in order
    second: tuple[str, ...]
    is_cut: bool  # a text was longer than what we read
    rows: tuple[Row, ...]  # the commonest first; of equally common ones those in both, then by turns

    @property
    def size(self) -> int:
        """Different pieces in both texts together: the length of each bag."""
        return len(self.rows)

    @cached_property
    def shared(self) -> int:
        """Different pieces that both texts have."""
        return sum(1 for _, left, right in self.rows if left and right)

    @cached_property
    def squares(self) -> tuple[int, int, int]:
        """The product of both bags, and the square of each: whole numbers, so that equal is equal."""
        return (
            sum(left * right for _, left, right in self.rows),
            sum(left * left for _, left, _ in self.rows),
            sum(right * right for _, _, right in self.rows),
        )

    @property
    def similarity(self) -> float:
        """Cosine of the angle between both bags, 0 to 1; 0 where one is empty."""
        product, first, second = self.squares
        return product / math.sqrt(first * second) if product else 0.0

    @property
    def points_the_same_way(self) -> bool:
        """Whether the similarity is exactly 1."""
        product, first, second = self.squares
        return 0 < product * product == first * second

    @property
    def is_same(self) -> bool:
        """Whether both texts have each piece equally often."""
        return bool(self.rows) and all(left == right for _, left, right in self.rows)

    @property
    def kind(self) -> Kind:
        """What there is to say about the two."""
        _, first, second = self.squares
        if not first or not second:
            return "empty"
        if self.first == self.second:
            return "same text"
        if self.is_same:
            return "same bag"
        if not self.shared:
            return "strangers"
        return "close" if self.similarity >= CLOSE else "some"

    def only(self, place: Literal[1, 2], most: int = 3) -> tuple[str, ...]:
        """The first pieces that one text has more of, quoted and short.

        Parameters
        ----------
        place
            1: the first text, 2: the second.
        most
            How many, 0 or more.
        """
        other = 3 - place
        more = (str(row[0]) for row in self.rows if int(row[place]) > int(row[other]))
        return tuple(f"“{in_short(piece, 18)}”" for piece in islice(more, most))


def story(settings: Settings) -> Bags:
    """Count both texts.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.rows, told.similarity, told.kind
    ((('dog', 1, 1), ('bites', 1, 1), ('man', 1, 1)), 1.0, 'same bag')
    """
    pasted = settings.pasted
    read = [
        words_of(text, MOST + 1)
        for text in (pasted.first or settings.first, pasted.second or settings.second)
    ]
    first, second = (words[:MOST] for words in read)
    left, right = (Counter(_pieces(words, settings.run)) for words in (first, second))
    rank = {piece: place for counts in (right, left) for place, piece in enumerate(counts)}
    rows = [(piece, left[piece], right[piece]) for piece in left + right]
    rows.sort(key=lambda row: (-row[1] - row[2], not (row[1] and row[2]), rank[row[0]]))
    return Bags(settings, first, second, read != [first, second], tuple(rows))


def _pieces(words: tuple[str, ...], run: int) -> list[str]:
    return [" ".join(words[place : place + run]) for place in range(len(words) - run + 1)]


def alike(told: Bags) -> str:
    """The similarity with two places; 0 and 1 only where it is so.

    >>> alike(story(Settings())), alike(story(Settings("a b", "a c"))), alike(story(Settings("a", "b")))
    ('1', '0.50', '0')
    """
    if told.points_the_same_way:
        return "1"
    return f"{min(max(told.similarity, 0.01), 0.99):.2f}" if told.shared else "0"


def pieces(told: Bags, n: int) -> str:
    """``n`` of what is counted, in words.

    >>> pieces(story(Settings(run=3)), 2)
    '2 runs of three'
    """
    return so_many(n, PIECE[told.settings.run]).replace("run of threes", "runs of three")


def takeaway(told: Bags) -> str:
    """The length of the bags, how alike they are, and what that means.

    Examples
    --------
    >>> takeaway(story(Settings()))[:78]
    'Both texts use 3 different words. A bag counts them: a list of **3 numbers**. '
    """
    if told.kind == "empty":
        return _what_is_missing(told)
    numbers = f"{told.size:,} number" + ("" if told.size == 1 else "s")
    counted = pieces(told, told.size).replace(" ", " different ", 1)
    return (
        f"Both texts use {counted}. A bag counts them: a list of **{numbers}**. "
        f"Their similarity is **{alike(told)}**, where 1 is the same mix. {_meaning(told)}"
        + (f" Of a longer text we read the first {MOST:,} words." if told.is_cut else "")
    )


def _meaning(told: Bags) -> str:
    if told.kind == "same text":
        return "The words stand in the same order, too."
    if told.settings.run > 1:
        alone = len(set(told.first) | set(told.second))
        return f"{PIECE[told.settings.run].capitalize()}s".replace("Run of threes", "Runs of three") + (
            f" keep a little of the order. Single words would make {so_many(alone, 'number')}."
        )
    if told.kind == "same bag":
        return "Only the order differs, and no bag holds it: a model cannot tell the two apart."
    if told.kind == "strangers":
        return "They may still mean the same: a bag knows no word that means the same as another."
    apart = told.only(1, 2) + told.only(2, 2)
    if told.kind == "close":
        return f"Only {_some(apart)} set them apart, even if the meaning hangs on that."
    first, second = told.only(1, 2), told.only(2, 2)
    if first and second:
        return f"A rule could sort them: {listed(first)} for the first, {listed(second)} for the second."
    return f"A rule could sort them by {_some(apart)}."


def _some(quoted: tuple[str, ...]) -> str:
    return listed(quoted) if len(quoted) > 1 else f"counts of {''.join(quoted) or 'the words'}"


def _what_is_missing(told: Bags) -> str:
    _, first, second = told.squares
    which = "both texts" if not first and not second else f"the {'second' if first else 'first'} text"
    need = told.settings.run
    if need == 1 or not (told.first or told.second):
        return f"Type words into {which}: there is nothing to count yet."
    return f"Type more into {which}: a {PIECE[need]} needs {need} words."
