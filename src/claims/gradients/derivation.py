"""What `derive` found: the lines of a textbook's backpropagation, the closed form, and their proofs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import sympy as sp

from claims.data import Line as StatedLine
from claims.data import Stated
from claims.errors import ProverFault, Refuted, Undecided
from claims.language import NAMES, Grad, parts
from claims.printing.notation import Latex
from claims.proof import prover
from claims.proof.printed import latex, text
from claims.proof.records import methods, written
from claims.proof.scope import told_apart
from claims.reasons.lines import CHAIN_RULE
from claims.reasons.measured import THEOREM, Need

from .chain_rule import Statement, freed
from .sweep import Line, Step

DEPTH = 4  # adjoints on the way, up to which the closed form is also proved end to end


@dataclass
class Derivation:
    """A gradient: `closed` as a matrix expression, `lines` as in a textbook, each with the adjoints before it."""

    gradient: Grad
    result: sp.Basic  # the last line
    opened: sp.Basic  # the last line, the adjoints in it written out
    closed: sp.Basic
    chain: list[Line]
    statements: list[Statement]
    steps: list[Step]
    given: tuple[sp.Basic, ...] = ()
    id: str | None = None
    title: str | None = None

    @property
    def name(self) -> str:
        return self.id or text(self.gradient)

    @property
    def stated(self) -> Stated:
        """The gradient, its closed form, and the lines, each of which defines the gradient with respect to a quantity."""
        both = zip(self.chain, self.statements, strict=True)
        steps = tuple(StatedLine("definition", line.symbol, line.expr, "", told.reasons) for line, told in both)
        return Stated("derivation", self.gradient, self.closed, tuple(self.given), steps)

    @property
    def lines(self) -> list[tuple[str, sp.Basic]]:
        """(name, expression) for each line: dZ2, dZ1, dW1."""
        return [(line.name, line.expr) for line in self.chain]

    @cached_property
    def proofs(self) -> list[prover.Proof]:
        """The proof of each line, the chain rule holding the adjoints before it constant."""
        return [
            self._proved(f"{self.name}, line {line.name}", statement.gradient, statement.value, statement.letters)
            for line, statement in zip(self.chain, self.statements, strict=True)
        ]

    @cached_property
    def end_to_end(self) -> prover.Proof | None:
        """The proof of the closed form without the chain rule; None for a deep derivation, whose lines are its proof.

        The lines of a scalar that is made of gradients know these in closed form.
        """
        if len(self.chain) > DEPTH + 1 and not self.gradient.scalar.has(Grad):
            return None
        return self._proved(self.name, self.gradient, self.closed)

    @cached_property
    def put_together(self) -> prover.Proof:
        """The proof that the closed form is the last line with those before written out, names standing for any quantities.

        Where it holds for these names alone, they are opened.
        """
        free = {name: freed(name) for name in parts((self.opened, self.closed, self.given), NAMES)}
        name, sides = f"{self.name}, closed form", (self.opened, self.closed)
        try:
            return prover.prove(name, *(e.xreplace(free) for e in sides), given=self._given(free))
        except (Refuted, Undecided):
            return self._proved(name, *sides)

    def _given(self, letters: Mapping[sp.Expr, sp.Expr] | None) -> list[sp.Basic]:
        """The hypotheses, told of the letters that stand for quantities."""
        return [fact.xreplace(letters or {}) for fact in self.given]

    def _proved(
        self, name: str, left: sp.Expr, found: sp.Expr, letters: Mapping[sp.Expr, sp.Expr] | None = None
    ) -> prover.Proof:
        """The proof of what was found; nobody claimed it, so that a false one is a fault."""
        try:
            return prover.prove(name, left, found, given=self._given(letters))
        except Refuted as refuted:
            raise ProverFault(f"derive found {text(left)} = {text(found)}, which is false; {refuted}") from refuted

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the lines rest on."""
        chain = [Need(THEOREM, CHAIN_RULE)] if any(statement.through for statement in self.statements) else []
        return tuple(dict.fromkeys([*chain, *(need for proof in self.proofs for need in proof.needs)]))

    def check(self) -> prover.Proof:
        """The proof of the gradient, line by line, and of the closed form end to end up to depth four.

        Raises:  ProverFault naming the line that is false, what else `claim` raises naming the one that is undecided
        """
        whole = [self.end_to_end] if self.end_to_end else []
        proofs = [*self.proofs, *whole] if whole else [self.put_together, *self.proofs]
        methods = ["the chain rule, line by line", *(proof.method for proof in whole)]
        return replace(
            proofs[-1],
            id=self.name,
            title=self.title,
            lhs=self.gradient,
            rhs=self.closed,
            method="; ".join(methods),
            seconds=sum(proof.seconds for proof in proofs),
            audit=prover.Audit(sum(p.audit.points for p in proofs), max(p.audit.error for p in proofs)),
            conditions=told_apart([c for proof in whole or self.proofs for c in proof.conditions], self.proofs),
            steps=[self._step(*both) for both in zip(self.statements, self.proofs, strict=True)],
        )

    def _step(self, statement: Statement, proof: prover.Proof) -> prover.Step:
        return prover.Step(proof.lhs, proof.rhs, statement.why, proof.method, proof.seconds, proof.audit)

    # ------------------------------------------------------------ what a notebook shows
    @property
    def latex(self) -> str:
        """The lines, aligned at their equals signs."""
        return aligned(self.lines)

    @property
    def text(self) -> str:
        return "\n".join(f"{name} = {text(expression)}" for name, expression in self.lines)

    def record(self) -> dict[str, Any]:
        """The record that the book renders: the lines, and the proof of each."""
        proof = replace(self.check(), told=self.needs)
        return {
            **proof.record(),
            "kind": "derivation",
            "latex": self.latex,
            "text": self.text,
            "statement": written(replace(self.stated, conditions=proof.conditions)),
            "steps": [
                self._step_record(*three) for three in zip(self.chain, self.statements, self.proofs, strict=True)
            ],
        }

    def _step_record(self, line: Line, statement: Statement, proof: prover.Proof) -> dict[str, Any]:
        shown = f"{Latex().name(line.name)} = {latex(line.expr)}"
        return {
            "latex": shown,
            "reasons": [statement.reason],
            "method": methods(proof.method),
            "seconds": round(proof.seconds, 3),
        }

    def _repr_latex_(self) -> str:
        self.check()
        return f"$${self.latex}$$"

    def __str__(self) -> str:
        return self.text


def aligned(lines: Iterable[tuple[str, sp.Basic]]) -> str:
    """LaTeX of lines (name, expression), aligned at their equals signs."""
    body = r" \\ ".join(f"{Latex().name(name)} &= {latex(expression)}" for name, expression in lines)
    return rf"\begin{{aligned}}{body}\end{{aligned}}"
