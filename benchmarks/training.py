"""Twenty people train at once: ``python -m benchmarks.training``.

Some viewers press a button that trains for about a second beside the page, and again and again as soon as
they have the result. Others move a slider of the first lesson meanwhile, and have done so before, with
nobody training. Every viewer is a real websocket session; who trains asks for the bar as often as a
browser would. In the end somebody starts a long training and closes the tab while another waits in line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

from benchmarks.load import wait_until_warm
from benchmarks.numbers import percentile, ratio
from benchmarks.server import Server, running_server
from benchmarks.viewer import RERUN_LIMIT_S, Rerun, Viewer, _xsrf_token
from dl_core.jobs import spare_cores

SCRIPT = "benchmarks/served/training_app.py"
TRAINED = re.compile(r"Trained \d+ in ([\d.]+) s")
PAUSE_S = 0.5  # between a result and the next click, on average
LONG = "5000"  # networks of a training that nobody waits for


@dataclass
class Training:
    """One click and what came of it."""

    wait_s: float = 0.0  # click to result on the page
    line_s: float = 0.0  # of that, until the work began
    work_s: float = 0.0  # the work alone, as the server measured it
    looks: list[Rerun] = field(default_factory=list)  # the click's run, and one for each look at the bar


class Trainer(Viewer):
    """A viewer who presses Train and lets the bar move as a browser would."""

    def __init__(self, url: str, seed: int, starts: str | None = None) -> None:
        super().__init__(url, "", seed)
        self.link = {"starts": starts} if starts else {}
        self.button, self.scene = "", ""
        self.timers: dict[str, float] = {}  # fragment → seconds between two of its runs
        self.due = 0.0  # when the next of them is
        self.bar, self.trained = "", ""

    async def connect(self) -> None:
        """Open the websocket as a browser: others get a page only when it is finished."""
        token = await asyncio.to_thread(_xsrf_token, self.url)
        self._socket = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", token],  # type: ignore[list-item]
            additional_headers={"Cookie": f"_streamlit_xsrf={token}"},
            user_agent_header="Mozilla/5.0 (benchmark)",
            origin=self.url,  # type: ignore[arg-type]
            max_size=None,
            compression=None,
            open_timeout=RERUN_LIMIT_S,
        )

    async def press(self) -> Rerun:
        """Press Train."""
        self.trained, self.bar = "", ""
        self.moved[self.button] = WidgetState(id=self.button, trigger_value=True)
        rerun = await self._run(self.scene)
        del self.moved[self.button]
        return rerun

    async def look(self) -> Rerun:
        """Wait until the browser's clock would ask, and run the small fragment."""
        fragment, interval = next(iter(self.timers.items()))
        while self.due <= time.monotonic():  # a browser asks at fixed times, and leaves out what it missed
            self.due += interval
        await asyncio.sleep(self.due - time.monotonic())
        return await self._run(fragment)

    async def train(self) -> Training:
        """Press and wait for the result."""
        begun, training = time.perf_counter(), Training()
        training.looks.append(await self.press())
        while not self.trained and self.timers:
            if "Training" not in self.bar:
                training.line_s = time.perf_counter() - begun
            training.looks.append(await self.look())
            if training.looks[-1].errors:
                break
        training.wait_s = time.perf_counter() - begun
        found = TRAINED.match(self.trained)
        if found:
            training.work_s = float(found[1])
        else:
            training.looks[-1].errors.append("no result came")
        return training

    def _take(self, message: ForwardMsg, rerun: Rerun) -> bool:
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.metadata.run.fragment_ids:
            self.timers.clear()
        elif kind == "auto_rerun":
            fragment, interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
            if self.timers.get(fragment) != interval:
                self.timers[fragment], self.due = interval, time.monotonic() + interval
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self.timers.pop(fragment, None)
        elif kind == "delta":
            element = message.delta.new_element
            if element.button.label == "Train":
                self.button, self.scene = element.button.id, message.delta.fragment_id
            if element.WhichOneof("type") == "progress":
                self.bar = element.progress.text
            if TRAINED.match(element.markdown.body):
                self.trained = element.markdown.body
        return super()._take(message, rerun)


async def _move(viewer: Viewer, every: float, until: float, moves: list[Rerun], late_ms: list[float]) -> None:
    await asyncio.sleep(viewer.random.uniform(0, every))
    while time.monotonic() < until:
        begun = time.monotonic()
        moves.append(await viewer.move(("slider",)))
        due = begun + every
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        late_ms.append(max(0.0, (time.monotonic() - max(due, begun + moves[-1].ms / 1000)) * 1000))


async def _train(trainer: Trainer, until: float, trainings: list[Training]) -> None:
    await asyncio.sleep(trainer.random.uniform(0, PAUSE_S))
    while time.monotonic() < until:
        trainings.append(await trainer.train())
        await asyncio.sleep(trainer.random.uniform(0, 2 * PAUSE_S))


async def _close_a_tab(url: str, workers: int) -> dict[str, Any]:
    """Long trainings take every worker, their tabs are closed; how long until another's training begins."""
    leaving, waiting = [Trainer(url, seed, LONG) for seed in range(workers)], Trainer(url, workers)
    for trainer in (*leaving, waiting):
        await trainer.connect()
        await trainer.open_page()
        await trainer.press()
    place = waiting.bar
    begun = time.perf_counter()
    for trainer in leaving:
        await trainer.close()
    while not waiting.trained and "Training" not in waiting.bar and waiting.timers:
        await waiting.look()
    freed = time.perf_counter() - begun
    await waiting.close()
    return {"the_other_saw": place, "its_training_began_after_s": round(freed, 2)}


async def _visit(server: Server, args: argparse.Namespace) -> dict[str, Any]:
    others = [Viewer(server.url, "knn_vs_softmax", seed) for seed in range(args.others)]
    trainers = [Trainer(server.url, seed) for seed in range(args.sessions)]
    opened = []
    for viewer in (*others, *trainers):
        await viewer.connect()
        opened.append(await viewer.open_page())
    await trainers[0].train()  # the first of a process fetches the machine code
    alone = await trainers[0].train()
    quiet: list[Rerun] = []
    busy: list[Rerun] = []
    late_ms: list[float] = []
    by_trainer: list[list[Training]] = [[] for _ in trainers]
    print(f"{args.others} viewers move a slider for {args.seconds:g} s …", file=sys.stderr)
    until = time.monotonic() + args.seconds
    await asyncio.gather(*(_move(viewer, args.every, until, quiet, late_ms) for viewer in others))
    print(f"… and now {args.sessions} others train meanwhile", file=sys.stderr)
    cpu, until = server.cpu_s(), time.monotonic() + args.seconds
    late_ms.clear()
    begun = time.monotonic()
    await asyncio.gather(
        *(_move(viewer, args.every, until, busy, late_ms) for viewer in others),
        *(_train(trainer, until, done) for trainer, done in zip(trainers, by_trainer, strict=True)),
    )
    took = time.monotonic() - begun
    cpu = server.cpu_s() - cpu
    for viewer in (*others, *trainers):
        await viewer.close()
    trainings = [training for done in by_trainer for training in done]
    looks = [look for training in trainings for look in training.looks]
    reruns = [*opened, *quiet, *busy, *looks, *alone.looks]
    errors = [error for rerun in reruns for error in rerun.errors]
    waits = [training.wait_s for training in trainings]
    without, during = _times(quiet), _times(busy)
    return {
        "slider_reruns_without_training": without,
        "slider_reruns_during_training": during,
        "ratio": {key: ratio(during[key], without[key]) for key in ("p50_ms", "p95_ms", "max_ms")},
        "trainings": {
            "finished": sum(training.work_s > 0 for training in trainings),
            "per_second": round(len(trainings) / took, 2),
            "alone": {"work_s": alone.work_s, "wait_s": round(alone.wait_s, 2)},
            "work_s_p50": round(float(percentile([1000 * t.work_s for t in trainings], 50) or 0) / 1000, 2),
            "longest_wait_s": round(max(waits), 1),
            "longest_in_line_s": round(max(training.line_s for training in trainings), 1),
            "per_viewer": {"fewest": min(map(len, by_trainer)), "most": max(map(len, by_trainer))},
            "looks_at_the_bar": _times([look for training in trainings for look in training.looks[1:]]),
        },
        "closed_tab": await _close_a_tab(server.url, spare_cores()),
        "server_cores_used": round(cpu / took, 2),
        "client_lag_ms_p95": percentile(late_ms, 95),
        "errors": len(errors),
        "error_examples": sorted(set(errors))[:5],
    }


def _times(reruns: list[Rerun]) -> dict[str, Any]:
    ms = [rerun.ms for rerun in reruns]
    quantiles = {f"{name}_ms": percentile(ms, q) for name, q in (("p50", 50), ("p95", 95), ("max", 100))}
    return {"n": len(ms), **quantiles}


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=20, help="viewers who train")
    parser.add_argument("--others", type=int, default=10, help="viewers who move a slider meanwhile")
    parser.add_argument(
        "--seconds", type=float, default=45, help="how long, without training and again with it"
    )
    parser.add_argument("--every", type=float, default=1, help="seconds between two moves of one viewer")
    args = parser.parse_args()
    if not (
        1 <= args.sessions <= 200 and 1 <= args.others <= 200 and 0 < args.seconds <= 3600 and args.every > 0
    ):
        parser.error("1 to 200 viewers of each kind, up to 3600 seconds, a pause above 0")
    with running_server(SCRIPT) as server:
        wait_until_warm(server)
        before = round(server.rss_mib())
        load = round(os.getloadavg()[0], 2)
        measured = asyncio.run(_visit(server, args))
        result = {
            "sessions": args.sessions,
            "others": args.others,
            "seconds": args.seconds,
            "every_s": args.every,
            "cores": os.cpu_count(),
            "workers": spare_cores(),
            "load_average_before": load,
            **measured,
            "rss_start_mib": before,
            "rss_peak_mib": round(server.peak_rss_mib()),
        }
        if measured["errors"]:
            print(server.log.read_text(errors="replace")[-3000:], file=sys.stderr)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
