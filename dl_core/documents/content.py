"""What a document says, before it is a deck, a page or a card. Plain frozen data; nothing here draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dl_core.figures.picture import Picture

MOST_CARDS = 20  # that a brief can hold


@dataclass(frozen=True)
class Slide:
    """One message: a sentence, the picture that proves it, and what is said with it."""

    key: str  # the scene's key; names its files
    headline: str  # the message, at most 12 words
    picture: Picture
    sentence: str  # the live sentence at these settings; may hold **bold**
    notes: str  # what the presenter says
    source: str  # one line: whose data, measured how
    settings: tuple[tuple[str, str], ...] = ()  # name and value of each control that was set
    note: str = ""  # the reader's own remark


@dataclass(frozen=True)
class Advice:
    """A question for the engineers, and how to hear the answer."""

    question: str
    good: str
    worrying: str


@dataclass(frozen=True)
class HardQuestion:
    """What somebody in the room may ask, and an answer of at most 30 words."""

    question: str
    answer: str


@dataclass(frozen=True)
class Chapter:
    """One lesson with the settings on the screen."""

    lesson: str  # the page's path
    headline: str  # the lesson's one message
    decision: str  # completes "To decide:"
    slides: tuple[Slide, ...]
    so_what: str = ""
    trade_offs: tuple[tuple[str, ...], ...] = ()  # first row: column names
    ask_engineers: tuple[Advice, ...] = ()
    what_if_asked: tuple[HardQuestion, ...] = ()
    limits: tuple[str, ...] = ()  # where the picture lies
    sources: tuple[tuple[str, str], ...] = ()  # name, and what was taken from it
    link: str = ""  # the page's address with the settings in it


@dataclass(frozen=True)
class Document:
    """What becomes a file."""

    title: str
    chapters: tuple[Chapter, ...]
    made_on: date
    brief: tuple[tuple[str, str], ...] = field(default=())  # PM–engineer brief: field and text

    @property
    def slides(self) -> tuple[Slide, ...]:
        """Every slide, in order."""
        return tuple(slide for chapter in self.chapters for slide in chapter.slides)


@dataclass(frozen=True)
class Card:
    """Scenes of one lesson at the settings they were shown with, and the reader's own words."""

    lesson: str  # the page's path
    scenes: tuple[tuple[str, Any], ...]  # scene key and settings
    title: str = ""  # the reader's own; empty: the lesson's headline
    note: str = ""
    query: str = ""  # what stands behind the ? of the lesson's address at these settings
