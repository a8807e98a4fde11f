"""The words of two scenes of "Interpretability": columns shuffled, and a copy that imitates a model."""

from __future__ import annotations

from dl_core.interpretability.copies import DEEPEST
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.shuffle import N_SHUFFLES, Shuffle
from dl_core.interpretability.shuffle_in_words import (
    ADVICE,
    bars_in_words,
    chosen_in_words,
    impossible_in_words,
    loss_in_words,
    three_questions,
)
from dl_core.interpretability.surrogate import Surrogate
from dl_core.interpretability.surrogate_in_words import ADVICE as COPY_ADVICE
from dl_core.interpretability.surrogate_in_words import (
    against_truth,
    others_in_words,
    rule_in_words,
    rules_in_words,
    sides_in_words,
    silence_in_words,
)
from dl_core.numbers_in_words import percent, so_many
from pages._shared.typeset import markdown_table

SHUFFLE_LEAD = (
    "Many tools rank columns by **permutation importance**: shuffle one column, and see how much worse the model gets. "
    "Then people delete the columns with short bars. "
    "Here you see what that misses when several columns tell the same."
)
SHUFFLE_COLUMNS = "Two to eight. With none chosen, we take those that tell much the same."
SHUFFLE_ONE = "Choose two columns or more. Until then you see those that travel together."
SHUFFLE_SOURCE = f"Held-out rows shuffled in {N_SHUFFLES} ways, one trained model, 95 % ranges over rows; trained again once."
SHUFFLE_NOTES = (
    "Say: a column’s bar shows what this one model loses when that column alone is shuffled. "
    "If another column tells the same, the model reads it there, and the bar stays short. "
    "Point at the short blue bars, then at the hatched bar for all of them at once. "
    "Then point at the last bar: the model trained again without them. "
    "Expect the question which columns may go. "
    "Only the last bar answers that. Train again without them, and compare on rows it never saw."
)


def shuffle_headline(told: Shuffle) -> str:
    """What not to do with the bars."""
    return ADVICE[told.verdict]


def shuffle_below(told: Shuffle) -> str:
    """Three questions with their answers, how alike the columns are, and cases that cannot exist."""
    ask = "**To delete columns, ask the third question.** A short bar answers only the first."
    return "\n\n".join(
        [markdown_table(three_questions(told)), ask, impossible_in_words(told), chosen_in_words(told)]
    )


def shuffle_tells(told: Shuffle) -> dict[str, str]:
    """What a bar may be used for, for the engineers' sheet."""
    return {
        "Explanation": f"Columns are not dropped by permutation importance. {bars_in_words(told)} {loss_in_words(told)}"
    }


SHUFFLE_LIES = (
    "Shuffled columns make cases that cannot exist, and the model never learned what to say about them. "
    "So the bars show how this model reacts, not what a column is worth."
)
SHUFFLE_TRADE_OFF = (
    "Dropping columns by short bars",
    "Fewer columns to collect, at once.",
    "Twins hide each other. Train again before you delete.",
)

SURROGATE_LEAD = (
    "A **surrogate** is a readable copy: a small tree that learns to answer as the unreadable model does. "
    "People then read the copy’s rules as if they were the model’s. "
    "We count how often both decide alike on cases that neither has seen."
)
SURROGATE_DEPTH = "More questions make more rules. They come nearer to the model, and take longer to read."
SURROGATE_SOURCE = "A small tree learned the model’s answers on three quarters of the rows; counted on the rest, 95 % ranges."
SURROGATE_NOTES = (
    "Say: nobody can read this model, so somebody offers a copy with a few clear rules. "
    "The copy is another model, and it decides otherwise in some cases. "
    "Point at the ring, and at the dashed line: so much one answer for all would reach. "
    "Then point at the last bar, the readable model, and compare the money. "
    "Expect the question whether a copy is good enough for a letter to a customer. "
    "It can name a column that did not count in that case. Check the model itself."
)


def surrogate_headline(told: Surrogate) -> str:
    """Whether a copy is needed at all."""
    return COPY_ADVICE[told.verdict].removesuffix(".")


def surrogate_below(told: Surrogate) -> str:
    """Where the copy is not the model, what the rules leave out, and what readable models do."""
    parts = (sides_in_words(told), rule_in_words(told), against_truth(told))
    return "\n\n".join(part for part in parts if part)


def rules_below(told: Surrogate) -> str:
    """The copy's rules at this bar, as a nested list; then what else they leave out.

    >>> from dl_core.interpretability.surrogate import Settings, story
    >>> from dl_core.interpretability.question import at_rest
    >>> rules_below(story(Settings(at_rest(), depth=1))).splitlines()[0][:26]
    '- loan in yearly incomes a'
    """
    rules = "\n".join(f"{'    ' * indent}- {text}" for indent, text in rules_in_words(told, DEEPEST))
    return f"{rules}\n\n{others_in_words(told)}".strip()


def surrogate_tells(told: Surrogate) -> dict[str, str]:
    """How far a copy can be trusted, for the engineers' sheet."""
    rules, name = so_many(told.copy.n_rules, "rule"), KINDS[told.settings.model].name
    return {
        "Explanation": f"A copy with {rules} decides as {name} in {percent(told.copy.same.value)} of "
        f"{told.n:,} held-out {told.table.items}. {silence_in_words(told)}"
    }


SURROGATE_LIES = (
    f"The copy is one kind of tree with at most {DEEPEST} questions in a row. "
    "Other copies can name other columns and agree as often."
)
SURROGATE_TRADE_OFF = (
    "A readable copy of an unreadable model",
    "A few rules that a room can read.",
    "It is another model. Where it parts, its rules tell the wrong story.",
)
