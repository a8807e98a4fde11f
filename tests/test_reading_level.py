"""The words on every page are plain: measured on what the page really shows, not on its source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages._shared.catalogue import SECTIONS, Entry
from pages._shared.lessons import lesson as lesson_named
from tests.readability import read, sentences, syllables, words

NAVIGATION = Path(__file__).parents[1] / "pages" / "_navigation.py"
PAGES = [entry for entries in SECTIONS.values() for entry in entries]
every_page = pytest.mark.parametrize("listed", PAGES, ids=lambda entry: "/" + entry.path)
NOT_OUR_WORDS = {"Sources"}  # titles of other people's papers
FORMULAS = {"Show the maths"}
PROSE = ("markdown", "caption", "info", "warning", "success", "error")
HEADINGS = ("title", "header", "subheader")
LABELLED = ("slider", "select_slider", "number_input", "selectbox", "radio", "toggle", "checkbox")


def test_published_examples_give_their_published_scores():
    """Wikipedia, "Flesch-Kincaid readability tests", gives the reading ease 37.5 and 69 for these two."""
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    passage = "This sentence, taken as a reading passage unto itself, is being used to prove a point."
    for text, n_words, ease in ((platypus, 13, 37.5), (passage, 16, 69)):
        assert len(words(text)) == n_words
        per_word = sum(map(syllables, words(text))) / n_words
        # reading ease, from the same two ratios as the grade
        assert 206.835 - 1.015 * n_words - 84.6 * per_word == pytest.approx(ease, abs=0.05)
    # 23 syllables: 0.39 · 16 + 11.8 · 23 / 16 − 15.59 = 6.24 + 16.9625 − 15.59
    assert read([passage]).grade == pytest.approx(7.6125)
    # six words of one syllable: 0.39 · 6 + 11.8 − 15.59
    assert read(["The cat sat on the mat."]).grade == pytest.approx(-1.45)


def test_markdown_is_read_as_a_reader_sees_it():
    text = "## A head\n- **Bold** [link](https://x.y/z) one. Two `code` at 0.5.\n- $x^2$ Three\n\nFour\nfive."
    assert sentences(text) == ["A head", "Bold link one.", "Two   at 0.5.", "Three", "Four five."]
    assert sentences("One, e.g. this. kNN begins small.") == ["One, e.g. this.", "kNN begins small."]


def test_hard_text_is_noticed():
    hard = "Notwithstanding organisational heterogeneity, practitioners operationalise methodologies."
    assert read([hard]).grade > 20
    assert len(words(sentences("word " * 26 + ".")[0])) == 26


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, [e.message for e in app.exception]
    return app


@cache
def visited(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(prose, short texts) of a page: at first sight, after each preset, and the answers it keeps ready."""
    app = run(AppTest.from_file(str(NAVIGATION), default_timeout=300))
    app = run(app.switch_page(entry.file))
    for each in app.get("bidi_component"):  # the words of a picture are sent when a reader opens them
        if each.proto.component_name == "chart":
            app.session_state[f"{each.proto.id.split('-', 2)[-1]}_words_open"] = True
    app = run(app)
    prose, short = dict.fromkeys(told(app.main)), dict.fromkeys(labels(app))
    for key in [str(group.key) for group in app.button_group]:
        for name in app.button_group(key=key).options if key.endswith(("_preset", "_guess")) else ():
            app.button_group(key=key).set_value(name)
            prose |= dict.fromkeys(told(run(app).main))
    declared, answers = kept_ready(entry)
    return (*prose, *declared), (*short, *answers)


def kept_ready(entry: Entry) -> tuple[list[str], list[str]]:
    """Words a page shows only after a click or to a presenter: (sentences, quiz options)."""
    if not entry.question:
        return [], []
    lesson = lesson_named(entry.name)
    notes = [scene.notes for scene in lesson.scenes]
    reasons = [option.why for question in lesson.quiz for option in question.options]
    options = [option.text for question in lesson.quiz for option in question.options]
    return [*notes, *reasons, *(question.text for question in lesson.quiz)], options


def told(block: object, inside: str = "") -> list[str]:
    found: list[str] = []
    for child in getattr(block, "children", {}).values():
        where = getattr(child, "label", "") if getattr(child, "type", "") == "expander" else inside
        if where in NOT_OUR_WORDS:
            continue
        kind = getattr(child, "type", "")
        if kind in PROSE or kind in HEADINGS:
            found.append(("FORMULAS " if where in FORMULAS else "") + str(child.value))
        found += told(child, where)
    return found


def labels(app: AppTest) -> list[str]:
    """Labels, hints, options and table cells: short texts that are no sentences of the body."""
    controls = [each for kind in LABELLED for each in app.get(kind)]
    found = [text for each in controls for text in (each.label, each.help or "")]
    found += [option for each in app.radio for option in each.options]
    found += [str(cell) for table in app.table for row in table.value.to_numpy() for cell in row]
    return found


@every_page
def test_the_body_is_plain(listed):
    prose, _ = visited(listed)
    body = read([text for text in prose if not text.startswith("FORMULAS ")])
    assert len(body.sentences) >= 5, "the page was not read"
    assert body.grade <= 9
    assert body.words_per_sentence <= 15


@every_page
def test_no_sentence_is_long(listed):
    prose, short = visited(listed)
    texts = [text.removeprefix("FORMULAS ") for text in prose] + list(short)
    long = [s for text in texts for s in sentences(text) if len(words(s)) > 25]
    assert long == []


@every_page
def test_no_word_belittles_or_sells(listed):
    prose, short = visited(listed)
    unwanted = {"simply", "just", "obviously", "trivial", "trivially", "revolutionary", "magic", "leverage"}
    everything = [sentence for text in (*prose, *short) for sentence in sentences(text)]
    assert [s for s in everything if unwanted & {word.lower() for word in words(s)}] == []
