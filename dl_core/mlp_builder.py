"""The builder: data, a plan of a network, what became of it, and what that means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dl_core.jobs import GoOn
from dl_core.mlp import data, engine
from dl_core.mlp.judge import Judgement, judge
from dl_core.mlp.plan import Plan
from dl_core.mlp_unseen import Unseen, amount, unseen
from dl_core.numbers_in_words import percent

if TYPE_CHECKING:
    from dl_core.mlp.upload import Table
    from dl_core.mlp.view import NetworkView


@dataclass(frozen=True)
class OwnTable:
    """A reader's own table; two are the same when their content is."""

    digest: str  # of the content
    rows: data.DataSet = field(compare=False, repr=False)
    test_share: float = 0.3  # kept back from training, 0.1 to 0.9
    seed: int = 0  # the same seed deals the same piles

    def __post_init__(self) -> None:
        data.check_dealing(self.test_share, self.seed)


def own_table(table: Table, test_share: float = 0.3, seed: int = 0) -> OwnTable:
    """A table that was read from a file, as data for the builder.

    Parameters
    ----------
    test_share
        Kept back from training, 0.1 to 0.9.
    seed
        The same seed deals the same piles, 0 or more.
    """
    rows = table.as_data()
    digest = hashlib.sha256(repr((rows.columns, rows.classes, rows.made)).encode())
    for numbers in (rows.inputs, rows.targets):
        digest.update(numbers.tobytes())
    return OwnTable(digest.hexdigest(), rows, test_share, seed)


CIRCLE = data.Settings(noise=0.2)
SMALL = Plan()


@dataclass(frozen=True)
class Settings:
    """What the reader chose."""

    data: data.Settings | OwnTable = CIRCLE
    plan: Plan = SMALL

    @property
    def is_own(self) -> bool:
        """Whether it holds a reader's own table, which is never shared or kept."""
        return isinstance(self.data, OwnTable)


_SPIRAL = data.Settings("spiral", n=400)
_ADAM = Plan(optimiser="adam", learning_rate=0.01)
PRESETS: dict[str, Settings] = {
    "Circle, fits": Settings(),
    "Spiral, too small": Settings(_SPIRAL, replace(_ADAM, hidden=(3,))),
    "Spiral, big enough": Settings(_SPIRAL, replace(_ADAM, hidden=(16, 16))),
    "Few rows, memorises": Settings(
        data.Settings("circle", n=200, noise=0.6, test_share=0.7),
        replace(_ADAM, hidden=(32, 32), activation="relu", start="he", learning_rate=0.003, n_epochs=300),
    ),
    "Delivery hours, fits": Settings(
        data.Settings("delivery", n=1000, noise=0.2),
        replace(_ADAM, hidden=(16, 8), activation="relu", start="he", l2=0.003, n_epochs=100),
    ),
}


@dataclass(frozen=True, eq=False)
class Built:
    """A trained network and what is to be said of it."""

    settings: Settings
    dealt: data.Dealt
    training: engine.Training
    judgement: Judgement

    @cached_property
    def unseen(self) -> Unseen:
        """The score on the test pile at the end."""
        return unseen(self.training, self.dealt)

    @cached_property
    def by_snapshot(self) -> tuple[Unseen, ...]:
        """The score on the test pile at each snapshot."""
        return tuple(unseen(self.training, self.dealt, at) for at in range(len(self.training.epochs)))

    @property
    def is_classes(self) -> bool:
        """Whether it names a class, and does not guess a value."""
        return self.dealt.data.task == "classes"

    @property
    def guess(self) -> str:
        """What somebody without a network would always say."""
        if not self.is_classes:
            return "the mean"
        return f"“{self.dealt.data.classes[self.dealt.commonest]}”"

    @property
    def guess_in_words(self) -> str:
        """How good that is on the test pile: ``50 %`` or ``5.1 hours``."""
        test = self.judgement.test
        if test.guess_right is not None:
            return percent(test.guess_right)
        return amount(test.guess_rmse or 0.0, False, self.dealt.data.unit)

    @property
    def own_in_words(self) -> str:
        """How good it is on the rows it learned from: ``98 %`` or ``1.7 hours``."""
        train = self.judgement.train
        if train.right is not None:
            return percent(train.right.value)
        return amount(train.rmse or 0.0, False, self.dealt.data.unit)

    @property
    def last_epoch(self) -> int:
        """After which the training ended."""
        return int(self.training.epochs[-1])


def story(settings: Settings, go_on: GoOn | None = None) -> Built:
    """Deal the data, train the network, judge it.

    Parameters
    ----------
    go_on
        Asked now and then with the share that is done, 0 to 1; False ends the training.

    Examples
    --------
    >>> built = story(Settings())
    >>> built.judgement.verdict.kind, built.unseen.n
    ('fits', 76)
    """
    dealt = dealt_of(settings)
    training = trained(settings.plan, dealt, go_on=go_on)
    return Built(settings, dealt, training, judge(training, dealt))


def dealt_of(settings: Settings) -> data.Dealt:
    """The chosen data in its two piles.

    Examples
    --------
    >>> len(dealt_of(Settings()).test)
    76
    """
    chosen = settings.data
    if isinstance(chosen, OwnTable):
        return data.deal(chosen.rows, chosen.test_share, chosen.seed)
    return data.make(chosen)


def trained(
    plan: Plan, dealt: data.Dealt, *, n_snapshots: int = 51, go_on: GoOn | None = None
) -> engine.Training:
    """The network of a plan, trained on dealt data.

    Parameters
    ----------
    n_snapshots
        How many moments to keep at most, 2 or more.
    go_on
        Asked with the share that is done, 0 to 1; False ends the training.
    """
    rows, targets = dealt.inputs, dealt.targets
    return engine.train(
        plan, rows[dealt.train], targets[dealt.train], rows[dealt.test], targets[dealt.test],
        dealt.data.task, dealt.n_outputs, n_snapshots=n_snapshots, go_on=go_on,
    )  # fmt: skip


VERDICTS: Mapping[str, str] = {
    "diverged": "it blew up",
    "stuck": "it is stuck",
    "memorises": "it memorises",
    "underfits": "it underfits",
    "no better than guessing": "it may be no better than guessing",
    "fits": "it fits",
}


def takeaway(built: Built) -> str:
    """The live sentence: the score against guessing, training against test, the verdict, what to try."""
    score, verdict = built.unseen, built.judgement.verdict
    stopped = built.training.stopped == "reader"
    first = f"Stopped after {built.last_epoch:,} epochs, it" if stopped else "It"
    if score.is_share:
        said = (
            f"{first} gets **{score.counted} unseen rows right**: {score.in_words}, 95 % interval "
            f"{score.interval}; always saying {built.guess} gets {built.guess_in_words}. "
            f"On its own rows it gets {built.own_in_words}: **{VERDICTS[verdict.kind]}**."
        )
    else:
        said = (
            f"{first} is **off by {score.in_words}** on {score.n:,} unseen rows, 95 % interval "
            f"{score.interval}; always saying the mean is off by {built.guess_in_words}. "
            f"On its own rows it is off by {built.own_in_words}: **{VERDICTS[verdict.kind]}**."
        )
    return f"{said} {verdict.remedy.words}"


def captions(built: Built) -> tuple[str, ...]:
    """One sentence for each snapshot: epoch, losses, and how good it is on the test rows.

    Examples
    --------
    >>> captions(story(Settings()))[0]
    'Before training: loss 0.71 on training rows, 0.69 on test rows; 38 of 76 test rows right.'
    """
    training = built.training
    told = zip(training.epochs, training.train_loss, training.test_loss, built.by_snapshot, strict=True)
    return tuple(
        f"{'After epoch ' + format(int(epoch), ',') if epoch else 'Before training'}: "
        f"loss {loss_in_words(float(seen))} on training rows, {loss_in_words(float(new))} on test rows; "
        + (f"{score.counted} test rows right." if score.is_share else f"off by {score.in_words} on these.")
        for epoch, seen, new, score in told
    )


def loss_in_words(loss: float) -> str:
    """A loss with two figures; one that blew up is called so.

    >>> loss_in_words(0.0312), loss_in_words(3e9)
    ('0.031', 'over a million')
    """
    return amount(loss, is_share=False)


def view(built: Built) -> NetworkView:
    """The network for the browser: its neurons at every snapshot."""
    from dl_core.mlp.view import NetworkView

    return NetworkView.of(built.training, built.dealt, captions(built))


def saved(settings: Settings) -> dict[str, Any] | None:
    """What a brief's file may hold of the settings: nothing of a reader's own table.

    Examples
    --------
    >>> restored(saved(Settings())) == Settings()
    True
    """
    return None if settings.is_own else asdict(settings)


def restored(plain: Any) -> Settings:
    """Settings from what `saved` gave.

    Raises
    ------
    ValueError
        If it is nonsense; the message is for the reader.
    """
    from pydantic import TypeAdapter, ValidationError

    wrong = ValueError("This brief holds a network that cannot be built here.")
    if not isinstance(plain, dict) or set(plain) != {"data", "plan"}:
        raise wrong
    try:
        chosen = TypeAdapter(data.Settings).validate_json(json.dumps(plain["data"]), strict=True)
        plan = TypeAdapter(Plan).validate_json(json.dumps(plain["plan"]), strict=True)
    except (ValidationError, TypeError):
        raise wrong from None
    return Settings(chosen, plan)
