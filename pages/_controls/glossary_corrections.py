"""The corrections panel of the glossary: what articles print otherwise, page by page."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dl_core.corrections import ARTICLES, by_article, corrections
from pages._shared.catalogue import LESSONS
from pages._shared.typeset import typeset
from pages._words import glossary_corrections as words

ENTRIES = {entry.name: entry for entry in LESSONS}


@st.fragment
def show_corrections() -> None:
    """The whole panel: whose articles, a choice among them, and each correction under its page."""
    st.markdown(words.LEAD)
    st.markdown(words.legend())
    chosen = st.segmented_control(
        words.FILTER,
        (words.ALL, *ARTICLES),
        default=words.ALL,
        key="corrections_article",
        bind="query-params",
    )
    letter = chosen if chosen in ARTICLES else ""
    shown = by_article(letter) if letter else corrections()
    with st.container(key="takeaway"):
        st.markdown(words.counted(shown, letter))
    for name, of_page in groupby(shown, key=lambda one: one.page):
        entry = ENTRIES[name]
        st.page_link(entry.file, label=f"**{entry.title}**", icon=":material/arrow_forward:")
        for one in of_page:
            st.markdown(typeset(words.told(one), links=False))
