"""One page about a trained model for whoever gets its file: what it decides, how well, and where it fails.

Source: Mitchell et al., "Model Cards for Model Reporting" (2019), shortened to what is known here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import numpy as np

from dl_core.intervals import Share, share_of_groups
from dl_core.numbers_in_words import listed, percent, so_many
from dl_core.transfer.features import Features
from dl_core.transfer.head_file import clean_names, write_head
from dl_core.transfer.opening import KEPT, Opening, n_frozen
from dl_core.transfer.own_photos import class_name
from dl_core.transfer.pictures import Labels
from dl_core.transfer.split import By
from dl_core.vision.card import read_card

_TOOLS = ("torch", "numpy", "onnx")


@dataclass(frozen=True)
class Facts:
    """What is known of a trained model. The counts are one number for each class."""

    task: str  # what the page calls it
    names: tuple[str, ...]  # of the classes, cleaned
    learned_from: tuple[int, ...]  # pictures
    held_out: tuple[int, ...]  # pictures
    right: tuple[int, ...]  # held-out pictures that were answered right
    by: By  # how the piles were cut
    is_own: bool  # the maker's own photos
    n_trained: int  # numbers
    head_sha256: str  # of head.safetensors
    made_on: date
    always: float = 0.0  # score of one answer for everything, 0 to 1
    bar: float | None = None  # answers less sure than this are to be held back, 0 to 1
    strangers: Share | None = None  # pictures of other things that are still answered at that bar
    n_bursts: int | None = None  # of the held-out pictures; None: each counts alone

    @property
    def score(self) -> Share | None:
        """Held-out pictures that were answered right; None where none was held out."""
        n = sum(self.held_out)
        return share_of_groups(sum(self.right), n, self.n_bursts or n) if n else None


def facts_of(told: Opening, features: Features, made_on: date, by: By = "burst") -> Facts:
    """Count what the card says.

    Parameters
    ----------
    told
        Pictures, piles and head, as the page found them.
    features
        ``(N, 320)`` of all its pictures.
    made_on
        The day that is printed.
    by
        How the piles were cut.
    """
    pictures, n_classes = told.pictures, len(told.pictures.names)
    truth = pictures.labels[told.split.held_out]
    right = truth[told.head.answers(features[told.split.held_out]) == truth] if len(truth) else truth

    def each(labels: Labels) -> tuple[int, ...]:
        return tuple(np.bincount(labels, minlength=n_classes).tolist())

    return Facts(
        task=pictures.name,
        names=clean_names(pictures.names),
        learned_from=told.counts,
        held_out=each(truth),
        right=each(right),
        by=by,
        is_own=pictures.is_own,
        n_trained=told.head.n_trained,
        head_sha256=hashlib.sha256(write_head(told.head, pictures.names)).hexdigest(),
        made_on=made_on,
        bar=told.bar,
        strangers=told.strangers.answered if told.strangers else None,
        always=told.always,
        n_bursts=len(np.unique(pictures.bursts[told.split.held_out])) or None,
    )


def model_card(facts: Facts) -> str:
    """The card as one page of Markdown. Names stand as code, so that nothing in them is read as markup."""
    names = [f"`{name}`" for name in facts.names]
    task = class_name(facts.task) or "a task"
    whose = (
        "the maker's own photos, which are not included" if facts.is_own else f"the task “{task}” of the page"
    )
    network = read_card()
    return "\n".join(
        (
            f"# Model card: {listed(names)}",
            "",
            f"Made on {facts.made_on.isoformat()} on the page “Transfer learning”, to learn and to try out.",
            "",
            "## What it decides",
            f"Which of {len(names)} names fits a picture best: {listed(names)}. It gives each a probability.",
            "",
            "## What it learned from",
            f"- Pictures: {so_many(sum(facts.learned_from), 'picture')} of {whose}.",
            f"- Trained: {facts.n_trained:,} numbers, the new head. "
            f"Frozen: {n_frozen():,}, the network before it.",
            "- The network: a small residual network that learned 200 things from Tiny ImageNet. "
            "Those photos were collected for non-commercial research. "
            "So use the file to learn, not to sell.",
            "",
            "## How often it was right",
            _score(facts),
            "",
            *_table(facts),
            "",
            _split(facts),
            "",
            "## Where it fails",
            *(f"- {limit}" for limit in _limits(facts)),
            "",
            "## What is in the file",
            "`model.onnx` takes upright RGB pictures of any size as bytes, `(N, H, W, 3)`. "
            "Cropping, shrinking, the network and the names are inside. `use_it.py` shows how to ask it.",
            "",
            f"- SHA-256 of `head.safetensors`: `{facts.head_sha256}`",
            f"- SHA-256 of the network: `{network.sha256}`",
            f"- Made with {listed([f'{tool} {version(tool)}' for tool in _TOOLS])}.",
            "",
        )
    )


def _score(facts: Facts) -> str:
    score = facts.score
    if score is None:
        return "Not measured: no picture was held out. So nobody knows how often it is right."
    return (
        f"{score.hits} of {so_many(score.n, 'held-out picture')} right: {percent(score.value)}, "
        f"95 % interval {percent(score.low)} to {percent(score.high)}. "
        f"One answer for everything would get {percent(facts.always)}."
    )


def _refusal(facts: Facts) -> str:
    """What it does with a picture of something else, and from where on an answer should be held back."""
    always = "It always picks one of its names. Nothing in the file refuses a picture of something else."
    if facts.bar is None:
        return f"{always} No threshold was found, because no held-out picture was answered right."
    held = (
        f"{always} Hold back an answer whose probability is below {facts.bar:.3f}: "
        f"{percent(KEPT)} of the right answers on held-out pictures pass that threshold."
    )
    if facts.strangers is None:
        return held
    others = facts.strangers
    return f"{held} So do {others.hits} of {so_many(others.n, 'picture')} of other things."


def _split(facts: Facts) -> str:
    if facts.by == "burst":
        return (
            "The piles were cut by burst: pictures taken at one go are in one pile only. "
            "Pictures of one burst are alike, so the interval above counts each burst as one picture."
        )
    return (
        "The piles were cut at random: near copies can be in both. So the score above may be too good. "
        "Cut by burst before you rely on it."
    )


def _table(facts: Facts) -> Sequence[str]:
    rows = zip(facts.names, facts.learned_from, facts.held_out, facts.right, strict=True)
    return (
        "| Class | Learned from | Held out | Right |",
        "|---|---:|---:|---:|",
        *(f"| `{name}` | {learned} | {held} | {right} |" for name, learned, held, right in rows),
    )


def _limits(facts: Facts) -> Sequence[str]:
    fewest = min(facts.learned_from)
    return (
        _refusal(facts),
        "Photos from another camera, place or season may be answered worse. None were tried.",
        "A probability of 90 % need not mean right nine times in ten. That was not measured.",
        f"The smallest class had {so_many(fewest, 'picture')} to learn from.",
        "Only the middle square of a picture is looked at, at 64 by 64 pixels. Small details are lost.",
    )
