"""Where a claim fails: the sizes, the values and the entry that show it, as text and as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from claims.language import is_matrix

from .arithmetic import Number, Value, is_exact, rounded
from .environment import Environment
from .standins import Function
from .trial import Trial
from .unknowns import Sizes

LONGEST = 30  # characters of an exact number
NOTHING = mpmath.mpf("1e-30")
FRACTION = re.compile(r"(\d+)/(\d+)")
EXPONENT = re.compile(r"e([+-]?\d+)")


@dataclass
class Counterexample:
    """Where a claim fails: sizes, values, the entry, the value expected there (left side) and the one claimed."""

    sizes: Sizes
    values: dict[sp.Basic, Any]
    functions: Mapping[sp.FunctionClass, Function]
    entry: tuple[int, int] | None
    expected: Number
    claimed: Number

    @classmethod
    def at(
        cls, t: Trial, env: Environment, place: tuple[int, int], expected: Number, claimed: Number
    ) -> Counterexample:
        """What a trial shows at a point, in one entry."""
        sizes = {s: env[s] for s in t.open.sizes}
        values = {s: env[s] for s in [*t.open.matrices, *t.open.scalars, *t.open.indices]}
        return cls(sizes, values, env.functions, place if is_matrix(t.lhs) else None, expected, claimed)

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

    def _latex_rows(self) -> list[tuple[str, str]]:
        shown = {str(s): latex_value(v) for s, v in self.values.items()}
        return [(what, shown.get(what, value)) for what, value in self.rows]

    def _repr_markdown_(self) -> str:
        return self.markdown


def _latex_name(what: str) -> str:
    word, _, rest = what.partition(" ")
    return rf"\text{{{what}}}" if rest or word in ("expected", "claimed") else sp.latex(sp.Symbol(what))


def latex_value(v: Value) -> str:
    """A number, or a matrix as its rows, as a mathematician writes it."""
    if isinstance(v, list):
        return r"\begin{pmatrix}" + r" \\ ".join(" & ".join(map(latex_value, row)) for row in v) + r"\end{pmatrix}"
    text = FRACTION.sub(r"\\tfrac{\1}{\2}", show(v))
    return EXPONENT.sub(lambda found: rf" \cdot 10^{{{int(found[1])}}}", text)


def show(x: Value) -> str:
    """A number as a small fraction if it is one, else with ten digits; a matrix as its rows."""
    if isinstance(x, list):
        return "[" + ", ".join("[" + ", ".join(map(show, row)) + "]" for row in x) + "]"
    if is_exact(x) and len(str(x)) <= LONGEST:
        return str(x)
    x = rounded(x)
    if abs(mpmath.im(x)) > NOTHING:
        return f"{show(mpmath.re(x))} + {show(mpmath.im(x))} i"
    x = mpmath.re(x)
    return _fraction(x) or mpmath.nstr(x, 10)


def _fraction(x: mpmath.mpf) -> str:
    """The small fraction that a number all but is; nothing if it is none."""
    if abs(x) > 10**12:
        return ""
    q = Fraction(int(mpmath.nint(x * 10**40)), 10**40).limit_denominator(10000)
    near = abs(x - mpmath.mpf(q.numerator) / q.denominator) <= mpmath.mpf("1e-15") * abs(x) + NOTHING
    return str(q) if near else ""
