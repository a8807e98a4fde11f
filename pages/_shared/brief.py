"""The brief of this visit: its cards, the sheet for the engineers, and the files they become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dl_core.documents import brief as core
from dl_core.documents.brief import BadBrief, SavedBrief, SavedCard, SavedScene
from dl_core.documents.content import MOST_CARDS, Card, Chapter, Document
from dl_core.knn_vs_softmax import Settings
from pages._shared.chapter import contributions, of_card
from pages._shared.chart import show_picture, show_words
from pages._shared.downloads import document_buttons
from pages._shared.lesson import Scene
from pages._shared.lesson_map import show_lesson_map
from pages._shared.lessons import FILES, lesson
from pages._shared.typeset import typeset
from pages._shared.visit import Visit, visit
from pages._words import brief as words

# two pictures that need no photo and no torch, at the settings with which their lesson opens
EXAMPLE = Card("knn_vs_softmax", (("plane", Settings()), ("photos", None)))
TITLE_BACK = "brief_title_back"  # of a brief that was brought back, until its field is drawn


def show_brief() -> None:
    """The whole page."""
    st.title(words.HEADLINE, anchor="top")
    with st.container(key="decision"):
        st.markdown(words.LEAD)
    cards = visit().cards
    chapters = tuple(map(_chapter, cards))
    told = contributions(visit())
    if not cards:
        _empty(has_sheet=any(told))
    for place, (card, chapter) in enumerate(zip(cards, chapters, strict=True)):
        _card(place, card, chapter)
    if cards or any(told):
        _files(chapters, _sheet(told))
    _saved()


def _chapter(card: Card) -> Chapter:
    """The card's chapter, kept for the visit: a photo takes a third of a second."""
    kept: dict[Any, Chapter] = st.session_state.setdefault("brief_chapters", {})
    key = (card, visit().case.key)
    if key not in kept:
        if len(kept) > MOST_CARDS:
            kept.clear()
        kept[key] = of_card(card, visit())
    return kept[key]


def _empty(*, has_sheet: bool) -> None:
    """What a brief is, shown with a real first card; and the ways to an own one."""
    example = of_card(EXAMPLE, visit())
    picture_side, words_side = st.columns([1.35, 1], gap="large")
    with picture_side:
        show_picture(example.slides[1].picture, "brief_example_picture")
        show_words(example.slides[1].picture, "brief_example_picture")
    with words_side:
        with st.container(key="takeaway"):
            st.markdown(words.EMPTY)
        if has_sheet:
            st.markdown(words.FILLED)
        if st.button("Start with this example", key="brief_example", icon=":material/add:"):
            _put([EXAMPLE])
        show_lesson_map()


def _card(place: int, card: Card, chapter: Chapter) -> None:
    first, *others = chapter.slides
    with st.container(border=True, key=f"card_{place}"):
        picture_side, words_side = st.columns([1.15, 1], gap="medium")
        with picture_side:
            show_picture(first.picture, f"card_{place}_picture")
            if others:
                st.caption("And: " + " · ".join(slide.headline for slide in others))
        with words_side:
            _own_words(place, card, chapter)
            st.markdown(typeset(first.sentence))
            with st.container(horizontal=True):
                _step("Earlier", ":material/arrow_upward:", place, -1)
                _step("Later", ":material/arrow_downward:", place, 1)
                if st.button("Remove", key=f"card_{place}_remove", icon=":material/delete:"):
                    _put(each for at, each in enumerate(visit().cards) if at != place)


def _own_words(place: int, card: Card, chapter: Chapter) -> None:
    """Title and note, which the reader may change; a card that moves takes them along."""
    st.session_state[f"card_{place}_title"], st.session_state[f"card_{place}_note"] = (
        chapter.headline,
        card.note,
    )

    def changed() -> None:
        title, note = st.session_state[f"card_{place}_title"], st.session_state[f"card_{place}_note"]
        own = "" if title == lesson(card.lesson).headline else title
        cards = list(visit().cards)
        cards[place] = replace(cards[place], title=own, note=note)
        visit().cards = tuple(cards)

    st.text_input("Title", key=f"card_{place}_title", max_chars=120, on_change=changed)
    st.text_area(
        "Your note, on the slide", key=f"card_{place}_note", max_chars=600, height=80, on_change=changed
    )


def _put(cards: Any) -> None:
    visit().cards = tuple(cards)
    st.rerun()


def _step(label: str, icon: str, place: int, by: int) -> None:
    cards = list(visit().cards)
    outside = not 0 <= place + by < len(cards)
    if st.button(label, key=f"card_{place}_{label}", icon=icon, disabled=outside):
        cards[place], cards[place + by] = cards[place + by], cards[place]
        _put(cards)


def _sheet(told: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The sheet for the engineers: what the lessons say by now, and what the reader wrote over it."""
    st.header("For your engineers", anchor="engineers")
    st.markdown(words.SHEET)
    own: dict[str, str] = st.session_state.setdefault("sheet", {})
    sheet = core.filled(visit().case, told) | own
    sides = st.columns(2, gap="medium")
    for number, field in enumerate(sheet):
        with sides[number % 2]:
            _field(field, sheet[field], own)
    return sheet


def _field(name: str, text: str, own: dict[str, str]) -> None:
    key = f"sheet_{name}"
    st.session_state[key] = text

    def changed() -> None:
        own[name] = st.session_state[key]

    st.text_area(name, key=key, height=80, max_chars=core.LONGEST_FIELD, on_change=changed)


def _files(chapters: tuple[Chapter, ...], sheet: dict[str, str]) -> None:
    st.header("Take it with you", anchor="take-away")
    if TITLE_BACK in st.session_state:
        st.session_state["brief_title"] = st.session_state.pop(TITLE_BACK)
    title = st.text_input(
        "Title of the whole", words.TITLE, key="brief_title", max_chars=120, persist_state="session"
    )

    def made() -> Document:
        return Document(title, chapters, date.today(), tuple(sheet.items()))

    document_buttons("brief", "brief", made)
    seen = visit()  # the file is made outside this run
    st.download_button(
        "Save to go on later (JSON)",
        data=lambda: core.written(_to_save(seen, title, sheet)),
        file_name=f"brief-{date.today()}.json",
        mime="application/json",
        icon=":material/save:",
        key="brief_json",
        on_click="ignore",
    )


def _saved() -> None:
    with st.expander("Bring back a brief that you saved", expanded=not visit().cards):
        st.markdown(words.KEPT)
        file = st.file_uploader("A brief that you saved", ["json"], max_upload_size=1, key="brief_file")
        if file and st.session_state.get("brief_read") != file.file_id:
            st.session_state["brief_read"] = file.file_id
            try:
                _bring_back(core.read(file.getvalue()))
            except BadBrief as problem:
                st.error(f"{problem} The page keeps what it showed.", icon=":material/broken_image:")


def _to_save(seen: Visit, title: str, sheet: dict[str, str]) -> SavedBrief:
    """The brief without anything of a reader's own photos."""
    saved = []
    for card in seen.cards:
        by_key = {scene.key: scene for scene in lesson(card.lesson).scenes}
        rows = [
            SavedScene(scene=key, settings=plain)
            for key, settings in card.scenes
            if (plain := _plain(by_key[key], settings)) is not None or settings is None
        ]
        if rows and rows[0].scene == card.scenes[0][0]:  # without its first picture a card says nothing
            own = {"title": card.title, "note": card.note, "query": card.query}
            saved.append(SavedCard(lesson=card.lesson, scenes=rows, **own))
    return SavedBrief(title=title, cards=saved, fields=sheet)


def _plain(scene: Scene, settings: Any) -> Any:
    return scene.save(settings) if scene.save else core.to_plain(settings)


def _bring_back(saved: SavedBrief) -> None:
    """Put a saved brief in the place of this one. Every setting passes its lesson's own checks first."""
    cards = []
    for card in saved.cards:
        if card.lesson not in FILES:
            raise BadBrief(f"This brief speaks of a lesson “{card.lesson}” that is not here.")
        by_key = {scene.key: scene for scene in lesson(card.lesson).scenes}
        named = [row.scene for row in card.scenes]
        if named[:1] != list(by_key)[:1] or set(named) - set(by_key):
            raise BadBrief("This brief names a picture that its lesson does not have.")
        scenes = tuple((row.scene, _settings(by_key[row.scene], row.settings)) for row in card.scenes)
        cards.append(Card(card.lesson, scenes, card.title, card.note, card.query))
    st.session_state["sheet"] = {name: saved.fields[name] for name, _ in core.FIELDS if name in saved.fields}
    if saved.title:
        st.session_state[TITLE_BACK] = saved.title  # the field itself is on the page already
    _put(cards)


def _settings(scene: Scene, plain: Any) -> Any:
    if scene.load:
        try:
            return scene.load(plain)
        except ValueError as problem:
            raise BadBrief(str(problem)) from None
    return core.from_plain(scene.compute, plain) if scene.controls else None
