"""Where to refuse: what wrong answers and people's looks cost at every bar, on answers that were counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dl_core.held_out_answers import Counted, Counts, Floats, counted, recounted
from dl_core.kept_with_photo import recall, remember
from dl_core.numbers_in_words import two_figures
from dl_core.photos import Photo
from dl_core.running_case import CASES
from dl_core.vision import classify, read_card

LEAST, DEAREST = 0.01, 1e6  # money
MOST_PHOTOS = 100_000_000  # a day
MIDDLE = (0.025, 0.975)  # a range that holds 95 in 100 resamples


@dataclass(frozen=True)
class Settings:
    """A photo, the reader's bar, and the price list."""

    photo: Photo
    threshold: int = 60  # percent: an answer less sure than this goes to a person, 0 to 100
    wrong: float = 5.0  # money for each wrong answer that is acted on, 0.01 to 1,000,000
    look: float = 0.5  # money for each photo that a person looks at, 0.01 to 1,000,000
    per_day: int = CASES[0].per_day  # photos a day, 1 to 100,000,000

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 100:
            raise ValueError(f"A bar of {self.threshold} % cannot be: choose 0 to 100.")
        for name, price in (("A wrong answer", self.wrong), ("A person's look", self.look)):
            if not LEAST <= price <= DEAREST:
                raise ValueError(f"{name} cannot cost {price}: give a price from {LEAST} to {DEAREST:,.0f}.")
        if not 1 <= self.per_day <= MOST_PHOTOS:
            raise ValueError(f"{self.per_day} photos a day cannot be: give 1 to {MOST_PHOTOS:,}.")


PRICES = {  # name → a wrong answer, a person's look
    "A wrong answer is cheap": (1.0, 0.5),
    "Costs like ten looks": (5.0, 0.5),
    "A wrong answer is dear": (20.0, 0.5),
}


@dataclass(frozen=True)
class RefusalCost:
    """What the reader's price list does to the same answers, at every bar."""

    settings: Settings
    at: Counted  # what passes each bar
    best: float  # the cheapest bar, percent
    formula: float  # the bar that two prices ask for, percent, if being sure is being right as often
    among: tuple[
        float, float
    ]  # 95 in 100 resamples of the photos put the cheapest bar between these, percent
    saving: tuple[float, float, float]  # money a day from the reader's bar to the best: least, counted, most
    tied: bool  # these photos cannot tell the reader's bar from the best
    guess: str  # what the network says of the reader's photo
    sure: float  # how sure, 0 to 1

    @cached_property
    def wrong_costs(self) -> Floats:
        """(n,) money a day for wrong answers that are acted on, at each bar."""
        return np.asarray(self.at.wrong * (self.settings.wrong * self._scale))

    @cached_property
    def look_costs(self) -> Floats:
        """(n,) money a day for people's looks, at each bar."""
        return np.asarray(self.at.to_a_person * (self.settings.look * self._scale))

    @cached_property
    def costs(self) -> Floats:
        """(n,) both together."""
        return self.wrong_costs + self.look_costs

    @property
    def shipped(self) -> float:
        """The bar that this page's network uses, percent."""
        return round(100 * read_card().threshold, 1)

    @property
    def answered(self) -> bool:
        """Whether the reader's photo passes the reader's bar."""
        return 100 * self.sure >= self.settings.threshold and self.settings.threshold < 100

    @property
    def premium(self) -> float:
        """How much dearer than the best the dearest bar of ``among`` is, as a share of 1."""
        low, high = (self.at.place_of(bar) for bar in self.among)
        return float(self.costs[low : high + 1].max() / self.cost_of(self.best) - 1)

    def cost_of(self, bar: float) -> float:
        """Money a day at a bar, in percent."""
        return float(self.costs[self.at.place_of(bar)])

    @property
    def _scale(self) -> float:
        return self.settings.per_day / self.at.n_photos


def formula(wrong: float, look: float) -> float:
    """The bar, in percent, at which an answer and a person's look cost the same.

    Parameters
    ----------
    wrong, look
        Money for one, above 0.

    Notes
    -----
    An answer that is right with probability p risks (1 - p) · wrong; a look costs its price, and the person
    is taken to be right. Source: C. K. Chow, "On optimum recognition error and reject tradeoff" (1970).

    Examples
    --------
    >>> formula(5, 0.5), formula(1, 0.5), formula(1, 2)
    (90.0, 50.0, 0.0)
    """
    return 100 * max(0.0, 1 - look / wrong)


def story(settings: Settings) -> RefusalCost:
    """Price what was counted at every bar, find the cheapest, and see where the photo stands.

    Parameters
    ----------
    settings
        The photo, the reader's bar and prices.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> told = story(Settings(first_sample()))
    >>> told.best > 80, told.cost_of(told.best) < told.cost_of(60)
    (True, True)
    """
    at = counted()
    # per photo; the number of photos a day scales everything alike
    costs = (at.wrong * settings.wrong + at.to_a_person * settings.look) / at.n_photos
    wrong, to_a_person = recounted()
    by_chance = (wrong * settings.wrong + to_a_person * settings.look) / at.n_photos
    asked = formula(settings.wrong, settings.look)
    best = int(_cheapest(costs[None], at.bars, asked)[0])
    low, high = np.quantile(at.bars[_cheapest(by_chance, at.bars, asked)], MIDDLE, method="nearest")
    among = min(float(low), float(at.bars[best])), max(float(high), float(at.bars[best]))
    yours = at.place_of(settings.threshold)
    least, most = np.quantile(by_chance[:, yours] - by_chance[:, best], MIDDLE)
    saving = [settings.per_day * float(value) for value in (least, costs[yours] - costs[best], most)]
    guess, sure = _answer_to(settings.photo)
    return RefusalCost(
        settings, at, float(at.bars[best]), asked, among, (saving[0], saving[1], saving[2]),
        tied=bool(least <= 0 or among[0] <= settings.threshold <= among[1]), guess=guess, sure=sure,
    )  # fmt: skip


def _cheapest(costs: Floats, bars: Floats, asked: float) -> Counts:
    """For each row of costs the place of the cheapest bar; among equals the nearest to the formula's."""
    equal = costs <= costs.min(axis=1, keepdims=True) * (1 + 1e-12)
    return np.asarray(np.where(equal, np.abs(bars - asked), np.inf).argmin(axis=1))


def _answer_to(shown: Photo) -> tuple[str, float]:
    known: tuple[str, float] | None = recall(shown, "first guess")
    if known is None:
        found = classify(shown.image, k=1)
        known = found.label, found.probability
        remember(shown, "first guess", known)
    return known


def in_percent(bar: float) -> str:
    """A bar as it is written: whole percents but for the shipped one.

    >>> in_percent(50.0), in_percent(37.2)
    ('50 %', '37.2 %')
    """
    return f"{bar:g} %"


def of_thousand(told: RefusalCost, bar: float) -> tuple[int, int, int]:
    """Of 1,000 photos at a ``bar`` in percent: right answers, wrong answers, photos for a person.

    Rounded so that the three make 1,000.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> of_thousand(story(Settings(first_sample())), 100)
    (0, 0, 1000)
    """
    place, n = told.at.place_of(bar), told.at.n_photos
    right, wrong = (round(1000 * int(of[place]) / n) for of in (told.at.right, told.at.wrong))
    return right, wrong, 1000 - right - wrong


def counts_sentence(told: RefusalCost, bar: float) -> str:
    """What happens to 1,000 photos at a ``bar`` in percent.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> counts_sentence(story(Settings(first_sample())), 100)
    'Of 1,000 photos, a bar of 100 % answers none.'
    >>> counts_sentence(story(Settings(first_sample())), 0)
    'Of 1,000 photos, a bar of 0 % answers all: 612 right and 388 wrong.'
    """
    right, wrong, person = of_thousand(told, bar)
    start = f"Of 1,000 photos, a bar of {in_percent(bar)} answers"
    if right + wrong == 0:
        return f"{start} none."
    if person == 0:
        return f"{start} all: {right} right and {wrong} wrong."
    rest = "1 goes" if person == 1 else f"{person} go"
    return f"{start} {right + wrong}: {right} right and {wrong} wrong. The other {rest} to a person."


def takeaway(told: RefusalCost) -> str:
    """The live sentences: the counts at the reader's bar, the cost, and what the cheapest bar would save.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> takeaway(story(Settings(first_sample(), 50, wrong=1.0))).split(". ")[-1]
    'No bar is clearly cheaper.'
    """
    counts = counts_sentence(told, told.settings.threshold)
    cost = two_figures(told.cost_of(told.settings.threshold))
    if told.tied:
        return f"{counts} Cost a day: about {cost}. No bar is clearly cheaper."
    least, saved, most = (two_figures(value) for value in told.saving)
    return (
        f"{counts} Cost a day: about {cost}. The cheapest bar, {in_percent(told.best)}, "
        f"saves about {saved} of it (95 % range {least} to {most})."
    )
