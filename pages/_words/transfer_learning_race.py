"""The words of the scene "race": three ways to train on the same photos."""

from __future__ import annotations

from dl_core.figures.transfer_race import PARTS_BORROWED, SMALL_PARTS
from dl_core.numbers_in_words import so_many
from dl_core.transfer.race import RACED, Race
from dl_core.transfer.shares import whole
from dl_core.transfer.training import AT_ONCE


def race_headline(told: Race) -> str:
    """What the race says about borrowing a network."""
    if not told.is_checked:
        return "Without held-out photos there is no race"
    verdict = told.verdict("head", "scratch")
    if verdict is None:
        return "You stopped this race"
    return {
        "better": "With few photos, borrow a network before you train one",
        "worse": "Borrowed features can lose, and here they do",
        "tie": "On these photos the race is too close to call",
    }[verdict]


def race_fine_print(told: Race) -> str:
    """How it was measured."""
    scratch = told.of("scratch")
    looks = (
        f" The small network looks at each photo {so_many(scratch.trained.planned, 'time')}, "
        "moved and lit a little differently."
        if scratch
        else ""
    )
    squares = (
        f" The small network is another one: all of its {SMALL_PARTS} parts are trained. "
        f"Of the borrowed one's {PARTS_BORROWED}, only the filled squares are."
    )
    cut = f" It races on at most {RACED} photos of each pile." if told.is_cut else ""
    return (
        "Seconds are work on one core of this server, and count the frozen network's look at your photos. "
        f"Memory is estimated, for {AT_ONCE} photos at a time. "
        f"A lead must be too large for chance; photos of one burst count as one.{squares}{looks}{cut}"
    )


RACE_LEAD = (
    "Three ways to train, on the same photos, asked about the same held-out ones, from which none learned. "
    "**Frozen** numbers are taken over and stay as they are; the new last layer is called the head. "
    "**Fine-tuning** trains some of the numbers taken over a little further."
)
RACE_SOURCE = "Our own network, and a small new one; both trained live; the same held-out photos for all; 95 % intervals."
RACE_NOTES = (
    "Say: three teams get the same photos and sit the same exam. The first starts from nothing. The second borrows our network and trains a new last layer. "
    "The third also bends its last stage. "
    "Point at the bars, then at the small squares: the filled ones were trained. "
    "Expect the question whether the loser was trained long enough. Choose three times as long and see. "
    "Then choose the house numbers. Where photos are unlike what the network has learned, borrowing may gain nothing."
)


def race_tells(told: Race) -> dict[str, str]:
    """What was measured of the ways to build it."""
    head, scratch = told.of("head"), told.of("scratch")
    verdict = told.verdict("head", "scratch")
    if head is None or scratch is None or verdict is None:
        return {}
    end = {
        "better": "Start with the borrowed network.",
        "worse": "Try more ways before choosing one.",
        "tie": "That is too close to call: hold out more photos.",
    }[verdict]
    return {
        "Baseline": f"On {so_many(told.n_held_out, 'held-out photo')}, a new head on a frozen network gets "
        f"{whole(head.score.value)} right, training from scratch {whole(scratch.score.value)}. {end}"
    }
