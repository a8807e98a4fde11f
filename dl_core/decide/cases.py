"""What the four running cases cost: round assumptions, called so on the page, for a reader to replace."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.running_case import CASES


@dataclass(frozen=True)
class Assumed:
    """Round numbers for one running case; none of them was measured."""

    bad_per_100: float  # of 100 cases
    miss: float  # money that a bad case costs when it is let pass
    false_alarm: float  # money that a good case costs when it is stopped
    minutes: float  # that a person looks at one case


ASSUMED = {  # key of a running case → its numbers
    case.key: Assumed(case.bad_per_100, case.miss_costs, case.alarm_costs, case.minutes) for case in CASES
}
