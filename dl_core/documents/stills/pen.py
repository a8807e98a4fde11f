"""The paper and the pen: paths and pictures, placed in the pixels of a web page, top left first."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox
from PIL import Image

from dl_core.documents.stills.colours import CLEAR, Colour
from dl_core.documents.stills.painting import Maker, Painting

PAGE_PIXELS = 96  # per inch, as CSS has it
SVG_DOTS = 192  # pixels per inch of the images inside an SVG
POINTS = 72  # per inch, as matplotlib measures lines
DASHES = {
    "dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1), "longdashdot": (5, 2, 1, 2),
}  # fmt: skip


DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\s*")
DEFAULTS = re.compile(
    r"\s*<defs>\s*<style type=\"text/css\">[^<]*</style>\s*</defs>"
)  # would reach the whole page
INHERITED = "stroke-linejoin: round; stroke-linecap: butt"
IDENTITY = re.compile(r'\bid="([^"]+)"')
REFERENCE = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')
DashPattern = Literal["solid"] | tuple[float, tuple[float, ...]]


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper; y grows downwards."""

    left: float  # page pixels
    top: float  # page pixels
    right: float  # page pixels
    bottom: float  # page pixels

    @property
    def width(self) -> float:
        """Page pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Page pixels down."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn."""

    colour: Colour
    width: float  # page pixels
    dash: str = "solid"

    @property
    def seen(self) -> bool:
        """Whether it leaves any ink."""
        return self.width > 0 and self.colour[3] > 0


@dataclass
class Pen:
    """White paper that is drawn on from back to front."""

    width_inches: float  # of the paper
    height_inches: float  # of the paper
    zoom: float = 1.0  # how much larger than on a page everything is that is measured in page pixels
    figure: Figure = field(init=False)
    words: list[str] = field(default_factory=list)  # everything that was written, for who cannot see it

    def __post_init__(self) -> None:
        self.figure = Figure(figsize=(self.width_inches, self.height_inches), facecolor="white")
        self.width = self.width_inches * PAGE_PIXELS / self.zoom
        self.height = self.height_inches * PAGE_PIXELS / self.zoom
        to_inches = Affine2D().scale(self.zoom / PAGE_PIXELS)
        self._upwards: Transform = to_inches + self.figure.dpi_scale_trans
        self._downwards: Transform = Affine2D().scale(1, -1).translate(0, self.height) + self._upwards
        self._order = count()

    def draw(
        self,
        path: Path,
        *,
        fill: Colour | None = None,
        stroke: Stroke | None = None,
        within: Box | None = None,
        smooth: bool = False,
    ) -> None:
        """Fill and outline one path of page pixels; ``smooth`` leaves it off the grid of the screen."""
        patch = PathPatch(path, facecolor=fill or CLEAR, edgecolor=CLEAR, linewidth=0)
        if stroke and stroke.seen:
            patch.set_edgecolor(stroke.colour)
            patch.set_linewidth(self._points(stroke.width))
            patch.set_linestyle(_dashes(stroke))
        patch.set_capstyle("butt")
        patch.set_joinstyle("round" if stroke and path.codes is not None else "miter")
        patch.set_snap(False if smooth else None)
        self._add(patch, within)

    def draw_many(
        self,
        paths: Sequence[Path],
        *,
        fills: Sequence[Colour],
        strokes: Sequence[Stroke],
        within: Box | None = None,
    ) -> None:
        """The same for many small paths, each over the one before it."""
        if not paths:
            return
        marks = PathCollection(
            list(paths),
            facecolors=list(fills),
            edgecolors=[stroke.colour if stroke.seen else CLEAR for stroke in strokes],
            linewidths=[self._points(stroke.width) for stroke in strokes],
        )
        self._add(marks, within)

    def paint(self, make: Maker, box: Box, *, within: Box | None = None) -> None:
        """Lay an image over a box; ``make`` is asked for it once the size of a pixel is known."""
        self._add(Painting(make, self._on_paper(box)), within)

    def png(self, pixels_per_inch: int) -> bytes:
        """Everything drawn so far; exactly inches × ``pixels_per_inch`` pixels."""
        across = round(self.width_inches * pixels_per_inch)
        down = round(self.height_inches * pixels_per_inch)
        # matplotlib cuts parts of a pixel off, and 12.3 x 200 is a hair under 2460
        self.figure.set_size_inches((across + 0.01) / pixels_per_inch, (down + 0.01) / pixels_per_inch)
        raw = io.BytesIO()
        self.figure.savefig(raw, format="raw", dpi=pixels_per_inch)
        pixels = np.frombuffer(raw.getvalue(), np.uint8).reshape(down, across, 4)
        file = io.BytesIO()
        shown = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
        shown.save(file, "PNG", dpi=(pixels_per_inch, pixels_per_inch), compress_level=6)
        return file.getvalue()

    def svg(self, title: str, summary: str) -> bytes:
        """Everything drawn so far as paths; ``title`` and ``summary`` are for who cannot see it."""
        file = io.BytesIO()
        told = "\n".join([summary, *self.words])
        metadata = {"Date": None, "Creator": None, "Title": title, "Description": told}
        self.figure.savefig(file, format="svg", dpi=SVG_DOTS, metadata=metadata)
        return _steady(file.getvalue().decode()).encode()

    def _points(self, page_pixels: float) -> float:
        return page_pixels * self.zoom * POINTS / PAGE_PIXELS

    def _on_paper(self, box: Box) -> TransformedBbox:
        upright = Bbox.from_extents(box.left, self.height - box.bottom, box.right, self.height - box.top)
        return TransformedBbox(upright, self._upwards)

    def _add(self, artist: Artist, within: Box | None) -> None:
        artist.set_transform(self._downwards)
        if within:
            artist.set_clip_box(self._on_paper(within))
        artist.set_zorder(next(self._order))
        self.figure.add_artist(artist)


def _steady(drawing: str) -> str:
    """The same drawing without a link to its grammar, safe beside others in one page, and always the same.

    Its names are drawn by lot; they become numbers, and then the drawing's own.
    """
    drawing = DEFAULTS.sub("", DOCTYPE.sub("", drawing, count=1), count=1)
    drawing = drawing.replace("<svg ", f'<svg role="img" style="{INHERITED}" ', 1)
    numbered = _renamed(drawing, "")
    return _renamed(numbered, f"c{sha256(numbered.encode()).hexdigest()[:10]}-")


def _renamed(drawing: str, prefix: str) -> str:
    names = {
        name: f"{prefix}{number}" for number, name in enumerate(dict.fromkeys(IDENTITY.findall(drawing)))
    }
    return REFERENCE.sub(lambda found: found[1] + names.get(found[2], found[2]), drawing)


def _dashes(stroke: Stroke) -> DashPattern:
    """Plotly's dashes are at least 3 px a unit; matplotlib counts in widths of the line."""
    if stroke.dash in ("solid", "", None):
        return "solid"
    unit = max(stroke.width, 3.0) / stroke.width
    if stroke.dash in DASHES:
        return 0.0, tuple(part * unit for part in DASHES[stroke.dash])
    lengths = [float(part.strip().removesuffix("px")) for part in stroke.dash.split(",")]
    return 0.0, tuple(length / stroke.width for length in lengths)


def line(*points: tuple[float, float]) -> Path:
    """A path from point to point, each (x, y) in page pixels."""
    return Path(np.array(points, dtype=np.float64))


def rectangle(box: Box) -> Path:
    """The outline of a box."""
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    return Path(np.array([*corners, corners[0]]), closed=True)


def ellipse(box: Box) -> Path:
    """The largest ellipse inside a box."""
    round_path = Path.unit_circle()
    middle = np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2])
    size = np.array([box.width / 2, box.height / 2])
    return Path(np.asarray(round_path.vertices) * size + middle, round_path.codes)
