"""Where machine code is kept, and that nobody waits for it or with it."""

import os
import tempfile
import threading
import time

import numpy as np
import pytest

from dl_core.mlp import _jit
from dl_core.mlp.compile import kernels
from dl_core.mlp.engine import train
from dl_core.mlp.plan import Plan

RNG = np.random.default_rng(0)


def test_this_process_reads_machine_code_and_compiles_nothing():
    loops = kernels()
    for entry in (loops.take_steps, loops.slopes_of_loss, loops.answer, loops.shuffled):
        assert not entry.stats.cache_misses
        assert str(_jit.FOLDER) in entry.stats.cache_path
    assert _jit.READY.exists()


def test_an_argument_of_another_kind_is_refused_and_not_compiled_for():
    with pytest.raises(TypeError, match="No matching definition"):
        kernels().shuffled(np.zeros(2), 0, 3)


def test_other_threads_run_while_a_training_does():
    # two snapshots: one call of the loops, a quarter of a second long; if it held Python's lock, nobody could
    # count meanwhile
    inputs, values = RNG.normal(0, 1, (2000, 5)), RNG.normal(0, 1, 2000)
    plan = Plan(hidden=(32, 32), n_epochs=60)
    kernels()
    work = (plan, inputs, values, inputs[:9], values[:9], "regression", 1)
    training = threading.Thread(target=train, args=work, kwargs={"n_snapshots": 2})
    training.start()
    counted = 0
    while training.is_alive():
        time.sleep(0.002)
        counted += 1
    assert counted > 10


def no_place(tmp_path, monkeypatch):
    """A package beside which nothing can be written, whoever asks: a file stands where the folder would."""
    (tmp_path / "__pycache__").write_text("")
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(_jit, "PACKAGE", tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_machine_code_lies_beside_the_source_where_it_can(tmp_path, monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(_jit, "PACKAGE", tmp_path)
    assert _jit.cache_folder() == tmp_path / "__pycache__"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "given"))
    assert _jit.cache_folder() == tmp_path / "given"


def test_where_it_cannot_it_lies_in_a_temporary_folder_of_our_own(tmp_path, monkeypatch):
    no_place(tmp_path, monkeypatch)
    folder = _jit.cache_folder()
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o077 == 0
    assert _jit.cache_folder() == folder  # the next process finds it again


@pytest.mark.skipif(os.name != "posix", reason="rights of others are a matter of POSIX systems")
def test_a_folder_that_others_can_write_or_a_link_is_not_trusted(tmp_path, monkeypatch):
    no_place(tmp_path, monkeypatch)
    known = _jit.cache_folder()
    known.chmod(0o777)
    fresh = _jit.cache_folder()
    assert fresh != known
    assert fresh.stat().st_mode & 0o077 == 0
    known.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    known.symlink_to(elsewhere)
    assert _jit.cache_folder() not in (known, elsewhere)


def test_a_change_in_any_source_makes_other_machine_code(tmp_path, monkeypatch):
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("a = 1")
    other.write_text("b = 1")
    monkeypatch.setattr(_jit, "SOURCES", [one, other])
    before = _jit.key()
    assert _jit.key() == before
    other.write_text("b = 2")
    assert _jit.key() != before


def test_every_source_of_the_loops_is_watched():
    # a part compiled into an entry is only noticed to have changed if its file is in the list
    used = {"_jit.py"}
    for file in _jit.PACKAGE.glob("_*.py"):
        text = file.read_text(encoding="utf-8")
        if "import part" in text or "import entry" in text or "import ordered_part" in text:
            used.add(file.name)
    assert {file.name for file in _jit.SOURCES} == used
