"""The words of the glossary page beside its terms: sources, model card, quiz results."""

from __future__ import annotations

SOURCES = "Where the facts on the pages come from, and what we took from each. Their sentences are not ours, and ours are not theirs."
CARD = (
    "A model card says what was measured of a model, and on what. Ask your team for one. "
    "This is the card of the network that answers on the photo pages."
)
QUIZ = "Each page ends with three questions. Every wrong answer there is a mistake that people really make."
QUIZ_PRIVATE = "Your answers stay in this visit. They are in no link and in no file."
QUIZ_NONE = "You have answered no question yet. Pick a page."


def answered(right: int, n: int, of: int) -> str:
    """How the visit's quiz answers stand.

    Parameters
    ----------
    right, n, of
        How many answers were right, how many were given, and how many questions there are.
    """
    rest = of - n
    left = f" {rest} are still open." if rest > 1 else " One is still open." if rest else ""
    return f"You have answered **{n} of {of} questions**, and {right} of them right.{left}"
