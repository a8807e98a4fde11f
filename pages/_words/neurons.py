"""The words of the lesson "Neurons" that no setting moves."""

from __future__ import annotations

from dl_core import activations, collapsing_layers, logic_gates, perceptron
from dl_core.activations import Activations
from dl_core.collapsing_layers import CollapsingLayers
from dl_core.documents.content import Advice, HardQuestion
from dl_core.logic_gates import LogicGate
from dl_core.logistic_neuron import LogisticNeuron
from dl_core.moon_networks import n_numbers
from dl_core.numbers_in_words import number, percent, two_figures
from dl_core.perceptron import Perceptron
from dl_core.running_case import Case
from pages._shared.lesson import Option, Predict, Question, Source, Table

HEADLINE = "One neuron draws one straight line; layers bend it"
DECISION = "what one neuron can decide, and when you need layers of them."


def because(shown: Perceptron) -> str:
    """Why the guess is right, in the article's own numbers."""
    told = perceptron.story(perceptron.Settings())
    _, partner, transport = told.settings.weights
    return (
        f"Both others bring {number(partner)} + {number(transport)} = {number(partner + transport)}, "
        f"and that is not over {number(told.threshold)}. "
        f"A threshold of {number(perceptron.PRESETS['Threshold of 3'].bias * -1)} would let them outvote the rain."
    )


PREDICT = Predict(
    question="To a festival? Sun counts 6, partner 2, transport 2; go above 5. Ever in the rain?",
    options=("Never", "With your partner", "With both others"),
    right="Never",
    because=because,
)


def so_what(shown: Perceptron, case: Case) -> str:
    """What one neuron can and cannot do for the reader's own product."""
    most = logic_gates.best_of_a_line("XOR")
    return (
        f"One neuron weighs the facts about your {case.items} and draws one straight line. "
        f"Where a fact’s meaning depends on another, as in XOR, it gets at most {most} of 4 cases right. "
        f"Only then can layers win something. Ask what each one won on {case.items} nobody trained on."
    )


def trade_offs() -> Table:
    """The activations side by side, with their largest slopes."""
    curves = activations.curves()
    steepest = {each.name: number(round(curves.steepest(each.name), 2)) for each in activations.ACTIVATIONS}
    return (
        ("", "Where it stands today", "Largest slope", "Where it breaks"),
        ("Step", "Rules and logic", steepest["step"], "Nothing can learn through it"),
        ("Sigmoid", "Outputs: yes or no, several labels", steepest["sigmoid"], "Inside, hints fade"),
        ("tanh", "Inside, mostly in recurrent networks", steepest["tanh"], "Far from 0, hints fade"),
        ("ReLU", "Inside most networks", steepest["ReLU"], "Silent below 0"),
        ("Softmax", "Output only: one of several classes", "–", "Always picks from its list"),
    )


ASK_ENGINEERS = (
    Advice(
        "What did each further layer win on cases it never saw?",
        "They show the validation score layer by layer, over several runs, with the gap to training.",
        "It fits the training cases better, so it stays.",
    ),
    Advice(
        "Which smaller model did you try first, on the same data?",
        "A straight line, then a small network. They know where the line fails, and on which cases.",
        "None: everybody builds deep ones now.",
    ),
    Advice(
        "Which activations stand inside, and which at the output?",
        "ReLU or a relative inside. At the output sigmoid or softmax, to fit the question.",
        "Sigmoid everywhere, or nobody knows.",
    ),
    Advice(
        "Where does the output’s threshold stand, and who set it?",
        "It comes from the price of both mistakes, and somebody owns it.",
        "At one half, because that is the default.",
    ),
    Advice(
        "Do the early layers still learn?",
        "They look at the gradient of each layer, and at what share of ReLU neurons stays silent.",
        "The loss goes down, so all layers must be fine.",
    ),
)


def what_if_asked(shown: Perceptron) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with our own numbers."""
    plain = collapsing_layers.story(collapsing_layers.Settings())
    small, large, line = n_numbers(784, 30, 10), n_numbers(784, 128, 10), n_numbers(784, 10)
    left = activations.through(activations.curves().steepest("sigmoid"), 10)
    return (
        HardQuestion(
            "Is this how a brain works?",
            "No. Nerve cells were a loose inspiration. Our neuron multiplies, adds and passes one number on. "
            "A nerve cell does far more.",
        ),
        HardQuestion(
            "Would more layers always help?",
            f"No. Without activation, {plain.settings.n_layers} layers come to one line with "
            f"{plain.line.n_numbers} numbers. With it, more layers may learn by heart. Unseen cases decide.",
        ),
        HardQuestion(
            "How many numbers does a larger network hold?",
            f"For small digit pictures plain softmax holds {line:,}. A hidden layer of 30 neurons makes it "
            f"{small:,}, one of 128 makes it {large:,}.",
        ),
        HardQuestion(
            "Why do we hear that sigmoid is dead?",
            f"Inside it fades hints: ten layers leave at most {two_figures(left * 1e6)} millionths of one. "
            "At the output it is alive, wherever the answer is a yes or no.",
        ),
        HardQuestion(
            "Can the network tell us why it decided?",
            "This one neuron can: its weights are on the screen. Inside a larger network a neuron has no given "
            "meaning, and most mix several things.",
        ),
    )


WHERE_IT_LIES = (
    "The brain is a loose inspiration: dendrites, synapses and firing lent their names. A nerve cell does far more than multiply and add.",
    "We set the festival’s weights by hand. A real network learns its own from examples.",
    "Hidden neurons have no given meaning. Sometimes one matches an idea; mostly it mixes several.",
    "Four NANDs can build XOR, and NANDs alone any circuit, even one that multiplies. That does not say that training finds them.",
    "The moons are a toy, and we show a start that works. Most starts of our smallest network never found the bend.",
    "A bigger network bends more than it should when data are few. Then it learns its examples by heart.",
    "Rename PARKING as you like, and no number changes. So a neuron’s name explains nothing.",
    "The driving test takes age and sex because the article does. Many decisions must not.",
    "Gradients and memories were measured before training, at each neuron’s sum. Real networks add shortcuts past layers.",
)

QUIZ = (
    Question(
        "One neuron gets one of XOR’s four cases wrong. What helps?",
        (
            Option(
                "Better weights for this neuron.",
                "No weights do it. Opposite corners always add up to the same sum, and XOR wants them apart.",
            ),
            Option(
                "More neurons, in layers.",
                "Later neurons decide on what earlier ones said. Four NANDs do it.",
                right=True,
            ),
            Option(
                "More training examples.",
                "XOR has four cases, and all of them are there. It lacks a bend, not data.",
            ),
        ),
    ),
    Question(
        "A team adds three layers without activation. What do they win?",
        (
            Option(
                "Nothing but cost.",
                "All layers multiply out to one. The border stays a straight line.",
                right=True,
            ),
            Option(
                "A border that bends a little more.",
                "A line of a line is a line. Only an activation between the layers bends it.",
            ),
            Option(
                "A deeper idea of the data.",
                "Depth alone adds nothing. Without activation the result is one layer, number for number.",
            ),
        ),
    ),
    Question(
        "Is a sigmoid outdated where a model ends in a yes or no?",
        (
            Option(
                "Yes, ReLU has replaced sigmoids.",
                "Inside, yes. ReLU’s output has no upper end, so it makes no share of yes.",
            ),
            Option(
                "No, at the output it is the usual choice.",
                "It turns a sum into a share, and you set the threshold. Inside it is rare.",
                right=True,
            ),
            Option(
                "No, and more layers of it would be better.",
                "Its slope is a quarter at most. Each more layer leaves less of a hint for the first ones.",
            ),
        ),
    ),
)

MATHS = r"""
**Perceptron.** $z = \sum_i w_i x_i + b$. It says $1$ if $z > 0$, else $0$. The threshold is $-b$.

**Line.** With two inputs, $w_1 x_1 + w_2 x_2 + b = 0$ is a straight line, and the neuron says $1$ on one side of it.

**Why no line does XOR.** $z(0,0) + z(1,1) = w_1 + w_2 + 2b = z(0,1) + z(1,0)$. XOR wants the left side at most $0$ and the right side over $0$.

**NAND.** $-2a - 2b + 3 > 0$. XOR is $\text{NAND}(q, r)$ with $p = \text{NAND}(a, b)$, $q = \text{NAND}(a, p)$, $r = \text{NAND}(b, p)$.

**Sigmoid.** $\sigma(z) = \frac{1}{1 + e^{-z}}$, slope $\sigma(z)\,(1 - \sigma(z))$, at most $\frac{1}{4}$.

**tanh.** $\tanh z = 2\sigma(2z) - 1$, slope $1 - \tanh^2 z$.

**ReLU.** $\max(0, z)$, slope $1$ for $z > 0$, else $0$; at $0$ programs take $0$.

**Threshold.** $\sigma(kz) > t$ holds exactly when $z > \frac{1}{k} \ln\frac{t}{1-t}$.

**Collapse.** $W_2 (W_1 x + b_1) + b_2 = (W_2 W_1)\, x + (W_2 b_1 + b_2)$: two layers without activation are one.
"""

SOURCES = (
    Source(
        "S. Chilamkurthy, “Deep Learning Crash Course, part 1”",
        "the cheese festival with 6, 2, 2 and 5, the gates, the slope of a sigmoid",
    ),
    Source(
        "M. Li, “Machine Learning Foundations for Product Managers, week 6”",
        "the perceptron as a yes or no question, the logistic neuron with a threshold",
    ),
    Source("J. Lee, “Intuitive Deep Learning, part 1a”", "why activations are needed, and the driving test"),
    Source("M. Nielsen, “Neural Networks and Deep Learning”, chapter 5", "which layers starve of gradient"),
    Source("W. McCulloch and W. Pitts (1943)", "the neuron as a sum and a threshold"),
)

CORRECTIONS = (
    "Articles differ in the threshold’s sign. One fires from 0 on, one asks for a sum minus b over 0, others add b. "
    "We add the bias and ask for over 0, so the festival’s printed 5 is our bias of −5.",
    "An article puts perceptrons in the 1950s and 1960s and ReLU in today’s networks. That is right for hidden layers.",
    "An article says that modern networks hardly ever hold a sigmoid. That is true inside; at yes or no outputs it is standard.",
    "An article prints the gates’ weights in a figure that is lost. For NAND we use −2, −2 and a bias of 3, and checked all four cases.",
    "The driving test is printed with 150.5, 179.5 and 95.22 %. Its own weights give 150, 180 and 95.26 %.",
    "An article swaps the cases of backpropagation. An output depends on the weights of its own layer and of earlier ones.",
    "An article says that training makes a yes more likely. It does so for true cases, and less likely for all others.",
    "An article says that deeper layers starve of gradient. It is the early ones, next to the input.",
    "Articles call backpropagation the update. It finds the slopes only; the step against them is another’s work.",
)


def festival_headline(shown: Perceptron) -> str:
    """The opening scene's message."""
    n = len(shown.going)
    if n in (0, len(perceptron.CASES)):
        return "A neuron that always says the same decides nothing"
    return "A neuron weighs facts and asks: is it enough?"


FESTIVAL_SOURCE = "The cheese festival of a published crash course, a toy; its 5 is our bias of −5."
FESTIVAL_NOTES = (
    "Say: will you go to the cheese festival? Three facts count, each with a weight, and the sum must be over a threshold. "
    "That is all one neuron does. Point at the dashed line: with good weather every bar is over it, without it none is. "
    "Now pull the bias to minus three, and your partner and the train together outvote the rain. "
    "Expect the question where weights come from. Here we set them; in a real network training finds them from examples."
)


def gates_headline(shown: LogicGate) -> str:
    """What one line can do."""
    if shown.impossible:
        alone = shown.settings.parts == "one neuron"
        return "No line does XOR, so one neuron cannot" if alone else "Layers do what no single neuron can"
    return "One neuron is one straight line"


GATES_LEAD = (
    "A **gate** turns two inputs of 0 or 1 into one answer. AND wants both, OR at least one, NAND not both, XOR exactly one. "
    "A **perceptron** adds weighted inputs and says yes above a threshold: try your own weights on XOR, or build it from NANDs."
)
GATES_SOURCE = (
    "Truth tables; NAND’s weights after a published crash course. We tried 729 neurons for the best line."
)
GATES_NOTES = (
    "Say: a neuron with two inputs draws a straight line, yes on one side, no on the other. AND and OR are that easy. "
    "XOR, one or the other but not both, is not. Point at the wrong corner: whichever line you draw, one of four stays wrong. "
    "Then press four NANDs, and the border gets corners. Expect the question whether training finds this by itself. "
    "It can, but nothing promises it: that a network exists and that training finds it are two things."
)


def logistic_headline(shown: LogisticNeuron) -> str:
    """Shares instead of a yes."""
    if shown.settings.scale >= 10:
        return "Large weights make a sigmoid as blunt as a step"
    return "A sigmoid says how sure, and you set the bar"


LOGISTIC_LEAD = (
    "The same festival with a **sigmoid**, a smooth step from 0 to 1. A **threshold function** jumps, so a tiny change of weights shows nothing or "
    "everything, and training gets no hint. Where to set the bar is a question of cost: the page on deciding prices both mistakes."
)
LOGISTIC_SOURCE = "The festival’s weights as published; shares computed here, and taken as shares, not checked on real Saturdays."
LOGISTIC_NOTES = (
    "Say: the same sums, but now the neuron says how sure it is. Good weather alone and a perfect day are both a yes for the step. "
    "The sigmoid sees that one is close. Point at the middle of the curve, where the two close cases stand, then raise the "
    "threshold and watch one of them fall below. Somebody will ask where the bar belongs. "
    "Wherever the cost of the two mistakes puts it. Half is a habit, and shares should be checked first."
)


def activations_headline(shown: Activations) -> str:
    """What a slope means for learning."""
    relu = shown.of("ReLU")
    if relu.sharp:
        return "Even at its best, a sigmoid passes back a quarter"
    return (
        "A flat activation hears no hints" if relu.slope else "Below zero ReLU is silent, and hears nothing"
    )


ACTIVATIONS_LEAD = (
    "An **activation** is what a neuron does with its sum before passing it on: **ReLU** cuts below 0, **tanh** goes smoothly from −1 to 1. Its slope decides how much of training’s hint, which way to "
    "change the weights, comes back through it. **Softmax** is another, for the output only: it turns several scores into shares."
)
ACTIVATIONS_SOURCE = "Computed from the formulas; each slope is checked by nudging the sum a little."
ACTIVATIONS_NOTES = (
    "Say: above you see what comes out of four kinds of neuron, below how much of a hint gets back through them. "
    "Point at the hump in the middle: a sigmoid passes back a quarter at best, and far out almost nothing. "
    "Now pull the sum below zero: ReLU goes silent, and hears nothing either. "
    "Expect the question whether sigmoid is dead. Inside networks it is rare. At the output it is alive, "
    "wherever the answer is yes or no."
)


def collapse_headline(shown: CollapsingLayers) -> str:
    """What depth brings without activation."""
    if shown.settings.view == "sums":
        return f"{shown.plain.network.n_numbers} numbers say no more than {shown.line.n_numbers}"
    return "Depth alone bends nothing; activations do"


COLLAPSE_LEAD = (
    "A **layer** is a row of neurons that work side by side. "
    "Two networks of the same size learn to part two moons, one without activation, one with ReLU between its layers. "
    "A cross is a point on the wrong side; weights have one decimal, so that you can multiply them out yourself."
)
COLLAPSE_SOURCE = (
    "Two moons that we made, so a toy: 120 points to learn from, 500 new ones to count on; one start each."
)
COLLAPSE_NOTES = (
    "Say: both networks have the same layers and the same number of weights. The left one has nothing between its layers, "
    "the right one cuts off what is below zero. Point at the straight line: more layers do not bend it, because they multiply out to one. "
    "Switch to the numbers, and check the first one with a pencil. Somebody will ask whether a bigger network is then always better. "
    "No. It can bend more, also where it should not."
)


def collapse_tells(shown: CollapsingLayers) -> dict[str, str]:
    """What the two networks say for the engineers' sheet."""
    return {
        "Baseline": f"A straight line first, on the same data. On our toy it gets {percent(shown.plain.new.value)} "
        f"of new points right, the same layers with ReLU {percent(shown.bent.new.value)}."
    }
