"""A formula as people type it, read as a statement."""

from .typed import read, statement

__all__ = ["read", "statement"]
