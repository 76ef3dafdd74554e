"""What `derive` found: the lines of a textbook's backpropagation, the closed form, and their proofs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import sympy as sp

from claims.data import Line as StatedLine
from claims.data import Stated
from claims.language import Grad
from claims.printing.notation import Latex
from claims.proof import prover
from claims.proof.printed import latex, text
from claims.proof.records import methods, written

from .chain_rule import Statement
from .sweep import Line, Step

DEPTH = 4  # adjoints on the way, up to which the closed form is also proved end to end


@dataclass
class Derivation:
    """A gradient: `closed` as a matrix expression, `lines` as in a textbook, each with the adjoints before it."""

    gradient: Grad
    result: sp.Basic  # the last line
    closed: sp.Basic
    chain: list[Line]
    statements: list[Statement]
    steps: list[Step]
    given: tuple = ()
    id: str | None = None
    title: str | None = None
    uses: tuple = ()

    @property
    def name(self) -> str:
        return self.id or text(self.gradient)

    @property
    def stated(self) -> Stated:
        """The gradient, its closed form, and the lines, each of which defines the gradient with respect to a quantity."""
        steps = tuple(StatedLine("definition", line.symbol, line.expr) for line in self.chain)
        return Stated("derivation", self.gradient, self.closed, tuple(self.given), steps)

    @property
    def lines(self) -> list[tuple[str, sp.Basic]]:
        """(name, expression) for each line: dZ2, dZ1, dW1."""
        return [(line.name, line.expr) for line in self.chain]

    @cached_property
    def proofs(self) -> list[prover.Proof]:
        """The proof of each line, the chain rule holding the adjoints before it constant."""
        return [
            prover.prove(f"{self.name}, line {line.name}", statement.gradient, statement.value, given=self.given)
            for line, statement in zip(self.chain, self.statements, strict=True)
        ]

    @cached_property
    def end_to_end(self) -> prover.Proof | None:
        """The proof of the closed form without the chain rule; None for a deep derivation, whose lines are its proof."""
        if len(self.chain) > DEPTH + 1:
            return None
        return prover.prove(self.name, self.gradient, self.closed, given=self.given)

    def check(self) -> prover.Proof:
        """The proof of the gradient, line by line, and of the closed form end to end up to depth four.

        Raises:  what `claim` raises, naming the line that is false or undecided
        """
        whole = [self.end_to_end] if self.end_to_end else []
        proofs = [*self.proofs, *whole]
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
            uses=self.uses,
            conditions=tuple(dict.fromkeys(c for proof in whole or proofs for c in proof.conditions)),
            steps=[self._step(*both) for both in zip(self.statements, self.proofs, strict=True)],
        )

    def _step(self, statement, proof) -> prover.Step:
        return prover.Step(proof.lhs, proof.rhs, statement.why, proof.method, proof.seconds, proof.audit)

    # ------------------------------------------------------------ what a notebook shows
    @property
    def latex(self) -> str:
        """The lines, aligned at their equals signs."""
        return aligned(self.lines)

    @property
    def text(self) -> str:
        return "\n".join(f"{name} = {text(expression)}" for name, expression in self.lines)

    def record(self) -> dict:
        """The record that the book renders: the lines, and the proof of each."""
        proof = self.check()
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

    def _step_record(self, line, statement, proof) -> dict:
        shown = f"{Latex().name(line.name)} = {latex(line.expr)}"
        return {
            "latex": shown,
            "reason": statement.reason,
            "method": methods(proof.method),
            "seconds": round(proof.seconds, 3),
        }

    def _repr_latex_(self) -> str:
        self.check()
        return f"$${self.latex}$$"

    def __str__(self) -> str:
        return self.text


def aligned(lines) -> str:
    """LaTeX of lines (name, expression), aligned at their equals signs."""
    body = r" \\ ".join(f"{Latex().name(name)} &= {latex(expression)}" for name, expression in lines)
    return rf"\begin{{aligned}}{body}\end{{aligned}}"
