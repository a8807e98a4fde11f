"""A slide with one message: its headline, the picture that proves it, and the live sentence."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass
from io import BytesIO
from typing import Any

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page
from pptx.util import Inches

from dl_core.documents.content import Chapter, Slide
from dl_core.documents.native_chart import add_chart, can_be_native
from dl_core.documents.slides.letters import (
    LEADING,
    Words,
    clean,
    height,
    lines,
    one_line,
    said,
    sentence,
    shortened,
    split,
)
from dl_core.documents.slides.page import (
    ACCENT,
    POINTS,
    SMALL,
    add_notes,
    new_slide,
    put,
    rule,
    small_print,
    web_link,
)
from dl_core.documents.slides.theme import ACROSS, FOOT, LEFT
from dl_core.documents.still import png
from dl_core.documents.stills.spec import read, titled
from dl_core.documents.stills.words import plain
from dl_core.figures.picture import Picture

SENTENCE_SIZES = (20, 18)  # points for a sentence of at most two lines
LEAST_SIZE, MOST_LINES = 16, 4  # points and lines of a longer one; the rest goes on the next slide
FINDING = 16  # points
AIR = 0.14  # inches between the parts of a slide
NOTE_WIDE, NOTE_GAP = 3.3, 0.5  # inches of the reader's own remark, beside the sentence
NOTE_LINES = 4
BESIDE = NOTE_WIDE  # inches of a sentence at the right of its picture
BOTTOM = FOOT - 0.12  # inches from the top where content ends
TEXT_SIZE = 4 / 3  # words in a picture are as large as in a chart: a page pixel is a point
LINES_OF_TEXT = 17  # on a slide without a picture


@dataclass(frozen=True)
class Place:
    """Where a picture goes."""

    left: float  # inches
    top: float  # inches
    width: float  # inches
    height: float  # inches


def picture_slide(deck: Deck, slide: Slide, chapter: Chapter) -> None:
    """Add the slide, and a second one where its sentence is too long for one."""
    page, top = new_slide(deck, slide.headline, head=chapter.headline)
    top = _finding(page, slide, top)
    rest = (_beside if is_square(slide.picture) else _below)(page, slide, top)
    small_print(page, _print(slide))
    add_notes(page, _notes(slide, chapter))
    while rest is not None:
        more, top = new_slide(deck, f"{one_line(slide.headline)}, continued", head=chapter.headline)
        shown, rest = split(rest, ACROSS * POINTS, LINES_OF_TEXT)
        put(more, [shown], LEFT, top, ACROSS, FOOT - top - AIR, name="Sentence")


def _below(page: Page, slide: Slide, top: float) -> Words | None:
    """A wide picture over its sentence; what is left of the sentence comes back."""
    words, rest, band = _sentence(slide)
    _picture(page, slide, Place(LEFT, top, ACROSS, BOTTOM - band - AIR - top))
    put(page, [words], LEFT, BOTTOM - band, _room(slide), band, name="Sentence")
    _remark(page, slide, BOTTOM - band)
    return rest


def _beside(page: Page, slide: Slide, top: float) -> Words | None:
    """A picture that is no wider than it is high, with its sentence at its right."""
    left, high = LEFT + ACROSS - BESIDE, BOTTOM - top
    note = one_line(slide.note)
    free = high - (NOTE_LINES * SMALL * LEADING / POINTS + 0.3 if note else 0) - 0.3
    words, rest = sentence(slide.sentence, LEAST_SIZE), None
    for size in (*SENTENCE_SIZES, LEAST_SIZE):
        words = sentence(slide.sentence, size)
        if height([words], BESIDE * POINTS) <= free * POINTS:
            break
    else:
        words, rest = split(words, BESIDE * POINTS, int(free * POINTS / (LEAST_SIZE * LEADING)))
    _picture(page, slide, Place(LEFT, top, ACROSS - BESIDE - NOTE_GAP, high))
    put(page, [words], left, top + 0.3, BESIDE, free, name="Sentence")
    _remark(page, slide, BOTTOM - NOTE_LINES * SMALL * LEADING / POINTS - 0.1)
    return rest


def is_square(picture: Picture) -> bool:
    """Whether both axes have one scale, so that the picture cannot become as wide as a slide.

    Examples
    --------
    >>> import pandas as pd
    >>> is_square(Picture({"layout": {"yaxis": {"scaleanchor": "x"}}}, "", pd.DataFrame()))
    True
    """
    _, layout = read(picture)
    axes = {key: value or {} for key, value in layout.items() if key[1:5] == "axis"}
    return any(axis.get("scaleanchor") for axis in axes.values()) and not any(key[5:] for key in axes)


def _room(slide: Slide) -> float:
    """Inches across that the sentence has."""
    return ACROSS - (NOTE_WIDE + NOTE_GAP if one_line(slide.note) else 0)


def _sentence(slide: Slide) -> tuple[Words, Words | None, float]:
    """The sentence as it fits, what is left of it, and the inches that it takes."""
    room = _room(slide) * POINTS
    rest: Words | None = None
    for size in SENTENCE_SIZES:
        words = sentence(slide.sentence, size)
        if lines(words, room) <= 2:
            break
    else:
        words, rest = split(sentence(slide.sentence, LEAST_SIZE), room, MOST_LINES)
    least = NOTE_LINES * SMALL * LEADING if one_line(slide.note) else 0
    return words, rest, max(height([words], room), least, 0.3 * POINTS) / POINTS


def _remark(page: Page, slide: Slide, top: float) -> None:
    """The reader's own remark at the right, behind a thin rule in the accent's colour."""
    note = one_line(slide.note)
    if not note:
        return
    left, room = LEFT + ACROSS - NOTE_WIDE, (NOTE_WIDE - 0.15) * POINTS
    words, rest = split(said(note, 14), room, 3)
    if rest is not None:
        shown = shortened(note, 14, 2.7 * room)
        words = said(shown if shown.endswith("…") else shown + "…", 14)
    label = said("Your note", SMALL, colour=ACCENT, bold=True)
    high = height([label, words], room) / POINTS
    rule(page, (left - 0.17, top + 0.03), (left - 0.17, top + high), ACCENT)
    put(page, [label, words], left, top, NOTE_WIDE, high, name="Your note")


def _finding(page: Page, slide: Slide, top: float) -> float:
    """The chart's own title, where it says something else than the headline."""
    _, layout = read(slide.picture)
    finding = one_line(plain(str(titled(layout)["text"])))
    if not finding or finding.rstrip(".").casefold() == one_line(slide.headline).rstrip(".").casefold():
        return top
    words, rest = split(said(finding, FINDING, bold=True), ACROSS * POINTS, 2)
    if rest is not None:
        words = said(shortened(finding, FINDING, 1.8 * ACROSS * POINTS), FINDING, bold=True)
    high = height([words], ACROSS * POINTS) / POINTS
    put(page, [words], LEFT, top, ACROSS, high, name="Finding")
    return top + high + AIR


def _picture(page: Page, slide: Slide, at: Place) -> None:
    picture = slide.picture
    if can_be_native(picture):
        add_chart(page, picture, **asdict(at))
        return
    drawn = png(
        picture, width=at.width, height=at.height, pixels_per_inch=200, title=False, text_size=TEXT_SIZE
    )
    shape: Any = page.shapes.add_picture(BytesIO(drawn), *map(Inches, astuple(at)))
    shape.name = "Picture"
    shape._element.nvPicPr.cNvPr.set("descr", clean(picture.summary))


def _print(slide: Slide) -> list[str]:
    source = one_line(slide.source)
    return [f"Source: {source}" if source else "", settings_line(slide)]


def settings_line(slide: Slide) -> str:
    """Every setting of a slide in one line."""
    told = " · ".join(f"{one_line(name)} {one_line(value)}" for name, value in slide.settings)
    return f"Settings: {told}" if told else ""


def _notes(slide: Slide, chapter: Chapter) -> list[str]:
    link, note, source = web_link(chapter.link), clean(slide.note).strip(), one_line(slide.source)
    parts = [clean(slide.notes), f"Source: {source}" if source else "", settings_line(slide)]
    parts += [f"Your note: {note}" if note else "", f"Open it again: {link}" if link else ""]
    return parts
