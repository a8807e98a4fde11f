import asyncio
import platform
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as st_values
from starlette.exceptions import HTTPException
from streamlit import config
from streamlit.cursor import Cursor, RunningCursor
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.session_state import Value
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from pages._shared import tuning


def test_what_is_tuned_is_still_there_to_be_tuned():
    # another release may rename these; then the tuning has no effect and its reason must be looked at again
    assert hasattr(st.delta_generator, "_use_warning_has_been_displayed")
    assert hasattr(tuning.number_fields, "get_session_state")
    assert all(hasattr(module, "config") for module in tuning.ASKING)
    assert tuning.streamlit_runtime.MESSAGE_FLUSH_INTERVAL_SECS <= 0.005


class Wire(asyncio.Transport):
    """A connection that notes each call of the system."""

    def __init__(self):
        super().__init__()
        self.calls = []

    def write(self, data):
        self.calls.append(data)

    def close(self):
        self.calls.append("closed")

    def get_extra_info(self, name, default=None):
        return f"its {name}"


def test_the_messages_of_one_moment_leave_in_one_piece_and_in_order():
    async def moments():
        wire = Wire()
        connection = tuning.Gathering(wire)
        for data in (b"a", b"b", b"c"):
            connection.write(data)
        assert wire.calls == []
        await asyncio.sleep(0)
        assert wire.calls == [b"abc"]
        await asyncio.sleep(0)
        connection.write(b"d")
        connection.close()  # nothing that was written before is lost
        connection.close()
        await asyncio.sleep(0)
        assert wire.calls == [b"abc", b"d", "closed", "closed"]
        assert connection.get_extra_info("peername") == "its peername"

    with ThreadPoolExecutor() as another:  # this thread may have a loop of the browser's
        another.submit(asyncio.run, moments()).result()


def test_every_connection_of_a_browser_gathers(monkeypatch):
    protocol = tuning.WebSocketsSansIOProtocol
    given_to = []
    monkeypatch.setattr(protocol, "connection_made", lambda self, transport: given_to.append(transport))
    tuning.send_together()
    wire = Wire()
    protocol.connection_made(None, wire)
    assert isinstance(given_to[0], tuning.Gathering)
    given_to[0].close()
    assert wire.calls == ["closed"]


def test_the_c_library_takes_the_wish_where_it_has_it():
    assert tuning.keep_freed_memory() == (platform.libc_ver()[0] == "glibc")


def test_a_number_field_still_knows_that_its_value_was_taken_away(monkeypatch):
    monkeypatch.setattr(tuning.number_fields, "get_session_state", tuning.number_fields.get_session_state)
    tuning.look_up_one_number()

    def page():
        import streamlit as st

        if st.button("clear"):
            st.session_state["n"] = None
        st.markdown(f"it is {st.number_input('n', 0.0, 9.0, 4.0, key='n')}")

    app = AppTest.from_function(page).run()
    assert app.markdown[0].value == "it is 4.0"
    assert app.number_input(key="n").set_value(6.0).run().markdown[0].value == "it is 6.0"
    assert app.button[0].click().run().markdown[0].value == "it is None"


@pytest.mark.parametrize("link", ["1e999", "-1e999", "NaN", "1e300", "7"])
def test_a_whole_number_field_opens_at_its_default_where_the_link_says_nonsense(monkeypatch, link):
    serde = tuning.number_fields.NumberInputSerde
    monkeypatch.setattr(serde, "deserialize", serde.deserialize)
    tuning.take_no_endless_number()

    def page():
        import streamlit as st

        st.markdown(f"it is {st.number_input('n', 0, 9, 4, key='n', bind='query-params')}")

    app = AppTest.from_function(page)
    app.query_params["n"] = link
    app.run()
    assert not app.exception
    assert app.markdown[0].value == f"it is {link if link == '7' else 4}"


def test_an_option_is_read_once_and_everything_else_of_the_configuration_stays(monkeypatch):
    for module in tuning.ASKING:
        monkeypatch.setattr(module, "config", module.config)
    tuning.read_options_once()
    for module in tuning.ASKING:
        assert module.config.get_option("global.minCachedMessageSize") == config.get_option(
            "global.minCachedMessageSize"
        )
        assert module.config.get_config_options is config.get_config_options


def test_the_theme_is_said_as_streamlit_says_it(monkeypatch):
    own = tuning.app_sessions._populate_theme_msg
    monkeypatch.setattr(tuning.app_sessions, "_populate_theme_msg", own)
    tuning.read_the_theme_once()
    assert config.get_option("theme.light.primaryColor"), "our theme has been read"
    for _ in range(2):  # the first and every later message
        theirs, ours = tuning.CustomThemeConfig(), tuning.CustomThemeConfig()
        for fill_in, message in ((own, theirs), (tuning.app_sessions._populate_theme_msg, ours)):
            fill_in(message)
            fill_in(message.light, "theme.light")
            fill_in(message.dark, "theme.dark")
            fill_in(message.sidebar, "theme.sidebar")
        assert ours == theirs
        assert ours.ByteSize() > 100


NAMES = ("a", "b", "c", "d")  # some name controls, some plain values
VALUES = st_values.dictionaries(st_values.sampled_from(NAMES), st_values.integers(0, 99))
IDS = st_values.dictionaries(st_values.sampled_from([f"$$ID-{n}" for n in NAMES]), st_values.integers(0, 99))


def state_of(old, old_ids, mine, browsers, controls):
    state = SessionState()
    state._old_state = old | old_ids
    state._new_session_state = dict(mine)
    for name in controls:
        state._key_id_mapper[name] = f"$$ID-{name}"
    for widget_id, value in browsers.items():
        state._new_widget_state[widget_id] = Value(value)
    return state


@given(VALUES, IDS, VALUES, IDS, st_values.sets(st_values.sampled_from(NAMES)))
def test_the_session_takes_over_what_streamlits_own_would(old, old_ids, mine, browsers, controls):
    with pytest.MonkeyPatch.context() as patch:
        theirs = state_of(old, old_ids, mine, browsers, controls)
        theirs._compact_state()
        patch.setattr(SessionState, "_compact_state", SessionState._compact_state)
        tuning.keep_only_what_changed()
        ours = state_of(old, old_ids, mine, browsers, controls)
        ours._compact_state()
    assert ours._old_state == theirs._old_state
    assert not ours._new_session_state
    assert not list(ours._new_widget_state)


PATHS = st_values.lists(st_values.integers(0, 9), max_size=3).map(tuple)


@given(
    PATHS,
    st_values.integers(0, 9),
    st_values.booleans(),
    st_values.dictionaries(st_values.integers(0, 5), st_values.text()),
)
def test_a_copied_place_is_equal_and_moves_by_itself(path, steps, is_locked, shown):
    place = RunningCursor(0, path)
    for _ in range(steps):
        place.lock_element()
    if is_locked:
        place = place.lock_element()
    for index, element in shown.items():
        place.transient_elements[index] = element
    theirs = deepcopy(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cursor, "__deepcopy__", None, raising=False)
        tuning.copy_a_place_plainly()
        ours = deepcopy(place)

    def told(cursor):
        parts = dict(vars(cursor))
        parts["_transient_elements"] = dict(cursor.transient_elements.items())
        return type(cursor), parts

    assert told(ours) == told(theirs)
    before = place.delta_path, dict(place.transient_elements.items())
    ours.transient_elements[9] = "mine"
    ours.lock_element()
    assert (place.delta_path, dict(place.transient_elements.items())) == before


def test_a_visit_cannot_fill_the_memory_with_files_that_nobody_reads(monkeypatch):
    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", MemoryUploadedFileManager.add_file)
    tuning.bound_uploads(100)
    manager = MemoryUploadedFileManager("/upload")

    def send(visit, name, size):
        manager.add_file(visit, UploadedFileRec(name, name, "image/png", b"x" * size))

    send("mine", "a", 60)
    with pytest.raises(HTTPException, match="Too many files at once") as refused:
        send("mine", "b", 41)
    assert refused.value.status_code == 413
    send("mine", "b", 40)
    send("yours", "a", 100)  # another visit has its own limit
    manager.remove_file("mine", "a")
    send("mine", "c", 60)  # what has been read makes room
    assert set(manager.file_storage["mine"]) == {"b", "c"}
