"""The parts of an exported PyTorch script that are the same for every network.

They are text here and code there; `export.py` writes the choices above them, the numbers below. Nothing that
a reader typed or uploaded stands in these parts.
"""

HEAD = '''\
"""A network from the builder of "Deep Learning for Product Managers", as a PyTorch script.

    python {file}            answers with the weights written in below and prints the score
    python {file} --train    trains again, from the same start and with the same mini-batches

Needs torch and numpy, nothing else. Everything is computed in double precision, so that it repeats.
"""

import io
import math
import sys

import numpy as np
import torch
from torch import nn

'''

NETWORK = '''

def build():
    """Fully connected layers with an activation between them; none after the last."""
    layers = []
    for n_in, n_out in zip(WIDTHS, WIDTHS[1:]):
        layers += [nn.Linear(n_in, n_out), ACTIVATION()]
    return nn.Sequential(*layers[:-1]).double()


def put_in(network, text):
    """Numbers from below into the network: for each layer its weights, neuron by neuron, then its biases."""
    numbers = torch.tensor([float(number) for number in text.split()], dtype=torch.float64)
    nn.utils.vector_to_parameters(numbers, network.parameters())


def read_rows():
    """Inputs on the scale that the training rows set, targets, and which rows are kept for the test."""
    table = np.loadtxt(DATA, delimiter=",", skiprows=SKIP, comments=None, encoding="utf-8", ndmin=2)
    columns, targets, is_test = table[:, :-2], table[:, -2], table[:, -1] == 1
    mean, spread = columns[~is_test].mean(axis=0), columns[~is_test].std(axis=0)
    spread[spread <= 1e-12 * np.abs(columns[~is_test]).max(axis=0)] = 1.0  # a column that does not vary
    inputs = ((columns - mean) / spread).clip(-100, 100)  # nothing that was learned from lies so far out
    return torch.tensor(inputs), torch.tensor(targets), torch.tensor(is_test)

'''

CLASSES = '''
def for_training(targets, is_test):
    """Targets as the loss wants them: numbers of the classes."""
    return targets.long()


def loss_of(outputs, targets):
    """Mean cross-entropy in nats; it contains the softmax."""
    return nn.functional.cross_entropy(outputs, targets)


def report(network, inputs, targets, is_test):
    """Share of the test rows that get the right class."""
    with torch.no_grad():
        answers = network(inputs).numpy().argmax(axis=1)
    right = answers[is_test.numpy()] == targets[is_test].numpy()
    print(f"test accuracy: {right.mean():.9f} ({right.sum()} of {len(right)} rows)")

'''

VALUES = '''
def for_training(targets, is_test):
    """Targets as the loss wants them: with mean 0 and spread 1 on the training rows."""
    learned = targets[~is_test]
    return (targets - learned.mean()) / learned.std(correction=0)


def loss_of(outputs, targets):
    """Mean squared error."""
    return ((outputs[:, 0] - targets) ** 2).mean()


def report(network, inputs, targets, is_test):
    """Typical error on the test rows, in the target's own unit."""
    learned = targets[~is_test]
    with torch.no_grad():
        answers = network(inputs)[:, 0] * learned.std(correction=0) + learned.mean()
    error = ((answers[is_test] - targets[is_test]) ** 2).mean().sqrt()
    print(f"test RMSE: {error:.9f} {UNIT}".strip())

'''

CHANCE = '''
def draw(state, k):
    """The k-th output of SplitMix64: chance that comes out the same on every machine."""
    bits = (state + (k + 1) * 0x9E3779B97F4A7C15) % 2**64
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB % 2**64
    return bits ^ (bits >> 31)


def shuffled(epoch, n_rows):
    """Row numbers in the order of this epoch: the last swaps places with any one before it, and so on."""
    order, state = list(range(n_rows)), draw(draw(SEED, 0), epoch)
    for last in range(n_rows - 1, 0, -1):
        other = (draw(state, last) >> 32) * (last + 1) >> 32
        order[last], order[other] = order[other], order[last]
    return torch.tensor(order)


def learning_rate(epoch):
    """The learning rate follows its schedule over all epochs that were planned."""
    return {
        "constant": LEARNING_RATE,
        "steps": LEARNING_RATE * (1.0, 0.1, 0.01)[3 * epoch // N_PLANNED],
        "cosine": LEARNING_RATE * (1 + math.cos(math.pi * epoch / N_PLANNED)) / 2,
    }[SCHEDULE]

'''

PLAIN_FORWARD = '''
def in_training(network, rows, step):
    """The outputs for a mini-batch; there is no dropout."""
    return network(rows)

'''

DROPOUT_FORWARD = '''
def in_training(network, rows, step):
    """The outputs for a mini-batch, with some outputs of the hidden layers dropped."""
    state, layer = draw(draw(SEED, 1), step), 0
    for module in network:
        rows = module(rows)
        if not isinstance(module, nn.Linear):
            layer += 1
            rows = rows * kept(state, layer, *rows.shape)
    return rows


def kept(state, layer, n_rows, n_neurons):
    """(n_rows, n_neurons): 0 for what is dropped; the others grow, so that their mean stays."""
    factors = [
        [draw(state, (row * len(WIDTHS) + layer) * max(WIDTHS) + neuron) >> 11 for neuron in range(n_neurons)]
        for row in range(n_rows)
    ]
    return (torch.tensor(factors) >= int(DROPOUT * 2.0**53)) / (1 - DROPOUT)

'''

TRAIN = '''
def train(network, inputs, targets):
    """Every epoch all training rows once, in mini-batches; after each the weights move a little."""
    optimiser, step = OPTIMISER(network.parameters(), lr=LEARNING_RATE, **MORE), 0
    weights = [module.weight for module in network if isinstance(module, nn.Linear)]
    for epoch in range(N_EPOCHS):
        optimiser.param_groups[0]["lr"] = learning_rate(epoch)
        for batch in shuffled(epoch, len(inputs)).split(BATCH_SIZE):
            loss = loss_of(in_training(network, inputs[batch], step), targets[batch])
            loss = loss + sum(L1 * w.abs().sum() + L2 / 2 * (w**2).sum() for w in weights)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1


def main():
    torch.set_num_threads(1)  # so small a network is fastest on one
    inputs, targets, is_test = read_rows()
    network = build()
    if "--train" in sys.argv:
        put_in(network, START)
        train(network, inputs[~is_test], for_training(targets, is_test)[~is_test])
    else:
        put_in(network, END)
    report(network, inputs, targets, is_test)

'''
