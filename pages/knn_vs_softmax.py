"""kNN vs softmax: pay at training, or pay at every request?"""

import streamlit as st

from dl_core import knn_vs_softmax as core
from dl_core.figures import knn_vs_softmax as figures
from dl_core.point_clouds import LAYOUTS
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Preset, Scene
from pages._words import knn_vs_softmax as words

START = core.Settings()
LINK = "query-params"


def plane_controls() -> core.Settings:
    """The plane's controls."""
    k = st.slider("Neighbours asked (k)", 1, 25, START.k, key="plane_k", bind=LINK)
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
        "Question: x", value=START.query[0], key="plane_x", help="Or click on the picture.", **limits
    )
    y = up.number_input("Question: y", value=START.query[1], key="plane_y", **limits)
    with st.expander("More: classes, shape, noise, seed"):
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
        seed = st.number_input("Draw number", 0, 999, START.seed, key="plane_seed", bind=LINK)
    return core.Settings(n_classes, n_points, k, metric, layout, noise, seed, (x, y))


def pick_question(x: float, y: float) -> None:
    """A click on the plane moves the question."""
    st.session_state["plane_x"], st.session_state["plane_y"] = round(x, 1), round(y, 1)


def plane_preset(name: str, settings: core.Settings) -> Preset:
    """One of the core's presets, as values of the plane's controls."""
    return Preset(
        name,
        {
            "plane_k": settings.k,
            "plane_metric": settings.metric,
            "plane_points": settings.n_points,
            "plane_x": settings.query[0],
            "plane_y": settings.query[1],
            "plane_classes": settings.n_classes,
            "plane_layout": settings.layout,
            "plane_noise": settings.noise,
            "plane_seed": settings.seed,
        },
    )


plane = Scene(
    key="plane",
    headline=core.takeaway,
    controls=plane_controls,
    compute=core.story,
    picture=figures.plane,
    sentence=core.takeaway,
    presets=tuple(plane_preset(*pair) for pair in core.PRESETS.items()),
    pick=pick_question,
    notes="",
)

show(
    Lesson(
        name="knn_vs_softmax",
        headline=words.HEADLINE,
        decision=words.DECISION,
        predict=words.PREDICT,
        scenes=(plane,),
        so_what=words.so_what,
        trade_offs=words.TRADE_OFFS,
        ask_engineers=words.ASK_ENGINEERS,
        where_it_lies=words.WHERE_IT_LIES,
        quiz=words.QUIZ,
        maths=words.MATHS,
        sources=words.SOURCES,
        corrections=words.CORRECTIONS,
    )
)
