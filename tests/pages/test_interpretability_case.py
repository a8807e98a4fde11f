"""Controls and words of two scenes: settings follow the widgets, and the words keep the house's limits."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.figures.interpretability_agree import seven_ways
from dl_core.figures.interpretability_onecase import one_case
from dl_core.interpretability import agree as agree_core
from dl_core.interpretability import onecase as onecase_core
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import TABLES, ready_made
from pages._words import interpretability_case as words
from tests.readability import read


def drawn_onecase() -> None:
    import streamlit as st

    from pages._controls.interpretability_case import onecase

    st.session_state["drawn"] = onecase()


def drawn_agree() -> None:
    import streamlit as st

    from pages._controls.interpretability_case import agree

    st.session_state["drawn"] = agree()


def run(app: AppTest) -> AppTest:
    app.run(timeout=60)
    assert not app.exception, [each.message for each in app.exception]
    return app


def test_the_page_opens_at_rest_and_follows_its_controls():
    app = run(AppTest.from_function(drawn_onecase))
    assert app.session_state["drawn"] == onecase_core.at_rest()
    app.selectbox(key="onecase_model").set_value("knn")
    app.number_input(key="onecase_number").set_value(3)
    app.button_group(key="onecase_which").set_value("right")
    asked = run(app).session_state["drawn"]
    assert (asked.model, asked.which, asked.number) == ("knn", "right", 3)


def test_the_comparison_opens_at_rest_and_follows_its_controls():
    app = run(AppTest.from_function(drawn_agree))
    assert app.session_state["drawn"] == agree_core.at_rest()
    app.button_group(key="agree_which").set_value("apart")
    assert run(app).session_state["drawn"].which == "apart"


@pytest.mark.parametrize("key", TABLES)
def test_headlines_are_short_with_every_model_pile_and_order(key):
    question = Question(ready_made(key))
    for model in KINDS:
        for which in ("wrong", "right"):
            told = onecase_core.story(onecase_core.Settings(question, model, which))
            check(words.onecase_headline(told), one_case(told).title)
            assert read([words.onecase_below(told)]).grade < 12
    for which in ("wrong", "apart", "alike"):
        told = agree_core.story(agree_core.Settings(question, which))
        check(words.agree_headline(told), seven_ways(told).title)
        assert words.agree_below(told)


def check(headline: str, title: str) -> None:
    assert 2 <= len(headline.split()) <= 12, headline
    assert len(headline.split()) + len(title.split()) <= 25, (headline, title)


@pytest.mark.parametrize("notes", [words.ONECASE_NOTES, words.AGREE_NOTES])
def test_notes_have_three_parts_and_the_right_length(notes):
    assert 60 <= len(notes.split()) <= 90
    assert notes.startswith("Say: ")
    assert len(re.findall(r"(?<=[.?:!]) (?=Point |Expect )", notes)) >= 2


def test_the_words_are_plain():
    fixed = [
        words.ONECASE_LEAD, words.ONECASE_NOTE, words.ONECASE_NOTES, words.ONECASE_SOURCE, words.AGREE_LEAD,
        words.AGREE_NOTE, words.AGREE_NOTES, words.AGREE_SOURCE, words.CASE_LIES,
    ]  # fmt: skip
    told = onecase_core.story(onecase_core.at_rest())
    compared = agree_core.story(agree_core.at_rest())
    text = [*fixed, words.onecase_below(told), words.agree_below(compared)]
    found = read(text)
    assert found.grade <= 9
    assert found.words_per_sentence <= 15
    assert max(len(re.findall(r"[\w’]+", sentence)) for sentence in found.sentences) <= 25


def test_no_cause_is_claimed_of_a_column():
    told = agree_core.story(agree_core.at_rest())
    for said in (words.agree_below(told), words.ONECASE_LEAD, words.AGREE_LEAD):
        assert "because" not in said
        assert "reason" not in said


def test_where_none_is_wrong_the_page_says_so():
    wine = Question(ready_made("wine"))
    told = onecase_core.story(onecase_core.Settings(wine, "ebm"))
    assert "No held-out case is wrong" in words.onecase_below(told)
    assert words.none_such(onecase_core.story(onecase_core.Settings(wine, "tree"))) == ""


def test_money_in_a_list_of_cases_is_no_formula():
    loans = Question(ready_made("loans"))
    told = [onecase_core.story(onecase_core.Settings(loans, "knn", number=n)) for n in range(1, 7)]
    below = " ".join(map(words.onecase_below, told))
    assert "| --- |" in below
    assert 0 < below.count("$") == below.count(r"\$")


def test_the_engineers_sheet_says_what_is_exact():
    wine = Question(ready_made("wine"))
    exact, drawn = (
        words.onecase_tells(onecase_core.story(onecase_core.Settings(wine, model)))["Explanation"]
        for model in ("tree", "forest")
    )
    assert "the computation itself" in exact
    assert "an estimate" in drawn
