"""One slide's fixed parts, and how words and tables are set on it."""

from __future__ import annotations

from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dl_core.documents.slides import theme
from dl_core.documents.slides.letters import LEADING, Words, clean, height, lines, one_line, said, shortened
from dl_core.documents.slides.theme import ACROSS, FOOT, LEFT, TITLE_HIGH, TITLE_SIZE, TITLE_TOP

QUIET, ACCENT, FAINT = "TEXT_2", "ACCENT_6", "BACKGROUND_2"
ANCHORS = {"TOP": MSO_ANCHOR.TOP, "MIDDLE": MSO_ANCHOR.MIDDLE, "BOTTOM": MSO_ANCHOR.BOTTOM}
INKS = {
    "TEXT_1": MSO_THEME_COLOR.TEXT_1, QUIET: MSO_THEME_COLOR.TEXT_2, ACCENT: MSO_THEME_COLOR.ACCENT_6,
    FAINT: MSO_THEME_COLOR.BACKGROUND_2,
}  # fmt: skip
SMALL = 12  # points: the least that stands on a slide
TITLE_SIZES = (TITLE_SIZE, 24, 20, 18, 16)  # points, tried until a headline takes two lines
TITLE_LINES = 2
POINTS = 72  # per inch
SPARE = 0.12  # inches between a headline and what follows
PRINT = ACROSS - 0.9  # inches that the small print has, beside the slide's number


def new_slide(deck: Deck, headline: str, *, head: str = "") -> tuple[Slide, float]:
    """A slide with its headline, and the inches from the top where its content may begin.

    Parameters
    ----------
    deck
        Is added to.
    headline
        The title; cut only where it would not fit in the smallest size, and then whole in the notes.
    head
        A running head above it.
    """
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    size, shown = _fitting(headline)
    title: Any = slide.shapes.title
    title.text_frame.text = shown
    taken = lines(said(shown, size, serif=True), ACROSS * POINTS)
    if size != TITLE_SIZE:
        title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    high = max(TITLE_HIGH, taken * size * LEADING / POINTS)
    if high > TITLE_HIGH:
        title.left, title.top, title.width, title.height = map(Inches, (LEFT, TITLE_TOP, ACROSS, high))
    if head:
        words = said(shortened(head, SMALL, PRINT * POINTS), SMALL, colour=QUIET)
        put(slide, [words], LEFT + 0.56, 0.345, ACROSS - 0.56, 0.22, name="Running head")
    _number(slide)
    if shown != one_line(headline):
        add_notes(slide, [one_line(headline)])
    return slide, TITLE_TOP + high + SPARE


def _fitting(headline: str) -> tuple[float, str]:
    text = one_line(headline)
    for size in TITLE_SIZES:
        if lines(said(text, size, serif=True), ACROSS * POINTS) <= TITLE_LINES:
            return size, text
    return TITLE_SIZES[-1], shortened(text, TITLE_SIZES[-1] * 1.1, 1.9 * ACROSS * POINTS)


def _number(slide: Slide) -> None:
    tree: Any = slide.shapes._spTree
    tree.append(parse_xml(theme.number_on_slide(len(tree))))


def rule(slide: Slide, start: tuple[float, float], end: tuple[float, float], ink: str = FAINT) -> None:
    """A thin line from ``start`` to ``end``, both in inches from the left and from the top."""
    shape = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *map(Inches, (*start, *end)))
    shape.name = "Rule"
    shape.line.width = Pt(1.5 if ink == ACCENT else 0.75)
    shape.line.color.theme_color = INKS[ink]


def small_print(slide: Slide, rows: list[str]) -> None:
    """One or two quiet lines at the foot of a slide; what does not fit is cut and stands in the notes."""
    shown = [row for row in rows if row][:2]
    words = [said(shortened(row, SMALL, PRINT * POINTS), SMALL, colour=QUIET) for row in shown]
    if words:
        put(slide, words, LEFT, FOOT + 0.08, PRINT, 0.23 * len(words), name="Source")


def put(
    slide: Slide,
    paragraphs: list[Words],
    left: float,
    top: float,
    wide: float,
    high: float,
    *,
    name: str = "Words",
    anchor: str = "TOP",
) -> Any:
    """A text box without margins.

    Parameters
    ----------
    slide
        Is added to.
    paragraphs
        One below the other.
    left, top, wide, high
        Inches.
    name
        As it stands in the list of the slide's parts.
    anchor
        TOP, MIDDLE or BOTTOM.
    """
    shape = slide.shapes.add_textbox(*map(Inches, (left, top, wide, high)))
    shape.name = name
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.vertical_anchor = ANCHORS[anchor]
    fill(frame, paragraphs)
    return shape


def fill(frame: Any, paragraphs: list[Words]) -> None:
    """Set paragraphs into an empty text frame."""
    for place, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if words.after and place < len(paragraphs) - 1:
            paragraph.space_after = Pt(words.after)
        for span in words.spans:
            run = paragraph.add_run()
            run.text = clean(span.text)
            font = run.font
            font.size = Pt(words.size)
            font.bold, font.italic = span.bold or None, span.italic or None
            font.color.theme_color = INKS[span.colour]
            if words.serif:
                font.name = "+mj-lt"
            if span.link:
                run.hyperlink.address = span.link


def add_notes(slide: Slide, paragraphs: list[str]) -> None:
    """Add to what the presenter reads; each paragraph keeps its own line ends."""
    frame: Any = slide.notes_slide.notes_text_frame
    before = frame.text.split("\n") if frame.text else []
    told = [line for text in paragraphs if text for line in clean(text).replace("\t", " ").split("\n")]
    frame.text = "\n".join(before + told)


def web_link(address: str) -> str:
    """The address where it leads to the web, else nothing.

    Examples
    --------
    >>> web_link("https://example.org/?k=3"), web_link("javascript:alert(1)")
    ('https://example.org/?k=3', '')
    """
    address = clean(address).strip()
    plain = address.lower().startswith(("http://", "https://")) and not any(map(str.isspace, address))
    return address if plain else ""


def table(slide: Slide, rows: list[tuple[list[Words], ...]], shares: tuple[float, ...], top: float) -> Any:
    """A real table with faint rules between its rows; the first row is its heading.

    Parameters
    ----------
    slide
        Is added to.
    rows
        Cells of paragraphs.
    shares
        How wide the columns are, as parts of 1.
    top
        Inches.
    """
    highs = [row_height(row, shares, LOOSE) for row in rows]
    frame: Any = slide.shapes.add_table(len(rows), len(shares), *map(Inches, (LEFT, top, ACROSS, sum(highs))))
    frame.name = "Table"
    grid = frame.table
    grid.horz_banding = False
    style = frame._element.find(".//" + qn("a:tableStyleId"))
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Inches(ACROSS * share)
    for number, (row, cells, high) in enumerate(zip(grid.rows, rows, highs, strict=True)):
        row.height = Inches(high)
        for cell, paragraphs in zip(row.cells, cells, strict=True):
            _set_cell(cell, paragraphs, heading=number == 0)
    return frame


CELL_AIR, CELL_RIGHT = 0.055, 0.3  # inches above and below, and at the right
LOOSE = 1.08  # a row that is drawn too low grows by itself; one that is too high stays so


def row_height(row: tuple[list[Words], ...], shares: tuple[float, ...], loose: float = 1.0) -> float:
    """Inches that a row of a table takes.

    Parameters
    ----------
    row
        Its cells.
    shares
        The columns' widths, as parts of 1.
    loose
        How much more fits a line than is sure to fit.
    """
    rooms = [(ACROSS * share - CELL_RIGHT) * POINTS * loose for share in shares]
    return max(height(cell, room) for cell, room in zip(row, rooms, strict=True)) / POINTS + 2 * CELL_AIR


def _set_cell(cell: Any, paragraphs: list[Words], *, heading: bool) -> None:
    cell.margin_left, cell.margin_right = Inches(0), Inches(CELL_RIGHT)
    cell.margin_top = cell.margin_bottom = Inches(CELL_AIR)
    fill(cell.text_frame, paragraphs)
    ink, width = ("tx1", 12_700) if heading else ("bg2", 9_525)
    rule = f'<a:solidFill><a:schemeClr val="{ink}"/></a:solidFill>'
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<a:lnB {theme.SPACES} w="{width}">{rule}<a:prstDash val="solid"/></a:lnB>')
    )
