"""The words of the live classifier that no photo moves."""

from __future__ import annotations

from dl_core.documents.content import Advice, HardQuestion
from dl_core.live_classifier import LiveStory
from dl_core.numbers_in_words import percent, two_figures
from dl_core.running_case import Case
from dl_core.vision import read_card
from dl_core.vision.wobble import Wobble
from pages._shared.lesson import Option, Predict, Question, Source
from pages._words import live_classifier_course as course_words
from pages._words.live_classifier_bar import BAR_LIES

HEADLINE = "It always answers, so ask how often it is right"
DECISION = "whether a model's answer about a photo is sure enough to act on."


def because(told: LiveStory) -> str:
    """Why the guess is right, in this network's own figures."""
    found = read_card().refusals
    right, wrong = found["right answers"], found["wrong answers"]
    return (
        "It picks from its list, whatever you show. A rule on top can hold an answer back. "
        f"Ours held back {wrong.hits:,} of {wrong.n:,} wrong answers, and {right.hits:,} of {right.n:,} right ones with them."
    )


PREDICT = Predict(
    question="You show it a thing it has never learned. What does the network do?",
    options=("Says it does not know", "Names something from its list", "Stops with an error"),
    right="Names something from its list",
    because=because,
)


def so_what(told: LiveStory, case: Case) -> str:
    """What the score means at the reader's volume."""
    card = read_card()
    wrong = (1 - card.top1.value) * case.per_day
    return (
        f"You judge about {case.per_day:,} {case.items} a day (our assumption). "
        f"At this network's score, about {two_figures(wrong)} of them would get a wrong first answer. "
        f"Each one can mean that {case.miss}. So send unsure answers to a person, and act alone only on sure ones."
    )


def answer_headline(told: LiveStory) -> str:
    """The opening scene's message."""
    return (
        "It would rather not answer"
        if told.prediction.refused
        else "One photo in, one name from its list out"
    )


TRADE_OFFS = (
    ("You choose", "You gain", "You pay"),
    ("A higher bar for an answer", "Fewer wrong answers.", "More photos go to a person."),
    ("A longer list of names", "More things can be named.", "More names to mix up."),
    ("More views of one photo", "A steadier answer.", "More time for each answer."),
    (
        "A heat map beside each answer",
        "You see where its score came from.",
        "Not why. Three methods draw three maps.",
    ),
    ("A bar found from prices", "The least cost, counted.", "A new count whenever photos or prices change."),
)

ASK_ENGINEERS = (
    Advice(
        "Of 100 answers this sure, how many are right on our photos?",
        "They show a table counted on our own recent photos, with how many photos stand behind each line.",
        "They read the share out as if it were the chance to be right. It often is not.",
    ),
    Advice(
        "What does it do with something that is not on its list?",
        "There is a rule that holds such answers back, and they know how often it holds back good ones.",
        "“The model will notice.” It will not. It must choose from its list.",
    ),
    Advice(
        "Were the test photos like the ones our users will take?",
        "They took them from real use: same phones, light and angles. They test again every few months.",
        "They come from the same source as the training photos. Then the score is a best case.",
    ),
    Advice(
        "Who sees the unsure photos, and how fast?",
        "A named team, with a count of photos a day and a promised time.",
        "Nobody. Then every unsure answer is a wrong answer waiting to happen.",
    ),
)


def what_if_asked(told: LiveStory) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with this network's own counts."""
    card = read_card()
    right, wrong = card.refusals["right answers"], card.refusals["wrong answers"]
    return (
        HardQuestion(
            "Is ninety percent sure right nine times in ten?",
            f"Nearly, on its own kind of photos: the gap is {two_figures(100 * card.ece)} points on average. "
            "On ours nobody has counted yet. That count comes first.",
        ),
        HardQuestion(
            "What does it say about something it never learned?",
            f"It names something from its list. A rule holds back {percent(wrong.value)} of wrong answers "
            f"and {percent(right.value)} of right ones. The rest goes through.",
        ),
        HardQuestion(
            "Why not use a famous big model?",
            "Perhaps we should. This one is small so that it runs here, with no cloud. "
            "Compare both on a few hundred of our own photos before paying for size.",
        ),
        HardQuestion(
            "Does the heat map prove it looked at the right thing?",
            "No. It shows where, not why. A scrambled network draws a map too, so compare the two. "
            "Treat it as a hint for checking.",
        ),
        HardQuestion(
            "Who is to blame when it is wrong?",
            "We are: we chose the bar. So decide who checks unsure photos, how fast, "
            "and how a customer can object, before the launch.",
        ),
    )


WHERE_IT_LIES = (
    "Its photos are small and old. Yours are large and new. Expect it to be worse on yours.",
    "It gives one name for a whole photo, also when the photo shows several things.",
    "A heat map shows where, not why. Three known methods draw three maps of one answer.",
    "A grey box is a thing the network never learned from. A fall can mean that the box disturbs it.",
    "The three models on features share one network. When it is blind to something, they all are.",
    "The tiny change is made with full sight of the network, after shrinking. Outsiders have less to work with.",
    BAR_LIES,
    "The count behind “of 100 answers this sure” comes from its own kind of photos, not from yours.",
)

QUIZ = (
    Question(
        "The network says 90 %. What does that mean on your photos?",
        (
            Option(
                "It is right 9 times in 10.",
                "Only if somebody counted on photos like yours. Networks are often too sure of themselves.",
            ),
            Option(
                "It prefers this name to the others. How often it is right must be counted.",
                "The count on test photos stands beside each answer. Your own photos need their own count.",
                right=True,
            ),
            Option(
                "90 % of the photo shows this thing.",
                "The share speaks of names on the list, not of parts of the photo.",
            ),
        ),
    ),
    Question(
        "The heat map lies on the object. Is the answer safe?",
        (
            Option(
                "Yes, it looked at the right place.",
                "A wrong answer can look at the right place too. The map shows where, not why.",
            ),
            Option(
                "No. Compare with the scrambled network first.",
                "If a network with random weights gives the same map, the map says little.",
                right=True,
            ),
            Option(
                "Heat maps are never of any use.",
                "They are a good hint at shortcuts, such as snow for a husky. They are no proof.",
            ),
        ),
    ),
    Question(
        "Two models score 94 % and 95 % on 1,000 photos. Which do you take?",
        (
            Option(
                "The one with 95 %.",
                "On 1,000 photos each score can be off by more than a point. This is a tie.",
            ),
            Option(
                "They are tied here. Look at cost and at the mistakes.",
                "The ranges overlap. Ask for more photos, or choose by what a mistake costs.",
                right=True,
            ),
            Option("The one that is more sure.", "Being sure is not being right. Count both."),
        ),
    ),
)

MATHS = r"""
**Probabilities.** The network gives one score per name, averaged over its views of the photo. With temperature $T$,
$p_c = e^{s_c / T} / \sum_j e^{s_j / T}$. $T$ was fitted on photos kept aside from training, to lower $-\ln p_\text{right}$.

**Expected calibration error.** Sort answers by how sure they are, in bins. It is the average gap between how sure
and how often right, weighted by the count in each bin.

**Grad-CAM.** Each last feature map is weighted by the average slope of the class score, and the maps are added up.
**Occlusion** is the score with the photo whole, minus the score with a place in grey. **Integrated gradients** add up
$(x - x_0) \cdot \partial s / \partial x$ on the straight way from a grey picture $x_0$ to the photo $x$.

**The attack.** Several steps $x \leftarrow x \pm \eta\,\text{sign}(\partial L / \partial x)$; no pixel leaves $\pm\epsilon$.

**The bar.** With price $w$ for a wrong answer and $l$ for a look, a calibrated answer is worth giving above $1 - l/w$.
"""

SOURCES = (
    Source(
        "Tiny ImageNet-200 (Stanford CS231n, 2015)",
        "the training and test photos, collected for non-commercial research",
    ),
    Source("K. He and others, “Deep residual learning” (2015)", "the shape of the network"),
    Source(
        "C. Guo and others, “On calibration of modern neural networks” (2017)",
        "temperature and calibration error",
    ),
    Source("R. Selvaraju and others, “Grad-CAM” (2017)", "the heat map"),
    Source(
        "M. Zeiler and R. Fergus, “Visualizing and understanding convolutional networks” (2013)",
        "the grey box",
    ),
    Source(
        "M. Sundararajan and others, “Axiomatic attribution for deep networks” (2017)", "integrated gradients"
    ),
    Source("V. Petsiuk and others, “RISE” (2018)", "the deletion test of a heat map"),
    Source(
        "I. Goodfellow and others, “Explaining and harnessing adversarial examples” (2014)", "the tiny change"
    ),
    Source(
        "A. Madry and others, “Towards deep learning models resistant to adversarial attacks” (2017)",
        "its several steps",
    ),
    Source(
        "C. K. Chow, “On optimum recognition error and reject tradeoff” (1970)",
        "the bar that two prices ask for",
    ),
    *course_words.SOURCES,
    Source(
        "J. Adebayo and others, “Sanity checks for saliency maps” (2018)", "the scrambled control beside it"
    ),
)

WOBBLE_LEAD = (
    "A person names the same thing when a photo is mirrored, cropped or a little darker. Each dot shows how sure the network "
    "still is of its first answer."
)
HOW_SURE_LEAD = (
    "We sorted its answers on photos it had never seen by how sure they were, and counted how many were right. "
    "On the diagonal, being 70 % sure means being right 70 times in 100: then it is **calibrated**."
)

ANSWER_SOURCE = "Our own network, trained on Tiny ImageNet (200 things); calibrated on photos it never saw."
HOW_SURE_SOURCE = "Counted on held-out photos of Tiny ImageNet; the bars are 95 % intervals."

ANSWER_NOTES = (
    "Say: this is a real network, running on this machine. Show a sample, then ask the room for a photo without people. "
    "Point at the bars: it spreads one hundred percent over two hundred names, and it must choose. Then read the live sentence aloud. "
    "Somebody will ask whether ninety percent means right nine times in ten. Answer: only because we counted, on our kind of photos. "
    "On yours, nobody has counted yet, and that count is what you should ask for."
)
WOBBLE_NOTES = (
    "Say: nothing that matters has changed in these photos, and yet the dots move. Point at the dot farthest left and name the change. "
    "A wrong answer that survives all changes is worse than one that flips, because nothing warns you. "
    "Expect the question how to make it steadier. Three ways: train on changed photos, average several looks, or send shaky answers "
    "to a person. Each costs time or money, so ask which change really happens in your product."
)
HOW_SURE_NOTES = (
    "Say: each point is a group of answers. Right of the middle, the network was sure; higher up, it was more often right. "
    "On the line, its confidence can be taken at its word. Point at the red diamond: that is the answer from the top of this page. "
    "Expect the question whether this holds for our own photos. It does not carry over by itself. Ask your engineers for the same "
    "picture, counted on a few hundred of your own photos, and repeat it after every change."
)


def answer_tells(told: LiveStory) -> dict[str, str]:
    """Who sees the unsure answers."""
    card = read_card()
    wrong, right = card.refusals["wrong answers"], card.refusals["right answers"]
    return {
        "Review": f"Answers under {percent(card.threshold)} sure go to a person. In our test that held back "
        f"{percent(wrong.value)} of wrong answers and {percent(right.value)} of right ones.",
        "Latency": f"One photo took {1000 * told.prediction.seconds:.0f} ms on one core.",
    }


def wobble_tells(rows: tuple[Wobble, ...]) -> dict[str, str]:
    """How steady the answer is."""
    held = sum(row.held for row in rows[1:])
    return {
        "Stop rule": f"The answer held in {held} of {len(rows) - 1} small changes of one photo. "
        "Agree on the share of our own photos that must hold."
    }


def how_sure_tells(told: LiveStory) -> dict[str, str]:
    """What was counted, and what was not."""
    card = read_card()
    return {
        "Metric": f"First answer right for {percent(card.top1.value)} of {card.top1.n:,} test photos "
        f"({percent(card.top1.low)} to {percent(card.top1.high)}). On our own photos: not counted yet.",
        "Data": "A few hundred of our own photos, labelled twice, that the model never learned from.",
    }
