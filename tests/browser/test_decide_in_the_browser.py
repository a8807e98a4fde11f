"""What only a browser shows of "Decide": a dragged bar, prices that reach every scene, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dl_core.decide import lanes, prices
from dl_core.figures.decide_lanes import place
from dl_core.running_case import case
from tests.browser.scenes import (
    calm,
    click_at,
    come_near,
    go_to,
    opened,
    place_in,
    until,
    until_it_says,
    until_it_says_else,
    until_the_link_has,
    words_of,
)

if TYPE_CHECKING:
    from benchmarks.server import Server
    from tests.browser.conftest import NewReader
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
START = prices.Settings()
BARS = "new URLSearchParams(location.search).getAll('lanes_bars').join() === given[0]"
COVERED = """(() => {
  const notes = [...document.querySelectorAll('.st-key-lanes_picture .annotation-text')]
    .map((note) => note.getBoundingClientRect());
  return notes.some((one, i) => notes.slice(i + 1).some((other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4));
})()"""


def test_the_lower_bar_is_dragged_and_a_press_moves_the_upper_one(reader: Reader) -> None:
    opened(reader, "decide", "lanes")
    calm(reader, "ready")
    before, elsewhere = words_of(reader, "takeaway"), words_of(reader, "formula_sentence")
    told = lanes.story(START)
    x, y = place_in(reader, "lanes", place(START.low), told.yours.bill.total)
    to, _ = place_in(reader, "lanes", place(2.0), told.yours.bill.total)
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(to, y - 40, steps=6)
    reader.page.mouse.up()
    until(reader, BARS, "2 %,50 %")
    until_it_says_else(reader, "takeaway", before)
    click_at(reader, "lanes", place(80.0), 0.3 * told.yours.bill.total)
    until(reader, BARS, "2 %,80 %")
    assert words_of(reader, "formula_sentence") == elsewhere
    assert reader.errors() == []


def test_a_price_reaches_every_scene_and_the_button_finds_the_cheapest_bars(reader: Reader) -> None:
    opened(reader, "decide", "lanes")
    calm(reader, "ready")
    before = {key: words_of(reader, f"{key}_sentence") for key in ("formula", "line")}
    field = reader.page.locator(".st-key-lanes_miss input")
    field.fill("120")
    field.press("Enter")
    until_the_link_has(reader, lanes_miss="120")
    for key, said in before.items():
        until_it_says_else(reader, f"{key}_sentence", said)
    until_it_says(reader, "formula_sentence", "A miss costs $120")
    reader.page.locator(".st-key-lanes_go button").click()
    until_it_says(reader, "takeaway", "No pair of bars is clearly cheaper.")
    reader.page.locator(".st-key-lanes_source button", has_text="Home loans").click()
    until_the_link_has(reader, lanes_source="Home loans")
    until_it_says(reader, "formula_sentence", "Counted on 2,000 cases")
    assert reader.errors() == []


def test_the_case_of_another_page_brings_its_numbers(reader: Reader) -> None:
    chosen = case("claims")
    opened(reader, "loss_functions", "score")
    reader.page.locator(".st-key-case button", has_text=chosen.name).click()
    until_it_says(reader, "so_what", chosen.items)  # the server knows
    calm(reader, "penalty")
    go_to(reader, "Decide", "Decide")
    come_near(reader, "lanes")
    until_the_link_has(reader, case=chosen.name, lanes_per_day=None)
    until(reader, "document.querySelector('.st-key-lanes_miss input')?.value === given[0]", "600")
    said = words_of(reader, "takeaway")
    calm(reader, "ready")
    query = reader.page.evaluate("location.search.slice(1)")
    opened(reader, "decide", "lanes", query)  # as somebody to whom the link was sent
    assert words_of(reader, "takeaway") == said
    until(reader, "document.querySelector('.st-key-lanes_miss input')?.value === given[0]", "600")
    assert reader.errors() == []


def test_a_press_on_the_picture_of_the_ways_chooses_a_volume(reader: Reader) -> None:
    opened(reader, "decide", "route")
    click_at(reader, "route", 6.0, 5.0)  # powers of ten: a million a day
    until_the_link_has(reader, route_times="× 100")
    until_it_says(reader, "route_sentence", "buying would after")
    assert reader.errors() == []


def test_the_checklist_leads_to_a_sheet_that_is_filled(reader: Reader) -> None:
    opened(reader, "decide", "ready")
    reader.page.get_by_role("link", name="The sheet for your engineers").click()
    sheet = reader.page.locator(".st-key-sheet_Error-cost textarea")
    sheet.wait_for()
    assert "A miss: $40. A false alarm: $8." in sheet.input_value()
    assert reader.errors() == []


@pytest.mark.parametrize("chosen", ["", "lanes_source=Home+loans"], ids=["photos", "loans"])
def test_no_name_covers_another_on_a_phone(new_reader: NewReader, server: Server, chosen: str) -> None:
    from tests.browser.reader import PHONE

    reader = new_reader(server, size=PHONE)
    opened(reader, "decide", "lanes", chosen)
    until(reader, f"!{COVERED}")
    assert reader.errors() == []
