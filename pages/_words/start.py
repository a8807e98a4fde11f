"""The words of the start page."""

HEADLINE = "Judge a neural network without building one"
LEAD = (
    "For people who decide about machine learning and do not write code. Each page answers one question "
    "with **real data, really trained networks and measured figures**."
)
POINT = (
    "The same photos, the same test, from pure guessing to a small network. We trained and measured each model ourselves. "
    "Which one is worth its price is your decision, and that is what these pages are for."
)
WAYS = (
    "**Alone, before a meeting.** Guess, move one thing, read the sentence under the picture.",
    "**With your team.** Press **Present** on a lesson: one sentence, one picture, arrow keys. Take slides, a page or the link with you.",
    "**With your own photo.** Upload one and see five guesses, how sure they are, and why.",
)
