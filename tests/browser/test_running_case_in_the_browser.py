"""The reader's own kind of work, chosen once: it goes from page to page, and stays after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dl_core.running_case import CASES, case
from tests.browser.scenes import (
    calm,
    come_near,
    go_to,
    link_of,
    opened,
    until,
    until_it_says,
    until_the_link_has,
    words_of,
)

if TYPE_CHECKING:
    from tests.browser.reader import Reader

pytestmark = pytest.mark.browser
MAIL, CLAIMS = case("mail"), case("claims")
FIELD = "document.querySelector(`.st-key-${given[0]} input`)?.value === given[1]"
WAY = (  # part of the menu, page, its first scene, its last one
    ("Foundations", "kNN vs softmax", "plane", "cost"),
    ("Your photo", "Transfer learning", "task", "distance"),
    ("Decide", "Decide", "lanes", "ready"),
)


def choose(reader: Reader, name: str) -> None:
    reader.page.locator(".st-key-case button", has_text=name).click()
    until_the_link_has(reader, case=name)


def speaks_of_mails(reader: Reader) -> None:
    until_it_says(reader, "so_what", MAIL.items)
    said = words_of(reader, "so_what")
    assert f"{MAIL.per_day:,}" in said
    assert not any(each.items in said for each in CASES if each is not MAIL)


def test_support_mail_goes_from_page_to_page_and_outlives_a_reload(reader: Reader) -> None:
    opened(reader, "", "gate")
    choose(reader, MAIL.name)
    speaks_of_mails(reader)
    calm(reader, "circles")
    for section, title, first, last in WAY:
        go_to(reader, section, title)
        come_near(reader, first)
        speaks_of_mails(reader)
        calm(reader, last)
        reader.page.reload()
        come_near(reader, first)
        speaks_of_mails(reader)
        calm(reader, last)
    until(reader, FIELD, "lanes_per_day", str(MAIL.per_day))
    assert link_of(reader) == {"case": [MAIL.name]}  # the case brings its numbers: no more is needed
    assert reader.errors() == []


def test_another_case_moves_the_numbers_but_not_the_readers_own(reader: Reader) -> None:
    opened(reader, "decide", "lanes", "lanes_miss=77")
    calm(reader, "ready")
    choose(reader, CLAIMS.name)
    until(reader, FIELD, "lanes_per_day", str(CLAIMS.per_day))
    until(reader, FIELD, "lanes_minutes", f"{CLAIMS.minutes:g}")
    until(reader, FIELD, "lanes_miss", "77")
    assert link_of(reader) == {"case": [CLAIMS.name], "lanes_miss": ["77"]}
    assert reader.errors() == []


def test_a_page_seen_before_follows_a_case_chosen_elsewhere(reader: Reader) -> None:
    opened(reader, "knn_vs_softmax", "plane")
    calm(reader, "cost")
    until(reader, FIELD, "cost_requests", str(CASES[0].per_day))
    go_to(reader, "Foundations", "Neurons")
    come_near(reader, "festival")
    choose(reader, CLAIMS.name)
    until_it_says(reader, "so_what", CLAIMS.items)
    calm(reader, "memory")
    go_to(reader, "Foundations", "kNN vs softmax")
    come_near(reader, "plane")
    calm(reader, "cost")
    until(reader, FIELD, "cost_requests", str(CLAIMS.per_day))
    assert reader.errors() == []


def test_the_slides_of_a_link_speak_of_its_case(reader: Reader) -> None:
    opened(reader, "knn_vs_softmax", "plane", f"present=1&case={MAIL.name.replace(' ', '+')}")
    until(
        reader, "document.querySelector('.st-key-cost_requests input')?.value === given[0]", str(MAIL.per_day)
    )
    until_the_link_has(reader, case=MAIL.name)
    assert not reader.page.locator(".st-key-case").is_visible()
    assert reader.errors() == []
