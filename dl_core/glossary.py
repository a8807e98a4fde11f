"""The glossary: every word that the pages mark, with one plain meaning each, and how to look one up."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache

from dl_core.glossary_terms.descent import DESCENT
from dl_core.glossary_terms.judging import DECIDING, READING
from dl_core.glossary_terms.language import LANGUAGE
from dl_core.glossary_terms.learning import KNN, START
from dl_core.glossary_terms.losses import LOSS
from dl_core.glossary_terms.networks import BUILDER, NEURONS
from dl_core.glossary_terms.pictures import BORROWED, FILTERS, LIVE
from dl_core.glossary_terms.term import Term

BY_LESSON = (
    START,
    KNN,
    LOSS,
    DESCENT,
    NEURONS,
    BUILDER,
    FILTERS,
    BORROWED,
    LIVE,
    READING,
    LANGUAGE,
    DECIDING,
)


def plain(text: str) -> str:
    """The text without capitals and accents, for comparing.

    >>> plain("Naïve  ReLU")
    'naive relu'
    """
    apart = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())


TERMS: tuple[Term, ...] = tuple(
    sorted((term for each in BY_LESSON for term in each), key=lambda t: plain(t.name))
)
_BY_NAME = {plain(name): term for term in TERMS for name in (term.key, *term.forms, term.name)}


def find(text: str) -> Term | None:
    """The term of this name, of another form of it or of this key; None where there is none.

    >>> find("Fine-tuning").name, find("hidden neurons").key
    ('fine-tune', 'hidden-neuron')
    >>> find("espresso") is None
    True
    """
    return _BY_NAME.get(plain(text))


@cache
def _all_it_says(term: Term) -> str:
    return plain(" ".join((term.name, *term.forms, *term.also, term.meaning)))


def search(query: str) -> tuple[Term, ...]:
    """The terms that hold every word of the query in their name, other names or meaning; names first.

    An empty query finds all.

    >>> [term.name for term in search("false pos")]
    ['false alarm']
    >>> search("xyzzy")
    ()
    """
    asked = plain(query)
    parts = asked.split()
    found = [term for term in TERMS if all(part in _all_it_says(term) for part in parts)]
    return tuple(sorted(found, key=lambda term: _rank(term, asked)))


def _rank(term: Term, asked: str) -> int:
    names = [plain(name) for name in (term.name, *term.forms, *term.also)]
    if names[0].startswith(asked):
        return 0
    return 1 if any(name.startswith(asked) for name in names) else 2


def like(query: str, most: int = 3) -> tuple[Term, ...]:
    """The terms whose names are spelt much like the query, at ``most`` so many: for who mistyped.

    >>> [term.name for term in like("sofmax")]
    ['softmax']
    """
    near = get_close_matches(plain(query), _BY_NAME, n=most, cutoff=0.7)
    return tuple(dict.fromkeys(_BY_NAME[name] for name in near))
