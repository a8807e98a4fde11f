"""What makes one process serve many viewers well; `app.py` calls it once. Nothing here changes a result."""

from __future__ import annotations

import ctypes
from contextlib import suppress

import streamlit.delta_generator as streamlit_elements
import streamlit.runtime.runtime as streamlit_runtime

MIB = 2**20
# names of the options of the C library's allocator, from its malloc.h
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8


def keep_freed_memory() -> bool:
    """Let freed blocks be used again instead of being given back to the system and asked for anew.

    By default every array above 128 KiB is a new piece of memory, and its first touch costs more than the
    sums on a grid of distances do. Two arenas, not eight for each core: a viewer's thread lives for one
    rerun, and each arena keeps what it once held. True where the C library took the wish.
    """
    with suppress(OSError, AttributeError):  # another C library has no mallopt and needs none
        mallopt = ctypes.CDLL(None).mallopt
        wishes = ((M_MMAP_THRESHOLD, 8 * MIB), (M_TRIM_THRESHOLD, 16 * MIB), (M_ARENA_MAX, 2))
        return all(mallopt(*wish) == 1 for wish in wishes)
    return False


def send_at_once() -> None:
    """Look for finished messages every millisecond, not every five.

    A rerun of ours takes five to ten milliseconds, so its last message, which ends the rerun, waited as
    long as half of the rerun itself for the next look.
    """
    streamlit_runtime.MESSAGE_FLUSH_INTERVAL_SECS = 0.001  # type: ignore[misc]


def know_it_is_a_server() -> None:
    """Spare the first page Streamlit's question whether it runs in a Python prompt.

    To answer it, the first element of a process reads where every loaded module lies: a fifth of a second.
    """
    streamlit_elements._use_warning_has_been_displayed = True
