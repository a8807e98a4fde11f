"""Settings in words, for a card or a slide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Any, get_type_hints


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


def holds_own(settings: Any) -> bool:
    """Whether settings, or something in them, are a reader's own photo, pictures or table (``is_own``).

    Parameters
    ----------
    settings
        Of any scene; None where a scene has no controls.

    Examples
    --------
    >>> from PIL import Image
    >>> from dl_core.live_classifier import Look
    >>> from dl_core.photos import OWN, first_sample, photo
    >>> holds_own(Look(first_sample(), "espresso")), holds_own(None)
    (False, False)
    >>> holds_own(Look(photo(OWN, Image.new("RGB", (8, 8))), "espresso"))
    True
    """
    inside = [getattr(settings, one.name) for one in fields(settings)] if is_dataclass(settings) else []
    return any(getattr(one, "is_own", False) for one in (settings, *inside))


def settings_type(compute: Callable[..., Any]) -> Any:
    """What kind of settings a scene's function takes first; ``NoneType`` where it takes none.

    Parameters
    ----------
    compute
        Its first parameter says the type; another one may follow.

    Examples
    --------
    >>> from dl_core.cost_of_use import cost_of_use
    >>> settings_type(cost_of_use).__name__, settings_type(lambda: 1)
    ('Workload', <class 'NoneType'>)
    """
    hints = get_type_hints(compute)
    return next((kind for name, kind in hints.items() if name != "return"), NoneType)
