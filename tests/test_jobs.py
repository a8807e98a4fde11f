"""The line of jobs: its laws under any order of events, and real threads held by events, never by luck."""

from threading import Barrier, Event, Thread

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dl_core import jobs
from dl_core.jobs import OUR_FAULT, PATIENCE, SHORT_PATIENCE, LineFullError, Queue

LONG = 60.0  # seconds that a test would wait for a thread that is stuck


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Held:
    """Work that runs until it is let go, and says what it was told."""

    def __init__(self, result="whole"):
        self.begun, self.end, self.told, self.result = Event(), Event(), None, result

    def __call__(self, go_on):
        go_on(0.25)
        self.begun.set()
        assert self.end.wait(LONG)
        self.told = go_on(0.75)
        return self.result if self.told else "part"


def ended(job, held):
    held.end.set()
    assert job.wait(LONG)
    return job.state


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def queue(clock):
    """One worker, so that the second job waits."""
    return Queue(n_workers=1, clock=clock)


def test_a_job_tells_how_far_it_is_and_then_its_result(queue):
    held = Held()
    job = queue.start("Ada", held)
    assert held.begun.wait(LONG)
    assert (job.state, job.share, job.result, job.place, job.is_over) == ("running", 0.25, None, 0, False)
    assert ended(job, held) == "done"
    assert (job.share, job.result, job.problem, job.reason, job.is_over) == (1.0, "whole", "", "", True)


def test_a_share_outside_0_to_1_is_clipped(queue):
    said = []

    def work(go_on):
        for share in (-1.0, 0.5, 7.0, float("nan")):
            go_on(share)
            said.append(job.share)

    started = Event()
    job = queue.start("Ada", lambda go_on: (started.wait(LONG), work(go_on)))
    started.set()
    assert job.wait(LONG)
    assert said == [0.0, 0.5, 1.0, 0.0]


def test_places_count_from_the_next_one_and_move_up(queue):
    works = [Held() for _ in range(4)]
    line = [queue.start(name, work) for name, work in zip("ABCD", works, strict=True)]
    assert [job.place for job in line] == [0, 1, 2, 3]
    line[1].stop()
    assert [job.place for job in line] == [0, 0, 1, 2]
    assert (line[1].state, line[1].reason, line[1].is_over) == ("stopped", "asked", True)
    assert ended(line[0], works[0]) == "done"
    assert works[2].begun.wait(LONG)
    assert [job.place for job in line] == [0, 0, 0, 1]
    assert ended(line[2], works[2]) == ended(line[3], works[3]) == "done"
    assert queue.settled(LONG)


def test_a_running_job_stops_at_its_next_report_and_keeps_what_it_has(queue):
    held = Held()
    job = queue.start("Ada", held)
    assert held.begun.wait(LONG)
    job.stop()
    assert job.state == "running"
    assert ended(job, held) == "stopped"
    assert (held.told, job.result, job.reason, job.share) == (False, "part", "asked", 0.75)


def test_a_wish_that_comes_after_the_last_report_leaves_the_whole_result(queue):
    begun, end = Event(), Event()

    def work(go_on):
        begun.set()
        assert end.wait(LONG)
        return "whole"

    job = queue.start("Ada", work)
    assert begun.wait(LONG)
    job.stop()
    end.set()
    assert job.wait(LONG)
    assert (job.state, job.result, job.reason) == ("done", "whole", "")


def test_a_job_that_is_over_stays_as_it_is(queue):
    job = queue.start("Ada", lambda go_on: "whole")
    assert job.wait(LONG)
    job.stop()
    assert (job.state, job.result, job.reason) == ("done", "whole", "")


def test_a_failure_is_a_kind_sentence_on_the_page_and_a_traceback_in_the_log(queue, caplog):
    def work(go_on):
        raise ZeroDivisionError("inner secret")

    job = queue.start("Ada", work)
    assert job.wait(LONG)
    assert (job.state, job.problem, job.result) == ("failed", OUR_FAULT, None)
    assert "inner secret" not in job.problem
    assert "Traceback" in caplog.text
    assert "inner secret" in caplog.text
    after = queue.start("Ada", lambda go_on: "fine")  # its worker is free again
    assert after.wait(LONG)
    assert after.result == "fine"


def test_work_that_falls_over_its_stop_has_not_failed(queue, caplog):
    begun, end = Event(), Event()

    def work(go_on):
        begun.set()
        assert end.wait(LONG)
        if not go_on(0.5):
            raise RuntimeError("nothing to return")

    job = queue.start("Ada", work)
    assert begun.wait(LONG)
    job.stop()
    end.set()
    assert job.wait(LONG)
    assert (job.state, job.problem, job.result) == ("stopped", "", None)
    assert "nothing to return" in caplog.text


def test_a_viewer_with_many_pictures_is_served_one_at_a_time():
    queue, works = Queue(n_workers=2), [Held() for _ in range(3)]
    first, second = (queue.start(f"Ada {n}", works[n], viewer="Ada") for n in range(2))
    other = queue.start("Bob 1", works[2], viewer="Bob")
    assert [first.state, second.state, other.state] == ["running", "waiting", "running"]
    assert ended(other, works[2]) == "done"
    assert second.state == "waiting"  # a worker is free, and Ada's first still runs
    assert ended(first, works[0]) == "done"
    assert ended(second, works[1]) == "done"


def test_a_viewers_second_picture_waits_for_everybodys_first(queue):
    begun, held = [], Held()
    running = queue.start("Eve", held)
    made = [
        queue.start(f"{name} {n}", lambda go_on, who=f"{name} {n}": begun.append(who), viewer=name)
        for name, n in [("Ada", 1), ("Ada", 2), ("Ada", 3), ("Bob", 1), ("Cy", 1), ("Bob", 2)]
    ]
    assert [job.place for job in made] == [1, 4, 6, 2, 3, 5]  # in rounds: Ada Bob Cy, Ada Bob, Ada
    assert ended(running, held) == "done"
    assert queue.settled(LONG)
    assert begun == ["Ada 1", "Bob 1", "Cy 1", "Ada 2", "Bob 2", "Ada 3"]


def test_a_new_job_stops_the_owners_old_one_and_begins_when_that_has_ended():
    queue = Queue(n_workers=2)
    old, new, other = Held(), Held(), Held()
    first = queue.start("Ada", old)
    assert old.begun.wait(LONG)
    second = queue.start("Ada", new)
    assert (first.reason, second.state, second.place) == ("replaced", "waiting", 1)
    third = queue.start("Bob", other)  # the second worker is free, and Ada has one already
    assert other.begun.wait(LONG)
    assert second.place == 1
    assert ended(first, old) == "stopped"
    assert new.begun.wait(LONG)
    assert (ended(second, new), ended(third, other)) == ("done", "done")


def test_whoever_changes_their_mind_while_waiting_keeps_the_place(queue):
    works = [Held() for _ in range(4)]
    running = queue.start("A", works[0])
    waiting, behind = queue.start("B", works[1]), queue.start("C", works[2])
    instead = queue.start("B", works[3])
    assert (waiting.state, waiting.reason, waiting.is_over) == ("stopped", "replaced", True)
    assert (instead.place, behind.place) == (1, 2)
    assert not works[1].begun.is_set()
    assert ended(running, works[0]) == ended(instead, works[3]) == ended(behind, works[2]) == "done"


def test_a_full_line_says_so_and_changes_nothing():
    queue = Queue(n_workers=1, n_places=1)
    works = [Held() for _ in range(2)]
    running, waiting = queue.start("A", works[0]), queue.start("B", works[1])
    for owner in "AC":
        with pytest.raises(LineFullError, match=r"1 jobs wait in line already\. Try again in a minute\."):
            queue.start(owner, Held())
    assert (running.reason, waiting.place) == ("", 1)
    replaced = queue.start("B", works[1])  # whoever has a place may use it
    assert replaced.place == 1
    assert ended(running, works[0]) == ended(replaced, works[1]) == "done"


@pytest.mark.parametrize(("n_workers", "n_places"), [(0, 5), (1, 0), (-1, 1)])
def test_a_queue_without_workers_or_places_is_refused(n_workers, n_places):
    with pytest.raises(ValueError, match=f"{n_workers} workers and {n_places} places: at least 1 of each"):
        Queue(n_workers, n_places=n_places)


def test_a_closed_tab_frees_its_running_job(queue, clock):
    held, next_one = Held(), Held()
    job, other = queue.start("Ada", held), queue.start("Bob", next_one)
    assert held.begun.wait(LONG)
    clock.now = PATIENCE + 0.1
    other.seen()
    assert ended(job, held) == "stopped"
    assert job.reason == "gone"
    assert next_one.begun.wait(LONG)
    assert ended(other, next_one) == "done"


def test_a_look_keeps_a_job_alive(queue, clock):
    held = Held()
    job = queue.start("Ada", held)
    assert held.begun.wait(LONG)
    for clock.now in (10.0, 20.0, 30.0):
        job.seen()
    clock.now = 30.0 + PATIENCE
    assert ended(job, held) == "done"


def test_a_closed_tab_gives_its_place_to_those_behind(queue, clock):
    held = Held()
    running, gone, behind = queue.start("A", held), queue.start("B", Held()), queue.start("C", Held.__call__)
    clock.now = PATIENCE + 0.1
    running.seen()
    behind.seen()
    assert behind.place == 1
    assert (gone.state, gone.reason, gone.place) == ("stopped", "gone", 0)
    behind.stop()
    assert ended(running, held) == "done"


def test_a_page_known_to_be_gone_is_not_waited_for_so_long(queue, clock):
    there = {"A": True, "B": True}
    works = {name: Held() for name in "AB"}
    line = {name: queue.start(name, works[name], shown=lambda name=name: there[name]) for name in "AB"}
    there["B"] = False
    clock.now = SHORT_PATIENCE
    assert line["B"].place == 1  # its connection may come back
    clock.now = SHORT_PATIENCE + 0.1
    assert line["B"].place == 0
    assert line["B"].reason == "gone"
    assert works["A"].begun.wait(LONG)
    there["A"] = False
    assert ended(line["A"], works["A"]) == "stopped"


def test_a_system_without_threads_fails_the_job_and_not_the_line(caplog):
    def refuse(run):
        raise RuntimeError("can't start new thread")

    queue = Queue(n_workers=1, spawn=refuse)
    job = queue.start("Ada", Held())
    assert (job.state, job.problem) == ("failed", OUR_FAULT)
    assert "can't start new thread" in caplog.text
    assert queue.settled(0)


def test_a_job_stopped_before_its_thread_came_does_not_begin():
    threads = []
    queue = Queue(n_workers=1, spawn=threads.append)
    held = Held()
    job = queue.start("Ada", held)
    job.stop()
    (run,) = threads
    run()
    assert (job.state, job.reason, job.result) == ("stopped", "asked", None)
    assert not held.begun.is_set()


def test_whoever_waits_for_the_end_of_all_is_told_of_it(queue):
    held = Held()
    job = queue.start("Ada", held)
    assert not queue.settled(0)
    told = []
    waiter = Thread(target=lambda: told.append(queue.settled(100 * LONG)), daemon=True)
    waiter.start()
    assert ended(job, held) == "done"
    waiter.join(LONG)
    assert told == [True]


def test_as_many_run_at_once_as_there_are_workers_and_no_more():
    queue, together = Queue(n_workers=3), Barrier(3)
    inside, most = [], []

    def work(go_on):
        inside.append(1)
        most.append(len(inside))
        together.wait(LONG)  # passes only in threes
        inside.pop()
        together.wait(LONG)  # nobody comes in before all three have left

    line = [queue.start(str(number), work) for number in range(9)]
    assert queue.settled(LONG)
    assert [job.state for job in line] == ["done"] * 9
    assert max(most) == 3


def test_many_threads_at_once_leave_no_job_behind():
    queue = Queue(n_workers=2)
    made, gate = [], Barrier(8)

    def reader(owner):
        gate.wait(LONG)
        for number in range(40):
            job = queue.start(owner, lambda go_on: go_on(0.5))
            made.append(job)
            if number % 3 == 0:
                job.stop()
            _ = job.place

    readers = [Thread(target=reader, args=(str(n),)) for n in range(8)]
    for each in readers:
        each.start()
    for each in readers:
        each.join(LONG)
    assert queue.settled(LONG)
    assert len(made) == 320
    assert all(job.is_over for job in made)
    assert {job.state for job in made} <= {"done", "stopped"}
    assert {job.reason for job in made if job.state == "stopped"} <= {"asked", "replaced"}


def test_one_core_is_left_to_answer_clicks(monkeypatch):
    for cores, workers in ((1, 1), (2, 1), (8, 7)):
        monkeypatch.setattr(
            jobs.os, "sched_getaffinity", lambda _, cores=cores: set(range(cores)), raising=False
        )
        assert Queue().n_workers == workers


class AnyOrder(RuleBasedStateMachine):
    """Readers ask, look, stop, leave and come back in any order; a "thread" ends when the test says so."""

    @initialize(n_workers=st.integers(1, 3))
    def opens(self, n_workers):
        self.clock, self.made, self.begun, self.there, self.looked = Clock(), [], [], set("ABCDE"), {}
        self.since: dict[str, list[str]] = {}  # owner who waits → who has begun meanwhile
        self.runs: dict[object, object] = {}  # job → what its thread would do
        self.queue = Queue(n_workers, n_places=4, clock=self.clock, spawn=self.begins)

    def begins(self, run):
        (job,) = [each for each in self.made if each.state == "running" and each not in self.runs]
        self.runs[job] = run
        busy = {each.owner for each in self.runs if each is not job and not each.is_over}
        assert job.owner not in busy, "one at a time for each owner"
        for owner, others in self.since.items():
            if owner != job.owner and owner not in busy:
                assert job.owner not in others, f"{job.owner} began twice while {owner} waited"
                others.append(job.owner)
        self.since.pop(job.owner, None)

    @rule(owner=st.sampled_from("ABCDE"), breaks=st.booleans())
    def asks(self, owner, breaks):
        def work(go_on):
            told = not go_on(0.5)
            if breaks:
                raise ValueError("broken")
            return "part" if told else "whole"

        def shown():
            return owner in self.there

        before, waited = len(self.waiting()), owner in self.waiting()
        # made is filled before the queue may begin it
        queue_start = self.queue.start
        try:
            job = self.noting(lambda: queue_start(owner, work, shown=shown))
        except LineFullError:
            assert before == 4
            assert not waited
            return
        self.looked[job] = self.clock.now
        if job.place:
            self.since.setdefault(owner, [])

    def noting(self, start):
        """Learn of a job before its thread begins, which happens inside of `start`."""
        held, self.queue._spawn = [], lambda run: held.append(run)
        try:
            job = start()
        finally:
            self.queue._spawn = self.begins
        self.made.append(job)
        for run in held:
            self.begins(run)
        return job

    def waiting(self):
        """Owners in line, by place; asking for a place also sends those home who have left."""
        line = {job.place: job.owner for job in self.made if job.place}
        return [line[place] for place in sorted(line)]

    @precondition(lambda self: any(not job.is_over for job in self.runs))
    @rule(data=st.data())
    def a_thread_ends(self, data):
        job = data.draw(st.sampled_from([job for job in self.runs if not job.is_over]))
        told = bool(job.reason) or self.has_left(job)
        self.runs[job]()
        assert job.is_over
        assert job.state in ({"stopped"} if told else {"done", "failed"})
        assert (job.problem == OUR_FAULT) == (job.state == "failed")
        assert job.result in {"done": {"whole"}, "failed": {None}, "stopped": {"part", None}}[job.state]

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def stops(self, data):
        job = data.draw(st.sampled_from(self.made))
        waited, was = job.place > 0, job.state
        job.stop()
        assert job.state == ("stopped" if waited else was)

    @rule(seconds=st.sampled_from([1.0, 3.0, 16.0]), away=st.sets(st.sampled_from("ABCDE"), max_size=1))
    def time_passes(self, seconds, away):
        self.clock.now += seconds
        for job in self.made:
            if job.owner not in away and not job.is_over:
                job.seen()
                self.looked[job] = self.clock.now

    @rule(owner=st.sampled_from("ABCDE"))
    def leaves_or_comes_back(self, owner):
        self.there ^= {owner}

    def has_left(self, job):
        alone = self.clock.now - self.looked[job]
        return alone > PATIENCE or (job.owner not in self.there and alone > SHORT_PATIENCE)

    @invariant()
    def laws(self):
        if not hasattr(self, "queue"):
            return
        places = sorted(job.place for job in self.made if job.place)
        assert places == list(range(1, len(places) + 1)), "places without a gap"
        running = [job for job in self.made if job.state == "running"]
        waiting = [job for job in self.made if job.state == "waiting"]
        assert len(running) <= self.queue.n_workers
        assert sorted(job.place for job in waiting) == places
        for group in (running, waiting):
            owners = [job.owner for job in group]
            assert len(owners) == len(set(owners)), "one of a kind for each owner"
        if len(running) < self.queue.n_workers:
            assert {job.owner for job in waiting} <= {job.owner for job in running}, (
                "nobody waits for nothing"
            )
        assert not any(self.has_left(job) for job in waiting), "a closed tab has no place"
        for owner in set(self.since) - {job.owner for job in waiting}:
            del self.since[owner]


AnyOrder.TestCase.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
TestAnyOrder = AnyOrder.TestCase
