"""Present mode and the speaker's notes, as the server draws them."""

import json

import pytest

from pages._shared.catalogue import LESSONS
from pages._shared.lessons import lesson as lesson_named

every_lesson = pytest.mark.parametrize("entry", LESSONS, ids=lambda entry: entry.name)


def n_words(text: str) -> int:
    return len(text.split())


def words_on_the_slides(app, pictures) -> list[tuple[str, str]]:
    """(headline, the picture's finding) of each scene, as they stand on the slide."""
    findings = {
        key: json.loads(chart["figure"])["layout"]["title"]["text"] for key, chart in pictures(app).items()
    }
    keys = app.selectbox(key="scene").options  # in the order of the scenes
    return [
        (header.value, findings.get(f"{key}_picture", ""))
        for header, key in zip(app.header, keys, strict=True)
    ]


@every_lesson
def test_every_scene_is_drawn_with_its_headline_and_picture(entry, open_page, pictures):
    app = open_page(entry.file, present="1")
    scenes = lesson_named(entry.name).scenes
    assert len(app.header) == len(scenes)
    assert list(pictures(app)) == [f"{scene.key}_picture" for scene in scenes if not scene.show]
    assert len(app.title) == 1


@every_lesson
def test_a_slide_holds_few_words_at_the_defaults_and_at_every_preset(entry, open_page, pictures):
    app = open_page(entry.file, present="1")
    slides = words_on_the_slides(app, pictures)
    for group in [str(group.key) for group in app.button_group if str(group.key).endswith("_preset")]:
        for preset in app.button_group(key=group).options:
            slides += words_on_the_slides(app.button_group(key=group).set_value(preset).run(), pictures)
    for headline, finding in slides:
        assert 2 <= n_words(headline) <= 12
        assert n_words(headline) + n_words(finding) <= 25


@every_lesson
def test_the_slides_show_what_the_page_shows(entry, open_page, pictures, sentence):
    page, stage = open_page(entry.file), open_page(entry.file, present="1")
    for scene in lesson_named(entry.name).scenes:
        key = "takeaway" if scene is lesson_named(entry.name).opening else f"{scene.key}_sentence"
        assert sentence(stage, key) == sentence(page, key)
        if scene.show:
            continue
        on_page, on_stage = pictures(page)[f"{scene.key}_picture"], pictures(stage)[f"{scene.key}_picture"]
        if not scene.slide:
            assert json.loads(on_stage["figure"]) == json.loads(on_page["figure"])


@every_lesson
def test_the_link_sets_the_scene_and_nonsense_means_the_first(entry, open_page):
    keys = [scene.key for scene in lesson_named(entry.name).scenes]
    assert open_page(entry.file, present="1", scene=keys[-1]).session_state["scene"] == keys[-1]
    assert open_page(entry.file, present="1", scene="<script>").session_state["scene"] == keys[0]


@every_lesson
def test_the_live_control_of_each_scene_exists(entry, open_page):
    app = open_page(entry.file, present="1")
    keyed = {getattr(each, "key", None) for each in app.main} | {"photo_choice"}
    for scene in lesson_named(entry.name).scenes:
        assert not scene.live or scene.live in keyed, f"{scene.key} has no control {scene.live!r}"


@every_lesson
def test_the_notes_are_long_enough_to_say_and_short_enough_to_read(entry, open_page, pictures):
    app = open_page(entry.file, present="notes")
    assert pictures(app) == {}  # the speaker sees the room's picture on the wall
    shown = {" ".join(text.value.split()): text.value for text in app.markdown}
    for scene in lesson_named(entry.name).scenes:
        assert 60 <= n_words(scene.notes) <= 90
        say, point, expect = shown[scene.notes].split("\n\n")
        assert say.startswith("Say: ")
        assert point.startswith("Point ")
        assert expect.startswith(("Expect ", "Somebody will ask "))


@every_lesson
def test_five_hard_questions_are_answered_in_thirty_words(entry, open_page):
    app = open_page(entry.file, present="notes")
    asked = [text.value for text in app.markdown if text.value.startswith("**")]
    assert len(asked) == 5
    for text in asked:
        question, answer = text.removeprefix("**").split("?** ")
        assert 4 <= n_words(question) <= 15
        assert 8 <= n_words(answer) <= 30


@every_lesson
def test_the_button_on_the_page_starts_the_presentation(entry, open_page):
    page = open_page(entry.file)
    page.button(key="present").click().run()
    assert page.query_params["present"] == "1"
    assert len(page.header) == len(lesson_named(entry.name).scenes)
