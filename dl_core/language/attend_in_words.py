"""What one attention head did, in sentences and steps, and how well its network guesses."""

from __future__ import annotations

from typing import Any

from dl_core.language.attend import Attended, out_of_100
from dl_core.language.head import LONGEST, Floats, card
from dl_core.language.text import in_short
from dl_core.numbers_in_words import percent, so_many

MOSTLY = 0.5  # share of a head's looks that makes a habit
NOTHING = "Type a sentence: there is no word in it yet."
ALONE = "One word alone: its gap can only look at its own place. Type a few more words."
WAYS = {
    "commonest word": "always the commonest word",
    "even looks": "the same network, every look equal (a bag of words)",
    "counted neighbours": "counting which word stands next to which",
    "head": "this network, with attention",
}


def hundredths(share: float) -> str:
    """A share of 100, never claiming to be nothing or all.

    >>> hundredths(0.614), hundredths(0.002), hundredths(0.999)
    ('61', 'under 1', 'over 99')
    """
    if share >= 0.995:
        return "over 99"
    return f"{max(1, out_of_100(share))}" if share >= 0.005 else "under 1"


def habit(head: int) -> str:
    """Where a head looks most, as measured on texts it had not seen.

    Parameters
    ----------
    head
        1 to `HEADS`.

    Examples
    --------
    >>> habit(1) in ("next word", "word before", "farther words", "mixed")
    True
    """
    shares = card()["habits"][head - 1]
    named = {"next word": "after", "word before": "before", "farther words": "farther"}
    return next((name for name, key in named.items() if shares[key] >= MOSTLY), "mixed")


def head_name(head: int) -> str:
    """A head's number and its habit.

    >>> head_name(1).startswith("1: ")
    True
    """
    return f"{head}: {habit(head)}"


def quoted(word: str) -> str:
    """A word in a sentence, cut where it is long."""
    return f"“{in_short(word)}”"


def takeaway(shown: Attended) -> str:
    """Where the gap looks, what is guessed, whether the look mattered, and how many pairs that makes."""
    if shown.n < 2:
        return ALONE if shown.n else NOTHING
    said = [] if shown.settings.view == "gap" else [_pairs(shown)]
    said += [
        f"To fill the gap, head {shown.settings.head} {look_in_words(shown)}.",
        _first(shown),
        _cover(shown),
    ]
    if shown.settings.view == "gap":
        said.append(_pairs(shown))
    else:
        said.pop()
    return " ".join(filter(None, said))


def look_in_words(shown: Attended) -> str:
    """What the chosen head does from the gap, for after its name."""
    share = out_of_100(shown.looks[shown.most])
    if shown.is_tied:
        n_equal = sum(out_of_100(one) == share for one in shown.looks)
        return f"looks at {n_equal} words alike: {share} of 100 each"
    where = "its own place" if shown.most == shown.place else quoted(shown.words[shown.most])
    return f"looks at {where} most: {hundredths(shown.looks[shown.most])} of 100"


def _first(shown: Attended) -> str:
    first = shown.guesses[0]
    said = f"First guess: {quoted(first.word)}, {hundredths(first.share)} of 100"
    truth = quoted(shown.words[shown.place])
    if shown.rank is None:
        return f"{said}. It never learned {truth}, which is hidden."
    if shown.rank == 1:
        return f"{said}: right."
    return f"{said}; {truth}, which is hidden, is number {shown.rank:,}."


def _cover(shown: Attended) -> str:
    """What covering the word that the head looks at most does to the first guess."""
    if shown.most == shown.place or shown.is_tied:
        return ""
    before, after = hundredths(shown.guesses[0].share), hundredths(shown.covered[shown.most])
    word = quoted(shown.words[shown.most])
    goes = "stays at" if before == after else "goes" if after.startswith("under") else "goes to"
    said = f"Cover {word} and that {goes} {after}"
    if shown.moves_most == shown.most:
        return f"{said}."
    other, then = shown.words[shown.moves_most], hundredths(shown.covered[shown.moves_most])
    return f"{said}; cover {quoted(other)}: {then}."


def _pairs(shown: Attended) -> str:
    return f"{so_many(shown.n, 'word')} make {shown.pairs:,} pairs."


def unknown_sentence(shown: Attended) -> str:
    """Which words were never learned, and whether the sentence was cut; empty where all is well."""
    names = list(
        dict.fromkeys(word for word, known in zip(shown.words, shown.known, strict=True) if not known)
    )
    said = []
    if names:
        listed = ", ".join(quoted(name) for name in names[:3]) + (" and others" if len(names) > 3 else "")
        said.append(f"The network never learned {listed}: it sees an unknown word there.")
    if shown.is_cut:
        said.append(f"It has places for {LONGEST} words, so the rest is left out.")
    return " ".join(said)


def steps(shown: Attended, other: int) -> tuple[tuple[str, str], ...]:
    """The arithmetic of one pair, step by step: name and numbers.

    Parameters
    ----------
    other
        Place of the word looked at, 0 is the first.

    Raises
    ------
    ValueError
        If there is no such word.
    """
    if not 0 <= other < shown.n:
        raise ValueError(f"There is no word at place {other}: choose 0 to {shown.n - 1}.")
    key, value = shown.keys[other], shown.values[other]
    weight = shown.looks[other]
    return (
        ("query of the gap", _row(shown.query)),
        (f"key of {quoted(shown.words[other])}", _row(key)),
        ("query × key, place by place", _row(shown.query * key)),
        ("added up", _signed(shown.products[other])),
        (f"divided by √{len(key)} = {len(key) ** 0.5:.2f}", _signed(shown.scaled[other])),
        ("softmax: e to that, as a share of all", f"{weight:.3f}"),
        (f"value of {quoted(shown.words[other])}", _row(value)),
        ("weight × value", _row(weight * value)),
        ("the mix: all words’ added up", _row(shown.mix)),
    )


def _row(values: Floats) -> str:
    return "  ".join(_signed(float(value)) for value in values)


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def scores_table() -> tuple[tuple[str, ...], ...]:
    """How often each way to guess was right on held-out texts, with 95 % ranges; column names first."""
    rows: list[tuple[str, ...]] = [
        ("way to guess", "first guess right", "among its first five", "rarer words, first guess")
    ]
    for name, words in WAYS.items():
        found = card()["scores"][name]
        asked = (("all", "first"), ("all", "five"), ("rarer", "first"))
        rows.append((words, *(_scored(found[pile], what) for pile, what in asked)))
    return tuple(rows)


def _scored(found: dict[str, Any], what: str) -> str:
    low, high = found[f"{what}_range"]
    return f"{percent(found[what] / found['n'])} ({percent(low)} to {percent(high)})"


def measured_sentence() -> str:
    """What attention adds on held-out texts, what counting reaches, whether the longest look matters most."""
    kept, scores = card(), card()["scores"]
    ours, even, counted = (scores[name] for name in ("head", "even looks", "counted neighbours"))
    right, alike, next_door = (
        percent(one["all"]["first"] / one["all"]["n"]) for one in (ours, even, counted)
    )
    hits, n = kept["effects"]["hits"], kept["effects"]["n"]
    low, high = (f"{100 * one / n:.0f}" for one in (min(hits), max(hits)))
    return (
        f"On {ours['all']['n']:,} texts it never saw, the first guess is right in {right}; "
        f"with every look equal, in {alike}. "
        f"Counting which word stands next to which gets {next_door}, "
        f"and on rarer words {_rarer(ours, counted)}. "
        f"Is the longest bar the word that matters most? It is, by head, in {low} to {high} of 100 texts; "
        f"by chance it would be {100 * kept['effects']['by_chance']:.0f}."
    )


def _rarer(ours: dict[str, Any], counted: dict[str, Any]) -> str:
    """Counting against the network on words outside the commonest; level where the ranges meet."""
    first, second = counted["rarer"]["first_range"], ours["rarer"]["first_range"]
    if first[0] > second[1]:
        return "it is ahead"
    return "it is behind" if first[1] < second[0] else "it is level"
