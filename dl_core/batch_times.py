"""What one pass over the digits costs in each of the three ways, as measured once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dl_core.batch_sizes import WAYS

ASSET = Path(__file__).parents[1] / "assets" / "batch_times.json"


@dataclass(frozen=True)
class Times:
    """What one pass over the training pile costs, measured by `dl_core.offline.batch_times`."""

    seconds_per_pass: tuple[float, ...]  # processor seconds, in the order of WAYS
    date: str  # of the measurement, as it is printed
    machine: str  # that it ran on, in words
    command: str  # that makes it again
    repeats: int  # runs that the median was taken of


@cache
def load_times() -> Times:
    """The shipped measurement.

    >>> len(load_times().seconds_per_pass)
    3
    """
    told = json.loads(ASSET.read_text(encoding="utf-8"))
    seconds = tuple(float(told["seconds_per_pass"][way]) for way in WAYS)
    return Times(seconds, told["date"], told["machine"], told["command"], told["repeats"])
