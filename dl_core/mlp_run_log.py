"""One line for each run of the builder: what was chosen, and what came of it."""

from __future__ import annotations

from dl_core.mlp_builder import Built
from dl_core.numbers_in_words import two_figures


def run_row(number: int, built: Built) -> dict[str, str]:
    """The line of a run, column → text.

    Parameters
    ----------
    number
        Of the run in its visit, from 1.

    Examples
    --------
    >>> from dl_core.mlp_builder import Settings, story
    >>> row = run_row(1, story(Settings()))
    >>> row["Layers"], row["Test score"], row["Verdict"]
    ('2-4-4-2', '75 of 76', 'fits')
    """
    plan, score, meter = built.settings.plan, built.unseen, built.judgement.meter
    return {
        "Run": str(number),
        "Data": built.dealt.data.name,
        "Layers": "-".join(map(str, built.training.layers)),
        "Activation": plan.activation,
        "Rate": f"{plan.learning_rate:g}, {plan.optimiser}",
        "Epochs": f"{built.last_epoch:,}",
        "Start": str(plan.seed),
        "Training loss": two_figures(float(built.training.train_loss[-1])),
        "Test loss": two_figures(float(built.training.test_loss[-1])),
        "Test score": score.counted if score.is_share else f"off by {score.in_words}",
        "95 % interval": score.interval,
        "Verdict": built.judgement.verdict.kind,
        "Numbers": f"{meter.parameters:,}",
    }
