from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError
from sklearn import datasets

from dl_core.documents.settings import holds_own
from dl_core.interpretability.question import MOST, Question, at_rest
from dl_core.interpretability.table import Column, Table
from dl_core.interpretability.tables import NAMES, SICKEST, TABLES, ready_made

COLUMNS = (Column("a", "years", 1), Column("b"))


def made(rows=((1, 2), (3, 4), (5, 6)), bad=(True, False, False), columns=COLUMNS, is_own=False):
    numbers = np.array(rows, np.float64)
    return Table("own", "Made", "row", "rows", "bad", "fine", columns, numbers, np.array(bad), "Made.",
                 is_own=is_own)  # fmt: skip


# --- the reference library's tables ---


def test_the_cancer_table_is_scikit_learns():
    theirs, ours = datasets.load_breast_cancer(), ready_made("cancer")
    assert ours.rows == pytest.approx(theirs.data, rel=1e-6)
    assert np.array_equal(ours.bad, theirs.target == 0)  # 0 is malignant
    assert ours.names == tuple(theirs.feature_names)
    assert ours.bad.sum() == 212


def test_the_diabetes_table_is_scikit_learns():
    theirs, ours = datasets.load_diabetes(scaled=False), ready_made("diabetes")
    expected = theirs.data - np.eye(10)[1]  # 1 and 2 became 0 and 1
    assert ours.rows == pytest.approx(expected, rel=1e-5)
    assert np.array_equal(ours.bad, theirs.target > np.quantile(theirs.target, 1 - SICKEST))
    assert ours.bad_share == pytest.approx(SICKEST, abs=0.01)


def test_the_wine_table_is_scikit_learns():
    theirs, ours = datasets.load_wine(), ready_made("wine")
    assert ours.rows == pytest.approx(theirs.data, rel=1e-6)
    assert np.array_equal(ours.bad, theirs.target == 1)
    assert ours.bad.sum() == 71


@pytest.mark.parametrize("key", TABLES)
def test_a_ready_made_table_is_whole_and_cannot_be_written_to(key):
    table = ready_made(key)
    assert (table.key, table.name) == (key, NAMES[key])
    assert not table.is_own
    assert len(set(table.names)) == len(table.names)
    assert table.source.endswith(".")
    with pytest.raises(ValueError, match="read-only"):
        table.rows[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        table.bad[0] = True


def test_there_are_no_other_ready_made_tables():
    with pytest.raises(ValueError, match="choose one of loans"):
        ready_made("titanic")


# --- one table and another ---


def test_tables_are_the_same_when_all_of_them_is():
    assert made() == made()
    assert hash(made()) == hash(made())
    others = (
        made(bad=(False, True, False)),
        made(rows=((1, 2), (3, 4), (5, 7))),
        made(columns=(COLUMNS[0], replace(COLUMNS[1], is_protected=True))),
        made(is_own=True),
    )
    assert all(made() != other for other in others)
    assert len({made(), made(), *others}) == 5


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="one answer"):
        made(bad=(True, False))
    with pytest.raises(ValueError, match="one name"):
        made(columns=COLUMNS[:1])
    with pytest.raises(ValueError, match="finite"):
        made(rows=((1, 2), (3, np.nan), (5, 6)))


def test_without_a_column_the_others_stay():
    left = made().without("a")
    assert left.names == ("b",)
    assert left.rows.tolist() == [[2], [4], [6]]
    assert np.array_equal(left.bad, made().bad)
    with pytest.raises(ValueError, match="no column 'c'"):
        made().without("a", "c")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        (Column("a", "years", 1), 3.0, "3 years"),
        (Column("a", "", 0.01), -0.256, "−0.26"),
        (Column("a", "$", 1000), 23_400.0, "23,400 $"),
        (Column("a", levels=("no", "yes")), 0.8, "yes"),
        (Column("a", levels=("no", "yes")), 7.0, "yes"),
    ],
)
def test_a_value_is_told_as_finely_as_it_is_recorded(column, value, told):
    assert column.in_words(value) == told


# --- the question, and what a saved brief keeps of it ---


def test_a_saved_question_names_a_ready_made_table_by_its_key():
    kind = TypeAdapter(Question)
    plain = kind.dump_python(at_rest(), mode="json")
    assert plain["table"] == "loans"
    assert kind.validate_python(plain) == at_rest()


def test_of_a_readers_own_table_nothing_is_saved():
    kind = TypeAdapter(Question)
    own = Question(made(is_own=True))
    plain = kind.dump_python(own, mode="json")
    assert plain["table"] == "own"
    with pytest.raises(ValidationError, match="no ready-made table"):
        kind.validate_python(plain)
    assert holds_own(own)
    assert not holds_own(at_rest())


@pytest.mark.parametrize("wrong", [{"miss": 0}, {"miss": 2 * MOST}, {"false_alarm": -1.0}, {"own_bar": 1.2}])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"mistake|probability"):
        Question(ready_made("wine"), **wrong)


def test_the_bar_is_the_readers_where_there_is_one():
    assert replace(at_rest(), own_bar=0.0).bar == 0
    assert at_rest().bar == pytest.approx(100 / 1100)
