"""The words of the page "Glossary"."""

from __future__ import annotations

from dl_core.numbers_in_words import so_many

HEADLINE = "Look a word up before the meeting"
LEAD = (
    "Each word has one plain meaning here, and all pages keep to it. "
    "A word in bold on any page leads to its place on this one."
)
SEARCH_HELP = "Part of a word, what engineers say for it, or a word from its meaning."
CLASHES = "Only words that people use in two ways"
TWO_WAYS = ":material/call_split: **Used in two ways.**"
ALL_PAGES = "All pages"


def found(n: int, n_clashes: int, query: str, page: str) -> str:
    """What the list below holds.

    Parameters
    ----------
    n, n_clashes
        How many words it holds, and how many of them people use in two ways.
    query
        What was searched, safe to show; empty where nothing was.
    page
        Title of the page asked for; empty for all.
    """
    where = f" on {page}" if page else ""
    fits = f" {'fits' if n == 1 else 'fit'} “{query}”{where}" if query else f"{where}"
    clashes = (
        "People use none of them in two ways."
        if n > 1 and not n_clashes
        else f"People use {n_clashes} of them in two ways."
    )
    return f"**{so_many(n, 'word')}**{fits}." + (f" {clashes}" if n > 1 else "")


def nothing(query: str, page: str) -> str:
    """A kind sentence where no word fits."""
    asked = f" fits “{query}”" if query else " fits"
    where = f" on {page}" if page else ""
    return f"No word here{asked}{where}. Try part of it, or a word from daily life, such as “cost” or “wait”."
