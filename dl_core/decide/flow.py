"""What becomes of so many cases, in counts: how few of the alarms are right when the bad thing is rare."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from dl_core.decide.prices import Settings as Prices
from dl_core.numbers_in_words import number, percent, short, so_many, two_figures
from dl_core.running_case import case
from dl_core.transfer.enough import money_in_words

LEAST, MOST = 10, 100_000_000  # cases
DEAREST = 1e6  # money for one miss, or one look
PLAIN = "plain"
_FIRST = Prices()


@dataclass(frozen=True)
class Words:
    """What the cases are called: people read a flow more surely in the words of their own work."""

    name: str  # as the reader picks it
    cases: str  # all of them
    bad: str  # many that are to be caught
    one_bad: str  # one of them
    fine: str  # many that are not


WORDS = {
    "returns": Words(
        case("returns").name, "returned parcels", "wrong parcels", "wrong parcel", "right parcels"
    ),
    "claims": Words(case("claims").name, "claim photos", "fake claims", "fake claim", "honest claims"),
    "defects": Words(case("defects").name, "parts on the line", "bad parts", "bad part", "good parts"),
    "mail": Words(case("mail").name, "support mails", "urgent mails", "urgent mail", "other mails"),
    PLAIN: Words("Any cases", "cases", "bad cases", "bad case", "fine cases"),
}


@dataclass(frozen=True)
class Settings:
    """How many cases, how rare the bad ones are, and how good the machine is."""

    cases: int = 10_000  # 10 to 100,000,000
    bad: float = 1.0  # percent of them that are bad, 0 to 100
    recall: float = 90.0  # percent of the bad ones that are caught, 0 to 100
    specificity: float = 95.0  # percent of the fine ones that are left alone, 0 to 100
    words: str = "returns"  # a key of WORDS
    miss: float = _FIRST.miss  # money for each bad case that slips through, 0 to 1,000,000
    look: float = _FIRST.look  # money for a person's look at one alarm, 0 to 1,000,000

    def __post_init__(self) -> None:
        if not LEAST <= self.cases <= MOST:
            raise ValueError(f"{self.cases} cases cannot be shown: give {LEAST} to {MOST:,}.")
        for name, share in (
            ("bad", self.bad),
            ("caught", self.recall),
            ("left alone", self.specificity),
        ):
            if not 0 <= share <= 100:
                raise ValueError(f"{share} % {name} cannot be: give 0 to 100.")
        if self.words not in WORDS:
            raise ValueError(f"There are no words for {self.words!r}: choose one of {', '.join(WORDS)}.")
        for name, price in (("miss", self.miss), ("look", self.look)):
            if not 0 <= price <= DEAREST:
                raise ValueError(f"A {name} cannot cost {price}: give a price from 0 to {DEAREST:,.0f}.")


PRESETS = {
    "Rare and bad": Settings(),
    "Half and half": Settings(bad=50.0),
    "One in ten thousand": Settings(1_000_000, 0.01, 90.0, 99.0),
}


@dataclass(frozen=True)
class Flow:
    """Whole cases at each step; the parts of each box add up to it."""

    settings: Settings
    bad: int  # of all cases
    fine: int  # of all cases
    caught: int  # of the bad ones
    missed: int  # of the bad ones
    false_alarms: int  # of the fine ones
    left_alone: int  # of the fine ones

    @property
    def words(self) -> Words:
        """What the cases are called."""
        return WORDS[self.settings.words]

    @property
    def alarms(self) -> int:
        """How often the machine raises its hand."""
        return self.caught + self.false_alarms

    @property
    def precision(self) -> float | None:
        """Share of the alarms that are right, 0 to 1; None where there is no alarm."""
        return self.caught / self.alarms if self.alarms else None

    @property
    def accuracy(self) -> float:
        """Share of all answers that are right, 0 to 1."""
        return (self.caught + self.left_alone) / self.settings.cases

    @property
    def always_fine(self) -> float:
        """Share of right answers of a machine that never raises an alarm, 0 to 1."""
        return self.fine / self.settings.cases

    @property
    def turning_point(self) -> float | None:
        """`turning_point` of this machine."""
        return turning_point(self.settings.recall / 100, self.settings.specificity / 100)

    @property
    def dearest_look(self) -> float | None:
        """Money up to which a person's look at each alarm pays; None where there is no alarm.

        Looking at all alarms costs as many looks, and saves a miss for each right one: it pays while a look
        costs less than the precision times the price of a miss.
        """
        return None if self.precision is None else self.precision * self.settings.miss


def turning_point(recall: float, specificity: float) -> float | None:
    """How rare the bad thing may be before an alarm is more often wrong than right.

    Parameters
    ----------
    recall
        Share of the bad ones that are caught, 0 to 1.
    specificity
        Share of the fine ones that are left alone, 0 to 1.

    Returns
    -------
    float or None
        The share of bad cases, 0 to 1, at which half of the alarms are right; None if there is no alarm.

    Notes
    -----
    Half are right where share · recall = (1 - share) · (1 - specificity).

    Examples
    --------
    >>> round(turning_point(0.9, 0.95), 4), turning_point(0.9, 1.0), turning_point(0.0, 1.0)
    (0.0526, 0.0, None)
    """
    false_alarm = 1 - specificity
    return false_alarm / (recall + false_alarm) if recall + false_alarm > 0 else None


def split(total: int, percent_of_first: float) -> tuple[int, int]:
    """``total`` whole cases in two parts that add up, each as near to its share as can be.

    Parameters
    ----------
    total
        Cases, 0 or more.
    percent_of_first
        Share of the first part, 0 to 100; of two equal remainders the first part gets the case.

    Notes
    -----
    For two parts this is the method of the largest remainder. Counted in fractions, so that no rounding of
    0.95 moves a case.

    Examples
    --------
    >>> split(9_900, 95.0), split(3, 50.0), split(0, 90.0)
    ((9405, 495), (2, 1), (0, 0))
    """
    first = math.floor(total * Fraction(str(percent_of_first)) / 100 + Fraction(1, 2))
    return first, total - first


def story(settings: Settings) -> Flow:
    """Follow the cases through both splits.

    Parameters
    ----------
    settings
        What the reader chose.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.bad, told.caught, told.missed, told.false_alarms, told.left_alone
    (100, 90, 10, 495, 9405)
    """
    bad, fine = split(settings.cases, settings.bad)
    caught, missed = split(bad, settings.recall)
    left_alone, false_alarms = split(fine, settings.specificity)
    return Flow(settings, bad, fine, caught, missed, false_alarms, left_alone)


def exact_percent(share: float) -> str:
    """A share of whole cases in percent, to the hundredth: two scores side by side must not round together.

    Parameters
    ----------
    share
        0 to 1; near 0 and 1 it never claims more than it knows.

    Examples
    --------
    >>> exact_percent(0.9495), exact_percent(0.99), exact_percent(0.99999), exact_percent(1.0)
    ('94.95 %', '99 %', 'over 99.99 %', '100 %')
    """
    if 0 < share < 0.0001 or 0.9999 < share < 1:
        return percent(share)
    return f"{number(round(100 * share, 2))} %"


def alarms_in_words(told: Flow) -> str:
    """How many of the alarms are right.

    >>> alarms_in_words(story(Settings()))
    'Of 585 alarms, 90 are right: 15 %.'
    >>> alarms_in_words(story(Settings(recall=0, specificity=100)))
    'There is no alarm.'
    """
    if told.precision is None:
        return "There is no alarm."
    if told.alarms == 1:
        return f"The one alarm is {'right' if told.caught else 'false'}."
    verb = "is" if told.caught == 1 else "are"
    return f"Of {told.alarms:,} alarms, {told.caught:,} {verb} right: {percent(told.precision)}."


def accuracy_in_words(told: Flow) -> str:
    """The machine's accuracy against that of never saying anything.

    >>> accuracy_in_words(story(Settings()))
    'Accuracy is 94.95 %, yet always saying “fine” gets 99 %.'
    """
    ours, never = exact_percent(told.accuracy), exact_percent(told.always_fine)
    if told.accuracy == told.always_fine:
        return f"Accuracy is {ours}, the same as always saying “fine”."
    joined = ", yet" if told.accuracy < told.always_fine else ";"
    return f"Accuracy is {ours}{joined} always saying “fine” gets {never}."


def turning_in_words(told: Flow) -> str:
    """How rare the bad thing may be before most alarms are false.

    >>> turning_in_words(story(Settings()))
    'Once fewer than 5.3 % are bad, most alarms are false.'
    """
    point = told.turning_point
    if point is None:
        return ""
    if point <= 0:
        return "No alarm is ever false, however rare the bad ones are."
    if point >= 1:
        return "No alarm can ever be right: it catches nothing."
    return f"Once fewer than {percent(point)} are bad, most alarms are false."


def takeaway(told: Flow) -> str:
    """The right alarms, the accuracy beside the lazy one, and the turning point."""
    if told.bad == 0 and told.settings.bad > 0:
        enough = 100 / told.settings.bad
        return (
            f"So few cases hold no {told.words.one_bad}: expect one in {two_figures(enough)}. "
            f"{alarms_in_words(told)} {turning_in_words(told)}"
        )
    return " ".join(filter(None, (alarms_in_words(told), accuracy_in_words(told), turning_in_words(told))))


def worth_a_look(told: Flow) -> str:
    """The decision in money: what a person's look at an alarm may cost.

    >>> worth_a_look(story(Settings()))[:63]
    'A person who looks at every alarm finds one wrong parcel in 6.5'
    """
    if told.precision is None or told.dearest_look is None:
        return "Without alarms there is nothing to look at, and every bad one slips through."
    if not told.caught:
        return "No alarm is right, so a look at one is never worth its price."
    price = money_in_words(told.settings.miss)
    looks = "every look" if told.caught == told.alarms else f"{short(round(1 / told.precision, 1))} looks"
    found = f"A person who looks at every alarm finds one {told.words.one_bad} in {looks}. "
    return (
        f"{found}**That pays while one look costs less than {money_in_words(told.dearest_look)}**: "
        f"{percent(told.precision)} of the {price} that a miss costs. {_your_look(told)}"
    )


def _your_look(told: Flow) -> str:
    cost, dearest = told.settings.look, told.dearest_look or 0.0
    pays = "it pays" if cost < dearest else "it does not pay"
    return f"Your look costs {money_in_words(cost)}, so {pays}."


def still_missed(told: Flow) -> str:
    """What still slips through, counted and in money.

    >>> still_missed(story(Settings()))
    'Still, 10 wrong parcels slip through: $400 for these 10,000.'
    """
    missed = so_many(told.missed, told.words.one_bad)
    verb = "slips" if told.missed == 1 else "slip"
    if not told.missed:
        return f"None of the {told.words.bad} slips through."
    cost = money_in_words(told.missed * told.settings.miss)
    return f"Still, {missed} {verb} through: {cost} for these {told.settings.cases:,}."
