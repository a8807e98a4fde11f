"""From one attention head to GPT: the numbers that a language model learns, counted from published shapes."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from dl_core.numbers_in_words import bytes_in_words, short, so_many, two_figures

MOST_LAYERS, WIDEST, LARGEST_VOCABULARY, FARTHEST = 200, 32_768, 1_000_000, 1_000_000
OUR_WIDTH, OUR_SIZE = 64, 8  # of the head trained for this page, in language/head.py
DEEPER = 4  # times the width: the inside of each layer's two dense steps
BYTES = 2  # of a number as float16, as models are usually run
CARD = 80e9  # bytes of a large graphics card for computing centres


@dataclass(frozen=True)
class Settings:
    """The shape of a model like GPT-2."""

    layers: int = 12  # one upon the other
    width: int = 768  # numbers that stand for a word piece
    vocabulary: int = 50_257  # word pieces it knows
    places: int = 1_024  # word pieces of the longest text

    def __post_init__(self) -> None:
        for what, value, most in (
            ("layers", self.layers, MOST_LAYERS),
            ("numbers a piece", self.width, WIDEST),
            ("known pieces", self.vocabulary, LARGEST_VOCABULARY),
            ("places", self.places, FARTHEST),
        ):
            if not 1 <= value <= most:
                raise ValueError(f"{value} {what}: choose 1 to {most:,}.")


GPT_2, GPT_3 = Settings(), Settings(96, 12_288, 50_257, 2_048)
PRESETS = {"GPT-2 small": GPT_2, "GPT-3": GPT_3, "A small one of ours": Settings(4, 256, 8_000, 512)}
# Transformer, base: six layers on each side, dense steps of 2,048 inside, one vocabulary for both languages
FIRST_WIDTH, FIRST_INSIDE, FIRST_LAYERS, FIRST_VOCABULARY = 512, 2_048, 6, 37_000
PAPER_SAYS = {"transformer": 65_000_000, "gpt-3": 175_000_000_000}  # as printed, rounded there


@dataclass(frozen=True)
class Model:
    """A published model, or the reader's own."""

    key: str
    name: str
    year: int | None  # of its publication; None for the reader's own
    numbers: int  # to learn


@dataclass(frozen=True)
class Parts:
    """The reader's shape, part by part, among published ones."""

    settings: Settings
    words: int  # numbers of the word pieces
    places: int  # numbers of their places
    attention: int  # numbers of queries, keys, values and their way out, in all layers
    dense: int  # numbers of the dense steps, in all layers
    norms: int  # numbers that keep sizes in step

    @property
    def numbers(self) -> int:
        """All numbers to learn; the same ones read the words and write the answer."""
        return self.words + self.places + self.attention + self.dense + self.norms

    @property
    def bytes(self) -> int:
        """Bytes to store them in float16."""
        return BYTES * self.numbers

    @property
    def cards(self) -> int:
        """Graphics cards of 80 GB that hold them, with nothing else on them."""
        return ceil(self.bytes / CARD)

    @property
    def known(self) -> str:
        """Name of the published model of this shape; empty if there is none."""
        return {GPT_2: "GPT-2 small", GPT_3: "GPT-3"}.get(self.settings, "")


def head_numbers(width: int = OUR_WIDTH, size: int = OUR_SIZE) -> int:
    """Numbers of one attention head: query, key and value of each word, without the way out.

    Parameters
    ----------
    width
        Numbers that stand for a word.
    size
        Numbers of a query, a key, a value.

    Examples
    --------
    >>> head_numbers(), head_numbers(768, 64)  # one of this page, one of GPT-2 small without its biases
    (1536, 147456)
    """
    return 3 * width * size


def first_transformer() -> int:
    """Numbers of the Transformer of 2017 (base), by our count; the paper prints 65 million.

    Examples
    --------
    >>> first_transformer()
    63082496
    """
    width, inside = FIRST_WIDTH, FIRST_INSIDE
    attention = 4 * (width * width + width)
    dense = 2 * width * inside + inside + width
    norm = 2 * width
    reads, writes = attention + dense + 2 * norm, 2 * attention + dense + 3 * norm
    return FIRST_VOCABULARY * width + FIRST_LAYERS * (reads + writes)


def story(settings: Settings) -> Parts:
    """Count every part.

    Examples
    --------
    >>> story(GPT_2).numbers, counted(story(GPT_3).numbers)
    (124439808, '175 billion')
    """
    width, layers = settings.width, settings.layers
    inside = DEEPER * width
    return Parts(
        settings,
        words=settings.vocabulary * width,
        places=settings.places * width,
        attention=layers * 4 * (width * width + width),
        dense=layers * (2 * width * inside + inside + width),
        norms=(2 * layers + 1) * 2 * width,
    )


def published() -> tuple[Model, ...]:
    """The published models, the smallest first."""
    return (
        Model("head", "One head here", 2026, head_numbers()),
        Model("transformer", "Transformer", 2017, first_transformer()),
        Model("gpt-2", "GPT-2 small", 2019, story(GPT_2).numbers),
        Model("gpt-3", "GPT-3", 2020, story(GPT_3).numbers),
    )


def takeaway(told: Parts) -> str:
    """The count, its largest part, and what it takes to run.

    Examples
    --------
    >>> takeaway(story(GPT_2))[:75]
    'GPT-2 small, 12 layers of width 768, holds **124,439,808 numbers** to learn'
    """
    chosen, n = told.settings, told.numbers
    shares = {
        "Its word list takes": told.words + told.places,
        "Attention takes": told.attention,
        "The fully connected layers take": told.dense,
    }
    most = max(shares, key=lambda part: shares[part])
    return (
        f"{told.known or 'This shape'}, {so_many(chosen.layers, 'layer')} of width {chosen.width:,}, "
        f"holds **{counted(n)} numbers** to learn. {most} {two_figures(100 * shares[most] / n)} % of them. "
        f"{hosting(told)}"
    )


def counted(n: int) -> str:
    """A count of numbers to learn: exact below a billion.

    >>> counted(124_439_808), counted(174_563_733_504)
    ('124,439,808', '175 billion')
    """
    return f"{n:,}" if n < 1e9 else in_words(n)


def in_words(n: int) -> str:
    """A count of numbers in three figures and a word.

    >>> in_words(1_536), in_words(124_439_808), in_words(174_604_259_328)
    ('1,536', '124 million', '175 billion')
    """
    for unit, word in ((1e9, " billion"), (1e6, " million")):
        if n >= 0.9995 * unit:
            return f"{short(n / unit)}{word}"
    return f"{n:,}"


def hosting(told: Parts) -> str:
    """What it takes to hold the numbers, in words.

    Examples
    --------
    >>> hosting(story(GPT_2))
    'At two bytes each they fill **250 MB**: a phone can hold them.'
    """
    size = f"At two bytes each they fill **{bytes_in_words(told.bytes)}**"
    if told.bytes <= 1e9:
        return f"{size}: a phone can hold them."
    if told.bytes <= 16e9:
        return f"{size}: a good laptop can hold them."
    if told.cards == 1:
        return f"{size}: one large graphics card of 80 GB can hold them."
    return f"{size}: more than a graphics card of 80 GB holds, so you need at least {told.cards:,}."
