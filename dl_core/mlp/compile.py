"""Machine code before somebody waits for it: ``python -m dl_core.mlp.compile`` makes it and keeps it on disk.

Compiling takes seconds and holds Python's interpreter lock: in the server's own process every page would
stand still. So another process compiles, and the server's reads what it left. `kernels` does both, once.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock
from time import perf_counter
from types import ModuleType

import numpy as np

ROOT = Path(__file__).parents[2]
_ONE_AT_A_TIME = Lock()


def kernels() -> ModuleType:
    """The training loops as machine code; the first call of a process may wait until they are made."""
    with _ONE_AT_A_TIME:
        return _fetched()


@cache
def _fetched() -> ModuleType:
    from dl_core.mlp import _jit, _kernels

    if not _jit.READY.exists():
        _compile_elsewhere(_jit.CACHE)
    _call_each(_kernels)
    return _kernels


def _compile_elsewhere(cache_folder: Path) -> None:
    """In a process of its own; if that fails, this one compiles at the first call."""
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "dl_core.mlp.compile"],
        env={**os.environ, "PYTHONPATH": paths, "NUMBA_CACHE_DIR": str(cache_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        logging.getLogger(__name__).warning("Compiling ahead failed: %s", done.stderr[-2000:])


def _call_each(loops: ModuleType) -> None:
    """Every entry once, on a network of one neuron: numba reads its machine code, or makes and keeps it."""
    room = np.zeros((2, 2, 1, loops.ROWS))
    net = loops.Net(np.array([1, 1]), room[0], room[1])
    recipe = loops.Recipe(False, 0, 0, 1, 0.0, 0.0, 0.0, 0)
    parameters, column, rows = np.zeros(2), np.zeros((1, 1)), np.zeros(1, np.int64)
    loops.take_steps(recipe, net, parameters, np.zeros((2, 2)), column, column, np.ones(1), 0, 1)
    loops.slopes_of_loss(recipe, net, parameters, column, column, rows)
    loops.answer(net, 0, parameters, column, rows, 1, np.zeros((1, 1)))
    loops.shuffled(0, 0, 1)
    for loop in (loops.take_steps, loops.slopes_of_loss, loops.answer, loops.shuffled):
        loop.disable_compile()  # other kinds of arguments are a mistake, not a reason to compile for seconds


def main() -> None:
    """Compile, or find that it is done."""
    began = perf_counter()
    from dl_core.mlp import _jit, _kernels

    _call_each(_kernels)
    _jit.READY.touch()
    print(f"The training loops are ready in {_jit.FOLDER}, after {perf_counter() - began:.1f} s.")


if __name__ == "__main__":
    main()
