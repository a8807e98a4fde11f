"""What a first-time visitor reads before the first lesson."""

WHAT = (
    "**Judge a neural network without building one.** Every company has data; you decide what becomes of it, with "
    "engineers and without code. Inside: real data, networks trained on them, measured figures, and what they mean in money."
)
WAYS = (
    "**Alone:** guess, move one thing, read the sentence below. "
    "**With your team:** press Present. "
    "**Own photo or table:** upload it where a lesson asks. "
    "**All lessons:** the menu."
)
