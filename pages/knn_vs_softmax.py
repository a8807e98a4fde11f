"""kNN vs softmax: pay at training, or pay at every request?"""

import streamlit as st

from dl_core import cost_of_use, digit_answers, digit_question, pixel_distance, pixel_question
from dl_core import knn_vs_softmax as core
from dl_core.cifar10 import Cifar10Table, product_sentence, shipped_table, table_sentence
from dl_core.figures import cost_of_use as cost_figures
from dl_core.figures import digits as digit_figures
from dl_core.figures import knn_vs_softmax as figures
from dl_core.figures.cifar10 import cifar10_chart
from dl_core.figures.pixel_distance import near_and_far
from dl_core.figures.pixel_question import pixel_story
from pages._controls import knn_vs_softmax as controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.visit import visit
from pages._words import knn_vs_softmax as words


def answer_time(shown: core.KnnVsSoftmaxStory) -> None:
    """Both models' time for this answer, measured on this server."""
    st.caption(core.measured_answer_time(shown.settings).sentence)


def photo_details(table: Cifar10Table) -> None:
    """What the scores mean a day, and how they were measured."""
    st.markdown(product_sentence(table, visit().case.per_day))
    st.caption(words.how_measured(table))


plane = Scene(
    key="plane",
    headline=words.plane_headline,
    controls=controls.plane,
    compute=core.story,
    picture=figures.plane,
    sentence=core.takeaway,
    presets=controls.PLANE_PRESETS,
    pick=controls.pick_question,
    below=answer_time,
    notes=words.PLANE_NOTES,
    source=words.PLANE_SOURCE,
    live="plane_preset",
    tells=words.plane_tells,
)
digit = Scene(
    key="digit",
    headline=words.digit_headline,
    lead=words.DIGIT_LEAD,
    controls=controls.digit,
    compute=digit_question.answer,
    picture=digit_figures.neighbours_strip,
    sentence=digit_answers.answer_sentence,
    notes=words.DIGIT_NOTES,
    private=True,
    source=words.DIGITS_SOURCE,
    live="digit_k",
)
templates = Scene(
    key="templates",
    headline=words.templates_headline,
    lead=words.TEMPLATES_LEAD,
    compute=words.study,
    picture=digit_figures.weight_templates,
    sentence=words.templates_sentence,
    notes=words.TEMPLATES_NOTES,
    source=words.DIGITS_SOURCE,
)
choose_k = Scene(
    key="choose_k",
    headline=words.choose_k_headline,
    lead=words.CHOOSE_K_LEAD,
    compute=words.study,
    picture=digit_figures.k_curve,
    sentence=words.choose_k_sentence,
    notes=words.CHOOSE_K_NOTES,
    source=words.DIGITS_SOURCE,
    tells=words.choose_k_tells,
)
photos = Scene(
    key="photos",
    headline=words.photos_headline,
    lead=words.PHOTOS_LEAD,
    compute=shipped_table,
    picture=cifar10_chart,
    sentence=table_sentence,
    below=photo_details,
    notes=words.PHOTOS_NOTES,
    source=words.PHOTOS_SOURCE,
    tells=words.photos_tells,
)
near = Scene(
    key="near",
    headline=words.near_headline,
    lead=words.NEAR_LEAD,
    controls=controls.near,
    compute=pixel_distance.story,
    picture=near_and_far,
    sentence=pixel_distance.takeaway,
    presets=controls.NEAR_PRESETS,
    notes=words.NEAR_NOTES,
    source=words.NEAR_SOURCE,
    live="near_shift",
)
pixels = Scene(
    key="pixels",
    headline=words.pixels_headline,
    lead=words.PIXELS_LEAD,
    controls=controls.pixels,
    compute=pixel_question.story,
    picture=pixel_story,
    sentence=pixel_question.sentence,
    notes=words.PIXELS_NOTES,
    source=words.PIXELS_SOURCE,
    live="pixels_step",
)
cost = Scene(
    key="cost",
    headline=words.cost_headline,
    lead=words.COST_LEAD,
    controls=controls.workload,
    compute=cost_of_use.cost_of_use,
    picture=cost_figures.cost_curves,
    sentence=cost_of_use.cost_sentence,
    presets=controls.COST_PRESETS,
    notes=words.COST_NOTES,
    source=words.COST_SOURCE,
    live="cost_preset",
    tells=words.cost_tells,
)

lesson = Lesson(
    name="knn_vs_softmax",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(plane, digit, templates, choose_k, photos, near, pixels, cost),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    corrections=words.CORRECTIONS,
)

if __name__ == "__main__":  # as a page; the brief reads the same lesson from here
    show(lesson)
