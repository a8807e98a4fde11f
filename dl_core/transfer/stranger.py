"""“None of these”: by distance or by sureness, with counted errors, and what one answer leans on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from dl_core.intervals import Share, share_of
from dl_core.jobs import GoOn
from dl_core.photos import Photo
from dl_core.transfer.checked import Checked, check_draw, checked
from dl_core.transfer.features import Features, features_of
from dl_core.transfer.leaning import lent, nearest
from dl_core.transfer.opening import at_rest as opening_at_rest
from dl_core.transfer.pictures import Pictures, Pixels
from dl_core.transfer.strange import Floats, Measured, Pile, far_from, measured

Look = Literal["stranger", "known", "photo"]
LOOKS: tuple[Look, ...] = ("stranger", "known", "photo")
SHOWN = 5  # nearest pictures
LENDERS = 3  # pictures that lend most to the answer
PRICES = (1, 5, 10, 20, 50)  # known photos in 100 that may be refused


@dataclass(frozen=True)
class Settings:
    """A task, the price that is paid for refusing, and a new picture.

    Raises
    ------
    ValueError
        When a number cannot be, or there is no photo to look at.
    """

    pictures: Pictures  # a ready-made task or the reader's own
    n_per_class: int = 20  # pictures to learn from, 1 to 10,000 a class
    seed: int = 0  # decides which pictures are held out
    refuse: int = 5  # known photos in 100 that may be refused, 0 to 90
    look: Look = "stranger"  # which new picture: none of the classes, a held-out one, or the photo
    number: int = 1  # which stranger or held-out picture, from 1; a higher one starts again
    photo: Photo | None = None  # to look at where ``look`` says so

    def __post_init__(self) -> None:
        check_draw(self.n_per_class, self.seed)
        if not 0 <= self.refuse <= 90:
            raise ValueError(f"{self.refuse} of 100 cannot be refused: choose 0 to 90.")
        if self.look not in LOOKS:
            raise ValueError(f"There is no picture {self.look!r}: choose one of {', '.join(LOOKS)}.")
        if self.number < 1:
            raise ValueError(f"There is no picture number {self.number}: choose 1 or more.")
        if self.look == "photo" and self.photo is None:
            raise ValueError("No photo was chosen to look at.")


@dataclass(frozen=True)
class Rule:
    """One rule for saying “none of these”, judged."""

    bar: float  # degrees above which, or share of sureness below which, a picture is refused
    known: Share  # held-out pictures, refused wrongly
    strangers: Share  # refused rightly, over all kinds
    kinds: tuple[tuple[str, Share], ...]  # the same for each kind
    left_out: Share | None  # of a class that was left out of training, refused; with two classes none


@dataclass(frozen=True)
class Near:
    """A training picture near the new one."""

    row: int  # of the task's pictures
    degrees: float  # the angle between their features


@dataclass(frozen=True)
class Lender:
    """A training picture and what it adds to the score of the answer."""

    row: int  # of the task's pictures
    points: float  # below 0: it speaks against the answer


@dataclass(frozen=True)
class Asked:
    """A new picture, answered."""

    pixels: Pixels  # (64, 64, 3)
    kind: str  # where it comes from, as the page calls it
    truth: int | None  # its class, from 0; None where it is none of them, or nobody knows
    answer: int  # class that the head names
    sure: float  # how sure, 0 to 1
    far: float  # average angle to the three nearest training pictures, degrees
    near: tuple[Near, ...]  # the nearest training pictures
    lenders: tuple[Lender, ...]  # those that lend most to the answer, the strongest first
    against: Lender | None  # the one that speaks against it most
    score: float  # of the answer, points
    lent: float  # points from all training pictures together
    bias: float  # points that every picture gets


@dataclass(frozen=True, eq=False)
class Stranger:
    """Both rules at one price, and one new picture."""

    settings: Settings
    measured: Measured | None  # None where the work was stopped
    distance: Rule | None  # None where too few photos are held out to set a bar and to judge it
    sureness: Rule | None
    asked: Asked | None

    @property
    def refused(self) -> bool:
        """Whether distance says “none of these” about the new picture."""
        return bool(self.asked and self.distance and self.asked.far > self.distance.bar)

    @property
    def refused_by_sureness(self) -> bool:
        """Whether the bar on sureness would."""
        return bool(self.asked and self.sureness and self.asked.sure < self.sureness.bar)


def at_rest() -> Settings:
    """What the scene opens with: the task of the page's opening scene."""
    opening = opening_at_rest()
    return Settings(opening.pictures, opening.n_per_class, opening.seed)


def story(settings: Settings, go_on: GoOn | None = None) -> Stranger:
    """Set both bars on pictures kept aside, judge them on others, and answer the new picture.

    Parameters
    ----------
    settings
        The task, the price and the new picture.
    go_on
        Share done → whether to go on; where it says no, nothing is told.
    """
    at = settings.pictures, settings.n_per_class, settings.seed
    found, piles = checked(*at, go_on), measured(*at, go_on)
    if found is None or piles is None:
        return Stranger(settings, None, None, None, None)
    rules: list[Rule | None] = [None, None]
    if len(piles.aside.far) and len(piles.known.far):
        rules = [_rule(piles, settings.refuse / 100, by) for by in ("far", "sure")]
    return Stranger(settings, piles, rules[0], rules[1], _asked(settings, found, piles))


def _bar(values: Floats, price: float) -> float:
    """The lowest of the values that no more than the share ``price`` of them exceeds."""
    may = int(price * len(values) + 1e-9)
    return float(np.sort(values)[len(values) - 1 - may])


def _strange(pile: Pile, by: str) -> Floats:
    """Larger is stranger."""
    return pile.far if by == "far" else -pile.sure


def _rule(piles: Measured, price: float, by: str) -> Rule:
    bar = _bar(_strange(piles.aside, by), price)

    def refused(pile: Pile, over: float = bar) -> int:
        return int((_strange(pile, by) > over).sum())

    kinds = [(pile.name, refused(pile), len(pile.far)) for pile in piles.strangers]
    left_out = [
        (refused(unseen, _bar(_strange(others, by), price)), len(unseen.far))
        for others, unseen in piles.left_out
    ]
    return Rule(
        abs(bar),
        share_of(refused(piles.known), len(piles.known.far)),
        share_of(sum(n for _, n, _ in kinds), sum(of for _, _, of in kinds)),
        tuple((name, share_of(n, of)) for name, n, of in kinds),
        share_of(sum(n for n, _ in left_out), sum(of for _, of in left_out)) if left_out else None,
    )


def n_to_choose(piles: Measured, look: Look) -> int:
    """How many pictures there are to look at, 1 or more.

    Parameters
    ----------
    piles
        From :func:`dl_core.transfer.strange.measured`.
    look
        Of which sort.
    """
    if look == "photo":
        return 1
    return (
        sum(len(kind.pixels) for kind in piles.kinds) if look == "stranger" else max(1, len(piles.known_rows))
    )


def _asked(settings: Settings, found: Checked, piles: Measured) -> Asked | None:
    pictures, train = settings.pictures, found.split.train
    seen = _seen(settings, found, piles)
    if seen is None:
        return None
    pixels, features, kind, truth = seen
    stored, labels = found.features[train], pictures.labels[train]
    sure = found.head.probabilities(features[None])[0]
    answer = int(sure.argmax())
    places, degrees = nearest(features, stored, SHOWN)
    apart = lent(found.head, stored, labels, features, answer)
    order = np.argsort(-apart.points, kind="stable")
    lenders = [Lender(int(train[at]), float(apart.points[at])) for at in (*order[:LENDERS], order[-1])]
    return Asked(
        pixels, kind, truth, answer, float(sure[answer]), float(far_from(features[None], stored)[0]),
        tuple(Near(int(train[at]), float(far)) for at, far in zip(places, degrees, strict=True)),
        tuple(one for one in lenders[:-1] if one.points > 0),
        lenders[-1] if lenders[-1].points < 0 else None,
        apart.score, float(apart.points.sum()), apart.bias,
    )  # fmt: skip


def _seen(
    settings: Settings, found: Checked, piles: Measured
) -> tuple[Pixels, Features, str, int | None] | None:
    """Pixels, features, where from, and the class of the picture to look at."""
    if settings.look == "photo" and settings.photo is not None:
        from dl_core.vision.centre_view import centre_view

        pixels = centre_view(settings.photo.image)
        return pixels, features_of(pixels[None])[0], settings.photo.name, None
    if settings.look == "known":
        if not len(piles.known_rows):
            return None
        row = int(piles.known_rows[(settings.number - 1) % len(piles.known_rows)])
        pictures = settings.pictures
        return pictures.pixels[row], found.features[row], "held out", int(pictures.labels[row])
    # one of each kind in turn, so that the first few differ
    order = sorted((at, which) for which, kind in enumerate(piles.kinds) for at in range(len(kind.pixels)))
    at, which = order[(settings.number - 1) % len(order)]
    kind = piles.kinds[which]
    return kind.pixels[at], kind.features[at], kind.name, None
