"""What a notebook cell shows of a statement: a record that the book renders, and text for everywhere else.

A record holds data: formulas, codes, lists with their kinds.  No word of it is for a reader, so that a page may be in any
language; what an author wrote, a title or a reason, is as it was written.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import sympy as sp

from claims.budget import guarded
from claims.data import Line, Stated, write
from claims.data.keys import key_of
from claims.language import NAMES, Nonnegative, parts
from claims.language.reasons import By, ByChainRule, ByDefinition, Reason, entries
from claims.numbers.counterexample import Counterexample, latex_value
from claims.printing.notation import Latex
from claims.printing.printer import definition
from claims.reasons.measured import DEFINITION, STATEMENT, Need

from . import scope, terminal
from .cache import remembered
from .explanation import explained
from .printed import LONGEST, SECONDS, latex, latex_if_any, text
from .told import Cited, Defined, EveryDepth, Known, Observed, Proved, Refuted, Shown, Sides, Statement, Step

MIME = "application/vnd.claim+json"
BY = re.compile(r"(induction|differentiation) (?:over|by) (\w+)")


def emit(statement: Shown) -> None:
    """Show the record of a statement, made only if a notebook is listening."""
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    if shell:
        from IPython.display import display

        display(bundle(statement.record()), raw=True)


def bundle(record: dict[str, Any]) -> dict[str, Any]:
    """The record for the book, and the same as Markdown and as text for any other notebook."""
    return {
        MIME: record,
        "text/markdown": terminal.markdown(record),
        "text/plain": f"{terminal.heading(record)}: {record['text']}",
    }


# ---------------------------------------------------------------- what was stated
def stated_claim(proof: Proved) -> Stated:
    """What a proof proves."""
    steps = tuple(Line(*sides_of(step), step.why, step.reasons) for step in proof.steps)
    return Stated(*sides_of(proof), proof.given, steps, proof.conditions)


def sides_of(proved: Sides) -> tuple[str, sp.Basic, sp.Basic | None]:
    """The form of a statement, and its sides, as data has them."""
    if isinstance(proved.lhs, Nonnegative):
        return "nonnegative", proved.lhs.expr, None
    return "equation", proved.lhs, proved.rhs


def written(stated: Stated) -> dict[str, Any] | None:
    """The statement as data; None where it has a word that data does not have."""
    return guarded(lambda: write(stated), None, SECONDS)


# ---------------------------------------------------------------- records
def definition_record(definition: Defined) -> dict[str, Any]:
    return {
        **_common(definition, "definition", sp.Eq(definition.symbol, definition.expr, evaluate=False)),
        "domain": scope.domain([definition.expr]),
        "given": scope.hypotheses((), [definition.expr]),
        "conditions": scope.conditions(definition.conditions, [definition.expr]),
        "steps": [],
        "explain": [],
    }


def proof_record(proof: Proved) -> dict[str, Any]:
    """The record of a proof.

    Raises:  nothing; what cannot be printed in reasonable time and length is left out of `explain`
    """
    sides = [e for e in (proof.lhs, proof.rhs) if e is not None]
    return {
        **_common(proof, "claim", _shown(proof)),
        "domain": scope.domain(sides, proof.given),
        "given": scope.hypotheses(proof.given, sides),
        "conditions": scope.conditions(proof.conditions, sides, proof.given),
        "steps": [_step(step) for step in proof.steps],
        "explain": guarded(lambda: _explanation(proof, sides), [], SECONDS) if proof.whole else [],
        "whole": methods(proof.whole) if proof.whole and proof.steps else [],
    }


def depth_record(claimed: EveryDepth) -> dict[str, Any]:
    """The record of what holds for every depth: its lines, each with the proof of one step of the induction."""
    sides = [side for proof in claimed.proofs for side in (proof.lhs, proof.rhs)]
    whole = scope.domain(sides)
    layers = [{"kind": "sizes", "latex": [latex(claimed.net.depth)]}]
    return {
        **_common(claimed, "derivation", sp.Eq(*claimed.lines[0][:2], evaluate=False)),
        "latex": claimed.latex,
        "domain": [*layers, *whole],
        "given": [],
        "conditions": scope.conditions(claimed.conditions, sides),
        "steps": [_depth_step(*both) for both in zip(claimed.lines, claimed.proofs, strict=True)],
        "explain": [],
    }


def _depth_step(line: tuple[sp.Basic, sp.Basic, str], proof: Proved) -> dict[str, Any]:
    found, value, layers = line
    shown = f"{latex(found)} = {latex(value)}" + (rf" \qquad {{({layers})}}" if layers else "")
    reasons = proof.steps[0].reasons if proof.steps else (entries,)
    return {
        "latex": shown,
        "reasons": [told_reason(reason, found, value) for reason in reasons],
        "method": methods(proof.method),
        "seconds": round(proof.seconds, 3),
    }


def cited_record(cited: Cited) -> dict[str, Any]:
    """The record of what is taken from elsewhere; its key is that of a theorem, which proofs may need."""
    sides = [e for e in (cited.lhs, cited.rhs) if e is not None]
    formula = _shown(cited) if sides else None
    return {
        **_unproved(cited),
        "words": cited.words,
        "latex": latex(formula) if sides else "",
        "text": text(formula) if sides else cited.words,
        "statement": written(cited.stated) if cited.stated else None,
        "source_of": cited.source,
        "key": f"theorem:{cited.id}",
        "domain": scope.domain(sides, cited.given),
        "given": scope.hypotheses(cited.given, sides),
    }


def refutation_record(refutation: Refuted) -> dict[str, Any]:
    """The record of what is false, with the values that show it as formulas."""
    sides = [e for e in (refutation.lhs, refutation.rhs) if e is not None]
    shown = _shown(refutation)
    return {
        **_unproved(refutation),
        "latex": latex(shown),
        "text": text(shown),
        "statement": written(refutation.stated),
        "source_of": refutation.source,
        "domain": scope.domain(sides, refutation.given),
        "given": scope.hypotheses(refutation.given, sides),
        "counterexample": _counterexample(refutation.counterexample, sides, refutation.given),
    }


def _counterexample(found: Counterexample, of: Sequence[sp.Basic], given: Sequence[sp.Basic]) -> dict[str, Any]:
    """The values of all letters, the place (from 0) and the sides there, as formulas."""
    values = found.sizes | scope.counted_values(found.values, of, given)
    letters = [f"{latex(letter)} = {latex_value(value)}" for letter, value in values.items()]
    functions = [f"{Latex().function(g.__name__)}(z) = {f.latex}" for g, f in found.functions.items()]
    sides = [found.expected, found.claimed][-len(of) :]
    place = found.entry and list(found.entry)
    return {"values": [*letters, *functions], "entry": place, "sides": list(map(latex_value, sides))}


def observed_record(seen: Observed) -> dict[str, Any]:
    """The record of what numbers showed: how many seeds, and the interval of the mean."""
    numbers = {"seeds": seen.seeds, "low": seen.low, "high": seen.high}
    return {**_unproved(seen), "words": seen.words, "latex": "", "text": seen.words, "observed": numbers}


def _unproved(statement: Statement) -> dict[str, Any]:
    """What the records of statements without a proof have in common."""
    return {
        "id": statement.id,
        "kind": "claim",
        "title": statement.title,
        "state": statement.state,
        "needs": [],
        "domain": [],
        "given": [],
        "conditions": [],
        "steps": [],
        "explain": [],
        "method": [],
        "seconds": 0,
        "sizes": "",
    }


def _common(statement: Known, kind: str, shown: sp.Basic) -> dict[str, Any]:
    return {
        "id": statement.id,
        "kind": kind,
        "title": statement.title,
        "state": statement.state,
        "latex": latex(shown),
        "text": text(shown),
        "statement": written(statement.stated),
        "key": key_of(statement.stated),
        "needs": [dict(need) for need in map(needed, statement.needs)],
        "method": methods(statement.method),
        "seconds": round(statement.seconds, 3),
        "sizes": "all" if statement.state == "proved-all" else "",
        "audit": {"points": statement.audit.points, "error": statement.audit.error},
    }


def _shown(proved: Sides) -> sp.Basic:
    return proved.lhs if proved.rhs is None else sp.Eq(proved.lhs, proved.rhs, evaluate=False)


def _step(step: Step) -> dict[str, Any]:
    """A line with its reasons as data, and its author's words where there are any."""
    told = [told_reason(reason, step.lhs, step.rhs) for reason in step.reasons]
    words = {"why": step.why} if step.why else {}
    return {
        "latex": latex(_shown(step)),
        "reasons": told if step.rhs is not None else [{"code": "never-negative"}],
        **words,
        "method": methods(step.method),
        "seconds": round(step.seconds, 3),
    }


def told_reason(reason: Reason, *sides: sp.Basic | None) -> dict[str, Any]:
    """A reason as a code, with what it names, written as it is in these sides."""
    match reason:
        case By(id):
            return {"code": "statement", "id": id}
        case ByDefinition(names):
            known = {quantity.name: latex(quantity) for e in sides if e is not None for quantity in parts(e, NAMES)}
            return {"code": "definition", "names": [known.get(name) or Latex().name(name) for name in names]}
        case ByChainRule(through):
            return {"code": "chain-rule", "through": [definition(quantity) for quantity in through]}
    return {"code": "entries" if reason == entries else "algebra"}


def needed(need: Need) -> dict[str, Any]:
    """What a statement rests on: a statement by its id, or by the key that the record of it has."""
    if need.kind == STATEMENT:
        return {"id": need.what}
    if need.kind == DEFINITION:
        return {"key": key_of(Stated("definition", need.what, need.what.expr))}
    return {"key": f"{need.kind}:{need.what}"}


def _explanation(proof: Proved, sides: Sequence[sp.Basic]) -> list[dict[str, Any]]:
    """The lines that can be written, and are short enough for a page."""
    known = [*sides, *proof.given]
    lines = remembered("explanation", known, lambda: [(latex_if_any(e), reason) for e, reason in explained(proof)])
    return [{"latex": line, "reason": reason} for line, reason in lines if 0 < len(line) <= LONGEST]


def methods(method: str) -> list[dict[str, Any]]:
    """How it is known, as codes: each what a method calls itself, with the variable that it goes by."""
    return [_method(name) for name in method.split("; ")]


def _method(name: str) -> dict[str, Any]:
    if by := BY.fullmatch(name):
        return {"code": by[1], "by": by[2]}
    return {"code": re.sub(r"\W+", "-", name)}
