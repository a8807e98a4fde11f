"""The drawing of a still picture, part by part; `dl_core.documents.still` is the way in."""
