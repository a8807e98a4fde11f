"""Choose a photo: a sample, the reader's own file, or the camera. A bad file only adds one sentence."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dl_core.photos import OWN, Photo, photo, sample_photo
from dl_core.vision import UnreadableImage, read_photo
from dl_core.vision.gallery import gallery
from pages._shared.visit import visit

WARNING = (
    "Do not upload people or customer data. Your photo stays in this server's memory for your visit only. "
    "It is never stored or logged, and place and time are dropped."
)
FORMATS = ["png", "jpg", "jpeg", "webp", "heic", "heif", "gif", "bmp"]


def choose_photo(key: str, *, with_picture: bool = True) -> Photo:
    """Draw the input and return the photo to look at: whatever the reader chose last.

    A sample is in the link; a reader's own photo never is. Pages that use the same key look at the same
    photo, as long as the visit lasts.

    Parameters
    ----------
    key
        Prefix of the controls.
    with_picture
        Whether to show the photo above the choice; not needed where the scene's picture shows it.
    """
    samples = {sample.key: sample for sample in gallery()}
    place = st.container() if with_picture else None
    with st.container(key=f"{key}_choice"):
        sample_tab, upload_tab, camera_tab = st.tabs(["Samples", "Your photo", "Camera"])
    chosen = sample_tab.pills(
        "Sample photos",
        list(samples),
        default=next(iter(samples)),
        required=True,
        key=f"{key}_sample",
        format_func=lambda name: samples[name].name,
        bind="query-params",
        persist_state="session",
        on_change=_turn_to,
        args=(key, "sample"),
        label_visibility="collapsed",
    )
    upload_tab.caption(WARNING)
    upload = upload_tab.file_uploader(
        "PNG, JPEG, WebP, HEIC, GIF or BMP, up to 10 MB",
        FORMATS,
        max_upload_size=10,
        key=f"{key}_upload",
        on_change=_own_changed,
        args=(key, f"{key}_upload"),
    )
    camera_tab.caption(WARNING)
    camera = None
    if camera_tab.toggle("Use the camera", key=f"{key}_camera_on"):  # a browser asks only when wanted
        camera = camera_tab.camera_input(
            "Take a photo",
            key=f"{key}_camera",
            label_visibility="collapsed",
            on_change=_own_changed,
            args=(key, f"{key}_camera"),
        )
    own = _own(key, camera or upload)
    if own and not (camera or upload):  # from another page, whose field for files is not this one
        upload_tab.markdown("Your photo from before is still in this visit.")
        upload_tab.button("Look at it", key=f"{key}_again", on_click=_turn_to, args=(key, "own"))
        upload_tab.button("Forget it", key=f"{key}_forget", on_click=_forget, args=(key,))
    shown = own if own and st.session_state.get(f"{key}_turn") == "own" else sample_photo(chosen)
    if place:
        place.image(shown.image, width="stretch")
    return shown


def same_photo(opening: str) -> Photo:
    """The photo that a page's opening scene looks at; its result has it as ``photo``.

    Parameters
    ----------
    opening
        Key of that scene.
    """
    shown: Photo = visit().kept[opening][1].photo
    return shown


def same_guesses(opening: str) -> tuple[str, ...]:
    """What the network guesses of that photo, the surest first; the result has them as ``prediction``.

    Parameters
    ----------
    opening
        Key of that scene.
    """
    found: tuple[str, ...] = visit().kept[opening][1].prediction.labels
    return found


def _turn_to(key: str, which: str) -> None:
    st.session_state[f"{key}_turn"] = which


def _forget(key: str) -> None:
    st.session_state.pop(f"{key}_own", None)


def _own_changed(key: str, field: str) -> None:
    """A file was chosen or taken back."""
    if st.session_state.get(field) is None:
        _forget(key)
    _turn_to(key, "own")


def _own(key: str, file: UploadedFile | None) -> Photo | None:
    """The reader's own photo: read once, kept while a later file cannot be read and on other pages."""
    kept = f"{key}_own"
    seen, shown = st.session_state.get(kept, ("", None))
    if file is None or seen == file.file_id:
        return shown
    try:
        shown = photo(OWN, read_photo(file.getvalue()))
    except UnreadableImage as problem:
        st.error(f"{problem} The page keeps what it showed.", icon=":material/broken_image:")
        return shown
    st.session_state[kept] = (file.file_id, shown)
    return shown
