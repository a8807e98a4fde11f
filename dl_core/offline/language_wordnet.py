"""WordNet as text: entries with their words, drawers and meanings, and the words that we ship.

WordNet 3.1 is a dictionary with definitions and examples, and sorts each meaning into one of 45 drawers
(animal, food, person, …). Which meaning stands above which is used to test the vectors, never to train them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dl_core.language.embeddings import base_of
from dl_core.language.text import words_of

PARTS = ("noun", "verb", "adj", "adv")
OF_SENSE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}  # part of speech in index.sense
FUNCTION_WORDS = frozenset(
    words_of(
        """
    a an the of in to and or is are was were be been being by for with as at on from that which this these
    those it its they them their there we our us you your i my me not no nor but if so
    than then into onto over under out up down off about between among through during before after above
    below very more most much many some any each every all both few other another such only own same too can
    could may might must shall should will would do does did done doing has have had having what who whom
    whose when where why how while because until against upon within without also one two three etc use used
    using usually often either neither ever never again once here just make made take give get go come put
    let say said someone something anything especially relating characterized capable tending consisting
    resembling similar various several certain particular typically
    """
    )
)
HE, SHE = "(he)", "(she)"  # counted only to measure a bias: never shipped, and no company to anybody
PRONOUNS = {
    **dict.fromkeys(("he", "his", "him", "himself"), HE),
    **dict.fromkeys(("she", "her", "hers", "herself"), SHE),
}
# Words that products use: kept also where the dictionary says them seldom
PRODUCT_WORDS = words_of(
    """
    refund parcel delivery camera damage engine invoice customer screen battery shoe jacket doctor nurse
    bank mouse crane spring bat bark banana complaint broken scratch receipt coupon password warranty
    package shipping truck laptop phone email login account payment discount subscription order return
    exchange shop store seller buyer cancel late defect faulty repair replace charger cable printer software
    update crash error claim insurance accident bumper dent puncture leak reimburse reimbursement courier
    postage voucher checkout basket cart price cheap expensive helpful rude
    """
)
# WordNet's own words about a meaning. A slur in any meaning: the word is left out.
SLURS = re.compile(r"\b(slurs?|(?:offensive|disparag\w+|derogat\w+) (?:term|name|word)\w*)\b")
SLUR_USES = ("ethnic_slur", "disparagement")
# A third of a word's meanings or more are insults, obscene or sexual: then it is left out, too
COARSE = re.compile(
    r"\b(obscene|obscenity|vulgar|disparag\w+|derogat\w+|term of abuse|insulting term\w*|sexual\w*"
    r"|(?:have|having) sex|sex (?:acts?|organs?)|homosexual\w*|genital\w*|copulat\w*|prostitut\w*|penis"
    r"|vagina\w*|erotic\w*|masturbat\w*|lewd|orgasm\w*|brothel\w*|buttocks|testic\w+|testis|scrotum|semen|feces"
    r"|excrement|urinat\w+|incest|raped?|raping)\b"
)
# By hand: names of people by origin or handicap that hurt today, and coarse words, where WordNet is silent
BY_HAND = frozenset(
    words_of(
        """
    gypsy negro oriental savage cripple crippled retard retarded moron imbecile idiot cretin spastic lunatic
    colored coloured squaw heathen midget nazi homo queer dyke fag ass cock prick
    """
    )
)


@dataclass(frozen=True)
class Entry:
    """One meaning: the words that have it, and what the dictionary says of it."""

    part: str  # n, v, a or r
    offset: str  # its number in its file
    drawer: int  # 0 to 44
    heads: tuple[str, ...]  # in WordNet's spelling, with _ for a blank
    gloss: str  # definition and examples, as they stand there
    parents: tuple[str, ...]  # offsets of the meanings above, of a noun
    uses: tuple[str, ...]  # offsets of kinds of use, such as “ethnic slur”
    opposites: tuple[tuple[int, str, str, int], ...]  # place of ours, part, offset and place of the other

    @property
    def definition(self) -> str:
        """What the meaning is."""
        return self.gloss.partition('"')[0].strip(" ;")

    @property
    def examples(self) -> str:
        """All that stands after the definition, quotation marks among it."""
        return self.gloss.partition('"')[2]


@dataclass(frozen=True)
class Sense:
    """One meaning of a word as WordNet orders them."""

    part: str
    offset: str
    drawer: int
    rank: int  # 1: the commonest of its part of speech
    tagged: int  # how often people who marked meanings in texts (SemCor) found this one


class WordNet:
    """The files of the folder ``dict``, read."""

    def __init__(self, folder: Path) -> None:
        self.entries = [entry for part in PARTS for entry in read_entries(folder / f"data.{part}")]
        self.senses: dict[str, list[Sense]] = defaultdict(list)
        for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
            key, offset, rank, tagged = line.split()
            word, _, rest = key.partition("%")
            part, drawer = rest.split(":")[:2]
            self.senses[word].append(Sense(OF_SENSE[part], offset, int(drawer), int(rank), int(tagged)))

    @cached_property
    def by_place(self) -> dict[tuple[str, str], Entry]:
        """(part, offset) → entry."""
        return {(entry.part, entry.offset): entry for entry in self.entries}

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """Single words in small letters: no names, nothing with digits."""
        heads = {head for entry in self.entries for head in entry.heads}
        return frozenset(head for head in heads if head.isalpha() and head == head.lower())

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Slurs, and words that are mostly coarse, by what WordNet itself says of their meanings."""
        nouns = (entry for entry in self.entries if entry.part == "n")
        slur_uses = {entry.offset for entry in nouns if set(entry.heads) & set(SLUR_USES)}
        slurs, coarse, meanings = set(BY_HAND), Counter[str](), Counter[str]()
        for entry in self.entries:
            is_slur = SLURS.search(entry.definition) or slur_uses & set(entry.uses)
            for head in map(str.lower, entry.heads):
                meanings[head] += 1
                coarse[head] += bool(COARSE.search(entry.definition) or COARSE.fullmatch(head))
                if is_slur:
                    slurs.add(head)
        return frozenset(slurs | {word for word, n in coarse.items() if 3 * n >= meanings[word]})

    @cached_property
    def opposites(self) -> frozenset[tuple[str, str]]:
        """Pairs that WordNet calls opposites in one of their meanings, each once, in ABC order."""
        found = set()
        for entry in self.entries:
            for own, part, offset, its in entry.opposites:
                other = self.by_place[("a" if part == "s" else part, offset)]
                found.add(tuple(sorted((entry.heads[own], other.heads[its]))))
        return frozenset((one, two) for one, two in found)

    def drawers(self, word: str) -> tuple[int, ...]:
        """The drawers of a word's meanings, the commonest first."""
        weights = Counter[int]()
        for sense in self.senses[word]:  # a first meaning counts even where nobody marked it in texts
            weights[sense.drawer] += 100 * sense.tagged + (10 if sense.rank == 1 else 1)
        return tuple(drawer for drawer, _ in weights.most_common())

    def clear_drawer(self, word: str) -> int | None:
        """The drawer of a word with one main meaning (more than 60 % of uses); None: no such word."""
        weights = Counter[int]()
        for sense in self.senses[word]:
            weights[sense.drawer] += 10 * sense.tagged + (5 if sense.rank == 1 else 1)
        if not weights:
            return None
        drawer, most = weights.most_common(1)[0]
        return drawer if most > 0.6 * weights.total() else None

    def first_noun(self, word: str) -> Entry | None:
        """The commonest meaning of a word as a noun."""
        first = next((sense for sense in self.senses[word] if (sense.part, sense.rank) == ("n", 1)), None)
        return self.by_place[("n", first.offset)] if first else None


def read_entries(file: Path) -> Iterator[Entry]:
    """The entries of one of WordNet's data files."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue  # the licence
        left, _, gloss = line.partition("|")
        fields = left.split()
        n_heads = int(fields[3], 16)
        heads = tuple(re.sub(r"\(.*\)", "", head) for head in fields[4 : 4 + 2 * n_heads : 2])
        start = 4 + 2 * n_heads
        pointers = [fields[start + 1 + 4 * i : start + 5 + 4 * i] for i in range(int(fields[start]))]
        yield Entry(
            part="a" if fields[2] == "s" else fields[2],
            offset=fields[0],
            drawer=int(fields[1]),
            heads=heads,
            gloss=gloss,
            parents=tuple(one[1] for one in pointers if one[0] in ("@", "@i") and fields[2] == "n"),
            uses=tuple(one[1] for one in pointers if one[0] == ";u"),
            opposites=tuple(
                (int(one[3][:2], 16) - 1, one[2], one[1], int(one[3][2:], 16) - 1)
                for one in pointers
                if one[0] == "!"
            ),
        )


@dataclass(frozen=True)
class Text:
    """One entry as training text, every word in its base form."""

    heads: tuple[str, ...]  # the entry's own words
    body: tuple[str, ...]  # its definition and examples in order, function words dropped


def texts_of(wordnet: WordNet) -> list[Text]:
    """Every entry as text."""
    based: dict[str, str] = {}

    def base(word: str) -> str:
        if word not in based:
            based[word] = base_of(word, wordnet.plain_words) or word
        return based[word]

    texts = []
    for entry in wordnet.entries:
        heads = (word for head in entry.heads if head == head.lower() for word in head.split("_"))
        body = words_of(f"{entry.definition} {entry.examples}")
        texts.append(
            Text(
                tuple(dict.fromkeys(base(word) for word in heads if word not in FUNCTION_WORDS)),
                tuple(PRONOUNS.get(word) or base(word) for word in body if word not in FUNCTION_WORDS),
            )
        )
    return texts


def counted(texts: list[Text]) -> Counter[str]:
    """How often each word occurs."""
    counts = Counter[str]()
    for text in texts:
        counts.update(text.heads)
        counts.update(text.body)
    return counts


def shipped_words(wordnet: WordNet, counts: Counter[str], most: int) -> list[str]:
    """The commonest plain words of three letters or more, and those of products; none that is left out."""
    good = [
        word
        for word, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        if word in wordnet.plain_words and word not in wordnet.left_out | FUNCTION_WORDS and len(word) > 2
    ]
    asked = {word for word in PRODUCT_WORDS if word in set(good)}
    kept = set(good[: most - len(asked - set(good[:most]))]) | asked
    return [word for word in good if word in kept]
