"""The words of one scene of "Language": when counting beats attending."""

from __future__ import annotations

from dl_core.language.contest import LABELS_A_DAY, ORDER_SIZES, Contest, load
from dl_core.numbers_in_words import so_many


def contest_headline(told: Contest) -> str:
    """Who leads with these labels."""
    if told.settings.task == "order":
        return "Where order decides, counting can only guess"
    leaders = told.leaders
    if len(leaders) > 1:
        return "A tie: take the one that is cheaper to run"
    return {
        "count": "Here counting beats attending",
        "embed": "Embeddings from unlabelled text lead here",
        "attend": "With this many labels, attending pays",
    }[leaders[0]]


CONTEST_LEAD = (
    "Which way sorts texts best: count, embed or attend? Each learns to read a definition and to name its **drawer**: what kind of thing it is, such as animal or food. "
    "Definitions are short, tidy English: a toy beside your mails."
)
CONTEST_SOURCE = (
    f"Our own run on WordNet 3.1 definitions: {load().points[0].n_held_out:,} held out, "
    f"three or five draws of labels, one core, {load().made}."
)
CONTEST_NOTES = (
    "Say: one task, the same labels, three ways. Counting looks at words, embedding at their neighbours in other text, attending at all words in order. "
    "Point at the left end, where labels are few, then at the right. Move the labels to what you have. "
    "Then switch the task: where order decides, counting is a coin. "
    "Somebody will ask about ready models. A team would fine-tune one, and it may beat all three. "
    "We did not measure one, so run counting first, then ask what the rest adds."
)
CONTEST_TASK = "The task"
CONTEST_TASKS = {"drawers": "Which drawer?", "order": "Who did it to whom?"}
CONTEST_LABELS = "Labelled texts"
CONTEST_LABELS_HELP = (
    f"Our measured sizes; or press a place on the picture. A person labels perhaps {LABELS_A_DAY} a day. "
    f"“Who did it to whom?” was measured up to {so_many(ORDER_SIZES[-1], 'sentence')}."
)
CONTEST_LABEL = "A label costs ($)"
CONTEST_LABEL_HELP = "About a minute of somebody’s time; an assumption."
CONTEST_WRONG = "A wrong drawer costs ($)"
CONTEST_WRONG_HELP = "It starts at what a false alarm costs in the case that you chose above."
CONTEST_PER_DAY = "Texts a day"
CONTEST_LIES = (
    "The contest’s texts are definitions: short, clean, in one style. Your mails are longer and messier, and the lines may cross elsewhere. "
    "The embeddings had read the rest of the same dictionary. Attending started from nothing; a fine-tuned ready model may do better."
)
