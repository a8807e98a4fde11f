"""Words and tables that go on over as many slides as they need."""

from __future__ import annotations

from dataclasses import replace

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as Page

from dl_core.documents.slides.letters import LEADING, Words, height, lines, split
from dl_core.documents.slides.page import CELL_AIR, CELL_RIGHT, POINTS, new_slide, put, row_height, table
from dl_core.documents.slides.theme import ACROSS, FOOT, LEFT

BOTTOM = FOOT - 0.12  # inches from the top where content ends
Block = list[Words]  # paragraphs that stay together
Row = tuple[Block, ...]  # the cells of a table's row


def flow(
    deck: Deck, headline: str, blocks: list[Block], *, head: str = "", wide: float = ACROSS
) -> list[Page]:
    """Blocks of words on as many slides as they need.

    Parameters
    ----------
    deck
        Is added to.
    headline
        Of each slide; the second and later ones say that they continue.
    blocks
        Each stays together where a slide can hold it.
    head
        A running head.
    wide
        Inches across.

    Returns
    -------
    list
        The slides; none where there are no blocks.
    """
    pages: list[Page] = []
    left = list(blocks)
    while left:
        page, top = new_slide(deck, headline if not pages else f"{headline}, continued", head=head)
        shown, left = _first(left, wide * POINTS, (BOTTOM - top) * POINTS)
        put(page, [words for block in shown for words in block], LEFT, top, wide, BOTTOM - top)
        pages.append(page)
    return pages


def _first(blocks: list[Block], room: float, high: float) -> tuple[list[Block], list[Block]]:
    """As many blocks as fit, and what is left; a block that no slide can hold is cut in two."""
    shown: list[Block] = []
    used = 0.0
    for place, block in enumerate(blocks):
        taken = height(block, room)
        if used + taken > high:
            if shown:
                return shown, blocks[place:]
            fits, rest = _cut(block, room, high)
            return [fits], [rest, *blocks[place + 1 :]] if rest else blocks[place + 1 :]
        shown.append(block)
        used += taken
    return shown, []


def _cut(block: Block, room: float, high: float) -> tuple[Block, Block]:
    """The paragraphs and lines of a block that fit, at least one, and the others."""
    fits: Block = []
    for place, words in enumerate(block):
        free = int((high - height(fits, room)) / (words.size * LEADING))
        if lines(words, room) > free:
            if free < 1 and fits:
                return fits, block[place:]
            shown, rest = split(words, room, max(1, free))
            return [*fits, shown], ([rest] if rest else []) + block[place + 1 :]
        fits.append(words)
    return fits, []


def flow_table(
    deck: Deck, headline: str, heading: Row, rows: list[Row], shares: tuple[float, ...], *, head: str = ""
) -> list[Page]:
    """A table on as many slides as it needs, its heading on each.

    Parameters
    ----------
    deck
        Is added to.
    headline
        Of each slide.
    heading
        The first row.
    rows
        All others.
    shares
        How wide the columns are, as parts of 1.
    head
        A running head.
    """
    pages: list[Page] = []
    left = list(rows)
    while left:
        page, top = new_slide(deck, headline if not pages else f"{headline}, continued", head=head)
        free = BOTTOM - top - row_height(heading, shares)
        shown: list[Row] = []
        while left and (high := row_height(left[0], shares)) <= free + 1e-6:
            shown.append(left.pop(0))
            free -= high
        if not shown:  # a row that no slide can hold
            fits, rest = _cut_row(left.pop(0), shares, free)
            shown, left = [fits], [rest, *left]
        table(page, [heading, *shown], shares, top)
        pages.append(page)
    return pages


def _cut_row(row: Row, shares: tuple[float, ...], high: float) -> tuple[Row, Row]:
    halves = [
        _cut(cell, (ACROSS * share - CELL_RIGHT) * POINTS, (high - 2 * CELL_AIR) * POINTS)
        for cell, share in zip(row, shares, strict=True)
    ]
    empty = replace(row[0][0], spans=())
    return tuple(fits or [empty] for fits, _ in halves), tuple(rest or [empty] for _, rest in halves)
