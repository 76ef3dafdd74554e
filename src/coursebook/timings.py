"""What took longest, as a table in the build's own words."""

from collections.abc import Iterable

SHOWN = 10


def slowest(title: str, rows: Iterable[tuple[str, float, str]]) -> str:
    """The rows (name, seconds, remark) that took longest, under a title."""
    longest = sorted(rows, key=lambda row: (-row[1], row[0]))[:SHOWN]
    width = max((len(name) for name, _, _ in longest), default=0)
    return "\n".join([title, *(f"  {name:{width}} {seconds:8.2f} s  {remark}" for name, seconds, remark in longest)])
