"""From a lesson and the settings on the screen to what a document says. Runs outside a page's run, too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dl_core.documents.content import Card, Chapter, Document, Slide
from dl_core.documents.settings import settings_in_words
from dl_core.figures.picture import Picture
from pages._shared.lesson import Lesson, Scene
from pages._shared.lessons import lesson as lesson_named
from pages._shared.scene import shared
from pages._shared.visit import Visit

DECIDES = "decide"  # the lesson where prices, people and the bar are set


def chapter(lesson: Lesson, settings: Mapping[str, Any], visit: Visit, link: str) -> Chapter:
    """The lesson's chapter: one slide for each scene that has settings.

    Parameters
    ----------
    settings
        Scene key → settings. The opening scene must be there: its result feeds the words around the slides.
    visit
        The reader's visit, for the running case and for results that hold a reader's own photo.
    link
        The page's address with these settings.
    """
    scenes = [scene for scene in lesson.scenes if scene.key in settings]
    seen = {scene.key: _seen(scene, settings[scene.key], visit) for scene in scenes}
    opening = seen[lesson.opening.key][0]
    return Chapter(
        lesson=lesson.name,
        headline=lesson.headline,
        decision=lesson.decision,
        slides=tuple(_slide(scene, settings[scene.key], *seen[scene.key]) for scene in scenes),
        so_what=lesson.so_what(opening, visit.case),
        trade_offs=lesson.traded,
        ask_engineers=lesson.ask_engineers,
        what_if_asked=lesson.what_if_asked(opening),
        limits=lesson.where_it_lies,
        sources=tuple((source.name, source.taken) for source in lesson.sources),
        link=link,
    )


def _slide(scene: Scene, settings: Any, result: Any, picture: Picture) -> Slide:
    return Slide(
        key=scene.key,
        headline=scene.headline(result),
        picture=picture,
        sentence=scene.sentence(result),
        notes=scene.notes,
        source=scene.source,
        settings=settings_in_words(settings),
    )


def _seen(scene: Scene, settings: Any, visit: Visit) -> tuple[Any, Picture]:
    """What the scene shows at these settings."""
    if not scene.kept_in_visit:
        return shared(scene.compute, scene.on_a_slide, settings)
    result = _result(scene, settings, visit)
    return result, scene.on_a_slide(result)


def _result(scene: Scene, settings: Any, visit: Visit) -> Any:
    """The same without its picture; of a reader's own photo no more is kept than by the page."""
    if not scene.kept_in_visit:
        return shared(scene.compute, scene.on_a_slide, settings)[0]
    kept = visit.kept.get(scene.key)
    return kept[1] if kept and kept[0] == settings else scene.compute(settings)


def on_screen(lesson: Lesson, visit: Visit) -> Document:
    """The lesson as the reader left it, as a document of today."""
    left = dict(visit.left.get(lesson.name, {}))
    return Document(lesson.headline, (chapter(lesson, left, visit, visit.link(lesson.name)),), date.today())


def of_card(card: Card, visit: Visit) -> Chapter:
    """A collected card as a chapter, under the reader's own title and with the reader's note."""
    lesson = lesson_named(card.lesson)
    found = chapter(lesson, dict(card.scenes), visit, visit.link(card.lesson, card.query))
    first, *others = found.slides
    return replace(
        found, headline=card.title or found.headline, slides=(replace(first, note=card.note), *others)
    )


def contributions(visit: Visit) -> list[Mapping[str, str]]:
    """What the lessons of this visit say for the engineers' sheet, at the settings they were left with.

    The lesson that decides speaks first: its figures are the reader's own.
    """
    left = sorted(visit.left.items(), key=lambda each: each[0] != DECIDES)  # the others in their order
    return [
        scene.tells(_result(scene, settings[scene.key], visit))
        for name, settings in left
        for scene in lesson_named(name).scenes
        if scene.tells and scene.key in settings
    ]
