"""The words of "CNN filters" that no setting moves, and those of its scenes "kernel" and "fit"."""

from __future__ import annotations

from dl_core.documents.content import Advice, HardQuestion
from dl_core.kernel_fit import Fit
from dl_core.kernels import LONGEST_SIDE, SIDE, Filtered
from dl_core.numbers_in_words import bytes_in_words, number, seconds_in_words, so_many, two_figures
from dl_core.running_case import Case
from dl_core.vision import read_card
from pages._shared.lesson import Option, Predict, Question, Source

N_WEIGHTS = SIDE * SIDE

HEADLINE = "A vision network uses a few weights again and again"
DECISION = "whether you need a vision network, and what its labels cost."


def because(told: Filtered) -> str:
    """Why the guess is right, with what stands in the picture."""
    return (
        "Training moves them, as it moves all weights, to lower the loss. "
        f"The {N_WEIGHTS} weights in the picture are an exception: people set them. "
        "Further down you see weights that training found."
    )


PREDICT = Predict(
    question="Who chooses the weights of a vision network’s filters?",
    options=("An expert, one by one", "Training, from labelled photos", "The maker of the camera"),
    right="Training, from labelled photos",
    because=because,
)


def so_what(told: Filtered, case: Case) -> str:
    """What it costs to run at the reader's volume, and where the cost really lies."""
    busy = seconds_in_words(case.per_day * read_card().milliseconds / 1000)
    return (
        f"You judge about {case.per_day:,} {case.items} a day (our assumption). "
        f"Our small network would need {busy} of one processor core for them. "
        "Running it is the cheap part; labels are the dear one. "
        f"So ask first whether a person could tell {case.answer} from a photo alone."
    )


TRADE_OFFS = (
    ("You choose", "You gain", "You pay"),
    ("A name for each photo", "The cheapest label.", "You do not learn where, or how many."),
    ("A box around each thing", "Where it is, and how many.", "More time of labelling for each photo."),
    ("An outline of each thing", "Its shape, such as bone or tissue on a scan.", "The dearest label."),
    ("Larger photos", "Small things stay visible.", "Twice as wide and high: four times the work."),
    ("A bigger stride, or pooling", "Less work, smaller maps.", "Fine detail is lost early."),
    ("Zeros around the photo", "The map keeps its size.", "False edges at the rim."),
)

ASK_ENGINEERS = (
    Advice(
        "Could a rule or a table do this without photos?",
        "They tried one, and know its score on the same cases.",
        "Nobody tried. A photo is the dearest kind of input to label.",
    ),
    Advice(
        "Do we need a name, a box or an outline?",
        "They start from the decision: a name is enough unless we act on the place or the count.",
        "They pick the outline because it looks best in a demo.",
    ),
    Advice(
        "How small is the smallest thing it must see, in pixels?",
        "They measured it after the photo was shrunk to the network’s size, and it is still several pixels wide.",
        "They know only the size of the original photo.",
    ),
    Advice(
        "Start from our photos alone, or from a trained network?",
        "From a trained one, and they show the score of both on our own held-out photos.",
        "From nothing, with a few hundred photos.",
    ),
    Advice(
        "How do we know what a filter answers to?",
        "They switch it off and count which answers change, on many photos.",
        "They show one pretty picture and give the filter a name.",
    ),
)


def what_if_asked(told: Filtered) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with this page's own numbers."""
    card = read_card()
    return (
        HardQuestion(
            "Did somebody program these filters?",
            f"The {N_WEIGHTS} weights in this picture: yes. Those of a trained network: no. "
            "Training finds them from labelled photos, and nobody sets one by hand.",
        ),
        HardQuestion(
            "Why so few weights for a whole photo?",
            f"Because they are used again at every place, here {told.sums.size:,} times. "
            "What is worth finding in one corner is worth finding in the other.",
        ),
        HardQuestion(
            "Does it see the way we see?",
            "We cannot claim that. It multiplies and adds. "
            "It can be right for reasons no person would use, so test it on photos like ours.",
        ),
        HardQuestion(
            "What does it cost to run?",
            f"Ours: {two_figures(card.milliseconds)} milliseconds of one core for an answer, "
            f"{bytes_in_words(card.weights_bytes)} of weights. Bigger ones cost more. Labels usually cost most.",
        ),
        HardQuestion(
            "Would a bigger photo make it better?",
            "Only if what counts is too small now. Twice as wide and high is four times the work "
            "for every layer. Measure both sizes first.",
        ),
    )


WHERE_IT_LIES = (
    "The kernels of the first picture are set by hand. A network learns its own, and most have no name.",
    f"The photo is grey and at most {LONGEST_SIDE} cells long here. A network reads three colours, and adds them up.",
    "One kernel makes one map. A layer has dozens, and the next layer reads all of their maps at once.",
    "A name for a filter is a guess. It says what the filter might answer to, not what it is for.",
    "A filter that hardly moves this photo may matter for another. A picture made for a filter proves nothing.",
    "A flat colour fills what comes in at the edge of a moved photo. Mirrored edges can give another answer.",
    "Our network is small and has seen small photos. Costs and scores of yours will differ.",
)

QUIZ = (
    Question(
        "Your photos become twice as wide and twice as high. How many weights does a filter need now?",
        (
            Option(
                "Four times as many.",
                "The work grows four times, because there are four times as many places. The weights stay.",
            ),
            Option(
                "As many as before.",
                "The same weights are used at every place, and a larger photo has more places.",
                right=True,
            ),
            Option(
                "Twice as many.",
                "A filter’s size does not depend on the photo’s. A fully connected layer’s would.",
            ),
        ),
    ),
    Question(
        "A filter lights up on a cat’s whiskers. What do you know?",
        (
            Option(
                "It detects whiskers.",
                "It might. It may answer to any thin bright line. One photo cannot tell.",
            ),
            Option(
                "It answers to something in that patch.",
                "To learn more, try many photos, and switch it off to see which answers move.",
                right=True,
            ),
            Option(
                "It sees whiskers as a person does.",
                "It multiplies and adds numbers. Nothing in the picture shows more than that.",
            ),
        ),
    ),
    Question(
        "You must count the dents on each photo of a car. Which labels do you pay for?",
        (
            Option(
                "One name for each photo.",
                "A name says that there is a dent. It does not say how many.",
            ),
            Option(
                "A box around each dent.",
                "Boxes can be counted, and are the cheapest label that can.",
                right=True,
            ),
            Option(
                "The outline of each dent.",
                "It works, but an outline takes longer to draw than a box, and you need only the count.",
            ),
        ),
    ),
)

MATHS = (
    r"""
**Convolution, as networks do it.** With weights $w$ of size $k \times k$, padding by 0, stride $s$ and dilation $d$,
$y_{ij} = \sum_{a=0}^{k-1} \sum_{b=0}^{k-1} w_{ab} \, x_{\,is + ad,\; js + bd}$.
Mathematics calls this cross-correlation: its own convolution would first turn the weights by half a circle.
For learned weights it makes no difference, because training finds them turned.

**Size.** $n$ cells become $\left\lfloor \dfrac{n + 2p - d(k - 1) - 1}{s} \right\rfloor + 1$. Below 1, the window does not fit.

**Colour and many filters.** One filter over $c$ input maps has $c \cdot k^2 + 1$ numbers, the last one a bias. It adds up what it finds in
all $c$ maps. A layer of $m$ filters has $m (c k^2 + 1)$ numbers, whatever the size of the photo.

**Pooling.** $y_{ij}$ is the largest, or the average, of its window. It has no weights.
"""
    + f"""
**A pixel** is three numbers from 0 to 255: red, green and blue. So a photo of 32 by 32 is {3 * 32**2:,} numbers.
"""
)

SOURCES = (
    Source(
        "I. Goodfellow, Y. Bengio and A. Courville, “Deep Learning” (2016), chapter 9",
        "convolution, and that networks do not turn the weights around",
    ),
    Source(
        "V. Dumoulin and F. Visin, “A guide to convolution arithmetic for deep learning” (2016)",
        "the size formula",
    ),
    Source("PyTorch, documentation of Conv2d", "the size formula with dilation"),
    Source(
        "Y. LeCun and others, “Gradient-based learning applied to document recognition” (1998)",
        "filters that are learned, and used at every place",
    ),
    Source(
        "A. Krizhevsky and others, “ImageNet classification with deep convolutional neural networks” (2012)",
        "what learned first filters look like",
    ),
    Source("Z. Wang and others, “CNN Explainer” (2020)", "from the whole path to one sum, in linked views"),
    Source(
        "C. Olah and others, “Feature visualization” (Distill, 2017)", "what a filter wants, grown from noise"
    ),
    Source(
        "A. Morcos and others, “On the importance of single directions for generalization” (2018)",
        "switching single filters off",
    ),
    Source(
        "K. Simonyan and others, “Deep inside convolutional networks” (2013)",
        "climbing a score by changing the picture",
    ),
    Source(
        "D. Papadopoulos and others, “Extreme clicking for efficient object annotation” (2017)",
        "7 seconds a box",
    ),
    Source(
        "H. Su and others, “Crowdsourcing annotations for visual object detection” (2012)",
        "25.5 seconds a box",
    ),
    Source("T.-Y. Lin and others, “Microsoft COCO” (2014)", "22 hours for 1,000 outlines"),
    Source("A. Bearman and others, “What’s the point” (2016)", "1 second for a yes or no"),
)

CORRECTIONS = (
    "Some articles show filters set by hand as if they were a network’s. In a network, training finds them.",
    "An article counts face recognition as classification. Asking who it is, or whether it is the same person, has names of its own: identification, verification.",
    "Some say a filter is flipped before it slides. In networks it is not; mathematics calls that cross-correlation.",
)


def kernel_headline(told: Filtered) -> str:
    """The opening scene's message."""
    if told.settings.way == "goes to":
        n = sum(term.exists for term in told.terms)
        return f"One pixel of the photo goes into {so_many(n, 'sum')}"
    return "Nine weights slide over the photo and draw a map"


def fit_headline(told: Fit) -> str:
    """What the window's size, step and padding decide."""
    if not told.settings.places:
        return "A window that does not fit gives nothing"
    if told.unread:
        return "A step too long leaves part of the picture unread"
    if told.settings.kind != "weights":
        return "Pooling keeps one number of each window"
    return "Window, step and padding decide how much comes out"


FIT_LEAD = (
    "A small picture made by hand: its left half is bright (10), its right half dark (0). "
    "**Stride** is how far the window steps, **padding** a rim of zeros, **dilation** the spacing of the cells it reads. "
    "**Pooling** keeps one number of each window and has no weights."
)

KERNEL_SOURCE = "Our own sums on the photo, in grey; the nine weights are set by hand, not learned."
FIT_SOURCE = "A picture and weights made by hand, the well-known demonstration; our own sums."

KERNEL_NOTES = (
    "Say: a picture is a table of numbers. Nine weights lie on nine of them; multiply, add up, and you have one number of the map. "
    "Then move on by one and do it again, with the same nine. "
    "Point at the red frame, then at the nine products, and add them aloud. Press another preset and watch the map change. "
    "Expect the question who chose the weights. Here people did. In a network training finds them, and they have no names."
)
FIT_NOTES = (
    "Say: a window has to find its place. How large the map becomes follows from five numbers, and engineers choose them. "
    "Point at the red frame on the left and its one number on the right. Then press the last preset: nothing comes out, and the page says why. "
    "Expect the question why anybody skips cells. A bigger step makes all later layers cheaper. The price is detail, and small things may be lost."
)


def kernel_tells(told: Filtered) -> dict[str, str]:
    """What the sheet for the engineers learns here: what an answer of our own network costs."""
    card = read_card()
    return {
        "Latency": (
            f"For scale: a small vision network of {number(card.parameters)} numbers takes "
            f"{two_figures(card.milliseconds)} milliseconds of one core for an answer."
        )
    }
