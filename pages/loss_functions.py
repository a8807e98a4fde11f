"""Loss functions: does our loss punish what hurts our users?"""

import streamlit as st

from dl_core import (
    log_bases,
    loss_and_accuracy,
    outlier_fit,
    price_of_mistakes,
    softmax_temperature,
    temperature_measured,
    weight_penalty,
)
from dl_core import loss_functions as core
from dl_core.figures.log_bases import log_bases as bases_bars
from dl_core.figures.loss_and_accuracy import loss_and_accuracy as run_curves
from dl_core.figures.loss_functions import loss_curves
from dl_core.figures.outlier_fit import outlier_lines
from dl_core.figures.price_of_mistakes import cost_curve
from dl_core.figures.softmax_temperature import temperature_bars
from dl_core.figures.temperature_measured import temperature_curves
from dl_core.figures.weight_penalty import penalty_chart
from pages._controls import loss_functions as controls
from pages._controls import loss_functions_fit as fit_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._words import loss_functions as words
from pages._words import loss_functions_fit as fit_words


def four_properties(shown: softmax_temperature.SoftmaxTemperature) -> None:
    """What softmax promises, seen in the shares above."""
    st.markdown("\n".join(f"- {line}" for line in softmax_temperature.properties(shown)))


def on_the_test_pile(shown: temperature_measured.TemperatureMeasured) -> None:
    """Whether the chosen temperatures also help where nobody chose."""
    st.caption(temperature_measured.checked_on_test(shown))


score = Scene(
    key="score",
    headline=words.score_headline,
    controls=controls.score,
    compute=core.story,
    picture=loss_curves,
    sentence=core.takeaway,
    presets=controls.SCORE_PRESETS,
    notes=words.SCORE_NOTES,
    source=words.SCORE_SOURCE,
    live="score_yes",
    tells=words.score_tells,
)
price = Scene(
    key="price",
    headline=fit_words.price_headline,
    lead=fit_words.PRICE_LEAD,
    controls=fit_controls.price,
    compute=price_of_mistakes.story,
    picture=cost_curve,
    sentence=price_of_mistakes.takeaway,
    presets=fit_controls.PRICE_PRESETS,
    case_preset=fit_controls.price_of,
    notes=fit_words.PRICE_NOTES,
    source=fit_words.PRICE_SOURCE,
    live="price_preset",
    tells=fit_words.price_tells,
)
outlier = Scene(
    key="outlier",
    headline=fit_words.outlier_headline,
    lead=fit_words.OUTLIER_LEAD,
    controls=fit_controls.outlier,
    compute=outlier_fit.story,
    picture=outlier_lines,
    sentence=outlier_fit.takeaway,
    presets=fit_controls.OUTLIER_PRESETS,
    pick=fit_controls.pick_outlier,
    notes=fit_words.OUTLIER_NOTES,
    source=fit_words.OUTLIER_SOURCE,
    live="outlier_shown",
)
bases = Scene(
    key="bases",
    headline=words.bases_headline,
    lead=words.BASES_LEAD,
    controls=controls.bases,
    compute=log_bases.story,
    picture=bases_bars,
    sentence=log_bases.takeaway,
    notes=words.BASES_NOTES,
    source=words.BASES_SOURCE,
    live="bases_example",
)
temperature = Scene(
    key="temperature",
    headline=words.temperature_headline,
    lead=words.TEMPERATURE_LEAD,
    controls=controls.temperature,
    compute=softmax_temperature.story,
    picture=temperature_bars,
    sentence=softmax_temperature.takeaway,
    presets=controls.TEMPERATURE_PRESETS,
    below=four_properties,
    notes=words.TEMPERATURE_NOTES,
    source=words.TEMPERATURE_SOURCE,
    live="temperature_t",
)
calm = Scene(
    key="calm",
    headline=words.calm_headline,
    lead=words.CALM_LEAD,
    controls=controls.calm,
    compute=temperature_measured.story,
    picture=temperature_curves,
    sentence=temperature_measured.takeaway,
    below=on_the_test_pile,
    notes=words.CALM_NOTES,
    source=words.CALM_SOURCE,
    live="calm_t",
)
better = Scene(
    key="better",
    headline=words.better_headline,
    lead=words.BETTER_LEAD,
    controls=controls.better,
    compute=loss_and_accuracy.story,
    picture=run_curves,
    sentence=loss_and_accuracy.takeaway,
    notes=words.BETTER_NOTES,
    source=words.BETTER_SOURCE,
    live="better_digits",
    tells=words.better_tells,
)
penalty = Scene(
    key="penalty",
    headline=fit_words.penalty_headline,
    lead=fit_words.PENALTY_LEAD,
    controls=fit_controls.penalty,
    compute=weight_penalty.story,
    picture=penalty_chart,
    sentence=weight_penalty.takeaway,
    presets=fit_controls.PENALTY_PRESETS,
    notes=fit_words.PENALTY_NOTES,
    source=fit_words.PENALTY_SOURCE,
    live="penalty_strength",
)

lesson = Lesson(
    name="loss_functions",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(score, price, outlier, bases, temperature, calm, better, penalty),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    corrections=words.CORRECTIONS,
)

if __name__ == "__main__":  # as a page; the brief reads the same lesson from here
    show(lesson)
