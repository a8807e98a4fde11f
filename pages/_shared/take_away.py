"""Take it with you: the lesson with the settings on the screen, as files, as a link, or into the brief."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dl_core.documents.content import MOST_CARDS, Card, Document
from pages._shared.catalogue import BRIEF
from pages._shared.chapter import on_screen
from pages._shared.downloads import document_buttons, picture_buttons
from pages._shared.lesson import Lesson
from pages._shared.scene import at_hand
from pages._shared.visit import visit

_HERE = Path(__file__).parent
# the browser knows the address at every moment; this part of the page, not drawn again, would show an old one
_link = st.components.v2.component(
    "link",
    html='<div class="link"><input readonly aria-label="Link to this page with your settings">'
    '<button type="button">Copy</button></div>',
    css=(_HERE / "link.css").read_text(),
    js=(_HERE / "link.js").read_text(),
    isolate_styles=False,
)


@st.fragment
def show_take_away(lesson: Lesson) -> None:
    """The section at the end of every lesson."""
    st.header("Take it with you", anchor="take-away")
    take_away(lesson)


def take_away(lesson: Lesson) -> None:
    """Files, link and brief; present mode opens the same."""
    key, seen = f"{lesson.name}_take", visit()

    def made() -> Document:  # when a button is pressed; the controls may have moved since this was drawn
        return on_screen(lesson, seen)

    with st.container(key="take_away"):
        st.markdown("Each file holds the settings on your screen and the same numbers.")
        document_buttons(key, lesson.name, made)
        st.markdown(
            "**The link.** Whoever opens it sees what you see. Your own photos and tables are not in it."
        )
        _link(key="take_link")
        names = _names(lesson)
        _into_the_brief(lesson, key, names)
        with st.expander("One picture or table"):
            chosen = st.selectbox("Picture", list(names), format_func=names.get, key=f"{key}_which")
            picture_buttons(key, f"{lesson.name}-{chosen}", made, chosen)


def _names(lesson: Lesson) -> dict[str, str]:
    """Scene key → its message at the settings on the screen; the results are at hand."""
    results = [at_hand(lesson, scene) for scene in lesson.scenes]
    found = [pair for pair in zip(lesson.scenes, results, strict=True) if pair[1] is not None]
    return {scene.key: scene.headline(result) for scene, result in found}


def _into_the_brief(lesson: Lesson, key: str, names: dict[str, str]) -> None:
    st.markdown("**My brief.** Collect pictures from several lessons into one deck, with your own words.")
    seen = visit()
    further = [scene for scene in names if scene != lesson.opening.key]
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}_brief"):
        chosen = st.multiselect(
            "Besides the first picture, take",
            further,
            key=f"{key}_scenes",
            format_func=names.get,
            placeholder="no other",
        )
        pressed = st.button("Add to my brief", key=f"{key}_add", icon=":material/add:")
    if pressed and len(seen.cards) >= MOST_CARDS:
        st.info(f"Your brief holds {MOST_CARDS} cards, the most it can. Remove one first.")
    elif pressed:
        left = seen.left[lesson.name]
        wanted = [lesson.opening.key, *(scene for scene in further if scene in chosen)]
        scenes = tuple((scene, left[scene]) for scene in wanted if scene in left)
        seen.cards = (*seen.cards, Card(lesson.name, scenes, query=seen.queries.get(lesson.name, "")))
        st.success(f"Added. Cards in your brief: {len(seen.cards)}.", icon=":material/check:")
    if seen.cards:
        st.page_link(BRIEF.file, label="Open my brief", icon=":material/library_books:")
