"""The words of two scenes of "Language": how far a memory reaches, and how a word's place is told."""

from __future__ import annotations

from dl_core.language.positions import MOST_WORDS, Positions
from dl_core.language.recall import (
    DISTANCES,
    KEEPS,
    N_HELD_OUT,
    SURE,
    TAUGHT_UP_TO,
    Recall,
    Settings,
    stored,
    story,
)
from dl_core.numbers_in_words import percent
from pages._shared.lesson import Source


def fading_headline(told: Recall) -> str:
    """What became of the marked item at the reader's distance."""
    at, by_kind = told.settings.distance, {one.kind: one for one in told.lines}
    attention = by_kind.get("attention")
    if told.settings.view == "beyond":
        if attention and attention.ends(at)[0] < SURE:
            return "Attention can fail past the length it was taught"
        return "Taught many lengths, some networks read on past them"
    gated, keeping = by_kind.get("gated"), by_kind.get("keeping")
    if gated and keeping and keeping.share(at) > gated.share(at) + 0.25:
        return "The same gate, set to keep, remembers far longer"
    memories = [one for one in told.lines if one.kind != "attention"]
    if not any(one.share(at) < SURE for one in memories):
        return "This near, all of them remember" if memories else "Attention looks straight back"
    if attention and attention.share(at) >= SURE:
        return "A memory fades with distance; attention looks straight back"
    return "A memory fades with distance"


FADING_LEAD = (
    "Only the words around tell a meaning, so a network must remember them: here, one marked item of eight kinds. "
    "A **recurrent** network, one that reads in order, carries a memory, plain or guarded by a gate. "
    "Attention looks back at every item at once."
)
FADING_SOURCE = (
    f"Our own run in torch on made-up items (a toy): {stored()['n_starts']} starts, "
    f"{story(Settings()).n_seen:,} sequences to learn from, {N_HELD_OUT:,} to answer, {stored()['date']}."
)
FADING_NOTES = (
    "Say: every network saw as many examples. It had to tell one marked item after others had followed. "
    "Point at the place where a line meets the dotted one: from there on it guesses. "
    f"The farthest, {DISTANCES[-1]} items, is a short mail; a contract has thousands of words. "
    "Expect the question whether attention ends the problem. It eases it. It pays by comparing every item with every other, "
    "and past the length it was taught it can fail. Test at your own lengths."
)
FADING_NETWORKS = "Networks"
FADING_NETWORKS_HELP = (
    "A gate decides what a memory keeps. The usual one starts half open; "
    f"the keeping gate starts by keeping {percent(KEEPS)} at each step."
)
FADING_DISTANCE = "Items after the marked one"
FADING_DISTANCE_HELP = "Or press a place on the picture."
FADING_VIEW = "How they are taught"
FADING_VIEWS = {"taught": "at this distance", "beyond": f"at 1 to {TAUGHT_UP_TO}, then asked"}
FADING_NONE = "Choose a network. Until then, the usual three are shown."


def order_headline(told: Positions) -> str:
    """What a code of places tells, or what attention loses without one."""
    shown = told.shuffled
    if told.settings.view == "shuffle":
        if len(shown.words) < 2 or shown.same_backwards:
            return "No order, nothing to lose"
        return "Without places, attention is a bag of words too"
    if told.mistaken is not None:
        return "With too few numbers, far places look near"
    if told.settings.apart == 0:
        return "Each place has its own pattern of waves"
    return "The positional encoding tells how far apart words are"


ORDER_LEAD = (
    "Attention looks at all words at once, so it must be told where each one stands. "
    "A **positional encoding** is a row of numbers for a place, added to its word’s embedding. "
    "This one is made of waves, and nothing in it is learned."
)
ORDER_SOURCE = "Computed here with the waves of Vaswani et al. (2017); words and attention layer are random numbers (a toy)."
ORDER_NOTES = (
    "Say: attention looks at all words at once. By itself it cannot tell “dog bites man” from “man bites dog”. "
    "Point at the framed pairs: as far apart, as alike, wherever they stand. "
    "Then switch the view: without places, reading backwards changes no answer. "
    "Expect the question whether today's models use these waves. Some use a relative of them, others learn an encoding for each place. "
    "A learned one ends where its training ended, so ask for the longest text it was trained on."
)
ORDER_VIEW = "Show"
ORDER_VIEWS = {"code": "the encoding", "shuffle": "what is lost without"}
ORDER_APART = "Places apart"
ORDER_MORE = "More: both places, and how long the encoding is"
ORDER_HERE, ORDER_THERE = "First place", "Second place"
ORDER_PRESS = "Or press a place on the picture: the nearer of both goes there."
ORDER_WIDTH = "Numbers for each place"
ORDER_TEXT = "Your sentence"
ORDER_TYPED = (
    f"Your text stays in this page's link and goes nowhere else. The first {MOST_WORDS} words are read."
)

MEMORY_LIES = (
    "The memory task is a toy: one marked item among eight kinds. With more examples the gated memory may learn "
    "what it missed here. So read the order, not the exact distance. "
    "The page Neurons shows why memories fade.",
    "Similarity of places falls fast, then ripples: 20 apart looks a little nearer than 10.",
)
MEMORY_MATHS = r"""

**Places.** Place $p$ has the numbers $\sin(\omega_i p)$ and $\cos(\omega_i p)$ with $\omega_i = 10000^{-2i/d}$.
Two places $\Delta$ apart have the dot product $\sum_i \cos(\omega_i \Delta)$, wherever they stand.
Going on by $\Delta$ is one rotation, the same from everywhere.
"""
MEMORY_SOURCES = (
    Source("J. Su and others, “RoFormer” (2021)", "places as rotations, as many newer models have them"),
    Source("J. Devlin and others, “BERT” (2018)", "a learned encoding for each place"),
)
