"""Sentences on their way to the page, which shows them as Markdown."""

from __future__ import annotations


def typeset(text: str) -> str:
    """The text with dollars as money and with no line break between a number and its percent sign.

    Streamlit would set what stands between two dollar signs as a formula.

    >>> typeset("from $5 to $9")
    'from \\\\$5 to \\\\$9'
    >>> typeset("50 %") == "50\\N{NO-BREAK SPACE}%"
    True
    """
    return text.replace("$", r"\$").replace(" %", "\N{NO-BREAK SPACE}%")
