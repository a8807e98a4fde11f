import json

import pytest

from dl_core.cifar10 import load_table, product_sentence, table_sentence


@pytest.fixture(scope="module")
def table():
    return load_table()


def test_our_neighbours_agree_with_the_published_figures(table):
    # CS231n: 38.6 % (L1) and 35.4 % (L2) on the lossless original; ours is a JPEG copy
    for name in ("one neighbour, L1", "one neighbour, L2"):
        assert table.model(name).score.value == pytest.approx(table.reported(name).accuracy, abs=0.01)


def test_the_order_the_lesson_tells(table):
    scores = [
        table.model(name).score.value
        for name in ("random guess", "one neighbour, L1", "softmax", "small CNN")
    ]
    assert scores == sorted(scores)
    assert table.model("small CNN").score.value < table.reported("a person").accuracy


def test_what_each_model_keeps_and_does(table):
    # 50,000 x 3,072 bytes; (3,072 + 1) x 10 numbers of 4 bytes
    knn, softmax = table.model("one neighbour, L1"), table.model("softmax")
    assert (knn.bytes, knn.operations) == (153_600_000, 153_600_000)
    assert (softmax.bytes, softmax.operations) == (122_920, 30_720)
    assert knn.train_seconds == 0 < softmax.train_seconds
    assert knn.answer_ms > 100 * softmax.answer_ms > 0


def test_all_test_photos_were_asked(table):
    assert {row.score.n for row in table.measured} == {10_000}
    assert "dl_core.offline.cifar10" in table.command
    assert table.date.startswith("20")


def test_sentences_hold_the_tables_numbers(table):
    # 153,600,000 / 122,920 = 1,249.6
    assert "1,200 times less" in table_sentence(table)
    # a person: 10,000 x (1 - 0.94) = 600
    assert "a person about 600" in product_sentence(table)


def test_a_table_elsewhere_is_read_too(tmp_path, table):
    row = {
        "name": "a",
        "hits": 1,
        "n": 2,
        "train_seconds": 0,
        "answer_ms": 1,
        "bytes": 3,
        "operations": 4,
        "settings": "",
    }
    file = tmp_path / "table.json"
    file.write_text(json.dumps({"rows": [row], "published": [], "command": "", "date": "", "seed": 1}))
    assert load_table(file).model("a").score.value == 0.5
    assert load_table(file).reported("a") is None
