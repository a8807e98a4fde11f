"""The words of the lesson "Loss functions" that no setting moves."""

from __future__ import annotations

from dl_core import log_bases, loss_and_accuracy, loss_functions
from dl_core.documents.content import Advice, HardQuestion
from dl_core.log_bases import LogBases
from dl_core.loss_and_accuracy import LossAndAccuracy
from dl_core.loss_functions import LossStory
from dl_core.numbers_in_words import percent, two_figures
from dl_core.running_case import Case
from dl_core.softmax_temperature import SoftmaxTemperature
from dl_core.temperature_measured import TemperatureMeasured
from pages._shared.lesson import Option, Predict, Question, Source
from pages._words.loss_functions_fit import PENALTY_MATHS

HEADLINE = "The loss decides which mistakes your model fears"
DECISION = "whether our loss, the price of an answer, punishes what hurts our users."
ONE_IN = 100  # answers of which one is taken to be confident and wrong


def confident_and_wrong() -> LossStory:
    """The opening scene's own example: 99 % sure, and wrong."""
    return loss_functions.story(loss_functions.Settings())


def flips(shown: LossStory, name: str) -> str:
    """A loss's charge in coin flips, as text."""
    return two_figures(shown.of(name).coin_flips)


def because(shown: LossStory) -> str:
    """Why the guess is right, at the answer that shows it best."""
    worst = confident_and_wrong()
    return (
        f"At {worst.settings.yes_percent} % sure and wrong, cross-entropy charges {flips(worst, 'cross-entropy')} "
        f"coin flips, squared loss {flips(worst, 'squared')} and absolute loss {flips(worst, 'absolute')}."
    )


PREDICT = Predict(
    question="A 50 % coin flip costs 1. Which loss charges most at 99 % and wrong?",
    options=("Cross-entropy", "Squared", "Absolute"),
    right="Cross-entropy",
    because=because,
)


def so_what(shown: LossStory, case: Case) -> str:
    """What the charge means for the reader's own product."""
    worst = shown if shown.right < 0.5 and not shown.ruled_out else confident_and_wrong()
    return (
        f"You judge about {case.per_day:,} {case.items} a day (our assumption). "
        f"If 1 answer in {ONE_IN} is sure and wrong, that is {case.per_day // ONE_IN:,} a day. "
        f"Cross-entropy charges each {flips(worst, 'cross-entropy')} coin flips, absolute loss "
        f"{flips(worst, 'absolute')}. Neither knows your costs: {case.miss}, or {case.false_alarm}. "
        "Somebody must tell it."
    )


TRADE_OFFS = (
    ("", "Sure and wrong costs", "Made for", "Where it breaks"),
    ("Cross-entropy", "Ever more", "Classes, with shares you can check", "Wrong labels weigh a lot"),
    ("Hinge", "Ever more", "Classes, where yes or no is enough", "When you need a share"),
    ("Squared", "At most 4 coin flips", "Amounts: aims at the average", "One odd value bends it"),
    ("Absolute", "At most 2 coin flips", "Amounts: aims at the middle value", "Large misses look mild"),
)

ASK_ENGINEERS = (
    Advice(
        "Which loss did you train with, and which mistake does it punish?",
        "They name it, and say which mistake costs most. For classes it is mostly cross-entropy.",
        "The default. Nobody asked which mistake hurts our users.",
    ),
    Advice(
        "How many answers are very sure and wrong, on cases it never saw?",
        "They count them, and look at each one. They know how much of the loss these few make up.",
        "The average loss is low. An average can hide a few terrible answers.",
    ),
    Advice(
        "Is this loss in natural logs, and is theirs the same kind?",
        "They know the base. They compare losses of one kind, on the same data.",
        "Ours is lower, so ours is better. It may be another ruler.",
    ),
    Advice(
        "When the model says 90 %, how often is it right?",
        "They counted it on unseen cases, and one temperature sets it straight.",
        "Nine times in ten, because softmax says so.",
    ),
    Advice(
        "Why does the threshold stand at 0.5?",
        "It does not. It comes from what a miss and a false alarm cost, and it moves with them.",
        "Because that is the middle.",
    ),
)


def what_if_asked(shown: LossStory) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with our own numbers."""
    worst, run = confident_and_wrong(), loss_and_accuracy.story(loss_and_accuracy.Settings()).better
    scores = log_bases.story(log_bases.Settings("three scores")).losses
    fall = percent(-run.change) if run else "a little"
    return (
        HardQuestion(
            "Why not train on the share of right answers itself?",
            "It stays the same when a score moves a little, so training gets no hint. "
            "The loss stands in for it, and we measure both.",
        ),
        HardQuestion(
            "Our loss went down. Is the product better now?",
            f"Perhaps not. On our digits the loss fell by {fall}, and not one answer more was right. "
            "Look at what users see.",
        ),
        HardQuestion(
            "Their loss is lower than ours. Are they better?",
            f"First ask which log. One model prints {scores['natural'][0]:.2f} by the natural log and "
            f"{scores['base 10'][0]:.2f} by base 10. Compare on the same data only.",
        ),
        HardQuestion(
            "Does a yes or no model need softmax for this loss?",
            "No. A sigmoid with the same log loss does it. With two classes both say the same.",
        ),
        HardQuestion(
            "What happens when some of our labels are wrong?",
            f"A wrong label looks like a sure mistake, and cross-entropy charges it {flips(worst, 'cross-entropy')} "
            "coin flips. A few of them can steer training. Clean labels first.",
        ),
    )


WHERE_IT_LIES = (
    "You see one answer. Training lowers the average over all answers, so a rare group can get lost in it.",
    "The coin flip as a unit is our choice, to fit four rulers on one chart. It does not make losses comparable.",
    "Hot dog or not is a question with two answers. Most products have more, and each mistake has its own price.",
    "None of these losses knows your costs. A miss and a false alarm weigh the same until you say otherwise.",
    "The digits are small and clean, and each run is one run. Expect other numbers on your data.",
    "A temperature sets straight how sure a model is on cases like these. It does not help with things it never saw.",
)

QUIZ = (
    Question(
        "Softmax gives an answer 90 %. How often are such answers right?",
        (
            Option(
                "Nine times in ten.",
                "Only if somebody counted. A model can be too sure or too timid, as the measured curves show.",
            ),
            Option(
                "Nobody knows until it is counted on unseen cases.",
                "Count answers of this kind. One temperature often sets the shares straight.",
                right=True,
            ),
            Option(
                "Always, because no other class got more.",
                "The highest share is the answer, not the proof. Sure and wrong happens.",
            ),
        ),
    ),
    Question(
        "The training loss is lower than ever. Is the product better?",
        (
            Option(
                "Yes, that is what we wanted to lower.",
                "With 30 digits the training loss falls to almost nothing while the validation loss climbs.",
            ),
            Option(
                "Look at unseen cases, and at what users see.",
                "Low training loss is a means. Only cases it never saw can tell.",
                right=True,
            ),
            Option(
                "No, so low a loss must be memorised.",
                "It may be fine. The gap to the validation loss tells, not the training loss alone.",
            ),
        ),
    ),
    Question(
        "A yes or no model ends in a sigmoid, which turns a score into a share. Which loss suits it?",
        (
            Option(
                "Not cross-entropy: that needs softmax.",
                "One article says so. For yes or no, sigmoid with log loss is the usual pair.",
            ),
            Option(
                "Cross-entropy, here also called log loss.",
                "It pushes hard where the model is sure and wrong, with a sigmoid as with softmax.",
                right=True,
            ),
            Option(
                "Squared loss: the output is one number.",
                "With a sigmoid, squared loss hardly pushes an answer that is sure and wrong.",
            ),
        ),
    ),
)

MATHS = (
    r"""
**Score.** $s = \ln\frac{p}{1-p}$, so $p = \frac{1}{1+e^{-s}}$. The label $y$ is $1$ for yes and $-1$ for no.

**Cross-entropy.** $-\ln p_\text{right} = \ln(1 + e^{-ys})$. Slope: $-y\,(1 - p_\text{right})$.

**Hinge.** $\max(0, 1 - ys)$. Slope: $-y$ while $ys < 1$, then $0$. For many classes: $\sum_{j \ne r} \max(0, s_j - s_r + 1)$.

**Squared.** $(1 - p_\text{right})^2$. Slope: $-2y\,(1 - p_\text{right})^2\, p_\text{right}$.

**Absolute.** $1 - p_\text{right}$. Slope: $-y\,(1 - p_\text{right})\, p_\text{right}$.

**Total loss.** The average over all examples, $\frac{1}{n}\sum_i \ell_i$.

**Bases.** $\log_b x = \ln x / \ln b$, so a ratio of two losses is the same in each base.

**Temperature.** $p_c = e^{s_c/T} / \sum_j e^{s_j/T}$. We choose $T$ on the validation pile, with all weights held. Softmax is a smooth argmax: as $T$ falls to $0$, the highest score takes all.
"""
    + PENALTY_MATHS
)

SOURCES = (
    Source(
        "CS231n, “Linear classification” (Stanford)",
        "the three scores, hinge 1.58, and 1.04 by the natural logarithm",
    ),
    Source("“Deep learning for product managers, part 1”", "the same scores, printed as 0.45"),
    Source("J. Lee, “Intuitive Deep Learning, part 1a”", "the hot dog with 0.78 and 0.35"),
    Source("ConvNetJS, “Brief intro to Deep Learning”", "the picture of a 4 that looks like a 9"),
    Source(
        "C. Guo et al., “On Calibration of Modern Neural Networks” (2017)",
        "one temperature for all scores, chosen on the validation pile",
    ),
    Source("scikit-learn, the digits data set", "the digits of both measured scenes"),
)

CORRECTIONS = (
    "Articles say loss, cost or objective. All three mean how far an answer is from the truth; we say loss.",
    "Cross-entropy, log loss and softmax loss are one thing: minus the natural log of the right answer’s share.",
    "An article prints a loss of 0.45 for CS231n’s three scores. That is base 10; the natural log gives 1.04.",
    "Another prints 0.1079 and 0.4559 for its hot dogs, also base 10. By the natural log it is 0.2485 and 1.0498.",
    "An article says sigmoids cannot go with cross-entropy. For yes or no they do: that pair is log loss.",
    "An article takes the absolute value of log loss for convenience. It is minus the average; the number is the same.",
    "An article reasons that log x is below zero from 0 to 1. It is zero at 1 and has no value at 0, so programs clip.",
    "Losses of different kinds are printed side by side. Hinge 1.58 and cross-entropy 1.04 do not compare.",
)


def score_headline(shown: LossStory) -> str:
    """The opening scene's message."""
    if shown.settings.view == "push":
        return "A loss teaches by how hard it pushes"
    return "Not every loss fears a confident mistake"


def score_tells(shown: LossStory) -> dict[str, str]:
    """What the opening says for the engineers' sheet."""
    worst = confident_and_wrong()
    return {
        "Error cost": f"An answer {worst.settings.yes_percent} % sure and wrong costs "
        f"{flips(worst, 'cross-entropy')} coin flips by cross-entropy and {flips(worst, 'absolute')} by absolute loss. "
        "No loss knows our own costs until we name them."
    }


SCORE_SOURCE = "Computed from the formulas of the four losses; the coin flip as a unit is ours."
SCORE_NOTES = (
    "Say: a loss is the price of one answer, and training does all it can to pay less. "
    "We measure each price by what the same loss charges for an honest coin flip. "
    "Point at the right end: the model is sure, and wrong. Two lines shoot up, the other two stop. "
    "Then pull the slider to the middle, where all four meet. "
    "Expect the question which loss is right. It depends on which mistake hurts, and nobody has told the loss yet."
)


def bases_headline(shown: LogBases) -> str:
    """Why two prints of one loss differ."""
    return "Ask for the base before you compare two losses"


BASES_LEAD = (
    "**Cross-entropy** is minus the log of what the right answer got. Articles take logs of three bases, as if with three rulers, and few say which. "
    "The total loss is the average over all examples."
)
BASES_SOURCE = (
    "Printed examples of CS231n, “Intuitive Deep Learning” and ConvNetJS; all three logarithms computed here."
)
BASES_NOTES = (
    "Say: two articles print 0.45 and 1.04 for the very same model. Neither made a slip in the sum: they used another "
    "log, and did not say so. Point at a group of bars: the numbers shrink or grow together, so the poorer model stays "
    "as many times worse. Expect the question which one to use. The natural one, as nearly all programs do. "
    "What matters is never to compare across bases, nor hinge with cross-entropy."
)


def temperature_headline(shown: SoftmaxTemperature) -> str:
    """What the temperature does to the shares."""
    heat = shown.settings.temperature
    if heat < 1:
        return "Cold makes a model bold, and its mistakes dear"
    if heat > 1:
        return "Warm makes a model careful, and its mistakes cheap"
    return "Softmax turns any scores into shares"


TEMPERATURE_LEAD = (
    "Scores are no shares: the two scores −4 and 5.2 are neither positive nor do they sum to one. **Softmax** makes shares of them. "
    "A **temperature** divides the scores first, and the order stays. What an answer costs is its loss."
)
TEMPERATURE_SOURCE = "Three scores that we made, so a toy; shares and losses computed here."
TEMPERATURE_NOTES = (
    "Say: the same three scores can sound bold or careful. The temperature decides, and it never changes which answer "
    "comes first. Point at the smallest bar and its price: that is what the answer costs if that class is the truth. "
    "Now make it cold: the first bar fills up, and the price of being wrong soars. Expect the question "
    "whether this is the temperature of chat models. Yes: the same division, before the next word is drawn."
)


def calm_headline(shown: TemperatureMeasured) -> str:
    """What the measured curves show."""
    return "One number can set a model’s confidence straight"


CALM_LEAD = (
    "Two softmax models read the same digits. One learned from few, with nothing to hold its weights. "
    "The other learned from many, with its weights held small."
)
CALM_SOURCE = (
    "Handwritten digits of the UCI repository, 1998, as shipped with scikit-learn; our own two fits."
)
CALM_NOTES = (
    "Say: these are real digits, and two models of ours. One is too sure of itself, the other too timid. "
    "Point at the two lowest points: each model has a temperature where its shares fit best, on digits it never "
    "learned from. Not one answer changes on the way. A few sure mistakes make up most of the loss, so calming them "
    "pays. Expect the question whether this makes the model better. Its answers stay the same. Its confidence becomes "
    "something you can plan with."
)


def better_headline(shown: LossAndAccuracy) -> str:
    """How loss and accuracy part ways in this run."""
    if shown.better:
        return "A better loss is not yet a better answer"
    return "A worse loss is not yet a worse answer"


BETTER_LEAD = (
    "We trained softmax on a few digits, step by step, and searched the run for the longest stretch where loss and "
    "right answers part ways. Only losses of one kind may be compared like this."
)
BETTER_SOURCE = (
    "Handwritten digits of the UCI repository, 1998, as shipped with scikit-learn; one run of ours each."
)
BETTER_NOTES = (
    "Say: we looked for a place where the loss gets better and the product does not. We found it in our own training "
    "run. Point at the green band: the dashed line falls all the way, and the right answers below stand still. "
    "The model only grows surer of what it already had. In the orange band it is the other way round. "
    "Expect the question which of the two to watch. Both, on unseen cases. And then what your users see."
)


def better_tells(shown: LossAndAccuracy) -> dict[str, str]:
    """Where this run should stop, and what to measure."""
    low = shown.lowest
    return {
        "Metric": "Loss and share of right answers, both on cases the model never learned from.",
        "Stop rule": f"Stop where the validation loss is lowest. In our run on {shown.settings.n_digits} digits "
        f"that is step {shown.steps[low]:,}; the training loss falls on after it.",
    }
