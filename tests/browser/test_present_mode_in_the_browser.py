"""Present mode in a real browser: keys, sizes, the room's connection, the speaker's window, the take-away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from benchmarks.server import running_server
from pages._shared.catalogue import LESSONS, Entry
from pages._shared.lessons import lesson
from tests.browser.scenes import own_photo, upload

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from reader import Reader

    from benchmarks.server import Server
    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser

every_lesson = pytest.mark.parametrize("listed", LESSONS, ids=lambda entry: "/" + entry.path)
ROOMS = {"full HD": (1920, 1080), "projector": (1280, 720)}
every_room = pytest.mark.parametrize("size", ROOMS.values(), ids=ROOMS)

SHOWN = """() => [...document.querySelectorAll('.st-key-stage [class*="st-key-scene_"]')]
  .filter((scene) => getComputedStyle(scene).visibility === 'visible')
  .map((scene) => [...scene.classList].find((name) => name.startsWith('st-key-scene_')).slice(13))"""
# What can be read on the slide now: each piece of text with its size in px, its box, and what it is.
WORDS = """() => { const seen = [];
  const unseen = 'style, script, noscript, .modebar, title, h1, .st-key-takeaway, [class*="_sentence"]';
  const main = document.querySelector('[data-testid="stMain"]');
  const walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const words = walk.currentNode.textContent.trim(), inside = walk.currentNode.parentElement;
    if (!words || inside.closest(unseen)) continue;
    const style = getComputedStyle(inside), range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const {left, right, top, bottom, width} = range.getBoundingClientRect();
    if (style.visibility !== 'visible' || !width) continue;
    const raised = !!inside.closest('tspan[dy], sup, sub');  // an exponent
    const kind = inside.closest('h2, figcaption')?.localName ?? '';
    seen.push({words, size: parseFloat(style.fontSize), left, right, top, bottom, raised, kind});
  }
  return seen; }"""


def scene_of(page: Page) -> str:
    (shown,) = page.evaluate(SHOWN)
    return str(shown)


def link_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def inside(word: dict[str, float], size: tuple[int, int]) -> bool:
    across, down = size
    return (
        word["left"] >= -1
        and word["top"] >= -1
        and word["right"] <= across + 1
        and word["bottom"] <= down + 1
    )


def drawn(reader: Reader) -> None:
    """Wait until every scene's chart is drawn, the hidden ones too."""
    reader.settle()
    reader.page.wait_for_function(
        "() => [...document.querySelectorAll('.st-key-stage .plot')].every((plot) => plot.dataset.drawn)"
    )


@every_lesson
def test_keys_clicker_and_buttons_walk_through_the_scenes(listed: Entry, reader: Reader) -> None:
    keys = [scene.key for scene in lesson(listed.name).scenes]
    reader.open(listed.path, "present=1")
    page = reader.page
    page.wait_for_function(  # on a fresh server, long work may still be under way
        "(n) => document.querySelectorAll('.st-key-stage h2').length === n", arg=len(keys), timeout=150_000
    )
    assert scene_of(page) == keys[0]
    for number, key in enumerate(("ArrowRight", "PageDown", "Space")[: len(keys) - 1], 1):
        page.keyboard.press(key)
        assert scene_of(page) == keys[number]
    page.keyboard.press("End")
    assert scene_of(page) == keys[-1]
    page.keyboard.press("ArrowRight")  # there is none after the last
    assert scene_of(page) == keys[-1]
    for key in ("ArrowLeft", "PageUp"):
        at = keys.index(scene_of(page))
        page.keyboard.press(key)
        assert scene_of(page) == keys[at - 1]
    page.keyboard.press("Home")
    page.get_by_role("button", name="Next scene").click()
    assert scene_of(page) == keys[1]
    page.get_by_role("button", name="Previous scene").click()
    assert scene_of(page) == keys[0]
    page.get_by_role("button", name=f"Scene {len(keys)} of {len(keys)}").click()
    assert scene_of(page) == keys[-1]
    assert reader.errors() == []


@every_lesson
def test_the_scene_is_in_the_link_and_escape_leaves(listed: Entry, reader: Reader) -> None:
    second = lesson(listed.name).scenes[1].key
    reader.open(listed.path, "present=1")
    reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function("(scene) => location.search.includes(`scene=${scene}`)", arg=second)
    reader.page.reload()
    reader.settle()
    assert scene_of(reader.page) == second
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_function("() => !location.search.includes('present')")
    reader.page.locator(".st-key-so_what").wait_for()
    assert "scene" not in link_of(reader.page)
    menu = reader.page.locator('[data-testid="stTopNavLink"], [data-testid="stHeader"]')
    menu.first.wait_for(state="visible")
    assert reader.errors() == []


@every_lesson
@every_room
def test_words_are_large_and_nothing_is_cut_or_scrolls(
    listed: Entry, size: tuple[int, int], server: Server, new_reader: NewReader
) -> None:
    reader = new_reader(server, size)
    reader.open(listed.path, "present=1")
    drawn(reader)
    page, full_hd = reader.page, size[1] == 1080
    for scene in lesson(listed.name).scenes:
        assert scene_of(page) == scene.key
        words = page.evaluate(WORDS)
        small = [word for word in words if word["size"] < 18 and not word["raised"]]
        assert small == [], scene.key
        outside = [word for word in words if not inside(word, size)]
        assert outside == [], scene.key
        (title,) = {word["size"] for word in words if word["kind"] == "h2"}
        finding = min(word["size"] for word in words if word["kind"] == "figcaption")
        assert title >= 36
        assert finding >= 24
        assert not full_hd or title >= 50
        chart = page.locator(f".st-key-{scene.key}_picture .plot").bounding_box()
        assert chart is not None
        assert chart["width"] * chart["height"] > 0.4 * size[0] * size[1]  # the picture is the slide
        bar = page.locator(".stage-bar").bounding_box()
        controls = page.locator(f".st-key-{scene.key}_controls")
        if scene.live:
            box = controls.bounding_box()
            assert box is not None
            assert bar is not None
            assert chart["y"] + chart["height"] <= box["y"] + 1
            assert box["y"] + box["height"] <= bar["y"] + 1
        page.keyboard.press("ArrowRight")
    page.mouse.wheel(0, 2000)
    scrolled = """() => [scrollY, document.querySelector('[data-testid="stMain"]').scrollTop]"""
    assert page.evaluate(scrolled) == [0, 0]
    assert not page.locator('[data-testid="stHeader"]').is_visible()
    assert reader.errors() == []


def test_the_live_control_moves_the_picture_and_keeps_its_own_keys(reader: Reader) -> None:
    reader.open("knn_vs_softmax", "present=1&scene=digit")
    drawn(reader)
    slider = reader.page.locator('.st-key-digit_k input[type="range"]')
    before = reader.page.locator(".st-key-digit_sentence").inner_text()
    slider.focus()
    reader.page.keyboard.press("ArrowRight")
    reader.settle()
    assert scene_of(reader.page) == "digit", "an arrow on the slider is the slider's"
    assert reader.page.locator(".st-key-digit_sentence").inner_text() != before
    assert link_of(reader.page)["digit_k"] == ["6"]
    reader.page.keyboard.press("PageDown")  # but a clicker always walks
    assert scene_of(reader.page) == "templates"
    assert reader.errors() == []


@every_lesson
def test_the_keyboard_alone_reaches_the_live_control_and_the_bar(listed: Entry, reader: Reader) -> None:
    reader.open(listed.path, "present=1")
    drawn(reader)
    opening = lesson(listed.name).opening
    reached = f"""() => ['.st-key-{opening.live}', '.stage-bar']
      .filter((box) => document.activeElement.closest(box))[0] ?? document.activeElement.className"""
    seen = []
    for _ in range(24):
        reader.page.keyboard.press("Tab")
        seen.append(reader.page.evaluate(reached))
    assert f".st-key-{opening.live}" in seen
    assert ".stage-bar" in seen
    hidden = [scene.key for scene in lesson(listed.name).scenes if scene is not opening]
    in_hidden = "(keys) => keys.some((key) => document.activeElement.closest(`.st-key-scene_${key}`))"
    assert not reader.page.evaluate(in_hidden, hidden)


def test_only_the_live_control_is_on_the_scene(reader: Reader) -> None:
    reader.open("knn_vs_softmax", "present=1")
    drawn(reader)
    assert reader.page.locator(".st-key-plane_preset").is_visible()
    for hidden in ("plane_k", "plane_metric", "plane_x", "plane_seed"):
        assert not reader.page.locator(f".st-key-{hidden}").is_visible()


def test_the_rehearsed_settings_of_every_scene_stay_in_the_link(reader: Reader) -> None:
    reader.open("knn_vs_softmax", "present=1&plane_k=9&digit_k=3&cost_requests=500&pixels_step=Score")
    for _ in range(4):
        reader.page.keyboard.press("ArrowRight")
        reader.settle()
    link = link_of(reader.page)
    assert {name: link[name][0] for name in ("plane_k", "digit_k", "cost_requests", "pixels_step")} == {
        "plane_k": "9", "digit_k": "3", "cost_requests": "500", "pixels_step": "Score",
    }  # fmt: skip


def test_without_a_connection_the_picture_stays_and_the_room_is_told(new_reader: NewReader) -> None:
    with running_server() as first:
        reader = new_reader(first)
        reader.open("knn_vs_softmax", "present=1&plane_k=9")
        drawn(reader)
        said = reader.page.locator(".st-key-takeaway").inner_text()
        port = first.port
    page = reader.page
    page.locator(".stage-bar .lost").get_by_text("No connection").wait_for(timeout=15_000)
    assert scene_of(page) == "plane"
    page.keyboard.press("ArrowRight")  # the other scenes are in the browser already
    assert scene_of(page) == "digit"
    assert page.locator(".st-key-digit_picture .main-svg").first.is_visible()
    assert link_of(page)["scene"] == ["digit"]
    assert not page.locator('[role="dialog"]').is_visible()
    with running_server(port=port):  # another server, which has never heard of this reader
        page.locator(".stage-bar .lost:empty").wait_for(state="attached", timeout=60_000)
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        assert scene_of(page) == "digit"
        page.keyboard.press("ArrowLeft")
        assert page.locator(".st-key-takeaway").inner_text() == said
        assert link_of(page)["plane_k"] == ["9"]
        page.reload()
        reader.settle()
        assert page.locator(".st-key-takeaway").inner_text() == said


@every_lesson
def test_the_speakers_window_follows_and_leads(listed: Entry, reader: Reader) -> None:
    scenes = lesson(listed.name).scenes
    reader.open(listed.path, "present=1")
    with reader.page.context.expect_page() as opened:
        reader.page.keyboard.press("n")
    notes = opened.value
    notes.locator(f".st-key-note_{scenes[0].key}").wait_for(state="visible")
    assert link_of(notes)["present"] == ["notes"]
    notes.locator(".notes-bar .said").get_by_text("On the wall").wait_for()
    reader.page.keyboard.press("ArrowRight")
    notes.locator(f".st-key-note_{scenes[1].key}").wait_for(state="visible")
    assert not notes.locator(f".st-key-note_{scenes[0].key}").is_visible()
    assert scenes[1].notes.split(".")[0] in notes.locator(f".st-key-note_{scenes[1].key}").inner_text()
    notes.keyboard.press("PageDown")
    # by the clock: the presentation is behind the notes now, and a covered page paints no frames to wait for
    reader.page.wait_for_function(f"() => ({SHOWN})()[0] === '{scenes[2].key}'", polling=100)
    assert reader.errors() == []


def test_the_take_away_opens_over_the_scene_and_escape_closes_only_it(reader: Reader) -> None:
    reader.open("knn_vs_softmax", "present=1&scene=cost")
    reader.page.keyboard.press("t")
    reader.page.locator('[role="dialog"] .st-key-take_away').wait_for(state="visible")
    reader.page.keyboard.press("Escape")
    reader.page.locator('[role="dialog"]').wait_for(state="detached")
    assert scene_of(reader.page) == "cost"
    assert link_of(reader.page)["present"] == ["1"]


def test_an_uploaded_photo_stays_through_the_scenes(reader: Reader) -> None:
    reader.open("live_classifier", "present=1")
    drawn(reader)
    before = reader.page.locator(".st-key-takeaway").inner_text()
    reader.page.get_by_role("tab", name="Your photo").click()
    upload(reader, own_photo(96, 64))
    changed = "(before) => document.querySelector('.st-key-takeaway').innerText !== before"
    reader.page.wait_for_function(changed, arg=before)
    said = reader.page.locator(".st-key-takeaway").inner_text()
    for key in ("PageDown", "PageDown", "PageUp", "PageUp"):
        reader.page.keyboard.press(key)
        reader.settle()
    assert reader.page.locator(".st-key-takeaway").inner_text() == said
    assert reader.errors() == []
