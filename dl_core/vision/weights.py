"""Load the shipped weights once, check that they are the measured ones, make them quick."""

from __future__ import annotations

import copy
import hashlib
import threading
from functools import cache
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load as parse_safetensors
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from dl_core.vision.card import CARD_FILE, read_card
from dl_core.vision.classes import ASSETS
from dl_core.vision.network import ResidualBlock, ResidualNetwork

WEIGHTS_FILE = ASSETS / "vision" / "weights.safetensors"
_LOADING = threading.Lock()


class WeightsProblem(RuntimeError):
    """The weights file is missing or is not the one that the card describes."""


def read_weights(path: Path, sha256: str) -> dict[str, Tensor]:
    """The network's numbers from a safetensors file, in single precision.

    Raises
    ------
    WeightsProblem
        When the file is missing, or its SHA-256 is not the card's: then no figure of the card holds.
    """
    restore = "Restore it with `git checkout assets/vision`."
    if not path.exists():
        raise WeightsProblem(f"The network's weights are missing: {path} does not exist. {restore}")
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise WeightsProblem(
            f"The network's weights were altered: {path} has SHA-256 {found[:12]}…, "
            f"but the model card names {sha256[:12]}…. {restore}"
        )
    return {name: tensor.float() for name, tensor in parse_safetensors(data).items()}


def network_with(weights: dict[str, Tensor]) -> ResidualNetwork:
    """A network for inference with these weights, normalisation folded into the convolutions."""
    return folded(unfolded(weights))


def unfolded(weights: dict[str, Tensor]) -> ResidualNetwork:
    """The network as it was trained, with these weights.

    Raises
    ------
    WeightsProblem
        When the weights are another network's: some are missing or unknown.
    """
    network = ResidualNetwork(len(weights["head.bias"]))
    missing, unknown = network.load_state_dict(weights, strict=False)
    # training counts its steps in num_batches_tracked; inference does not use it, so it is not shipped
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unknown:
        raise WeightsProblem(f"The weights do not fit the network: missing {missing}, unknown {unknown}.")
    return network.eval()


def folded(network: ResidualNetwork) -> ResidualNetwork:
    """The same function with fewer steps: a fixed normalisation is a scale and a shift.

    A convolution followed by a fixed scale and shift is one convolution with other numbers.
    """
    network = copy.deepcopy(network).eval()
    none = nn.Identity()
    stem: Any = network.stem
    for at in (0, 3):
        stem[at], stem[at + 1] = fuse_conv_bn_eval(stem[at], stem[at + 1]), none
    for block in network.modules():
        if isinstance(block, ResidualBlock):
            for conv, norm in (("conv1", "norm1"), ("conv2", "norm2"), ("shortcut", "shortcut_norm")):
                if hasattr(block, conv):
                    setattr(block, conv, fuse_conv_bn_eval(getattr(block, conv), getattr(block, norm)))
                    setattr(block, norm, none)
    return network.requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def shipped_network() -> ResidualNetwork:
    """The shipped network, loaded once for all viewers; never change or hook it."""
    with _LOADING:
        return _load(CARD_FILE.stat().st_mtime_ns)


@cache
@torch.inference_mode(mode=False)  # whoever asks first: others need gradients of the photo
def _load(_card_version: int) -> ResidualNetwork:
    return network_with(read_weights(WEIGHTS_FILE, read_card().sha256))


def scrambled_network(seed: int = 0) -> ResidualNetwork:
    """The control for explanations: the shipped network with its numbers dealt out anew.

    Every weight stays in its layer but not in its place: how large the numbers are is kept, what was learned
    is not. Scrambled layers would fade out; so each is normalised by the photo's own average and spread,
    as in training.

    Parameters
    ----------
    seed
        Decides how the numbers are dealt out; the same seed gives the same control.

    Source: Adebayo et al., "Sanity Checks for Saliency Maps" (2018).
    """
    with _LOADING:
        return _scramble(seed, CARD_FILE.stat().st_mtime_ns)


@cache
@torch.inference_mode(mode=False)
def _scramble(seed: int, _card_version: int) -> ResidualNetwork:
    network = unfolded(read_weights(WEIGHTS_FILE, read_card().sha256))
    generator = torch.Generator().manual_seed(seed)
    for parameter in network.parameters():
        order = torch.randperm(parameter.numel(), generator=generator)
        parameter.data = parameter.data.flatten()[order].view(parameter.shape).clone()
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            # without stored averages it uses those of what comes in, and stores nothing
            module.running_mean, module.running_var, module.track_running_stats = None, None, False
    return network.requires_grad_(False)
