"""The derivative of a generic entry: SymPy knows each function's slope, this knows sums and entries."""

from __future__ import annotations

import sympy as sp

from .terms import AtZero, Delta, Determinant, Entry, InverseEntry, Magnitude, Sigma, Step, fresh, summed


def derivative(e, v):
    """de/dv for a scalar expression and a symbol or an entry with fresh indices; a kink has its slope on either side."""
    return _Differentiation(v)(e)


class _Differentiation:
    def __init__(self, v):
        self.v, self.known = v, {}
        self.mark = v.matrix if isinstance(v, Entry) else v

    def __call__(self, e):
        if e not in self.known:
            self.known[e] = self.slope(e) if e.has(self.mark) else sp.S.Zero
        return self.known[e]

    def slope(self, e):
        if isinstance(e, Entry):
            return self.entry(e)
        if isinstance(e, sp.Symbol):
            return sp.Integer(e == self.v)
        if isinstance(e, sp.Add):
            return sp.Add(*map(self, e.args))
        if isinstance(e, sp.Mul):
            return sp.Add(*[self.product(e.args, k) for k in range(len(e.args))])
        if isinstance(e, Sigma):
            return Sigma(self(e.body), *e.indices)
        if isinstance(e, sp.Pow):
            return self.power(e)
        if isinstance(e, (InverseEntry, Determinant)):
            return self.inverse(e)
        if isinstance(e, (Step, AtZero)):
            return sp.S.Zero
        if isinstance(e, Magnitude):
            return (2 * Step(e.args[0]) - 1) * self(e.args[0])
        return sp.Add(*[self.chain(e, k) for k in range(len(e.args))])

    def entry(self, e):
        if not isinstance(self.v, Entry) or e.matrix != self.v.matrix:
            return sp.S.Zero
        return sp.Mul(*map(Delta, e.args[1:], self.v.args[1:]))

    def product(self, factors, k):
        d = self(factors[k])
        return d and d * sp.Mul(*factors[:k], *factors[k + 1 :])

    def power(self, e):
        base, exponent = e.args
        slope = exponent * base ** (exponent - 1) * self(base)
        changing = self(exponent)
        return slope if changing == 0 else slope + e * sp.log(base) * changing

    def inverse(self, e):
        """d(A^-1) = -A^-1 dA A^-1 and d det A = det A tr(A^-1 dA)."""
        from .lowering import entry

        A = e.matrix
        p, q = fresh(A.rows), fresh(A.rows)
        d = self(entry(A, p, q))
        if isinstance(e, Determinant):
            return e * summed(InverseEntry(A, q, p) * d, p, q)
        i, j = e.args[1:]
        return -summed(InverseEntry(A, i, p) * d * InverseEntry(A, q, j), p, q)

    def chain(self, e, k):
        d = self(e.args[k])
        return d and e.fdiff(k + 1) * d
