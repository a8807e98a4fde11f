"""The controls of the sliding weights and of how a window fits: each returns frozen settings."""

from __future__ import annotations

import streamlit as st

from dl_core import kernel_fit, kernels
from dl_core.figures.kernel_fit import cell_at
from dl_core.figures.kernels import pixel_at
from dl_core.kernel_fit import Fit
from dl_core.photos import Photo
from pages._shared.lesson import Preset
from pages._shared.photo_input import choose_photo
from pages._shared.visit import visit

LINK = "query-params"
WEIGHT_KEYS = tuple(
    f"kernel_w{row}{column}" for row in range(1, kernels.SIDE + 1) for column in range(1, kernels.SIDE + 1)
)
MOST_UNDO = 30  # steps back that are kept


def kernel() -> kernels.Settings:
    """The nine weights first: they are what this lesson is about. Then the place, then the photo."""
    place = st.container()
    shown = choose_photo("photo", with_picture=False)  # first: the place's limits are the photo's
    with place:
        weights = _weights()
        way = st.segmented_control(
            "At one pixel, show",
            kernels.WAYS,
            default=kernels.WAYS[0],
            required=True,
            key="kernel_way",
            bind=LINK,
            format_func={"made of": "What it is made of", "goes to": "Where it goes"}.get,
        )
        row, column = _pixel(shown, weights, way)
    return kernels.Settings(shown, weights, row, column, way)


def _weights() -> kernels.Weights:
    """Nine fields in three rows, which stay three on a phone."""
    st.markdown(
        "The kernel: nine weights, yours to change", help="Each from −9 to 9. A network learns its own."
    )
    found = []
    with st.container(key="kernel_weights", gap="xsmall"):
        for row in range(kernels.SIDE):
            with st.container(key=f"kernel_weights_{row + 1}", horizontal=True, gap="xsmall"):
                found += [_weight(row, column) for column in range(kernels.SIDE)]
    weights = tuple(found)
    _remember(weights)
    st.button(
        "Undo",
        key="kernel_undo",
        icon=":material/undo:",
        on_click=_undo,
        disabled=not st.session_state.get("kernel_past"),
        help="Brings back the weights before the last change.",
    )
    return weights


def _weight(row: int, column: int) -> float:
    place = row * kernels.SIDE + column
    return st.number_input(
        f"Weight in row {row + 1}, column {column + 1}",
        -kernels.LARGEST_WEIGHT,
        kernels.LARGEST_WEIGHT,
        kernels.FIRST[place],
        0.5,
        format="%.6g",
        key=WEIGHT_KEYS[place],
        bind=LINK,
        label_visibility="collapsed",
        width=84,
    )


def _remember(weights: kernels.Weights) -> None:
    """Keep what the weights were, whoever changed them: a field, a preset or the link."""
    before = st.session_state.get("kernel_last")
    if before is not None and before != weights:
        past = st.session_state.get("kernel_past", ())
        st.session_state["kernel_past"] = (*past, before)[-MOST_UNDO:]
    st.session_state["kernel_last"] = weights


def _undo() -> None:
    *past, before = st.session_state["kernel_past"]
    st.session_state["kernel_past"] = tuple(past)
    st.session_state["kernel_last"] = before  # going back is no step of its own
    st.session_state.update(zip(WEIGHT_KEYS, before, strict=True))


def _pixel(shown: Photo, weights: kernels.Weights, way: kernels.Way) -> tuple[int, int]:
    """Row and column: typed, clicked, or the place where the map answers most."""
    if st.session_state.get("kernel_seen", shown.sha256) != shown.sha256:
        _go(kernels.strongest(shown, weights))  # another photo: its own place worth looking at
    st.session_state["kernel_seen"] = shown.sha256
    start = kernels.strongest(shown, kernels.FIRST)
    found = []
    with st.container(key="kernel_place", horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        for name, key, value, (first, last) in zip(
            ("Row", "Column"),
            ("kernel_row", "kernel_column"),
            start,
            kernels.limits(shown, way),
            strict=True,
        ):
            _keep_within(key, first, last)  # the map has no pixel at the photo's rim
            found.append(
                st.number_input(
                    name,
                    first,
                    last,
                    value,
                    key=key,
                    bind=LINK,
                    width=84,
                    help="Or click on either picture." if name == "Row" else None,
                )
            )
        st.button(
            "Strongest",
            key="kernel_strongest",
            icon=":material/my_location:",
            on_click=lambda: _go(kernels.strongest(shown, weights)),
            help="Go where the map answers most.",
        )
    return found[0], found[1]


def _go(place: tuple[int, int]) -> None:
    st.session_state["kernel_row"], st.session_state["kernel_column"] = place


def _keep_within(key: str, first: int, last: int) -> None:
    """What was chosen moves to the nearest number that is still offered."""
    if key in st.session_state:
        st.session_state[key] = min(max(st.session_state[key], first), last)


def pick_pixel(x: float, y: float) -> None:
    """A click on the photo or on its map chooses that pixel."""
    place = pixel_at(visit().kept["kernel"][1], x, y)
    if place:
        _go(place)


KERNEL_PRESETS = tuple(
    Preset(name, dict(zip(WEIGHT_KEYS, weights, strict=True))) for name, weights in kernels.KERNELS.items()
)


def fit() -> kernel_fit.Settings:
    """The window, how it moves, and which number of the map is looked at."""
    start = kernel_fit.Settings()
    kind = st.segmented_control(
        "What the window does",
        kernel_fit.KINDS,
        default=start.kind,
        required=True,
        key="fit_kind",
        bind=LINK,
        format_func={"weights": "Weigh and add", "max": "Max pool", "average": "Average pool"}.get,
    )
    pools = kind != "weights"
    chosen = {
        name: st.segmented_control(
            label, offered, default=default, required=True, key=f"fit_{name}", bind=LINK,
            disabled=pools and name in ("padding", "dilation"),
        )
        for name, label, offered, default in (
            ("n", "Picture: cells a side", kernel_fit.PICTURES, start.n),
            ("size", "Window: cells a side", kernel_fit.SIZES, start.size),
            ("stride", "Stride: cells a step", kernel_fit.STRIDES, start.stride),
            ("padding", "Padding: cells of 0 around", kernel_fit.PADDINGS, start.padding),
            ("dilation", "Dilation: 1 has no gaps", kernel_fit.DILATIONS, start.dilation),
        )
    }  # fmt: skip
    if pools:
        chosen |= {"padding": 0, "dilation": 1}
    places = kernel_fit.Settings(kind=kind, row=1, column=1, **chosen).places
    with st.container(key="fit_place", horizontal=True, gap="xsmall"):
        row, column = (
            _cell(name, key, default, places)
            for name, key, default in (
                ("Row of the map", "fit_row", start.row),
                ("Column of the map", "fit_column", start.column),
            )
        )
    return kernel_fit.Settings(kind=kind, row=row, column=column, **chosen)


def _cell(name: str, key: str, default: int, places: int) -> int:
    """Where nothing comes out there is nothing to choose, and what was chosen waits."""
    most = places or max(kernel_fit.PICTURES)
    _keep_within(key, 1, most)  # a smaller map has fewer rows
    chosen = st.number_input(
        name, 1, most, min(default, most), key=key, bind=LINK, width=124, disabled=not places
    )
    return chosen if places else 1


def pick_cell(x: float, y: float) -> None:
    """A click on a number of the map looks at it."""
    settings = visit().left["cnn_filters"]["fit"]
    place = cell_at(settings, x, y)
    if place:
        st.session_state["fit_row"], st.session_state["fit_column"] = place


def _values(settings: kernel_fit.Settings) -> dict[str, object]:
    """The place is left where it stands: a preset stays lit while a reader looks around."""
    return {
        "fit_kind": settings.kind, "fit_n": settings.n, "fit_size": settings.size,
        "fit_stride": settings.stride, "fit_padding": settings.padding, "fit_dilation": settings.dilation,
    }  # fmt: skip


FIT_PRESETS = tuple(Preset(name, _values(settings)) for name, settings in kernel_fit.PRESETS.items())


def remedy(told: Fit) -> None:
    """What would help, one click away."""
    found = told.remedy
    if found:
        st.button(
            found.label,
            key="fit_remedy",
            icon=":material/build:",
            on_click=lambda: st.session_state.update(_values(found.settings)),
        )
