"""Beside the terms: sources, the shipped network's card, and the quiz answers of this visit."""

from __future__ import annotations

import streamlit as st

from pages._shared.catalogue import LESSONS, Entry
from pages._shared.lesson import Option, Question
from pages._shared.lessons import lesson
from pages._shared.quiz import answer_to
from pages._shared.typeset import typeset
from pages._words import glossary_more as words


def show_sources() -> None:
    """Every source of every page, with what was taken from it."""
    with st.container(key="takeaway"):
        st.markdown(words.SOURCES)
    with st.container(key="sources"):
        for entry in LESSONS:
            lines = "\n".join(f"- **{source.name}**: {source.taken}" for source in lesson(entry.name).sources)
            st.markdown(f"## {entry.title}\n\n{lines}")


def show_card() -> None:
    """What was measured of the shipped network."""
    from dl_core.vision import card  # brings the imaging library, which no other section needs

    found = card.read_card()
    with st.container(key="takeaway"):
        st.markdown(words.CARD)
    parts = {
        "What it is": card.recipe_sentence(found),
        "How often it is right": f"{card.accuracy_sentence(found)}\n\n{card.full_size_sentence(found)}",
        "How sure is sure": card.sureness_sentence(found),
        "When it refuses": card.refusal_sentence(found),
        "What it cannot do": "\n".join(f"- {line}" for line in card.limits_sentences(found)),
        "What it learned from": card.origin_sentence(found),
    }
    st.markdown(typeset("\n\n".join(f"## {name}\n\n{text}" for name, text in parts.items())))
    (live,) = [entry for entry in LESSONS if entry.name == "live_classifier"]
    st.page_link(live.file, label="See it at work", icon=":material/arrow_forward:")


def show_quiz() -> None:
    """Which questions were answered, what was wrong, and where to look again."""
    given = {entry.name: _answers(entry.name) for entry in LESSONS}
    every = [option for answers in given.values() for _, option in answers]
    n_questions = sum(len(lesson(entry.name).quiz) for entry in LESSONS)
    right = sum(option.right for option in every)
    with st.container(key="takeaway"):
        st.markdown(words.answered(right, len(every), n_questions) if every else words.QUIZ_NONE)
    st.markdown(f"{words.QUIZ} {words.QUIZ_PRIVATE}")
    for entry in LESSONS:
        _page(entry, given[entry.name])


def _answers(name: str) -> list[tuple[Question, Option]]:
    questions = enumerate(lesson(name).quiz, 1)
    return [(question, option) for at, question in questions if (option := answer_to(name, at, question))]


def _page(entry: Entry, answers: list[tuple[Question, Option]]) -> None:
    wrong = [(question, option) for question, option in answers if not option.right]
    n = len(lesson(entry.name).quiz)
    with st.container(key=f"quiz_of_{entry.name}", border=bool(wrong)):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(entry.file, label=entry.title)
            marks = [":material/check:" if option.right else ":material/close:" for _, option in answers]
            done = f"{sum(option.right for _, option in answers)} of {len(answers)} right"
            open_ = f"{n - len(answers)} open" if len(answers) < n else ""
            st.caption(" · ".join(filter(None, (" ".join(marks), done if answers else "", open_))))
        for question, option in wrong:
            said = f"**{question.text}**  \nYou said: “{option.text}” Not quite: {option.why}"
            st.markdown(typeset(said, links=False))
        if wrong:
            st.page_link(entry.file, label=f"Look again: {entry.question}", icon=":material/replay:")
