"""The words of two scenes of "Interpretability": one curve edited by hand, and every model at every bar."""

from __future__ import annotations

from dl_core.decide.amounts import money
from dl_core.interpretability.board import CASES
from dl_core.interpretability.curve import Edited
from dl_core.interpretability.curve_in_words import cost_in_words, gap_in_words
from dl_core.interpretability.curve_parts import N_FRESH
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.priced import Priced, saved
from dl_core.numbers_in_words import percent

CURVE_LEAD = (
    "An **EBM** is a sum of curves, one for each column. "
    "So you can change one by hand and leave the others alone. "
    "The grey dashes are what the model learned; the pale band shows how far four trainings differ."
)
CURVE_EDIT_HELP = "Flattened: the column no longer counts. Upwards: a higher value never lowers the risk."
CURVE_COPY = "You edit a copy. All other scenes keep the model as it was learned."
CURVE_SOURCE = (
    "An EBM trained on three quarters of the table; the last quarter is decided anew by the edited copy."
)
CURVE_NOTES = (
    "Say: this model is a sum of curves, so we can mend one by hand. "
    "The learned curve says that tiny loans are risky; hardly any case speaks for that. "
    "We allow it to go upwards only. "
    "Point at the dashes on the left, then at the bars below: they show whose decision changes. "
    "Press “Group flattened” and read the table. "
    "Expect the question whether that makes the model fair. It does not follow: the district still tells much. "
    "But the change and its price stand in the open."
)
CURVE_LIES = (
    "The edit is priced on few held-out cases, so most edits end in a tie. "
    f"For the made loans we add {N_FRESH:,} fresh ones, which no real lender can do. "
    "After an edit the other curves stay as they were; a model trained anew would move them too."
)
CURVE_SOURCES = (
    (
        "R. Caruana and others, “Intelligible models for healthcare” (2015)",
        "experts can find and mend a wrong curve",
    ),
    (
        "R. Barlow and others, “Statistical inference under order restrictions” (1972)",
        "the rising curve nearest to a given one",
    ),
    (
        "A. Agresti and Y. Min, “Simple improved confidence intervals for comparing matched proportions” (2005)",
        "the range of a change on the same cases",
    ),
)
CURVE_TRADE_OFF = (
    "Editing a curve by hand",
    "You can forbid what makes no sense, and see whose decision changes.",
    "Somebody owns the edit, and must check it after every new training.",
)


def curve_tells(told: Edited | None) -> dict[str, str]:
    """What the engineers' sheet learns from the edit."""
    if told is None or not told.is_edited:
        return {}
    changed = f"{told.n_changed:,} of {told.n:,} held-out decisions change."
    parts = (f"Edit of “{told.settings.of.name}”: {changed}", cost_in_words(told), gap_in_words(told))
    return {"Explanation": " ".join(filter(None, parts))}


PRICED_LEAD = (
    "The **bar** is the risk from which a case is held back. "
    "Each line is one model: the money that its mistakes cost at every bar; its ring marks the cheapest. "
    "The page Decide puts all of this together, and adds people who look."
)
PRICED_NOTE = "Prices and bar come from the first scene. Each cost counts rows that the model never saw."
PRICED_SOURCE = (
    "Seven untuned models, five folds twice; each bar is chosen on four folds and priced on the fifth."
)
PRICED_NOTES = (
    "Say: a team may argue for weeks about the model, and leave the bar at one half. Here is what both are worth. "
    "Point at the long bracket: that is the bar, moved from one half to the cheapest. "
    "Then point at the short one: the worst model against the best. "
    "Where the lines lie close together, the model hardly matters. "
    "Expect the question who sets the prices. You do, with the people who pay for the mistakes. "
    "Write down both prices, and who owns them."
)
PRICED_LIES = (
    "The bar of one half is what many tools set unless told otherwise; your team may have set another. "
    "The worst and the best model were picked on the same rows, so their gap looks a little too wide."
)


def priced_counted(told: Priced) -> str:
    """Whose answers the table under the picture counts, and at which bar."""
    return f"**{KINDS[told.settings.model].name} at your bar of {percent(told.settings.question.bar)}**"


def priced_tells(told: Priced | None) -> dict[str, str]:
    """What the engineers' sheet learns about the bar."""
    if told is None:
        return {}
    asked, mine = told.settings.question, told.mine
    return {
        "Error cost": f"At a bar of {percent(asked.bar)}, {mine.kind.name} loses {money(mine.here.value)} in {CASES:,} "
        f"{told.table.items}. Its cheapest bar is {percent(mine.bar)}. "
        f"Moving it there from 50 % saves {saved(told.by_bar)}."
    }
