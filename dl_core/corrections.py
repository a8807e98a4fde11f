"""Where well-known articles and this product differ: what they print, what is right, how we checked.

The articles are good ones: this product grew from them. Numbers on our side are computed when they
are asked for.
"""

from __future__ import annotations

from functools import cache

from dl_core.corrected import early, networks
from dl_core.corrected.correction import ARTICLES as ARTICLES
from dl_core.corrected.correction import Correction as Correction


@cache
def corrections() -> tuple[Correction, ...]:
    """Every correction, in the order of the lessons.

    Examples
    --------
    >>> corrections()[0].page, {one.page for one in by_article("D")} >= {"neurons", "language"}
    ('start', True)
    """
    parts = (early.start, early.neighbours, early.losses, early.descent)
    later = (networks.neurons, networks.builder, networks.photos, networks.text)
    return tuple(one for part in (*parts, *later) for one in part())


def by_article(letter: str) -> tuple[Correction, ...]:
    """The corrections of one article.

    Parameters
    ----------
    letter
        Of `ARTICLES`.

    Examples
    --------
    >>> len(by_article("C")) > 5
    True
    """
    return tuple(one for one in corrections() if letter in one.articles)
