"""Dollars in words that Streamlit shows as Markdown."""

from __future__ import annotations


def with_money(text: str) -> str:
    """The text with every dollar sign meant as money: Streamlit sets what stands between two as a formula.

    >>> with_money("from $5 to $9")
    'from \\\\$5 to \\\\$9'
    """
    return text.replace("$", r"\$")
