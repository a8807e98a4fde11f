"""Present mode: the lesson's scenes one at a time, for a room.

All scenes are drawn at once, one upon the other, and the browser shows one of them. So the next scene
is there in an instant, also while the connection is gone. Every scene's controls stay in the page (all
but the one worth moving are hidden), because the link holds only what is drawn: it carries the
rehearsed settings of every scene, and the scene itself.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages._shared.first_value import choose_case
from pages._shared.lesson import Lesson, Scene
from pages._shared.scene import draw, is_awaited, look, settings_of
from pages._shared.take_away import take_away
from pages._shared.typeset import typeset

PARAMETER, PRESENT, NOTES = "present", "1", "notes"  # ?present=1 the scenes, ?present=notes their notes
_HERE = Path(__file__).parent
_bar = st.components.v2.component(
    "stage",
    html=(_HERE / "stage.html").read_text(),
    css=(_HERE / "stage_bar.css").read_text(),
    js=(_HERE / "stage.js").read_text(),
    isolate_styles=False,
)


def wanted() -> str:
    """What the address asks for: `PRESENT`, `NOTES`, or something else for the page."""
    return st.query_params.get(PARAMETER, "")


def present_button(key: str) -> None:
    """A button that starts the presentation with the settings on the screen."""
    if st.button("Present", key=key, icon=":material/slideshow:", help="Show these scenes to a room"):
        st.query_params[PARAMETER] = PRESENT
        st.rerun()


def scene_in_link(lesson: Lesson) -> str:
    """The scene of the link; draws the (hidden) choice that binds it, which drops nonsense."""
    with st.container(key="scene_field"):
        return st.selectbox("Scene", [scene.key for scene in lesson.scenes], key="scene", bind="query-params")


def show_stage(lesson: Lesson) -> None:
    """Draw all scenes and the bar that walks through them."""
    st.html(_HERE / "stage.css")
    st.html(f"<style>{''.join(map(_only_the_live_control, lesson.scenes))}</style>")
    with st.container(key="case_field"):  # not shown: its numbers are in the scenes
        choose_case()
    with st.container(key="stage"):
        st.title(lesson.headline)  # for who listens to the page; the eye sees one sentence only
        for scene in lesson.scenes:
            _on_stage(lesson, scene)
    _walk(lesson)


@st.fragment
def _on_stage(lesson: Lesson, scene: Scene) -> None:
    if is_awaited(lesson, scene):
        return
    with st.container(key=f"scene_{scene.key}"):
        headline, picture_place = st.empty(), st.container(key=f"{scene.key}_on_stage")
        with st.container(key=f"{scene.key}_controls"):
            settings = settings_of(lesson, scene)
        with picture_place:
            seen = look(scene, settings, scene.on_a_slide)
        if not seen:
            return
        result, picture = seen
        headline.header(scene.headline(result), anchor=False)
        with picture_place:
            draw(scene, result, picture)
        # heard and broadcast to the notes, not seen: the picture's own finding is the line on the slide
        with st.container(key="takeaway" if scene is lesson.opening else f"{scene.key}_sentence"):
            st.markdown(typeset(scene.sentence(result), links=False))


def _only_the_live_control(scene: Scene) -> str:
    """Style that hides every control of a scene but the one worth moving before a room."""
    box = f".st-key-{scene.key}_controls"
    if not scene.live:
        return f".st-key-stage {box} {{display: none}}"
    live = f".st-key-{scene.live}"
    marked = f"{live}_marked"  # a slider and what stands under it
    parts = '[data-testid="stElementContainer"], [data-testid="stLayoutWrapper"], [role="tablist"], summary'
    return (
        f".st-key-stage {box} :is({parts}):not({live}, {live} *, :has({live}), {marked} *) {{display: none}}"
    )


@st.fragment
def _walk(lesson: Lesson) -> None:
    """The bar. The browser walks at once; the server only learns where, for the link."""

    def walked() -> None:
        st.session_state["scene"] = st.session_state["stage_bar"].get("scene")

    def left() -> None:
        st.query_params.pop(PARAMETER, None)
        st.session_state["scene"] = lesson.opening.key  # the default leaves the link

    shown = scene_in_link(lesson)
    bar = _bar(
        key="stage_bar",
        data={
            "lesson": lesson.name,
            "scene": shown,
            "scenes": [scene.key for scene in lesson.scenes],
            "notes": f"{PARAMETER}={NOTES}",
        },
        on_scene_change=walked,
        on_left_change=left,
        on_taken_change=lambda: None,
    )
    if bar.taken:
        st.dialog("Take it with you", width="large")(take_away)(lesson)
    if wanted() != PRESENT:
        st.rerun()
