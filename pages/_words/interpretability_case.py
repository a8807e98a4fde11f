"""The words of two scenes of "Interpretability": one case explained, and seven explanations compared."""

from __future__ import annotations

from dl_core.interpretability.agree import Agree
from dl_core.interpretability.agree_in_words import (
    letters_in_words,
    likeness_in_words,
    over_many,
)
from dl_core.interpretability.explanations import N_BACKGROUND
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.onecase import OneCase
from dl_core.interpretability.onecase_in_words import listed_neighbours, way_in_words
from pages._shared.typeset import typeset

ONECASE_LEAD = (
    "Each model tells in its own way what moved its answer. You start with a mistake, "
    "since a clear story can make a wrong answer look right. "
    "**Odds** are bad against fine: 1 to 9 is a chance of 10 %."
)
ONECASE_NOTE = "The surest come first. Red dashes mark the bar: from there on a case is held back."


def onecase_headline(told: OneCase) -> str:
    """That a wrong answer is explained as well as a right one, or how many neighbours stand behind it."""
    if told.nearest:
        behind = f"the {len(told.nearest.rows)} cases behind it"
        return f"A mistake, and {behind}" if told.is_wrong else f"A right answer, and {behind}"
    if told.is_wrong:
        return "Even a mistake tells a clear story"
    return "A right answer, and what moved it"


def onecase_below(told: OneCase) -> str:
    """How this model is explained, what to read, and that none was found where none is."""
    parts = [none_such(told), way_in_words(told), _lines(listed_neighbours(told))]
    return typeset("\n\n".join(part for part in parts if part))


def none_such(told: OneCase) -> str:
    """Where there is no case of the kind that was asked for, which one is shown."""
    if told.is_wrong == (told.settings.which == "wrong"):
        return ""
    if told.is_wrong:
        return "No held-out case is right at this bar. This is the surest mistake."
    return "No held-out case is wrong at this bar. This is the right answer that it was least sure of."


def _lines(rows: tuple[tuple[str, ...], ...]) -> str:
    """A small table in Markdown; nothing without rows."""
    if not rows:
        return ""
    head, *rest = (" | ".join(cell.replace("|", "/") for cell in row) for row in rows)
    return "\n".join((f"| {head} |", f"|{' --- |' * len(rows[0])}", *(f"| {line} |" for line in rest)))


ONECASE_NOTES = (
    "Say: here is a case that the model got wrong, and it still explains itself well. "
    "A good story is no proof of a good answer. "
    "Point at the top row, where it starts, then down the steps to the black diamond. "
    "Then point at the red dashes: on the left a case is let through, on the right it is held back. "
    "Expect the question whether a step says why the person failed to pay. "
    "It does not. It says what the model used, and no more."
)
ONECASE_SOURCE = "The model learned from three quarters of the rows; this case is from the other quarter."


def onecase_tells(told: OneCase) -> dict[str, str]:
    """How this kind of model is explained, for the engineers' sheet."""
    kind = KINDS[told.settings.model]
    exact = "the computation itself" if kind.is_exact else "an estimate beside the model"
    return {
        "Explanation": f"{kind.name}: each answer comes with {kind.explanation}; that is {exact}. "
        f"To check one answer a person reads {kind.reads}."
    }


AGREE_LEAD = (
    "Here all seven models explain the same case. A column stands **first** if it moved a model’s score most. "
    "For the made loans we know the true rule, so we can check who finds it."
)
AGREE_NOTE = "Size is a share of the model’s own largest step, as the models use different scales."


def agree_headline(told: Agree) -> str:
    """How many explanations agree, and with the rule or not."""
    column, n = told.common
    if n <= len(KINDS) // 2:
        return "Seven models tell different stories about one case"
    if not told.rule_tops:
        return f"{n} of {len(KINDS)} explanations agree; that alone proves nothing"
    if column in told.rule_tops:
        return f"{n} of {len(KINDS)} explanations agree, and the true rule agrees too"
    return f"{n} of {len(KINDS)} explanations agree, and the true rule differs"


def agree_below(told: Agree) -> str:
    """What it means for letters, or how alike the orders are; and that some of it is no model's fault."""
    limits = (
        "Columns that travel together can swap their steps. "
        "And each step is counted from an average, which is a choice. So some of this is no fault of a model."
    )
    return typeset(f"{letters_in_words(told) or likeness_in_words(told)}\n\n{limits}")


AGREE_NOTES = (
    "Say: we asked seven models about one case, and then the rule that made it. "
    "Point at the rings: each marks the column that moved that model most. "
    "Then point at the grey strip, the true rule, and at the row below: how often each model finds its first column. "
    "Agreement is a good sign and no proof. "
    "Expect the question who is right on our own data. Nobody knows the true rule there. "
    "Ask for two models, and look hard where their stories part."
)
AGREE_SOURCE = "All held-out rows of the table, explained once by seven models trained on the other rows."


def agree_tells(told: Agree) -> dict[str, str]:
    """How far explanations agree, for the engineers' sheet."""
    return {
        "Explanation": f"{over_many(told)} We show an explanation as what the model used, never as a cause."
    }


CASE_LIES = (
    f"“Not told” means a value from {N_BACKGROUND} training rows, one column at a time. "
    "That can make up cases that cannot exist."
)
