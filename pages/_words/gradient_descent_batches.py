"""The words of the scenes on full batch, mini-batch and one example that no setting moves."""

from __future__ import annotations

from dl_core.batch_noise import NoiseStory
from dl_core.batch_sizes import WAYS, BatchStory
from dl_core.batch_times import Times, load_times
from dl_core.batch_ways import PassTimes, side_by_side
from dl_core.digit_batches import DigitBatches, Settings, story


def batch_headline(shown: BatchStory) -> str:
    """What the number of updates buys, and what it costs."""
    if shown.thrown:
        return "The fewer examples in a batch, the smaller the rate"
    if shown.nearest.way == WAYS[0]:
        return "Full batch arrives late, and stays"
    return "Same wines read, more updates, more noise"


def noise_headline(shown: NoiseStory) -> str:
    """The rule of the root."""
    return "Four times the batch only halves the noise"


def passes_headline(shown: DigitBatches) -> str:
    """Whether the winner depends on what is counted."""
    if len(set(shown.winners)) > 1:
        return "The winner changes with what you count"
    return "Here one way wins, however you count"


def pass_time_headline(shown: PassTimes) -> str:
    """Vectorisation in one line."""
    return "Many numbers at once cost far less time"


BATCH_LEAD = (
    "Guess a wine's alcohol from its proline, an amino acid: one weight, one bias, real wines. "
    "A **pass** reads every wine once. A **batch** is the set of examples that one update looks at. "
    "A line has an exact answer by formula; **logistic regression**, a sum that gives the chance of yes, has none and must take steps."
)
NOISE_LEAD = (
    "A **mini-batch** is a batch of some examples, not all, so its gradient is an estimate. "
    "Each dot is one batch: how far its step goes the right way. Close to the answer, the noise drowns the signal."
)
PASSES_LEAD = (
    "Softmax learns real handwritten digits, three ways. Looking at one or a few digits in each step is **SGD**. "
    "All three share one learning rate, and the loss is measured on digits they do not learn from."
)
PASS_TIME_LEAD = (
    "A processor handles a whole table of numbers in one go; engineers say **vectorised**: many numbers at once. "
    "One example at a time leaves it a table of one row."
)

BATCH_NOTES = (
    "Say: all three runs start at the same place and read the same wines in the same order. Full batch reads all of them "
    "before it moves. One example moves after each wine. Point at the green tangle: it got there first, and it never comes "
    "to rest. Then press many passes: full batch ends on the mark. Expect the question how to stop the tangle. "
    "Lower the rate as you go, or take a larger batch."
)
NOISE_NOTES = (
    "Say: a small batch asks only a few wines which way is down, so it sometimes hears the wrong answer. Point at the crosses: "
    "those steps went the wrong way. Then follow the dashed lines to the right: four times the wines, half the spread. "
    "Move to near the end, and even larger batches err. Expect the question which size is best. The smallest one "
    "that keeps your processor busy is a good start."
)
PASSES_NOTES = (
    "Say: three teams could each claim to be fastest, and each would be right. Point at the three marks on the target line, "
    "then switch what is counted. In updates, full batch and mini-batch go alike. In passes, one example wins. "
    "By the clock, mini-batch wins. So ask which axis a chart uses. Expect the question whether this holds elsewhere. "
    "The order depends on the rate, the data and the machine; a graphics card favours larger batches."
)
PASS_TIME_NOTES = (
    "Say: all three bars stand for the same work, one look at each of the digits. The first does it in one table of numbers, "
    "the last in many small ones. Point at the long bar: most of it goes into starting each small job. "
    "That is why nearly all networks learn in mini-batches. Expect the question about graphics cards. "
    "They do more numbers at once, so there the gap grows."
)

WINE_SOURCE = "Italian wines, UCI repository, 1991; our own runs, seeded, computed here."


def _measured(times: Times) -> str:
    return f"processor time of one core, {times.date}."


PASSES_SOURCE = f"Handwritten digits, UCI repository, 1998; our runs; {_measured(load_times())}"
PASS_TIME_SOURCE = f"Handwritten digits, UCI repository, 1998; {_measured(load_times())}"


def trade_offs() -> tuple[tuple[str, ...], ...]:
    """The three ways side by side, with our measured figures."""
    return side_by_side(story(Settings()))
