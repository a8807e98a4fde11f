"""What only a browser shows of "Loss functions": the outlier under a finger, and the lines that follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from dl_core import outlier_fit

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
PICTURE, SENTENCE = ".st-key-outlier_picture", ".st-key-outlier_sentence"
RANGES = f"""() => {{ const {{_fullLayout}} = document.querySelector('{PICTURE} .js-plotly-plot');
  return [..._fullLayout.xaxis.range, ..._fullLayout.yaxis.range]; }}"""


def test_the_dragged_outlier_refits_the_lines_and_nothing_else_moves(reader: Reader) -> None:
    reader.open("loss_functions")
    handle = reader.page.locator(f"{PICTURE} .handle")
    reader.page.locator(PICTURE).scroll_into_view_if_needed()
    handle.wait_for(state="visible")
    reader.settle()
    before, ranges = reader.page.locator(SENTENCE).inner_text(), reader.page.evaluate(RANGES)
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(x - 60, y - 90, steps=6)
    reader.page.mouse.up()
    reader.page.wait_for_function("() => location.search.includes('outlier_y')")
    reader.settle()
    link = parse_qs(urlsplit(reader.page.url).query)
    start = outlier_fit.Settings()
    assert float(link["outlier_x"][0]) < start.x
    assert float(link["outlier_y"][0]) > start.y
    assert reader.page.locator(SENTENCE).inner_text() != before
    assert reader.page.evaluate(RANGES) == pytest.approx(ranges)
    assert reader.errors() == []


def test_an_outlier_typed_far_away_gets_a_sentence(reader: Reader) -> None:
    reader.open("loss_functions")
    field = reader.page.locator(".st-key-outlier_y input")
    field.scroll_into_view_if_needed()
    field.fill("1000000")
    field.press("Enter")
    reader.page.wait_for_function("() => location.search.includes('outlier_y')")
    reader.settle()
    assert "outside" in reader.page.locator(SENTENCE).inner_text()
    assert reader.errors() == []
