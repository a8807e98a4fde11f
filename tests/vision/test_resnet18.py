"""ResNet-18: counted by hand, compared with the paper's figures and with the block written another way."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dl_core.vision.imagenet import PARAMETERS
from dl_core.vision.resnet18 import BasicBlock, ResNet18, folded, resnet18_with


@pytest.fixture(scope="module")
def network() -> ResNet18:
    """Random weights, and normalisations that have seen something."""
    torch.manual_seed(0)
    made = ResNet18()
    for module in made.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1, 0.2)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 2)
    return made.eval()


def learned(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


def test_parameters_by_hand(network: ResNet18) -> None:
    # a 3 x 3 layer from a to b channels has 9ab numbers, its normalisation 2b; a 1 x 1 shortcut ab + 2b
    assert learned(network.conv1) == 7 * 7 * 3 * 64 == 9_408
    # stage 1: 4 · (9 · 64² + 2 · 64) = 4 · 36,992
    assert learned(network.layer1) == 147_968
    # stage 2: 9 · 64 · 128 + 3 · 9 · 128² + 4 · 256 + (64 · 128 + 256)
    assert learned(network.layer2) == 73_728 + 442_368 + 1_024 + 8_448 == 525_568
    # stage 3: 9 · 128 · 256 + 3 · 9 · 256² + 4 · 512 + (128 · 256 + 512)
    assert learned(network.layer3) == 294_912 + 1_769_472 + 2_048 + 33_280 == 2_099_712
    # stage 4: 9 · 256 · 512 + 3 · 9 · 512² + 4 · 1,024 + (256 · 512 + 1,024)
    assert learned(network.layer4) == 1_179_648 + 7_077_888 + 4_096 + 132_096 == 8_393_728
    assert learned(network.fc) == 512 * 1000 + 1000 == 513_000
    # 9,408 + 128 + 147,968 + 525,568 + 2,099,712 + 8,393,728 + 513,000
    assert learned(network) == PARAMETERS == 11_689_512


def test_shapes_of_the_paper_s_table(network: ResNet18) -> None:
    # He et al., table 1: 56 x 56, 28 x 28, 14 x 14, 7 x 7
    with torch.inference_mode():
        x = F.max_pool2d(network.conv1(torch.zeros(1, 3, 224, 224)), 3, 2, 1)
        for stage, shape in (
            (network.layer1, (64, 56, 56)),
            (network.layer2, (128, 28, 28)),
            (network.layer3, (256, 14, 14)),
            (network.layer4, (512, 7, 7)),
        ):
            x = stage(x)
            assert tuple(x.shape[1:]) == shape


def test_multiplications_are_the_published_1_8_billion(network: ResNet18) -> None:
    counts: list[int] = []

    def count(layer: nn.Module, _given: tuple[Tensor, ...], out: Tensor) -> None:
        per_value = layer.weight[0].numel()  # what one output value multiplies
        counts.append(per_value * out[0].numel())

    layers = [m for m in network.modules() if isinstance(m, nn.Conv2d | nn.Linear)]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    with torch.inference_mode():
        network(torch.zeros(1, 3, 224, 224))
    for hook in hooks:
        hook.remove()
    assert len(layers) == 21  # 17 convolutions, 3 shortcuts, 1 linear: 18 layers without the shortcuts
    # first layer: 147 · 64 · 112² = 118,013,952; He et al., table 1: 1.8 · 10⁹ in all
    assert counts[0] == 118_013_952
    assert sum(counts) == pytest.approx(1.8e9, rel=0.02)


@pytest.mark.parametrize(("wide", "out", "stride"), [(64, 64, 1), (64, 128, 2)])
def test_a_block_is_two_convolutions_added_to_what_came_in(
    network: ResNet18, wide: int, out: int, stride: int
) -> None:
    """The same block in other words: only matrices of what was loaded, no module of ours."""
    block = network.layer1[0] if stride == 1 else network.layer2[0]
    assert isinstance(block, BasicBlock)
    named = {**dict(block.named_parameters()), **dict(block.named_buffers())}

    def scaled(x: Tensor, name: str) -> Tensor:
        mean, var = named[f"{name}.running_mean"], named[f"{name}.running_var"]
        scale = named[f"{name}.weight"] / torch.sqrt(var + 1e-5)
        return x * scale[:, None, None] + (named[f"{name}.bias"] - mean * scale)[:, None, None]

    def sums(x: Tensor, kernel: Tensor, step: int) -> Tensor:
        side, size = kernel.shape[-1], x.shape[-1] // step
        patches = F.unfold(x, side, padding=side // 2, stride=step)
        return (kernel.flatten(1) @ patches).view(1, -1, size, size)

    x = torch.randn(1, wide, 12, 12)
    with torch.inference_mode():
        change = scaled(sums(x, named["conv1.weight"], stride), "bn1").clamp(min=0)
        change = scaled(sums(change, named["conv2.weight"], 1), "bn2")
        same = x
        if stride == 2:
            same = scaled(sums(x, named["downsample.0.weight"], 2), "downsample.1")
        expected = (change + same).clamp(min=0)
        found = block(x)
    assert found.shape == (1, out, 12 // stride, 12 // stride)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


def test_the_gradient_reaches_every_layer() -> None:
    torch.manual_seed(1)
    network = ResNet18(n_classes=5).train()
    F.cross_entropy(network(torch.randn(2, 3, 64, 64)), torch.tensor([1, 3])).backward()
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.abs().max() > 0, name


def test_folding_changes_no_answer(network: ResNet18) -> None:
    photo = torch.randn(1, 3, 96, 64)
    quick = folded(network)
    with torch.inference_mode():
        torch.testing.assert_close(quick(photo), network(photo), rtol=1e-3, atol=1e-3)
    assert not any(isinstance(m, nn.BatchNorm2d) for m in quick.modules())
    assert not any(p.requires_grad for p in quick.parameters())
    assert any(isinstance(m, nn.BatchNorm2d) for m in network.modules())


def test_names_are_those_of_the_official_file(network: ResNet18) -> None:
    names = set(network.state_dict())
    assert {
        "conv1.weight",
        "bn1.running_var",
        "fc.bias",
        "layer1.0.conv1.weight",
        "layer4.1.bn2.bias",
    } < names
    assert {"layer2.0.downsample.0.weight", "layer4.0.downsample.1.running_mean"} < names
    assert "layer1.0.downsample.0.weight" not in names
    # 21 weights, 20 normalisations of 4 tensors and a counter each, 1 bias
    assert len(names) == 21 + 20 * 5 + 1


def test_counters_may_be_missing_and_nothing_else(network: ResNet18) -> None:
    weights = {n: t for n, t in network.state_dict().items() if not n.endswith("num_batches_tracked")}
    photo = torch.randn(1, 3, 64, 64)
    with torch.inference_mode():
        torch.testing.assert_close(resnet18_with(weights)(photo), network(photo), rtol=1e-3, atol=1e-3)
    less = {n: t for n, t in weights.items() if n != "layer3.1.bn2.bias"}
    more = {**weights, "layer5.0.conv1.weight": torch.zeros(1)}
    other = {**weights, "conv1.weight": torch.zeros(64, 3, 3, 3)}
    for wrong, named in (
        (less, r"layer3\.1\.bn2\.bias"), (more, "layer5"), (other, r"conv1\.weight"), ({}, "102 layers")
    ):  # fmt: skip
        with pytest.raises(ValueError, match=rf"not the weights of ResNet-18.*{named}"):
            resnet18_with(wrong)
