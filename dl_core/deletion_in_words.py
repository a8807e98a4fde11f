"""What the check of a heat map says of one photo, and of how many held-out photos it says the same.

The counts are made by ``python -m dl_core.offline.map_check``.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from dl_core.deletion_curve import LEAST, N_PATCHES, TOLD, Deletion, Settings
from dl_core.intervals import Share, share_of
from dl_core.numbers_in_words import percent, so_many
from dl_core.vision.classes import ASSETS

COUNTS_FILE = ASSETS / "vision" / "map_check.json"
RIVAL_WORDS = {"random": "chance", "moved": "the moved map"}  # what the map beats, or does not


def counted(settings: Settings, verdict: str = "faster") -> Share:
    """On how many held-out photos the same check, with these choices, ended so; guesses too low left out.

    Parameters
    ----------
    settings
        Its rival and its filling choose the count.
    verdict
        "faster", "tie" or "slower".

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> found = [counted(Settings(first_sample(), "espresso"), one) for one in ("faster", "tie", "slower")]
    >>> sum(one.hits for one in found) == found[0].n
    True
    """
    counts = _read(COUNTS_FILE, COUNTS_FILE.stat().st_mtime_ns)[f"{settings.rival} {settings.fill}"]
    return share_of(counts[verdict], sum(counts.values()) - counts["too low"])


@cache
def _read(path: Path, _version: int) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))["counts"]
    return found


def counted_in_words(settings: Settings) -> str:
    """On how many photos the map beats all draws, with the range that chance leaves, as a phrase."""
    share = counted(settings)
    low, high = 100 * share.low, 100 * share.high
    return f"{share.hits} of {share.n} held-out photos (95 % range {low:.0f} to {high:.0f} %)"


def takeaway(told: Deletion) -> str:
    """What the strongest eighth costs, what as many other patches cost, and what follows."""
    name = told.settings.label
    if told.verdict == "too low":
        return (
            f"“{name}” starts at {percent(told.by_map.sure[0])}. From under {percent(LEAST)} "
            "there is nothing to fall, so this is no test. Choose another guess."
        )
    by_map, draws = told.at(TOLD)
    start = (
        f"Covering the map's strongest {TOLD} of {N_PATCHES} patches takes “{name}” "
        f"from {percent(told.by_map.sure[0])} to {percent(by_map)}."
    )
    if not draws:
        return f"{start} It was stopped before the comparison, so this says nothing yet."
    low, high = percent(min(draws)), percent(max(draws))
    spread = f"to {low}" if low == high else f"to between {low} and {high}"
    return f"{start} {_others(told)} {spread}. {_verdict(told)}"


def _others(told: Deletion) -> str:
    if told.settings.rival == "random":
        return f"{TOLD} patches by chance take it"
    return "The same map, moved elsewhere, takes it"


def _verdict(told: Deletion) -> str:
    draws, photos = so_many(len(told.draws), "draw"), counted_in_words(told.settings)
    return {
        "faster": f"Over the whole curve it beats all {draws}, as on {photos}.",
        "slower": f"Over the whole curve all {draws} beat it. It wins on {photos}.",
        "tie": f"Over the whole curve it lies among the {draws}: a tie. It wins on {photos}.",
    }[told.verdict]
