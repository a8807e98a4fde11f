"""One running case on all pages: its words, its numbers and its mistakes, and no other case's."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.decide import lanes, prices
from dl_core.price_of_mistakes import Settings as PriceList
from dl_core.running_case import CASES, case
from pages._controls import decide as decide_controls
from pages._shared import frame
from pages._shared.catalogue import LESSONS
from pages._shared.lessons import lesson as lesson_named
from pages._shared.scene import told
from tests.pages.conftest import ROOT

WITH_NUMBERS = [  # lessons whose further scenes hold something of the case
    entry
    for entry in LESSONS
    if entry.name in {"start", "knn_vs_softmax"}
    or any(scene.case_preset for scene in lesson_named(entry.name).scenes)
]
MAIL = case("mail")
EVERY = pytest.mark.parametrize("chosen", CASES, ids=lambda case: case.key)
NAVIGATION = str(ROOT / "pages" / "_navigation.py")
A_DAY = re.compile(r"(\d[\d,]*) (?:answers|photos|cases|requests|support mails) a day")
OF_MISTAKES = re.compile(r"mistake|wrong answer|slip by|a miss ", re.IGNORECASE)
COSTS = re.compile(r"a (miss|false alarm) (?:costs )?\$(\d[\d,.]*\d|\d)", re.IGNORECASE)
# fields of any scene's settings that hold what a case says of itself
PER_DAY = ("per_day", "requests_per_day")


def words_of(each):
    return {each.name, each.item, each.items, each.miss, each.false_alarm}


def strange_to(chosen):
    """Words of the other cases that are no part of this one's."""
    own = " ".join(words_of(chosen)).lower()
    others = {word.lower() for each in CASES if each is not chosen for word in words_of(each)}
    return {word for word in others if word not in own}


def choose(app, chosen):
    app.button_group(key="case").set_value(chosen.key).run()
    assert not app.exception, [each.message for each in app.exception]
    return app


def everything_said(app):
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning")
    return [each.value for kind in kinds for each in app.get(kind)]


@contextmanager
def only_the_first_screen():
    """Nothing below the first screen is drawn, as before a browser has painted it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frame, "is_later", lambda name: True)
        yield


@pytest.fixture(scope="module", params=LESSONS, ids=lambda entry: entry.name)
def page(request, open_page_once):
    """A lesson and its page's first screen, opened once for the tests of this file."""
    with only_the_first_screen():
        return lesson_named(request.param.name), open_page_once(request.param.file)


@pytest.fixture(scope="module", params=WITH_NUMBERS, ids=lambda entry: entry.name)
def whole_page(request, open_page_once):
    """The same to its end, of lessons whose further scenes hold numbers of the case."""
    return lesson_named(request.param.name), open_page_once(request.param.file)


def opening(lesson, app, chosen):
    """The opening result when a reader has chosen this case."""
    if lesson.name == "decide":  # the one page whose first picture is the case's own
        of_case = decide_controls.lanes_of(chosen)
        low, high = of_case["lanes_bars"]
        return lanes.story(
            replace(
                prices.Settings(), per_day=of_case["lanes_per_day"], bad_per_100=of_case["lanes_bad"],
                miss=of_case["lanes_miss"], false_alarm=of_case["lanes_alarm"],
                minutes=of_case["lanes_minutes"], low=low, high=high,
            )
        )  # fmt: skip
    visit = app.session_state["visit"]
    first = lesson.opening
    if first.kept_in_visit:
        return visit.kept[first.key][1]
    return first.compute(visit.left[lesson.name][first.key])


@EVERY
def test_the_page_says_what_it_means_for_this_case(page, chosen):
    lesson, app = page
    said = lesson.so_what(opening(lesson, app, chosen), chosen)
    assert chosen.items in said
    assert len(said.split()) <= 60
    assert [word for word in strange_to(chosen) if word in said.lower()] == []
    for number in re.findall(r"about ([\d,]+) [a-z ]+ a day \(our assumption\)", said):
        assert number == f"{chosen.per_day:,}"
    assert "a day" not in said or f"{chosen.per_day:,}" in said
    if OF_MISTAKES.search(said):
        assert chosen.miss in said
    for which, dollars in COSTS.findall(said):
        assert float(dollars) == {"miss": chosen.miss_costs}.get(which.lower(), chosen.alarm_costs)


def test_the_whole_page_speaks_of_no_other_case(whole_page):
    lesson, app = whole_page
    said = " \n".join(everything_said(choose(app, MAIL)))
    assert MAIL.items in said
    assert [word for word in strange_to(MAIL) if word in said.lower()] == []
    assert set(A_DAY.findall(said)) <= {f"{MAIL.per_day:,}"}
    left = app.session_state["visit"].left[lesson.name]
    held = [
        getattr(settings, name) for settings in left.values() for name in PER_DAY if hasattr(settings, name)
    ]
    assert set(held) <= {MAIL.per_day}


def test_what_no_setting_moves_speaks_of_no_case(page):
    """Notes, quiz, hard questions: they are the same for all, so they name none of the four."""
    lesson, app = page
    notes = [scene.notes for scene in lesson.scenes]
    quiz = [text for one in lesson.quiz for text in (one.text, *(o.text + o.why for o in one.options))]
    asked = [f"{one.question} {one.answer}" for one in lesson.what_if_asked(opening(lesson, app, CASES[0]))]
    advice = [f"{one.question} {one.good} {one.worrying}" for one in lesson.ask_engineers]
    said = " \n".join((*notes, *quiz, *asked, *advice, *lesson.where_it_lies)).lower()
    assert [word for each in CASES for word in words_of(each) if word.lower() in said] == []


def test_the_case_of_the_reader_is_one_press_away_where_mistakes_have_prices(whole_page):
    """A scene's own example has its own prices; the case's are a preset with its name."""
    lesson, app = whole_page
    for scene in (scene for scene in lesson.scenes if scene.case_preset):
        if app.session_state["visit"].case is not MAIL:
            choose(app, MAIL)
        app.button_group(key=f"{scene.key}_preset").set_value(MAIL.name).run()
        assert not app.exception
        assert app.button_group(key=f"{scene.key}_preset").value == MAIL.name
        for control, value in scene.case_preset(MAIL).items():
            assert app.session_state[control] == value
        settings = app.session_state["visit"].left[lesson.name][scene.key]
        result, picture = told(scene, settings)
        headline, finding = scene.headline(result), picture.checked_figure.layout.title.text
        assert len(headline.split()) <= 12
        assert len(f"{headline} {finding}".split()) <= 25
        for name, wanted in (("miss", MAIL.miss_costs), ("false_alarm", MAIL.alarm_costs)):
            assert not hasattr(settings, name) or scene.key == "flow" or getattr(settings, name) == wanted


def test_the_first_screen_follows_the_choice(page):
    _, app = page
    for chosen in (MAIL, CASES[0]):
        with only_the_first_screen():
            said = " \n".join(everything_said(choose(app, chosen)))
        assert chosen.items in said
        assert [word for word in strange_to(chosen) if word in said.lower()] == []


@EVERY
def test_a_case_preset_carries_the_name_of_the_case(chosen):
    for entry in LESSONS:
        for scene in lesson_named(entry.name).scenes:
            names = [preset.name for preset in scene.presets]
            assert len(names) == len(set(names))
            if scene.case_preset:
                assert chosen.name not in names
                assert set(scene.case_preset(chosen)) == set(scene.case_preset(CASES[0]))


def at(app, file):
    """To another page as the menu does; AppTest hands over what the visit holds with its second run."""
    app.switch_page(file).run()
    app.run()
    assert not app.exception, [each.message for each in app.exception]
    return app


def test_the_choice_holds_from_page_to_page():
    app = choose(AppTest.from_file(NAVIGATION, default_timeout=300).run(), MAIL)
    for file, scene, name in (
        ("knn_vs_softmax.py", "cost", "requests_per_day"),
        ("loss_functions.py", "price", ""),
        ("decide.py", "lanes", "per_day"),
    ):
        app = at(app, file)
        assert app.button_group(key="case").value == MAIL.key
        visit = app.session_state["visit"]
        assert visit.case is MAIL
        settings = visit.left[file.removesuffix(".py")][scene]
        assert not name or getattr(settings, name) == MAIL.per_day
        assert not hasattr(settings, "miss") or settings.miss == MAIL.miss_costs
    # and back to a page seen before, with another case
    choose(app, case("claims"))
    app = at(app, "knn_vs_softmax.py")
    assert (
        app.session_state["visit"].left["knn_vs_softmax"]["cost"].requests_per_day == case("claims").per_day
    )


@EVERY
def test_the_case_stands_in_the_link_and_comes_from_it(chosen):
    app = AppTest.from_file(NAVIGATION, default_timeout=300)
    app.query_params["case"] = chosen.name
    app.run()
    visit = app.session_state["visit"]
    assert visit.case is chosen
    assert ("case" in visit.queries["start"]) == (chosen is not CASES[0])


@pytest.mark.parametrize("nonsense", ["cars", "", "returns", "<b>", "Shop returns,Support mail"])
def test_nonsense_in_the_link_falls_back(nonsense):
    app = AppTest.from_file(NAVIGATION, default_timeout=300)
    app.query_params["case"] = nonsense
    app.run()
    assert not app.exception
    assert app.session_state["visit"].case is CASES[0]
    assert not any(app.query_params.values())


def test_what_a_reader_has_set_stays_when_the_case_changes(open_page):
    app = open_page("loss_functions.py", price_miss="7")
    for chosen, alarm in ((MAIL, MAIL.alarm_costs), (CASES[0], PriceList().false_alarm)):
        choose(app, chosen)
        price = app.session_state["visit"].left["loss_functions"]["price"]
        assert (price.miss, price.false_alarm) == (7.0, alarm)


@pytest.mark.parametrize(("name", "scene"), [("loss_functions", "price"), ("decide", "lanes")])
def test_the_first_case_leaves_each_page_its_own_example(open_page_once, name, scene):
    settings = open_page_once(f"{name}.py").session_state["visit"].left[name][scene]
    assert settings == type(settings)()
