"""`claim`: an equation between matrix expressions is proved for all sizes, or refuted, or honestly left undecided.

Functions are SymPy's, at real arguments; an equation is meant wherever both its sides are defined.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field

import sympy as sp

from claims import budget as clock
from claims.algebra.certificate import certify
from claims.algebra.equality import Equality, conditions
from claims.data import Stated
from claims.errors import Ambiguous, ProverFault, Refuted, SizesDoNotFit, Undecided
from claims.language import Nonnegative
from claims.language.statement import prepared
from claims.numbers.search import ENOUGH, LOCK, audit, screen, smallest
from claims.numbers.trial import trial

from .cache import remembered
from .explanation import explain, readable
from .records import emit, proof_record, stated_claim

TOLERANCE = 1e-15
SAME = "both sides are the same expression"
VERDICTS = (Refuted, Undecided, SizesDoNotFit, Ambiguous, ProverFault)


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
    conditions: tuple = ()

    def explain(self) -> list[tuple[sp.Basic, str]]:
        """The steps the prover took, as (expression, why), with readable names for indices; none if that takes too long."""
        return clock.guarded(lambda: explain(self), [])

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
    `budget`: seconds of computing, past which the claim is undecided.

    Raises:  Refuted with a counterexample, Undecided with what remains, SizesDoNotFit, Ambiguous
    """
    proof = prove(id, lhs, rhs, title=title, given=given, uses=uses, steps=steps, budget=budget)
    emit(proof)
    return proof


def prove(id, lhs, rhs=None, *, title=None, given=(), uses=(), steps=(), budget=20) -> Proof:
    """The proof itself, shown nowhere."""
    attempt = _Attempt(id)
    with attempt.within(budget):
        with attempt.bad_input_told():
            statement = prepared(lhs, rhs, given, steps)
        attempt.given = statement.given
        done = [attempt.step(*link) for link in statement.chain]
        audits = [s.audit for s in done] + attempt.end_to_end(statement.chain)
        return Proof(
            id=id,
            title=title,
            lhs=statement.lhs,
            rhs=statement.rhs,
            state=statement.state,
            method="; ".join(dict.fromkeys(s.method for s in done)),
            seconds=sum(s.seconds for s in done),
            audit=Audit(sum(a.points for a in audits), max(a.error for a in audits)),
            given=statement.given,
            uses=tuple(uses),
            steps=done if steps else [],
            conditions=conditions(
                [side for link in statement.chain for side in link[:2] if side is not None], statement.given
            ),
        )


class _Attempt:
    """The links of a chain proved one after another; `points` and `progress` say how far the present one got."""

    def __init__(self, id):
        self.id, self.given, self.points = id, (), 0

    @property
    def progress(self) -> str:
        return f"the sides agree at {self.points} random points" if self.points else "no point was compared"

    @contextmanager
    def within(self, seconds):
        """Whatever happens inside ends in a verdict; what takes longer, or breaks, is undecided.

        One proof at a time: the digits that SymPy and the numbers compute with are those of the process.
        """
        try:
            with LOCK, clock.budget(seconds):
                yield
        except clock.OutOfTime:
            raise Undecided(f"{self.id}: undecided after {seconds} s; {self.progress}", points=self.points) from None
        except _BadInput as error:
            raise error.args[0] from None
        except VERDICTS:
            raise
        except Exception as error:  # noqa: BLE001 (a fault of the prover proves nothing, and refutes nothing)
            self.give_up(self.told(error))

    @contextmanager
    def bad_input_told(self):
        """What is wrong with the statement itself is no fault of the prover."""
        try:
            yield
        except (TypeError, ValueError) as error:
            raise _BadInput(error) from None

    def told(self, error) -> str:
        """Why there is no verdict, in one line."""
        if isinstance(error, ZeroDivisionError):
            return "something is divided by what is zero for all values"
        if isinstance(error, RecursionError):
            return "a hypothesis leads round in a circle" if self.given else "the expression is too deep"
        line = next(iter(str(error).splitlines()), "")
        return line if isinstance(error, NotImplementedError) and line else f"{type(error).__name__}: {line}"

    def step(self, left, right, why) -> Step:
        self.points = 0
        found = remembered("proof", (left, right, *self.given), lambda: self.proved(left, right))
        return Step(left, right, why, found["method"], found["seconds"], Audit(*found["audit"]))

    def proved(self, left, right) -> dict:
        """How the equality is known: the method, the seconds that it took, the points and the error of the audit."""
        started = time.process_time()
        sides = trial(left, right, self.given)
        self.look(sides)
        method, remainder = (SAME, None) if left == right else decide(left, right, self.given)
        if method is None:
            self.refute(sides, seed=1, effort=4)
            remainder = clock.guarded(lambda: readable(remainder), remainder)
            self.give_up(f"what remains after normalisation: {remainder}", remainder)
        return {"method": method, "audit": self.audited(sides), "seconds": time.process_time() - started}

    def look(self, sides) -> None:
        """Numbers first: a false claim costs no algebra, and one that speaks of next to nothing is not decided."""
        look = self.refute(sides)
        if not look.enough and not look.contradictory:
            look = self.refute(sides, seed=2, effort=4)
        if not look.enough:
            self.give_up(look.why_not)

    def refute(self, sides, seed=0, effort=1):
        """What a search saw.

        Raises:  Refuted if it found a counterexample
        """
        look = screen(sides, seed, effort)
        self.points += look.agreed
        if look.found:
            found = smallest(sides, look.found)
            shown = clock.guarded(lambda: found.text, "  which cannot be shown")
            raise Refuted(f"{self.id} is false\n{shown}", found)
        return look

    def give_up(self, reason, remainder=None):
        raise Undecided(f"{self.id}: undecided; {self.progress}; {reason}", remainder, self.points) from None

    def audited(self, sides) -> tuple[int, float]:
        """(points, largest error) where what was proved holds by numbers too."""
        points, error = audit(sides)
        if error > TOLERANCE:
            raise ProverFault(f"{self.id}: proved, yet the sides differ by {error:.3g} at a random point")
        if points < ENOUGH:
            self.give_up(f"the algebra holds, but most points are undefined: {points} could be checked")
        return points, error

    def end_to_end(self, chain) -> list[Audit]:
        """The first side of a chain against the last, as no link shows whether the links belong together."""
        if len(chain) == 1:
            return []
        (first, _, _), (last, end, _) = chain[0], chain[-1]
        sides = (Nonnegative(first), None) if isinstance(last, Nonnegative) else (first, end)
        return [
            Audit(*remembered("end to end", (*sides, *self.given), lambda: self.audited(trial(*sides, self.given))))
        ]


class _BadInput(Exception):
    """Carries what is wrong with a statement past the guard for faults of the prover."""


def decide(left, right, given):
    """(method, None) or (None, what remains)."""
    if isinstance(left, Nonnegative):
        return certify(left.expr, given)
    return Equality(left, right, given).decide()
