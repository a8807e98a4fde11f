"""Settings in words, for a card or a slide."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any


def settings_in_words(settings: Any) -> tuple[tuple[str, str], ...]:
    """Name and value of each setting that a reader can read; raw bytes, tables and pictures are left out.

    Parameters
    ----------
    settings
        A frozen dataclass, or None where a scene has no controls.

    Examples
    --------
    >>> from dl_core.knn_vs_softmax import Settings
    >>> settings_in_words(Settings())[:2], settings_in_words(None)
    ((('classes', '3'), ('points', '120')), ())
    """
    if not is_dataclass(settings) or isinstance(settings, type):
        return ()
    told = []
    for field in fields(settings):
        value = getattr(settings, field.name)
        name = field.name.removeprefix("n_").replace("_", " ")
        if isinstance(value, bool):
            told.append((name, "yes" if value else "no"))
        elif isinstance(value, int | float):
            told.append((name, f"{value:,}"))
        elif isinstance(value, str) and field.name != "sha256":
            told.append((name, value))
        elif isinstance(value, tuple) and value and all(isinstance(one, int | float | str) for one in value):
            told.append((name, ", ".join(map(str, value))))
    return tuple(told)
