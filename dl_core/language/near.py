"""The nearest words of a word: who keeps the same company in a dictionary."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from dl_core.intervals import share_of
from dl_core.language.embeddings import (
    MOST_LETTERS,
    Embeddings,
    embeddings,
    is_form_of,
    same_kind_score,
)
from dl_core.language.text import in_short
from dl_core.numbers_in_words import bytes_in_words, listed, number, percent

SHOWN = 10
PRESETS = {"A battery": "battery", "A fruit": "banana", "Its opposite is near": "buy", "A muddle": "spring"}
MILLION_TEXTS = 1_000_000
Kind = Literal["empty", "unknown", "known"]


@dataclass(frozen=True)
class Settings:
    """What the reader typed."""

    word: str = "battery"  # the first word of it counts; at most MOST_LETTERS signs

    def __post_init__(self) -> None:
        if len(self.word) > MOST_LETTERS:
            raise ValueError(f"{len(self.word)} signs are too many for a word: give at most {MOST_LETTERS}.")


@dataclass(frozen=True)
class Neighbour:
    """A word near the reader's."""

    word: str
    likeness: float  # cosine, −1 to 1
    kind: str  # what its commonest meaning is, in plain words
    opposite: bool  # WordNet calls the two opposites


@dataclass(frozen=True)
class Near:
    """The ten nearest words, or why there are none."""

    settings: Settings
    typed: str  # the first word as it was read; empty: there is none
    word: str  # the known word it stands for; empty: unknown
    neighbours: tuple[Neighbour, ...]  # nearest first; none where the word is unknown
    known: Embeddings = field(repr=False)

    @property
    def state(self) -> Kind:
        """Whether there is a word, and whether it is known."""
        return "empty" if not self.typed else "known" if self.word else "unknown"

    @property
    def opposites(self) -> tuple[str, ...]:
        """Neighbours that mean the opposite."""
        return tuple(one.word for one in self.neighbours if one.opposite)

    @property
    def is_lonely(self) -> bool:
        """Whether three of four words have a nearer neighbour."""
        return (
            bool(self.neighbours)
            and self.neighbours[0].likeness < self.known.card["typical"]["nearest_quarter"]
        )


def story(settings: Settings) -> Near:
    """Look the word up, in its base form where the table has only that, and find its neighbours.

    Examples
    --------
    >>> found = story(Settings("Batteries!"))
    >>> found.word, len(found.neighbours), found.state
    ('battery', 10, 'known')
    >>> story(Settings("Qwertz")).state, story(Settings(" … ")).state
    ('unknown', 'empty')
    """
    known = embeddings()
    typed, word = known.look_up(settings.word)
    if not word:
        return Near(settings, typed, "", (), known)
    opposites = known.opposites_of(word)
    neighbours = tuple(
        Neighbour(other, likeness, known.kind(other), other in opposites)
        for other, likeness in known.nearest(known.of((word,))[0], SHOWN, partial(is_form_of, word))
    )
    return Near(settings, typed, word, neighbours, known)


def takeaway(found: Near) -> str:
    """The nearest words, what a bag of words would say, and what near does not mean."""
    if found.state == "empty":
        return "Type a word: there is none yet."
    n_words = f"{len(found.known.words):,}"
    if found.state == "unknown":
        return (
            f"“{in_short(found.typed)}” is not among the {n_words} words. "
            "It has no place, and nothing is guessed. "
            "Choose another word; a large model would cut this one into pieces that it knows."
        )
    first = found.neighbours[0]
    text = (
        f"Out of {n_words} words, {listed([one.word for one in found.neighbours[:3]])} "
        f"lie nearest to “{found.word}”. "
        f"In a bag of words, “{first.word}” is as strange to it as any other; "
        f"here the similarity is {first.likeness:.2f}. "
    )
    if found.opposites:
        mean = f"{listed(found.opposites)} {'means' if len(found.opposites) == 1 else 'mean'} the opposite"
        return f"{text}But {mean}: near says same company, not same meaning."
    if found.is_lonely:
        return f"{text}That is little: three of four words have a nearer one."
    return f"{text}Nobody told it so: it has read definitions, and nothing else."


def measured_sentence(known: Embeddings) -> str:
    """How good the neighbours are over all plain nouns, and how often an opposite is among them.

    Parameters
    ----------
    known
        The vectors with their card.
    """
    score, chance = same_kind_score(known), known.card["same_drawer"]["by_chance"]
    n_nouns, pairs = known.card["same_drawer"]["nouns"], known.card["opposites"]
    return (
        f"Measured over {n_nouns:,} nouns: {percent(score.value)} of the ten nearest "
        f"words are of the same kind, as animal or food; by chance it would be {percent(chance)}. "
        f"And of {pairs['pairs']:,} pairs of opposites, {pairs['near']:,} have "
        "one among the other’s ten nearest."
    )


def bias_sentence(known: Embeddings) -> str:
    """What the text says between the lines of trades and of women and men: only what the ranges allow.

    Parameters
    ----------
    known
        The vectors with their card.
    """
    trades = known.card["bias"]["trades"]
    to_she = sorted((one for one in trades if one["low"] > 0), key=lambda one: -one["middle"])
    to_he = sorted((one for one in trades if one["high"] < 0), key=lambda one: one["middle"])
    rest = len(trades) - len(to_she) - len(to_he)
    sides = "; ".join(
        f"{len(side)} to “{name}”, such as {listed([one['word'] for one in side[:3]])}"
        for side, name in ((to_she, "she"), (to_he, "he"))
        if side
    )
    if not sides:
        return f"Of {len(trades)} trades, none leans clearly to “she” or to “he” in this small text."
    return (
        f"It also learned what the text takes for granted. Of {len(trades)} trades, some lean: {sides}. "
        f"For the other {rest} this text is too small to tell."
    )


def made_sentence(known: Embeddings) -> str:
    """The two ways that were tried, and more text, on the same sets: told apart only where ranges are.

    Parameters
    ----------
    known
        The vectors with their card.
    """
    tried = known.card["tried_on_choosing_sets"]
    counted = next(one for one in tried if (one["size"], one["window"]) == (known.size, known.card["window"]))
    others = {
        name: one
        for name, way in (
            ("word2vec’s way", "skip-gram"),
            ("counting with old speeches added", "counted, with"),
        )
        for one in tried
        if one["way"].startswith(way)
    }
    low = share_of(counted["right"], counted["sets"]).low
    tie = all(share_of(one["right"], one["sets"]).high >= low for one in others.values())
    found = ", ".join(f"{name} {one['right']}" for name, one in others.items())
    return (
        f"We made lists in several ways, from {known.card['words_read'] / 1e6:.1f} million words or more. Of "
        f"{counted['sets']} odd words, counting neighbours found {counted['right']}, {found}."
        f"{' That is a tie, so the simplest stays.' if tie else ''}"
    )


def cost_sentence(known: Embeddings) -> str:
    """What this step costs: memory and multiplications, here and for a million texts.

    Parameters
    ----------
    known
        The vectors with their card.
    """
    size, many = known.size, MILLION_TEXTS * known.size
    return (
        f"What it costs: {len(known.words):,} words of {size} numbers take "
        f"{bytes_in_words(known.vectors.size)}. "
        f"A million help texts, one list each, take {bytes_in_words(many)}, and a search {number(many)} "
        "multiplications. One plain server does that. Your money goes into testing whether near means useful."
    )


BELOW = (measured_sentence, cost_sentence, bias_sentence, made_sentence)
