"""The words of four scenes of "Start": the template, the piles, the task's name, and the circles."""

from __future__ import annotations

from dl_core.numbers_in_words import number, percent
from dl_core.start.asks import INPUTS, OUTPUTS, Asked, mean_stars
from dl_core.start.circles import RINGS, Placed
from dl_core.start.patients import load_patients
from dl_core.start.piles import N_DEALS, PilesTold, in_cases
from dl_core.start.piles import points as share_points
from dl_core.start.recipe import HELD_OUT, Recipe, house_in_words, n_learned_from, points
from pages._shared.lesson import Source


def recipe_headline(told: Recipe) -> str:
    """Which of the two steps made the difference."""
    if told.settings.template == "wrong":
        return "Learning cannot save a template with the wrong clues"
    if not told.template.has_start:
        return "A template with a part missing stays worse"
    if told.is_learned:
        return "You choose the template; data fill the blanks"
    if not told.learned.beats(told.by_hand):
        return "Your rule does as well as learning"
    return "Data fill a template’s blanks better than a rule of thumb"


def recipe_below(told: Recipe) -> str:
    """The article's house, and what the reader should know of the fit."""
    return (
        "**A template can be too poor.** An article prices houses by floor area, storeys and the way to school. "
        f"{house_in_words()} So the house rule cannot be a price.\n\n{RECIPE_CLUES}"
    )


def recipe_tells(told: Recipe) -> dict[str, str]:
    """What to compare with."""
    return {
        "Baseline": f"On a practice table, no clue missed by {points(told.average.miss)} points, a rule by hand by "
        f"{points(told.by_hand.miss)}, a learned one by {points(told.learned.miss)}. Measure all three on ours."
    }


RECIPE_CLUES = (
    "**Clues must fit the question.** The number of pet shops nearby hardly prices a house, however long you train. "
    "Ask those who know the work first. CRISP-DM, a common plan for such projects, starts there too."
)
RECIPE_LEAD = (
    "A **recipe** is a program that people wrote in full. "
    "A **template** has blanks: people choose its shape, and data fill the numbers. "
    "Write numbers into the blanks yourself; then let data do it."
)
RECIPE_SCORE = (
    "The score tells how ill a person with diabetes was a year later, "
    f"from {load_patients().progress.min():.0f} to {load_patients().progress.max():.0f} points. More is worse."
)
RECIPE_SOURCE = (
    f"Diabetes table of Efron and others (2004), without age and sex; {n_learned_from()} patients to learn from, "
    f"{HELD_OUT} kept aside."
)
RECIPE_NOTES = (
    "Say: this is all of machine learning in two steps. People choose a template. Data fill its blanks. "
    "Point at the three bars. No clue is the longest. A rule of thumb is shorter, and learned numbers are shorter still. "
    "Now press “The wrong clues”: learning saves next to nothing. "
    "Expect the question whether a bigger model would help. Not without better clues. It is bread without flour. "
    "Ask the people who know the work which columns matter."
)
RECIPE_LIES = (
    "Learning is likened to baking: data are the flour. No one tastes this bread: a score decides, so bad data make a bad loaf. "
    "This template has one best answer, found at once; a network starts from random numbers and gets there step by step."
)


def piles_headline(told: PilesTold) -> str:
    """What the peek costs."""
    if told.settings.candidates == 1:
        return "With nothing to choose, the test pile stays honest"
    if told.by_test.most[0] <= 0:
        return f"Here the peek flatters by about {share_points(told.by_test.flattery)} points, or not at all"
    return f"Who peeks at the test pile gains {share_points(told.by_test.flattery)} false points"


def piles_below(told: PilesTold) -> str:
    """The same in counts, and what is compared."""
    return (
        f"The question: is a patient worse off in a year than the middle one? {in_cases(told)} "
        f"One answer for all is right {percent(told.always)} of the time. "
        f"We dealt the same patients {N_DEALS} times; new patients are those in no pile."
    )


def piles_tells(told: PilesTold) -> dict[str, str]:
    """How the score is to be taken."""
    return {
        "Metric": "The score on a test pile that was opened once. "
        f"Choosing among {number(told.settings.candidates)} on it flattered by {share_points(told.by_test.flattery)} points here."
    }


PILES_LEAD = (
    "In **supervised** learning each example has its answer, a **label**; without labels a model can only group. "
    "Deal the examples into three piles: learn on one, choose on the next, report from the last. "
    "Open the test pile once."
)
PILES_SOURCE = (
    f"Diabetes table of Efron and others (2004), “worse than the middle patient?”; mean of {N_DEALS} deals."
)
PILES_NOTES = (
    "Say: here we made many models and kept the best. Best on which pile? That decides what the score is worth. "
    "Point at the first row. The training pile promises most and keeps least. "
    "The second row peeks at the test pile, and its score is too good as well. "
    "In the third row a pile of its own chose, so the test pile tells the truth. "
    "Expect the question whether our own score is honest. Ask how often the test pile was opened, and by whom."
)
PILES_LIES = f"{N_DEALS} deals of the same patients are not {N_DEALS} studies. Real new patients may differ more than ours do."


def asks_headline(told: Asked) -> str:
    """The task's name in one sentence."""
    given, wanted = INPUTS[told.settings.given], OUTPUTS[told.settings.wanted]
    return f"{given[0].upper() + given[1:]} in, {wanted} out: that is {told.task}"


def asks_below(told: Asked) -> str:
    """A well-known example, where there is one."""
    return f"A known example: {told.known}." if told.known else ""


def asks_tells(told: Asked) -> dict[str, str]:
    """What to collect, and what to try first."""
    return {
        "Goal": f"{told.example} That is {told.task}.",
        "Data": f"A label is {told.label}.",
        "Baseline": f"Would a rule do? {told.rule}.",
    }


ASKS_LEAD = (
    "Say what goes in and what should come out, and the task has a name. "
    "The name decides what a label is, and so what your data cost. "
    "To pick from a list is classification, to say a number is regression."
)
ASKS_SOURCE = (
    f"Our own list of tasks; the stars are a toy review, made so that its mean is {number(mean_stars())}."
)
ASKS_NOTES = (
    "Say: before any model, agree on two words: what goes in, and what comes out. Then the engineers know the task. "
    "Point at the bars. One model’s view of one review. Asked for a name, it says four stars. "
    "Asked for a number, it says the mean. "
    "Expect the question which of them is better. If a near miss is nearly right, ask for a number. "
    "If names have no order, ask for a name. And where a rule will do, write the rule."
)


def circles_headline(placed: Placed) -> str:
    """Which circle."""
    return (
        "AI can be written by hand",
        "Machine learning fills its numbers from data",
        "Deep learning is one kind of machine learning",
    )[placed.ring]


CIRCLES_LEAD = (
    f"{RINGS[2]} is part of {RINGS[1].lower()}, and that is part of {RINGS[0]}. "
    "Two questions place any product: did data fill its numbers, and do many layers stand between input and output, as in a **deep neural network**? "
    "People say **neural network** for the empty template and for the trained model."
)
CIRCLES_BELOW = (
    "McCulloch and Pitts drew a neuron in 1943. Hopes ran ahead twice, and money left: in the 1970s and around 1990, the two “AI winters”. "
    "Then labelled photos, better methods and graphics chips came together. In 2012 a deep network won the ImageNet contest.\n\n"
    "By 2019 deep networks translated text, helped to read X-rays, and beat champions at Go and Dota."
)
CIRCLES_SOURCE = "Our own examples; where “deep” begins is a habit. Dates: McCulloch and Pitts (1943), Krizhevsky and others (2012)."
CIRCLES_NOTES = (
    "Say: these three words are not the same. Each circle lies inside the next. "
    "When a supplier says AI, ask which circle they mean. "
    "Point at the innermost circle: only here do you need many labels and much computing. "
    "Boosted trees lie outside of it, and on tables they often win. "
    "Expect the question where a chatbot lies. In the innermost circle: data filled its numbers, in many layers. "
    "Then point at the line of time. Hopes ran ahead twice before."
)

CORRECTIONS = (
    "An article calls a network deep from three hidden layers on. No cut-off is fixed: deep means several hidden layers.",
    "“AI winters in the 70s and the 2000s”: the usual dates are the 1970s and around 1990. "
    "We print no year for what historians date differently.",
    "A well-known house price: 100 for each square metre, 1,000 for each storey, less 30 for each metre to school. "
    f"{house_in_words()} We worked it out; the article prints no result.",
)
MORE_SOURCES = (
    Source(
        "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani, “Least angle regression” (2004)",
        "the diabetes table",
    ),
    Source("W. McCulloch and W. Pitts, “A logical calculus” (1943)", "the first model of a neuron"),
    Source(
        "A. Krizhevsky, I. Sutskever, G. Hinton, “ImageNet classification” (2012)",
        "the turn to deep networks",
    ),
)
