"""The controls of "Loss functions" that fit something real: the outlier, the penalty, the price list."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dl_core import outlier_fit, price_of_mistakes, weight_penalty
from dl_core.penalised_fit import KINDS
from dl_core.robust_lines import LOSSES
from dl_core.running_case import Case
from pages._shared.first_value import begins
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset

LINK = "query-params"

PRICE = price_of_mistakes.Settings()
PENALTY = weight_penalty.Settings()
OUTLIER = outlier_fit.Settings()
LOSS_NAMES = {"squared": "Squared (MSE)", "absolute": "Absolute (MAE)", "huber": "Huber"}


def outlier() -> outlier_fit.Settings:
    """Whose loss is drawn, and where the reader's wine lies."""
    shown = st.segmented_control(
        "Draw what this loss counts",
        LOSSES,
        default=OUTLIER.shown,
        required=True,
        key="outlier_shown",
        bind=LINK,
        format_func=LOSS_NAMES.get,
    )
    across, up = st.columns(2)
    x = across.number_input(
        "Your wine: proline, mg per litre",
        0.0,
        outlier_fit.LARGEST,
        OUTLIER.x,
        10.0,
        format="%.0f",
        key="outlier_x",
        bind=LINK,
        help="Proline is an amino acid of grapes. You can also drag your wine on the picture.",
    )
    y = up.number_input(
        "Your wine: alcohol, % by volume",
        0.0,
        outlier_fit.LARGEST,
        OUTLIER.y,
        0.1,
        format="%.1f",
        key="outlier_y",
        bind=LINK,
    )
    return outlier_fit.Settings(x, y, shown, _turn())


def _turn() -> float:
    fold = opened_fold("More: where Huber turns", "outlier_more", {"outlier_delta": OUTLIER.delta})
    if fold is None:
        return OUTLIER.delta
    with fold:
        return st.slider(
            "Huber turns from square to straight at, in points of alcohol",
            0.1,
            3.0,
            OUTLIER.delta,
            0.1,
            key="outlier_delta",
            bind=LINK,
        )


def pick_outlier(x: float, y: float) -> None:
    """A drag on the picture moves the reader's wine, and no farther than the picture reaches."""
    (left, right), (low, high) = outlier_fit.VIEW_X, outlier_fit.VIEW_Y
    st.session_state["outlier_x"] = float(round(min(max(x, left), right), -1))
    st.session_state["outlier_y"] = round(min(max(y, low), high), 1)


OUTLIER_PRESETS = tuple(
    Preset(name, {"outlier_x": one.x, "outlier_y": one.y}) for name, one in outlier_fit.PRESETS.items()
)


def penalty() -> weight_penalty.Settings:
    """How much weights cost, and by which rule."""
    strength = st.select_slider(
        "Strength of the penalty (λ)",
        weight_penalty.STRENGTHS,
        PENALTY.strength,
        key="penalty_strength",
        bind=LINK,
        format_func=weight_penalty.strength_in_words,
    )
    kind = st.segmented_control(
        "What a weight costs",
        KINDS,
        default=PENALTY.kind,
        required=True,
        key="penalty_kind",
        bind=LINK,
        format_func={"L2": "L2: its square", "L1": "L1: its size"}.get,
        help="L2 is also called ridge, L1 lasso. Elsewhere L1 and L2 name distances or losses.",
    )
    return weight_penalty.Settings(strength, kind)


PENALTY_PRESETS = tuple(
    Preset(name, {"penalty_strength": one.strength, "penalty_kind": one.kind})
    for name, one in weight_penalty.PRESETS.items()
)


def price() -> price_of_mistakes.Settings:
    """The price list, and the reader's threshold."""
    one, two = st.columns(2)
    limits = {
        "min_value": 1.0,
        "max_value": price_of_mistakes.DEAREST,
        "step": 1.0,
        "format": "%.0f",
        "bind": LINK,
    }
    miss = one.number_input("A miss costs, in money", value=_of_case("miss"), key="price_miss", **limits)
    alarm = two.number_input("A false alarm costs", value=_of_case("alarm"), key="price_alarm", **limits)
    threshold = st.slider(
        "Your threshold: say “8” from this probability on",
        0.01,
        0.99,
        PRICE.threshold,
        0.01,
        key="price_threshold",
        bind=LINK,
        help="The formula’s line: a false alarm’s price divided by both prices together.",
    )
    return price_of_mistakes.Settings(miss, alarm, threshold)


def price_of(case: Case) -> dict[str, float]:
    """The running case's two prices."""
    return {"price_miss": case.miss_costs, "price_alarm": case.alarm_costs}


def _of_case(name: Literal["miss", "alarm"]) -> float:
    """With what a price begins: the page's example until another product than the first is chosen."""
    key = f"price_{name}"
    usual = {"miss": PRICE.miss, "alarm": PRICE.false_alarm}[name]
    return begins(key, lambda case: price_of(case)[key], usual)


PRICE_PRESETS = tuple(
    Preset(name, {"price_miss": one.miss, "price_alarm": one.false_alarm})
    for name, one in price_of_mistakes.PRESETS.items()
)
