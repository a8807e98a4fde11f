"""Which functions numba turns into machine code, and where that code is kept for the next process."""

from __future__ import annotations

import hashlib
import os
import platform
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import codegen
from numba.core.registry import cpu_target

PACKAGE = Path(__file__).parent
SOURCES = [
    PACKAGE / name for name in ("_jit.py", "_activations.py", "_chance.py", "_update.py", "_kernels.py")
]
F = TypeVar("F", bound=Callable[..., Any])

# "contract" lets a product and a sum be rounded once, "reassoc" lets a sum be taken in eight parts side by
# side. Both are settled when the code is compiled: the same code gives the same bits in every run.
ORDERED, FREE = {"contract"}, {"contract", "reassoc"}
# numba's compiler would write a loop over 16 rows out as 16 single steps before it looks for instructions
# that take eight rows at once. One that no longer knows this word ignores it, and its code is slower.
codegen.ll.set_option("", "-unroll-full-max-count=8")  # type: ignore[attr-defined]
# Python calls no part, so it needs no doors for that; without the inlining a step of a small network takes
# half as long again, all of it spent on handing over arguments
INSIDE: dict[str, Any] = {
    "error_model": "numpy", "forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True,
}  # fmt: skip


def entry(function: F) -> F:
    """Machine code that Python calls; kept on disk. While it runs, other threads of the server run too."""
    compiled = numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=FREE)(function)
    return cast(F, compiled)


def part(function: F) -> F:
    """A part of an entry, compiled into it."""
    return cast(F, numba.njit(fastmath=FREE, **INSIDE)(function))


def ordered_part(function: F) -> F:
    """A part whose sums must be taken as they are written."""
    return cast(F, numba.njit(fastmath=ORDERED, **INSIDE)(function))


def takes_files(folder: Path) -> bool:
    """Whether files can be written into a folder, which is made if it is missing."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    return False


def own_folder() -> Path:
    """A temporary folder that nobody else can write: what lies in it will be run as code."""
    user = os.getuid() if hasattr(os, "getuid") else None
    folder = Path(tempfile.gettempdir()) / f"dl_core_mlp_{user}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()  # of the name itself: somebody may have put a link there
        alone = user is None or (found.st_uid == user and not found.st_mode & 0o077)
        if stat.S_ISDIR(found.st_mode) and alone and takes_files(folder):
            return folder
    return Path(tempfile.mkdtemp(prefix="dl_core_mlp_"))


def cache_folder() -> Path:
    """Where machine code is kept: where the host says, or beside the source, or in a folder of our own."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return Path(os.environ["NUMBA_CACHE_DIR"])
    beside = PACKAGE / "__pycache__"
    return beside if takes_files(beside) else own_folder()


def key() -> str:
    """Names machine code: the files it is made from, what makes it, and the processor it is made for.

    numba looks only at the file of the entry; a change in a file of parts would go unnoticed.
    """
    what = [(str(file), file.stat().st_mtime, file.read_text(encoding="utf-8")) for file in SOURCES]
    processor = cpu_target.target_context.codegen().magic_tuple()
    made_by = (numba.__version__, platform.python_version(), processor)
    return hashlib.sha256(repr((what, made_by)).encode()).hexdigest()[:16]


CACHE = cache_folder()
FOLDER = CACHE / f"mlp_{key()}"
READY = FOLDER / "ready"  # lies there once all of it has been compiled
numba.config.CACHE_DIR = str(FOLDER)  # type: ignore[attr-defined]
