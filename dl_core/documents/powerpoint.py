"""A document as a PowerPoint deck: a message and a picture on each slide, and what to ask afterwards."""

from __future__ import annotations

import zipfile
from datetime import datetime, time
from io import BytesIO

from pptx.presentation import Presentation as Deck

from dl_core.documents.content import Document
from dl_core.documents.slides.letters import one_line
from dl_core.documents.slides.pictures import picture_slide
from dl_core.documents.slides.theme import empty_deck
from dl_core.documents.slides.words import (
    before_you_decide,
    brief,
    opening,
    sources,
    trade_offs,
    what_if_asked,
)

AUTHOR = "Deep Learning for Product Managers"
LONGEST = 255  # letters that a property of the file may have
SAVED = (1980, 1, 1, 0, 0, 0)  # every part is dated alike, so that the same document gives the same bytes


def deck(document: Document) -> bytes:
    """The document as a PowerPoint file.

    Bars, lines and points are charts whose numbers can be edited; other figures are pictures. Each
    slide's title is its message, its notes are what the presenter says, and its picture has a description.

    Parameters
    ----------
    document
        Texts of any length: what does not fit a slide goes on the next one.

    Returns
    -------
    bytes
        The same for the same document.

    Examples
    --------
    >>> from datetime import date
    >>> file = deck(Document("Returns", (), date(2026, 11, 24)))
    >>> from pptx import Presentation
    >>> [slide.shapes.title.text for slide in Presentation(BytesIO(file)).slides]
    ['Returns', 'Sources and links']
    """
    made = empty_deck()
    _describe(made, document)
    opening(made, document)
    for chapter in document.chapters:
        for slide in chapter.slides:
            picture_slide(made, slide, chapter)
        trade_offs(made, chapter)
        before_you_decide(made, chapter)
    for chapter in document.chapters:
        what_if_asked(made, chapter)
    brief(made, document)
    sources(made, document)
    file = BytesIO()
    made.save(file)
    return _dated_alike(file)


def _describe(made: Deck, document: Document) -> None:
    about = made.core_properties
    when = datetime.combine(document.made_on, time())
    about.title = one_line(document.title)[:LONGEST]
    about.author = about.last_modified_by = AUTHOR
    about.created = about.modified = when
    about.subject = "; ".join(one_line(chapter.headline) for chapter in document.chapters)[:LONGEST]
    about.keywords = about.comments = about.category = ""
    about.language, about.revision = "en-GB", 1


def _dated_alike(file: BytesIO) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, SAVED)
            # pictures and workbooks are packed already
            packs = not name.endswith((".png", ".xlsx"))
            entry.compress_type = zipfile.ZIP_DEFLATED if packs else zipfile.ZIP_STORED
            entry.create_system = 3  # the same from every computer
            after.writestr(entry, before.read(name))
    return packed.getvalue()
