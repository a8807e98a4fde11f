"""Live classifier: a photo in, five guesses out, and how far to trust them."""

import streamlit as st

from dl_core import live_classifier as core
from dl_core.figures import live_classifier as figures
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.photo_input import choose_photo
from pages._words import live_classifier as words


def photo_controls() -> core.Photo:
    return choose_photo("photo")


answer = Scene(
    key="answer",
    headline=core.takeaway,
    controls=photo_controls,
    compute=core.story,
    picture=figures.top5,
    sentence=core.takeaway,
    below=lambda told: st.caption(core.time_sentence(told)),
    notes="",
    private=True,
)

show(Lesson(
    name="live_classifier",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(answer,),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    linked=True,
))
