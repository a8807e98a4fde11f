"""One HTML file that opens without a network: the pictures alive, the words, the numbers, and it prints.

Nothing a reader typed can become markup: every text passes `_plain` or `_prose`, and a figure travels as
data that no label can close. Behind that stands a content security policy that names the two scripts of
this file by their hash, so a third one would not run, and that lets nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from numbers import Integral, Real
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from dl_core.documents.content import Chapter, Document, Slide
from dl_core.figures.picture import ACCENT, FAINT, INK, PAPER, QUIET, WORDS, WORDS_ON_DARK, Picture

_HERE = Path(__file__).parent
_SHELL = Template((_HERE / "html_brief.html").read_text(encoding="utf-8"))
_STYLE = (_HERE / "html_brief.css").read_text(encoding="utf-8")
_SCRIPT = (_HERE / "html_brief.js").read_text(encoding="utf-8")
_INKS = {INK: "ink", QUIET: "quiet", FAINT: "faint", PAPER: "paper", ACCENT: "accent"}
_WORDS = {word: [word, WORDS_ON_DARK[mark]] for mark, word in WORDS.items()}  # on paper, on dark ground
_TITLE_ROOM = 40  # px a chart needs less on top once its title stands above it as text
_COLUMNS_IN_LARGE, _COLUMNS_ON_PAPER = 6, 12  # in print: up to here in larger letters, up to here at all
_GROUPED_FROM = 10_000  # a column that reaches this gets its thousands apart; years stay 1998

# what no HTML or UTF-8 file may hold: control characters, and halves of a character
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
# Plotly turns <a href> in a label into a link. It lets http and mailto pass, writes the attribute "popup"
# into an onclick unescaped, and fails to draw at a malformed %-sequence. No label of ours needs a link.
_LABEL_LINK = re.compile(r"<(?=/?a[\s>\\])", re.IGNORECASE)


def html_brief(document: Document, plotly_js: str) -> str:
    """The document as one HTML file, complete in itself.

    Parameters
    ----------
    document
        What to say.
    plotly_js
        The text of Plotly's own script, about 4.8 MB; the file is little larger.

    Examples
    --------
    >>> from datetime import date
    >>> from dl_core.documents.content import Document
    >>> page = html_brief(Document("Choose <one>", (), date(2026, 11, 24)), "window.Plotly = {};")
    >>> "<h1>Choose &lt;one&gt;</h1>" in page
    True
    """
    library, library_hash = _ready_script(plotly_js)
    script, script_hash = _ready_script(_SCRIPT)
    made_on = document.made_on
    chapters = (_chapter(chapter, number, document) for number, chapter in enumerate(document.chapters, 1))
    # the library stands last in the file: the words are there while its megabytes are still being read
    return _SHELL.substitute(
        title=_plain(document.title),
        iso_day=made_on.isoformat(),
        day=f"{made_on.day} {made_on:%B %Y}",
        style=_STYLE,
        contents=_contents(document),
        main=_brief(document) + "".join(chapters),
        inks=_data(json.dumps({**_INKS, **_WORDS}), "inks"),
        library=library,
        library_hash=library_hash,
        script=script,
        script_hash=script_hash,
    )


def _contents(document: Document) -> str:
    if len(document.chapters) < 2:
        return ""
    lines = "".join(
        f'<li><a href="#chapter-{number}">{_plain(chapter.headline)}</a></li>'
        for number, chapter in enumerate(document.chapters, 1)
    )
    return f'<nav aria-label="Contents"><p class="label">In this file</p><ol>{lines}</ol></nav>\n'


def _brief(document: Document) -> str:
    if not document.brief:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{_plain(name)}</th><td class="typed" dir="auto">{_plain(text)}</td></tr>'
        for name, text in document.brief
    )
    return (
        '<section class="brief" aria-labelledby="brief"><h2 id="brief">Brief for product and engineering</h2>'
        f"<table><tbody>{rows}</tbody></table></section>\n"
    )


def _chapter(chapter: Chapter, number: int, document: Document) -> str:
    # a file about one lesson carries its headline as the title; seen once is enough, heard as a heading too
    twice = ' class="unseen"' if chapter.headline == document.title else ""
    slides = (_slide(slide, f"slide-{number}-{place}") for place, slide in enumerate(chapter.slides, 1))
    return (
        f'<section class="chapter" aria-labelledby="chapter-{number}">'
        f'<h2 id="chapter-{number}"{twice}>{_plain(chapter.headline)}</h2>\n'
        f'<p class="decision"><span class="label">To decide:</span> {_prose(chapter.decision)}</p>\n'
        f"{''.join(slides)}{_conclusions(chapter)}{_link(chapter)}</section>\n"
    )


def _slide(slide: Slide, name: str) -> str:
    note = f'<aside class="typed" dir="auto" aria-label="Our note">{_plain(slide.note)}</aside>'
    settings = " · ".join(f"{_plain(label)}: <b>{_plain(value)}</b>" for label, value in slide.settings)
    return (
        f'<article aria-labelledby="{name}"><h3 id="{name}">{_plain(slide.headline)}</h3>\n'
        f"{_figure(slide.picture, name)}"
        f'<div class="told"><div><p class="sentence">{_prose(slide.sentence)}</p>'
        f"{note if slide.note.strip() else ''}</div>"
        f'<div class="small">{_labelled("At these settings", settings)}'
        f"{_labelled('Source', _prose(slide.source))}</div></div>\n"
        f"{_words(slide.picture)}{_speaker_notes(slide)}</article>\n"
    )


def _labelled(label: str, content: str) -> str:
    return f'<p><span class="label">{label}</span> {content}</p>' if content.strip() else ""


def _figure(picture: Picture, name: str) -> str:
    title, spec = _untitled(json.loads(picture.json))
    height = float(spec["layout"].get("height") or 420)
    narrow = float((spec["layout"].get("meta") or {}).get("narrow_height") or height)
    summary = _BOLD.sub(r"\1", _plain(picture.summary))
    figure = _data(_LABEL_LINK.sub("&lt;", json.dumps(spec)))
    return (
        f'<figure class="chart" data-name="{name}"><figcaption>{_plain(title)}</figcaption>'
        f'<div class="plot" role="img" aria-label="{summary}" '
        f'style="--wide: {height:g}; --narrow: {narrow:g}">'
        f'<noscript>{summary}</noscript><div class="live"></div></div>{figure}</figure>\n'
    )


def _untitled(spec: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The chart's title, which becomes text, and the figure without it."""
    layout = spec.setdefault("layout", {})
    title = layout.pop("title", None) or ""
    if isinstance(title, dict):
        title = title.get("text") or ""
    margin = layout.get("margin") or {}
    layout["margin"] = {**margin, "t": max(8, margin.get("t", 48) - _TITLE_ROOM)}
    return str(title), spec


def _words(picture: Picture) -> str:
    return (
        '<details class="words"><summary>This picture in words and numbers</summary>'
        f"<p>{_prose(picture.summary)}</p>{_table(picture.table)}</details>\n"
    )


def _speaker_notes(slide: Slide) -> str:
    if not slide.notes.strip():
        return ""
    return f'<details class="notes"><summary>Speaker notes</summary><p>{_prose(slide.notes)}</p></details>\n'


def _table(table: pd.DataFrame) -> str:
    """The numbers as a table; the first column names the rows unless it is a number itself."""
    columns = [table.iloc[:, place] for place in range(table.shape[1])]
    sides = [' class="number"' if _is_numeric(column) else "" for column in columns]
    heads = [
        f'<th scope="col"{side}>{_plain(str(column.name))}</th>'
        for column, side in zip(columns, sides, strict=True)
    ]
    rows = []
    for row in zip(*(_written(column) for column in columns), strict=True):
        cells = [f"<td{side}>{_plain(cell)}</td>" for cell, side in zip(row, sides, strict=True)]
        if not sides[0]:
            cells[0] = f'<th scope="row">{_plain(row[0])}</th>'
        rows.append("".join(cells))
    return _grid(heads, rows)


def _grid(heads: Sequence[str], rows: Sequence[str]) -> str:
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    size, left_out = "many" if len(heads) > _COLUMNS_IN_LARGE else "few", ""
    if len(heads) > _COLUMNS_ON_PAPER:  # printed, it would shrink every page of the file to its own width
        size = "wide"
        left_out = (
            f'<p class="on-paper">Too wide for paper: {len(heads)} columns, to be read in the file.</p>'
        )
    # a wide table scrolls by itself, also with the keyboard, and the page never moves sideways
    return (
        f'<div class="scroll {size}" tabindex="0" role="group" aria-label="Table"><table>'
        f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{body}</tbody></table></div>{left_out}"
    )


def _is_numeric(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _written(column: pd.Series[Any]) -> list[str]:
    grouped = _is_numeric(column) and bool((column.abs() >= _GROUPED_FROM).any())
    return [_cell(value, "," if grouped else "") for value in column.tolist()]


def _cell(value: Any, group: str) -> str:
    if value is None or value is pd.NA or value != value:  # only "not a number" differs from itself
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Integral):
        return f"{int(value):{group}d}"
    if not isinstance(value, Real):
        return str(value)
    # twelve figures show whatever was measured, and hide that 0.1 + 0.2 is 0.30000000000000004
    written = f"{float(value):{group}.12g}"
    return f"{float(value):.4g}" if "e" in written else written


def _conclusions(chapter: Chapter) -> str:
    """What follows from the pictures, in the order of the lesson's page."""
    so_what = [f"<p>{_prose(chapter.so_what)}</p>"] if chapter.so_what else []
    advice = [
        f'<div class="advice"><h4>{_prose(ask.question)}</h4>'
        f'<p class="good"><span class="label">✓ A good answer</span> {_prose(ask.good)}</p>'
        f'<p class="worrying"><span class="label">✕ Should worry you</span> {_prose(ask.worrying)}</p></div>'
        for ask in chapter.ask_engineers
    ]
    asked = [
        f"<div><dt>{_prose(hard.question)}</dt><dd>{_prose(hard.answer)}</dd></div>"
        for hard in chapter.what_if_asked
    ]
    limits = [f"<li>{_prose(line)}</li>" for line in chapter.limits]
    sources = [f"<li><b>{_plain(name)}</b>: {_prose(taken)}</li>" for name, taken in chapter.sources]
    return (
        _section("So what for your product", "", so_what, kind=' class="so-what"')
        + _section("What you trade", "", _trade_offs(chapter.trade_offs))
        + _section("Ask your engineers", "", advice)
        + _section("What if they ask…", "dl", asked)
        + _section("Where this picture lies", "ul", limits)
        + _section("Sources", "ul", sources, kind=' class="sources"')
    )


def _trade_offs(table: tuple[tuple[str, ...], ...]) -> list[str]:
    if not table:
        return []
    names, *rows = table
    # an empty corner is no heading
    heads = [f'<th scope="col">{_prose(name)}</th>' if name else "<td></td>" for name in names]
    body = [
        f'<th scope="row">{_prose(first)}</th>' + "".join(f"<td>{_prose(cell)}</td>" for cell in rest)
        for first, *rest in rows
    ]
    return [_grid(heads, body)]


def _section(heading: str, tag: str, lines: Sequence[str], kind: str = "") -> str:
    if not lines:
        return ""
    content = "".join(lines)
    content = f"<{tag}>{content}</{tag}>" if tag else content
    return f"<section{kind}><h3>{heading}</h3>{content}</section>\n"


def _link(chapter: Chapter) -> str:
    address = _plain(chapter.link)
    if _is_web_address(chapter.link):  # anything else is shown, and never followed
        address = f'<a href="{address}" rel="noopener noreferrer">{address}</a>'
    return f'<p class="link">The same picture: {address}</p>\n' if address else ""


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and text.isprintable() and " " not in text


def _plain(text: str) -> str:
    """The text as it stands, in an element or in a quoted attribute."""
    return html.escape(_UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


def _prose(text: str) -> str:
    """The same with **bold**, the one mark our sentences use; escaped first, so it is the only one."""
    return _BOLD.sub(r"<strong>\1</strong>", _plain(text))


def _data(text: str, name: str = "") -> str:
    """JSON text as data inside the page. ``text`` is ASCII, so no line separator of Unicode hides in it."""
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json"{f" id={name}" if name else ""}>{text}</script>'


@lru_cache(maxsize=2)  # the library and our own; both stay the same while a server runs
def _ready_script(text: str) -> tuple[str, str]:
    """A script that cannot end its element early, and its name in the security policy."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as a browser reads it, or the hash would differ
    text = re.sub(r"<(?=/script|!--)", r"\\x3C", text, flags=re.IGNORECASE)
    digest = hashlib.sha256(text.encode()).digest()
    return text, f"sha256-{base64.b64encode(digest).decode()}"
