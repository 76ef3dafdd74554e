"""The words of a statement as data: which operation of the JSON is which one of the language and of SymPy."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import BooleanFunction
from sympy.matrices.expressions.diagonal import DiagonalMatrix, DiagonalOf
from sympy.matrices.expressions.dotproduct import DotProduct
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.language import Expectation, Grad, Hadamard, Hess, HStack, Jac, Maximum, Total, VStack, is_matrix
from claims.language.functions import Powers

VERSION = 2
KINDS = ("equation", "nonnegative", "definition", "derivation", "every-depth")
LARGEST = 2**53 - 1  # a whole number beyond it is not one in every reader of JSON

# What an operation takes, a letter an argument: n a number, m a matrix, c a condition, a a number or a matrix; + is one or more.
FUNCTIONS = (
    "exp log sin cos tan cot sec csc asin acos atan acot asec acsc sinh cosh tanh coth sech csch asinh acosh atanh acoth "
    "asech acsch sinc erf erfc erfi erfinv gamma loggamma digamma factorial floor ceiling re im conjugate arg"
)
OPERATIONS = {
    "add": (sp.Add, "n+"),
    "mul": (sp.Mul, "n+"),
    "pow": (sp.Pow, "nn"),
    "max": (sp.Max, "n+"),
    "min": (sp.Min, "n+"),
    "abs": (sp.Abs, "n"),
    "sign": (sp.sign, "n"),
    "heaviside": (sp.Heaviside, "nn"),
    "delta": (sp.KroneckerDelta, "nn"),
    "atan2": (sp.atan2, "nn"),
    "beta": (sp.beta, "nn"),
    "binomial": (sp.binomial, "nn"),
    "polygamma": (sp.polygamma, "nn"),
    **{name: (getattr(sp, name), "n") for name in FUNCTIONS.split()},
    "matadd": (sp.MatAdd, "m+"),
    "matmul": (sp.MatMul, "a+"),
    "matpow": (sp.MatPow, "mn"),
    "inverse": (sp.Inverse, "m"),
    "transpose": (sp.Transpose, "m"),
    "adjoint": (sp.Adjoint, "m"),
    "hadamard": (Hadamard, "m+"),
    "hadamard-product": (sp.HadamardProduct, "m+"),
    "hadamard-power": (Powers, "aa"),
    "hstack": (HStack, "m+"),
    "vstack": (VStack, "m+"),
    "ones": (sp.OneMatrix, "nn"),
    "zeros": (sp.ZeroMatrix, "nn"),
    "identity": (sp.Identity, "n"),
    "diagonal-matrix": (sp.DiagMatrix, "m"),
    "diagonal-part": (DiagonalMatrix, "m"),
    "diagonal": (DiagonalOf, "m"),
    "entry": (MatrixElement, "mnn"),
    "trace": (sp.Trace, "m"),
    "determinant": (sp.Determinant, "m"),
    "total": (Total, "m"),
    "dot": (DotProduct, "mm"),
    "grad": (Grad, "na"),
    "hess": (Hess, "na"),
    "jac": (Jac, "aa"),
    "expectation": (Expectation, "a"),
    "eq": (sp.Eq, "aa"),
    "ne": (sp.Ne, "aa"),
    "lt": (sp.Lt, "nn"),
    "le": (sp.Le, "nn"),
    "gt": (sp.Gt, "nn"),
    "ge": (sp.Ge, "nn"),
    "and": (sp.And, "c+"),
    "or": (sp.Or, "c+"),
    "not": (sp.Not, "c"),
}
CONSTANTS = {"pi": sp.pi, "e": sp.E, "i": sp.I, "oo": sp.oo, "-oo": -sp.oo}
FOLDS = {"sum": sp.Sum, "product": sp.Product, "maximum": Maximum, "integral": sp.Integral}
# What SymPy would rewrite on the way back, unless told that it stands as it was written.
REWRITTEN = (sp.Add, sp.Mul, sp.Pow, sp.Max, sp.Min, sp.Function, Relational, BooleanFunction)


def built(kind: type[sp.Basic], args: Sequence[sp.Basic]) -> sp.Basic:
    """The operation on its arguments, in the order and in the form in which it was written."""
    return kind(*args, evaluate=False) if issubclass(kind, REWRITTEN) else kind(*args)


def misfit(signature: str, args: Sequence[sp.Basic]) -> str:
    """Why these are not the arguments of an operation, in words; nothing where they are."""
    letters = signature[0] * max(len(args), 1) if signature.endswith("+") else signature
    if len(letters) != len(args):
        return f"takes {'one or more' if signature.endswith('+') else len(letters)} arguments, not {len(args)}"
    for letter, arg in zip(letters, args, strict=True):
        if letter_of(arg) not in ("nm" if letter == "a" else letter):
            return f"takes {WORDS[letter]} where {arg} stands"
    return ""


WORDS = {"n": "a number", "m": "a matrix", "c": "a condition", "a": "a number or a matrix"}


def letter_of(arg: sp.Basic) -> str:
    return "m" if is_matrix(arg) else "n" if isinstance(arg, sp.Expr) else "c"
