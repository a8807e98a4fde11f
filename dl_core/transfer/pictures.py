"""Labelled pictures of one task: ready-made, or the reader's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 64  # pixels of a picture's side: what the network looks at

Pixels = NDArray[np.uint8]
Labels = NDArray[np.int64]
Rows = dict[bytes, NDArray[np.float32]]  # digest of a picture → its (320,) features


@dataclass(frozen=True, eq=False)
class Pictures:
    """Two piles of pictures are the same when their pixels, labels, bursts and names are.

    Raises
    ------
    ValueError
        When the parts do not fit each other.
    """

    name: str  # as the page calls the task
    names: tuple[str, ...]  # of the classes
    pixels: Pixels = field(repr=False)  # (N, 64, 64, 3), read-only
    labels: Labels = field(repr=False)  # (N,) classes 0 to n_classes - 1, read-only
    bursts: Labels = field(repr=False)  # (N,) pictures taken at one go share a number, read-only
    is_own: bool = False  # the reader's own: then it stays in the reader's visit
    # what the network made of each picture so far, by its pixels; later piles of the same visit find it here
    rows: Rows | None = field(default=None, repr=False)
    sha256: str = ""  # of all of it; made here

    def __post_init__(self) -> None:
        if self.pixels.shape[1:] != (SIDE, SIDE, 3) or self.pixels.dtype != np.uint8:
            raise ValueError(
                f"Pictures are {SIDE} × {SIDE} pixels of three bytes, not {self.pixels.shape[1:]}."
            )
        if not len(self.pixels) == len(self.labels) == len(self.bursts):
            raise ValueError("Every picture has one label and one burst.")
        if len(self.labels) and not 0 <= self.labels.min() <= self.labels.max() < len(self.names):
            raise ValueError("A label names no class.")
        told = hashlib.sha256("\n".join((self.name, *self.names)).encode())
        for part in (self.pixels, self.labels, self.bursts):
            part.setflags(write=False)
            told.update(np.ascontiguousarray(part).data)
        object.__setattr__(self, "sha256", told.hexdigest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pictures) and (self.sha256, self.is_own) == (other.sha256, other.is_own)

    def __hash__(self) -> int:
        return hash(self.sha256)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """In a saved brief a ready-made task is its key; of a reader's own pictures nothing is kept."""
        from pydantic_core import core_schema

        from dl_core.transfer.tasks import TASKS, key_of, ready_made

        def of(key: Any) -> Pictures:
            if key not in TASKS:
                raise ValueError(f"There is no ready-made task {key!r}.")
            return ready_made(key)

        return core_schema.no_info_plain_validator_function(
            of, serialization=core_schema.plain_serializer_function_ser_schema(key_of)
        )

    @cached_property
    def digests(self) -> tuple[bytes, ...]:
        """Of each picture's pixels alone, whatever it is called."""
        return tuple(hashlib.sha256(np.ascontiguousarray(one).data).digest() for one in self.pixels)

    @property
    def counts(self) -> tuple[int, ...]:
        """Pictures of each class."""
        return tuple(np.bincount(self.labels, minlength=len(self.names)).tolist())

    def part(self, at: Labels) -> Pictures:
        """Some of them.

        Parameters
        ----------
        at
            ``(M,)`` which ones, in this order.
        """
        return Pictures(
            self.name, self.names, self.pixels[at], self.labels[at], self.bursts[at], self.is_own, self.rows
        )
