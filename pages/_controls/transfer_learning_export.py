"""Buttons that hand the trained model to the reader, and the field that takes a head back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from dl_core.numbers_in_words import bytes_in_words, listed, percent, so_many
from dl_core.transfer.head_file import MOST_BYTES, NamedHead, UnreadableHead, read_head
from dl_core.transfer.opening import Opening
from dl_core.vision.card import read_card
from pages._shared.turns import one_file
from pages._words import transfer_learning_export as words

Write = Callable[[Opening], bytes]


# the writers are imported where they are used: a reader who takes nothing away must not wait for them
def _package(told: Opening) -> bytes:
    from dl_core.transfer.export import package

    return package(told, datetime.now(UTC).date())


def _card(told: Opening) -> bytes:
    from dl_core.transfer.export import card_file

    return card_file(told, datetime.now(UTC).date())


def _head(told: Opening) -> bytes:
    from dl_core.transfer.export import head_file

    return head_file(told)


FILES: tuple[tuple[str, str, str, str, Write], ...] = (
    (words.PACKAGE, "model.zip", "application/zip", ":material/folder_zip:", _package),
    (words.CARD, "model_card.md", "text/markdown", ":material/description:", _card),
    (words.HEAD, "head.safetensors", "application/octet-stream", ":material/tune:", _head),
)


def export_buttons(told: Opening) -> None:
    """The model as a ZIP, its card, and its head; each file is made when its button is pressed."""

    def made(write: Write) -> bytes:
        with one_file:
            return write(told)

    with st.container(horizontal=True, key="export_files"):
        for label, name, kind, icon, write in FILES:
            st.download_button(
                label,
                data=lambda write=write: made(write),
                file_name=name,
                mime=kind,
                icon=icon,
                key=f"export_{name.partition('.')[0]}",
                on_click="ignore",
            )
    st.caption(words.what_is_inside(bytes_in_words(read_card().weights_bytes)))


def import_fold(told: Opening) -> None:
    """Take a head back, and try it on the held-out pictures of the task of the four steps."""
    with st.expander(words.IMPORT):
        st.caption(words.IMPORT_NOTE)
        file = st.file_uploader(words.IMPORT_FIELD, ["safetensors"], max_upload_size=1, key="import_head")
        if file is None:
            return
        if file.size > MOST_BYTES:
            st.error(words.TOO_LARGE, icon=":material/block:")
            return
        try:
            found = read_head(file.getvalue())
        except UnreadableHead as problem:
            st.error(str(problem), icon=":material/block:")
            return
        st.markdown(words.taken_back(listed(found.names), tried(found, told)))


def tried(found: NamedHead, told: Opening) -> str:
    """How often the head is right on this task's held-out pictures, where it has the same names."""
    from dl_core.transfer.export import held_out_score

    score = held_out_score(found, told)
    if score is None:
        return words.OTHER_NAMES
    return words.scored(
        f"{score.hits} of {so_many(score.n, 'held-out picture')}",
        f"{percent(score.low)} to {percent(score.high)}",
    )
