"""A reader gathers photos: uploads, sorts, renames, and forgets them again."""

import gc
import weakref

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from dl_core.transfer.own_piles import PhotoPiles
from dl_core.transfer.pictures import Pictures
from pages._shared import photo_desk, photo_piles
from pages._shared.photo_input import WARNING
from tests.photo_files import encoded, zipped


def photo(seed: int, dimmed: float = 1.0) -> bytes:
    """Coloured patches that no other seed gives."""
    small = np.random.default_rng(seed).integers(60, 250, (8, 8, 3)) * dimmed
    patches = Image.fromarray(small.astype(np.uint8))
    return encoded(patches.resize((128, 128), Image.Resampling.NEAREST))


def files(*seeds: int) -> list[tuple[str, bytes, str]]:
    return [(f"{seed}.png", photo(seed), "image/png") for seed in seeds]


def archive(**folders: int) -> tuple[str, bytes, str]:
    packed = {
        f"{folder}/{at}.png": photo(1000 * start + at)
        for start, (folder, n) in enumerate(folders.items(), 1)
        for at in range(n)
    }
    return ("photos.zip", zipped(packed | {"notes.txt": b"Milk"}), "application/zip")


def page():
    import streamlit as st

    from pages._shared.photo_piles import own_pictures

    holder = st.session_state.setdefault("holder", {})
    holder["found"] = own_pictures("mine")


@pytest.fixture
def app() -> AppTest:
    opened = AppTest.from_function(page, default_timeout=60).run()
    return fine(opened)


def fine(app: AppTest) -> AppTest:
    assert not app.exception, [each.message for each in app.exception]
    return app


def desk(app: AppTest) -> photo_desk.Desk:
    return app.session_state["mine_desk"]


def found_by(app: AppTest) -> Pictures | None:
    return app.session_state["holder"]["found"]


def upload(app: AppTest, *seeds: int) -> AppTest:
    return fine(app.file_uploader[0].set_value(files(*seeds)).run())


def choose(app: AppTest, key: int) -> AppTest:
    return fine(app.button_group(key="mine_class").set_value(key).run())


def name_field(app: AppTest):
    (field,) = app.text_input
    return field


def pick_field(app: AppTest):
    (field,) = app.multiselect
    return field


def counts(app: AppTest) -> list[int]:
    return [len(each.photos) for each in desk(app).piles.classes]


def two_classes(app: AppTest) -> AppTest:
    upload(app, 1, 2, 3)
    choose(app, 2)
    return upload(app, 4, 5)


def test_the_warning_stands_before_the_field_and_what_is_missing_is_said(app):
    kinds = [each.type for each in app.main]
    assert kinds.index("caption") < kinds.index("file_uploader")
    assert app.caption[0].value.startswith(WARNING)
    assert [each.value for each in app.info] == [
        "Add 2 photos or more to “Class 1” and “Class 2”. Then your own task begins."
    ]
    assert found_by(app) is None
    assert all(each.label != "Forget all my photos" for each in app.button)


def test_uploads_become_a_task_and_the_field_is_emptied(app):
    upload(app, 1, 2, 3)
    assert counts(app) == [3, 0]
    assert found_by(app) is None
    assert app.file_uploader[0].value in (None, [])
    choose(app, 2)
    upload(app, 4, 5)
    found = found_by(app)
    assert (found.names, found.counts, found.is_own) == (("Class 1", "Class 2"), (3, 2), True)
    again = found_by(fine(app.run()))
    assert again is found
    assert app.query_params == {}


def test_the_same_content_is_the_same_object(app):
    found = found_by(two_classes(app))
    assert name_field(app).value == "Class 2"
    fine(name_field(app).set_value("**Class 2**").run())  # cleaned, it is what it was
    assert found_by(app) is found
    upload(app, 4)  # there already
    assert found_by(app) is found
    assert [each.value for each in app.warning] == ["1 photo was there already."]


def test_bad_files_are_told_and_the_good_ones_kept(app):
    bill = ("bill_<b>.png", b"%PDF-1.7", "image/png")
    fine(app.file_uploader[0].set_value([*files(1, 2), bill]).run())
    assert counts(app) == [2, 0]
    assert [each.value for each in app.warning] == ["“bill b.png” is no photo."]


def test_a_zip_names_the_classes(app):
    fine(app.file_uploader[1].set_value(archive(cats=3, dogs=2, birds=2)).run())
    found = found_by(app)
    assert (found.names, found.counts) == (("cats", "dogs", "birds"), (3, 2, 2))
    assert [each.value for each in app.warning] == ["“notes.txt” is no photo."]
    assert name_field(app).value == "cats"


def test_a_broken_zip_is_one_sentence(app):
    fine(app.file_uploader[1].set_value(("x.zip", b"PK\3\4 nothing", "application/zip")).run())
    assert [each.value for each in app.warning] == [
        "This file is no ZIP, or it is damaged or cut off. Pack the photos again."
    ]


def test_photos_are_renamed_moved_and_removed(app):
    two_classes(app)
    choose(app, 1)
    fine(name_field(app).set_value("<b>Mug</b>").run())
    assert desk(app).piles.at(1).name == "b Mug b"
    fine(pick_field(app).set_value([1, 3]).run())
    fine(app.button(key="mine_move_2").click().run())
    assert counts(app) == [1, 4]
    choose(app, 2)
    fine(pick_field(app).set_value([2]).run())
    fine(app.button(key="mine_remove").click().run())
    assert counts(app) == [1, 3]
    assert pick_field(app).value == []
    fine(name_field(app).set_value("B MUG B").run())
    assert [each.value for each in app.warning] == [
        "There is a class “B MUG B” already. Move the photos there instead."
    ]
    assert name_field(app).value == "Class 2"


def test_classes_are_added_up_to_six_and_removed_down_to_two(app):
    for n in range(3, 7):
        fine(app.button(key="mine_add").click().run())
        assert app.session_state["mine_class"] == n
    assert len(desk(app).piles.classes) == 6
    assert all(each.key != "mine_add" for each in app.button)
    for n in range(6, 2, -1):
        choose(app, n)
        fine(app.button(key=f"mine_gone_{n}").click().run())
    assert [each.key for each in desk(app).piles.classes] == [1, 2]
    assert not [each for each in app.button if each.key.startswith("mine_gone")]


def test_findings_mark_photos_and_copies_are_picked(app):
    dim = [(f"{n}.png", photo(7, dimmed), "image/png") for n, dimmed in enumerate((1, 0.9, 0.8))]
    fine(app.file_uploader[0].set_value([*files(1), *dim]).run())
    told = [each.value for each in app.markdown]
    assert any("3 photos look nearly like another one: “Class 1” 2, 3 and 4" in line for line in told)
    assert any("Few photos: “Class 1” (4)" in line for line in told)
    assert any(each.value.startswith("A frame and “!” mark") for each in app.caption)
    fine(app.button(key="mine_copies").click().run())
    assert pick_field(app).value == [3, 4]
    fine(app.button(key="mine_remove").click().run())
    assert counts(app) == [2, 0]


def test_many_photos_are_shown_by_pages(app):
    fine(app.file_uploader[1].set_value(archive(cats=30, dogs=2)).run())
    shown = app.selectbox(key="mine_page_1")
    assert shown.options == ["1 to 24 of 30", "25 to 30 of 30"]
    fine(shown.select(25).run())


def test_uploads_are_out_of_streamlits_hands(app, monkeypatch):
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

    gone = []
    remove = MemoryUploadedFileManager.remove_file
    monkeypatch.setattr(
        MemoryUploadedFileManager, "remove_file",
        lambda self, session_id, file_id: (gone.append(file_id), remove(self, session_id, file_id))[1],
    )  # fmt: skip
    upload(app, 1, 2)
    assert len(set(gone)) == 2


def test_files_that_streamlit_tells_of_a_second_time_change_nothing():
    """A browser that has not heard of the emptied field sends it again; by then the content is gone."""

    def page():
        import streamlit as st
        from streamlit.runtime.uploaded_file_manager import DeletedFile

        from pages._shared import photo_desk

        desk = photo_desk.desk_of("mine")
        desk.said = ("“a.txt” is no photo.",)
        for value in (DeletedFile("1"), [DeletedFile("1"), DeletedFile("2")], None, []):
            st.session_state["field"] = value
            photo_desk.files_came("mine", "field", 1)
            photo_desk.zip_came("mine", "field", 1)
            photo_desk.shot_came("mine", "field", 1)

    app = fine(AppTest.from_function(page).run())
    after = desk(app)
    assert after.said == ("“a.txt” is no photo.",)
    assert (after.emptied, after.shots, len(after.waiting)) == (0, 0, 0)


def test_reading_goes_on_where_another_click_cut_it_off(app, monkeypatch):
    """A click ends the run between two files; the next run reads the rest."""

    class AnotherClickError(Exception):
        pass

    take_in, taken = photo_desk.take_in, []

    def cut_off(*given):
        take_in(*given)
        taken.append(given)
        if len(taken) == 2:
            raise AnotherClickError

    monkeypatch.setattr(photo_desk, "take_in", cut_off)
    app.file_uploader[0].set_value(files(*range(1, 6))).run()
    assert len(app.exception) == 1
    assert counts(app) == [2, 0]
    fine(app.run())
    assert counts(app) == [5, 0]
    assert not desk(app).waiting


def test_a_bar_tells_how_far_it_is_and_stop_lets_the_rest_go(app, monkeypatch):
    monkeypatch.setattr(photo_piles, "QUICK", 0.0)
    monkeypatch.setattr(photo_piles, "EVERY", 0.0)
    said = []
    monkeypatch.setattr(photo_piles, "_say", lambda bar, share, text: said.append((share, text)))
    upload(app, 1, 2, 3, 4)
    assert said == [(n / 4, f"Reading: {n} of 4 files") for n in (1, 2, 3)]

    def stop_at_once():
        from pages._shared import photo_desk
        from pages._shared.photo_desk import Desk, stop

        st = photo_desk.st
        st.session_state["mine_desk"] = Desk(n_came=2)
        st.session_state["mine_desk"].waiting.extend([("a file", 1), ("another", 1)])
        stop("mine")

    stopped = fine(AppTest.from_function(stop_at_once).run())
    assert not desk(stopped).waiting
    assert desk(stopped).said == ("Stopped: 2 files stayed unread.",)


def test_files_beyond_the_limit_are_left_out(app, monkeypatch):
    from dl_core.transfer import own_piles

    for module in (photo_desk, own_piles):
        monkeypatch.setattr(module, "MOST_PHOTOS", 3)
    upload(app, 1, 2, 3, 4, 5)
    assert counts(app) == [3, 0]
    assert [each.value for each in app.warning] == ["2 files were left out: 1,500 photos are the most."]


def test_forget_leaves_nothing(app):
    two_classes(app)
    held = weakref.ref(found_by(app))
    rows = weakref.ref(desk(app).piles.at(1).photos[0])
    fine(app.button(key="mine_forget").click().run())
    assert desk(app).piles == PhotoPiles()
    assert found_by(app) is None
    assert all(each.label != "Forget all my photos" for each in app.button)
    gc.collect()
    assert held() is None
    assert rows() is None


def test_forget_also_drops_what_was_computed_of_own_pictures():
    def page():
        from dataclasses import dataclass
        from typing import Any

        import numpy as np
        import streamlit as st

        from dl_core.transfer.pictures import Pictures
        from pages._shared import job
        from pages._shared.photo_desk import forget
        from pages._shared.visit import visit

        @dataclass(frozen=True)
        class Settings:
            pictures: Any

        def pictures(is_own):
            none = np.zeros(2, np.int64)
            return Pictures("mine", ("Mug",), np.zeros((2, 64, 64, 3), np.uint8), none, none, is_own)

        own, ready = Settings(pictures(True)), Settings(pictures(False))
        visit().kept |= {"task": (own, 1, {}), "race": (ready, 2, {}), "leak": ((own, 5), 3, {})}
        desks = {
            "race": job.Desk(wanted=("race", ready), last=7),
            "leak": job.Desk(wanted=("leak", own), last=8),
        }
        desks["race"].own.put(("race", own), 9)
        st.session_state["work_beside"] = desks
        forget("mine")
        st.session_state["kept"] = list(visit().kept)
        st.session_state["left"] = [desks["race"].last, desks["leak"].last, desks["leak"].wanted]
        st.session_state["shelf"] = desks["race"].own.take(("race", own))

    app = fine(AppTest.from_function(page).run())
    assert app.session_state["kept"] == ["race"]
    assert app.session_state["left"] == [7, None, None]
    assert app.session_state["shelf"] is None
