"""What is said of how far a task lies from what the network learned."""

from __future__ import annotations

from dl_core.numbers_in_words import number, percent, so_many
from dl_core.transfer.distance import Distance, Known, Measured, measured, side
from dl_core.transfer.shares import whole

FEWEST_PROVING = 20  # with fewer tasks a rank correlation proves nothing


def takeaway(told: Distance) -> str:
    """Where the task lies, which case that is, and what tasks like it got."""
    far_out = percent(1 - told.similarity / 100)
    return (
        f"Your task lies at **{told.similarity:.0f} of 100**: on average, {far_out} of the network's own "
        f"unseen photos are nearer. {_case(told)} {_expect(told)}"
    )


def _case(told: Distance) -> str:
    pictures = so_many(told.settings.n_per_class, "picture")
    if told.on_the_line:
        return f"With {pictures} a class, it is on the line between near and far."
    side = "far" if told.far else "near"
    return f"With {pictures} a class: {side} and {'many' if told.many else 'few'}."


def _expect(told: Distance) -> str:
    """The spread of what measured tasks on this side got: the honest forecast."""
    scores = [task.frozen for task in others(told) if told.on_the_line or side(task.similarity) == told.side]
    if not scores:
        return "Nothing like it was measured here: **measure yours**."
    if len(scores) == 1:
        return f"The one task measured there got {whole(scores[0])} right: **measure yours**."
    return (
        f"With {measured().n_per_class}, other tasks there got {whole(min(scores))} to "
        f"{whole(max(scores))} right between two names: **measure yours**."
    )


def others(told: Distance) -> tuple[Known, ...]:
    """The measured tasks besides the reader's."""
    return tuple(task for task in measured().tasks if task.key != told.known)


def forecast_sentences(found: Measured | None = None) -> tuple[str, str]:
    """Whether similarity ranks with the score, counted on the measured tasks: two short paragraphs.

    Examples
    --------
    >>> forecast_sentences()[0][:33]
    'Does similarity forecast a score?'
    """
    found = found or measured()
    farthest = min(found.tasks, key=lambda task: task.similarity)
    lowest = min(found.tasks, key=lambda task: task.frozen)
    rank = found.rank_with_score
    verdict = "Hardly" if abs(rank) < 0.5 else "It seems so" if rank > 0 else "No"
    few = " So few tasks prove nothing." if len(found.tasks) < FEWEST_PROVING else ""
    return (
        f"Does similarity forecast a score? {verdict}: over {len(found.tasks)} tasks the rank correlation is "
        f"{number(rank)}, where 1 would mean always.{few}",
        f"The farthest, “{farthest.name}”, got {whole(farthest.frozen)} right between two names. "
        f"The lowest score, {whole(lowest.frozen)}, has “{lowest.name}”. Far is a warning, not a forecast.",
    )


def forecast_rows(found: Measured | None = None) -> tuple[tuple[str, str, str, str], ...]:
    """For the page's table: task, similarity, right with the frozen network, right on bare pixels."""
    rows = sorted((found or measured()).tasks, key=lambda task: -task.similarity)
    return tuple(
        (task.name, f"{task.similarity:.0f}", whole(task.frozen), whole(task.pixels)) for task in rows
    )
