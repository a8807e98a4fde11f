"""The words of the glossary's corrections panel."""

from __future__ import annotations

from dl_core.corrections import ARTICLES, Correction
from dl_core.numbers_in_words import listed, so_many

LEAD = (
    "This product grew from five good articles, and we thank their authors. "
    "Here is what we print otherwise, what is right, and how we checked. No article is quoted at length."
)
ALL = "All five"
FILTER = "Article"


def counted(shown: tuple[Correction, ...], letter: str) -> str:
    """How many corrections stand below.

    Parameters
    ----------
    shown
        One or more.
    letter
        Of `ARTICLES`; empty for all.
    """
    n_pages = len({one.page for one in shown})
    where = f"in article {letter}" if letter else "in five articles"
    return f"**{so_many(len(shown), 'place')}** {where} where we differ, on {so_many(n_pages, 'page')}."


def legend() -> str:
    """Which letter is which article."""
    return "\n".join(f"- **{letter}**: {title}" for letter, title in ARTICLES.items())


def told(one: Correction) -> str:
    """One correction as three short lines."""
    who = f"Article{'s' if len(one.articles) > 1 else ''} {listed(tuple(one.articles))}"
    return f"**{who}:** {one.printed}.  \n**Right:** {one.right}  \n**Checked:** {one.checked}"
