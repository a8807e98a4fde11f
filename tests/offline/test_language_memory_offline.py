"""The measurement behind "Fading": its task, its networks, and that a stopped run goes on."""

import json

import pytest
import torch

from dl_core.language.recall import KINDS, N_HELD_OUT, stored
from dl_core.offline import language_memory as offline


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_a_sequence_marks_its_first_item_and_nothing_else():
    items, told = offline.sequences(5, 400, torch.Generator().manual_seed(1))
    assert items.shape == (400, 6, 9)
    assert items[..., :8].sum(dim=2).eq(1).all()  # every item is of one kind
    assert items[:, 0, 8].eq(1).all()
    assert not items[:, 1:, 8].any()
    assert items[:, 0, :8].argmax(dim=1).equal(told)
    counts = torch.bincount(told, minlength=8)
    assert counts.min() > 25  # 50 of each on average
    assert 20 < int((items[:, 5, :8].argmax(dim=1) == told).sum()) < 85  # noise knows nothing: 50 by chance


def test_scores_count_right_answers():
    class Reads(torch.nn.Module):
        def forward(self, items):
            return items[:, 0, :8]

    class Stubborn(torch.nn.Module):
        def forward(self, items):
            return torch.eye(8)[3].expand(len(items), 8)

    assert offline.right(Reads(), 20) == N_HELD_OUT
    assert 85 <= offline.right(Stubborn(), 20) <= 165  # 125 by chance, give or take four spreads of 10


def test_networks_are_of_one_size():
    # plain: 112·(9 + 112 + 2) + 8·113; gated: 3·64·(9 + 64 + 2) + 8·65
    assert offline.n_numbers("plain") == 112 * 123 + 8 * 113 == 14_680
    assert offline.n_numbers("gated") == offline.n_numbers("keeping") == 192 * 75 + 8 * 65 == 14_920
    # 32·10 in, 81·32 places, 4·32·33 attention, 96·33 + 32·97 inside, 4·32 norms, 8·33 out
    assert offline.n_numbers("attention") == 320 + 2592 + 4224 + 3168 + 3104 + 128 + 264 == 13_800


@pytest.mark.parametrize(("kind", "low", "high"), [("keeping", 0.945, 0.955), ("gated", 0.4, 0.6)])
def test_the_keeping_gate_keeps_what_it_says(kind, low, high):
    # h' = (1 − z) · new + z · h; without weights, and with new's biases 0, new = tanh(0) = 0, so h' = z · h.
    # z = sigmoid(log(0.95 / 0.05)) = 0.95; torch's own start draws z's biases around 0, so z is about a half
    reader = offline.MAKERS[kind]().reader
    with torch.no_grad():
        for name, weight in reader.named_parameters():
            if "weight" in name:
                weight.zero_()
            else:
                weight[128:].zero_()
        kept = reader(torch.zeros(1, 1, 9), torch.ones(1, 1, 64))[0].mean().item()
    assert low < kept < high


def test_places_past_the_taught_ones_take_learned_ones_in_turn():
    block = offline.Block()
    before = block.positions.weight.detach().clone()
    block.reuse_positions(40)
    after = block.positions.weight.detach()
    assert after[:41].equal(before[:41])
    assert after[41].equal(before[1])
    assert after[80].equal(before[40])


def test_a_committed_row_comes_out_again():
    (kept,) = [r for r in stored()["taught"] if (r["kind"], r["distance"], r["start"]) == ("plain", 1, 1)]
    assert offline.taught_row("plain", 1, 1)["right"] == pytest.approx(kept["right"], abs=5)


def test_untaught_networks_guess():
    for kind in KINDS:
        network, _ = offline.trained(kind, (5,), 0, n_steps=1)
        assert offline.right(network, 5) < 250


def test_a_stopped_run_goes_on_where_it_was(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(offline, "DISTANCES", (1, 2))
    monkeypatch.setattr(offline, "BEYOND", (1, 3))
    out = tmp_path / "memory.json"
    offline.measure(out, "a command", n_starts=1, n_steps=2)
    whole = json.loads(out.read_text())
    assert (len(whole["taught"]), len(whole["beyond"])) == (8, 4)
    assert len(capsys.readouterr().out.splitlines()) == 12
    assert "reused" in whole["beyond"][-1]
    cut = {**whole, "taught": whole["taught"][:-1]}
    out.write_text(json.dumps(cut))
    offline.measure(out, "a command", n_starts=1, n_steps=2)
    assert len(capsys.readouterr().out.splitlines()) == 1
    again = json.loads(out.read_text())
    assert [row["right"] for row in again["taught"]] == [row["right"] for row in whole["taught"]]
    with pytest.raises(ValueError, match="move it away"):
        offline.measure(out, "a command", n_starts=1, n_steps=3)
