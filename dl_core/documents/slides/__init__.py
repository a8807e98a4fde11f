"""The parts of a deck; `dl_core.documents.powerpoint` puts them together."""
