"""A rule that a person writes: one or two measurements, each against a threshold. No learning in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dl_core.numbers_in_words import short

Data = Literal["table", "pictures"]
Join = Literal["alone", "and", "or"]
Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]

ASSET = Path(__file__).parents[2] / "assets" / "start_gate.npz"
DATA: tuple[Data, ...] = ("table", "pictures")
JOINS: tuple[Join, ...] = ("alone", "and", "or")
DIGIT = 8  # the question of the pictures: is it one of these?
ANSWERS: dict[Data, str] = {"table": "malignant", "pictures": f"an {DIGIT}"}

# key → as a reader reads it; of each lump the mean of its three largest cell nuclei, in the order of the file
TABLE_MEASURES = {
    "radius": "radius",
    "texture": "spread of grey",
    "perimeter": "outline length",
    "area": "area",
    "smoothness": "uneven radius",
    "compactness": "ragged outline",
    "concavity": "depth of dents",
    "concave points": "share of dents",
    "symmetry": "lack of symmetry",
    "fractal dimension": "rough outline",
}
ROW_NAMES, COLUMN_NAMES = ("top", "middle", "bottom"), ("left", "centre", "right")
PICTURE_MEASURES = {
    "holes": "number of holes",
    "hole above": "hole cells, top half",
    "hole below": "hole cells, bottom half",
    "ink": "ink in all",
    "top": "ink, top half",
    "bottom": "ink, bottom half",
    "left": "ink, left half",
    "right": "ink, right half",
    **{f"{row} {column}": f"ink, {row} {column}" for row in ROW_NAMES for column in COLUMN_NAMES},
    "mirror": "left unlike right",
    "upside down": "top unlike bottom",
}
HOLES = (
    "holes",
    "hole above",
    "hole below",
)  # of PICTURE_MEASURES; counted once for all, by `dl_core.offline.gate`
MEASURES: dict[Data, dict[str, str]] = {"table": TABLE_MEASURES, "pictures": PICTURE_MEASURES}
STEPS = 200  # of a threshold's slider, at most


@dataclass(frozen=True)
class Condition:
    """One measurement against one threshold."""

    measure: str  # a key of MEASURES
    above: bool  # whether it must lie above the threshold, or below
    threshold: float  # in the measurement's own unit


@dataclass(frozen=True)
class Rule:
    """Says yes if its condition holds; of two conditions both, or either.

    Raises
    ------
    ValueError
        Where a measurement is not of these data, or a threshold is no number.
    """

    data: Data  # what it judges
    first: Condition
    join: Join = "alone"
    second: Condition | None = None  # only with "and" or "or"

    def __post_init__(self) -> None:
        if self.data not in DATA:
            raise ValueError(f"there are no data {self.data!r}; choose of {', '.join(DATA)}")
        if self.join not in JOINS or (self.join == "alone") != (self.second is None):
            raise ValueError(f"{self.join!r} does not join these conditions: give two, or one alone")
        for each in self.conditions:
            if each.measure not in MEASURES[self.data]:
                raise ValueError(f"there is no measurement {each.measure!r} of the {self.data}")
            if not math.isfinite(each.threshold):
                raise ValueError(f"{each.threshold} is no threshold: give a number")

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """One or two."""
        return (self.first,) if self.second is None else (self.first, self.second)


class Measures(Mapping[str, Floats]):
    """Key → (n,) a number for each row or picture, not to be written to; made when first looked at.

    Parameters
    ----------
    names
        The keys.
    make
        Key → its numbers.

    Examples
    --------
    >>> found = Measures(("one",), lambda key: np.ones(2))
    >>> found["one"].tolist(), found["one"] is found["one"]
    ([1.0, 1.0], True)
    """

    def __init__(self, names: Iterable[str], make: Callable[[str], Floats]) -> None:
        self._names, self._make, self._made = tuple(names), make, dict[str, Floats]()

    def __getitem__(self, key: str) -> Floats:
        if key not in self._names:
            raise KeyError(key)
        if key not in self._made:
            made = np.ascontiguousarray(self._make(key))
            made.setflags(write=False)  # everybody reads the same
            self._made.setdefault(key, made)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True, eq=False)
class Asked:
    """What the rule may look at, and the truth."""

    measures: Measures
    truth: Truth  # (n,) whether yes is right

    @property
    def n(self) -> int:
        """Rows or pictures."""
        return len(self.truth)


@cache
def asked(data: Data) -> Asked:
    """Every row of the table, or every picture, measured.

    Examples
    --------
    >>> [(asked(data).n, int(asked(data).truth.sum())) for data in DATA]
    [(569, 212), (1797, 174)]

    Source: W. H. Wolberg, W. N. Street and O. L. Mangasarian, "Breast Cancer Wisconsin (Diagnostic)", UCI
    repository (1995), CC BY 4.0; E. Alpaydin and C. Kaynak, digits of the same repository (1998).
    """
    with np.load(ASSET, allow_pickle=False) as stored:
        if data == "pictures":
            holes, truth = stored["holes"].astype(np.float64), stored["eights"]
        else:
            table, truth = stored["largest"].astype(np.float64), stored["malignant"]
    truth.setflags(write=False)
    if data == "table":
        columns = list(TABLE_MEASURES)
        return Asked(Measures(columns, lambda key: table[:, columns.index(key)]), truth)

    def of_pictures(key: str) -> Floats:
        if key in HOLES:
            return np.asarray(holes[:, HOLES.index(key)])
        from dl_core.digits import load_digits  # the rule that stands there at first needs no picture
        from dl_core.start.measured import measured

        return measured(load_digits().images, (key,))[key]

    return Asked(Measures(PICTURE_MEASURES, of_pictures), truth)


def says_yes(rule: Rule) -> Truth:
    """What the rule answers to each row or picture, ``(n,)``.

    Examples
    --------
    >>> int(says_yes(Rule("table", Condition("area", True, 1000.0))).sum())
    153
    """
    known = asked(rule.data).measures
    answers = [
        known[one.measure] > one.threshold if one.above else known[one.measure] < one.threshold
        for one in rule.conditions
    ]
    if len(answers) == 1:
        return answers[0]
    both: Truth = answers[0] & answers[1] if rule.join == "and" else answers[0] | answers[1]
    return both


def in_words(rule: Rule) -> str:
    """The rule as a person writes it down.

    Examples
    --------
    >>> in_words(Rule("table", Condition("area", True, 1000.0), "or", Condition("radius", False, 9.5)))
    'If area is above 1,000 or radius is below 9.5: malignant.'
    """
    told = [
        f"{MEASURES[rule.data][one.measure]} is {'above' if one.above else 'below'} {short(one.threshold)}"
        for one in rule.conditions
    ]
    return f"If {f' {rule.join} '.join(told)}: {ANSWERS[rule.data]}."


@cache
def limits(data: Data, measure: str) -> tuple[float, float, float]:
    """Smallest and largest threshold that a reader may set, and the step between two.

    Parameters
    ----------
    data, measure
        Of MEASURES.

    Examples
    --------
    >>> limits("table", "area"), limits("pictures", "ink")
    ((150.0, 4300.0, 50.0), (18.0, 42.4, 0.2))
    """
    values = asked(data).measures[measure]
    low, high = float(values.min()), float(values.max())
    rough = (high - low) / STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough)
    if measure.startswith("hole"):
        step = 1.0  # cells are counted
    start, end = math.floor(low / step), math.ceil(high / step)
    places = max(0, -math.floor(math.log10(step)))
    return round(start * step, places), round(end * step, places), round(step, places)


@cache
def first_guess(data: Data, measure: str) -> Condition:
    """Where a person would begin: half way between the usual yes and the usual no.

    Parameters
    ----------
    data, measure
        Of MEASURES.

    Examples
    --------
    >>> first_guess("table", "radius")
    Condition(measure='radius', above=True, threshold=17.2)
    """
    known = asked(data)
    values = known.measures[measure]
    yes, no = float(values[known.truth].mean()), float(values[~known.truth].mean())
    low, high, step = limits(data, measure)
    places = max(0, -math.floor(math.log10(step)))
    middle = low + step * round(((yes + no) / 2 - low) / step)
    return Condition(measure, yes > no, round(min(high, max(low, middle)), places))
