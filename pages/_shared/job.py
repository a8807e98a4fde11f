"""Work beside a page: the page stays awake, shows how far it is or its place in line, and can stop it.

The work runs in a thread that knows nothing of Streamlit; the page looks at it every now and then from a
small fragment, and runs the scene around that once more when there is something new.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar, cast
from uuid import uuid4

import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState, get_script_run_ctx

from dl_core.jobs import GoOn, Job, LineFullError, Queue, Work
from pages._shared.later import in_a_browser

R = TypeVar("R")

EVERY = 0.25  # seconds between two looks
IN_LINE = 1.0  # the same far from one's turn: twenty people in line would be eighty runs a second
QUICK = 0.3  # seconds; what takes no longer is waited for, and nobody sees a bar come and go
A_LOOK = 5.0  # seconds; a job at which nobody looks for longer than its patience ends
WHOLE = 240.0  # seconds; whoever reads the page without a browser gets it finished, as with `later.py`
KEPT = 64  # results that all visits share; a trained network with its snapshots is about a megabyte

QUEUE = Queue()


@dataclass(frozen=True)
class Seen(Generic[R]):
    """What there is to draw now."""

    result: (
        R | None
    )  # the latest; of other settings or partial while the wanted one is not there; None: nothing yet
    is_latest: bool  # whether it belongs to these settings
    stopped: bool = False  # whether the reader stopped these settings' work; its result may be a part
    problem: str = ""  # why there is none; already shown


class Shelf:
    """The last finished results by key; the oldest goes when there are too many. Safe between threads."""

    def __init__(self, n_kept: int) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._n_kept, self._lock = n_kept, Lock()

    def take(self, key: Hashable) -> tuple[Any] | None:
        """The result in a tuple, or None where there is none; results are never changed by their readers."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return (self._kept[key],)

    def put(self, key: Hashable, result: Any) -> None:
        """Keep a result."""
        with self._lock:
            self._kept[key] = result
            self._kept.move_to_end(key)
            while len(self._kept) > self._n_kept:
                self._kept.popitem(last=False)


SHARED = Shelf(KEPT)


@dataclass
class Desk(Generic[R]):
    """What one scene of one visit has asked for last."""

    owner: str = field(default_factory=lambda: uuid4().hex)
    wanted: Hashable = None
    job: Job[R] | None = None
    refused: str = ""  # what the full line said
    last: R | None = None  # finished, of whatever settings
    own: Shelf = field(default_factory=lambda: Shelf(4))  # where the settings hold a reader's own data

    def forget(self) -> None:
        """Let the next run start anew."""
        self.wanted = None


def _desk(key: str) -> Desk[Any]:
    desks: dict[str, Desk[Any]] = st.session_state.setdefault("work_beside", {})
    return desks.setdefault(key, Desk())


def run_beside(
    key: str, settings: Hashable, work: Work[R], *, private: bool = False, doing: str = "Training"
) -> Seen[R]:
    """The result for these settings once it is there; until then a bar, the place in line and a Stop button.

    Other settings stop the work for the former ones. Settings whose result is known come at once. The bar is
    drawn where this is called; the caller draws the picture, at first and while a new one is being made from
    the former result. Call it in the scene's fragment: that runs again at the end, and nothing else does.

    Parameters
    ----------
    key
        Prefix of the elements; names the scene within the visit and its results among all.
    settings
        What the result depends on, and nothing besides.
    work
        Runs in a thread; must not call Streamlit, and returns what nobody will change. See `Queue.start`.
    private
        The settings hold a reader's own data: its results stay in this visit.
    doing
        What the bar says is being done.
    """
    desk: Desk[R] = _desk(key)
    shelf = desk.own if private else SHARED
    label = (key, settings)
    found = shelf.take(label) or _made(desk, shelf, label, work)
    if found:
        if desk.job:
            desk.job.stop()
        desk.wanted, desk.job, desk.refused, desk.last = label, None, "", found[0]
        return Seen(found[0], is_latest=True)
    with st.container(key=f"{key}_beside"):
        return _under_way(key, desk, shelf, doing)


def prepare(key: str, settings: Hashable, work: Work[R]) -> None:
    """Have a result ready before anybody asks, in the calling thread: for the warm-up of a server."""
    if not SHARED.take((key, settings)):
        SHARED.put((key, settings), work(lambda share: True))


def _made(desk: Desk[R], shelf: Shelf, label: Hashable, work: Work[R]) -> tuple[R] | None:
    """See that there is a job for these settings; its result if that comes quickly."""
    is_new = desk.wanted != label or desk.job is None or desk.job.reason == "gone"
    if is_new:
        _start(desk, shelf, label, work)
    job = desk.job
    if job is None:
        return None
    if not in_a_browser():
        _wait_for_all_of(job)
    elif is_new:
        job.wait(QUICK)
    found: tuple[R] | None = shelf.take(label)
    # a whole result that the shelf has let go already
    return found or ((cast(R, job.result),) if job.state == "done" else None)


def _start(desk: Desk[R], shelf: Shelf, label: Hashable, work: Work[R]) -> None:
    desk.wanted, desk.refused = label, ""
    try:
        desk.job = QUEUE.start(
            desk.owner, _kept(shelf, label, work), shown=_page_is_there(), viewer=_viewer()
        )
    except LineFullError as full:
        if desk.job:
            desk.job.stop()
        desk.job, desk.refused = None, str(full)


def _kept(shelf: Shelf, label: Hashable, work: Work[R]) -> Work[R]:
    """The work, unless somebody else's has given the same meanwhile; a part of a result is not kept."""

    def kept(go_on: GoOn) -> R:
        found: tuple[R] | None = shelf.take(label)
        if found:
            return found[0]
        wanted = True

        def report(share: float) -> bool:
            nonlocal wanted
            wanted = go_on(share)
            return wanted

        result = work(report)
        if wanted:
            shelf.put(label, result)
        return result

    return kept


def _wait_for_all_of(job: Job[Any]) -> None:
    for _ in range(round(WHOLE / A_LOOK)):
        job.seen()
        if job.wait(A_LOOK):
            return


def _viewer() -> str:
    """This visit's name among those in line."""
    name: str = st.session_state.setdefault("viewer_in_line", uuid4().hex)
    return name


def _page_is_there() -> Callable[[], bool] | None:
    context = get_script_run_ctx()
    if context is None or not exists():
        return None
    server, session = get_instance(), context.session_id
    return lambda: server.is_active_session(session)


def _under_way(key: str, desk: Desk[R], shelf: Shelf, doing: str) -> Seen[R]:
    """Draw how the work stands, and return what there is meanwhile."""
    job = desk.job
    state = job.state if job else "failed"
    if job is None or state == "failed":
        problem = job.problem if job else desk.refused
        st.warning(problem)
        st.button("Try again", key=f"{key}_again", on_click=desk.forget)
        return Seen(desk.last, is_latest=False, problem=problem)
    if state == "stopped" and job.reason == "asked":
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"Stopped at {_percent(job.share)}.", width="content")
            st.button("Start again", key=f"{key}_again", on_click=desk.forget)
        has_part = job.result is not None
        desk.last = job.result if has_part else desk.last
        return Seen(desk.last, is_latest=has_part, stopped=True)
    every = IN_LINE if job.place > 1 else EVERY
    watch = Watch(
        key, job, lambda: shelf.take(desk.wanted) is not None, doing, every, ThreadState.get().fragment_id
    )
    st.fragment(_watched, run_every=every)(watch)
    return Seen(desk.last, is_latest=False)


@dataclass
class Watch:
    """What the small fragment looks at."""

    key: str
    job: Job[Any]
    is_known: Callable[[], bool]  # whether somebody else's work has given the same result
    doing: str
    every: float  # seconds between two looks
    scene: str | None  # the fragment around it, to be run again at the end
    is_drawn: bool = False


def _watched(watch: Watch) -> None:
    job = watch.job
    job.seen()
    place, is_ending = job.place, bool(job.reason)
    is_near = watch.every == IN_LINE and place <= 1  # now look more often
    if watch.is_drawn and (job.is_over or is_near or watch.is_known()):
        _run_again(watch.scene)
    watch.is_drawn = True  # from now on it runs by itself and not as a part of the scene
    said = f"Place {place} in line" if place else f"{watch.doing}: {_percent(job.share)}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.share, text="Stopping …" if is_ending else said)
        st.button("Stop", key=f"{watch.key}_stop", on_click=job.stop, disabled=is_ending)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _run_again(fragment: str | None) -> None:
    """Run the scene once more. `st.rerun` would run the whole page, or this small fragment alone."""
    context = get_script_run_ctx()
    if fragment is None or context is None or context.script_requests is None:
        st.rerun()
    else:
        again = RerunData(
            query_string=context.query_string,
            page_script_hash=context.page_script_hash,
            fragment_id_queue=[fragment],
            is_fragment_scoped_rerun=True,
            cached_message_hashes=context.cached_message_hashes,
            context_info=context.context_info,
        )
        context.script_requests.request_rerun(again)
        st.empty()  # with the next element this run ends
