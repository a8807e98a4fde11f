"""The glossary page: terms to search, and the sections beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

import streamlit as st

from dl_core.glossary import BY_LESSON, find, like, plain, search
from dl_core.glossary_terms.term import Term
from pages._controls.glossary_corrections import show_corrections
from pages._controls.glossary_more import show_card, show_quiz, show_sources
from pages._shared.catalogue import LESSONS
from pages._shared.typeset import as_typed
from pages._words import glossary as words

LINK = "query-params"
TERM = "term"  # in the link: the word to show first
FEW = 12  # up to so many words need no letters
ENTRIES = {entry.name: entry for entry in LESSONS}
# the pages that have words, in the order of the course
TAUGHT = tuple(name for name in ENTRIES if name in {each[0].page for each in BY_LESSON})


def show_glossary() -> None:
    """The whole page; only the open section is drawn."""
    st.title(words.HEADLINE, anchor="top")
    with st.container(key="decision"):
        st.markdown(words.LEAD)
    sections: dict[str, Callable[[], None]] = {
        "Terms": show_terms,
        "Corrections": show_corrections,
        "Sources": show_sources,
        "Model card": show_card,
        "Quiz results": show_quiz,
    }
    for tab, draw in zip(st.tabs(list(sections), key="show", bind=LINK), sections.values(), strict=True):
        if tab.open:
            with tab:
                draw()


@st.fragment
def show_terms() -> None:
    """The search, the word of the link, and every word that fits."""
    query, page, only_clashes = _asked()
    if not (query or page or only_clashes) and (asked := find(st.query_params.get(TERM, "")[:40])):
        _first(asked)  # who searches is done with the word of the link
    told = tuple(
        term for term in search(query) if page in ("", term.page) and (term.clash or not only_clashes)
    )
    shown, title = as_typed(query), ENTRIES[page].title if page else ""
    with st.container(key="takeaway"):
        n_clashes = sum(bool(term.clash) for term in told)
        said = words.found(len(told), n_clashes, shown, title) if told else words.nothing(shown, title)
        st.markdown(said)
    near = () if told or page or only_clashes else like(query)
    if near:
        st.markdown("Did you mean one of these?")
    with st.container(key="terms"):
        _listed(told or near)


def _asked() -> tuple[str, str, bool]:
    """What is searched, on which page, and whether only among words of two uses."""

    with st.container(key="terms_controls"):
        query_side, page_side, clash_side = st.columns([2, 1.2, 1.6], vertical_alignment="bottom")
        query = query_side.text_input(
            "Search", key="q", max_chars=40, type="search", live="200ms", bind=LINK,
            help=words.SEARCH_HELP, placeholder="softmax, false positive, cost …",
        )  # fmt: skip
        page = page_side.selectbox(
            "From the page", ["", *TAUGHT], key="page", bind=LINK,
            format_func=lambda name: ENTRIES[name].title if name else words.ALL_PAGES,
        )  # fmt: skip
        only_clashes = clash_side.toggle(words.CLASHES, key="two_ways", bind=LINK)
    return (query or "").strip(), page or "", only_clashes


def _first(term: Term) -> None:
    """The word that a link asked for, open and before all others."""
    entry = ENTRIES[term.page]
    with st.container(border=True, key="asked"):
        st.header(term.name, anchor=False)
        st.markdown(term.meaning)
        st.markdown("  \n".join(_more(term)))
        st.page_link(entry.file, label=f"See it on the page: {entry.title}", icon=":material/arrow_forward:")


def _listed(terms: Iterable[Term]) -> None:
    terms = tuple(terms)
    if len(terms) <= FEW:
        if terms:
            st.markdown("\n\n".join(map(_entry, terms)))
        return
    ordered = sorted(terms, key=lambda term: plain(term.name))
    for letter, found in groupby(ordered, key=lambda term: plain(term.name)[0].upper()):
        st.markdown(f"## {letter}\n\n" + "\n\n".join(map(_entry, found)))


def _entry(term: Term) -> str:
    entry = ENTRIES[term.page]
    seen = f"[{entry.title}]({entry.path or './'})"
    return "  \n".join((f"**{term.name}**", term.meaning, *_more(term), f"*On the page:* {seen}"))


def _more(term: Term) -> list[str]:
    """What else is known of it, a line each."""
    lines = [f"{words.TWO_WAYS} {term.clash}"] if term.clash else []
    if term.also:
        lines.append(f"*Engineers also say:* {', '.join(term.also)}.")
    return [*lines, f"*For example:* {term.example}"]
