"""What a longer text costs: a bag counts it, a recurrent network steps, attention pairs its words."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from dl_core.decide.amounts import money, price
from dl_core.numbers_in_words import bytes_in_words, percent, so_many, two_figures

SHORTEST, LONGEST = 1, 1_000_000  # words
MOST_A_DAY, DEAREST = 100_000_000, 1_000.0
DAYS = 365
# word pieces a word, English: OpenAI's help says 100 pieces are about 75 words
PIECES_A_WORD = 4 / 3
BYTES = 4  # of a score as float32

# GPT-2 small as published (Radford and others, 2019)
WIDTH, LAYERS, HEADS = 768, 12, 12


@dataclass(frozen=True)
class Settings:
    """A text, how many like it a day, and the supplier's price."""

    n: int = 1_000  # words
    per_day: int = 10_000  # texts
    a_million: float = 1.0  # dollars for a million word pieces; an assumption

    def __post_init__(self) -> None:
        if not SHORTEST <= self.n <= LONGEST:
            raise ValueError(f"{self.n} words: choose 1 to {LONGEST:,}.")
        if not 1 <= self.per_day <= MOST_A_DAY:
            raise ValueError(f"{self.per_day} texts a day: choose 1 to {MOST_A_DAY:,}.")
        if not 0 <= self.a_million <= DEAREST:
            raise ValueError(f"A million word pieces at ${self.a_million}: choose $0 to ${DEAREST:,.0f}.")


PRESETS = {  # lengths are round assumptions
    "Support mail": Settings(150, 20_000),
    "Contract": Settings(10_000, 200),
    "Book": Settings(100_000, 10),
}


@dataclass(frozen=True)
class Length:
    """The cost of a text in steps, pairs, bytes and money."""

    settings: Settings

    @property
    def steps(self) -> int:
        """Counts of a bag, and steps of a recurrent network: one a word."""
        return self.settings.n

    @property
    def pairs(self) -> int:
        """Pairs of words that one head compares, each word also with itself."""
        return self.settings.n**2

    @property
    def doubled(self) -> int:
        """The same for a text twice as long."""
        return (2 * self.settings.n) ** 2

    @property
    def bytes_a_head(self) -> int:
        """Bytes of all pairs' scores in one head of one layer, as float32."""
        return BYTES * self.pairs

    @property
    def bytes_in_all(self) -> int:
        """The same in all heads of GPT-2 small, if all were kept at once."""
        return self.bytes_a_head * LAYERS * HEADS

    @property
    def a_year(self) -> float:
        """Dollars a year at the supplier's price: it counts word pieces, not pairs."""
        chosen = self.settings
        return chosen.n * PIECES_A_WORD * chosen.per_day * DAYS * chosen.a_million / 1e6

    @property
    def share_of_pairs(self) -> float:
        """Share of a layer's multiplications that the pairs take, 0 to 1, at GPT-2 small's width."""
        return pair_products(self.settings.n) / (
            pair_products(self.settings.n) + other_products(self.settings.n)
        )


def pair_products(n: int, width: int = WIDTH) -> int:
    """Multiplications of one layer that grow with the pairs: scores, and the mix of values.

    Parameters
    ----------
    n
        Words, or rather word pieces.
    width
        Numbers a word; all heads of a layer share them.

    Examples
    --------
    >>> pair_products(1000) == 2 * 1000 * 1000 * 768
    True
    """
    return 2 * n * n * width


def other_products(n: int, width: int = WIDTH) -> int:
    """Multiplications of one layer for each word alone: query, key, value, the way out, two dense steps.

    Parameters
    ----------
    n
        Words, or rather word pieces.
    width
        Numbers a word; the dense steps are four times as wide inside.

    Examples
    --------
    >>> other_products(1) == 4 * 768 * 768 + 2 * 4 * 768 * 768
    True
    """
    return 12 * n * width * width


def overtaken(width: int = WIDTH) -> int:
    """The length from which the pairs cost more than the rest of a layer: 2 n d is 12 d² at n = 6 d.

    Examples
    --------
    >>> overtaken()  # 6 · 768
    4608
    """
    return ceil(12 * width * width / (2 * width))


def story(settings: Settings) -> Length:
    """What this text costs.

    Examples
    --------
    >>> told = story(Settings())
    >>> told.pairs, told.doubled // told.pairs, round(told.a_year)  # 1,000 · 4/3 · 10,000 · 365 / 1,000,000
    (1000000, 4, 4867)
    """
    return Length(settings)


def takeaway(told: Length) -> str:
    """Pairs, what doubling does to them, and the bill.

    Examples
    --------
    >>> takeaway(story(Settings()))[:78]
    'A text of 1,000 words makes **1,000,000 pairs** in each head. Twice the words '
    """
    chosen = told.settings
    bill = (
        f"At {price(chosen.a_million)} for a million word pieces (an assumption), "
        f"{so_many(chosen.per_day, 'such text')} a day cost **{money(told.a_year)}** a year."
    )
    if not chosen.a_million:
        bill = "On your own machines no piece has a price: count their hours."
    return (
        f"A text of {so_many(chosen.n, 'word')} makes **{so_many(told.pairs, 'pair')}** in each head. "
        f"Twice the words make four times the pairs. A bag counts each word once. {bill}"
    )


def fine_print(told: Length) -> tuple[str, ...]:
    """What the pairs mean in memory, when they matter, and what a bill counts.

    Examples
    --------
    >>> fine_print(story(Settings()))[0][:60]
    'The scores of all pairs fill 4.0 MB in one head of one layer'
    """
    longer = told.settings.n > overtaken()
    return (
        f"The scores of all pairs fill {bytes_in_words(told.bytes_a_head)} in one head of one layer. "
        f"GPT-2 small has {LAYERS * HEADS} heads: {bytes_in_words(told.bytes_in_all)} if all were kept. "
        "Modern code keeps only parts of them at a time.",
        f"At its width of {WIDTH}, pairs take {percent(told.share_of_pairs)} of a layer’s multiplications. "
        f"{'Beyond' if longer else 'Only beyond'} {overtaken():,} words they cost more than the rest of it.",
        f"A bill counts pieces, about {two_figures(PIECES_A_WORD)} a word in English. "
        "So twice the text is twice the bill. "
        "The pairs set how long a text a supplier takes, and how long you wait.",
    )
