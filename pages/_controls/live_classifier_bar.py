"""Controls of the live classifier's scene about the bar: how sure is sure enough, at the reader's prices."""

from __future__ import annotations

import streamlit as st

from dl_core import refusal_cost as core
from dl_core.running_case import Case
from pages._shared.first_value import begins
from pages._shared.lesson import Preset
from pages._shared.photo_input import same_photo

LINK = "query-params"


def bar() -> core.Settings:
    """The bar, what each mistake and each look costs, and how many photos come a day."""
    photo = same_photo("answer")
    start = core.Settings(photo)
    threshold = st.slider(
        "Your bar: answer only when at least this sure",
        0,
        100,
        start.threshold,
        format="%d %%",
        key="bar_threshold",
        bind=LINK,
        help="Or click on the picture.",
    )
    left, right = st.columns(2)
    wrong = left.number_input(
        "A wrong answer acted on costs",
        core.LEAST,
        core.DEAREST,
        _of_case("bar_wrong", start.wrong),
        0.5,
        format="%.6g",
        key="bar_wrong",
        bind=LINK,
        help="In your own money: the refund, the second delivery, the lost customer.",
    )
    look = right.number_input(
        "A person’s look at one photo costs",
        core.LEAST,
        core.DEAREST,
        _of_case("bar_look", start.look),
        0.1,
        format="%.6g",
        key="bar_look",
        bind=LINK,
        help="Minutes a photo takes, times what a minute of work costs.",
    )
    per_day = st.number_input(
        "Cases a day", 1, core.MOST_PHOTOS, begins("bar_per_day", lambda case: case.per_day), 100,
        key="bar_per_day", bind=LINK,
    )  # fmt: skip
    return core.Settings(photo, threshold, wrong, look, per_day)


def bar_of(case: Case) -> dict[str, float]:
    """The running case's prices; a wrong answer that is acted on is a miss."""
    return {"bar_wrong": case.miss_costs, "bar_look": case.look_costs, "bar_per_day": case.per_day}


def _of_case(key: str, usual: float) -> float:
    """With what a price begins: the page's example until another product than the first is chosen."""
    return begins(key, lambda case: bar_of(case)[key], usual)


def pick_bar(x: float, y: float) -> None:
    """A click or a drag on the picture sets the bar there, whatever its height."""
    st.session_state["bar_threshold"] = round(min(max(x, 0), 100))


BAR_PRESETS = tuple(
    Preset(name, {"bar_wrong": wrong, "bar_look": look}) for name, (wrong, look) in core.PRICES.items()
)
