"""Words of the live classifier's scene about the bar."""

from __future__ import annotations

from dl_core.numbers_in_words import short
from dl_core.refusal_cost import (
    RefusalCost,
    in_percent,
    of_thousand,
)
from dl_core.refusal_in_words import (
    flat_sentence,
    formula_sentence,
    photo_sentence,
    strangers_sentence,
)

BAR_LEAD = (
    "A **bar** is how sure the network must be before you act on its answer; photos below it go to a person. "
    "A low bar lets wrong answers through, a high bar sends more to people. "
    "The page Decide puts all of this together, with a second bar."
)


def bar_headline(told: RefusalCost) -> str:
    """The message: where a person is cheaper than the network."""
    if told.best == 0:
        return "At these prices, nobody needs to look"
    if told.best == 100:
        return "At these prices, a person should see every photo"
    return f"At these prices, hand over what is under {in_percent(told.best)} sure"


def bar_notes_below(told: RefusalCost) -> str:
    """What stands under the live sentence: the photo, the grey stretch, the strangers, the short way."""
    return f"{photo_sentence(told)} {flat_sentence(told)}\n\n{strangers_sentence(told)}\n\n{formula_sentence(told)}"


BAR_NOTES = (
    "Say: a model that may hand over is worth more than one that must answer. Choose a preset that fits your product. "
    "Point at the two thin lines: wrong answers get rarer to the right, people’s looks get more. The thick line is both, and its "
    "lowest point is the bar to ask for. Then point at the grey stretch, where nobody needs to argue. "
    "Expect the question who is sure enough to act alone. Answer: that is a price, not a property of the model."
)
BAR_SOURCE = (
    "Counted on 5,000 held-out photos of Tiny ImageNet; prices are yours, and a person is taken to be right."
)
BAR_LIES = (
    "The cheapest bar was chosen and priced on the same photos, so expect to save a little less. "
    "The person is taken to be always right, and your own photos need their own count."
)


def bar_tells(told: RefusalCost) -> dict[str, str]:
    """Fields of the engineers' sheet: who looks, and what a mistake costs."""
    _, wrong, person = of_thousand(told, told.settings.threshold)
    return {
        "Review": f"Below {in_percent(told.settings.threshold)} sure, a person looks: {person} of 1,000 photos in our test. "
        f"Of the answered ones, {wrong} would be wrong. At our prices the cheapest bar is {in_percent(told.best)}.",
        "Error cost": f"A wrong answer that is acted on: {short(told.settings.wrong)}. "
        f"A person’s look at one photo: {short(told.settings.look)}. Both are our own guesses so far.",
    }
