"""The decision card: one page of Markdown, to be pasted into a mail, a ticket or a wiki.

Our own sentences keep their **bold**. What a reader typed is shown as it was typed: no character of it
can open a heading, a table, a link or a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dl_core.documents.content import Chapter, Document, Slide

# what opens a block at the start of a line (heading, table, quote, fence, rule, list), and what a heading
# loses at its end
_BLOCK = re.compile(r"^(\d*)(?=[#|>=]|~~~|```|---|(?:[-+*]|(?<=\d)[.)])(?:\s|$))|(?<=\s)(?=#+$)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")  # also what stands for another sign, such as &lt;
_MARK = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)")


def decision_card(chapter: Chapter, made_on: date) -> str:
    """One lesson's card as Markdown.

    Parameters
    ----------
    chapter
        What was looked at.
    made_on
        The day the card was taken away.

    Examples
    --------
    >>> empty = Chapter("x", "Steps can be too long", "how long a step is.", ())
    >>> print(decision_card(empty, date(2026, 11, 24)))
    # Steps can be too long
    <BLANKLINE>
    **To decide:** how long a step is.
    <BLANKLINE>
    24 November 2026
    <BLANKLINE>
    """
    return _page([*_chapter(chapter, "#"), _day(made_on)])


def brief_card(document: Document) -> str:
    """Several lessons and the PM–engineer brief as one page of Markdown.

    Parameters
    ----------
    document
        The brief's fields, if any, and the chapters.

    Examples
    --------
    >>> document = Document("Sorting returns", (), date(2026, 11, 24), (("Goal", "Refund on the same day"),))
    >>> print(brief_card(document))
    # Sorting returns
    <BLANKLINE>
    24 November 2026
    <BLANKLINE>
    ## Brief for product and engineering
    <BLANKLINE>
    - **Goal:** Refund on the same day
    <BLANKLINE>
    """
    blocks = [f"# {_typed(document.title)}", _day(document.made_on)]
    if document.brief:
        blocks += ["## Brief for product and engineering", _list(_named(*field) for field in document.brief)]
    for chapter in document.chapters:
        blocks += _chapter(chapter, "##")
    return _page(blocks)


def _chapter(chapter: Chapter, level: str) -> list[str]:
    """The blocks of one lesson; ``level`` is the mark of its heading, its parts stand one below."""
    asks = (f"{_line(ask.question)} A good answer: {_line(ask.good)}" for ask in chapter.ask_engineers)
    hard = (f"**{_line(asked.question)}** {_line(asked.answer)}" for asked in chapter.what_if_asked)
    sources = [slide.source for slide in chapter.slides if slide.source.strip()]
    sources += [f"{name}: {taken}" for name, taken in chapter.sources]
    parts = (
        ("What we saw", [block for slide in chapter.slides for block in _seen(slide)]),
        ("At these settings", [_list(_settings(chapter.slides))]),
        ("So what", [_line(chapter.so_what)]),
        ("Ask your engineers", [_list(asks)]),
        ("If they ask", [_list(hard)]),
        ("Keep in mind", [_list(_line(limit) for limit in chapter.limits)]),
        ("Sources", [_list(_line(source) for source in dict.fromkeys(sources))]),
    )
    blocks = [f"{level} {_line(chapter.headline)}", f"**To decide:** {_line(chapter.decision)}"]
    for heading, content in parts:
        if any(content):
            blocks += [f"{level}# {heading}", *content]
    return [*blocks, f"The same picture: {_address(chapter.link)}" if chapter.link.strip() else ""]


def _seen(slide: Slide) -> list[str]:
    note = f"> Our note: {_typed(slide.note)}" if slide.note.strip() else ""
    headline = _line(slide.headline)
    stop = "" if headline.endswith((".", "?", "!", "…")) else "."
    return [f"**{headline}{stop}** {_line(slide.sentence)}", note]


def _settings(slides: tuple[Slide, ...]) -> Iterable[str]:
    """Every control that was set; where several pictures have some, the picture is named first."""
    with_some = [slide for slide in slides if slide.settings]
    for slide in with_some:
        chosen = "; ".join(f"{_typed(name)}: {_typed(value)}" for name, value in slide.settings)
        yield f"{_line(slide.headline)} – {chosen}" if len(with_some) > 1 else chosen


def _named(name: str, text: str) -> str:
    return f"**{_typed(name)}:** {_typed(text)}"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _page(blocks: list[str]) -> str:
    return "\n\n".join(block for block in blocks if block) + "\n"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _line(text: str) -> str:
    """Our own text on one line: its **bold** stays, and it opens neither a block nor a tag."""
    return _BLOCK.sub(r"\1\\", _TAG.sub(r"\\\g<0>", " ".join(text.split())))


def _typed(text: str) -> str:
    """A reader's text on one line, every mark of Markdown shown instead of obeyed."""
    return _BLOCK.sub(r"\1\\", _MARK.sub(r"\\\g<0>", " ".join(text.split())))


def _address(text: str) -> str:
    """A web address as a link; anything else as the text that it is."""
    address = "".join(text.split())
    return f"<{address}>" if re.fullmatch(r"https?://[^<>\\]+", address) else _typed(address)
