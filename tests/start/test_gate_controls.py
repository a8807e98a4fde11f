"""The gate's controls: each preset reaches its settings, and other data never meet a stale rule."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dl_core.start.gate import PRESETS, Settings
from dl_core.start.rules import first_guess
from pages._controls.start import GATE_PRESETS


def page() -> None:
    """Only the controls, a button for each preset, and the settings in words."""
    import streamlit as st

    from pages._controls import start

    def put(values):
        for key, value in values.items():
            st.session_state[key] = value

    for preset in start.GATE_PRESETS:
        st.button(preset.name, key=preset.name, on_click=put, args=(preset.values,))
    st.code(repr(start.gate()))


@pytest.fixture
def app():
    return AppTest.from_function(page, default_timeout=60).run()


def settings(app: AppTest) -> Settings:
    assert not app.exception, [each.message for each in app.exception]
    return eval(app.code[0].value, {"Settings": Settings})


def test_it_opens_with_the_first_preset(app):
    assert settings(app) == Settings() == next(iter(PRESETS.values()))


def test_presets_reach_their_settings_from_anywhere(app):
    app.segmented_control(key="gate_data").set_value("pictures").run()
    app.segmented_control(key="gate_join").set_value("or").run()
    app.slider(key="gate_threshold2").set_value(60.0).run()
    for preset in (*GATE_PRESETS, *GATE_PRESETS[::-1]):
        app.button(key=preset.name).click().run()
        assert settings(app) == PRESETS[preset.name]
        assert all(app.session_state[key] == value for key, value in preset.values.items())


def test_another_measurement_begins_at_its_own_guess(app):
    app.selectbox(key="gate_measure").set_value("smoothness").run()
    guess = first_guess("table", "smoothness")
    assert settings(app) == Settings("table", "smoothness", guess.above, guess.threshold)


def test_other_data_begin_with_our_rule_for_them(app):
    app.segmented_control(key="gate_join").set_value("and").run()
    app.segmented_control(key="gate_data").set_value("pictures").run()
    assert settings(app) == PRESETS["Pictures, hand rule"]
    app.segmented_control(key="gate_join").set_value("and").run()
    assert settings(app).second_measure == "middle centre"


def test_nonsense_in_the_link_falls_back():
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in {"gate_data": "Sound", "gate_measure": "ink in all", "gate_threshold": "1e9"}.items():
        app.query_params[key] = value
    assert settings(app.run()) == Settings()


def test_a_link_brings_the_rule_back():
    app = AppTest.from_function(page, default_timeout=60)
    for key, value in {
        "gate_data": "Pictures", "gate_measure": "ink in all", "gate_threshold": "33", "gate_above": "below",
    }.items():  # fmt: skip
        app.query_params[key] = value
    assert settings(app.run()) == Settings("pictures", "ink", False, 33.0)
