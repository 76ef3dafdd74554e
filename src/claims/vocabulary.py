"""The words a chapter writes its mathematics with: sizes, matrices, names, sums, derivatives.

Everything here is a SymPy expression that stays as it was written; the prover takes it apart.
"""

from __future__ import annotations

import functools

import sympy as sp
from sympy.core.symbol import Str
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from .errors import SizesDoNotFit
from .shapes import check_shapes


# ---------------------------------------------------------------- symbols
def sizes(names: str):
    """Symbols for sizes: positive integers, so that 1 is allowed and 0 is not."""
    return sp.symbols(names, integer=True, positive=True)


def matrix(name: str, rows, cols=1) -> sp.MatrixSymbol:
    """A real matrix of rows x cols."""
    return sp.MatrixSymbol(name, rows, cols)


def scalar(name: str, **assumptions) -> sp.Symbol:
    """A real number; `positive=True` and the like say more of it."""
    return sp.Symbol(name, real=True, **assumptions)


def ones(rows, cols=1) -> sp.OneMatrix:
    """The rows x cols matrix of ones, which broadcasts and sums."""
    return sp.OneMatrix(rows, cols)


def is_matrix(expression) -> bool:
    return bool(getattr(expression, "is_Matrix", False))


# ---------------------------------------------------------------- names
class Named(sp.MatrixSymbol):
    """A matrix symbol that knows its definition, and equals only the same name with the same definition."""

    def __new__(cls, name, rows, cols, expr):
        name = name if isinstance(name, Str) else Str(str(name))
        return sp.Basic.__new__(cls, name, sp.sympify(rows), sp.sympify(cols), expr)

    @property
    def expr(self):
        return self.args[3]

    def doit(self, **hints):
        return self


class NamedScalar(sp.Expr):
    """A scalar that knows its definition: the loss, printed by its name."""

    is_commutative = True
    is_real = True

    def __new__(cls, name, expr):
        name = name if isinstance(name, Str) else Str(str(name))
        return sp.Expr.__new__(cls, name, expr)

    @property
    def name(self) -> str:
        return self.args[0].name

    @property
    def expr(self):
        return self.args[1]

    def doit(self, **hints):
        return self

    def _sympystr(self, printer) -> str:
        return self.name


def named(symbol, expression):
    """A name for an expression: it prints as the symbol and is proved as the expression.

    Raises:  SizesDoNotFit if the expression does not fit together
    """
    expression = canonical(sp.sympify(expression))
    check_shapes(expression)
    name = getattr(symbol, "name", symbol)
    return Named(name, *expression.shape, expression) if is_matrix(expression) else NamedScalar(name, expression)


NAMES = (Named, NamedScalar)


def parts(expression, kinds) -> list:
    """The distinct subexpressions of the given kinds, inner ones first, in the order of writing."""
    found = {}
    for node in sp.postorder_traversal(expression):
        if isinstance(node, kinds):
            found.setdefault(node)
    return list(found)


def unfold(expression, keep=()):
    """The expression with names replaced by their definitions, all the way down; those in `keep` stay.

    A name that something is differentiated by stays too: what is meant is the slope as that quantity changes.
    """
    expression, rule = sp.sympify(expression), {}
    keep = {*keep, *held(expression)}
    for name in parts(expression, NAMES):
        rule[name] = name if name in keep else name.expr.xreplace(rule)
    return expression.xreplace(rule)


def held(expression) -> list:
    """The names that something is differentiated by."""
    return [p.wrt for p in parts(expression, Partial) if isinstance(p.wrt, NAMES)]


# ---------------------------------------------------------------- functions of each entry
# One bound variable for all: SymPy makes a new one each time, so that equal matrices compare unequal.
BOUND = sp.Dummy("t", dummy_index=0, real=True)


class Apply(ElementwiseApplyFunction):
    """A function of each entry; unlike SymPy's own, it is safe for matrices of one entry."""

    def __new__(cls, function, expression):
        return sp.MatrixExpr.__new__(cls, sp.Lambda(BOUND, function(BOUND)), expression)

    def _eval_transpose(self):
        """g(X W)^T stays as it was written; only a transpose inside cancels."""
        return self.func(self.function, self.expr.arg) if isinstance(self.expr, sp.Transpose) else None

    def doit(self, **hints):
        return self


def apply(function, expression):
    """The function at each entry of a matrix, or at a scalar."""
    expression = canonical(sp.sympify(expression))
    return Apply(function, expression) if is_matrix(expression) else function(expression)


def canonical(expression):
    """The expression with the one bound variable, whichever way its functions were applied."""
    if not expression.args or not expression.has(ElementwiseApplyFunction):
        return expression
    args = [canonical(a) for a in expression.args]
    return Apply(*args) if isinstance(expression, ElementwiseApplyFunction) else expression.func(*args)


class Activation(sp.Function):
    """A differentiable real function; `base` is the function that it is the `order`-th derivative of."""

    nargs = 1
    order = 0
    slope = None  # the derivative in closed form, an expression in BOUND; without one it is `g.prime`
    closed = None  # for `g.prime`: itself in closed form, an expression in BOUND

    def _eval_is_real(self):
        return self.args[0].is_real

    def fdiff(self, argindex=1):
        z = self.args[0]
        return type(self).prime(z) if self.slope is None else self.slope.xreplace({BOUND: z})

    def doit(self, **hints):
        """`sigma.prime(z)` as sigma(z) (1 - sigma(z))."""
        return self if self.closed is None else self.closed.xreplace({BOUND: self.args[0]})


class _Prime:
    """`g.prime`, made when asked for, the same class each time."""

    def __get__(self, _, g):
        return _prime(g)


Activation.prime = _Prime()


@functools.cache
def _prime(g):
    slope = None if g.slope is None else g.slope.diff(BOUND)
    return _function(g.__name__ + "'", slope=slope, closed=g.slope, base=g.base, order=g.order + 1)


def _function(name, **attributes):
    return type(Activation)(name, (Activation,), attributes)


@functools.cache
def activation(name: str, derivative=None):
    """A function g of a real number, applied entrywise, with `g.prime` its derivative.

    Any differentiable function, unless `derivative(z, value)` gives g'(z) in closed form.
    """
    return _activation(name, derivative)


def _activation(name, derivative=None, **attributes):
    g = _function(name, **attributes)
    g.base = g
    g.slope = None if derivative is None else derivative(BOUND, g(BOUND))
    return g


sigma = _activation("sigma", lambda z, value: value * (1 - value), _eval_is_positive=lambda self: self.args[0].is_real)


# ---------------------------------------------------------------- sums and products
class Total(sp.Expr):
    """The sum of all entries of a matrix, unexpanded."""

    is_commutative = True
    is_real = True

    def __new__(cls, M):
        return sp.Expr.__new__(cls, M)

    @property
    def arg(self):
        return self.args[0]

    def doit(self, **hints):
        return self


def total(M) -> sp.Expr:
    """The sum of all entries of M."""
    M = canonical(sp.sympify(M))
    return Total(M) if is_matrix(M) else M


class Hadamard(sp.HadamardProduct):
    """An entrywise product in the order written; SymPy's own is sorted anew in each sum or product that it enters."""

    def _eval_transpose(self):
        return self.func(*[M.T for M in self.args])

    def doit(self, **hints):
        return self


def hadamard(*factors):
    """The entrywise product, in the order written."""
    factors = [canonical(sp.sympify(M)) for M in factors]
    product = Hadamard(*factors) if len(factors) > 1 else factors[0]
    check_shapes(product)
    return product


def inner(A, B) -> sp.Expr:
    """<A, B>, the sum of A[i, j] B[i, j]."""
    return total(hadamard(A, B))


def softmax(Z):
    """The softmax of each row of Z; of each column: `softmax(Z.T).T`."""
    E = apply(sp.exp, Z)
    return hadamard(E, sp.HadamardPower(E * ones(Z.cols, Z.cols), -1))


# ---------------------------------------------------------------- derivatives
class Partial(sp.Basic):
    """A derivative as a reader writes it, not yet carried out."""

    is_commutative = True

    @property
    def wrt(self):
        return self.args[1]

    def doit(self, **hints):
        return self

    def _sympystr(self, printer) -> str:
        return f"{self.symbol}({', '.join(map(printer._print, self.args))})"


class Grad(Partial):
    """The gradient of a scalar: its [i, j] entry is the derivative with respect to wrt[i, j].

    Shapes:  that of wrt; a scalar if wrt is one
    """

    symbol = "Grad"

    def __new__(cls, scalar, wrt):
        scalar, wrt = _scalar(scalar), _variable(wrt)
        return sp.Basic.__new__(_MatrixGrad if is_matrix(wrt) else _ScalarGrad, scalar, wrt)

    @property
    def scalar(self):
        return self.args[0]

    @property
    def shape(self):
        return self.wrt.shape


class Hess(Partial):
    """The Hessian of a scalar with respect to a vector of n entries, a column or a row.

    Shapes:  (n, n); a scalar if wrt is one
    """

    symbol = "Hess"

    def __new__(cls, scalar, wrt):
        scalar, wrt = _scalar(scalar), _variable(wrt)
        return sp.Basic.__new__(_MatrixHess if is_matrix(wrt) else _ScalarHess, scalar, wrt)

    @property
    def scalar(self):
        return self.args[0]

    @property
    def shape(self):
        return (_length(self.wrt), _length(self.wrt))


class Jac(Partial, sp.MatrixExpr):
    """The Jacobian of a vector by a vector: its [i, j] entry is d column[i] / d wrt[j]; either may be a row or a scalar.

    Shapes:  (length of column, length of wrt)
    """

    symbol = "Jac"

    def __new__(cls, column, wrt):
        return sp.Basic.__new__(cls, canonical(sp.sympify(column)), _variable(wrt))

    @property
    def column(self):
        return self.args[0]

    @property
    def shape(self):
        return (_length(self.column), _length(self.wrt))


class _MatrixGrad(Grad, sp.MatrixExpr):
    pass


class _MatrixHess(Hess, sp.MatrixExpr):
    pass


class _ScalarGrad(Grad, sp.Expr):
    is_real = True


class _ScalarHess(Hess, sp.Expr):
    is_real = True


def _scalar(expression):
    """A scalar to differentiate; a matrix of one entry is one."""
    expression = canonical(sp.sympify(expression))
    if not is_matrix(expression):
        return expression
    if tuple(expression.shape) != (1, 1):
        raise SizesDoNotFit(f"a gradient is of a scalar, and {expression} is {expression.rows} x {expression.cols}")
    return Total(expression)


def _variable(wrt):
    if not isinstance(wrt, (sp.MatrixSymbol, sp.Symbol, NamedScalar, MatrixElement)):
        raise TypeError(f"differentiate with respect to a symbol or a name, not {wrt}")
    return wrt


def _length(vector):
    """How many entries a vector has, a column or a row or a scalar."""
    shape = vector.shape if is_matrix(vector) else (1, 1)
    if 1 not in shape:
        raise SizesDoNotFit(f"{vector} is {shape[0]} x {shape[1]}, not a vector")
    return shape[0] if shape[1] == 1 else shape[1]


# ---------------------------------------------------------------- statements that are not equations
class Nonnegative(sp.Basic):
    """The statement that a scalar is never negative."""

    @property
    def expr(self):
        return self.args[0]


def nonnegative(expression) -> Nonnegative:
    """The statement expression >= 0, for `claim`."""
    return Nonnegative(_scalar(expression))
