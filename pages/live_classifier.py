"""Live classifier: a photo in, five guesses out, and how far to trust them."""

import streamlit as st

from dl_core import (
    covered_photo,
    deletion_curve,
    deletion_in_words,
    guess_against_guess,
    near_photos,
    photo_course,
    photo_reasons,
    refusal_cost,
    tiny_change,
)
from dl_core import live_classifier as core
from dl_core.documents.settings import holds_own
from dl_core.figures import live_classifier as figures
from dl_core.figures.covered_photo import covered_photo as box_picture
from dl_core.figures.deletion_curve import deletion_curve as faithful_picture
from dl_core.figures.guess_against_guess import one_against_another
from dl_core.figures.near_photos import near_chart
from dl_core.figures.photo_course import course_chart
from dl_core.figures.photo_reasons import beside_photo, three_ways
from dl_core.figures.refusal_cost import cost_over_bar
from dl_core.figures.tiny_change import tiny_change as attack_picture
from dl_core.photos import first_sample, sample_key, sample_photo
from dl_core.vision import read_card
from dl_core.vision.wobble import wobble_sentence
from pages._controls import live_classifier as controls
from pages._controls import live_classifier_bar as bar_controls
from pages._controls import live_classifier_box as box_controls
from pages._controls import live_classifier_course as course_controls
from pages._controls import live_classifier_reasons as reasons_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.photo_input import same_photo
from pages._words import live_classifier as words
from pages._words import live_classifier_bar as bar_words
from pages._words import live_classifier_box as box_words
from pages._words import live_classifier_course as course_words
from pages._words import live_classifier_reasons as reasons_words


def first_look() -> core.Look:
    """What the page asks about before anybody has chosen: the first sample's best guess."""
    return core.Look(first_sample(), core.story(first_sample()).prediction.label)


answer = Scene(
    key="answer",
    headline=words.answer_headline,
    controls=controls.photo,
    compute=core.story,
    picture=figures.top5,
    slide=figures.photo_and_guesses,
    sentence=core.takeaway,
    below=controls.answer_below,
    notes=words.ANSWER_NOTES,
    private=True,
    source=words.ANSWER_SOURCE,
    live="photo_choice",
    tells=words.answer_tells,
)
course = Scene(
    key="course",
    headline=course_words.course_headline,
    lead=course_words.COURSE_LEAD,
    controls=course_controls.course_controls,
    silent=True,
    compute=photo_course.story,
    picture=course_chart,
    sentence=photo_course.takeaway,
    notes=course_words.COURSE_NOTES,
    private=True,
    source=course_words.COURSE_SOURCE,
    tells=course_words.course_tells,
)
near = Scene(
    key="nearest",
    headline=course_words.near_headline,
    lead=course_words.NEAR_LEAD,
    controls=course_controls.near_controls,
    silent=True,
    compute=near_photos.story,
    picture=near_chart,
    sentence=near_photos.takeaway,
    below=course_controls.near_below,
    notes=course_words.NEAR_NOTES,
    private=True,
    source=course_words.NEAR_SOURCE,
    tells=course_words.near_tells,
)
reasons = Scene(
    key="reasons",
    headline=reasons_words.reasons_headline,
    lead=reasons_words.REASONS_LEAD,
    controls=reasons_controls.reasons,
    compute=photo_reasons.story,
    picture=three_ways,
    slide=beside_photo,
    sentence=photo_reasons.takeaway,
    notes=reasons_words.REASONS_NOTES,
    private=holds_own,
    beside=True,
    at_rest=first_look,
    doing="Measuring",
    source=reasons_words.REASONS_SOURCE,
    live="reasons_name",
    tells=reasons_words.reasons_tells,
)
versus = Scene(
    key="versus",
    headline=reasons_words.versus_headline,
    lead=reasons_words.VERSUS_LEAD,
    controls=reasons_controls.versus,
    compute=guess_against_guess.story,
    picture=one_against_another,
    sentence=guess_against_guess.takeaway,
    notes=reasons_words.VERSUS_NOTES,
    private=True,
    source=reasons_words.VERSUS_SOURCE,
    live="versus_b",
)
wobble = Scene(
    key="wobble",
    headline=lambda rows: "Small changes should not change the answer",
    lead=words.WOBBLE_LEAD,
    controls=lambda: same_photo("answer"),
    silent=True,
    compute=core.wobble,
    picture=figures.wobble,
    sentence=wobble_sentence,
    notes=words.WOBBLE_NOTES,
    private=True,
    source=words.ANSWER_SOURCE,
    tells=words.wobble_tells,
)
box = Scene(
    key="box",
    headline=box_words.box_headline,
    lead=box_words.BOX_LEAD,
    controls=box_controls.box,
    compute=covered_photo.story,
    picture=box_picture,
    sentence=covered_photo.takeaway,
    presets=box_controls.BOX_PRESETS,
    pick=box_controls.pick_box,
    notes=box_words.BOX_NOTES,
    private=True,
    source=box_words.BOX_SOURCE,
    live="box_size",
    tells=box_words.box_tells,
)
faithful = Scene(
    key="faithful",
    headline=box_words.faithful_headline,
    lead=box_words.FAITHFUL_LEAD,
    controls=box_controls.faithful,
    compute=deletion_curve.story,
    picture=faithful_picture,
    sentence=deletion_in_words.takeaway,
    presets=box_controls.FAITHFUL_PRESETS,
    notes=box_words.FAITHFUL_NOTES,
    private=holds_own,
    beside=True,
    at_rest=lambda: deletion_curve.Settings(first_sample(), first_look().label),
    doing="Covering",
    source=box_words.FAITHFUL_SOURCE,
    live="faithful_name",
    tells=box_words.faithful_tells,
)
attack = Scene(
    key="attack",
    headline=box_words.attack_headline,
    lead=box_words.ATTACK_LEAD,
    controls=box_controls.attack,
    compute=tiny_change.story,
    picture=attack_picture,
    sentence=tiny_change.takeaway,
    presets=box_controls.ATTACK_PRESETS,
    notes=box_words.ATTACK_NOTES,
    private=holds_own,
    beside=True,
    at_rest=lambda: tiny_change.Settings(first_sample()),
    doing="Attacking",
    source=box_words.ATTACK_SOURCE,
    live="attack_strength",
    tells=box_words.attack_tells,
)
bar = Scene(
    key="bar",
    headline=bar_words.bar_headline,
    lead=bar_words.BAR_LEAD,
    controls=bar_controls.bar,
    compute=refusal_cost.story,
    picture=cost_over_bar,
    sentence=refusal_cost.takeaway,
    presets=bar_controls.BAR_PRESETS,
    case_preset=bar_controls.bar_of,
    pick=bar_controls.pick_bar,
    below=lambda told: st.caption(bar_words.bar_notes_below(told)),
    notes=bar_words.BAR_NOTES,
    private=True,
    source=bar_words.BAR_SOURCE,
    live="bar_threshold",
    tells=bar_words.bar_tells,
)
how_sure = Scene(
    key="how_sure",
    headline=lambda found: "Being sure is only worth what the count says",
    lead=words.HOW_SURE_LEAD,
    controls=controls.told,
    silent=True,
    compute=lambda found: found,
    picture=lambda found: figures.reliability(read_card(), found.prediction),
    sentence=lambda found: core.calibration_sentence(read_card()),
    below=controls.model_card,
    notes=words.HOW_SURE_NOTES,
    private=True,
    source=words.HOW_SURE_SOURCE,
    tells=words.how_sure_tells,
    save=lambda found: sample_key(found.photo),
    load=lambda saved: core.story(sample_photo(saved)),
)

lesson = Lesson(
    name="live_classifier",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(answer, course, reasons, versus, box, faithful, near, wobble, attack, bar, how_sure),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    linked=True,
)

if __name__ == "__main__":  # as a page; the brief reads the same lesson from here
    show(lesson)
