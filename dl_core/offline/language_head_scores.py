"""How well the network of ``language_head``, and three with less, guess a hidden word; what its heads do."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from dl_core.intervals import share_of
from dl_core.language.head import HEADS, N_SPECIAL, UNKNOWN, head_of
from dl_core.offline.language_head_net import SEED, Head
from dl_core.offline.language_head_text import Ints, batches

ASKED = 5  # guesses that count as "among the first five"
COMMON = 100  # the commonest words, which are told apart: mostly "the", "of" and their like
SMOOTH = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)  # how strongly counts lean on the commonest words
EFFECTS = 1000  # held-out texts in which each word is covered in turn


def gaps_of(rows: list[Ints], seed: int = SEED) -> list[int]:
    """The place of the one word that is hidden in each text, drawn among the known words."""
    drawn = np.random.default_rng(seed)
    return [int(drawn.choice(np.flatnonzero(row != UNKNOWN))) for row in rows]


def network_guesses(net: Head, rows: list[Ints], places: list[int]) -> Ints:
    """(texts, `ASKED`) first guesses of a network for each gap."""
    found = []
    with torch.inference_mode():
        for row, place in zip(rows, places, strict=True):
            logits = net(torch.from_numpy(row)[None])[0, place]
            logits[:N_SPECIAL] = -math.inf
            found.append(logits.topk(ASKED).indices.numpy())
    return np.array(found)


class Neighbours:
    """Counts of which word stands before and after which: no learning, only counting."""

    def __init__(self, rows: list[Ints], n_words: int) -> None:
        end = n_words  # one more sign for a text's edge
        self.after = np.zeros((n_words + 1, n_words + 1), dtype=np.float32)  # [word, the next one]
        for row in rows:
            padded = np.concatenate(([end], row, [end]))
            np.add.at(self.after, (padded[:-1], padded[1:]), 1)
        single = np.bincount(np.concatenate(rows), minlength=n_words).astype(np.float64)
        single[:N_SPECIAL] = 0
        self.single = single / single.sum()
        self.chance = self.after.sum(axis=0, dtype=np.float64) / self.after.sum(dtype=np.float64)
        self.counts = np.bincount(np.concatenate(rows), minlength=n_words)

    def guesses(self, rows: list[Ints], places: list[int], smooth: float) -> Ints:
        """(texts, `ASKED`): words by P(word | the one before) · P(the one after | word), smoothed.

        Parameters
        ----------
        rows, places
            Texts, and the gap of each.
        smooth
            Above 0: counts added, spread as the words are spread.
        """
        end, found = len(self.single), []
        for row, place in zip(rows, places, strict=True):
            before = row[place - 1] if place else end
            after = row[place + 1] if place + 1 < len(row) else end
            follows = self.after[before, :-1] + smooth * self.single
            leads = (self.after[:-1, after] + smooth * self.chance[after]) / (self.counts + smooth)
            score = follows * leads
            score[:N_SPECIAL] = -1
            found.append(_first(score))
        return np.array(found)

    def tuned(self, rows: list[Ints], places: list[int]) -> float:
        """The smoothing of `SMOOTH` that guesses best on these texts."""
        truths = np.array([row[place] for row, place in zip(rows, places, strict=True)])
        return max(SMOOTH, key=lambda one: (self.guesses(rows, places, one)[:, 0] == truths).sum())


def _first(score: NDArray[np.floating]) -> Ints:
    """The places of the `ASKED` highest, the highest first."""
    best = np.argpartition(-score, ASKED)[:ASKED]
    return best[np.argsort(-score[best], kind="stable")]


def scored(guesses: Ints, truths: Ints) -> dict[str, Any]:
    """How often the first guess, and one of the first five, is the hidden word; and so for rarer words."""
    found: dict[str, Any] = {}
    for name, asked in (("all", np.ones(len(truths), dtype=bool)), ("rarer", truths >= N_SPECIAL + COMMON)):
        first, five = guesses[asked, 0] == truths[asked], (guesses[asked] == truths[asked, None]).any(1)
        found[name] = {"n": int(asked.sum()), "first": int(first.sum()), "five": int(five.sum())}
        for what in ("first", "five"):
            share = share_of(found[name][what], found[name]["n"])
            found[name][f"{what}_range"] = [round(share.low, 4), round(share.high, 4)]
    return found


def habits(net: Head, rows: list[Ints]) -> list[dict[str, float]]:
    """Of each head, what share of its looks goes where, on average over every gap of the texts."""
    where = {name: torch.zeros(HEADS) for name in ("before", "after", "gap", "farther", "common")}
    n_gaps = 0
    with torch.inference_mode():
        for batch in batches(rows, SEED):
            weights, _ = net.looks(batch)
            n = batch.shape[1]
            far = torch.arange(n)[None] - torch.arange(n)[:, None]
            common = ((batch >= N_SPECIAL) & (batch < N_SPECIAL + COMMON))[:, None, None] & (far != 0)
            for name, mask in (
                ("before", far == -1), ("after", far == 1), ("gap", far == 0), ("farther", far.abs() > 1),
                ("common", common),
            ):  # fmt: skip
                where[name] += (weights * mask).sum((0, 2, 3))
            n_gaps += batch.numel()
    return [
        {name: round(float(total[head]) / n_gaps, 4) for name, total in where.items()}
        for head in range(HEADS)
    ]


def effects(arrays: dict[str, NDArray[Any]], rows: list[Ints], places: list[int]) -> dict[str, Any]:
    """How often the word that a head looks at most is also the one whose cover moves the first guess most.

    The gap's own place is left out of both; every text has four words or more.
    """
    net = head_of(arrays)
    hits, chance = [0] * HEADS, 0.0
    for row, place in zip(rows, places, strict=True):
        looks = net.looks(row)
        answers = net.answers(looks, place)
        first = int(answers.argmax())
        moved = [-1.0] * len(row)
        for other in range(len(row)):
            if other != place:
                then = net.answers(net.looks(row, other), place)
                moved[other] = abs(float(then[first] - answers[first]))
        weights = looks.weights[:, place].copy()
        weights[:, place] = -1
        chance += 1 / (len(row) - 1)
        for head in range(HEADS):
            hits[head] += int(weights[head].argmax()) == int(np.argmax(moved))
    return {"n": len(rows), "hits": hits, "by_chance": round(chance / len(rows), 4)}
