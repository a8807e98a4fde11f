"""To call a column protected or fixed trains nothing anew; any other change does."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest

from dl_core.interpretability import copies, models, proxy, shuffle
from dl_core.interpretability.board import story
from dl_core.interpretability.carried import OF_NUMBERS, carry_over
from dl_core.interpretability.explained import explained
from dl_core.interpretability.fitted import fitted
from dl_core.interpretability.models import KINDS
from dl_core.interpretability.question import Question
from dl_core.interpretability.table import Column, Table

N = 120


def table(**notes: bool) -> Table:
    rng = np.random.default_rng(5)
    rows = np.column_stack([rng.normal(size=(N, 2)), np.arange(N) % 2])
    bad = rng.random(N) < 1 / (1 + np.exp(-rows @ [1.5, -1.0, 1.0]))
    columns = (Column("one"), Column("two", **notes), Column("group", is_protected=True, is_fixed=True))
    return Table("own", "Mine", "row", "rows", "bad", "fine", columns, rows, bad, "Mine.", is_own=True)


def everything(of: Table) -> list[object]:
    """What is trained or measured for the scenes of the page."""
    return [
        *(row.cost for row in story(Question(of)).rows),
        *(fitted(of, key) for key in KINDS),
        explained(of),
        copies.studied(of, "boosted"),
        shuffle.story(shuffle.Settings(Question(of), shuffle.PAGE, "boosted")).alone,
        [each.gap for each in proxy.story(proxy.Settings(Question(of), "logistic")).trainings],
    ]


@pytest.fixture
def no_training(monkeypatch):
    def stop() -> None:
        def make(seed: int) -> None:
            raise AssertionError("a model was trained anew")

        for key, kind in list(models.KINDS.items()):
            monkeypatch.setitem(models.KINDS, key, replace(kind, make=make))

    return stop


def test_other_notes_train_nothing_anew_and_nothing_that_is_carried_holds_a_table(no_training):
    old = table()
    first = everything(old)
    no_training()
    held = [weakref.ref(old)]
    for notes in ({"is_fixed": True}, {"is_protected": True}):
        noted = table(**notes)
        assert noted != old
        with pytest.raises(AssertionError, match="trained anew"):
            fitted(noted, "tree")
        carry_over(old, noted)
        again = everything(noted)
        for one, two in zip(first, again, strict=True):
            assert one is two or one == two
        assert all(noted in kept._of for kept in OF_NUMBERS if old in kept._of)
        held.append(weakref.ref(noted))
    del old, noted
    gc.collect()
    assert [each() for each in held] == [None] * 3


def test_other_rows_answers_or_columns_are_another_table():
    old = table()
    fitted(old, "tree")
    others = (
        replace(old, bad=~old.bad), replace(old, rows=old.rows + 1), old.without("two"),
        replace(old, columns=(Column("other"), *old.columns[1:])),
    )  # fmt: skip
    for other in others:
        carry_over(old, other)
        assert fitted(other, "tree") is not fitted(old, "tree")
