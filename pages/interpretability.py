"""Interpretability: do we need a model that a person can read, and what does it cost?"""

import streamlit as st

from dl_core.documents.settings import holds_own
from dl_core.figures.interpretability_agree import seven_ways
from dl_core.figures.interpretability_board import board_chart, board_chart_wide
from dl_core.figures.interpretability_curve import curve_chart
from dl_core.figures.interpretability_fair import fair_picture, fair_picture_wide
from dl_core.figures.interpretability_onecase import one_case, one_case_wide
from dl_core.figures.interpretability_priced import priced_chart
from dl_core.figures.interpretability_proxy import proxy_picture
from dl_core.figures.interpretability_shuffle import shuffle_chart
from dl_core.figures.interpretability_surrogate import surrogate_chart
from dl_core.figures.interpretability_whatif import what_if
from dl_core.interpretability import agree as agree_core
from dl_core.interpretability import board as board_core
from dl_core.interpretability import curve as curve_core
from dl_core.interpretability import curve_in_words
from dl_core.interpretability import fair as fair_core
from dl_core.interpretability import onecase as onecase_core
from dl_core.interpretability import priced as priced_core
from dl_core.interpretability import proxy as proxy_core
from dl_core.interpretability import shuffle as shuffle_core
from dl_core.interpretability import surrogate as surrogate_core
from dl_core.interpretability import whatif as whatif_core
from dl_core.interpretability.agree_in_words import takeaway as agree_sentence
from dl_core.interpretability.fair_in_words import takeaway as fair_sentence
from dl_core.interpretability.onecase_in_words import takeaway as onecase_sentence
from dl_core.interpretability.proxy_in_words import takeaway as proxy_sentence
from dl_core.interpretability.question import at_rest
from dl_core.interpretability.shuffle_in_words import takeaway as shuffle_sentence
from dl_core.interpretability.surrogate_in_words import takeaway as surrogate_sentence
from dl_core.interpretability.whatif_in_words import takeaway as whatif_sentence
from dl_core.interpretability.whatif_settings import at_rest as whatif_at_rest
from pages._controls import interpretability as controls
from pages._controls import interpretability_case as case_controls
from pages._controls import interpretability_curve as curve_controls
from pages._controls import interpretability_fair as fair_controls
from pages._controls import interpretability_tests as tests_controls
from pages._controls import interpretability_whatif as whatif_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._words import interpretability as words
from pages._words import interpretability_case as case_words
from pages._words import interpretability_curve as curve_words
from pages._words import interpretability_fair as fair_words
from pages._words import interpretability_tests as tests_words
from pages._words import interpretability_whatif as whatif_words

board = Scene(
    key="board",
    headline=words.board_headline,
    lead=words.BOARD_LEAD,
    controls=controls.board,
    compute=board_core.story,
    picture=board_chart,
    slide=board_chart_wide,
    sentence=board_core.takeaway,
    presets=controls.BOARD_PRESETS,
    case_preset=controls.board_of,
    below=controls.below,
    notes=words.BOARD_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=at_rest,
    source=words.BOARD_SOURCE,
    live="board_bar",
    tells=words.board_tells,
)
priced = Scene(
    key="priced",
    headline=priced_core.headline,
    lead=curve_words.PRICED_LEAD,
    controls=curve_controls.priced,
    compute=priced_core.story,
    picture=priced_chart,
    sentence=priced_core.takeaway,
    below=curve_controls.priced_below,
    notes=curve_words.PRICED_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=priced_core.at_rest,
    source=curve_words.PRICED_SOURCE,
    live="priced_model",
    tells=curve_words.priced_tells,
)
onecase = Scene(
    key="onecase",
    headline=case_words.onecase_headline,
    lead=case_words.ONECASE_LEAD,
    controls=case_controls.onecase,
    compute=onecase_core.story,
    picture=one_case,
    slide=one_case_wide,
    sentence=onecase_sentence,
    presets=case_controls.ONECASE_PRESETS,
    below=lambda told: st.markdown(case_words.onecase_below(told)),
    notes=case_words.ONECASE_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=onecase_core.at_rest,
    source=case_words.ONECASE_SOURCE,
    live="onecase_number",
    tells=case_words.onecase_tells,
)
agree = Scene(
    key="agree",
    headline=case_words.agree_headline,
    lead=case_words.AGREE_LEAD,
    controls=case_controls.agree,
    compute=agree_core.story,
    picture=seven_ways,
    sentence=agree_sentence,
    presets=case_controls.AGREE_PRESETS,
    below=lambda told: st.markdown(case_words.agree_below(told)),
    notes=case_words.AGREE_NOTES,
    private=holds_own,
    beside=True,
    doing="Explaining",
    at_rest=agree_core.at_rest,
    source=case_words.AGREE_SOURCE,
    live="agree_number",
    tells=case_words.agree_tells,
)
whatif = Scene(
    key="whatif",
    headline=whatif_words.whatif_headline,
    lead=whatif_words.WHATIF_LEAD,
    controls=whatif_controls.whatif,
    compute=whatif_core.story,
    picture=what_if,
    sentence=whatif_sentence,
    presets=whatif_controls.WHATIF_PRESETS,
    pick=whatif_controls.pick_value,
    below=whatif_controls.below,
    notes=whatif_words.WHATIF_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=whatif_at_rest,
    source=whatif_words.WHATIF_SOURCE,
    live="whatif_number",
    tells=whatif_words.whatif_tells,
)
curve = Scene(
    key="curve",
    headline=curve_in_words.headline,
    lead=curve_words.CURVE_LEAD,
    controls=curve_controls.curve,
    compute=curve_core.story,
    picture=curve_chart,
    sentence=curve_in_words.takeaway,
    presets=curve_controls.CURVE_PRESETS,
    below=curve_controls.curve_below,
    notes=curve_words.CURVE_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=curve_core.at_rest,
    source=curve_words.CURVE_SOURCE,
    live="curve_edit",
    tells=curve_words.curve_tells,
)
shuffle = Scene(
    key="shuffle",
    headline=tests_words.shuffle_headline,
    lead=tests_words.SHUFFLE_LEAD,
    controls=tests_controls.shuffle,
    compute=shuffle_core.story,
    picture=shuffle_chart,
    sentence=shuffle_sentence,
    presets=tests_controls.SHUFFLE_PRESETS,
    below=tests_controls.shuffle_below,
    notes=tests_words.SHUFFLE_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=shuffle_core.at_rest,
    source=tests_words.SHUFFLE_SOURCE,
    live="shuffle_model",
    tells=tests_words.shuffle_tells,
)
surrogate = Scene(
    key="surrogate",
    headline=tests_words.surrogate_headline,
    lead=tests_words.SURROGATE_LEAD,
    controls=tests_controls.surrogate,
    compute=surrogate_core.story,
    picture=surrogate_chart,
    sentence=surrogate_sentence,
    presets=tests_controls.SURROGATE_PRESETS,
    below=tests_controls.surrogate_below,
    notes=tests_words.SURROGATE_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=surrogate_core.at_rest,
    source=tests_words.SURROGATE_SOURCE,
    live="surrogate_depth",
    tells=tests_words.surrogate_tells,
)
fair = Scene(
    key="fair",
    headline=fair_words.fair_headline,
    lead=fair_words.FAIR_LEAD,
    controls=fair_controls.fair,
    compute=fair_core.story,
    picture=fair_picture,
    slide=fair_picture_wide,
    sentence=fair_sentence,
    presets=fair_controls.FAIR_PRESETS,
    pick=fair_controls.pick_rule,
    below=fair_controls.fair_below,
    notes=fair_words.FAIR_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=fair_core.at_rest,
    source=fair_words.FAIR_SOURCE,
    live="fair_rule",
    tells=fair_words.fair_tells,
)
proxy = Scene(
    key="proxy",
    headline=fair_words.proxy_headline,
    lead=fair_words.PROXY_LEAD,
    controls=fair_controls.proxy,
    compute=proxy_core.story,
    picture=proxy_picture,
    sentence=proxy_sentence,
    presets=fair_controls.PROXY_PRESETS,
    below=fair_controls.proxy_below,
    notes=fair_words.PROXY_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=proxy_core.at_rest,
    source=fair_words.PROXY_SOURCE,
    live="proxy_measure",
    tells=fair_words.proxy_tells,
)

lesson = Lesson(
    name="interpretability",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(board, priced, onecase, agree, whatif, curve, shuffle, surrogate, fair, proxy),
    so_what=words.so_what,
    trade_offs=words.trade_offs,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=(
        *words.WHERE_IT_LIES,
        curve_words.PRICED_LIES,
        case_words.CASE_LIES,
        whatif_words.WHATIF_LIES,
        curve_words.CURVE_LIES,
        tests_words.SHUFFLE_LIES,
        tests_words.SURROGATE_LIES,
        fair_words.FAIR_LIES,
    ),
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    linked=True,
)

if __name__ == "__main__":
    show(lesson)
