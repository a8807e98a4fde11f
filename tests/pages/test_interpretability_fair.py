"""Controls and words of the fairness scenes: settings follow the widgets, and the words keep the limits."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.figures.interpretability_fair import fair_picture
from dl_core.figures.interpretability_proxy import proxy_picture
from dl_core.interpretability import fair as fair_core
from dl_core.interpretability import proxy as proxy_core
from dl_core.interpretability.fair_rules import RULES
from dl_core.interpretability.groups import protected
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import TABLES, ready_made
from pages._controls import interpretability_fair as controls
from pages._words import interpretability_fair as words
from tests.readability import read


def drawn_fair() -> None:
    import streamlit as st

    from dl_core.interpretability.fair import story
    from pages._controls.interpretability_fair import fair, fair_below

    st.session_state["drawn"] = fair()
    fair_below(story(st.session_state["drawn"]))


def drawn_proxy() -> None:
    import streamlit as st

    from dl_core.interpretability.proxy import story
    from pages._controls.interpretability_fair import proxy, proxy_below

    st.session_state["drawn"] = proxy()
    proxy_below(story(st.session_state["drawn"]))


def drawn_about_wine() -> None:
    import streamlit as st

    from dl_core.interpretability.question import Question
    from dl_core.interpretability.tables import ready_made
    from pages._controls.interpretability_fair import fair
    from pages._shared.visit import visit

    visit().kept["board"] = (Question(ready_made("wine"), 20.0), None)
    st.session_state["drawn"] = fair()


def run(app: AppTest) -> AppTest:
    app.run(timeout=60)
    assert not app.exception, [each.message for each in app.exception]
    return app


def test_the_kinds_of_fair_open_at_rest_and_follow_the_controls():
    app = run(AppTest.from_function(drawn_fair))
    assert app.session_state["drawn"] == fair_core.at_rest()
    app.radio(key="fair_rule").set_value("meaning")
    app.selectbox(key="fair_model").set_value("boosted")
    app.button_group(key="fair_column").set_value("age")
    asked = run(app).session_state["drawn"]
    assert (asked.rule, asked.model, asked.column) == ("meaning", "boosted", "age")
    assert any("against the law" in each.value for each in app.warning)


def test_the_hidden_column_opens_at_rest_and_the_legal_box_stands_below():
    app = run(AppTest.from_function(drawn_proxy))
    assert app.session_state["drawn"] == proxy_core.at_rest()
    app.button_group(key="proxy_measure").set_value("risk")
    assert run(app).session_state["drawn"].measure == "risk"
    assert any("not legal advice" in each.value for each in app.caption)
    assert app.expander[0].label == "Each rule with its source"


def test_a_table_without_protected_columns_says_what_it_shows_instead():
    app = run(AppTest.from_function(drawn_about_wine))
    assert app.session_state["drawn"].question.table.key == "wine"
    assert app.session_state["drawn"].asked.miss == 20.0
    assert any("made loans" in each.value for each in app.info)


def test_at_rest_is_what_the_page_asks():
    """The page names the column, the warm-up leaves it to the rule: the same result from either."""
    for core in (fair_core, proxy_core):
        named = core.Settings(core.at_rest().question, column="group")
        assert named.groups.column == core.at_rest().groups.column


def test_a_click_on_a_row_chooses_its_rule(monkeypatch):
    state: dict[str, str] = {}
    monkeypatch.setattr(controls.st, "session_state", state)
    for y, rule in ((-0.5, "held"), (2.9, "meaning"), (9.0, "bar")):
        controls.pick_rule(50.0, y)
        assert state["fair_rule"] == rule


def test_presets_are_choices_that_exist():
    for preset in controls.FAIR_PRESETS:
        assert preset.values["fair_rule"] in RULES
        assert preset.values["fair_model"] in controls.FAIR_MODELS
    for preset in controls.PROXY_PRESETS:
        assert preset.values["proxy_measure"] in proxy_core.MEASURES
        assert preset.values["proxy_model"] in proxy_core.MODELS


@pytest.mark.parametrize("key", TABLES)
def test_headlines_are_short_with_every_rule_model_and_column(key):
    question = Question(ready_made(key))
    for column in protected(ready_made(key)) or ("",):
        for model in controls.FAIR_MODELS:
            for rule in RULES:
                told = fair_core.story(fair_core.Settings(question, rule, model, column))
                check(words.fair_headline(told), fair_picture(told).title)
        for model in proxy_core.MODELS:
            hidden = proxy_core.story(proxy_core.Settings(question, model, column=column))
            check(words.proxy_headline(hidden), proxy_picture(hidden).title)


def check(headline: str, title: str) -> None:
    assert 2 <= len(headline.split()) <= 12, headline
    assert len(headline.split()) + len(title.split()) <= 25, (headline, title)


@pytest.mark.parametrize("notes", [words.FAIR_NOTES, words.PROXY_NOTES])
def test_notes_have_three_parts_and_the_right_length(notes):
    assert 60 <= len(notes.split()) <= 90
    assert notes.startswith("Say: ")
    assert len(re.findall(r"(?<=[.?:!]) (?=Point |Expect )", notes)) >= 2


def test_the_words_are_plain():
    told = fair_core.story(fair_core.at_rest())
    hidden = proxy_core.story(proxy_core.at_rest())
    text = [
        words.FAIR_LEAD, words.FAIR_NOTE, words.FAIR_HELP, words.FAIR_NOTES, words.FAIR_SOURCE,
        words.PROXY_LEAD, words.PROXY_NOTE, words.PROXY_NOTES, words.PROXY_SOURCE, words.FAIR_LIES,
        words.fair_below(told), words.fair_lines(told), words.proxy_below(hidden),
    ]  # fmt: skip
    found = read(text)
    assert found.grade <= 9
    assert found.words_per_sentence <= 15
    assert max(len(re.findall(r"[\w’]+", sentence)) for sentence in found.sentences) <= 25
    assert "because" not in " ".join(text)


def test_the_matrix_below_marks_sure_gaps_and_ties():
    told = fair_core.story(fair_core.at_rest())
    lines = [line for line in words.fair_lines(told).splitlines() if line.startswith("| ")]
    assert len(lines) == 7  # a head, a rule, five rows
    for policy, line in zip(told.policies, lines[2:], strict=True):
        is_chosen = policy.rule == told.chosen.rule
        assert line.count("**") == 2 * (sum(pair.is_apart for pair in policy.pairs) + is_chosen)
    assert lines[2].endswith("a tie |")


def test_the_engineers_sheet_names_the_rule_and_the_proxy():
    told = words.fair_tells(fair_core.story(fair_core.at_rest()))
    assert "demographic parity" in told["Review"]
    assert "district" in words.proxy_tells(proxy_core.story(proxy_core.at_rest()))["Data"]
