"""Full batch, mini-batch and one example side by side: what each costs, and when it fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dl_core.batch_sizes import WAYS
from dl_core.batch_times import Times, load_times
from dl_core.digit_batches import MINI_BATCH, DigitBatches, training_pile
from dl_core.numbers_in_words import bytes_in_words, seconds_in_words, two_figures

HEADER = (
    "Way",
    "Updates per pass",
    "Time per pass",
    "Loss after {passes} passes",
    "Loss after {time}",
    "In memory at once",
    "For and against",
    "Fits when",
)
FOR_AND_AGAINST = (
    "+ A smooth path, and every number at once. "
    "− Few updates; in a non-convex loss it can stay in one of many dips.",
    "+ Many numbers at once and many updates. − One more setting to choose.",
    "+ Most progress per example seen. "
    "− Noisy, and its pass takes the longest: nothing is done at once across examples.",
)
FITS = (
    "The data is small, or the loss is convex.",
    "Nearly always: networks that read images are trained this way too.",
    "Data comes one by one, or memory is very small.",
)


@dataclass(frozen=True)
class PassTimes:
    """What one pass over the training digits costs."""

    times: Times
    n_examples: int  # in the training pile

    @property
    def updates(self) -> tuple[int, ...]:
        """Updates in one pass, in the order of WAYS."""
        return 1, self.n_examples // MINI_BATCH, self.n_examples

    @property
    def longer(self) -> float:
        """How many times as long a pass of single examples takes as one of the full batch."""
        return self.times.seconds_per_pass[-1] / self.times.seconds_per_pass[0]


def pass_times(_: None = None) -> PassTimes:
    """The shipped measurement; no setting moves it.

    >>> pass_times().updates
    (1, 28, 898)
    """
    return PassTimes(load_times(), len(training_pile().inputs))


def pass_sentence(shown: PassTimes) -> str:
    """One pass in three ways, in words."""
    full, mini, one = (seconds_in_words(each) for each in shown.times.seconds_per_pass)
    return (
        f"One pass over {shown.n_examples} digits takes {full} as one full batch, {mini} as "
        f"{shown.updates[1]} mini-batches and {one} one by one. "
        f"The arithmetic is the same; the last takes {two_figures(shown.longer)} times as long as the first."
    )


def ways_table(shown: DigitBatches) -> tuple[tuple[str, ...], ...]:
    """The corrected table of the three ways, with measured figures in it.

    Parameters
    ----------
    shown
        From :func:`dl_core.digit_batches.story`.

    Returns
    -------
    tuple of rows
        The column names first, then full batch, mini-batch, one example.

    Examples
    --------
    >>> from dl_core.digit_batches import Settings, story
    >>> [row[:2] for row in ways_table(story(Settings()))]
    [('Way', 'Updates per pass'), ('full batch', '1'), ('mini-batch (32)', '28'), ('one example', '898')]
    """
    passes, seconds = int(shown.shared_end("passes")), shown.shared_end("seconds")
    header = tuple(name.format(passes=passes, time=seconds_in_words(seconds)) for name in HEADER)
    rows = (
        (
            f"{curve.way} ({curve.batch_size})" if curve.way == WAYS[1] else curve.way,
            f"{curve.updates_per_pass:,}",
            seconds_in_words(curve.seconds_per_pass),
            two_figures(float(curve.loss_at("passes", np.array([passes]))[0])),
            two_figures(float(curve.loss_at("seconds", np.array([seconds]))[0])),
            _memory(curve.batch_size, shown.n_examples),
            told,
            fits,
        )
        for curve, told, fits in zip(shown.curves, FOR_AND_AGAINST, FITS, strict=True)
    )
    return (header, *rows)


def side_by_side(shown: DigitBatches) -> tuple[tuple[str, ...], ...]:
    """The same table turned, in five rows, one column for each way.

    Examples
    --------
    >>> from dl_core.digit_batches import Settings, story
    >>> [row[0] for row in side_by_side(story(Settings()))][:3]
    ['', 'Updates in one pass, and its time', 'Loss after 8 passes; after 74 milliseconds']
    """
    header, *rows = ways_table(shown)
    _, _, _, passes, seconds, memory, told, fits = header
    turned = (
        ("Updates in one pass, and its time", *(f"{row[1]}, in {row[2]}" for row in rows)),
        (f"{passes}; {seconds.removeprefix('Loss ')}", *(f"{row[3]}; {row[4]}" for row in rows)),
        (memory, *(row[5] for row in rows)),
        (told, *(row[6] for row in rows)),
        (fits, *(row[7] for row in rows)),
    )
    return (("", *(row[0].capitalize() for row in rows)), *turned)


def _memory(batch_size: int, n_examples: int) -> str:
    """What the digits of one update take; the full batch can be read in parts, which is slow but possible."""
    inputs = training_pile().inputs
    size = bytes_in_words(batch_size * inputs[0].nbytes)
    if batch_size < n_examples:
        return size
    return f"{size}; or less, read in parts, which is slow"
