"""The words of the lesson "Gradient descent and learning rate" that no setting moves."""

from __future__ import annotations

from dl_core.batch_sizes import updates_per_pass
from dl_core.documents.content import Advice, HardQuestion
from dl_core.gradient_descent import Descent, rough
from dl_core.running_case import Case
from pages._shared.lesson import Option, Predict, Question, Source

HEADLINE = "One number decides whether training arrives"
DECISION = "whether a training that fails needs another rate, other data or another goal."


def because(shown: Descent) -> str:
    """Why the guess is right, in the numbers on the screen."""
    return (
        f"Below {shown.rates.edge} a larger rate gets there sooner. Above it every step lands "
        "farther away than it began, and training blows up."
    )


PREDICT = Predict(
    question="The learning rate, each step’s length, grows twentyfold. What happens?",
    options=("It is twenty times as fast", "Nothing changes", "It may blow up"),
    right="It may blow up",
    because=because,
)


def path_headline(shown: Descent) -> str:
    """The opening scene's message."""
    match shown.verdict:
        case "left":
            return "Too long a step climbs out of the valley"
        case "bouncing" | "zig-zag":
            return "Too long a step swings from side to side"
        case "crawling":
            return "Too short a step never arrives"
        case "flat":
            return "A flat spot looks like the end of training"
        case "local valley":
            return "Downhill leads to a floor, not to the lowest"
        case _:
            return "Every step goes against the slope"


PATH_SOURCE = "Surfaces that we made, so toys; every step computed here, the slope by formula."
PATH_NOTES = (
    "Say: training is a walk downhill in fog. The loss is the height, and the slope under your feet is all you know. "
    "Each step goes against the slope, and the learning rate says how far. Point at the circle where it starts and follow the steps. "
    "Then pull the slider over the edge and watch it leave the picture. Expect the question why nobody computes the best rate. "
    "On this toy we can. A real network has millions of directions, so teams try rates and watch the loss."
)


def path_tells(shown: Descent) -> dict[str, str]:
    """What the walk says for the engineers' sheet."""
    return {
        "Stop rule": "A run is stopped when its training loss rises for several checks in a row; "
        "the rate is then halved before anything else is changed."
    }


def so_what(shown: Descent, case: Case) -> str:
    """What the rate means for the reader's own product."""
    return (
        f"A model for your {case.items} trains for hours, and the rate is the first thing teams get wrong. "
        f"Here the best rate is {rough(shown.rates.best)}, and the edge lies at {shown.rates.edge}. "
        "So plan several short runs before the long one, and ask to see their curves."
    )


ASK_ENGINEERS = (
    Advice(
        "Which learning rates did you try, and where did it break?",
        "They show a sweep: loss against rate, with the edge on it, and took a rate well below.",
        "They took the default and never looked for the edge.",
    ),
    Advice(
        "Does the loss still fall, and on which pile?",
        "They show training and validation loss together, and say when they would stop.",
        "They show the training loss alone, or one final number.",
    ),
    Advice(
        "What does one more run cost, in hours and money?",
        "They know time per pass and passes per run, and try short runs first.",
        "They start long runs and hope.",
    ),
    Advice(
        "How far apart are two runs with another random start?",
        "They ran it several times and give a range.",
        "One run, one number. The next one may differ more than the gain.",
    ),
)


def what_if_asked(shown: Descent) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with the numbers on the screen."""
    edge = shown.rates.edge
    return (
        HardQuestion(
            "Why does training take so long?",
            f"Steps must stay short. Here anything above {edge} diverges, because the steepest direction sets the "
            "limit. The flat directions then need many steps.",
        ),
        HardQuestion(
            "Can you not compute the best rate?",
            "On a bowl, yes: we mark it. A real network has millions of directions that change on the way. "
            "Teams try rates on short runs and watch the loss.",
        ),
        HardQuestion(
            "How do we know it found the best answer?",
            "We do not. Downhill leads to a floor, not surely to the lowest. In large networks flat spots are "
            "the larger worry. What counts is the score on unseen cases.",
        ),
        HardQuestion(
            "Is Adam always better?",
            "No. It forgives a poor rate, and it often starts faster. In our race the winner changes with the ground. "
            "Try two, each with its own rate.",
        ),
        HardQuestion(
            "The loss jumps up and down. Is it broken?",
            "Not by that alone. Small batches make noisy steps. It is broken when the average rises. "
            "Then halve the rate first.",
        ),
    )


WHERE_IT_LIES = (
    "Two numbers move here. A network moves millions, and its surface cannot be drawn.",
    "A ball that rolls has speed, and friction stops it. Plain gradient descent has neither; only momentum adds some speed.",
    "Local valleys look like the main danger on a map. In large networks flat spots and saddles matter more.",
    "AdaGrad, RMSProp and Adam profit here because our valleys lie along the axes. Turned, they need more steps.",
    "One rate for three ways is fair to none: each has its own best. The seconds come from one processor and a tiny model.",
    "The deepest floor of the training loss is not the goal. Unseen cases decide.",
)

QUIZ = (
    Question(
        "The loss went to “not a number” after a few steps. What do you try first?",
        (
            Option(
                "More data.",
                "Data does not stop steps that overshoot. The numbers blew up because each step was too long.",
            ),
            Option(
                "A smaller learning rate.",
                "Each step landed farther out than the last. Halve the rate, then look again.",
                right=True,
            ),
            Option(
                "A bigger network.",
                "A bigger network has steeper directions. It would rather blow up sooner.",
            ),
        ),
    ),
    Question(
        "Gradient descent has stopped moving. Is this the best possible answer?",
        (
            Option(
                "Yes, it finds the lowest point.",
                "Only on a bowl, with a fitting rate. Elsewhere it stops wherever the ground is level.",
            ),
            Option(
                "Not surely. The ground is level there.",
                "A valley, a saddle or a plateau all have no slope. The loss alone cannot tell.",
                right=True,
            ),
            Option(
                "No, it never finds the lowest point.",
                "On a bowl it does, with a fitting rate. “Never” is too strong.",
            ),
        ),
    ),
    Question(
        "Why learn from a small batch and not from all examples at once?",
        (
            Option(
                "Because the batch is always more exact.",
                "It is less exact: an estimate from a few examples. That is the price.",
            ),
            Option(
                "Because memory can never hold all examples.",
                "It often can. The reason is progress: many rough steps beat one exact step.",
            ),
            Option(
                "Because many rough steps beat one exact step.",
                "One pass gives many updates. The measured curves further down show it.",
                right=True,
            ),
        ),
    ),
)

_IMAGES = 60_000  # as many as the best-known set of digits has to learn from


def _updates(batch_size: int) -> str:
    return f"{updates_per_pass(_IMAGES, batch_size):,}"


MATHS = (
    r"""
**Update.** $w \leftarrow w - \eta \, \nabla L(w)$. The gradient $\nabla L$ holds one slope (a derivative) for each number and points uphill, so the step goes against it.

**Edge on a quadratic.** With curvatures $\lambda_{min} \dots \lambda_{max}$ each step multiplies the distance along one direction by $1 - \eta\lambda$. It shrinks while $\eta < 2/\lambda_{max}$. The best fixed rate is $2/(\lambda_{min} + \lambda_{max})$.

**Momentum.** $v \leftarrow \beta v + \nabla L(w)$, $w \leftarrow w - \eta v$, with $\beta = 0.9$.

**Adam.** Means of the slopes and of their squares, $m$ and $s$; the step is $\eta \, \hat m / (\sqrt{\hat s} + \epsilon)$.

**Convex.** A bowl-shaped loss has no floor but the lowest; it may be flat. Arriving still needs a fitting rate.

**A formula instead.** Linear regression has an exact answer, $w = (X^T X)^{-1} X^T y$. Logistic regression has none.

**Level sets.** Each line on the map joins places of one height. The gradient stands at a right angle to it.

**Annealing.** Another name for a learning rate that falls during training.
"""
    + f"""
**Updates in a pass.** A pass is also called an epoch. Over {_IMAGES:,} images it makes {_updates(_IMAGES)} update
with a full batch, {_updates(32)} with batches of 32, and {_updates(1)} one by one.
"""
)

SOURCES = (
    Source(
        "CS231n, “Optimization” and “Neural networks, part 3” (Stanford)",
        "random search at 15.5 %, the shapes of loss curves",
    ),
    Source(
        "G. Goh, “Why momentum really works”, Distill (2017)",
        "the best and the largest stable rate on a quadratic",
    ),
    Source("D. Kingma and J. Ba, “Adam” (2015)", "Adam and its usual start, 0.001"),
    Source(
        "Y. LeCun, Y. Bengio, G. Hinton, “Deep learning”, Nature (2015)",
        "why saddle points matter more than poor local minima",
    ),
    Source("PyTorch, torch.optim", "all six optimisers, step for step"),
)

CORRECTIONS = (
    "Articles say the slope points to the lowest point. It points uphill, and it only knows the ground under your feet.",
    "An article says descent ends at the global minimum. It ends where the ground is level.",
    "One caption says the step goes in the direction of the gradient. It goes against it.",
    "“SGD” means one example in some articles and a mini-batch in others. We say one example, mini-batch or full batch.",
    "An article speaks of convex losses with many dips. A loss with many dips is not convex.",
    "An article gives image models to full batch. In practice they learn in mini-batches.",
    "An article says full batch must hold all data in memory. Read in parts it works too, only slower.",
    "An article says one example cannot use many numbers at once. Inside one example it can, across examples it cannot.",
    "An article calls one example faster. It learns more from each example seen, but its pass takes longest.",
    "An article puts random search at about 10 %. CS231n measured 15.5 %; our own run is further down.",
    "An article calls the learning rate the single most important number. That is its author’s view, and many share it.",
    "One article raises a probability, others lower a loss. That is the same move.",
    "Some articles call backpropagation the learning. It computes the slopes; the optimiser takes the step.",
)
