"""How a picture came about, step by step: sent once, played in the browser, without the server."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from dl_core.figures.drawing import four_figures

LARGEST = 400_000  # bytes that a film may add to a picture


@dataclass(frozen=True)
class Film:
    """The frames between nothing and the picture. The last frame is the picture as it stands.

    Raises
    ------
    ValueError
        If a trace that changes has another number of frames than there are captions.
    """

    captions: tuple[str, ...]  # one sentence for each frame
    grows: tuple[int, ...] = ()  # places of traces that show, in frame i, their first ``shown[i]`` points
    shown: tuple[int, ...] = ()  # points that growing traces show in each frame; empty: frame i shows i + 1
    # place of a trace → attribute ("x", "y", "text") → its values in each frame
    changes: Mapping[int, Mapping[str, Sequence[Sequence[float | str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n_frames = len(self.captions)
        counts = {len(values) for each in self.changes.values() for values in each.values()}
        if self.shown:
            counts.add(len(self.shown))
        if counts - {n_frames}:
            raise ValueError(
                f"A film of {n_frames} captions cannot have {sorted(counts)} frames: "
                "give each frame one caption."
            )

    @cached_property
    def json(self) -> str:
        """The film as the browser reads it, numbers with four figures that count.

        Examples
        --------
        >>> Film(("start", "one step"), grows=(0,), changes={1: {"x": [[1 / 3], [2.0]]}}).json
        '{"captions":["start","one step"],"grows":[0],"shown":[1,2],"changes":[[1,"x",[[0.3333],[2.0]]]]}'
        """
        return json.dumps(
            {
                "captions": self.captions,
                "grows": self.grows,
                "shown": self.shown or tuple(range(1, len(self.captions) + 1)),
                "changes": [
                    (place, name, [[_short(value) for value in frame] for frame in values])
                    for place, each in self.changes.items()
                    for name, values in each.items()
                ],
            },
            separators=(",", ":"),
            allow_nan=False,
        )


def _short(value: float | str) -> float | str:
    return value if isinstance(value, str) or not math.isfinite(value) else four_figures(value)
