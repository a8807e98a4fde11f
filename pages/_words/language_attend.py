"""The words of one scene of "Language": one attention head on the reader's sentence."""

from __future__ import annotations

from dl_core.language.attend import Attended
from dl_core.language.head import HEADS, SIZE, card
from dl_core.language.text import IN_LINK
from pages._shared.lesson import Source

SENTENCE = "Your sentence"
TYPED = f"English, up to {IN_LINK} signs. What you type stays in this page’s link, and nowhere else."
HIDDEN = "Hide this word"
HEAD = "The head"
HEAD_HELP = "Each head weighs the words in its own way. Its name says where it looked most, on texts it had never seen."
VIEW = "Show"
VIEWS = {"gap": "this gap", "all": "all pairs"}
ARITHMETIC = "Every number of one look"
OTHER = "The word looked at"
STEPS = ("step", "numbers")
PAIRS_IN_TABLE = "The weights of all pairs, in every head, stand in the picture’s table."
SCORES = "How well it guesses, against three that do with less"


def attend_headline(shown: Attended) -> str:
    """What attention does, and whether it helped here."""
    if shown.n < 2:
        return "Attention needs words to look at"
    if shown.settings.view == "all":
        return "Attention compares every word with every other"
    if shown.rank == 1:
        return "The gap looks around, weighs each word, and guesses right"
    return "The gap looks around, weighs each word, and guesses"


ATTEND_LEAD = (
    "Now look inside: **attention** lets each word weigh all others, then mix what they hand over. "
    "Hide a word: a small network, trained here, guesses it from what it looks at. "
    f"It looks in {HEADS} ways at once, and each way is called a **head**."
)
ATTEND_SOURCE = (
    f"Our own network of {card()['n_weights']:,} numbers, trained on the definitions of WordNet 3.1, "
    f"{card()['date']}; a toy."
)
ATTEND_NOTES = (
    "Say: one word is hidden. The network asks every other word how much it matters, and the answers add up to 100. "
    "Then it mixes what they hand over and guesses. Point at the longest bar, then at the guesses. "
    "Switch the head: one looks next door, another across the sentence. "
    "Expect the question whether the longest bar is the reason. No: cover that word and see whether the guess moves. "
    "And mind the bill: twice the words make four times the pairs."
)
LIE = (
    f"A weight shows where a head looks, not why the answer comes out. Ours has one layer and {HEADS} heads of "
    f"{SIZE} numbers; a large model has many layers, where looks build on looks. "
    "Three of our sentences were picked because they come out well, the fourth because it fails."
)

ATTEND_SOURCES = (
    Source(
        "S. Jain and B. Wallace, “Attention is not explanation” (2019)",
        "why a look is no reason, and why we cover the word",
    ),
)
