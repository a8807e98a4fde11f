"""Choose a photo: a sample, the reader's own file, or the camera. A bad file only adds one sentence."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dl_core.live_classifier import Photo, photo, sample_photo
from dl_core.vision import UnreadableImage, read_photo
from dl_core.vision.gallery import gallery

WARNING = (
    "Do not upload people or customer data. Your photo stays in this server's memory for your visit only. "
    "It is never stored or logged, and place and time are dropped."
)
FORMATS = ["png", "jpg", "jpeg", "webp", "heic", "heif", "gif", "bmp"]


def choose_photo(key: str) -> Photo:
    """Draw the input and return the photo to look at: whatever the reader chose last.

    A sample is in the link; a reader's own photo never is.

    Parameters
    ----------
    key
        Prefix of the controls.
    """
    samples = {sample.key: sample for sample in gallery()}
    place = st.container()
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
        on_change=_turn_to,
        args=(key, "sample"),
        label_visibility="collapsed",
    )
    upload_tab.caption(WARNING)
    upload = upload_tab.file_uploader(
        "PNG, JPEG, WebP, HEIC, GIF or BMP, up to 10 MB",
        FORMATS,
        key=f"{key}_upload",
        on_change=_turn_to,
        args=(key, "own"),
    )
    camera_tab.caption(WARNING)
    camera = None
    if camera_tab.toggle("Use the camera", key=f"{key}_camera_on"):  # a browser asks only when wanted
        camera = camera_tab.camera_input(
            "Take a photo",
            key=f"{key}_camera",
            label_visibility="collapsed",
            on_change=_turn_to,
            args=(key, "own"),
        )
    own = _own(key, camera or upload)
    shown = own if own and st.session_state.get(f"{key}_turn") == "own" else sample_photo(chosen)
    place.image(shown.image, width="stretch")
    return shown


def _turn_to(key: str, which: str) -> None:
    st.session_state[f"{key}_turn"] = which


def _own(key: str, file: UploadedFile | None) -> Photo | None:
    """The reader's own photo: read once, kept while a later file cannot be read."""
    kept = f"{key}_own"
    if file is None:
        st.session_state.pop(kept, None)
        return None
    seen, shown = st.session_state.get(kept, ("", None))
    if seen == file.file_id:
        return shown
    try:
        shown = photo("your photo", read_photo(file.getvalue()))
    except UnreadableImage as problem:
        st.error(f"{problem} The page keeps what it showed.", icon=":material/broken_image:")
        return shown
    st.session_state[kept] = (file.file_id, shown)
    return shown
