"""The words of the lesson "MLP builder" that no setting moves."""

from __future__ import annotations

from dl_core.documents.content import Advice, HardQuestion
from dl_core.mlp.judge import meter
from dl_core.mlp_builder import Built
from dl_core.running_case import Case
from pages._shared.lesson import Option, Predict, Question, Source, Table

HEADLINE = "A bigger network is worth what it wins on unseen rows"
DECISION = "how large a network your data deserve, and when to stop training it."


def because(shown: Built) -> str:
    """Why the guess is right, in the numbers on the screen."""
    hidden = shown.settings.plan.hidden or (8,)
    now, twice = (
        meter(shown.dealt.n_inputs, widths, shown.dealt.n_outputs).multiplications
        for widths in (hidden, tuple(2 * width for width in hidden))
    )
    return (
        f"An answer takes {now:,} multiplications with {' and '.join(map(str, hidden))} neurons, and {twice:,} "
        "with twice as many. The score on new rows may rise, stay or fall. Further down we measure it."
    )


PREDICT = Predict(
    question="Same data, twice the neurons in every layer. What is sure to go up?",
    options=("The score on new rows", "The cost of each answer", "Both"),
    right="The cost of each answer",
    because=because,
)


def so_what(shown: Built, case: Case) -> str:
    """What size means for the reader's own product."""
    score = shown.unseen
    got = f"{score.counted} right" if score.is_share else f"off by {score.in_words}"
    return (
        f"For your {case.items}, ask for the score on rows nobody trained on, beside the simplest rule. "
        f"Here that is {got} against {shown.guess_in_words}. "
        f"A bigger network has to win more than luck, and you pay for it on each of {case.per_day:,} answers a day."
    )


TRADE_OFFS: Table = (
    ("", "For a neural network", "Against it"),
    (
        "What it learns",
        "Complex relations, many features at once",
        "Needs many labels; learns few rows by heart",
    ),
    ("Your data", "Photos, sound, text: little feature work", "On tables of data, boosted trees usually win"),
    ("Cost", "Good tools, much of it free", "Computing, energy, and many tries until it trains"),
    ("Trust", "Can be checked on unseen rows", "Hard to explain; its shares are often too sure"),
    ("In use", "Answers fast once it is trained", "Fails in silence on data unlike its own"),
)

ASK_ENGINEERS = (
    Advice(
        "What did the bigger network win on rows nobody trained on?",
        "More than ten starts of the small one lie apart, with the interval beside it.",
        "The training score went up. It nearly always does.",
    ),
    Advice(
        "Which rows chose the size, and which gave the final score?",
        "Three piles: one to learn from, one to choose by, one opened once at the end.",
        "The same test rows did both, so the score flatters.",
    ),
    Advice(
        "What do boosted trees get on the same table?",
        "They show it: many small decision trees, added up, on the same rows, with the interval.",
        "Nobody tried, since networks are the state of the art.",
    ),
    Advice(
        "What keeps it from learning its rows by heart?",
        "More rows, a penalty, dropout or an early stop; they tried each and measured.",
        "It cannot, because L2 is switched on.",
    ),
    Advice(
        "Which settings did you choose by hand, and how many did you try?",
        "Layers, neurons, activation, optimiser, rate and batch are logged with each run.",
        "The one that worked is known, the others are forgotten.",
    ),
)


def what_if_asked(shown: Built) -> tuple[HardQuestion, ...]:
    """What a room asks, answered from this network and from sums."""
    large, line = (meter(784, hidden, 10).parameters for hidden in ((128,), ()))
    off = "" if shown.unseen.is_share else "off by "
    if shown.unseen.is_share:
        guess = f"Always saying {shown.guess} gets {shown.guess_in_words} here"
    else:
        guess = f"Always saying the mean is off by {shown.guess_in_words} here"
    return (
        HardQuestion(
            "Would a deeper network do better?",
            "Nobody knows before it is measured. More layers can represent more. "
            "Whether training finds it depends on the data, the start and the rate.",
        ),
        HardQuestion(
            "Is a score of 99 % good?",
            f"Ask what the simplest rule gets. {guess}. Where one case in a hundred matters, "
            "always saying no gets 99 %.",
        ),
        HardQuestion(
            "Should we pay for more rows or for a bigger network?",
            f"Compare: here {off}{shown.own_in_words} on its own rows, {off}{shown.unseen.in_words} on unseen ones. "
            "A wide gap asks for rows. Two poor scores ask for size or better columns.",
        ),
        HardQuestion(
            "How large are networks outside this page?",
            f"The page on neurons counts three for small digit pictures: {line:,} to {large:,} numbers. "
            "Today’s largest hold billions.",
        ),
        HardQuestion(
            "Should we not start big and rein it in?",
            "Many teams do, with a penalty, dropout or an early stop. It works when rows are many and "
            "somebody watches the unseen ones.",
        ),
    )


WHERE_IT_LIES = (
    "Most of these data are toys that we made. Only the flowers and the wines are real, and both are easy.",
    "One pile judges all: we compare, stop and score on the same test rows. So the best looks a little too good.",
    "“Fits” and “memorises” are rules of ours, with thresholds that we chose. They are a hint, not a proof.",
    "That a network can represent a curve does not say that training finds it.",
    "Layers are no sandwich: their order counts, and a change in one changes all that follow.",
    "Of more than two columns the picture shows two. The others stay at their mean.",
    "A large share is not a promise. Networks are often too sure, most of all on rows unlike their own.",
    "Stretch pants fit one body that you know. A network must fit rows that nobody has seen; without the belt a big one learns by heart.",
)

QUIZ = (
    Question(
        "All of its own rows are right, of unseen rows only three in four. What helps?",
        (
            Option(
                "More neurons.",
                "It can already hold every row. More neurons hold them more firmly, noise included.",
            ),
            Option(
                "More rows, or reining it in.",
                "The gap says it learned by heart. More rows, a penalty, dropout or an early stop work against that.",
                right=True,
            ),
            Option(
                "Longer training.",
                "The training loss falls on, and the test loss rises. Watch the two curves part.",
            ),
        ),
    ),
    Question(
        "On 200 unseen rows one network gets 94 %, a larger one 95 %. Which do you take?",
        (
            Option(
                "The larger one, it is better.",
                "Two rows more out of 200. The interval is several points wide, and a new start moves it too.",
            ),
            Option(
                "The smaller one, until more rows decide.",
                "The gain is within luck. The cost of each answer is not.",
                right=True,
            ),
            Option(
                "Neither, both are above 90 %.",
                "A score says little without the simplest rule beside it and the price of mistakes.",
            ),
        ),
    ),
    Question(
        "A theorem says: one hidden layer can represent any smooth curve. What follows?",
        (
            Option(
                "One layer is enough in practice.",
                "It may need a huge layer, and training may never find the weights. Measure.",
            ),
            Option(
                "A fitting network exists; training may miss it.",
                "“Can represent” is not “will learn”. Start, rate and data decide.",
                right=True,
            ),
            Option(
                "Deeper networks are always better.",
                "The theorem does not speak of that. Deeper ones can also memorise or fail to train.",
            ),
        ),
    ),
)

_DIGITS = meter(784, (30,), 10)
MATHS = rf"""
**Layers.** What one layer says is what the next one reads: $h_1 = \varphi(W_1 x + b_1)$, $h_2 = \varphi(W_2 h_1 + b_2)$, and so on. Each neuron reads all of the layer before, so it is *fully connected*.

**Output.** One output layer with one neuron for each class. Softmax turns its sums into shares, $p_k = e^{{z_k}} / \sum_j e^{{z_j}}$, and the largest wins. For a value: one neuron and its plain sum.

**Parameters.** $\sum (n_{{in}} + 1) \, n_{{out}}$ over the layers. For 784, 30 and 10: $784 \cdot 30 + 30 + 30 \cdot 10 + 10$ = {_DIGITS.parameters:,}. An answer takes one multiplication for each weight, {_DIGITS.multiplications:,}.

**Loss.** Mean cross-entropy, $-\frac{{1}}{{n}}\sum \ln p_{{true}}$, or mean squared error in units of the training rows’ variance. Training adds $\lambda_1 \sum |w| + \frac{{1}}{{2}} \lambda_2 \sum w^2$; the curves leave that out.

**Dropout.** In each step a share $d$ of the hidden outputs is set to 0 and the others are divided by $1 - d$. It is regularisation that touches training and not the weights, as an early stop is.

**Intervals.** Wilson’s 95 % interval for a share of right rows. For a typical error $e$, the root of the mean square: $e \pm 1.96 \, s / (2 e \sqrt{{n}})$, with $s$ the spread of the squared errors.
"""

SOURCES = (
    Source(
        "M. Nielsen, “Neural networks and deep learning”, chapters 1 and 4",
        "784-30-10; what a hidden layer can represent",
    ),
    Source(
        "TensorFlow Playground, playground.tensorflow.org",
        "the idea of a network to play with, and its toy data",
    ),
    Source(
        "X. Glorot and Y. Bengio, AISTATS (2010); K. He and others, ICCV (2015)",
        "the two usual starts of the weights",
    ),
    Source("N. Srivastava and others, “Dropout”, JMLR (2014)", "dropout"),
    Source(
        "L. Grinsztajn and others, “Why do tree-based models still outperform deep learning”, NeurIPS (2022)",
        "networks against trees on tables of about 10,000 rows",
    ),
    Source(
        "E. B. Wilson, Journal of the American Statistical Association (1927)", "the 95 % interval of a share"
    ),
    Source("PyTorch, torch.nn and torch.optim", "our engine, checked step for step against it"),
)

CORRECTIONS = (
    "An article speaks of several output layers for several classes. It is one output layer with one neuron for each class.",
    "An article counts only layers and neurons as hyper-parameters. Rate, batch size, penalty and optimiser belong to them too.",
    "An article calls regularisation a penalty on weights. Dropout, an early stop and changed inputs rein a network in as well.",
    "An article says the machine finds the best possible form. Nothing promises that: another start finds another one.",
    "An article says that nobody has a clue what a network does. In part you can look inside, as the pages on filters and on reasons show.",
    "An article calls layers transformers. We keep that word for the network that reads text.",
    "An article lists the pros and cons of networks. We added labels, silence on strange data, and shares that are too sure.",
)
