"""The architecture of the shipped network: a small residual network for photos of about 64 x 64 pixels.

Source: He et al., "Deep Residual Learning for Image Recognition" (2015); the pooled shortcut is
from He et al., "Bag of Tricks for Image Classification" (2018), section 4.2.
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn

WIDTHS = (64, 128, 256, 320)  # channels of the four stages
DEPTHS = (1, 2, 3, 1)  # residual blocks of the four stages


class ResidualBlock(nn.Module):
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
        self.stride = stride
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, 1, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(out_channels)
        self.changes_shape = stride != 1 or in_channels != out_channels
        if self.changes_shape:
            self.shortcut = nn.Conv2d(in_channels, out_channels, 1, bias=False)
            self.shortcut_norm = nn.BatchNorm2d(out_channels)

    def forward(self, x: Tensor) -> Tensor:
        """Feature maps ``(B, in, H, W)`` to ``(B, out, H/stride, W/stride)``."""
        change = F.relu(self.norm1(self.conv1(x)))
        change = self.norm2(self.conv2(change))
        return F.relu(self.passed_by(x) + change)

    def passed_by(self, x: Tensor) -> Tensor:
        """What is added to the filters' work: ``x`` itself, brought to a new shape where that differs."""
        if not self.changes_shape:
            return x
        # pooling before the 1x1 keeps every pixel in play; a strided 1x1 would drop three of four
        x = F.avg_pool2d(x, self.stride, ceil_mode=True) if self.stride > 1 else x
        passed: Tensor = self.shortcut_norm(self.shortcut(x))
        return passed


class ResidualNetwork(nn.Module):
    """A photo in, one score per class out.

    Parameters
    ----------
    n_classes
        Length of the class list.
    widths, depths
        Channels and residual blocks of each stage; every stage after the first halves the picture.

    Examples
    --------
    >>> import torch
    >>> network = ResidualNetwork(n_classes=200).eval()
    >>> with torch.inference_mode():
    ...     network(torch.zeros(1, 3, 64, 64)).shape
    torch.Size([1, 200])
    """

    def __init__(
        self,
        n_classes: int,
        widths: tuple[int, ...] = WIDTHS,
        depths: tuple[int, ...] = DEPTHS,
    ) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, 24, 3, 1, padding=1, bias=False),
            nn.BatchNorm2d(24),
            nn.ReLU(),
            nn.Conv2d(24, widths[0], 3, 2, padding=1, bias=False),
            nn.BatchNorm2d(widths[0]),
            nn.ReLU(),
        )
        stages: list[nn.Module] = []
        in_channels = widths[0]
        for index, (out_channels, n_blocks) in enumerate(zip(widths, depths, strict=True)):
            blocks = []
            for block in range(n_blocks):
                stride = 2 if block == 0 and index > 0 else 1
                blocks.append(ResidualBlock(in_channels, out_channels, stride))
                in_channels = out_channels
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        self.head = nn.Linear(in_channels, n_classes)
        self._initialise()

    def _initialise(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            if isinstance(module, ResidualBlock):
                # each block starts as "change nothing", so a deep stack starts as a shallow one
                nn.init.zeros_(module.norm2.weight)

    def feature_maps(self, x: Tensor) -> Tensor:
        """From photos ``x``, ``(B, 3, H, W)``, the last feature maps, ``(B, C, H/16, W/16)``: Grad-CAM's."""
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
        return x

    def features(self, x: Tensor) -> Tensor:
        """One vector per photo of ``x``, ``(B, 3, H, W)``: the average of each last map, ``(B, C)``."""
        return self.feature_maps(x).mean(dim=(2, 3))

    def forward(self, x: Tensor) -> Tensor:
        """Scores (logits), ``(B, n_classes)``."""
        logits: Tensor = self.head(self.features(x))
        return logits
