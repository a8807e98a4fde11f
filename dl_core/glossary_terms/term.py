"""What the glossary knows of one word."""

from __future__ import annotations

from dataclasses import dataclass

MOST_WORDS = 12  # of a meaning: what a reader takes in at one glance


@dataclass(frozen=True)
class Term:
    """One word that the pages mark, as a product manager would say it."""

    key: str  # in the link: ``glossary?term=softmax``
    name: str  # as it stands in the glossary
    meaning: str  # one plain sentence of at most `MOST_WORDS` words
    example: str  # one sentence about a product
    page: str  # name of the lesson that teaches it
    also: tuple[str, ...] = ()  # what engineers say for it
    forms: tuple[str, ...] = ()  # other spellings that a page may mark
    clash: str = ""  # one sentence, where people mean two things by it

    def __post_init__(self) -> None:
        if not (self.key and self.name and self.example and self.page):
            raise ValueError("A term needs a key, a name, an example and a page.")
        if not 0 < len(self.meaning.split()) <= MOST_WORDS:
            raise ValueError(f"The meaning of “{self.name}” has none or more than {MOST_WORDS} words.")
