"""Language: a text counted, placed among other words, and compared word by word."""
