"""What only a browser shows of "Language": typed texts of any kind, the link, a long text pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from dl_core.language.text import IN_LINK
from tests.browser.reader import PHONE
from tests.browser.scenes import (
    PATIENCE,
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
)

if TYPE_CHECKING:
    from benchmarks.server import Server
    from tests.browser.conftest import NewReader
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
HOSTILE = '<img src=x onerror="window.hit=1"> [x](javascript:window.hit=1) <b>bold</b>'
LAST = "parts"


def type_in(reader: Reader, field: str, text: str) -> None:
    box = reader.page.locator(f".st-key-{field} input")
    box.fill(text)
    box.press("Enter")


def test_two_typed_sentences_change_the_takeaway_and_the_link_brings_them_back(
    reader: Reader, new_reader: NewReader, server: Server
) -> None:
    opened(reader, "language", "bag")
    before = reader.takeaway()
    assert "cannot tell the two apart" in before
    type_in(reader, "bag_first", "please refund me")
    until_the_link_has(reader, bag_first="please refund me")
    until_it_says_else(reader, "takeaway", before)
    type_in(reader, "bag_second", "please praise me")
    until_it_says(reader, "takeaway", "0.67")  # 2 of 3 words each: 2 / 3
    until_it_says(reader, "bag_picture", "2 of 4 words are in both bags")
    again = new_reader(server)
    opened(again, "language", "bag", urlencode({key: values[0] for key, values in link_of(reader).items()}))
    until_it_says(again, "takeaway", "0.67")
    assert again.page.locator(".st-key-bag_first input").input_value() == "please refund me"
    assert reader.errors() == []
    assert again.errors() == []


def test_any_text_is_counted_and_none_is_run(reader: Reader) -> None:
    opened(reader, "language", "bag")
    for text, said in (
        ("", "Type words into the first text"),
        ("👍🏽👍👩‍🚀", "6 different words"),
        ("我要退款", "7 different words"),
        (HOSTILE, "different words"),
    ):
        before = reader.takeaway()
        type_in(reader, "bag_first", text)
        until_it_says_else(reader, "takeaway", before)
        until_it_says(reader, "takeaway", said)
        assert reader.page.evaluate("window.hit === undefined")
        inside = reader.page.locator(".st-key-takeaway img, .st-key-takeaway a, .st-key-bag_picture img")
        assert inside.count() == 0
    assert reader.errors() == []


def test_a_hostile_link_is_text_too(reader: Reader) -> None:
    opened(reader, "language", "bag", urlencode({"bag_first": HOSTILE, "bag_second": HOSTILE * 9}))
    assert reader.takeaway().strip()
    assert reader.page.evaluate("window.hit === undefined")
    assert reader.errors() == []


def test_a_field_takes_no_more_than_fits_a_link_and_ten_thousand_words_go_beside_it(reader: Reader) -> None:
    opened(reader, "language", "bag")
    field = reader.page.locator(".st-key-bag_first input")
    assert field.get_attribute("maxlength") in (None, str(IN_LINK))
    before = reader.takeaway()
    reader.page.locator(".st-key-bag_more summary").click()
    area = reader.page.locator(".st-key-bag_long_first textarea")
    area.fill("dog bites man " * 4000)
    area.press("Control+Enter")
    until_it_says_else(reader, "takeaway", before)
    until_it_says(reader, "takeaway", "first 10,000 words")
    until_it_says(reader, "bag_picture", "dog → bites → man")
    assert "bag_long_first" not in link_of(reader)
    assert reader.errors() == []


def test_the_length_moves_by_keyboard_and_with_it_the_pairs(reader: Reader) -> None:
    opened(reader, "language", "bag")
    calm(reader, LAST)
    come_near(reader, "length")
    until_it_says(reader, "length_sentence", "1,000,000 pairs")
    handle = reader.page.locator(".st-key-length_n input[type='range']")
    handle.press("ArrowRight")
    until_the_link_has(reader, length_n="1100")
    until_it_says(reader, "length_sentence", "1,210,000 pairs")
    until_it_says(reader, "length_picture", "1,210,000 pairs")
    assert reader.errors() == []


def test_a_press_on_a_word_of_the_picture_hides_that_word_and_no_other_control_moves(reader: Reader) -> None:
    opened(reader, "language", "bag")
    calm(reader, LAST)
    come_near(reader, "attend")
    for row, word in ((4, "islands"), (1, "small")):
        click_at(reader, "attend", 5.0, float(row))
        until_it_says(reader, "attend_picture", f"gap: {word}")
        until(reader, "new URL(location.href).searchParams.get('attend_word')?.endsWith(given[0])", word)
    assert {"attend_other", "attend_head", "attend_text"}.isdisjoint(link_of(reader))
    assert reader.errors() == []


def test_a_phone_shows_all_of_it_without_moving_sideways(new_reader: NewReader, server: Server) -> None:
    reader = new_reader(server, PHONE)
    reader.page.set_default_timeout(PATIENCE)
    opened(reader, "language", "bag")
    calm(reader, LAST)
    for scene in ("bag", "length", "parts"):
        come_near(reader, scene)
        wide = reader.page.locator(plot_of(scene)).evaluate("(plot) => plot.getBoundingClientRect().right")
        assert wide <= PHONE[0]
    until(reader, "document.querySelector('[data-testid=\"stMain\"]').scrollWidth <= innerWidth")
    assert reader.errors() == []
