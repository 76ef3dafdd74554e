"""Statements that are not proved here: taken from a source, or seen in numbers, and told apart from what is proved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import mpmath
import sympy as sp

from claims.data import Stated
from claims.errors import Refuted
from claims.language.statement import facts, prepared

from . import library
from .prover import Audit
from .records import cited_record, emit, observed_record, sides_of

NOT_PROVED = Audit(0, 0.0)


@dataclass(frozen=True)
class Cited:
    """A theorem in words, with a formula if it has one, and where its proof stands."""

    id: str
    words: str
    source: str
    title: str
    lhs: sp.Basic | None = None
    rhs: sp.Basic | None = None
    given: tuple[sp.Basic, ...] = ()
    state: str = field(default="cited", init=False)

    @property
    def stated(self) -> Stated | None:
        return None if self.lhs is None else Stated(*sides_of(self), self.given)

    def record(self) -> dict[str, Any]:
        return cited_record(self)


@dataclass(frozen=True)
class Observed:
    """What numbers showed: the mean over seeds lies above or below a bound, with its whole interval."""

    id: str
    words: str
    title: str
    seeds: int
    low: float
    high: float
    state: str = field(default="observed", init=False)

    def record(self) -> dict[str, Any]:
        return observed_record(self)


def cite(id: str, words: str, lhs: Any = None, rhs: Any = None, *, source: str, title: str, given: Any = ()) -> Cited:
    """State what is taken from a source: in words, with formulas between dollars, and as an equation if it is one.

    `source` says where its proof stands.  Proofs may rest on it by its id, and say that they do.

    Raises:  SizesDoNotFit, Ambiguous as `claim`; ValueError if there is no source, TypeError if a formula has no left side
    """
    if not isinstance(source, str) or not source.strip():
        raise ValueError(f"{id}: say where the proof stands, source='...'")
    if lhs is not None or rhs is not None or facts(given):
        statement = prepared(lhs, rhs, given)
        lhs, rhs, given = statement.lhs, statement.rhs, statement.given
    cited = Cited(id, words, source, title, lhs, rhs, tuple(given))
    if cited.stated:
        library.keep(id, cited.stated)
    emit(cited)
    return cited


def observed(
    id: str, words: str, values: Iterable[Any], *, title: str, above: float | None = None, below: float | None = None
) -> Observed:
    """State what numbers showed: the mean of `values`, one for each seed, is above or below a bound.

    Its 95 % interval by Student's t lies there as a whole.

    Raises:  ValueError unless there are two seeds and one bound, all finite; Refuted if the interval does not lie there
    """
    values = [sp.Float(float(v)) for v in values]
    if len(values) < 2 or (above is None) == (below is None):
        raise ValueError(f"{id}: give a value for each of two or more seeds, and either above= or below=")
    if odd := [float(v) for v in (*values, above if below is None else below) if not math.isfinite(v)]:
        raise ValueError(f"{id}: the values and the bound are finite numbers, and {odd[0]} is none")
    low, high = interval(values)
    if (above is not None and low <= above) or (below is not None and high >= below):
        bound = f"above {above}" if above is not None else f"below {below}"
        raise Refuted(
            f"{id}: not observed: the mean over {len(values)} seeds is in [{low:.4g}, {high:.4g}], not {bound}"
        )
    seen = Observed(id, words, title, len(values), low, high)
    emit(seen)
    return seen


def interval(values: Sequence[sp.Float]) -> tuple[float, float]:
    """The 95 % interval of a mean, by Student's t."""
    n = len(values)
    mean = sum(values) / n
    error = sp.sqrt(sum((v - mean) ** 2 for v in values) / (n - 1) / n)
    half = student(n - 1) * error
    return float(mean - half), float(mean + half)


def student(freedom: int) -> float:
    """The 97.5 % point of Student's t, where its distribution function is 0.975."""

    def beyond(t: mpmath.mpf) -> mpmath.mpf:
        return mpmath.betainc(freedom / 2, 0.5, 0, freedom / (freedom + t * t), regularized=True) - mpmath.mpf("0.05")

    return float(mpmath.findroot(beyond, (1, 20), solver="anderson"))
