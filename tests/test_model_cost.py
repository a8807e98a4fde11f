from dl_core.model_cost import knn_cost, measure_operations_per_second, softmax_cost


def test_cifar10_is_5000_times_lighter_with_softmax():
    # 50,000 photos x 32 x 32 x 3 bytes = 153.6 million; 3,072 x 10 weights + 10 biases = 30,730 numbers
    knn, softmax = knn_cost(50_000, 3072), softmax_cost(3072, 10)
    assert (knn.bytes, knn.operations) == (153_600_000, 153_600_000)
    assert (softmax.numbers, softmax.bytes, softmax.operations) == (30_730, 122_920, 30_720)
    assert knn.operations / softmax.operations == 5000


def test_mnist_is_6000_times_lighter_with_softmax():
    # 60,000 x 28 x 28 bytes = 47.04 MB; 784 x 10 + 10 = 7,850 numbers
    knn, softmax = knn_cost(60_000, 784), softmax_cost(784, 10)
    assert (knn.bytes, softmax.numbers) == (47_040_000, 7850)
    assert knn.operations / softmax.operations == 6000


def test_the_measured_rate_is_a_rate():
    assert measure_operations_per_second(32, 50) > 1000
