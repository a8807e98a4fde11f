"""What others have published about when machine learning is worth it; none of it is measured here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Effort:
    """One part of a project: its share of the whole work."""

    part: str  # in plain words
    expected: int  # % that people expect
    real: int  # % that it turns out to take


# "How Google does machine learning" (Google Cloud course), lecture on where teams spend their effort
EFFORTS = (
    Effort("Saying what counts as success", 15, 10),
    Effort("Collecting data", 10, 30),
    Effort("Building the systems around it", 10, 30),
    Effort("The algorithm", 60, 10),
    Effort("Fitting it into the product", 5, 20),
)

# M. Zinkevich, "Rules of machine learning", rule 1: "If you think that machine learning will give you a 100%
# boost, then a heuristic will get you 50% of the way there."
RULE_OF_THUMB = 50  # % of machine learning's gain that a rule gives

# L. Grinsztajn, E. Oyallon and G. Varoquaux, "Why do tree-based models still outperform deep learning on
# typical tabular data?", NeurIPS 2022
TABLES, ROWS = 45, 10_000  # data sets compared; rows of a "medium-sized" one, about
