"""The running case: one of four products, so that every lesson speaks of the reader's own kind of work.

The figures are round assumptions, called so on the page; a reader replaces them on the decide page.
"""

from __future__ import annotations

from dataclasses import dataclass

WAGE = 24.0  # assumed dollars for an hour of a person who looks


@dataclass(frozen=True)
class Case:
    """A product with a decision a machine could help with."""

    key: str  # as it stands in the link
    name: str  # as the reader picks it
    item: str  # one thing to be judged
    items: str  # many of them
    answer: str  # what the machine says about one
    per_day: int  # assumed number a day
    miss: str  # what a miss does
    false_alarm: str  # what a false alarm does
    bad_per_100: float  # assumed bad ones of 100
    miss_costs: float  # assumed dollars for a bad one let pass
    alarm_costs: float  # assumed dollars for a good one stopped
    minutes: float  # assumed, for a person's look at one

    @property
    def look_costs(self) -> float:
        """Dollars for a person's look at one, to the cent.

        >>> case("returns").look_costs, case("mail").look_costs  # 4 and 1 minutes at $24 an hour
        (1.6, 0.4)
        """
        return round(self.minutes / 60 * WAGE, 2)


CASES = (
    Case(
        "returns",
        "Shop returns",
        "returned parcel",
        "returned parcels",
        "which product came back",
        10_000,
        "a wrong refund is paid",
        "a customer waits for a check",
        8.0,
        40.0,
        8.0,
        4.0,
    ),
    Case(
        "claims",
        "Claims photos",
        "claim photo",
        "claim photos",
        "which damage it shows",
        2_000,
        "a false claim is paid",
        "an honest claim waits for a person",
        5.0,
        600.0,
        30.0,
        15.0,
    ),
    Case(
        "defects",
        "Defect check",
        "part on the line",
        "parts on the line",
        "whether the part is good",
        50_000,
        "a bad part reaches a customer",
        "a good part is scrapped",
        1.0,
        100.0,
        4.0,
        0.5,
    ),
    Case(
        "mail",
        "Support mail",
        "support mail",
        "support mails",
        "which team should answer",
        20_000,
        "an urgent mail waits in the wrong queue",
        "a person reads a mail twice",
        4.0,
        25.0,
        2.0,
        1.0,
    ),
)


def case(key: str) -> Case:
    """The case with this key.

    Parameters
    ----------
    key
        One of the keys in `CASES`.

    Raises
    ------
    ValueError
        If no case has this key.

    Examples
    --------
    >>> case("mail").per_day
    20000
    """
    for each in CASES:
        if each.key == key:
            return each
    raise ValueError(f"there is no case {key!r}; choose one of {', '.join(c.key for c in CASES)}")
