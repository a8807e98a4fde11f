"""Measure how far back networks can be taught to remember: plain recurrent, gated, attention.

    python -m dl_core.offline.language_memory --out assets/language/memory.json

The task: a sequence holds one marked item, one of eight kinds; then noise of the same kinds follows. At the
end the network has to tell the marked kind. First question, "taught": a network is trained anew for each
distance, with the same number of sequences. Second, "beyond": it is trained on all distances up to 40 and
then asked at distances that it never saw. All have about 14,000 numbers to learn. A gated network is measured
with two starts: torch's own, and with gates that first keep 95 % of the memory at each step, as on the page
"Neurons". About seven minutes on one core. After each network the table is written again, so that a stopped
run goes on where it was.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from dl_core.language.recall import BEYOND, DISTANCES, KEEPS, KINDS, N_HELD_OUT, N_KINDS, TAUGHT_UP_TO, Kind

N_STARTS = 3
N_STEPS = 800
BATCH = 64
RATE = 0.002
LARGEST_SLOPE = 1.0  # gradients longer than this are shortened, for all networks
POSITIONS = 1 + max(*DISTANCES, *BEYOND)
PLAIN_WIDTH, GATED_WIDTH, BLOCK_WIDTH, BLOCK_INNER = 112, 64, 32, 96
Row = dict[str, Any]


class Recurrent(nn.Module):
    """Reads item by item; the answer is read off its memory after the last one."""

    def __init__(self, reader: nn.RNNBase) -> None:
        super().__init__()
        self.reader = reader
        self.answer = nn.Linear(reader.hidden_size, N_KINDS)

    def forward(self, items: Tensor) -> Tensor:
        """Scores (sequences, 8) for sequences (sequences, steps, 9)."""
        scores: Tensor = self.answer(self.reader(items)[0][:, -1])
        return scores


class Block(nn.Module):
    """One Transformer block: attention (one head), feed-forward, both with a shortcut; learned positions."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Linear(N_KINDS + 1, BLOCK_WIDTH)
        self.positions = nn.Embedding(POSITIONS, BLOCK_WIDTH)
        self.block = nn.TransformerEncoderLayer(
            BLOCK_WIDTH, nhead=1, dim_feedforward=BLOCK_INNER, dropout=0.0, batch_first=True
        )
        self.answer = nn.Linear(BLOCK_WIDTH, N_KINDS)

    def forward(self, items: Tensor) -> Tensor:
        """Scores (sequences, 8) for sequences (sequences, steps, 9), read off at the last item."""
        entered = self.enter(items) + self.positions(torch.arange(items.shape[1]))
        scores: Tensor = self.answer(self.block(entered)[:, -1])
        return scores

    @torch.no_grad()
    def reuse_positions(self, last: int) -> None:
        """Give every place after ``last`` what was learned for a place 1 to ``last``, in turn."""
        places = torch.arange(last + 1, POSITIONS)
        self.positions.weight[places] = self.positions.weight[(places - 1) % last + 1]


def gated(keeps: float | None) -> nn.Module:
    """A gated network (GRU) with torch's own start, or one whose gates first keep this share at each step."""
    reader = nn.GRU(N_KINDS + 1, GATED_WIDTH, batch_first=True)
    if keeps is not None:
        first = dict(reader.named_parameters())
        with torch.no_grad():  # torch keeps the gates in the order reset, update, new
            first["bias_hh_l0"][GATED_WIDTH : 2 * GATED_WIDTH] = 0
            first["bias_ih_l0"][GATED_WIDTH : 2 * GATED_WIDTH] = math.log(keeps / (1 - keeps))
    return Recurrent(reader)


MAKERS: dict[Kind, Callable[[], nn.Module]] = {
    "plain": lambda: Recurrent(nn.RNN(N_KINDS + 1, PLAIN_WIDTH, batch_first=True)),
    "gated": lambda: gated(None),
    "keeping": lambda: gated(KEEPS),
    "attention": Block,
}


def sequences(distance: int, n: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Marked items, each followed by noise.

    Parameters
    ----------
    distance
        Noise items after the marked one, 0 or more.
    n
        How many sequences, 1 or more.
    chance
        Draws kinds evenly.

    Returns
    -------
    tuple
        Items (n, distance + 1, 9): kind as one of eight ones, and 1 in the last place where marked; the
        marked kinds (n,).
    """
    kinds = torch.randint(N_KINDS, (n, distance + 1), generator=chance)
    items = torch.zeros(n, distance + 1, N_KINDS + 1)
    items[..., :N_KINDS] = nn.functional.one_hot(kinds, N_KINDS)
    items[:, 0, N_KINDS] = 1
    return items, kinds[:, 0]


def trained(
    kind: Kind, distances: Sequence[int], start: int, n_steps: int = N_STEPS
) -> tuple[nn.Module, float]:
    """A network after ``n_steps`` batches, each of one of the ``distances``; and its seconds of processor."""
    torch.manual_seed(start)
    network = MAKERS[kind]()
    chance = torch.Generator().manual_seed(1000 + start)
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    began = time.process_time()
    for _ in range(n_steps):
        distance = distances[int(torch.randint(len(distances), (), generator=chance))]
        items, told = sequences(distance, BATCH, chance)
        optimiser.zero_grad()
        nn.functional.cross_entropy(network(items), told).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), LARGEST_SLOPE)
        optimiser.step()
    return network, time.process_time() - began


@torch.inference_mode()
def right(network: nn.Module, distance: int, n: int = N_HELD_OUT) -> int:
    """How many of ``n`` sequences that no training saw the network tells rightly.

    They are the same for all networks and drawn apart from those of the training.
    """
    items, told = sequences(distance, n, torch.Generator().manual_seed(9_000_000 + distance))
    return int((network(items).argmax(dim=1) == told).sum())


def n_numbers(kind: Kind) -> int:
    """How many numbers a network learns."""
    return sum(each.numel() for each in MAKERS[kind]().parameters())


def taught_row(kind: Kind, distance: int, start: int, n_steps: int = N_STEPS) -> Row:
    """Trained at one distance, asked at the same."""
    network, seconds = trained(kind, (distance,), start, n_steps)
    return {
        "kind": kind,
        "distance": distance,
        "start": start,
        "right": right(network, distance),
        "seconds": round(seconds, 1),
    }


def beyond_row(kind: Kind, start: int, n_steps: int = N_STEPS) -> Row:
    """Trained on all distances up to 40, asked at several near and far; attention once more with old places.

    The places past the taught ones keep their random start. Where they get learned ones instead and the
    answers come back ("reused"), it was these places that were missing.
    """
    network, seconds = trained(kind, range(1, TAUGHT_UP_TO + 1), start, n_steps)
    found = {str(distance): right(network, distance) for distance in BEYOND}
    row = {"kind": kind, "start": start, "right": found, "seconds": round(seconds, 1)}
    if isinstance(network, Block):
        network.reuse_positions(TAUGHT_UP_TO)
        row["reused"] = {str(distance): right(network, distance) for distance in BEYOND}
    return row


def table(command: str, n_starts: int, n_steps: int, taught: list[Row], beyond: list[Row]) -> dict[str, Any]:
    """What is committed: how it was made, and one row for each network."""
    return {
        "command": command,
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.machine()}, torch {torch.__version__}, one thread of a shared machine",
        "seeds": f"starts 0 to {n_starts - 1}; training sequences 1000 + start; held out 9000000 + distance",
        "data": "made-up sequences: one marked item of eight kinds, then noise of the same kinds",
        "settings": {
            "steps": n_steps,
            "batch": BATCH,
            "optimiser": "Adam",
            "rate": RATE,
            "largest_slope": LARGEST_SLOPE,
            "first weights": f'torch\'s own; the gates of "keeping" keep {KEEPS:.0%} at the start',
        },
        "n_starts": n_starts,
        "n_held_out": N_HELD_OUT,
        "n_kinds": N_KINDS,
        "numbers": {kind: n_numbers(kind) for kind in KINDS},
        "taught": sorted(taught, key=lambda row: (KINDS.index(row["kind"]), row["distance"], row["start"])),
        "beyond": sorted(beyond, key=lambda row: (KINDS.index(row["kind"]), row["start"])),
    }


def measure(out: Path, command: str, n_starts: int = N_STARTS, n_steps: int = N_STEPS) -> None:
    """Train what the table at ``out`` does not hold yet; write it after each network.

    Parameters
    ----------
    out
        The table, JSON; begun anew where it does not exist.
    command
        What the table says it was made with.
    n_starts, n_steps
        Starts for each network, and training batches; a table made with other numbers of steps is not
        gone on with.

    Raises
    ------
    ValueError
        If the table at ``out`` was made with another number of steps.
    """
    taught, beyond = [], []
    if out.exists():
        before = json.loads(out.read_text(encoding="utf-8"))
        if before["settings"]["steps"] != n_steps:
            raise ValueError(f"{out} was made with {before['settings']['steps']} steps: move it away first.")
        taught, beyond = before["taught"], before["beyond"]
    done = {(row["kind"], row["distance"], row["start"]) for row in taught}
    done_beyond = {(row["kind"], row["start"]) for row in beyond}

    def keep(row: Row, rows: list[Row]) -> None:
        rows.append(row)
        print(row, flush=True)
        kept = json.dumps(table(command, n_starts, n_steps, taught, beyond), separators=(",", ":"))
        out.write_text(kept + "\n", encoding="utf-8")

    for start in range(n_starts):
        for kind in KINDS:
            if (kind, start) not in done_beyond:
                keep(beyond_row(kind, start, n_steps), beyond)
            for distance in DISTANCES:
                if (kind, distance, start) not in done:
                    keep(taught_row(kind, distance, start, n_steps), taught)


def main() -> None:
    """Measure all networks and write the table."""
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--out", type=Path, required=True, help="the table to write or to go on with, JSON")
    reader.add_argument("--starts", type=int, default=N_STARTS, help="random starts for each network")
    reader.add_argument("--steps", type=int, default=N_STEPS, help="training batches for each network")
    chosen = reader.parse_args()
    torch.set_num_threads(1)
    command = "python -m dl_core.offline.language_memory --out assets/language/memory.json"
    measure(chosen.out, command, chosen.starts, chosen.steps)


if __name__ == "__main__":
    main()
