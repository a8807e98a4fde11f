"""Reading a figure as Plotly writes it down: packed arrays, missing numbers, one value for all points."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dl_core.figures.picture import Picture

Spec = dict[str, Any]
Numbers = NDArray[np.float64]

# Plotly's own names for the kinds of numbers in a packed array
KINDS = {
    "i1": "<i1", "u1": "<u1", "u1c": "<u1", "i2": "<i2", "u2": "<u2", "i4": "<i4", "u4": "<u4", "f4": "<f4",
    "f8": "<f8", "int8": "<i1", "uint8": "<u1", "uint8clamped": "<u1", "int16": "<i2", "uint16": "<u2",
    "int32": "<i4", "uint32": "<u4", "float32": "<f4", "float64": "<f8",
}  # fmt: skip


class CannotDraw(ValueError):
    """A figure asks for something that a still picture does not know."""


def read(picture: Picture) -> tuple[list[Spec], Spec]:
    """The visible traces and the layout of a picture, without Plotly's template.

    Parameters
    ----------
    picture
        Its figure is read as Plotly.js would read it.
    """
    spec = unpacked(json.loads(picture.json))
    layout = {name: value for name, value in (spec.get("layout") or {}).items() if name != "template"}
    traces = [trace for trace in spec.get("data") or [] if trace.get("visible", True) is True]
    return traces, layout


def unpacked(node: Any) -> Any:
    """The same data with every packed array as a list of its own, ``shape`` as written beside it.

    Raises
    ------
    CannotDraw
        If an array holds a kind of number that Plotly does not know.

    Examples
    --------
    >>> unpacked({"x": {"dtype": "i1", "bdata": "AQID"}})["x"].tolist()
    [1, 2, 3]
    """
    if isinstance(node, list):
        return [unpacked(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "bdata" in node and "dtype" in node:
        return _array(node)
    return {name: unpacked(value) for name, value in node.items()}


def _array(packed: Spec) -> NDArray[Any]:
    if packed["dtype"] not in KINDS:
        raise CannotDraw(f"Arrays of “{packed['dtype']}” are not known: use one of {', '.join(KINDS)}.")
    flat = np.frombuffer(base64.b64decode(packed["bdata"]), KINDS[packed["dtype"]])
    shape = str(packed.get("shape", "")).strip()
    return flat.reshape([int(part) for part in shape.split(",")]) if shape else flat


def numbers(values: Any) -> Numbers:
    """Numbers as floats in the ``shape`` given; what is missing is nan.

    Examples
    --------
    >>> numbers([1, None, "2.5"]).tolist()
    [1.0, nan, 2.5]
    """
    if isinstance(values, np.ndarray):
        return values.astype(np.float64)
    if values and isinstance(values[0], (list, np.ndarray)):
        return np.array([numbers(row) for row in values], dtype=np.float64)
    return np.array([_number(value) for value in values], dtype=np.float64)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def listed(values: Any) -> list[Any]:
    """Values as a plain list, whatever they were packed in."""
    if values is None:
        return []
    return list(values.tolist()) if isinstance(values, np.ndarray) else list(values)


def each(value: Any, n: int, default: Any) -> list[Any]:
    """One value per point: the same for all, or a list of its own.

    Parameters
    ----------
    value
        One value, a list, or nothing.
    n
        How many points there are.
    default
        Stands where nothing was given.

    Examples
    --------
    >>> each([8, None], 3, 6), each(8, 2, 6)
    ([8, 6, 6], [8, 8])
    """
    if isinstance(value, (list, tuple, np.ndarray)):
        given = listed(value)[:n]
        return [default if one is None else one for one in given] + [default] * (n - len(given))
    return [default if value is None else value] * n


def titled(owner: Spec) -> Spec:
    """The title of an axis, a colour bar or the layout, as a dictionary with ``text``."""
    title = owner.get("title")
    if isinstance(title, dict):
        return {"text": "", **{name: value for name, value in title.items() if value is not None}}
    return {"text": title or ""}
