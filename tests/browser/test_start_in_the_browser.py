"""What only a browser shows of the start page: one click to a lesson, a rule moved by keys, typed blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._shared import catalogue
from tests.browser.reader import PHONE
from tests.browser.scenes import (
    PATIENCE,
    calm,
    come_near,
    opened,
    plot_of,
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
LESSONS = [entry for entry in catalogue.LESSONS if entry.path]
GATE = plot_of("gate")
# of the reader's own bar on the table: the second of the drawing
OWN = "document.querySelector(given[0]).data[1].x[0]"
LIT = '.st-key-{}_preset [aria-checked="true"]'


def test_every_question_stands_on_the_first_screen_and_leads_to_its_lesson_in_one_click(
    new_reader: NewReader, server: Server
) -> None:
    reader = new_reader(server, (1280, 900))
    opened(reader, "", "gate")
    links = reader.page.locator(".st-key-lesson_map a")
    assert links.all_inner_texts() == [entry.question for entry in LESSONS]
    for index in range(len(LESSONS)):
        box = links.nth(index).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 450  # so the picture begins in the upper half, too
        assert box["height"] >= 24  # WCAG 2.2: the size of a target
    readable = next(entry for entry in LESSONS if entry.path == "interpretability")
    reader.page.locator(".st-key-lesson_map").get_by_text(readable.question).click()
    until(reader, "location.pathname === '/interpretability'")
    reader.page.locator(".st-key-board_picture").wait_for()
    assert reader.errors() == []


def test_the_threshold_moves_by_keyboard_and_with_it_the_bar_the_sentence_and_the_link(
    reader: Reader,
) -> None:
    opened(reader, "", "gate")
    calm(reader, "circles")
    before, bar = reader.takeaway(), reader.page.evaluate(f"(given) => {OWN}", [GATE])
    handle = reader.page.locator(".st-key-gate_threshold input[type='range']")
    assert handle.input_value() == "110"
    for _ in range(8):
        handle.press("ArrowRight")
    until_the_link_has(reader, gate_threshold="126")
    until_it_says_else(reader, "takeaway", before)
    until(reader, f"{OWN} !== given[1]", GATE, bar)
    reader.page.get_by_text("This rule peeks").wait_for()
    for _ in range(8):
        handle.press("ArrowLeft")
    until_it_says(reader, "takeaway", before)
    until(reader, "!new URLSearchParams(location.search).has('gate_threshold')")
    reader.page.get_by_text("This rule peeks").wait_for(state="detached")
    assert reader.errors() == []


def test_blanks_of_the_template_are_typed_and_data_fill_them(reader: Reader) -> None:
    opened(reader, "", "gate")
    calm(reader, "circles")
    come_near(reader, "recipe")
    rule = words_of(reader, "recipe_sentence")
    field = reader.page.locator(".st-key-recipe_first input")
    field.fill("6")
    field.press("Enter")
    until(reader, "Number(new URLSearchParams(location.search).get('recipe_first')) === 6")
    until_it_says_else(reader, "recipe_sentence", rule)
    reader.page.locator(LIT.format("recipe")).wait_for(state="detached")
    reader.page.locator(".st-key-recipe_preset").get_by_text("Learn from data").click()
    until_it_says(reader, "recipe_sentence", "These are the learned numbers")
    until_it_says(reader, "recipe_picture", "with learned numbers")
    assert field.input_value() == "8.67"
    assert reader.errors() == []


def test_another_task_has_another_name_and_another_lesson(reader: Reader) -> None:
    opened(reader, "", "gate")
    calm(reader, "circles")
    come_near(reader, "asks")
    reader.page.locator(".st-key-asks_in").get_by_text("Table row").click()
    reader.page.locator(".st-key-asks_out").get_by_text("Yes or no").click()
    until_it_says(reader, "asks_sentence", "The lesson that helps: Interpretability")
    reader.page.get_by_role("link", name="Interpretability: Do we need").click()
    until(reader, "location.pathname === '/interpretability'")
    assert reader.errors() == []


def test_a_phone_shows_all_of_it_without_moving_sideways(new_reader: NewReader, server: Server) -> None:
    reader = new_reader(server, PHONE)
    reader.page.set_default_timeout(PATIENCE)
    opened(reader, "", "gate")
    calm(reader, "circles")
    for scene in ("gate", "recipe", "piles", "asks", "circles"):
        come_near(reader, scene)
        wide = reader.page.locator(plot_of(scene)).evaluate("(plot) => plot.getBoundingClientRect().right")
        assert wide <= PHONE[0]
    assert reader.page.evaluate(
        "() => document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth"
    )
    assert reader.errors() == []
