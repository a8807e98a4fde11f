import platform

import streamlit as st

from pages._shared import tuning


def test_what_is_tuned_is_still_there_to_be_tuned():
    # another release may rename these; then the tuning has no effect and its reason must be looked at again
    assert hasattr(st.delta_generator, "_use_warning_has_been_displayed")
    assert tuning.streamlit_runtime.MESSAGE_FLUSH_INTERVAL_SECS <= 0.005


def test_the_c_library_takes_the_wish_where_it_has_it():
    assert tuning.keep_freed_memory() == (platform.libc_ver()[0] == "glibc")
