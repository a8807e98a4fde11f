"""One neuron as a decision: go to the cheese festival or not, in all eight cases at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from dl_core.numbers_in_words import number

MOST_WEIGHT, MOST_BIAS = 10.0, 20.0  # what may be set, in size
Case = tuple[bool, bool, bool]  # good weather, your partner comes, public transport is near
CASES: tuple[Case, ...] = tuple(
    product((True, False), (True, False), (True, False))
)  # all eight, the fullest first
MET = ("good weather", "your partner comes", "transport is near")
MISSED = ("bad weather", "your partner stays home", "no transport near")
ALONE = (
    ("in good weather", "in bad weather"),
    ("if your partner comes", "if your partner stays home"),
    ("if transport is near", "if no transport is near"),
)


@dataclass(frozen=True)
class Settings:
    """How much each input counts, the bias, and the reader's own Saturday.

    Raises
    ------
    ValueError
        If a weight or the bias is out of range; says what to choose.
    """

    weather: float = 6.0  # weight of good weather, -10 to 10
    partner: float = 2.0  # weight of your partner coming, -10 to 10
    transport: float = 2.0  # weight of public transport near, -10 to 10
    bias: float = -5.0  # minus the threshold, -20 to 20
    sunny: bool = False
    partner_comes: bool = True
    transport_near: bool = True

    def __post_init__(self) -> None:
        for name in ("weather", "partner", "transport"):
            if not -MOST_WEIGHT <= getattr(self, name) <= MOST_WEIGHT:
                raise ValueError(
                    f"A weight of {getattr(self, name):g} for {name} is out of range: "
                    f"choose −{MOST_WEIGHT:g} to {MOST_WEIGHT:g}."
                )
        if not -MOST_BIAS <= self.bias <= MOST_BIAS:
            raise ValueError(
                f"A bias of {self.bias:g} is out of range: choose −{MOST_BIAS:g} to {MOST_BIAS:g}."
            )

    @property
    def weights(self) -> tuple[float, float, float]:
        """In the order of a `Case`."""
        return (self.weather, self.partner, self.transport)

    @property
    def case(self) -> Case:
        """The reader's own."""
        return (self.sunny, self.partner_comes, self.transport_near)


PRESETS = {
    "As published": Settings(),
    "Threshold of 3": Settings(bias=-3.0),
    "Two of three": Settings(2.0, 2.0, 2.0, -3.0),
}


@dataclass(frozen=True)
class Decision:
    """What the neuron makes of one case."""

    case: Case
    terms: tuple[float, float, float]  # weight · input, the input being 1 or 0
    bias: float  # minus the threshold

    @property
    def sum(self) -> float:
        """The weighted inputs, without the bias."""
        return _by_hand(sum(self.terms))

    @property
    def goes(self) -> bool:
        """Whether sum + bias is over 0; exactly 0 is a no."""
        return _by_hand(self.sum + self.bias) > 0


@dataclass(frozen=True)
class Perceptron:
    """All eight cases, judged by the same weights."""

    settings: Settings
    decisions: tuple[Decision, ...]  # in the order of `CASES`

    @property
    def threshold(self) -> float:
        """What the sum must be over: minus the bias."""
        return 0.0 - self.settings.bias

    @property
    def own(self) -> Decision:
        """The reader's case."""
        return self.decisions[CASES.index(self.settings.case)]

    @property
    def going(self) -> tuple[Case, ...]:
        """The cases in which it says go."""
        return tuple(one.case for one in self.decisions if one.goes)


def _by_hand(value: float) -> float:
    """A sum as one would write it: what binary fractions add is rounded away."""
    return round(value, 9) + 0.0


def story(settings: Settings) -> Perceptron:
    """Judge all eight cases.

    Examples
    --------
    >>> shown = story(Settings())
    >>> [one.sum for one in shown.decisions], len(shown.going)
    ([10.0, 8.0, 8.0, 6.0, 4.0, 2.0, 2.0, 0.0], 4)
    """
    weather, partner, transport = settings.weights
    decisions = tuple(
        Decision((sun, company, near), (weather * sun, partner * company, transport * near), settings.bias)
        for sun, company, near in CASES
    )
    return Perceptron(settings, decisions)


def rule(shown: Perceptron) -> str:
    """What the answers come to, in words; empty where no short words fit, or all eight are the same.

    Examples
    --------
    >>> rule(story(Settings())), rule(story(Settings(2, 2, 2, -3)))
    ('in good weather', 'if at least two are met')
    """
    going = set(shown.going)
    for place, told in enumerate(ALONE):
        for wanted, words in zip((True, False), told, strict=True):
            if going == {case for case in CASES if case[place] is wanted}:
                return words
        if going == {case for case in CASES if case[place] or sum(case) == 2}:
            return f"{told[0]}, or with both others"
        if going == {case for case in CASES if case[place] and sum(case) > 1}:
            return f"{told[0]}, with one more"
    for least, words in ((1, "at least one is"), (2, "at least two are"), (3, "all three are")):
        if going == {case for case in CASES if sum(case) >= least}:
            return f"if {words} met"
    return ""


def in_words(case: Case) -> str:
    """A case as a reader would say it.

    >>> in_words((False, True, True))
    'bad weather, your partner comes, transport is near'
    """
    return ", ".join(met if is_so else missed for met, missed, is_so in zip(MET, MISSED, case, strict=True))


def signed(value: float) -> str:
    """A number inside of a sum, in brackets where it is below 0.

    >>> signed(2.0), signed(-1.5)
    ('2', '(−1.5)')
    """
    told = number(value)
    return f"({told})" if value < 0 else told


def takeaway(shown: Perceptron) -> str:
    """The reader's own case as a sum, and all eight in one sentence.

    Examples
    --------
    >>> takeaway(story(Settings())).split(". ")[0]
    'Your case: bad weather, your partner comes, transport is near'
    """
    own, limit = shown.own, number(shown.threshold)
    first, *others = own.terms
    terms = " + ".join([number(first), *(signed(term) for term in others)])
    total = f"Your case: {in_words(own.case)}. {terms} = {number(own.sum)} is"
    if own.sum == _by_hand(shown.threshold):
        return f"{total} exactly the threshold and not over it, so you stay. {_all_eight(shown)}"
    against, then = ("over", "go") if own.goes else ("not over", "stay")
    return f"{total} {against} the threshold of {limit}, so you {then}. {_all_eight(shown)}"


def _all_eight(shown: Perceptron) -> str:
    n, told = len(shown.going), rule(shown)
    if n in (0, len(CASES)):
        return f"These weights say {'go' if n else 'stay'} in all 8 cases, so they decide nothing."
    return f"These weights say go in {n} of 8 cases{': ' + told if told else ''}."
