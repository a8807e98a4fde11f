"""The controls of four scenes of "Language": near words, the map, the odd one out, two meanings."""

from __future__ import annotations

import streamlit as st

from dl_core.decide.amounts import price
from dl_core.language import near as near_core
from dl_core.language import odd as odd_core
from dl_core.language import senses as senses_core
from dl_core.language import wordmap as map_core
from dl_core.language.embeddings import MOST_LETTERS
from dl_core.language.text import IN_LINK
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.typeset import typeset
from pages._words import language_near as words

LINK = "query-params"


def near() -> near_core.Settings:
    """One word."""
    word = st.text_input(
        "Your word", near_core.Settings().word, max_chars=MOST_LETTERS, key="words_near_word", bind=LINK,
        help=words.IN_LINK_HELP,
    )  # fmt: skip
    return near_core.Settings((word or "")[:MOST_LETTERS])


def near_below(found: near_core.Near) -> None:
    """How good the neighbours are, what they cost, and what they have learned unasked."""
    for sentence in near_core.BELOW[:2]:
        st.markdown(typeset(sentence(found.known)))
    with st.expander(words.BELOW_MORE):
        for sentence in near_core.BELOW[2:]:
            st.markdown(typeset(sentence(found.known)))


NEAR_PRESETS = tuple(Preset(name, {"words_near_word": word}) for name, word in near_core.PRESETS.items())


def wordmap() -> map_core.Settings:
    """Two to four groups, and a word of one's own."""
    start = map_core.Settings()
    chosen = st.pills(
        "Kinds (two to four)", tuple(map_core.GROUPS), default=start.groups, selection_mode="multi",
        key="wordmap_groups", bind=LINK,
    )  # fmt: skip
    word = st.text_input(
        "Your word on the map", start.word, max_chars=MOST_LETTERS, key="wordmap_word", bind=LINK,
        help=words.IN_LINK_HELP,
    )  # fmt: skip
    groups = tuple(name for name in map_core.GROUPS if name in (chosen or ()))
    if len(groups) < map_core.FEWEST:
        st.caption(words.TOO_FEW_GROUPS)
        groups = start.groups
    elif len(groups) > map_core.MOST:
        st.caption(words.TOO_MANY_GROUPS)
        groups = groups[: map_core.MOST]
    return map_core.Settings(groups, (word or "")[:MOST_LETTERS])


WORDMAP_PRESETS = tuple(
    Preset(name, {"wordmap_groups": list(groups)}) for name, groups in map_core.PRESETS.items()
)


def odd() -> odd_core.Settings:
    """Three to six words."""
    text = st.text_input(
        "Three to six words",
        odd_core.START,
        max_chars=IN_LINK,
        key="odd_words",
        bind=LINK,
        help=words.IN_LINK_HELP,
    )
    return odd_core.Settings((text or "")[:IN_LINK])


def odd_below(found: odd_core.Odd) -> None:
    """The score over all test sets."""
    st.markdown(typeset(odd_core.measured_sentence(found.known)))


ODD_PRESETS = tuple(Preset(name, {"odd_words": text}) for name, text in odd_core.PRESETS.items())


def senses() -> senses_core.Settings:
    """The word; how often it comes in is an assumption, in a fold."""
    start = senses_core.Settings()
    word = st.selectbox("A word with two meanings", senses_core.WORDS, key="senses_word", bind=LINK)
    usual = {"senses_mails": start.mails, "senses_other": start.other}
    fold = opened_fold("More: what the mix-up costs", "senses_more", usual)
    if fold is None:
        return senses_core.Settings(word)
    with fold:
        mails = st.number_input(
            "Mails a day with this word",
            1,
            senses_core.MOST_MAILS,
            start.mails,
            10,
            key="senses_mails",
            bind=LINK,
        )
        other = st.slider(
            "Of 100 of them mean the other",
            0,
            senses_core.MOST_OTHER,
            start.other,
            key="senses_other",
            bind=LINK,
        )
        st.caption(typeset(words.assumed(price(senses_core.second_reading()))))
    return senses_core.Settings(word, mails, other)


def senses_below(told: senses_core.Senses) -> None:
    """Both definitions, and what old texts say."""
    for meaning in (told.first, told.second):
        st.caption(words.stands_for(meaning))
    if marked := senses_core.marked_sentence(told):
        st.markdown(typeset(marked))


SENSES_PRESETS = tuple(Preset(name, {"senses_word": word}) for name, word in senses_core.PRESETS.items())
