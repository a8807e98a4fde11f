"""The network of ``language_head`` in torch: one attention layer that guesses a hidden word; its training."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from dl_core.language.head import GAP, HEADS, LONGEST, SIZE, UNKNOWN
from dl_core.offline.language_head_text import Ints, batches

WIDTH, HIDDEN = 64, 128
SEED = 0
RATE = 4e-3  # of Adam, at its highest


class Head(nn.Module):
    """The network. With ``even`` every look weighs the same and no place is known: a bag of words."""

    def __init__(self, n_words: int, *, even: bool = False, width: int = WIDTH) -> None:
        super().__init__()
        self.even = even
        self.words = nn.Parameter(torch.randn(n_words, width) * 0.3)
        self.places = nn.Parameter(torch.randn(LONGEST, width) * (0.0 if even else 0.3))
        self.query, self.key, self.value = (
            nn.Parameter(torch.randn(width, HEADS * SIZE) / math.sqrt(width)) for _ in range(3)
        )
        self.out = nn.Parameter(torch.randn(HEADS * SIZE, width) / math.sqrt(HEADS * SIZE))
        self.up = nn.Parameter(torch.randn(width, HIDDEN) / math.sqrt(width))
        self.up_bias = nn.Parameter(torch.zeros(HIDDEN))
        self.down = nn.Parameter(torch.randn(HIDDEN, width) / math.sqrt(HIDDEN))
        self.bias = nn.Parameter(torch.zeros(n_words))

    def looks(self, rows: Tensor) -> tuple[Tensor, Tensor]:
        """Weights (batch, heads, n, n) of each gap on each word, and the mix (batch, n, heads · size)."""
        batch, n = rows.shape
        seen = self.words[rows] + self.places[:n]
        gaps = self.words[GAP] + self.places[:n]  # (n, width): the same in every text
        query = (gaps @ self.query).view(n, HEADS, SIZE).transpose(0, 1)
        key, value = (
            (seen @ which).view(batch, n, HEADS, SIZE).transpose(1, 2) for which in (self.key, self.value)
        )
        own_key, own_value = (
            (gaps @ which).view(n, HEADS, SIZE).transpose(0, 1) for which in (self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2)
        here = torch.eye(n, dtype=torch.bool)
        scores = torch.where(here, (query * own_key).sum(-1).unsqueeze(-1), scores) / math.sqrt(SIZE)
        same = (~here / (n - 1)).expand(batch, HEADS, n, n)  # every other word alike, the gap itself nothing
        weights = same if self.even else scores.softmax(-1)
        others = weights.masked_fill(here, 0.0)
        mix = others @ value + weights.diagonal(dim1=-2, dim2=-1).unsqueeze(-1) * own_value
        return weights, mix.transpose(1, 2).reshape(batch, n, HEADS * SIZE)

    def forward(self, rows: Tensor) -> Tensor:
        """Logits (batch, n, words): what every word would be guessed to be, were it hidden."""
        return self.scores(self.inside(rows))

    def inside(self, rows: Tensor) -> Tensor:
        """(batch, n, width): what each gap holds before the answers are scored."""
        n = rows.shape[1]
        inside = self.words[GAP] + self.places[:n] + self.looks(rows)[1] @ self.out
        inside = inside + torch.relu(levelled(inside) @ self.up + self.up_bias) @ self.down
        return levelled(inside)

    def scores(self, inside: Tensor) -> Tensor:
        """(…, words): how well each word fits."""
        return inside @ self.words.T + self.bias


def levelled(values: Tensor) -> Tensor:
    """Each row scaled so that its mean square is 1 (root-mean-square norm)."""
    return values * torch.rsqrt(values.square().mean(-1, keepdim=True) + 1e-6)


def train(
    net: Head,
    rows: list[Ints],
    epochs: int,
    *,
    log: Path | None = None,
    rate: float = RATE,
) -> float:
    """Teach the network to guess every word from the others; unknown words are not asked for. Seconds."""
    started = time.perf_counter()
    n_steps = epochs * sum(1 for _ in batches(rows, 0))
    adam = torch.optim.AdamW(net.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    warm = max(1, n_steps // 20)
    course = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min((step + 1) / warm, 0.5 * (1 + math.cos(math.pi * step / n_steps)) + 0.01)
    )
    step, total = 0, 0.0
    for epoch in range(epochs):
        for batch in batches(rows, SEED + epoch):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                asked = batch != UNKNOWN
                logits = net.scores(net.inside(batch)[asked])
                loss = functional.cross_entropy(logits.float(), batch[asked])
            adam.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            adam.step()
            course.step()
            total, step = total + float(loss.detach()), step + 1
            if log and step % 200 == 0:
                now = time.perf_counter() - started
                with log.open("a", encoding="utf-8") as out:
                    out.write(f"{now:.0f} s step {step}/{n_steps} loss {total / 200:.4f}\n")
                total = 0.0
        if log:
            torch.save(net.state_dict(), log.with_suffix(".pt"))
    return time.perf_counter() - started


def exported(net: Head, words: list[str]) -> dict[str, NDArray[Any]]:
    """The arrays that ship: word vectors as whole numbers −127 to 127 with a scale for each word."""
    kept = {name: value.detach().numpy() for name, value in net.named_parameters()}
    vectors = kept.pop("words")
    scale = (np.abs(vectors).max(axis=1) / 127).astype(np.float16)
    scale = np.maximum(scale, np.float16(1e-6))
    small = np.clip(np.round(vectors / scale[:, None].astype(np.float32)), -127, 127).astype(np.int8)
    text = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    halves = {name: value.astype(np.float16) for name, value in kept.items()}
    return {"words": text, "vectors": small, "scale": scale, **halves}


def restored(arrays: dict[str, NDArray[Any]]) -> Head:
    """The network with the weights that ship."""
    net = Head(len(arrays["scale"]))
    vectors = arrays["vectors"].astype(np.float32) * arrays["scale"].astype(np.float32)[:, None]
    state = {
        name: torch.from_numpy(arrays[name].astype(np.float32))
        for name in net.state_dict()
        if name != "words"
    }
    net.load_state_dict({**state, "words": torch.from_numpy(vectors)})
    return net
