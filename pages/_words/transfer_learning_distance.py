"""The words of the scene `distance`: when to expect transfer to fail."""

from __future__ import annotations

from dl_core.transfer.distance import LINE_AT, LOOKED_AT, MANY, Distance, measured

LEAD = (
    "A frozen network sees your pictures through what it learned before. "
    "We measure how near your pictures lie to that, as **similarity**: 0 is far, 50 is the network's own kind. "
    "Two questions then make four cases: near or far, few pictures or many?"
)
SOURCE = "Distances to 10,000 training photos of Tiny ImageNet; yardstick: 5,000 unseen ones; advice: CS231n notes."
NOTES = (
    "Say: transfer works best when your pictures look like what the network learned from. Point at the red diamond, "
    "then at the dashed line where the network's own kind of photos lie. The dotted line shows how much your pictures "
    "differ among themselves. Expect the question whether far means bad. Not always: cloth lies farthest out and "
    "does well, because edges and patterns carry over. So take distance as a warning, and let twenty pictures decide."
)
TABLE = ("Task", "Similarity", "Right, frozen network", "Right, bare pixels")
TABLE_LABEL = "Does distance forecast the score? All tasks, counted"
PLAN = "Pictures of each class"
PLAN_HELP = "What if you could collect more? This moves the red diamond up or down. It trains nothing."
AS_NOW = "as in the four steps"


def table_note() -> str:
    """How the table was counted."""
    found = measured()
    return (
        f"Right between two names, averaged over all pairs, with {found.n_per_class} pictures of each to learn from. "
        "The network's own things had 16, and it learned from their labels before. Half would be chance."
    )


def line_notes() -> tuple[str, str]:
    """Where the two lines of the chart come from, and what was measured."""
    middle, low, high = measured().line
    return (
        f"The grey band is measured. Of the network's own 200 classes, only {100 * LINE_AT:.0f} in 100 lie farther "
        f"out than {middle:.0f}; {low:.0f} to {high:.0f} is as plausible. The line at {MANY} pictures is ours.",
        f"The dotted line holds nine in ten of your pictures; it may leave the chart. At most {LOOKED_AT} of them are measured.",
    )


def headline(told: Distance) -> str:
    """The message, by the side on which the task lies."""
    return {
        "far": "Far from what it knows: a warning, not a verdict",
        "line": "Neither near nor far: your own test decides",
        "near": "Near what it knows: a new head may be enough",
    }[told.side]


def tells(told: Distance) -> dict[str, str]:
    """What distance means for the data to collect."""
    return {
        "Data": f"Similarity to the source: {told.similarity:.0f} of 100, where its own kind gets 50. "
        f"With {told.settings.n_per_class} pictures a class: {told.advice.lower()}."
    }


WHERE_IT_LIES = (
    "Similarity is measured by the network's own eyes. A difference that it cannot see does not count as distance.",
    "The fruit lie near because they look like things that the network has learned. They are drawn all the same.",
)
