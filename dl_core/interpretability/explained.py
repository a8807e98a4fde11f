"""Many held-out cases, each explained in seven models' own ways: what to compare explanations on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.interpretability.carried import OfNumbers
from dl_core.interpretability.cross_validation import ASSETS, unpacked
from dl_core.interpretability.explanations import background, explain_row
from dl_core.interpretability.fitted import Rows, fitted, split
from dl_core.interpretability.loans import rule_is_known, true_probability
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.shapley import shapley
from dl_core.interpretability.table import Floats, Table
from dl_core.jobs import GoOn

MOST_CASES = 60  # of a table that nobody measured beforehand
A_PIECE = 5  # cases between two looks whether to go on
SEED = 0
ASSET = ASSETS / "explained.npz"


@dataclass(frozen=True, eq=False)
class Explained:
    """What seven models said about the same cases, and what moved each answer."""

    cases: Rows  # (n,) row numbers of held-out cases, rising
    probability: Floats  # (n_models, n) of the bad case, in the order of `KINDS`
    contributions: Floats  # (n_models, n, d), each model in its own way and on its own scale
    by_rule: Floats | None  # (n, d) Shapley values of the true probability; None where no rule is known


def measure(table: Table, go_on: GoOn | None = None, most: int = MOST_CASES) -> Explained | None:
    """Train all models and explain a seeded draw of held-out cases by each; None when stopped.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    go_on
        Share done, 0 to 1 → whether to go on.
    most
        Cases at most, 1 or more.
    """
    held = split(table).held_out
    cases = np.sort(np.random.default_rng(SEED).permutation(held)[:most])
    n, d = len(cases), len(table.columns)
    added = np.empty((len(KINDS), n, d))
    probability = np.empty((len(KINDS), n))
    for number, model in enumerate(KINDS):
        for at, case in enumerate(cases):
            if go_on and at % A_PIECE == 0 and not go_on((number + at / n) / len(KINDS)):
                return None
            added[number, at] = explain_row(table, model, table.rows[case]).contributions
        probability[number] = fitted(table, model).probability(table.rows[cases])
    return Explained(cases, probability, added, _by_rule(table, cases))


def _by_rule(table: Table, cases: Rows) -> Floats | None:
    if not rule_is_known(table):
        return None
    around = background(table)
    return np.array([shapley(true_probability, table.rows[case], around).values for case in cases])


_KEPT = OfNumbers[Explained]()


def explained(table: Table, go_on: GoOn | None = None) -> Explained | None:
    """What `measure` finds: of a ready-made table all held-out cases from the committed run.

    Parameters
    ----------
    table
        Ready-made, or the reader's own.
    go_on
        Share done, 0 to 1 → whether to go on; stopped, it returns None.

    Examples
    --------
    >>> from dl_core.interpretability.tables import ready_made
    >>> explained(ready_made("loans")).contributions.shape
    (7, 500, 8)
    """
    return _KEPT.once(table, "all", lambda: shipped(table) or measure(table, go_on))


def shipped(table: Table) -> Explained | None:
    """The committed run (`python -m dl_core.offline.explained`) on this very table; None without one."""
    stored = _stored().get(table.key)
    if table.is_own or stored is None or str(stored["sha256"]) != table.sha256:
        return None
    return Explained(
        split(table).held_out,
        unpacked(stored["probability"]),
        stored["contributions"].astype(np.float64),
        stored["by_rule"].astype(np.float64) if "by_rule" in stored else None,
    )


@cache
def _stored() -> dict[str, dict[str, NDArray[Any]]]:
    """Table → part → array; nothing where the run has not been made."""
    found: dict[str, dict[str, NDArray[Any]]] = {}
    if ASSET.exists():
        with np.load(ASSET, allow_pickle=False) as stored:
            for name in stored.files:
                key, part = name.split("-")
                found.setdefault(key, {})[part] = stored[name]
    return found
