"""A statement as one JSON tree of what was written, and back; `statement.schema.json` says what it looks like."""

from .grammar import VERSION
from .reader import read
from .stated import Line, Stated
from .writer import write

__all__ = ["VERSION", "Line", "Stated", "read", "write"]
