"""The server computes with one thread per call (app.py); tests do the same, and sooner than torch loads."""

import os
import sys

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(autouse=True)
def same_draws() -> None:
    """A network made in a test starts from the same weights in every run: torch seeds itself by chance."""
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(3)
