"""Annotations: words at a place in the chart, with or without an arrow."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.path import Path

from dl_core.documents.stills.chart import Chart
from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.lettering import SHARES, Hold, block, box_of, font_of, write
from dl_core.documents.stills.pen import Box, Stroke, line, rectangle
from dl_core.documents.stills.shapes import share_of
from dl_core.documents.stills.spec import Spec

MARGIN = 2  # page pixels that words keep from the paper's edge
PAD = 1  # page pixels around words where the figure names none
LEAD = 0.1  # of the size: air that a browser keeps above and below a line
ARROW = {"x": -10.0, "y": -30.0}  # page pixels from an arrow's head to its words, as Plotly has it


def draw_notes(chart: Chart) -> None:
    """All annotations, in order."""
    for note in chart.layout.get("annotations") or []:
        if note.get("visible") is not False and (note.get("text") or note.get("showarrow", True)):
            _draw(chart, note)


def _draw(chart: Chart, note: Spec) -> None:
    head = (spot(chart, note, "x"), spot(chart, note, "y"))
    if not np.isfinite(head).all() or not _on_paper(chart, note):
        return
    arrow = note.get("showarrow", True)
    tail = (_tail(chart, note, "x", head[0]), _tail(chart, note, "y", head[1])) if arrow else head
    angle = float(note.get("textangle") or 0)
    words = block(
        note.get("text") or "", font_of(note.get("font"), chart.font), room=chart.pen.width - 2 * MARGIN
    )
    hold = Hold(
        held_side(note, "x", "center"),
        held_side(note, "y", "middle"),
        str(note.get("align") or "center"),
        angle,
        float(note.get("opacity", 1)),
    )
    tail = _held_off(tail, hold, float(note.get("borderpad", PAD)), LEAD * words.size)
    box = box_of(words, *tail, hold)
    moved = _moved(chart, box)
    box = Box(box.left + moved[0], box.top + moved[1], box.right + moved[0], box.bottom + moved[1])
    if arrow and words.said:
        _arrow(chart, note, head, box)
    _background(chart, note, box)
    write(chart.pen, words, tail[0] + moved[0], tail[1] + moved[1], hold)


def _held_off(at: tuple[float, float], hold: Hold, pad: float, lead: float) -> tuple[float, float]:
    """The same place with the air between words and the side by which they are held."""
    dx = {"left": pad, "right": -pad}.get(hold.across, 0.0)
    dy = {"top": pad + lead, "bottom": -pad - lead}.get(hold.down, 0.0)
    return at[0] + dx, at[1] + dy


def spot(chart: Chart, note: Spec, letter: str) -> float:
    """Where on the page a note points, across (x) or down (y), in pixels; ``letter`` says which."""
    ref = str(note.get(f"{letter}ref") or letter)
    axis = chart.axes.get(ref)
    value = note.get(letter, 0)
    at = axis.at(axis.rung_of_note(value)) if axis is not None else share_of(chart, ref, letter, value)
    shift = float(note.get(f"{letter}shift") or 0)
    return float(at) + (shift if letter == "x" else -shift)


def _on_paper(chart: Chart, note: Spec) -> bool:
    """Plotly hides what points at a place outside of its axes."""
    for letter in "xy":
        axis = chart.axes.get(str(note.get(f"{letter}ref") or letter))
        if axis is not None and not axis.holds(axis.rung_of_note(note.get(letter, 0))):
            return False
    return True


def _tail(chart: Chart, note: Spec, letter: str, head: float) -> float:
    given = note.get(f"a{letter}")
    axis = chart.axes.get(str(note.get(f"a{letter}ref")))
    if axis is not None and given is not None:
        return float(axis.at(axis.rung_of_note(given)))
    return head + (ARROW[letter] if given is None else float(given))


def held_side(note: Spec, letter: str, middle: str) -> str:
    """The side of the words that stands at the place."""
    given = str(note.get(f"{letter}anchor") or "auto")
    if given in SHARES:
        return given
    ref = str(note.get(f"{letter}ref") or letter)
    if note.get("showarrow", True) or not (ref == "paper" or ref.endswith("domain")):
        return middle
    sides = ("left", "center", "right") if letter == "x" else ("bottom", "middle", "top")
    share = float(note.get(letter, 0))
    return sides[0] if share < 1 / 3 else sides[2] if share > 2 / 3 else sides[1]


def _moved(chart: Chart, box: Box) -> tuple[float, float]:
    """How far words must move so that the paper's edge does not cut them."""
    right, bottom = chart.pen.width - MARGIN, chart.pen.height - MARGIN
    dx = (
        max(min(0.0, right - box.right), MARGIN - box.left)
        if box.right > right
        else max(0.0, MARGIN - box.left)
    )
    dy = min(0.0, bottom - box.bottom) if box.bottom > bottom else max(0.0, MARGIN - box.top)
    return dx, dy


def _background(chart: Chart, note: Spec, box: Box) -> None:
    pad = float(note.get("borderpad", PAD))
    around = Box(box.left - pad, box.top - pad, box.right + pad, box.bottom + pad)
    fill = colour(note["bgcolor"], float(note.get("opacity", 1))) if note.get("bgcolor") else None
    width = float(note.get("borderwidth", 1)) if note.get("bordercolor") else 0.0
    stroke = Stroke(colour(note.get("bordercolor") or "#5C626B"), width)
    if fill or stroke.seen:
        chart.pen.draw(rectangle(around), fill=fill, stroke=stroke)


def _arrow(chart: Chart, note: Spec, head: tuple[float, float], box: Box) -> None:
    """From the edge of the words to the place, less the air at both ends."""
    tip, tail = np.array(head), np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2])
    length = math.dist(tip, tail)
    if not length or (box.left <= tip[0] <= box.right and box.top <= tip[1] <= box.bottom):
        return
    way = (tip - tail) / length
    reaches = [
        half / abs(step) for half, step in zip((box.width / 2 + 2, box.height / 2), way, strict=True) if step
    ]
    start = tail + way * (min(reaches) + float(note.get("startstandoff") or 0))
    tip = tip - way * float(note.get("standoff") or 0)
    if float((tip - start) @ way) <= 0:
        return
    width = float(note.get("arrowwidth", 1))
    ink = colour(
        note.get("arrowcolor") or font_of(note.get("font"), chart.font).colour, float(note.get("opacity", 1))
    )
    pointed = int(note.get("arrowhead", 1)) > 0
    size = 3.0 * float(note.get("arrowsize", 1)) * max(width, 1.0) if pointed else 0.0
    end = tip - way * size
    chart.pen.draw(line((start[0], start[1]), (end[0], end[1])), stroke=Stroke(ink, width), smooth=True)
    if pointed:
        aside = np.array([-way[1], way[0]]) * size * 0.55
        corners = np.array([tip, end + aside, end - aside, tip])
        chart.pen.draw(Path(corners, closed=True), fill=ink, smooth=True)
