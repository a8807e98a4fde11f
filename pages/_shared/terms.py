"""Words that a page marks lead to the glossary."""

from __future__ import annotations

import re
from functools import lru_cache

from dl_core.glossary import find

_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


@lru_cache(maxsize=2048)
def linked(text: str) -> str:
    """Markdown in which every bold word that is a term leads to its place in the glossary.

    The address is relative, so it holds wherever the server stands, and Streamlit opens it beside the page.

    >>> linked("A **slope** says **how much**.")
    'A **[slope](glossary?term=slope)** says **how much**.'
    """
    return _BOLD.sub(_link, text)


def _link(bold: re.Match[str]) -> str:
    term = find(bold[1])
    return f"**[{bold[1]}](glossary?term={term.key})**" if term else bold[0]
