"""A claim at a point: do its two sides agree there?"""

from __future__ import annotations

import random
from dataclasses import dataclass

import mpmath
import sympy as sp

from claims.language import Expectation, Nonnegative, Partial, is_matrix

from .arithmetic import Number, Undefined, exponent, real, rounded, shaken
from .draws import SEARCHED, TAME, Kind
from .edges import edges
from .environment import Environment, Meter
from .hypotheses import hold
from .matrices import flat, shape
from .points import point, refined
from .scope import free, walk
from .slopes import entry
from .unknowns import Sizes, Unknowns, unknowns
from .values import evaluate

Apart = tuple[tuple[int, int], Number, Number]  # where sides differ, and what they are there
DIGITS = 50
MORE_DIGITS = (120, 300, 700)
TOLERANCE = mpmath.mpf("1e-12")
NOISE = mpmath.mpf("1e-35")  # differences below may be rounding, so that more digits are needed to tell
LOOSE = mpmath.mpf("1e-12")  # differences below may be those by which hypotheses hold
NODES = 12_000  # evaluated in a first look
LARGEST = 12  # size
FINE = 300  # digits with which slopes differ: a step that is too long for a narrow peak shows nothing of it
DERIVATIVES = (Partial, sp.Derivative)
ENTRIES = 9  # of a matrix that are compared at one point


@dataclass
class Trial:
    """Two sides to compare entry by entry, where hypotheses hold.

    `kinds`, `points`, `patience`: of which kind points are in a first look, how many, and how many nodes that may cost.
    """

    lhs: sp.Basic
    rhs: sp.Basic
    given: tuple[sp.Eq, ...] = ()

    def __post_init__(self) -> None:
        self.sides = [self.lhs, self.rhs, *[s for e in self.given for s in (e.lhs, e.rhs)]]
        self.open: Unknowns = unknowns(self.sides)
        self.edges = list(dict.fromkeys(edge for side in (self.lhs, self.rhs) for edge in edges(side)))
        self.open.landmarks = self._landmarks()
        nodes = [node for side in (self.lhs, self.rhs) for node, _ in walk(side)]
        integrals = any(isinstance(node, sp.Integral) for node in nodes)
        self.kinds = TAME if integrals else SEARCHED
        self.slopes = any(isinstance(node, DERIVATIVES) for node in nodes)
        averages = any(isinstance(node, Expectation) for node in nodes)
        self.points = (
            3 if self.open.none else 4 if integrals else 8 if averages else 12 if any(map(is_matrix, nodes)) else 40
        )
        self.patience = NODES * (10 if integrals or averages else 1)

    def _landmarks(self) -> tuple[int, ...]:
        """Sizes about the whole numbers that conditions on sizes and places name."""
        counts = [u for u, _ in self.edges if all(s.is_integer for s in u.free_symbols)]
        named = {abs(int(c)) for u in counts for c in u.atoms(sp.Integer)}
        return tuple(sorted({n for c in named for n in range(c - 1, c + 3) if 1 <= n <= LARGEST}))

    def at(self, kind: Kind, rng: random.Random, meter: Meter | None = None, sizes: Sizes | None = None) -> Environment:
        """A random point of some kind, at sizes that may be given.

        Raises:  Undefined if none is found there
        """
        return point(self.open, kind, rng, meter or Meter(), self.given, self.edges, sizes)

    def entries(self, env: Environment, rng: random.Random) -> list[tuple[int, int]]:
        """Places to compare: all of a small matrix, some of a large one."""
        if not is_matrix(self.lhs):
            return [(0, 0)]
        rows, cols = shape(self.lhs, env)
        places = [(i, j) for i in range(rows) for j in range(cols)]
        return places if len(places) <= ENTRIES else rng.sample(places, ENTRIES)

    def values(self, env: Environment, i: int, j: int) -> tuple[Number, Number]:
        return rounded(entry(self.lhs, i, j, env)), rounded(entry(self.rhs, i, j, env))

    def compared(self, env: Environment, rng: random.Random) -> Apart | None:
        """(place, expected, claimed) where the sides differ first, or None.

        Raises:  Undefined if no place could be compared
        """
        agreed = 0
        for place in self.entries(env, rng):
            try:
                values, apart = self.judged(env, *place)
            except Undefined as error:
                undefined = error
                continue
            if apart:
                return place, *values
            agreed += 1
        if not agreed:
            raise undefined
        return None

    def differ(self, expected: Number, claimed: Number) -> bool:
        loose = LOOSE if self.given else NOISE * mpmath.mpf(10) ** (DIGITS - mpmath.mp.dps)
        return bool(abs(expected - claimed) > TOLERANCE * max(abs(expected), abs(claimed)) + loose)

    def judged(self, env: Environment, i: int, j: int) -> tuple[tuple[Number, Number], bool]:
        """(values, do they differ?), with ever more digits until that stands still: digits cancel in a saturated neuron.

        They differ only where no digits are lost that could make them differ, and where the hypotheses hold to all digits.

        Raises:  Undefined if they do not settle
        """
        before = self.values(env, i, j)
        if not self.differ(*before):
            return before, False
        for digits in MORE_DIGITS:
            with mpmath.workdps(digits):
                env, clear = self.refined(env, digits)
                with shaken(digits) as watch:
                    now = self.values(env, i, j)
                if not self.differ(*now):
                    return now, False
                moved = max(abs(a - b) for a, b in zip(before, now, strict=True))
                still = moved < TOLERANCE * abs(now[0] - now[1])
                if still and clear and watch.harmless and (not self.slopes or digits >= max(FINE, self.reach(env))):
                    return now, True
                before = now
        raise Undefined("the values do not settle")

    def reach(self, env: Environment) -> int:
        """How many digits steps of slopes need at the least: as many as the bits of the largest or smallest number in one.

        So narrow may a peak be; where a factor is 0, as many as all the others have together.
        """
        slopes = [pair for side in self.sides for pair in walk(side) if isinstance(pair[0], DERIVATIVES)]
        nodes = [node for slope in slopes for node, bound in walk(*slope) if free(node).isdisjoint(v for v, _ in bound)]
        numbers = [
            node for node in nodes if (isinstance(node, sp.Expr) or is_matrix(node)) and not node.has(*DERIVATIVES)
        ]  # a slope of 0 is a tiny number, the tinier the more digits
        return max((_bits(node, env) for node in numbers), default=0)

    def refined(self, env: Environment, seed: int) -> tuple[Environment, bool]:
        """(the point with the digits in force, do these show that the hypotheses hold there?); nothing is computed yet.

        Raises:  Unmet if the hypotheses do not hold there
        """
        env = env.afresh()
        if not self.given:
            return env, True
        with shaken(seed):
            env = refined(env, self.open, self.given)
        with shaken(-seed) as watch:
            return env.afresh(), hold(self.given, env.afresh()) and watch.harmless


def _bits(e: sp.Basic, env: Environment) -> int:
    """The bits before or behind the point of a value, of a product those of its factors; none where there is no value."""
    if e.is_Mul:
        return sum(_bits(factor, env) for factor in e.args)
    try:
        return max((abs(exponent(x)) for x in flat(evaluate(e, env)) if x != 0), default=0)
    except (Undefined, NotImplementedError, KeyError):
        return 0


@dataclass
class NonnegativeTrial(Trial):
    """Is the left side never negative?"""

    def values(self, env: Environment, i: int, j: int) -> tuple[Number, Number]:
        value = rounded(real(entry(self.lhs, 0, 0, env)))
        return max(value, mpmath.mpf(0)), value


def trial(lhs: sp.Basic, rhs: sp.Basic | None = None, given: tuple[sp.Eq, ...] = ()) -> Trial:
    """The trial of an equation, or of `nonnegative(e)`."""
    if isinstance(lhs, Nonnegative):
        return NonnegativeTrial(lhs.expr, lhs.expr, given)
    return Trial(sp.sympify(lhs), sp.sympify(rhs), given)
