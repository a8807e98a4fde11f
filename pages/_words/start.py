"""What a first-time visitor reads before the first lesson."""

WHAT = (
    "**Judge a neural network without building one.** For people who decide about machine learning and do not "
    "write code: real data, really trained networks, measured figures, and what they mean in money."
)
WAYS = (
    "**Alone:** guess, move one thing, read the sentence under the picture. "
    "**With your team:** press Present. "
    "**Own photo or table:** upload it. "
    "**All lessons:** the menu."
)
