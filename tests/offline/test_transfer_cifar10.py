import io
import json

import numpy as np
import pandas as pd
import pytest
import torch
from PIL import Image

from dl_core.offline import transfer_cifar10 as offline
from dl_core.offline.small_cnn import n_parameters
from dl_core.offline.transfer_training import (
    Recipe,
    fine_tuned,
    from_scratch,
    frozen_looks,
    small_looks,
)
from dl_core.transfer.heads import fit_head
from dl_core.vision.card import read_card
from dl_core.vision.features import mean_features
from dl_core.vision.views import views
from dl_core.vision.weights import shipped_network

STILL = Recipe(rate=1e-12, passes=1, fewest_steps=1, decay=0.0)  # changes nothing that can be seen


def coloured(n_per_class, seed=0):
    """Red, green and blue noise: three classes that anybody can tell apart."""
    rng = np.random.default_rng(seed)
    photos = rng.integers(0, 90, (3 * n_per_class, 32, 32, 3), dtype=np.uint8)
    labels = np.repeat(np.arange(3), n_per_class)
    photos[np.arange(len(photos)), :, :, labels] += 120
    return photos, labels


def test_the_same_number_of_each_class_is_chosen_and_the_rest_left_for_other_piles():
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(4), 30))
    mine = offline.chosen_rows(labels, 20, seed=1)
    other = offline.chosen_rows(labels, 10, seed=1, skipped=20)
    assert labels[mine].tolist() == np.repeat(np.arange(4), 20).tolist()
    assert sorted([*mine, *other]) == list(range(120))
    assert (offline.chosen_rows(labels, 20, seed=1) == mine).all()
    assert (offline.chosen_rows(labels, 20, seed=2) != mine).any()


def test_a_pile_is_read_a_class_after_the_other(tmp_path):
    def stored(grey):
        file = io.BytesIO()
        Image.new("L", (32, 32), grey).save(file, "PNG")
        return file.getvalue()

    pd.DataFrame({"image": [stored(9), stored(7), stored(8)], "label": [1, 0, 1]}).to_parquet(tmp_path / "p")
    photos, rows = offline.read_pile(tmp_path / "p", 1)
    assert photos.shape == (2, 32, 32, 3)
    assert photos[0].max() == 7
    assert rows[0] == 1
    assert photos[1].max() == {0: 9, 2: 8}[int(rows[1])]


def test_photos_come_in_as_the_shipped_network_would_take_them():
    photos, _ = coloured(1)
    ours = offline.doubled(photos)
    for photo, look in zip(photos, ours, strict=True):
        assert (views(Image.fromarray(photo), read_card().way_in)[0] == look).all()
    _, features = frozen_looks(ours)
    for photo, found in zip(photos, features, strict=True):
        both = mean_features(shipped_network(), views(Image.fromarray(photo), read_card().way_in))
        assert found == pytest.approx(both, abs=1e-4)


def test_fine_tuning_begins_with_the_heads_answers_and_leaves_the_shared_network_alone():
    before = {name: part.clone() for name, part in shipped_network().state_dict().items()}
    photos, labels = coloured(4)
    asked, _ = coloured(5, seed=1)
    maps, features = frozen_looks(offline.doubled(photos))
    asked_maps, asked_features = frozen_looks(offline.doubled(asked))
    head = fit_head(features, labels, 3)
    start = fine_tuned(maps, labels, asked_maps, head, 0, STILL)
    assert start.answers.tolist() == head.answers(asked_features).tolist()
    moved = fine_tuned(maps, labels, asked_maps, head, 0, Recipe(0.003, 1, 3, 0.0))
    assert moved.steps == 3
    assert moved.n_trained + moved.n_frozen == n_parameters(shipped_network()) - 200 * 321 + 3 * 321
    after = shipped_network().state_dict()
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert not any(part.requires_grad for part in shipped_network().parameters())


def test_from_scratch_learns_what_is_easy_and_is_seeded():
    photos, labels = coloured(6)
    asked, truth = coloured(10, seed=1)
    looks = small_looks(photos), labels, small_looks(asked)
    done = from_scratch(*looks, 3, 0, Recipe(0.05, 1, 25, 0.0))
    assert (done.answers == truth).mean() > 0.9
    assert (done.n_trained, done.n_frozen) == (113_962, 0)
    again = from_scratch(*looks, 3, 0, Recipe(0.05, 1, 25, 0.0))
    assert again.answers.tolist() == done.answers.tolist()
    untrained = from_scratch(*looks, 3, 0, STILL)
    assert (untrained.answers == truth).mean() < 0.9


def test_fewer_photos_than_a_batch_are_all_seen_at_every_step():
    photos, labels = coloured(1)
    done = from_scratch(small_looks(photos), labels, small_looks(photos), 3, 0, Recipe(0.05, 1, 4, 0.0))
    assert done.steps == 4
    assert Recipe(0.05, 12, 4, 0.0).steps(5000) == 12 * 5000 // 32


def test_a_mirror_image_is_looked_at_as_often_as_the_photo():
    photos, _ = coloured(1)
    looks = small_looks(photos)
    assert torch.equal(looks.mirrored, looks.photo.flip(3))
    some = looks.some(np.array([2, 0]))
    assert torch.equal(some.photo, looks.photo[[2, 0]])


def test_a_finished_run_is_not_made_again(tmp_path, capsys):
    made = []
    file = tmp_path / "run.json"
    assert offline.kept(file, lambda: made.append(1) or {"hits": 3}) == {"hits": 3}
    assert offline.kept(file, lambda: made.append(1) or {"hits": 4}) == {"hits": 3}
    assert made == [1]
    assert json.loads(file.read_text()) == {"hits": 3}
    assert capsys.readouterr().out.startswith("run ")
