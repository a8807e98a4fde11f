"""The odd one out: which of a few words is least like the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from dl_core.intervals import Share, share_of
from dl_core.language.embeddings import Embeddings, base_of, embeddings, likeness, odd_score
from dl_core.language.text import IN_LINK, in_short, words_of
from dl_core.numbers_in_words import listed, percent, two_places

FEWEST, MOST = 3, 6
START = "refund, invoice, payment, banana"
PRESETS = {
    "A stranger": START,
    "Three trades": "doctor, nurse, dentist, hammer",
    "Close call": "camera, lens, photograph, telescope",
    "It fails": "mouse, keyboard, screen, printer",
}
TIE = 0.005  # a smaller difference is none: the numbers are whole numbers from −127 to 127
Kind = Literal["few", "tie", "found"]


@dataclass(frozen=True)
class Settings:
    """What the reader typed."""

    text: str = START  # three to six words, with anything between them; at most IN_LINK signs

    def __post_init__(self) -> None:
        if len(self.text) > IN_LINK:
            raise ValueError(f"{len(self.text)} signs are too many: give at most {IN_LINK}.")


@dataclass(frozen=True)
class Odd:
    """Each known word with its mean likeness to the others."""

    settings: Settings
    words: tuple[str, ...]  # as known, least alike first; fewer than 3: nothing to compare
    means: tuple[float, ...]  # mean cosine of each with the others, −1 to 1
    table: tuple[tuple[float, ...], ...]  # (words, words) cosines
    unknown: tuple[str, ...]  # typed words that have no vector
    dropped: int  # words after the sixth, which are not read
    known: Embeddings = field(repr=False)

    @property
    def margin(self) -> float:
        """By how much the odd one lies apart from the next."""
        return self.means[1] - self.means[0]

    @property
    def state(self) -> Kind:
        """Whether there is an odd one."""
        if len(self.words) < FEWEST:
            return "few"
        return "tie" if self.margin < TIE else "found"

    @property
    def like_this(self) -> Share:
        """Of the held-out sets with about this margin: in how many the odd one was found."""
        return by_margin(self.margin, self.known)


def by_margin(margin: float, known: Embeddings) -> Share:
    """The held-out sets in thirds by margin, and the score of the third that this one falls in.

    Parameters
    ----------
    margin
        Difference of two mean likenesses, 0 or more.
    known
        The vectors with their card.
    """
    rows = known.card["odd"]["margins"]  # smallest first
    third = len(rows) // 3
    starts = (0, third, 2 * third, len(rows))
    place = sum(margin >= rows[start][0] for start in starts[1:3])
    inside = rows[starts[place] : starts[place + 1]]
    return share_of(sum(right for _, right in inside), len(inside))


def story(settings: Settings) -> Odd:
    """Compare each known word with each other.

    Examples
    --------
    >>> found = story(Settings("doctor nurse dentist hammer"))
    >>> found.words[0], found.state
    ('hammer', 'found')
    >>> story(Settings("doctor qwertz")).unknown
    ('qwertz',)
    """
    known = embeddings()
    typed = tuple(dict.fromkeys(words_of(settings.text)))
    read = typed[:MOST]
    based = [(word, base_of(word, known.place)) for word in read]
    words = tuple(dict.fromkeys(base for _, base in based if base))
    unknown = tuple(word for word, base in based if not base)
    if len(words) < FEWEST:
        return Odd(settings, words, (), (), unknown, len(typed) - len(read), known)
    cosines = likeness(words, known)
    means = (cosines.sum(axis=1) - 1) / (len(words) - 1)
    order = np.argsort(means, kind="stable")
    return Odd(
        settings,
        tuple(words[i] for i in order),
        tuple(round(float(means[i]), 4) for i in order),
        tuple(tuple(round(float(cosines[i, j]), 4) for j in order) for i in order),
        unknown,
        len(typed) - len(read),
        known,
    )


def takeaway(found: Odd) -> str:
    """The odd one, by how much, how often such an answer was right, and what was not read."""
    return " ".join(filter(None, (_verdict(found), _not_read(found))))


def _verdict(found: Odd) -> str:
    if found.state == "few":
        return "Type three to six words that it knows."
    if found.state == "tie":
        return f"{listed([f'“{one}”' for one in found.words[:2]])} are equally unlike the others: no answer."
    like_this = found.like_this
    return (
        f"“{found.words[0]}” is least like the others: {two_places(found.means[0])} on average. "
        f"The next, “{found.words[1]}”, has {two_places(found.means[1])}. "
        f"With about this gap, {like_this.hits} of {like_this.n} test sets were right."
    )


def _not_read(found: Odd) -> str:
    parts = []
    if found.unknown:
        parts.append(f"Unknown, and left out: {listed([in_short(word) for word in found.unknown])}.")
    if found.dropped:
        parts.append(f"Only the first {MOST} words are read.")
    return " ".join(parts)


def measured_sentence(known: Embeddings) -> str:
    """The score over all held-out sets with its range, and chance.

    Parameters
    ----------
    known
        The vectors with their card.
    """
    score = odd_score(known)
    return (
        f"Of {score.n} sets of four words it finds {score.hits}. "
        f"With chance in it, that is {percent(score.low)} to {percent(score.high)}; "
        "a guess finds one in four. WordNet’s own groups made the sets: "
        "three words of one group, and one from elsewhere."
    )
