import pytest

from dl_core.pixel_question import PixelQuestion, sentence, story


def test_each_step_has_its_own_sentence_and_the_last_is_the_verdict():
    told = [sentence(story(PixelQuestion(step=step))) for step in (1, 2, 3, 4)]
    assert len(set(told)) == 4
    # 0.2*32 + 0.5*58 - 1.1*132 + 1.8*86 + 3.4 = 48.4 (SOURCES.md, N1)
    assert "train 48.4" in told[0]
    assert "27.5" in told[3]


def test_a_changed_weight_changes_the_score():
    # pixel 1 is 32: one more weight on it adds 32 to the train's 48.4
    weights = ((1.2, 0.5, -1.1, 1.8), (0.1, -0.2, 0.3, 0.05), (0.4, 0.3, 0.2, 0.1))
    assert story(PixelQuestion(weights=weights)).example.classes[0].score == pytest.approx(80.4)
