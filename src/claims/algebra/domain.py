"""Where a statement speaks: what must hold of its values so that both sides are defined, beyond what always holds."""

from __future__ import annotations


def conditions(sides, given=()) -> tuple:
    """The relations that a statement about these sides needs, in the order found; empty if it speaks of all values."""
    return ()
