"""Work beside a page: what a visitor sees of it, with threads held by events and ticks made by hand."""

from dataclasses import replace
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from dl_core.jobs import OUR_FAULT, PATIENCE, Queue
from pages._shared import job as beside

AS_IT_IS = beside.in_a_browser
LONG = 60.0  # seconds that a test would wait for a thread that is stuck


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Kitchen:
    """Work for each setting: held from the start unless let go, and counted."""

    def __init__(self):
        self.begun, self.ends, self.calls = {}, {}, []

    def __call__(self, n, go_on):
        self.calls.append(n)
        go_on(0.25)
        self.of(self.begun, n).set()
        assert self.of(self.ends, n).wait(LONG)
        if n == 5:
            raise ZeroDivisionError("inner secret")
        return f"whole {n}" if go_on(0.75) else (f"part {n}" if n != 4 else None)

    @staticmethod
    def of(events, n):
        return events.setdefault(n, Event())

    def let_go(self, *numbers):
        for n in numbers:
            self.of(self.ends, n).set()

    def is_at(self, n):
        return self.of(self.begun, n).wait(LONG)


def page(kitchen, runs, options):
    import streamlit as st

    from pages._shared.job import run_beside

    def scene():
        runs.append("scene")
        n = st.slider("Setting", 0, 5, 1, key="n")
        seen = run_beside("walk", n, lambda go_on: kitchen(n, go_on), **options)
        st.markdown(f"{seen.result}|{seen.is_latest}|{seen.stopped}|{seen.problem}")

    runs.append("page")
    st.title("A page")
    (scene if options.pop("bare", False) else st.fragment(scene))()


class Visit:
    """One reader with a browser."""

    def __init__(self, kitchen, **options):
        self.runs = []
        script = AppTest.from_function(page, args=(kitchen, self.runs, options), default_timeout=LONG)
        self.app = self.fine(script.run())

    @staticmethod
    def fine(app):
        assert not app.exception, [each.message for each in app.exception]
        return app

    def move(self, n):
        self.fine(self.app.slider(key="n").set_value(n).run())
        return self

    def press(self, key):
        self.fine(self.app.button(key=key).click().run())
        return self

    def look(self):
        self.fine(self.app.run())
        return self

    def tick(self):
        """What the browser asks for four times a second: the small fragment alone."""
        sequence = self.app._fragment_storage._registration_sequence_by_id
        watched = max(sequence, key=sequence.get)  # the innermost one
        as_asked = LocalScriptRunner.request_rerun

        def asks(runner, data):
            as_asked(runner, data)
            asked = runner._requests._rerun_data
            runner._requests._rerun_data = replace(asked, fragment_id_queue=[watched], is_auto_rerun=True)

        self.runs.clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(LocalScriptRunner, "request_rerun", asks)
            return self.look()

    @property
    def said(self):
        """(result, is_latest, stopped, problem) as the scene got them."""
        (text,) = [each.value for each in self.app.markdown if "|" in each.value]
        return tuple(text.split("|"))

    @property
    def bar(self):
        """What the bar says, and how far it is in per cent; None where there is none."""
        bars = self.app.get("progress")
        return (bars[0].proto.text, bars[0].proto.value) if bars else None

    @property
    def buttons(self):
        return [button.label for button in self.app.button]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def one_worker(monkeypatch, clock):
    monkeypatch.setattr(beside, "QUEUE", Queue(n_workers=1, n_places=2, clock=clock))
    monkeypatch.setattr(beside, "SHARED", beside.Shelf(8))
    monkeypatch.setattr(beside, "QUICK", 0.0)
    monkeypatch.setattr(beside, "in_a_browser", lambda: True)


@pytest.fixture
def kitchen():
    kitchen = Kitchen()
    yield kitchen
    kitchen.let_go(*range(6))
    assert beside.QUEUE.settled(LONG)


def test_quick_work_is_waited_for_and_nobody_sees_a_bar(monkeypatch, kitchen):
    monkeypatch.setattr(beside, "QUICK", LONG)
    kitchen.let_go(1)
    visit = Visit(kitchen)
    assert visit.said == ("whole 1", "True", "False", "")
    assert visit.bar is None
    assert visit.buttons == []


def test_slow_work_shows_how_far_it_is_and_then_its_result(kitchen):
    visit = Visit(kitchen)
    assert visit.said == ("None", "False", "False", "")
    assert kitchen.is_at(1)
    assert visit.look().bar == ("Training: 25 %", 25)
    assert visit.buttons == ["Stop"]
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("whole 1", "True", "False", "")
    assert visit.bar is None


def test_a_tick_draws_the_bar_alone_and_the_last_one_the_scene_but_not_the_page(kitchen):
    visit = Visit(kitchen)
    assert kitchen.is_at(1)
    assert visit.tick().bar == ("Training: 25 %", 25)
    assert visit.runs == []
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    assert visit.tick().said == ("whole 1", "True", "False", "")
    assert visit.runs == ["scene"]
    assert not visit.app.title
    assert visit.look().bar is None


def test_a_scene_that_is_no_fragment_runs_the_page_at_the_end(kitchen):
    visit = Visit(kitchen, bare=True)
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    assert visit.tick().said == ("whole 1", "True", "False", "")
    assert visit.runs == ["page", "scene"]


def test_whoever_waits_sees_the_place_in_line_move_up(kitchen):
    first, second, third = Visit(kitchen), Visit(kitchen).move(2), Visit(kitchen).move(3)
    assert first.tick().bar[0] == "Training: 25 %"
    assert [each.tick().bar for each in (second, third)] == [("Place 1 in line", 0), ("Place 2 in line", 0)]
    kitchen.let_go(1)
    assert kitchen.is_at(2)
    assert [each.tick().bar[0] for each in (second, third)] == ["Training: 25 %", "Place 1 in line"]
    # far from its turn it looked less often; the scene has set that right, once
    assert (second.runs, third.runs) == ([], ["scene"])
    assert third.tick().runs == []


def test_quick_work_in_a_line_of_quick_work_shows_no_bar_either(monkeypatch, kitchen):
    gate, waited = Event(), beside.Job.wait

    def wait(job, seconds):
        assert job.place == 1
        gate.set()
        return waited(job, seconds)

    monkeypatch.setattr(beside, "QUICK", LONG)
    monkeypatch.setattr(beside.Job, "wait", wait)
    beside.QUEUE.start("somebody", lambda go_on: gate.wait(LONG))
    kitchen.let_go(1)
    visit = Visit(kitchen)
    assert visit.said == ("whole 1", "True", "False", "")
    assert visit.bar is None


def test_the_last_finished_result_stays_while_the_next_one_is_made(kitchen):
    kitchen.let_go(1)
    visit = Visit(kitchen)
    assert beside.QUEUE.settled(LONG)
    assert visit.look().move(2).said == ("whole 1", "False", "False", "")
    kitchen.let_go(2)
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("whole 2", "True", "False", "")


def test_an_earlier_setting_comes_at_once_and_stops_the_work_for_the_later_one(kitchen):
    kitchen.let_go(1)
    visit = Visit(kitchen)
    assert beside.QUEUE.settled(LONG)
    visit.look().move(2)
    assert kitchen.is_at(2)
    (running,) = beside.QUEUE._running
    assert visit.move(1).said == ("whole 1", "True", "False", "")
    assert visit.bar is None
    assert running.reason == "asked"
    kitchen.let_go(2)
    assert beside.QUEUE.settled(LONG)
    visit.move(2)  # the part that it had by then is not taken for the whole
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("whole 2", "True", "False", "")
    assert kitchen.calls == [1, 2, 2]


def test_another_setting_stops_the_work_for_the_former_one(kitchen):
    visit = Visit(kitchen)
    assert kitchen.is_at(1)
    (running,) = beside.QUEUE._running
    visit.move(2)
    assert running.reason == "replaced"
    assert visit.tick().bar[0] == "Place 1 in line"  # its own former work winds down first
    kitchen.let_go(1, 2)
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("whole 2", "True", "False", "")


def test_two_visits_share_what_one_has_computed(kitchen):
    first, second = Visit(kitchen), Visit(kitchen)
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    assert first.look().said == second.look().said == ("whole 1", "True", "False", "")
    assert Visit(kitchen).said == ("whole 1", "True", "False", "")
    assert kitchen.calls == [1]


def test_whoever_waits_for_what_another_visit_has_finished_waits_no_longer(kitchen):
    first, second = Visit(kitchen), Visit(kitchen)
    assert second.tick().bar[0] == "Place 1 in line"
    beside.SHARED.put(("walk", 1), "by somebody")
    assert second.tick().said == ("by somebody", "True", "False", "")
    assert beside.QUEUE._line == []
    assert first.tick().said == ("by somebody", "True", "False", "")


def test_a_private_result_stays_in_its_visit(kitchen):
    kitchen.let_go(1, 2)
    for _ in range(2):
        visit = Visit(kitchen, private=True)
        assert beside.QUEUE.settled(LONG)
        assert visit.look().said == ("whole 1", "True", "False", "")
    assert kitchen.calls == [1, 1]
    visit.move(2)
    assert beside.QUEUE.settled(LONG)
    assert visit.move(1).said == ("whole 1", "True", "False", "")  # and is known there
    assert kitchen.calls == [1, 1, 2]
    assert beside.SHARED.take(("walk", 1)) is None


def test_the_reader_can_stop_it_keeps_what_there_is_and_can_start_again(kitchen):
    visit = Visit(kitchen)
    assert kitchen.is_at(1)
    visit.press("walk_stop")
    assert visit.bar == ("Stopping …", 25)
    assert visit.app.button(key="walk_stop").disabled
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    assert visit.tick().said == ("part 1", "True", "True", "")
    assert visit.buttons == ["Start again"]
    assert "Stopped at 75 %." in [each.value for each in visit.app.markdown]
    assert visit.look().said == ("part 1", "True", "True", "")  # stays stopped
    visit.press("walk_again")
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("whole 1", "True", "False", "")
    assert visit.buttons == []


def test_a_stop_without_a_part_leaves_the_former_result(kitchen):
    kitchen.let_go(1)
    visit = Visit(kitchen)
    assert beside.QUEUE.settled(LONG)
    visit.look().move(4)
    assert kitchen.is_at(4)
    visit.press("walk_stop")
    kitchen.let_go(4)
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("whole 1", "False", "True", "")


def test_a_job_that_waits_stops_at_once(kitchen):
    Visit(kitchen)
    visit = Visit(kitchen).move(2)
    visit.press("walk_stop")
    assert visit.look().said == ("None", "False", "True", "")
    assert "Stopped at 0 %." in [each.value for each in visit.app.markdown]
    assert len(beside.QUEUE._line) == 0


def test_a_failure_is_told_and_can_be_tried_again(kitchen, caplog):
    kitchen.let_go(5)
    visit = Visit(kitchen).move(5)
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("None", "False", "False", OUR_FAULT)
    assert [each.value for each in visit.app.warning] == [OUR_FAULT]
    assert "inner secret" in caplog.text
    assert visit.buttons == ["Try again"]
    visit.look()
    assert kitchen.calls == [1, 5]  # not by itself
    visit.press("walk_again")
    assert beside.QUEUE.settled(LONG)
    assert kitchen.calls == [1, 5, 5]


def test_a_full_line_is_told_and_can_be_tried_again(kitchen):
    first, *_ = [Visit(kitchen).move(n) for n in (1, 2, 3)]
    late = Visit(kitchen)
    (problem,) = [each.value for each in late.app.warning]
    assert problem == "2 jobs wait in line already. Try again in a minute."
    assert late.move(4).said == ("None", "False", "False", problem)
    kitchen.let_go(1, 2, 3)
    assert beside.QUEUE.settled(LONG)
    assert first.look().said[0] == "whole 1"
    kitchen.let_go(4)
    late.press("walk_again")
    assert beside.QUEUE.settled(LONG)
    assert late.look().said == ("whole 4", "True", "False", "")


def test_whoever_finds_the_line_full_no_longer_holds_a_worker_for_settings_of_before(kitchen):
    first, *_ = [Visit(kitchen).move(n) for n in (1, 2, 3)]
    (running,) = beside.QUEUE._running
    assert first.move(4).app.warning
    assert running.reason == "asked"


def test_work_that_ends_while_the_page_is_drawn_leaves_the_page_whole(monkeypatch, kitchen):
    class Now:
        @staticmethod
        def get():
            kitchen.let_go(1)
            assert beside.QUEUE.settled(LONG)
            return Now.real.get()

        real = beside.ThreadState

    monkeypatch.setattr(beside, "ThreadState", Now)
    visit = Visit(kitchen)
    assert visit.runs == ["page", "scene"]
    assert visit.said == ("None", "False", "False", "")
    assert visit.tick().said == ("whole 1", "True", "False", "")


def test_whoever_comes_back_after_the_job_has_ended_by_itself_gets_a_new_one(kitchen, clock):
    visit = Visit(kitchen)
    assert kitchen.is_at(1)
    clock.now = PATIENCE + 1
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    visit.tick()
    assert beside.QUEUE.settled(LONG)
    assert visit.look().said == ("whole 1", "True", "False", "")
    assert kitchen.calls == [1, 1]


def test_a_tick_is_a_look(kitchen, clock):
    visit = Visit(kitchen)
    assert kitchen.is_at(1)
    for clock.now in (10.0, 20.0, 30.0):
        visit.tick()
    kitchen.let_go(1)
    assert beside.QUEUE.settled(LONG)
    assert visit.tick().said == ("whole 1", "True", "False", "")
    assert kitchen.calls == [1]


def test_without_a_browser_the_page_comes_finished(monkeypatch, kitchen):
    monkeypatch.setattr(beside, "in_a_browser", AS_IT_IS)
    looked = beside.Job.seen

    def look(job):  # whoever waits looks, and only then the work may end
        looked(job)
        kitchen.let_go(1)

    monkeypatch.setattr(beside.Job, "seen", look)
    visit = Visit(kitchen)
    assert visit.runs == ["page", "scene"]
    assert visit.said == ("whole 1", "True", "False", "")


def test_a_session_that_has_ended_is_known_to_be_gone(monkeypatch):
    class Server:
        def is_active_session(self, session):
            return session == "open"

    class Context:
        session_id = "open"

    context = Context()
    monkeypatch.setattr(beside, "exists", lambda: True)
    monkeypatch.setattr(beside, "get_instance", Server)
    monkeypatch.setattr(beside, "get_script_run_ctx", lambda: context)
    assert beside._page_is_there()()
    context.session_id = "closed"
    assert not beside._page_is_there()()
    monkeypatch.setattr(beside, "exists", lambda: False)
    assert beside._page_is_there() is None


def test_a_result_prepared_before_anybody_asks_is_there_at_once(kitchen):
    kitchen.let_go(1)
    for _ in range(2):
        beside.prepare("walk", 1, lambda go_on: kitchen(1, go_on))
    assert Visit(kitchen).said == ("whole 1", "True", "False", "")
    assert kitchen.calls == [1]


def test_the_shelf_lets_go_of_what_was_used_longest_ago():
    shelf = beside.Shelf(2)
    shelf.put("a", 1)
    shelf.put("b", None)
    assert shelf.take("a") == (1,)
    shelf.put("c", 3)
    assert [shelf.take(key) for key in "abc"] == [(1,), None, (3,)]
