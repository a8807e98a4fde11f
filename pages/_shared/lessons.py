"""Every lesson by its name, as its page declares it."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from pages._shared.catalogue import LESSONS
from pages._shared.lesson import Lesson

FILES = {entry.name: entry.file for entry in LESSONS}


@cache
def lesson(name: str) -> Lesson:
    """The lesson of this name.

    Parameters
    ----------
    name
        Of a lesson in the catalogue.

    Raises
    ------
    KeyError
        If there is none.
    """
    declared: Lesson = import_module(f"pages.{FILES[name].removesuffix('.py')}").lesson
    return declared
