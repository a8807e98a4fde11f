"""Three ways from a text to one of several drawers, each trained on the same labelled texts.

Count: a bag of words, weighted by how rare each is (tf-idf), and softmax regression. Embed: the mean of
word vectors that were learned from text without labels, and softmax regression. Attend: a small Transformer
encoder with places, trained from scratch. Every way learns from the one pile and chooses on the other: its
penalty, or when to stop, by the right answers there, ties by the lower loss.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from dl_core.language.contest import LAYERS, VECTOR, WIDTH
from dl_core.offline.language_vectors import surprise

Words = tuple[str, ...]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

COUNT_PENALTIES = (0.1, 0.03, 0.01, 0.003)  # of the squared weights, against the sum of all losses
EMBED_PENALTIES = (30.0, 10.0, 3.0, 1.0, 0.3)
MOST_WORDS, SELDOM, WINDOW = 20_000, 3, 5  # of the word vectors
HEADS, DROPPED, LONGEST = 4, 0.3, 40  # of the Transformer
HIDDEN = 2 * WIDTH
BLANK, UNKNOWN, N_SPECIAL = 0, 1, 2
RATE, MASKED, BATCH, LARGE_BATCH, LARGE = 1e-3, 0.1, 16, 64, 2000
LOOK, MOST_LOOKS = 50, 60  # updates between two looks at the pile for choosing, at least; looks at most
PATIENCE, SHORT_PATIENCE = 6, 4  # looks in vain after which it stops; the latter with LARGE piles


@dataclass(frozen=True)
class Pile:
    """Texts as words, and which drawer each belongs to."""

    texts: list[Words]  # none is empty
    labels: Ints  # (N,)

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Trained:
    """A way after its training."""

    answers: Callable[[Sequence[Words]], Ints]  # texts → drawers
    one: Callable[[Words], int]  # one text → its drawer, with as little around it as we can
    seconds: float  # of processor time to train it, trials of penalties among them
    n_numbers: int  # that must be kept
    chosen: float  # penalty, or updates until it was best


def count(learn: Pile, choose: Pile, n_classes: int) -> Trained:
    """Bag of words, tf-idf, softmax regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    start = time.process_time()
    bag = TfidfVectorizer(analyzer=list, sublinear_tf=True)
    weights, bias, penalty = _regression(
        bag.fit_transform(learn.texts), learn, bag.transform(choose.texts), choose, n_classes, COUNT_PENALTIES
    )
    rows, rare = bag.vocabulary_, bag.idf_

    def one(text: Words) -> int:
        found = Counter(rows[word] for word in text if word in rows)
        at = np.fromiter(found, dtype=np.int64, count=len(found))
        times = np.fromiter(found.values(), dtype=np.float64, count=len(found))
        each = (1 + np.log(times)) * rare[at]
        size = math.sqrt(each @ each) or 1.0
        return int(np.argmax(each @ weights[at] / size + bias))

    def answers(texts: Sequence[Words]) -> Ints:
        return np.asarray(np.argmax(bag.transform(texts) @ weights + bias, axis=1), dtype=np.int64)

    return Trained(answers, one, time.process_time() - start, weights.size + bias.size + len(rare), penalty)


@dataclass(frozen=True, eq=False)
class Vectors:
    """Numbers for each word, learned from its neighbours alone."""

    rows: dict[str, int]
    values: Floats  # (words, dimensions), with a mean square of 1
    seconds: float  # of processor time to learn them

    def mean(self, texts: Sequence[Words]) -> Floats:
        """(texts, dimensions): the mean of each text's known words, zeros where it has none."""
        found = np.zeros((len(texts), self.values.shape[1]))
        for row, text in enumerate(texts):
            known = [self.rows[word] for word in text if word in self.rows]
            if known:
                found[row] = self.values[known].mean(axis=0)
        return found


def vectors_of(texts: Sequence[Words], dimensions: int = VECTOR) -> Vectors:
    """Word vectors without a label: who stands near whom more often than chance, in few numbers (SVD)."""
    import scipy.sparse as sparse
    from scipy.sparse.linalg import svds

    start = time.process_time()
    often = Counter(word for text in texts for word in text)
    words = [word for word, n in often.most_common(MOST_WORDS) if n >= SELDOM]
    rows = {word: row for row, word in enumerate(words)}
    line = np.array([rows.get(word, -1) for text in texts for word in text])
    of = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    pairs = sparse.csr_matrix((len(words), len(words)))
    for away in range(1, WINDOW + 1):
        one, other = line[:-away], line[away:]
        kept = (one >= 0) & (other >= 0) & (of[:-away] == of[away:])
        here = sparse.coo_matrix((np.ones(kept.sum()), (one[kept], other[kept])), shape=pairs.shape).tocsr()
        pairs = pairs + here + here.T
    left, sizes, _ = svds(surprise(pairs), k=min(dimensions, len(words) - 1), random_state=0)
    values = left * np.sqrt(sizes)
    return Vectors(rows, values / np.sqrt((values**2).mean()), time.process_time() - start)


def embed(learn: Pile, choose: Pile, n_classes: int, vectors: Vectors) -> Trained:
    """The mean of the words' vectors, softmax regression."""
    start = time.process_time()
    inputs = vectors.mean(learn.texts)
    middle, spread = inputs.mean(axis=0), inputs.std() or 1.0
    weights, bias, penalty = _regression(
        (inputs - middle) / spread, learn, (vectors.mean(choose.texts) - middle) / spread, choose,
        n_classes, EMBED_PENALTIES,
    )  # fmt: skip
    weights = weights / spread
    bias = bias - middle @ weights  # so that a text's mean goes in as it is

    def one(text: Words) -> int:
        known = [vectors.rows[word] for word in text if word in vectors.rows]
        mean = vectors.values[known].sum(axis=0) / max(1, len(known))
        return int(np.argmax(mean @ weights + bias))

    def answers(texts: Sequence[Words]) -> Ints:
        return np.asarray(np.argmax(vectors.mean(texts) @ weights + bias, axis=1), dtype=np.int64)

    n_numbers = vectors.values.size + weights.size + bias.size
    return Trained(answers, one, time.process_time() - start, n_numbers, penalty)


def _regression(
    inputs: Any, learn: Pile, others: Any, choose: Pile, n_classes: int, penalties: Sequence[float]
) -> tuple[Floats, Floats, float]:
    """Weights (features, classes), bias (classes,) and the penalty that does best on ``choose``."""
    from sklearn.linear_model import LogisticRegression

    seen = np.unique(learn.labels)
    weights, bias = np.zeros((inputs.shape[1], n_classes)), np.full(n_classes, -1e3)  # never a drawer unseen
    if len(seen) == 1:
        bias[seen] = 0.0
        return weights, bias, penalties[0]
    best: tuple[float, float] | None = None
    chosen = penalties[0]
    model = LogisticRegression(max_iter=2000, warm_start=True)
    for penalty in penalties:
        model.set_params(C=1 / penalty).fit(inputs, learn.labels)
        found, start = np.zeros_like(weights), np.full(n_classes, -1e3)
        if len(seen) == 2:  # one sum decides
            found[:, seen[1]], start[seen] = model.coef_[0], [0.0, model.intercept_[0]]
        else:
            found[:, seen], start[seen] = model.coef_.T, model.intercept_
        scores = torch.tensor(np.asarray(others @ found + start))
        told = _told(scores, torch.tensor(choose.labels))
        if best is None or told > best:
            best, weights, bias, chosen = told, found, start, penalty
    return weights, bias, chosen


def _told(scores: Tensor, labels: Tensor) -> tuple[float, float]:
    """Right answers, and the loss with a minus sign: the larger, the better."""
    return float((scores.argmax(1) == labels).sum()), -float(functional.cross_entropy(scores, labels))


class Encoder(nn.Module):
    """Words and places as numbers, layers of attention, their mean, and a score for each drawer."""

    def __init__(self, n_words: int, n_classes: int, places: bool = True) -> None:
        super().__init__()
        self.words = nn.Embedding(n_words, WIDTH, padding_idx=BLANK)
        self.places = nn.Embedding(LONGEST, WIDTH) if places else None
        nn.init.normal_(self.words.weight, std=0.1)
        if self.places is not None:
            nn.init.normal_(self.places.weight, std=0.02)
        layer = nn.TransformerEncoderLayer(WIDTH, HEADS, HIDDEN, DROPPED, batch_first=True, norm_first=True)
        self.layers = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)
        self.norm, self.out, self.drop = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, n_classes), nn.Dropout(DROPPED)

    def forward(self, rows: Tensor) -> Tensor:
        """Scores (texts, classes) of texts as rows of words (texts, longest), blanks at the end."""
        blank = rows == BLANK
        hidden = self.words(rows)
        if self.places is not None:
            hidden = hidden + self.places.weight[: rows.shape[1]]
        hidden = self.norm(self.layers(self.drop(hidden), src_key_padding_mask=blank))
        seen = (~blank).unsqueeze(2)
        mean = (hidden * seen).sum(1) / seen.sum(1).clamp(min=1)
        scores: Tensor = self.out(self.drop(mean))
        return scores


def attend(learn: Pile, choose: Pile, n_classes: int, seed: int, *, places: bool = True) -> Trained:
    """A small Transformer, from scratch; the weights of its best look at the pile for choosing are kept."""
    start = time.process_time()
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    rows: dict[str, int] = {}
    for text in learn.texts:
        for word in text:
            rows.setdefault(word, len(rows) + N_SPECIAL)
    network = Encoder(len(rows) + N_SPECIAL, n_classes, places)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    inputs, labels = _rows_of(learn.texts, rows), torch.tensor(learn.labels)
    checked, wanted = _rows_of(choose.texts, rows), torch.tensor(choose.labels)
    best, kept, updates, at, looks, in_vain = (-1.0, 0.0), _weights(network), 0, 0, 0, 0
    size, patience = (LARGE_BATCH, SHORT_PATIENCE) if len(learn) >= LARGE else (BATCH, PATIENCE)
    while in_vain < patience and looks < MOST_LOOKS:
        network.train()
        until = updates + LOOK
        while updates < until:  # whole rounds
            for batch in _batches(learn, size, rng):
                _update(network, optimiser, inputs[batch], labels[batch])
                updates += 1
        told, looks = _told(_scores(network, checked), wanted), looks + 1
        in_vain = 0 if told > best else in_vain + 1
        if told > best:
            best, kept, at = told, _weights(network), updates
    network.load_state_dict(kept)
    network.eval()

    def answers(texts: Sequence[Words]) -> Ints:
        found: Ints = _scores(network, _rows_of(texts, rows)).argmax(1).numpy()
        return found

    def one(text: Words) -> int:
        with torch.inference_mode():
            known = [rows.get(word, UNKNOWN) for word in text[:LONGEST]]
            return int(network(torch.tensor([known])).argmax())

    n_numbers = sum(each.numel() for each in network.parameters())
    return Trained(answers, one, time.process_time() - start, n_numbers, at)


def _weights(network: nn.Module) -> dict[str, Tensor]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def _rows_of(texts: Sequence[Words], rows: dict[str, int]) -> Tensor:
    found = torch.full((len(texts), LONGEST), BLANK)
    for at, text in enumerate(texts):
        known = [rows.get(word, UNKNOWN) for word in text[:LONGEST]]
        found[at, : len(known)] = torch.tensor(known)
    return found


def _batches(learn: Pile, size: int, rng: np.random.Generator) -> list[Ints]:
    """All texts once; in a batch stand texts of about the same length, which saves blanks."""
    order = rng.permutation(len(learn))
    long = np.array([len(text) for text in learn.texts])
    parts = np.array_split(order, max(1, len(order) // (20 * size)))
    order = np.concatenate([part[np.argsort(long[part], kind="stable")] for part in parts])
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    rng.shuffle(batches)
    return batches


def _update(network: Encoder, optimiser: torch.optim.Optimizer, rows: Tensor, labels: Tensor) -> None:
    rows = rows[:, : int((rows != BLANK).sum(1).max())]
    # some words are hidden, so that it learns to live with unknown ones
    hidden = (torch.rand(rows.shape) < MASKED) & (rows != BLANK)
    loss = functional.cross_entropy(network(rows.masked_fill(hidden, UNKNOWN)), labels)
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()


def _scores(network: Encoder, rows: Tensor) -> Tensor:
    network.eval()
    with torch.no_grad():
        return torch.cat(
            [network(part[:, : int((part != BLANK).sum(1).max())]) for part in torch.split(rows, 256)]
        )
