"""Controls of three scenes of the live classifier: the grey box, the check of the map, the tiny change."""

from __future__ import annotations

import streamlit as st

from dl_core import covered_photo, deletion_curve, tiny_change
from dl_core.photos import Photo
from pages._shared.lesson import Preset
from pages._shared.photo_input import same_guesses, same_photo
from pages._shared.stale import drop_stale

LINK = "query-params"
OPENING = "answer"  # key of the page's opening scene
BOX = covered_photo.Settings.x, covered_photo.Settings.y, covered_photo.Settings.size


def box() -> covered_photo.Settings:
    """Where the grey box lies on the photo of the page, and how large it is."""
    photo = same_photo(OPENING)
    size = st.slider(
        "Size of the box (% of the photo's shorter side)",
        covered_photo.SMALLEST,
        covered_photo.LARGEST,
        BOX[2],
        key="box_size",
        bind=LINK,
    )
    across, down = st.columns(2)
    x = across.number_input(
        "Its middle, % from the left",
        0,
        100,
        BOX[0],
        5,
        key="box_x",
        bind=LINK,
        help="Or drag the ring on the photo, or click on the photo.",
    )
    y = down.number_input("Its middle, % from the top", 0, 100, BOX[1], 5, key="box_y", bind=LINK)
    st.button("Find the worst place", key="box_worst", on_click=_to_the_worst_place, args=(photo, size))
    return covered_photo.Settings(photo, x, y, size)


def _to_the_worst_place(photo: Photo, size: int) -> None:
    """The best of 16 tries, about a fifth of a second; a reader asks for it by a click."""
    st.session_state["box_x"], st.session_state["box_y"] = covered_photo.worst_place(photo, size)


def pick_box(x: float, y: float) -> None:
    """A click on the photo or a drag of the ring moves the box; the bars are no place on the photo."""
    if 0 <= x <= 100 and 0 <= y <= 100:
        st.session_state["box_x"], st.session_state["box_y"] = round(x), round(y)


BOX_PRESETS = tuple(
    Preset(name, {"box_x": x, "box_y": y, "box_size": size})
    for name, (x, y, size) in covered_photo.PRESETS.items()
)


def faithful() -> deletion_curve.Settings:
    """Which guess, what patches are covered with, and what the map is compared with."""
    photo, guesses = same_photo(OPENING), same_guesses(OPENING)
    drop_stale("faithful_name", guesses)  # another photo has other guesses
    label = st.radio("Check the map for", guesses, key="faithful_name", bind=LINK)
    rival = st.segmented_control(
        "Compare its order with",
        deletion_curve.RIVALS,
        default=deletion_curve.RIVALS[0],
        required=True,
        key="faithful_rival",
        bind=LINK,
        format_func={"random": "Patches by chance", "moved": "The same map, moved"}.get,
        help="Loose patches disturb the network more than one closed patch. The moved map keeps the shape.",
    )
    fill = st.segmented_control(
        "Cover patches with",
        deletion_curve.FILLS,
        default=deletion_curve.FILLS[0],
        required=True,
        key="faithful_fill",
        bind=LINK,
        format_func={"grey": "Grey", "blur": "A blur"}.get,
    )
    return deletion_curve.Settings(photo, label, fill, rival)


FAITHFUL_PRESETS = (
    Preset("Against chance", {"faithful_rival": "random", "faithful_fill": "grey"}),
    Preset("A fairer match", {"faithful_rival": "moved", "faithful_fill": "grey"}),
    Preset("With a blur", {"faithful_rival": "random", "faithful_fill": "blur"}),
)


def attack() -> tiny_change.Settings:
    """How much a pixel may change, and where the change pushes."""
    strength = st.select_slider(
        "Largest change of a pixel, in steps of 255",
        tiny_change.STRENGTHS,
        tiny_change.Settings.strength,
        key="attack_strength",
        bind=LINK,
    )
    aim = st.segmented_control(
        "The change pushes",
        tiny_change.AIMS,
        default=tiny_change.Settings.aim,
        required=True,
        key="attack_aim",
        bind=LINK,
        format_func={"away": "Away from its answer", "second": "Toward its second guess"}.get,
    )
    return tiny_change.Settings(same_photo(OPENING), strength, aim)


ATTACK_PRESETS = tuple(
    Preset(name, {"attack_strength": strength, "attack_aim": aim})
    for name, (strength, aim) in tiny_change.PRESETS.items()
)
