"""Show a `Lesson` as a page, in the order every lesson keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dl_core.figures.picture import Picture
from pages._shared import notes, stage, take_away
from pages._shared.chart import show_words
from pages._shared.first_value import choose_case
from pages._shared.follow import fall_behind, follow, has_caught_up
from pages._shared.later import is_later
from pages._shared.lesson import Lesson, Question, Scene
from pages._shared.quiz import answer_key, answer_to
from pages._shared.scene import at_hand, draw, is_awaited, look, settings_of
from pages._shared.typeset import markdown_table, typeset
from pages._shared.visit import visit

_STYLE = Path(__file__).parent / "style.css"


def page_style() -> None:
    """Apply the house style; every page calls it once, lessons through `show`."""
    st.html(_STYLE)


def show(lesson: Lesson) -> None:
    """Show the lesson: as a page, as scenes for a room, or as the notes of who presents it."""
    page_style()
    {stage.PRESENT: stage.show_stage, stage.NOTES: notes.show_notes}.get(stage.wanted(), _page)(lesson)


def _page(lesson: Lesson) -> None:
    has_caught_up(lesson.name)
    st.title(lesson.headline, anchor="top")
    with st.container(key="decision", horizontal=True, vertical_alignment="center"):
        st.markdown(f"By the end you can decide: **{lesson.decision}**")
        stage.present_button("present")
    if lesson.welcome:
        lesson.welcome()
    # The guess and the reader's case are fragments of their own: they move seldom, and would otherwise be
    # drawn again at every move of a slider. What they say follows the picture, in two places outside of it.
    with st.container(key="guess"):
        guess_place, because = st.container(), st.empty()
    opening_place = st.container()
    with st.container(key="so_what"):
        st.header("So what for your product", anchor="so-what")
        case_place, meaning = st.container(), st.empty()
    with guess_place:
        _guess(lesson, because)
    with case_place:
        _case(lesson, meaning)
    with opening_place:
        _opening(lesson, because, meaning)
    _rest(lesson)


@st.fragment
def _rest(lesson: Lesson) -> None:
    if is_later(lesson.name):
        return
    if any(is_awaited(lesson, scene) for scene in lesson.scenes):
        return  # everything below looks at a result that is still being made
    for scene in lesson.scenes[1:]:
        _deeper(lesson, scene)
    _trade_offs(lesson)
    _ask_engineers(lesson)
    st.header("Where this picture lies", anchor="where-it-lies")
    st.markdown("\n".join(f"- {line}" for line in lesson.where_it_lies))
    st.header("Three questions", anchor="quiz")
    for number, question in enumerate(lesson.quiz, 1):
        _ask(lesson.name, number, question)
    take_away.show_take_away(lesson)
    _folded(lesson)


@st.fragment(key="opening")
def _opening(lesson: Lesson, because: DeltaGenerator, meaning: DeltaGenerator) -> None:
    scene = lesson.opening
    picture_side, control_side = st.columns([2.1, 1], gap="large")
    with control_side, st.container(key=f"{scene.key}_controls"):
        settings = settings_of(lesson, scene, partial(_moved, lesson))
    with picture_side:
        seen = look(scene, settings)
    if lesson.linked:
        follow(lesson.name)
    if not seen:
        because.empty()
        meaning.empty()
        return
    result, picture = seen
    _tell_the_linked(lesson, result)
    with picture_side:
        _proof(scene, picture, result, "takeaway", scene.lead)
    _say_why(lesson, result, because)
    _say_meaning(lesson, result, meaning)


def _moved(lesson: Lesson) -> None:
    """The scenes below must follow; in a run of the whole page they do anyway."""
    if _is_part_of_a_run():
        fall_behind(lesson.name)


def _tell_the_linked(lesson: Lesson, result: Any) -> None:
    """Long work has ended while only this scene ran: the scenes that look at its result must run, too."""
    shown = visit().shown
    if not lesson.linked or not lesson.opening.beside:
        return
    is_new = shown.get(lesson.name) is not result
    shown[lesson.name] = result
    if is_new and _is_part_of_a_run():
        st.rerun()


@st.fragment
def _deeper(lesson: Lesson, scene: Scene) -> None:
    headline = st.container()  # not st.empty, which would blink: filled at the end, when the result is known
    picture_side, control_side = st.columns([2.1, 1], gap="large")
    if scene.lead:  # beside the picture where nothing else stands there, else before it
        (picture_side if scene.controls and not scene.silent else control_side).markdown(typeset(scene.lead))
    with control_side, st.container(key=f"{scene.key}_controls"):
        settings = settings_of(lesson, scene)
    with picture_side:
        seen = look(scene, settings)
    if not seen:
        return
    result, picture = seen
    headline.header(scene.headline(result), anchor=scene.key)
    with picture_side:
        _proof(scene, picture, result, f"{scene.key}_sentence")


def _proof(scene: Scene, picture: Picture, result: Any, sentence_key: str, lead: str = "") -> None:
    """The picture, the live sentence, a lead that has not stood before it, what the scene adds, its words."""
    key = f"{scene.key}_picture"
    draw(scene, result, picture)
    with st.container(key=sentence_key):
        st.markdown(typeset(scene.sentence(result)))
    if lead:
        st.markdown(typeset(lead))
    if scene.below:
        scene.below(result)
    show_words(picture, key)


@st.fragment
def _guess(lesson: Lesson, because: DeltaGenerator) -> None:
    predict = lesson.predict
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**Guess first.** {predict.question}", width="content")
        st.pills(
            predict.question,
            predict.options,
            key=f"{lesson.name}_guess",
            label_visibility="collapsed",
            persist_state="session",
            wrap=True,
        )
    _again(lesson, _say_why, because)


def _again(lesson: Lesson, say: Callable[[Lesson, Any, DeltaGenerator], None], place: DeltaGenerator) -> None:
    """Say it with the opening scene's latest result; in a visit's first run that scene does it itself."""
    place.empty()  # whoever writes here later must have written in the page's own run
    result = at_hand(lesson, lesson.opening)
    if result is not None:
        say(lesson, result, place)


def _is_part_of_a_run() -> bool:
    """Whether only a fragment runs, and not the page."""
    run = get_script_run_ctx()
    return bool(run and run.fragment_ids_this_run)


def _say_why(lesson: Lesson, result: Any, place: DeltaGenerator) -> None:
    predict, guess = lesson.predict, st.session_state.get(f"{lesson.name}_guess")
    if guess:
        verdict = "Right." if guess == predict.right else f"Not quite: {predict.right}."
        place.markdown(typeset(f"{verdict} {predict.because(result)}"))
    elif not _is_part_of_a_run():  # Streamlit has cleared the place already
        place.empty()


@st.fragment
def _case(lesson: Lesson, meaning: DeltaGenerator) -> None:
    if choose_case() and _is_part_of_a_run():
        st.rerun()  # controls of every scene may begin with a number of the case
    visit().note_link(lesson.name)
    _again(lesson, _say_meaning, meaning)


def _say_meaning(lesson: Lesson, result: Any, place: DeltaGenerator) -> None:
    place.markdown(typeset(lesson.so_what(result, visit().case)))


def _trade_offs(lesson: Lesson) -> None:
    st.header("What you trade", anchor="trade-offs")
    # as text: the first page after a restart need not wait for the libraries of tables
    with st.container(key="traded"):
        st.markdown(typeset(markdown_table(lesson.traded)))


def _ask_engineers(lesson: Lesson) -> None:
    st.header("Ask your engineers", anchor="ask-your-engineers")
    for ask in lesson.ask_engineers:
        with st.expander(ask.question):
            st.markdown(
                f":material/check: **A good answer:** {ask.good}\n\n"
                f":material/warning: **Should worry you:** {ask.worrying}"
            )


@st.fragment
def _ask(name: str, number: int, question: Question) -> None:
    with st.container(border=True):
        # not in the link: a shared link must not answer for the next reader
        st.radio(
            f"**{number}.** {typeset(question.text)}",
            [option.text for option in question.options],
            index=None,
            key=answer_key(name, number),
            persist_state="session",
        )
        option = answer_to(name, number, question)
        if option:
            mark = ":material/check: Right." if option.right else ":material/close: Not quite."
            st.markdown(f"{mark} {option.why}")


def _folded(lesson: Lesson) -> None:
    with st.expander("Show the maths"):
        st.markdown(lesson.maths)
    with st.expander("Sources"):
        st.markdown("\n".join(f"- **{source.name}**: {source.taken}" for source in lesson.sources))
    if lesson.corrections:
        with st.expander("Where well-known articles print something else"):
            st.markdown("\n".join(f"- {line}" for line in lesson.corrections))
