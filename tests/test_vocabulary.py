import re
import subprocess
import sys

import pytest
import sympy as sp

from claims import (
    Grad,
    Hess,
    Jac,
    Maximum,
    SizesDoNotFit,
    activation,
    apply,
    by,
    expectation,
    gradients,
    hadamard,
    hstack,
    inner,
    largest,
    latex,
    matrix,
    named,
    nonnegative,
    ones,
    random,
    read,
    recall,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
    vstack,
)
from claims.errors import Unreadable
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


WORDS = (
    total,
    largest,
    nonnegative,
    expectation,
    lambda e: named("A", e),
    lambda e: apply(sigma, e),
    lambda e: Grad(e, z),
)
OF_MATRICES = (hadamard, softmax, hstack, vstack, lambda e: inner(X, e))


@pytest.mark.parametrize("given", [None, "z", True, [X], sp.exp, sp.Lambda(z, z), z > 0, abs], ids=str)
def test_a_word_says_what_it_takes_where_it_is_given_what_is_no_expression(given):
    for word in (*WORDS, *OF_MATRICES):
        with pytest.raises(TypeError, match="not .*" + re.escape(repr(given))):
            word(given)


def test_a_word_for_matrices_takes_no_number():
    for word in OF_MATRICES:
        with pytest.raises(TypeError, match="not z"):
            word(z)


WRONG = {
    "no factor": (hadamard, "at least one factor"),
    "no function": (lambda: apply(X, X), "a function of a number, apply"),
    "a function without a value": (
        lambda: apply(lambda t: None, X),
        "a function of entries has as its value .* not None",
    ),
    "a number without a value": (
        lambda: apply(lambda t: None, z),
        "a function of entries has as its value .* not None",
    ),
    "a function with a matrix as its value": (lambda: apply(lambda t: t * X, X), "gives a number for a number"),
    "columns without rows": (lambda: random("x", cols=5, variance=1), "x has 5 columns and no rows"),
    "a matrix without a name": (lambda: matrix(None, 2), "a matrix has a name"),
    "a number without a name": (lambda: scalar(3), "a number has a name"),
    "sizes without names": (lambda: sizes(""), "sizes have names"),
    "a function without a name": (lambda: activation([1]), "a function has a name"),
    "a slope that is no function": (lambda: activation("g", 3), "the slope of g is a function"),
    "a size that is a text": (lambda: matrix("X", "m"), "a size is a whole number from 1"),
    "a size that is a matrix": (lambda: ones(X), "a size is a whole number from 1"),
    "a size that is half of one": (lambda: matrix("X", 0.5), "a size is a whole number from 1"),
    "a size below nothing": (lambda: matrix("X", -1), "a size is a whole number from 1"),
    "a maximum of a function": (lambda: Maximum(sp.exp, (z, 0, 1)), "a maximum is that of numbers"),
    "letters that are no list": (lambda: gradients(z, z), "gradients are by some letters"),
    "a letter of a statement for nothing": (lambda: by("sig", x=None), "x stands for a number or a matrix, not None"),
    "a statement without a name": (lambda: by(3), "named by its id"),
    "nothing to write": (lambda: latex(None), "an expression or a statement is written"),
    "nothing to read": (lambda: read(None), "read as text"),
    "a letter that is no text": (lambda: read("z = z", None), "read as text"),
}


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_what_a_word_cannot_take_is_told_with_the_remedy(call, message):
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize("text", [None, "{", "[]"])
def test_what_is_no_ledger_is_not_recalled(text):
    with pytest.raises(Unreadable, match="statements are recalled from"):
        recall(text)
