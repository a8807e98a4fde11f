"""One attention head on the reader's sentence: where a gap looks, what is guessed, whether that mattered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.language.head import HEADS, LONGEST, UNKNOWN, Floats, shipped_head
from dl_core.language.text import IN_LINK, words_of

GUESSES = 5  # shown beside the gap
View = Literal["gap", "all"]


@dataclass(frozen=True)
class Settings:
    """A sentence, the word that is hidden in it, and the head to look at.

    Raises
    ------
    ValueError
        If there is no such place, head or view, or the text is longer than a link may hold.
    """

    text: str = "a small group of islands in the pacific ocean"  # at most IN_LINK characters
    place: int = 9  # of the hidden word, 1 is the first; beyond the last word it means the last
    head: int = 3  # 1 to HEADS
    view: View = "gap"  # one gap, or every word hidden in its turn

    def __post_init__(self) -> None:
        if len(self.text) > IN_LINK:
            raise ValueError(f"{len(self.text)} characters are too many: give {IN_LINK} at most.")
        if self.place not in range(1, LONGEST + 1):
            raise ValueError(f"There is no word number {self.place}: choose 1 to {LONGEST}.")
        if self.head not in range(1, HEADS + 1):
            raise ValueError(f"There is no head {self.head}: choose 1 to {HEADS}.")
        if self.view not in ("gap", "all"):
            raise ValueError(f"There is no view “{self.view}”: choose gap or all.")


PRESETS = {  # none of them is a text that the network learned from
    "Pacific …": Settings(),
    "The look misleads": Settings("the largest city in france", 3, 3),
    "Which trade?": Settings("united states writer born in russia", 3, 1),
    "Here it fails": Settings("he opened the door", 4, 2),
}


@dataclass(frozen=True)
class Guess:
    """One word that might fill the gap."""

    word: str  # one the network has learned
    share: float  # its probability, 0 to 1


@dataclass(frozen=True, eq=False)
class Attended:
    """One sentence as every head sees it, with one word hidden."""

    settings: Settings
    words: tuple[str, ...]  # as many as the network has places for
    known: tuple[bool, ...]  # whether each word was learned
    is_cut: bool  # the sentence has more words than are shown
    place: int  # of the gap, 0 is the first word; 0 too where there is no word
    weights: Floats  # (heads, n, n): row i is where the gap at place i looks
    query: Floats  # (size,): the chosen head's question at the gap
    keys: Floats  # (n, size): what each word offers it; the gap's own at its place
    values: Floats  # (n, size): what each word hands over
    products: Floats  # (n,): query times key, added up
    scaled: Floats  # (n,): divided by the root of the size
    mix: Floats  # (size,): the values, added up by their weights
    guesses: tuple[Guess, ...]  # the likeliest first
    hidden: float | None  # probability of the hidden word; None: the network has not learned it
    rank: int | None  # how many words are likelier, and one; None as above
    covered: tuple[float, ...]  # for each word: the first guess's probability once no head may look at it

    @property
    def n(self) -> int:
        """Words shown."""
        return len(self.words)

    @property
    def pairs(self) -> int:
        """Looks that one head weighs when every word is hidden in its turn: each word with each."""
        return self.n**2

    @property
    def looks(self) -> Floats:
        """(n,): where the chosen head looks from the gap; adds up to 1."""
        return self.weights[self.settings.head - 1, self.place]  # type: ignore[no-any-return]

    @property
    def most(self) -> int:
        """The place that gets most of it; of equals the first."""
        return int(self.looks.argmax())

    @property
    def is_tied(self) -> bool:
        """Whether another place gets as much, as far as whole hundredths tell."""
        return sum(out_of_100(one) == out_of_100(self.looks[self.most]) for one in self.looks) > 1

    @property
    def moves_most(self) -> int:
        """The word whose cover changes the first guess's probability most; of equals the first."""
        return int(np.argmax([abs(share - self.guesses[0].share) for share in self.covered]))


def out_of_100(share: float) -> int:
    """A share in whole hundredths.

    >>> out_of_100(0.614), out_of_100(0.0)
    (61, 0)
    """
    return round(100 * float(share))


def story(settings: Settings) -> Attended:
    """The sentence, every pair's weight, the guesses, and what covering each word would change.

    Examples
    --------
    >>> shown = story(Settings())
    >>> shown.n, shown.pairs, float(shown.looks.sum().round(6))
    (9, 81, 1.0)
    """
    found = words_of(settings.text, LONGEST + 1)
    words, head = found[:LONGEST], settings.head - 1
    if not words:
        none = np.zeros(0)
        return Attended(
            settings, (), (), False, 0, np.zeros((HEADS, 0, 0)), none, none, none, none, none, none, (), None,
            None, (),
        )  # fmt: skip
    net = shipped_head()
    rows, place = net.rows(words), min(settings.place, len(words)) - 1
    looks = net.looks(rows)
    answers = net.answers(looks, place)
    best = np.argsort(-answers, kind="stable")[:GUESSES]
    guesses = tuple(Guess(net.words[row], float(answers[row])) for row in best)
    known = rows != UNKNOWN
    covered = [guesses[0].share] * len(words)
    for other in range(len(words)):
        if other != place:
            covered[other] = float(net.answers(net.looks(rows, other), place)[best[0]])
    here = np.arange(len(words))[:, None] == place
    return Attended(
        settings=settings,
        words=words,
        known=tuple(bool(one) for one in known),
        is_cut=len(found) > LONGEST,
        place=place,
        weights=looks.weights,
        query=looks.query[head, place],
        keys=np.where(here, looks.own_key[head], looks.key[head]),
        values=np.where(here, looks.own_value[head], looks.value[head]),
        products=looks.products[head, place],
        scaled=looks.scaled[head, place],
        mix=looks.mix[head, place],
        guesses=guesses,
        hidden=float(answers[rows[place]]) if known[place] else None,
        rank=int((answers > answers[rows[place]]).sum()) + 1 if known[place] else None,
        covered=tuple(covered),
    )
