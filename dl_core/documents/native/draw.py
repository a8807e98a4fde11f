"""Words and lines of an overlay as shapes on a slide, in one group that moves as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from dl_core.documents.native.labels import Words
from dl_core.documents.native.overlay import Stroke
from dl_core.documents.native.style import DASHES, on_white
from dl_core.documents.slides.letters import clean
from dl_core.documents.stills.words import SMALL, Run

POINT = 12_700  # PowerPoint's smallest unit, per point
ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
ANCHOR = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}
RAISED = 30_000  # thousandths of a percent, as PowerPoint counts
LEAST = 1.0  # points that a text box is wide and high


@dataclass(frozen=True)
class Corner:
    """Where the chart's own top left corner is on the slide, and how large its page pixels are there."""

    left: float  # points
    top: float  # points
    zoom: float = 1.0  # points of a page pixel

    def at(self, x: float, y: float) -> tuple[Emu, Emu]:
        """A place on the slide, from page pixels ``x`` and ``y`` in the chart."""
        return _emu(self.left + x * self.zoom), _emu(self.top + y * self.zoom)


def draw(slide: Slide, corner: Corner, name: str, strokes: list[Stroke], words: list[Words]) -> None:
    """Add a group of lines and words; nothing where there are none."""
    if not strokes and not words:
        return
    group = slide.shapes.add_group_shape()
    group.name = name
    for stroke in strokes:
        if stroke.closed:
            _area(group, corner, stroke)
        else:
            _line(group, corner, stroke)
    for one in words:
        _write(group, corner, one)


def _emu(points: float) -> Emu:
    return Emu(round(points * POINT))


def _rgb(name: str) -> Any:
    # python-pptx says no types here
    return RGBColor(*bytes.fromhex(on_white(name)))  # type: ignore[no-untyped-call]


def _line(group: Any, corner: Corner, stroke: Stroke) -> None:
    if len(stroke.stretches) == 1 and len(stroke.stretches[0]) == 2:
        first, last = stroke.stretches[0]
        shape = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *corner.at(*first), *corner.at(*last))
    else:
        shape = _freeform(group, corner, stroke)
        shape.fill.background()
    _rim(shape, stroke, corner.zoom)
    if stroke.pointed:
        head = shape.line._get_or_add_ln().makeelement(qn("a:tailEnd"), {"type": "triangle"})
        shape.line._get_or_add_ln().append(head)


def _freeform(group: Any, corner: Corner, stroke: Stroke) -> Any:
    stretches = [[corner.at(*point) for point in stretch] for stretch in stroke.stretches]
    builder = group.shapes.build_freeform(*stretches[0][0])
    for number, places in enumerate(stretches):
        if number:
            builder.move_to(*places[0])
        builder.add_line_segments(places[1:], close=stroke.closed)
    return builder.convert_to_shape()


def _area(group: Any, corner: Corner, stroke: Stroke) -> None:
    shape = _freeform(group, corner, stroke)
    if stroke.filled:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(stroke.filled)
    else:
        shape.fill.background()
    _rim(shape, stroke, corner.zoom)


def _rim(shape: Any, stroke: Stroke, zoom: float) -> None:
    if stroke.width <= 0:
        shape.line.fill.background()
        return
    shape.line.width = Emu(round(stroke.width * zoom * POINT))
    shape.line.color.rgb = _rgb(stroke.ink)
    if stroke.dash != "solid":
        shape.line.dash_style = MSO_LINE_DASH_STYLE.from_xml(DASHES[stroke.dash])


def _write(group: Any, corner: Corner, words: Words) -> None:
    """A text box without margins, held where the words are: another font then grows the right way."""
    box, wide, high = words.box, words.block.width, words.block.height
    # PowerPoint turns a box around its middle
    left, top = (box.left + box.right - wide) / 2, (box.top + box.bottom - high) / 2
    size = (max(LEAST, wide * corner.zoom), max(LEAST, high * corner.zoom))
    shape = group.shapes.add_textbox(*corner.at(left, top), *map(_emu, size))
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = False
    frame.vertical_anchor = ANCHOR[words.hold.down]
    for place, line in enumerate(words.block.lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = ALIGN[words.hold.across]
        for run in line:
            _run(paragraph, run, corner.zoom)
    if words.hold.degrees:
        shape.rotation = words.hold.degrees
    if words.paper:
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(words.paper)


def _run(paragraph: Any, run: Run, zoom: float) -> None:
    made = paragraph.add_run()
    made.text = clean(run.text)
    font = made.font
    font.size = Pt(round(run.font.size * zoom / (SMALL if run.rise else 1), 1))
    font.bold, font.italic = run.font.bold or None, run.font.italic or None
    font.color.rgb = _rgb(run.font.colour)
    if run.rise:
        font._element.set("baseline", str(RAISED if run.rise > 0 else -RAISED))
