"""Parts of JSON, looked at before they are used: what is wrong is named, and what would be right."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sympy as sp

from claims.errors import Unreadable

from .grammar import VERSION, WORDS, letter_of
from .symbols import FACTS

SCHEMA = "claims/data/statement.schema.json"
MISSING = object()


def value(node: Any, key: str, kind: type = object, default: Any = MISSING) -> Any:
    """What a part of the JSON has under a key."""
    if not isinstance(node, dict):
        raise Unreadable(f"an object of JSON with the key {key!r} belongs where {brief(node)} stands; see {SCHEMA}")
    found = node.get(key, default)
    if found is MISSING:
        raise Unreadable(f"the key {key!r} is missing in {brief(node)}; see {SCHEMA}")
    if found is default:
        return found
    if not isinstance(found, kind) or isinstance(found, bool) and kind is int:
        raise Unreadable(f"{key!r} cannot be {brief(found)}; see {SCHEMA}")
    return found


def chosen(node: Any, key: str, choices: Collection[str]) -> Any:
    """What a part of the JSON has under a key, one of a list."""
    found = value(node, key)
    if found not in list(choices):
        raise Unreadable(
            f"{key!r} is unknown: {brief(found)}; version {VERSION} of statements knows {', '.join(choices)}"
        )
    return found


def some(node: Any, key: str) -> list[Any]:
    """A list that is not empty."""
    found: list[Any] = value(node, key, list)
    if not found:
        raise Unreadable(f"{key!r} is empty in {brief(node)}: one belongs there, or more")
    return found


def named(line: Any) -> str:
    """The name of a thing, which is not empty."""
    name: str = value(line, "name", str)
    if not name.strip():
        raise Unreadable(f"'name' is empty in {brief(line)}: without one it could not be printed")
    return name


def fitting(letter: str, made: sp.Basic, node: Any) -> sp.Basic:
    """What was read, if it is of the kind of a letter of `grammar`."""
    if letter_of(made) != letter:
        raise Unreadable(f"{WORDS[letter]} belongs where {made} stands, in {brief(node)}")
    return made


def brief(node: Any) -> str:
    text = repr(node)
    return text if len(text) < 80 else f"{text[:76]}..."


def symbol(line: Any) -> sp.Symbol:
    """The symbol of a line of the table, or of a binder."""
    kind = sp.Dummy if value(line, "dummy", bool, default=False) else sp.Symbol
    assumed = value(line, "facts", dict)
    for fact in assumed:
        chosen({"facts": fact}, "facts", FACTS)
        value(assumed, fact, bool)
    return kind(named(line), **assumed)
