"""Readable and unreadable models of one table, measured and explained side by side."""
