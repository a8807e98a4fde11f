"""The whole page of "Interpretability": one table and two prices for every scene, and a reader's own file."""

from __future__ import annotations

import gc
import json
import weakref
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dl_core.documents.settings import holds_own
from dl_core.interpretability import board, curve, fair, onecase, proxy, surrogate
from dl_core.interpretability.cross_validation import validated
from dl_core.interpretability.own_table import own_table, read_own
from dl_core.interpretability.question import Question, at_rest
from dl_core.interpretability.tables import ready_made
from pages._controls import interpretability as controls
from pages._shared.brief import _to_save
from pages._shared.job import SHARED
from pages._shared.lessons import lesson as lesson_named
from pages._shared.typeset import typeset
from pages._words import interpretability as words
from pages._words import interpretability_fair_legal as legal

PAGE, NAME = "interpretability.py", "interpretability"
KEYS = ("board", "priced", "onecase", "agree", "whatif", "curve", "shuffle", "surrogate", "fair", "proxy")
N = 160
BINDS = ("button_group", "selectbox", "multiselect", "radio", "slider", "number_input")
SECRET = ("kinks", "warts", "fate", "gone")  # names and answers of the reader's file


def file_of(n: int = N, **more: list[Any]) -> bytes:
    """A table with a protected-looking column, and what ``more`` adds; "gone" is the bad answer."""
    rng = np.random.default_rng(11)
    kinks, warts, sort = rng.normal(size=n).round(2), rng.integers(0, 9, n), rng.integers(0, 2, n)
    risk = 1 / (1 + np.exp(-(1.5 * kinks + 0.3 * warts + sort - 3)))
    gone = rng.random(n) < risk
    columns = {"kinks": kinks, "warts": warts, "sort": sort, **more}
    if "after" in more:
        columns["after"] = (gone * 3 + rng.random(n)).round(2)  # filled in when the end was known
    columns["fate"] = np.where(gone, "gone", "stayed")
    lines = [",".join(map(str, row)) for row in zip(*columns.values(), strict=True)]
    return "\n".join([",".join(columns), *lines]).encode()


def fine(app):
    assert not app.exception, [each.message for each in app.exception]
    return app


def left(app) -> dict[str, Any]:
    return app.session_state["visit"].left[NAME]


def asked(app) -> Question:
    return left(app)["board"]


def at_rest_on_the_page(scene) -> Any:
    """The settings with which it opens; of a curve the page names the column that the core would choose."""
    settings = scene.at_rest()
    if scene.key == "curve":
        return replace(settings, column=curve.first_column(settings.question.table))
    return settings


def questions(app) -> list[Question]:
    """What every later scene looks at."""
    return [left(app)[key].question for key in KEYS[1:]]


def upload(app, content: bytes):
    return fine(app.file_uploader(key="board_file").upload("mine.csv", content, "text/csv").run())


def said(app) -> str:
    return " ".join(each.value for kind in ("markdown", "caption", "info") for each in getattr(app, kind))


def remarks(app) -> list[str]:
    (fold,) = [each for each in app.expander if each.label.startswith("What we did with your file")]
    return [each.value.replace("\N{NO-BREAK SPACE}", " ") for each in fold.markdown]


@pytest.fixture(scope="module")
def held():
    """The table that the page makes of the file, measured: while this holds it, nobody measures it anew."""
    question = Question(own_table(read_own(file_of())).table)
    for scene in lesson_named(NAME).scenes:
        settings = scene.at_rest()
        scene.compute(question if scene.key == "board" else type(settings)(question))
    return question.table


@pytest.fixture
def own(open_page, held):
    """The page with the reader's own table, measured."""
    return upload(open_page(PAGE, board_table="Your table"), file_of())


def test_the_page_opens_with_every_scene_at_rest(open_page, sentence):
    app = open_page(PAGE)
    assert tuple(left(app)) == KEYS
    for scene in lesson_named(NAME).scenes:
        assert left(app)[scene.key] == at_rest_on_the_page(scene)
    assert sentence(app, "takeaway") == board.takeaway(board.story(at_rest()))
    assert [each.value for each in app.title] == [words.HEADLINE]
    assert set(app.session_state["visit"].kept) >= set(KEYS)


@pytest.mark.parametrize("preset", controls.BOARD_PRESETS, ids=lambda preset: preset.name)
def test_a_preset_moves_every_scene(open_page, sentence, preset):
    app = open_page(PAGE)
    if app.button_group(key="board_preset").value != preset.name:
        app = fine(app.button_group(key="board_preset").set_value(preset.name).run())
    table, miss, alarm, bar = preset.values.values()
    wanted = Question(ready_made(table), miss, alarm, None if bar == controls.FORMULA else bar / 100)
    assert [asked(app), *questions(app)] == [wanted] * len(KEYS)
    assert sentence(app, "takeaway") == board.takeaway(board.story(wanted))
    assert app.button_group(key="board_preset").value == preset.name


@pytest.mark.parametrize("key", ["diabetes", "wine"])
def test_the_other_tables_get_through_every_scene(open_page, sentence, key):
    app = open_page(PAGE, board_table=controls.NAMES[key])
    assert [each.table.key for each in questions(app)] == [key] * (len(KEYS) - 1)
    assert sentence(app, "takeaway") == board.takeaway(board.story(Question(ready_made(key))))


def test_a_moved_bar_moves_every_scene_and_nothing_is_trained_anew(open_page, monkeypatch):
    app = open_page(PAGE)

    def trained(*_: Any) -> None:
        raise AssertionError("a bar needs no training")

    for module in ("cross_validation", "fitted", "proxy", "shuffle"):
        monkeypatch.setattr(f"dl_core.interpretability.{module}.fit", trained)
    fine(app.select_slider(key="board_bar").set_value(30).run())
    assert [each.bar for each in (asked(app), *questions(app))] == [0.3] * len(KEYS)
    assert not app.warning or all("side" not in each.value for each in app.warning)
    for key in KEYS:  # and every result on the screen is of these settings
        settings, result, _ = app.session_state["visit"].kept[key]
        assert settings == left(app)[key] == result.settings


def test_the_link_restores_every_scene(open_page):
    app = open_page(
        PAGE, board_table="Diabetes patients", board_miss="400", board_alarm="100", board_bar="25 %",
        onecase_model="Neural network", onecase_which="Right answers", onecase_number="2",
        surrogate_depth="2", fair_rule="same false alarms", fair_column="age", proxy_measure="mean risk",
    )  # fmt: skip
    wanted = Question(ready_made("diabetes"), 400, 100, 0.25)
    assert [asked(app), *questions(app)] == [wanted] * len(KEYS)
    assert left(app)["onecase"] == onecase.Settings(wanted, "mlp", "right", 2)
    assert left(app)["surrogate"].depth == 2
    assert left(app)["fair"] == fair.Settings(wanted, "alarms", column="age")
    assert left(app)["proxy"] == proxy.Settings(wanted, measure="risk", column="sex")


def test_nonsense_in_the_link_shows_the_defaults(open_page):
    app = open_page(
        PAGE, board_table="<b>", board_miss="-5", board_alarm="nan", board_bar="200 %",
        onecase_model="oracle", whatif_number="0", curve_column="no such", surrogate_depth="99",
        fair_rule="nice", fair_column="shoe", proxy_model="tree",
    )  # fmt: skip
    for scene in lesson_named(NAME).scenes:
        assert left(app)[scene.key] == at_rest_on_the_page(scene)


def test_the_legal_box_stands_below_the_last_scene_dated_and_sourced(open_page):
    app = open_page(PAGE)
    texts = [each.value for each in app.markdown]
    box, trade_offs = (
        next(at for at, text in enumerate(texts) if wanted in text) for wanted in (legal.TITLE, "| --- |")
    )
    proxy_at = texts.index(typeset(lesson_named(NAME).scenes[-1].lead))
    assert proxy_at < box
    assert box < [at for at, text in enumerate(texts) if "| --- |" in text][-1]
    assert trade_offs  # the page's own table comes after it
    assert legal.WARNING in [each.value for each in app.caption]
    (fold,) = [each for each in app.expander if each.label == legal.MORE]
    told = fold.markdown[0].value
    assert all(rule.source in told.replace("\N{NO-BREAK SPACE}", " ") for rule in legal.RULES)
    assert told.count(f"Checked {legal.CHECKED}") == len(legal.RULES)


# --- the reader's own file ---


def test_before_a_file_is_chosen_the_made_loans_stand_there(open_page, sentence):
    app = open_page(PAGE, board_table="Your table")
    assert asked(app) == at_rest()
    assert words.OWN_NOTHING_YET in said(app)
    assert sentence(app, "takeaway") == board.takeaway(board.story(at_rest()))


def test_an_own_table_gets_through_every_scene(own, sentence):
    app = own
    table = asked(app).table
    assert (table.is_own, table.names, len(table.bad)) == (True, ("kinks", "warts", "sort"), N)
    assert table.bad_name == "fate: gone"
    assert [each.table for each in questions(app)] == [table] * (len(KEYS) - 1)
    kept = app.session_state["visit"].kept
    for scene in lesson_named(NAME).scenes:
        settings, result, _ = kept[scene.key]
        assert settings == left(app)[scene.key]
        assert sentence(app, "takeaway" if scene.key == "board" else f"{scene.key}_sentence")
        assert scene.headline(result)
        assert scene.on_a_slide(result).summary
    assert sentence(app, "takeaway") == board.takeaway(kept["board"][1])
    assert len(kept["board"][1].rows) == 7
    # no column of it is protected: the fairness scenes say what they show instead
    assert fair.Settings(asked(app)).table.key == "loans"
    assert any("no protected column" in each.value for each in app.info)
    fine(app.button_group(key="onecase_which").set_value("right").run())
    fine(app.select_slider(key="board_bar").set_value(40).run())
    assert [each.bar for each in questions(app)] == [0.4] * (len(KEYS) - 1)


def test_nothing_of_an_own_table_is_in_the_link_or_shared_or_in_a_brief(own):
    app = own
    app.session_state["board_columns"] = True  # what a click on the fold sets
    fine(app.run())
    fine(app.multiselect(key="board_protected").set_value(["sort", "warts"]).run())
    fine(app.multiselect(key="board_fixed").set_value(["kinks"]).run())
    fine(app.button_group(key="fair_column").set_value("warts").run())
    assert left(app)["fair"].column == "warts"
    bound = [
        each.proto for kind in BINDS for each in app.get(kind) if getattr(each.proto, "query_param_key", "")
    ]
    assert {"board_table", "onecase_model", "fair_rule"} <= {proto.query_param_key for proto in bound}
    told = {proto.query_param_key: str(getattr(proto, "options", "")) for proto in bound}
    assert {key: text for key, text in told.items() if any(name in text for name in SECRET)} == {}
    assert not [key for key in SHARED._kept if holds_own(key[1])]
    app.multiselect(key=f"{NAME}_take_scenes").set_value(list(KEYS[1:]))
    fine(app.button(key=f"{NAME}_take_add").click().run())
    saved = _to_save(app.session_state["visit"], "Mine", {}).model_dump_json()
    assert [name for name in SECRET if f'"{name}' in saved] == []


def test_to_call_a_column_protected_shows_it_in_the_fairness_scenes_and_trains_nothing_anew(own):
    app = own
    before = validated(asked(app).table)
    app.session_state["board_columns"] = True
    fine(app.run())
    fine(app.multiselect(key="board_protected").set_value(["sort"]).run())
    table = asked(app).table
    assert [column.name for column in table.columns if column.is_protected and column.is_fixed] == ["sort"]
    assert validated(table) is before
    assert (left(app)["fair"].column, left(app)["proxy"].column) == ("sort", "sort")
    assert fair.Settings(asked(app)).table == table


def test_gaps_a_constant_and_a_leaking_column_are_told_and_one_click_leaves_the_leak_out(
    open_page, sentence, held
):
    gaps: list[Any] = [("" if n % 20 == 0 else n % 5) for n in range(N)]
    more = {"gaps": gaps, "same": [7] * N, "after": [0] * N}
    app = upload(open_page(PAGE, board_table="Your table"), file_of(**more))
    assert asked(app).table.names == ("kinks", "warts", "sort", "gaps", "after")
    assert len(asked(app).table.bad) == N - N // 20
    told = remarks(app)
    assert f"Left out: {N // 20} rows with a missing value." in told
    assert any("“same”, where all values are the same" in each for each in told)
    (warning,) = [each.value for each in app.warning if "after" in each.value]
    assert "“after” alone ranks 100" in warning
    assert "gives the answer away" in sentence(app, "takeaway")
    fine(app.button(key="board_leave").click().run())
    assert asked(app).table.names == ("kinks", "warts", "sort", "gaps")
    assert not [each for each in app.warning if "“after” alone" in each.value]
    assert "gives the answer away" not in sentence(app, "takeaway")
    assert [each.table.names for each in questions(app)] == [asked(app).table.names] * (len(KEYS) - 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"kinks,warts,fate\n1,2,gone\n3,4,stayed\n", "This table has 2 rows. Seven models need 40 or more."),
        (file_of(30), "This table has 30 rows. Seven models need 40 or more to be compared."),
        (b"", "This file is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "save it as CSV"),
    ],
    ids=["two rows", "30 rows", "empty", "a picture"],
)
def test_a_file_that_will_not_do_gets_a_sentence_and_what_was_there_stays(open_page, content, told, sentence):
    app = upload(open_page(PAGE, board_table="Your table"), content)
    assert any(told in each.value for each in app.info)
    assert asked(app) == at_rest()
    assert sentence(app, "takeaway") == board.takeaway(board.story(at_rest()))


def test_a_file_that_will_not_do_leaves_the_last_one_and_a_ready_made_table_comes_back(own, sentence):
    app = own
    upload(app, file_of(30))
    assert len(asked(app).table.bad) == N
    fine(app.button_group(key="board_table").set_value("wine").run())
    assert sentence(app, "takeaway") == board.takeaway(board.story(Question(ready_made("wine"))))
    assert [each.is_own for each in questions(app)] == [False] * (len(KEYS) - 1)
    fine(app.button_group(key="board_table").set_value("own").run())
    assert len(asked(app).table.bad) == N


def test_nothing_of_an_own_table_outlives_the_visit(open_page):
    app = upload(open_page(PAGE, board_table="Your table"), file_of(50))
    table = asked(app).table
    held = [weakref.ref(each) for each in (table, table.rows, validated(table), validated(table).probability)]
    del table
    assert all(each() is not None for each in held)
    del app
    gc.collect()
    assert [each() for each in held] == [None] * len(held)


# --- in a room, and in a brief ---


def test_the_stage_shows_every_scene_of_the_own_table_too(own):
    app = own
    app.query_params["present"] = "1"
    fine(app.run())
    kept = app.session_state["visit"].kept
    assert [kept[key][0].question.is_own for key in KEYS[1:]] == [True] * (len(KEYS) - 1)
    shown = [each.value for kind in ("title", "header", "markdown") for each in getattr(app, kind)]
    for scene in lesson_named(NAME).scenes:
        assert any(typeset(scene.headline(kept[scene.key][1])) in each for each in shown), scene.key


def test_a_brief_names_ready_made_tables_by_key_and_brings_every_scene_back(open_page):
    link = {"board_miss": "400", "surrogate_depth": "2", "fair_rule": "one bar for all"}
    app = open_page(PAGE, board_table="Diabetes patients", **link)
    assert left(app)["surrogate"] == surrogate.Settings(asked(app), depth=2)
    app.multiselect(key=f"{NAME}_take_scenes").set_value(list(KEYS[1:]))
    fine(app.button(key=f"{NAME}_take_add").click().run())
    (card,) = app.session_state["visit"].cards
    assert dict(card.scenes) == left(app)
    saved = _to_save(app.session_state["visit"], "Wards", {}).model_dump_json()
    assert saved.count('"table":"diabetes"') == len(KEYS)
    later = open_page("brief.py")
    fine(later.file_uploader(key="brief_file").upload("b.json", saved.encode(), "application/json").run())
    assert not later.error
    assert later.session_state["visit"].cards == (card,)
    broken = json.loads(saved.replace('"table":"diabetes"', '"table":"shoes"'))
    other = open_page("brief.py")
    file = other.file_uploader(key="brief_file")
    fine(file.upload("b.json", json.dumps(broken).encode(), "application/json").run())
    assert other.session_state["visit"].cards == ()
    assert other.error
