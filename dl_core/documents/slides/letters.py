"""Words on slides: cleaned, measured by eye, made to fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

# what XML cannot hold: control characters, halves of a character, and two that are none
ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LONGEST = 40  # letters of a word that is not broken
LEADING = 1.22  # from line to line, in sizes
# about how wide letters are in a usual sans serif, in sizes; a little more than they are
NARROW, SLIM, USUAL, BROAD, WIDEST = 0.26, 0.36, 0.55, 0.68, 0.9
WIDTHS = {
    **dict.fromkeys("ijl.,:;'!|’‘`·", NARROW),
    **dict.fromkeys('ftrI()[]{}/\\-“”"* ', SLIM),
    **dict.fromkeys("mwMW@%—…", WIDEST),
}
BOLDER = 1.07  # how much wider bold letters are
SERIF = 1.06  # how much wider the headline's letters are


def clean(text: object) -> str:
    """Text that a file of Office can hold.

    Examples
    --------
    >>> clean("a\\x00b\\x0bc")
    'abc'
    """
    return ILLEGAL.sub("", str(text))


def one_line(text: object) -> str:
    """Clean text without line ends.

    Examples
    --------
    >>> one_line(" a\\n b ")
    'a b'
    """
    return " ".join(clean(text).split())


@dataclass(frozen=True)
class Span:
    """Words that look the same."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = "TEXT_1"  # a name of the theme
    link: str = ""


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    spans: tuple[Span, ...]
    size: float  # points
    after: float = 0.0  # points of air below
    serif: bool = False

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(span.text for span in self.spans)


def said(text: str, size: float, **how: object) -> Words:
    """A paragraph of plain words.

    Parameters
    ----------
    text
        Is cleaned.
    size
        Points.
    how
        Fields of `Words` and `Span`.
    """
    of_span = {name: how.pop(name) for name in ("bold", "italic", "colour", "link") if name in how}
    return Words((Span(one_line(text), **of_span),), size, **how)  # type: ignore[arg-type]


def sentence(text: str, size: float, **how: object) -> Words:
    """A paragraph in which ``**these words**`` are bold.

    Parameters
    ----------
    text
        As the page shows it.
    size
        Points.
    how
        Fields of `Words`.

    Examples
    --------
    >>> [(span.text, span.bold) for span in sentence("It is **9 of 10**.", 16).spans]
    [('It is ', False), ('9 of 10', True), ('.', False)]
    """
    parts = BOLD.split(one_line(text))
    spans = tuple(Span(part, bold=place % 2 == 1) for place, part in enumerate(parts) if part)
    return Words(spans or (Span(""),), size, **how)  # type: ignore[arg-type]


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    if letter in WIDTHS:
        return WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return BROAD if letter.isupper() or ord(letter) > 0x2190 else USUAL


def width(text: str, size: float, *, bold: bool = False, serif: bool = False) -> float:
    """About how wide words are, in points; rather too much than too little.

    Parameters
    ----------
    text
        One line.
    size
        Points.
    bold, serif
        Both make words wider.

    Examples
    --------
    >>> width("mm", 10) > width("ii", 10)
    True
    """
    found = size * sum(map(_letter, text))
    return found * (BOLDER if bold else 1) * (SERIF if serif else 1)


def _pieces(words: Words) -> Iterator[tuple[str, float]]:
    for span in words.spans:
        for piece in re.findall(r"\S+\s*|\s+", span.text):
            yield piece, width(piece, words.size, bold=span.bold, serif=words.serif)


def lines(words: Words, room: float) -> int:
    """How many lines a paragraph takes.

    Parameters
    ----------
    words
        The paragraph.
    room
        Points across.

    Examples
    --------
    >>> lines(said("one two three four", 10), 40)
    3
    """
    count, used = 1, 0.0
    for piece, wide in _pieces(words):
        seen = wide - width(" ", words.size) * (len(piece) - len(piece.rstrip()))
        if used and used + seen > room:
            count, used = count + 1, 0.0
        if seen > room:  # a word longer than a line is broken
            count += int(seen // room)
            wide = seen % room
        used += wide
    return count


def height(paragraphs: list[Words], room: float) -> float:
    """Points that paragraphs take, one below the other, in ``room`` points across."""
    return sum(lines(words, room) * words.size * LEADING + words.after for words in paragraphs)


def shortened(text: str, size: float, room: float) -> str:
    """As much of one line as fits, with an ellipsis where something was cut.

    Parameters
    ----------
    text
        Any length.
    size
        Points.
    room
        Points across.

    Examples
    --------
    >>> shortened("one two three", 10, 55)
    'one two…'
    """
    text = one_line(text)
    if width(text, size) <= room:
        return text
    most, used = 0, width("…", size)
    for letter in text:
        used += size * _letter(letter)
        if used > room:
            break
        most += 1
    cut = text[:most]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip() + "…"


def split(words: Words, room: float, most: int) -> tuple[Words, Words | None]:
    """A paragraph of at most ``most`` lines in ``room`` points across, and what is left of it."""
    if lines(words, room) <= most:
        return words, None
    pieces = [
        replace(span, text=piece) for span in words.spans for piece in re.findall(r"\S+\s*|\s+", span.text)
    ]
    pieces = [
        replace(one, text=one.text[at : at + 40]) for one in pieces for at in range(0, len(one.text), 40)
    ]
    low, high = 1, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines(replace(words, spans=tuple(pieces[:middle])), room) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return replace(words, spans=_joined(pieces[:low])), replace(words, spans=_joined(pieces[low:]))


def _joined(pieces: list[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for piece in pieces:
        if found and replace(found[-1], text="") == replace(piece, text=""):
            found[-1] = replace(piece, text=found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)
