"""Words of three scenes of "Transfer learning": the leak, the confusion square, and “none of these”."""

from __future__ import annotations

from dl_core.numbers_in_words import listed, so_many
from dl_core.transfer.confusion import Confusion, burst_sentence, sure_sentence
from dl_core.transfer.leak import Leak, spread_sentence
from dl_core.transfer.shares import whole
from dl_core.transfer.stranger import Stranger
from dl_core.transfer.stranger_in_words import (
    better,
    harder_sentence,
    in_range,
    lean_sentence,
    of_all,
    price_sentence,
)

LONGEST_NAME = 24  # letters of a class's name in a headline
MOST_TOLD = 2  # kinds of mistakes that a brief names

LEAK_LEAD = (
    "Ten photos of one thing, taken at one go, are a **burst**; deal photos at random, and twins from one burst land in both piles. "
    "Then the check asks about photos that the head has almost seen. Degrees tell how unlike the network finds two photos."
)


def leak_headline(told: Leak) -> str:
    """By how much a random split flatters."""
    if not told.n_deals:
        return "Nothing was counted"
    if not told.leaks:
        return "Here a random split does not clearly flatter"
    return f"A random split flatters by {so_many(round(100 * told.gap), 'point')}"


def leak_below(told: Leak) -> str:
    """How far chance moves both numbers, and what this means for tools and for your own photos."""
    return (
        f"{spread_sentence(told)}\n\nTools that train in the browser, such as Teachable Machine, keep no test "
        "photos apart by burst. Their score can be this random one. So hold whole bursts out: whole days, "
        "shops, machines or people."
    ).strip()


LEAK_NOTES = (
    "Say: nothing differs here but how photos were dealt into two piles. Read both numbers out. "
    "Point at the three photos: the one held out, and its twin that a random deal leaves to learn from. "
    "The last is the nearest one when whole bursts are kept apart. "
    "Expect the question which number is true. Your users send new scenes, so the lower one is. "
    "Ask your team one thing: were photos of one day, one shop or one person kept in one pile?"
)
LEAK_SOURCE = "Pictures drawn for this project or your own; each way dealt, trained and checked ten times."
LEAK_LIES = (
    "The dots of the leak picture are ten deals of the same photos. "
    "New photos from new places can fall outside their range."
)


def leak_tells(told: Leak) -> dict[str, str]:
    """What to ask for: a pile by burst, and both numbers."""
    if not told.n_deals:
        return {}
    return {
        "Data": "Photos taken at one go stay in one pile: split by day, place or person, never photo by photo. "
        f"On “{told.settings.pictures.name}” a random split said {whole(told.random.average)}, "
        f"the split by burst {whole(told.burst.average)}."
    }


CONFUSION_LEAD = (
    "This square, a confusion matrix, counts the mistakes by kind: across what a held-out photo is, "
    "down what the head says. Open a cell and look at its photos."
)


def confusion_headline(told: Confusion) -> str:
    """Which mistake is the commonest."""
    if not told.n:
        return "No photo is held out, so nothing is checked"
    if not told.commonest:
        return "No mistake on these held-out photos"
    (truth, said), *level = told.commonest
    first, second = (_short(told.pictures.names[of]) for of in (truth, said))
    if level == [(said, truth)]:
        return f"“{first}” and “{second}” are mixed up both ways alike"
    if level:
        return "Several kinds of mistakes are level"
    kind = "The only mistake" if told.n_wrong == 1 else "The commonest mistake"
    return f"{kind}: “{first}” is taken for “{second}”"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def confusion_below(told: Confusion) -> str:
    """How sure it is when it is wrong, and why the range is too narrow."""
    if not told.n:
        return ""
    return (
        f"{sure_sentence(told)} {burst_sentence(told)}\n\nLook at the surest mistakes first. A wrong label, a photo "
        "that you could not tell yourself, and a kind that was never shown need three different repairs."
    )


CONFUSION_NOTES = (
    "Say: before you ask for a better score, look at the mistakes. "
    "Point at the darkest cell off the diagonal, then at its photos: the surest come first. "
    "Ask the room whether they could tell these apart. Often several mistakes are one burst, so they are one problem. "
    "Expect the question whether more photos will help. They help where a kind was missing. "
    "They do not help where the label is wrong or where the photo does not show the difference."
)
CONFUSION_SOURCE = "Our frozen network with a new head; every photo in the square was held out, by burst."


def confusion_tells(told: Confusion) -> dict[str, str]:
    """The counted errors and the commonest of them."""
    if not told.n:
        return {}
    names = told.pictures.names
    most = [f"“{names[truth]}” taken for “{names[said]}”" for truth, said in told.commonest]
    which = f" Look first at: {listed(most)}." if 0 < len(most) <= MOST_TOLD else ""
    low, high = whole(told.right.low), whole(told.right.high)
    return {"Error cost": f"Our first head is right on {low} to {high} of held-out photos.{which}"}


STRANGER_LEAD = (
    "A head must name one of its classes, whatever you show it. A **stranger** is a photo of none of them. "
    "Two rules can refuse it: too unsure, or too far from all photos that were learned."
)


def stranger_headline(told: Stranger) -> str:
    """Which rule finds strangers."""
    return {
        "distance": "Ask how far a photo lies, not how sure the head is",
        "sureness": "Here being unsure spots more strangers than distance does",
        "neither": "Both rules spot strangers about alike",
        "unknown": "Too few held-out photos to judge a rule",
    }[better(told)]


def stranger_below(told: Stranger) -> str:
    """The price, the harder strangers, and what the answer leans on."""
    return "\n\n".join(
        part for part in (price_sentence(told), harder_sentence(told), lean_sentence(told)) if part
    )


STRANGER_NOTE = (
    "The grey side is refused. Blue dots are held-out photos, vermillion crosses are strangers, "
    "the diamond is the new photo. Distance is the angle to the three nearest training photos."
)
STRANGER_NOTES = (
    "Say: show it something that is none of its classes, and it still answers, often very sure. "
    "Point at the diamond in both strips: far away in the upper one, among the sure answers in the lower one. "
    "Then point at the photos: these are what the answer leans on. "
    "Expect the question whether distance solves it. It catches what looks quite different. "
    "A class that looks like the task but was never shown often gets through, and some good photos are refused."
)
STRANGER_SOURCE = (
    "Bars set on half of the held-out photos, judged on the other half and on pictures of other tasks."
)
STRANGER_LIES = (
    "Most strangers here look quite unlike the task, so they are easy to refuse. "
    "Try your own photos of things that look like your classes but are none."
)


def stranger_tells(told: Stranger) -> dict[str, str]:
    """Who handles a refused photo, how often, and what can be shown."""
    if told.distance is None:
        return {}
    return {
        "Review": "Photos far from all training photos go to a person. In our test that refused "
        f"{of_all(told.distance.strangers)} strangers and {in_range(told.distance.known)} known photos.",
        "Explanation": "With an answer we can show the training photos that it leans on most.",
    }
