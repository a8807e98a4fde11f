"""My brief: collected on the lessons, ordered and renamed here, saved and brought back."""

import io
import json
import zipfile
from datetime import date

import pytest
from pptx import Presentation

from dl_core import knn_vs_softmax as core
from dl_core.documents.content import MOST_CARDS, Document
from dl_core.running_case import CASES
from pages._shared.brief import EXAMPLE
from pages._shared.chapter import contributions, of_card
from pages._shared.downloads import FILES
from pages._shared.lessons import lesson
from pages._shared.scene import _at_rest as at_rest_of
from pages._shared.typeset import typeset
from pages._shared.visit import Visit
from tests.photo_files import plain


def cards(app):
    return app.session_state["visit"].cards


@pytest.fixture
def collected(open_page):
    """A brief with a kNN card at k = 9 and a live classifier card with two pictures."""
    app = open_page("knn_vs_softmax.py")
    app.slider(key="plane_k").set_value(9).run()
    app.button(key="knn_vs_softmax_take_add").click().run()
    app.switch_page("live_classifier.py").run()
    app.multiselect(key="live_classifier_take_scenes").set_value(["wobble"])
    app.button(key="live_classifier_take_add").click().run()
    app.switch_page("brief.py").run()
    assert not app.exception
    return app


def saved(app) -> dict:
    from pages._shared.brief import _to_save

    return json.loads(
        _to_save(app.session_state["visit"], "A title", {"Goal": "Faster refunds"}).model_dump_json()
    )


def test_the_empty_page_shows_what_a_brief_is(open_page, pictures, sentence):
    app = open_page("brief.py")
    (example,) = pictures(app).values()
    assert "On photos" in example["figure"]
    assert "Add to my brief" in sentence(app, "takeaway")
    app.button(key="brief_example").click().run()
    assert cards(app) == (EXAMPLE,)


def test_cards_hold_the_settings_of_their_moment(collected):
    first, second = cards(collected)
    assert (first.lesson, dict(first.scenes)["plane"].k) == ("knn_vs_softmax", 9)
    assert [scene for scene, _ in second.scenes] == ["answer", "wobble"]
    told = [text.value for text in collected.markdown]
    assert typeset(core.takeaway(core.story(core.Settings(k=9)))) in told


def test_cards_can_be_moved_renamed_noted_and_removed(collected):
    collected.text_input(key="card_0_title").set_value("Do we pay per request?").run()
    collected.text_area(key="card_0_note").set_value("Ask legal first.").run()
    collected.button(key="card_0_Later").click().run()
    first, second = cards(collected)
    assert (first.lesson, second.title, second.note) == (
        "live_classifier",
        "Do we pay per request?",
        "Ask legal first.",
    )
    assert collected.text_input(key="card_1_title").value == "Do we pay per request?"
    chapter = of_card(second, collected.session_state["visit"])
    assert (chapter.headline, chapter.slides[0].note) == ("Do we pay per request?", "Ask legal first.")
    assert collected.button(key="card_0_Earlier").disabled
    assert collected.button(key="card_1_Later").disabled
    collected.button(key="card_0_remove").click().run()
    assert cards(collected) == (second,)


def test_the_sheet_is_filled_from_the_lessons_and_keeps_the_readers_words(collected):
    assert "kNN can show the 9 past cases" in collected.text_area(key="sheet_Explanation").value
    assert "go to a person" in collected.text_area(key="sheet_Review").value
    assert CASES[0].miss in collected.text_area(key="sheet_Error cost").value
    collected.text_area(key="sheet_Stop rule").set_value("Under 90 % we stop.").run()
    collected.switch_page("knn_vs_softmax.py").run()
    collected.slider(key="plane_k").set_value(3).run()
    collected.switch_page("brief.py").run()
    assert "kNN can show the 3 past cases" in collected.text_area(key="sheet_Explanation").value
    assert collected.text_area(key="sheet_Stop rule").value == "Under 90 % we stop."


def test_the_sheet_and_its_files_need_no_card(open_page):
    app = open_page("brief.py")
    assert "sheet_Goal" in [field.key for field in app.text_area]  # the start page has told something
    assert "brief_example" in [button.key for button in app.button]
    app.text_area(key="sheet_Goal").set_value("Faster refunds").run()
    visit = app.session_state["visit"]
    visit.left.clear()
    app.run()
    assert not app.text_area
    assert not [each for each in app.get("download_button") if each.proto.id.endswith("brief_pptx")]


@pytest.mark.parametrize("ending", ["pptx", "html", "md", "zip"])
def test_a_sheet_alone_becomes_every_file(ending):
    write = {each[1]: each[4] for each in FILES}[ending]
    sheet = (("Goal", "Faster refunds"), ("Metric", "Money a year"))
    file = write(Document("What we should decide", (), date(2026, 12, 1), sheet))
    if ending in ("html", "md"):
        assert b"Faster refunds" in file
        assert b"Money a year" in file
    elif ending == "pptx":
        shapes = [shape for slide in Presentation(io.BytesIO(file)).slides for shape in slide.shapes]
        words = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        cells = [cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells()]
        assert any("Faster refunds" in text for text in words + cells)
    else:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            assert {"deck.pptx", "brief.html", "card.md"} <= set(packed.namelist())


def test_the_lesson_that_decides_speaks_first_and_the_others_in_their_order():
    seen = Visit()
    for name in ("loss_functions", "knn_vs_softmax", "decide"):
        found = lesson(name)
        seen.left[name] = {found.opening.key: at_rest_of(found.opening)[0]}
    told = contributions(seen)
    wanted = [
        lesson(name).opening.tells(lesson(name).opening.compute(at_rest_of(lesson(name).opening)[0]))
        for name in ("decide", "loss_functions", "knn_vs_softmax")
    ]
    assert told == wanted


def test_a_saved_brief_comes_back_the_same(collected, open_page):
    before = cards(collected)
    file = json.dumps(saved(collected)).encode()
    later = open_page("brief.py")
    later.file_uploader(key="brief_file").upload("brief.json", file, "application/json").run()
    assert not later.error
    assert cards(later) == before
    assert later.text_area(key="sheet_Goal").value == "Faster refunds"
    assert later.text_input(key="brief_title").value == "A title"


def test_a_brief_brought_back_over_another_brings_its_title(collected):
    file = json.dumps(saved(collected)).encode()
    collected.text_input(key="brief_title").set_value("Mine").run()
    collected.file_uploader(key="brief_file").upload("brief.json", file, "application/json").run()
    assert not collected.exception
    assert collected.text_input(key="brief_title").value == "A title"
    collected.text_input(key="brief_title").set_value("Mine again").run()
    assert collected.text_input(key="brief_title").value == "Mine again"


def test_a_readers_own_photo_is_not_in_the_file(open_page):
    app = open_page("live_classifier.py")
    app.file_uploader[0].upload("mine.png", plain((9, 99, 200)), "image/png").run()
    app.button(key="live_classifier_take_add").click().run()
    assert len(cards(app)) == 1
    assert saved(app)["cards"] == []


def other_kind(brief):
    return brief | {"kind": "something else"}


def with_first_card(**changed):
    return lambda brief: brief | {"cards": [brief["cards"][0] | changed]}


def of_nobody(brief):
    return brief | {"cards": [brief["cards"][1] | {"scenes": [{"scene": "answer", "settings": "nobody"}]}]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (other_kind, "This is not a brief from here"),
        (with_first_card(lesson="no_such"), "lesson “no_such” that is not here"),
        (with_first_card(scenes=[]), "a picture that its lesson does not have"),
        (with_first_card(scenes=[{"scene": "digit"}]), "a picture that its lesson does not have"),
        (
            with_first_card(scenes=[{"scene": "plane", "settings": {"k": -1}}]),
            "a setting that its lesson does not have",
        ),
        (of_nobody, "a setting that its lesson does not have"),
    ],
)
def test_a_wrong_file_gets_one_sentence_and_the_brief_stays(collected, change, said):
    before = cards(collected)
    file = json.dumps(change(saved(collected))).encode()
    collected.file_uploader(key="brief_file").upload("brief.json", file, "application/json").run()
    (error,) = [each.value for each in collected.error]
    assert said in error
    assert error.endswith("The page keeps what it showed.")
    assert cards(collected) == before
    assert not collected.exception


def test_a_full_brief_says_so(open_page):
    app = open_page("knn_vs_softmax.py")
    app.session_state["visit"].cards = (EXAMPLE,) * MOST_CARDS
    app.button(key="knn_vs_softmax_take_add").click().run()
    assert [f"holds {MOST_CARDS} cards" in info.value for info in app.info] == [True]
    assert len(cards(app)) == MOST_CARDS
