"""Many live viewers at once: ``python -m benchmarks.load --sessions 100 --bare``.

Every viewer is a real websocket session that opens the page and then moves one control every few
seconds, to a valid value, at its own moment. A rerun lasts from the message that leaves the viewer to
the script-finished message that reaches it. The server is started as in production, on this machine,
so viewers and server share its cores; ``client_lag_ms_p95`` tells whether the viewers themselves were
late, which would make the server look slower than it is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import WebSocketException

from benchmarks.numbers import percentile, ratio
from benchmarks.server import BARE, DASHBOARD, Server, running_server
from benchmarks.viewer import MOVABLE, Rerun, Viewer

KEYS = ("p50_ms", "p95_ms", "server_cpu_ms_per_rerun")
MIXES = {"slider": ("slider",), "any": MOVABLE}


@dataclass
class Tally:
    """What all viewers saw."""

    opened: list[Rerun] = field(default_factory=list)
    moved: list[Rerun] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)  # how late the viewers woke up
    errors: list[str] = field(default_factory=list)
    cpu_before_moves: float = 0.0  # processor seconds of the server


async def _watch(
    viewer: Viewer, args: argparse.Namespace, ready: asyncio.Barrier, server: Server, tally: Tally
) -> None:
    """One viewer's visit: open, wait for the others, then a move every so often."""
    await asyncio.sleep(viewer.random.uniform(0, args.every))
    try:
        await viewer.connect()
        tally.opened.append(await viewer.open_page())
    except (OSError, WebSocketException) as error:
        tally.errors.append(f"could not open: {error!r}")
    if await ready.wait() == 0:  # all are in; one of them reads the clock
        tally.cpu_before_moves = server.cpu_s()
    end = time.monotonic() + args.seconds
    await asyncio.sleep(viewer.random.uniform(0, args.every))
    while viewer.page_hash and time.monotonic() < end:
        begun = time.monotonic()
        tally.moved.append(await viewer.move(MIXES[args.mix]))
        pause = max(0.0, begun + args.every - time.monotonic())
        due = time.monotonic() + pause
        await asyncio.sleep(pause)
        tally.late_ms.append((time.monotonic() - due) * 1000)
    await viewer.close()


async def _visit(server: Server, page: str, args: argparse.Namespace) -> Tally:
    tally, ready = Tally(), asyncio.Barrier(args.sessions)
    viewers = [Viewer(server.url, page, seed) for seed in range(args.sessions)]
    async with asyncio.TaskGroup() as group:
        for viewer in viewers:
            group.create_task(_watch(viewer, args, ready, server, tally))
    return tally


def wait_until_warm(server: Server) -> None:
    """Let the server finish what it loads beside its first visitors: 100 live viewers meet a warm one."""
    time.sleep(7)  # longer than the pause before the network is loaded
    for _ in range(60):
        before = server.cpu_s()
        time.sleep(2)
        if server.cpu_s() - before < 0.1:
            return


def measure(script: str, page: str, args: argparse.Namespace) -> dict[str, Any]:
    """Start the server, send the viewers, and return what they and the machine saw."""
    with running_server(script) as server:
        wait_until_warm(server)
        print(f"{args.sessions} viewers on {script} /{page} for {args.seconds:g} s …", file=sys.stderr)
        idle = server.rss_mib()
        tally = asyncio.run(_visit(server, page, args))
        cpu = server.cpu_s() - tally.cpu_before_moves
        peak = server.peak_rss_mib()
        log = server.log.read_text(errors="replace")
    moves, opens = [r.ms for r in tally.moved], [r.ms for r in tally.opened]
    errors = tally.errors + [e for r in tally.opened + tally.moved for e in r.errors]
    if errors:  # the page tells a viewer nothing; the log does
        print(log[-3000:], file=sys.stderr)
    return {
        "page": "/" + page,
        "reruns": len(moves),
        "reruns_if_never_late": round(args.sessions * args.seconds / args.every),
        "p50_ms": percentile(moves, 50),
        "p95_ms": percentile(moves, 95),
        "max_ms": percentile(moves, 100),
        "open_p50_ms": percentile(opens, 50),
        "open_p95_ms": percentile(opens, 95),
        "bytes_per_rerun_p50": percentile([r.bytes for r in tally.moved], 50),
        "errors": len(errors),
        "error_examples": sorted(set(errors))[:5],
        "rss_start_mib": round(idle),
        "rss_peak_mib": round(peak),
        "server_cpu_ms_per_rerun": round(1000 * cpu / len(moves), 1) if moves else None,
        "client_lag_ms_p95": percentile(tally.late_ms, 95),
    }


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=20, help="live viewers")
    parser.add_argument("--seconds", type=float, default=60, help="how long they move controls")
    parser.add_argument("--every", type=float, default=4, help="seconds between two moves of one viewer")
    parser.add_argument("--page", default="knn_vs_softmax", help="path of the page in the link")
    parser.add_argument("--mix", choices=MIXES, default="slider", help="which controls are moved")
    parser.add_argument("--bare", action="store_true", help="measure a bare page too, for the ratio")
    args = parser.parse_args()
    if not 1 <= args.sessions <= 1000 or not 0 < args.seconds <= 3600 or not args.every > 0:
        parser.error("between 1 and 1000 sessions, up to 3600 seconds, a pause above 0")
    result: dict[str, Any] = {
        "sessions": args.sessions,
        "seconds": args.seconds,
        "every_s": args.every,
        "mix": args.mix,
        "cores": os.cpu_count(),
        "load_average_before": round(os.getloadavg()[0], 2),
    }
    bare = measure(BARE, "", args) if args.bare else None
    result |= measure(DASHBOARD, args.page, args)
    if bare:
        result["bare"] = bare
        result["ratio_to_bare"] = {key: ratio(result[key], bare[key]) for key in KEYS}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
