"""Ready-made tasks by link; a reader's own photos through every scene, and forgotten."""

from __future__ import annotations

import gc
import io
import json
import weakref
import zipfile
from collections import deque
from datetime import date

import numpy as np
import pytest
from PIL import Image

from dl_core.transfer import checked, opening, race, strange, tasks
from dl_core.transfer.export import card_file, head_file, package
from dl_core.transfer.head_file import read_head
from dl_core.transfer.own_photos import MOST_PHOTOS
from dl_core.transfer.pictures import Pictures
from dl_core.transfer.tasks import TASKS, ready_made, shipped_features
from pages._controls import transfer_learning_export as export_controls
from pages._shared import photo_desk
from pages._shared.brief import _to_save
from pages._shared.job import SHARED
from pages._shared.lessons import lesson as lesson_named
from pages._shared.scene import _at_rest as at_rest_of
from tests.photo_files import BARS, DISCS, drawn, encoded, two_classes, zipped

PAGE, NAME = "transfer_learning.py", "transfer_learning"
# these look at the task; the leak does when it is asked to
FOLLOWING = ("task", "contest", "mixed", "stranger", "distance")


def visit_of(app):
    return app.session_state["visit"]


def left(app):
    return visit_of(app).left[NAME]


def scenes():
    return {scene.key: scene for scene in lesson_named(NAME).scenes}


def fine(app):
    assert not app.exception, [each.message for each in app.exception]
    return app


def field_for_zips(app):
    return next(field for field in app.file_uploader if field.proto.label.startswith("One ZIP"))


def unpack(app, file):
    return fine(field_for_zips(app).set_value(file).run())


@pytest.fixture
def own(open_page):
    """The page with eight drawn photos of each of two classes."""
    return unpack(open_page(PAGE), two_classes(8))


def text_of(app) -> str:
    return " ".join(str(each.value) for kind in (app.markdown, app.caption, app.header) for each in kind)


@pytest.mark.parametrize("key", TASKS)
def test_a_ready_made_task_is_in_the_link(open_page_once, key, pictures):
    app = open_page_once(PAGE, task_choice=TASKS[key].name)
    for scene in FOLLOWING:
        assert left(app)[scene].pictures is ready_made(key)
    shown = pictures(app)
    assert set(shown) == {f"{scene}_picture" for scene in scenes()}
    assert not app.error


def test_the_race_can_be_run_where_borrowing_gains_nothing(open_page_once):
    app = open_page_once(PAGE, race_which=TASKS["numbers"].name)
    assert left(app)["contest"].pictures is ready_made("numbers")
    assert left(app)["task"].pictures is ready_made("fabrics")
    raced = visit_of(app).kept["contest"][1]
    assert raced.verdict("head", "scratch") != "better"
    assert app.pills(key="contest_preset").value == "Far: house numbers"


def test_more_photos_change_the_sentence_and_the_link(open_page, sentence):
    app = open_page(PAGE, task_photos="5")
    few = sentence(app, "takeaway")
    assert few == opening.takeaway(visit_of(app).kept["task"][1])
    assert left(app)["task"].n_per_class == 5
    fine(app.select_slider(key="task_photos").set_value(40).run())
    assert sentence(app, "takeaway") != few
    assert visit_of(app).kept["task"][1].counts == (39,) * 4  # of 20 bursts of 3, 7 are held out
    assert visit_of(app).kept["mixed"][1].settings.n_per_class == 40


def test_the_warm_up_makes_what_the_page_opens_with(open_page_once):
    app = open_page_once(PAGE)
    states = {scene.key: at_rest_of(scene) for scene in lesson_named(NAME).scenes}
    prepared = {key: state[0] for key, state in states.items() if state}
    assert prepared == {key: left(app)[key] for key in prepared}
    assert set(prepared) >= {scene.key for scene in lesson_named(NAME).scenes if scene.beside}
    assert left(app)["task"].pictures is ready_made("fabrics")


def test_own_photos_become_the_task_of_every_scene(own, pictures, sentence):
    app = own
    task = left(app)["task"].pictures
    assert (task.names, task.counts, task.is_own) == ((DISCS, BARS), (8, 8), True)
    fine(app.segmented_control(key="leak_which").set_value("above").run())
    shown, seen = left(app), visit_of(app)
    assert set(pictures(app)) == {f"{scene}_picture" for scene in scenes()}
    for key in (*FOLLOWING, "leak"):
        scene = scenes()[key]
        assert shown[key].pictures is task
        assert scene.own(shown[key])
        assert seen.kept[key][0] == shown[key]
        assert scene.headline(seen.kept[key][1]) in [each.value for each in app.header] or key == "task"
    told = seen.kept["task"][1]
    assert sentence(app, "takeaway") == opening.takeaway(told)
    assert told.right.n == 6  # of 8 a class 3: a third or more
    raced = seen.kept["contest"][1]
    assert raced.is_whole
    assert raced.n_held_out == 6
    assert DISCS in app.selectbox(key="confusion_truth").options
    fine(app.selectbox(key="confusion_truth").select(1).run())
    assert seen.kept["mixed"][1].opened.truth == 1
    for look in ("known", "stranger"):
        fine(app.segmented_control(key="stranger_look").set_value(look).run())
        assert seen.kept["stranger"][1].settings.look == look


def test_the_files_are_made_of_the_own_photos_head(own):
    app = own
    told = visit_of(app).kept["task"][1]
    offered = {each.proto.label for each in app.get("download_button")}
    assert {label for label, *_ in export_controls.FILES} <= offered
    for _, name, _, _, write in export_controls.FILES:
        assert write(told), name
    with zipfile.ZipFile(io.BytesIO(package(told, date(2026, 1, 2)))) as packed:
        assert packed.testzip() is None
        assert packed.read("labels.txt").decode().split() == [DISCS, BARS]
    assert DISCS in card_file(told, date(2026, 1, 2)).decode()
    back = read_head(head_file(told))
    assert export_controls.tried(back, told).startswith("On the task of the four steps it has")
    field = app.file_uploader(key="import_head")
    fine(field.upload("head.safetensors", head_file(told), "application/octet-stream").run())
    assert f"This head tells apart: {DISCS} and {BARS}." in text_of(app)


def test_nothing_of_own_photos_is_in_the_link_or_shared(own):
    app = own
    fine(app.selectbox(key="confusion_said").select(1).run())
    link = visit_of(app).link(NAME)
    told = f"{link} {dict(app.query_params)}"
    assert not any(part in told for part in (DISCS, BARS, "confusion_said"))
    shared = [key for key in SHARED._kept if photo_desk.holds_own(key)]
    assert not shared
    fine(app.button(key=f"{NAME}_take_add").click().run())
    (card,) = visit_of(app).cards
    assert photo_desk.holds_own(card.scenes[0][1])
    saved = _to_save(visit_of(app), "A title", {}).model_dump_json()
    assert json.loads(saved)["cards"] == []
    assert DISCS not in saved


def test_a_card_of_a_ready_made_task_is_saved_by_its_name(open_page):
    app = open_page(PAGE, task_choice=TASKS["parts"].name)
    fine(app.button(key=f"{NAME}_take_add").click().run())
    (card,) = json.loads(_to_save(visit_of(app), "A title", {}).model_dump_json())["cards"]
    assert card["scenes"][0]["settings"] == {"pictures": "parts", "n_per_class": 20, "seed": 0}


def test_forget_brings_the_ready_made_task_back_and_drops_everything(own, sentence):
    app = own
    fine(app.segmented_control(key="leak_which").set_value("above").run())
    fine(app.button(key=f"{NAME}_take_add").click().run())
    task = left(app)["task"].pictures
    assert app.session_state["task_desk"].rows
    pictures, pixels = weakref.ref(task), weakref.ref(task.pixels)
    del task
    fine(app.button(key="task_forget").click().run())
    seen, desk = visit_of(app), app.session_state["task_desk"]
    assert left(app)["task"] == opening.at_rest()
    assert sentence(app, "takeaway") == opening.takeaway(seen.kept["task"][1])
    assert not any(map(photo_desk.holds_own, left(app).values()))
    assert not any(photo_desk.holds_own(settings) for settings, *_ in seen.kept.values())
    assert not seen.shown[NAME].pictures.is_own
    assert seen.cards == ()
    assert (desk.task, desk.everything, desk.rows, desk.findings) == (None, None, {}, ())
    for work in app.session_state["work_beside"].values():
        assert not photo_desk.holds_own(work.wanted)
    gc.collect()
    assert pictures() is None
    assert pixels() is None


def test_forget_leaves_the_cards_of_ready_made_tasks(open_page):
    app = open_page(PAGE)
    fine(app.button(key=f"{NAME}_take_add").click().run())
    before = visit_of(app).cards
    unpack(app, two_classes(3))
    fine(app.button(key=f"{NAME}_take_add").click().run())
    assert len(visit_of(app).cards) == 2
    fine(app.button(key="task_forget").click().run())
    assert visit_of(app).cards == before


def test_forgetting_in_a_room_leaves_no_scene_with_photos():
    """On the stage only one scene is drawn, so the others do not note their settings anew."""
    from pages._shared.visit import Visit

    own = Pictures(
        "mine", ("A", "B"), np.zeros((4, 64, 64, 3), np.uint8), np.array([0, 0, 1, 1]), np.arange(4), True
    )
    settings, ready = opening.Settings(own), opening.at_rest()
    seen = Visit(left={NAME: {"task": settings, "leak": ready}, "other": {"x": 1}})
    seen.shown = {NAME: 5, "other": 6}
    seen.kept = {"task": (settings, 1, {}), "leak": (ready, 2, {})}
    photo_desk._forget_in(seen)
    assert seen.left == {NAME: {"leak": ready}, "other": {"x": 1}}
    assert (seen.shown, list(seen.kept)) == ({"other": 6}, ["leak"])


def test_a_bad_zip_is_one_sentence_and_the_page_keeps_what_it_had(own, sentence):
    app = own
    before, task = sentence(app, "takeaway"), left(app)["task"]
    unpack(app, ("x.zip", b"PK\3\4 nothing", "application/zip"))
    assert [each.value for each in app.warning] == [
        "This file is no ZIP, or it is damaged or cut off. Pack the photos again."
    ]
    assert left(app)["task"] == task
    assert sentence(app, "takeaway") == before


def test_another_name_or_one_more_photo_looks_only_at_what_is_new(own, monkeypatch):
    app, looked_at, features_of = own, [], tasks.features_of

    def counted(pixels, go_on=None):
        looked_at.append(len(pixels))
        return features_of(pixels, go_on)

    monkeypatch.setattr(tasks, "features_of", counted)
    fine(app.text_input(key=f"task_name_1_{DISCS}").set_value("Round").run())
    assert left(app)["task"].pictures.names == ("Round", BARS)
    assert sum(looked_at) == 0
    files = next(field for field in app.file_uploader if field.proto.label.startswith("Photos of"))
    fine(files.set_value([("one.png", drawn(DISCS, 99), "image/png")]).run())
    assert left(app)["task"].pictures.counts == (9, 8)
    assert sum(looked_at) == 1


def test_two_photos_a_class_get_through_every_scene(open_page):
    app = unpack(open_page(PAGE), two_classes(2))
    fine(app.segmented_control(key="leak_which").set_value("above").run())
    assert left(app)["task"].pictures.counts == (2, 2)
    assert set(visit_of(app).kept) >= set(scenes())


def patches(seed: int) -> bytes:
    """A small photo of coloured patches, as no other seed gives it."""
    small = np.random.default_rng(seed).integers(40, 250, (4, 4, 3)).astype(np.uint8)
    return encoded(Image.fromarray(small).resize((64, 64), Image.Resampling.NEAREST))


def arrays_within(value: object, seen: set[int] | None = None) -> dict[int, np.ndarray]:
    """Every array that can be reached from here, each once; of a view the array that it looks into."""
    seen = set() if seen is None else seen
    if id(value) in seen or isinstance(value, type):
        return {}
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        while isinstance(value.base, np.ndarray):
            value = value.base
        return {id(value): value}
    inside: list[object] = []
    if isinstance(value, dict):
        inside = list(value.values())
    elif isinstance(value, list | tuple | set | frozenset | deque):
        inside = list(value)
    elif type(value).__module__.startswith(("dl_core", "pages")):
        inside = list(getattr(value, "__dict__", {}).values())
    return {key: found for each in inside for key, found in arrays_within(each, seen).items()}


def kept_of(app, task: Pictures) -> dict[int, np.ndarray]:
    """What this visit alone keeps in memory: not what it shares with every other."""
    beside = [tasks._KEPT.get(task), *(kept._of.get(task) for kept in (checked._KEPT, strange._KEPT))]
    for_all = arrays_within(
        [*map(ready_made, TASKS), *map(shipped_features, TASKS), strange.strangers_to(task), SHARED._kept]
    )
    mine = arrays_within([app.session_state._state.filtered_state, beside])
    return {key: found for key, found in mine.items() if key not in for_all}


def test_as_many_photos_as_there_may_be_get_through_every_scene_in_bounded_memory(
    open_page, sentence, monkeypatch
):
    half = MOST_PHOTOS // 2
    photos = {
        f"{kind}/{at}.png": patches(at + half * which)
        for which, kind in enumerate((DISCS, BARS))
        for at in range(half)
    }
    one_more = {f"{BARS}/one_more.png": patches(MOST_PHOTOS)}
    # a short race: its own tests let it run. No other test asks for draw 77, so nobody is given these results
    for name, short in (("RACED", 40), ("FINE_PASSES", 1), ("scratch_passes", lambda *_: 1)):
        monkeypatch.setattr(race, name, short)
    app = open_page(PAGE, task_draw="77")
    unpack(app, ("photos.zip", zipped(photos | one_more), "application/zip"))
    task, seen = left(app)["task"].pictures, visit_of(app)
    assert task.counts == (half, half)
    assert "1,500 photos are the most" in " ".join(app.session_state["task_desk"].said)
    assert sentence(app, "takeaway") == opening.takeaway(seen.kept["task"][1])
    for key in FOLLOWING:
        assert left(app)[key].pictures is task
    assert seen.kept["contest"][1].is_whole
    kept = kept_of(app, task).values()
    pixels = [array for array in kept if array.dtype == np.uint8]
    assert [array.shape for array in pixels] == [task.pixels.shape]
    assert pixels[0].nbytes == MOST_PHOTOS * 64 * 64 * 3  # once: 18 MB, as the page says
    # what the network made of them, 320 numbers each, by photo and as a table; heads and results
    assert sum(array.nbytes for array in kept) - pixels[0].nbytes < 8_000_000
