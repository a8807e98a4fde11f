"""Fetch the optional larger network: ResNet-18 with the official ImageNet weights.

    python -m dl_core.offline.fetch_backbone

Downloads 47 MB from PyTorch's own release into ``assets/backbone`` (or the folder that the environment
variable ``DL_BACKBONE_FOLDER`` names), checks size and SHA-256, and only then gives the file its name. A file
that is already there and right is kept. The weights are torchvision's (BSD-3 licence); they were trained on
ImageNet, whose photos were collected for non-commercial research: use them to learn, not to sell.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import os
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import BinaryIO

from dl_core.vision.imagenet import FILE_NAME, MOST_BYTES, SHA256, backbone_folder

URL = f"https://download.pytorch.org/models/{FILE_NAME}"
PIECE = 1 << 20  # bytes read at a time
WAIT = 30  # seconds without a byte before it gives up
TERMS = (
    "Weights by torchvision (BSD-3), trained on ImageNet, whose photos were collected for "
    "non-commercial research. Use them to learn, not to sell."
)


class FetchProblem(RuntimeError):
    """Why there is no file now; the message says what to do."""


def fetch(folder: Path, url: str = URL, sha256: str = SHA256) -> Path:
    """Download to a temporary name, check, and rename; returns the file.

    Parameters
    ----------
    folder
        Made if it is not there.
    url
        Where the file lies.
    sha256
        What the file must be.

    Raises
    ------
    FetchProblem
        No internet, a download that broke off, a file that is not the official one. Nothing is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / FILE_NAME
    if place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == sha256:
        return place
    handle, name = tempfile.mkstemp(prefix=FILE_NAME, suffix=".part", dir=folder)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            found = _download(url, file)
        if found != sha256:
            raise FetchProblem(
                f"What came from {url} has SHA-256 {found[:12]}…, but the official file has {sha256[:12]}…. "
                "It was thrown away. Try again; if it stays so, do not use it."
            )
        fresh.chmod(0o644)
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)
    return place


def _download(url: str, file: BinaryIO) -> str:
    """Write what lies there into ``file`` and return its SHA-256."""
    seen, n = hashlib.sha256(), 0
    try:
        with urllib.request.urlopen(url, timeout=WAIT) as answer:
            while piece := answer.read(PIECE):
                n += len(piece)
                if n > MOST_BYTES:
                    raise FetchProblem(f"{url} is larger than {MOST_BYTES:,} bytes, so it is not the file.")
                seen.update(piece)
                file.write(piece)
    except (OSError, http.client.HTTPException) as problem:
        raise FetchProblem(
            f"{url} could not be fetched ({problem}). This needs internet. Without it, the page works as "
            f"before; or copy {FILE_NAME} from another machine into the folder."
        ) from problem
    return seen.hexdigest()


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, fetch, and say where the file lies and what may be done with it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=None, help="where to put it (default: see above)")
    args = parser.parse_args(arguments)
    try:
        place = fetch(args.folder or backbone_folder())
    except (FetchProblem, OSError) as problem:
        raise SystemExit(str(problem)) from problem
    print(f"{place} is there and is the official file. {TERMS}")


if __name__ == "__main__":
    main()
