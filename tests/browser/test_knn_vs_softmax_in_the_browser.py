"""What only a browser shows of "kNN vs softmax": a click on the plane, and a digit drawn by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

if TYPE_CHECKING:
    from reader import Reader

pytestmark = pytest.mark.browser


def link_of(reader: Reader) -> dict[str, list[str]]:
    return parse_qs(urlsplit(reader.page.url).query)


def test_a_click_on_the_plane_moves_the_question(reader: Reader) -> None:
    reader.open("knn_vs_softmax")
    before = reader.takeaway()
    chart = reader.page.locator(".st-key-plane_picture .js-plotly-plot")
    panel = chart.locator(".nsewdrag").first.bounding_box()
    assert panel is not None
    reader.page.mouse.click(panel["x"] + 0.8 * panel["width"], panel["y"] + 0.2 * panel["height"])
    reader.page.wait_for_function("() => location.search.includes('plane_x')")
    reader.settle()
    link = link_of(reader)
    assert float(link["plane_x"][0]) > 1
    assert float(link["plane_y"][0]) > 1
    assert reader.takeaway() != before
    assert reader.errors() == []


def test_a_digit_drawn_by_hand_is_read_and_stays_in_the_link(reader: Reader) -> None:
    reader.open("knn_vs_softmax", "digit_source=your hand")
    square = reader.page.locator(".draw canvas")
    square.scroll_into_view_if_needed()
    box = square.bounding_box()
    assert box is not None
    x = box["x"] + box["width"] / 2
    reader.page.mouse.move(x, box["y"] + 20)
    reader.page.mouse.down()
    reader.page.mouse.move(x, box["y"] + box["height"] - 20, steps=12)
    reader.page.mouse.up()
    reader.page.wait_for_function("() => location.search.includes('digit_drawing')")
    reader.settle()
    said = reader.page.locator(".st-key-digit_sentence").inner_text()
    assert "says 1" in said
    drawing = link_of(reader)["digit_drawing"][0]
    assert len(drawing) == 64
    assert set(drawing) != {"0"}
    reader.open("knn_vs_softmax", urlsplit(reader.page.url).query)
    assert reader.page.locator(".st-key-digit_sentence").inner_text() == said
    assert reader.errors() == []


def test_a_digit_can_be_drawn_with_the_keyboard(reader: Reader) -> None:
    reader.open("knn_vs_softmax", "digit_source=your hand")
    reader.page.locator(".draw canvas").focus()
    for _ in range(6):
        reader.page.keyboard.press("Space")
        reader.page.keyboard.press("ArrowDown")
    reader.settle()
    drawing = link_of(reader)["digit_drawing"][0]
    assert sum(int(sign, 16).bit_count() for sign in drawing) == 6
    assert reader.errors() == []


def test_a_chart_far_down_is_drawn_when_the_reader_comes_near(reader: Reader) -> None:
    reader.open("knn_vs_softmax")
    last = reader.page.locator(".st-key-cost_picture .plot")
    assert last.get_attribute("data-waiting") == "true"
    assert last.locator(".main-svg").count() == 0
    last.scroll_into_view_if_needed()
    last.locator(".main-svg").first.wait_for(state="visible")
    assert last.get_attribute("data-waiting") is None
    assert reader.errors() == []


def test_a_changed_weight_stays_when_its_row_is_closed_again(reader: Reader) -> None:
    reader.open("knn_vs_softmax")
    row = reader.page.locator(".st-key-pixels_controls [data-testid='stExpander']").first
    before = reader.page.locator(".st-key-pixels_sentence").inner_text()
    reader.click(row.locator("summary"))
    field = row.locator("input[type='number']").first
    field.wait_for(state="visible")
    reader.settle()
    field.fill("9")
    field.press("Enter")
    reader.page.wait_for_function("() => /pixels_\\w+_1=9/.test(location.search)")
    reader.settle()
    changed = reader.page.locator(".st-key-pixels_sentence").inner_text()
    assert changed != before
    reader.click(row.locator("summary"))
    assert reader.page.locator(".st-key-pixels_sentence").inner_text() == changed
    link = urlsplit(reader.page.url).query
    reader.open("knn_vs_softmax", link)
    assert reader.page.locator(".st-key-pixels_sentence").inner_text() == changed
    assert reader.errors() == []
