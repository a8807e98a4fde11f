from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as run_with
from hypothesis import strategies as st

from dl_core.decide.ready import (
    ANSWERS,
    HEADS,
    KEYS,
    PRESETS,
    QUESTIONS,
    Settings,
    next_sentence,
    story,
    takeaway,
)
from dl_core.documents import still
from dl_core.documents.brief import FIELDS, BadBrief, from_plain, to_plain
from dl_core.figures.decide_ready import checklist, title
from dl_core.figures.picture import ACCENT
from pages._words import decide_plan as words
from tests.readability import read
from tests.readability import words as words_of

lawful = run_with(deadline=None, derandomize=True, max_examples=60)
answers = st.tuples(*[st.sampled_from(ANSWERS)] * len(QUESTIONS)).map(Settings)
every_setting = pytest.mark.parametrize(
    "chosen", [Settings(), *PRESETS.values()], ids=["unanswered", *PRESETS]
)


def test_twelve_questions_stand_under_their_heads_in_order():
    assert len(QUESTIONS) == 12
    assert len(set(KEYS)) == 12
    assert sorted(QUESTIONS, key=lambda one: HEADS.index(one.head)) == list(QUESTIONS)
    assert {one.head for one in QUESTIONS} == set(HEADS)


@lawful
@given(answers)
def test_a_head_is_ready_only_when_all_its_answers_are_yes(chosen):
    told = story(chosen)
    assert [said for head in told.heads for _, said in head.asked] == list(chosen.answers)
    for head in told.heads:
        said = [answer for _, answer in head.asked]
        assert (head.state == "ready") == (set(said) == {"yes"})
        assert (head.state == "gap") == ("no" in said)
    assert sum(len(told.named(state)) for state in ("ready", "gap", "open")) == len(HEADS)


@lawful
@given(answers)
def test_the_next_is_the_first_no_and_else_the_first_doubt(chosen):
    told = story(chosen)
    said = list(chosen.answers)
    if "no" in said:
        assert told.next == QUESTIONS[said.index("no")]
        assert told.next.missing in next_sentence(told)
    elif "not sure" in said:
        assert told.next == QUESTIONS[said.index("not sure")]
    else:
        assert told.next is None
    if told.next:
        assert f"Ask {told.next.whom}." in takeaway(told)


@lawful
@given(answers)
def test_closing_the_next_gap_brings_another_or_the_end(chosen):
    steps = 0
    while (gap := story(chosen).next) is not None:
        said = list(chosen.answers)
        said[KEYS.index(gap.key)] = "yes"
        chosen = Settings(tuple(said))
        steps += 1
    assert steps <= len(QUESTIONS)
    assert title(story(chosen)) == "All seven parts are ready"


@lawful
@given(answers)
def test_what_is_said_is_plain(chosen):
    told = story(chosen)
    said = [takeaway(told), words.ready_headline(told), title(told), *words.ready_tells(told).values()]
    reading = read(said)
    assert reading.grade <= 9
    assert all(len(words_of(one)) <= 25 for one in reading.sentences)
    assert len(said[0].split()) <= 45
    assert 2 <= len(said[1].split()) <= 12
    assert len(f"{said[1]} {said[2]}".split()) <= 25
    assert set(words.ready_tells(told)) <= {field for field, _ in FIELDS}


def test_the_questions_are_plain():
    texts = [text for one in QUESTIONS for text in (one.ask, f"{one.missing.capitalize()}.", one.whom)]
    assert read(texts).grade <= 9
    assert all(len(one.short.split()) <= 4 for one in QUESTIONS)
    assert all(one.ask.endswith("?") for one in QUESTIONS)


def test_no_sentence_gives_a_bare_score():
    told = story(PRESETS["After a good pilot"])
    assert title(told) == "Four parts are ready, three have a gap"
    assert takeaway(told) == (
        "Ready: Data, Difficulty, Quality and Technical needs. "
        "Close this gap first: price three years, people included. "
        "Ask finance and your engineers. Then four more questions."
    )


def test_an_unanswered_list_says_nothing_for_the_engineers():
    assert words.ready_tells(story(Settings())) == {}
    assert set(words.ready_tells(story(PRESETS["Ready to launch"]))) == {"Review", "Explanation", "Stop rule"}


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"answers": ("yes",)}, "Give 12 answers"),
        ({"answers": ("maybe",) * 12}, "Give 12 answers"),
        ({"proposed": ("horoscope",)}, "must belong to one of the questions"),
    ],
)
def test_nonsense_is_refused_in_the_reader_s_words(given_, says):
    with pytest.raises(ValueError, match=says):
        Settings(**given_)


def test_a_saved_brief_brings_the_answers_back():
    chosen = replace(PRESETS["After a good pilot"], proposed=("priced",))
    plain = to_plain(chosen)
    assert from_plain(story, plain) == chosen
    with pytest.raises(BadBrief):
        from_plain(story, {**plain, "answers": ["perhaps"] * 12})


@every_setting
def test_the_picture_shows_every_answer_once_and_frames_the_next(chosen):
    told = story(chosen)
    picture = checklist(told)
    figure = picture.checked_figure
    assert {trace.name: len(trace.x) for trace in figure.data} == {
        answer: chosen.answers.count(answer) for answer in ANSWERS
    }
    assert len({trace.marker.symbol for trace in figure.data}) == 3  # not by colour alone
    shown = [note.text for note in figure.layout.annotations]
    assert all(shown.count(one.short) == 1 for one in QUESTIONS)
    framed = [one for one in figure.layout.shapes if one.line.color == ACCENT]
    assert len(framed) == (0 if told.next is None else 1)
    if told.next:
        row = 1 - (KEYS.index(told.next.key) + 0.5) / len(QUESTIONS)
        assert framed[0].y0 < row < framed[0].y1
    assert still.png(picture, pixels_per_inch=40)[1:4] == b"PNG"
    assert list(picture.table["answer"]) == list(chosen.answers)
    assert len(picture.json) < 12_000


def test_what_the_visit_proposed_wears_a_star():
    chosen = replace(PRESETS["After a good pilot"], proposed=("priced",))
    shown = [note.text for note in checklist(story(chosen)).checked_figure.layout.annotations]
    assert shown.count("yes *") == 1
