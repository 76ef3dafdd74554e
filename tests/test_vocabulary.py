import subprocess
import sys

import pytest
import sympy as sp

from claims import (
    Grad,
    Hess,
    Jac,
    SizesDoNotFit,
    activation,
    apply,
    hadamard,
    inner,
    matrix,
    named,
    ones,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
)
from claims.language import canonical, unfold

m, n = sizes("m n")
X, w, y = matrix("X", m, n), matrix("w", n), matrix("y", m)
z = scalar("z")


def test_equal_functions_of_equal_matrices_are_equal_however_they_were_applied():
    assert apply(sp.exp, X) == canonical(X.applyfunc(sp.exp)) == apply(lambda t: sp.exp(t), X)


def test_a_name_equals_the_same_name_with_the_same_definition_only():
    assert named("Z", X * w) == named("Z", X * w)
    assert named("Z", X * w) != named("Z", -X * w)
    assert named("Z", X * w) != matrix("Z", m, 1)


def test_names_unfold_all_the_way_down_and_kept_ones_stay():
    Z = named("Z", X * w)
    A = named("A", apply(sigma, Z))
    assert unfold(A - y) == apply(sigma, X * w) - y
    assert unfold(A, keep=[Z]) == apply(sigma, Z)


def test_the_name_that_something_is_differentiated_by_stays():
    Z = named("Z", X * w)
    assert unfold(Grad(total(Z), Z)).wrt == Z


def test_a_gradient_has_the_shape_of_what_it_is_taken_by():
    loss = inner(X * w, y)
    assert Grad(loss, w).shape == (n, 1)
    assert Hess(loss, w).shape == (n, n)
    assert Jac(X * w, w).shape == (m, n)
    assert not getattr(Grad(z**2, z), "is_Matrix", False)


def test_a_gradient_of_a_matrix_that_is_no_scalar_is_refused():
    with pytest.raises(SizesDoNotFit, match="m x 1"):
        Grad(X * w, w)


def test_only_symbols_and_names_can_be_differentiated_by():
    with pytest.raises(TypeError, match="symbol or a name"):
        Grad(total(X), X * w)


def test_a_name_for_what_does_not_fit_is_refused_with_both_sizes():
    with pytest.raises(SizesDoNotFit, match=r"X is m x n.*y is m x 1"):
        named("Z", sp.MatMul(X, y))


def test_entrywise_products_of_different_sizes_are_refused():
    with pytest.raises((SizesDoNotFit, sp.ShapeError)):
        hadamard(X, X.T)


def test_the_derivative_of_an_activation_is_its_prime_to_every_order():
    g = activation("g")
    assert g(z).diff(z) == g.prime(z)
    assert g(z).diff(z, 2) == g.prime.prime(z)
    assert activation("g") is g


def test_the_sigmoid_knows_its_slope_and_that_it_is_positive():
    assert sp.expand(sigma(z).diff(z) - sigma(z) * (1 - sigma(z))) == 0
    assert sigma(z).is_positive
    assert sigma.prime(z).doit() == sigma(z) * (1 - sigma(z))


def test_a_function_of_each_entry_is_safe_for_one_entry():
    one = matrix("c", 1, 1)
    step = apply(lambda t: sp.Piecewise((1, t > 0), (0, True)), one)
    assert step.shape == (1, 1)


def test_softmax_keeps_the_shape():
    assert softmax(X).shape == (m, n)


def test_a_total_stays_unexpanded():
    assert total(X).doit() == total(X)
    assert inner(ones(m), y) == total(hadamard(ones(m), y))


def test_claims_prove_and_print_without_numpy():
    program = """
import sys
sys.modules["numpy"] = None
from claims import *
from claims.printing.printer import latex
import sympy as sp
m, n = sizes("m n")
X, w, y = matrix("X", m, n), matrix("w", n), matrix("y", m)
loss = named("L", inner(X*w - y, X*w - y) / (2*m))
proof = claim("least-squares", Grad(loss, w), X.T * (X*w - y) / m)
print(proof.state, proof.record()["latex"])
try:
    claim("wrong", Grad(loss, w), X.T * (y - X*w) / m)
except Refuted as refuted:
    print(refuted.counterexample.sizes)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(r"proved-all \frac{\partial \mathcal{L}}{\partial w} = \frac{1}{m} X^\top (X w - y)")
