"""The controls of two scenes of "Live classifier": which guess to ask about, and which two to compare."""

from __future__ import annotations

import streamlit as st

from dl_core import guess_against_guess
from dl_core.live_classifier import Look
from pages._shared.photo_input import same_guesses, same_photo
from pages._shared.stale import drop_stale
from pages._words import live_classifier_reasons as words

LINK = "query-params"
OPENING = "answer"  # key of the scene that has the photo and its guesses


def reasons() -> Look:
    """Which of the five guesses to ask about."""
    guesses, shown = same_guesses(OPENING), same_photo(OPENING)
    drop_stale("reasons_name", guesses)  # another photo has other guesses
    st.image(shown.image, "The photo", width=160)  # the picture has its maps only, to be large on a phone
    label = st.radio("Ask about the score of", guesses, key="reasons_name", bind=LINK)
    st.caption(words.REASONS_NOTE)
    return Look(shown, label)


def versus() -> guess_against_guess.Settings:
    """Two of the five guesses."""
    guesses = same_guesses(OPENING)
    for key in ("versus_a", "versus_b"):
        drop_stale(key, guesses)
    a = st.selectbox("A", guesses, 0, key="versus_a", bind=LINK)
    b = st.selectbox("rather than B", guesses, 1, key="versus_b", bind=LINK)
    st.caption(words.VERSUS_NOTE)
    return guess_against_guess.Settings(same_photo(OPENING), a, b)
