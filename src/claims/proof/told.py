"""What a statement tells of itself, which is what its record and its explanation are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import sympy as sp

from claims.data import Stated
from claims.language.reasons import Reason
from claims.numbers.counterexample import Counterexample
from claims.reasons.measured import Need


class Shown(Protocol):
    """Something with a record."""

    def record(self) -> dict[str, Any]: ...


class Sides(Protocol):
    """Two sides, or one that is never negative, or none, where there are only words."""

    @property
    def lhs(self) -> sp.Basic | None: ...
    @property
    def rhs(self) -> sp.Basic | None: ...


class Step(Sides, Protocol):
    """One line: `prover.Step`."""

    @property
    def why(self) -> str: ...
    @property
    def reasons(self) -> tuple[Reason, ...]: ...
    @property
    def method(self) -> str: ...
    @property
    def seconds(self) -> float: ...


class Audit(Protocol):
    """The points at which numbers agree: `prover.Audit`."""

    @property
    def points(self) -> int: ...
    @property
    def error(self) -> float: ...


class Statement(Protocol):
    """What is stated, however it is known."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def state(self) -> str: ...


class Known(Statement, Protocol):
    """What is proved or defined."""

    @property
    def stated(self) -> Stated: ...
    @property
    def needs(self) -> Sequence[Need]: ...
    @property
    def method(self) -> str: ...
    @property
    def seconds(self) -> float: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def conditions(self) -> tuple[sp.Basic, ...]: ...


class Defined(Known, Protocol):
    """`definition.Definition`."""

    @property
    def symbol(self) -> sp.Basic: ...
    @property
    def expr(self) -> sp.Basic: ...


class Proved(Known, Sides, Protocol):
    """`prover.Proof`."""

    @property
    def lhs(self) -> sp.Basic: ...
    @property
    def given(self) -> tuple[sp.Basic, ...]: ...
    @property
    def steps(self) -> Sequence[Step]: ...
    @property
    def whole(self) -> str | None: ...


class OfLayers(Protocol):
    """A network: `depth.layers.Layers`."""

    @property
    def depth(self) -> sp.Expr: ...


class EveryDepth(Known, Protocol):
    """`depth.claimed.EveryDepth`."""

    @property
    def net(self) -> OfLayers: ...
    @property
    def lines(self) -> Sequence[tuple[sp.Basic, sp.Basic, str]]: ...
    @property
    def proofs(self) -> Sequence[Proved]: ...
    @property
    def latex(self) -> str: ...


class Cited(Statement, Sides, Protocol):
    """`cited.Cited`."""

    @property
    def words(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def given(self) -> tuple[sp.Basic, ...]: ...
    @property
    def stated(self) -> Stated | None: ...


class Observed(Statement, Protocol):
    """`cited.Observed`."""

    @property
    def words(self) -> str: ...
    @property
    def seeds(self) -> int: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


class Refuted(Statement, Sides, Protocol):
    """`refuted.Refutation`."""

    @property
    def source(self) -> str: ...
    @property
    def given(self) -> tuple[sp.Basic, ...]: ...
    @property
    def stated(self) -> Stated: ...
    @property
    def counterexample(self) -> Counterexample: ...
