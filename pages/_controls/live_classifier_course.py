"""What the scenes `course` and `near` of the live classifier ask and show beside their pictures."""

from __future__ import annotations

import streamlit as st

from dl_core import near_photos, photo_course
from pages._shared.photo_input import same_photo
from pages._words import live_classifier_course as words


def course_controls() -> photo_course.Settings:
    """The photo of the opening scene, for every model of the course."""
    return photo_course.Settings(same_photo("answer"))


def near_controls() -> near_photos.Settings:
    """The photo of the opening scene, whose neighbours are looked up."""
    return near_photos.Settings(same_photo("answer"))


def near_below(told: near_photos.NearStory) -> None:
    """Whether distance tells anything, counted."""
    st.caption(near_photos.spotting_sentence())
    with st.expander("How well distance and sureness warn, counted"):
        columns = zip(words.NEAR_TABLE, zip(*near_photos.spotting_rows(), strict=True), strict=True)
        st.table(dict(columns), hide_index=True, border="horizontal")
        st.caption(words.NEAR_TABLE_NOTE)
