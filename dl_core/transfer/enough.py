"""How many photos are enough: a learning curve, and what the labels for it cost."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from dl_core.intervals import Share, share_of
from dl_core.jobs import GoOn
from dl_core.numbers_in_words import listed, number, percent, seconds_in_words, two_figures
from dl_core.transfer.cifar_features import KINDS, NAMES, SIZES, Run, load_runs
from dl_core.transfer.learning_curve import Classes, Curve, Gain, Point, learning_curve

IN_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SECONDS_PER_HOUR = 3600
LIMITS = {"price_per_label": 1000.0, "seconds_per_label": 3600.0, "hours_per_week": 60.0}


@dataclass(frozen=True)
class Settings:
    """What is to be told apart, from how many photos, and what a label takes.

    Raises
    ------
    ValueError
        If there is nothing to tell apart, or a size was not measured, or a price or a time cannot be.
    """

    classes: tuple[str, ...] = NAMES  # at least two of them, in their order
    photos_per_class: int = 100  # to learn from; one of SIZES
    double: bool = False  # two people label each photo
    price_per_label: float = 0.05  # in money; an assumption, as are the next two
    seconds_per_label: float = 5.0  # of one person
    hours_per_week: float = 20.0  # that one person labels; nobody labels for forty

    def __post_init__(self) -> None:
        if len(self.classes) < 2 or not set(self.classes) <= set(NAMES):
            raise ValueError("Choose at least two of the ten classes: else there is nothing to tell apart.")
        if tuple(name for name in NAMES if name in self.classes) != self.classes:
            raise ValueError("Name each class once, in the order of the list.")
        if self.photos_per_class not in SIZES:
            raise ValueError(
                f"{self.photos_per_class} photos each were not measured: choose {', '.join(map(str, SIZES))}."
            )
        if not 0 <= self.price_per_label <= LIMITS["price_per_label"]:
            raise ValueError(f"A label for {self.price_per_label} cannot be: give 0 to 1,000.")
        if not 0 < self.seconds_per_label <= LIMITS["seconds_per_label"]:
            raise ValueError(f"{self.seconds_per_label} seconds for a label cannot be: give up to 3,600.")
        if not 0 < self.hours_per_week <= LIMITS["hours_per_week"]:
            raise ValueError(f"{self.hours_per_week} hours a week cannot be: give up to 60.")

    @property
    def places(self) -> Classes:
        """The classes as places in NAMES."""
        return tuple(NAMES.index(name) for name in self.classes)


PRESETS = {
    "Five classes, 20 photos": Settings(("airplane", "car", "cat", "dog", "horse"), 20),
    "Ten classes, 100": Settings(),
    "Ten classes, 500": Settings(photos_per_class=500),
}


@dataclass(frozen=True)
class Budget:
    """What the labels of the training photos take; finding the photos is not in it."""

    photos: int  # of all classes
    labels: int  # given, with double labelling two a photo
    money: float  # in the currency of the price
    hours: float  # of one person, or of two together
    weeks: float  # of one person who labels so many hours a week


def budget_of(settings: Settings) -> Budget:
    """Classes × photos × labels a photo, times the price and times the seconds.

    Examples
    --------
    >>> budget_of(Settings(photos_per_class=500, double=True))  # 10 × 500 × 2 × 0.05; × 5 s = 50,000 s
    Budget(photos=5000, labels=10000, money=500.0, hours=13.88888888888889, weeks=0.6944444444444444)
    """
    photos = len(settings.classes) * settings.photos_per_class
    labels = photos * (2 if settings.double else 1)
    hours = labels * settings.seconds_per_label / SECONDS_PER_HOUR
    return Budget(photos, labels, labels * settings.price_per_label, hours, hours / settings.hours_per_week)


def with_size(settings: Settings, photos_per_class: int) -> Settings:
    """The same with another number of photos, ``photos_per_class`` of SIZES."""
    return replace(settings, photos_per_class=photos_per_class)


@dataclass(frozen=True)
class Enough:
    """The curve, the contenders where they were measured, and the bill."""

    settings: Settings
    curve: Curve
    runs: tuple[Run, ...]  # from scratch and fine-tuned; of all ten classes, so none for fewer
    budget: Budget

    @property
    def chosen(self) -> Point:
        """The point of the chosen size; the nearest smaller one where the work was stopped."""
        return max(
            (one for one in self.curve.points if one.n_per_class <= self.settings.photos_per_class),
            key=lambda one: one.n_per_class,
        )

    @property
    def asked(self) -> Share:
        """The chosen size's score as a share of the held-out photos, with the range for photos asked."""
        n = self.chosen.right.shape[1]
        return share_of(round(self.chosen.mean * n), n)

    @property
    def is_last(self) -> bool:
        """Whether twice as many photos were not measured."""
        return 2 * self.settings.photos_per_class > SIZES[-1]

    @property
    def gain(self) -> Gain | None:
        """What the next doubling buys; the last one where the next was not measured; None where stopped."""
        n = self.settings.photos_per_class
        return self.curve.doubling(SIZES[-1] // 2 if self.is_last else n)

    @property
    def price_of_doubling(self) -> float:
        """Of the labels: a doubling takes as many again; the last one took half of all."""
        return self.budget.money / (2 if self.is_last else 1)

    def mean_of(self, kind: str, n_per_class: int) -> float | None:
        """Share of right answers of a contender with ``n_per_class`` photos; None where not measured."""
        found = [run.score for run in self.runs if (run.kind, run.n_per_class) == (kind, n_per_class)]
        return sum(one.hits for one in found) / sum(one.n for one in found) if found else None


def story(settings: Settings, go_on: GoOn | None = None) -> Enough:
    """The learning curve for these classes, the contenders and the bill.

    Parameters
    ----------
    settings
        What the reader chose; only the classes decide what is trained.
    go_on
        Share done, 0 to 1 → whether to go on. Stopped, it returns a curve of fewer points or draws.

    Examples
    --------
    >>> told = story(Settings(("cat", "dog"), 5))
    >>> [point.n_per_class for point in told.curve.points] == list(SIZES), told.budget.labels
    (True, 10)
    """
    curve = learning_curve(settings.places, go_on)
    runs = load_runs() if settings.classes == NAMES else ()
    return Enough(settings, curve, runs, budget_of(settings))


def nearest_size(n_per_class: float) -> int:
    """The measured size nearest to a place on the picture, whose axis is logarithmic.

    Parameters
    ----------
    n_per_class
        Any number; what is not above 0 counts as the smallest size.

    >>> nearest_size(33.0), nearest_size(31.0), nearest_size(-1.0)
    (50, 20, 1)
    """
    return min(SIZES, key=lambda size: abs(math.log(size / max(n_per_class, 1e-3))))


def names_in_words(classes: tuple[str, ...]) -> str:
    """Which classes, as short as can be.

    >>> names_in_words(NAMES), names_in_words(("cat", "dog"))
    ('ten classes', 'cat and dog')
    """
    return listed(classes) if len(classes) < 4 else f"{IN_WORDS[len(classes)]} classes"


def money_in_words(money: float, currency: str = "$") -> str:
    """``money``, 0 or more, as a bill says it.

    >>> money_in_words(0.5), money_in_words(50.0), money_in_words(12500.4)
    ('$0.50', '$50', '$12,500')
    """
    return f"{currency}{money:,.2f}" if money < 10 and money != round(money) else f"{currency}{money:,.0f}"


def time_in_words(budget: Budget) -> str:
    """How long one person labels: minutes or hours within one of that person's weeks, else weeks.

    >>> time_in_words(budget_of(Settings()))
    '83 minutes of one person'
    >>> time_in_words(budget_of(Settings(seconds_per_label=300)))
    '4.2 weeks of one person'
    """
    if budget.weeks <= 1:
        spent = budget.hours * SECONDS_PER_HOUR
        told = f"{two_figures(budget.hours)} hours" if budget.hours > 2 else seconds_in_words(spent)
    else:
        told = f"{number(float(f'{budget.weeks:.2g}'))} weeks"
    return f"{told} of one person"


def points_in_words(share: float) -> str:
    """A difference of shares in percentage points, with a real minus sign.

    >>> points_in_words(0.0249), points_in_words(-0.007), points_in_words(0.1712)
    ('2.5', '−0.7', '17')
    """
    points = 100 * share
    return (
        (f"{points:.0f}" if abs(points) >= 10 else f"{points:.1f}").replace("-0.0", "0.0").replace("-", "−")
    )


def doubling_in_words(told: Enough) -> str:
    """What the next doubling costs and buys, with its range; of the last one where the next is unknown.

    >>> doubling_in_words(story(Settings(("cat", "dog"), 1))).partition(" and buys ")[0]
    'The next doubling costs $0.10 more'
    """
    found = told.gain
    if found is None:
        return "What a doubling buys is not measured yet."
    low, high = points_in_words(found.low), points_in_words(found.high)
    bought = f"{points_in_words(found.mean)} points (range {low} to {high})"
    price = money_in_words(told.price_of_doubling)
    if told.is_last:
        return f"The last doubling cost {price} of it and bought {bought}; past that, we measured nothing."
    return f"The next doubling costs {price} more and buys about {bought}."


def takeaway(told: Enough) -> str:
    """The score at the chosen size, the bill, and the next doubling."""
    point, bill = told.chosen, told.budget
    photos = "one photo" if point.n_per_class == 1 else f"{point.n_per_class} photos"
    score = f"{percent(point.mean)} right with {photos} of each class"
    if len(point.right) > 1:
        low, high = point.band
        score += f" (most draws: {percent(low)} to {percent(high)})"
    else:
        score += f" (range {percent(told.asked.low)} to {percent(told.asked.high)})"
    return (
        f"{score}. The labels cost {money_in_words(bill.money)} and {time_in_words(bill)}. "
        f"{doubling_in_words(told)}"
    )


def contenders_in_words(told: Enough) -> str:
    """How the other two do with as many photos; or why they are not shown.

    >>> contenders_in_words(story(Settings(("cat", "dog"), 1)))
    'Training from scratch and fine-tuning were measured for all ten classes only.'
    """
    scratch, tuned = (told.mean_of(kind, told.settings.photos_per_class) for kind in KINDS)
    if scratch is None or tuned is None:
        return "Training from scratch and fine-tuning were measured for all ten classes only."
    others = f"training from scratch gets {percent(scratch)} and fine-tuning {percent(tuned)}"
    return f"With as many photos, {others}."
