"""An image on the paper, made at the very pixels that it will cover."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.transforms import Bbox, TransformedBbox

from dl_core.documents.stills.colours import Pixels

# from how many pixels across and down to an image (rows, columns, 4) of bytes, top row first
Maker = Callable[[int, int], Pixels]


class Painting(Artist):
    """Asks for its image when the size of a pixel is known, so that nothing is scaled twice."""

    def __init__(self, make: Maker, box: TransformedBbox) -> None:
        super().__init__()
        self.make = make
        self.box = box

    def draw(self, renderer: RendererBase) -> None:
        """Put the image where its box lies on whatever is drawn on."""
        finer = renderer.get_image_magnification()
        left, bottom, right, top = (round(edge * finer) for edge in self.box.extents)
        if right <= left or top <= bottom:
            return
        pixels = self.make(right - left, top - bottom)
        ink = renderer.new_gc()
        if self.clipbox is not None:
            ink.set_clip_rectangle(Bbox.from_extents(*self.clipbox.extents))
        # both of matplotlib's renderers take the bottom row first
        renderer.draw_image(ink, left / finer, bottom / finer, np.ascontiguousarray(pixels[::-1]))
        ink.restore()
