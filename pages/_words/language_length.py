"""The words of two scenes of "Language": what a longer text costs, and from these parts to GPT and Claude."""

from __future__ import annotations

from dl_core.language.length import Length, fine_print, overtaken
from dl_core.language.parts import Parts, in_words
from dl_core.numbers_in_words import so_many

LENGTH_LEAD = (
    "All those looks have a price: attention compares every word with every other. "
    "A recurrent network reads word by word, and each step waits for the last. "
    "A bag of words takes a text in one pass."
)
PRICE_HELP = "An assumption: look it up in your supplier’s list. Answers cost extra."
LENGTH_SOURCE = (
    "Counted from the length; GPT-2 small’s shape as published in 2019; length and price are assumptions."
)
LENGTH_NOTES = (
    "Say: attention is bought with pairs. Twice the text means four times the pairs, while a count and a bill only double. "
    "Point at the two rings: the same text in steps, and in pairs. The diamond is a text twice as long. "
    "In the shaded part the pairs cost more than all the rest of a layer. "
    "Expect the question why we should care when the supplier bills by the piece. "
    "Pairs set how long a text they take, how long you wait, and at last the price."
)


def length_headline(told: Length) -> str:
    """Pairs against words, at the reader's length."""
    if told.settings.n == 1:
        return "One word pairs with nothing but itself"
    if told.settings.n > overtaken():
        return "Twice the text, four times the pairs, and pairs cost most"
    return "Twice the text means four times the pairs"


def length_below(told: Length) -> str:
    """What the pairs fill, when they matter, what a bill counts."""
    return "\n".join(f"- {line}" for line in fine_print(told))


def length_tells(told: Length) -> dict[str, str]:
    """What the engineers' sheet learns."""
    chosen = told.settings
    return {
        "Latency": f"Texts of about {so_many(chosen.n, 'word')}: {so_many(told.pairs, 'pair')} in each head. "
        "Ask for the delay at the longest text, not at the usual one."
    }


PARTS_LEAD = (
    "Engineers call work with text **NLP**. Even a large language model is the parts above, many times over; its size is how many numbers it learns. "
    "Set a shape of your own, and see where it stands."
)
FIVE_SENTENCES = (
    "Text is cut into pieces, and each piece gets its embedding and its positional encoding.",
    "Attention heads let the pieces look at each other; many heads, layer upon layer, make a **Transformer** (2017).",
    "GPT (2018) is a Transformer that only looks back, trained on huge texts to guess the next piece.",
    "Then it learns from rated answers (2022); Anthropic adds written principles when it trains Claude (2022).",
    "GPT-3’s size is published (2020); those of GPT-4 and of Claude are not.",
)
FIVE_TITLE = "From these parts to GPT and Claude, in five sentences"
PARTS_SOURCE = "Counted from shapes that the makers published in 2017, 2019 and 2020."
PARTS_NOTES = (
    "Say: there is no other trick inside. The head we computed, copied many times, is most of what a language model is. "
    "Point at the lines from top to bottom: our one head, the first Transformer, GPT-2, GPT-3. "
    "Each step on the axis is a thousand times more. Then point at the last row, where there is no line. "
    "Expect the question how large Claude or GPT-4 is. Their makers do not say, so we draw nothing. "
    "Size is no measure of how well it does your task."
)


def parts_headline(told: Parts) -> str:
    """The same parts, whatever the size."""
    return "From one head to GPT: the same parts, repeated"


def parts_below() -> str:
    """The five sentences as a list."""
    return f"**{FIVE_TITLE}**\n\n" + "\n".join(
        f"{place}. {sentence}" for place, sentence in enumerate(FIVE_SENTENCES, 1)
    )


def parts_tells(told: Parts) -> dict[str, str]:
    """What the engineers' sheet learns."""
    return {
        "Latency": f"A model of {in_words(told.numbers)} numbers: ask what an answer takes on our machines."
    }
