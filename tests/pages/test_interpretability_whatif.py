"""Controls and words of the what-if: sliders, locks and buttons give the settings; the limits of words."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dl_core.figures.interpretability_whatif import what_if
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made
from dl_core.interpretability.whatif import story
from dl_core.interpretability.whatif_in_words import takeaway
from dl_core.interpretability.whatif_settings import SIDES, Settings, at_rest
from pages._controls.interpretability_whatif import _kept
from pages._words import interpretability_whatif as words
from tests.readability import read, sentences
from tests.readability import words as words_of

LOANS = Question(ready_made("loans"))


def drawn() -> None:
    import streamlit as st

    from dl_core.interpretability.whatif import story
    from pages._controls.interpretability_whatif import below, whatif
    from pages._shared.visit import visit

    if "question" in st.session_state:
        visit().kept["board"] = (st.session_state["question"], None, {})
    st.session_state["drawn"] = whatif()
    told = story(st.session_state["drawn"])
    visit().kept["whatif"] = (st.session_state["drawn"], told, {})
    below(told)


def run(app: AppTest) -> AppTest:
    app.run(timeout=60)
    assert not app.exception, [each.message for each in app.exception]
    return app


def test_the_page_opens_at_rest_and_follows_its_controls():
    app = run(AppTest.from_function(drawn))
    assert app.session_state["drawn"] == at_rest()
    app.select_slider(key="whatif_c2").set_value("20")
    app.number_input(key="whatif_number").set_value(7)
    app.button_group(key="whatif_side").set_value("let through")
    app.selectbox(key="whatif_model").set_value("tree")
    app.selectbox(key="whatif_along").set_value("missed payments")
    app.multiselect(key="whatif_open").set_value(["debt payments", "missed payments"])
    asked = run(app).session_state["drawn"]
    assert asked == Settings(
        LOANS, "tree", "let through", 7, ("debt payments", "missed payments"), (("debt payments", 20.0),),
        "missed payments",
    )  # fmt: skip
    app.button(key="whatif_back").click()
    assert run(app).session_state["drawn"].moved == ()


def test_a_locked_column_loses_its_slider_and_is_named():
    app = run(AppTest.from_function(drawn))
    assert any("Nobody can change age, district and group" in str(each.value) for each in app.caption)
    app.select_slider(key="whatif_c1").set_value("3.0")
    app.multiselect(key="whatif_open").set_value(["debt payments"])
    asked = run(app).session_state["drawn"]
    assert asked.moved == ()
    assert [slider.key for slider in app.select_slider] == ["whatif_c2"]


def test_the_buttons_put_each_way_into_the_sliders():
    app = run(AppTest.from_function(drawn))
    found = story(at_rest()).found
    for key, change in (("whatif_put_there", found.first), ("whatif_put_way", found.second)):
        app.button(key=key).click()
        moved = dict(run(app).session_state["drawn"].moved)
        assert moved == {LOANS.table.names[at]: change.row[at] for at in change.columns}


def test_another_table_starts_with_its_own_columns():
    app = run(AppTest.from_function(drawn))
    app.select_slider(key="whatif_c1").set_value("3.0")
    run(app).session_state["question"] = Question(ready_made("wine"))
    asked = run(app).session_state["drawn"]
    assert (asked.question.table.key, asked.moved, asked.along) == ("wine", (), "")
    assert asked.number == 1  # the loans' case on a cliff is none of another table's
    run(app).session_state["question"] = LOANS
    assert run(app).session_state["drawn"] == at_rest()
    assert len(asked.open) == 6


def test_the_columns_of_a_readers_own_table_stay_out_of_the_link():
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(120, 3)).round(2)
    columns = tuple(Column(name, step=0.1) for name in ("my secret", "size", "weight"))
    own = Table(
        "own", "Yours", "row", "rows", "late", "on time", columns, rows, rows[:, 1] > 0.5, "Yours.", True
    )
    app = AppTest.from_function(drawn)
    app.session_state["question"] = Question(own)
    run(app).select_slider(key="whatif_c0").set_value("0.5")
    app.multiselect(key="whatif_open").set_value(["my secret", "size"])
    app.number_input(key="whatif_number").set_value(2)
    asked = run(app).session_state["drawn"]
    assert (asked.moved, asked.open) == ((("my secret", 0.5),), ("my secret", "size"))
    assert _kept(own) == {"persist_state": "session"}
    assert _kept(LOANS.table) == {"bind": "query-params"}


def test_a_place_on_the_picture_moves_the_column_it_goes_along(monkeypatch):
    from pages._controls import interpretability_whatif as controls

    told = story(at_rest())
    state: dict[str, Any] = {}
    monkeypatch.setattr(controls.st, "session_state", state)
    monkeypatch.setattr(controls, "visit", lambda: SimpleNamespace(kept={"whatif": (None, told, {})}))
    controls.pick_value(2.34, -5.0)
    assert state == {"whatif_c1": "2.3"}


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("model", KINDS)
def test_headline_and_words_keep_the_limits_for_every_table_and_model(key, model):
    question = Question(ready_made(key))
    for side in SIDES:
        for number in (1, 40):
            told = story(Settings(question, model, side, number))
            headline, title = words.whatif_headline(told), what_if(told).title
            assert 2 <= len(headline.split()) <= 12
            assert len(headline.split()) + len(title.split()) <= 25, (headline, title)
            tables = [table for _, table in words.whatif_tables(told)]
            assert tables[0].count("\n") <= 2 + words.MOST_ROWS
            for text in (takeaway(told), words.whatif_below(told), *tables):
                assert [s for s in sentences(text) if len(words_of(s)) > 25] == []


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (at_rest(), "One change would let this loan through"),
        (Settings(LOANS, side="let through", number=1), "One change would hold this loan back"),
        (Settings(LOANS, moved=(("debt payments", 20.0),)), "Your change lets this loan through"),
        (Settings(LOANS, moved=(("debt payments", 40.0),)), "Your change would leave this loan held back"),
        (Settings(LOANS, may_change=()), "No change that we tried would let this loan through"),
    ],
)
def test_the_headline_says_what_was_found(settings, says):
    assert words.whatif_headline(story(settings)) == says


def test_the_words_are_plain_and_the_notes_have_three_parts():
    told = story(at_rest())
    body = [words.WHATIF_LEAD, words.WHATIF_LIES, takeaway(told), words.whatif_below(told), words.HONEST]
    found = read(body)
    assert found.grade <= 9
    assert found.words_per_sentence <= 15
    parts = re.split(r"(?<=[.?:!]) (?=Point |Expect )", words.WHATIF_NOTES)
    assert [part.split()[0] for part in parts] == ["Say:", "Point", "Expect"]
    assert 60 <= len(words.WHATIF_NOTES.split()) <= 90
    assert words.WHATIF_SOURCE.endswith(".")
    assert set(words.whatif_tells(told)) == {"Explanation"}


def test_the_case_shows_what_moves_and_what_is_locked():
    told = story(at_rest())
    (name, table), (other, ticked) = words.whatif_tables(told)
    assert (name, other) == ("The case", "Other models")
    assert "| loan in yearly incomes | 4.5 | **4.0** |" in table
    assert "| debt payments | 33 % of income | – |" in table
    assert table.count(words.LOCK) == 3  # age, district, group
    assert ticked.count("\n| ") == 1 + 4  # the line under the head, and four models
    many = story(Settings(Question(ready_made("cancer")), number=3))
    assert "| 20 more |" in words.whatif_tables(many)[0][1]
