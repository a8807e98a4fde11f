"""Buttons that hand a document to the reader. Each file is made when its button is pressed, not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st

from dl_core.documents.content import Document
from pages._shared import plotly_script
from pages._shared.turns import one_file

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MakeDocument = Callable[[], Document]


# the writers are imported where they are used: a reader who takes nothing away must not wait for them
def _deck(document: Document) -> bytes:
    from dl_core.documents.powerpoint import deck

    return deck(document)


def _page(document: Document) -> bytes:
    from dl_core.documents.html_brief import html_brief

    names = {plotly_script.name_for(slide.picture.figure) for slide in document.slides}
    smallest = plotly_script.NAME if plotly_script.NAME in names else plotly_script.FLAT_NAME
    return html_brief(document, _plotly(smallest)).encode()


def _card(document: Document) -> bytes:
    from dl_core.documents.card import brief_card, decision_card

    if len(document.chapters) == 1 and not document.brief:
        return decision_card(document.chapters[0], document.made_on).encode()
    return brief_card(document).encode()


def _all(document: Document) -> bytes:
    from dl_core.documents.still import png, svg
    from dl_core.documents.tables import everything

    files = {"deck.pptx": _deck(document), "brief.html": _page(document), "card.md": _card(document)}
    for number, slide in enumerate(document.slides, 1):
        files[f"{number:02}-{slide.key}.png"] = png(slide.picture)
        files[f"{number:02}-{slide.key}.svg"] = svg(slide.picture)
    return everything(document, files)


def _in_turn(write: Callable[[Document], bytes], make: MakeDocument) -> bytes:
    with one_file:
        return write(make())


@cache
def _plotly(name: str) -> str:
    return plotly_script.FILES[name].read_text(encoding="utf-8")


FILES: tuple[tuple[str, str, str, str, Callable[[Document], bytes]], ...] = (
    ("Slides (PowerPoint)", "pptx", POWERPOINT, ":material/slideshow:", _deck),
    ("Brief (one web page)", "html", "text/html", ":material/article:", _page),
    ("Decision card (text)", "md", "text/markdown", ":material/description:", _card),
    ("Everything (ZIP)", "zip", "application/zip", ":material/folder_zip:", _all),
)


def document_buttons(key: str, name: str, make: MakeDocument) -> None:
    """Slides, brief, card, and all of it with every picture and table.

    Parameters
    ----------
    key
        Prefix of the buttons.
    name
        Of the files, without an ending.
    make
        Builds the document; called when a button is pressed.
    """
    with st.container(horizontal=True, key=f"{key}_files"):
        for label, ending, kind, icon, write in FILES:
            st.download_button(
                label,
                data=lambda write=write: _in_turn(write, make),
                file_name=f"{name}.{ending}",
                mime=kind,
                icon=icon,
                key=f"{key}_{ending}",
                on_click="ignore",
            )


def picture_buttons(key: str, name: str, make: MakeDocument, scene: str) -> None:
    """One picture as PNG and SVG, and its table as CSV.

    Parameters
    ----------
    scene
        Key of the scene whose picture it is.
    """

    def file(ending: str) -> bytes:
        from dl_core.documents import still, tables

        (picture,) = [slide.picture for slide in make().slides if slide.key == scene]
        return {"png": still.png, "svg": still.svg, "csv": tables.table_csv}[ending](picture)

    with st.container(horizontal=True, key=f"{key}_one"):
        for ending, kind in (("png", "image/png"), ("svg", "image/svg+xml"), ("csv", "text/csv")):
            st.download_button(
                {"csv": "Its table (CSV)"}.get(ending, f"Picture ({ending.upper()})"),
                data=lambda ending=ending: file(ending),
                file_name=f"{name}.{ending}",
                mime=kind,
                key=f"{key}_one_{ending}",
                on_click="ignore",
            )
