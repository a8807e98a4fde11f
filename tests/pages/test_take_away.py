"""Files say what the screen says: built from a visit, opened again, and compared."""

import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from time import sleep

import pytest
from pptx import Presentation

from pages._shared import downloads
from pages._shared.catalogue import LESSONS
from pages._shared.chapter import on_screen
from pages._shared.lessons import lesson as lesson_named

WRITERS = {ending: write for _, ending, _, _, write in downloads.FILES}


class Text(HTMLParser):
    """The words of a page, without scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.silent, self.words = 0, []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def plain(text: str) -> str:
    return " ".join(text.replace("**", "").split())


@pytest.fixture(scope="module", params=LESSONS, ids=lambda entry: entry.name)
def visited(request):
    """(the page after its first run, the document of what it shows), once for all tests of a lesson."""
    open_page = request.getfixturevalue("open_page_once")
    app = open_page(request.param.file)
    found = lesson_named(request.param.name)
    return app, found, on_screen(found, app.session_state["visit"])


def test_the_document_has_every_scene_with_the_sentence_on_the_screen(visited, sentence):
    app, found, document = visited
    assert [slide.key for slide in document.slides] == [scene.key for scene in found.scenes]
    for scene, slide in zip(found.scenes, document.slides, strict=True):
        key = "takeaway" if scene is found.opening else f"{scene.key}_sentence"
        assert slide.sentence == sentence(app, key)
        assert slide.source.endswith(".")


def test_the_pictures_are_those_of_the_screen(visited, pictures):
    app, found, document = visited
    shown = pictures(app)
    for scene, slide in zip(found.scenes, document.slides, strict=True):
        if not scene.slide and not scene.show:
            assert json.loads(slide.picture.json) == json.loads(shown[f"{scene.key}_picture"]["figure"])
        assert slide.picture.table.equals(slide.picture.table.dropna(how="all"))


def test_pictures_are_chosen_by_their_message(visited):
    app, found, document = visited
    headlines = [slide.headline for slide in document.slides]
    assert app.selectbox(key=f"{found.name}_take_which").options == headlines
    assert app.multiselect(key=f"{found.name}_take_scenes").options == headlines[1:]


def test_a_picture_in_a_file_is_the_picture_on_the_stage(visited, open_page_once, pictures):
    _, found, document = visited
    (file,) = [entry.file for entry in LESSONS if entry.name == found.name]
    shown = pictures(open_page_once(file, present="1"))
    for scene, slide in zip(found.scenes, document.slides, strict=True):
        if not scene.show:
            assert json.loads(slide.picture.json) == json.loads(shown[f"{scene.key}_picture"]["figure"])


def test_the_deck_of_the_defaults_says_the_same(visited):
    _, _, document = visited
    deck = Presentation(io.BytesIO(WRITERS["pptx"](document)))
    by_title = {slide.shapes.title.text: slide for slide in deck.slides if slide.shapes.title is not None}
    for slide in document.slides:
        page = by_title[slide.headline]
        words = plain(" ".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame))
        assert plain(slide.sentence) in words
        assert slide.notes in page.notes_slide.notes_text_frame.text
        described = [shape._element.xpath(".//p:cNvPr/@descr") for shape in page.shapes]
        assert [slide.picture.summary] in described
        assert slide.source in words


def test_the_page_of_the_defaults_says_the_same(visited):
    _, _, document = visited
    page = WRITERS["html"](document).decode()
    words = plain(" ".join(Text(page).words))
    for slide in document.slides:
        assert plain(slide.headline) in words
        assert plain(slide.sentence) in words.replace(" .", ".").replace(" ,", ",")
        for cell in slide.picture.table.iloc[0]:
            if isinstance(cell, str):
                assert plain(cell) in words
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=[\"']https?:", page)


def test_the_card_of_the_defaults_says_the_same(visited):
    _, found, document = visited
    card = WRITERS["md"](document).decode()
    assert card.startswith(f"# {found.headline}\n")
    for slide in document.slides:
        assert plain(slide.sentence) in plain(card)
    for limit in found.where_it_lies:
        assert plain(limit) in plain(card)


def test_everything_holds_every_picture_and_table(visited):
    _, _, document = visited
    with zipfile.ZipFile(io.BytesIO(WRITERS["zip"](document))) as archive:
        names = archive.namelist()
        for number, slide in enumerate(document.slides, 1):
            name = f"{number:02}-{slide.key}"
            assert archive.read(f"{name}.png").startswith(b"\x89PNG")
            assert b"<svg" in archive.read(f"{name}.svg")[:500]
            header = archive.read(f"{name}.csv").decode("utf-8-sig").splitlines()[0]
            assert str(slide.picture.table.columns[0]) in header
    assert {"deck.pptx", "brief.html", "card.md"} <= set(names)


def test_a_moved_control_is_in_the_file(open_page):
    app = open_page("knn_vs_softmax.py")
    app.slider(key="plane_k").set_value(9).run()
    document = on_screen(lesson_named("knn_vs_softmax"), app.session_state["visit"])
    assert "of 9 neighbours" in document.slides[0].sentence
    assert ("k", "9") in document.slides[0].settings


def test_the_link_in_the_file_holds_the_settings_and_not_present_mode(open_page):
    app = open_page("knn_vs_softmax.py", plane_k="9", present="1", scene="cost")
    document = on_screen(lesson_named("knn_vs_softmax"), app.session_state["visit"])
    assert document.chapters[0].link.endswith("/knn_vs_softmax?plane_k=9")


def test_the_reader_case_is_in_the_file(open_page):
    app = open_page("knn_vs_softmax.py")
    app.button_group(key="case").set_value("mail").run()
    document = on_screen(lesson_named("knn_vs_softmax"), app.session_state["visit"])
    assert "support mails" in document.chapters[0].so_what


def test_one_file_is_made_at_a_time():
    at_once, most = [], []

    def write(document):
        at_once.append(document)
        most.append(len(at_once))
        sleep(0.02)
        at_once.pop()
        return b"made"

    with ThreadPoolExecutor(8) as pool:
        files = list(pool.map(lambda n: downloads._in_turn(write, lambda: n), range(8)))
    assert files == [b"made"] * 8
    assert max(most) == 1
