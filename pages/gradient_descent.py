"""Gradient descent and learning rate: is it the rate, the data, or the goal?"""

from dl_core import (
    batch_noise,
    batch_sizes,
    digit_batches,
    one_nudge,
    optimiser_race,
    random_search,
    rate_schedules,
    rate_sweep,
    three_steps,
)
from dl_core import gradient_descent as core
from dl_core.batch_ways import pass_sentence, pass_times
from dl_core.descent_in_words import takeaway
from dl_core.figures.batch_noise import noise_funnel
from dl_core.figures.batch_sizes import three_paths
from dl_core.figures.digit_batches import loss_curves, pass_bars
from dl_core.figures.gradient_descent import path as path_picture
from dl_core.figures.one_nudge import before_and_after
from dl_core.figures.optimiser_race import paths
from dl_core.figures.random_search import luck_against_descent
from dl_core.figures.rate_schedules import rate_and_miss
from dl_core.figures.rate_sweep import rates
from dl_core.figures.three_steps import walking_line
from pages._controls import gradient_descent as controls
from pages._controls import gradient_descent_batches as batch_controls
from pages._controls import gradient_descent_race as race_controls
from pages._controls import gradient_descent_steps as step_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._words import gradient_descent as words
from pages._words import gradient_descent_batches as batch_words
from pages._words import gradient_descent_race as race_words
from pages._words import gradient_descent_steps as step_words

path = Scene(
    key="path",
    headline=words.path_headline,
    controls=controls.path,
    compute=core.story,
    picture=path_picture,
    sentence=takeaway,
    presets=controls.PATH_PRESETS,
    pick=controls.pick_start,
    below=controls.remedy,
    notes=words.PATH_NOTES,
    source=words.PATH_SOURCE,
    live="path_rate",
    tells=words.path_tells,
)
hand = Scene(
    key="hand",
    headline=step_words.hand_headline,
    lead=step_words.HAND_LEAD,
    controls=step_controls.hand,
    compute=three_steps.story,
    picture=walking_line,
    sentence=three_steps.takeaway,
    presets=step_controls.HAND_PRESETS,
    notes=step_words.HAND_NOTES,
    source=step_words.HAND_SOURCE,
    live="hand_steps",
)
nudge = Scene(
    key="nudge",
    headline=step_words.nudge_headline,
    lead=step_words.NUDGE_LEAD,
    controls=step_controls.nudge,
    compute=one_nudge.story,
    picture=before_and_after,
    sentence=one_nudge.takeaway,
    presets=step_controls.NUDGE_PRESETS,
    notes=step_words.NUDGE_NOTES,
    source=step_words.NUDGE_SOURCE,
    live="nudge_preset",
)
sweep = Scene(
    key="sweep",
    headline=race_words.sweep_headline,
    lead=race_words.SWEEP_LEAD,
    controls=race_controls.sweep,
    compute=rate_sweep.story,
    picture=rates,
    sentence=rate_sweep.takeaway,
    presets=race_controls.SWEEP_PRESETS,
    pick=race_controls.pick_rate,
    notes=race_words.SWEEP_NOTES,
    source=race_words.SWEEP_SOURCE,
    live="sweep_rate",
)
schedule = Scene(
    key="schedule",
    headline=step_words.schedule_headline,
    lead=step_words.SCHEDULE_LEAD,
    controls=step_controls.schedule,
    compute=rate_schedules.story,
    picture=rate_and_miss,
    sentence=rate_schedules.takeaway,
    presets=step_controls.SCHEDULE_PRESETS,
    notes=step_words.SCHEDULE_NOTES,
    source=step_words.SCHEDULE_SOURCE,
    live="schedule_shape",
)
race = Scene(
    key="race",
    headline=race_words.race_headline,
    lead=race_words.RACE_LEAD,
    controls=race_controls.race,
    compute=optimiser_race.story,
    picture=paths,
    sentence=optimiser_race.takeaway,
    presets=race_controls.RACE_PRESETS,
    pick=race_controls.pick_start,
    notes=race_words.RACE_NOTES,
    source=race_words.RACE_SOURCE,
    live="race_preset",
)
batch = Scene(
    key="batch",
    headline=batch_words.batch_headline,
    lead=batch_words.BATCH_LEAD,
    controls=batch_controls.batch,
    compute=batch_sizes.story,
    picture=three_paths,
    sentence=batch_sizes.takeaway,
    presets=batch_controls.BATCH_PRESETS,
    notes=batch_words.BATCH_NOTES,
    source=batch_words.WINE_SOURCE,
    live="batch_preset",
)
noise = Scene(
    key="noise",
    headline=batch_words.noise_headline,
    lead=batch_words.NOISE_LEAD,
    controls=batch_controls.noise,
    compute=batch_noise.story,
    picture=noise_funnel,
    sentence=batch_noise.takeaway,
    presets=batch_controls.NOISE_PRESETS,
    notes=batch_words.NOISE_NOTES,
    source=batch_words.WINE_SOURCE,
    live="noise_size",
)
passes = Scene(
    key="passes",
    headline=batch_words.passes_headline,
    lead=batch_words.PASSES_LEAD,
    controls=batch_controls.passes,
    compute=digit_batches.story,
    picture=loss_curves,
    sentence=digit_batches.takeaway,
    notes=batch_words.PASSES_NOTES,
    source=batch_words.PASSES_SOURCE,
    live="passes_axis",
)
pass_time = Scene(
    key="pass_time",
    headline=batch_words.pass_time_headline,
    lead=batch_words.PASS_TIME_LEAD,
    compute=pass_times,
    picture=pass_bars,
    sentence=pass_sentence,
    notes=batch_words.PASS_TIME_NOTES,
    source=batch_words.PASS_TIME_SOURCE,
)
luck = Scene(
    key="luck",
    headline=step_words.luck_headline,
    lead=step_words.LUCK_LEAD,
    controls=step_controls.luck,
    compute=random_search.story,
    picture=luck_against_descent,
    sentence=random_search.takeaway,
    notes=step_words.LUCK_NOTES,
    source=step_words.LUCK_SOURCE,
    live="luck_tries",
)

lesson = Lesson(
    name="gradient_descent",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(path, hand, nudge, sweep, schedule, race, batch, noise, passes, pass_time, luck),
    so_what=words.so_what,
    trade_offs=batch_words.trade_offs,
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
