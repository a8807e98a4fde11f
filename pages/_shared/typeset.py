"""Sentences on their way to the page, which shows them as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pages._shared.terms import linked


def typeset(text: str, *, links: bool = True) -> str:
    """The text with dollars as money, terms as links, and no line break between a number and its percent.

    Streamlit would set what stands between two dollar signs as a formula.

    Parameters
    ----------
    links
        Whether marked terms lead to the glossary: not on a slide, where a room reads.

    >>> typeset("from $5 to $9")
    'from \\\\$5 to \\\\$9'
    >>> typeset("50 %") == "50\\N{NO-BREAK SPACE}%"
    True
    >>> typeset("the **threshold**"), typeset("the **threshold**", links=False)
    ('the **[threshold](glossary?term=threshold)**', 'the **threshold**')
    """
    text = text.replace("$", r"\$").replace(" %", "\N{NO-BREAK SPACE}%")
    return linked(text) if links else text


def markdown_table(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as a table in Markdown; the first row has the names of the columns.

    >>> print(markdown_table([("way", "right"), ("count|embed", "1")]))
    | way | right |
    | --- | --- |
    | count\\|embed | 1 |
    """
    names, *others = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    lines = (names, ["---"] * len(names), *others)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_typed(text: str) -> str:
    """A reader's own words, every mark of Markdown shown instead of obeyed.

    >>> print(as_typed("*a* [b](c)"))
    \\*a\\* \\[b\\]\\(c\\)
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))
