import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from dl_core.interpretability import leaks
from dl_core.interpretability.cross_validation import SEED, deal
from dl_core.interpretability.leaks import ALONE, TOGETHER, Leak, column_alone, leak_of
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import TABLES, ready_made

N = 300
DRAW = np.random.default_rng(5)
SIZE, AGE = DRAW.normal(size=N), DRAW.normal(size=N)
BAD = SIZE + 1.5 * DRAW.normal(size=N) > 0.8
FOLD = deal(BAD, SEED)


def table(**more):
    columns = {"size": SIZE, "age": AGE, **more}
    return Table("own", "Your table", "row", "rows", "bad", "fine", tuple(Column(name) for name in columns),
                 np.column_stack(list(columns.values())), BAD, "Made.", is_own=True)  # fmt: skip


REFUND = np.where(BAD, DRAW.integers(3, 9, N), DRAW.integers(0, 3, N)).astype(float)  # days; after the fact
CODE = np.where(BAD, 3.0, DRAW.choice([1.0, 2.0, 4.0], N))  # 3 means bad, in no order
FAR = np.where(BAD, 5.0, 0.0) * DRAW.choice([-1, 1], N) + DRAW.normal(size=N)  # far from 0 on either side


def test_a_leaking_column_is_named_with_what_the_others_reach():
    found = leak_of(table(refund=REFUND))
    assert found.columns == ("refund",)
    assert found.alone == (1.0,)
    assert 0.5 < found.together < TOGETHER


@pytest.mark.parametrize("values", [REFUND, -REFUND, CODE], ids=["rising", "falling", "code"])
def test_a_leak_is_found_in_whatever_direction(values):
    assert column_alone(values, BAD, FOLD) >= ALONE
    assert leak_of(table(hidden=values)).columns == ("hidden",)


def test_a_column_far_from_the_middle_on_either_side_is_read_too():
    assert roc_auc_score(BAD, FAR) < 0.65  # its order says little
    assert column_alone(FAR, BAD, FOLD) > 0.97


def test_two_leaks_do_not_hide_each_other():
    found = leak_of(table(refund=REFUND, code=CODE))
    assert found.columns == ("refund", "code")
    assert len(found.alone) == 2
    assert found.together < TOGETHER


def test_left_out_it_is_gone():
    assert leak_of(table(refund=REFUND).without("refund")) is None


def test_a_good_column_is_no_leak():
    assert leak_of(table(hint=BAD + 0.6 * DRAW.normal(size=N))) is None


def test_where_the_others_know_as_much_the_task_is_easy_and_nothing_leaks():
    first, second = BAD + 0.21 * DRAW.normal(size=N), BAD + 0.27 * DRAW.normal(size=N)
    assert column_alone(first, BAD, FOLD) >= ALONE > column_alone(second, BAD, FOLD)
    assert leak_of(table(first=first, second=second)) is None


def test_where_every_column_tells_everything_there_is_nothing_to_compare():
    same = Table("own", "Your table", "row", "rows", "bad", "fine", (Column("a"), Column("b")),
                 np.column_stack([BAD, 2.0 * BAD]), BAD, "Made.", is_own=True)  # fmt: skip
    assert leak_of(same) is None


@pytest.mark.parametrize("key", TABLES)
def test_no_ready_made_table_leaks(key):
    assert leak_of(ready_made(key)) is None


def test_one_column_alone_is_the_reference_librarys_auc_where_order_is_all():
    # on held-out folds the direction is known, so the mean of the folds' AUC
    held_out = [np.flatnonzero(at == FOLD) for at in range(5)]
    folds = [roc_auc_score(BAD[here], SIZE[here]) for here in held_out]
    assert column_alone(SIZE, BAD, FOLD) == pytest.approx(np.mean(folds), abs=0.05)
    assert column_alone(SIZE, BAD, FOLD) >= np.mean(folds) - 1e-12


def test_a_column_of_noise_knows_nothing():
    alone = [column_alone(np.random.default_rng(seed).normal(size=N), BAD, FOLD)
             for seed in range(100, 120)]  # fmt: skip
    assert np.mean(alone) == pytest.approx(0.5, abs=0.05)
    assert max(alone) < 0.65


def test_stopped_it_says_nothing_and_looks_again():
    one = table(refund=REFUND, more=AGE[::-1].copy())
    assert leak_of(one, lambda share: False) is None
    assert leak_of(one) == Leak(("refund",), (1.0,), leak_of(one).together)


def test_it_is_searched_for_once(monkeypatch):
    one = table(refund=REFUND, again=AGE + 1)
    leak_of(one)
    monkeypatch.setattr(leaks, "_search", lambda *_: pytest.fail("searched again"))
    assert leak_of(one).columns == ("refund",)
