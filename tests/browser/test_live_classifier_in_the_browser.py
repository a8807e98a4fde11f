"""What only a browser shows of "Live classifier": a dragged box, long work that is shown and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.scenes import (
    calm,
    come_near,
    link_of,
    opened,
    own_photo,
    place_in,
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
LAST = "how_sure"
# the scenes that follow the opening photo
FOLLOWS = ("course", "reasons", "versus", "box", "faithful", "nearest", "wobble", "attack")
BARS = "JSON.stringify(document.querySelector(given[0]).data[1].x)"  # the solid ones: with the box
RING = "document.querySelector(given[0]).data.at(-1)"
# presses Stop of a scene as soon as it is there, before its work can have ended, and notes what was shown
STOP_AT_ONCE = """(scene) => {
  window.shown = new Set();
  new MutationObserver((_, watcher) => {
    for (const bar of document.querySelectorAll('[class*="_beside"] [role="progressbar"]')) {
      window.shown.add(bar.closest('[class*="_beside"]').className.match(/st-key-(\\w+)_beside/)[1]);
    }
    const stop = document.querySelector(`.st-key-${scene}_stop button:not([disabled])`);
    if (!stop) return;
    watcher.disconnect();
    stop.click();
  }).observe(document, {subtree: true, childList: true});
}"""


def test_the_grey_box_is_dragged_and_moved_by_the_keyboard(reader: Reader) -> None:
    opened(reader, "live_classifier", "box")
    calm(reader, LAST)
    come_near(reader, "box")
    plot = plot_of("box")
    before = reader.page.evaluate(f"(given) => {BARS}", [plot])
    handle = reader.page.locator(".st-key-box_picture .handle").bounding_box()
    assert handle is not None
    x, y = place_in(reader, "box", 30, 20)
    reader.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    reader.page.mouse.down()
    reader.page.mouse.move(x, y, steps=6)
    reader.page.mouse.up()
    near = "Math.abs(new URLSearchParams(location.search).get(given[0]) - given[1]) <= 2"
    until(reader, near, "box_x", 30)
    until(reader, near, "box_y", 20)
    until(reader, f"{BARS} !== given[1]", plot, before)
    across, down = (int(link_of(reader)[name][0]) for name in ("box_x", "box_y"))
    at = f"{RING}.x[0] === given[1] && {RING}.y[0] === given[2]"
    until(reader, at, plot, across, down)
    dragged = reader.page.evaluate(f"(given) => {BARS}", [plot])
    reader.page.locator(".st-key-box_x input").press("ArrowUp")
    until_the_link_has(reader, box_x=str(across + 5), box_y=str(down))
    until(reader, at, plot, across + 5, down)
    until(reader, f"{BARS} !== given[1]", plot, dragged)
    assert reader.errors() == []


def test_long_work_on_a_readers_photo_shows_how_far_it_is_and_can_be_stopped(reader: Reader) -> None:
    opened(reader, "live_classifier", "answer")
    calm(reader, LAST)
    before = {scene: words_of(reader, f"{scene}_sentence") for scene in ("reasons", "attack")}
    # the attack waits in line behind two longer works of this visit, so there is time to stop it
    reader.page.evaluate(STOP_AT_ONCE, "attack")
    upload(reader, own_photo(96, 64))
    until_it_says(reader, "attack_beside", "Stopped at")
    until_it_says_else(reader, "reasons_sentence", before["reasons"])
    reader.page.locator(".st-key-reasons_beside").wait_for(state="detached")
    come_near(reader, "reasons")
    until(reader, "document.querySelector(given[0]).layout.images.length >= 6", plot_of("reasons"))
    assert "attack" in reader.page.evaluate("() => [...window.shown]")
    assert words_of(reader, "attack_sentence") == before["attack"]  # the former result stays meanwhile
    reader.page.locator(".st-key-attack_again button").click()
    until_it_says_else(reader, "attack_sentence", before["attack"])
    reader.page.locator(".st-key-attack_beside").wait_for(state="detached")
    assert not {name for name in link_of(reader) if name.startswith("photo")}
    assert reader.errors() == []


def test_another_sample_photo_changes_every_scene_below(reader: Reader) -> None:
    opened(reader, "live_classifier", "answer")
    calm(reader, LAST)
    before = {scene: words_of(reader, f"{scene}_sentence") for scene in FOLLOWS}
    reader.page.locator(".st-key-photo_sample").get_by_role("radio", name="Chelsea the cat").click()
    until(reader, "location.search.includes('photo_sample')")
    for scene, said in before.items():
        until_it_says_else(reader, f"{scene}_sentence", said)
    assert reader.errors() == []
