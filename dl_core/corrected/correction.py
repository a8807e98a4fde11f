"""One correction, and the five articles that this product grew from."""

from __future__ import annotations

from dataclasses import dataclass

ARTICLES = {
    "A": "“Deep learning for product managers, part 1”",
    "B": "Muxin Li, “Machine Learning Foundations for Product Managers, week 6: Deep Learning”",
    "C": "Sasank Chilamkurthy, “Deep Learning Crash Course, part 1”",
    "D": "“Brief intro to Deep Learning” (ConvNetJS)",
    "E": "Joseph Lee Wei En, “Intuitive Deep Learning, part 1a”",
}


@dataclass(frozen=True)
class Correction:
    """One place where an article and this product differ.

    Raises
    ------
    ValueError
        If an article is unknown, or a text is empty.
    """

    articles: str  # letters of `ARTICLES`, such as "A" or "BDE"
    printed: str  # what stands there, in our words, without a full stop
    right: str  # what is right, one to three sentences
    checked: str  # how we checked, one or two sentences
    page: str  # name of the lesson that teaches it

    def __post_init__(self) -> None:
        unknown = [letter for letter in self.articles if letter not in ARTICLES]
        if unknown or not self.articles:
            raise ValueError(f"There is no article {unknown or 'named'}: choose among {', '.join(ARTICLES)}.")
        if not all((self.printed, self.right, self.checked, self.page)):
            raise ValueError(
                "A correction says what is printed, what is right, how it was checked, and where."
            )
