"""The glossary before a reader: search while typing, the link of a term, and the way to it from a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from dl_core.glossary import TERMS, find
from tests.browser.reader import PHONE, Reader
from tests.browser.scenes import PATIENCE, go_to, link_of, until, until_it_says, until_the_link_has, words_of

if TYPE_CHECKING:
    from benchmarks.server import Server
    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser
LEFT_EDGES = """() => [...document.querySelectorAll('.st-key-terms p')]
  .map((p) => Math.round(p.getBoundingClientRect().x))"""
COUNTED = f"{len(TERMS)} words"


def search(reader: Reader, query: str) -> None:
    """Type letter by letter, and press nothing."""
    reader.page.get_by_role("searchbox", name="Search").press_sequentially(query)


def test_the_list_follows_the_typing_and_its_link_brings_it_back(
    server: Server, new_reader: NewReader
) -> None:
    here, elsewhere = new_reader(server), new_reader(server)
    here.open("glossary", "term=bias")
    assert words_of(here, "asked").startswith("bias")
    search(here, "false pos")
    until_it_says(here, "takeaway", "1 word fits “false pos”")
    assert words_of(here, "terms").startswith("false alarm")
    assert here.page.locator(".st-key-asked").count() == 0
    until_the_link_has(here, q="false pos")
    elsewhere.open("glossary", urlsplit(here.page.url).query)
    assert words_of(elsewhere, "terms") == words_of(here, "terms")
    assert here.errors() == elsewhere.errors() == []


def test_what_a_reader_types_is_shown_as_typed(reader: Reader) -> None:
    reader.open("glossary")
    typed = "<b>*x*</b> [y](z) $1$ :a:"
    search(reader, typed)
    until_it_says(reader, "takeaway", f"No word here fits “{typed}”")
    assert reader.page.locator(".st-key-takeaway a, .st-key-takeaway em, .st-key-takeaway b").count() == 0
    assert reader.errors() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_term_on_a_lesson_opens_the_glossary_beside_it_at_that_term(reader: Reader, scheme: str) -> None:
    page = reader.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_default_timeout(PATIENCE)
    reader.open("gradient_descent", "hand_steps=2")
    marked = page.locator('a[href="glossary?term=slope"]').first
    around = marked.evaluate("(a) => [a, a.closest('p')].map((at) => getComputedStyle(at).color)")
    assert around[0] == around[1], "the ink stays"
    with page.context.expect_page() as opened:
        marked.click()
    glossary = opened.value
    glossary.locator(".st-key-asked").wait_for()
    assert glossary.locator(".st-key-asked h2").inner_text() == "slope"
    assert find("slope").meaning in glossary.locator(".st-key-asked").inner_text()  # type: ignore[union-attr]
    assert link_of(reader)["hand_steps"] == ["2"], "the lesson stays as it was"
    assert reader.errors() == []


def test_a_room_sees_no_link(reader: Reader) -> None:
    reader.open("decide", "present=1")
    links = reader.page.locator('a[href^="glossary"]')
    assert not any(link.is_visible() for link in links.all())


def test_sections_open_by_a_click_and_by_their_link(server: Server, new_reader: NewReader) -> None:
    here, elsewhere = new_reader(server), new_reader(server)
    here.open("glossary")
    here.click(here.page.get_by_role("tab", name="Model card"))
    until(here, "document.body.innerText.includes(given[0])", "How often it is right")
    until_the_link_has(here, show="Model card")
    elsewhere.open("glossary", urlsplit(here.page.url).query)
    assert elsewhere.page.get_by_role("tab", name="Model card").get_attribute("aria-selected") == "true"
    assert elsewhere.page.get_by_text("How often it is right").is_visible()
    assert here.errors() == elsewhere.errors() == []


def test_a_quiz_answer_is_kept_for_the_visit(reader: Reader) -> None:
    reader.page.set_default_timeout(PATIENCE)
    reader.open("")
    first = reader.page.locator(".st-key-start_quiz_1 label").filter(has=reader.page.locator("input")).first
    reader.click(first)
    go_to(reader, "For your meeting", "Glossary")
    reader.page.get_by_role("tab", name="Quiz results").click()
    until_it_says(reader, "takeaway", "You have answered 1 of")
    assert reader.errors() == []


def test_on_a_phone_the_words_stand_in_one_column(server: Server, new_reader: NewReader) -> None:
    reader = new_reader(server, PHONE)
    reader.open("glossary", "term=softmax")
    lefts = reader.page.evaluate(LEFT_EDGES)
    assert len(set(lefts)) == 1
    until_it_says(reader, "takeaway", COUNTED)
    assert reader.errors() == []


def test_on_a_wide_screen_in_two(reader: Reader) -> None:
    reader.open("glossary")
    lefts = reader.page.evaluate(LEFT_EDGES)
    assert len(set(lefts)) == 2
