"""Matrices: lists of rows, entry by entry."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import Any

import mpmath
import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.diagonal import DiagonalMatrix, DiagonalOf
from sympy.matrices.expressions.dotproduct import DotProduct
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import HStack, Named, Total, VStack, is_matrix

from .arithmetic import Number, Rows, Undefined, Value, add, dot, is_exact, rounded, times, whole, whole_power
from .environment import Environment
from .values import evaluate, power, value


def shape(M: sp.MatrixExpr, env: Environment) -> tuple[int, int]:
    rows, cols = (whole(evaluate(sp.sympify(d), env)) for d in M.shape)
    return rows, cols


def build(M: sp.MatrixExpr, env: Environment, entry: Callable[[int, int], Number]) -> Rows:
    rows, cols = shape(M, env)
    env.meter.spend(1 + rows * cols // 8)
    return [[entry(i, j) for j in range(cols)] for i in range(rows)]


def flat(M: Value) -> list[Number]:
    """All entries, row by row; of a number, itself."""
    return [x for row in M for x in row] if isinstance(M, list) else [M]


def each(f: Callable[[tuple[Number, ...]], Number], *Ms: Rows) -> Rows:
    return [[f(xs) for xs in zip(*rows, strict=True)] for rows in zip(*Ms, strict=True)]


def product(env: Environment, A: Rows, B: Rows) -> Rows:
    columns = list(zip(*B, strict=True))
    env.meter.spend(1 + len(A) * len(B) * len(columns) // 8)
    return [[dot(row, column) for column in columns] for row in A]


# ---------------------------------------------------------------- numbers made of a matrix
@value.register(Total)
def _(e: Total, env: Environment) -> Number:
    return add(flat(evaluate(e.arg, env)))


@value.register(sp.Trace)
def _(e: sp.Trace, env: Environment) -> Number:
    return add(row[k] for k, row in enumerate(evaluate(e.arg, env)))


@value.register(sp.Determinant)
def _(e: sp.Determinant, env: Environment) -> Number:
    return determinant(evaluate(e.arg, env))


@value.register(DotProduct)
def _(e: DotProduct, env: Environment) -> Number:
    return dot(*(flat(evaluate(a, env)) for a in e.args))


@value.register(MatrixElement)
def _(e: MatrixElement, env: Environment) -> Any:
    M, (i, j) = evaluate(e.parent, env), (whole(evaluate(k, env)) for k in e.indices)
    if not (0 <= i < len(M) and 0 <= j < len(M[0])):
        raise Undefined("an entry outside a matrix")
    return M[i][j]


# ---------------------------------------------------------------- matrices with given entries
@value.register(Named)
def _(e: Named, env: Environment) -> Any:
    return evaluate(e.expr, env)


@value.register(sp.OneMatrix)
def _(e: sp.OneMatrix, env: Environment) -> Rows:
    return build(e, env, lambda i, j: 1)


@value.register(sp.ZeroMatrix)
def _(e: sp.ZeroMatrix, env: Environment) -> Rows:
    return build(e, env, lambda i, j: 0)


@value.register(sp.Identity)
def _(e: sp.Identity, env: Environment) -> Rows:
    return build(e, env, lambda i, j: int(i == j))


@value.register(sp.MatrixBase)
def _(e: sp.MatrixBase, env: Environment) -> Rows:
    return build(e, env, lambda i, j: evaluate(e[i, j], env))


@value.register(sp.FunctionMatrix)
def _(e: sp.FunctionMatrix, env: Environment) -> Rows:
    row, col = e.lamda.signature
    return build(e, env, lambda i, j: evaluate(e.lamda.expr, env.set({row: i, col: j})))


@value.register(sp.DiagMatrix)
def _(e: sp.DiagMatrix, env: Environment) -> Rows:
    v = flat(evaluate(e.args[0], env))
    return build(e, env, lambda i, j: v[i] if i == j else 0)


@value.register(HStack)
def _(e: HStack, env: Environment) -> Rows:
    return [list(itertools.chain(*rows)) for rows in zip(*[evaluate(A, env) for A in e.args], strict=True)]


@value.register(VStack)
def _(e: VStack, env: Environment) -> Rows:
    return [row for A in e.args for row in evaluate(A, env)]


@value.register(DiagonalMatrix)
def _(e: DiagonalMatrix, env: Environment) -> Rows:
    M = evaluate(e.arg, env)
    return build(e, env, lambda i, j: M[i][j] if i == j else 0)


@value.register(DiagonalOf)
def _(e: DiagonalOf, env: Environment) -> Rows:
    M = evaluate(e.arg, env)
    return build(e, env, lambda i, j: M[i][i])


# ---------------------------------------------------------------- operations
@value.register(sp.MatAdd)
def _(e: sp.MatAdd, env: Environment) -> Rows:
    return each(add, *[evaluate(A, env) for A in e.args])


@functools.lru_cache(maxsize=10_000)
def factors_of(e: sp.MatMul) -> tuple[sp.Expr, list[sp.MatrixExpr]]:
    """The number in front of a product of matrices, and the matrices."""
    parts: tuple[sp.Expr, list[sp.MatrixExpr]] = e.as_coeff_matrices()
    return parts


@value.register(sp.MatMul)
def _(e: sp.MatMul, env: Environment) -> Rows:
    c, factors = factors_of(e)
    out = functools.reduce(functools.partial(product, env), [evaluate(A, env) for A in factors])
    c = evaluate(c, env)
    return out if c == 1 else [[times((c, x)) for x in row] for row in out]


@value.register(sp.HadamardProduct)
def _(e: sp.HadamardProduct, env: Environment) -> Rows:
    return each(times, *[evaluate(A, env) for A in e.args])


@value.register(sp.HadamardPower)
def _(e: sp.HadamardPower, env: Environment) -> Rows:
    base, exponent = (evaluate(a, env) for a in e.args)
    if not is_matrix(e.exp):
        return [[power(x, exponent, e.exp) for x in row] for row in base]
    if not is_matrix(e.base):
        return [[power(base, p, sp.S.Half) for p in row] for row in exponent]
    return each(lambda xs: power(xs[0], xs[1], sp.S.Half), base, exponent)


@value.register(sp.Transpose)
def _(e: sp.Transpose, env: Environment) -> Rows:
    return [list(column) for column in zip(*evaluate(e.arg, env), strict=True)]


@value.register(sp.Adjoint)
def _(e: sp.Adjoint, env: Environment) -> Rows:
    mirrored = lambda x: x.conjugate() if isinstance(x, mpmath.mpc) else x
    return [list(map(mirrored, column)) for column in zip(*evaluate(e.arg, env), strict=True)]


@value.register(ElementwiseApplyFunction)
def _(e: ElementwiseApplyFunction, env: Environment) -> Rows:
    (t,) = e.function.signature
    typed = functools.lru_cache(maxsize=None, typed=True)  # an exact 1 is not a rounded one
    at = typed(lambda x: evaluate(e.function.expr, env.set({t: x})))
    return [[at(x) for x in row] for row in evaluate(e.expr, env)]


@value.register(sp.MatPow)
@value.register(sp.Inverse)
def _(e: sp.MatPow | sp.Inverse, env: Environment) -> Rows:
    if e.args[1].is_integer is False:
        raise NotImplementedError(f"no value for a root of a matrix: {e}")
    n, rows = whole(evaluate(e.args[1], env)), evaluate(e.args[0], env)
    out: Rows = [[int(i == j) for j in range(len(rows))] for i in range(len(rows))]
    for _ in range(abs(n)):
        out = product(env, out, rows)
    return inverse(out, env) if n < 0 else out


# ---------------------------------------------------------------- elimination
def determinant(rows: Rows) -> Number:
    if not rows:
        return 1
    pivot = _pivot(rows, 0)
    (head, *tail), others = rows[pivot], rows[:pivot] + rows[pivot + 1 :]
    if head == 0:
        return 0
    return times([(-1) ** pivot, head, determinant([_without(row, head, tail) for row in others])])


def _without(row: list[Number], head: Number, tail: list[Number]) -> list[Number]:
    """What remains of a row when a multiple of another has made its first entry 0."""
    share = times([-1, row[0], whole_power(head, -1)])
    return [add((x, times((share, y)))) for x, y in zip(row[1:], tail, strict=True)]


def _pivot(rows: Rows, column: int, first: int = 0) -> int:
    return max(range(first, len(rows)), key=lambda k: abs(rounded(rows[k][column])))


def inverse(rows: Rows, env: Environment) -> Rows:
    """The inverse of a regular matrix.

    Raises:  Undefined for a singular one, and for one that is too near to tell
    """
    n = len(rows)
    env.meter.spend(n**3 // 4)
    wide = [[*row, *(int(i == j) for j in range(n))] for i, row in enumerate(rows)]
    largest = max(abs(rounded(x)) for x in flat(rows))
    for c in range(n):
        k = _pivot(wide, c, c)
        wide[c], wide[k] = wide[k], wide[c]
        head = wide[c][c]
        if head == 0 or not is_exact(head) and abs(head) <= largest * mpmath.mpf(10) ** (-7 * mpmath.mp.dps // 10):
            raise Undefined("the inverse of a singular matrix")
        wide[c] = [times((x, whole_power(head, -1))) for x in wide[c]]
        wide = [row if r == c else _cleared(row, wide[c], c) for r, row in enumerate(wide)]
    return [row[n:] for row in wide]


def _cleared(row: list[Number], by: list[Number], c: int) -> list[Number]:
    return [add((x, times((-1, row[c], y)))) for x, y in zip(row, by, strict=True)] if row[c] != 0 else row
