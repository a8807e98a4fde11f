"""A trained head as a small file: the only format that the page takes back.

safetensors holds numbers and text and nothing that could run, unlike a pickle, a TorchScript or an ONNX file.
Still the bytes are a stranger's: sizes, shapes, numbers and names are checked before anything uses them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.softmax_regression import SoftmaxRegression
from dl_core.transfer.features import N_FEATURES
from dl_core.transfer.heads import Head
from dl_core.transfer.own_photos import LONGEST_NAME, class_name
from dl_core.vision.card import read_card

SCHEMA = 1  # of the file; a later one is refused, not guessed at
MOST_BYTES = 1_000_000
MOST_CLASSES = 50
LARGEST = 1e6  # no honest head has a number beyond it

_SHAPES = {"mean": 1, "spread": 1, "weights": 2, "bias": 1}  # number of axes
_AGAIN = "Export the model again, and choose its head.safetensors."


class UnreadableHead(ValueError):
    """The file is no head that this page can use; the message tells the reader why."""


@dataclass(frozen=True)
class NamedHead:
    """A head with the names of its classes."""

    head: Head
    names: tuple[str, ...]  # printable, different from each other, without markup


def clean_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names as they may stand in any file and on any page (`class_name`), none empty, none twice.

    Examples
    --------
    >>> clean_names(["cup", "*cup*", "", "=1+1"])
    ('cup', 'cup 2', 'class 3', '1+1')
    """
    found: list[str] = []
    for place, name in enumerate(names, 1):
        cleaned, number = class_name(name) or f"class {place}", 1
        free = cleaned
        while free in found:
            number += 1
            free = f"{cleaned[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        found.append(free)
    return tuple(found)


def write_head(head: Head, names: Sequence[str]) -> bytes:
    """The head as a safetensors file: scaling, weights, bias; names and the network's fingerprint as text.

    The same head and names give the same bytes.
    """
    from safetensors.numpy import save

    about = {"schema": SCHEMA, "names": clean_names(names), "network_sha256": read_card().sha256}
    parts = {"mean": head.mean, "spread": head.spread, "weights": head.layer.weights, "bias": head.layer.bias}
    tensors = {name: np.ascontiguousarray(part, np.float64) for name, part in parts.items()}
    # one text, because the library writes several in any order
    return bytes(save(tensors, {"about": json.dumps(about, ensure_ascii=True)}))


def read_head(data: bytes) -> NamedHead:
    """A head from a stranger's file.

    Parameters
    ----------
    data
        The bytes of a file that `write_head` made, at most 1 MB.

    Raises
    ------
    UnreadableHead
        With one or two sentences for the reader, for anything else.

    Examples
    --------
    >>> try:
    ...     read_head(b"PK...")
    ... except UnreadableHead as refusal:
    ...     print(refusal)
    This file is no head of this page. Export the model again, and choose its head.safetensors.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableHead(f"This file is larger than a head can be. {_AGAIN}")
    try:
        tensors, about = _parsed(data)
        network, schema = about.get("network_sha256"), about.get("schema")
        names = _names(about.get("names"))
    except Exception as problem:  # the parsers raise a dozen kinds of error on hostile bytes
        raise UnreadableHead(f"This file is no head of this page. {_AGAIN}") from problem
    if schema != SCHEMA:
        raise UnreadableHead(f"This head was written by another version of this page. {_AGAIN}")
    if network != read_card().sha256:
        raise UnreadableHead(
            "This head belongs to another network than the one shipped here. Train it again."
        )
    return NamedHead(_head(tensors, len(names)), names)


def _parsed(data: bytes) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Its arrays, and what is written beside them."""
    from safetensors.numpy import load

    tensors = load(data)
    length = int.from_bytes(data[:8], "little")
    about = json.loads(json.loads(data[8 : 8 + length])["__metadata__"]["about"])
    if not isinstance(about, dict):
        raise TypeError("what is written beside the numbers is no mapping")
    return tensors, about


def _names(found: Any) -> tuple[str, ...]:
    """The names, as they may be shown."""
    if not isinstance(found, list) or not 2 <= len(found) <= MOST_CLASSES:
        raise ValueError("no list of two or more names")
    if not all(isinstance(name, str) for name in found):
        raise TypeError("a name is no text")
    return clean_names(found)


def _head(tensors: dict[str, NDArray[Any]], n_classes: int) -> Head:
    """The arrays as a head, where all of them are what they should be."""
    size = {"mean": N_FEATURES, "spread": N_FEATURES, "bias": n_classes}
    if set(tensors) != set(_SHAPES):
        raise UnreadableHead(f"This file does not hold the four parts of a head. {_AGAIN}")
    for name, part in tensors.items():
        shape = (n_classes, N_FEATURES) if name == "weights" else (size[name],)
        if part.dtype != np.float64 or part.shape != shape:
            raise UnreadableHead(f"The numbers in this file do not fit {n_classes} classes. {_AGAIN}")
        if not np.abs(part).max() <= LARGEST:  # no number (NaN) is not below it either
            raise UnreadableHead(f"This file holds numbers that no trained head has. {_AGAIN}")
    if tensors["spread"].min() < 1e-6:
        raise UnreadableHead(f"This file holds numbers that no trained head has. {_AGAIN}")
    kept = {name: part.copy() for name, part in tensors.items()}
    for part in kept.values():
        part.setflags(write=False)
    return Head(kept["mean"], kept["spread"], SoftmaxRegression(kept["weights"], kept["bias"]))
