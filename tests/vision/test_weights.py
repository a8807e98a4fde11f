"""The shipped file is the measured one, and folding changes nothing but the time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import torch
from torch import nn

import dl_core.vision.weights as weights_module
from dl_core.vision import read_card
from dl_core.vision.network import ResidualNetwork
from dl_core.vision.weights import (
    WEIGHTS_FILE,
    WeightsProblem,
    folded,
    network_with,
    read_weights,
    scrambled_network,
    shipped_network,
)


def used_network() -> ResidualNetwork:
    """A small network whose normalisations have seen something."""
    torch.manual_seed(0)
    network = ResidualNetwork(7, widths=(8, 12, 16, 20), depths=(1, 2, 1, 1))
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1, 0.3)
            nn.init.normal_(module.bias, 0, 0.3)
            nn.init.normal_(module.running_mean, 0, 0.3)
            nn.init.uniform_(module.running_var, 0.5, 2)
    return network.eval()


def test_card_describes_the_shipped_file() -> None:
    card, data = read_card(), WEIGHTS_FILE.read_bytes()
    assert hashlib.sha256(data).hexdigest() == card.sha256
    assert len(data) == card.weights_bytes <= 12_000_000
    stored = read_weights(WEIGHTS_FILE, card.sha256)
    learned = [name for name in stored if "running" not in name]
    assert sum(stored[name].numel() for name in learned) == card.parameters


def test_altered_and_missing_weights_are_refused_in_words(tmp_path: Path) -> None:
    altered = bytearray(WEIGHTS_FILE.read_bytes())
    altered[len(altered) // 2] ^= 1
    copy = tmp_path / "weights.safetensors"
    copy.write_bytes(altered)
    with pytest.raises(WeightsProblem, match=r"weights were altered.*git checkout assets/vision"):
        read_weights(copy, read_card().sha256)
    with pytest.raises(WeightsProblem, match="weights are missing"):
        read_weights(tmp_path / "nothing", read_card().sha256)


def test_weights_of_another_network_are_refused_in_words() -> None:
    with pytest.raises(WeightsProblem, match="do not fit the network"):
        network_with({"head.bias": torch.zeros(3)})


def test_folding_the_normalisation_changes_no_answer() -> None:
    network, photo = used_network(), torch.randn(2, 3, 40, 48)
    with torch.inference_mode():
        torch.testing.assert_close(folded(network)(photo), network(photo), rtol=1e-4, atol=1e-5)
    assert any(isinstance(m, nn.BatchNorm2d) for m in network.modules())
    assert not any(isinstance(m, nn.BatchNorm2d) for m in folded(network).modules())


def test_network_is_loaded_once() -> None:
    assert shipped_network() is shipped_network()


def test_scrambled_network_has_the_same_numbers_in_other_places() -> None:
    stored = read_weights(WEIGHTS_FILE, read_card().sha256)
    scrambled = dict(scrambled_network(0).named_parameters())
    for name in ("stages.2.1.conv1.weight", "head.weight"):
        assert not torch.equal(scrambled[name], stored[name])
        torch.testing.assert_close(
            scrambled[name].flatten().sort().values, stored[name].flatten().sort().values, rtol=0, atol=0
        )
    assert torch.equal(scrambled_network(0).head.weight, scrambled["head.weight"])
    assert not torch.equal(scrambled_network(1).head.weight, scrambled["head.weight"])


@pytest.mark.parametrize("load", [shipped_network, scrambled_network])
def test_who_loads_it_while_no_gradients_are_kept_does_not_take_them_from_others(load, monkeypatch) -> None:
    for kept in (weights_module._load, weights_module._scramble):
        kept.cache_clear()
    with torch.inference_mode():
        network = load()
    photo = torch.zeros(1, 3, 64, 64, requires_grad=True)
    network(photo).sum().backward()
    assert photo.grad is not None
