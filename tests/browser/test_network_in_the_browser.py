"""What only a browser shows of a network: its sums, its training without the server, a neuron by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.served.network_app import trained, view_of
from benchmarks.server import Server, running_server
from dl_core.mlp.engine import outputs
from tests.browser.reader import PHONE, Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import NewReader

pytestmark = pytest.mark.browser
BOX = ".network"
DRAWN = f"{BOX} .plot[data-drawn]"


@pytest.fixture(scope="module")
def network_server() -> Iterator[Server]:
    with running_server("benchmarks/served/network_app.py") as running:
        yield running


def opened(new_reader: NewReader, server: Server, query: str, **more: tuple[int, int]) -> Reader:
    reader = new_reader(server, **more)
    reader.page.goto(f"{server.url}/?{query}")
    reader.page.wait_for_selector(DRAWN, timeout=45_000)
    reader.settle()
    return reader


def n_drawn(reader: Reader) -> int:
    return int(reader.page.locator(DRAWN).get_attribute("data-drawn") or 0)


def picture(reader: Reader, part: str) -> str:
    """The part as it is painted, to be compared."""
    return str(reader.page.evaluate(f"() => document.querySelector('{BOX} {part} canvas').toDataURL()"))


def drawn_after(reader: Reader, before: int) -> None:
    reader.page.wait_for_function(
        f"(n) => Number(document.querySelector('{DRAWN}').dataset.drawn) > n", arg=before
    )


def frames_sent(reader: Reader) -> list[str]:
    """Collects what the browser sends to the server from now on."""
    sent: list[str] = []
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda event: sent.append(event["response"]["payloadData"]))
    return sent


@pytest.mark.parametrize(
    ("kind", "hidden", "activation"),
    [
        ("moons", "4,4", "tanh"),
        ("blobs", "", "linear"),
        ("wine", "6", "sigmoid"),
        ("iris", "5,3", "leaky relu"),
        ("surface", "8,8", "relu"),
        ("spiral", "32,32,32,32,32,32", "tanh"),
    ],
)
def test_the_browsers_answers_are_the_engines(
    new_reader: NewReader, network_server: Server, kind: str, hidden: str, activation: str
) -> None:
    reader = opened(
        new_reader, network_server, f"kind={kind}&hidden={hidden}&activation={activation}&epochs=40"
    )
    training, dealt = trained(kind, hidden, activation, 40)
    view = view_of(training, dealt)
    for frame in (0, len(view.epochs) - 1):
        found = np.array(reader.page.evaluate(f"(k) => document.querySelector('{BOX}').outputs(k)", frame))
        snapshot = training.epochs.tolist().index(view.epochs[frame])
        expected = outputs(training, dealt.inputs, snapshot)
        assert found.shape == expected.shape
        # 16 bits: each weight off by 1/65,534 of the largest, which six layers make a little more of
        np.testing.assert_allclose(found, expected, atol=2e-3)
    assert reader.errors() == []


def test_scrubbing_shows_each_moment_without_the_server(
    new_reader: NewReader, network_server: Server
) -> None:
    reader = opened(new_reader, network_server, "epochs=60")
    sent, end = frames_sent(reader), picture(reader, ".answer")
    slider, told = reader.page.locator(f"{BOX} .film input"), reader.page.locator(f"{BOX} .told")
    assert told.inner_text().startswith("After 60 epochs")
    for key, epochs in (("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2)):
        before = n_drawn(reader)
        slider.press(key)
        drawn_after(reader, before)
        assert told.inner_text().startswith(f"After {epochs} epochs")
        assert picture(reader, ".answer") != end
    before = n_drawn(reader)
    slider.press("End")
    drawn_after(reader, before)
    assert picture(reader, ".answer") == end
    assert sent == []
    assert reader.errors() == []


def test_a_training_plays_to_its_end(network_server: Server, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 720})  # a reader who likes motion
    try:
        reader = Reader(context.new_page(), network_server)
        reader.page.goto(f"{network_server.url}/?epochs=20")
        reader.page.wait_for_selector(DRAWN, timeout=45_000)
        reader.settle()
        sent, before = frames_sent(reader), n_drawn(reader)
        reader.page.locator(f"{BOX} .play").click()
        reader.page.wait_for_function(
            f"() => document.querySelector('{BOX} .play').dataset.playing === 'true'"
        )
        reader.page.wait_for_function(
            f"() => document.querySelector('{BOX} .play').dataset.playing === 'false'"
        )
        assert reader.page.locator(f"{BOX} .told").inner_text().startswith("After 20 epochs")
        assert n_drawn(reader) - before > 3
        assert sent == []
        assert reader.errors() == []
    finally:
        context.close()


def test_a_press_on_the_losses_goes_to_that_moment(new_reader: NewReader, network_server: Server) -> None:
    reader = opened(new_reader, network_server, "epochs=60")
    losses = reader.page.locator(f"{BOX} .losses canvas")
    box = losses.bounding_box()
    assert box is not None
    losses.hover(position={"x": box["width"] / 2, "y": 20})
    assert reader.page.locator(f"{BOX} .tip").inner_text().startswith("Epoch ")
    losses.click(position={"x": 12, "y": 20})  # left of the first moment
    reader.page.wait_for_function(f"() => document.querySelector('{BOX} .film input').value === '0'")
    assert reader.page.locator(f"{BOX} .told").inner_text().startswith("After 0 epochs")


def test_a_neuron_reached_by_the_keyboard_shows_its_picture(
    new_reader: NewReader, network_server: Server
) -> None:
    reader = opened(new_reader, network_server, "hidden=4,3")
    name, about = reader.page.locator(f"{BOX} .name b"), reader.page.locator(f"{BOX} .about")
    answer = picture(reader, ".answer")
    reader.page.wait_for_selector(f"{BOX} .neurons button[aria-label]")
    before = n_drawn(reader)
    for _ in range(30):  # whatever the page has before it
        reader.page.keyboard.press("Tab")
        if reader.page.evaluate("() => document.activeElement.matches('.neurons button')"):
            break
    drawn_after(reader, before)
    assert name.inner_text() == "Layer 1, neuron 1"
    assert "then tanh" in about.inner_text()
    assert picture(reader, ".answer") != answer
    label = reader.page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert label.startswith("Layer 1, neuron 1 of 4. Largest weight: ")
    reader.page.keyboard.press("ArrowRight")
    reader.page.wait_for_function(
        f"() => document.querySelector('{BOX} .name b').textContent === 'Layer 2, neuron 1'"
    )
    before = n_drawn(reader)
    reader.page.keyboard.press("Tab")  # one stop for the whole network: the next is the film's
    assert not reader.page.evaluate("() => document.activeElement.matches('.neurons button')")
    drawn_after(reader, before)
    assert name.inner_text() == "What the network answers"
    assert picture(reader, ".answer") == answer
    assert reader.errors() == []


def test_a_pressed_neuron_stays_while_the_training_is_scrubbed(
    new_reader: NewReader, network_server: Server
) -> None:
    reader = opened(new_reader, network_server, "hidden=4,3")
    neuron = reader.page.locator(f"{BOX} .neurons button[data-layer='2'][data-neuron='1']")
    neuron.click()
    assert neuron.get_attribute("aria-pressed") == "true"
    before = n_drawn(reader)
    reader.page.locator(f"{BOX} .film input").press("Home")
    reader.page.mouse.move(5, 5)
    drawn_after(reader, before)
    assert reader.page.locator(f"{BOX} .name b").inner_text() == "Layer 2, neuron 2"
    neuron.click()
    reader.page.mouse.move(5, 5)
    reader.page.wait_for_function(
        f"() => document.querySelector('{BOX} .name b').textContent === 'What the network answers'"
    )


def test_a_row_says_its_number_its_class_and_the_answer(
    new_reader: NewReader, network_server: Server
) -> None:
    reader = opened(new_reader, network_server, "kind=moons")
    _, dealt = trained("moons")
    row = int(dealt.test[3])
    x, y = reader.page.evaluate(f"(row) => document.querySelector('{BOX}').spotOf(row)", row)
    reader.page.locator(f"{BOX} .answer canvas").hover(position={"x": x, "y": y})
    told = reader.page.locator(f"{BOX} .tip").inner_text()
    assert told.startswith(f"Row {row + 1} (test): x₁ ")
    assert f"It is {dealt.data.classes[dealt.data.targets[row]]}." in told


def test_a_control_beside_it_changes_neither_the_moment_nor_the_picture(
    new_reader: NewReader, network_server: Server
) -> None:
    reader = opened(new_reader, network_server, "epochs=60")
    before = n_drawn(reader)
    reader.page.locator(f"{BOX} .film input").press("Home")
    drawn_after(reader, before)
    shown = picture(reader, ".answer")
    reader.page.locator(".st-key-control input[type='range']").press("ArrowRight")
    reader.settle()
    assert reader.page.locator(f"{BOX} .film input").input_value() == "0"
    assert picture(reader, ".answer") == shown


@pytest.mark.parametrize("query", ["", "kind=wine&hidden=32,32,32,32,32,32&epochs=5"])
def test_a_phone_shows_it_all_without_sideways_scroll(
    new_reader: NewReader, network_server: Server, query: str
) -> None:
    reader = opened(new_reader, network_server, query, size=PHONE)
    over = reader.page.evaluate(
        "() => { const main = document.querySelector('[data-testid=\"stMain\"]');"
        "return [main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth]; }"
    )
    assert max(over) <= 0
    net, answer = (reader.page.locator(f"{BOX} {part} canvas").bounding_box() for part in (".net", ".answer"))
    assert net is not None
    assert answer is not None
    assert net["y"] + net["height"] <= answer["y"]
    assert answer["x"] + answer["width"] <= PHONE[0]
    assert reader.errors() == []


def test_on_a_slide_no_word_is_smaller_than_the_last_row_can_read(
    new_reader: NewReader, network_server: Server
) -> None:
    reader = opened(new_reader, network_server, "stage=1&kind=wine&hidden=8,6&epochs=5", size=(1280, 720))
    words = f"{BOX} .said p, {BOX} .legend span"
    each = "(word) => parseFloat(getComputedStyle(word).fontSize)"
    sizes = reader.page.evaluate(f"() => [...document.querySelectorAll('{words}')].map({each})")
    sizes.append(reader.page.evaluate(f"() => document.querySelector('{BOX}').state.sizes.font"))
    assert min(sizes) >= 18
    slide = reader.page.locator(".st-key-stage").bounding_box()
    film = reader.page.locator(f"{BOX} .film").bounding_box()
    legend = reader.page.locator(f"{BOX} .legend").bounding_box()
    answer = reader.page.locator(f"{BOX} .answer canvas").bounding_box()
    assert slide is not None
    assert film is not None
    assert legend is not None
    assert answer is not None
    assert film["y"] + film["height"] <= slide["y"] + slide["height"] + 1
    assert answer["y"] + answer["height"] <= legend["y"] + 1
    assert reader.errors() == []
