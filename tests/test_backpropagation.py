import re

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dl_core.backpropagation import (
    EDGES,
    FARTHEST,
    LAST,
    N_BACKWARD,
    N_FORWARD,
    N_UPDATE,
    PRESETS,
    RATES,
    TARGET,
    WEIGHTS,
    Settings,
    backward,
    forward,
    squash,
    story,
    takeaway,
)
from tests.readability import read, sentences, words

lawful = settings(deadline=None, derandomize=True, max_examples=80)
inputs = st.floats(-FARTHEST, FARTHEST).map(lambda x: round(x, 2))
activations = st.sampled_from(["relu", "sigmoid"])
weights = st.tuples(*[st.floats(-2, 2)] * 6)
ORDER = ("forward",) * N_FORWARD + ("backward",) * N_BACKWARD + ("update",) * N_UPDATE


def test_the_whole_round_by_hand():
    # sums 0.5·1 + 0.25·2 = 1 and −1·1 + 1.5·2 = 2; ReLU keeps both; output 1·1 + 0.5·2 = 2; loss ½·1² = 0.5
    # slopes: output 2 − 1 = 1; its weights 1·1, 1·2; h1 1·1, h2 1·0.5; first weights 1·1, 1·2, 0.5·1, 0.5·2
    # at rate 0.1: 0.9, 0.3, 0.4, 0.05, −1.05, 1.4; then sums 0.5 and 1.75, output 0.45 + 0.525 = 0.975,
    # loss ½ · 0.025² = 0.0003125
    shown = story(Settings())
    assert (shown.before.sums, shown.before.hidden) == ((1, 2), (1, 2))
    assert (shown.before.output, shown.before.loss) == (2, 0.5)
    assert (shown.slopes.output, shown.slopes.hidden, shown.slopes.sums) == (1, (1, 0.5), (1, 0.5))
    assert shown.slopes.weights == (1, 2, 0.5, 1, 1, 2)
    assert shown.new_weights == pytest.approx((0.4, 0.05, -1.05, 1.4, 0.9, 0.3))
    assert shown.after.output == pytest.approx(0.975)
    assert shown.after.loss == pytest.approx(0.0003125)


def test_a_neuron_that_is_off_passes_no_slope_back():
    # x = (2, 1): −1·2 + 1.5·1 = −0.5, so h2 = 0; output 1.25, slope 0.25; h2's own weights get 0 · … = 0
    shown = story(PRESETS["One neuron off"])
    assert shown.before.sums == (1.25, -0.5)
    assert shown.slopes.weights == (0.5, 0.25, 0, 0, 0.3125, 0)
    assert shown.new_weights[2:4] == WEIGHTS[2:4]


@lawful
@given(weights, inputs, inputs, activations)
def test_the_slopes_are_autograds(six, x1, x2, activation):
    kept = forward(six, x1, x2, activation)
    ours = backward(six, x1, x2, kept, activation)
    theirs = torch.tensor(six, dtype=torch.float64, requires_grad=True)
    first, last = theirs[:4].view(2, 2), theirs[4:]
    sums = first @ torch.tensor([x1, x2], dtype=torch.float64)
    hidden = (torch.relu if activation == "relu" else torch.sigmoid)(sums)
    output = last @ hidden
    for each in (sums, hidden, output):
        each.retain_grad()
    loss = 0.5 * (output - TARGET) ** 2
    loss.backward()
    assert kept.loss == pytest.approx(loss.item(), rel=1e-9)
    assert ours.weights == pytest.approx(theirs.grad.tolist(), rel=1e-9, abs=1e-12)
    assert ours.hidden == pytest.approx(hidden.grad.tolist(), rel=1e-9, abs=1e-12)
    assert ours.sums == pytest.approx(sums.grad.tolist(), rel=1e-9, abs=1e-12)
    assert ours.output == pytest.approx(output.grad.item(), rel=1e-9, abs=1e-12)


@lawful
@given(weights, inputs, inputs, activations)
def test_the_slopes_agree_with_central_differences_on_both_sides_of_the_kink(six, x1, x2, activation):
    kept, step = forward(six, x1, x2, activation), 1e-6
    if activation == "relu" and min(map(abs, kept.sums)) < 1e-4:
        return  # at the kink itself there are two slopes
    ours = backward(six, x1, x2, kept, activation).weights
    for i in range(6):
        up, down = list(six), list(six)
        up[i] += step
        down[i] -= step
        either = forward(tuple(up), x1, x2, activation).loss - forward(tuple(down), x1, x2, activation).loss
        assert ours[i] == pytest.approx(either / (2 * step), rel=1e-4, abs=1e-6)


def test_the_slope_at_relus_kink_is_torchs():
    at = torch.tensor(0.0, requires_grad=True)
    torch.relu(at).backward()
    assert squash("relu", 0.0)[1] == at.grad.item() == 0


def test_numbers_come_forward_then_backward_then_as_updates():
    for chosen in PRESETS.values():
        numbers = story(chosen).numbers
        assert [one.phase for one in numbers] == ["start", *ORDER, "check"]
        assert len(numbers) == LAST + 1
    backwards = [one.place for one in story(Settings()).numbers if one.phase == "backward"]
    assert backwards == ["output", *EDGES[4:], "h1", "h2", "h1", "h2", *EDGES[:4]]  # the last layer first


def test_each_number_is_what_its_sentence_works_out():
    for chosen in PRESETS.values():
        for one in story(chosen).numbers[1:-1]:
            assert one.told.endswith("= 0.") or re.search(r"[= ]−?[\d.]+\.$", one.told)
            found = one.told.rstrip(".").rsplit(" ", 1)[1].replace("−", "-")
            assert float(found) == pytest.approx(one.value, rel=6e-4, abs=1e-12)
            told = re.search(r": (.*) = [^=]+$", one.told)
            if told and ("×" in told[1] or "−" in told[1]) and "½" not in told[1]:
                worked = eval(re.sub(r"\(kept\)", "", told[1]).replace("×", "*").replace("−", "-"))
                assert worked == pytest.approx(one.value, rel=2e-3, abs=2e-3)


def test_backpropagation_is_not_told_as_the_update():
    shown = story(Settings())
    for step, one in enumerate(shown.numbers):
        said = takeaway(story(Settings(step=step)))
        assert ("optimiser" in said) == (one.phase in ("update", "check"))


@lawful
@given(st.integers(0, LAST), activations, st.sampled_from(RATES), inputs, inputs)
def test_every_setting_gets_plain_words(step, activation, rate, x1, x2):
    said = takeaway(story(Settings(step, activation, rate, x1, x2)))
    assert max(len(words(each)) for each in sentences(said)) <= 25
    assert not re.search(r"nan|inf|\de[+-]?\d", said)


def test_the_words_are_easy():
    said = [takeaway(story(Settings(step, kind))) for step in range(LAST + 1) for kind in ("relu", "sigmoid")]
    assert read(said).grade <= 9


def test_a_rate_that_is_too_large_is_told():
    # at 0.5: weights 0, −0.75, −1.25, 1, 0.5, −0.5; h1 = 0, h2 = 0.75; output −0.375, loss ½ · 1.375²
    wild = story(Settings(learning_rate=0.5))
    assert wild.after.loss == pytest.approx(0.9453125)
    assert "The rate was too large: the loss rose" in takeaway(wild)
    # at (5, 5) the output is 5, and the step leaves both sums far below zero
    assert "fell silent" in takeaway(story(Settings(learning_rate=0.5, x1=5.0, x2=5.0)))
    # 0.5·0 + 0.25·0 = 0 everywhere: the output is 0, its slope −1, but nothing was passed on
    assert "nothing moved" in takeaway(story(Settings(x1=0.0, x2=0.0)))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"step": 25}, "choose 0 to 24"),
        ({"activation": "tanh"}, "choose relu or sigmoid"),
        ({"learning_rate": 0.2}, "choose one of 0.01, 0.1, 0.5"),
        ({"x1": 6.0}, "choose -5 to 5"),
        ({"x2": float("nan")}, "choose -5 to 5"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(wrong, says):
    with pytest.raises(ValueError, match=says):
        Settings(**wrong)
