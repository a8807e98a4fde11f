import numpy as np
import pytest
import torch

from dl_core.offline import small_cnn


def test_parameters_and_multiplications_by_hand():
    # 27x32 + 288x64 + 576x128 = 93,024; two per normalised channel: 448; 2,048 x 10 + 10 = 20,490
    assert small_cnn.n_parameters(small_cnn.network_of()) == 93_024 + 448 + 20_490
    # 1,024 x 864 + 256 x 18,432 + 64 x 73,728 + 20,480
    assert small_cnn.multiplications() == 884_736 + 4_718_592 + 4_718_592 + 20_480


def test_it_learns_to_tell_light_from_dark():
    threads = torch.get_num_threads()
    rng = np.random.default_rng(0)
    labels = np.arange(256) % 2
    pixels = (rng.integers(0, 60, (256, 3072)) + 150 * labels[:, None]).astype(np.uint8)
    network = small_cnn.train(pixels, labels.astype(np.int64), seed=1)
    torch.set_num_threads(threads)
    assert (small_cnn.answers(network, pixels) == labels).mean() > 0.9


@pytest.mark.parametrize("n", [1, 3])
def test_there_is_one_answer_per_photo(n):
    answers = small_cnn.answers(small_cnn.network_of().eval(), np.zeros((n, 3072), dtype=np.uint8))
    assert answers.shape == (n,)
