"""The words of "Language" that no setting moves, and those of its opening scene."""

from __future__ import annotations

from dl_core.decide.amounts import money, price
from dl_core.documents.content import Advice, HardQuestion
from dl_core.language import length, parts
from dl_core.language.bag import Bags, Settings, alike, pieces, story
from dl_core.language.text import IN_LINK, MOST
from dl_core.numbers_in_words import bytes_in_words, so_many
from dl_core.running_case import Case
from pages._shared.lesson import Option, Predict, Question, Source

HEADLINE = "Count words first; pay for attention only where order matters"
DECISION = "whether counting words will do, or whether you need a language model."


def because(told: Bags) -> str:
    """Why no data help a bag."""
    same = story(Settings())
    return (
        f"Both bags hold the same {pieces(same, same.size)}, so the model is given the same "
        f"{so_many(same.size, 'number')} twice. No data can bring back an order that it never sees."
    )


PREDICT = Predict(
    question="Can a count of words tell “dog bites man” from “man bites dog”?",
    options=("Yes", "With more data", "Never"),
    right="Never",
    because=because,
)

# what the reader's cases say in words, and how many words that takes: round assumptions, called so on the page
TEXTS = {
    "returns": ("a return reason", 15),
    "claims": ("a damage report", 300),
    "defects": ("an inspector’s note", 12),
    "mail": ("a text", 150),
}
SHORT, LONG = length.PRESETS["Support mail"], length.PRESETS["Contract"]
A_MILLION = SHORT.a_million


def so_what(told: Bags, case: Case) -> str:
    """What reading every text costs a year, and where counting fails this product."""
    what, n = TEXTS[case.key]
    year = length.story(length.Settings(n, case.per_day)).a_year
    return (
        f"Say each of your {case.per_day:,} {case.items} a day brings {what} of {n} words (our assumption). "
        f"At {price(A_MILLION)} a million word pieces, a bought model reads them all for about {money(year)} a year. "
        "So price seldom decides. "
        f"Ask where your texts may go, and whether one “not” can mean that {case.miss}."
    )


TRADE_OFFS = (
    ("You choose", "You gain", "You pay", "Where it breaks"),
    ("Count", "Cheap, and you see which word decided", "One number for each known word", "Order; other words, same wish"),
    ("Embed", "Words of like use lie near", "A list learned from much text", "One word, one place, whatever it means here"),
    ("Step through: recurrent", "Order, word after word", "Each step waits for the last", "Far words fade"),
    ("Attend", "Every word looks at every other", "Words × words", "Long texts: price and delay"),
    ("Buy a large model", "Works from a few examples", "By the piece, and your texts leave", "It can change under you"),
)  # fmt: skip

ASK_ENGINEERS = (
    Advice(
        "What does counting words reach on our own texts?",
        "They show it on held-out texts, with a range, beside the larger model.",
        "Nobody tried, because counting is old.",
    ),
    Advice(
        "Which of our answers hang on order or on one small word?",
        "They bring pairs of real texts that share their words and mean different things.",
        "“The model understands.” No pair was tried.",
    ),
    Advice(
        "How long are our texts, in word pieces?",
        "They counted: the usual length, the longest, and what is cut off.",
        "“It takes a million pieces.” Nobody asked what that costs.",
    ),
    Advice(
        "Which words of ours does it not know?",
        "They list product names, typing errors and languages, and what happens to each.",
        "“It has read the whole internet.”",
    ),
    Advice(
        "What does a year cost at our volume, and who keeps our texts?",
        "They multiply texts, pieces and price, and name the contract’s line on data.",
        "A price for one call, and no word on data.",
    ),
)


def what_if_asked(told: Bags) -> tuple[HardQuestion, ...]:
    """What a room asks, answered with our own counts."""
    short, long = length.story(SHORT), length.story(LONG)
    small, large = parts.story(parts.GPT_2), parts.story(parts.GPT_3)
    mix = (
        "we still wait for two texts"
        if told.kind == "empty"
        else f"these two bags have a similarity of {alike(told)}"
    )
    return (
        HardQuestion(
            "Is counting words not far too old?",
            f"It is cheap and easy to read. On the screen {mix}. "
            "Try it on your texts, then see what a larger model adds.",
        ),
        HardQuestion(
            "Does a language model understand us?",
            "It learns which piece of text comes next. Whether that is understanding is open. "
            "Whether it is right on your cases can be measured.",
        ),
        HardQuestion(
            "What would reading all our mail cost?",
            f"At {price(A_MILLION)} a million pieces, our assumption, {SHORT.per_day:,} mails a day of {SHORT.n} words "
            f"cost {money(short.a_year)} a year.",
        ),
        HardQuestion(
            "Can we keep our texts in the house?",
            f"With counts or a small model, yes: GPT-2 small fills {bytes_in_words(small.bytes)}. "
            f"GPT-3 would fill {bytes_in_words(large.bytes)}, and nobody outside has it.",
        ),
        HardQuestion(
            "Does attention end the trouble with long texts?",
            f"It eases it. Any word can look at any other, but {LONG.n:,} words make {long.pairs:,} pairs. "
            "Price and delay grow.",
        ),
    )


WHERE_IT_LIES = (
    "Real bags leave out “the” and “a”, join “refund” and “refunds”, and weigh rare words more. Ours counts plainly.",
    "A word here is what stands between blanks. Models cut text into pieces, about four for three English words.",
    "In Chinese, Japanese and Thai we count each sign as a word. Real systems find words first.",
    "Two bags can be alike and mean the opposite, or differ and mean the same. Similarity of counts is no meaning.",
    "GPT looks only back, so it uses about half of the pairs. The steep line stays as steep.",
    "Newer models skip some pairs or use other tricks. Makers publish few details, so we draw the plain kind.",
    "The price of a piece is an assumption, and answers cost extra: often several times as much as reading.",
    "More numbers to learn do not make a better answer on your case. Only held-out cases tell.",
)

QUIZ = (
    Question(
        "Your vocabulary has 20,000 words. How long is the bag of a mail of 150 words?",
        (
            Option("150 numbers.", "The mail has 150 words, but the list has a place for every known word."),
            Option("20,000 numbers.", "One for each known word. Nearly all of them are 0.", right=True),
            Option(
                "It depends on the order.",
                "A bag has no order. Its length is that of the vocabulary.",
            ),
        ),
    ),
    Question(
        "What does attention do to the limit on long texts?",
        (
            Option(
                "It removes it.",
                "Any word can look at any other, but the pairs grow with the square of the length.",
            ),
            Option("It eases it, at a price.", "Twice the words, four times the pairs.", right=True),
            Option(
                "Nothing: only a recurrent network helps.",
                "It carries the past along, step by step. Attention looks back in one step.",
            ),
        ),
    ),
    Question(
        "A count cannot tell “cancel” from “do not cancel”. What helps?",
        (
            Option(
                "More mails to learn from.",
                "The bags stay nearly equal. More mails cannot show what a bag leaves out.",
            ),
            Option(
                "A larger vocabulary.",
                "“Not” is in it already. What is missing is which word it belongs to.",
            ),
            Option(
                "Something that sees order.",
                "Pairs of words keep a little of it, a recurrent network or attention keeps more.",
                right=True,
            ),
        ),
    ),
)

MATHS = r"""
**Bag.** A text is $x \in \mathbb{N}^V$: $x_w$ counts word $w$, and $V$ is the size of the vocabulary.
The similarity is the cosine $\frac{x \cdot y}{\lVert x \rVert \, \lVert y \rVert}$: 1 for the same mix, 0 with no word in common.

**Cost of length.** For $n$ words of width $d$, one layer multiplies $2 n^2 d$ times for the pairs
and $12 n d^2$ times for the rest. They are equal at $n = 6 d$.

**Numbers to learn.** With $L$ layers, $V$ pieces and $P$ places: $V d + P d + L \, (12 d^2 + 13 d) + 2 d$.
"""

SOURCES = (
    Source("Z. S. Harris, “Distributional structure” (1954)", "the bag of words by its name"),
    Source(
        "A. Vaswani and others, “Attention is all you need” (2017)",
        "attention; the Transformer’s shape, and its 65 million numbers as printed",
    ),
    Source(
        "A. Radford and others, “Improving language understanding by generative pre-training” (2018)",
        "GPT: a Transformer that looks back and learns to guess the next piece",
    ),
    Source(
        "A. Radford and others, “Language models are unsupervised multitask learners” (2019)",
        "the shapes of GPT-2",
    ),
    Source("T. Brown and others, “Language models are few-shot learners” (2020)", "the shape of GPT-3"),
    Source(
        "L. Ouyang and others, “Training language models to follow instructions with human feedback” (2022)",
        "how answers rated by people shape a model",
    ),
    Source(
        "Y. Bai and others, “Constitutional AI: harmlessness from AI feedback” (2022)",
        "how Anthropic trains with written principles",
    ),
    Source("OpenAI, “GPT-4 technical report” (2023)", "that its size is not told"),
    Source(
        "Anthropic, “The Claude 3 model family” (2024)",
        "that Claude learned to predict words, then from feedback and principles; no size is told",
    ),
    Source("T. Dao and others, “FlashAttention” (2022)", "scores of pairs need not all be kept at once"),
    Source("OpenAI’s help pages, “What are tokens” (read in 2026)", "about 75 English words are 100 pieces"),
)

FIRST, SECOND = "First text", "Second text"
RUN = "Words counted together"
RUN_HELP = "With 2, each pair of neighbours is counted: “dog bites”, “bites man”."
TYPED = f"Any language, up to {IN_LINK} signs. What you type stays in this page’s link, and nowhere else."
LONGER = "Longer texts"
PASTED = f"We read up to {MOST:,} words of each. Such a text stays in this visit: it is in no link and in no saved brief."

BAG_SOURCE = "Counted on the two texts shown; similarity is the cosine of both counts."
BAG_NOTES = (
    "Say: the oldest way to feed text to a machine is to count its words. It is cheap, easy to read, and often enough. "
    "Point at the mirror: every bar on the left has its twin on the right, and yet the two sentences tell opposite stories. "
    "Then choose the mail with the small not: one word, an opposite wish, and nearly the same bag. "
    "Expect the question whether more data would help. It would not, because the order never reaches the model."
)


def bag_headline(told: Bags) -> str:
    """What the two bags say about the two texts."""
    return {
        "empty": "Type two texts, and their words are counted",
        "same text": "The same text twice: nothing to tell apart",
        "same bag": "Counting alone cannot tell these two apart",
        "close": f"Similarity {alike(told)}, whatever the small difference means",
        "strangers": "Nothing in common, even if both mean the same",
        "some": "Words of their own can tell these two apart",
    }[told.kind]
