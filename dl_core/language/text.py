"""The words of any text: whatever the script, however long, whatever somebody hid in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MOST = 10_000  # words of a text that are read
IN_LINK = 300  # characters of a typed text that may stand in a link
MOST_MARKS = 8  # accents on one letter that are kept; more are a prank, and slow to put in order

# Latin letters and usual punctuation: no accents apart from their letters, no emoji, no soft hyphen
_IS_LATIN = re.compile(r"[\u0000-\u00ac\u00ae-\u02ff\u2010-\u205f]*")
_LATIN = re.compile(r"[^\W_]+(?:['’‐‑-][^\W_]+)*")
_SPELLED = str.maketrans("’‐‑", "'--")
_APOSTROPHES, _HYPHENS = "'’＇", "-‐‑"
_ZWNJ, _ZWJ, _KEYCAP = "\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}", "\u20e3"
_JOINERS = {
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_HYPHENS, "-"),
    **dict.fromkeys((_ZWNJ, _ZWJ), ""),  # seen in Persian and Indian words: dropped, the word stays whole
}
_SILENT = {"\N{SOFT HYPHEN}", "\N{WORD JOINER}", "\ufeff"}  # never seen: a word goes on across it
# Scripts without blanks: a character is a word. Real tokenisers know better where a word ends.
_WITHOUT_BLANKS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # Chinese signs of repetition and zero
    (0x3041, 0x30FF),  # Japanese
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),  # Chinese
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9D),
    (0x20000, 0x3FFFF),
)
_EMOJI = (
    (0x231A, 0x231B), (0x23E9, 0x23FA), (0x2600, 0x27BF), (0x2B05, 0x2B07), (0x2B1B, 0x2B1C),
    (0x2B50, 0x2B55), (0x1F000, 0x1FBFF),
)  # fmt: skip
_FLAG = (0x1F1E6, 0x1F1FF)
_ADDED = ((0x1F3FB, 0x1F3FF), (0xE0020, 0xE007F))  # a colour of skin, a region's flag
_LOOKS = (0xFE00, 0xFE0F)  # which picture a sign wants: no sound, no meaning


def words_of(text: str, most: int = MOST) -> tuple[str, ...]:
    """The words of a text, in order and in small letters. Never raises; time grows as the length does.

    Letters and digits of any script make words, with apostrophes and hyphens inside them; each emoji is a
    word; in scripts without blanks each character is one. All else is dropped. So a word holds nothing that
    marks up text (no ``<``, ``&``, ``*``, ``_``, ``$``, ``[`` or ``:``) and may stand in a sentence or label.

    Parameters
    ----------
    text
        Anything: half a character, a page's source, nothing.
    most
        Words after which to stop, 0 or more.

    Examples
    --------
    >>> words_of("The dog's well-known BITE: <b>ouch</b>!")
    ('the', "dog's", 'well-known', 'bite', 'b', 'ouch', 'b')
    >>> words_of("Crème brûlée 👍🏽👩‍🚀 我要退款")
    ('crème', 'brûlée', '👍🏽', '👩‍🚀', '我', '要', '退', '款')
    >>> words_of(" … "), words_of("one two three", 2)
    ((), ('one', 'two'))
    """
    if most <= 0:
        return ()
    found: list[str] = []
    for word in _latin(text) if _IS_LATIN.fullmatch(text) else _any(text):
        found.append(word)
        if len(found) == most:
            break
    return tuple(found)


def cut_short(text: str) -> bool:
    """Whether a text has more words than we read.

    >>> cut_short("word " * 10_000), cut_short("word " * 10_001)
    (False, True)
    """
    return len(words_of(text, MOST + 1)) > MOST


def in_short(word: str, most: int = 14) -> str:
    """A word for a label or a sentence, cut where there is no room; an accent stays with its letter.

    Parameters
    ----------
    word
        One of `words_of`; it holds nothing that marks up text.
    most
        Signs that are kept, 2 or more, the sign of the cut among them.

    Examples
    --------
    >>> in_short("refund"), in_short("donaudampfschifffahrt")
    ('refund', 'donaudampfsch…')
    """
    if len(word) <= most:
        return word
    end = most - 1
    while end > 1 and (_kind(word[end]) in ("mark", "look") or _ZWJ in word[end - 1 : end + 1]):
        end -= 1
    return word[:end].rstrip("'-") + "…"


def _latin(text: str) -> Iterator[str]:
    """The same as `_any` for a text of Latin letters, ten times as fast."""
    for match in _LATIN.finditer(text):
        yield _in_order(match.group().translate(_SPELLED))


def _any(text: str) -> Iterator[str]:
    place, end = 0, len(text)
    while place < end:
        kind = _kind(text[place])
        if kind == "emoji" or ("0" <= text[place] <= "9" and _keycap(text, place)):
            stop = _end_of_emoji(text, place)
            yield text[place:stop]
        elif kind in ("letter", "alone"):
            word, stop = _word(text, place)
            yield word
        else:
            stop = place + 1
        place = stop


def _word(text: str, place: int) -> tuple[str, int]:
    """The word that begins here, and where it ends."""
    alone, kept, marks, held = _kind(text[place]) == "alone", [text[place]], 0, ""
    place += 1
    while place < len(text):
        sign = text[place]
        kind = _kind(sign)
        if kind in ("mark", "look") and not held:
            marks += kind == "mark"
            if kind == "mark" and marks <= MOST_MARKS:
                kept.append(sign)
        elif alone:
            break
        elif kind == "letter":
            kept += (held, sign)
            marks, held = 0, ""
        elif sign in _JOINERS and not held and _kind(text[place + 1 : place + 2]) == "letter":
            held = _JOINERS[sign]
        elif sign not in _SILENT or held:
            break
        place += 1
    return _in_order("".join(kept)), place


def _in_order(word: str) -> str:
    """In small letters, each accent in one sign with its letter where there is such a sign."""
    return unicodedata.normalize("NFC", word.lower())


def _end_of_emoji(text: str, place: int) -> int:
    """Where an emoji ends: with its skin, its flag's second letter, and those it is joined to."""
    is_flag = all(_within(sign, (_FLAG,)) for sign in text[place : place + 2])
    place = min(place + 1 + is_flag, len(text))
    while place < len(text):
        if _kind(text[place]) == "look" or text[place] == _KEYCAP or _within(text[place], _ADDED):
            place += 1
        elif text[place] == _ZWJ and _kind(text[place + 1 : place + 2]) == "emoji":
            place += 2
        else:
            break
    return place


def _keycap(text: str, place: int) -> bool:
    """Whether a digit is one on a key."""
    return text[place + 1 : place + 3].lstrip("\ufe0f").startswith(_KEYCAP)


@lru_cache(maxsize=4096)  # a text has few signs, many times
def _kind(sign: str) -> str:
    """What a sign is in a text: part of a word, a word by itself, an accent, an emoji, or none of these."""
    if _within(sign, _EMOJI):
        return "emoji"
    if _within(sign, (_LOOKS,)):
        return "look"
    if sign and sign != _KEYCAP and unicodedata.category(sign)[0] == "M":
        return "mark"
    if not sign.isalnum():
        return ""
    return "alone" if _within(sign, _WITHOUT_BLANKS) and not sign.isdecimal() else "letter"


def _within(sign: str, spans: tuple[tuple[int, int], ...]) -> bool:
    return bool(sign) and any(low <= ord(sign) <= high for low, high in spans)
