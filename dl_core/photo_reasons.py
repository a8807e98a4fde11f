"""Three maps of where one score came from, each beside its scrambled control, and how far they agree."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dl_core.jobs import GoOn
from dl_core.live_classifier import Look
from dl_core.numbers_in_words import listed, two_figures, two_places
from dl_core.vision.attribution import METHODS, Method, Step, Stopped, fixed_to, read_scales
from dl_core.vision.card import read_card
from dl_core.vision.classes import label_of
from dl_core.vision.explain import Map, rank_correlation
from dl_core.vision.placed import on_photo, places, seen_part
from dl_core.vision.views import Pixels, views

if TYPE_CHECKING:
    from dl_core.vision.network import ResidualNetwork

PIECES = 8  # of one view and one network, in which the work can be stopped; each under a tenth of a second
SEED = 0  # which of the scrambled networks is the control


@dataclass(frozen=True, eq=False)
class Asked:
    """What one method says; a map is None where the work was stopped before it."""

    method: str
    trained: Map | None  # (H, W), points of score, signed
    scrambled: Map | None  # (H, W), the same from a network whose weights were dealt out anew
    end: float  # points where the colours end, the same for every photo
    likeness: float | None  # rank correlation of both maps, -1 to 1; None where one is missing


@dataclass(frozen=True)
class Pair:
    """How far two methods' maps of one score agree."""

    one: str
    other: str
    likeness: float  # rank correlation, -1 to 1


@dataclass(frozen=True, eq=False)
class Reasons:
    """Three methods' maps of one score on one photo."""

    settings: Look
    photo: NDArray[np.uint8]  # (H, W, 3), what is looked at of the photo
    asked: tuple[Asked, ...]  # in the order of `METHODS`
    agreements: tuple[float, ...]  # rank correlations of the trained maps: 1-2, 1-3, 2-3; less where stopped
    luck: float  # what maps of two different photos pass in 5 of 100 cases, 0 to 1

    @property
    def is_whole(self) -> bool:
        """Whether nothing was stopped before its end."""
        return all(one.likeness is not None for one in self.asked)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The methods two by two, as far as their maps are there."""
        names = combinations([one.method for one in self.asked], 2)
        return tuple(
            Pair(one, other, found) for (one, other), found in zip(names, self.agreements, strict=False)
        )

    @property
    def alike(self) -> tuple[Pair, ...]:
        """The pairs that agree by more than luck."""
        return tuple(pair for pair in self.pairs if pair.likeness > self.luck)

    @property
    def opposed(self) -> tuple[Pair, ...]:
        """The pairs that contradict each other by more than luck."""
        return tuple(pair for pair in self.pairs if pair.likeness < -self.luck)

    @property
    def doubtful(self) -> tuple[Asked, ...]:
        """The methods whose map is tied to that of the scrambled control by more than luck."""
        return tuple(one for one in self.asked if one.likeness is not None and abs(one.likeness) > self.luck)


def story(settings: Look, go_on: GoOn | None = None) -> Reasons:
    """Ask three ways, of the trained network and of its scrambled control.

    Parameters
    ----------
    go_on
        Asked before each piece with the share that is done, 0 to 1; False ends it, and maps are missing.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> stopped = story(Look(first_sample(), "goldfish"), go_on=lambda share: False)
    >>> stopped.is_whole, [one.trained for one in stopped.asked]
    (False, [None, None, None])
    """
    from dl_core.vision.weights import scrambled_network, shipped_network

    card, photo, index = read_card(), settings.photo.image, label_of(settings.label)
    shipped, scrambled = shipped_network(), scrambled_network(SEED)
    controls: dict[bytes, ResidualNetwork] = {}

    def control(look: Pixels) -> ResidualNetwork:
        key = look.tobytes()
        if key not in controls:
            controls[key] = fixed_to(scrambled, look)
        return controls[key]

    network_for: tuple[Callable[[Pixels], ResidualNetwork], ...] = (lambda look: shipped, control)
    maps: dict[str, list[Map]] = {name: [] for name in METHODS}
    n_pieces, pieces = 2 * len(views(photo, card.way_in)) * PIECES, 0

    def step() -> None:
        nonlocal pieces
        if go_on is not None and not go_on(min(0.99, pieces / n_pieces)):
            raise Stopped
        pieces += 1

    try:
        for name, method in METHODS.items():
            for at in network_for:
                points_of = partial(_points, method, at, index, step)
                maps[name].append(on_photo(points_of, photo, card.way_in))
    except Stopped:
        pass
    scales = read_scales()
    asked, seen = [], []
    for name, found in maps.items():
        small = [places(one) for one in found]
        seen += small[:1]
        likeness = rank_correlation(small[0], small[1]) if len(small) == 2 else None
        trained, dealt_anew = [*found, None, None][:2]
        asked.append(Asked(name, trained, dealt_anew, scales.ends[name], likeness))
    agreements = tuple(rank_correlation(a, b) for a, b in combinations(seen, 2))
    return Reasons(settings, seen_part(photo, card.way_in), tuple(asked), agreements, scales.luck)


def _points(
    method: Method, network_for: Callable[[Pixels], ResidualNetwork], index: int, step: Step, look: Pixels
) -> Map:
    return method(network_for(look), look, index, step)


def takeaway(found: Reasons) -> str:
    """How far the three maps agree, and whether a control draws the same.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> takeaway(story(Look(first_sample(), "goldfish"), go_on=lambda share: False))
    'The work was stopped before two maps were there. Start it again to compare them.'
    """
    if len(found.agreements) < 3:
        count = "two" if not found.agreements else "all three"
        return f"The work was stopped before {count} maps were there. Start it again to compare them."
    return f"{agreement_sentence(found)} {control_sentence(found)}".rstrip()


def agreement_sentence(found: Reasons) -> str:
    """Which of the three maps agree by more than luck, and which contradict each other."""
    alike, opposed = found.alike, found.opposed
    if len(alike) == 3:
        return (
            f"{relation(alike, 'agree')} ({_listed(alike)}), and more than maps of two different photos do."
        )
    told = [
        f"{relation(pairs, verb)} ({_listed(pairs)})."
        for pairs, verb in ((alike, "agree"), (opposed, "contradict"))
        if pairs
    ]
    if not told:
        return (
            f"The three maps agree at {_listed(found.pairs)}, no more than maps of two different photos do."
        )
    if left := 3 - len(alike) - len(opposed):
        others = "third pair agrees" if left == 1 else "other two pairs agree"
        told.append(f"The {others} no more than maps of two different photos do.")
    return " ".join(told)


def relation(pairs: tuple[Pair, ...], verb: str) -> str:
    """Who agrees with whom, or contradicts whom, as a clause that begins a sentence.

    Parameters
    ----------
    pairs
        One to three, of three methods.
    verb
        "agree" or "contradict".

    Examples
    --------
    >>> relation((Pair("Grad-CAM", "Occlusion", 0.8),), "agree")
    'Grad-CAM and Occlusion agree'
    >>> relation((Pair("Grad-CAM", "Occlusion", -0.8), Pair("Occlusion", "A third", -0.9)), "contradict")
    'Occlusion contradicts Grad-CAM and A third'
    """
    with_, each = ("with ", "") if verb == "agree" else ("", " each other")
    if len(pairs) == 3:
        return f"All three maps {verb}{each}"
    if len(pairs) == 1:
        return f"{pairs[0].one} and {pairs[0].other} {verb}{each}"
    first, second = ({pair.one, pair.other} for pair in pairs)
    (shared,) = first & second
    rest = [name for pair in pairs for name in (pair.one, pair.other) if name != shared]
    return f"{shared} {verb}s {with_}{listed(rest)}"


def _listed(pairs: tuple[Pair, ...]) -> str:
    return listed([two_places(pair.likeness) for pair in pairs])


def control_sentence(found: Reasons) -> str:
    """Which maps the scrambled control draws as well; nothing can be learned from those. Empty if stopped."""
    doubtful = found.doubtful
    if not doubtful:
        return "None follows its scrambled control." if found.is_whole else ""
    names = listed([f"{one.method} ({two_places(one.likeness or 0.0)})" for one in doubtful])
    if len(doubtful) > 1:
        return f"{names} are tied to their scrambled controls, so do not lean on them."
    tied = "follows" if (doubtful[0].likeness or 0.0) > 0 else "mirrors"
    return f"{names} {tied} its scrambled control, so do not lean on it."


def point_sentence() -> str:
    """What one score point is worth: odds are probabilities over those of all other names.

    >>> point_sentence()[:40]
    'A score point more multiplies the odds b'
    """
    times = two_figures(math.exp(1 / read_card().temperature))
    return f"A score point more multiplies the odds by about {times}."
