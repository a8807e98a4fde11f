"""The slides around the pictures: the opening, what to ask, what may be asked, the brief, the sources."""

from __future__ import annotations

from datetime import date
from typing import Any

from pptx.presentation import Presentation as Deck
from pptx.util import Inches, Pt

from dl_core.documents.content import Advice, Chapter, Document
from dl_core.documents.slides.flow import BOTTOM, Block, Row, flow, flow_table
from dl_core.documents.slides.letters import LEADING, Span, Words, height, lines, one_line, said, shortened
from dl_core.documents.slides.page import (
    ACCENT,
    POINTS,
    QUIET,
    SMALL,
    SPARE,
    add_notes,
    new_slide,
    put,
    rule,
    small_print,
    web_link,
)
from dl_core.documents.slides.theme import ACROSS, LEFT, TITLE_HIGH, TITLE_TOP

MADE_WITH = "Made with Deep Learning for Product Managers"
OPENING_TOP, OPENING_SIZES, OPENING_LINES = 1.3, (44, 36, 30, 24), 2  # inches, points, lines
UNDER_TITLE = 4.1  # inches from the top, on the first slide
BEFORE, LIES, ASKED = "Before you decide", "Where this picture lies", "What if they ask …"
TRADED = "What you trade"
BRIEF, SOURCES, DECIDE = "PM–engineer brief", "Sources and links", "What there is to decide"
ASK_WIDE, GAP = 7.5, 0.6  # inches: the questions at the left, and the air before the limits
LIMITS_WIDE = ACROSS - ASK_WIDE - GAP  # inches
HEADLINE_BOTTOM = TITLE_TOP + TITLE_HIGH + SPARE  # inches from the top, under a headline of one line
SIZES = (
    (20, 16),
    (18, 15),
    (16, 14),
    (15, 13),
    (14, 12),
)  # points of a question and its answer, tried in turn


def in_words(day: date) -> str:
    """A date as people write it.

    Examples
    --------
    >>> in_words(date(2026, 11, 4))
    '4 November 2026'
    """
    return f"{day.day} {day:%B} {day.year}"


def opening(deck: Deck, document: Document) -> None:
    """The first slide: what this is, from when, and what it is for."""
    page = deck.slides.add_slide(deck.slide_layouts[0])
    text, size = _opening_title(document.title)
    title: Any = page.shapes.title
    title.text_frame.text = text
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    high = lines(said(text, size, serif=True), ACROSS * POINTS) * size * LEADING / POINTS
    title.left, title.top, title.width, title.height = map(Inches, (LEFT, OPENING_TOP, ACROSS, high))
    put(
        page,
        [said(in_words(document.made_on), 16, colour=QUIET)],
        LEFT,
        OPENING_TOP + high + 0.12,
        ACROSS,
        0.3,
    )
    if document.chapters:
        rule(page, (LEFT, UNDER_TITLE - 0.3), (LEFT + ACROSS, UNDER_TITLE - 0.3))
    if text != one_line(document.title):
        add_notes(page, [one_line(document.title)])
    if len(document.chapters) == 1:
        _one_chapter(page, document.chapters[0])
    elif document.chapters:
        _many_chapters(deck, page, document.chapters)


def _opening_title(title: str) -> tuple[str, float]:
    text = one_line(title) or MADE_WITH.removeprefix("Made with ")
    for size in OPENING_SIZES:
        if lines(said(text, size, serif=True), ACROSS * POINTS) <= OPENING_LINES:
            return text, size
    return shortened(text, OPENING_SIZES[-1] * 1.1, 1.9 * ACROSS * POINTS), OPENING_SIZES[-1]


def _one_chapter(page: Any, chapter: Chapter) -> None:
    top, wide = UNDER_TITLE, (ACROSS - GAP) / 2
    parts = (("To decide", chapter.decision, 24), ("So what for your product", chapter.so_what, 18))
    shown = [part for part in parts if one_line(part[1])]
    for place, (label, text, size) in enumerate(shown):
        words = [
            said(label, 14, bold=True, colour=ACCENT, after=4),
            _fitting(text, size, wide, BOTTOM - top - 0.4),
        ]
        put(page, words, LEFT + place * (wide + GAP), top, wide, BOTTOM - top, name=label)


def _fitting(text: str, size: float, wide: float, high: float) -> Words:
    """Words in the largest size from ``size`` down to 14 that fits; cut where not even 14 does."""
    while size > 14 and height([said(text, size)], wide * POINTS) > high * POINTS:
        size -= 1
    room = int(high * POINTS / (size * LEADING)) - 0.5
    return (
        said(shortened(text, size, room * wide * POINTS), size)
        if _over(text, size, wide, high)
        else said(text, size)
    )


def _over(text: str, size: float, wide: float, high: float) -> bool:
    return height([said(text, size)], wide * POINTS) > high * POINTS


def _to_decide(chapter: Chapter, size: float) -> Words:
    decision = one_line(chapter.decision)
    return Words((Span("To decide: ", bold=True, colour=ACCENT), Span(decision)), size, after=14)


def _many_chapters(deck: Deck, page: Any, chapters: tuple[Chapter, ...]) -> None:
    """What each chapter is to decide: on the first slide where all fit, else on slides of their own."""
    for large, small in ((20, 16), (16, 14)):
        blocks = [
            [said(chapter.headline, large, bold=True), _to_decide(chapter, small)] for chapter in chapters
        ]
        words = [one for block in blocks for one in block]
        if height(words, ACROSS * POINTS) <= (BOTTOM - UNDER_TITLE) * POINTS:
            put(page, words, LEFT, UNDER_TITLE, ACROSS, BOTTOM - UNDER_TITLE, name="To decide")
            return
    flow(deck, DECIDE, blocks)


def before_you_decide(deck: Deck, chapter: Chapter) -> None:
    """What to ask the engineers, and where the picture lies, on one slide where both fit."""
    for sizes in SIZES if chapter.ask_engineers else ():
        if _both(deck, chapter, sizes):
            return
    asked = [_question(advice, SIZES[1]) for advice in chapter.ask_engineers]
    lead = [[_to_decide(chapter, 16)]] if one_line(chapter.decision) else []
    pages = flow(deck, BEFORE, [*lead, *asked], head=chapter.headline)
    if pages:
        add_notes(pages[0], _in_full(chapter))
    flow(deck, LIES, [[_marked(limit, 16)] for limit in chapter.limits], head=chapter.headline)


def _both(deck: Deck, chapter: Chapter, sizes: tuple[float, float]) -> bool:
    """Questions at the left, limits at the right; False, and nothing added, where one of them is too long."""
    lead, asked = (
        _to_decide(chapter, 16),
        [*_label("Ask your engineers"), *_joined(chapter.ask_engineers, sizes)],
    )
    limits = [_marked(limit, sizes[1]) for limit in chapter.limits]
    limits = [*_label(LIES), *limits] if limits else []
    top = HEADLINE_BOTTOM + height([lead], ACROSS * POINTS) / POINTS
    free = (BOTTOM - top) * POINTS
    if max(height(asked, ASK_WIDE * POINTS), height(limits, LIMITS_WIDE * POINTS)) > free:
        return False
    page, first = new_slide(deck, BEFORE, head=chapter.headline)
    put(page, [lead], LEFT, first, ACROSS, top - first, name="To decide")
    put(page, asked, LEFT, top, ASK_WIDE, BOTTOM - top, name="Ask your engineers")
    if limits:
        put(page, limits, LEFT + ASK_WIDE + GAP, top, LIMITS_WIDE, BOTTOM - top, name=LIES)
    add_notes(page, _in_full(chapter))
    return True


def _label(text: str) -> Block:
    return [said(text, 14, bold=True, colour=ACCENT, after=6)]


def _marked(text: str, size: float) -> Words:
    return Words((Span("–  ", colour=ACCENT), Span(one_line(text))), size, after=7)


def _question(advice: Advice, sizes: tuple[float, float]) -> Block:
    large, small = sizes
    answer = (Span("A good answer: ", bold=True, colour=QUIET), Span(one_line(advice.good), colour=QUIET))
    return [said(advice.question, large, bold=True, after=1), Words(answer, small, after=10)]


def _joined(asked: tuple[Advice, ...], sizes: tuple[float, float]) -> Block:
    return [words for advice in asked for words in _question(advice, sizes)]


def _in_full(chapter: Chapter) -> list[str]:
    told = [f"To decide: {chapter.decision}", chapter.so_what]
    for advice in chapter.ask_engineers:
        told += [f"Ask: {advice.question}", f"A good answer: {advice.good}", f"Worrying: {advice.worrying}"]
    return [*told, *(f"{LIES}: {limit}" for limit in chapter.limits)]


def trade_offs(deck: Deck, chapter: Chapter) -> None:
    """What each choice gains and costs, as on the page."""
    if not chapter.trade_offs:
        return
    names, *lines = chapter.trade_offs
    rows: list[Row] = [
        tuple([said(cell, 16, bold=not column)] for column, cell in enumerate(line)) for line in lines
    ]
    heading = tuple([said(name or " ", SMALL, colour=QUIET)] for name in names)
    flow_table(deck, TRADED, heading, rows, (1 / len(names),) * len(names), head=chapter.headline)


def what_if_asked(deck: Deck, chapter: Chapter) -> None:
    """The appendix: hard questions, each with a short answer."""
    rows: list[Row] = [
        ([said(one.question, 16, bold=True)], [said(one.answer, 16)]) for one in chapter.what_if_asked
    ]
    heading = ([said("They ask", SMALL, colour=QUIET)], [said("You can say", SMALL, colour=QUIET)])
    flow_table(deck, ASKED, heading, rows, (0.36, 0.64), head=chapter.headline)


def brief(deck: Deck, document: Document) -> None:
    """The sheet for the engineers."""
    rows: list[Row] = [([said(field, 14, bold=True)], [said(text, 14)]) for field, text in document.brief]
    heading = ([said("Field", SMALL, colour=QUIET)], [said("What we know", SMALL, colour=QUIET)])
    flow_table(deck, BRIEF, heading, rows, (0.16, 0.84), head=document.title)


def sources(deck: Deck, document: Document) -> None:
    """The last slide: where everything comes from, and how to open it again."""
    told = dict.fromkeys(source for chapter in document.chapters for source in chapter.sources)
    blocks: list[Block] = [[_source(name, taken)] for name, taken in told]
    links = {web_link(chapter.link): chapter.headline for chapter in document.chapters}
    links.pop("", None)
    if links:
        blocks.append([said("Open it again, at these settings", 14, bold=True, colour=ACCENT, after=6)])
    blocks += [[said(headline, 16, link=link, after=6)] for link, headline in links.items()]
    pages = flow(deck, SOURCES, blocks) or [new_slide(deck, SOURCES)[0]]
    small_print(pages[-1], [f"{MADE_WITH} · {in_words(document.made_on)}"])


def _source(name: str, taken: str) -> Words:
    return Words((Span(one_line(name), bold=True), Span(f": {one_line(taken)}", colour=QUIET)), 16, after=10)
