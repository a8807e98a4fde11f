import numpy as np
import pytest

from dl_core.interpretability.cross_validation import TooFewRows
from dl_core.interpretability.own_table import (
    ANSWER,
    MOST_ROWS,
    NAME,
    answers_of,
    likely_bad,
    own_table,
    read_own,
)
from dl_core.interpretability.table import step_of
from dl_core.mlp.upload import SAMPLE, UnreadableTable, read_csv
from tests.readability import sentences, words


def csv(heads, *columns):
    rows = [",".join(heads), *(",".join(map(str, row)) for row in zip(*columns, strict=True))]
    return "\n".join(rows).encode()


N = 60
SIZE, AGE = list(range(N)), [n % 9 for n in range(N)]
KIND = ["late" if n % 4 == 0 else "on time" for n in range(N)]


def read(kind=None, n=N, **more):
    heads = ("size", "age", *more, "kind")
    return read_csv(csv(heads, SIZE[:n], AGE[:n], *more.values(), kind or KIND[:n]), "kind")


# --- which answer is the bad one ---


def test_two_answers_stay_as_they_are_and_the_rarer_is_looked_for():
    own = own_table(read())
    assert own.answers == ("late", "on time")
    assert (own.bad, own.table.bad_name, own.table.fine_name) == ("late", "kind: late", "kind: on time")
    assert own.table.bad.tolist() == [kind == "late" for kind in KIND]
    assert own.table.is_own
    assert own.table.key == "own"


def test_the_reader_may_look_for_the_other_one():
    own, other = own_table(read()), own_table(read(), "on time")
    assert np.array_equal(other.table.bad, ~own.table.bad)
    assert own.table != other.table


def test_of_more_classes_one_is_set_against_the_rest_and_that_is_said():
    found = read([("red", "green", "green", "blue", "blue")[n % 5] for n in range(N)])
    own = own_table(found)
    assert (own.bad, own.table.bad_name, own.table.fine_name) == ("red", "kind: red", "kind: not red")
    assert own.table.bad.sum() == N // 5
    assert own.remarks[-1] == "“kind” has 3 answers: “red” is set against all others."


def test_a_number_is_split_at_its_middle_value_and_that_is_said():
    found = read([n * 10 for n in range(N)])
    own = own_table(found)
    assert answers_of(found) == ("above 295", "295 or below")  # the middle of 290 and 300
    assert own.table.bad_name == "kind above 295"
    assert own.table.bad.tolist() == [n * 10 > 295 for n in range(N)]
    assert "split at its middle value" in own.remarks[-1]
    assert np.array_equal(own_table(found, "295 or below").table.bad, ~own.table.bad)


def test_a_number_that_is_mostly_at_its_top_can_still_be_split():
    found = read([n if n < 25 else 99.5 for n in range(N)])
    assert likely_bad(found) == "above 24"  # the median is 99.5, and nothing lies above it
    assert own_table(found).table.bad.sum() == N - 25


def test_an_answer_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="choose one of late, on time"):
        own_table(read(), "early")


# --- columns ---


def test_columns_can_be_left_out_protected_or_fixed():
    own = own_table(read(extra=SIZE[::-1]), left_out=("size",), protected=("age",), fixed=("extra",))
    age, extra = own.table.columns
    assert own.table.names == ("age", "extra")
    assert own.table.rows[:, 1].tolist() == SIZE[::-1]
    assert (age.is_protected, age.is_fixed) == (True, True)  # nobody is told to change it
    assert (extra.is_protected, extra.is_fixed) == (False, True)


def test_two_columns_must_stay():
    with pytest.raises(UnreadableTable, match="Only 1 column would be left"):
        own_table(read(), left_out=("age",))


def test_a_step_is_as_fine_as_the_column_is_recorded():
    own = own_table(read(share=[n / N for n in range(N)]))
    assert [column.step for column in own.table.columns] == [1, 1, 0.01]
    assert step_of(np.array([0.0] * 99 + [5.0])) == 1  # nearly constant, and whole
    assert step_of(np.arange(0, 300_000, 500.0)) == 1000


def test_long_names_are_cut():
    long = "x" * 60
    own = own_table(read([long if n % 3 == 0 else "fine" for n in range(N)]))
    assert len(own.table.bad_name) <= NAME + ANSWER + 2
    assert own.table.bad_name.endswith("…")


# --- what goes wrong, in words ---


def test_gaps_and_constant_columns_are_left_out_and_said():
    gaps = ["" if n % 20 == 0 else n for n in range(N)]
    own = own_table(read(gaps=gaps, same=[7] * N))
    assert own.table.names == ("size", "age", "gaps")
    assert len(own.table.bad) == N - 3
    assert "Left out: 3 rows with a missing value." in own.remarks
    assert any("“same”, where all values are the same" in remark for remark in own.remarks)


def test_two_rows_are_too_few():
    with pytest.raises(TooFewRows, match="This table has 2 rows"):
        read_own(csv(("size", "age", "kind"), SIZE[:2], AGE[:2], KIND[:2]))
    with pytest.raises(TooFewRows, match="This table has 1 row"):
        read_own(b"a,b,c\n1,2,3")
    with pytest.raises(TooFewRows, match="30 rows"):
        own_table(read_own(csv(("size", "age", "kind"), SIZE[:30], AGE[:30], KIND[:30])))


def test_another_problem_of_a_file_is_not_taken_for_too_few_rows():
    with pytest.raises(UnreadableTable, match="a PDF"):
        read_own(b"%PDF-1.7\nx")
    with pytest.raises(UnreadableTable, match="usable columns"):
        read_own(csv(("size", "kind"), SIZE, KIND))


def test_too_few_rows_or_too_few_of_an_answer_are_told():
    with pytest.raises(TooFewRows, match="30 rows"):
        own_table(read(n=30))
    with pytest.raises(TooFewRows, match="in 9 rows only"):
        own_table(read(["late" if n < 9 else "on time" for n in range(N)]))


def test_of_200_000_rows_2_000_are_drawn_and_both_draws_are_said():
    lines = (f"{n % 97},{n % 89},{'yes' if n % 97 > 60 else 'no'}" for n in range(200_000))
    read = read_csv(("a,b,churn\n" + "\n".join(lines)).encode())
    own = own_table(read)
    assert len(own.table.bad) == MOST_ROWS == 2_000
    assert own.table.bad_share == pytest.approx(36 / 97, abs=0.02)
    assert any(f"{SAMPLE:,} were drawn at random" in remark for remark in own.remarks)
    assert own.remarks[-1].startswith("5,000 rows are many for seven models: 2,000 of them were drawn")
    # the share of the file's 5,000 is kept as nearly as whole rows allow
    assert abs(own.table.bad.sum() - 0.4 * read.targets[np.isfinite(read.targets)].sum()) < 1
    assert own.table == own_table(read).table
    assert own.table.rows.tolist() == own_table(read, protected=("a",)).table.rows.tolist()
    assert (own.table.rows[:, 0] > 60).tolist() == own.table.bad.tolist()  # rows keep their answers


def test_where_an_answer_is_rare_more_rows_are_drawn():
    n = 4_800
    read = read_csv(csv(("a", "b", "kind"), range(n), [k % 7 for k in range(n)],
                        ["late" if k % 300 == 0 else "on time" for k in range(n)]))  # fmt: skip
    own = own_table(read)  # 16 of 4,800 are late: 10 of 3,000
    assert (len(own.table.bad), own.table.bad.sum()) == (3_000, 10)
    other = own_table(read, "on time")
    assert (len(other.table.bad), (~other.table.bad).sum()) == (3_000, 10)


def test_a_column_that_the_draw_leaves_without_two_values_is_left_out_and_said():
    n = 4_800
    columns = list(range(n)), [k % 7 for k in range(n)], [KIND[k % 4] for k in range(n)]
    drawn = set(own_table(read_csv(csv(("a", "b", "kind"), *columns))).table.rows[:, 0])
    not_drawn = min(set(range(n)) - drawn)
    rare = [int(k == not_drawn) for k in range(n)]
    own = own_table(read_csv(csv(("a", "rare", "b", "kind"), columns[0], rare, *columns[1:])))
    assert own.table.names == ("a", "b")
    assert own.remarks[-1] == "Left out: “rare”, the same in all drawn rows."


def test_every_sentence_to_the_reader_is_short():
    told = []
    for wrong in (
        lambda: own_table(read(), left_out=("age",)), lambda: own_table(read(n=30)),
        lambda: read_own(b"a,b,c\n1,2,3"),
        lambda: own_table(read(["late" if n < 9 else "on time" for n in range(N)])),
    ):  # fmt: skip
        with pytest.raises((UnreadableTable, TooFewRows)) as problem:
            wrong()
        told.append(str(problem.value))
    told += own_table(read([n * 10 for n in range(N)])).remarks
    told += own_table(read([str("abc"[n % 3]) for n in range(N)])).remarks
    assert [one for text in told for one in sentences(text) if len(words(one)) > 25] == []
