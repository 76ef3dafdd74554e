"""`claim`: an equation between matrix expressions is proved for all sizes, or refuted, or honestly left undecided.

Functions are SymPy's, at real arguments; an equation is meant wherever both its sides are defined.  Slopes of functions
with kinks (max, abs, pieces) are meant away from the kinks.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import sympy as sp

from claims import budget as clock
from claims.algebra.certificate import certify
from claims.algebra.equality import Equality, conditions
from claims.data import Stated
from claims.entry.kinks import KINKED
from claims.errors import ProverFault, Refuted, Undecided
from claims.language import Nonnegative, Partial, unfold
from claims.language.statement import prepared
from claims.numbers.counterexample import audit, screen, smallest, trial

from .cache import remembered
from .explanation import explain, readable
from .records import emit, proof_record, stated_claim

TOLERANCE = 1e-15


@dataclass(frozen=True)
class Audit:
    """How many random points a proof was checked at, and the largest relative error there."""

    points: int
    error: float


@dataclass(frozen=True)
class Step:
    """One equality, proved on its own."""

    lhs: sp.Basic
    rhs: sp.Basic
    why: str
    method: str
    seconds: float
    audit: Audit


@dataclass
class Proof:
    """A statement that holds for all sizes and values, and how that is known."""

    id: str
    title: str | None
    lhs: sp.Basic
    rhs: sp.Basic | None
    state: str
    method: str
    seconds: float
    audit: Audit
    given: tuple = ()
    uses: tuple = ()
    steps: list[Step] = field(default_factory=list)
    away_from_kinks: bool = False
    conditions: tuple = ()

    def explain(self) -> list[tuple[sp.Basic, str]]:
        """The steps the prover took, as (expression, why), with readable names for indices."""
        return explain(self)

    @property
    def stated(self) -> Stated:
        """What was proved, which `claims.data` writes as JSON."""
        return stated_claim(self)

    def record(self) -> dict:
        """What the book renders."""
        return proof_record(self)

    def __str__(self):
        return f"{self.id}: {self.method} ({self.seconds * 1e3:.0f} ms)"


def claim(
    id: str, lhs, rhs=None, *, title: str | None = None, given=(), uses=(), steps=(), budget: float = 20
) -> Proof:
    """Prove lhs = rhs for all sizes and values, or `nonnegative(e)`; a notebook shows the record of the proof.

    `given`: equations between expressions, taken as true.  `steps`: (expression, why) between the two sides.
    `budget`: seconds of time, past which the claim is undecided.

    Raises:  Refuted with a counterexample, Undecided with what remains, SizesDoNotFit, Ambiguous
    """
    proof = prove(id, lhs, rhs, title=title, given=given, uses=uses, steps=steps, budget=budget)
    emit(proof)
    return proof


def prove(id, lhs, rhs=None, *, title=None, given=(), uses=(), steps=(), budget=20) -> Proof:
    """The proof itself, shown nowhere."""
    statement = prepared(lhs, rhs, given, steps)
    attempt = _Attempt(id, statement.given)
    try:
        with clock.budget(budget):
            done = [attempt.step(*link) for link in statement.chain]
    except clock.OutOfTime:
        raise Undecided(f"{id}: undecided after {budget} s; {attempt.progress}", points=attempt.points) from None
    return Proof(
        id=id,
        title=title,
        lhs=statement.lhs,
        rhs=statement.rhs,
        state=statement.state,
        method="; ".join(dict.fromkeys(s.method for s in done)),
        seconds=sum(s.seconds for s in done),
        audit=Audit(sum(s.audit.points for s in done), max(s.audit.error for s in done)),
        given=statement.given,
        uses=tuple(uses),
        steps=done if steps else [],
        conditions=conditions(
            [side for link in statement.chain for side in link[:2] if side is not None], statement.given
        ),
        away_from_kinks=any(differentiates_kinks(s.lhs, s.rhs) for s in done),
    )


class _Attempt:
    """The links of a chain proved one after another; `points` and `progress` say how far the present one got."""

    def __init__(self, id, given):
        self.id, self.given, self.points = id, given, 0

    @property
    def progress(self) -> str:
        return f"the sides agree at {self.points} random points" if self.points else "no point was tried"

    def step(self, left, right, why) -> Step:
        self.points = 0
        try:
            found = remembered("proof", (left, right, *self.given), lambda: self.proved(left, right))
        except NotImplementedError as error:
            self.give_up(str(error))
        except ZeroDivisionError:
            self.give_up("something is divided by what is zero for all values")
        except RecursionError:
            self.give_up("a hypothesis leads round in a circle" if self.given else "the expression is too deep")
        return Step(left, right, why, found["method"], found["seconds"], Audit(*found["audit"]))

    def proved(self, left, right) -> dict:
        """How the equality is known: the method, the seconds that it took, the points and the error of the audit."""
        started = time.process_time()
        sides = trial(left, right, self.given, kinks=not differentiates_kinks(left, right))
        self.refute(sides)
        method, remainder = decide(left, right, self.given)
        if method is None:
            self.refute(sides, seed=1, effort=4)
            self.give_up(f"what remains after normalisation: {readable(remainder)}", readable(remainder))
        audited = self.audited(sides)
        return {
            "method": method,
            "seconds": time.process_time() - started,
            "audit": (audited.points, audited.error),
        }

    def refute(self, sides, seed=0, effort=1):
        """Numbers first: a false claim costs no algebra."""
        env, agreed = screen(sides, seed, effort)
        self.points += agreed
        if env is not None:
            found = smallest(sides, env)
            raise Refuted(f"{self.id} is false\n{found.text}", found)

    def give_up(self, reason, remainder=None):
        raise Undecided(f"{self.id}: undecided; {self.progress}; {reason}", remainder, self.points)

    def audited(self, sides) -> Audit:
        points, error = audit(sides)
        if error > TOLERANCE:
            raise ProverFault(f"{self.id}: proved, yet the sides differ by {error:.3g} at a random point")
        if points < 3:
            raise Undecided(
                f"{self.id}: undecided; the algebra holds, but {points} points could be checked", points=points
            )
        return Audit(points, error)


def decide(left, right, given):
    """(method, None) or (None, what remains)."""
    if isinstance(left, Nonnegative):
        return certify(left.expr, given)
    return Equality(left, right, given).decide()


def differentiates_kinks(*sides) -> bool:
    """Is a function with kinks differentiated on some side?"""
    return any(p.has(*KINKED) for side in sides if side is not None for p in unfold(side).atoms(Partial, sp.Derivative))
