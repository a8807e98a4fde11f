"""Controls of four scenes of "Start": the template, the piles, the task's name, and the circles."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dl_core.running_case import CASES, case
from dl_core.start import asks as asks_core
from dl_core.start import circles as circles_core
from dl_core.start import piles as piles_core
from dl_core.start import recipe as recipe_core
from pages._shared.catalogue import PAGES
from pages._shared.first_value import begins
from pages._shared.lesson import Preset
from pages._words.start_more import RECIPE_SCORE
from pages._words.start_more import asks_below as known_example

LINK: Literal["query-params"] = "query-params"
RECIPE_START = recipe_core.Settings()
PILES_START = piles_core.Settings()
ASKS_START = asks_core.Settings()


def recipe() -> recipe_core.Settings:
    """The template, and the numbers in its blanks."""
    key = st.segmented_control(
        "The template",
        tuple(recipe_core.TEMPLATES),
        default=RECIPE_START.template,
        required=True,
        key="recipe_template",
        bind=LINK,
        format_func=lambda key: recipe_core.TEMPLATES[key].name,
    )
    template = recipe_core.TEMPLATES[key]
    first, second = recipe_core.columns_in_words(template)
    furthest = recipe_core.FURTHEST
    blanks = st.columns(3 if template.has_start else 2)
    start = 0.0
    if template.has_start:
        start = blanks[0].number_input(
            "Start number", -furthest, furthest, RECIPE_START.start, 10.0, format="%.2f",
            key="recipe_start", bind=LINK,
        )  # fmt: skip
    by_first = blanks[-2].number_input(
        f"× {first}", -furthest, furthest, RECIPE_START.first, 0.5, format="%.2f", key="recipe_first",
        bind=LINK, help="Points of the score for each unit more.",
    )  # fmt: skip
    by_second = blanks[-1].number_input(
        f"× {second}", -furthest, furthest, RECIPE_START.second, 0.1, format="%.2f", key="recipe_second",
        bind=LINK, help="Points of the score for each unit more.",
    )  # fmt: skip
    st.caption(RECIPE_SCORE)
    return recipe_core.Settings(key, start, by_first, by_second)


def _recipe_values(one: recipe_core.Settings) -> dict[str, str | float]:
    """Of each control that is drawn at these settings."""
    values: dict[str, str | float] = {
        "recipe_template": one.template, "recipe_first": one.first, "recipe_second": one.second,
    }  # fmt: skip
    if recipe_core.TEMPLATES[one.template].has_start:
        values["recipe_start"] = one.start
    return values


RECIPE_PRESETS = tuple(Preset(name, _recipe_values(one)) for name, one in recipe_core.PRESETS.items())


def piles() -> piles_core.Settings:
    """How the patients are dealt, and among how many candidates is chosen."""
    test = st.select_slider(
        "Patients in the validation pile, and in the test pile",
        piles_core.SIZES,
        PILES_START.test,
        key="piles_test",
        bind=LINK,
    )
    learn, choose = st.columns(2)
    train = learn.select_slider(
        "Patients to learn from", piles_core.TRAIN_SIZES, PILES_START.train, key="piles_train", bind=LINK
    )
    candidates = choose.select_slider(
        "Models to choose among",
        piles_core.CANDIDATES,
        PILES_START.candidates,
        key="piles_candidates",
        bind=LINK,
        help="Each looks at other columns, squares and products.",
    )
    return piles_core.Settings(train, test, candidates)


PILES_PRESETS = tuple(
    Preset(name, {"piles_test": one.test, "piles_train": one.train, "piles_candidates": one.candidates})
    for name, one in piles_core.PRESETS.items()
)


def asks() -> asks_core.Settings:
    """What goes in, what should come out, and whose product it is."""
    given = st.pills(
        "In goes",
        tuple(asks_core.INPUTS),
        default=ASKS_START.given,
        required=True,
        key="asks_in",
        bind=LINK,
        format_func=lambda key: asks_core.INPUTS[key].capitalize(),
    )
    wanted = st.pills(
        "Out comes",
        tuple(asks_core.OUTPUTS),
        default=ASKS_START.wanted,
        required=True,
        key="asks_out",
        bind=LINK,
        format_func=lambda key: asks_core.OUTPUTS[key].capitalize(),
    )
    keys = [each.key for each in CASES]
    whose = st.selectbox(
        "An example from",
        keys,
        keys.index(begins("asks_case", lambda case: case.key)),
        key="asks_case",
        bind=LINK,
        format_func=lambda key: case(key).name,
    )
    return asks_core.Settings(given, wanted, whose)


ASKS_PRESETS = tuple(
    Preset(name, {"asks_in": one.given, "asks_out": one.wanted}) for name, one in asks_core.PRESETS.items()
)


def asks_below(told: asks_core.Asked) -> None:
    """A well-known example, where there is one, and the way to the lesson."""
    said = known_example(told)
    if said:
        st.caption(said)
    path, _ = told.lesson
    helps = next(entry for entry in PAGES if entry.path == path)
    label = f"{helps.title}: **{helps.question}**"
    st.page_link(helps.file, label=label, icon=":material/arrow_forward:")


def circles() -> circles_core.Settings:
    """Which example is placed."""
    chosen = st.pills(
        "Place an example",
        tuple(circles_core.EXAMPLES),
        default=circles_core.Settings().example,
        required=True,
        key="circles_example",
        bind=LINK,
        format_func=lambda key: circles_core.EXAMPLES[key].name,
    )
    return circles_core.Settings(chosen)
