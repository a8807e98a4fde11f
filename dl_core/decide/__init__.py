"""Decide: measured scores, the reader's own prices, and where people look."""
