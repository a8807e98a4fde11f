"""Glossary: every word of the lessons in plain words, what articles get wrong, sources, and quiz results."""

from pages._controls.glossary import show_glossary
from pages._shared.frame import page_style

if __name__ == "__main__":
    page_style()
    show_glossary()
