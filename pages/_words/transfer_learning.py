"""The words of "Transfer learning" that no photo moves, and those of its opening scene."""

from __future__ import annotations

from dl_core.documents.content import Advice, HardQuestion
from dl_core.numbers_in_words import number, percent, seconds_in_words, so_many, two_figures
from dl_core.running_case import Case
from dl_core.transfer.opening import KEPT, Opening, learned_from, n_frozen
from dl_core.transfer.shares import whole
from pages._shared.lesson import Option, Predict, Question, Source
from pages._words import transfer_learning_check as check_words
from pages._words import transfer_learning_distance as distance_words
from pages._words.transfer_learning_enough import ENOUGH_LIES

HEADLINE = "Borrow a trained network and teach only its last layer"
DECISION = "how many photos to label, and whether to trust the result."


def because(told: Opening) -> str:
    """What was trained here, and what it reached."""
    trained = (
        f"The picture shows it: {number(told.head.n_trained)} numbers are trained, "
        f"{two_figures(n_frozen() / 1e6)} million stay as they are."
    )
    if told.right is None:
        return trained
    return (
        f"{trained} That gets {whole(told.right.value)} of unseen pictures right; "
        f"one answer for all gets {whole(told.always)}."
    )


PREDICT = Predict(
    question="You have 20 labelled photos of each kind. What do you train first?",
    options=("A new network, from nothing", "Only a new last layer", "Nothing: 20 are never enough"),
    right="Only a new last layer",
    because=because,
)


def so_what(told: Opening, case: Case) -> str:
    """What the score means at the reader's volume, and what it does not say."""
    volume = f"You judge about {case.per_day:,} {case.items} a day (our assumption)."
    if told.right is None:
        return f"{volume} Nothing was held out, so nobody can say how many would be wrong. Take more photos first."
    few, many = ((1 - end) * case.per_day for end in (told.right.high, told.right.low))
    return (
        f"{volume} At this score between {two_figures(few)} and {two_figures(many)} of them would get a wrong answer. "
        f"Each one can mean that {case.miss}. "
        "That holds for pictures like the held-out ones. So hold out photos of your own."
    )


TRADE_OFFS = (
    ("You choose", "You gain", "You pay"),
    (
        "Train only a new last layer",
        "Trains in a blink, from few photos.",
        "It can tell apart only what the borrowed network sees.",
    ),
    (
        "Train more of the layers",
        "It can learn new patterns.",
        "More photos, more time, more ways to go wrong.",
    ),
    ("Hold out whole bursts", "An honest score.", "A lower one, and fewer photos to learn from."),
    ("Hold back unsure answers", "Fewer wrong answers.", "A person looks at the rest."),
    (
        "A class for “something else”",
        "Some strangers are caught.",
        "You must collect them, and new kinds still come.",
    ),
)

ASK_ENGINEERS = (
    Advice(
        "How were the photos split?",
        "By product, day or place. No two photos of one thing lie on both sides.",
        "At random. Then near copies of the training photos are in the test.",
    ),
    Advice(
        "What did the borrowed network learn from?",
        "They know the photos, how near they are to ours, and what the licence allows.",
        "“It is a standard network.” Nobody read the licence.",
    ),
    Advice(
        "What happens if we label twice as many?",
        "They show a learning curve with its spread, and say what the next hundred photos would bring.",
        "“More data is always better.” No curve, no price.",
    ),
    Advice(
        "What does it say about a thing of no class?",
        "They tried things we do not sell, and counted how many got an answer.",
        "They tested only photos that belong to a class.",
    ),
    Advice(
        "Does the exported model answer like the one we tested?",
        "A test compares both on the same files, with the same way of shrinking photos.",
        "Nobody checked. The app shrinks photos in another way.",
    ),
)


def what_if_asked(told: Opening) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with this run's own counts."""
    return (
        HardQuestion("Is that enough photos?", _enough(told)),
        HardQuestion(
            "Why not train the whole network?",
            f"It has {two_figures(n_frozen() / 1e6)} million more numbers to find, from {so_many(sum(told.counts), 'picture')}. "
            "The race on this page trains its last stage, and a small network from nothing.",
        ),
        HardQuestion("What if it sees something else?", _something_else(told)),
        HardQuestion(
            "How long does it take to train?",
            f"The last layer took {seconds_in_words(told.seconds)} here, on a plain processor. "
            "Taking, labelling and checking photos takes days.",
        ),
        HardQuestion(
            "May we sell what we built on it?",
            "Not with this network: its photos were collected for non-commercial research. "
            "Ask for the licence of the network and of its photos before you build.",
        ),
    )


def _enough(told: Opening) -> str:
    if told.right is None:
        return "Nobody can say. Every class is one burst, so nothing could be held out. Take photos at another place first."
    right = told.right
    return (
        f"It is right on {right.hits} of {right.n} unseen pictures, so plausibly {whole(right.low)} to {whole(right.high)}. "
        "Whether that is enough depends on what a mistake costs us."
    )


def _something_else(told: Opening) -> str:
    if told.strangers is None:
        return "It names one of its classes: it has no other words. Nothing here could be measured, so measure that first."
    answered = told.strangers.answered
    return (
        f"It names one of its classes. We tried {so_many(answered.n, 'picture')} of other things: "
        f"{answered.hits} got an answer, at a bar that keeps {percent(KEPT)} of right ones."
    )


WHERE_IT_LIES = (
    "Parts, cloth and fruit are drawn and house numbers are painted: toy pictures. Real photos vary in more ways.",
    "The range counts each burst as one photo, because photos of one burst go right or wrong together.",
    "The borrowed network is small and saw 200 kinds of things. A larger one would often do better.",
    "The bar was set on the same held-out photos that it is checked on. Expect a little less on new ones.",
    "In the race the bars count each photo alone, the verdict a burst as one. Two bars may stand apart and tie.",
    check_words.LEAK_LIES,
    check_words.STRANGER_LIES,
    *distance_words.WHERE_IT_LIES,
    ENOUGH_LIES,
)

QUIZ = (
    Question(
        "Your team took ten photos of each part and split them at random: 99 % right. What do you say?",
        (
            Option(
                "Great, we launch.", "Photos of one part lie on both sides. The test asks what it has seen."
            ),
            Option(
                "Split by part and measure again.",
                "Then the test asks about parts it has never seen, as your users will.",
                right=True,
            ),
            Option(
                "Use fewer photos for the test.",
                "A smaller test is only less sure. The copies stay on both sides.",
            ),
        ),
    ),
    Question(
        "Your photos are X-rays. The borrowed network saw cats and cups. What do you expect?",
        (
            Option(
                "It fails for sure.",
                "Edges and textures are of use in X-rays too. How much, a test must show.",
            ),
            Option(
                "It works as well as with cats.",
                "The further from its photos, the less it helps. Measure it first.",
            ),
            Option(
                "It may help less. Compare it with other ways on held-out X-rays.",
                "Far from home, the frozen part can miss what counts. More layers may need training.",
                right=True,
            ),
        ),
    ),
    Question(
        "It is 98 % right on held-out photos. A user shows a thing of no class. What happens?",
        (
            Option(
                "It names one of the classes, perhaps very surely.",
                "It has no other words. The score said nothing about such photos.",
                right=True,
            ),
            Option("It says that it does not know.", "Only if you added such a rule and measured it."),
            Option("It is 98 % likely to be right.", "No class fits, so no answer is right."),
        ),
    ),
)

MATHS = r"""
**The frozen part.** For each photo the borrowed network gives $x$, a list of 320 numbers, each 0 or more. It is not changed.

**The new last layer.** One score for each class: $s_c = w_c \cdot z + b_c$, with $z$ the numbers of $x$ less their mean,
over their spread in the training photos. Then $p_c = e^{s_c} / \sum_j e^{s_j}$. Training lowers the average of
$-\ln p_\text{right}$ plus a small penalty $\tfrac{\lambda}{2} \sum w^2$. So $320$ weights and a bias are trained for each class.

**The range.** With $k$ of $n$ right, $\hat p = k / n$ and $z = 1.96$, Wilson's 95 % range is
$\left(\hat p + \tfrac{z^2}{2n} \pm z \sqrt{\tfrac{\hat p (1 - \hat p)}{n} + \tfrac{z^2}{4 n^2}}\right) / \left(1 + \tfrac{z^2}{n}\right)$.

**The bar.** The highest share of being sure that at least 95 % of the right held-out answers reach.
"""

SOURCES = (
    Source(
        "CS231n, Stanford, course notes on transfer learning", "when to freeze and when to train more layers"
    ),
    Source(
        "J. Yosinski and others, “How transferable are features in deep neural networks?” (2014)",
        "early layers carry over, later ones less so",
    ),
    Source("E. B. Wilson, “Probable inference” (1927)", "the range of a share"),
    Source(
        "Q. McNemar, “Sampling error of the difference between correlated proportions” (1947)",
        "who leads the race",
    ),
    Source(
        "A. Krizhevsky, “Learning multiple layers of features from tiny images” (2009)",
        "CIFAR-10, the real photos",
    ),
    Source(
        "A. Kumar and others, “Fine-tuning can distort pretrained features” (2022)",
        "first the head, then the last stage",
    ),
    Source("R. A. Fisher, “The design of experiments” (1935)", "the same test with bursts"),
    Source("C.-K. Yeh and others, “Representer point selection” (2018)", "which photos an answer leaned on"),
    Source("M. Mitchell and others, “Model cards for model reporting” (2019)", "what a card says"),
    Source(
        "E. Alpaydin and C. Kaynak, digits of the UCI repository (1998)", "the digits on the house numbers"
    ),
    Source("Tiny ImageNet-200 (Stanford CS231n, 2015)", "what the borrowed network learned from"),
)

TASK_LEAD = (
    "**Transfer learning** takes over a network that learned from other photos and trains only a new last layer. "
    "A third of the pictures is **held out**: never learned from, only for the check. "
    "A **burst** is a group of pictures of one thing; it never lies on both sides."
)
TASK_SOURCE = "Pictures drawn or cut by us, digits from UCI, or your own; our frozen network; a third held out by burst."
TASK_NOTES = (
    "Say: four steps, and most teams stop after two. Gather a few pictures a class, train only the last layer, check on pictures "
    "it never saw, then ask what it does with everything else. "
    "Point at the bar under Check: the dark line is the range, and the hatched bar is what one answer for all would get. "
    "Then move the slider to five. "
    "Expect the question why it answers pictures of other things. It has no word for them, so a rule must hold them back."
)


FEWEST = 20  # held-out photos below which a score is no headline


def task_headline(told: Opening) -> str:
    """The opening scene's message."""
    if told.right is None:
        return "Without held-out photos there is no score"
    if told.right.n < FEWEST:
        return f"{told.right.hits} of {told.right.n} right: too few photos to tell"
    if not told.beats_guessing:
        return f"{learned_from(told)} may not be enough here".capitalize()
    return f"With {learned_from(told)} it gets {whole(told.right.value)} right"


def task_tells(told: Opening) -> dict[str, str]:
    """What the engineers' sheet learns from the four steps."""
    data = f"Learned from {learned_from(told)}, {so_many(sum(told.counts), 'picture')} in all; whole bursts held out."
    if told.right is None:
        return {"Data": data}
    right = told.right
    return {
        "Data": data,
        "Metric": f"Right on {right.hits} of {right.n} held-out pictures ({whole(right.low)} to {whole(right.high)}).",
        "Baseline": f"One answer for all gets {whole(told.always)}.",
    }
