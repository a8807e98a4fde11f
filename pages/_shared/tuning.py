"""What makes one process serve many viewers well; `app.py` calls it once. Nothing here changes a result."""

from __future__ import annotations

import asyncio
import ctypes
import math
from contextlib import suppress
from copy import deepcopy
from functools import cache
from typing import Any

import streamlit.delta_generator as streamlit_elements
import streamlit.elements.lib.policies as control_rules
import streamlit.elements.lib.utils as control_ids
import streamlit.elements.widgets.number_input as number_fields
import streamlit.runtime.app_session as app_sessions
import streamlit.runtime.forward_msg_cache as message_hashes
import streamlit.runtime.runtime as streamlit_runtime
from starlette.exceptions import HTTPException
from streamlit import config
from streamlit.cursor import Cursor, SparseList
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.state import SafeSessionState, SessionState, get_session_state
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MIB = 2**20
# modules that ask for an option with every message or control
ASKING = (app_sessions, message_hashes, control_ids, control_rules)
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


class Gathering:
    """A connection that sends what it is given in one moment in one piece, in order."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send the bytes at the end of this moment, together with all that follow until then."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._send)
        self._waiting.append(data)

    def close(self) -> None:
        """Send what waits, then close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._waiting:
            data, self._waiting = b"".join(self._waiting), []
            self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def send_together() -> None:
    """Hand the messages of one moment to the system in one piece.

    A rerun sends some thirty small messages, and each was a call of the system: a sixteenth of a rerun.
    """
    begin = WebSocketsSansIOProtocol.connection_made

    def connection_made(protocol: WebSocketsSansIOProtocol, transport: asyncio.Transport) -> None:
        begin(protocol, Gathering(transport))  # type: ignore[arg-type]

    WebSocketsSansIOProtocol.connection_made = connection_made  # type: ignore[method-assign,assignment]


class _Settled:
    """Streamlit's configuration for who only reads it: each option is asked for once."""

    get_option = staticmethod(cache(config.get_option))

    def __getattr__(self, name: str) -> Any:
        return getattr(config, name)


def read_options_once() -> None:
    """Keep an option's value where Streamlit asks for it with each message and each control.

    Each question takes a lock that all viewers share and checks the whole configuration: a tenth of a rerun.
    No option changes while a server runs.
    """
    for module in ASKING:
        module.config = _Settled()  # type: ignore[attr-defined]


class _OneByOne:
    """The session's state as a number field asks for it, looked up and not copied."""

    def __init__(self, state: SafeSessionState) -> None:
        self.filtered_state = state


def look_up_one_number() -> None:
    """Let a number field look up its own value in the session's state.

    It asks whether its value is None, and for that Streamlit puts the values of all controls and charts of
    the page into a new dictionary: a tenth of a rerun on a page with a dozen scenes, for each field.
    """
    number_fields.get_session_state = lambda: _OneByOne(get_session_state())  # type: ignore[attr-defined,assignment,return-value]


def take_no_endless_number() -> None:
    """Let a whole-number field open at its default where a link says 1e999 or NaN, as other fields do.

    Streamlit makes the value whole before it looks whether it is one, and the page shows an error.
    """
    read = number_fields.NumberInputSerde.deserialize

    def deserialize(field: number_fields.NumberInputSerde, value: float | None) -> float | None:
        return read(field, value if value is None or math.isfinite(value) else None)

    number_fields.NumberInputSerde.deserialize = deserialize  # type: ignore[method-assign]


def read_the_theme_once() -> None:
    """Fill in the theme that each rerun's first message carries from what was read for the first one.

    Streamlit reads some three hundred options anew for it, six sections of the theme: a tenth of a rerun.
    """
    read = app_sessions._populate_theme_msg

    @cache
    def section_of(name: str) -> CustomThemeConfig:
        made = CustomThemeConfig()
        read(made, name)
        return made

    def fill_in(message: CustomThemeConfig, section: str = "theme") -> None:
        kept = section_of(section)
        if kept.ListFields():  # a section that sets nothing stays unsaid
            message.MergeFrom(kept)

    app_sessions._populate_theme_msg = fill_in


def keep_only_what_changed() -> None:
    """Before a rerun, take over the values that are new, and not every value of the session.

    Streamlit writes all of them over themselves, and makes a new class for each chart on the way: a twentieth
    of a rerun on a page with a dozen scenes.
    """

    def take_over(state: SessionState) -> None:
        old, mine, browsers = state._old_state, state._new_session_state, state._new_widget_state
        name_of = state._key_id_mapper.id_key_mapping
        for key in state._keys():
            if key in old and key not in browsers and name_of.get(key, key) not in mine:
                continue
            with suppress(KeyError):  # as in Streamlit's own: a control whose description is gone
                old[key] = state[key]
        mine.clear()
        browsers.clear()

    SessionState._compact_state = take_over  # type: ignore[method-assign]


def copy_a_place_plainly() -> None:
    """Copy where a fragment writes to part by part, as it is made, and not by the general rule.

    Before each run of a fragment Streamlit copies the place it stands in, and every block around that place:
    a twentieth of a rerun. A place is a few numbers.
    """

    def copied(place: Cursor, memo: dict[int, Any]) -> Cursor:
        new = object.__new__(type(place))
        new.__dict__.update(place.__dict__)
        new._transient_elements = SparseList()
        for index, element in place._transient_elements.items():
            new._transient_elements[index] = deepcopy(element, memo)
        return new

    Cursor.__deepcopy__ = copied  # type: ignore[attr-defined]


def bound_uploads(most: int = 120 * MIB) -> None:
    """Refuse a file when those that a visit has sent, and that no field has let go of, pass ``most`` bytes.

    Streamlit keeps every file of a visit in memory and bounds only the single file: 1,500 photos straight
    from a phone would be gigabytes of a shared host.
    """
    add = MemoryUploadedFileManager.add_file

    def bounded(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
        held = sum(len(one.data) for one in manager.file_storage.get(session_id, {}).copy().values())
        if held + len(file.data) > most:
            raise HTTPException(413, "Too many files at once.")
        add(manager, session_id, file)

    MemoryUploadedFileManager.add_file = bounded  # type: ignore[method-assign]


def know_it_is_a_server() -> None:
    """Spare the first page Streamlit's question whether it runs in a Python prompt.

    To answer it, the first element of a process reads where every loaded module lies: a fifth of a second.
    """
    streamlit_elements._use_warning_has_been_displayed = True
