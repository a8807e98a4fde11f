"""My brief: cards from several lessons, in the reader's order and words, as one deck and one page."""

from pages._shared import brief
from pages._shared.frame import page_style

if __name__ == "__main__":
    page_style()
    brief.show_brief()
