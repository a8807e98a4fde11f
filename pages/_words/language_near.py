"""The words of four scenes of "Language": near words, the map, the odd one out, two meanings."""

from __future__ import annotations

from dl_core.language.embeddings import embeddings
from dl_core.language.near import Near
from dl_core.language.odd import Odd
from dl_core.language.senses import Meaning, Senses
from dl_core.language.wordmap import Wordmap
from dl_core.numbers_in_words import listed, short
from pages._shared.lesson import Source

IN_LINK_HELP = "What you type stands in this page’s link, and nowhere else."
TOO_FEW_GROUPS = "Choose two kinds or more; until then you see the first four."
TOO_MANY_GROUPS = "Four kinds are the most that a map can tell apart: you see the first four."
BELOW_MORE = "More: what it took for granted, and other ways we tried"
HALF = 0.5  # of the words’ differences, below which a map hides more than it shows
_CARD = embeddings().card
_TEXT = (
    f"Our own training on the {short(_CARD['entries'] / 1000)} thousand entries of WordNet 3.1 (Princeton), a dictionary; "
    f"{_CARD['words']:,} words of {_CARD['size']} numbers, {_CARD['date']}."
)


def near_headline(found: Near) -> str:
    """What the neighbours show."""
    if found.state != "known":
        return "A word that was never seen has no numbers"
    if found.opposites:
        return "Near means the same company, not the same meaning"
    if found.is_lonely:
        return "Some words have no near neighbour at all"
    return "Words that keep the same company get similar numbers"


NEAR_LEAD = (
    "To a **bag of words**, which only counts them, any two words are strangers. "
    "An **embedding** is a list of numbers that stands for a word. "
    "Ours are learned from a dictionary: words from similar definitions get similar lists."
)
NEAR_SOURCE = _TEXT
NEAR_NOTES = (
    "Say: counting words treats any two as strangers. Here each word got a list of numbers, learned from a dictionary alone. "
    "So a search can find a mail that never uses the customer’s own word. "
    "Point at the dotted line, which random pairs hardly pass; then choose the opposite and wait for the room to see it. "
    "Expect the question whether bigger models cure this. They read far more text, so they do better, "
    "but near still says company. Test it on your own searches first."
)


def wordmap_headline(told: Wordmap) -> str:
    """What the flat map does with the words."""
    if told.kept < HALF:
        return "A flat map shows the kinds, and hides most of the rest"
    return "Kinds of words form islands, though nobody told it the kinds"


WORDMAP_LEAD = (
    f"A map shows many words at once, but it has room for two numbers of each word’s {_CARD['size']}. "
    "So we look from the side where these words differ most, which is called **PCA**: a view that keeps the largest differences. "
    "The dictionary’s makers sorted the words into kinds; the training never saw that."
)
WORDMAP_SOURCE = _TEXT
WORDMAP_NOTES = (
    "Say: nobody told the machine what an animal or a food is. It read definitions, and kinds of words came to lie together. "
    "Point at the red star and ask the room where that word belongs; then type a word of your own product. "
    "Where map and numbers disagree, the numbers are right, for the map leaves most of them out. "
    "Expect the question what the two directions mean. Nothing by themselves: another choice of words gives another view, "
    "so never read a trend from it."
)


def odd_headline(found: Odd) -> str:
    """What the comparison says."""
    if found.state == "few":
        return "Three words are the least that can be compared"
    if found.state == "tie":
        return "A tie is a tie: no odd one here"
    return "The numbers find the odd word out, mostly, without knowing why"


ODD_LEAD = (
    "Near and far can be put to work: the word least like the others is the odd one. "
    "The same trick can point at a mail in the wrong folder. "
    "A small gap to the next word is a weak answer."
)
ODD_SOURCE = _TEXT
ODD_NOTES = (
    "Say: we ask which word does not belong, and the answer is nothing but comparing lists of numbers. "
    "Point at the striped bar and the gap to the next one. A wide gap is mostly right; a narrow one is near a guess, and the sentence says how often. "
    "Then choose the one that fails and let the room name the right answer first. "
    "Expect the question whether it understands the words. It does not know why a word is odd, "
    "so ask for the score on your own sets."
)


def senses_headline(told: Senses) -> str:
    """What becomes of a word with two meanings."""
    if told.winner is None:
        return "Two meanings, one list of numbers, and neither wins"
    return "Two meanings, one list of numbers: one meaning wins"


SENSES_LEAD = (
    "Many words mean two things, and an embedding has one list for both: so “mouse” can fail above. "
    "Words near the one meaning stand right, words near the other left. "
    "Watch which side our word takes."
)
SENSES_SOURCE = _TEXT
SENSES_NOTES = (
    "Say: this word means two things, and it has one list of numbers. The text decides which meaning wins, not your customer. "
    "Point at the red bar between the two sides. Then choose the mouse: a mail about a computer mouse would land among animals. "
    "So a search or a router on single words will mix them up, and the sentence prices that. "
    "Expect the question what cures it. Attention mixes in the words around before it decides; "
    "that comes further down this page, and it costs computing."
)


def assumed(price: str) -> str:
    """What the price of a mix-up rests on."""
    return f"Assumptions, all of them. Each mail in the wrong queue is read again for {price}, as in our support mail case."


def stands_for(meaning: Meaning) -> str:
    """Which words make up a meaning here: the nouns of its definition."""
    return f"“{meaning.name.capitalize()}” stands for these words of its definition: {listed(meaning.words)}."


NEAR_LIES = (
    "Our numbers come from a dictionary of a million words. Large models read far more, so they know more words; "
    "how well, is measured on your own texts only."
)
NEAR_SOURCES = (
    Source(
        "Princeton University, “About WordNet” (WordNet 3.1, 2011)",
        "the text we train on, its drawers (the kinds) and its opposites",
    ),
    Source(
        "O. Levy, Y. Goldberg and I. Dagan, “Improving distributional similarity with lessons learned from word "
        "embeddings” (2015)",
        "counting with care does about as well as word2vec; how to weigh the counts",
    ),
    Source(
        "T. Mikolov and others, “Efficient estimation of word representations in vector space” (2013)",
        "Word2Vec, tried here beside counting; GloVe (2014) is its cousin",
    ),
)
