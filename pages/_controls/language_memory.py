"""The controls of two scenes of "Language": how far a memory reaches, and how a word's place is told."""

from __future__ import annotations

import math

import streamlit as st

from dl_core.language import positions, recall
from dl_core.language.text import IN_LINK
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._words import language_memory as words

LINK = "query-params"


def fading() -> recall.Settings:
    """After how many items the networks are asked, which networks, and how they were taught."""
    start = recall.Settings()
    distance = st.select_slider(
        words.FADING_DISTANCE,
        recall.CHOICES,
        start.distance,
        key="fading_distance",
        bind=LINK,
        help=words.FADING_DISTANCE_HELP,
    )
    picked = st.pills(
        words.FADING_NETWORKS,
        recall.KINDS,
        selection_mode="multi",
        default=list(start.networks),
        key="fading_networks",
        bind=LINK,
        format_func=recall.NAMES.get,
        help=words.FADING_NETWORKS_HELP,
    )
    if not picked:
        st.caption(words.FADING_NONE)
    view = st.segmented_control(
        words.FADING_VIEW,
        tuple(words.FADING_VIEWS),
        default=start.view,
        required=True,
        key="fading_view",
        bind=LINK,
        format_func=words.FADING_VIEWS.get,
    )
    networks = tuple(kind for kind in recall.KINDS if kind in (picked or start.networks))
    return recall.Settings(distance, networks, view)


def pick_fading(x: float, y: float) -> None:
    """A press on the picture asks at the nearest distance that was measured."""
    at = math.log(max(x, 0.5))
    st.session_state["fading_distance"] = min(recall.CHOICES, key=lambda each: abs(math.log(each) - at))


FADING_PRESETS = tuple(
    Preset(
        name,
        {
            "fading_distance": one.distance,
            "fading_networks": list(one.networks),
            "fading_view": one.view,
        },
    )
    for name, one in recall.PRESETS.items()
)


def order() -> positions.Settings:
    """The code of two pairs of places; or a sentence, read forwards and backwards."""
    start = positions.Settings()
    view = st.segmented_control(
        words.ORDER_VIEW,
        tuple(words.ORDER_VIEWS),
        default=start.view,
        required=True,
        key="order_view",
        bind=LINK,
        format_func=words.ORDER_VIEWS.get,
    )
    if view == "shuffle":
        text = st.text_input(words.ORDER_TEXT, start.text, IN_LINK, key="order_text", bind=LINK)
        st.caption(words.ORDER_TYPED)
        return positions.Settings(view="shuffle", text=(text or "")[:IN_LINK])
    apart = st.slider(words.ORDER_APART, 0, positions.FARTHEST, start.apart, key="order_apart", bind=LINK)
    usual = {"order_here": start.here, "order_there": start.there, "order_width": start.width}
    fold = opened_fold(words.ORDER_MORE, "order_more", usual)
    if fold is None:
        return positions.Settings(apart)
    last = positions.LAST_FIRST
    with fold:
        here = st.slider(words.ORDER_HERE, 1, last, start.here, key="order_here", bind=LINK)
        there = st.slider(
            words.ORDER_THERE, 1, last, start.there, key="order_there", bind=LINK, help=words.ORDER_PRESS
        )
        width = st.segmented_control(
            words.ORDER_WIDTH,
            positions.WIDTHS,
            default=start.width,
            required=True,
            key="order_width",
            bind=LINK,
        )
    return positions.Settings(apart, here, there, width)


def pick_order(x: float, y: float) -> None:
    """A press on the picture moves the nearer of both pairs there."""
    if st.session_state.get("order_view") == "shuffle":
        return
    start = positions.Settings()
    at = {"order_here": start.here, "order_there": start.there}
    at = {key: st.session_state.get(key, place) for key, place in at.items()}
    nearer = min(at, key=lambda key: abs(at[key] - x))
    st.session_state[nearer] = min(max(round(x), 1), positions.LAST_FIRST)


def _order_values(one: positions.Settings) -> dict[str, object]:
    if one.view == "shuffle":
        return {"order_view": "shuffle"}
    return {
        "order_view": "code",
        "order_apart": one.apart,
        "order_here": one.here,
        "order_there": one.there,
        "order_width": one.width,
    }


ORDER_PRESETS = tuple(Preset(name, _order_values(one)) for name, one in positions.PRESETS.items())
