"""Plotly's small HTML: bold, italic, colour, raised and lowered text, and where a line ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html.parser import HTMLParser

STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
SMALL = 0.7  # raised and lowered text, as Plotly has it
RAISED, LOWERED = 0.6, -0.3  # parts of the size that small text would have if it were large


@dataclass(frozen=True)
class Font:
    """How words look."""

    size: float = 14.0  # page pixels
    colour: str = "#1B1E23"
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Run:
    """Words that look the same."""

    text: str
    font: Font
    rise: float = 0.0  # page pixels above the line


WidthOf = Callable[[Run], float]


class _Reader(HTMLParser):
    def __init__(self, font: Font) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Run]] = [[]]
        self.stack: list[tuple[str, Run]] = [("", Run("", font))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.lines.append([])
            return
        self.stack.append((tag, _styled(self.stack[-1][1], tag, dict(attrs).get("style") or "")))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.stack[1:]):
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for number, part in enumerate(data.split("\n")):
            if number:
                self.lines.append([])
            if part:
                self.lines[-1].append(replace(self.stack[-1][1], text=part))


def _styled(run: Run, tag: str, style: str) -> Run:
    font, rise = run.font, run.rise
    if tag in ("b", "strong"):
        font = replace(font, bold=True)
    elif tag in ("i", "em"):
        font = replace(font, italic=True)
    elif tag in ("sup", "sub"):
        rise += font.size * SMALL * (RAISED if tag == "sup" else LOWERED)
        font = replace(font, size=font.size * SMALL)
    for name, value in STYLE.findall(style):
        value = value.strip()
        if name == "color":
            font = replace(font, colour=value)
        elif name == "font-size" and value.endswith("px"):
            font = replace(font, size=float(value[:-2]))
        elif name == "font-weight":
            font = replace(font, bold=value in ("bold", "bolder", "600", "700", "800", "900"))
        elif name == "font-style":
            font = replace(font, italic=value in ("italic", "oblique"))
    return replace(run, font=font, rise=rise)


def runs(text: str, font: Font) -> list[list[Run]]:
    """The lines of a text, each as runs of words that look the same.

    Parameters
    ----------
    text
        May hold ``<b>``, ``<i>``, ``<br>``, ``<span style='color:#…'>``, ``<sup>``, ``<sub>``.
    font
        How words look outside all of these.

    Examples
    --------
    >>> [[run.text for run in line] for line in runs("<b>k</b> = 3<br>wins", Font())]
    [['k', ' = 3'], ['wins']]
    """
    reader = _Reader(font)
    reader.feed(str(text))
    reader.close()
    return reader.lines


def plain(text: str) -> str:
    """The words alone.

    Examples
    --------
    >>> plain("<b>k</b> = 3<br>wins")
    'k = 3 wins'
    """
    return " ".join("".join(run.text for run in line) for line in runs(text, Font()))


def wrapped(line: list[Run], room: float, width_of: WidthOf) -> list[list[Run]]:
    """One line as several that fit, broken at spaces.

    Parameters
    ----------
    line
        Runs of words.
    room
        Page pixels across.
    width_of
        Page pixels of a run.
    """
    pieces = [replace(run, text=word) for run in line for word in re.findall(r"\S+[ \t]*|[ \t]+", run.text)]
    lines: list[list[Run]] = [[]]
    used = 0.0
    for piece in pieces:
        if lines[-1] and used + width_of(replace(piece, text=piece.text.rstrip())) > room:
            lines.append([])
            used = 0.0
        lines[-1].append(piece)
        used += width_of(piece)
    return lines
