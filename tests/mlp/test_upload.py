"""A foreign table gives a table or one sentence, never anything else."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dl_core.mlp.upload import LARGEST_FILE, SAMPLE, Table, UnreadableTable, read_csv

SIZES = [float(number) for number in range(40)]


def csv_of(rows: list[list[object]], separator: str = ",") -> bytes:
    return "\n".join(separator.join(map(str, row)) for row in rows).encode()


def plain_rows() -> list[list[object]]:
    """Forty rows: two columns of numbers and a label of two texts."""
    return [
        ["size", "price", "kind"],
        *([s, (s * 7) % 11 + 0.5, "big" if s > 19 else "small"] for s in SIZES),
    ]


def refusal(content: bytes, label: str | None = None) -> str:
    with pytest.raises(UnreadableTable) as caught:
        read_csv(content, label)
    return str(caught.value)


def test_a_plain_table_is_read_as_it_stands():
    table = read_csv(csv_of(plain_rows()))
    assert (table.task, table.label, table.classes) == ("classes", "kind", ("big", "small"))
    assert table.columns == ("size", "price")
    assert table.inputs[:, 0].tolist() == SIZES
    assert table.targets.tolist() == [1] * 20 + [0] * 20
    assert table.remarks == ("“kind” is taken as the label; choose another column if it is not.",)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found(separator):
    table = read_csv(csv_of(plain_rows(), separator))
    assert np.array_equal(table.inputs, read_csv(csv_of(plain_rows())).inputs)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_every_usual_encoding_is_read(encoding):
    text = csv_of(plain_rows()).decode().replace("size", "größe").replace("big", "groß")
    table = read_csv(text.encode(encoding))
    assert table.columns == ("größe", "price")
    assert table.classes == ("groß", "small")
    assert any("Western European" in remark for remark in table.remarks) == (encoding == "latin-1")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(line_end):
    content = csv_of(plain_rows()).replace(b"\n", line_end.encode())
    assert read_csv(content).inputs.shape == (40, 2)


def test_decimal_commas_are_read_in_a_file_with_semicolons_and_it_is_said():
    rows = [[str(cell).replace(".", ",") for cell in row] for row in plain_rows()]
    table = read_csv(csv_of(rows, ";"))
    assert table.inputs[:3, 1].tolist() == [0.5, 7.5, 3.5]  # 0, 7 and 14 mod 11, and a half
    assert "Commas were read as decimal points in “size”, “price”." in table.remarks


def test_a_point_between_thousands_is_dropped_where_a_comma_is_the_decimal_one():
    rows = [["revenue", "size", "kind"], *([f"1.{i:03d},5", i, "ab"[i % 2]] for i in range(40))]
    assert read_csv(csv_of(rows, ";")).inputs[:2, 0].tolist() == [1000.5, 1001.5]


def test_quoted_thousands_are_numbers_and_it_is_said():
    rows = [["revenue", "size", "kind"], *([f'"1,{i:03d}"', i, "ab"[i % 2]] for i in range(40))]
    table = read_csv(csv_of(rows))
    assert table.inputs[:2, 0].tolist() == [1000.0, 1001.0]
    assert "Commas were read as marks of thousands in “revenue”." in table.remarks


def test_quoted_cells_may_hold_separators_quotes_and_line_breaks():
    rows = plain_rows()
    rows[1][2] = '"small, ""so"" to\nsay"'
    rows[2][2] = '"small, ""so"" to\nsay"'
    assert read_csv(csv_of(rows)).classes == ("big", "small", 'small, "so" to say')


def test_excels_own_first_line_names_the_separator():
    assert read_csv(b"sep=;\r\n" + csv_of(plain_rows(), ";")).columns == ("size", "price")


@pytest.mark.parametrize("gap", ["", "NA", "n/a", "NaN", " - ", "?", "#N/A"])
def test_rows_with_a_gap_are_left_out_counted_and_told(gap):
    rows = plain_rows()
    rows[3][1] = rows[9][1] = rows[20][2] = gap
    table = read_csv(csv_of(rows))
    assert len(table.inputs) == 37
    assert np.isfinite(table.inputs).all()
    assert "Left out: 3 rows with a missing value." in table.remarks


def test_a_few_words_in_a_column_of_numbers_count_as_gaps():
    rows = plain_rows()
    rows[5][0] = "about 4"
    table = read_csv(csv_of(rows))
    assert len(table.inputs) == 39
    assert "“size”: 1 cell that is no usable number, so missing." in table.remarks


@pytest.mark.parametrize("number", ["inf", "-Infinity", "1e999", "1_000", "0x1F", "1e16", "٣", "9" * 400])
def test_what_cannot_be_calculated_with_is_no_number(number):
    rows = plain_rows()
    rows[5][0] = number
    assert len(read_csv(csv_of(rows)).inputs) == 39


def test_columns_of_text_are_left_out_and_named():
    rows = [[*row, f"row {i}", "=cmd|' /C calc'!A0"] for i, row in enumerate(plain_rows())]
    rows[0][3:] = ["remark", "formula"]
    table = read_csv(csv_of(rows), label="kind")
    assert table.columns == ("size", "price")
    assert "Left out: “remark”, “formula”, which is text." in table.remarks
    assert table.choices == ("size", "price", "kind")


def test_a_cell_like_a_formula_is_text_also_as_a_label():
    rows = plain_rows()
    for i in range(1, 21):
        rows[i][2] = "=1+1"
    assert read_csv(csv_of(rows)).classes == ("=1+1", "big")


def test_a_column_that_never_changes_is_left_out_and_named():
    rows = [[*row[:2], 7, row[2]] for row in plain_rows()]
    rows[0][2] = "currency"
    table = read_csv(csv_of(rows))
    assert table.columns == ("size", "price")
    assert "Left out: “currency”, where all values are the same." in table.remarks


def test_a_column_that_only_counts_the_rows_is_left_out_and_a_nameless_one_gets_a_name():
    rows = [[i, *row, ""] for i, row in enumerate(plain_rows())]
    rows[0][0] = "id"
    table = read_csv(csv_of(rows))
    assert table.columns == ("size", "price")
    assert "Left out: “id”, which only counts the rows." in table.remarks
    assert "size" not in " ".join(table.remarks)  # it counts too, but is called something


def test_a_column_that_gives_the_label_away_is_left_out_and_named():
    rows = [[*row[:2], 5 if row[2] == "big" else 3, row[2]] for row in plain_rows()]
    rows[0][2] = "code of kind"
    table = read_csv(csv_of(rows))
    assert "Left out: “code of kind”, which is the label once more." in table.remarks


def test_a_column_that_is_mostly_empty_costs_itself_and_not_the_rows():
    rows = [[row[0], i if i > 30 else "", *row[1:]] for i, row in enumerate(plain_rows())]
    rows[0][1] = "rare"
    table = read_csv(csv_of(rows))
    assert table.inputs.shape == (40, 2)
    assert "Left out: “rare”, where most values are missing." in table.remarks


def test_headings_that_stand_twice_are_numbered_and_missing_ones_named():
    rows = [[*row[:2], row[1] + 1 if i else "price", row[0] ** 0.5 if i else "", row[2]]
            for i, row in enumerate(plain_rows())]  # fmt: skip
    table = read_csv(csv_of(rows))
    assert table.columns == ("size", "price", "price (2)", "unnamed 4")
    assert "Headings that stood twice or were too long became “price (2)”." in table.remarks


def test_a_table_without_headings_gets_names_of_ours_and_keeps_its_first_row():
    rows = [[s, (s * 7) % 11 + 0.5, int(s > 19)] for s in SIZES]
    table = read_csv(csv_of(rows))
    assert len(table.inputs) == 40
    assert table.label == "column 3"
    assert table.classes == ("0", "1")
    assert (
        table.remarks[0] == "The first row holds numbers and no headings, so the columns got names of ours."
    )


def test_years_as_headings_are_headings():
    rows = [["2019", "2020", "2021"], *([s, (s * 7) % 11 + 0.5, int(s > 19)] for s in SIZES)]
    assert read_csv(csv_of(rows)).columns == ("2019", "2020")


def test_a_row_of_numbers_with_a_text_for_the_label_is_no_row_of_headings():
    table = read_csv(csv_of(plain_rows()[1:]))
    assert (table.columns, table.label, len(table.inputs)) == (("column 1", "column 2"), "column 3", 40)


def test_many_rows_are_sampled_the_same_way_each_time_and_it_is_said():
    rows = [["a", "b", "kind"], *([i, i % 97, "xy"[i % 2]] for i in range(20_000))]
    table, again = read_csv(csv_of(rows)), read_csv(csv_of(rows))
    assert table.inputs.shape == (SAMPLE, 2)
    assert np.array_equal(table.inputs, again.inputs)
    assert (np.diff(table.inputs[:, 0]) > 0).all()  # in the order of the file, none twice
    # a fair sample of 0 to 19,999 has mean 10,000 ± 5774 / √5000 × √0.75 = 71; four of those
    assert abs(table.inputs[:, 0].mean() - 9999.5) < 283
    assert table.n_rows == 20_000
    assert "Of 20,000 rows, 5,000 were drawn at random, the same ones each time." in table.remarks


def test_beyond_a_hundred_thousand_rows_the_first_are_used_and_it_is_said():
    content = b"a,b,kind\n" + b"1,2,x\n2,1,y\n3,5,x\n" * 40_000
    table = read_csv(content)
    assert (table.n_rows, len(table.inputs)) == (100_000, SAMPLE)
    assert "Only the first 100,000 rows were looked at." in table.remarks


def test_more_than_twenty_columns_of_numbers_are_cut_to_twenty_and_it_is_said():
    rng = np.random.default_rng(0)
    numbers = rng.normal(size=(40, 25)).round(3)
    head = [f"m{i}" for i in range(25)] + ["kind"]
    rows = [head, *([*row, "ab"[i % 2]] for i, row in enumerate(numbers.tolist()))]
    table = read_csv(csv_of(rows))
    assert table.inputs.shape == (40, 20)
    assert "Left out: “m20”, “m21”, “m22” and 2 more, because 20 columns are the most." in table.remarks


def test_the_label_may_be_chosen_and_a_number_with_many_values_makes_a_regression():
    table = read_csv(csv_of([[*row[:2], row[0] ** 2 if i else "area", row[2]]
                             for i, row in enumerate(plain_rows())]), label="price")  # fmt: skip
    assert (table.task, table.classes, table.columns) == ("regression", (), ("size", "area"))
    assert table.targets.dtype == np.float64
    assert table.targets[:3].tolist() == [0.5, 7.5, 3.5]
    assert not any("taken as the label" in remark for remark in table.remarks)


def test_a_label_that_is_called_label_goes_before_a_later_text():
    rows = [[row[2], *row[:2], "ab"[i % 2]] for i, row in enumerate(plain_rows())]
    rows[0] = ["target", "size", "price", "group"]
    assert read_csv(csv_of(rows)).label == "target"


def test_a_label_that_stands_once_is_left_out_and_named():
    rows = plain_rows()
    rows[1][2] = "tiny"
    table = read_csv(csv_of(rows))
    assert (table.classes, len(table.targets)) == (("big", "small"), 39)
    assert "Left out: the label “tiny”, which stands in one row only." in table.remarks


def test_a_table_becomes_a_data_set():
    data = read_csv(csv_of(plain_rows())).as_data()
    assert (data.name, data.task, data.classes, data.columns) == (
        "your table", "classes", ("big", "small"), ("size", "price"),
    )  # fmt: skip
    assert data.made == "Your own table: 40 rows; the label is “kind”."


def excel_file() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


REFUSED = {
    "empty": (b"", "This file is empty"),
    "blank": (b" \r\n \n", "This file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "This file is empty"),
    "headings only": (b"a,b,c\n", "This file has headings but no rows"),
    "excel": (excel_file(), "This looks like an Excel file"),
    "old excel": (b"\xd0\xcf\x11\xe0" + bytes(600), "This looks like an Excel file"),
    "pdf": (b"%PDF-1.7\n%...", "This looks like a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(40), "This looks like a picture"),
    "packed": (b"\x1f\x8b\x08" + bytes(40), "This looks like a packed file"),
    "pickle": (b"\x80\x04\x95\x1b\x00\x00\x00", "This looks like a file for programs"),
    "web page": (b"\n <!DOCTYPE html><html><body>1,2</body></html>", "This looks like a web page"),
    "json": (b'{"a": [1, 2]}', "This looks like JSON"),
    "binary": (bytes(range(256)) * 20, "This is not a text file"),
    "one column": (b"a\n1\n2\n3\n", "Only one column was found"),
    "no words between": (b"hello world\nhow are you\n", "Only one column was found"),
    "open quote": (b'a,b,c\n1,2,"x\n' + b"3,4,y\n" * 40_000, "A cell of this file never ends"),
    "ragged": (b"a,b,c\n" + b"1,2,3,4\n" * 30, "Most rows have more cells than there are headings (3)"),
    "sixty-one columns": (b"a" + b",a" * 60 + b"\n", "This table has 61 columns and 60 is the most"),
    "few rows": (
        csv_of(plain_rows()[:1] + plain_rows()[15:26]),
        "Only 11 rows without gaps are left and 20 are the least",
    ),
    "numbers missing": (csv_of([row[1:] for row in plain_rows()]), "Beside the label “kind” stand 1 usable"),
    "one class": (
        csv_of([[*row[:2], "yes"] for row in plain_rows()[1:]]),
        "“column 3” holds the same value in",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_to_learn_from_gets_its_sentence(name):
    content, beginning = REFUSED[name]
    said = refusal(content)
    assert said.startswith(beginning)
    assert said.endswith(".")
    assert len(said.split()) <= 25


def test_a_file_over_the_limit_is_refused_with_its_size():
    assert refusal(b"1" * (LARGEST_FILE + 1)).startswith("This file has 5.0 MB and 5 MB is the most")


def test_too_many_texts_for_a_label_are_refused_with_the_columns_that_would_do():
    rows = [[row[0], (row[0] ** 2 if i else "area"), row[1], f"city {i % 12}" if i else "kind"]
            for i, row in enumerate(plain_rows())]  # fmt: skip
    with pytest.raises(UnreadableTable, match="“kind” has 12 different texts and 5 is the most") as caught:
        read_csv(csv_of(rows))
    assert caught.value.choices == ("size", "area", "price")
    assert read_csv(csv_of(rows), "price").task == "regression"


def test_a_label_that_is_not_there_is_refused_with_those_that_are():
    said = refusal(csv_of(plain_rows()), label="colour")
    assert said == "There is no column “colour”: choose one of “size”, “price”, “kind”."


def test_gaps_that_leave_one_label_are_told():
    rows = plain_rows()
    for i in range(21, 41):
        rows[i][0] = ""
    assert refusal(csv_of(rows)).startswith("Fewer than two labels of “kind” stand in two complete rows")


def check(content: bytes, label: str | None = None) -> None:
    """A table that keeps its promises, or one sentence of at most 25 words."""
    try:
        table = read_csv(content, label)
    except UnreadableTable as trouble:
        said = str(trouble)
        assert said.endswith(".")
        assert "\n" not in said
        return
    n, d = table.inputs.shape
    assert 20 <= n <= SAMPLE
    assert 2 <= d <= 20
    assert len(table.columns) == len(set(table.columns)) == d
    assert np.isfinite(table.inputs).all()
    assert (np.ptp(table.inputs, axis=0) > 0).all()
    assert table.label in table.choices
    assert isinstance(table, Table)
    if table.task == "classes":
        assert 2 <= len(table.classes) == len(set(table.classes)) <= 5
        assert np.unique(table.targets).tolist() == list(range(len(table.classes)))
        assert np.bincount(table.targets).min() >= 2
    else:
        assert np.isfinite(table.targets).all()


FUZZ = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
CELL = st.one_of(
    st.sampled_from(
        ["", "NA", "1", "2", "0", "-1.5", "1,5", "1e9", "yes", "no", "=1+1", '"', '""', "1.000,5", "x y"]
    ),
    st.integers(-50, 50).map(str),
    st.text(max_size=6),
)


@FUZZ
@given(st.binary(max_size=3000))
def test_any_bytes_give_a_table_or_a_sentence(content):
    check(content)


@FUZZ
@given(
    st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
    st.integers(1, 12),
)
def test_any_table_of_odd_cells_gives_a_table_or_a_sentence(rows, separator, encoding, times):
    body = "\n".join(separator.join(row) for row in rows[1:] * times)
    check(f"{separator.join(rows[0])}\n{body}".encode(encoding, errors="replace"))


@FUZZ
@given(st.data())
def test_a_good_table_with_a_broken_place_gives_a_table_or_a_sentence(data):
    content = bytearray(csv_of(plain_rows(), data.draw(st.sampled_from(",;\t|"))))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    check(bytes(content), data.draw(st.sampled_from([None, "kind", "size", "price", "colour"])))
