"""ResNet-18 in plain torch, for the optional ImageNet weights that a host may add.

Source: He et al., "Deep Residual Learning for Image Recognition" (2015), table 1 (18 layers) and section 4.1,
shortcut B: a 1 x 1 convolution wherever the shape changes. Layers bear the names that the official weights
file uses, so that it loads as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

N_CLASSES = 1000
# channels of the four stages; each has two blocks, each block two layers: with the first and the last, 18
WIDTHS = (64, 128, 256, 512)
COUNTER = ".num_batches_tracked"  # training counts its steps there; inference does not use it


class BasicBlock(nn.Module):
    """Two 3 x 3 convolutions whose result is added to what came in.

    Parameters
    ----------
    in_channels, out_channels
        Feature maps coming in and going out.
    stride
        2 halves height and width; 1 keeps them.
    """

    def __init__(self, in_channels: int, out_channels: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)
        self.bn1: nn.Module = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, 1, padding=1, bias=False)
        self.bn2: nn.Module = nn.BatchNorm2d(out_channels)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or in_channels != out_channels:
            self.downsample = nn.Sequential(
                nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels)
            )

    def forward(self, x: Tensor) -> Tensor:
        """Feature maps ``(B, in, H, W)`` to ``(B, out, H/stride, W/stride)``."""
        change = F.relu(self.bn1(self.conv1(x)))
        change = self.bn2(self.conv2(change))
        same = x if self.downsample is None else self.downsample(x)
        return F.relu(same + change)


def _stage(in_channels: int, out_channels: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        BasicBlock(in_channels, out_channels, stride), BasicBlock(out_channels, out_channels, 1)
    )


class ResNet18(nn.Module):
    """A photo of 224 x 224 in, one score for each of 1,000 names out.

    Parameters
    ----------
    n_classes
        Length of the list of names.

    Examples
    --------
    >>> from dl_core.vision.imagenet import PARAMETERS
    >>> network = ResNet18().eval()
    >>> sum(p.numel() for p in network.parameters()) == PARAMETERS
    True
    >>> with torch.inference_mode():
    ...     network(torch.zeros(1, 3, 224, 224)).shape
    torch.Size([1, 1000])
    """

    def __init__(self, n_classes: int = N_CLASSES) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, WIDTHS[0], 7, 2, padding=3, bias=False)
        self.bn1: nn.Module = nn.BatchNorm2d(WIDTHS[0])
        self.layer1 = _stage(WIDTHS[0], WIDTHS[0], 1)
        self.layer2 = _stage(WIDTHS[0], WIDTHS[1], 2)
        self.layer3 = _stage(WIDTHS[1], WIDTHS[2], 2)
        self.layer4 = _stage(WIDTHS[2], WIDTHS[3], 2)
        self.fc = nn.Linear(WIDTHS[3], n_classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, x: Tensor) -> Tensor:
        """Photos ``(B, 3, H, W)``, normalised, to scores (logits) ``(B, n_classes)``."""
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, padding=1)
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = stage(x)
        scores: Tensor = self.fc(x.mean(dim=(2, 3)))
        return scores


def resnet18_with(weights: Mapping[str, Tensor]) -> ResNet18:
    """A network for inference with these weights, every normalisation folded into its convolution.

    Parameters
    ----------
    weights
        Name of a layer's numbers → the numbers, as in the official file: every name once, none besides, each
        with the layer's own shape. Counters of training steps may be missing.

    Raises
    ------
    ValueError
        "These are not the weights of ResNet-18: ..." when names or shapes are others.
    """
    with torch.device("meta"):  # shapes without numbers: the numbers come from the file
        network = ResNet18(n_classes=len(weights.get("fc.bias", range(N_CLASSES))))
    wanted = {n: tuple(t.shape) for n, t in network.state_dict().items() if not n.endswith(COUNTER)}
    found = {n: tuple(t.shape) for n, t in weights.items() if not n.endswith(COUNTER)}
    if wanted != found:
        odd = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
        raise ValueError(f"These are not the weights of ResNet-18: {len(odd)} layers differ, as {odd[0]}.")
    network.load_state_dict({name: weights[name].float() for name in wanted}, strict=False, assign=True)
    return _folded_in_place(network.eval())


def folded(network: ResNet18) -> ResNet18:
    """The same function with fewer steps: a fixed normalisation is a scale and a shift of its convolution."""
    return _folded_in_place(copy.deepcopy(network).eval())


def _folded_in_place(network: ResNet18) -> ResNet18:
    for module in list(network.modules()):
        if isinstance(module, ResNet18 | BasicBlock):
            _fold(module, "conv1", "bn1")
        if isinstance(module, BasicBlock):
            _fold(module, "conv2", "bn2")
            if module.downsample is not None:
                _fold(module.downsample, "0", "1")
    return network.requires_grad_(False).to(memory_format=torch.channels_last)  # type: ignore[call-overload,no-any-return]


def _fold(module: nn.Module, conv: str, norm: str) -> None:
    setattr(module, conv, fuse_conv_bn_eval(getattr(module, conv), getattr(module, norm)))
    setattr(module, norm, nn.Identity())
