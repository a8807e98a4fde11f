"""The model card: what was measured of the shipped network, and the sentences that say it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dl_core.intervals import Share, share_of
from dl_core.numbers_in_words import percent, two_figures
from dl_core.vision.calibration import Bin
from dl_core.vision.classes import ASSETS, classes
from dl_core.vision.views import WayIn

CARD_FILE = ASSETS / "vision" / "card.json"


@dataclass(frozen=True)
class Card:
    """Everything measured of the shipped weights, as written by ``dl_core.offline.publish``."""

    sha256: str  # of the weights file
    weights_bytes: int  # size of the weights file
    parameters: int  # numbers learned in training
    temperature: float  # scores are divided by this before they become probabilities
    threshold: float  # answers less sure than this are refused
    milliseconds: float  # processor time of one answer on one core of the machine that measured
    way_in: WayIn  # how a photo becomes the network's input
    top1: Share  # held-out 64-pixel photos whose first guess was right
    top5: Share  # ... whose five first guesses held the right one
    full_size_top1: Share  # full-size photos whose first guess was right
    full_size_top5: Share  # ... whose five first guesses held the right one
    ece_before: float  # expected calibration error on held-out photos without temperature
    ece: float  # ... with temperature: as shipped
    reliability: tuple[Bin, ...]  # held-out answers by how sure they were
    right_per_class: tuple[Share, ...]  # held-out photos named right, in the order of the class list
    refusals: dict[str, Share]  # what was shown → how often the network refused to answer
    refusal_rules: tuple[dict[str, Any], ...]  # rules at the same price, and what each holds back
    ways_in: tuple[dict[str, Any], ...]  # the comparison that chose `way_in`, one row each
    recipe: dict[str, Any]  # how it was trained: plan, rates, seed
    commands: tuple[str, ...]  # the lines that make it again
    date: str  # of the measurement, as in 2026-11-21

    def reliability_at(self, probability: float) -> Bin:
        """The held-out answers that were about as sure as this ``probability`` (0 to 1)."""
        for found in self.reliability:
            if probability < found.high:
                return found
        return self.reliability[-1]


@cache
def _read(path: Path, _version: int) -> Card:
    raw = json.loads(path.read_text(encoding="utf-8"))
    told: dict[str, Any] = {name: raw[name] for name in Card.__dataclass_fields__}
    for name in ("top1", "top5", "full_size_top1", "full_size_top5"):
        told[name] = _share(raw[name])
    told["way_in"] = WayIn(**{**raw["way_in"], "shapes": tuple(raw["way_in"]["shapes"])})
    told["reliability"] = tuple(Bin(**row) for row in raw["reliability"])
    told["right_per_class"] = tuple(_share(row) for row in raw["right_per_class"])
    told["refusals"] = {name: _share(row) for name, row in raw["refusals"].items()}
    for name in ("refusal_rules", "ways_in", "commands"):
        told[name] = tuple(raw[name])
    return Card(**told)


def _share(counted: dict[str, int]) -> Share:
    return share_of(counted["hits"], counted["n"])


def read_card(path: Path = CARD_FILE) -> Card:
    """The shipped network's card.

    Examples
    --------
    >>> read_card().ece < 0.2
    True
    """
    return _read(path, path.stat().st_mtime_ns)


def accuracy_sentence(card: Card) -> str:
    """How often the network is right, on which photos, and how far that can be trusted.

    >>> print(accuracy_sentence(example_card()))
    On 1,000 small photos it had never seen, its first guess was right for 61 % (95 % range 58 to 64 %). \
The right name was among its five guesses for 84 %. Guessing blindly would be right for 0.50 %.
    """
    return (
        f"On {card.top1.n:,} small photos it had never seen, its first guess was right for "
        f"{percent(card.top1.value)} ({_range(card.top1)}). "
        f"The right name was among its five guesses for {percent(card.top5.value)}. "
        f"Guessing blindly would be right for {percent(1 / len(card.right_per_class))}."
    )


def full_size_sentence(card: Card) -> str:
    """The same for photos like a reader's own, with the warning that they are few."""
    return (
        f"On {card.full_size_top1.n} full-size photos, its first guess was right for "
        f"{percent(card.full_size_top1.value)} ({_range(card.full_size_top1)}). "
        "That is few photos, and they also helped to choose how a photo is shrunk. "
        "So trust the range, not the figure."
    )


def origin_sentence(card: Card) -> str:
    """Where the training photos come from and what that allows."""
    return (
        "Trained here on Tiny ImageNet-200 (Stanford CS231n, 2015), a subset of ImageNet with "
        f"{len(card.right_per_class)} everyday things. "
        "The photos were collected for non-commercial research. So use this network to learn, not to sell."
    )


def limits_sentences(card: Card) -> tuple[str, ...]:
    """What the network cannot do, each limit with its measured number."""
    names = [thing.name for thing in classes()]
    ranked = sorted(zip(card.right_per_class, names, strict=True), key=lambda pair: (pair[0].value, pair[1]))
    (worst, worst_name), (best, best_name) = ranked[0], ranked[-1]
    return (
        f"It knows {len(names)} things and nothing else. It looks for one of them in every photo.",
        f"It sees about {card.way_in.pixels} by {card.way_in.pixels} pixels, so small things are lost.",
        f"It is best at “{best_name}” ({best.hits} of {best.n} right). "
        f"It is worst at “{worst_name}” ({worst.hits} of {worst.n}).",
        "It learned from photos on the web of about 2010. Newer, rarer or local things look strange to it.",
        "It learned no names of people. Do not upload people or customer data.",
    )


def refusal_sentence(card: Card) -> str:
    """How the network decides not to answer, and how often that is a mistake."""
    right, wrong = card.refusals["right answers"], card.refusals["wrong answers"]
    return (
        f"It refuses when its best guess is less than {percent(card.threshold)} sure. "
        f"On test photos this held back {percent(wrong.value)} of its wrong answers. "
        f"The price: it also held back {percent(right.value)} of its right ones."
    )


def recipe_sentence(card: Card) -> str:
    """How the network was made, in one line."""
    plan, seed = (card.recipe.get(name, "not recorded") for name in ("plan", "seed"))
    return (
        f"{card.parameters:,} learned numbers in {card.weights_bytes / 1e6:.1f} MB. "
        f"Training plan (pixels × passes): {plan}, seed {seed}. Measured on {card.date}."
    )


def sureness_sentence(card: Card) -> str:
    """How far its percentages can be trusted.

    >>> sureness_sentence(example_card())
    'When it says how sure it is, it is off by 2.0 points on average, counted on photos it had never seen.'
    """
    return (
        f"When it says how sure it is, it is off by {two_figures(100 * card.ece)} points on average, "
        "counted on photos it had never seen."
    )


def _range(share: Share) -> str:
    return f"95 % range {100 * share.low:.0f} to {100 * share.high:.0f} %"


def example_card() -> Card:
    """A small invented card for examples and tests; no figure in it was measured."""
    empty = tuple(Bin(i / 10, (i + 1) / 10, 0, 0, 0.0) for i in range(3))
    bins = empty + tuple(Bin(i / 10, (i + 1) / 10, 200, 20 * i, i / 10 + 0.05) for i in range(3, 10))
    return Card(
        sha256="0" * 64,
        weights_bytes=11_400_000,
        parameters=5_700_000,
        temperature=0.9,
        threshold=0.25,
        milliseconds=20.0,
        way_in=WayIn(("whole", "centre"), 64, "area", mirrored=True),
        top1=share_of(610, 1000),
        top5=share_of(840, 1000),
        full_size_top1=share_of(58, 100),
        full_size_top5=share_of(80, 100),
        ece_before=0.05,
        ece=0.02,
        reliability=bins,
        right_per_class=tuple(share_of(i % 26, 25) for i in range(200)),
        refusals={"right answers": share_of(60, 610), "wrong answers": share_of(195, 390)},
        refusal_rules=(),
        ways_in=(),
        recipe={"seed": 0},
        commands=(),
        date="2026-01-01",
    )
