"""The controls of two scenes of "Live classifier": which guess to ask about, and which two to compare."""

from __future__ import annotations

import streamlit as st

from dl_core import guess_against_guess
from dl_core.live_classifier import Look
from pages._shared.photo_input import same_photo
from pages._shared.visit import visit
from pages._words import live_classifier_reasons as words

LINK = "query-params"
OPENING = "answer"  # key of the scene that has the photo and its guesses


def reasons() -> Look:
    """Which of the five guesses to ask about."""
    guesses = _guesses()
    _drop_stale("reasons_name", guesses)
    shown = same_photo(OPENING)
    st.image(shown.image, "The photo", width=160)  # the picture has its maps only, to be large on a phone
    label = st.radio("Where does the score come from for", guesses, key="reasons_name", bind=LINK)
    st.caption(words.REASONS_NOTE)
    return Look(shown, label)


def versus() -> guess_against_guess.Settings:
    """Two of the five guesses."""
    guesses = _guesses()
    for key in ("versus_a", "versus_b"):
        _drop_stale(key, guesses)
    a = st.selectbox("A", guesses, 0, key="versus_a", bind=LINK)
    b = st.selectbox("rather than B", guesses, 1, key="versus_b", bind=LINK)
    st.caption(words.VERSUS_NOTE)
    return guess_against_guess.Settings(same_photo(OPENING), a, b)


def _guesses() -> tuple[str, ...]:
    found: tuple[str, ...] = visit().kept[OPENING][1].prediction.labels
    return found


def _drop_stale(key: str, guesses: tuple[str, ...]) -> None:
    """Another photo has other guesses."""
    if st.session_state.get(key) not in guesses:
        st.session_state.pop(key, None)
