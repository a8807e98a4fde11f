"""What a reader takes away: the same pictures, words and numbers as on the screen, as files."""
