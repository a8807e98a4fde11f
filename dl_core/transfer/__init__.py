"""Transfer learning: a few labelled pictures, a network that learned on others, and a new head on it."""
