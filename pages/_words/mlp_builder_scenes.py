"""The words of the five scenes of "MLP builder"."""

from __future__ import annotations

from dl_core.mlp_builder import Built
from dl_core.mlp_confusion import mistakes
from dl_core.mlp_losses import losses
from dl_core.mlp_size import N_STARTS, SIZES, Sizes
from dl_core.mlp_spread import N_STARTS as N_SPREAD
from dl_core.mlp_spread import Spread

SOURCE = "Toy data made here, except iris, wine and your own table; trained by our own engine, checked against PyTorch."


def build_headline(shown: Built) -> str:
    """What became of the plan."""
    match shown.judgement.verdict.kind:
        case "fits":
            return "Big enough is big enough"
        case "memorises":
            return "It learned its own rows by heart"
        case "underfits":
            return "There is more in these data than it learned"
        case "diverged":
            return "Too large a step, and training blows up"
        case "stuck":
            return "This network has not begun to learn"
        case _:
            return "This score could be luck"


BUILD_NOTES = (
    "Say: here is a whole network, from data to verdict, trained a moment ago. You choose layers and neurons; the weights it finds alone. "
    "Point at the large dots: it never saw them, and the crossed ones are wrong. Then at the two curves on the right. "
    "Now pick the preset that memorises, and watch the curves part. "
    "Expect the question how many neurons one needs. Nobody can say beforehand. Try few, measure on unseen rows, and add while that wins."
)


def build_tells(shown: Built) -> dict[str, str]:
    """What the opening scene says for the engineers' sheet."""
    test = shown.unseen
    return {
        "Data": f"Rows that nobody trains on are kept aside before the first try. With {test.n:,} of them a score of "
        f"{test.in_words} may lie anywhere in {test.interval}; take more where that is too wide.",
        "Baseline": accuracy_needs_company(shown),
    }


def losses_headline(shown: Built) -> str:
    """How the two curves run."""
    if shown.training.diverged:
        return "A loss that climbs asks for smaller steps"
    if losses(shown).rises:
        return "Where the curves part, it learns by heart"
    match shown.judgement.verdict.kind:
        case "stuck":
            return "A flat curve learns nothing"
        case "memorises":
            return "A gap that stays is a warning"
        case "underfits":
            return "Both curves stay higher than they need to"
        case _:
            return "Both curves fall, so it learns the rule"


LOSSES_LEAD = (
    "The same training; test rows are the unseen ones, and the ring marks their lowest loss. An **epoch** is one pass over all training rows. "
    "**Patience** is how long you wait for a better test loss before you stop."
)
LOSSES_NOTES = (
    "Say: one curve is the loss on rows it learns from, the other on rows it never sees. A low training loss is not the goal. "
    "Point at the ring, where the test loss is lowest, and at the gap in the end. Play the film and stop it where the curves part. "
    "Expect the question whether one may stop at the ring. Yes, teams do. But then those rows have helped to choose, "
    "and the final score needs rows that nobody has used yet."
)


def losses_tells(shown: Built) -> dict[str, str]:
    """When to stop a training."""
    told = losses(shown)
    return {
        "Stop rule": f"Training ends once the loss on held-out rows has not fallen for {told.patience} epochs. "
        "Those rows choose; the final score comes from others, opened once."
    }


def confusion_headline(shown: Built) -> str:
    """Which mistakes are made."""
    if not shown.is_classes:
        return "A typical error hides the far ones"
    if mistakes(shown).commonest is None:
        return "No mistake among the unseen rows"
    return "One score hides which mistakes are made"


CONFUSION_LEAD = (
    "The output layer has one neuron for each class, and the largest share wins: 0.8, 0.1 and 0.1 mean the first. "
    "A **confusion matrix** counts what was mixed up. Pick a cell to see its rows."
)
CONFUSION_NOTES = (
    "Say: one score counts all mistakes alike, and a product rarely can. This table says which rows are taken for what. "
    "Point at a crossed cell and read it aloud: so many are this, and the network says that. Then open its rows in their own units. "
    "Expect the question which mistake matters more. The network does not know. "
    "You price a miss and a false alarm, and then move the threshold. Another lesson does that."
)


def spread_headline(told: Spread) -> str:
    """How much luck there is."""
    if len(told.starts) < 2:
        return "One run cannot tell skill from luck"
    if told.apart == 0:
        return "Here the start plays no part"
    return "A new start alone moves the score"


SPREAD_LEAD = (
    f"Your plan from {N_SPREAD} starts, on the same rows. **Same start** repeats every number; "
    "**new start** draws other first weights and another order of rows. The interval says what other test rows might give."
)
SPREAD_NOTES = (
    "Say: the plan is the same, the data are the same, only the first random weights differ. Your start, done again, gives the same bits. "
    "Point at the shaded band: all of that is luck. And at the long bar: other test rows could move the score that far. "
    "So a plan that wins by less has not won. Expect the question which start we ship. "
    "Choose it on a validation pile, and never quote the best test score of ten."
)


def spread_tells(told: Spread) -> dict[str, str]:
    """How to compare two plans."""
    return {
        "Metric": f"Two plans are compared over {N_SPREAD} starts each, with intervals. "
        f"On our example starts of one plan lie {told.apart_in_words} apart."
    }


def size_headline(told: Sizes) -> str:
    """Whether a bigger network is worth it."""
    if len(told.sizes) < 2:
        return "A size needs another one beside it"
    if told.enough is told.largest:
        return "Here even the largest network pays"
    if told.enough is told.sizes[0]:
        return "Here the simplest network is enough"
    if told.enough is told.best:
        return "Size pays here, up to a point"
    return "Beyond a certain size you pay for nothing"


SIZE_LEAD = (
    f"An **MLP** is a network of fully connected layers: here the same training of {len(SIZES)} sizes and yours, {N_STARTS} starts each. "
    "Some teams start too big and rein it in, like stretch pants with a belt. The belt is a penalty, dropout or an early stop."
)
SIZE_NOTES = (
    "Say: somebody will ask for a bigger network. Here is the answer as a picture. Each dot is a size, its bar the luck of the start. "
    "Point at the ring: the smallest size that is as good as the best, as far as these rows can tell. Then at the two curves on the right, and at the time below. "
    "Expect the question whether that holds for us. The picture is yours to ask for: same data, several sizes, unseen rows."
)


def size_tells(told: Sizes) -> dict[str, str]:
    """What a bigger network has to show."""
    return {
        "Metric": "A bigger network is taken only if its score on unseen rows leaves the interval of the smaller one.",
        "Latency": f"The cost of an answer is told with the score. On our example the largest network takes "
        f"{told.largest.meter.multiplications:,} multiplications, and {told.enough.meter.multiplications:,} are enough.",
    }


def accuracy_needs_company(shown: Built) -> str:
    """The baseline for the engineers' sheet."""
    if shown.unseen.is_share:
        return (
            f"Always answering the commonest class is tried first; on our example it gets "
            f"{shown.guess_in_words}. Boosted trees come next, then a small network."
        )
    return "Always answering the mean is tried first. Boosted trees come next, then a small network."
