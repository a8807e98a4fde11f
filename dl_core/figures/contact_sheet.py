"""Many small photos as one numbered picture: a contact sheet, so that a reader can name one by its number."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from dl_core.figures.picture import INK, PAPER, VERMILLION

COLUMNS = 4  # readable in a column of controls and on a phone
CELL = 96  # pixels a side, drawn for 75 or more on the screen
GAP = 4
LINE = 24  # of the number under a photo
FRAME = 5


def contact_sheet(
    photos: Sequence[NDArray[np.uint8]], first: int = 1, marked: Collection[int] = ()
) -> Image.Image:
    """The photos in rows of four with their numbers; marked ones have a frame and an exclamation mark.

    Parameters
    ----------
    photos
        Each ``(64, 64, 3)``; at least one.
    first
        Number of the first of them.
    marked
        Numbers of those to look at.

    Examples
    --------
    >>> contact_sheet([np.zeros((64, 64, 3), np.uint8)] * 5).size
    (396, 244)
    """
    n_rows = -(-len(photos) // COLUMNS)
    step, high = CELL + GAP, CELL + LINE + GAP
    sheet = Image.new("RGB", (COLUMNS * step - GAP, n_rows * high - GAP), PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(20)
    for at, pixels in enumerate(photos):
        left, top = at % COLUMNS * step, at // COLUMNS * high
        number = first + at
        sheet.paste(Image.fromarray(pixels).resize((CELL, CELL), Image.Resampling.BICUBIC), (left, top))
        if number in marked:
            corner = (left + CELL - 1, top + CELL - 1)
            pen.rectangle(((left, top), corner), outline=VERMILLION, width=FRAME)
        text = f"{number} !" if number in marked else f"{number}"
        pen.text((left + CELL // 2, top + CELL + LINE // 2 - 2), text, INK, font, anchor="mm")
    return sheet
