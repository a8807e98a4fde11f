"""The words of the lesson "kNN vs softmax" that no setting moves."""

from __future__ import annotations

from dl_core.cifar10 import Cifar10Table, shipped_table
from dl_core.cost_of_use import CostOfUse
from dl_core.digit_answers import DigitAnswer
from dl_core.digit_question import shared_study
from dl_core.digits import DigitStudy, choice_sentence, finding_sentences
from dl_core.documents.content import Advice, HardQuestion
from dl_core.knn_vs_softmax import KnnVsSoftmaxStory
from dl_core.numbers_in_words import percent, seconds_in_words, two_figures
from dl_core.pixel_distance import PixelDistance
from dl_core.pixel_question import PixelStory
from dl_core.running_case import Case
from pages._shared.lesson import Option, Predict, Question, Source

HEADLINE = "Pay once at training, or pay at every request"
DECISION = "whether to store all examples (kNN) or learn a few numbers (softmax)."


def because(shown: KnnVsSoftmaxStory) -> str:
    """Why the guess is right, in the numbers on the screen."""
    return (
        f"kNN reads all {shown.settings.n_points} stored examples for every answer. "
        f"Softmax reads its {shown.softmax.cost.numbers} learned numbers and needs no examples any more."
    )


PREDICT = Predict(
    question="With ten times more examples, which one answers slower?",
    options=("kNN", "Softmax", "Both"),
    right="kNN",
    because=because,
)


def so_what(shown: KnnVsSoftmaxStory, case: Case) -> str:
    """What the difference means for the reader's own product."""
    ratio = two_figures(shown.knn.cost.operations / shown.softmax.cost.operations)
    return (
        f"You judge about {case.per_day:,} {case.items} a day (our assumption). "
        f"Here kNN does {ratio} times the work for each, and more with every example you add. "
        f"In return it can show its reasons: the past {case.items} it compared with. "
        f"Weigh both against the mistake: {case.miss}."
    )


TRADE_OFFS = (
    ("", "kNN", "Softmax"),
    ("To get ready", "Store the examples. No training.", "Train once, then keep a few numbers."),
    ("For each answer", "Compare with every example.", "Multiply, add, done."),
    ("To explain an answer", "Show the nearest examples.", "Show the weights; harder to read."),
    ("To add new examples", "Add them. They count at once.", "Train again."),
    ("Where it breaks", "Many examples; raw pixels of real photos.", "Groups no straight line can part."),
)

ASK_ENGINEERS = (
    Advice(
        "What does one answer cost when we have ten times the data?",
        "They name time and memory for one answer, today and at ten times the data, and how they measured it.",
        "They only talk about training time. Users never see training; they wait for answers.",
    ),
    Advice(
        "On which pile did you choose k?",
        "On the validation pile. The test pile was opened once, at the end.",
        "On the test pile. Then the test score is a practice score, and real users will see worse.",
    ),
    Advice(
        "What happens with a case unlike anything we stored?",
        "There is a distance limit. Past it, the system says so and a person takes over.",
        "The model is 99 % sure, so it is fine. Far from all data, a sure answer means little.",
    ),
    Advice(
        "Do you compare raw pixels or learned features?",
        "Learned features. Near pictures then tend to mean near things.",
        "Raw pixels, for real photos. A small shift or a new background breaks that.",
    ),
)


def what_if_asked(shown: KnnVsSoftmaxStory) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with the numbers on the screen and of our own run."""
    photos = shipped_table()
    network = photos.model("small CNN")
    ratio = two_figures(shown.knn.cost.operations / shown.softmax.cost.operations)
    return (
        HardQuestion(
            "Which of the two should we take?",
            f"Measure both on our data. Here kNN does {ratio} times the work for each answer, "
            "and it can show its reasons. If both score alike, take the cheaper one.",
        ),
        HardQuestion(
            "Why not a deep network straight away?",
            f"For photos, yes: a small one got {percent(network.score.value)} in our run. "
            "For a table of numbers, start with what is cheap and readable, and beat that first.",
        ),
        HardQuestion(
            "How do we know the confidence is real?",
            "We do not, until somebody counts how often answers this sure were right on our own cases. "
            "Far from known data it means little.",
        ),
        HardQuestion(
            "Can we add a new product without training again?",
            "With kNN, yes: store its examples and they count at once. Softmax must be trained again, "
            "which takes minutes here and longer with more data.",
        ),
        HardQuestion(
            "Does it keep our customers' data?",
            f"kNN does: all {shown.settings.n_points} examples stay in the product. "
            f"Softmax keeps {shown.softmax.cost.numbers} learned numbers. Ask legal about deleting a customer.",
        ),
    )


WHERE_IT_LIES = (
    "Two numbers make a point here. A photo has thousands, and there “near” means much less.",
    "We made these points. Real data is lopsided, mislabelled and moves with time.",
    "Real systems speed kNN up with an index, which trades a little accuracy for time.",
    "The digit models know handwriting. Printed digits look strange to them, and they often fail.",
    "Our softmax draws straight borders. A deep network bends them, and the last step is still this softmax.",
)

QUIZ = (
    Question(
        "Softmax is the more accurate of the two. Is that so?",
        (
            Option(
                "Yes, it has learned and kNN has not.",
                "On the digits further up, kNN is right more often. Softmax is cheaper to use, which is another matter.",
            ),
            Option(
                "Not always. It depends on the data.",
                "Measure both on your data, and read the cost beside the score.",
                right=True,
            ),
            Option(
                "No, kNN always wins.",
                "On real colour photos both do badly, and neither wins everywhere. Measure.",
            ),
        ),
    ),
    Question(
        "Softmax says 99 % for a case far from all its data. How often is it right?",
        (
            Option(
                "99 times in 100.",
                "Only if its confidence was checked on cases like this one. Far from the data nobody checked.",
            ),
            Option(
                "We cannot tell from that number.",
                "The share grows with distance from the border. It does not know what it has never seen.",
                right=True,
            ),
            Option("Never.", "It may well be right. The number alone cannot tell you."),
        ),
    ),
    Question(
        "Is kNN out of date?",
        (
            Option(
                "Yes, nobody uses it any more.",
                "Search, face matching and “more like this” rest on nearest neighbours over learned features.",
            ),
            Option(
                "Only on raw pixels. On learned features it is everywhere.",
                "A network turns a photo into features; nearest neighbours then find what is alike.",
                right=True,
            ),
            Option(
                "No, it is the best way to sort raw photos.",
                "On raw photo pixels it does badly, as our full run further up shows.",
            ),
        ),
    ),
)

MATHS = r"""
**Distance.** Between two examples $a$ and $b$: L1 is $\sum_i |a_i - b_i|$, L2 is $\sqrt{\sum_i (a_i - b_i)^2}$.

**kNN.** The answer is the class with the most votes among the $k$ nearest. A larger $k$ makes one strange point count less. A tie goes to the class whose voters lie nearest in sum; with two classes an odd $k$ cannot tie.

**Scores.** One per class: $s = Wx + b$. $W$ is a matrix, $b$ a vector.

**Softmax.** $p_c = e^{s_c} / \sum_j e^{s_j}$. All shares are above zero and sum to one.

**Loss.** $-\ln p_\text{right}$, with the natural logarithm. Training lowers its average.
"""

SOURCES = (
    Source(
        "CS231n, “Image classification” and “Linear classification” (Stanford)",
        "nearest neighbours, the piles, the published CIFAR-10 figures",
    ),
    Source(
        "“Deep learning for product managers, part 1”",
        "the train, car and ship example with four pixels; the car and ship rows are ours",
    ),
    Source(
        "A. Karpathy, “Lessons learned from manually classifying CIFAR-10” (2011)",
        "one person's score by hand",
    ),
    Source(
        "C. Northcutt and others, “Pervasive label errors in test sets” (2021)",
        "how many labels of CIFAR-10’s test are wrong",
    ),
    Source("scikit-learn, the digits data set", "the small pictures of digits"),
)


def _published(name: str) -> str:
    """A published share of right answers, as exactly as it was printed."""
    found = shipped_table().reported(name)
    return f"{100 * found.accuracy:.3g} %" if found else ""


CORRECTIONS = (
    "An article calls 38 % a study’s finding for kNN on CIFAR-10. It stands in CS231n’s lecture notes: "
    f"{_published('one neighbour, L1')} for L1 and {_published('one neighbour, L2')} for L2, with one neighbour.",
    f"An article gives people {_published('a person')}. That is one person’s test in 2011; a network of 2021 got {_published('best network')}. "
    "About 0.5 % of that test’s own labels are wrong, so hardly anything is left to win there.",
    "An article says that naming photos is not solved. By now it is, on tests such as this one; in your warehouse it is not.",
    "With two classes and an even k, votes can tie. We draw ties white and say how they break.",
    "An article says all quantities are vectors. The weights of several classes form a matrix.",
    "“L1” and “L2” name three different things: distances here, losses and penalties elsewhere.",
)


def plane_headline(shown: KnnVsSoftmaxStory) -> str:
    """The opening scene's message."""
    return "kNN asks its neighbours; softmax draws straight lines"


def digit_headline(answer: DigitAnswer) -> str:
    """Whether both models agree on the digit."""
    return "Both read the same digit" if answer.knn == answer.softmax else "One digit, two answers"


def templates_headline(found: DigitStudy) -> str:
    """What softmax keeps."""
    return "Softmax keeps one blurred picture per digit"


def choose_k_headline(found: DigitStudy) -> str:
    """How k was chosen."""
    return "Choose on one pile, score on another"


def pixels_headline(told: PixelStory) -> str:
    """What the sum shows."""
    return (
        "Wrong and certain" if told.example.answer != told.example.truth else "Four pixels become one answer"
    )


def cost_headline(both: CostOfUse) -> str:
    """Which one is cheaper to run."""
    return "How many answers you give decides which is cheaper"


def photos_headline(table: Cifar10Table) -> str:
    """What the table shows."""
    return "On real photos, raw pixels are the limit"


def how_measured(table: Cifar10Table) -> str:
    """Where the table comes from."""
    return f"Our own run of {table.date}: all training and test photos, seed {table.seed}. Command: `{table.command}`"


def study(_: None) -> DigitStudy:
    """Both models on digits; no setting moves it."""
    return shared_study()


def templates_sentence(found: DigitStudy) -> str:
    """What softmax keeps, counted."""
    return (
        f"Softmax keeps {found.softmax_cost.numbers} numbers: one picture and one added number, its bias, for each digit. "
        f"kNN keeps all {found.knn_cost.numbers:,} numbers of its training pile."
    )


def choose_k_sentence(found: DigitStudy) -> str:
    """The choice, and the score that it led to."""
    return f"{choice_sentence(found)} {finding_sentences(found)}"


PHOTOS_LEAD = (
    "CIFAR-10 is a public test of small colour photos in ten classes. We ran every model on all of it; hollow marks are what others published. "
    "In grey stand what a model keeps and its time for one answer (µs: millionths of a second). Here near in pixels no longer means near in meaning, so kNN and softmax both do badly. "
    "A small network (CNN) learns **features** first and then does the same last step, softmax."
)
DIGIT_LEAD = "Real handwriting, on 8 by 8 cells. Neither model has seen this digit. Pick another, draw one, or upload a photo of one."
TEMPLATES_LEAD = (
    "For each digit, softmax learned where ink speaks **for** it (orange) and **against** it (blue). "
    "A new digit is laid over all ten, and the best match wins. One picture has to fit every way of writing that digit."
)
CHOOSE_K_LEAD = (
    "How many neighbours to ask is a **hyper-parameter**: a setting that you choose and training does not. "
    "We tried several on the **validation pile**. The **test pile** was opened once, at the end, for the score you see. "
    "On these digits kNN is right more often than softmax, and it pays for that at every answer."
)
PIXELS_LEAD = (
    "Softmax on a photo of four pixels, with every **parameter**, a number that training sets, on the table. "
    "A **weight** says how much an input counts, a **bias** is added to the sum, and the sum is the class’s **score**. "
    "A power stretches the gaps between scores, and a share is one power out of all. The smaller the truth’s share, the larger the loss."
)
COST_LEAD = (
    "Put in your own load. **kNN** looks through all stored examples at every answer; engineers call answering **inference**, "
    "and the wait for it **latency**. Softmax pays once, in training, and then very little."
)

NEAR_LEAD = (
    "A photo is a list of colour values from 0 to 255. **L1** averages how many steps two lists differ, value by value. "
    "**L2** squares each difference first, so large ones count more. "
    "Here one photo meets three copies of itself, a blank square of its own average colour, and another photo."
)
NEAR_SOURCE = (
    "Gallery photos at 64 by 64 pixels, measured here; the flower is by vultilion on Flickr, CC BY 2.0."
)
NEAR_NOTES = (
    "Say: the computer sees no cat. It sees a list of colour values, and it compares two lists place by place. Point at the frame: "
    "it marks the nearest picture, and at the start that is an empty square. Pull the slider and watch the moved copy fall behind. "
    "Then take the flower: moved far enough, it loses to a rocket. Expect the question whether another distance would help. "
    "Switch to L1: the numbers change, the trap stays. Learned features are the way out."
)

PLANE_SOURCE = "Points that we made, so a toy; both models fitted on them here."
DIGITS_SOURCE = "Handwritten digits of the UCI repository, 1998, as shipped with scikit-learn; our own run."
PHOTOS_SOURCE = "CIFAR-10, all photos, our own run; hollow marks as published."
PIXELS_SOURCE = (
    "The four-pixel photo of “Deep learning for product managers, part 1”; the car and ship rows are ours."
)
COST_SOURCE = "Counted steps and memory at your own load; training steps are an estimate."

PLANE_NOTES = (
    "Say: both models saw the same points and get the same question, the star. On the left, the nearest points vote. "
    "On the right, three straight lines were learned and the points were thrown away. Point at a place where the two pictures differ. "
    "Then move the star far outside: kNN still votes, and softmax grows more and more sure. Expect the question which is better. "
    "Answer: it depends on the data, so let us look at what each one costs."
)
DIGIT_NOTES = (
    "Say: this is real handwriting, and neither model has seen this digit. Point at the row: the framed one is the question, "
    "and beside it stand the stored digits that voted. So you can look at kNN's reasons. Below are softmax's ten shares, a number "
    "without reasons. Let somebody in the room draw a digit. Expect the question why it fails on a slanted or tiny one. "
    "It compares cell by cell, so a small shift looks strange to it."
)
TEMPLATES_NOTES = (
    "Say: these ten pictures are all that softmax knows about handwriting. Orange means ink here speaks for this digit, blue means it speaks "
    "against it. Point at the zero: its middle must be empty. One picture has to fit every way of writing a digit, and that is the limit "
    "of a linear model. Expect the question what a deep network adds. It learns many such pictures, layer upon layer, and combines them."
)
CHOOSE_K_NOTES = (
    "Say: we did not guess how many neighbours to ask, we measured it. But on a pile of its own. If we had chosen on the test pile, "
    "the score would flatter us. Point at the chosen value and then at the test score. Expect the question why kNN wins here. Digits are small, "
    "centred and clean, so near in cells really means near in meaning. For colour photos this breaks, as the last table shows."
)
PHOTOS_NOTES = (
    "Say: same test for everybody, ten thousand photos that no model had seen. Blind guessing gets one in ten. Neighbours and softmax on raw "
    "pixels stay below half. A small network, trained in minutes, leaves them far behind. Point at the hollow marks: our run and the published "
    "figures agree. Expect the question about human level. It is one person's test from long ago, and today's best networks pass it, on this test. "
    "Your warehouse is another matter."
)
PIXELS_NOTES = (
    "Say: here is the whole sum, with nothing left out. Four pixels, four weights for each class, a bias, and out come three scores. "
    "Softmax turns scores into shares that add up to one. Point at the ship: almost one hundred percent. But it is a car. "
    "Wrong and certain is the most expensive mistake, and the loss says so. Expect the question who sets the weights. Training does, in small steps."
)
COST_NOTES = (
    "Say: this is what you pay while the product runs. The blue line climbs with every answer, the orange one starts higher because of training "
    "and then stays almost flat. Point at the crossing: from here on softmax is cheaper. Type in our own load. Expect the question about speed-ups. "
    "Real search engines use an index. Then kNN costs less than this picture says, and now and then misses a neighbour."
)


def near_headline(shown: PixelDistance) -> str:
    """Whether pixels still know the photo once it has moved."""
    if shown.relation == "farther":
        return "Here the moved photo is nearer than a blank square"
    return "Near in pixels is not near in meaning"


def plane_tells(shown: KnnVsSoftmaxStory) -> dict[str, str]:
    """What the plane says for the engineers' sheet."""
    return {
        "Explanation": f"kNN can show the {shown.settings.k} past cases that voted. "
        f"Softmax can show its {shown.softmax.cost.numbers} weights, which few people can read."
    }


def choose_k_tells(found: DigitStudy) -> dict[str, str]:
    """How a score is to be measured."""
    return {"Metric": "Share of right answers on a test pile that is opened once, with its 95 % range."}


def photos_tells(table: Cifar10Table) -> dict[str, str]:
    """What the simplest models reach, as the mark to beat."""
    simple, network = table.model("softmax"), table.model("small CNN")
    return {
        "Baseline": f"On CIFAR-10 photos the simplest model was right {percent(simple.score.value)} of the time, "
        f"a small network {percent(network.score.value)}. Today's process on our own photos: not measured yet."
    }


def cost_tells(both: CostOfUse) -> dict[str, str]:
    """Time and data at the reader's own load."""
    load = both.workload
    return {
        "Latency": f"At {load.requests_per_day:,} answers a day, one answer takes kNN "
        f"{seconds_in_words(both.knn.seconds_per_answer)} of processor time and softmax "
        f"{seconds_in_words(both.softmax.seconds_per_answer)}.",
        "Data": f"{load.n_examples:,} stored examples of {load.n_features:,} numbers in {load.n_classes} classes.",
    }
