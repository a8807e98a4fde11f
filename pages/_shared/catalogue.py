"""Every page that works, in the order of the course. The menu and the start page read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page of the menu."""

    file: str  # in pages/
    title: str  # in the menu
    path: str  # in the address; empty for the start page
    question: str = ""  # the decision it helps with, as a product manager would ask it
    with_network: bool = False  # whether it shows the shipped network at work, which needs torch

    @property
    def name(self) -> str:
        """Of its lesson: its path, or `START` where that is empty."""
        return self.path or START


START = "start"  # name of the lesson whose path is empty
BRIEF = Entry("brief.py", "My brief", "brief")
GLOSSARY = Entry("glossary.py", "Glossary", "glossary")

SECTIONS: dict[str, tuple[Entry, ...]] = {
    "": (Entry("start.py", "Start", "", "Do we need machine learning, or will a rule do?"),),
    "Foundations": (
        Entry(
            "knn_vs_softmax.py",
            "kNN vs softmax",
            "knn_vs_softmax",
            "Pay at training, or pay at every request?",
        ),
        Entry(
            "loss_functions.py",
            "Loss functions",
            "loss_functions",
            "Does our loss punish what hurts our users?",
        ),
        Entry(
            "gradient_descent.py",
            "Gradient descent",
            "gradient_descent",
            "Is it the learning rate, the data, or the goal?",
        ),
        Entry("neurons.py", "Neurons", "neurons", "What do more layers buy us?"),
        Entry(
            "mlp_builder.py",
            "MLP builder",
            "mlp_builder",
            "Is a bigger network worth it?",
        ),
    ),
    "Your photo": (
        Entry(
            "cnn_filters.py",
            "CNN filters",
            "cnn_filters",
            "Do we need a vision network, and what do its labels cost?",
            with_network=True,
        ),
        Entry(
            "transfer_learning.py",
            "Transfer learning",
            "transfer_learning",
            "How many labels do we need, at what price?",
            with_network=True,
        ),
        Entry(
            "live_classifier.py",
            "Live classifier",
            "live_classifier",
            "Is this answer sure enough to act on?",
            with_network=True,
        ),
    ),
    "Your text": (
        Entry(
            "language.py",
            "Language",
            "language",
            "Will counting words do, or do we need a language model?",
        ),
    ),
    "Decide": (
        Entry(
            "interpretability.py",
            "Interpretability",
            "interpretability",
            "Do we need a model that a person can read?",
        ),
        Entry(
            "decide.py",
            "Decide",
            "decide",
            "Good enough to ship? Where do we set the bar?",
        ),
    ),
    "For your meeting": (BRIEF, GLOSSARY),
}
PAGES = tuple(entry for entries in SECTIONS.values() for entry in entries)
LESSONS = tuple(entry for entry in PAGES if entry.question)
