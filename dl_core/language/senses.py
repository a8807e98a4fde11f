"""One word with two meanings, and the one list of numbers that it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from dl_core.decide.amounts import money, price
from dl_core.intervals import Share, share_of
from dl_core.language.embeddings import (
    DRAWERS,
    Embeddings,
    Floats,
    embeddings,
    is_form_of,
)
from dl_core.numbers_in_words import number, percent, so_many, two_places
from dl_core.running_case import case

SHOWN = 5  # nearest words of each meaning
ENOUGH = 20  # marked uses in old texts, below which we say nothing of them
MOST_MAILS, MOST_OTHER = 1_000_000, 50
DAYS = 365
WORDS = (
    "bank", "mouse", "charge", "crane", "plant", "battery", "bat", "bark", "spring", "palm", "match", "seal",
)  # fmt: skip
PRESETS = {"A bank": "bank", "A mouse": "mouse", "A charge": "charge", "A crane": "crane"}
Verdict = Literal["first", "second", "tie"]


@dataclass(frozen=True)
class Settings:
    """The word, and how often it comes in meant the other way."""

    word: str = "bank"  # one of WORDS
    mails: int = 100  # texts a day that hold the word, 1 to MOST_MAILS; an assumption
    other: int = 20  # of 100 of them, how many mean the meaning that loses, 0 to MOST_OTHER; an assumption

    def __post_init__(self) -> None:
        if self.word not in WORDS:
            raise ValueError(f"“{self.word}” is not prepared: choose one of {', '.join(WORDS)}.")
        for what, value, low, high in (
            ("Texts a day", self.mails, 1, MOST_MAILS),
            ("Texts of 100 that mean the other", self.other, 0, MOST_OTHER),
        ):
            if not low <= value <= high:
                raise ValueError(f"{what}: {value} lies outside {low} to {high}.")


@dataclass(frozen=True)
class Placed:
    """A word between the two meanings."""

    word: str
    first: float  # cosine with the middle of the first meaning's words, −1 to 1
    second: float  # with that of the second's

    @property
    def lean(self) -> float:
        """Above 0: nearer to the first meaning."""
        return self.first - self.second


@dataclass(frozen=True)
class Meaning:
    """One meaning, told by the words of its definition."""

    name: str  # ours, one or two words
    says: str  # WordNet's definition
    words: tuple[str, ...]  # known words of that definition and of the meaning's other names
    near: tuple[Placed, ...]  # nouns nearest to the middle of those, the nearest first
    tagged: int  # how often people found this meaning in texts of 1961 and before (SemCor)


@dataclass(frozen=True)
class Senses:
    """Both meanings, and where the word itself lies."""

    settings: Settings
    first: Meaning
    second: Meaning
    word: Placed
    low: float  # lower end of the range of its lean, over dictionaries drawn anew from the entries
    high: float  # upper end
    known: Embeddings = field(repr=False)

    @property
    def verdict(self) -> Verdict:
        """Which meaning won the word's one list of numbers; a tie where drawing anew could turn it."""
        if self.low <= 0 <= self.high or (self.word.lean > 0) != (self.low > 0):
            return "tie"
        return "first" if self.low > 0 else "second"

    @property
    def winner(self) -> Meaning | None:
        """The meaning that won; None: neither."""
        return {"first": self.first, "second": self.second, "tie": None}[self.verdict]

    @property
    def loser(self) -> Meaning | None:
        """The other one; None: neither won."""
        return {"first": self.second, "second": self.first, "tie": None}[self.verdict]

    @property
    def wrong_a_day(self) -> float:
        """Texts a day that go the wrong way, if this word alone decides."""
        return self.settings.mails * self.settings.other / 100

    @property
    def a_year(self) -> float:
        """Dollars a year for those."""
        return self.wrong_a_day * DAYS * second_reading()

    @property
    def marked(self) -> Share | None:
        """In old texts, the share of uses with the losing meaning; None where too few were marked."""
        if self.loser is None or self.first.tagged + self.second.tagged < ENOUGH:
            return None
        return share_of(self.loser.tagged, self.first.tagged + self.second.tagged)


def second_reading() -> float:
    """Dollars that reading a mail again costs: the assumption of the running case of support mail.

    >>> second_reading() > 0
    True
    """
    return case("mail").alarm_costs


def middle(words: tuple[str, ...], known: Embeddings) -> Floats:
    """The mean direction of several words, (size,), of length 1.

    Parameters
    ----------
    words
        Known words, one or more.
    known
        The vectors.
    """
    mean: Floats = known.of(words).mean(axis=0)
    return mean / np.float32(np.linalg.norm(mean))


def story(settings: Settings) -> Senses:
    """Place the word, and the words nearest to either meaning, between the two.

    Examples
    --------
    >>> told = story(Settings("bank"))
    >>> told.verdict, told.winner.name
    ('first', 'money')
    """
    known = embeddings()
    rows = known.card["senses"][settings.word]
    middles = [middle(tuple(row["words"]), known) for row in rows]

    def placed(word: str) -> Placed:
        cosines = [round(float(known.of((word,))[0] @ one), 4) for one in middles]
        return Placed(word, *cosines)

    def hidden(other: str) -> bool:
        """Things are easier to read than describing words."""
        return known.drawer(other) not in DRAWERS or is_form_of(other, settings.word)

    meanings = [
        Meaning(
            row["name"],
            row["says"],
            tuple(row["words"]),
            tuple(placed(word) for word, _ in known.nearest(one, SHOWN, hidden)),
            row["tagged"],
        )
        for row, one in zip(rows, middles, strict=True)
    ]
    row = next(one for one in known.card["leans"]["words"] if one["word"] == settings.word)
    return Senses(settings, meanings[0], meanings[1], placed(settings.word), row["low"], row["high"], known)


def takeaway(told: Senses) -> str:
    """Which meaning the one list of numbers stands for, and what that costs where the other is meant."""
    word, first, second, chosen = told.word, told.first, told.second, told.settings
    where = (
        f"“{word.word}” has one list of numbers. "
        f"Its similarity to {first.name} is {two_places(word.first)}, "
        f"to {second.name} {two_places(word.second)}"
    )
    if told.loser is None:
        return (
            f"{where}. Another draw of the text could turn that, so it is a tie. "
            "Only the words around it say which is meant."
        )
    return (
        f"{where}. Say {so_many(chosen.mails, 'mail')} a day hold it, "
        f"and {chosen.other} of 100 mean {told.loser.name}. "
        f"A router that knows only this word sends {number(told.wrong_a_day)} the wrong way: "
        f"{money(told.a_year)} a year at {price(second_reading())} a second reading."
    )


def marked_sentence(told: Senses) -> str:
    """How often old texts mean the one that lost; empty where too few were marked."""
    share = told.marked
    if share is None or told.loser is None:
        return ""
    return (
        f"In old texts marked by hand (SemCor), {share.hits} of {share.n} uses mean {told.loser.name}: "
        f"{percent(share.low)} to {percent(share.high)} with chance in it."
    )
