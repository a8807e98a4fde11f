"""Do we need machine learning, or deep learning? What the reader's rule leaves to gain, in words."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.numbers_in_words import percent
from dl_core.start.rules import DATA, Condition, Data, Join, Rule
from dl_core.start.sides import DOUBT, IN_A_SENTENCE, Side, chance, side


@dataclass(frozen=True)
class Settings:
    """Which data the rule is for, and the rule.

    Raises
    ------
    ValueError
        Where there is no such rule.
    """

    data: Data = "table"  # one of DATA
    measure: str = "perimeter"  # a key of `rules.MEASURES`
    above: bool = True  # whether it must lie above the threshold, or below
    threshold: float = 110.0  # in the measurement's own unit
    join: Join = "alone"  # or "and", "or": then the second condition counts
    second_measure: str = ""  # "" where the first stands alone, as everything below
    second_above: bool = True  # the same of the second
    second_threshold: float = 0.0  # in the second measurement's own unit

    def __post_init__(self) -> None:
        _ = self.rule  # checks itself

    @property
    def rule(self) -> Rule:
        """The conditions together."""
        first = Condition(self.measure, self.above, self.threshold)
        if self.join == "alone":
            return Rule(self.data, first)
        return Rule(
            self.data, first, self.join,
            Condition(self.second_measure, self.second_above, self.second_threshold),
        )  # fmt: skip


PRESETS = {
    "Table, our rule": Settings(),
    "Table, better rule": Settings("table", "area", True, 950.0, "or", "concave points", True, 0.15),
    "Pictures, hand rule": Settings("pictures", "holes", True, 1.0),
}


def first_rule(data: Data) -> Rule:
    """The rule that stands beside the reader's, for the other data."""
    return next(one.rule for one in PRESETS.values() if one.data == data)


@dataclass(frozen=True, eq=False)
class Gate:
    """The reader's rule on its data, and the first rule on the other ones."""

    settings: Settings
    sides: tuple[Side, Side]  # table, pictures

    @property
    def yours(self) -> Side:
        """The side of the reader's rule."""
        return self.sides[DATA.index(self.settings.data)]


def story(settings: Settings) -> Gate:
    """The reader's rule on its data, and our first rule on the other ones, so that both can be seen.

    Examples
    --------
    >>> told = story(Settings())
    >>> [one.n for one in told.sides], told.yours.rule.data
    ([569, 1797], 'table')
    """
    rules = (settings.rule if data == settings.data else first_rule(data) for data in DATA)
    table, pictures = (side(rule) for rule in rules)
    return Gate(settings, (table, pictures))


def share_in_words(value: float) -> str:
    """A share of the gain, as it is said.

    >>> share_in_words(0.834), share_in_words(-0.2), share_in_words(0.997)
    ('83 %', 'less than nothing', '100 %')
    """
    if value < 0:
        return "less than nothing"
    return percent(round(value, 2)) if value < 2 else "over 200 %"


def takeaway(told: Gate) -> str:
    """The live sentences: do we need machine learning, and do we need deep learning?

    Examples
    --------
    >>> takeaway(story(PRESETS["Pictures, hand rule"])).split(". ")[0]
    '**Machine learning?** Yes, if 53 fewer mistakes in 1,000 pay for its upkeep'
    """
    return f"**Machine learning?** {_learning(told.yours)} **Deep learning?** {_deep(told.yours)}"


def _learning(one: Side) -> str:
    rule = one.of("rule")
    if rule.verdict != "worse":
        return f"No clear need: with {rule.of_thousand} mistakes in 1,000, nothing clearly beats your rule."
    fewer = f"{one.saved} fewer mistakes in 1,000"
    if one.gain.low <= 0:
        return f"Yes: {fewer}. Your rule is no clear help over always saying “no”."
    low, high = (max(0, round(100 * end)) for end in (one.gain.low, one.gain.high))
    share = share_in_words(one.gain.value)
    return (
        f"Yes, if {fewer} pay for its upkeep. "
        f"Your rule gives **{share}** of learning’s gain (95 % range {low} to {high})."
    )


def _deep(one: Side) -> str:
    plain, network = one.plainest, one.of("network")
    if plain.way == "network":
        return "Yes: the small network clearly beats every plainer way."
    if chance(plain.right, network.right) < DOUBT:
        return f"No: {IN_A_SENTENCE[plain.way]} clearly beats the network."
    ours, theirs = plain.of_thousand, network.of_thousand
    return f"No: {IN_A_SENTENCE[plain.way]} ({ours} wrong) and the network ({theirs}) tie."
