"""Four gates as neurons: three that one straight line can do, and one that takes four neurons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal

from dl_core.numbers_in_words import number
from dl_core.perceptron import signed

Gate = Literal["AND", "OR", "NAND", "XOR"]
Parts = Literal["one neuron", "NAND neurons"]
Corner = tuple[int, int]
Weights = tuple[float, float, float]  # for input a, for input b, bias
GATES: tuple[Gate, ...] = ("AND", "OR", "NAND", "XOR")
PARTS: tuple[Parts, ...] = ("one neuron", "NAND neurons")
CORNERS: tuple[Corner, ...] = ((0, 0), (0, 1), (1, 0), (1, 1))
MOST = 10.0  # in size, for weights and bias
WANTED: dict[Gate, tuple[int, ...]] = {  # for each corner
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "XOR": (0, 1, 1, 0),
}
OWN: dict[Gate, Weights] = {  # one neuron's numbers; for XOR a line that gets as many right as any can
    "AND": (1.0, 1.0, -1.5),
    "OR": (1.0, 1.0, -0.5),
    "NAND": (-2.0, -2.0, 3.0),
    "XOR": (1.0, 1.0, -0.5),
}
# a gate of NANDs: where each neuron's two inputs come from, "a", "b" or the number of an earlier neuron
CIRCUITS: dict[Gate, tuple[tuple[str, str], ...]] = {
    "AND": (("a", "b"), ("1", "1")),
    "OR": (("a", "a"), ("b", "b"), ("1", "2")),
    "NAND": (("a", "b"),),
    "XOR": (("a", "b"), ("a", "1"), ("b", "1"), ("2", "3")),
}


@dataclass(frozen=True)
class Settings:
    """Which gate is wanted, and the neuron that tries it.

    Raises
    ------
    ValueError
        If the gate or the way to build it is unknown, or a number is out of range.
    """

    gate: Gate = "XOR"
    parts: Parts = "one neuron"
    weight_a: float = 1.0  # -10 to 10
    weight_b: float = 1.0  # -10 to 10
    bias: float = -0.5  # -10 to 10

    def __post_init__(self) -> None:
        if self.gate not in GATES:
            raise ValueError(f"There is no gate “{self.gate}”: choose one of {', '.join(GATES)}.")
        if self.parts not in PARTS:
            raise ValueError(f"A gate is built from one neuron or NAND neurons, not from “{self.parts}”.")
        for name in ("weight_a", "weight_b", "bias"):
            if not -MOST <= getattr(self, name) <= MOST:
                raise ValueError(
                    f"{name.replace('_', ' ')} = {getattr(self, name):g} is out of range: "
                    f"choose −{MOST:g} to {MOST:g}."
                )

    @property
    def weights(self) -> Weights:
        """For input a, for input b, and the bias."""
        return (self.weight_a, self.weight_b, self.bias)


PRESETS = {
    "AND, one neuron": Settings("AND", "one neuron", *OWN["AND"]),
    "XOR, one neuron": Settings(),
    "XOR, four NANDs": Settings("XOR", "NAND neurons"),
}


@dataclass(frozen=True)
class Row:
    """One line of the truth table."""

    corner: Corner  # inputs a and b
    values: tuple[float, ...]  # the neuron's weighted sum + bias, or what each NAND says
    says: int  # 0 or 1
    wanted: int  # 0 or 1

    @property
    def right(self) -> bool:
        """Whether the gate says what is wanted."""
        return self.says == self.wanted


@dataclass(frozen=True)
class LogicGate:
    """A gate tried by one neuron, or built from NANDs."""

    settings: Settings
    rows: tuple[Row, ...]  # in the order of `CORNERS`
    best_of_a_line: int  # most corners that any single neuron gets right, of 4

    @property
    def n_right(self) -> int:
        """Corners right, of 4."""
        return sum(row.right for row in self.rows)

    @property
    def n_neurons(self) -> int:
        """How many neurons it takes as it is built here."""
        return 1 if self.settings.parts == "one neuron" else len(CIRCUITS[self.settings.gate])

    @property
    def impossible(self) -> bool:
        """Whether no single neuron does this gate."""
        return self.best_of_a_line < len(CORNERS)


def weighted(weights: Weights, a: float, b: float) -> float:
    """Weighted inputs plus bias.

    Parameters
    ----------
    weights
        For a, for b, and the bias.
    a, b
        Any numbers; a gate's own are 0 and 1.

    Examples
    --------
    >>> [weighted(OWN["NAND"], *corner) for corner in CORNERS]
    [3.0, 1.0, 1.0, -1.0]
    """
    return round(weights[0] * a + weights[1] * b + weights[2], 9) + 0.0


def fires(weights: Weights, a: float, b: float) -> int:
    """1 where the sum is over 0, else 0.

    Parameters
    ----------
    weights
        For a, for b, and the bias.
    a, b
        Any numbers; a gate's own are 0 and 1.

    Examples
    --------
    >>> [fires(OWN["NAND"], *corner) for corner in CORNERS]
    [1, 1, 1, 0]
    """
    return int(weighted(weights, a, b) > 0)


def nands(gate: Gate, a: float, b: float) -> tuple[int, ...]:
    """What each NAND neuron of the gate says, the last one being the gate's answer.

    Parameters
    ----------
    gate
        Its wiring is `CIRCUITS`'s.
    a, b
        Any numbers; between the corners the neurons answer too.

    Examples
    --------
    >>> nands("XOR", 0, 1), nands("XOR", 1, 1)
    ((1, 1, 0, 1), (0, 1, 1, 0))
    """
    known: dict[str, float] = {"a": a, "b": b}
    for place, (first, second) in enumerate(CIRCUITS[gate], 1):
        known[str(place)] = fires(OWN["NAND"], known[first], known[second])
    return tuple(int(known[str(place)]) for place in range(1, len(CIRCUITS[gate]) + 1))


@cache
def line_answers() -> frozenset[tuple[int, ...]]:
    """All answers that single neurons give at the four corners.

    A neuron with weights from -2 to 2 in halves is tried, 729 of them. That is enough: a line that parts
    the corners in some way can be turned and moved to one of these without parting them another way.

    Examples
    --------
    >>> len(line_answers()), WANTED["AND"] in line_answers(), WANTED["XOR"] in line_answers()
    (14, True, False)
    """
    steps = [half / 2 for half in range(-4, 5)]
    return frozenset(
        tuple(fires(weights, *corner) for corner in CORNERS) for weights in product(steps, steps, steps)
    )


@cache
def best_of_a_line(gate: Gate) -> int:
    """Most corners that one neuron gets right, of 4.

    >>> [best_of_a_line(gate) for gate in GATES]
    [4, 4, 4, 3]
    """
    return max(_agree(answers, WANTED[gate]) for answers in line_answers())


def _agree(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def story(settings: Settings) -> LogicGate:
    """Answer the four corners.

    Examples
    --------
    >>> story(Settings()).n_right, story(Settings(parts="NAND neurons")).n_right
    (3, 4)
    """
    rows = []
    for corner, wanted in zip(CORNERS, WANTED[settings.gate], strict=True):
        if settings.parts == "one neuron":
            values: tuple[float, ...] = (weighted(settings.weights, *corner),)
            says = fires(settings.weights, *corner)
        else:
            values = nands(settings.gate, *corner)
            says = int(values[-1])
        rows.append(Row(corner, values, says, wanted))
    return LogicGate(settings, tuple(rows), best_of_a_line(settings.gate))


def takeaway(shown: LogicGate) -> str:
    """What the neuron or the NANDs get right, and why one line cannot do XOR.

    Examples
    --------
    >>> takeaway(story(Settings("AND", "one neuron", 1, 1, -1.5)))
    'One neuron does AND: its line parts the corners as wanted, all 4 of them.'
    """
    gate, n = shown.settings.gate, shown.n_neurons
    if shown.settings.parts == "NAND neurons":
        if n == 1:
            return "NAND is one neuron. The other three gates can be built from neurons like it."
        many = {2: "Two", 3: "Three", 4: "Four"}[n]
        told = f"{many} NAND neurons do {gate}: later ones decide on what earlier ones said."
        if not shown.impossible:
            return f"{told} One neuron of its own could do it too."
        most = shown.best_of_a_line
        return f"{told} No single neuron can, whatever its weights: the best gets {most} of 4 right."
    if shown.impossible:
        limit = f"and no line gets more than {shown.best_of_a_line}"
        return f"This neuron gets {shown.n_right} of 4 right, {limit}. {_why(shown)}"
    if shown.n_right == len(CORNERS):
        return f"One neuron does {gate}: its line parts the corners as wanted, all 4 of them."
    return (
        f"This neuron gets {shown.n_right} of 4 right. {gate} can be done: weights {_told(OWN[gate])} do it."
    )


def _told(weights: Weights) -> str:
    a, b, bias = (number(value) for value in weights)
    return f"{a} and {b} with a bias of {bias}"


def _why(shown: LogicGate) -> str:
    """The contradiction, with the reader's own sums: opposite corners of any line add up to the same."""
    none, b, a, both = (row.values[0] for row in shown.rows)
    return (
        "Opposite corners always add up to the same sum, "
        f"here {number(none)} + {signed(both)} = {number(a)} + {signed(b)}. "
        "XOR wants one pair over 0 and the other not."
    )
