"""One scene at work: its settings from the controls, its result and its picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache, partial
from types import NoneType
from typing import Any

import streamlit as st

from dl_core.documents.settings import settings_type
from dl_core.figures.picture import Picture
from pages._shared.chart import show_picture
from pages._shared.job import prepare, run_beside
from pages._shared.lesson import Lesson, Preset, Scene
from pages._shared.visit import visit

ECHO = 2.0  # seconds in which a browser may still call a preset lit that the server has put out


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
        compute_scene_at_rest(scene)


def compute_scene_at_rest(scene: Scene) -> None:
    """`compute_at_rest` for one scene."""
    state = _at_rest(scene)
    if state is None or scene.own(state[0]):
        return
    (settings,) = state
    if scene.beside:
        prepare(scene.key, settings, partial(scene.compute, settings))
    elif not scene.kept_in_visit:
        shared(scene.compute, scene.picture, settings)


def _at_rest(scene: Scene) -> tuple[Any] | None:
    """The settings with which the scene opens, in a tuple; None where they cannot be told beforehand."""
    if scene.at_rest:
        return (scene.at_rest(),)
    kind = settings_type(scene.compute)
    if kind is NoneType:
        return (None,)
    plain = is_dataclass(kind) and all(each.default is not MISSING for each in fields(kind))
    return (kind(),) if plain else None


def _kept(scene: Scene, settings: Any, result: Any, picture: Callable[[Any], Picture]) -> Picture:
    """The picture of a result that only this visit keeps; the latest of each scene."""
    kept = visit().kept
    if scene.key not in kept or kept[scene.key][1] is not result:
        kept[scene.key] = (settings, result, {})
    drawn = kept[scene.key][2]
    if picture not in drawn:
        drawn.clear()  # page and slide are not looked at in the same moment
        drawn[picture] = picture(result)
    return drawn[picture]


def told(scene: Scene, settings: Any, picture: Callable[[Any], Picture] | None = None) -> tuple[Any, Picture]:
    """The scene's result at these settings, and its picture as the page shows it or another one of it."""
    picture = picture or scene.picture
    if not scene.kept_in_visit:
        return shared(scene.compute, picture, settings)
    kept = visit().kept.get(scene.key)
    result = kept[1] if kept and kept[0] == settings else scene.compute(settings)
    return result, _kept(scene, settings, result, picture)


def look(
    scene: Scene, settings: Any, picture: Callable[[Any], Picture] | None = None
) -> tuple[Any, Picture] | None:
    """`told` for a page: long work runs beside it, and this draws how far it is.

    Meanwhile the former result is looked at; None while there is none.
    """
    if not scene.beside:
        return told(scene, settings, picture)
    seen = run_beside(
        scene.key, settings, partial(scene.compute, settings), private=scene.own(settings), doing=scene.doing
    )
    if seen.result is None:
        return None
    kept = visit().kept.get(scene.key)
    of = settings if seen.is_latest or not kept else kept[0]
    return seen.result, _kept(scene, of, seen.result, picture or scene.picture)


def draw(scene: Scene, result: Any, picture: Picture) -> None:
    """The picture on the page or on the stage, as a chart or in the scene's own way."""
    key = f"{scene.key}_picture"
    if scene.show:
        scene.show(result, picture, key)
    else:
        show_picture(picture, key, on_pick=scene.pick)


def at_hand(lesson: Lesson, scene: Scene) -> Any:
    """The result that is on the screen now, computed by nobody anew; None where there is none yet."""
    if scene.kept_in_visit:
        kept = visit().kept.get(scene.key)
        return kept and kept[1]
    left = visit().left.get(lesson.name, {})
    return told(scene, left[scene.key])[0] if scene.key in left else None


def is_awaited(lesson: Lesson, scene: Scene) -> bool:
    """Whether the scene looks at an opening result that is still being made for the first time."""
    first = lesson.opening
    return first.beside and scene is not first and first.key not in visit().kept


def settings_of(lesson: Lesson, scene: Scene, moved: Callable[[], None] = st.rerun) -> Any:
    """Draw the scene's controls, presets first, and note what they stand at.

    Where later scenes look at what the opening one chose, another choice calls ``moved``: the whole page must
    run again.
    """
    before = visit().left.get(lesson.name, {}).get(scene.key)
    settings = _drawn(scene)
    visit().note(lesson.name, scene.key, settings)
    is_looked_at = lesson.linked and scene is lesson.opening and before is not None
    if is_looked_at and lesson.looked_at(before) != lesson.looked_at(settings):
        moved()
    return settings


def presets_of(scene: Scene) -> tuple[Preset, ...]:
    """The scene's presets, and where it has one, that of the running case."""
    if not scene.case_preset:
        return scene.presets
    case = visit().case
    return (*scene.presets, Preset(case.name, scene.case_preset(case)))


def _drawn(scene: Scene) -> Any:
    if not scene.controls:
        return None
    presets = presets_of(scene)
    if not presets:
        return scene.controls()
    by_name = {preset.name: preset for preset in presets}
    key = f"{scene.key}_preset"
    place = st.container()
    settings = scene.controls()
    # the pills mark a preset only while the controls stand exactly where it put them
    moved = {control for preset in presets for control in preset.values}
    stands = {control: st.session_state.get(control) for control in moved}
    lit = next((p.name for p in presets if p.values.items() <= stands.items()), None)
    was = st.session_state.get(key)
    if was and was != lit:
        st.session_state[f"{key}_out"] = (was, time.monotonic())
    st.session_state[key] = lit

    def apply() -> None:
        # a request that was on its way still says that the old pill is lit: nobody has pressed it
        went_out, at = st.session_state.get(f"{key}_out", ("", 0.0))
        if st.session_state[key] == went_out and time.monotonic() - at < ECHO:
            return
        chosen = by_name.get(st.session_state[key])
        for control, value in chosen.values.items() if chosen else ():
            st.session_state[control] = value

    place.pills("Start from", list(by_name), key=key, on_change=apply)
    return settings
