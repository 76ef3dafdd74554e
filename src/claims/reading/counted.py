"""Which letters of a tree say which entry is meant: print counts those from 1."""

from collections.abc import Iterator
from typing import Any

PLACES = {"entry": 1, "delta": 0}  # from which argument on


def standing(tree: Any, placed: bool = False) -> Iterator[tuple[str, bool]]:
    """The symbols of a tree, and whether they stand in the places of entries."""
    if isinstance(tree, list):
        for part in tree:
            yield from standing(part, placed)
    elif isinstance(tree, dict):
        if tree.get("op") == "symbol":
            yield tree["id"], placed
        first = PLACES.get(tree.get("op", ""), len(tree.get("args", ())))
        yield from standing(tree.get("args", [])[:first], placed)
        yield from standing(tree.get("args", [])[first:], True)
        yield from standing([part for key, part in tree.items() if key != "args"], placed)
