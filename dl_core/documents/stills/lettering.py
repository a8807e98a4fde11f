"""Blocks of words on the paper: measured, aligned, turned, written."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.path import Path

from dl_core.documents.stills.colours import colour
from dl_core.documents.stills.glyphs import path_of, width_of
from dl_core.documents.stills.pen import Box, Pen
from dl_core.documents.stills.spec import Spec
from dl_core.documents.stills.words import Font, Run, plain, runs, wrapped

LEADING = 1.3  # from line to line, in sizes, as Plotly has it
ABOVE, BELOW = 0.94, 0.28  # what a line takes above and below its letters' feet, in sizes
BOLD = ("bold", "bolder", "black", "heavy")


@dataclass(frozen=True)
class Block:
    """Lines of words that stand together."""

    lines: tuple[tuple[Run, ...], ...]
    size: float  # page pixels of its font
    said: str

    @property
    def width(self) -> float:
        """Page pixels of the longest line."""
        return max((sum(width_of(run) for run in line) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """Page pixels from the top of the first line to the bottom of the last."""
        return self.size * ((len(self.lines) - 1) * LEADING + ABOVE + BELOW) if self.said else 0.0

    def turned(self, degrees: float) -> tuple[float, float]:
        """Width and height in page pixels of the box around it when turned by ``degrees``."""
        cos, sin = abs(math.cos(math.radians(degrees))), abs(math.sin(math.radians(degrees)))
        return self.width * cos + self.height * sin, self.width * sin + self.height * cos


@dataclass(frozen=True)
class Hold:
    """Where a block is held, and how it lies there."""

    across: str = "left"  # or center, right: the side that stands at x
    down: str = "top"  # or middle, bottom: the side that stands at y
    align: str = "center"  # of short lines in the block
    degrees: float = 0.0  # clockwise
    opacity: float = 1.0  # 0 to 1


SHARES = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}


def font_of(spec: Spec | None, base: Font) -> Font:
    """The font a figure asks for, filled up from the one around it."""
    spec = spec or {}
    weight = spec.get("weight")
    heavy = weight in BOLD or (isinstance(weight, (int, float)) and weight >= 600)
    return replace(
        base,
        size=float(_one(spec.get("size")) or base.size),
        colour=_one(spec.get("color")) or base.colour,
        bold=base.bold or heavy,
        italic=base.italic or spec.get("style") == "italic",
    )


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def block(text: str, font: Font, *, room: float | None = None) -> Block:
    """Words ready to be written, broken into lines that fit ``room`` page pixels.

    Examples
    --------
    >>> len(block("one<br>two", Font(14)).lines)
    2
    """
    lines = runs(text, font)
    if room is not None:
        lines = [short for line in lines for short in wrapped(line, room, width_of)]
    return Block(tuple(tuple(line) for line in lines), font.size, plain(text).strip())


def box_of(words: Block, x: float, y: float, hold: Hold) -> Box:
    """What a block covers when it is held at ``x``, ``y``, both page pixels."""
    width, height = words.turned(hold.degrees)
    left, top = x - SHARES[hold.across] * width, y - SHARES[hold.down] * height
    return Box(left, top, left + width, top + height)


def write(pen: Pen, words: Block, x: float, y: float, hold: Hold, *, within: Box | None = None) -> None:
    """Write a block, held at ``x``, ``y``, both page pixels."""
    if not words.said:
        return
    around = box_of(words, x, y, hold)
    middle = np.array([(around.left + around.right) / 2, (around.top + around.bottom) / 2])
    angle = math.radians(hold.degrees)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    by_colour: dict[str, list[Path]] = {}
    for ink, path in _outlines(words, hold.align):
        moved = np.asarray(path.vertices) @ turn + middle
        by_colour.setdefault(ink, []).append(Path(moved, path.codes))
    for ink, paths in by_colour.items():
        pen.draw(Path.make_compound_path(*paths), fill=colour(ink, hold.opacity), within=within, smooth=True)
    pen.words.append(words.said)


def _outlines(words: Block, align: str) -> list[tuple[str, Path]]:
    """Ink and outline of each run, around the middle of the block."""
    found = []
    for number, line in enumerate(words.lines):
        y = words.size * (ABOVE + number * LEADING) - words.height / 2
        x = SHARES[align] * (words.width - sum(width_of(run) for run in line)) - words.width / 2
        for run in line:
            path = path_of(run, x, y)
            if path is not None:
                found.append((run.font.colour, path))
            x += width_of(run)
    return found
