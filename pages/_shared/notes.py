"""The speaker's window: what to say with the scene on the wall, and the hard questions of a room.

It has its own link (``?present=notes``) and follows the presentation in another window of the same
browser, through the browser itself: no server has to know that the two belong together.
"""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from pages._shared.first_value import choose_case
from pages._shared.lesson import Lesson
from pages._shared.scene import settings_of, told
from pages._shared.stage import scene_in_link
from pages._shared.typeset import typeset

_HERE = Path(__file__).parent
_follow = st.components.v2.component(
    "notes",
    html=(_HERE / "notes.html").read_text(),
    css=(_HERE / "notes_bar.css").read_text(),
    js=(_HERE / "notes.js").read_text(),
    isolate_styles=False,
)


def show_notes(lesson: Lesson) -> None:
    """Draw every scene's notes; the browser shows the one whose scene is on the wall."""
    st.html(_HERE / "notes.css")
    results = {}
    with st.container(key="notes_settings"):  # not shown: the link's settings decide what the headlines say
        choose_case()
        for scene in lesson.scenes:
            with st.container(key=f"{scene.key}_controls"):
                results[scene.key] = told(scene, settings_of(lesson, scene))[0]
    headlines = [scene.headline(results[scene.key]) for scene in lesson.scenes]
    st.title(f"Notes: {lesson.headline}")
    _walk(lesson)
    with st.container(key="notes"):
        for number, scene in enumerate(lesson.scenes):
            with st.container(key=f"note_{scene.key}"):
                st.header(headlines[number], anchor=False)
                st.markdown(_in_parts(scene.notes))
                following = headlines[number + 1 : number + 2]
                st.caption(f"Next: {following[0]}" if following else "This is the last scene.")
    st.subheader("What if they ask …", anchor=False)
    for hard in lesson.what_if_asked(results[lesson.opening.key]):
        with st.container(key=f"hard_{hard.question[:20]}"):
            st.markdown(typeset(f"**{hard.question}** {hard.answer}", links=False))


def _in_parts(notes: str) -> str:
    """What to say, where to point, which question to expect: a paragraph each, to be found at a glance."""
    return re.sub(r"(?<=[.?:!]) (?=Point |Expect |Somebody will ask )", "\n\n", notes)


@st.fragment
def _walk(lesson: Lesson) -> None:
    def walked() -> None:
        st.session_state["scene"] = st.session_state["notes_bar"].get("scene")

    shown = scene_in_link(lesson)
    _follow(
        key="notes_bar",
        data={"lesson": lesson.name, "scene": shown, "scenes": [scene.key for scene in lesson.scenes]},
        on_scene_change=walked,
    )
