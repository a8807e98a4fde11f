"""The reader's own classes: photos by file, ZIP or camera, looked through, sorted and forgotten again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dl_core.figures.contact_sheet import contact_sheet
from dl_core.numbers_in_words import bytes_in_words, so_many
from dl_core.transfer import own_piles
from dl_core.transfer.own_photos import MOST_CLASSES, MOST_PHOTOS
from dl_core.transfer.own_piles import OwnClass
from dl_core.transfer.photo_zip import MOST_ZIP_BYTES
from dl_core.transfer.pictures import SIDE, Pictures
from dl_core.vision.photo import MOST_BYTES
from pages._shared import photo_desk
from pages._shared.photo_desk import Desk, desk_of
from pages._shared.photo_input import FORMATS, WARNING

A_PAGE = 24  # photos on a contact sheet
QUICK, EVERY = 0.3, 0.1  # seconds without a bar, and between two looks at whether the reader wants something
BOUND = (
    f"Up to {MOST_PHOTOS:,} photos in {MOST_CLASSES} classes. Each is kept as the network sees it: "
    f"64 by 64 pixels of its middle. Together they take at most {bytes_in_words(MOST_PHOTOS * 3 * SIDE**2)}."
)
ICONS = {
    "in two classes": ":material/label_off:",
    "one moment": ":material/burst_mode:",
    "too few": ":material/looks_two:",
    "lopsided": ":material/balance:",
    "alike": ":material/content_copy:",
    "blurred": ":material/blur_on:",
    "dark": ":material/brightness_2:",
    "white": ":material/brightness_7:",
}


def own_pictures(key: str) -> Pictures | None:
    """Draw the classes and return them as a task; None, and what is missing, until they are one.

    The same photos in the same classes are the same object again, as long as the visit lasts.

    Parameters
    ----------
    key
        Prefix of the controls, and the name of these photos in the visit.
    """
    desk = desk_of(key)
    st.caption(f"{WARNING} {BOUND}")
    _read(key, desk)
    photo_desk.settle(desk)
    chosen = _class_choice(key, desk)
    _class_itself(key, desk, chosen)
    _ways_in(key, desk, chosen)
    if desk.said:
        st.warning("  \n".join(desk.said), icon=":material/rule:")
    if chosen.photos:
        _sheet(key, desk, chosen)
        _sorting(key, desk, chosen)
    missing = own_piles.what_is_missing(desk.piles)
    if missing:
        st.info(missing, icon=":material/add_a_photo:")
    for finding in desk.findings:
        st.markdown(f"{ICONS[finding.what]} {finding.sentence}")
    if desk.piles.n_photos or desk.waiting:
        st.button(
            "Forget all my photos",
            key=f"{key}_forget",
            on_click=photo_desk.forget,
            args=(key,),
            type="primary",
        )
    return desk.task


def _class_choice(key: str, desk: Desk) -> OwnClass:
    """Which class the fields, the sheet and the camera are about."""
    names = {each.key: f"{each.name} ({len(each.photos):,})" for each in desk.piles.classes}
    field_key = f"{key}_class"
    if st.session_state.get(field_key) not in names:
        st.session_state[field_key] = next(iter(names))
    chosen = st.pills(
        "Class", list(names), key=field_key, format_func=names.get, required=True, persist_state="session"
    )
    return desk.piles.at(chosen)


def _ways_in(key: str, desk: Desk, chosen: OwnClass) -> None:
    """Files, a ZIP, or the camera; each field is emptied once its files were taken over."""
    megabytes = MOST_BYTES // 1024**2
    files, archive, camera = st.tabs(["Files", "ZIP", "Camera"])
    field_key = f"{key}_files_{desk.emptied}"
    files.file_uploader(
        f"Photos of “{chosen.name}”, up to {megabytes} MB each",
        FORMATS,
        accept_multiple_files=True,
        max_upload_size=megabytes,
        key=field_key,
        on_change=photo_desk.files_came,
        args=(key, field_key, chosen.key),
    )
    zip_key = f"{key}_zip_{desk.emptied}"
    archive.file_uploader(
        f"One ZIP with a folder for each class, up to {MOST_ZIP_BYTES // 1024**2} MB",
        ["zip"],
        max_upload_size=MOST_ZIP_BYTES // 1024**2,
        key=zip_key,
        on_change=photo_desk.zip_came,
        args=(key, zip_key, chosen.key),
    )
    if camera.toggle("Use the camera", key=f"{key}_camera_on"):  # a browser asks only when wanted
        shot_key = f"{key}_camera_{desk.shots}"
        camera.camera_input(
            f"A photo of “{chosen.name}”",
            key=shot_key,
            on_change=photo_desk.shot_came,
            args=(key, shot_key, chosen.key),
        )
        camera.caption(
            "Photos within 10 seconds count as one burst. Move the thing, or yourself, in between."
        )


def _class_itself(key: str, desk: Desk, chosen: OwnClass) -> None:
    """The class's name, and whether it stays or others come."""
    n_classes = len(desk.piles.classes)
    with st.container(horizontal=True):
        if n_classes < MOST_CLASSES:
            st.button("Add a class", key=f"{key}_add", on_click=photo_desk.add_class, args=(key,))
        if n_classes > own_piles.FEWEST_CLASSES:
            with st.popover("Remove this class", key=f"{key}_gone"):
                st.button(
                    f"Remove it and its {so_many(len(chosen.photos), 'photo')}",
                    key=f"{key}_gone_{chosen.key}",
                    on_click=photo_desk.change,
                    args=(key, partial(own_piles.without_class, key=chosen.key)),
                )
    # another name is another field: a folder may have named the class meanwhile, and a browser that has not
    # heard of it yet would seem to rename it back
    name_key = f"{key}_name_{chosen.key}_{chosen.name}"
    st.text_input(
        "Name of this class",
        chosen.name,
        key=name_key,
        max_chars=60,
        on_change=photo_desk.rename,
        args=(key, name_key, chosen.key),
    )


def _rows(desk: Desk, chosen: OwnClass) -> int:
    """At which row of all pictures this class begins."""
    classes = desk.piles.classes
    return sum(len(each.photos) for each in classes[: classes.index(chosen)])


def _numbers(desk: Desk, chosen: OwnClass, rows: Sequence[int]) -> list[int]:
    """Which of the class's photos, counted from 1, these rows of all pictures are."""
    start = _rows(desk, chosen)
    return [row - start + 1 for row in rows if start <= row < start + len(chosen.photos)]


def _sheet(key: str, desk: Desk, chosen: OwnClass) -> None:
    n, page_key = len(chosen.photos), f"{key}_page_{chosen.key}"
    starts = list(range(1, n + 1, A_PAGE))
    first = starts[0]
    if len(starts) > 1:
        if st.session_state.get(page_key) not in starts:
            st.session_state.pop(page_key, None)
        first = st.selectbox(
            "Photos shown",
            starts,
            key=page_key,
            format_func=lambda at: f"{at} to {min(at + A_PAGE - 1, n)} of {n:,}",
        )
    shown = [photo.pixels for photo in chosen.photos[first - 1 : first - 1 + A_PAGE]]
    flagged = {row for finding in desk.findings for row in finding.photos if finding.what != "one moment"}
    marked = _numbers(desk, chosen, sorted(flagged))
    last = first + len(shown) - 1
    st.image(
        contact_sheet(shown, first, marked),
        output_format="JPEG",
        alt=f"Photos {first} to {last} of the class {chosen.name}",
    )
    if marked:
        st.caption("A frame and “!” mark photos that a remark below is about.")


def _sorting(key: str, desk: Desk, chosen: OwnClass) -> None:
    """Remove or move photos by their numbers."""
    # a new field after each change: in a browser's old one the numbers would mean other photos
    pick_key = f"{key}_pick_{chosen.key}_{desk.sorted}"
    numbers = list(range(1, len(chosen.photos) + 1))
    st.multiselect("Pick photos by number", numbers, key=pick_key, placeholder="Numbers")
    extra = _numbers(desk, chosen, desk.copies)
    others = [each for each in desk.piles.classes if each is not chosen]
    with st.container(horizontal=True):
        if extra:
            st.button(
                f"Pick the copies ({len(extra):,})",
                key=f"{key}_copies",
                help="All but the first of those that look nearly alike.",
                on_click=photo_desk.pick,
                args=(pick_key, extra),
            )
        if st.session_state.get(pick_key):
            st.button(
                "Remove them",
                key=f"{key}_remove",
                on_click=photo_desk.remove,
                args=(key, chosen.key, pick_key),
            )
            for other in others:
                st.button(
                    f"Move to “{other.name}”",
                    key=f"{key}_move_{other.key}",
                    on_click=photo_desk.move,
                    args=(key, chosen.key, pick_key, other.key),
                )


def _read(key: str, desk: Desk) -> None:
    """Read what waits, one file at a time; whatever else the reader clicks comes first, and this goes on."""
    place, began, looked, bar = st.empty(), time.monotonic(), 0.0, None
    while desk.waiting:
        file, to = desk.waiting.popleft()
        photo_desk.take_in(desk, file, to)
        now = time.monotonic()
        if now - began < QUICK or now - looked < EVERY or not desk.waiting:
            continue
        if bar is None:
            box = place.container()
            bar = box.progress(0.0)
            box.button("Stop reading", key=f"{key}_stop", on_click=photo_desk.stop, args=(key,))
        n_read, looked = desk.n_came - len(desk.waiting), now
        _say(bar, n_read / desk.n_came, f"Reading: {n_read:,} of {so_many(desk.n_came, 'file')}")
    place.empty()


def _say(bar: DeltaGenerator, share: float, text: str) -> None:
    """How far the reading is; here Streamlit ends this run if the reader has clicked meanwhile."""
    bar.progress(share, text)
