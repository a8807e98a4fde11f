"""Controls and words of the shuffling scene and of the copy: they follow the widgets and stay plain."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.figures.interpretability_shuffle import shuffle_chart
from dl_core.figures.interpretability_surrogate import surrogate_chart
from dl_core.interpretability import shuffle as shuffle_core
from dl_core.interpretability import surrogate as surrogate_core
from dl_core.interpretability.question import Question
from dl_core.interpretability.shuffle_in_words import takeaway as shuffle_takeaway
from dl_core.interpretability.surrogate_in_words import takeaway as surrogate_takeaway
from dl_core.interpretability.tables import TABLES, ready_made
from pages._controls import interpretability_tests as controls
from pages._words import interpretability_tests as words
from tests.readability import read


def drawn_shuffle() -> None:
    import streamlit as st

    from dl_core.interpretability import shuffle as core
    from pages._controls.interpretability_tests import shuffle, shuffle_below

    st.session_state["drawn"] = shuffle()
    shuffle_below(core.story(st.session_state["drawn"]))


def drawn_surrogate() -> None:
    import streamlit as st

    from dl_core.interpretability import surrogate as core
    from pages._controls.interpretability_tests import surrogate, surrogate_below

    st.session_state["drawn"] = surrogate()
    surrogate_below(core.story(st.session_state["drawn"]))


def run(app: AppTest) -> AppTest:
    app.run(timeout=60)
    assert not app.exception, [each.message for each in app.exception]
    return app


def test_shuffling_opens_at_rest_and_follows_its_controls():
    app = run(AppTest.from_function(drawn_shuffle))
    assert app.session_state["drawn"] == shuffle_core.at_rest()
    app.selectbox(key="shuffle_model").set_value("tree")
    app.multiselect(key="shuffle_columns").set_value(["mean area"])
    one = run(app)
    assert one.session_state["drawn"].columns == ()  # one column has no twin
    assert any(each.value == words.SHUFFLE_ONE for each in one.caption)
    app.multiselect(key="shuffle_columns").set_value(["mean area", "mean radius"])
    assert run(app).session_state["drawn"].columns == ("mean area", "mean radius")
    app.button_group(key="shuffle_on").set_value(shuffle_core.PAGE)  # another table has other columns
    asked = run(app).session_state["drawn"]
    assert (asked.on, asked.columns, asked.table.key) == (shuffle_core.PAGE, (), "loans")


def test_a_link_holds_the_columns_and_one_with_other_tables_columns_is_no_trouble():
    app = AppTest.from_function(drawn_shuffle)
    app.query_params["shuffle_columns"] = ["mean area", "mean radius"]
    assert run(app).session_state["drawn"].columns == ("mean area", "mean radius")
    app = AppTest.from_function(drawn_shuffle)
    app.query_params["shuffle_columns"] = ["group", "district"]
    assert run(app).session_state["drawn"].columns == ()


def test_the_copy_opens_at_rest_and_follows_its_controls():
    app = run(AppTest.from_function(drawn_surrogate))
    assert app.session_state["drawn"] == surrogate_core.at_rest()
    assert app.expander[0].label == "The copy’s 8 rules"
    app.selectbox(key="surrogate_model").set_value("forest")
    app.slider(key="surrogate_depth").set_value(5)
    asked = run(app).session_state["drawn"]
    assert (asked.model, asked.depth) == ("forest", 5)
    assert app.expander[0].label == "The copy’s 24 rules"
    assert app.expander[0].markdown[0].value.count("risk") == 24


@pytest.mark.parametrize("preset", [*controls.SHUFFLE_PRESETS, *controls.SURROGATE_PRESETS])
def test_presets_have_short_names(preset):
    assert 2 <= len(preset.name.split()) <= 4


@pytest.mark.parametrize("key", TABLES)
def test_headlines_are_short_on_every_table(key):
    question = Question(ready_made(key))
    for model in ("tree", "logistic", "boosted", "forest"):
        for on in (shuffle_core.PAGE, "cancer"):
            told = shuffle_core.story(shuffle_core.Settings(question, on, model))
            check(words.shuffle_headline(told), shuffle_chart(told).title)
            assert words.shuffle_tells(told)["Explanation"]
    for model in surrogate_core.UNREADABLE:
        for depth in (1, 3, 6):
            told = surrogate_core.story(surrogate_core.Settings(question, model, depth))
            check(words.surrogate_headline(told), surrogate_chart(told).title)
            assert words.surrogate_tells(told)["Explanation"]


def check(headline: str, title: str) -> None:
    assert 2 <= len(headline.split()) <= 12, headline
    assert len(headline.split()) + len(title.split()) <= 25, (headline, title)


@pytest.mark.parametrize("notes", [words.SHUFFLE_NOTES, words.SURROGATE_NOTES])
def test_notes_have_three_parts_and_the_right_length(notes):
    assert 60 <= len(notes.split()) <= 90
    assert notes.startswith("Say: ")
    assert len(re.findall(r"(?<=[.?:!]) (?=Point |Expect )", notes)) >= 2
    assert words.SHUFFLE_SOURCE.endswith(".")
    assert words.SURROGATE_SOURCE.endswith(".")


def test_the_words_are_plain():
    shuffles = [
        shuffle_core.story(shuffle_core.Settings(shuffle_core.at_rest().question, model=model))
        for model in ("ebm", "forest", "tree")
    ]
    copies = [
        surrogate_core.story(surrogate_core.Settings(shuffle_core.at_rest().question, depth=depth))
        for depth in (1, 3, 6)
    ]
    fixed = [
        words.SHUFFLE_LEAD, words.SHUFFLE_COLUMNS, words.SHUFFLE_ONE, words.SHUFFLE_SOURCE,
        words.SHUFFLE_NOTES, words.SHUFFLE_LIES, *words.SHUFFLE_TRADE_OFF,
        words.SURROGATE_LEAD, words.SURROGATE_DEPTH, words.SURROGATE_SOURCE,
        words.SURROGATE_NOTES, words.SURROGATE_LIES, *words.SURROGATE_TRADE_OFF,
    ]  # fmt: skip
    told = [
        *(text(each) for each in shuffles for text in (words.shuffle_below, shuffle_takeaway)),
        *(text(each) for each in copies for text in (words.surrogate_below, surrogate_takeaway)),
        *(words.rules_below(each) for each in copies),
    ]
    found = read([*fixed, *told])
    assert found.grade <= 9
    assert found.words_per_sentence <= 15
    long = [each for each in found.sentences if len(re.findall(r"[\w’]+", each)) > 25]
    assert long == []
    for text in (*fixed, *told):
        assert "because" not in text
        assert "reason" not in text
        assert not re.search(r"\b(?:simply|just|obviously)\b", text)


def test_a_leading_paragraph_has_three_sentences_at_most():
    for lead in (words.SHUFFLE_LEAD, words.SURROGATE_LEAD):
        assert len(read([lead]).sentences) <= 3
