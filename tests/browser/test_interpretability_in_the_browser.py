"""What only a browser shows of "Interpretability": a bar that reaches every scene, a reader's file, links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dl_core.interpretability.fair_rules import RULES
from pages._words import interpretability_fair_legal as legal
from tests.browser.scenes import (
    calm,
    click_at,
    come_near,
    link_of,
    opened,
    plot_of,
    until,
    until_it_says,
    until_it_says_else,
    until_the_link_has,
    words_of,
)

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload

    from benchmarks.server import Server
    from tests.browser.conftest import NewReader
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
PAGE, FIRST, LAST = "interpretability", "board", "proxy"
SAYS = "document.querySelector(given[0])?.innerText.trim() === given[1]"
SECRET = ("kinks", "warts", "fate", "gone")  # names and answers of the reader's file


def own_file(n: int = 120) -> FilePayload:
    """A CSV file with a column that was filled in when the end was known."""
    rng = np.random.default_rng(11)
    kinks, warts = rng.normal(size=n).round(2), rng.integers(0, 9, n)
    gone = rng.random(n) < 1 / (1 + np.exp(-(1.5 * kinks + 0.4 * warts - 2)))
    after = (gone * 3 + rng.random(n)).round(2)
    answers = np.where(gone, "gone", "stayed")
    rows = [",".join(map(str, row)) for row in zip(kinks, warts, after, answers, strict=True)]
    text = "\n".join(["kinks,warts,after,fate", *rows])
    return {"name": "mine.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_the_first_screen_is_there_with_its_sentence_and_picture(reader: Reader) -> None:
    opened(reader, PAGE, FIRST)
    assert "Readable costs nothing we can measure here" in words_of(reader, "takeaway")
    calm(reader, LAST)
    assert link_of(reader) == {}


def test_a_moved_bar_reaches_every_scene_and_undo_brings_it_back(reader: Reader) -> None:
    opened(reader, PAGE, FIRST)
    calm(reader, LAST)
    keys = ("takeaway", "whatif_sentence", "surrogate_sentence", "fair_sentence", "proxy_sentence")
    before = {key: words_of(reader, key) for key in keys}
    chart = reader.page.locator(plot_of("board"))
    chart.evaluate("(plot) => { window.kept = plot; }")
    reader.page.locator(".st-key-board_preset").get_by_text("Loans, bar at 50 %").click()
    until_the_link_has(reader, board_bar="50 %")
    for key in keys:
        until_it_says_else(reader, key, before[key])
    calm(reader, LAST)
    reader.page.locator(".st-key-board_preset").get_by_text("Loans, cheapest bar").click()
    until_the_link_has(reader, board_bar=None)
    for key in keys:
        until(
            reader,
            "document.querySelector(given[0])?.innerText.trim() === given[1]",
            f".st-key-{key}",
            before[key],
        )
    assert reader.errors() == []


def test_a_press_on_a_kind_of_fair_chooses_it(reader: Reader) -> None:
    opened(reader, PAGE, FIRST)
    calm(reader, LAST)
    come_near(reader, "fair")
    before = words_of(reader, "fair_sentence")
    at = list(RULES).index("meaning")
    middle = reader.page.locator(".st-key-fair_picture .js-plotly-plot").evaluate(
        "(plot) => plot._fullLayout.xaxis.range.reduce((a, b) => (a + b) / 2)"
    )
    click_at(reader, "fair", middle, at)
    until_the_link_has(reader, fair_rule=RULES["meaning"].name)
    until_it_says_else(reader, "fair_sentence", before)
    assert reader.errors() == []


def test_the_link_brings_a_reader_to_the_same_table_case_and_rule(
    server: Server, new_reader: NewReader
) -> None:
    first = new_reader(server)
    query = "board_table=Diabetes+patients&board_miss=400&fair_rule=same+false+alarms&onecase_model=kNN"
    opened(first, PAGE, FIRST, query)
    calm(first, LAST)
    told = {key: words_of(first, key) for key in ("takeaway", "onecase_sentence", "fair_sentence")}
    assert "patients" in told["takeaway"]
    second = new_reader(server)
    opened(second, PAGE, FIRST, first.page.url.partition("?")[2])
    calm(second, LAST)
    assert {key: words_of(second, key) for key in told} == told
    assert link_of(second) == link_of(first)


def test_a_readers_file_is_measured_beside_the_page_its_leak_is_named_and_no_link_tells_of_it(
    reader: Reader,
) -> None:
    opened(reader, PAGE, FIRST)
    calm(reader, LAST)
    before = words_of(reader, "takeaway")
    reader.page.locator(".st-key-board_table").get_by_text("Your table").click()
    until_the_link_has(reader, board_table="Your table")
    reader.page.locator(".st-key-board_file input[type='file']").set_input_files(own_file())
    # the bar of the training stands there, the former board stays, and a button can stop it
    until_it_says(reader, "board_beside", "Training")
    assert words_of(reader, "takeaway") == before
    assert reader.page.locator(".st-key-board_beside").get_by_role("button", name="Stop").count() == 1
    until_it_says(reader, "takeaway", "A column gives the answer away")
    with_leak = words_of(reader, "takeaway")
    calm(reader, LAST)
    assert "kinks" in words_of(reader, "whatif_controls")
    reader.page.get_by_role("button", name="Leave it out").click()
    until_it_says_else(reader, "takeaway", with_leak)
    calm(reader, LAST)
    assert not any(name in reader.page.url for name in SECRET)
    assert link_of(reader) == {"board_table": ["Your table"]}


def test_a_stopped_training_says_so_and_can_begin_again(reader: Reader) -> None:
    opened(reader, PAGE, FIRST, "board_table=Your+table")
    calm(reader, LAST)
    reader.page.locator(".st-key-board_file input[type='file']").set_input_files(own_file(1_500))
    until_it_says(reader, "board_beside", "Training")
    reader.page.locator(".st-key-board_beside").get_by_role("button", name="Stop").click()
    until_it_says(reader, "board_beside", "Stopped at")
    assert reader.page.locator(".st-key-board_beside").get_by_role("button", name="Start again").count() == 1
    assert reader.errors() == []


def test_the_legal_box_is_found_dated_and_not_advice(reader: Reader) -> None:
    opened(reader, PAGE, FIRST)
    calm(reader, LAST)
    box = reader.page.locator(".st-key-legal_box")
    box.scroll_into_view_if_needed()
    told = box.inner_text()
    assert legal.TITLE in told
    assert "not legal advice" in told
    assert legal.CHECKED in told
    box.get_by_text(legal.MORE).click()
    box.get_by_text("Case C-634/21", exact=False).wait_for()
    assert reader.errors() == []
