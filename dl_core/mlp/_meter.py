"""What a fully connected network costs: numbers to keep, multiplications for one answer, bytes, seconds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dl_core.mlp.plan import n_parameters
from dl_core.numbers_in_words import bytes_in_words, seconds_in_words


@dataclass(frozen=True)
class Meter:
    """The cost of one network."""

    parameters: int  # weights and biases
    multiplications: int  # for one answer: one per weight
    bytes: int  # in single precision, 4 for each parameter
    seconds: float  # that training took; 0 where it has not been trained

    def in_words(self) -> str:
        """The cost as a sentence.

        Examples
        --------
        >>> meter(784, (30,), 10).in_words()
        '23,860 parameters (95 kB) and 23,820 multiplications for one answer.'
        """
        trained = f", trained in {seconds_in_words(self.seconds)}" if self.seconds else ""
        return (
            f"{self.parameters:,} parameters ({bytes_in_words(self.bytes)}) and "
            f"{self.multiplications:,} multiplications for one answer{trained}."
        )


def meter(n_inputs: int, hidden: tuple[int, ...], n_outputs: int, seconds: float = 0.0) -> Meter:
    """What a network of this shape costs.

    Parameters
    ----------
    n_inputs
        Numbers per row, at least 1.
    hidden
        Neurons in each hidden layer; empty for none.
    n_outputs
        One per class, or 1 for a value.
    seconds
        That training took, 0 or more.

    Examples
    --------
    >>> meter(784, (30,), 10).parameters, meter(784, (128,), 10).parameters, meter(784, (), 10).parameters
    (23860, 101770, 7850)
    """
    layers = (n_inputs, *hidden, n_outputs)
    weights = sum(before * after for before, after in pairwise(layers))
    parameters = n_parameters(layers)
    return Meter(parameters, weights, 4 * parameters, seconds)
