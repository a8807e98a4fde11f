"""Fetching the optional network from a server of this test's own. No internet."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dl_core.offline import fetch_backbone
from dl_core.offline.fetch_backbone import URL, FetchProblem, fetch, main
from dl_core.vision.imagenet import FILE_NAME, FOLDER_VARIABLE

DATA = bytes(range(256)) * 20_000  # five pieces
SHA256 = hashlib.sha256(DATA).hexdigest()


class Shop(BaseHTTPRequestHandler):
    """Serves the file whole, cut short, or not at all."""

    def do_GET(self) -> None:
        if self.path == "/nothing":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(DATA)))
        self.end_headers()
        self.wfile.write(DATA[: len(DATA) // 2] if self.path == "/cut" else DATA)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A caller that hangs up, as one does that has had enough, is no news."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    shop = Quiet(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=shop.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{shop.server_port}"
    shop.shutdown()
    shop.server_close()
    thread.join()


def test_the_address_is_the_official_release() -> None:
    assert URL == "https://download.pytorch.org/models/resnet18-f37072fd.pth"


def test_it_is_checked_then_named(server: str, tmp_path: Path) -> None:
    folder = tmp_path / "made" / "for it"
    place = fetch(folder, f"{server}/file", SHA256)
    assert place == folder / FILE_NAME
    assert place.read_bytes() == DATA
    assert list(folder.iterdir()) == [place]  # nothing half-done stays


def test_what_is_there_and_right_is_kept(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(DATA)
    assert fetch(tmp_path, "file:///no/such/file", SHA256).read_bytes() == DATA


def test_what_is_there_and_wrong_is_replaced(server: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"half a file")
    assert fetch(tmp_path, f"{server}/file", SHA256).read_bytes() == DATA


@pytest.mark.parametrize(
    ("path", "sha256", "says"),
    [
        ("/file", "0" * 64, "thrown away"),
        ("/cut", SHA256, "thrown away|could not be fetched"),
        ("/nothing", SHA256, "could not be fetched.*404.*works as before"),
    ],
)
def test_nothing_is_left_behind_when_it_fails(
    server: str, tmp_path: Path, path: str, sha256: str, says: str
) -> None:
    with pytest.raises(FetchProblem, match=says):
        fetch(tmp_path, server + path, sha256)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_keeps_the_file_that_was_there(server: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"an older file")
    with pytest.raises(FetchProblem):
        fetch(tmp_path, f"{server}/cut", SHA256)
    assert (tmp_path / FILE_NAME).read_bytes() == b"an older file"


def test_a_file_without_end_is_not_taken(server: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(fetch_backbone, "MOST_BYTES", 1_000_000)
    with pytest.raises(FetchProblem, match="larger than 1,000,000 bytes"):
        fetch(tmp_path, f"{server}/file", SHA256)
    assert list(tmp_path.iterdir()) == []


def test_without_internet_the_command_says_what_to_do(tmp_path: Path, monkeypatch) -> None:
    nobody = "http://127.0.0.1:9"  # no server listens there
    monkeypatch.setattr(fetch_backbone.fetch, "__defaults__", (nobody, SHA256))
    with pytest.raises(SystemExit, match=r"could not be fetched.*needs internet.*works as before"):
        main(["--folder", str(tmp_path)])
    assert list(tmp_path.iterdir()) == []


def test_the_command_uses_the_folder_of_the_environment_and_tells_the_terms(
    server: str, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(fetch_backbone.fetch, "__defaults__", (f"{server}/file", SHA256))
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    main([])
    assert (tmp_path / FILE_NAME).read_bytes() == DATA
    said = capsys.readouterr().out
    assert "official file" in said
    assert "non-commercial research" in said
