"""What a notebook cell shows of a statement: a record that the book renders, and text for everywhere else."""

from __future__ import annotations

import sys

import sympy as sp

from claims.data import Line, Stated
from claims.language import BOUND, NAMES, Nonnegative, parts
from claims.numbers.points import unknowns

from .cache import remembered

MIME = "application/vnd.claim+json"
LONGEST = 4000  # characters of LaTeX that a step may take on a page


def emit(statement) -> None:
    """Show the record of a statement, made only if a notebook is listening."""
    shell = sys.modules.get("IPython") and sys.modules["IPython"].get_ipython()
    if shell:
        from IPython.display import display

        display(bundle(statement.record()), raw=True)


def bundle(record: dict) -> dict:
    """The record for the book, and the same as Markdown and as text for any other notebook."""
    heading = " ".join(filter(None, [record["title"], f"({record['state']})"]))
    given = "".join(f"* {line}\n" for line in record["given"])
    return {
        MIME: record,
        "text/markdown": f"**{heading}**\n\n$${record['latex']}$$\n\n{given}",
        "text/plain": f"{heading}: {record['text']}",
    }


def stated_claim(proof) -> Stated:
    """What a proof proves."""
    steps = tuple(Line(*_sides(step), step.why) for step in proof.steps)
    return Stated(*_sides(proof), proof.given, steps, proof.conditions)


def _sides(proved) -> tuple:
    if isinstance(proved.lhs, Nonnegative):
        return "nonnegative", proved.lhs.expr, None
    return "equation", proved.lhs, proved.rhs


def definition_record(definition) -> dict:
    return {
        **_common(definition, "definition", sp.Eq(definition.symbol, definition.expr, evaluate=False)),
        "given": _domains([definition.expr], ()),
        "steps": [],
        "explain": [],
    }


def proof_record(proof) -> dict:
    """The record of a proof.

    Raises:  nothing; what the printer cannot show in reasonable length is left out of `explain`
    """
    from claims.printing.printer import latex

    sides = [e for e in (proof.lhs, proof.rhs) if e is not None]
    statement = proof.lhs if proof.rhs is None else sp.Eq(proof.lhs, proof.rhs, evaluate=False)
    known = [e for e in (proof.lhs, proof.rhs, *proof.given) if e is not None]
    lines = remembered("explanation", known, lambda: [(latex(e), why) for e, why in proof.explain()])
    return {
        **_common(proof, "claim", statement),
        "given": _domains(sides, proof.given, proof.away_from_kinks),
        "steps": [_step(s) for s in proof.steps],
        "explain": [{"latex": line, "why": why} for line, why in lines if len(line) <= LONGEST],
    }


def _common(statement, kind, shown) -> dict:
    from claims.printing.printer import latex, text

    return {
        "id": statement.id,
        "kind": kind,
        "title": statement.title,
        "state": statement.state,
        "latex": latex(shown),
        "text": text(shown),
        "uses": list(statement.uses),
        "method": statement.method,
        "seconds": round(statement.seconds, 3),
        "sizes": "all" if statement.state == "proved-all" else "",
        "audit": {"points": statement.audit.points, "error": statement.audit.error},
    }


def _step(step) -> dict:
    from claims.printing.printer import latex

    shown = step.lhs if step.rhs is None else sp.Eq(step.lhs, step.rhs, evaluate=False)
    return {"latex": latex(shown), "why": step.why, "method": step.method, "seconds": round(step.seconds, 3)}


# ---------------------------------------------------------------- hypotheses, in words
def _domains(sides, given, away_from_kinks=False) -> list[str]:
    """For which sizes, matrices, numbers and functions the statement is meant, and under which equations."""
    from claims.printing.printer import definition, latex

    everything = [*sides, *[s for e in given for s in e.args]]
    found = unknowns(everything)
    lines = []
    if found.sizes:
        lines.append(f"for all sizes ${', '.join(map(latex, found.sizes))} \\ge 1$")
    for M in found.matrices:
        lines.append(rf"${latex(M)} \in \mathbb{{R}}^{{{latex(M.rows)} \times {latex(M.cols)}}}$")
    lines += [_number(s, latex) for s in found.scalars]
    lines += [_activation(g, latex) for g in found.activations]
    names = {name: None for side in sides for name in parts(side, NAMES)}
    lines += [f"where ${definition(name)}$" for name in names]
    lines += [f"given that ${latex(e)}$" for e in given]
    if away_from_kinks:
        lines.append("where the slope exists: away from the kinks of the functions with pieces")
    return lines


def _activation(g, latex) -> str:
    if g.slope is None:
        return f"${g.__name__}$ is any differentiable function"
    z = sp.Symbol("z", real=True)
    return f"${g.__name__}$ is any function with ${g.__name__}'(z) = {latex(g.slope.xreplace({BOUND: z}))}$"


def _number(s, latex) -> str:
    signs = {
        "positive": "> 0",
        "negative": "< 0",
        "nonnegative": r"\ge 0",
        "nonpositive": r"\le 0",
        "nonzero": r"\ne 0",
    }
    sign = next((sign for fact, sign in signs.items() if getattr(s, f"is_{fact}")), None)
    kind = r"\mathbb{Z}" if s.is_integer else r"\mathbb{R}"
    return rf"${latex(s)} \in {kind}$" + (f", ${latex(s)} {sign}$" if sign else "")
