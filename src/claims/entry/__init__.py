"""One generic entry of a matrix expression, as nested sums of entries, and its derivative."""

from . import calculus  # noqa: F401  the rules for slopes register themselves
