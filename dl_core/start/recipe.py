"""A template with blanks, filled by hand and filled from data, on real patients kept aside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from dl_core.intervals import Z_95
from dl_core.numbers_in_words import number, percent
from dl_core.start.patients import IN_WORDS, Floats, Labels, load_patients

HELD_OUT = 147  # a third of the 442 patients is kept aside
FURTHEST = 1000.0  # no blank needs more


@dataclass(frozen=True)
class Template:
    """What is decided before any number is: which columns count, and whether there is a start number."""

    name: str  # as the reader picks it
    columns: tuple[str, str]  # of the table
    has_start: bool = True  # else the first blank is 0 for good


TEMPLATES = {
    "clues": Template("Useful clues", ("bmi", "bp")),
    "wrong": Template("Wrong clues", ("s1", "s2")),
    "bare": Template("No start", ("bmi", "bp"), has_start=False),
}


@dataclass(frozen=True)
class Settings:
    """The template, and the three numbers that a reader writes into its blanks.

    Raises
    ------
    ValueError
        If there is no such template, or a number is out of its range.
    """

    template: str = "clues"  # a key of TEMPLATES
    start: float = 0.0  # points, −1,000 to 1,000; 0 in a template without a start number
    first: float = 4.0  # points for each unit of the first column, −1,000 to 1,000
    second: float = 0.5  # the same for the second

    def __post_init__(self) -> None:
        if self.template not in TEMPLATES:
            raise ValueError(f"No template is called “{self.template}”: choose {', '.join(TEMPLATES)}.")
        for blank in self.blanks:
            if not abs(blank) <= FURTHEST:  # also refuses what is no number
                raise ValueError(f"{blank} does not fit a blank: give −1,000 to 1,000.")
        if self.start and not TEMPLATES[self.template].has_start:
            raise ValueError("This template has no start number: leave it at 0.")

    @property
    def blanks(self) -> tuple[float, float, float]:
        """Start number and one number for each column."""
        return self.start, self.first, self.second


@dataclass(frozen=True)
class Filled:
    """A template with numbers in it, tried on the patients kept aside."""

    blanks: tuple[float, float, float]  # start number and one for each column, points
    misses: tuple[float, ...]  # of each patient kept aside: how far off, points

    @property
    def miss(self) -> float:
        """The mean miss, points."""
        return float(np.mean(self.misses))

    @property
    def half(self) -> float:
        """Half the width of the mean's 95 % interval, points."""
        return _half(np.array(self.misses))

    def better_by(self, other: Filled) -> tuple[float, float]:
        """By how many points it misses less than the other, patient by patient, and half the interval."""
        lead = np.array(other.misses) - np.array(self.misses)
        return float(lead.mean()), _half(lead)

    def beats(self, other: Filled) -> bool:
        """Whether it misses less, by more than chance among the patients would give."""
        lead, half = self.better_by(other)
        return lead > half and lead > 1e-9


@dataclass(frozen=True)
class Recipe:
    """The same template filled in three ways."""

    settings: Settings
    by_hand: Filled
    learned: Filled
    average: Filled  # no clue at all: the training patients' mean for everybody

    @property
    def template(self) -> Template:
        """What was decided before the numbers."""
        return TEMPLATES[self.settings.template]

    @property
    def is_learned(self) -> bool:
        """Whether the reader's numbers are the learned ones, as the page writes them."""
        return all(
            abs(mine - best) < 0.006
            for mine, best in zip(self.settings.blanks, learned_blanks(self.settings.template), strict=True)
        )

    @property
    def share_by_hand(self) -> float:
        """How much of what learning saves the hand saves: 1 is all, below 0 is worse than the average."""
        saved = self.average.miss - self.learned.miss
        return (self.average.miss - self.by_hand.miss) / saved if saved > 1e-9 else 0.0


def house_price(
    blanks: tuple[float, float, float], square_metres: float, storeys: float, to_school: float
) -> float:
    """A house price by an article's template of three numbers and no start number.

    Parameters
    ----------
    blanks
        For each square metre, each storey and each metre to school, in money.
    square_metres, storeys, to_school
        Of the house, 0 or more; the way to school in metres.

    Examples
    --------
    >>> house_price((100, 1000, -30), 100, 2, 500)
    -3000
    """
    return blanks[0] * square_metres + blanks[1] * storeys + blanks[2] * to_school


BY_HAND, BY_DATA = (100, 1000, -30), (90.3, 1006.2, -40.5)  # the article's own blanks
HOUSE = (100, 2, 500)  # an ordinary one


def house_in_words() -> str:
    """What the article's two fillings make of an ordinary house.

    >>> house_in_words().partition(", 500 m")[2]
    ' from school at −3,000. With learned numbers it is −9,207.6.'
    """
    metres, storeys, way = HOUSE
    by_hand, by_data = (number(round(house_price(blanks, *HOUSE), 1)) for blanks in (BY_HAND, BY_DATA))
    return (
        f"Three numbers and no start number price a house of {metres} m², {storeys} storeys, {way} m "
        f"from school at {by_hand}. With learned numbers it is {by_data}."
    )


@cache
def _piles() -> tuple[Labels, Labels]:
    """Row numbers to learn from and kept aside."""
    dealt = load_patients().dealt
    return dealt[HELD_OUT:], dealt[:HELD_OUT]


def n_learned_from() -> int:
    """Patients in the training pile.

    >>> n_learned_from() + HELD_OUT
    442
    """
    return len(_piles()[0])


def _inputs(template: Template) -> Floats:
    """(442, 3): ones, or noughts where there is no start number, and both columns."""
    table = load_patients()
    ones = np.full(len(table.progress), float(template.has_start))
    return np.column_stack([ones, *(table.column(name) for name in template.columns)])


@cache
def _fitted(template: str) -> tuple[float, float, float]:
    train, _ = _piles()
    start, first, second = np.linalg.lstsq(
        _inputs(TEMPLATES[template])[train], load_patients().progress[train], rcond=None
    )[0]
    return float(start), float(first), float(second)


def learned_blanks(template: str) -> tuple[float, float, float]:
    """The least-squares numbers from the training pile, with two places, as the page writes them.

    Parameters
    ----------
    template
        A key of TEMPLATES.

    Examples
    --------
    >>> learned_blanks("clues")
    (-213.37, 8.67, 1.46)
    """
    start, first, second = _fitted(template)
    return round(start, 2) + 0.0, round(first, 2), round(second, 2)


def _tried(template: Template, blanks: tuple[float, float, float]) -> Filled:
    _, aside = _piles()
    guesses = _inputs(template)[aside] @ np.array(blanks)
    return Filled(blanks, tuple(np.abs(guesses - load_patients().progress[aside]).tolist()))


def _half(values: Floats) -> float:
    return float(Z_95 * values.std(ddof=1) / np.sqrt(len(values)))


def story(settings: Settings) -> Recipe:
    """Try the reader's numbers, the learned ones and the plain average on patients kept aside.

    Parameters
    ----------
    settings
        The template and the reader's numbers.

    Examples
    --------
    >>> told = story(Settings())
    >>> [round(one.miss, 1) for one in (told.by_hand, told.learned, told.average)]
    [55.6, 48.3, 66.0]
    """
    template = TEMPLATES[settings.template]
    train, _ = _piles()
    mean = float(load_patients().progress[train].mean())
    return Recipe(
        settings,
        by_hand=_tried(template, settings.blanks),
        learned=_tried(template, _fitted(settings.template)),
        average=_tried(TEMPLATES["clues"], (mean, 0.0, 0.0)),
    )


def columns_in_words(template: Template) -> tuple[str, str]:
    """Both columns as the page calls them.

    >>> columns_in_words(TEMPLATES["wrong"])
    ('cholesterol', 'LDL')
    """
    first, second = template.columns
    return IN_WORDS[first], IN_WORDS[second]


def points(miss: float) -> str:
    """A mean miss in whole points.

    >>> points(48.2965)
    '48'
    """
    return f"{miss:.0f}"


def takeaway(told: Recipe) -> str:
    """How far off each filling is, and what that says about the template.

    >>> takeaway(story(Settings())).split(". ")[1]
    'Your rule gets 59 % of what learning saves.'
    """
    mine, best, average = told.by_hand, told.learned, told.average
    low, high = points(best.miss - best.half), points(best.miss + best.half)
    counted = (
        f"For {len(best.misses)} patients kept aside, your numbers miss by {points(mine.miss)} points, "
        f"learned ones by {points(best.miss)} (range {low} to {high}), no clue by {points(average.miss)}."
    )
    return f"{counted} {_verdict(told)}"


def _verdict(told: Recipe) -> str:
    mine, best, average = told.by_hand, told.learned, told.average
    if told.settings.template == "wrong":
        saved = points(max(0.0, best.better_by(average)[0]))
        return f"Learning saves {saved} points here: no number makes up for missing clues."
    if not told.template.has_start:
        full = story(Settings("clues")).learned
        return (
            f"Without a start number even learning misses by {points(best.miss)}; "
            f"with one, by {points(full.miss)}."
        )
    if told.is_learned:
        return "These are the learned numbers: the same template, filled from data."
    if not best.beats(mine):
        return "Your rule is as good as learning, within chance."
    if average.beats(mine):
        return "Your numbers are worse than no clue at all."
    if not mine.beats(average):
        return "Your numbers are no better than no clue, within chance."
    return f"Your rule gets {percent(told.share_by_hand)} of what learning saves."


PRESETS = {
    "A rule of thumb": Settings(),
    "Learn from data": Settings("clues", *learned_blanks("clues")),
    "The wrong clues": Settings("wrong", *learned_blanks("wrong")),
    "No start number": Settings("bare", *learned_blanks("bare")),
}
