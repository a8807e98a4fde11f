from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.running_case import CASES
from pages._shared.catalogue import LESSONS
from pages._shared.lessons import lesson as lesson_named
from pages._shared.scene import compute_at_rest, shared
from pages._shared.typeset import typeset
from tests.visited import visited

NAVIGATION = Path(__file__).parents[2] / "pages" / "_navigation.py"

ORDER = ("So what for your product", "What you trade", "Ask your engineers", "Where this picture lies",
         "Three questions", "Take it with you")  # fmt: skip

WORDS = "This picture in words and numbers"


@pytest.fixture(params=LESSONS, ids=lambda entry: entry.name)
def lesson(request, open_page):
    return request.param, open_page(request.param.file)


def test_every_lesson_keeps_the_order_of_the_skeleton(lesson):
    _, app = lesson
    headings = [h.value for h in app.header if h.value in ORDER]
    assert tuple(headings) == ORDER
    assert len(app.title) == 1


def test_every_chart_has_words_and_a_table_when_they_are_opened(lesson, pictures):
    entry, app = lesson
    drawn = pictures(app)
    assert drawn
    for chart in drawn.values():
        assert len(chart["summary"].split()) >= 8
    folded = [e for e in app.expander if e.label == WORDS]
    own_way = [f"{scene.key}_picture" for scene in lesson_named(entry.name).scenes if scene.show]
    assert len(folded) == len(drawn) + len(own_way)
    assert not any(len(words.table) for words in folded)  # nobody waits for what nobody looks at
    for key in (*drawn, *own_way):
        app.session_state[f"{key}_words_open"] = True  # what a click on it sets
    app.run()
    opened = [e for e in app.expander if e.label == WORDS]
    assert len(opened) == len(folded)
    said = [chart["summary"] for chart in drawn.values()]
    assert [m.value for words in opened for m in words.markdown if m.value in said] == said
    for words in opened:
        assert len(words.markdown[0].value.split()) >= 8
        assert len(words.table) == 1
        assert not words.table[0].value.empty


@pytest.mark.parametrize("entry", LESSONS, ids=lambda entry: entry.name)
def test_every_lead_is_shown(entry):
    shown, _ = visited(entry)
    leads = {scene.key: typeset(scene.lead) for scene in lesson_named(entry.name).scenes if scene.lead}
    assert [key for key, lead in leads.items() if lead not in shown] == []


def test_the_case_changes_the_so_what(lesson, sentence):
    _, app = lesson
    told = set()
    for case in CASES:
        app.button_group(key="case").set_value(case.key).run()
        text = sentence(app, "so_what")
        assert case.items in text
        assert len(text.split()) <= 60
        told.add(text)
    assert len(told) == len(CASES)


def test_each_quiz_has_one_right_answer_and_reasons_for_all(lesson):
    entry, app = lesson
    for number in (1, 2, 3):
        verdicts = []
        key = f"{entry.name}_quiz_{number}"
        for option in app.radio(key=key).options:
            app.radio(key=key).set_value(option).run()
            (said,) = [
                m.value
                for m in app.markdown
                if m.value.startswith((":material/check: Right.", ":material/close: Not"))
            ]
            assert 4 <= len(said.split()) <= 34
            verdicts.append("Right." in said)
            app.radio(key=key).set_value(None).run()
        assert sum(verdicts) == 1


def test_a_guess_is_answered_with_the_numbers_on_the_screen(lesson):
    entry, app = lesson
    key = f"{entry.name}_guess"
    before = len(app.markdown)
    for option in app.button_group(key=key).options:
        app.button_group(key=key).set_value(option).run()
        assert len(app.markdown) == before + 1


def test_what_is_computed_before_the_first_visitor_is_what_the_page_then_shows(lesson):
    entry, _ = lesson
    declared = lesson_named(entry.name)
    shared.cache_clear()
    compute_at_rest(declared)
    ready = shared.cache_info().currsize
    assert ready >= sum(not scene.kept_in_visit for scene in declared.scenes) / 2
    opened = AppTest.from_file(str(NAVIGATION), default_timeout=60).run()
    opened.switch_page(entry.file).run()
    assert not opened.exception
    assert shared.cache_info().hits >= ready


def test_a_dollar_sign_is_money_and_starts_no_formula(open_page):
    app = open_page("knn_vs_softmax.py")
    told = [text.value for text in app.markdown if "A month of answers" in text.value]
    assert any(text.count("$") >= 2 for text in told)
    assert all(text.count("$") == text.count(r"\$") for text in told), told


def test_an_old_pill_on_its_way_does_not_undo_an_edit(open_page):
    app = open_page("cnn_filters.py")
    app.number_input(key="kernel_w11").set_value(3.0).run()
    app.number_input(key="kernel_w12").set_value(2.0)
    app.button_group(key="kernel_preset").set_value("Upright edges")  # as the browser still has it
    app.run()
    assert [app.number_input(key=f"kernel_w1{n}").value for n in (1, 2)] == [3.0, 2.0]


def test_no_two_scenes_share_a_name():
    """The name stands in links, and with what a visit keeps."""
    names = [scene.key for entry in LESSONS for scene in lesson_named(entry.name).scenes]
    assert sorted(names) == sorted(set(names))
