"""Transfer learning: how many labels do we need, at what price?"""

import streamlit as st

from dl_core.documents.settings import holds_own
from dl_core.figures.transfer_confusion import cells, cells_wide
from dl_core.figures.transfer_distance import distance_chart
from dl_core.figures.transfer_enough import enough_picture
from dl_core.figures.transfer_leak import two_splits, two_splits_wide
from dl_core.figures.transfer_opening import four_steps, four_steps_in_a_row
from dl_core.figures.transfer_race import race_chart
from dl_core.figures.transfer_stranger import strangers, strangers_wide
from dl_core.transfer import confusion as confusion_core
from dl_core.transfer import distance as distance_core
from dl_core.transfer import enough as enough_core
from dl_core.transfer import leak as leak_core
from dl_core.transfer import opening
from dl_core.transfer import race as race_core
from dl_core.transfer import stranger as stranger_core
from dl_core.transfer.distance_in_words import takeaway as distance_sentence
from dl_core.transfer.stranger_in_words import takeaway as stranger_sentence
from pages._controls import transfer_learning as controls
from pages._controls import transfer_learning_check as check_controls
from pages._controls import transfer_learning_distance as distance_controls
from pages._controls import transfer_learning_enough as enough_controls
from pages._controls import transfer_learning_export as export_controls
from pages._controls import transfer_learning_race as race_controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._shared.visit import visit
from pages._words import transfer_learning as words
from pages._words import transfer_learning_check as check_words
from pages._words import transfer_learning_distance as distance_words
from pages._words import transfer_learning_enough as enough_words
from pages._words import transfer_learning_export as export_words
from pages._words import transfer_learning_race as race_words


def distance_and_export(told: distance_core.Distance) -> None:
    """What stands behind the lines; then the model itself, to take away."""
    distance_controls.distance_below(told)
    trained = visit().kept["task"][1]
    with st.expander(export_words.TITLE):
        export_controls.export_buttons(trained)
    export_controls.import_fold(trained)


task = Scene(
    key="task",
    headline=words.task_headline,
    lead=words.TASK_LEAD,
    controls=controls.task,
    compute=opening.story,
    picture=four_steps,
    slide=four_steps_in_a_row,
    sentence=opening.takeaway,
    presets=controls.TASK_PRESETS,
    notes=words.TASK_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=opening.at_rest,
    source=words.TASK_SOURCE,
    live="task_photos",
    tells=words.task_tells,
)
race = Scene(
    key="contest",
    headline=race_words.race_headline,
    lead=race_words.RACE_LEAD,
    controls=race_controls.race,
    compute=race_core.story,
    picture=race_chart,
    sentence=race_core.takeaway,
    presets=race_controls.RACE_PRESETS,
    below=lambda told: st.caption(race_words.race_fine_print(told)),
    notes=race_words.RACE_NOTES,
    private=holds_own,
    beside=True,
    doing="Training",
    at_rest=race_core.at_rest,
    source=race_words.RACE_SOURCE,
    live="race_photos",
    tells=race_words.race_tells,
)
enough = Scene(
    key="enough",
    headline=enough_words.enough_headline,
    lead=enough_words.ENOUGH_LEAD,
    controls=enough_controls.curve,
    compute=enough_core.story,
    picture=enough_picture,
    sentence=enough_core.takeaway,
    presets=enough_controls.ENOUGH_PRESETS,
    pick=enough_controls.pick_photos,
    below=lambda told: st.markdown(enough_core.contenders_in_words(told)),
    notes=enough_words.ENOUGH_NOTES,
    beside=True,
    doing="Training",
    source=enough_words.ENOUGH_SOURCE,
    live="enough_photos",
    tells=enough_words.enough_tells,
)
leak = Scene(
    key="leak",
    headline=check_words.leak_headline,
    lead=check_words.LEAK_LEAD,
    controls=check_controls.leak,
    compute=leak_core.story,
    picture=two_splits,
    slide=two_splits_wide,
    sentence=leak_core.takeaway,
    presets=check_controls.LEAK_PRESETS,
    below=lambda told: st.markdown(check_words.leak_below(told)),
    notes=check_words.LEAK_NOTES,
    private=holds_own,
    beside=True,
    doing="Dealing",
    at_rest=leak_core.at_rest,
    source=check_words.LEAK_SOURCE,
    live="leak_which",
    tells=check_words.leak_tells,
)
confusion = Scene(
    key="mixed",
    headline=check_words.confusion_headline,
    lead=check_words.CONFUSION_LEAD,
    controls=check_controls.confusion,
    compute=confusion_core.story,
    picture=cells,
    slide=cells_wide,
    sentence=confusion_core.takeaway,
    pick=check_controls.pick_cell,
    below=lambda told: st.markdown(check_words.confusion_below(told)),
    notes=check_words.CONFUSION_NOTES,
    private=True,
    source=check_words.CONFUSION_SOURCE,
    tells=check_words.confusion_tells,
)
stranger = Scene(
    key="stranger",
    headline=check_words.stranger_headline,
    lead=check_words.STRANGER_LEAD,
    controls=check_controls.stranger,
    compute=stranger_core.story,
    picture=strangers,
    slide=strangers_wide,
    sentence=stranger_sentence,
    presets=check_controls.STRANGER_PRESETS,
    below=lambda told: st.markdown(check_words.stranger_below(told)),
    notes=check_words.STRANGER_NOTES,
    private=holds_own,
    beside=True,
    doing="Measuring",
    at_rest=stranger_core.at_rest,
    source=check_words.STRANGER_SOURCE,
    live="stranger_look",
    tells=check_words.stranger_tells,
)
distance = Scene(
    key="distance",
    headline=distance_words.headline,
    lead=distance_words.LEAD,
    controls=distance_controls.distance_controls,
    compute=distance_core.story,
    picture=distance_chart,
    sentence=distance_sentence,
    below=distance_and_export,
    notes=distance_words.NOTES,
    private=holds_own,
    source=distance_words.SOURCE,
    live="distance_plan",
    tells=distance_words.tells,
)

lesson = Lesson(
    name="transfer_learning",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(task, race, enough, leak, confusion, stranger, distance),
    so_what=words.so_what,
    trade_offs=words.TRADE_OFFS,
    ask_engineers=words.ASK_ENGINEERS,
    what_if_asked=words.what_if_asked,
    where_it_lies=words.WHERE_IT_LIES,
    quiz=words.QUIZ,
    maths=words.MATHS,
    sources=words.SOURCES,
    linked=True,
)

if __name__ == "__main__":
    show(lesson)
