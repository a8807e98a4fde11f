"""Rules for "not on my list", compared at the same price."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logsumexp

from dl_core.offline.refusal import bar_at_price, compare_rules, rules


def test_energy_is_the_scaled_log_of_summed_scores() -> None:
    scores = np.random.default_rng(0).normal(0, 30, (20, 6))
    np.testing.assert_allclose(rules(scores, 0.5)["energy"], 0.5 * logsumexp(scores / 0.5, axis=1))


def test_bar_holds_back_the_share_that_was_allowed() -> None:
    sureness = np.linspace(0, 1, 101)
    right = sureness > 0.495
    bar = bar_at_price(sureness, right, 0.2)
    assert bar == pytest.approx(0.6)  # right answers run from 0.50 to 1.00; a fifth of the way is 0.60


def test_a_rule_that_sees_strangers_is_told_apart_from_one_that_does_not() -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 400)
    aside = rng.normal(0, 1, (400, 4)) + 3 * np.eye(4)[labels]
    # strangers whose scores are all low: their softmax looks the same, only the energy shows it
    strangers = aside - 50
    table = {row["rule"]: row for row in compare_rules(aside, labels, {"strangers": strangers}, 1.0)}
    assert table["energy"]["strangers"] == 1.0
    # the price is a share of the right answers; the few wrong ones move it a little
    assert table["top probability"]["strangers"] == pytest.approx(0.1, abs=0.05)
