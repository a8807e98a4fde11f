"""A brief: cards collected from several lessons, and the sheet that a product manager gives the engineers.

As a file it is small JSON: which lesson, which scenes, which settings, and the reader's own words. Pictures
and numbers are not in it. They are computed again from the settings, so a file can neither bring wrong
figures nor anything that could be executed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from dl_core.documents.content import MOST_CARDS
from dl_core.documents.settings import holds_own, settings_type
from dl_core.running_case import Case

LARGEST_FILE = 200_000  # bytes; a full brief takes a few thousand
LONGEST_FIELD = 2_000  # letters of a field of the sheet
KIND = "brief of Deep Learning for Product Managers"

# the sheet for the engineers: field, and what to write there where no lesson has said anything yet
FIELDS = (
    ("Goal", "Which decision gets better, for whom?"),
    ("Metric", "Which number will tell, on whose data?"),
    ("Baseline", "How good is today's process, and the simplest rule?"),
    ("Error cost", "What does a miss cost, and a false alarm?"),
    ("Data", "Which examples, how many, labelled by whom?"),
    ("Latency", "How long may one answer take, and what may it cost?"),
    ("Explanation", "Who may ask why, and what do they get?"),
    ("Review", "Which answers does a person check, and how fast?"),
    ("Stop rule", "At which number do we stop, before or after the launch?"),
)


class BadBrief(ValueError):
    """A file that is not a brief, or holds what its lesson does not have; the message is for the reader."""


Line = Annotated[str, StringConstraints(max_length=300)]
Text = Annotated[str, StringConstraints(max_length=4_000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
_STRICT = ConfigDict(extra="forbid", strict=True)


class SavedScene(BaseModel):
    """One scene in the file."""

    model_config = _STRICT
    scene: Key
    settings: Any = None  # checked against the scene's own settings before it is used


class SavedCard(BaseModel):
    """One card in the file."""

    model_config = _STRICT
    lesson: Key
    title: Line = ""
    note: Text = ""
    query: Text = ""
    scenes: list[SavedScene]


class SavedBrief(BaseModel):
    """The file."""

    model_config = _STRICT
    kind: Literal["brief of Deep Learning for Product Managers"] = KIND  # type: ignore[assignment]
    version: Literal[1] = 1
    title: Line = ""
    cards: list[SavedCard]
    fields: dict[Line, Text] = {}


def written(brief: SavedBrief) -> bytes:
    """The brief as a file.

    Examples
    --------
    >>> read(written(SavedBrief(title="Returns", cards=[]))).title
    'Returns'
    """
    return brief.model_dump_json(indent=1).encode()


def read(file: bytes) -> SavedBrief:
    """The brief in a file, checked: names, lengths and shape; the settings are checked by their lessons.

    Parameters
    ----------
    file
        What the reader uploaded.

    Raises
    ------
    BadBrief
        If it is too large, not JSON, or not a brief.

    Examples
    --------
    >>> read(b"[1, 2]")
    Traceback (most recent call last):
    dl_core.documents.brief.BadBrief: This is not a brief from here. Choose one that you saved on this page.
    """
    if len(file) > LARGEST_FILE:
        raise BadBrief(f"This file is larger than {LARGEST_FILE // 1000} kB, so it is no brief from here.")
    try:
        brief = SavedBrief.model_validate_json(file)
    except ValidationError:
        raise BadBrief("This is not a brief from here. Choose one that you saved on this page.") from None
    if len(brief.cards) > MOST_CARDS:
        raise BadBrief(f"This brief has {len(brief.cards)} cards; {MOST_CARDS} is the most.")
    return brief


def to_plain(settings: Any) -> Any:
    """Frozen settings as what JSON can hold; None also where they hold a reader's own photo.

    Examples
    --------
    >>> from dl_core.cost_of_use import Workload
    >>> to_plain(Workload(n_classes=3))["n_classes"]
    3
    """
    if settings is None or holds_own(settings):
        return None
    return TypeAdapter(type(settings)).dump_python(settings, mode="json")


def from_plain(compute: Any, plain: Any) -> Any:
    """Settings for ``compute`` from what `to_plain` gave, checked by the settings' own type and rules.

    Parameters
    ----------
    compute
        A scene's function; its first parameter says the type.
    plain
        What stood in the file.

    Raises
    ------
    BadBrief
        If it does not fit.

    Examples
    --------
    >>> from dl_core.cost_of_use import Workload, cost_of_use
    >>> from_plain(cost_of_use, to_plain(Workload(n_classes=3))) == Workload(n_classes=3)
    True
    """
    wanted = settings_type(compute)
    wrong = BadBrief("This brief holds a setting that its lesson does not have.")
    says_itself = hasattr(wanted, "__get_pydantic_core_schema__")  # a photo is one word, not its fields
    if (
        is_dataclass(wanted)
        and not says_itself
        and not (isinstance(plain, dict) and set(plain) <= {field.name for field in fields(wanted)})
    ):
        raise wrong
    try:  # a setting that is missing stands at its default: the file may be older than the setting
        return TypeAdapter(wanted).validate_json(json.dumps(plain), strict=True)
    except ValueError:  # pydantic's own error is one, and so is what a setting's rules raise
        raise wrong from None


def filled(case: Case, told: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The sheet for the engineers, from the running case and what the lessons were left with.

    Parameters
    ----------
    case
        The reader's kind of product.
    told
        What each scene contributes: field → sentence. Sentences for the same field follow each other, up to
        `LONGEST_FIELD` letters.

    Examples
    --------
    >>> from dl_core.running_case import CASES
    >>> sheet = filled(CASES[0], [{"Latency": "12 ms."}])
    >>> sheet["Latency"], sheet["Stop rule"]
    ('12 ms.', 'Open: At which number do we stop, before or after the launch?')
    """
    said: dict[str, list[str]] = {
        "Goal": [f"Say {case.answer}, for about {case.per_day:,} {case.items} a day (our assumption)."],
        "Error cost": [f"A miss: {case.miss}. A false alarm: {case.false_alarm}."],
    }
    for scene in told:
        for field, sentence in scene.items():
            said.setdefault(field, []).append(sentence)
    if len(said["Error cost"]) == 1:
        said["Error cost"].append("The price of each is open.")
    return {field: cut(" ".join(dict.fromkeys(said.get(field, [f"Open: {ask}"])))) for field, ask in FIELDS}


def cut(text: str, most: int = LONGEST_FIELD) -> str:
    """The text, at most ``most`` letters of it, 2 or more: whole words, and “…” for what is left out.

    >>> cut("Ten photos were wrong.", 12), cut("Ten photos.", 12), cut("Bookkeeping", 5)
    ('Ten photos…', 'Ten photos.', 'Book…')
    """
    if len(text) <= most:
        return text
    start, space, _ = text[:most].rpartition(" ")
    return (start if space else text[: most - 1]).rstrip() + "…"
