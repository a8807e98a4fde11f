"""Gradient descent and learning rate: is it the rate, the data, or the goal?"""

from dl_core import gradient_descent as core
from dl_core.descent_in_words import takeaway
from dl_core.figures import gradient_descent as figures
from pages._controls import gradient_descent as controls
from pages._shared.frame import show
from pages._shared.lesson import Lesson, Scene
from pages._words import gradient_descent as words

path = Scene(
    key="path",
    headline=words.path_headline,
    controls=controls.path,
    compute=core.story,
    picture=figures.path,
    sentence=takeaway,
    presets=controls.PATH_PRESETS,
    pick=controls.pick_start,
    below=controls.remedy,
    notes=words.PATH_NOTES,
    source=words.PATH_SOURCE,
    live="path_rate_slide",
    tells=words.path_tells,
)

lesson = Lesson(
    name="gradient_descent",
    headline=words.HEADLINE,
    decision=words.DECISION,
    predict=words.PREDICT,
    scenes=(path,),
    so_what=words.so_what,
    trade_offs=(("", "x"), ("y", "z")),
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
