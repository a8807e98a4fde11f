"""Where on the plane a gate says yes, as exact polygons: one neuron draws a line, several a bent border."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from dl_core.logic_gates import CIRCUITS, OWN, Gate, Weights, fires, nands

LOW, HIGH = -0.45, 1.45  # the part of the plane that is looked at, in both directions
TINY = 1e-9
BESIDE = 1e-4  # how far from a line its two sides are asked
Point = tuple[float, float]
Piece = tuple[Point, Point]  # a straight piece, from and to
Polygon = tuple[Point, ...]
BOX: Polygon = ((LOW, LOW), (HIGH, LOW), (HIGH, HIGH), (LOW, HIGH))


@dataclass(frozen=True)
class Regions:
    """A gate's answer over the plane."""

    yes: tuple[Polygon, ...]  # where it says 1; they do not overlap
    border: tuple[Piece, ...]  # between yes and no


def of_neuron(weights: Weights) -> Regions:
    """The regions of one neuron: a part of the plane behind a line, all of it, or nothing.

    Parameters
    ----------
    weights
        For a, for b, and the bias.

    Examples
    --------
    >>> of_neuron((1.0, 0.0, -0.5)).border
    (((0.5, -0.45), (0.5, 1.45)),)
    """
    yes = half(BOX, weights)
    return Regions((yes,) if yes else (), _border([weights], lambda a, b: fires(weights, a, b)))


@cache
def of_nands(gate: Gate) -> Regions:
    """The regions of a gate built from NAND neurons.

    Examples
    --------
    >>> len(of_nands("NAND").border), len(of_nands("XOR").border) > 2
    (1, True)
    """
    lines = list(dict.fromkeys(line for line in _switches(gate) if line[0] or line[1]))
    return Regions(tuple(_yes(gate, BOX, ())), _border(lines, lambda a, b: nands(gate, a, b)[-1]))


def half(polygon: Polygon, line: Weights) -> Polygon:
    """The part of a convex polygon where weight · a + weight · b + bias is over 0; empty if there is none.

    Parameters
    ----------
    polygon
        Corners in order.
    line
        Weights for a and b, and the bias.

    Examples
    --------
    >>> half(((0.0, 0.0), (2.0, 0.0), (2.0, 2.0)), (1.0, 0.0, -1.0))
    ((1.0, 1.0), (1.0, 0.0), (2.0, 0.0), (2.0, 2.0))
    """
    heights = [_height(line, point) for point in polygon]
    kept: list[Point] = []
    for i, (point, height) in enumerate(zip(polygon, heights, strict=True)):
        before, was = polygon[i - 1], heights[i - 1]
        if min(was, height) < -TINY and max(was, height) > TINY:
            kept.append(_between(before, point, was / (was - height)))
        if height > -TINY:
            kept.append(point)
    return tuple(kept) if max(heights) > TINY else ()


def _height(line: Weights, point: Point) -> float:
    return line[0] * point[0] + line[1] * point[1] + line[2]


def _between(one: Point, other: Point, part: float) -> Point:
    x, y = (a + part * (b - a) for a, b in zip(one, other, strict=True))
    return (round(x, 9), round(y, 9))


def _yes(gate: Gate, polygon: Polygon, said: tuple[int, ...]) -> Iterator[Polygon]:
    """The plane cut by each NAND in turn: where the earlier ones stay the same, the next one draws a line."""
    if not polygon or len(said) == len(CIRCUITS[gate]):
        if polygon and said[-1]:
            yield polygon
        return
    line = _line(CIRCUITS[gate][len(said)], said)
    opposite = (-line[0], -line[1], -line[2])
    yield from _yes(gate, half(polygon, line), (*said, 1))
    yield from _yes(gate, half(polygon, opposite), (*said, 0))


def _line(sources: tuple[str, str], said: Sequence[int]) -> Weights:
    """A NAND's sum over the plane, where the earlier neurons say what they said."""
    whole = [0.0, 0.0, OWN["NAND"][2]]
    for source, weight in zip(sources, OWN["NAND"], strict=False):
        if source in "ab":
            whole["ab".index(source)] += weight
        else:
            whole[2] += weight * said[int(source) - 1]
    return (whole[0], whole[1], whole[2])


def _switches(gate: Gate) -> Iterator[Weights]:
    """Every line at which some neuron of the gate may change its answer."""
    for place, sources in enumerate(CIRCUITS[gate]):
        for said in product((0, 1), repeat=place):
            yield _line(sources, said)


def _border(lines: Sequence[Weights], says: Callable[[float, float], int]) -> tuple[Piece, ...]:
    """The pieces of these lines with a yes on one side and a no on the other."""
    found: list[Piece] = []
    for line in lines:
        ends = _across(line)
        if not ends:
            continue
        cuts = {0.0, 1.0}
        for other in lines:
            one, two = (_height(other, end) for end in ends)
            if one * two < -TINY:
                cuts.add(one / (one - two))
        pieces = [(_between(*ends, low), _between(*ends, high)) for low, high in pairwise(sorted(cuts))]
        found += [piece for piece in pieces if _parts(piece, line, says)]
    return tuple(found)


def _across(line: Weights) -> Piece | None:
    """Where the line enters the box and where it leaves it."""
    ends = []
    for i, point in enumerate(BOX):
        was, height = _height(line, BOX[i - 1]), _height(line, point)
        if (was > 0) != (height > 0):
            ends.append(_between(BOX[i - 1], point, was / (was - height)))
    return (min(ends), max(ends)) if len(ends) == 2 else None


def _parts(piece: Piece, line: Weights, says: Callable[[float, float], int]) -> bool:
    x, y = _between(*piece, 0.5)
    far = BESIDE / (line[0] ** 2 + line[1] ** 2) ** 0.5
    across, up = far * line[0], far * line[1]
    return says(x + across, y + up) != says(x - across, y - up)
