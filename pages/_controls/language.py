"""Controls of the opening scene of "Language": two texts, and what is counted."""

from __future__ import annotations

import streamlit as st

from dl_core.language import bag as core
from dl_core.language.text import IN_LINK
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._words import language as words

LINK = "query-params"
START = core.Settings()
PASTED = {"bag_long_first": "", "bag_long_second": ""}  # too long for a link


def bag() -> core.Settings:
    """Two short texts that stand in the link, the run that is counted, and in a fold two long texts."""
    first = st.text_input(words.FIRST, START.first, IN_LINK, key="bag_first", bind=LINK)
    second = st.text_input(
        words.SECOND, START.second, IN_LINK, key="bag_second", bind=LINK
    )  # fmt: skip
    st.caption(words.TYPED)
    run = st.slider(
        words.RUN, core.RUNS[0], core.RUNS[-1], START.run, key="bag_run", bind=LINK, help=words.RUN_HELP
    )
    return core.Settings((first or "")[:IN_LINK], (second or "")[:IN_LINK], run, _pasted())


def _pasted() -> core.Pasted:
    fold = opened_fold(words.LONGER, "bag_more", PASTED)
    if fold is None:
        return START.pasted
    with fold:
        st.caption(words.PASTED)
        texts = [
            st.text_area(f"{name}, pasted", "", height=100, max_chars=core.LONGEST, key=key)
            for name, key in zip((words.FIRST, words.SECOND), PASTED, strict=True)
        ]
    return core.Pasted(*((text or "")[: core.LONGEST] for text in texts))


BAG_PRESETS = tuple(
    Preset(name, {"bag_first": one.first, "bag_second": one.second, "bag_run": one.run, **PASTED})
    for name, one in core.PRESETS.items()
)
