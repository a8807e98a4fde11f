"""The controls of "kNN vs softmax": each draws widgets and returns frozen settings."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dl_core import digit_question, pixel_distance, pixel_example
from dl_core.cost_of_use import Workload
from dl_core.digit_input import digit_from_cells, digit_from_pixels
from dl_core.digit_question import DigitQuestion
from dl_core.digits import Picture8x8
from dl_core.knn_vs_softmax import PRESETS, Settings
from dl_core.pixel_question import PixelQuestion
from dl_core.point_clouds import LAYOUTS, Layout
from dl_core.vision import UnreadableImage, read_photo
from dl_core.vision.gallery import sample
from pages._shared.draw import draw_cells
from pages._shared.first_value import begins
from pages._shared.fold import opened_fold
from pages._shared.lesson import Preset
from pages._shared.photo_input import FORMATS

LINK = "query-params"
START = Settings()
EXAMPLES = (1_000, 5_000, 10_000, 50_000, 60_000, 100_000, 500_000, 1_000_000, 10_000_000)
FEATURES = (64, 784, 3_072, 12_288, 150_528)


def plane() -> Settings:
    """The points, the question and how it is answered."""
    k = st.slider("Neighbours asked (k)", 1, 20, START.k, key="plane_k", bind=LINK)
    metric = st.segmented_control(
        "Distance",
        ("L1", "L2"),
        default=START.metric,
        key="plane_metric",
        bind=LINK,
        required=True,
        format_func={"L1": "L1: along the streets", "L2": "L2: as the crow flies"}.get,
    )
    n_points = st.slider("Stored examples", 20, 200, START.n_points, 10, key="plane_points", bind=LINK)
    across, up = st.columns(2)
    limits = {"min_value": -50.0, "max_value": 50.0, "step": 0.1, "format": "%.1f", "bind": LINK}
    x = across.number_input(
        "Question: x",
        value=START.query[0],
        key="plane_x",
        help="Each mark is an example of two numbers; the star is your question. Or click on the picture.",
        **limits,
    )
    y = up.number_input("Question: y", value=START.query[1], key="plane_y", **limits)
    n_classes, layout, noise, seed = _plane_data()
    return Settings(n_classes, n_points, k, metric, layout, noise, seed, (x, y))


def _plane_data() -> tuple[int, Layout, float, int]:
    """Which points are drawn at all."""
    start = {
        "plane_classes": START.n_classes, "plane_layout": START.layout,
        "plane_noise": START.noise, "plane_seed": START.seed,
    }  # fmt: skip
    fold = opened_fold("More: classes, shape, noise, draw number", "plane_more", start)
    if fold is None:
        return START.n_classes, START.layout, START.noise, START.seed
    with fold:
        n_classes = st.slider("Classes", 2, 5, START.n_classes, key="plane_classes", bind=LINK)
        layout = st.segmented_control(
            "Shape of the groups",
            LAYOUTS,
            default=START.layout,
            key="plane_layout",
            bind=LINK,
            required=True,
            format_func=str.capitalize,
        )
        noise = st.slider(
            "Noise", 0.0, 1.0, START.noise, 0.05, key="plane_noise", bind=LINK, help="0 is tidy, 1 is mixed"
        )
        return (
            n_classes,
            layout,
            noise,
            st.number_input("Draw number", 0, 999, START.seed, key="plane_seed", bind=LINK),
        )


def pick_question(x: float, y: float) -> None:
    """A click on the plane moves the question."""
    st.session_state["plane_x"], st.session_state["plane_y"] = round(x, 1), round(y, 1)


def _plane_preset(name: str, settings: Settings) -> Preset:
    return Preset(name, {
        "plane_k": settings.k, "plane_metric": settings.metric, "plane_points": settings.n_points,
        "plane_x": settings.query[0], "plane_y": settings.query[1], "plane_classes": settings.n_classes,
        "plane_layout": settings.layout, "plane_noise": settings.noise, "plane_seed": settings.seed,
    })  # fmt: skip


PLANE_PRESETS = tuple(_plane_preset(*pair) for pair in PRESETS.items())


def digit() -> DigitQuestion:
    """A digit from the set, drawn, or uploaded. What cannot be read is said, and a digit of the set shown."""
    source = st.segmented_control(
        "The digit comes from",
        ("the set", "your hand", "a file"),
        default="the set",
        required=True,
        key="digit_source",
        bind=LINK,
    )
    k = st.slider("Neighbours asked (k)", 1, 15, 5, key="digit_k", bind=LINK)
    try:
        if source == "your hand":
            return digit_question.from_picture(digit_from_cells(draw_cells("digit_drawing")), k)
        if source == "a file":
            file = st.file_uploader(
                "A photo or scan of one digit",
                FORMATS,
                max_upload_size=10,
                key="digit_file",
            )
            if file:
                return digit_question.from_picture(_digit_of(file), k)
    except (UnreadableImage, ValueError) as problem:  # both speak to the reader
        st.info(str(problem), icon=":material/info:")
    number = st.number_input(
        "Digit of the test pile", 1, 539, digit_question.hardest(), key="digit_number", bind=LINK
    )
    return digit_question.from_set(number, k)


def near() -> pixel_distance.Settings:
    """Which photo, by which distance, and how far its moved copy went."""
    start = pixel_distance.Settings()
    photo = st.pills(
        "The photo",
        pixel_distance.PHOTOS,
        default=start.photo,
        required=True,
        key="near_photo",
        bind=LINK,
        format_func=lambda key: sample(key).name,
    )
    metric = st.segmented_control(
        "Distance",
        pixel_distance.METRICS,
        default=start.metric,
        required=True,
        key="near_metric",
        bind=LINK,
        help="L1 is the average difference. In L2 large differences count more.",
    )
    shift = st.slider(
        "Pixels that the copy moves, of 64",
        0,
        pixel_distance.MOST_SHIFT,
        start.shift,
        key="near_shift",
        bind=LINK,
        help="To the right. The left edge is repeated where the picture would be empty.",
    )
    return pixel_distance.Settings(photo, metric, shift)


NEAR_PRESETS = tuple(
    Preset(name, {"near_photo": one.photo, "near_metric": one.metric, "near_shift": one.shift})
    for name, one in pixel_distance.PRESETS.items()
)


def _digit_of(file: UploadedFile) -> Picture8x8:
    """The digit in a reader's file, read once and not at every move of the slider beside it."""
    seen, cells = st.session_state.get("digit_read", ("", None))
    if seen != file.file_id:
        cells = digit_from_pixels(np.asarray(read_photo(file.getvalue())))
        st.session_state["digit_read"] = (file.file_id, cells)
    return cells


def pixels() -> PixelQuestion:
    """How far to go, and every weight for who wants to change one."""
    step = st.segmented_control(
        "Show up to",
        (1, 2, 3, 4),
        default=4,
        required=True,
        key="pixels_step",
        bind=LINK,
        format_func=dict(enumerate(("Score", "Power", "Share", "Loss"), 1)).get,
    )
    truth = st.pills(
        "The photo really shows a",
        pixel_example.CLASSES,
        default=pixel_example.TRUTH,
        required=True,
        key="pixels_truth",
        bind=LINK,
    )
    rows, biases = zip(*(_row(row, name) for row, name in enumerate(pixel_example.CLASSES)), strict=True)
    return PixelQuestion(rows, biases, truth, step)


def _row(row: int, name: str) -> tuple[tuple[float, ...], float]:
    """One class's weights and bias: as printed, until a reader opens them or a link changes one."""
    weights, bias = pixel_example.WEIGHTS[row], pixel_example.BIAS[row]
    keys = [f"pixels_{name}_{i + 1}" for i in range(len(weights))]
    start = dict(zip(keys, weights, strict=True)) | {f"pixels_{name}_bias": bias}
    fold = opened_fold(f"Weights of {name} ({pixel_example.ORIGIN[row]})", f"pixels_{name}_open", start)
    if fold is None:
        return weights, bias
    with fold:
        entered = tuple(
            st.number_input(f"Weight of pixel {i + 1}", -10.0, 10.0, weight, 0.1, key=keys[i], bind=LINK)
            for i, weight in enumerate(weights)
        )
        return entered, st.number_input(
            "Bias", -100.0, 100.0, bias, 0.1, key=f"pixels_{name}_bias", bind=LINK
        )


def workload() -> Workload:
    """What the reader expects of the product."""
    start = Workload()
    requests = st.number_input(
        "Answers a day",
        1,
        1_000_000_000,
        begins("cost_requests", lambda case: case.per_day),
        1_000,
        key="cost_requests",
        bind=LINK,
    )
    n_examples = st.select_slider(
        "Stored examples",
        EXAMPLES,
        start.n_examples,
        key="cost_examples",
        bind=LINK,
        format_func="{:,}".format,
    )
    n_features = st.select_slider(
        "Numbers in one example",
        FEATURES,
        start.n_features,
        key="cost_features",
        bind=LINK,
        format_func="{:,}".format,
    )
    n_classes, price, growth, speed = _running_costs(start)
    return Workload(
        requests_per_day=requests, n_examples=n_examples, n_features=n_features, n_classes=n_classes,
        price_per_hour=price, growth_per_month=growth / 100, operations_per_second=speed * 1e9,
    )  # fmt: skip


def _running_costs(start: Workload) -> tuple[int, float, int, float]:
    """Classes, price, growth in percent a month, and billion steps a second."""
    speed = start.operations_per_second / 1e9
    defaults = {
        "cost_classes": start.n_classes, "cost_price": start.price_per_hour,
        "cost_growth": 0, "cost_speed": speed,
    }  # fmt: skip
    fold = opened_fold("More: classes, price, growth, speed", "cost_more", defaults)
    if fold is None:
        return start.n_classes, start.price_per_hour, 0, speed
    with fold:
        return (
            st.number_input("Classes", 2, 1_000, start.n_classes, key="cost_classes", bind=LINK),
            st.number_input(
                "Price of one core for an hour, in $",
                0.0,
                100.0,
                start.price_per_hour,
                0.01,
                key="cost_price",
                bind=LINK,
            ),
            st.slider("New examples each month, in %", 0, 100, 0, key="cost_growth", bind=LINK),
            st.number_input(
                "Billion steps a second on one core", 0.01, 1_000.0, speed, 0.1, key="cost_speed", bind=LINK
            ),
        )


COST_PRESETS = (
    Preset("Small digits", {"cost_examples": 60_000, "cost_features": 784, "cost_classes": 10}),
    Preset("CIFAR-10 photos", {"cost_examples": 50_000, "cost_features": 3_072, "cost_classes": 10}),
    Preset(
        "A million shop photos", {"cost_examples": 1_000_000, "cost_features": 150_528, "cost_classes": 1_000}
    ),
)
