"""Controls of two scenes of "Language": the length of a text and its price, and the shape of a model."""

from __future__ import annotations

import streamlit as st

from dl_core.language import length as length_core
from dl_core.language import parts as parts_core
from pages._shared.first_value import begins
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.marked_slider import MarkedSlider, log_stops
from pages._shared.typeset import typeset
from pages._words import language_length as words

LINK = "query-params"
TEXT, SHAPE = length_core.Settings(), parts_core.Settings()
WORDS = MarkedSlider("Words in the text", "length_n", log_stops(1, 5), float(length_core.LONGEST))

LAYERS = (1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
WIDTHS = (64, 128, 256, 512, 768, 1_024, 1_600, 2_048, 4_096, 8_192, 12_288, 16_384)
VOCABULARIES = (1_000, 8_000, 32_000, 50_257, 100_000, 250_000)
PLACES = (512, 1_024, 2_048, 8_192, 32_768, 131_072)


def length() -> length_core.Settings:
    """How long a text, how many a day, at what price."""
    place = st.container(key="length_n_marked")
    per_day = st.number_input(
        "Such texts a day", 1.0, float(length_core.MOST_A_DAY),
        begins("length_per_day", lambda case: float(case.per_day)), 1_000.0, format="%.0f",
        key="length_per_day", bind=LINK,  # as a whole number, a link to 1e999 would stop Streamlit
    )  # fmt: skip
    a_million = st.number_input(
        r"A million word pieces cost (\$)", 0.0, length_core.DEAREST, TEXT.a_million, 0.5, format="%.6g",
        key="length_price", bind=LINK, help=words.PRICE_HELP,
    )  # fmt: skip
    fold = opened_fold("More: the exact length", "length_more", {"length_n_typed": None})
    if fold is not None:
        with fold:
            WORDS.field()
    n = round(WORDS.slider(place, TEXT.n, ()))
    return length_core.Settings(max(n, length_core.SHORTEST), round(per_day), a_million)


LENGTH_PRESETS = tuple(
    Preset(name, {**WORDS.at(one.n), "length_per_day": float(one.per_day), "length_price": one.a_million})
    for name, one in length_core.PRESETS.items()
)


def length_below(told: length_core.Length) -> None:
    """What the pairs fill, when they matter, what a bill counts."""
    st.markdown(typeset(words.length_below(told)))


def parts() -> parts_core.Settings:
    """Layers, width, pieces and places."""
    chosen = [
        st.select_slider(label, stops, start, format_func="{:,}".format, key=f"parts_{name}", bind=LINK)
        for label, name, stops, start in (
            ("Layers", "layers", LAYERS, SHAPE.layers),
            ("Width: numbers for each piece", "width", WIDTHS, SHAPE.width),
            ("Pieces it knows", "vocabulary", VOCABULARIES, SHAPE.vocabulary),
            ("Longest text, in pieces", "places", PLACES, SHAPE.places),
        )
    ]
    return parts_core.Settings(*chosen)


PARTS_PRESETS = tuple(
    Preset(
        name,
        {
            "parts_layers": one.layers,
            "parts_width": one.width,
            "parts_vocabulary": one.vocabulary,
            "parts_places": one.places,
        },
    )
    for name, one in parts_core.PRESETS.items()
)


def parts_below(told: parts_core.Parts) -> None:
    """The way from these parts to GPT and Claude."""
    st.markdown(typeset(words.parts_below()))
