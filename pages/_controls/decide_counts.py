"""Controls of two scenes of "Decide": what becomes of so many cases, and whether a lead is luck."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dl_core.decide import coin as coin_core
from dl_core.decide import coin_in_words
from dl_core.decide import flow as flow_core
from dl_core.numbers_in_words import percent
from dl_core.running_case import Case
from pages._shared.first_value import begins
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.marked_slider import Mark, MarkedSlider, log_stops
from pages._shared.typeset import typeset
from pages._shared.visit import visit
from pages._words import decide_counts as words

LINK = "query-params"
FLOW = flow_core.Settings()
COIN = coin_core.Settings()
MANY = (100, 1_000, 10_000, 100_000, 1_000_000)
STOPS = tuple(stop for stop in log_stops(-2, 2) if stop < 100)
BAD = MarkedSlider("Bad ones of all (%)", "flow_bad", STOPS, 100.0)
LEFT_ALONE = (
    *(50.0, 60.0, 70.0, 80.0, 85.0, 90.0, 91.0, 92.0, 93.0, 94.0, 95.0, 96.0, 97.0, 98.0),
    *(99.0, 99.5, 99.9, 99.95, 99.99, 100.0),
)
TESTED = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


def _opening(name: str, default: float) -> float:
    """A number of the page's first scene, where the reader has put in a volume and prices."""
    kept = visit().kept.get("lanes")
    return getattr(kept[0], name, default) if kept else default


def flow() -> flow_core.Settings:
    """How rare, and how good the machine is; in the words of the reader's own kind of work."""
    place = st.container(key="flow_bad_marked")
    recall = st.slider(
        "Of 100 bad ones, caught", 0, 100, int(FLOW.recall), key="flow_caught", bind=LINK,
        help="Engineers call it recall.",
    )  # fmt: skip
    specificity = st.select_slider(
        "Of 100 fine ones, left alone", LEFT_ALONE, FLOW.specificity, key="flow_alone", bind=LINK,
        format_func=lambda share: f"{share:g}", help="Engineers call it specificity.",
    )  # fmt: skip
    cases = st.select_slider(
        "Cases", MANY, FLOW.cases, key="flow_cases", bind=LINK, format_func=lambda n: f"{n:,}"
    )
    kinds = list(flow_core.WORDS)
    said = st.selectbox(
        "Use the words of", kinds, kinds.index(begins("flow_words", lambda case: case.key)),
        key="flow_words", bind=LINK,
        format_func=lambda key: flow_core.WORDS[key].name,
    )  # fmt: skip
    fold = opened_fold("Type the share", "flow_more", {"flow_bad_typed": None})
    if fold is not None:
        with fold:
            BAD.field()
    bad = BAD.slider(place, FLOW.bad, _marks(recall, specificity))
    look = round(_opening("look", FLOW.look), 2)
    return flow_core.Settings(cases, bad, recall, specificity, said, _opening("miss", FLOW.miss), look)


def _marks(recall: float, specificity: float) -> tuple[Mark, ...]:
    point = flow_core.turning_point(recall / 100, specificity / 100)
    if point is None or not STOPS[0] < 100 * point < STOPS[-1]:
        return ()
    return (Mark(100 * point, f"{percent(point)}: half the alarms are right"),)


def flow_below(told: flow_core.Flow) -> None:
    """The decision in money: what a look at an alarm may cost."""
    st.markdown(typeset(f"{flow_core.worth_a_look(told)} {flow_core.still_missed(told)}"))
    st.caption(words.FLOW_PRICE)


FLOW_PRESETS = tuple(
    Preset(
        name,
        {
            **BAD.at(one.bad),
            "flow_caught": int(one.recall),
            "flow_alone": one.specificity,
            "flow_cases": one.cases,
        },
    )
    for name, one in flow_core.PRESETS.items()
)


def flow_of(case: Case) -> dict[str, Any]:
    """The running case's own share of bad ones, in its own words."""
    return {**BAD.at(case.bad_per_100), "flow_words": case.key}


def coin() -> coin_core.Settings:
    """Two scores of the reader's own, or those of two models measured on another page."""
    whose = st.pills(
        "Whose scores",
        [coin_core.TYPED, *coin_core.MEASURED],
        default=COIN.whose,
        required=True,
        key="coin_whose",
        bind=LINK,
        format_func=_named,
    )
    per_day, miss = int(_opening("per_day", COIN.per_day)), float(_opening("miss", COIN.miss))
    if whose != coin_core.TYPED:
        st.caption(words.COIN_MEASURED)
        return coin_core.Settings(whose, per_day=per_day, miss=miss)
    n = st.select_slider(
        "Test cases, the same for both", TESTED, COIN.n, key="coin_n", bind=LINK,
        format_func=lambda n: f"{n:,}",
    )  # fmt: skip
    left, right = st.columns(2)
    first = left.number_input(
        "Model A right (%)", 0.0, 100.0, COIN.first, 0.1, format="%.1f", key="coin_first", bind=LINK
    )
    second = right.number_input(
        "Model B right (%)", 0.0, 100.0, COIN.second, 0.1, format="%.1f", key="coin_second", bind=LINK
    )
    differ = st.slider(
        "Only one model is right (% of cases)", 0.0, 60.0, COIN.differ, 0.5, format="%.1f",
        key="coin_differ", bind=LINK, help=words.COIN_DIFFER,
    )  # fmt: skip
    return coin_core.Settings(whose, n, first, second, differ, per_day, miss)


def _named(whose: str) -> str:
    return words.COIN_OWN if whose == coin_core.TYPED else coin_core.MEASURED[whose][0]


def coin_below(told: coin_core.Coin) -> None:
    """The decision in money, the cases it takes, and where the scores allow less than was asked."""
    st.markdown(typeset(coin_in_words.decision(told)))
    said = (coin_in_words.cases_in_words(told), coin_in_words.clamped_in_words(told), words.COIN_PRICE)
    st.caption(typeset(" ".join(filter(None, said))))


COIN_PRESETS = tuple(
    Preset(
        name,
        {"coin_whose": one.whose}
        | (
            {
                "coin_n": one.n,
                "coin_first": one.first,
                "coin_second": one.second,
                "coin_differ": one.differ,
            }
            if one.whose == coin_core.TYPED
            else {}
        ),
    )
    for name, one in coin_core.PRESETS.items()
)
