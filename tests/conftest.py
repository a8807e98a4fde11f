"""The server computes with one thread per call (app.py); tests do the same, and sooner than torch loads."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
