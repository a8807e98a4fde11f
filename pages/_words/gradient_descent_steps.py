"""The words of four scenes of "Gradient descent": steps by hand, one nudge, schedules, luck."""

from __future__ import annotations

from dl_core import rate_schedules
from dl_core.numbers_in_words import percent, so_many
from dl_core.one_nudge import N_NUMBERS, PRINTED, OneNudge, cross_entropy
from dl_core.random_search import SPREADS, Luck
from dl_core.rate_schedules import RateSchedule, decimal
from dl_core.three_steps import ThreeSteps


def hand_headline(walk: ThreeSteps) -> str:
    """How the steps went."""
    if walk.steps[0].error == 0:
        return "No miss, no slope, no step"
    if walk.settings.learning_rate == 0:
        return "Slopes say where to go, the rate says how far"
    if walk.diverges:
        return "Past the limit, every step makes it worse"
    return f"{so_many(walk.settings.n_steps, 'step').capitalize()} of learning that you can check by hand"


def nudge_headline(told: OneNudge) -> str:
    """What the nudges did beyond the one picture."""
    if told.settings.n_nudges == 0 or told.settings.learning_rate == 0:
        return "A wrong answer, before any nudge"
    if told.right_after < told.right_before:
        return "Pushed too hard, one picture spoils the others"
    return "Learning is a small nudge, many times over"


def schedule_headline(told: RateSchedule) -> str:
    """Why a rate falls."""
    return "Big steps first, small steps last" if told.falls else "One rate for the whole way"


def luck_headline(told: Luck) -> str:
    """Why nobody guesses weights."""
    return "Guessing weights looks often and learns nothing"


HAND_LEAD = (
    "One example and a line with a weight w and a bias b, nothing hidden. A **slope** says how much the loss grows when one number grows a little. "
    "In **gradient descent**, each step moves every number against its own slope."
)
NUDGE_LEAD = (
    f"A **nudge** is one step: each of the model's {N_NUMBERS} numbers moves against its own slope. "
    f"Of all unseen 4s, this real one comes nearest to an article's example: {percent(PRINTED[0])} for the 4, "
    f"{percent(PRINTED[1])} for the 9. "
    f"Such shares cost {cross_entropy(PRINTED[0]):.3f}, as much as blind guessing among ten; were it a 9, {cross_entropy(PRINTED[1]):.3f}."
)
SCHEDULE_LEAD = (
    "A line guesses the alcohol of real wines, one example at a time. A **schedule** is a plan for the learning rate over training. "
    f"A fall from {decimal(rate_schedules.Settings().start_rate)} to {decimal(rate_schedules.Settings().end_rate)} is an example for "
    "plain descent; Adam, another method, often starts at 0.001."
)
LUCK_LEAD = (
    f"Random search draws all weights by chance and keeps the best; we tried {len(SPREADS)} ranges to draw from, narrow to wide. "
    "Both ways look equally often at the same digits. "
    "A descent step takes about twice the sums of a try; to be strict, give it half as many looks."
)

HAND_SOURCE = (
    "One made-up example, so a toy; its numbers are those of a published article, computed again here."
)
NUDGE_SOURCE = "Handwritten digits of the UCI repository, 1998, as shipped with scikit-learn; our own run."
SCHEDULE_SOURCE = "Wines of the UCI repository, 1991: alcohol guessed from proline, 124 to learn from, 54 kept aside; our own run."
LUCK_SOURCE = "UCI digits and CIFAR-10, our own runs; the published figure stands in the CS231n course notes."

HAND_NOTES = (
    "Say: this is all of learning, on one example. The line makes a guess, we see the miss, and each number moves against its slope. "
    "Point at the labels on the right: every weight and bias is printed, so check one step with a pencil. "
    "Then type a rate of one half and watch the line swing wider. "
    "Expect the question who finds the right rate. For one example a formula gives the limit; for a real model you try several and measure."
)
NUDGE_NOTES = (
    "Say: a young model takes this 4 for a 9. One step changes its numbers a little, and the 4 gains. "
    "Point at the hollow and the solid bars, then at the count of other digits. Press one big nudge: this picture is perfect now, "
    "and most others are lost. Expect the question why we do not train until every picture is right. "
    "Because new pictures count, not this one. So training takes thousands of small nudges, each for many pictures."
)
SCHEDULE_NOTES = (
    "Say: at first the line is far off, and large steps save time. Near the end large steps only shake it. "
    "Point at the upper panel, where the rate drops, and below it, where the miss comes to rest. "
    "Now compare the dashed line that never slows down, and the dotted one that starts slow. "
    "Expect the question which schedule is best. Here all of them settle. One TensorFlow tutorial starts at 0.0001 and then takes a tenth of it."
)
LUCK_NOTES = (
    "Say: both may look at the same digits equally often. One guesses all its weights anew each time; the other asks which way is down. "
    "Point at the flat dashed line, then at the falling one. On photos luck gets little more than guessing, and the published figure is small too. "
    "Expect the question whether more tries would help. From ten tries to a thousand the dashed line hardly falls: good weights are rare among so many numbers."
)
