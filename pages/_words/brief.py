"""The words of the page "My brief"."""

HEADLINE = "One deck from the lessons you saw"
TITLE = "What we should decide"
LEAD = "Collect pictures on the lessons. Put them in order here, add your own words, and take one deck or one page."
EMPTY = (
    "Your brief is still empty. Open a lesson, set it the way you want to show it, and press **Add to my brief** at its end. "
    "This picture could be in it."
)
FILLED = "The sheet for your engineers stands below, filled from what you saw."
KEPT = (
    "The brief stays for this visit. Save it as a small file to go on another day. "
    "The file holds settings and your words. Pictures and numbers are computed again when you bring it back. "
    "Your own photos are not in it."
)
SHEET = (
    "Nine lines that your engineers need from you. We filled in what the lessons you saw can say. "
    "Change every line: they are your decisions."
)
