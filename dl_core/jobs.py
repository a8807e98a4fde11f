"""Work that takes longer than a page may wait: a fair line before a few workers.

A page starts a job and looks at it now and then. Every owner (one picture of one visit) has one place in the
line, in the order in which they came; whoever has been served and asks again goes to the end. So between two
starts of one owner, everybody who waits has been served once. A viewer may own several pictures: they are
worked on one at a time, and a second one waits for everybody's first. A job at which nobody looks any more
ends.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from functools import partial
from threading import Condition, Event, Lock, Thread
from typing import Any, Generic, Literal, TypeVar

R = TypeVar("R")
State = Literal["waiting", "running", "done", "failed", "stopped"]
Reason = Literal["", "asked", "gone", "replaced"]
GoOn = Callable[[float], bool]  # share done, 0 to 1 → whether to go on
Work = Callable[[GoOn], R]

PATIENCE = 15.0  # seconds without a look, after which nobody is there any more
SHORT_PATIENCE = 2.0  # seconds, where the page itself is known to be gone: a lost connection may come back
OUR_FAULT = "Something went wrong on our side, not on yours. Change a setting or try again."

_log = logging.getLogger(__name__)


class LineFullError(RuntimeError):
    """Too many wait already; the message is for the reader."""


def spare_cores() -> int:
    """How many jobs may run at once, so that one core is left to answer clicks; at least one.

    Examples
    --------
    >>> spare_cores() >= 1
    True
    """
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, mine - 1)


class Job(Generic[R]):
    """One piece of work, as its owner sees it. Made by `Queue.start`; safe to read from any thread."""

    def __init__(
        self, queue: Queue, owner: str, work: Work[R], shown: Callable[[], bool] | None, viewer: str
    ) -> None:
        self.owner, self.viewer = owner, viewer
        self.round = 0  # jobs are served round by round; in each round a viewer has one
        self.state: State = "waiting"
        self.share = 0.0  # done, 0 to 1, as the work last said
        self.result: R | None = None  # of a stopped job: what it had by then, if anything
        self.problem = ""  # of a failed job: one sentence for the reader
        self.reason: Reason = ""  # why it stops or was stopped; "asked" is the owner's own wish
        self._queue = queue
        self._work: Work[R] | None = work
        self._shown = shown
        self._looked = queue.clock()
        self._told = False  # whether the work has heard that it should stop
        self._over = Event()

    @property
    def place(self) -> int:
        """Place in the line: 1 is next, 0 is no longer waiting."""
        return self._queue.place_of(self)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, one way or another."""
        return self._over.is_set()

    def seen(self) -> None:
        """Say that somebody looks at it. Without that a job stops after a while: its tab was closed."""
        self._looked = self._queue.clock()

    def stop(self) -> None:
        """Ask it to stop: at once if it waits, at its next report if it runs."""
        self._queue.stop(self, "asked")

    def wait(self, seconds: float) -> bool:
        """Wait up to so many seconds for its end; True if it has ended."""
        return self._over.wait(seconds)

    def _is_lonely(self) -> bool:
        alone = self._queue.clock() - self._looked
        if self._shown is not None and alone > SHORT_PATIENCE and not self._shown():
            return True
        return alone > PATIENCE


def _in_a_thread(run: Callable[[], None]) -> None:
    Thread(target=run, name="job", daemon=True).start()


class Queue:
    """A line of jobs and the few workers that serve it.

    Parameters
    ----------
    n_workers
        Jobs that may run at once, at least 1; by default one less than there are cores.
    n_places
        Jobs that may wait, at least 1.
    clock
        Seconds, only ever growing; tests bring their own.
    spawn
        Runs a function beside this one; by default in a thread, of which none lives longer than its job.

    Raises
    ------
    ValueError
        Fewer than one worker or place.

    Examples
    --------
    >>> queue = Queue(n_workers=1)
    >>> def count(go_on):
    ...     seen = [n for n in range(10) if go_on(n / 10)]
    ...     return len(seen)
    >>> job = queue.start("Ada", count)
    >>> job.wait(60), job.state, job.share, job.result
    (True, 'done', 1.0, 10)
    """

    def __init__(
        self,
        n_workers: int | None = None,
        *,
        n_places: int = 300,
        clock: Callable[[], float] = time.monotonic,
        spawn: Callable[[Callable[[], None]], None] = _in_a_thread,
    ) -> None:
        self.n_workers = spare_cores() if n_workers is None else n_workers
        self.n_places = n_places
        if min(self.n_workers, n_places) < 1:
            raise ValueError(f"{self.n_workers} workers and {n_places} places: at least 1 of each")
        self.clock = clock
        self._spawn = spawn
        self._lock = Lock()
        self._rest = Condition(self._lock)
        self._line: list[Job[Any]] = []  # in the order in which they came
        self._running: list[Job[Any]] = []
        self._round = 0  # of the job that began last
        self._rounds: dict[str, int] = {}  # viewer → round of their latest job

    def start(
        self, owner: str, work: Work[R], *, shown: Callable[[], bool] | None = None, viewer: str = ""
    ) -> Job[R]:
        """Put work into the line; the owner's older job stops, and a waiting one gives its place to this one.

        Parameters
        ----------
        owner
            Who asks; has at most one job that waits and one that runs, and the latter is asked to stop.
        work
            Gets a function to report its share done (0 to 1) with. That answers False when the work should
            return what it has. A piece of work that never reports cannot be stopped.
        shown
            Whether the page is still there, if somebody knows; called from any thread.
        viewer
            Whose owner this is: of one viewer's owners one is served at a time. By default the owner itself.

        Raises
        ------
        LineFullError
            No place is left. Then nothing has changed.
        """
        self._dismiss_the_lonely()
        job = Job(self, owner, work, shown, viewer or owner)
        with self._lock:
            waiting = next((each for each in self._line if each.owner == owner), None)
            if waiting is None and len(self._line) >= self.n_places:
                raise LineFullError(f"{len(self._line)} jobs wait in line already. Try again in a minute.")
            for running in self._running:
                if running.owner == owner:
                    running.reason = running.reason or "replaced"
            if waiting is None:
                job.round = self._round_of(job.viewer)
                self._line.append(job)
            else:
                job.round = waiting.round
                self._line[self._line.index(waiting)] = job
                self._close(waiting, "stopped", "replaced")
            begun = self._begin()
        self._launch(begun)
        return job

    def stop(self, job: Job[R], reason: Reason = "asked") -> None:
        """Ask a job to stop and say why; a job that has ended stays as it is."""
        with self._lock:
            if job in self._line:
                self._line.remove(job)
                self._close(job, "stopped", reason)
            elif job.state == "running":
                job.reason = job.reason or reason

    def place_of(self, job: Job[R]) -> int:
        """The job's place in the line, 1 to n without gaps; 0 if it does not wait."""
        self._dismiss_the_lonely()
        with self._lock:
            return self._in_order().index(job) + 1 if job in self._line else 0

    def settled(self, seconds: float) -> bool:
        """Wait up to so many seconds until nothing waits or runs; True if so."""
        with self._rest:
            return self._rest.wait_for(lambda: not self._line and not self._running, seconds)

    def _round_of(self, viewer: str) -> int:
        """The next round in which this viewer may be served; called with the lock held."""
        mine = max(self._round, self._rounds.get(viewer, -1) + 1)
        # who was last served before this round is like one who has never come
        self._rounds = {who: last for who, last in self._rounds.items() if last >= self._round}
        self._rounds[viewer] = mine
        return mine

    def _in_order(self) -> list[Job[Any]]:
        """Who comes next; within a round, who came first. Called with the lock held."""
        return sorted(self._line, key=lambda job: job.round)

    def _begin(self) -> list[Job[Any]]:
        """Those whose turn it is, now running; called with the lock held."""
        begun: list[Job[Any]] = []
        for job in self._in_order():
            if len(self._running) == self.n_workers:
                break
            # whose older job still winds down keeps the place, and others go first
            if all(running.viewer != job.viewer for running in self._running):
                self._line.remove(job)
                job.state, self._round = "running", max(self._round, job.round)
                self._running.append(job)
                begun.append(job)
        return begun

    def _launch(self, begun: list[Job[Any]]) -> None:
        for job in begun:
            try:
                self._spawn(partial(self._run, job))
            except RuntimeError:  # the system gives no more threads
                _log.exception("no thread for a job")
                self._end(job, "failed")

    def _run(self, job: Job[R]) -> None:
        work: Work[R] | None = job._work
        state: State = "failed"
        try:
            if work is None or job.reason:  # it was stopped before it had begun
                state = "stopped"
            else:
                job.result = work(partial(self._go_on, job))
                state = "stopped" if job._told else "done"
        except Exception:
            _log.exception("a job has failed")
            state = "stopped" if job._told else "failed"
        finally:
            self._end(job, state)

    def _go_on(self, job: Job[R], share: float) -> bool:
        lonely = job._is_lonely()
        with self._lock:
            job.share = min(1.0, max(0.0, share))
            if lonely:
                job.reason = job.reason or "gone"
            job._told = bool(job.reason)
            return not job._told

    def _end(self, job: Job[Any], state: State) -> None:
        with self._lock:
            self._running.remove(job)
            self._close(job, state, job.reason)
        self._dismiss_the_lonely()
        with self._lock:
            begun = self._begin()
        self._launch(begun)

    def _close(self, job: Job[R], state: State, reason: Reason) -> None:
        """The job's end, for everybody to see; called with the lock held."""
        job.reason = reason if state == "stopped" else ""
        job.problem = OUR_FAULT if state == "failed" else ""
        job.share = 1.0 if state == "done" else job.share
        job._work = None  # lets go of what it held
        job.state = state
        job._over.set()
        self._rest.notify_all()

    def _dismiss_the_lonely(self) -> None:
        with self._lock:
            line = tuple(self._line)
        for job in line:
            if job._is_lonely():  # asks the page, so not while the lock is held
                self.stop(job, "gone")
