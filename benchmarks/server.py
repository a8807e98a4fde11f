"""A real server on a free loopback port, for the benchmarks and the browser tests."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DASHBOARD, BARE = "app.py", "benchmarks/served/bare_page.py"
BARE_CHART = "benchmarks/served/bare_chart_page.py"
START_LIMIT_S = 90.0


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int
    health_ms: float  # process started to the first healthy answer
    log: Path  # what the server printed

    @property
    def url(self) -> str:
        """Address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def peak_rss_mib(self) -> float:
        """Largest resident memory so far, summed over the server and its children (Linux)."""
        return sum(_status_kib(pid, "VmHWM") for pid in _family(self.pid)) / 1024

    def rss_mib(self) -> float:
        """Resident memory now, summed over the server and its children (Linux)."""
        return sum(_status_kib(pid, "VmRSS") for pid in _family(self.pid)) / 1024

    def cpu_s(self) -> float:
        """Processor seconds used so far by the server and its children (Linux)."""
        ticks = 0
        for pid in _family(self.pid):
            with suppress(OSError):  # a child may have ended meanwhile
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])  # utime and stime, proc(5)
        return ticks / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:  # grows while it is walked: children, then theirs
        with suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _status_kib(pid: int, field: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1])
    return 0


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_server(
    script: str = DASHBOARD, *, root: Path = ROOT, port: int | None = None, defaults: bool = False
) -> Iterator[Server]:
    """Start ``streamlit run <script>`` as production does; stop it and what it started at the end.

    Parameters
    ----------
    script
        Path from the project's root: the dashboard, or the bare page as the yardstick.
    root
        Working directory. Its ``.streamlit/config.toml`` holds, for the bare page too.
    port
        Where to listen; a free one if not given.
    defaults
        Start it in an empty folder, so that no settings hold but Streamlit's own.

    Raises
    ------
    RuntimeError
        The server ended or gave no healthy answer in time; its last words are in the message.
    """
    folder = Path(tempfile.mkdtemp(prefix="server-"))
    log, port = folder / "server.log", port or free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(root / script),
        "--server.address=127.0.0.1",
        f"--server.port={port}",
        "--server.headless=true",
    ]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    environment.pop("PYTHONWARNINGS", None)
    try:
        with log.open("wb") as out:
            begun = time.perf_counter()
            process = subprocess.Popen(
                command,
                cwd=folder if defaults else root,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        try:
            _wait_until_healthy(process, port, log)
            yield Server(port, process.pid, (time.perf_counter() - begun) * 1000, log)
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline and process.poll() is None:
        address = f"http://127.0.0.1:{port}/_stcore/health"
        with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.02)
    last_words = log.read_text(errors="replace")[-2000:]
    raise RuntimeError(f"The server did not start. Its last words:\n{last_words}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and what it started; politely first."""
    started = _family(process.pid)
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    for pid in started if process.poll() is None else started[1:]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
