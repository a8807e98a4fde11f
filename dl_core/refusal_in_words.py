"""What the lesson's bar means for the reader's photo, for things on no list, and how exactly it is known."""

from __future__ import annotations

import math

from dl_core.held_out_answers import strangers_that_pass
from dl_core.intervals import share_of
from dl_core.numbers_in_words import percent
from dl_core.refusal_cost import RefusalCost, in_percent

FLAT = 0.05  # costs that differ by no more than this share are called about the same


def flat_sentence(told: RefusalCost) -> str:
    """How far the cheapest bar can be trusted.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.refusal_cost import Settings, story
    >>> flat_sentence(story(Settings(first_sample(), wrong=1.0))).split(":")[0]
    'Any bar from 46 to 55 % costs about the same'
    """
    low, high = told.among
    n = f"{told.at.n_photos:,}"
    right, wrong = (int(of[told.at.place_of(told.best)]) for of in (told.at.right, told.at.wrong))
    if wrong == 0 < right:  # none among so many is not never: a resample of no mistakes holds none either
        most = percent(share_of(0, right).high)
        none = f"None of the {right:,} answers above the cheapest bar was wrong."
        return f"{none} That is no proof: up to {most} of them could be."
    if math.isclose(low, high):
        return f"Chance in these {n} photos does not move the cheapest bar, {in_percent(low)}."
    other = f"With {n} other photos of this kind, the cheapest lies between these 19 times in 20."
    if told.premium > FLAT:
        return f"The cheapest bar lies between {low:g} and {high:g} %. {other}"
    more = percent(max(told.premium, 1e-4))
    return f"Any bar from {low:g} to {high:g} % costs about the same: at most {more} more. {other}"


def sure_in_words(told: RefusalCost) -> str:
    """How sure the network is of the reader's photo; to a tenth where it would read like the bar itself.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.refusal_cost import Settings, story
    >>> sure_in_words(story(Settings(first_sample())))
    '99.1 %'
    """
    said = percent(told.sure)
    reads_as_reached = said == in_percent(told.settings.threshold) and not told.answered
    return f"{math.floor(1000 * told.sure) / 10:.1f} %" if reads_as_reached else said


def photo_sentence(told: RefusalCost) -> str:
    """Where the reader's photo stands.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.refusal_cost import Settings, story
    >>> photo_sentence(story(Settings(first_sample(), threshold=100))).endswith("would go to a person.")
    True
    """
    does = "would be answered" if told.answered else "would go to a person"
    bar = in_percent(told.settings.threshold)
    return f"This photo is “{told.guess}”, {sure_in_words(told)} sure. At your bar of {bar} it {does}."


def strangers_sentence(told: RefusalCost) -> str:
    """What the reader's bar does to things that are on no list.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.refusal_cost import Settings, story
    >>> print(strangers_sentence(story(Settings(first_sample(), threshold=0))))
    Being sure is not knowing. No drawn digit is on its list, yet your bar answers 400 of 400. \
It also names 400 of 400 planes and horses and 147 of 147 bare textures, which are not on it either.
    """
    passing = strangers_that_pass(told.settings.threshold)
    digits, cifar, textures = (
        next(found for name, found in passing.items() if word in name)
        for word in ("digits", "planes", "textures")
    )
    if digits[0] + cifar[0] + textures[0] == 0:
        return "At your bar it names none of the things that are on no list of its own."
    return (
        "Being sure is not knowing. No drawn digit is on its list, "
        f"yet your bar answers {digits[0]} of {digits[1]}. It also names {cifar[0]} of {cifar[1]} "
        f"planes and horses and {textures[0]} of {textures[1]} bare textures, which are not on it either."
    )


def formula_sentence(told: RefusalCost) -> str:
    """What the two prices ask for without any count.

    Examples
    --------
    >>> from dl_core.photos import first_sample
    >>> from dl_core.refusal_cost import Settings, story
    >>> formula_sentence(story(Settings(first_sample()))).split(": ")[1]
    '90 %. The count says 89 %.'
    """
    return (
        "If being 80 % sure always meant being right 80 times in 100, prices alone would set the bar: "
        f"{percent(told.formula / 100)}. The count says {in_percent(told.best)}."
    )
