"""Two made-up business tables with named columns and a hidden rule that no straight line follows."""

from __future__ import annotations

import numpy as np

from dl_core.mlp._dataset import DataSet

_RETURNED = 0.35  # share of the orders that come back


def returned_orders(n: int, noise: float, rng: np.random.Generator) -> DataSet:
    """Which of ``n`` orders of a made-up shop come back.

    The rule: several sizes of one thing count most; a dear order counts for customers who often return;
    a discount counts against, but only once it is over 20 %; a long delivery counts beyond five days. The
    ``noise`` (0 to 1) is what no column tells. The highest 35 % come back.
    """
    value = rng.gamma(3.0, 30.0, n)  # 90 € on average
    past = 100 * rng.beta(1.5, 4.0, n)  # 27 % on average
    since = rng.exponential(60.0, n)
    discount = rng.choice([0.0, 10.0, 20.0, 30.0, 40.0], n, p=[0.4, 0.2, 0.2, 0.12, 0.08])
    sizes = rng.choice([1.0, 2.0, 3.0], n, p=[0.7, 0.22, 0.08])
    days = np.round(rng.gamma(4.0, 1.0, n)) + 1
    score = (
        2.0 * (sizes > 1) + 0.9 * (sizes > 2) + (value / 90) * (past / 27) - np.maximum(discount - 20, 0) / 10
    )
    score += 0.5 * np.maximum(days - 5, 0) + 3 * noise * rng.normal(size=n)
    cut = np.sort(score)[n - round(_RETURNED * n)]
    columns = (
        "order value (€)", "past returns (%)", "days since last order", "discount (%)", "sizes of one thing",
        "days to deliver",
    )  # fmt: skip
    inputs = np.column_stack([np.round(value, 2), np.round(past, 1), np.round(since), discount, sizes, days])
    made = (
        "Made up here: a hidden rule over five of the six columns, plus noise, sends 35 % of the orders back."
    )
    return DataSet(
        "returned orders",
        "classes",
        inputs,
        (score >= cut).astype(np.int64),
        ("kept", "returned"),
        columns,
        "",
        made,
    )


def late_parcels(n: int, noise: float, rng: np.random.Generator) -> DataSet:
    """Hours from order to door for ``n`` parcels of a made-up carrier.

    The rule: driving at 40 km an hour, slower in rain; a quarter of an hour per stop before; a queue that
    counts once the depot is full at 300 parcels; and eight hours more for orders after 16 o'clock. The
    ``noise`` (0 to 1) is what no column tells, up to eight hours.
    """
    distance = rng.gamma(2.0, 40.0, n)  # 80 km on average
    stops = rng.integers(0, 30, n).astype(np.float64)
    waiting = rng.normal(260.0, 90.0, n).clip(0)
    rain = rng.exponential(2.0, n) * (rng.uniform(size=n) < 0.4)
    hour = rng.uniform(7, 20, n)
    hours = (
        3
        + distance / 40 * (1 + 0.15 * rain)
        + stops / 4
        + 0.06 * np.maximum(waiting - 300, 0)
        + 8 * (hour > 16)
    )
    hours = np.maximum(hours + 8 * noise * rng.normal(size=n), 0.5)
    columns = ("distance (km)", "stops before", "parcels waiting", "rain (mm an hour)", "hour of the order")
    inputs = np.column_stack(
        [np.round(distance, 1), stops, np.round(waiting), np.round(rain, 1), np.round(hour, 1)]
    )
    made = (
        "Made up here: driving, stops, a queue and a cut-off at 16 o'clock add up to hours; noise is added."
    )
    return DataSet("delivery time", "regression", inputs, hours, (), columns, "hours", made)
