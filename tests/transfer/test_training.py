"""Three trainers: what they find where that is easy, what they count, and what they leave alone."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch

from dl_core.transfer import training
from dl_core.transfer.features import features_of
from dl_core.transfer.heads import Head
from dl_core.transfer.pictures import Labels, Pixels
from dl_core.transfer.small_network import varied
from dl_core.transfer.training import (
    AT_ONCE,
    Maps,
    features_from,
    fine_tune,
    maps_of,
    scratch_passes,
    train_from_scratch,
    train_head,
)
from dl_core.vision.weights import shipped_network

N_CLASSES = 3


def toy(n: int, seed: int) -> tuple[Pixels, Labels]:
    """Noise with a red, green or blue cast: one average tells them apart."""
    chance = np.random.default_rng(seed)
    labels = np.arange(n) % N_CLASSES
    pixels = chance.integers(40, 140, (n, 64, 64, 3))
    pixels[np.arange(n), :, :, labels] += 60
    return pixels.astype(np.uint8), labels


@cache
def start() -> tuple[Maps, Labels, Maps, Labels, Head]:
    network = shipped_network()
    (seen, labels), (unseen, truth) = toy(24, 0), toy(12, 1)
    train, held_out = maps_of(seen, network), maps_of(unseen, network)
    _, head = train_head(train, labels, held_out, N_CLASSES, network)
    return train, labels, held_out, truth, head


def fingerprint() -> str:
    told = hashlib.sha256()
    for parameter in shipped_network().parameters():
        assert not parameter.requires_grad
        assert parameter.grad is None
        told.update(parameter.numpy().tobytes())
    return told.hexdigest()


def tuned(**more: Any) -> training.Trained:
    train, labels, held_out, _, head = start()
    return fine_tune(train, labels, held_out, head, shipped_network(), 5, **more)


def test_the_maps_and_the_last_stage_make_the_network_s_features() -> None:
    pixels, _ = toy(AT_ONCE + 1, 3)
    maps = maps_of(pixels, shipped_network())
    assert maps.shape == (AT_ONCE + 1, 256, 8, 8)
    assert maps[0].nbytes == 256 * 8 * 8 * 4  # 65,536 bytes a picture: 13 MB for 200
    features = features_from(maps, shipped_network().stages[-1])
    assert features == pytest.approx(features_of(pixels), rel=1e-4, abs=1e-5)


def test_before_the_first_step_fine_tuning_answers_as_the_frozen_head() -> None:
    train, labels, _, _, _ = start()
    noise = maps_of(np.random.default_rng(7).integers(0, 256, (40, 64, 64, 3), np.uint8), shipped_network())
    frozen, head = train_head(train, labels, noise, N_CLASSES, shipped_network())
    fine = fine_tune(train, labels, noise, head, shipped_network(), 5, passes=0)
    assert fine.answers.tolist() == frozen.answers.tolist()
    assert (fine.passes, fine.is_whole) == (0, True)
    stopped = fine_tune(train, labels, noise, head, shipped_network(), 5, go_on=lambda share: False)
    assert stopped.answers.tolist() == frozen.answers.tolist()
    assert not stopped.is_whole


def test_all_three_learn_what_is_easy() -> None:
    train, labels, held_out, truth, _ = start()
    frozen, _ = train_head(train, labels, held_out, N_CLASSES, shipped_network())
    scratch = train_from_scratch(*toy(24, 0), toy(12, 1)[0], N_CLASSES, seed=2, passes=25)
    for trained in (frozen, tuned(passes=3), scratch):
        assert trained.answers.tolist() == truth.tolist()
        assert trained.is_whole
        assert trained.seconds > 0


def test_fine_tuning_moves_the_last_stage_toward_its_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    # labels that the colour does not tell: only a stage that moves far can learn them by heart
    monkeypatch.setattr(training, "FINE_RATE", 1e-3)
    train, _, _, _, head = start()
    turned = np.random.default_rng(0).permutation(np.arange(24) % N_CLASSES)
    before = fine_tune(train, turned, train, head, shipped_network(), 5, passes=0)
    after = fine_tune(train, turned, train, head, shipped_network(), 5, passes=15)
    assert (before.answers == turned).mean() < 0.6
    assert (after.answers == turned).mean() > 0.8


def test_the_shared_network_and_torch_s_own_chance_stay_as_they_are() -> None:
    start()
    before, chance, threads = fingerprint(), torch.random.get_rng_state(), torch.get_num_threads()
    tuned(passes=2)
    train_from_scratch(*toy(6, 0), toy(3, 1)[0], N_CLASSES, seed=2, passes=2)
    assert fingerprint() == before
    assert torch.equal(torch.random.get_rng_state(), chance)
    assert torch.get_num_threads() == threads


def test_the_counts_are_torch_s_own() -> None:
    network = shipped_network()
    body = sum(p.numel() for name, p in network.named_parameters() if not name.startswith("head"))
    stage = sum(p.numel() for p in network.stages[-1].parameters())
    train, labels, held_out, _, _ = start()
    frozen, _ = train_head(train, labels, held_out, N_CLASSES, network)
    head = 320 * N_CLASSES + N_CLASSES
    assert (frozen.n_trained, frozen.n_frozen) == (head, body)
    fine = tuned(passes=0)
    assert (fine.n_trained, fine.n_frozen) == (stage + head, body - stage)
    scratch = train_from_scratch(*toy(6, 0), toy(3, 1)[0], N_CLASSES, seed=2, passes=0)
    # 3x3 filters 3→16→32→64→128, gain and shift of each map, then the head:
    # 432 + 4,608 + 18,432 + 73,728 + 2·240 + 128·3 + 3
    assert (scratch.n_trained, scratch.n_frozen) == (98_067, 0)


def kept_for_the_way_back(work: Any) -> int:
    """The most bytes that torch keeps of one batch for the slopes, numbers that are trained left out."""
    batches: list[dict[int, int]] = [{}]

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        if not tensor.requires_grad or tensor.grad_fn is not None:
            batches[-1][tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    def go_on(share: float) -> bool:
        batches.append({})
        return True

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        work(go_on)
    return max(sum(batch.values()) for batch in batches)


def test_the_estimate_of_memory_is_near_what_torch_keeps() -> None:
    pixels, labels = toy(AT_ONCE, 0)
    small = train_from_scratch(pixels, labels, pixels[:1], N_CLASSES, seed=2, passes=0)
    kept = kept_for_the_way_back(
        lambda go_on: train_from_scratch(pixels, labels, pixels[:1], N_CLASSES, 2, 2, go_on)
    )
    assert small.bytes - 16 * small.n_trained == pytest.approx(kept, rel=0.05)

    maps = maps_of(pixels, shipped_network())
    _, head = train_head(maps, labels, maps, N_CLASSES, shipped_network())
    kept = kept_for_the_way_back(
        lambda go_on: fine_tune(maps, labels, maps, head, shipped_network(), 5, passes=2, go_on=go_on)
    )
    assert AT_ONCE * training._kept_by_stage(shipped_network().stages[-1], maps) == pytest.approx(
        kept, rel=0.1
    )


def test_memory_grows_with_the_pictures_only_where_their_maps_are_kept() -> None:
    one, two = tuned(passes=0), None
    train, labels, held_out, _, head = start()
    twice = np.concatenate([train, train])
    two = fine_tune(twice, np.tile(labels, 2), held_out, head, shipped_network(), 5, passes=0)
    assert two.bytes - one.bytes == train.nbytes == 24 * 65_536


def test_the_same_seed_gives_the_same_network_and_another_another() -> None:
    (seen, labels), noise = toy(9, 0), np.random.default_rng(7).integers(0, 256, (60, 64, 64, 3), np.uint8)
    first, again, other = (
        train_from_scratch(seen, labels, noise, N_CLASSES, seed, passes=2).answers.tolist()
        for seed in (2, 2, 3)
    )
    assert first == again != other


def test_a_stop_is_heard_between_two_batches() -> None:
    asked: list[float] = []

    def until_half(share: float) -> bool:
        asked.append(share)
        return share < 0.5

    (seen, labels), unseen = toy(33, 0), toy(3, 1)[0]  # three batches of 11 a pass
    scratch = train_from_scratch(seen, labels, unseen, N_CLASSES, 2, passes=4, go_on=until_half)
    assert asked == pytest.approx([step / 12 for step in range(7)])
    assert (scratch.passes, scratch.planned, scratch.is_whole) == (2, 4, False)
    assert scratch.answers.shape == (3,)
    assert len(maps_of(seen, shipped_network(), lambda share: share < 0.5)) == 2 * AT_ONCE


def test_few_pictures_are_looked_at_more_often() -> None:
    passes = [scratch_passes(n) for n in (1, 10, 50, 100, 200, 500, 1000, 5000)]
    assert passes == [200, 200, 200, 100, 50, 20, 20, 20]
    assert scratch_passes(200, 3) == 150


def test_a_moved_picture_holds_the_same_picture() -> None:
    pixels = np.random.default_rng(0).integers(0, 200, (8, 64, 64, 3), np.uint8)
    before = pixels.copy()
    moved = varied(pixels, np.random.default_rng(1))
    assert (pixels == before).all()
    places = np.random.default_rng(1).integers(0, 13, (8, 2)) - 6
    for old, new, (down, across) in zip(pixels, moved, places, strict=True):
        inner = old[6 + down : 58 + down, 6 + across : 58 + across].astype(float)
        ratio = new[6:58, 6:58].sum() / inner.sum()
        assert 0.8 <= ratio <= 1.2
        assert np.abs(new[6:58, 6:58] - inner * ratio).max() < 2  # rounded down, and the ratio is of sums


def test_one_picture_of_one_class_can_be_learned_from() -> None:
    pixels, _ = toy(1, 0)
    scratch = train_from_scratch(pixels, np.array([1]), pixels, 2, seed=0, passes=10)
    assert scratch.answers.tolist() == [1]
    assert train_from_scratch(pixels, np.array([1]), pixels[:0], 2, seed=0, passes=1).answers.shape == (0,)
