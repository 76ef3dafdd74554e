"""`derive` finds the textbook's formulas by itself, and every line of them is proved."""

import json
import re
import sys
from dataclasses import replace

import pytest
import sympy as sp
from gradient_targets import LONGEST, TARGETS, TOGETHER, K, X, Y, b, derived, g, lam, log_loss, m, n, network, p, w, y
from readback import assert_reads_back
from samples import but

from claims.errors import Ambiguous, ProverFault, Undecided
from claims.gradients.derive import derive, gradients
from claims.language import (
    Grad,
    Jac,
    Total,
    apply,
    canonical,
    expectation,
    hadamard,
    inner,
    matrix,
    named,
    normal,
    ones,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
)
from claims.language.products import product
from claims.printing.printer import latex
from claims.proof.printed import text
from claims.proof.prover import prove

pytestmark = TOGETHER

WITH_ONES = r"\begin{pmatrix} \mathbf{1} & X \end{pmatrix}"
FIRST, LAST = (rf"\begin{{pmatrix}} {upper} \\ {lower} \end{{pmatrix}}" for upper, lower in ("I0", "0I"))
FOURTH = r"\begin{pmatrix} 0 \\ 0 \\ 0 \\ I \end{pmatrix}"
CLOSED = {
    "neuron": [r"\frac{1}{m} X^\top (A - y)", r"\frac{1}{m} \mathbf{1}^\top (A - y)"],
    "neuron, sigma written out": [r"\frac{1}{m} X^\top (A - y)"],
    "neuron, named loss": [
        r"\frac{1}{m} X^\top (A - y)",
        r"\frac{1}{m} \mathbf{1}^\top (A - y)",
        r"\frac{1}{m} (A - y)",
    ],
    "ridge": [r"\frac{1}{m} X^\top (A - y) + \lambda w"],
    "squared error": [r"\frac{1}{m} X^\top (X w - y)"],
    "squared error after sigma": [r"\frac{1}{m} X^\top (A \odot (1 - A) \odot (A - y))"],
    "softmax and cross-entropy": [r"\frac{1}{m} (P - Y)"],
    "softmax and cross-entropy, columns": [r"\frac{1}{m} (P - Y)"],
    "softmax and cross-entropy, any Y": [r"\frac{1}{m} (\operatorname{diag}(Y \mathbf{1}) P - Y)"],
    "softmax layer": [r"\frac{1}{m} X^\top (P - Y)", r"\frac{1}{m} \mathbf{1}^\top (P - Y)"],
    "softmax, squared error": [r"\frac{1}{m} P \odot (P - Y - (P \odot (P - Y)) \mathbf{1} \mathbf{1}^\top)"],
    "log-sum-exp": ["s"],
    "quadratic form": [r"\frac{1}{2} (H + H^\top) v"],
    "quadratic form, symmetric": ["H v - u"],
    "norm": [r"\frac{v}{\| v \|}"],
    "normalised direction": [r"\frac{u}{\| v \|} - \frac{(u^\top v) v}{\| v \|^3}"],
    "trace": [r"(B + B^\top) H"],
    "absolute values": [r"\operatorname{sign}(v)"],
    "diagonal": [r"H u \odot u", r"\operatorname{diag}(v) u u^\top"],
    "bias in the weights": [
        rf"\frac{{1}}{{m}} {WITH_ONES}^\top \left({WITH_ONES} w - y\right)",
        rf"\frac{{1}}{{m}} \left({WITH_ONES} w - y\right) w^\top {LAST}",
    ],
    "length of a residual, bias in the weights": [
        rf"\frac{{{WITH_ONES}^\top \left({WITH_ONES} w - y\right)}}{{\| {WITH_ONES} w - y \|}}",
        rf"\frac{{\left({WITH_ONES} w - y\right) w^\top {LAST}}}{{\| {WITH_ONES} w - y \|}}",
    ],
}
ROWS = {
    r"\mathrm{d}Z_2 &= \frac{1}{m} (A_2 - Y)",
    r"\mathrm{d}W_1 &= X^\top \mathrm{d}Z_1",
    r"\mathrm{d}b_1 &= \mathbf{1}^\top \mathrm{d}Z_1",
    r"\mathrm{d}W_2 &= A_1^\top \mathrm{d}Z_2",
    r"\mathrm{d}b_2 &= \mathbf{1}^\top \mathrm{d}Z_2",
}
COLUMNS = {
    r"\mathrm{d}Z_2 &= \frac{1}{m} (A_2 - Y)",
    r"\mathrm{d}W_1 &= \mathrm{d}Z_1 X^\top",
    r"\mathrm{d}b_1 &= \mathrm{d}Z_1 \mathbf{1}",
    r"\mathrm{d}W_2 &= \mathrm{d}Z_2 A_1^\top",
    r"\mathrm{d}b_2 &= \mathrm{d}Z_2 \mathbf{1}",
}
CELL = {
    r"\mathrm{d}C &= O \odot R \odot (1 - \tanh(C)^{\odot 2})",
    r"\mathrm{d}Z &= \begin{pmatrix} C_0 \odot F \odot \mathrm{d}C \odot (1 - F) & J \odot N \odot \mathrm{d}C \odot (1 - J)"
    + r" & H \odot R \odot (1 - O) & J \odot \mathrm{d}C \odot (1 - N^{\odot 2}) \end{pmatrix}",
}
LINES = {
    "two layers, g": ROWS | {r"\mathrm{d}Z_1 &= \mathrm{d}Z_2 W_2^\top \odot g'(Z_1)"},
    "two layers, sigma": ROWS | {r"\mathrm{d}Z_1 &= \mathrm{d}Z_2 W_2^\top \odot A_1 \odot (1 - A_1)"},
    "two layers, tanh": ROWS | {r"\mathrm{d}Z_1 &= \mathrm{d}Z_2 W_2^\top \odot (1 - A_1^{\odot 2})"},
    "two layers, ReLU": ROWS | {r"\mathrm{d}Z_1 &= \mathrm{d}Z_2 W_2^\top \odot \mathbf{1}[Z_1 > 0]"},
    "two layers, columns, g": COLUMNS | {r"\mathrm{d}Z_1 &= W_2^\top \mathrm{d}Z_2 \odot g'(Z_1)"},
    "two layers, columns, ReLU": COLUMNS | {r"\mathrm{d}Z_1 &= W_2^\top \mathrm{d}Z_2 \odot \mathbf{1}[Z_1 > 0]"},
    "two layers, linear output, squared error": {
        r"\mathrm{d}Z_2 &= \frac{1}{m} (Z_2 - Y)",
        r"\mathrm{d}Z_1 &= \mathrm{d}Z_2 W_2^\top \odot g'(Z_1)",
        r"\mathrm{d}W_1 &= X^\top \mathrm{d}Z_1",
        r"\mathrm{d}b_1 &= \mathbf{1}^\top \mathrm{d}Z_1",
    },
    "three layers": {
        r"\mathrm{d}Z_3 &= \frac{1}{m} (A_3 - Y)",
        r"\mathrm{d}Z_2 &= \mathrm{d}Z_3 W_3^\top \odot g'(Z_2)",
        r"\mathrm{d}Z_1 &= \mathrm{d}Z_2 W_2^\top \odot g'(Z_1)",
        *(rf"\mathrm{{d}}W_{k} &= {A}^\top \mathrm{{d}}Z_{k}" for k, A in ((1, "X"), (2, "A_1"), (3, "A_2"))),
        *(rf"\mathrm{{d}}b_{k} &= \mathbf{{1}}^\top \mathrm{{d}}Z_{k}" for k in (1, 2, 3)),
    },
    "attention": {
        r"\mathrm{d}S &= A \odot (R V^\top - (R V^\top \odot A) \mathbf{1} \mathbf{1}^\top)",
        r"\mathrm{d}Q &= \frac{1}{\sqrt{p}} \mathrm{d}S K",
        r"\mathrm{d}K &= \frac{1}{\sqrt{p}} \mathrm{d}S^\top Q",
        r"\mathrm{d}V &= A^\top R",
    },
    "concatenated input": {
        r"\mathrm{d}Z &= \frac{1}{m} g'(Z) \odot (g(Z) - Y)",
        r"\mathrm{d}W &= \begin{pmatrix} X & A \end{pmatrix}^\top \mathrm{d}Z",
        rf"\mathrm{{d}}X &= \mathrm{{d}}Z W^\top {FIRST}",
        rf"\mathrm{{d}}A &= \mathrm{{d}}Z W^\top {LAST}",
    },
    "concatenated input, weights in blocks": {
        r"\mathrm{d}Z &= \frac{1}{m} (Z - Y)",
        r"\mathrm{d}U &= X^\top \mathrm{d}Z",
        r"\mathrm{d}V &= A^\top \mathrm{d}Z",
        r"\mathrm{d}A &= \mathrm{d}Z V^\top",
    },
    "a layer beside its input": {
        r"\mathrm{d}Z_2 &= \frac{1}{m} (Z_2 - Y)",
        rf"\mathrm{{d}}Z_1 &= \mathrm{{d}}Z_2 W_2^\top {LAST} \odot g'(Z_1)",
        rf"\mathrm{{d}}X &= \mathrm{{d}}Z_1 W_1^\top + \mathrm{{d}}Z_2 W_2^\top {FIRST}",
    },
    "LSTM, one product": CELL | {r"\mathrm{d}W &= \begin{pmatrix} X & H_0 \end{pmatrix}^\top \mathrm{d}Z"},
    "LSTM, weights in blocks": CELL
    | {rf"\mathrm{{d}}W_n &= \begin{{pmatrix}} X & H_0 \end{{pmatrix}}^\top \mathrm{{d}}Z {FOURTH}"},
}


def shown(derivations) -> set[str]:
    """All lines of derivations, as they stand in the aligned blocks."""
    blocks = [d.latex.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}") for d in derivations]
    return {line for block in blocks for line in re.split(r" \\\\ (?=\\mathrm\{d\})", block)}


def test_every_target_has_its_textbook_form_here():
    assert set(CLOSED) | set(LINES) == set(TARGETS)


@pytest.mark.parametrize("name", CLOSED)
def test_the_closed_form_is_the_textbook_s(name):
    assert [latex(d.closed) for d in derived(name)] == CLOSED[name]


@pytest.mark.parametrize("name", LINES)
def test_the_lines_are_the_textbook_s(name):
    assert shown(derived(name)) == LINES[name]


TWO = {f"two layers, {g}" for g in ("sigma", "tanh", "ReLU", "columns, ReLU")}
ALIKE = {*TWO, *LONGEST, "two layers, columns, g"}  # as "two layers, g"
ALIKE |= {"neuron, named loss", "squared error after sigma", "softmax and cross-entropy, columns"}  # as those without


@pytest.mark.parametrize("name", but(ALIKE, TARGETS))
def test_every_line_and_every_closed_form_is_proved_for_all_sizes(name):
    for d in derived(name):
        proof = d.check()
        assert proof.state == "proved-all"
        assert d.end_to_end.state == "proved-all"
        assert len(proof.steps) == len(d.chain)


def test_a_line_says_what_it_is_the_derivative_of():
    first, second, third = derived("two layers, g")[0].statements
    assert first.why == "differentiated where it stands in the scalar"
    assert second.why == r"the chain rule through $Z_2 = A_1 W_2 + \mathbf{1} b_2$"
    assert latex(second.gradient) == (
        r"\frac{\partial}{\partial Z_1} \left[\langle \mathrm{d}Z_2, A_1 W_2 + \mathbf{1} b_2 \rangle\right]"
    )
    assert latex(second.value) == r"\mathrm{d}Z_2 W_2^\top \odot g'(Z_1)"
    assert third.through[0].name == "Z1"


def test_a_quantity_that_matters_in_two_ways_gets_both():
    gradient, value, *_ = derived("ridge")[0].statements[-1]
    assert latex(value) == r"X^\top \mathrm{d}Z + \lambda w"
    assert gradient.scalar.has(lam)


def test_a_deep_network_is_proved_line_by_line():
    A, parameters = network([n, *sizes("n_1 n_2 n_3 n_4 n_5"), K], [g] * 5 + [sigma])
    d = derive(Grad(log_loss(A, Y), parameters[0]))
    assert [name for name, _ in d.lines] == ["dZ6", "dZ5", "dZ4", "dZ3", "dZ2", "dZ1", "dW1"]
    assert d.end_to_end is None
    assert d.check().state == "proved-all"
    assert len(d.check().steps) == 7


@pytest.mark.parametrize("spoil", [lambda e: -e, lambda e: 2 * e, lambda e: e * m])
def test_a_wrong_closed_form_is_refuted(spoil):
    T = TARGETS["neuron"]
    d = gradients(T.scalar, T.wrt)[0]
    d.closed = spoil(d.closed)
    with pytest.raises(ProverFault):
        d.check()


def chained(first, *factors):
    """X V + Y, times one factor after the other, Y added each time."""
    Z = named("Z_1", first)
    for k, W in enumerate(factors, 2):
        Z = named(f"Z_{k}", Z * W + G)
    return inner(Z, G)


V, W, G = matrix("V", n, n), matrix("W", n, n), matrix("G", m, n)
DEEP = chained(X * V + G, W, W.T, W, W.T, W)


def test_a_hypothesis_with_a_number_is_used_with_that_number():
    twice = 2 * sp.Identity(n)
    (found,) = gradients(DEEP, [V], [sp.Eq(W.T * W, twice), sp.Eq(W * W.T, twice)])
    assert len(found.chain) == 7 and found.closed == 4 * X.T * G * W.T


@pytest.mark.parametrize(
    "given",
    [
        [sp.Eq(sp.Identity(n), W * W.T)],
        [sp.Eq(W, W * W)],
        [sp.Eq(W, V), sp.Eq(V, W)],
        [sp.Eq(hadamard(W, W), W)],
        [sp.Eq(W, V * W + W.T)],
    ],
    ids=str,
)
def test_a_hypothesis_that_reads_backwards_leads_nowhere_round(given):
    assert gradients(inner(X * W * W.T, G), [X], given)


def test_hypotheses_are_written_as_for_a_claim():
    form = total(u.T * matrix("H", u.rows, u.rows) * u)
    symmetric = sp.Eq(matrix("H", u.rows, u.rows).T, matrix("H", u.rows, u.rows))
    (alone,), (listed,) = gradients(form, [u], symmetric), gradients(form, [u], [sp.true, symmetric])
    assert alone.closed == listed.closed and alone.given == listed.given == (symmetric,)
    with pytest.raises(TypeError, match="a hypothesis is an equation"):
        gradients(form, [u], None)


def test_a_hypothesis_may_name_the_quantities_of_the_scalar():
    """In a line, Z stands for any matrix, and a hypothesis says of that one what it says of Z."""
    Z = named("Z", X * w)
    P, y = named("P", matrix("S", m, m) * Z + matrix("b", m)), matrix("y", m)
    assert derive(Grad(total(named("Q", 2 * Z)), w), sp.Eq(named("Q", 2 * Z), y)).closed == 2 * X.T * ones(m)
    assert derive(Grad(inner(P, P), w), sp.Eq(P, y)).closed == 2 * X.T * matrix("S", m, m).T * y
    for given in (sp.Eq(Z, y), sp.Eq(P, Z), sp.Eq(Grad(inner(Z, Z), Z), y)):
        assert derive(Grad(inner(P, P), w), given).text == derive(Grad(inner(P, P), w)).text


@pytest.mark.parametrize("name", ["dP", "dZ", "dw"])
def test_a_hypothesis_may_not_call_another_thing_like_a_line(name):
    Z = named("Z", X * w)
    P = named("P", matrix("S", m, m) * Z + matrix("b", m))
    D = matrix(name, *(w.shape if name == "dw" else Z.shape))
    with pytest.raises(Ambiguous, match=f"two different things are called {name}"):
        derive(Grad(inner(P, P), w), sp.Eq(D, ones(*D.shape)))


def test_the_closed_form_of_a_deep_derivation_is_proved_to_be_what_its_lines_give():
    (found,) = gradients(DEEP, [V])
    wrong = replace(found, closed=2 * found.closed)
    with pytest.raises(ProverFault, match="closed form"):
        wrong.check()
    assert found.check()


def test_a_deep_derivation_tells_conditions_also_of_what_hands_on_nothing():
    """The slope of P by V is zero, and the scalar has a value where P is positive; l and p are no indices of its entries."""
    P = named("P", matrix("U", m, n) * W + X * apply(lambda t: sp.cosh(t) ** 2 - sp.sinh(t) ** 2, V))
    straight = chained(X * V + G, *[matrix(f"W_{k}", n, n) for k in range(2, 7)])
    straight += inner(matrix("R", *sizes("l p")), matrix("R", *sizes("l p"))) * total(V)
    found = derive(Grad(straight + total(named("N", apply(sp.log, P) * W)), V))
    (entry,) = [c.lhs for c in found.check().conditions if isinstance(c, sp.Gt)]
    assert str(entry.parent) == "P" and not {str(k) for k in entry.indices} & {"l", "p"}


def test_a_wrong_line_is_refuted_by_name():
    T = TARGETS["two layers, tanh"]
    d = gradients(T.scalar, T.wrt)[0]
    d.statements[1] = d.statements[1]._replace(value=-d.statements[1].value)
    with pytest.raises(ProverFault, match="line dZ1"):
        d.proofs  # noqa: B018


def test_without_its_hypothesis_the_softmax_gradient_is_refuted():
    T = TARGETS["softmax and cross-entropy"]
    d = gradients(T.scalar, T.wrt, T.given)[0]
    d.given = ()
    with pytest.raises((ProverFault, Undecided)):
        d.check()


def test_one_sweep_gives_the_same_as_one_derivation_each():
    T = TARGETS["two layers, tanh"]
    first, *_, last = zip(T.wrt, derived("two layers, tanh"), strict=True)
    assert all(derive(Grad(T.scalar, wrt)).closed == d.closed for wrt, d in (first, last))


def test_functions_without_names_are_written_out():
    A = apply(sigma, X * w + b * ones(m))
    assert latex(derive(Grad(log_loss(A, y), w)).closed) == r"\frac{1}{m} X^\top (\sigma(X w + b \mathbf{1}) - y)"
    by_sympy = (X * w + b * ones(m)).applyfunc(sigma)
    assert derive(Grad(log_loss(by_sympy, y), w)).closed == derive(Grad(log_loss(A, y), w)).closed


def test_tied_weights_add_their_contributions():
    W, V = matrix("W", n, n), matrix("V", m, n)
    d = derive(Grad(inner(V, apply(g, X * W) * W), W))
    assert d.check().state == "proved-all"
    assert latex(d.closed) == r"X^\top (V W^\top \odot g'(X W)) + g(X W)^\top V"


def test_normalised_rows_and_huber_s_loss_are_derived_and_proved():
    V, squares = matrix("V", m, n), sp.HadamardPower(X, 2) * ones(n, n)
    rows = derive(Grad(inner(V, hadamard(X, sp.HadamardPower(squares, -sp.S.Half))), X))
    huber = derive(
        Grad(
            total(apply(lambda t: sp.Piecewise((t**2 / 2, sp.Abs(t) < 1), (sp.Abs(t) - 1 / sp.S(2), True)), y - X * w)),
            w,
        )
    )
    for d in (rows, huber):
        assert d.check().state == "proved-all"
        assert_reads_back(d.closed)


S, u, w_ = matrix("S", n, n), matrix("u", n), matrix("v", n)
i, j, k = sp.symbols("i j k", integer=True)
kernel, signal = matrix("w", p), matrix("x", n + p - 1)
correlation = sp.Sum(u[i, 0] * sp.Sum(kernel[k, 0] * signal[i + k, 0], (k, 0, p - 1)), (i, 0, n - 1))
chosen = -sp.log(softmax(u.T)[0, k])
OF_ENTRIES = {
    "a correlation by its kernel": (correlation, kernel[j, 0], r"\mathrm{d}w_j &= \sum_{i=1}^{n} u_i x_{i + j - 1}"),
    "by all of its kernel": (
        correlation,
        kernel,
        r"\mathrm{d}w &= \left(\sum_{j=1}^{n} u_j x_{i + j - 1}\right)_{i=1}^{p}",
    ),
    "by its signal": (
        correlation,
        signal[j, 0],
        r"\mathrm{d}x_j &= \sum_{k=1}^{p} \sum_{i=1}^{n} u_i w_k \delta_{i + k - 1, j}",
    ),
    "a form by an entry": (
        total(u.T * S * u),
        u[j, 0],
        r"\mathrm{d}u_j &= \sum_{i=1}^{n} S_{ij} u_i + \sum_{i=1}^{n} S_{ji} u_i",
    ),
    "by an entry of a matrix": (total(u.T * S * u), S[i, j], r"\mathrm{d}S_{ij} &= u_i u_j"),
    "the logarithm of an entry": (
        chosen,
        u,
        r"\mathrm{d}u &= \left(\frac{e^{u_i}}{\sum_{j=1}^{n} e^{u_j}} - \delta_{ik}\right)_{i=1}^{n}",
    ),
    "a slope by another entry": (
        Grad(Grad(chosen, u[j, 0]), u[i, 0]),
        None,
        r"\mathrm{d}u_i &= \frac{e^{u_i} \delta_{ij}}{\sum_{l=1}^{n} e^{u_l}} - \frac{e^{u_i} e^{u_j}}{\left(\sum_{l=1}^{n} e^{u_l}\right)^2}",
    ),
    "the larger of two entries": (sp.Max(u[0, 0], u[1, 0]), u[0, 0], r"\mathrm{d}u_1 &= \mathbf{1}[u_1 - u_2 > 0]"),
}


def test_by_entries_a_sign_is_no_equation_and_a_hypothesis_may_have_letters_of_its_own():
    i, k = sp.symbols("i k", integer=True)
    z, x, v = scalar("z"), matrix("x", n), matrix("v", n)
    for given in (z > 0, z <= 0, sp.Eq(x[i, 0], v[i, 0])):
        assert derive(Grad(z * x[k, 0], x), given=given).closed[0, 0] == z * sp.KroneckerDelta(0, k)


@pytest.mark.parametrize("name", OF_ENTRIES)
def test_what_is_made_of_entries_is_derived_by_its_entries(name):
    scalar, wrt, shown = OF_ENTRIES[name]
    found = derive(scalar if wrt is None else Grad(scalar, wrt))
    assert found.latex == rf"\begin{{aligned}}{shown}\end{{aligned}}"
    assert found.record()["statement"]


def test_bound_letters_are_none_that_the_scalar_has():
    i, j = scalar("i"), scalar("j")
    found = derive(Grad(i * j * total(S * u), u[k, 0]))
    assert found.text == "du_k = i j sum(l=1..n) S[l, k]"


def test_the_letters_of_places_are_none_that_a_size_has():
    i, j = sizes("i j")
    S = matrix("S", i, j)
    assert text(derive(Grad(S[0, 0] * total(S), S)).result).endswith("for k=1..i, l=1..j)")


def test_a_gradient_by_an_entry_of_a_wrong_formula_is_a_fault():
    found = derive(Grad(total(u.T * S * u), u[j, 0]))
    with pytest.raises(ProverFault):
        replace(found, closed=2 * found.closed).check()


def test_a_number_that_does_not_move_needs_no_rule():
    """Neither an expectation, nor a delta of sizes, nor a slope by z has a slope by u."""
    v, z = normal("v", n), scalar("z")
    assert derive(Grad(expectation(inner(v, v)) * inner(u, u), u)).check().state == "proved-all"
    assert derive(Grad(sp.KroneckerDelta(n, 2) * z * inner(u, u), u)).check().state == "proved-all"
    assert derive(Grad(expectation(inner(v, v)), u)).closed == sp.ZeroMatrix(n, 1)
    assert derive(Grad(sp.Derivative(z**3, z) * inner(u, u), u)).check().state == "proved-all"
    with pytest.raises(NotImplementedError, match=r"derivative of ScalarExpectation: expectation\(Total\("):
        derive(Grad(expectation(inner(v, u) ** 2), u))
    with pytest.raises(NotImplementedError, match=r"derivative of Derivative: Derivative\(z\*\*3, z\)"):
        derive(Grad(sp.Derivative(z**3, z) * inner(u, u), z))


def test_the_gradient_of_what_holds_gradients_is_proved_end_to_end():
    """The slope of g is known twice: in the inner gradient, and in the outer one."""
    inside = Grad(inner(u, apply(g, S * w_)), w_)
    d = derive(Grad(inner(inside, inside), S))
    assert d.gradient.scalar.has(Grad) and d.end_to_end is not None
    (wrong,) = gradients(inner(inside, inside), [S])
    with pytest.raises(ProverFault):
        replace(wrong, closed=2 * wrong.closed).check()


def test_a_gradient_with_a_name_is_differentiated_like_one_without():
    inside = Grad(inner(u, apply(g, S * w_)), w_)
    G = named("G", inside)
    assert derive(Grad(inner(G, G), S)).closed == derive(Grad(inner(inside, inside), S)).closed
    with pytest.raises(NotImplementedError, match="made of a gradient"):
        derive(Grad(inner(G, G), G))


def test_what_a_hypothesis_says_at_a_point_is_not_differentiated():
    """Where S is symmetric, x^T S x / 2 has the gradient S x, and that of v^T S x by S is not that of v^T (S + S^T) x / 2."""
    S, v, x = matrix("S", n, n), matrix("v", n), matrix("x", n)
    slope, symmetric = inner(v, Grad(inner(x, S * x) / 2, x)), [sp.Eq(S.T, S)]
    assert latex(derive(Grad(slope, S), given=symmetric).closed) == r"\frac{1}{2} (v x^\top + x v^\top)"
    assert derive(Grad(slope, x), given=symmetric).closed == S * v


def test_the_inverse_and_the_determinant_have_their_textbook_gradients():
    assert latex(derive(Grad(sp.log(sp.Determinant(S)), S)).closed) == r"(S^{-1})^\top"
    assert latex(derive(Grad(sp.log(sp.Determinant(S.T * S)), S)).closed) == r"2 (S^{-1})^\top"
    assert latex(derive(Grad(inner(S.inverse() * u, u), S)).closed) == r"-(S^{-1})^\top u u^\top (S^{-1})^\top"


@pytest.mark.parametrize(
    ("scalar", "wrt"),
    [
        (-inner(sp.Identity(n), apply(sp.log, softmax(S))), S),
        (total(sp.Identity(n) + S), S),
        (inner(2 * sp.Identity(n), S * S), S),
        (inner(sp.DiagMatrix(u) * sp.Identity(n), S), S),
        (inner(sp.DiagMatrix(u), S), u),
        (total(hadamard(sp.DiagMatrix(u) * ones(n, n), sp.Identity(n))), u),
    ],
)
def test_the_identity_is_not_taken_for_ones(scalar, wrt):
    assert derive(Grad(scalar, wrt)).check()


def test_a_name_of_a_number_stays_as_it_was_defined():
    squares = named("q", inner(w, w))
    assert derive(Grad(squares**2, w)).closed == 4 * squares * w


def test_what_is_found_is_proved_before_it_is_returned(monkeypatch):
    wrong = gradients(inner(u, u), [u])
    wrong[0].closed = 3 * u
    monkeypatch.setattr(sys.modules["claims.gradients.derive"], "gradients", lambda *_, **__: wrong)
    with pytest.raises(ProverFault):
        derive(Grad(inner(u, u), u))


def test_numbers_and_totals_in_a_function_of_entries_are_derived_too():
    t = scalar("t")
    assert derive(Grad(total(apply(lambda z: t * z, u)), t)).check()
    assert derive(Grad(total(apply(lambda z: z * total(u), u)), u)).check()
    assert derive(Grad(total(sp.HadamardPower(u, t)), t)).check().conditions


@pytest.mark.parametrize("what", ["x", u, Jac(u, u), None])
def test_what_is_no_gradient_is_told_as_such(what):
    with pytest.raises(TypeError, match="what is derived is a gradient"):
        derive(what)


@pytest.mark.parametrize("taken", ["dZ", "dX"])
def test_a_matrix_that_is_called_like_a_line_is_ambiguous(taken):
    with pytest.raises(Ambiguous, match=f"called {taken}"):
        derive(Grad(inner(matrix(taken, m, p), named("Z", X * matrix("W", n, p))), X))


def test_what_does_not_depend_has_the_gradient_zero():
    assert derive(Grad(total(X), w)).closed == sp.ZeroMatrix(n, 1)
    assert derive(Grad(total(X), b)).closed == 0


@pytest.mark.parametrize("power", [canonical(sp.HadamardPower(base, X)) for base in (2, X)], ids=str)
def test_a_power_with_an_exponent_for_each_entry_may_be_a_factor_that_does_not_move(power):
    V = matrix("V", m, n)
    assert derive(Grad(inner(power, V), V)).closed == power
    assert derive(Grad(inner(sp.Transpose(power), V.T), V)).closed == power
    U = matrix("U", n, m)
    assert derive(Grad(inner(power, U.T), U)).check()


ONE_ENTRY = matrix("O", 1, 1)


@pytest.mark.parametrize(
    "factor",
    [
        sp.Adjoint(ONE_ENTRY),
        canonical(sp.HadamardPower(2, ONE_ENTRY)),
        Jac(total(ONE_ENTRY**3), ONE_ENTRY),
        expectation(normal("E", 1, 1) * ONE_ENTRY),
    ],
    ids=str,
)
def test_what_has_one_entry_and_is_no_product_may_be_a_factor_that_does_not_move(factor):
    Q = matrix("Q", 1, 1)
    assert derive(Grad(total(sp.MatMul(Q, factor)), Q)).check()


def test_a_power_of_a_matrix_of_one_entry_is_one_of_its_entry():
    assert derive(Grad(sp.log(total(ONE_ENTRY**2)), ONE_ENTRY)).closed == product(
        ones(1, 1), scalar=2 / Total(ONE_ENTRY)
    )


def test_an_operation_without_a_rule_is_named():
    with pytest.raises(NotImplementedError, match="no rule for the derivative of MatPow"):
        derive(Grad(total(S ** scalar("t")), S))


def test_a_gradient_by_what_is_no_letter_is_refused_by_name():
    with pytest.raises(NotImplementedError, match=r"no rule for the gradient by S\*u; take it by a matrix"):
        gradients(total(S * u), [S * u])


def test_the_result_may_be_written_with_names_that_the_scalar_does_not_use():
    Z = X * w
    d = derive(Grad(inner(y, apply(sigma, Z)), w), names=[named("A", apply(sigma, Z))])
    assert latex(d.closed) == r"X^\top (A \odot y \odot (1 - A))"


@pytest.mark.parametrize("names", [named("r", X * w - y), [X * w], [X], "s"], ids=str)
def test_what_a_result_may_be_written_with_are_names_in_a_list(names):
    with pytest.raises(TypeError, match="names that a result may be written with"):
        derive(Grad(total(sp.HadamardPower(X * w - y, 2)), w), names=names)


def test_the_record_holds_the_lines_and_the_proof_of_each():
    d = derive(Grad(TARGETS["two layers, g"].scalar, TARGETS["two layers, g"].wrt[0]), id="dW1", title="First weights")
    record = json.loads(json.dumps(d.record()))
    assert [record["id"], record["kind"], record["title"], record["state"]] == [
        "dW1",
        "derivation",
        "First weights",
        "proved-all",
    ]
    assert record["latex"] == d.latex
    assert record["text"].splitlines()[-1] == "dW1 = X^T dZ1"
    assert [step["latex"] for step in record["steps"]] == [
        r"\mathrm{d}Z_2 = \frac{1}{m} (A_2 - Y)",
        r"\mathrm{d}Z_1 = \mathrm{d}Z_2 W_2^\top \odot g'(Z_1)",
        r"\mathrm{d}W_1 = X^\top \mathrm{d}Z_1",
    ]
    assert all(step["method"] and step["seconds"] >= 0 for step in record["steps"])
    assert record["audit"]["points"] >= 3


def test_a_notebook_shows_the_lines_only_when_they_are_proved():
    d = derive(Grad(TARGETS["neuron"].scalar, w))
    assert d._repr_latex_() == f"$${d.latex}$$"
    (d,) = gradients(TARGETS["neuron"].scalar, [w])
    d.closed = -d.closed
    with pytest.raises(ProverFault):
        d._repr_latex_()


def test_attention_with_a_mask_is_derived():
    """A = (M o E) / its row sums, by which M o E is a multiple of A: a name that leads back to itself."""
    d, k, q = sizes("d k q")
    Q, keys, V, G, mask = matrix("Q", m, d), matrix("K", k, d), matrix("V", k, q), matrix("G", m, q), matrix("M", m, k)
    shown_to = hadamard(apply(sp.exp, Q * keys.T / sp.sqrt(d)), mask)
    A = named("A", hadamard(shown_to, sp.HadamardPower(shown_to * ones(k, k), -1)))
    back = hadamard(A, G * V.T)
    found = derive(Grad(inner(G, A * V), Q))
    assert (
        prove("masked", found.closed, (back - hadamard(A, back * ones(k, k))) * keys / sp.sqrt(d)).state == "proved-all"
    )


def test_a_power_that_a_size_says_has_its_slope_one_power_less():
    t = scalar("t")
    assert derive(Grad(t**n, t)).closed == n * t ** (n - 1)
    assert derive(Grad((t**2 + 1) ** n, t)).closed == 2 * n * t * (t**2 + 1) ** (n - 1)
    assert prove(
        "powers", derive(Grad(total(apply(lambda u: u**n, w)), w)).closed, n * apply(lambda u: u ** (n - 1), w)
    )


@pytest.mark.parametrize(
    "made", [lambda t: t**3 / 8.0, lambda t: sp.exp(t * 0.3) * 0.7, lambda t: named("c", t * 1e-20)]
)
def test_a_decimal_of_what_is_derived_is_the_fraction_that_it_writes(made):
    t = scalar("t")
    assert not derive(Grad(made(t), t)).closed.has(sp.Float)
