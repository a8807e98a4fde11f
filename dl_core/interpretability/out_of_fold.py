"""What one model said about every row of a table that it had not seen."""

from __future__ import annotations

from dataclasses import dataclass

from dl_core.interpretability.cross_validation import validated
from dl_core.interpretability.models import KINDS, check_model
from dl_core.interpretability.table import Floats, Truth
from dl_core.interpretability.tables import ready_made


@dataclass(frozen=True, eq=False)
class Answers:
    """Each probability comes from a model that never saw its row."""

    truth: Truth  # (n,) whether it was the bad case
    probability: Floats  # (n,) of the bad case, as the model said, 0 to 1


def out_of_fold(table: str, model: str) -> Answers:
    """The answers of the committed run's first deal.

    Parameters
    ----------
    table
        Key of a ready-made table.
    model
        One of `KINDS`.

    Raises
    ------
    ValueError
        If there is no such table or model.

    Examples
    --------
    >>> said = out_of_fold("loans", "ebm")
    >>> said.truth.shape, bool(said.probability[said.truth].mean() > said.probability[~said.truth].mean())
    ((2000,), True)
    """
    check_model(model)
    found = validated(ready_made(table))
    assert found is not None  # nobody stops it here
    return Answers(found.truth, found.probability[list(KINDS).index(model), 0])
