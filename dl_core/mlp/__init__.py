"""The network builder: its data, the plan of a network, and our own engine that trains it.

Importing this package, `plan` or the data loads neither numba nor torch: only `engine` needs numba.
"""
