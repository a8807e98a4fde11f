"""The driving test as a network of two layers, with every number on the way to its answer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from dl_core.numbers_in_words import so_many

Sex = Literal["male", "female"]

YOUNGEST, OLDEST = 16, 90  # years
MOST_LESSONS = 60
PASS_MARK = 0.5


@dataclass(frozen=True)
class Unit:
    """A hidden neuron of the toy: its bias and one weight for each input."""

    name: str  # a name that people gave it; real networks have none
    bias: float  # added to every sum
    age: float  # weight, for each year
    sex: float  # weight, for a 1
    lessons: float  # weight, for each lesson


# chosen so that a published example's sums come out; nothing here was learned
HIDDEN = (Unit("PARKING", -200.0, 3.0, -0.5, 10.0), Unit("ROAD", -200.0, 6.0, 0.5, 4.0))
OUTPUT_BIAS, OUTPUT_WEIGHTS = -3.0, (0.01, 0.025)


@dataclass(frozen=True)
class Settings:
    """Who takes the test.

    Raises
    ------
    ValueError
        If a number is out of range; says what to choose.
    """

    age: int = 20  # years, 16 to 90
    sex: Sex = "male"
    lessons: int = 10  # taken so far, 0 to 60
    female_code: int = 0  # what the network reads for "female": 0 or -1; male is always 1

    def __post_init__(self) -> None:
        if self.age not in range(YOUNGEST, OLDEST + 1):
            raise ValueError(f"An age of {self.age} does not fit: choose {YOUNGEST} to {OLDEST} years.")
        if self.lessons not in range(MOST_LESSONS + 1):
            raise ValueError(f"{self.lessons} lessons do not fit: choose 0 to {MOST_LESSONS}.")
        if self.sex not in ("male", "female"):
            raise ValueError(f"The toy knows male and female, not “{self.sex}”.")
        if self.female_code not in (0, -1):
            raise ValueError(f"Female is coded 0 or -1, not {self.female_code}.")

    @property
    def sex_code(self) -> int:
        """The number that the network reads for the sex."""
        return 1 if self.sex == "male" else self.female_code


PRESETS = {
    "Person A": Settings(),
    "A, far more lessons": Settings(lessons=32),
    "Person B": Settings(50, "female", 20),
    "B, other sex": Settings(50, "male", 20),
    "B, as printed": Settings(50, "female", 20, -1),
}


@dataclass(frozen=True)
class Neuron:
    """One neuron at work: the terms of its sum, the sum, and what it passes on."""

    name: str
    terms: tuple[float, ...]  # the bias, then weight times input for each input
    total: float  # their sum, before ReLU or sigmoid
    output: float  # after it


@dataclass(frozen=True)
class Driving:
    """The whole way from a person to an answer, and what would change it."""

    settings: Settings
    hidden: tuple[Neuron, ...]  # PARKING, ROAD
    answer: Neuron  # PASS; its output is the chance, 0 to 1
    needed: int  # the fewest lessons with which the same person reaches 50 %
    other_sex: float  # chance of the same person entered as the other sex, 0 to 1
    wakes: int  # the fewest lessons with which a hidden neuron comes above zero

    @property
    def share(self) -> float:
        """Chance of passing that the network gives, 0 to 1."""
        return self.answer.output

    @property
    def awake(self) -> tuple[Neuron, ...]:
        """The hidden neurons that pass something on."""
        return tuple(one for one in self.hidden if one.output > 0)


def forward(age: float, sex_code: float, lessons: float) -> tuple[tuple[Neuron, ...], Neuron]:
    """Both hidden neurons and the answer.

    Parameters
    ----------
    age
        Years.
    sex_code
        1 for male; 0 or -1 for female.
    lessons
        Taken so far.

    Examples
    --------
    >>> hidden, answer = forward(50, 0, 20)
    >>> [one.total for one in hidden], answer.terms, round(answer.output, 4)
    ([150.0, 180.0], (-3.0, 1.5, 4.5), 0.9526)
    """
    hidden = []
    for unit in HIDDEN:
        terms = (unit.bias, unit.age * age, unit.sex * sex_code, unit.lessons * lessons)
        hidden.append(Neuron(unit.name, terms, sum(terms), max(0.0, sum(terms))))
    shares = (OUTPUT_BIAS, *(w * one.output for w, one in zip(OUTPUT_WEIGHTS, hidden, strict=True)))
    return tuple(hidden), Neuron("PASS", shares, sum(shares), 1 / (1 + math.exp(-sum(shares))))


@lru_cache(maxsize=512)
def fewest_lessons(age: int, sex_code: int) -> tuple[int, int]:
    """With how many lessons a hidden neuron first comes above zero, and with how many 50 % is reached.

    Parameters
    ----------
    age
        Years, 16 to 90.
    sex_code
        1 for male; 0 or -1 for female.

    Examples
    --------
    >>> fewest_lessons(20, 1)
    (15, 32)
    """
    ways = [(n, *forward(age, sex_code, n)) for n in range(MOST_LESSONS + 1)]
    wakes = next(n for n, hidden, _ in ways if any(one.output > 0 for one in hidden))
    return wakes, next(n for n, _, answer in ways if answer.output >= PASS_MARK - 1e-9)


def story(settings: Settings) -> Driving:
    """Every number of the network for this person, and the nearest changes.

    Examples
    --------
    >>> shown = story(Settings())
    >>> [one.total for one in shown.hidden], fine(shown.share), shown.needed
    ([-40.5, -39.5], '4.74 %', 32)
    """
    hidden, answer = forward(settings.age, settings.sex_code, settings.lessons)
    wakes, needed = fewest_lessons(settings.age, settings.sex_code)
    other_code = settings.female_code if settings.sex == "male" else 1
    other = forward(settings.age, other_code, settings.lessons)[1]
    return Driving(settings, hidden, answer, needed, other.output, wakes)


def exact(value: float) -> str:
    """A number as the sum holds it, with a real minus sign and no idle zeros.

    Examples
    --------
    >>> exact(-40.5), exact(150.0), exact(1.495), exact(4.5125), exact(0.1 + 0.2)
    ('−40.5', '150', '1.495', '4.5125', '0.3')
    """
    return f"{Decimal(f'{value:.10g}').normalize() + 0:f}".replace("-", "−")


def fine(share: float) -> str:
    """A share in percent with two decimals: here the second one tells.

    Examples
    --------
    >>> fine(0.0474259), fine(0.9525741), fine(0.9999999), fine(1e-9)
    ('4.74 %', '95.26 %', 'over 99.99 %', 'under 0.01 %')
    """
    if share > 0.9999:
        return "over 99.99 %"
    return "under 0.01 %" if share < 0.0001 else f"{100 * share:.2f} %"


def written_sum(neuron: Neuron) -> str:
    """The sum as one would write it.

    Examples
    --------
    >>> written_sum(story(Settings()).hidden[0])
    '−200 + 60 − 0.5 + 100 = −40.5'
    """
    first, *others = neuron.terms
    rest = "".join(f" {'−' if term < 0 else '+'} {exact(abs(term))}" for term in others)
    return f"{exact(first)}{rest} = {exact(neuron.total)}"


def takeaway(shown: Driving) -> str:
    """The answer, what the hidden neurons did to it, and the two what-ifs.

    Examples
    --------
    >>> takeaway(story(PRESETS["Person B"])).split(". ")[-1]
    'Entered as male, the same person gets 95.29 %.'
    """
    return f"{_hidden_sentence(shown)} {_lessons_sentence(shown)} {_sex_sentence(shown)}"


def _hidden_sentence(shown: Driving) -> str:
    sums = " and ".join(f"{one.name} {exact(one.total)}" for one in shown.hidden)
    if not shown.awake:
        return (
            f"{sums}: ReLU turns both into 0. "
            f"Only the bias of {exact(OUTPUT_BIAS)} is left, so the network gives {fine(shown.share)}."
        )
    if len(shown.awake) == 1:
        (one,) = shown.awake
        return f"{sums}: ReLU lets only {one.name} through, and the network gives {fine(shown.share)}."
    return f"{sums}: both pass, and the network gives {fine(shown.share)}."


def _lessons_sentence(shown: Driving) -> str:
    now = shown.settings.lessons
    if shown.needed == 0:
        return "This person reaches 50 % without a single lesson."
    if now >= shown.needed:
        return f"With {so_many(shown.needed, 'lesson')} or more, this person reaches 50 %."
    if now < shown.wakes - 1 and not shown.awake:
        return (
            f"More lessons change nothing before lesson {shown.wakes}; "
            f"it takes {so_many(shown.needed, 'lesson')} to reach 50 %."
        )
    return f"It takes {so_many(shown.needed, 'lesson')} to reach 50 %."


def _sex_sentence(shown: Driving) -> str:
    other = "female" if shown.settings.sex == "male" else "male"
    same = fine(shown.other_sex) == fine(shown.share)
    return f"Entered as {other}, the same person gets {'the same' if same else fine(shown.other_sex)}."
