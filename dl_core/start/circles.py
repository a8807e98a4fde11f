"""AI holds machine learning, which holds deep learning: two questions place an example."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.numbers_in_words import so_many

RINGS = ("AI", "Machine learning", "Deep learning")  # from the outside in
SEVERAL = 3  # hidden layers that most people call deep; there is no fixed cut-off


@dataclass(frozen=True)
class Example:
    """Something that people call AI, and the answers to both questions."""

    name: str  # as the reader picks it
    is_learned: bool  # whether its numbers come from examples
    hidden_layers: int  # stacked between input and output, 0 or more
    why: str  # who wrote its numbers
    is_many: bool = False  # whether its name is a plural

    @property
    def verb(self) -> str:
        """What stands after its name."""
        return "are" if self.is_many else "is"


EXAMPLES = {
    "chess": Example("Chess by rules", False, 0, "People wrote every rule and every value."),
    "line": Example("A filled template", True, 0, "Data filled the blanks; there are no hidden layers."),
    "trees": Example("Boosted trees", True, 0, "Data chose the questions; there are no hidden layers.", True),
    "small": Example("A small network", True, 1, "Data filled its numbers, in one hidden layer."),
    "photo": Example("A photo network", True, 16, "Data filled its numbers, layer upon layer."),
}


@dataclass(frozen=True)
class Moment:
    """One of three dates."""

    years: tuple[tuple[int, int], ...]  # first and last year of each stretch it names
    when: str  # as the page writes it
    what: str  # what happened, in a few words


# the winters' first and last years are round; people date them by hindsight
HISTORY = (
    Moment(((1943, 1943),), "1943", "a neuron on paper"),
    Moment(((1974, 1980), (1987, 1993)), "1970s, around 1990", "two winters"),
    Moment(((2012, 2012),), "2012", "labels, chips, ideas"),
)


@dataclass(frozen=True)
class Settings:
    """Which example is placed.

    Raises
    ------
    ValueError
        If there is no such example.
    """

    example: str = "photo"  # a key of EXAMPLES

    def __post_init__(self) -> None:
        if self.example not in EXAMPLES:
            raise ValueError(f"No example is called “{self.example}”: choose one of {', '.join(EXAMPLES)}.")


@dataclass(frozen=True)
class Placed:
    """An example and the innermost circle that holds it."""

    settings: Settings
    example: Example
    ring: int  # place in RINGS

    @property
    def others(self) -> tuple[tuple[Example, ...], ...]:
        """All examples, of each ring in turn."""
        return tuple(
            tuple(one for one in EXAMPLES.values() if ring_of(one.is_learned, one.hidden_layers) == ring)
            for ring in range(len(RINGS))
        )


def ring_of(is_learned: bool, hidden_layers: int) -> int:
    """The innermost circle: learned at all, and if so, in several hidden layers.

    Parameters
    ----------
    is_learned
        Whether the numbers come from examples.
    hidden_layers
        Stacked between input and output, 0 or more.

    Examples
    --------
    >>> [RINGS[ring_of(*each)] for each in ((False, 0), (True, 0), (True, 16))]
    ['AI', 'Machine learning', 'Deep learning']
    """
    return 0 if not is_learned else 2 if hidden_layers >= SEVERAL else 1


def story(settings: Settings) -> Placed:
    """Ask both questions of the chosen example.

    Examples
    --------
    >>> RINGS[story(Settings("trees")).ring]
    'Machine learning'
    """
    example = EXAMPLES[settings.example]
    return Placed(settings, example, ring_of(example.is_learned, example.hidden_layers))


def takeaway(placed: Placed) -> str:
    """Which circle, and by which of both questions.

    >>> takeaway(story(Settings("chess")))
    'Chess by rules is AI, and not machine learning. People wrote every rule and every value.'
    """
    example, inside = placed.example, RINGS[placed.ring]
    if placed.ring == 0:
        return f"{example.name} {example.verb} AI, and not machine learning. {example.why}"
    if placed.ring == 2:
        layers = so_many(example.hidden_layers, "hidden layer")
        return (
            f"{example.name} {example.verb} deep learning, and so machine learning and AI too. "
            f"{example.why} Ours has {layers}."
        )
    more = " Where “deep” begins is a habit, not a law." if example.hidden_layers else ""
    return f"{example.name} {example.verb} {inside.lower()}, and not deep. {example.why}{more}"
