"""One price list moves every scene of "Decide"; it comes from the case, a preset, a link or another page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dl_core.decide import bar, coin, flow, lanes, line, prices, ready, route
from dl_core.decide.lanes_in_words import takeaway as lanes_sentence
from dl_core.decide.line_in_words import takeaway as line_sentence
from dl_core.decide.prices import BARS
from dl_core.interpretability.question import Question
from dl_core.interpretability.tables import ready_made
from dl_core.price_of_mistakes import Settings as PriceList
from dl_core.running_case import CASES, case
from pages._controls import decide as controls
from pages._shared.brief import _to_save
from pages._shared.lessons import lesson as lesson_named
from pages._shared.typeset import typeset
from pages._words import decide as words
from pages._words import decide_plan as plan_words
from tests.readability import words as words_of

PAGE, NAME = "decide.py", "decide"
DEFAULTS = {
    "lanes": prices.Settings(), "formula": bar.Settings(), "flow": flow.Settings(), "coin": coin.Settings(),
    "line": line.Settings(), "route": route.Settings(), "ready": ready.Settings(),
}  # fmt: skip


def left(app):
    return app.session_state["visit"].left[NAME]


def fine(app):
    assert not app.exception, [each.message for each in app.exception]
    return app


def choose(app, key, value):
    return fine(app.button_group(key=key).set_value(value).run())


def type_in(app, key, value):
    return fine(app.number_input(key=key).set_value(value).run())


def test_the_page_opens_at_the_plain_defaults(open_page_once):
    app = open_page_once(PAGE)
    assert left(app) == DEFAULTS
    assert app.button_group(key="lanes_preset").value == CASES[0].name


@pytest.mark.parametrize("chosen", CASES, ids=lambda case: case.key)
def test_a_preset_brings_the_whole_case(open_page, chosen, sentence):
    app = choose(open_page(PAGE), "lanes_preset", chosen.name)
    there = left(app)["lanes"]
    assert (there.per_day, there.miss, there.bad_per_100) == (
        chosen.per_day,
        chosen.miss_costs,
        chosen.bad_per_100,
    )
    assert sentence(app, "takeaway") == lanes_sentence(lanes.story(there))
    assert app.button_group(key="lanes_preset").value == chosen.name
    # the words around it say so where the reader's product is another one
    said = " ".join(text.value for text in app.markdown)
    assert (f"those of {chosen.name.lower()}" in said) == (chosen is not CASES[0])


def test_prices_volume_and_scores_move_the_other_scenes_and_bars_do_not(open_page):
    app = open_page(PAGE)
    type_in(app, "lanes_miss", 90.0)
    type_in(app, "lanes_alarm", 10.0)
    type_in(app, "lanes_per_day", 500)
    choose(app, "lanes_source", "loans")
    there = left(app)
    assert (there["formula"].miss, there["formula"].false_alarm, there["formula"].source) == (90, 10, "loans")
    assert there["flow"].miss == there["coin"].miss == there["line"].miss == 90
    assert there["coin"].per_day == there["line"].per_day == there["route"].per_day == 500
    assert "A miss costs $90 and a false alarm $10: act from 10 % on." in bar.takeaway(
        bar.story(there["formula"])
    )  # 10 / 100
    before = {key: value for key, value in there.items() if key != "lanes"}
    fine(app.select_slider(key="lanes_bars").set_value((2.0, 80.0)).run())
    assert {key: value for key, value in left(app).items() if key != "lanes"} == before
    assert (left(app)["lanes"].low, left(app)["lanes"].high) == (2.0, 80.0)


def test_the_button_moves_to_the_cheapest_bars_and_goes(open_page, sentence):
    app = open_page(PAGE)
    cheapest = lanes.story(prices.Settings()).cheapest
    fine(app.button(key="lanes_go").click().run())
    assert app.select_slider(key="lanes_bars").value == (cheapest.low, cheapest.high)
    assert sentence(app, "takeaway").endswith("No pair of bars is clearly cheaper.")
    assert "lanes_go" not in [button.key for button in app.button]


def test_the_link_restores_every_scene(open_page, sentence):
    app = open_page(
        PAGE, lanes_bars=["2 %", "80 %"], lanes_miss="90", lanes_source="Home loans", lanes_right="90",
        formula_same="false", formula_miss="30", formula_alarm="70", formula_sure="too sure",
        flow_bad="10", flow_caught="80", flow_alone="99", flow_cases="100,000", flow_words="Support mail",
        coin_n="5,000", coin_second="96", line_today="Nobody", line_machine="Readable model, tumours",
        line_year="5000", route_times="× 10", route_leave="false", ready_rights="No", ready_examples="Yes",
    )  # fmt: skip
    there, above = left(app), prices.Settings("loans", miss=90.0, reviewer_right=90, low=2.0, high=80.0)
    assert there["lanes"] == above
    assert there["formula"] == bar.Settings(30, 70, "loans", sure="too sure")
    wanted = flow.Settings(100_000, 10, 80, 99, "mail", miss=90)
    assert there["flow"] == wanted
    assert there["coin"] == coin.Settings(n=5_000, second=96.0, miss=90)
    assert there["line"] == line.Settings(miss=90, today="nobody", machine="cancer", per_year=5000)
    assert there["route"] == route.Settings(per_day=100_000, may_leave=False)
    assert [there["ready"].answers[ready.KEYS.index(key)] for key in ("rights", "examples")] == ["no", "yes"]
    assert sentence(app, "line_sentence") == line_sentence(line.story(there["line"]))


def test_nonsense_in_the_link_shows_the_defaults(open_page):
    app = open_page(
        PAGE, lanes_bars=["never", "80"], lanes_miss="nan", lanes_bad="-4", lanes_wage="1e99",
        lanes_source="<b>", lanes_right="900", formula_same="perhaps", formula_sure="7", flow_bad="lots",
        flow_caught="101", flow_cases="0", flow_words="?", coin_n="3", coin_first="1e9", coin_whose="cats",
        line_today="robots", line_bad="0", line_machine="oracle", route_times="many", route_price="inf",
        ready_data="maybe", lanes_per_day="0",
    )  # fmt: skip
    assert left(app) == DEFAULTS


def test_more_mistakes_than_cases_are_said_and_bounded(open_page):
    app = open_page(PAGE, line_bad="50", line_missed="80")
    assert left(app)["line"].missed == 50
    assert plan_words.LINE_TOO_MANY in [text.value for text in app.caption]


@pytest.mark.parametrize("chosen", CASES, ids=lambda case: case.key)
def test_the_numbers_follow_the_case_but_for_those_that_the_reader_has_set(open_page, chosen):
    app = choose(open_page(PAGE), "case", chosen.key)
    assert app.button_group(key="lanes_preset").value == chosen.name
    assert left(app)["lanes"].per_day == left(app)["route"].per_day == left(app)["line"].per_day
    assert left(app)["route"].per_day == chosen.per_day
    assert left(app)["flow"].words == chosen.key
    assert "lanes" not in app.session_state["visit"].link(NAME)  # the case brings its numbers
    app = choose(open_page(PAGE, lanes_miss="77", flow_words="Any cases"), "case", chosen.key)
    there = left(app)
    assert (there["lanes"].miss, there["lanes"].per_day) == (77, chosen.per_day)
    assert there["flow"].words == flow.PLAIN


def test_the_case_brings_its_own_share_of_bad_ones_to_the_flow(open_page):
    app = choose(open_page(PAGE), "case", "mail")
    assert left(app)["flow"].bad == flow.Settings().bad  # a lesson about rare things, whatever the case
    choose(app, "flow_preset", "Support mail")
    assert (left(app)["flow"].bad, left(app)["flow"].words) == (case("mail").bad_per_100, "mail")
    assert app.button_group(key="flow_preset").value == "Support mail"


def test_prices_set_on_another_page_are_one_press_away(open_page):
    app = open_page("loss_functions.py", price_miss="300")
    fine(app.switch_page(PAGE).run())
    (button,) = [each for each in app.button if str(each.key).startswith("lanes_from_")]
    assert button.label == typeset("From Loss functions: a miss $300, a false alarm $5")
    fine(button.click().run())
    assert (left(app)["lanes"].miss, left(app)["lanes"].false_alarm) == (300, 5)
    assert left(app)["coin"].miss == 300
    assert not [each for each in app.button if str(each.key).startswith("lanes_from_")]


def test_what_other_pages_bring_fits_the_opening_scene():
    question = Question(ready_made("loans"), miss=700.0)
    moved = {
        "loss_functions": {"price": PriceList(threshold=0.2)},  # its prices stand where they stood
        "interpretability": {"board": question},
    }
    assert controls.brought({}) == {}
    brought = controls.brought(moved)
    assert brought == {
        "interpretability": {"lanes_miss": 700.0, "lanes_alarm": 100.0, "lanes_source": "loans"}
    }
    wine = {"interpretability": {"board": replace(question, table=ready_made("wine"))}}
    assert "lanes_source" not in controls.brought(wine)["interpretability"]
    for page, _, names in controls.ELSEWHERE:
        assert len(words_of(words.brought(page, dict.fromkeys(names.values(), 5)))) <= 12
        assert page in words.PAGES


def test_a_mistyped_price_list_proposes_an_answer_and_the_readers_goes_before_it(open_page):
    app = open_page(PAGE)
    assert left(app)["ready"].proposed == ()
    type_in(app, "lanes_miss", 91.0)
    assert left(app)["ready"].proposed == ("priced",)
    told = ready.story(left(app)["ready"])
    assert dict(zip(ready.KEYS, told.settings.answers, strict=True))["priced"] == "yes"
    assert plan_words.READY_PROPOSED in [text.value for text in app.caption]
    app = open_page(PAGE, lanes_miss="91", ready_priced="No")
    assert left(app)["ready"].proposed == ()
    assert dict(zip(ready.KEYS, left(app)["ready"].answers, strict=True))["priced"] == "no"


@pytest.mark.parametrize("bar_at", BARS)
def test_a_press_moves_the_nearer_bar_and_never_past_the_other(monkeypatch, bar_at):
    state = {"lanes_bars": (10.0, 50.0)}
    monkeypatch.setattr(controls.st, "session_state", state)
    controls.pick_bar(controls.place(bar_at), 0.0)
    low, high = state["lanes_bars"]
    assert bar_at in (low, high)
    assert (low, high).count(10.0) + (low, high).count(50.0) >= 1
    assert low <= high


def test_each_verdict_of_the_line_is_one_preset_away(open_page):
    app, seen = open_page(PAGE), []
    for name in line.PRESETS:
        choose(app, "line_preset", name)
        seen.append(line.story(left(app)["line"]).verdict)
        assert left(app)["line"] == line.PRESETS[name]
    assert seen == ["good enough", "not yet", "cannot tell"]


def test_a_brief_brings_every_scene_back(open_page):
    app = open_page(PAGE, lanes_bars=["2 %", "80 %"], lanes_miss="90", ready_rights="No", route_times="× 10")
    others = [scene.key for scene in lesson_named(NAME).scenes[1:]]
    fine(app.multiselect(key="decide_take_scenes").set_value(others).run())
    fine(app.button(key="decide_take_add").click().run())
    (card,) = app.session_state["visit"].cards
    assert dict(card.scenes) == left(app)
    fine(app.switch_page("brief.py").run())
    file = json.loads(_to_save(app.session_state["visit"], "Returns", {}).model_dump_json())
    later = open_page("brief.py")
    fine(
        later.file_uploader(key="brief_file")
        .upload("b.json", json.dumps(file).encode(), "application/json")
        .run()
    )
    assert not later.error
    assert later.session_state["visit"].cards == (card,)


def test_the_sheet_begins_with_what_is_decided_here(open_page):
    app = open_page("loss_functions.py")
    fine(app.switch_page(PAGE).run())
    fine(app.switch_page("brief.py").run())
    assert not app.session_state["visit"].cards
    told = app.text_area(key="sheet_Error cost").value
    ours, theirs = told.index("A miss: $40. A false alarm: $8."), told.index("250 for a miss")
    assert 0 < ours < theirs
    assert "is open" not in told
    assert app.text_area(key="sheet_Review").value.startswith("People look between 10 % and 50 %")
    assert {"Slides (PowerPoint)", "Everything (ZIP)"} <= {
        each.proto.label for each in app.get("download_button")
    }


def test_the_checklist_leads_to_the_sheet(open_page_once):
    app = open_page_once(PAGE)
    assert plan_words.READY_BRIEF in [each.proto.label for each in app.get("page_link")]
