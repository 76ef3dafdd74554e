"""The largest value of a body over an index."""

from __future__ import annotations

from typing import Any, Self

import sympy as sp
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.printing.str import StrPrinter


class Maximum(ExprWithLimits):
    """The largest of the values that a body has while its indices run, written as SymPy writes a sum.

    Maximum(x[k], (k, 0, n - 1)); of several limits the outermost comes last, and over no index there is no maximum.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, body: Any, *given: Any) -> Self:
        limits = [sp.sympify(limit) if isinstance(limit, (tuple, list)) else limit for limit in given]
        if not limits or any(not isinstance(limit, sp.Tuple) or len(limit) != 3 for limit in limits):
            raise TypeError(f"a maximum is over indices with both their ends, as in (k, 0, n - 1), not {limits}")
        if not isinstance(body := sp.sympify(body), sp.Expr):
            raise TypeError(f"a maximum is that of numbers, not of {body!r}")
        return sp.Expr.__new__(cls, body, *limits)

    def doit(self, **hints: Any) -> Self:
        return self

    def _sympystr(self, printer: StrPrinter) -> str:
        return f"Maximum({', '.join(map(printer._print, self.args))})"
