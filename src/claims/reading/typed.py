"""What a person types, read: a formula by its text, its letters by lines such as "X: m x n"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sympy as sp

from claims.data import read as read_data
from claims.errors import Misread
from claims.language import nonnegative

from .counted import standing
from .grammar import Grammar
from .letters import SIZE, TABLES, declared, is_count, is_number, places
from .meaning import Meaning
from .names import Lexicon
from .operators import Unknown
from .signs import signs
from .syntax import Relation
from .values import op

LONGEST = 2000


def read(formula: str, *letters: str) -> tuple[sp.Basic, ...]:
    """Both sides of a formula as people type it, or what is never negative: `claim("id", *read(formula, *letters))`.

    Letters:  "X: m x n" a matrix, "n: size", "i: index", "eta > 0", "z" a number, "g()" a function; a single
              letter that none of them names is a number, a size where a sum ends at it
    Raises:   Misread, with the place and what does not fit there
    Example:  read("grad(||X w - y||^2 / 2, w) = X^T (X w - y)", "X: m x n", "w: n x 1", "y: m x 1")
    """
    stated = read_data(statement(formula, letters))
    return (nonnegative(stated.left),) if stated.right is None else (stated.left, stated.right)


def statement(formula: str, letters: Sequence[str]) -> dict[str, Any]:
    """The statement that a formula makes, as `statement.schema.json` says, with the letters that it holds."""
    for text in (formula, *letters):
        if not isinstance(text, str):
            raise TypeError(f"a formula and the letters in it are read as text, not {text!r}")
    tables = declared(letters)
    if len(formula) > LONGEST:
        raise Misread(f"More than {LONGEST} signs are not read.", 0, 0, formula[:80])
    try:
        return pruned(stated(formula, tables))
    except RecursionError:
        raise Misread("So many brackets in one another are not read: split the formula.", 0, 0, formula) from None
    except Misread as error:
        error.text = formula
        raise


def stated(formula: str, tables: dict[str, Any]) -> dict[str, Any]:
    """The statement, where single letters that nobody declared are numbers, or numbers of terms where a sum ends at them."""
    silent: dict[str, dict[str, Any]] = {}
    while True:
        symbols = {**tables["symbols"], **silent}
        try:
            found = told(formula, {**tables, "symbols": symbols})
        except Unknown as error:
            counts = is_count(error.name, formula)
            if error.name in silent or not (counts or is_number(error.name, formula, tables["matrices"])):
                raise
            silent[error.name] = {"name": error.name, "facts": SIZE if counts else {"real": True}}
            continue
        for name in silent:
            refuse_slope_of(name, found, formula)
        refuse_counted(found, formula)
        return found


def told(formula: str, tables: dict[str, Any]) -> dict[str, Any]:
    """A statement of the schema: = is an equation, an inequality says that a difference is never negative."""
    meaning = Meaning(Lexicon(tables))
    node = Grammar(formula, meaning.lexicon).whole()
    if not isinstance(node, Relation):
        raise Misread("A formula states something by =, <= or >=.", node.start, node.end)
    if node.op not in ("eq", "ge", "le"):
        raise Misread("What is judged is stated by =, <= or >=, and not by this sign.", node.sign.start, node.sign.end)
    tree = meaning.settled(meaning.of(node).tree)
    high, low = reversed(tree["args"]) if node.op == "le" else tree["args"]
    if node.op == "eq":
        kind, sides = "equation", {"left": high, "right": low}
    else:
        kind, sides = "nonnegative", {"left": high if low == 0 else op("add", high, op("mul", -1, low))}
    empty: dict[str, list[Any]] = {"given": [], "steps": [], "conditions": []}
    return {"version": 2, "kind": kind, **sides, **empty, **tables, "functions": meaning.functions}


def parts(tree: Any) -> Iterator[dict[str, Any]]:
    """All nodes of a tree."""
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from parts(part)


def refuse_slope_of(name: str, found: dict[str, Any], formula: str) -> None:
    """A slope of a letter that is a number because nobody said otherwise would be 0, and one by it of what does not hold it."""
    letter = {"op": "symbol", "id": name}
    for node in parts([found["left"], found.get("right")]):
        if node.get("op") not in ("grad", "hess", "jac"):
            continue
        of, by = node["args"]
        if letter not in parts(of) if by == letter else of == letter:
            all_signs = signs(formula)
            at = next((all_signs[k] for before in ("", "d") for k in places(name, all_signs, before)), all_signs[-1])
            raise Unknown(name, [], at.start, at.end)


def refuse_counted(found: dict[str, Any], formula: str) -> None:
    """A free index says which entry is meant, and print counts those from 1; a number beside that would be one less."""
    stands = list(standing([found["left"], found.get("right")]))
    lexicon, numbers = Lexicon(found), {id for id, placed in stands if not placed}
    name = next((id for id, placed in stands if placed and id in numbers and lexicon.is_index(id)), None)
    if name is not None:
        all_signs = signs(formula)
        at = next((all_signs[k] for k in places(name, all_signs, "")), all_signs[-1])
        message = f"{name} says which entry is meant, counted from 1, and stands as a number, too: a number has a letter of its own."
        raise Misread(message, at.start, at.end)


def pruned(found: dict[str, Any]) -> dict[str, Any]:
    """A statement with the letters that it holds, and those that they need."""
    held: dict[str, dict[str, Any]] = {table: {} for table in TABLES}
    waiting = [found["left"], found.get("right")]
    while waiting:
        for node in parts(waiting.pop()):
            for id in (node.get("id", ""), node.get("function", "")):
                for table in TABLES:
                    if id in found[table] and id not in held[table]:
                        held[table][id] = found[table][id]
                        waiting.append(found[table][id])
    return found | held
