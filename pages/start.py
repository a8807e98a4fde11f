"""Start: do we need machine learning, or will a rule do? And where to go from here."""

import streamlit as st

from dl_core.figures.start_asks import asks_picture
from dl_core.figures.start_circles import circles_picture
from dl_core.figures.start_gate import gate_chart
from dl_core.figures.start_piles import piles_picture
from dl_core.figures.start_recipe import recipe_picture
from dl_core.start import asks as asks_core
from dl_core.start import circles as circles_core
from dl_core.start import gate as gate_core
from dl_core.start import piles as piles_core
from dl_core.start import recipe as recipe_core
from pages._controls import start as controls
from pages._controls import start_more as more_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.lesson_map import show_lessons_by_section
from pages._words import start as words
from pages._words import start_gate as gate_words
from pages._words import start_more as more_words


def welcome() -> None:
    """What this is, and where to go."""
    with st.container(key="welcome"):
        st.markdown(words.WHAT)
        show_lessons_by_section()
        st.caption(words.WAYS)


gate = Scene(
    key="gate",
    headline=gate_words.gate_headline,
    lead=gate_words.GATE_LEAD,
    controls=controls.gate,
    compute=gate_core.story,
    picture=gate_chart,
    sentence=gate_core.takeaway,
    presets=controls.GATE_PRESETS,
    below=controls.gate_below,
    notes=gate_words.GATE_NOTES,
    source=gate_words.GATE_SOURCE,
    live="gate_threshold",
    tells=gate_words.gate_tells,
)
recipe = Scene(
    key="recipe",
    headline=more_words.recipe_headline,
    lead=more_words.RECIPE_LEAD,
    controls=more_controls.recipe,
    compute=recipe_core.story,
    picture=recipe_picture,
    sentence=recipe_core.takeaway,
    presets=more_controls.RECIPE_PRESETS,
    below=lambda told: st.markdown(more_words.recipe_below(told)),
    notes=more_words.RECIPE_NOTES,
    source=more_words.RECIPE_SOURCE,
    live="recipe_first",
    tells=more_words.recipe_tells,
)
piles = Scene(
    key="piles",
    headline=more_words.piles_headline,
    lead=more_words.PILES_LEAD,
    controls=more_controls.piles,
    compute=piles_core.story,
    picture=piles_picture,
    sentence=piles_core.takeaway,
    presets=more_controls.PILES_PRESETS,
    below=lambda told: st.markdown(more_words.piles_below(told)),
    notes=more_words.PILES_NOTES,
    source=more_words.PILES_SOURCE,
    live="piles_test",
    tells=more_words.piles_tells,
)
asks = Scene(
    key="asks",
    headline=more_words.asks_headline,
    lead=more_words.ASKS_LEAD,
    controls=more_controls.asks,
    compute=asks_core.story,
    picture=asks_picture,
    sentence=asks_core.takeaway,
    presets=more_controls.ASKS_PRESETS,
    below=more_controls.asks_below,
    notes=more_words.ASKS_NOTES,
    source=more_words.ASKS_SOURCE,
    live="asks_out",
    tells=more_words.asks_tells,
)
circles = Scene(
    key="circles",
    headline=more_words.circles_headline,
    lead=more_words.CIRCLES_LEAD,
    controls=more_controls.circles,
    compute=circles_core.story,
    picture=circles_picture,
    sentence=circles_core.takeaway,
    below=lambda told: st.markdown(more_words.CIRCLES_BELOW),
    notes=more_words.CIRCLES_NOTES,
    source=more_words.CIRCLES_SOURCE,
    live="circles_example",
)

lesson = Lesson(
    name="start",
    headline=gate_words.HEADLINE,
    decision=gate_words.DECISION,
    predict=gate_words.PREDICT,
    scenes=(gate, recipe, piles, asks, circles),
    so_what=gate_words.so_what,
    trade_offs=gate_words.trade_offs,
    ask_engineers=gate_words.ASK_ENGINEERS,
    what_if_asked=gate_words.what_if_asked,
    where_it_lies=(*gate_words.WHERE_IT_LIES, more_words.RECIPE_LIES, more_words.PILES_LIES),
    quiz=gate_words.QUIZ,
    maths=gate_words.MATHS,
    sources=(*gate_words.SOURCES, *more_words.MORE_SOURCES),
    corrections=more_words.CORRECTIONS,
    welcome=welcome,
)

if __name__ == "__main__":
    show(lesson)
