"""Every rule of backpropagation is a lemma, proved for all sizes."""

import pytest
import sympy as sp

from claims.errors import Refuted
from claims.gradients.pullback import contributions, derivative, pullback
from claims.language import (
    Grad,
    activation,
    apply,
    hadamard,
    hstack,
    inner,
    is_matrix,
    matrix,
    named,
    ones,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
    vstack,
)
from claims.proof.prover import prove

a, b, c = sizes("a b c")
U, V, H = matrix("U", a, b), matrix("V", b, c), matrix("H", a, b)
S, u, v, row = matrix("S", a, a), matrix("u", a), matrix("v", b), matrix("r", 1, b)
s, t, g = scalar("s"), scalar("t", positive=True), activation("g")

LEMMAS = {
    "product, left": (U * V, U),
    "product, right": (U * V, V),
    "product, middle": (S * U * V, U),
    "product, both": (S * S, S),
    "scalar multiple, matrix": (s * U, U),
    "scalar multiple, scalar": (s * U, s),
    "scalar multiple, total": (inner(u, u) * U, u),
    "transpose": (U.T, U),
    "sum": (U + H, U),
    "sum, twice the same": (U - 3 * U * V * V.T, U),
    "Hadamard product": (hadamard(U, H), U),
    "Hadamard product, itself": (hadamard(U, U, H), U),
    "elementwise, any function": (apply(g, U), U),
    "elementwise, sigma": (apply(sigma, U), U),
    "elementwise, a formula": (apply(lambda z: z / (1 + z**2), U), U),
    "elementwise, max(0, z)": (apply(lambda z: sp.Max(0, z), U), U),
    "elementwise, |z|": (apply(sp.Abs, U), U),
    "elementwise, in pieces": (apply(lambda z: sp.Piecewise((z**2, z < 1), (2 * z - 1, True)), U), U),
    "Hadamard power, the exponent": (sp.HadamardPower(apply(sp.exp, U), s), s),
    "a number in a function of entries": (apply(lambda t: t**2 * s + sp.sin(s), U), s),
    "a total in a function of entries": (apply(lambda t: t * total(U), U), U),
    "a total below a line": (apply(lambda t: t / total(apply(sp.exp, U)), apply(sp.exp, U)), U),
    "Hadamard power, square": (sp.HadamardPower(U, 2), U),
    "Hadamard power, any": (sp.HadamardPower(U, -sp.S.Half), U),
    "broadcast, a row": (ones(a) * row, row),
    "broadcast, a column": (u * ones(1, b), u),
    "broadcast, a scalar": (s * ones(a, b), s),
    "sums of rows": (U * ones(b), U),
    "side by side, left": (hstack(U, H), U),
    "side by side, right": (hstack(S, U), U),
    "one above the other, middle": (vstack(H, row, U), row),
    "one above the other, twice the same": (vstack(U, U), U),
    "in blocks, entry by entry": (apply(g, hstack(U, ones(a))) * vstack(V, 2 * ones(1, c)), U),
    "diagonal, alone": (sp.DiagMatrix(u), u),
    "diagonal, scaling rows": (sp.DiagMatrix(u) * U, u),
    "diagonal, scaled rows": (sp.DiagMatrix(u) * U, U),
    "diagonal, scaling columns": (U * sp.DiagMatrix(v), v),
    "inverse": (V.T * U.T * S.inverse() * U, S),
    "inverse, inside": ((S.T * S + sp.Identity(a)).inverse() * U, S),
    "determinant": (sp.Determinant(S) * U, S),
    "determinant, of a product": (sp.log(sp.Determinant(U.T * U)), U),
    "determinant, by a number": (sp.Determinant(S + s * S.T), s),
    "total": (total(U), U),
    "total, inner product": (inner(U, H), H),
    "trace": (sp.Trace(S * U * U.T), S),
    "scalar function": (sp.log(inner(u, u)) / s, u),
    "scalar function, scalar": (sp.exp(s) * t * total(U), s),
    "largest of three": (sp.Max(0, s, s**2) * U, s),
    "smallest, the same on an interval": (sp.Min(t * s, t * sp.Max(1, sp.Min(s, 2))) * U, s),
    "smallest, by entries": (apply(lambda z: sp.Min(z, 1, s), U), s),
    "definition": (hadamard(named("N", U * V), named("N", U * V)), U),
    "softmax of the rows": (softmax(U), U),
    "a layer, and one on it": (apply(g, apply(g, S * U + ones(a) * row) * V), U),
}


def pulled(expression, X):
    """(the scalar <G, expression> with G constant, its gradient by the rules)."""
    if not is_matrix(expression):
        G = scalar("G")
        return G * expression, pullback(expression, G, X)
    G = matrix("G", *expression.shape)
    return inner(G, expression), pullback(expression, G, X)


@pytest.mark.parametrize("name", LEMMAS)
def test_each_rule_is_a_lemma_proved_for_all_sizes(name):
    expression, X = LEMMAS[name]
    paired, gradient = pulled(expression, X)
    assert prove(name, Grad(paired, X), gradient).state == ("proved-all")


@pytest.mark.parametrize("name", LEMMAS)
def test_each_lemma_with_the_wrong_sign_is_refuted(name):
    expression, X = LEMMAS[name]
    paired, gradient = pulled(expression, X)
    with pytest.raises(Refuted):
        prove(name, Grad(paired, X), -gradient)


@pytest.mark.parametrize(
    "e",
    [
        sp.HadamardPower(sp.OneMatrix(a, b) * 2, U),
        sp.HadamardPower(U, U),
        apply(lambda t: total(apply(lambda u: u * t, U)), U),
        apply(lambda t: sp.Function("f", real=True)(t), U),
    ],
)
def test_what_has_no_rule_is_named_and_not_left_out(e):
    with pytest.raises(NotImplementedError, match="no rule for the derivative of"):
        pullback(e, matrix("G", *e.shape), U)


def test_nothing_comes_back_to_what_is_not_there():
    assert pullback(U * V, matrix("G", a, c), H) == sp.ZeroMatrix(a, b)
    assert pullback(total(U), scalar("G"), s) == 0


def test_an_adjoint_has_the_shape_of_its_operand():
    for expression, _ in LEMMAS.values():
        G = matrix("G", *expression.shape) if is_matrix(expression) else s
        for _, operand, adjoint in contributions(expression, G):
            assert getattr(adjoint, "shape", ()) == getattr(operand, "shape", ())


def test_the_subgradient_of_relu_at_its_kink_is_zero():
    assert derivative(sp.Lambda(s, sp.Max(0, s)))(0) == 0
    assert [derivative(sp.Lambda(s, sp.Max(0, s)))(z) for z in (-2, 3)] == [0, 1]


@pytest.mark.parametrize("step", [sp.sign, sp.floor, sp.ceiling, lambda z: sp.Heaviside(z - 1)])
def test_what_moves_in_steps_hands_nothing_back(step):
    paired, gradient = pulled(apply(step, U), U)
    assert prove("nothing", gradient, sp.ZeroMatrix(a, b))
    assert prove("steps", Grad(paired, U), gradient).conditions


@pytest.mark.parametrize("expression", [S**s, U[0, 0] * U])
def test_an_operation_without_a_rule_says_so(expression):
    with pytest.raises(NotImplementedError, match=r"no rule for the derivative of (MatPow|MatrixElement)"):
        pullback(expression, matrix("G", *expression.shape), S if expression.has(S) else U)
