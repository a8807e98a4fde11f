"""What makes one process serve many viewers well; `app.py` calls it once. Nothing here changes a result."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import streamlit.delta_generator as streamlit_elements
import streamlit.runtime.runtime as streamlit_runtime
from streamlit.elements.widgets import number_input, radio, selectbox, text_widgets

MIB = 2**20
# names of the options of the C library's allocator, from its malloc.h
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8


def keep_freed_memory() -> None:
    """Let freed blocks be used again instead of being given back to the system and asked for anew.

    By default every array above 128 KiB is a new piece of memory, and its first touch costs more than the
    sums on a grid of distances do. Two arenas, not eight for each core: a viewer's thread lives for one
    rerun, and each arena keeps what it once held.
    """
    with suppress(OSError, AttributeError):  # another C library has no mallopt and needs none
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_MMAP_THRESHOLD, 8 * MIB)
        mallopt(M_TRIM_THRESHOLD, 16 * MIB)
        mallopt(M_ARENA_MAX, 2)


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


class _OneKeyAtATime(Mapping[str, Any]):
    """The session's values as a widget sees them, looked up where it asks and not copied before."""

    def __init__(self, state: Any) -> None:
        self._state = state

    def __contains__(self, key: object) -> bool:
        return key in self._state

    def __getitem__(self, key: str) -> Any:
        return self._state[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._state.filtered_state)

    def __len__(self) -> int:
        return len(self._state.filtered_state)


class _Quick:
    """A session's state whose ``filtered_state`` is not a copy of everything in it."""

    def __init__(self, state: Any) -> None:
        self._state = state

    def __getattr__(self, name: str) -> Any:
        return getattr(self._state, name)

    @property
    def filtered_state(self) -> Mapping[str, Any]:
        """The same values under the same keys."""
        return _OneKeyAtATime(self._state)


def look_up_one_key() -> None:
    """Spare these widgets a copy of the whole session for a single look at their own key.

    Streamlit 1.67 builds a dictionary of all values for each number field, to ask whether this one is
    None. On a page of eighty controls that is a quarter millisecond a field: a tenth of a rerun.
    """
    for module in (number_input, radio, selectbox, text_widgets):
        original = getattr(module, "get_session_state", None)
        if original and not hasattr(original, "quick"):
            module.get_session_state = _quick(original)  # type: ignore[attr-defined]


def _quick(get: Callable[[], Any]) -> Callable[[], Any]:
    def quick_session_state() -> _Quick:
        return _Quick(get())

    quick_session_state.quick = True  # type: ignore[attr-defined]
    return quick_session_state
