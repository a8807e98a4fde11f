"""Controls of one scene of "Language": the sentence, the word hidden in it, the head, and the view."""

from __future__ import annotations

import streamlit as st

from dl_core.language import attend as core
from dl_core.language import attend_in_words as told
from dl_core.language.head import HEADS, LONGEST
from dl_core.language.text import IN_LINK, in_short, words_of
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.stale import drop_stale
from pages._shared.typeset import markdown_table, typeset
from pages._words import language_attend as words

LINK = "query-params"
START = core.Settings()


def attend() -> core.Settings:
    """The sentence first, because its words are what can be hidden."""
    text = st.text_input(words.SENTENCE, START.text, IN_LINK, key="attend_text", bind=LINK) or ""
    st.caption(words.TYPED)
    place = _hidden(text)
    head = st.segmented_control(
        words.HEAD, tuple(range(1, HEADS + 1)), default=START.head, required=True, key="attend_head",
        bind=LINK, format_func=told.head_name, help=words.HEAD_HELP,
    )  # fmt: skip
    view = st.segmented_control(
        words.VIEW, tuple(words.VIEWS), default=START.view, required=True, key="attend_view", bind=LINK,
        format_func=words.VIEWS.get,
    )  # fmt: skip
    return core.Settings(text[:IN_LINK], place, head or START.head, view or START.view)


def _hidden(text: str) -> int:
    """Which word is hidden; a word that stands there twice has its number beside it."""
    found = words_of(text, LONGEST)
    places = range(1, len(found) + 1)
    if not places:
        return START.place
    labels = {
        place: in_short(word) + (f" ({place})" if found.count(word) > 1 else "")
        for place, word in zip(places, found, strict=True)
    }
    if len(set(labels.values())) < len(labels):  # long words may be cut to the same
        labels = {place: f"{label} ({place})" for place, label in labels.items()}
    drop_stale("attend_word", places)
    return (
        st.pills(
            words.HIDDEN, list(places), default=min(START.place, len(found)), required=True,
            key="attend_word", bind=LINK, format_func=labels.get,
        )
        or 1
    )  # fmt: skip


def pick_word(x: float, y: float) -> None:
    """A press on a word's row hides that word."""
    n = len(words_of(st.session_state.get("attend_text", START.text), LONGEST))
    if n:
        st.session_state["attend_word"] = min(max(round(y), 0), n - 1) + 1


def attend_below(shown: core.Attended) -> None:
    """What is unknown, the whole arithmetic of one look, and how well the network does on held-out texts."""
    if said := told.unknown_sentence(shown):
        st.caption(typeset(said))
    if shown.n > 1:
        _arithmetic(shown)
    st.markdown(typeset(told.measured_sentence()))
    fold = opened_fold(words.SCORES, "attend_scores", {})
    if fold is not None:
        fold.markdown(typeset(markdown_table(told.scores_table())))


def _arithmetic(shown: core.Attended) -> None:
    places = range(1, shown.n + 1)
    drop_stale("attend_other", places)
    # it begins with the word looked at most: kept, that would count as moved after the next press
    chosen = "attend_other" in st.session_state or "attend_other" in st.query_params
    fold = opened_fold(words.ARITHMETIC, "attend_sums", {"attend_other": shown.most + 1} if chosen else {})
    if fold is None:
        return
    with fold:
        other = st.selectbox(
            words.OTHER, list(places), shown.most, key="attend_other", bind=LINK,
            format_func=lambda place: f"{place} {in_short(shown.words[place - 1])}",
        )  # fmt: skip
        st.markdown(typeset(markdown_table((words.STEPS, *told.steps(shown, other - 1)))))
        st.caption(words.PAIRS_IN_TABLE)


ATTEND_PRESETS = tuple(
    Preset(
        name,
        {
            "attend_text": one.text,
            "attend_word": one.place,
            "attend_head": one.head,
            "attend_view": one.view,
        },
    )
    for name, one in core.PRESETS.items()
)
