"""A code for a word's place, made of waves; and what attention gives without one.

Source: A. Vaswani et al., "Attention is all you need" (2017), section 3.5.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.language.text import IN_LINK, words_of
from dl_core.numbers_in_words import so_many, two_figures, two_places

Floats = NDArray[np.float64]
View = Literal["code", "shuffle"]

N_PLACES = 64  # that the picture shows
FARTHEST = 20  # places apart
LAST_FIRST = N_PLACES - FARTHEST  # the last place that still has a partner
WIDTHS = (4, 8, 16, 32, 64)  # numbers for each place
SLOWEST = 10_000.0  # the slowest wave turns once in about 2π · 10,000 places
MOST_WORDS = 12
NOTHING = 1e-9  # a difference below it is rounding


@dataclass(frozen=True)
class Settings:
    """Two places, how far each looks ahead, how long a code is; and a sentence to turn round.

    Raises
    ------
    ValueError
        If a place or a distance is not in the picture; says what is.
    """

    apart: int = 5  # places between each pair, 0 to FARTHEST
    here: int = 8  # the first pair's place, 1 to LAST_FIRST
    there: int = 36  # the second pair's place, 1 to LAST_FIRST
    width: int = 32  # numbers in a code, one of WIDTHS
    view: View = "code"  # the code, or what attention gives without it
    text: str = "dog bites man"  # at most IN_LINK characters; its first MOST_WORDS words are read

    def __post_init__(self) -> None:
        if self.apart not in range(FARTHEST + 1):
            raise ValueError(f"{self.apart} places apart are not shown: choose 0 to {FARTHEST}.")
        for place in (self.here, self.there):
            if place not in range(1, LAST_FIRST + 1):
                raise ValueError(f"Place {place} is not shown: choose 1 to {LAST_FIRST}.")
        if self.width not in WIDTHS:
            raise ValueError(f"A code of {self.width} numbers is not shown: choose one of {WIDTHS}.")
        if self.view not in ("code", "shuffle"):
            raise ValueError(f"There is no view “{self.view}”: choose code or shuffle.")
        if len(self.text) > IN_LINK:
            raise ValueError(f"The sentence is too long: give at most {IN_LINK} characters.")


PRESETS = {
    "Next word": Settings(apart=1),
    "Far apart": Settings(apart=20, here=1, there=44),
    "Too few numbers": Settings(apart=6, width=4),
    "Without places": Settings(view="shuffle"),
}


@dataclass(frozen=True)
class Shuffled:
    """How much each word's answer changes when the sentence is read backwards."""

    words: tuple[str, ...]  # at most 12
    without: tuple[float, ...]  # change without places, as a share of the answer's size, 0 or more
    placed: tuple[float, ...]  # the same with places

    @property
    def same_backwards(self) -> bool:
        """Whether the words read the same from the end: then there is no order to miss."""
        return self.words == self.words[::-1]

    @property
    def order_lost(self) -> bool:
        """Whether no answer changed without places."""
        return max(self.without, default=0.0) < NOTHING


@dataclass(frozen=True)
class Positions:
    """The codes, how alike they are, and the sentence turned round."""

    settings: Settings
    code: Floats  # (64, width) a row for each place, every number −1 to 1
    to_here: tuple[float, ...]  # (64,) similarity of each place with the first pair's, −1 to 1
    to_there: tuple[float, ...]  # (64,) with the second pair's
    alike: float  # similarity of two places so far apart, −1 to 1
    mistaken: (
        int | None
    )  # the first distance above 1 that looks nearer than the next place; None: there is none
    shuffled: Shuffled


@cache
def speeds(width: int) -> tuple[float, ...]:
    """How far each wave turns from one place to the next, in radians: from 1 down towards 1 in 10,000.

    Parameters
    ----------
    width
        Numbers in a code, even: two for each wave.

    Examples
    --------
    >>> speeds(4)
    (1.0, 0.01)
    """
    return tuple(float(SLOWEST ** (-2 * i / width)) for i in range(width // 2))


def encoding(positions: Floats, width: int) -> Floats:
    """The code of each position: sine and cosine of each wave in turn.

    Parameters
    ----------
    positions
        (n,) counted from 0, any size.
    width
        Numbers in a code, even.

    Returns
    -------
    array
        (n, width), every number −1 to 1.

    Examples
    --------
    >>> [round(float(one), 4) for one in encoding(np.array([1.0]), 4)[0]]
    [0.8415, 0.5403, 0.01, 1.0]
    """
    turned = np.outer(positions, speeds(width))
    code: Floats = np.stack([np.sin(turned), np.cos(turned)], axis=2).reshape(len(turned), width)
    return code


def similarity(apart: int, width: int) -> float:
    """How alike two codes are that lie so far apart, wherever they lie: the mean cosine of what waves turn.

    Parameters
    ----------
    apart
        Places between them.
    width
        Numbers in a code, even.

    Examples
    --------
    >>> similarity(0, 32), round(similarity(6, 4), 4)  # (cos 6 + cos 0.06) / 2
    (1.0, 0.9792)
    """
    return float(np.mean(np.cos(apart * np.array(speeds(width)))))


def turn(apart: int, width: int) -> Floats:
    """The one rotation that moves every code so many places on.

    Parameters
    ----------
    apart
        Places to move.
    width
        Numbers in a code, even.

    Returns
    -------
    array
        (width, width): ``turn(5, d) @ code`` is the code five places on.
    """
    whole = np.zeros((width, width))
    for i, angle in enumerate(apart * np.array(speeds(width))):
        sin, cos = np.sin(angle), np.cos(angle)
        whole[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[cos, sin], [-sin, cos]]
    return whole


def attention(words: Floats, ask: Floats, offer: Floats, carry: Floats) -> Floats:
    """One attention layer with one head.

    Parameters
    ----------
    words
        (n, width), a row for each word.
    ask, offer, carry
        (width, width) each: queries, keys and values are ``words`` times them.

    Returns
    -------
    array
        (n, width): for each word the mean of all values, weighted by how well its query fits their keys.
    """
    fits = (words @ ask) @ (words @ offer).T / np.sqrt(words.shape[1])
    weights = np.exp(fits - fits.max(axis=1, keepdims=True))
    mixed: Floats = weights / weights.sum(axis=1, keepdims=True) @ (words @ carry)
    return mixed


def shuffled(words: tuple[str, ...], width: int) -> Shuffled:
    """Each word's answer from a random attention layer, forwards against backwards, without and with places.

    Parameters
    ----------
    words
        Of the sentence.
    width
        Numbers for each word.

    Examples
    --------
    >>> shuffled(("dog", "bites", "man"), 32).order_lost
    True
    """
    n = len(words)
    if words == words[::-1]:  # the same sentence gets the same answers
        return Shuffled(words, (0.0,) * n, (0.0,) * n)
    vectors = np.array([_vector(word, width) for word in words])
    places = encoding(np.arange(n, dtype=np.float64), width)
    rng = np.random.default_rng(0)
    layer = [rng.normal(0, width**-0.5, (width, width)) for _ in range(3)]
    changes = []
    for added in (np.zeros_like(places), places):
        ahead = attention(vectors + added, *layer)
        back = attention(vectors[::-1] + added, *layer)[::-1]
        changed = np.linalg.norm(back - ahead, axis=1) / np.linalg.norm(ahead, axis=1)
        changes.append(tuple(float(one) for one in changed))
    return Shuffled(words, *changes)


def _vector(word: str, width: int) -> Floats:
    """A made-up vector (width,) for a word, always the same one."""
    seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8], "big")
    return np.random.default_rng(seed).normal(size=width)


def story(settings: Settings) -> Positions:
    """Everything the pictures need.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.code.shape, told.to_here[7], told.to_here[12] == told.to_there[40]
    ((64, 32), 1.0, True)
    """
    width = settings.width
    code = encoding(np.arange(N_PLACES, dtype=np.float64), width)
    code.setflags(write=False)
    looks = [similarity(apart, width) for apart in range(N_PLACES)]
    to_here, to_there = (
        tuple(looks[abs(place - middle)] for place in range(1, N_PLACES + 1))
        for middle in (settings.here, settings.there)
    )
    mistaken = next((apart for apart in range(2, N_PLACES) if looks[apart] > looks[1]), None)
    words = words_of(settings.text, MOST_WORDS)
    return Positions(
        settings, code, to_here, to_there, looks[settings.apart], mistaken, shuffled(words, width)
    )


def alike_in_words(alike: float) -> str:
    """A similarity, with two figures after the point.

    >>> alike_in_words(0.7061), alike_in_words(-0.004), alike_in_words(1.0)
    ('0.71', '0.00', '1')
    """
    if alike == 1:
        return "1"
    return two_places(alike)


def changed_in_words(share: float) -> str:
    """How much an answer changed, as a ``share`` of its size.

    >>> changed_in_words(1e-16), changed_in_words(0.213), changed_in_words(1.26)
    ('0 %', '21 %', '130 %')
    """
    return "0 %" if share < NOTHING else f"{two_figures(100 * share)} %"


def takeaway(told: Positions) -> str:
    """That only the distance counts; or that attention without places cannot tell order."""
    return _of_the_shuffle(told.shuffled) if told.settings.view == "shuffle" else _of_the_code(told)


def _of_the_code(told: Positions) -> str:
    chosen, alike = told.settings, alike_in_words(told.alike)
    if chosen.apart == 0:
        return "A place is as like itself as can be: similarity 1. Move the distance up, and see it fall."
    said = f"Places {chosen.here} and {chosen.here + chosen.apart} have similarity {alike}. "
    if chosen.here == chosen.there:
        said += "Move one pair away: the number stays."
    else:
        said += f"Places {chosen.there} and {chosen.there + chosen.apart} have {alike} too. "
        said += "Only the distance counts, not the place."
    if told.mistaken is None:
        return said
    few = f"{chosen.width} numbers are too few"
    return f"{said} But {few}: {told.mistaken} places on looks nearer than the next word."


def _of_the_shuffle(told: Shuffled) -> str:
    if not told.words:
        return "Type a sentence: there is no word in it yet."
    if len(told.words) == 1:
        return "One word has no order. Type two or more."
    if told.same_backwards:
        return "Backwards this is the same sentence, so there is no order to miss. Type another one."
    return (
        "Read backwards, without places, attention gives every word the same answer: "
        f"all {so_many(len(told.words), 'difference')} are 0. So it too is a bag of words. "
        f"With places, an answer changes by {changed_in_words(float(np.mean(told.placed)))} on average."
    )
