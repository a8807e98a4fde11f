"""The start page: what this is, where to go, and the point, before anybody clicks."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.start import asks, gate
from pages._shared import catalogue
from pages._shared.lessons import FILES, lesson
from pages._shared.visit import Visit
from pages._words import start as words

PAGE = "start.py"
NAVIGATION = Path(__file__).parents[2] / "pages" / "_navigation.py"
LISTED = [entry for entry in catalogue.LESSONS if entry.path]


def arrive(**link: str) -> AppTest:
    """Open the root with a link; `open_page` would already have shown this page without it."""
    app = AppTest.from_file(str(NAVIGATION), default_timeout=300)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_a_newcomer_reads_what_this_is_and_finds_every_lesson_by_its_question(open_page):
    app = open_page(PAGE)
    said = [m.value for m in app.markdown]
    assert words.WHAT in said
    links = app.get("page_link")
    assert [link.proto.label for link in links[: len(LISTED)]] == [
        f"**{entry.question}**" for entry in LISTED
    ]
    assert [link.proto.page for link in links[: len(LISTED)]] == [entry.path for entry in LISTED]


def test_the_task_leads_to_the_lesson_that_helps(open_page):
    app = open_page(PAGE)
    for given, wanted in (("text", "one"), ("row", "yes"), ("sound", "yes")):
        app.button_group(key="asks_in").set_value(given).run()
        app.button_group(key="asks_out").set_value(wanted).run()
        path, title = asks.story(asks.Settings(given, wanted)).lesson
        link = app.get("page_link")[-1].proto
        assert link.page == path
        assert link.label.startswith(f"{title}: **")


def test_no_two_lessons_answer_the_same_question():
    questions = [entry.question for entry in LISTED]
    assert len(set(questions)) == len(questions)


def test_every_preset_is_told_by_the_core(open_page, sentence):
    app = open_page(PAGE)
    presets = lesson("start").opening.presets
    told = set()
    for preset in presets:
        app.button_group(key="gate_preset").set_value(preset.name).run()
        assert not app.exception
        text = sentence(app, "takeaway")
        settings = app.session_state["visit"].left["start"]["gate"]
        assert text.replace("\u00a0", " ") == gate.takeaway(gate.story(settings)).replace("\u00a0", " ")
        told.add(text)
    assert len(told) == len(presets)


def test_a_rule_comes_back_from_its_link(open_page, sentence):
    first = open_page(PAGE)
    at_rest = sentence(first, "takeaway")
    first.slider(key="gate_threshold").set_value(126.0).run()
    moved = sentence(first, "takeaway")
    assert moved != at_rest
    assert sentence(arrive(gate_threshold="126"), "takeaway") == moved


@pytest.mark.parametrize("nonsense", ["<script>", "nan", "1e999", "-5"])
def test_nonsense_in_the_link_falls_back(open_page, sentence, nonsense):
    plain = sentence(open_page(PAGE), "takeaway")
    app = arrive(gate_threshold=nonsense, gate_data=nonsense, recipe_template=nonsense)
    assert sentence(app, "takeaway") == plain


def test_its_link_is_the_root():
    visit = Visit(address="http://here")
    visit.queries["start"] = "case=mail"
    assert visit.link("start") == "http://here/?case=mail"
    assert visit.link("decide") == "http://here/decide"
    assert FILES["start"] == PAGE
