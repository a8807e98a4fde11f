"""The glossary as the server draws it: terms, sections, and what leads to them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dl_core.glossary import TERMS, find
from dl_core.numbers_in_words import percent
from dl_core.vision import read_card
from pages._shared.catalogue import LESSONS, PAGES
from pages._shared.lessons import lesson
from pages._shared.typeset import as_typed, typeset
from tests.visited import visited

ROOT = Path(__file__).parents[2]
LINKED = re.compile(r"\*\*\[([^\]]+)\]\(glossary\?term=([a-z0-9-]+)\)\*\*")


def texts(app) -> list[str]:
    return [each.value for each in app.markdown]


def listed(app) -> list[str]:
    """The names of the words in the list, in its order."""
    return re.findall(r"^\*\*([^*]+)\*\*  $", "\n".join(texts(app)), flags=re.M)


def section(app, name):
    app.session_state["show"] = name
    app.run()
    assert not app.exception, [e.message for e in app.exception]
    return app


def test_without_a_click_every_term_is_there_in_order(open_page, sentence):
    app = open_page("glossary.py")
    assert listed(app) == [term.name for term in TERMS]
    everything = "\n".join(texts(app))
    for term in TERMS:
        assert term.meaning in everything
        assert term.example in everything
        assert everything.count(term.clash) >= bool(term.clash)
    n_clashes = sum(bool(term.clash) for term in TERMS)
    assert sentence(app, "takeaway") == f"**{len(TERMS)} words**. People use {n_clashes} of them in two ways."
    assert not app.header


@pytest.mark.parametrize("link", ["softmax", "Softmax", "SGD", "hidden neurons"])
def test_the_link_of_a_term_shows_it_first_and_open(open_page, link):
    app = open_page("glossary.py", term=link)
    term = find(link)
    assert [header.value for header in app.header] == [term.name]
    at = texts(app).index(term.meaning)
    assert term.example in texts(app)[at + 1]
    assert listed(app) == [term.name for term in TERMS]


@pytest.mark.parametrize("nonsense", ["", "espresso", "<b>x</b>", "x" * 5000])
def test_nonsense_in_the_link_gives_the_plain_page(open_page, nonsense):
    app = open_page("glossary.py", term=nonsense, page="nowhere", show="Nothing", two_ways="perhaps")
    assert not app.header
    assert len(listed(app)) == len(TERMS)


def test_search_and_filters_narrow_the_list(open_page, sentence):
    app = open_page("glossary.py", term="bias")
    app.text_input(key="q").set_value("False Pos").run()
    assert not app.header, "who searches is done with the word of the link"
    assert listed(app) == ["false alarm"]
    assert sentence(app, "takeaway") == "**1 word** fits “False Pos”."
    app.text_input(key="q").set_value("").run()
    app.selectbox(key="page").set_value("decide").run()
    assert listed(app) == [term.name for term in TERMS if term.page == "decide"]
    app.toggle(key="two_ways").set_value(True).run()
    assert listed(app) == ["accuracy", "precision"]
    assert all(":material/call_split:" in text for text in texts(app)[-1].split("\n\n"))


def test_what_fits_nothing_gets_a_kind_sentence_and_a_likely_word(open_page, sentence):
    app = open_page("glossary.py", q="sofmax")
    assert sentence(app, "takeaway").startswith("No word here fits “sofmax”. Try")
    assert listed(app) == ["softmax"]
    for hostile in ("<script>alert(1)</script>", "[a](javascript:b)", "**bold** $x$ :red[x]"):
        app.text_input(key="q").set_value(hostile).run()
        assert not app.exception
        assert as_typed(hostile) in app.markdown[1].value
        assert not re.search(r"(?<!\\)[<\[$*:]", as_typed(hostile))
        assert listed(app) == []


def test_the_sources_of_every_lesson_are_there_with_what_was_taken(open_page):
    told = "\n".join(texts(section(open_page("glossary.py"), "Sources")))
    for entry in LESSONS:
        assert f"## {entry.title}" in told
        for source in lesson(entry.name).sources:
            assert f"**{source.name}**: {source.taken}" in told


def test_the_model_card_says_what_was_measured(open_page):
    told = "\n".join(texts(section(open_page("glossary.py"), "Model card")))
    card = read_card()
    for figure in (percent(card.top1.value), percent(card.threshold), f"{card.parameters:,}"):
        assert typeset(figure) in told
    assert "non-commercial research" in told


def test_quiz_results_hold_for_the_visit_and_say_what_to_look_at_again(open_page, sentence):
    app = section(open_page("glossary.py"), "Quiz results")
    assert sentence(app, "takeaway").startswith("You have answered no question yet.")
    quiz = lesson("neurons").quiz
    app.switch_page("neurons.py").run()
    right, wrong = (
        next(o for o in quiz[n].options if o.right is is_right) for n, is_right in ((0, True), (1, False))
    )
    app.radio(key="neurons_quiz_1").set_value(right.text).run()
    app.radio(key="neurons_quiz_2").set_value(wrong.text).run()
    app.switch_page("start.py").run()
    app = section(app.switch_page("glossary.py"), "Quiz results")
    n = sum(len(lesson(entry.name).quiz) for entry in LESSONS)
    said = sentence(app, "takeaway")
    assert said == f"You have answered **2 of {n} questions**, and 1 of them right. {n - 2} are still open."
    (again,) = [text for text in texts(app) if "Not quite" in text]
    assert quiz[1].text in again
    assert wrong.text in again
    assert wrong.why in again
    assert "1 of 2 right" in "".join(caption.value for caption in app.caption)
    assert not [value for values in app.query_params.values() for value in values if wrong.text in value]


def test_corrections_are_a_section_of_the_page(open_page):
    app = section(open_page("glossary.py"), "Corrections")
    assert len(texts(app)) >= 3


def test_the_terms_need_no_large_library():
    code = (
        "import sys\n"
        "from pages._controls import glossary\n"
        "print(sorted({'torch', 'sklearn', 'scipy', 'pandas'} & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: "/" + entry.path)
def test_every_marked_term_on_every_page_leads_here(entry):
    prose, _ = visited(entry)
    shown = [text for text in prose if not text.startswith("FORMULAS ")]
    if entry.name == "glossary":  # its own names lead nowhere
        return
    plain_bold = [bold for text in shown for bold in re.findall(r"\*\*([^*\n]+)\*\*", text)]
    assert [bold for bold in plain_bold if find(bold)] == []
    led = [pair for text in shown for pair in LINKED.findall(text)]
    assert all(find(word).key == key for word, key in led)
    if entry.question:
        assert led, "the page marks no term"


def test_a_room_sees_plain_bold(open_page, monkeypatch):
    monkeypatch.setattr("dl_core.decide.bar.takeaway", lambda told: "It is **calibrated**.")
    assert "It is **[calibrated](glossary?term=calibration)**." in texts(open_page("decide.py"))
    stage = texts(open_page("decide.py", present="1"))
    assert "It is **calibrated**." in stage
    assert not [text for text in stage if "glossary?term=" in text]
