"""Tables as CSV that a spreadsheet opens without harm, and everything in one ZIP."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dl_core.documents.content import Chapter, Document, Slide
from dl_core.documents.tables import everything, table_csv
from dl_core.figures.picture import Picture

DAY = date(2026, 11, 24)


def picture(table: pd.DataFrame) -> Picture:
    return Picture({"data": [], "layout": {}}, "", table)


def rows(table: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table_csv(picture(table)).decode("utf-8-sig"), newline="")))


def document(*keys: str, day: date = DAY) -> Document:
    shown = picture(pd.DataFrame({"model": ["kNN"], "time (s)": [0.5]}))
    slides = tuple(Slide(key, "H", shown, "S", "", "") for key in keys)
    return Document("T", (Chapter("x", "H", "D", slides),), day)


def test_excel_knows_the_encoding_and_the_units_are_in_the_header():
    table = pd.DataFrame({"model": ["kNN", "größer"], "time (µs)": [7.9, 530.0]}, index=[5, 6])
    assert table_csv(picture(table)).startswith(b"\xef\xbb\xbf")
    assert rows(table) == [["model", "time (µs)"], ["kNN", "7.9"], ["größer", "530.0"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", '=HYPERLINK("x","y")']
)
def test_a_formula_is_disarmed_in_cells_and_header(text):
    assert rows(pd.DataFrame({text: [text, "a,b"]})) == [["'" + text], ["'" + text], ["a,b"]]


def test_numbers_stay_numbers_also_where_they_are_text():
    table = pd.DataFrame(
        {"change": [-2, 3], "told": ["-0.3", "+12 %"], "mixed": [-1.5, "–"], "none": [None, ""]}
    )
    assert rows(table)[1:] == [["-2", "-0.3", "-1.5", ""], ["3", "+12 %", "–", ""]]


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20),
                min_size=1, max_size=5))  # fmt: skip
def test_any_text_comes_back(cells):
    table = pd.DataFrame({"a": ["x", *cells], "b": 1})
    back = [row[0] for row in rows(table)[1:]]
    assert len(back) == len(cells) + 1
    for cell, read in zip(cells, back[1:], strict=True):
        assert read in (cell, "'" + cell)
        assert not re.match(r"[=@\t\r\n]", read)


def test_half_a_character_and_an_empty_table_can_be_saved():
    assert rows(pd.DataFrame({"a": ["\ud83d\x00"]}, dtype=object)) == [["a"], ["\ufffd\ufffd"]]
    assert rows(pd.DataFrame({"a": []})) == [["a"]]


def test_the_zip_holds_the_files_and_a_table_for_each_slide():
    packed = zipfile.ZipFile(io.BytesIO(everything(document("plane", "cost"), {"deck.pptx": b"deck"})))
    assert packed.namelist() == ["deck.pptx", "01-plane.csv", "02-cost.csv"]
    assert packed.read("deck.pptx") == b"deck"
    assert packed.read("01-plane.csv").startswith(b"\xef\xbb\xbfmodel,time (s)\r\n")
    assert packed.testzip() is None


def test_the_same_document_gives_the_same_bytes():
    told, files = document("plane"), {"deck.pptx": b"deck"}
    assert everything(told, files) == everything(told, files)
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(everything(told, files))).infolist()} == {
        (2026, 11, 24, 0, 0, 0)
    }
    old = zipfile.ZipFile(io.BytesIO(everything(document("a", day=date(1970, 1, 1)), {})))
    assert old.infolist()[0].date_time[0] == 1980


@given(st.lists(st.text(max_size=12), max_size=6, unique=True), st.lists(st.text(max_size=8), max_size=3))
def test_names_are_safe_and_none_stands_twice(names, keys):
    files = {name: name.encode("utf-8", "replace") for name in names}
    packed = zipfile.ZipFile(io.BytesIO(everything(document(*keys), files)))
    found = packed.namelist()
    assert len({name.lower() for name in found}) == len(found) == len(names) + len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)?", name) for name in found)
    assert [packed.read(name) for name in found[: len(names)]] == list(files.values())


def test_a_path_becomes_a_name():
    told = everything(
        document("../x"), {"../../etc/pass wd.png": b"", "stills/a.png": b"", "stills-a.png": b""}
    )
    names = zipfile.ZipFile(io.BytesIO(told)).namelist()
    assert names == ["etc-pass-wd.png", "stills-a.png", "stills-a-2.png", "01-x.csv"]
