"""One guess against another: what on the photo speaks for A rather than B, in score points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import percent, two_figures
from dl_core.photos import Photo
from dl_core.vision.attribution import a_rather_than_b, read_scales
from dl_core.vision.card import read_card
from dl_core.vision.classes import label_of
from dl_core.vision.explain import Map
from dl_core.vision.placed import on_photo, places, seen_part, strongest
from dl_core.vision.views import Pixels

TIE = 0.05  # points of score; a lead below this reads as 0.0


@dataclass(frozen=True)
class Settings:
    """A photo and two names on the list.

    Raises
    ------
    ValueError
        "... is not on the list of 200 things."
    """

    photo: Photo
    a: str
    b: str

    def __post_init__(self) -> None:
        label_of(self.a)
        label_of(self.b)


@dataclass(frozen=True, eq=False)
class Against:
    """What speaks for A rather than B, and where."""

    settings: Settings
    photo: NDArray[np.uint8]  # (H, W, 3), what is looked at of the photo
    points: Map  # (H, W), points per patch: above 0 for A, below 0 for B
    lead: float  # points by which A's score is above B's
    from_nowhere: float  # of them, what A has over B whatever the photo shows
    concentration: float  # share of the leader's points that its strongest quarter of places holds, 0 to 1
    end: float  # points where the colours end, the same for every photo
    times: float  # how many times as probable the leader is

    @property
    def leader(self) -> str:
        """The name with the higher score."""
        return self.settings.a if self.lead >= 0 else self.settings.b

    @property
    def other(self) -> str:
        """The name with the lower score."""
        return self.settings.b if self.lead >= 0 else self.settings.a

    @property
    def is_same(self) -> bool:
        """Whether a name stands against itself."""
        return self.settings.a == self.settings.b

    @property
    def is_tie(self) -> bool:
        """Whether neither leads by a tenth of a point."""
        return abs(self.lead) < TIE

    @property
    def where(self) -> str:
        """Where on the photo the leader's strongest support lies, such as "upper left"."""
        return strongest(self.points if self.lead >= 0 else -self.points)


def story(settings: Settings) -> Against:
    """Set one guess against another: patch by patch, A's points less B's.

    Both scores are averages over the same patches, so their difference is one too. The map, added up over the
    patches, and what comes from nowhere (the two biases) make the lead.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> found = story(Settings(first_sample(), "espresso", "teapot"))
    >>> found.leader, found.lead > 0
    ('espresso', True)
    """
    from dl_core.vision.weights import shipped_network

    card, photo, network = read_card(), settings.photo.image, shipped_network()
    a, b = label_of(settings.a), label_of(settings.b)
    sums = []

    def between(look: Pixels) -> Map:
        found = a_rather_than_b(network, look, a, b)
        sums.append(float(found.sum(dtype=np.float64)))
        return found

    points = on_photo(between, photo, card.way_in)
    from_nowhere = float(network.head.bias[a]) - float(network.head.bias[b])
    lead = float(np.mean(sums)) + from_nowhere
    return Against(
        settings=settings,
        photo=seen_part(photo, card.way_in),
        points=points,
        lead=lead,
        from_nowhere=from_nowhere,
        concentration=concentration(places(points if lead >= 0 else -points)),
        end=read_scales().ends["A against B"],
        times=float(np.exp(abs(lead) / card.temperature)),
    )


def concentration(points: Map) -> float:
    """The share of all points above 0 that the strongest quarter of ``points`` ``(rows, columns)`` holds.

    That is a quarter where they are spread evenly; 0 where there are none.

    Examples
    --------
    >>> concentration(np.ones((4, 4), np.float32)), concentration(np.eye(4, dtype=np.float32))
    (0.25, 1.0)
    """
    positive = np.sort(np.maximum(points, 0).ravel())[::-1].astype(np.float64)
    total = positive.sum()
    return float(positive[: max(1, len(positive) // 4)].sum() / total) if total > 0 else 0.0


def takeaway(found: Against) -> str:
    """Who leads by how much, where that comes from and how concentrated it is.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> takeaway(story(Settings(first_sample(), "teapot", "teapot")))
    'You compare “teapot” with itself. Nothing speaks for one rather than the other, so the map is empty.'
    """
    if found.is_same:
        return (
            f"You compare “{found.settings.a}” with itself. "
            "Nothing speaks for one rather than the other, so the map is empty."
        )
    if found.is_tie:
        start = f"“{found.settings.a}” and “{found.settings.b}” are level. What speaks for the first"
    else:
        start = (
            f"“{found.leader}” leads “{found.other}” by {two_figures(abs(found.lead))} score points, "
            f"so it gets {two_figures(found.times)} times the probability. What speaks for it"
        )
    share = percent(found.concentration)
    return f"{start} is strongest in the {found.where}. The strongest quarter of places holds {share} of it."
