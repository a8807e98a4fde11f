"""The numbers behind the pictures: as CSV that a spreadsheet opens without harm, and all of it in a ZIP."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from dl_core.documents.content import Document
from dl_core.figures.picture import Picture

# A spreadsheet runs a text that begins like this as a formula (OWASP, "CSV injection"); the last four are
# the wide forms that some of them read as the same signs.
_FORMULA = re.compile("^[=+\\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:e[+-]?\d+)?\s?%?", re.IGNORECASE)
_BROKEN = re.compile("[\x00\ud800-\udfff]")  # NUL, and halves of a character, which UTF-8 cannot write
_EARLIEST = 1980  # what a ZIP can date


def table_csv(picture: Picture) -> bytes:
    """The picture's table as CSV for a spreadsheet.

    Parameters
    ----------
    picture
        Its table has the units in the column names; the index is left out.

    Returns
    -------
    bytes
        UTF-8 with a byte-order mark, by which Excel knows it. A text that a spreadsheet would run as a
        formula has an apostrophe before it; numbers stay numbers.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"model": ["kNN", "=1+1"], "change (points)": [-2, 3]})
    >>> print(table_csv(Picture({}, "", table)).decode("utf-8-sig").replace("\\r", ""))
    model,change (points)
    kNN,-2
    '=1+1,3
    <BLANKLINE>
    """
    table = picture.table.map(_harmless)
    table.columns = [_harmless(str(name)) for name in table.columns]
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    cell = _BROKEN.sub("\ufffd", cell)
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def everything(document: Document, files: Mapping[str, bytes]) -> bytes:
    """All there is to take away, in one ZIP.

    Parameters
    ----------
    document
        Its tables go in as ``01-key.csv``, ``02-key.csv`` … in the order of the slides.
    files
        Name → content of what is ready: the deck, the page, the card, the stills.

    Returns
    -------
    bytes
        The same bytes for the same document and files. Names hold letters, digits, ``-`` and ``_`` only,
        before one ending, and none stands twice.

    Examples
    --------
    >>> from datetime import date
    >>> packed = everything(Document("Nothing yet", (), date(2026, 11, 24)), {"the deck.pptx": b"..."})
    >>> zipfile.ZipFile(BytesIO(packed)).namelist()
    ['the-deck.pptx']
    """
    slides = enumerate(document.slides, 1)
    tables = {f"{number:02d}-{slide.key}.csv": table_csv(slide.picture) for number, slide in slides}
    made = document.made_on
    written_at = (max(made.year, _EARLIEST), made.month, made.day, 0, 0, 0)
    packed, taken = BytesIO(), set[str]()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in (*files.items(), *tables.items()):
            entry = zipfile.ZipInfo(_free_name(name, taken), written_at)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same from every computer
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, content)
    return packed.getvalue()


def _free_name(name: str, taken: set[str]) -> str:
    """The name as any computer can write it, and different from those in ``taken``, which it joins."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    stem = re.sub(r"[^A-Za-z0-9_]+", "-", stem).strip("-") or "file"
    ending = re.sub(r"[^A-Za-z0-9]+", "", ending)
    ending = dot + ending if ending else ""
    number, free = 1, stem + ending
    while free.lower() in taken:  # Windows and macOS do not tell upper from lower case
        number += 1
        free = f"{stem}-{number}{ending}"
    taken.add(free.lower())
    return free
