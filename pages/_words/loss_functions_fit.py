"""The words of "Loss functions" for its scenes that fit something real."""

from __future__ import annotations

import numpy as np

from dl_core.numbers_in_words import two_figures
from dl_core.outlier_fit import OutlierFit
from dl_core.penalised_fit import Kind, penalty
from dl_core.price_of_mistakes import PriceOfMistakes, accuracy_sentence, threshold_in_words
from dl_core.weight_penalty import WeightPenalty

OUTLIER_LEAD = (
    "Each dot is a real wine, and the diamond is yours: drag it or type its place. "
    "**Squared loss** counts a square on each miss, **absolute loss** its length, **Huber loss** a square that becomes a strip. "
    "A miss here is the distance to the line, in points: 1 % of alcohol by volume."
)
OUTLIER_SOURCE = (
    "21 of 178 Italian wines of the UCI repository, 1991; lines fitted here. mg per litre is our reading."
)
OUTLIER_NOTES = (
    "Say: one wine was typed wrongly, 11.4 for 14.1. Squared loss counts the square on each miss, so this one wine has "
    "more say than any other. Point at the large square, then switch to absolute: now only its length counts, and the line "
    "hardly moves. Drag the wine up and down. Somebody will ask which loss is right. If the strange point is an error, "
    "take absolute or Huber. If it is rare but true and costs you money, squared loss listens to it."
)

PENALTY_LEAD = (
    "A model with 90 weights guesses the alcohol of a wine, and it has 40 wines to learn from. "
    "**Regularisation** keeps it from learning them by heart (**overfitting**), so that it does well on unseen wines (**generalisation**). "
    "Here the loss adds a price on each weight, λ times its square (L2, **ridge**) or its size (L1, **lasso**)."
)
_THREE = np.array([3.0, -2.0, 0.5])


def _price(kind: Kind) -> str:
    """What the three weights of the example cost at λ = 0.1."""
    return f"{penalty(_THREE, 0.1, kind):.4g}"


PENALTY_MATHS = rf"""
**Threshold.** A false alarm’s price divided by both prices together: that is the formula’s line, if probabilities are honest.

**Penalty.** L1, or lasso, adds $\lambda \sum |w|$; L2, or ridge, adds $\lambda \sum w^2$. The bias is left out.
With weights of 3, −2 and 0.5 and $\lambda = 0.1$, L1 adds {_price("L1")} and L2 adds {_price("L2")}.
"""
PENALTY_SOURCE = (
    "178 Italian wines of the UCI repository, 1991: 40 to learn from, 69 to choose λ with, 69 to test; "
    "fitted here."
)
PENALTY_NOTES = (
    "Say: forty examples and ninety weights. Without a penalty the model gets every example right and does badly on wines it "
    "never saw. Point at the two lines at the left: that gap is memorising. Pull λ to the right: the gap closes, and too far "
    "right the model learns nothing. Somebody will ask whether this is the only way. No: dropout, stopping early and more data "
    "hold a model back too. And λ was chosen on wines that the test never used."
)

PRICE_LEAD = (
    "A model looks at handwritten digits and says which ones are an 8; only your prices move here. "
    "A **miss** is an 8 that it lets pass, a **false alarm** another digit that it calls 8. "
    "It says yes from a set probability on, the **threshold**: the page Decide calls it the bar and puts all of this together."
)
PRICE_SOURCE = (
    "Handwritten digits of the UCI repository, 1998: a fifth to learn from, two fifths to choose the threshold, "
    "two fifths to count on."
)
PRICE_NOTES = (
    "Say: the model does not change, only what its mistakes cost. A miss costs fifty times as much as a false alarm, so we let "
    "it cry wolf. Point at the ring: that threshold was chosen on one pile and counted on another. Accuracy falls and so does "
    "the cost. Expect the question why the ring is not on the formula’s line. The formula needs honest probabilities and many "
    "cases; here one pile of digits decides. Half is a habit, not a law."
)


def outlier_headline(shown: OutlierFit) -> str:
    """Who bends for the reader's wine."""
    if shown.fits_in:
        return "Without a strange wine the three losses agree"
    if shown.leverage:
        return "No loss resists a point far to the side"
    return "Squared loss bends for one strange wine"


def penalty_headline(shown: WeightPenalty) -> str:
    """What the price on the weights did."""
    if shown.regime in ("none", "weak"):
        return "With too little to hold it back, a model memorises"
    if shown.regime == "strong":
        return "Too high a price, and the model learns nothing"
    return "A price on weights helps where it counts: unseen cases"


def price_headline(shown: PriceOfMistakes) -> str:
    """Which way the prices push the threshold."""
    ratio = shown.settings.miss / shown.settings.false_alarm
    if ratio > 1.5:
        return "When a miss is dear, lower the threshold"
    if ratio < 1 / 1.5:
        return "When a false alarm is dear, raise the threshold"
    return "One half is right only at equal prices"


def price_tells(shown: PriceOfMistakes) -> dict[str, str]:
    """The prices that the reader left, and what they did on our digits."""
    prices = shown.settings
    wins = shown.at_usual.cost / max(shown.at_best.cost, 1e-9)
    return {
        "Error cost": f"With {prices.miss:,.0f} for a miss and {prices.false_alarm:,.0f} for a false alarm, the cheapest "
        f"threshold on our practice digits was {threshold_in_words(shown.best)}; 0.5 cost "
        f"{two_figures(wins)} times as much on the test digits. Our own data: not measured yet.",
        "Metric": f"Money for 1,000 cases, with both kinds of mistakes counted, beside accuracy. {accuracy_sentence(shown)}",
    }
