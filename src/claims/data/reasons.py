"""Reasons of lines as data, and back."""

from __future__ import annotations

from typing import Any

from claims.errors import Unreadable
from claims.language.reasons import By, ByChainRule, ByDefinition, Reason, algebra, chain_rule, entries

from .checked import chosen, some, value
from .tables import Reading, Writing

STATEMENT, DEFINITION, CHAIN_RULE, ALGEBRA, ENTRIES = "statement", "definition", "chain-rule", "algebra", "entries"
KINDS = (STATEMENT, DEFINITION, CHAIN_RULE, ALGEBRA, ENTRIES)


def written(reason: Reason, w: Writing) -> dict[str, Any]:
    """A reason as JSON; `w` is the writer of the statement."""
    match reason:
        case By(id, at):
            return {"kind": STATEMENT, "id": id, "at": {letter: w.tree(e) for letter, e in at}}
        case ByDefinition(names):
            return {"kind": DEFINITION, "names": list(names)}
        case ByChainRule(through):
            return {"kind": CHAIN_RULE, "through": [w.tree(e) for e in through]}
    return {"kind": ENTRIES if reason == entries else ALGEBRA}


def read(node: Any, r: Reading) -> Reason:
    """The reason that JSON says; `r` is the reader of the statement.

    Raises:  Unreadable, naming what is wrong
    """
    match chosen(node, "kind", KINDS):
        case "statement":
            at = value(node, "at", dict)
            return By(value(node, "id", str), tuple((letter, r.tree(at[letter])) for letter in sorted(at)))
        case "definition":
            return ByDefinition(tuple(value({"names": name}, "names", str) for name in some(node, "names")))
        case "chain-rule":
            try:
                return chain_rule(*r.trees(some(node, "through")))
            except TypeError as fault:
                raise Unreadable(str(fault)) from None
        case "entries":
            return entries
    return algebra
