"""What a lesson is made of. A page declares one `Lesson`; the frame, present mode and the deck show it.

Nothing here draws. ``compute``, ``picture`` and ``sentence`` come from ``dl_core``, so that page, room
and document say the same words with the same numbers, and so that the frame can cache them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dl_core.documents.content import Advice, HardQuestion
from dl_core.figures.picture import Picture
from dl_core.running_case import Case

Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Preset:
    """One click that sets several controls."""

    name: str  # two to four words
    values: Mapping[str, Any]  # control key → value


@dataclass(frozen=True)
class Scene:
    """One message: a sentence, the picture that proves it, and what moves the picture."""

    key: str  # prefix of the scene's control keys and so of its link parameters
    headline: Callable[[Any], str]  # result → one sentence of at most 12 words
    compute: Callable[[Any], Any]  # settings → result; pure, so the frame may cache it
    picture: Callable[[Any], Picture]  # result → chart, words and table
    sentence: Callable[[Any], str]  # result → the live sentence
    notes: str  # what a presenter says with it, 60 to 90 words
    source: str  # one line under the picture on a slide: whose data, measured how
    controls: Callable[[], Any] | None = None  # draws the widgets; returns frozen, hashable settings
    silent: bool = False  # its ``controls`` only fetch settings, and draw nothing
    lead: str = ""  # one short paragraph before the picture; on the first screen after its sentence
    presets: tuple[Preset, ...] = ()
    # the running case's numbers, as one more preset with its name: case → control key → value
    case_preset: Callable[[Case], Mapping[str, Any]] | None = None
    pick: Callable[[float, float], None] | None = None  # a click on the chart; a control does the same
    below: Callable[[Any], None] | None = None  # more Streamlit under the sentence, for what fits no chart
    # the settings hold a reader's own photo or table, or some of them do: such a result is never shared
    private: bool | Callable[[Any], bool] = False
    # long work, run beside the page: ``compute`` may be given ``go_on(share) -> bool`` too, which can stop it
    beside: bool = False
    doing: str = "Working"  # what the bar says meanwhile: one word
    # the settings with which the page opens, for the warm-up, where a plain default does not tell them
    at_rest: Callable[[], Any] | None = None
    # draws the picture on page and stage in its own way: (result, picture, key); documents show the picture
    show: Callable[[Any, Picture, str], None] | None = None
    slide: Callable[[Any], Picture] | None = (
        None  # where the picture on the page leans on what stands beside it
    )
    live: str = ""  # key of the one control that stays on the scene in present mode
    tells: Callable[[Any], Mapping[str, str]] | None = None  # result → fields of the PM–engineer brief
    save: Callable[[Any], Any] | None = None  # settings → plain data for a brief's file; None: not to be kept
    load: Callable[[Any], Any] | None = None  # and back; ValueError where it is nonsense

    def own(self, settings: Any) -> bool:
        """Whether these settings hold a reader's own data."""
        return self.private(settings) if callable(self.private) else self.private

    @property
    def kept_in_visit(self) -> bool:
        """Whether the latest result is kept with the visit, and not by the settings for everybody."""
        return bool(self.private) or self.beside

    @property
    def on_a_slide(self) -> Callable[[Any], Picture]:
        """The picture as present mode and the documents show it."""
        return self.slide or self.picture


@dataclass(frozen=True)
class Predict:
    """A guess before looking: people who guess first remember more (Kim et al., CHI 2017)."""

    question: str
    options: tuple[str, ...]
    right: str  # one of the options
    because: Callable[[Any], str]  # result of the opening scene → why, with its numbers


@dataclass(frozen=True)
class Option:
    """A quiz answer. Every wrong one is a mistake that real people make."""

    text: str
    why: str  # at most 30 words
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One quiz question."""

    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Source:
    """Where a fact comes from, and what was taken from it."""

    name: str
    taken: str


@dataclass(frozen=True)
class Lesson:
    """A page in the order of AUDIENCE.md's skeleton. The first scene opens the page."""

    name: str  # the page's path
    headline: str  # the one message
    decision: str  # completes "By the end you can decide"
    predict: Predict
    scenes: tuple[Scene, ...]
    so_what: Callable[[Any, Case], str]  # opening result and the reader's case → at most 60 words
    trade_offs: Table | Callable[[], Table]  # first row: column names; a function where figures are measured
    ask_engineers: tuple[Advice, ...]
    what_if_asked: Callable[[Any], tuple[HardQuestion, ...]]  # opening result → five hard questions of a room
    where_it_lies: tuple[str, ...]
    quiz: tuple[Question, ...]
    maths: str  # Markdown with formulas
    sources: tuple[Source, ...]
    corrections: tuple[str, ...] = ()  # where well-known articles print something else
    welcome: Callable[[], None] | None = None  # more Streamlit under the decision, for newcomers
    # the later scenes look at what the opening one chose; or opening settings → that part of them
    linked: bool | Callable[[Any], Any] = False

    def looked_at(self, settings: Any) -> Any:
        """What the later scenes see of the opening scene's settings."""
        return self.linked(settings) if callable(self.linked) else settings

    @property
    def traded(self) -> Table:
        """The trade-off table, computed now if it has to be."""
        return self.trade_offs() if callable(self.trade_offs) else self.trade_offs

    @property
    def opening(self) -> Scene:
        """The scene the page shows first, finished."""
        return self.scenes[0]
