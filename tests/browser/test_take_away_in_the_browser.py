"""The take-away in a real browser: files come down and hold what the screen shows."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pptx import Presentation

from pages._shared.catalogue import LESSONS, Entry

if TYPE_CHECKING:
    from reader import Reader

    from benchmarks.server import Server
    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser

every_lesson = pytest.mark.parametrize("listed", LESSONS, ids=lambda entry: "/" + entry.path)


def downloaded(reader: Reader, key: str) -> bytes:
    """What the button with this key brings."""
    with reader.page.expect_download(timeout=60_000) as started:
        reader.page.locator(f".st-key-{key} button").click()
    return Path(started.value.path()).read_bytes()


def words_of(deck: bytes) -> str:
    slides = Presentation(io.BytesIO(deck)).slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    return " ".join(" ".join(texts).split())


@every_lesson
def test_every_file_comes_down_and_says_what_the_screen_says(listed: Entry, reader: Reader) -> None:
    reader.open(listed.path)
    said = " ".join(reader.takeaway().split())
    take = f"{listed.name}_take"
    assert said in words_of(downloaded(reader, f"{take}_pptx"))
    assert said in " ".join(downloaded(reader, f"{take}_md").decode().replace("**", "").split())
    assert downloaded(reader, f"{take}_html").startswith(b"<!DOCTYPE html>")
    with zipfile.ZipFile(io.BytesIO(downloaded(reader, f"{take}_zip"))) as archive:
        assert archive.testzip() is None
        assert len([name for name in archive.namelist() if name.endswith(".svg")]) >= 4
    assert reader.errors() == []


def test_a_control_moved_after_the_buttons_were_drawn_is_in_the_file(reader: Reader) -> None:
    reader.open("knn_vs_softmax")
    reader.nudge(reader.page.locator('.st-key-plane_k input[type="range"]'))
    said = " ".join(reader.takeaway().split())
    assert "6 neighbours" in said
    card = downloaded(reader, "knn_vs_softmax_take_md").decode()
    assert said in " ".join(card.split())
    assert "plane_k=6" in card
    reader.click(reader.page.locator(".st-key-case").get_by_text("Support mail"))
    card = downloaded(reader, "knn_vs_softmax_take_md").decode()
    assert "support mails" in card
    assert "case=Support+mail" in card
    assert "plane_k=6" in reader.page.locator(".link input").input_value()


def test_one_picture_and_its_table_come_down(reader: Reader) -> None:
    reader.open("knn_vs_softmax")
    reader.page.get_by_text("One picture or table").click()
    take = "knn_vs_softmax_take_one"
    reader.page.locator(f".st-key-{take}_csv button").wait_for(state="visible")
    assert downloaded(reader, f"{take}_png").startswith(b"\x89PNG")
    assert b"</svg>" in downloaded(reader, f"{take}_svg")
    table = downloaded(reader, f"{take}_csv").decode("utf-8-sig").splitlines()
    assert table[0].startswith("model,answer,confidence")
    assert len(table) == 3


def test_a_brief_from_two_lessons_becomes_one_deck_and_comes_back(
    server: Server, new_reader: NewReader, tmp_path: Path
) -> None:
    reader = new_reader(server)
    reader.open("knn_vs_softmax", "plane_k=9")
    said = [" ".join(reader.takeaway().split())]
    reader.click(reader.page.locator(".st-key-knn_vs_softmax_take_add button"))
    reader.page.get_by_role("link", name="Start").click()  # a link of the page: the visit goes on
    reader.page.locator(".st-key-map_live_classifier a").click()
    reader.page.locator(".st-key-course_picture").wait_for()
    reader.settle()
    said.append(" ".join(reader.takeaway().split()))
    reader.click(reader.page.locator(".st-key-live_classifier_take_add button"))
    reader.click(reader.page.get_by_text("Open my brief"))
    reader.page.locator(".st-key-card_1_picture .main-svg").first.wait_for(state="visible")
    deck = downloaded(reader, "brief_pptx")
    assert all(sentence in words_of(deck) for sentence in said)
    saved = downloaded(reader, "brief_json")
    assert [card["lesson"] for card in json.loads(saved)["cards"]] == ["knn_vs_softmax", "live_classifier"]

    elsewhere = new_reader(server)
    elsewhere.open("brief")
    elsewhere.page.locator('input[type="file"]').first.set_input_files(
        {"name": "brief.json", "mimeType": "application/json", "buffer": saved}
    )
    elsewhere.page.locator(".st-key-card_1_picture .main-svg").first.wait_for(state="visible")
    elsewhere.settle()
    assert all(sentence in words_of(downloaded(elsewhere, "brief_pptx")) for sentence in said)
    assert reader.errors() == elsewhere.errors() == []
