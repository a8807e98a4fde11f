"""How far back a recurrent network remembers: measured once, with the theory beside it.

The same measurement as in `gradient_by_layer`, over time: a step back in time is a layer further down.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dl_core.gradient_by_layer import ASSET, counted, powers
from dl_core.numbers_in_words import so_many, two_figures
from dl_core.typical_slope import CURVE, GRID, activate, typical

Kind = Literal["tanh", "gru"]

WIDTH = 64  # neurons in the memory
N_INPUTS = 16  # numbers that come in at each step, from a normal curve of spread 1
FARTHEST = 60  # steps back
FORGOTTEN = 0.01  # of the newest input's effect: below it counts as forgotten
# what was measured: strength of plain recurrent weights (spread times root of WIDTH); share that a gate keeps
MEASURED: dict[Kind, tuple[float, ...]] = {"tanh": (0.5, 1.0, 1.5, 2.0, 3.0), "gru": (0.5, 0.9, 0.95, 0.99)}


@dataclass(frozen=True)
class Settings:
    """Two memories side by side, and how far back to look.

    Raises
    ------
    ValueError
        If a memory was not measured; says which were.
    """

    strength: float = 1.0  # of the plain network's recurrent weights, one of MEASURED["tanh"]
    keeps: float = 0.95  # share of its memory that the gate keeps at each step, one of MEASURED["gru"]
    distance: int = 20  # steps back, 1 to 60

    def __post_init__(self) -> None:
        for what, value, known in (
            ("A recurrent strength", self.strength, MEASURED["tanh"]),
            ("A gate's share", self.keeps, MEASURED["gru"]),
        ):
            if value not in known:
                listed = ", ".join(f"{each:g}" for each in known)
                raise ValueError(f"{what} of {value:g} was not measured: choose one of {listed}.")
        if self.distance not in range(1, FARTHEST + 1):
            raise ValueError(f"{self.distance} steps back were not measured: choose 1 to {FARTHEST}.")


PRESETS = {
    "Plain against gate": Settings(),
    "Both forget": Settings(0.5, 0.5, 5),
    "Weights too strong": Settings(3.0, 0.99, 40),
}


@dataclass(frozen=True)
class Memory:
    """How strongly the last output depends on each input, the newest being 1."""

    kind: Kind
    setting: float  # strength of the weights, or share that the gate keeps
    median: tuple[float, ...]  # (61,) 0, 1, … 60 steps back, over all random starts
    low: tuple[float, ...]  # (61,) the smallest of all starts
    high: tuple[float, ...]  # (61,) the largest
    theory: tuple[float, ...]  # (61,) what theory says
    factor: float  # of one step: strength times typical slope, or what the gate keeps
    n_starts: int  # random starts

    @property
    def reach(self) -> int | None:
        """The first distance at which less than 1 % is left; None: not within 60 steps."""
        return next((d for d, left in enumerate(self.median) if left < FORGOTTEN), None)

    @property
    def grows(self) -> bool:
        """Whether far inputs count for more than the newest: the memory has exploded."""
        return self.median[-1] > 1


@dataclass(frozen=True)
class FadingMemory:
    """Both memories at the settings."""

    settings: Settings
    plain: Memory
    gated: Memory


@cache
def plain_factor(strength: float) -> float:
    """What theory says one step back in time leaves, in a plain tanh network.

    The sums settle at a size where input and memory balance; there a neuron has a typical slope, and each
    step multiplies by slope and strength.

    Parameters
    ----------
    strength
        Spread of a recurrent weight times the root of `WIDTH`, 0 or more.

    Examples
    --------
    >>> plain_factor(0.0), round(plain_factor(1.0), 2)
    (0.0, 0.63)
    """
    square, slope = 1.0, 0.0
    for _ in range(200):
        kept, slope = typical("tanh", square)
        square = 1.0 + strength**2 * kept  # inputs add a square of 1
    return strength * slope


@cache
def gated_theory(keeps: float) -> tuple[float, ...]:
    """What theory says is left of each input, 0 to 60 steps back, in a gated network (GRU).

    One step back multiplies by what the gate keeps, and adds what passes through the recurrent weights.
    Random weights mix the neurons, so every way of taking ``k`` of ``d`` steps through them counts, squared.

    Parameters
    ----------
    keeps
        Share of its memory that the gate keeps at each step, above 0 and below 1.

    Returns
    -------
    tuple
        (61,), the newest input first.

    Examples
    --------
    >>> [round(gated_theory(0.95)[back], 2) for back in (0, 1, 20)]  # 0.95 to the power of 20 is 0.358
    [1.0, 0.95, 0.36]
    """
    spread = math.sqrt(N_INPUTS / (3 * WIDTH))  # of a neuron's sum: torch draws weights within ±1/√WIDTH
    opening = math.log(keeps / (1 - keeps))
    gate, _ = activate("sigmoid", opening + spread * GRID)
    reset, _ = activate("sigmoid", spread * GRID)
    kept = float(CURVE @ gate**2)
    _, slope = typical("tanh", spread**2)
    through = float(CURVE @ (1 - gate) ** 2) * float(CURVE @ reset**2) * slope**2 / 3
    ways = (
        sum(math.comb(d, k) ** 2 * kept ** (d - k) * through**k for k in range(d + 1))
        for d in range(FARTHEST + 1)
    )
    return tuple(math.sqrt(one) for one in ways)


@cache
def memory(kind: Kind, setting: float, file: Path = ASSET) -> Memory:
    """One measured memory with its theory.

    Parameters
    ----------
    kind
        ``"tanh"``: a plain recurrent network; ``"gru"``: one with a gate.
    setting
        One of ``MEASURED[kind]``.
    file
        The measurement; made by ``dl_core/offline/gradient_by_layer.py``.

    Raises
    ------
    ValueError
        If this was not measured.

    Examples
    --------
    >>> one = memory("gru", 0.95)
    >>> one.median[0], one.reach
    (1.0, None)
    """
    stored = _stored(file)
    for row in stored["networks"]:
        if (row["kind"], row["setting"]) == (kind, setting):
            factor = plain_factor(setting) if kind == "tanh" else setting
            theory = gated_theory(setting) if kind == "gru" else _powers_of(factor)
            median, low, high = (powers(row[name]) for name in ("median", "low", "high"))
            return Memory(kind, setting, median, low, high, theory, factor, stored["n_starts"])
    raise ValueError(f"{kind} with {setting:g} was not measured: choose from {MEASURED}.")


@cache
def _stored(file: Path) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))["memory"]
    return kept


def _powers_of(factor: float) -> tuple[float, ...]:
    return tuple(factor**back for back in range(FARTHEST + 1))


def story(settings: Settings) -> FadingMemory:
    """Both memories.

    Examples
    --------
    >>> shown = story(Settings())
    >>> shown.plain.reach, shown.gated.reach
    (11, None)
    """
    return FadingMemory(settings, memory("tanh", settings.strength), memory("gru", settings.keeps))


def left_in_words(share: float) -> str:
    """What is left of an input's effect.

    Parameters
    ----------
    share
        Above 0; the newest input's effect is 1.

    Examples
    --------
    >>> left_in_words(0.38), left_in_words(1.3e-5), left_in_words(2e-9), left_in_words(33_000.0)
    ('38 %', '1 part in 77,000', 'under a millionth', '33,000 times as much')
    """
    if share < 1e-6:
        return "under a millionth"
    if share >= 10:
        return f"{counted(share)} times as much"
    return f"{two_figures(100 * share)} %" if share >= 0.001 else f"1 part in {counted(1 / share)}"


def takeaway(shown: FadingMemory) -> str:
    """What is left at the reader's distance, how far each memory reaches, and why."""
    back, plain, gated = shown.settings.distance, shown.plain, shown.gated
    left = left_in_words(plain.median[back]).replace(" as much", "")
    of = "" if left.endswith("times") else "of "
    return (
        f"{so_many(back, 'step').capitalize()} back, an input keeps {left} {of}its effect "
        "in the plain network, "
        f"{left_in_words(gated.median[back])} in the gated one. "
        f"In theory, each step multiplies the plain one by {plain.factor:.2f}. {_reach(plain)} "
        f"The gate keeps {two_figures(100 * gated.factor)} % a step. {_reach(gated)}"
    )


def _reach(one: Memory) -> str:
    if one.grows:
        return "Old inputs drown the new ones."
    if one.reach is None:
        return f"After {FARTHEST} steps it still holds {left_in_words(one.median[-1])}."
    return f"It falls below 1 % after {so_many(one.reach, 'step')}."
