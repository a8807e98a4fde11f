"""The letters: outlines and widths from the font that comes with matplotlib."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path as File

import matplotlib
import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, Kerning, LoadFlags
from matplotlib.path import Path
from numpy.typing import NDArray

from dl_core.documents.stills.words import Run

FONTS = File(matplotlib.get_data_path()) / "fonts" / "ttf"
FACES = {
    (False, False): "DejaVuSans.ttf",
    (True, False): "DejaVuSans-Bold.ttf",
    (False, True): "DejaVuSans-Oblique.ttf",
    (True, True): "DejaVuSans-BoldOblique.ttf",
}
EM = 100  # pixels that an outline is read at, without hints, so that it scales
# DejaVu is drawn larger and wider than the page's own font. Drawn a little smaller and narrower, as its
# own condensed cut is, words take the room that the chart left for them.
SMALLER = 0.93
NARROWER = {False: 0.92, True: 0.87}
UNKNOWN = "\u25a1"  # an empty square stands for a letter that the font does not have

Outline = tuple[NDArray[np.float64], NDArray[np.uint8]]


def _font(bold: bool, italic: bool) -> FT2Font:
    font = get_font(str(FONTS / FACES[bold, italic]))  # matplotlib keeps one for each thread
    font.set_size(EM, 72)
    return font


@lru_cache(maxsize=4096)
def _glyph(letter: str, bold: bool, italic: bool) -> tuple[Outline, float]:
    """Outline and width of one letter, in parts of its size; y grows upwards."""
    font = _font(bold, italic)
    if not font.get_char_index(ord(letter)):
        letter = " " if letter.isspace() else UNKNOWN
    glyph = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    vertices, codes = font.get_path()
    return (np.asarray(vertices) / EM, np.asarray(codes)), glyph.linearHoriAdvance / 65536 / EM


@lru_cache(maxsize=8192)
def _closer(left: str, right: str, bold: bool, italic: bool) -> float:
    font = _font(bold, italic)
    pair = font.get_char_index(ord(left)), font.get_char_index(ord(right))
    return font.get_kerning(*pair, Kerning.UNFITTED) / 64 / EM if all(pair) else 0.0


def _visible(text: str) -> str:
    # marks that only steer the direction or the shape of text have no outline
    return "".join(letter for letter in text if letter not in "\u200b\u200c\u200d\u2060\ufe0e\ufe0f")


@lru_cache(maxsize=2048)
def outline(text: str, bold: bool, italic: bool) -> tuple[Outline, float]:
    """Outline ``(n, 2)`` and width of words, in parts of their size; y grows upwards.

    Parameters
    ----------
    text
        One line.
    bold, italic
        The face.
    """
    parts: list[Outline] = []
    at, before = 0.0, ""
    narrower = NARROWER[bold]
    for letter in _visible(text):
        (vertices, codes), width = _glyph(letter, bold, italic)
        at += _closer(before, letter, bold, italic) if before else 0.0
        if len(vertices):
            parts.append((vertices + np.array([at, 0.0]), codes))
        at, before = at + width, letter
    stretch = np.array([narrower, 1.0]) * SMALLER
    vertices = np.concatenate([part for part, _ in parts]) * stretch if parts else np.zeros((0, 2))
    codes = np.concatenate([kinds for _, kinds in parts]) if parts else np.zeros(0, np.uint8)
    return (vertices, codes), at * narrower * SMALLER


def width_of(run: Run) -> float:
    """Page pixels that a run takes across.

    Examples
    --------
    >>> from dl_core.documents.stills.words import Font
    >>> width_of(Run("mm", Font(20))) == 2 * width_of(Run("m", Font(20)))
    True
    """
    return outline(run.text, run.font.bold, run.font.italic)[1] * run.font.size


def path_of(run: Run, x: float, y: float) -> Path | None:
    """The run's outline with its line beginning at ``x``, ``y``, both page pixels, y downwards."""
    (vertices, codes), _ = outline(run.text, run.font.bold, run.font.italic)
    if not len(vertices):
        return None
    return Path(vertices * [run.font.size, -run.font.size] + [x, y - run.rise], codes)
