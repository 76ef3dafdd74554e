"""`claim`: an equation between matrix expressions is proved for all sizes, or refuted, or honestly left undecided.

Functions are SymPy's, at real arguments; an equation is meant wherever both its sides are defined.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

import sympy as sp

from claims import budget as clock
from claims.algebra.certificate import certify
from claims.algebra.equality import conditions, verdict
from claims.data import Stated
from claims.data.symbols import facts
from claims.entry.reading import readable
from claims.entry.scopes import free_indices
from claims.errors import Ambiguous, ProverFault, Refuted, SizesDoNotFit, Undecided
from claims.language import Nonnegative
from claims.language.reasons import By, Reason, Why
from claims.language.statement import Link, Statement, meet, prepared
from claims.numbers.search import ENOUGH, LOCK, Look, audit, screen, smallest
from claims.numbers.trial import Trial, trial
from claims.reasons.errors import ReasonFails
from claims.reasons.lines import Way, check, said, spelled_out
from claims.reasons.measured import DEFINITION, Need, everything_in, names_in, needed, sides_of

from . import library
from .cache import remembered, unless_nothing
from .explanation import explain
from .printed import text
from .records import emit, proof_record, stated_claim
from .scope import assumed_in_silence, letters, told_apart

TOLERANCE = 1e-15
OWN = 5  # seconds for the way from side to side without the lines
BY_REASONS = "from the reason of the line"
SAME = "both sides are the same expression"
VERDICTS = (Refuted, Undecided, SizesDoNotFit, Ambiguous, ProverFault)


@dataclass(frozen=True)
class Audit:
    """How many random points a proof was checked at, and the largest relative error there."""

    points: int
    error: float


@dataclass(frozen=True)
class Step:
    """One equality, proved on its own, and from the reasons that its author gives if any."""

    lhs: sp.Basic
    rhs: sp.Basic
    why: str
    method: str
    seconds: float
    audit: Audit
    reasons: tuple[Reason, ...] = ()
    told: tuple[Need, ...] | None = None  # what it rests on, where its reasons say it

    def needs(self, given: tuple[sp.Basic, ...]) -> tuple[Need, ...]:
        """What it rests on; of a line without reasons, all that stands there where it takes too long to tell apart."""
        if self.told is not None:
            return self.told
        return tuple(clock.guarded(lambda: needed(self.lhs, self.rhs, given), everything_in(self.lhs, self.rhs, given)))


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
    given: tuple[sp.Basic, ...] = ()
    links: tuple[Step, ...] = ()  # all equalities, also where there is but one
    told: tuple[Need, ...] | None = None  # what it rests on, where that is known otherwise
    steps: list[Step] = field(default_factory=list)
    conditions: tuple[sp.Basic, ...] = ()
    whole: str | None = None  # the method that shows both sides equal without the lines, if there is one

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What it rests on: what the reasons of its lines name, and what cannot be held in lines without."""
        if self.told is not None:
            return self.told
        return tuple(dict.fromkeys(need for link in self.links for need in link.needs(self.given)))

    def explain(self) -> list[tuple[sp.Basic, str]]:
        """The steps the prover took from side to side, as (expression, why), with readable names for indices.

        None if that takes too long, or if it goes by the lines alone.
        """
        return clock.guarded(lambda: explain(self), []) if self.whole else []

    @property
    def stated(self) -> Stated:
        """What was proved, which `claims.data` writes as JSON."""
        return stated_claim(self)

    def record(self) -> dict[str, Any]:
        """What the book renders."""
        return proof_record(self)

    def __str__(self) -> str:
        return f"{self.id}: {self.method} ({self.seconds * 1e3:.0f} ms)"


def claim(
    id: str,
    lhs: Any,
    rhs: Any = None,
    *,
    title: str | None = None,
    given: Any = (),
    steps: Iterable[tuple[Any, Any]] = (),
    budget: float = 20,
) -> Proof:
    """Prove lhs = rhs for all sizes and values, or `nonnegative(e)`; a notebook shows the record of the proof.

    `given`: equations between expressions, taken as true.  `steps`: (expression, why) from the left side to the right;
    a why is `by(...)`, `definition(...)`, `chain_rule(...)`, `algebra`, `entries`, several of them, or words.
    `budget`: seconds of computing, past which the claim is undecided.

    Raises:  Refuted with a counterexample, Undecided with what remains, SizesDoNotFit, Ambiguous
    """
    proof = prove(id, lhs, rhs, title=title, given=given, steps=steps, budget=budget)
    library.keep(id, proof.stated)
    emit(proof)
    return proof


def prove(
    id: str,
    lhs: Any,
    rhs: Any = None,
    *,
    title: str | None = None,
    given: Any = (),
    steps: Iterable[tuple[Any, Any]] = (),
    budget: float = 20,
) -> Proof:
    """The proof itself, shown nowhere."""
    attempt = _Attempt(id)
    with attempt.within(budget):
        with attempt.bad_input_told():
            if not isinstance(steps, Iterable):  # a matrix has entries without end
                raise TypeError(f"steps are pairs (expression, why), one after the other, not {steps!r}")
            lines = list(steps)
            statement = prepared(lhs, rhs, given, lines)
        attempt.given = statement.given
        attempt.check_ranges(statement)
        done = [attempt.step(*link) for link in statement.chain]
        audits = [s.audit for s in done] + attempt.end_to_end(statement.chain)
        sides = [side for link in statement.chain for side in link[:2] if side is not None]
        whole, seconds = attempt.end_to_end_by_algebra(statement, done)
        attempt.check_told(sides)
        return Proof(
            id=id,
            title=title,
            lhs=statement.lhs,
            rhs=statement.rhs,
            state=statement.state,
            method="; ".join(dict.fromkeys(s.method for s in done)),
            seconds=sum(s.seconds for s in done) + seconds,
            audit=Audit(sum(a.points for a in audits), max(a.error for a in audits)),
            given=statement.given,
            links=tuple(done),
            steps=done if lines else [],
            whole=whole,
            conditions=attempt.in_full(attempt.left_over(sides), done),
        )


class _Attempt:
    """The links of a chain proved one after another; `points` and `progress` say how far the present one got.

    `conditions` are those of the statements that lines rest on, `meant` what the stand-ins in them stand for.
    """

    def __init__(self, id: str) -> None:
        self.id, self.points = id, 0
        self.given: tuple[sp.Basic, ...] = ()
        self.conditions: list[sp.Basic] = []
        self.meant: dict[sp.Basic, sp.Basic] = {}

    @property
    def progress(self) -> str:
        return f"the sides agree at {self.points} random points" if self.points else "no point was compared"

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
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
    def bad_input_told(self) -> Iterator[None]:
        """What is wrong with the statement itself is no fault of the prover."""
        try:
            yield
        except (TypeError, ValueError) as error:
            raise _BadInput(error) from None

    def told(self, error: Exception) -> str:
        """Why there is no verdict, in one line."""
        if isinstance(error, ZeroDivisionError):
            return "something is divided by what is zero for all values"
        if isinstance(error, RecursionError):
            return "a hypothesis leads round in a circle" if self.given else "the expression is too deep"
        line = next(iter(str(error).splitlines()), "")
        return line if isinstance(error, NotImplementedError) and line else f"{type(error).__name__}: {line}"

    def check_ranges(self, statement: Statement) -> None:
        """A line between may give no letter a range that the claim itself leaves it without."""
        ends = [side for side in (statement.lhs, statement.rhs) if side is not None]
        known = free_indices([*ends, *[side for equation in statement.given for side in equation.args]])
        lines = free_indices([side for link in statement.chain for side in link[:2] if side is not None])
        for letter, index in lines.items():
            if new := set(index.sizes) - set(known[letter].sizes if letter in known else ()):
                sizes = ", ".join(sorted(map(str, new)))
                self.give_up(f"a line counts {letter} up to {sizes}, and the claim itself does not")

    def check_told(self, sides: Sequence[sp.Basic]) -> None:
        """Nothing is assumed of a letter that is not told beside the statement."""
        if silent := assumed_in_silence(sides, self.given):
            assumed = ", ".join(fact if known else f"not {fact}" for fact, known in facts(silent[0]).items())
            self.give_up(f"{silent[0]} is {assumed}, of which a set and a sign are told, and no more: assume no more")

    def step(self, left: sp.Basic, right: sp.Basic | None, why: Why) -> Step:
        self.points = 0
        if why.reasons:
            return self.step_by_reasons(left, right, why)
        found = remembered("proof", (left, right, *self.given), lambda: self.proved(left, right))
        return Step(left, right, why.words, found["method"], found["seconds"], Audit(*found["audit"]))

    def proved(self, left: sp.Basic, right: sp.Basic | None) -> dict[str, Any]:
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

    def step_by_reasons(self, left: sp.Basic, right: sp.Basic | None, why: Why) -> Step:
        """A line that follows from its reasons; the algebra and the numbers must find it true by themselves, too."""
        found = remembered("proof", (left, right, *self.given), lambda: self.proved(left, right))
        try:
            known = library.known([reason for reason in why.reasons if isinstance(reason, By)])
            needs, took = self.reasoned(left, right, why.reasons, known)
        except ReasonFails as error:
            line = clock.guarded(lambda: text(sp.Eq(left, right, evaluate=False)), "a line")
            self.give_up(f"{line}: {error}")
        method = f"{BY_REASONS}; {found['method']}"
        audit = Audit(*found["audit"])
        return Step(left, right, why.words, method, found["seconds"] + took, audit, why.reasons, tuple(needs))

    def reasoned(
        self, left: sp.Basic, right: sp.Basic | None, reasons: tuple[Reason, ...], known: dict[str, Stated]
    ) -> tuple[list[Need], float]:
        """What a line rests on that follows from its reasons, and the seconds that it took to see that.

        Conditions of a statement that is used speak of stand-ins; such a line is looked at each time.
        """
        names = names_in(sides_of(left, right, self.given))
        ways: list[tuple[Way, list[Need]]] = []

        def compute() -> dict[str, Any]:
            started = time.process_time()
            way, needs = check(left, right, reasons, self.given, known)
            ways.append((way, needs))
            kept = [[kind, names.index(what) if kind == DEFINITION else what] for kind, what in needs]
            return {"needs": None if way.conditions else kept, "seconds": time.process_time() - started}

        question = (left, right, *self.given, *spelled_out(reasons, known))
        found = remembered(f"reasons {said(reasons)}", question, compute)
        if found["needs"] is None:
            way, needs = ways[0] if ways else check(left, right, reasons, self.given, known)
            self.conditions += way.conditions
            self.meant |= way.meant
        else:
            needs = [Need(kind, names[what] if kind == DEFINITION else what) for kind, what in found["needs"]]
        return needs, found["seconds"]

    def left_over(self, sides: Sequence[sp.Basic]) -> tuple[sp.Basic, ...]:
        """The conditions that are not proved away."""
        question = (*sides, "given", *self.given, "where", *self.conditions)
        return unless_nothing("conditions", question, lambda: conditions(sides, self.given, self.conditions))

    def in_full(self, conditions: Iterable[sp.Basic], lines: Sequence[Step]) -> tuple[sp.Basic, ...]:
        """Conditions that were found of stand-ins, told of what these stand for, in letters that the lines do not have."""
        found = [c.xreplace(self.meant) for c in conditions]
        return told_apart(found, lines, letters([side for fact in self.given for side in fact.args]))

    def look(self, sides: Trial) -> None:
        """Numbers first: a false claim costs no algebra, and one that speaks of next to nothing is not decided."""
        look = self.refute(sides)
        if not look.enough and not look.contradictory:
            look = self.refute(sides, seed=2, effort=4)
        if not look.enough:
            self.give_up(look.why_not)

    def refute(self, sides: Trial, seed: int = 0, effort: int = 1) -> Look:
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

    def give_up(self, reason: str, remainder: Any = None) -> NoReturn:
        raise Undecided(f"{self.id}: undecided; {self.progress}; {reason}", remainder, self.points) from None

    def audited(self, sides: Trial) -> tuple[int, float]:
        """(points, largest error) where what was proved holds by numbers too."""
        points, error = audit(sides)
        if error > TOLERANCE:
            raise ProverFault(f"{self.id}: proved, yet the sides differ by {error:.3g} at a random point")
        if points < ENOUGH:
            self.give_up(f"the algebra holds, but most points are undefined: {points} could be checked")
        return points, error

    def end_to_end_by_algebra(self, statement: Statement, done: Sequence[Step]) -> tuple[str | None, float]:
        """(method, seconds): how both sides are equal without the lines between; no method where that is not found."""
        if len(done) == 1 and not done[0].reasons:
            return done[0].method, 0
        if statement.rhs is None:
            return None, 0
        sides = (statement.lhs, statement.rhs, *statement.given)
        found = remembered("whole", sides, lambda: self.whole(statement))
        return found["method"], found["seconds"]

    def whole(self, statement: Statement) -> dict[str, Any]:
        started = time.process_time()
        left, right = meet(statement.lhs, statement.rhs)
        method = clock.guarded(lambda: decide(left, right, statement.given)[0], None, OWN)
        return {"method": method, "seconds": time.process_time() - started}

    def end_to_end(self, chain: Sequence[Link]) -> list[Audit]:
        """The first side of a chain against the last, as no link shows whether the links belong together."""
        if len(chain) == 1:
            return []
        (first, _, _), (last, end, _) = chain[0], chain[-1]
        left, right = (Nonnegative(first), None) if isinstance(last, Nonnegative) else (first, end)
        question = (left, right, *self.given)
        return [Audit(*remembered("end to end", question, lambda: self.audited(trial(left, right, self.given))))]


class _BadInput(Exception):
    """Carries what is wrong with a statement past the guard for faults of the prover."""


def decide(left: sp.Basic, right: sp.Basic | None, given: tuple[sp.Basic, ...]) -> tuple[str | None, Any]:
    """(method, None) or (None, what remains)."""
    return certify(left.expr, given) if isinstance(left, Nonnegative) else verdict(left, right, given)
