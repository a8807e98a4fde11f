"""What only a browser shows of "CNN filters": a pixel and a map by a click, a photo that comes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dl_core.kernels import SIDE, grey_size
from tests.browser.scenes import (
    calm,
    click_at,
    come_near,
    go_to,
    link_of,
    opened,
    own_photo,
    plot_of,
    until,
    until_it_says,
    until_it_says_else,
    until_the_link_has,
    upload,
    words_of,
)

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
KERNEL = plot_of("kernel")
LIT = '.st-key-kernel_preset [aria-checked="true"]'
# row and column of the one pixel of the map that has a frame; its first sum belongs to row and column 2
OUTLINED = """(({data, layout}) => {
  const frame = layout.shapes.find(({type, x0, x1, y0, y1}) =>
    type === 'rect' && Math.abs(x1 - x0 - 1) < 1e-6 && Math.abs(y1 - y0 - 1) < 1e-6);
  return [frame.y0 + 0.5, frame.x0 + 0.5 - (data[1].x0 - 2)].map(Math.round).join();
})(document.querySelector(given[0])) === given[1]"""
SIZE = "document.querySelector(given[0]).data[0].z"  # the grey photo, row by row


def test_a_click_on_the_photo_or_on_its_map_chooses_that_pixel(reader: Reader) -> None:
    opened(reader, "cnn_filters", "kernel")
    to_the_map = reader.page.locator(KERNEL).evaluate("(plot) => plot.data[1].x0 - 2")
    assert to_the_map > 64  # the map stands beside the photo
    for row, column, shift in ((12, 20, 0), (30, 50, to_the_map)):
        click_at(reader, "kernel", column + shift, row)
        until_the_link_has(reader, kernel_row=str(row), kernel_column=str(column))
        until(reader, OUTLINED, KERNEL, f"{row},{column}")
        until_it_says(reader, "takeaway", f"row {row}, column {column}")
    assert reader.errors() == []


def test_a_typed_weight_puts_the_pill_out_and_undo_lights_it_again(reader: Reader) -> None:
    opened(reader, "cnn_filters", "kernel")
    calm(reader, "tasks")
    assert reader.page.locator(LIT).inner_text() == "Upright edges"
    before, field = reader.takeaway(), reader.page.locator(".st-key-kernel_w22 input")
    middle = field.input_value()
    field.fill("4")
    field.press("Enter")
    until(reader, "new URLSearchParams(location.search).get('kernel_w22') > 0")
    reader.page.locator(LIT).wait_for(state="detached")
    until_it_says_else(reader, "takeaway", before)
    reader.page.locator(".st-key-kernel_undo").get_by_role("button", name="Undo").click()
    until_it_says(reader, "takeaway", before)
    until_it_says(reader, "kernel_preset", "Upright edges")
    reader.page.locator(LIT).wait_for()
    assert reader.page.locator(LIT).inner_text() == "Upright edges"
    assert field.input_value() == middle
    until(reader, "location.search === ''")
    assert reader.errors() == []


def test_a_click_on_a_map_of_the_contact_sheet_chooses_it(reader: Reader) -> None:
    opened(reader, "cnn_filters", "opened", "layers_depth=Mechanism")
    sheet, chosen = plot_of("opened"), "document.querySelector(given[0]).layout.annotations.find(given[1])"
    chosen = chosen.replace("given[1]", "({text}) => text === given[1]")
    assert not reader.page.evaluate(f"(given) => !!{chosen}", [sheet, "<b>17</b>"])
    click_at(reader, "opened", 4.5, 2.6)  # fifth in the third row of six
    until_the_link_has(reader, layers_map="17")
    until(reader, f"!!{chosen}", sheet, "<b>17</b>")
    until_it_says(reader, "opened_sentence", "Map 17")
    assert reader.errors() == []


def test_a_readers_own_photo_comes_along_stays_out_of_the_link_and_can_be_forgotten(reader: Reader) -> None:
    opened(reader, "cnn_filters", "kernel")
    width, height = 60, 90
    columns, rows = grey_size(width, height)
    shape = f"{SIZE}.length === given[1] && {SIZE}[0].length === given[2]"
    assert not reader.page.evaluate(f"(given) => {shape}", [KERNEL, rows, columns])
    upload(reader, own_photo(width, height))
    until(reader, shape, KERNEL, rows, columns)
    until_it_says(reader, "takeaway", f"{(rows - SIDE + 1) * (columns - SIDE + 1):,} times")
    assert not {name for name in link_of(reader) if name.startswith("photo")}
    go_to(reader, "Your photo", "Live classifier")
    come_near(reader, "answer")
    shown = reader.page.locator(".st-key-answer_controls [data-testid='stImage'] img").first
    size = "(photo) => photo.decode().then(() => [photo.naturalWidth, photo.naturalHeight])"
    assert shown.evaluate(size) == [width, height]
    assert not {name for name in link_of(reader) if name.startswith("photo")}
    own = words_of(reader, "takeaway")
    choice = reader.page.locator(".st-key-photo_choice")
    choice.get_by_role("tab", name="Your photo").click()
    choice.locator(".st-key-photo_forget button").click()
    until_it_says_else(reader, "takeaway", own)
    choice.locator(".st-key-photo_forget").wait_for(state="detached")
    until_it_says(reader, "takeaway", "espresso")
    go_to(reader, "Your photo", "CNN filters")
    come_near(reader, "kernel")
    until(reader, f"{SIZE}.length < {SIZE}[0].length", KERNEL)  # the first sample is wider than high
    assert reader.errors() == []
