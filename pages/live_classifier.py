"""Live classifier: a photo in, five guesses out, and how far to trust them."""

import pandas as pd
import streamlit as st

from dl_core import live_classifier as core
from dl_core.figures import live_classifier as figures
from dl_core.photos import Photo, sample_key, sample_photo
from dl_core.vision import card, find_classes, read_card
from dl_core.vision.explain import control_sentence
from dl_core.vision.wobble import wobble_sentence
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.photo_input import choose_photo
from pages._shared.visit import visit
from pages._words import live_classifier as words


def photo_controls() -> Photo:
    """Where the photo comes from; the later scenes look at the same one."""
    return choose_photo("photo")


def told() -> core.LiveStory:
    """What the opening scene shows: its result, kept by the frame for this visit."""
    return visit().kept["answer"][1]


def same_photo() -> Photo:
    """The photo of the opening scene."""
    return told().photo


def why_controls() -> core.Look:
    """Which of the five guesses to explain."""
    guesses = told().prediction.labels
    if st.session_state.get("why_name") not in guesses:  # another photo has other guesses
        st.session_state.pop("why_name", None)
    label = st.radio("Show what speaks for", guesses, key="why_name", bind="query-params")
    st.caption(words.WHY_NOTE)
    return core.Look(same_photo(), label)


def model_card(_: core.LiveStory) -> None:
    """The list of names to search, and what was measured of the network."""
    found = read_card()
    with st.expander("Is my thing on the list? Search all the names it knows"):
        query = st.text_input("Part of a name", key="list_search", bind="query-params", max_chars=40)
        things = find_classes(query)
        st.caption(f"{len(things)} of {len(find_classes(''))} names")
        names = [(thing.name, ", ".join(thing.names[1:])) for thing in things]
        st.dataframe(pd.DataFrame(names, columns=["It answers", "Also called"]), hide_index=True, height=240)
    with st.expander("Model card: what was measured of this network"):
        for sentence in (
            card.accuracy_sentence,
            card.full_size_sentence,
            card.refusal_sentence,
            card.origin_sentence,
        ):
            st.markdown(sentence(found))
        st.markdown("\n".join(f"- {line}" for line in card.limits_sentences(found)))
        st.markdown(core.way_in_sentence(found))
        st.table(core.way_in_table(found), hide_index=True, border="horizontal")
        st.caption(words.recipe(found))


answer = Scene(
    key="answer",
    headline=words.answer_headline,
    controls=photo_controls,
    compute=core.story,
    picture=figures.top5,
    slide=figures.photo_and_guesses,
    sentence=core.takeaway,
    below=lambda told: st.caption(core.time_sentence(told)),
    notes=words.ANSWER_NOTES,
    private=True,
    source=words.ANSWER_SOURCE,
    live="photo_choice",
    tells=words.answer_tells,
)
why = Scene(
    key="why",
    headline=lambda found: f"What speaks for “{found.label}”",
    lead=words.WHY_LEAD,
    controls=why_controls,
    compute=core.why,
    picture=figures.why,
    sentence=control_sentence,
    notes=words.WHY_NOTES,
    private=True,
    source=words.WHY_SOURCE,
    live="why_name",
    tells=words.why_tells,
)
wobble = Scene(
    key="wobble",
    headline=lambda rows: "Small changes should not change the answer",
    lead=words.WOBBLE_LEAD,
    controls=same_photo,
    compute=core.wobble,
    picture=figures.wobble,
    sentence=wobble_sentence,
    notes=words.WOBBLE_NOTES,
    private=True,
    source=words.ANSWER_SOURCE,
    tells=words.wobble_tells,
)
how_sure = Scene(
    key="how_sure",
    headline=lambda found: "Being sure is only worth what the count says",
    lead=words.HOW_SURE_LEAD,
    controls=told,
    compute=lambda found: found,
    picture=lambda found: figures.reliability(read_card(), found.prediction),
    sentence=lambda found: core.calibration_sentence(read_card()),
    below=model_card,
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
    scenes=(answer, why, wobble, how_sure),
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
