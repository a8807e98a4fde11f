"""The quiz answers of this visit. They are in no link: a shared link must not answer for the next reader."""

from __future__ import annotations

import streamlit as st

from pages._shared.lesson import Option, Question


def answer_key(name: str, number: int) -> str:
    """Where Streamlit keeps the answer to a lesson's question; ``number`` counts from 1."""
    return f"{name}_quiz_{number}"


def answer_to(name: str, number: int, question: Question) -> Option | None:
    """What the reader picked; None while the question is open."""
    picked = st.session_state.get(answer_key(name, number))
    return next((option for option in question.options if option.text == picked), None)
