"""A claim put to numbers: audited at random points, or refuted at the smallest that show it false."""

from __future__ import annotations

import itertools
import random
import time
from dataclasses import dataclass
from fractions import Fraction

import mpmath
import sympy as sp

from claims.budget import remaining
from claims.language import Nonnegative, is_matrix

from .points import Unknowns, point, unknowns
from .values import Undefined, entry, real, shape

DIGITS = 50
TOLERANCE = mpmath.mpf("1e-12")
PATIENCE = 1.0  # seconds for a first look at numbers


@dataclass
class Counterexample:
    """Where a claim fails: sizes, values, the entry, the value expected there (left side) and the one claimed."""

    sizes: dict
    values: dict
    functions: dict
    entry: tuple | None
    expected: object
    claimed: object

    @property
    def rows(self) -> list[tuple[str, str]]:
        """(what, value), as text."""
        out = [(str(k), str(v)) for k, v in self.sizes.items()]
        out += [(str(s), show(v)) for s, v in self.values.items()]
        out += [(f"{g.__name__}(z)", str(f)) for g, f in self.functions.items()]
        where = f" in entry [{', '.join(str(k + 1) for k in self.entry)}]" if self.entry else ""
        return [*out, (f"expected{where}", show(self.expected)), (f"claimed{where}", show(self.claimed))]

    @property
    def text(self) -> str:
        return "\n".join(f"  {what} = {value}" for what, value in self.rows)

    @property
    def markdown(self) -> str:
        lines = [f"| ${_latex_name(what)}$ | ${value}$ |" for what, value in self._latex_rows()]
        return "\n".join(["| | |", "|---|---|", *lines])

    @property
    def latex(self) -> str:
        lines = [f"{_latex_name(what)} &= {value}" for what, value in self._latex_rows()]
        return r"\begin{aligned}" + r" \\ ".join(lines) + r"\end{aligned}"

    def _latex_rows(self):
        shown = {str(s): _latex_value(v) for s, v in self.values.items()}
        return [(what, shown.get(what, value)) for what, value in self.rows]

    def _repr_markdown_(self) -> str:
        return self.markdown


def _latex_name(what: str) -> str:
    word, _, rest = what.partition(" ")
    return rf"\text{{{what}}}" if rest or word in ("expected", "claimed") else sp.latex(sp.Symbol(what))


def _latex_value(v) -> str:
    if not isinstance(v, list):
        return show(v)
    return r"\begin{pmatrix}" + r" \\ ".join(" & ".join(map(show, row)) for row in v) + r"\end{pmatrix}"


def show(x) -> str:
    """A number as a small rational if it is one, else with ten digits; a matrix as its rows."""
    if isinstance(x, list):
        return "[" + ", ".join("[" + ", ".join(map(show, row)) + "]" for row in x) + "]"
    if x is None:
        return "not defined"
    if abs(mpmath.im(x)) > mpmath.mpf("1e-20"):
        return f"{show(mpmath.re(x))} + {show(mpmath.im(x))} i"
    x = mpmath.re(x)
    q = Fraction(int(mpmath.nint(x * 10**40)), 10**40).limit_denominator(10000)
    if abs(x - mpmath.mpf(q.numerator) / q.denominator) < mpmath.mpf("1e-15"):
        return str(q)
    return mpmath.nstr(x, 10)


# ---------------------------------------------------------------- a claim at a point
@dataclass
class Trial:
    """Two sides to compare entry by entry, where hypotheses hold."""

    lhs: sp.Basic
    rhs: sp.Basic
    given: tuple = ()
    kinks: bool = True

    def __post_init__(self):
        self.open: Unknowns = unknowns([self.lhs, self.rhs, *[s for e in self.given for s in (e.lhs, e.rhs)]])

    @property
    def first_look(self) -> int:
        """How many points to try before algebra: numbers are cheap, matrices less so, integrals dear."""
        if self.lhs.has(sp.Integral) or self.rhs.has(sp.Integral):
            return 3
        return 6 if self.has_matrices else 40

    def at(self, sizes: dict, rng, kind="simple"):
        return point(self.open, sizes, rng, given=self.given, kind=kind, kinks=self.kinks)

    @property
    def largest(self) -> int:
        """The largest size that is tried now and then."""
        return 5 if self.has_matrices else 9

    @property
    def has_matrices(self) -> bool:
        return any(is_matrix(a) for side in (self.lhs, self.rhs) for a in sp.preorder_traversal(side))

    def entries(self, env):
        if not is_matrix(self.lhs):
            return [(0, 0)]
        rows, cols = shape(self.lhs, env)
        return list(itertools.product(range(rows), range(cols)))

    def values(self, env, i, j):
        return entry(self.lhs, i, j, env), entry(self.rhs, i, j, env)

    def disagreement(self, env):
        """(entry, expected, claimed) of the first entry where the sides differ, or None."""
        for i, j in self.entries(env):
            if differ(*self.values(env, i, j)):
                values = self.settled(env, i, j)
                if differ(*values):
                    return (i, j), *values
        return None

    def settled(self, env, i, j):
        """The values with ever more digits, until they stand still: digits cancel in a saturated neuron."""
        before = self.values(env, i, j)
        for digits in (120, 300, 700):
            with mpmath.workdps(digits):
                now = self.values(env, i, j)
                if all(abs(a - b) < TOLERANCE**2 * (1 + abs(b)) for a, b in zip(before, now, strict=True)):
                    return now
                before = now
        raise Undefined("the values do not settle")


def differ(expected, claimed) -> bool:
    return abs(expected - claimed) > TOLERANCE * (1 + abs(expected))


@dataclass
class NonnegativeTrial(Trial):
    """Is the left side never negative?"""

    def values(self, env, i, j):
        value = real(entry(self.lhs, 0, 0, env))
        return max(value, mpmath.mpf(0)), value


def trial(lhs, rhs, given, kinks) -> Trial:
    if isinstance(lhs, Nonnegative):
        return NonnegativeTrial(lhs.expr, lhs.expr, given, kinks)
    return Trial(lhs, rhs, given, kinks)


# ---------------------------------------------------------------- searches
def sizes_by_growth(symbols, largest=3):
    """Assignments of sizes, smallest sum first."""
    choices = itertools.product(range(1, largest + 1), repeat=len(symbols))
    for values in sorted(choices, key=lambda v: (sum(v), v)):
        yield dict(zip(symbols, values, strict=True))


def screen(t: Trial, seed=0, effort=1):
    """(a point where the sides differ, or None; how many points agreed): the cheap test that comes first."""
    rng, agreed = random.Random(seed), 0
    points, start = effort * t.first_look, time.monotonic()
    with mpmath.workdps(DIGITS):
        for attempt in range(4 * points):
            sizes = {s: _size(rng, attempt, t.largest if effort > 1 or not t.has_matrices else 3) for s in t.open.sizes}
            try:
                env = t.at(sizes, rng, ("simple", "smooth", "far", "smooth", "simple")[attempt % 5])
                if t.disagreement(env):
                    return env, agreed
            except Undefined:
                continue
            agreed += 1
            if agreed == points or (agreed >= 3 and time.monotonic() - start > effort * PATIENCE):
                break
    return None, agreed


def _size(rng, attempt, largest) -> int:
    """From one to three, and in turns a larger one."""
    return rng.choice(((2, 3), (1, 2), (2, largest), (1, 2, 3))[attempt % 4])


def smallest(t: Trial, found, seconds=3.0) -> Counterexample:
    """The counterexample with the smallest sizes and the simplest numbers that a short search finds."""
    end = time.monotonic() + min(seconds, max(remaining() - 1, 0.5))
    with mpmath.workdps(DIGITS):
        for sizes in _few(t.open.sizes):
            for seed in range(6):
                if time.monotonic() > end:
                    return _shown(t, found)
                try:
                    env = t.at(sizes, random.Random(seed))
                    if t.disagreement(env):
                        return _shown(t, env)
                except Undefined:
                    continue
        return _shown(t, found)


def _few(symbols):
    return itertools.islice(sizes_by_growth(symbols, 3 if len(symbols) <= 6 else 2), 800)


def _shown(t: Trial, env) -> Counterexample:
    with mpmath.workdps(DIGITS):
        place, expected, claimed = t.disagreement(env)
    sizes = {s: int(env[s]) for s in t.open.sizes}
    values = {s: env[s] for s in [*t.open.matrices, *t.open.scalars, *t.open.indices]}
    return Counterexample(sizes, values, env.functions, place if is_matrix(t.lhs) else None, expected, claimed)


def audit(t: Trial, points=3, seed=1):
    """(points, largest error): the sides compared with 50 digits, at sizes of which some are one.

    An entry at a time: a derivative costs a few evaluations of what is differentiated.
    """
    rng, errors = random.Random(seed), []
    with mpmath.workdps(DIGITS):
        for attempt in range(40):
            sizes = {s: rng.choice(((2, 3), (1, 2, 3), (1, 2))[attempt % 3]) for s in t.open.sizes}
            try:
                env = t.at(sizes, rng, "smooth")
                i, j = rng.choice(t.entries(env))
                expected, claimed = t.values(env, i, j)
                if differ(expected, claimed):
                    expected, claimed = t.settled(env, i, j)
            except Undefined:
                continue
            errors.append(abs(expected - claimed) / (1 + abs(expected)))
            if len(errors) == points:
                break
    return len(errors), float(max(errors, default=0))
