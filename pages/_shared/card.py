"""The decision card: one page of Markdown with the reader's settings and what they showed."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any

from pages._shared.lesson import Lesson


def decision_card(lesson: Lesson, settings: Any, sentence: str, link: str) -> str:
    """The card as Markdown.

    Parameters
    ----------
    settings
        The opening scene's settings, a frozen dataclass.
    sentence
        The live sentence at these settings, as the page shows it.
    link
        The page's address with the settings in it; may be empty.
    """
    chosen = asdict(settings) if is_dataclass(settings) and not isinstance(settings, type) else {}
    lines = [
        f"# {lesson.headline}",
        f"**To decide:** {lesson.decision}",
        "## What we saw",
        sentence,
        "## At these settings",
        *(f"- {name.replace('_', ' ')}: {value}" for name, value in chosen.items()),
        "## Ask your engineers",
        *(f"- {ask.question}" for ask in lesson.ask_engineers),
        "## Keep in mind",
        *(f"- {line}" for line in lesson.where_it_lies),
    ]
    if link:
        lines.append(f"\nThe same picture: {link}")
    return "\n\n".join(lines).replace("\n\n- ", "\n- ") + "\n"
