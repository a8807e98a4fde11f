"""A larger network that a host may add: ResNet-18 with the official ImageNet weights and their 1,000 names.

The file is not shipped. `python -m dl_core.offline.fetch_backbone` puts it into the folder, and only the one
official file is ever read: another size or another SHA-256, and the page stays with the shipped network.
"""

from __future__ import annotations

import hashlib
import io
import os
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dl_core.vision.calibration import probabilities
from dl_core.vision.classes import ASSETS

if TYPE_CHECKING:  # torch is loaded by the first answer, not by the import
    from torch import Tensor

    from dl_core.vision.resnet18 import ResNet18

FOLDER_VARIABLE = "DL_BACKBONE_FOLDER"
DEFAULT_FOLDER = ASSETS / "backbone"
FILE_NAME = "resnet18-f37072fd.pth"
SHA256 = "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec"
MOST_BYTES = 50_000_000  # the official file has 46,830,571
PARAMETERS = 11_689_512  # learned numbers
NAMES_FILE = ASSETS / "vision" / "imagenet_classes.txt"

SHORTER_SIDE, SIDE = 256, 224  # pixels: the photo is shrunk to the first, its middle square has the second
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # red, green, blue, of ImageNet's photos

_LOADING = threading.Lock()
_LATEST: dict[tuple[str, int, int], Backbone | NoBackbone] = {}  # the file as it was → what came of it


@dataclass(frozen=True)
class Backbone:
    """The larger network, ready to answer; shared by all viewers, so never change or hook it."""

    network: ResNet18
    names: tuple[str, ...]  # of its 1,000 outputs, in their order


@dataclass(frozen=True)
class NoBackbone:
    """Why there is none."""

    sentence: str  # for the page
    is_absent: bool  # nobody put a file there: then there is nothing to tell


@cache
def imagenet_names() -> tuple[str, ...]:
    """The 1,000 names of ImageNet, in the order of the network's outputs.

    Examples
    --------
    >>> names = imagenet_names()
    >>> len(names), names[0], names[504]
    (1000, 'tench', 'coffee mug')
    """
    return tuple(NAMES_FILE.read_text(encoding="utf-8").splitlines())


def backbone_folder() -> Path:
    """Where a host puts the file: the folder that the environment names, or ``assets/backbone``."""
    return Path(os.environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER)


def find_backbone(folder: Path | None = None) -> Backbone | NoBackbone:
    """The larger network where its file is there and is the official one; read once for all viewers.

    Parameters
    ----------
    folder
        Where to look; `backbone_folder` if nothing is given.
    """
    file = (folder or backbone_folder()) / FILE_NAME
    try:
        about = file.stat()
    except OSError:
        return NoBackbone(f"There is no larger network: {FILE_NAME} is not in the folder.", is_absent=True)
    key = (str(file), about.st_mtime_ns, about.st_size)
    with _LOADING:  # who comes meanwhile waits and gets the same one
        if key not in _LATEST:
            found = _read(file, about.st_size)
            _LATEST.clear()
            _LATEST[key] = found
        return _LATEST[key]


def _read(file: Path, size: int) -> Backbone | NoBackbone:
    if not file.is_file() or size > MOST_BYTES:
        return _refused("is not a file of the right size")
    try:
        data = file.read_bytes()
    except OSError:
        return _refused("cannot be read")
    # what is checked is what is loaded: the bytes in memory, not the file, which could change in between
    if hashlib.sha256(data).hexdigest() != SHA256:
        return _refused("is not the official one, byte for byte")
    return _loaded(data)


def _loaded(data: bytes) -> Backbone | NoBackbone:
    import torch

    from dl_core.vision.resnet18 import N_CLASSES, resnet18_with

    try:
        # weights_only: numbers are read, programs hidden in the file are not run
        weights: Any = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except Exception:  # a broken file fails in many ways, and none of them may stop the page
        return _refused("is broken")
    if not isinstance(weights, dict) or not all(isinstance(t, torch.Tensor) for t in weights.values()):
        return _refused("holds no weights")
    names = imagenet_names()
    try:
        network = resnet18_with(weights)
    except ValueError:
        return _refused("holds the weights of another network")
    if network.fc.out_features != N_CLASSES or len(names) != N_CLASSES:
        return _refused(f"does not answer with {N_CLASSES:,} names")
    return Backbone(network, names)


def _refused(why: str) -> NoBackbone:
    return NoBackbone(
        f"The larger network is not used: its file {why}. The page stays with its own network.",
        is_absent=False,
    )


def middle_square(photo: Image.Image) -> NDArray[np.uint8]:
    """What the network sees of an RGB photo: its middle, ``(224, 224, 3)``, the shorter side shrunk to 256.

    The middle is cut while shrinking, so that a very wide photo is never held in full at 256 pixels height.

    Examples
    --------
    >>> middle_square(Image.new("RGB", (640, 480), (9, 8, 7)))[0, 0].tolist()
    [9, 8, 7]
    """
    width, height = photo.size
    # like the official steps: the longer side is rounded down, the middle to the nearest pixel
    if width <= height:
        wide, high = SHORTER_SIDE, int(SHORTER_SIDE * height / width)
    else:
        wide, high = int(SHORTER_SIDE * width / height), SHORTER_SIDE
    left, top = round((wide - SIDE) / 2), round((high - SIDE) / 2)
    across, up = width / wide, height / high
    box = (left * across, top * up, min((left + SIDE) * across, width), min((top + SIDE) * up, height))
    return np.asarray(photo.resize((SIDE, SIDE), Image.Resampling.BILINEAR, box=box))


def backbone_input(pixels: NDArray[np.uint8]) -> Tensor:
    """The ``pixels`` ``(H, W, 3)`` of 0 to 255 as the network wants them: ``(1, 3, H, W)`` about zero."""
    import torch

    about_zero = (np.asarray(pixels, np.float32) / 255 - np.array(MEAN, np.float32)) / np.array(
        STD, np.float32
    )
    x = torch.from_numpy(about_zero.astype(np.float32)).permute(2, 0, 1)[None]
    return x.contiguous(memory_format=torch.channels_last)


def name_probabilities(backbone: Backbone, photo: Image.Image) -> NDArray[np.float64]:
    """Shares of the 1,000 names for an RGB photo: ``(1000,)``, summing to 1.

    Nobody has counted how often it is right when it is this sure: the shares are not calibrated.
    """
    import torch

    with torch.inference_mode():
        scores = backbone.network(backbone_input(middle_square(photo)))[0]
    return probabilities(scores.double().numpy())
