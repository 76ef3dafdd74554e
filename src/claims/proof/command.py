"""A statement as JSON, judged: what `python -m claims` says, how it is called, and with which exit code it ends."""

from __future__ import annotations

import json
from dataclasses import replace

import sympy as sp

from claims.data import Stated, read
from claims.errors import ProverFault, Refuted, Undecided
from claims.language import nonnegative

from .printed import text
from .prover import Proof, prove
from .scope import counted, counted_values

PROVED, REFUTED, OPEN = 0, 1, 2
USE = """\
python -m claims FORMULA [LETTERS ...]   judges a formula as people type it, such as
                                         "grad(||X w||^2, w) = 2 X^T X w" "X: m x n" "w: n x 1"
python -m claims FILE.json               judges a statement as JSON (claims/data/statement.schema.json)
python -m claims                         the same, piped in
python -m claims --json FORMULA [...]    writes the statement of a formula as JSON
LETTERS say what letters are: "X: m x n", "n: size", "i: index", "eta > 0", "z", "g()"; a single letter without a line
is a number, and a size where a sum ends at it.
An argument that stands alone and ends in .json is a file, any other one a formula.
The exit code is 0 for what is proved, 1 for what is refuted, 2 for what is undecided or cannot be read."""


def judged(source: str) -> tuple[int, list[str]]:
    """(exit code, lines): 0 for what is proved, 1 for what is refuted, 2 for what is undecided or cannot be read."""
    try:
        stated = read(json.loads(source))
    except (ValueError, RecursionError) as error:  # no JSON, or no statement
        return OPEN, [f"not read   {next(iter(str(error).splitlines()), '')}"]
    if stated.kind not in ("equation", "nonnegative"):
        return OPEN, [f"not judged an equation or an inequality is, and not a statement of the kind {stated.kind}"]
    if stated.steps or stated.conditions:
        return OPEN, ["not judged lines and conditions are found by the prover: leave them out"]
    if (stated.right is None) != (stated.kind == "nonnegative"):
        return OPEN, ["not judged an equation has two sides, and what is never negative has one"]
    sides = [e for e in (stated.left, stated.right) if e is not None]
    try:
        lhs = nonnegative(stated.left) if stated.kind == "nonnegative" else stated.left
        given = counted(stated.given, sides, stated.given)
        shown = [f"read as    {_shown(stated)}", *[f"given      {text(fact)}" for fact in given]]
    except (TypeError, ValueError) as error:
        return OPEN, [f"not judged {error}"]
    try:
        proof = prove("it", lhs, stated.right, given=stated.given)
    except Refuted as error:
        found = error.counterexample
        rows = replace(found, values=counted_values(found.values, sides, stated.given)).rows
        return REFUTED, [*shown, "refuted", *[f"at         {what} = {value}" for what, value in rows]]
    except (Undecided, ProverFault) as error:
        return OPEN, [*shown, f"undecided  {error}"]
    except (TypeError, ValueError) as error:  # what is stated has no meaning
        return OPEN, [*shown, f"not judged {error}"]
    return PROVED, [*shown, *_told(proof, counted(proof.conditions, sides, stated.given))]


def _shown(stated: Stated) -> str:
    if stated.right is None:
        return f"{text(stated.left)} >= 0"
    return text(sp.Eq(stated.left, stated.right, evaluate=False))


def _told(proof: Proof, conditions: list[sp.Basic]) -> list[str]:
    sizes = "for all sizes; " if proof.state == "proved-all" else ""
    known = f"proved     {sizes}{proof.method}; numbers agree at {proof.audit.points} points"
    return [known, *[f"where      {text(condition)}" for condition in conditions]]
