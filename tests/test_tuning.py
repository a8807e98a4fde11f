import platform

import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest

from pages._shared import tuning


def test_what_is_tuned_is_still_there_to_be_tuned():
    # another release may rename these; then the tuning has no effect and its reason must be looked at again
    assert hasattr(st.delta_generator, "_use_warning_has_been_displayed")
    assert hasattr(tuning.number_fields, "get_session_state")
    assert all(hasattr(module, "config") for module in tuning.ASKING)
    assert tuning.streamlit_runtime.MESSAGE_FLUSH_INTERVAL_SECS <= 0.005


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


def test_an_option_is_read_once_and_everything_else_of_the_configuration_stays(monkeypatch):
    for module in tuning.ASKING:
        monkeypatch.setattr(module, "config", module.config)
    tuning.read_options_once()
    for module in tuning.ASKING:
        assert module.config.get_option("global.minCachedMessageSize") == config.get_option(
            "global.minCachedMessageSize"
        )
        assert module.config.get_config_options is config.get_config_options
