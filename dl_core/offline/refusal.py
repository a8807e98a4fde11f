"""Compare rules for saying "not on my list", at the same price in right answers held back.

The rule that is shipped, the top probability, can be told in one sentence. A rule that cannot would have to
be clearly better; the comparison is in the model card (`Card.refusal_rules`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.vision.calibration import probabilities

Scores = NDArray[np.float64]

PRICE = 0.10  # share of right answers that we are ready to hold back


def rules(scores: Scores, temperature: float) -> dict[str, Scores]:
    """Three measures of sureness for each row of scores ``(N, C)``; each ``(N,)``, higher is surer.

    Source: top probability: Hendrycks and Gimpel, "A Baseline for Detecting Misclassified and
    Out-of-Distribution Examples" (2017). Energy: Liu et al., "Energy-based Out-of-distribution
    Detection" (2020).

    Examples
    --------
    >>> found = rules(np.log([[6.0, 3.0, 1.0]]), temperature=1.0)
    >>> {name: values.round(2).tolist() for name, values in found.items()}
    {'top probability': [0.6], 'lead over the second': [0.3], 'energy': [2.3]}
    """
    chances = np.sort(probabilities(scores, temperature), axis=1)
    peak = scores.max(axis=1)
    energy = peak + temperature * np.log(np.exp((scores - peak[:, None]) / temperature).sum(axis=1))
    return {
        "top probability": chances[:, -1],
        "lead over the second": chances[:, -1] - chances[:, -2],
        "energy": energy,
    }


def bar_at_price(sureness: Scores, right: NDArray[np.bool_], price: float = PRICE) -> float:
    """The sureness below which the given share of right answers lies.

    >>> bar_at_price(np.array([1.0, 2.0, 3.0, 0.0]), np.array([True, True, True, False]), price=0.5)
    2.0
    """
    return float(np.quantile(sureness[right], price))


def compare_rules(
    aside: Scores, labels: NDArray[np.int64], strangers: dict[str, Scores], temperature: float
) -> list[dict[str, Any]]:
    """What each rule holds back when it holds back one in ten right answers on photos kept aside.

    Parameters
    ----------
    aside, labels
        Scores ``(N, C)`` of photos kept aside while training, and their true classes ``(N,)``.
    strangers
        Name of a pile of things not on the list → its scores ``(M, C)``.
    """
    right = aside.argmax(axis=1) == labels
    measured = {name: rules(scores, temperature) for name, scores in strangers.items()}
    rows = []
    for name, sureness in rules(aside, temperature).items():
        bar = bar_at_price(sureness, right)
        refused = {"wrong answers": float((sureness[~right] < bar).mean())}
        refused |= {pile: float((found[name] < bar).mean()) for pile, found in measured.items()}
        rows.append({"rule": name, **{pile: round(share, 4) for pile, share in refused.items()}})
    return rows
