"""One scene at work: its settings from the controls, its result and its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import NoneType
from typing import Any, get_type_hints

import streamlit as st

from dl_core.figures.picture import Picture
from pages._shared.lesson import Lesson, Preset, Scene
from pages._shared.visit import visit


@lru_cache(maxsize=512)
def shared(
    compute: Callable[[Any], Any], picture: Callable[[Any], Picture], settings: Any
) -> tuple[Any, Picture]:
    """The result and its picture, shared by everybody who looks at the same link.

    Both are frozen and hold no reader's data, so sharing is safe; the bound keeps memory flat. Building
    a Plotly figure costs more than most results do, so the picture is worth keeping too.
    """
    result = compute(settings)
    return result, picture(result)


def compute_at_rest(lesson: Lesson) -> None:
    """Keep what each scene shows before anybody has moved a control, where its settings have such a state."""
    for scene in lesson.scenes:
        if scene.private:
            continue
        takes = get_type_hints(scene.compute)
        kind = next((each for name, each in takes.items() if name != "return"), NoneType)
        if kind is NoneType:
            shared(scene.compute, scene.picture, None)
        elif is_dataclass(kind) and all(each.default is not MISSING for each in fields(kind)):
            shared(scene.compute, scene.picture, kind())


def _private(scene: Scene, picture: Callable[[Any], Picture], settings: Any) -> tuple[Any, Picture]:
    """The same for a reader's own data: only the latest is kept, and only in this visit."""
    kept = visit().kept
    if scene.key not in kept or kept[scene.key][0] != settings:
        kept[scene.key] = (settings, scene.compute(settings), {})
    _, result, drawn = kept[scene.key]
    if picture not in drawn:
        drawn.clear()  # page and slide are not looked at in the same moment
        drawn[picture] = picture(result)
    return result, drawn[picture]


def told(scene: Scene, settings: Any, picture: Callable[[Any], Picture] | None = None) -> tuple[Any, Picture]:
    """The scene's result at these settings, and its picture as the page shows it or another one of it."""
    picture = picture or scene.picture
    if scene.private:
        return _private(scene, picture, settings)
    return shared(scene.compute, picture, settings)


def settings_of(lesson: Lesson, scene: Scene) -> Any:
    """Draw the scene's controls, presets first, and note what they stand at.

    Where later scenes look at what the opening one chose, another choice runs the whole page again.
    """
    before = visit().left.get(lesson.name, {}).get(scene.key)
    settings = _drawn(scene)
    visit().note(lesson.name, scene.key, settings)
    if lesson.linked and scene is lesson.opening and before not in (None, settings):
        st.rerun()
    return settings


def _drawn(scene: Scene) -> Any:
    if not scene.controls:
        return None
    if not scene.presets:
        return scene.controls()
    by_name = {preset.name: preset for preset in scene.presets}
    key = f"{scene.key}_preset"
    place = st.container()
    settings = scene.controls()
    # the pills mark a preset only while the controls stand exactly where it put them
    st.session_state[key] = next((p.name for p in scene.presets if _stands(p)), None)

    def apply() -> None:
        chosen = by_name.get(st.session_state[key])
        for control, value in chosen.values.items() if chosen else ():
            st.session_state[control] = value

    place.pills("Start from", list(by_name), key=key, on_change=apply)
    return settings


def _stands(preset: Preset) -> bool:
    return all(st.session_state.get(control) == value for control, value in preset.values.items())
