"""What the counts on “none of these” mean, in sentences."""

from __future__ import annotations

from typing import Literal

from dl_core.intervals import Share
from dl_core.numbers_in_words import short
from dl_core.transfer.shares import ends, sure
from dl_core.transfer.stranger import Asked, Rule, Stranger

FEWEST = 20  # known photos below which nobody can say what a rule costs


def better(told: Stranger) -> Literal["distance", "sureness", "neither", "unknown"]:
    """Which rule refuses more strangers; neither where the 95 % ranges meet, unknown on few known photos."""
    if told.distance is None or told.sureness is None or told.distance.known.n < FEWEST:
        return "unknown"
    far, sure = told.distance.strangers, told.sureness.strangers
    if far.low > sure.high:
        return "distance"
    return "sureness" if sure.low > far.high else "neither"


def of_all(share: Share) -> str:
    """A count out of all.

    >>> from dl_core.intervals import share_of
    >>> of_all(share_of(3, 40))
    '3 of 40'
    """
    return f"{share.hits:,} of {share.n:,}"


def in_range(share: Share) -> str:
    """A count out of all, with its 95 % range.

    >>> from dl_core.intervals import share_of
    >>> in_range(share_of(3, 40))
    '3 of 40 (range 3 % to 20 %)'
    """
    return f"{of_all(share)} (range {ends(share)})"


def takeaway(told: Stranger) -> str:
    """The live sentences: the answer, whether it is near enough to count, and what both rules refuse."""
    if told.asked is None:
        return "Nothing was measured: the work was stopped, or no photo is held out."
    return f"{_answer(told, told.asked)} {_rates(told)}"


def _answer(told: Stranger, asked: Asked) -> str:
    said = f"The head says “{told.settings.pictures.names[asked.answer]}”, {sure(asked.sure)} sure"
    if asked.truth is not None:
        said += ", and is right" if asked.truth == asked.answer else ", and is wrong"
    if told.distance is None:
        return f"{said}. Its nearest photos lie {asked.far:.0f}° off."
    far, bar = apart(asked.far, told.distance.bar)
    if told.refused:
        return f"{said}. Its nearest photos lie {far}° off, beyond the bar of {bar}°: **none of these**."
    return f"{said}. Its nearest photos lie {far}° off, within the bar of {bar}°: **the answer counts**."


def apart(far: float, bar: float) -> tuple[str, str]:
    """Both in whole degrees; with a tenth where they would read alike.

    Parameters
    ----------
    far, bar
        Degrees.

    Examples
    --------
    >>> apart(78.6, 39.2), apart(39.4, 39.2)
    (('79', '39'), ('39.4', '39.2'))
    """
    if f"{far:.0f}" == f"{bar:.0f}":
        return f"{far:.1f}", f"{bar:.1f}"
    return f"{far:.0f}", f"{bar:.0f}"


def _rates(told: Stranger) -> str:
    if told.distance is None or told.sureness is None:
        return "Too few photos are held out to set a bar and to judge it."
    return (
        f"Distance refuses **{of_all(told.distance.strangers)}** strangers "
        f"(range {ends(told.distance.strangers)}), "
        f"a bar on how sure it is {told.sureness.strangers.hits:,}."
    )


def price_sentence(told: Stranger) -> str:
    """What refusing costs: known photos that are refused too."""
    if told.distance is None or told.sureness is None:
        return ""
    return (
        f"Both bars may refuse {told.settings.refuse} in 100 known photos. Counted on others, "
        f"distance refuses {in_range(told.distance.known)} and sureness {of_all(told.sureness.known)}."
    )


def harder_sentence(told: Stranger) -> str:
    """Strangers that look like the task: a class that was left out of training."""
    if told.distance is None or told.sureness is None:
        return ""
    far, sure = told.distance.left_out, told.sureness.left_out
    if far is None or sure is None:
        return (
            "These strangers look quite unlike the task. Expect less from ones that look like it: "
            "with two classes none can be left out to try."
        )
    return (
        "A stranger that looks like the task is harder. Leave one class out of training, then show it: "
        f"distance refuses {of_all(far)}, sureness {sure.hits:,}."
    )


def lean_sentence(told: Stranger) -> str:
    """What the answer to the new picture leans on, in points of its score."""
    asked = told.asked
    if asked is None or not asked.lenders:
        return ""
    n = len(asked.lenders)
    strongest = "The strongest photo lends" if n == 1 else f"The {n} strongest photos lend"
    against = (
        f"; the strongest against it takes {short(-asked.against.points)}"
        if asked.against is not None
        else ""
    )
    labels = told.settings.pictures.labels
    unlike = any(labels[one.row] != asked.answer for one in asked.lenders)
    why = " A photo of another class lends points when the new one is unlike it." if unlike else ""
    return (
        f"{strongest} {short(sum(one.points for one in asked.lenders))} points to this answer{against}. "
        f"All training photos and a fixed start add up to its score, {short(asked.score)}.{why}"
    )


def row_words(rule: Rule) -> tuple[str, str]:
    """How many known photos and how many strangers a rule refuses, for a chart."""
    return f"{of_all(rule.known)} held out", f"{of_all(rule.strangers)} strangers"
