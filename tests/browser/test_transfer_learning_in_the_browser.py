"""What only a browser shows of "Transfer learning": own photos come, become the task and go again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.scenes import calm, opened, until_it_says, until_it_says_else, words_of
from tests.photo_files import BARS, DISCS, two_classes

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser


def test_a_zip_becomes_the_task_and_is_forgotten(reader: Reader) -> None:
    opened(reader, "transfer_learning", "task")
    calm(reader, "distance")
    before, page = words_of(reader, "takeaway"), reader.page
    page.get_by_role("tab", name="Your photos").click()
    page.get_by_role("tab", name="ZIP").click()
    name, data, kind = two_classes(6)
    field = page.locator("input[type=file][accept*=zip]").first
    field.set_input_files({"name": name, "mimeType": kind, "buffer": data})
    until_it_says(reader, "takeaway", "on 4 pictures it never saw")  # of 6 a class 2
    calm(reader, "distance")
    until_it_says(reader, "task_class", f"{DISCS} (6)")
    assert page.get_by_label("Name of this class").input_value() == DISCS
    assert BARS in words_of(reader, "task_class")
    assert DISCS not in page.url
    own = words_of(reader, "takeaway")
    page.get_by_role("button", name="Forget all my photos").click()
    until_it_says_else(reader, "takeaway", own)
    assert words_of(reader, "takeaway") == before
    calm(reader, "distance")
    assert reader.errors() == []
