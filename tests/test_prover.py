"""The statements of the course, in both layouts: samples as rows, and samples as columns."""

import threading

import pytest
import sympy as sp
from sympy import DiagMatrix, Eq, HadamardPower, exp, log

from claims import (
    Grad,
    Hess,
    Jac,
    Refuted,
    SizesDoNotFit,
    Undecided,
    activation,
    apply,
    hadamard,
    inner,
    matrix,
    named,
    nonnegative,
    ones,
    prove,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
)

m, n, h, K = sizes("m n h K")
b, c, s = scalar("b"), scalar("c"), scalar("s", positive=True)
g = activation("g")


class Rows:
    """Samples are rows."""

    @staticmethod
    def flip(M):
        return M

    @classmethod
    def matrix(cls, name, samples, width):
        return matrix(name, samples, width)


class Columns:
    """Samples are columns: every matrix is the transpose of what it is in rows."""

    @staticmethod
    def flip(M):
        return M.T

    @classmethod
    def matrix(cls, name, samples, width):
        return matrix(name, width, samples)


def times(layout, A, B):
    """A B where samples are rows, (A B)^T = B^T A^T where they are columns."""
    return A * B if layout is Rows else B * A


def log_loss(A, Y):
    one = ones(*Y.shape)
    return -(inner(Y, apply(log, A)) + inner(one - Y, apply(log, one - A))) / m


def unit(layout, rows, cols):
    return ones(rows, cols) if layout is Rows else ones(cols, rows)


def neuron(layout):
    X, w, y = layout.matrix("X", m, n), layout.matrix("w", n, 1), layout.matrix("y", m, 1)
    Z = named("Z", times(layout, X, w) + b * unit(layout, m, 1))
    A = named("A", apply(sigma, Z))
    return X, w, y, Z, A, named("L", log_loss(A, y))


def neuron_statements(layout):
    X, w, y, Z, A, loss = neuron(layout)
    v, one = layout.matrix("v", n, 1), unit(layout, m, 1)
    D = DiagMatrix(layout.flip(hadamard(A, one - A)))
    rows, v_column = layout.flip(X), layout.flip(v)
    H = rows.T * D * rows / m
    yield "dL/dw", Grad(loss, w), times(layout, X.T, A - y) / m
    yield "dL/db", Grad(loss, b), inner(one, A - y) / m
    yield "dL/dZ", Grad(loss, Z), (A - y) / m
    yield "Hessian", Hess(loss, w), H
    yield "curvature", v_column.T * H * v_column, total(hadamard(A, one - A, HadamardPower(times(layout, X, v), 2))) / m
    yield "convex", nonnegative(v_column.T * Hess(loss, w) * v_column), None


def step_statements(layout):
    A, Z = layout.matrix("A", m, n), layout.matrix("Z", m, n)
    W, v, G = layout.matrix("W", n, h), layout.matrix("v", 1, h), layout.matrix("G", m, h)
    line = inner(G, times(layout, A, W) + times(layout, unit(layout, m, 1), v))
    below = inner(G, times(layout, apply(g, Z), W))
    yield "dW", Grad(line, W), times(layout, A.T, G)
    yield "db", Grad(line, v), times(layout, unit(layout, 1, m), G)
    yield "dA", Grad(line, A), times(layout, G, W.T)
    yield "dZ", Grad(below, Z), hadamard(times(layout, G, W.T), apply(g.prime, Z))


def rows_softmax(layout, Z):
    return softmax(Z) if layout is Rows else softmax(Z.T).T


def softmax_statements(layout):
    z, u = layout.matrix("z", 1, K), layout.matrix("u", 1, K)
    p, one = rows_softmax(layout, z), unit(layout, 1, K)
    spread = u - inner(p, u) * one
    p_column, u_column = layout.flip(p).T, layout.flip(u).T
    J = DiagMatrix(p_column) - p_column * p_column.T
    lse = log(total(apply(exp, z)))
    yield "Jacobian", Jac(p, z), J
    yield "sums to one", total(p), 1
    yield "shift", rows_softmax(layout, z + c * one), p
    yield "gradient of log-sum-exp", Grad(lse, z), p
    yield "Hessian of log-sum-exp", Hess(lse, z), J
    yield "stable log-sum-exp", log(total(apply(exp, z - c * one))) + c, lse
    yield "variance", u_column.T * J * u_column, total(hadamard(p, spread, spread))
    yield "log-sum-exp is convex", nonnegative(u_column.T * Hess(lse, z) * u_column), None


def network(layout, depth):
    """The gradients of the log loss of a network, by back propagation."""
    widths = sizes(" ".join(f"n{layer}" for layer in range(depth + 1)))
    A, layers = [layout.matrix("X", m, widths[0])], []
    for layer in range(1, depth + 1):
        W = layout.matrix(f"W{layer}", widths[layer - 1], widths[layer])
        v = layout.matrix(f"b{layer}", 1, widths[layer])
        Z = named(f"Z{layer}", times(layout, A[-1], W) + times(layout, unit(layout, m, 1), v))
        A.append(named(f"A{layer}", apply(sigma if layer == depth else g, Z)))
        layers.append((W, v, Z))
    Y = layout.matrix("Y", m, widths[depth])
    loss, dZ = named("L", log_loss(A[-1], Y)), (A[-1] - Y) / m
    for layer, (W, v, Z) in reversed(list(enumerate(layers, 1))):
        if layer < depth:
            dZ = hadamard(times(layout, dZ, layers[layer][0].T), apply(g.prime, Z))
        yield f"depth {depth}, dZ{layer}", Grad(loss, Z), dZ
        yield f"depth {depth}, dW{layer}", Grad(loss, W), times(layout, A[layer - 1].T, dZ)
        yield f"depth {depth}, db{layer}", Grad(loss, v), times(layout, unit(layout, 1, m), dZ)


LAYOUTS = (Rows, Columns)


def listed(*families):
    return [
        pytest.param(*statement[1:], id=f"{layout.__name__}, {statement[0]}")
        for family in families
        for layout in LAYOUTS
        for statement in family(layout)
    ]


def proved(*statement, **options):
    proof = prove("statement", *statement, **options)
    assert proof.state == "proved-all"
    assert proof.audit.points >= 3
    return proof


@pytest.mark.parametrize(("lhs", "rhs"), listed(neuron_statements, step_statements, softmax_statements))
def test_statement_of_the_course_is_proved_for_all_sizes(lhs, rhs):
    proved(lhs, rhs)


@pytest.mark.parametrize(("lhs", "rhs"), listed(lambda layout: network(layout, 2)))
def test_gradient_through_two_layers(lhs, rhs):
    proved(lhs, rhs)


@pytest.mark.long
@pytest.mark.parametrize(("lhs", "rhs"), listed(lambda layout: network(layout, 3), lambda layout: network(layout, 4)))
def test_gradient_through_three_and_four_layers(lhs, rhs):
    proved(lhs, rhs)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_softmax_with_cross_entropy_where_labels_sum_to_one(layout):
    Z, Y = layout.matrix("Z", m, K), layout.matrix("Y", m, K)
    P = rows_softmax(layout, Z)
    loss = -inner(Y, apply(log, P)) / m
    sums_to_one = Eq(times(layout, Y, unit(layout, K, 1)), unit(layout, m, 1))
    proved(Grad(loss, Z), (P - Y) / m, given=[sums_to_one])
    with pytest.raises(Refuted):
        prove("without the hypothesis", Grad(loss, Z), (P - Y) / m)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_hypotheses_serve_again_after_expansion(layout):
    X, W, v, Y = (layout.matrix(*x) for x in (("X", m, n), ("W", n, K), ("b", 1, K), ("Y", m, K)))
    P = named("P", rows_softmax(layout, times(layout, X, W) + times(layout, unit(layout, m, 1), v)))
    sums_to_one = Eq(times(layout, Y, unit(layout, K, 1)), unit(layout, m, 1))
    proved(Grad(-inner(Y, apply(log, P)) / m, W), times(layout, X.T, P - Y) / m, given=[sums_to_one])


def test_variance_of_a_sum_of_independent_weights_for_any_fan_in():
    x = matrix("x", n)
    i, j = sp.symbols("i j", integer=True)
    expected = sp.Sum(s**2 * sp.KroneckerDelta(i, j) * x[i, 0] * x[j, 0], (i, 0, n - 1), (j, 0, n - 1))
    proved(expected, s**2 * inner(x, x))


def test_steps_are_proved_one_by_one_with_their_reasons():
    X, w, y = matrix("X", m, n), matrix("w", n), matrix("y", m)
    form = inner(X * w - y, X * w - y)
    open_form = w.T * X.T * X * w - 2 * w.T * X.T * y + y.T * y
    proof = prove("chain", Grad(form, w), 2 * X.T * (X * w - y), steps=[(Grad(open_form, w), "multiply out")])
    assert [step.why for step in proof.steps] == ["multiply out", ""]
    with pytest.raises(Refuted):
        prove("chain", Grad(form, w), 2 * X.T * (X * w - y), steps=[(Grad(open_form + w.T * w, w), "wrong")])


def test_lines_that_are_made_one_after_the_other_are_all_proved():
    x = matrix("x", n)
    proof = prove("twice", 2 * x, x + x, steps=((k * x - (k - 2) * x, f"with {k}") for k in (5, 7)))
    assert [step.why for step in proof.steps] == ["with 5", "with 7"]
    with pytest.raises(Refuted):
        prove("twice", 2 * x, x + x, steps=iter([(3 * x, "wrong")]))
    assert prove("twice", 2 * x, x + x, steps=iter([])).steps == []


def test_a_proof_explains_itself_by_one_entry_with_letters_for_indices():
    _, w, _, _, A, loss = neuron(Rows)
    X, y = matrix("X", m, n), matrix("y", m)
    (first, why), (second, _), (third, last) = prove("dw", Grad(loss, w), X.T * (A - y) / m).explain()
    assert (why, last) == ("differentiate entry i", "which is the entry claimed")
    assert first.has(sp.KroneckerDelta)
    assert not second.has(sp.KroneckerDelta)
    assert {str(k) for k in third.free_symbols if k.is_Symbol and not k.is_Matrix} >= {"i"}
    assert not any(isinstance(k, sp.Dummy) for e in (first, second, third) for k in e.atoms(sp.Symbol))


def test_the_lines_of_a_proof_call_an_index_what_the_statement_calls_it():
    Z, (i, j, k) = matrix("Z", m, K), sp.symbols("i j k", integer=True)
    P, shares = softmax(Z), exp(Z[i, j]) / sp.Sum(exp(Z[i, k]), (k, 0, K - 1))
    assert {e for e, _ in prove("share", P[i, j], shares).explain()} == {shares}
    assert prove("ratio", P[j, i] / P[j, k], exp(Z[j, i] - Z[j, k])).explain()[-1][0] == exp(Z[j, i] - Z[j, k])


def test_a_missing_transpose_names_both_matrices_and_their_sizes():
    X, w, y, _, A, loss = neuron(Rows)
    with pytest.raises(SizesDoNotFit, match=r"X is m x n.* is m x 1"):
        prove("no transpose", Grad(loss, w), X * (A - y) / m)
    with pytest.raises(SizesDoNotFit, match=r"is n x 1.*is m x 1"):
        prove("other shape", Grad(loss, w), A - y)


def test_what_is_undecided_says_what_remains_and_that_points_agree():
    z, s = scalar("z"), sigma(scalar("z"))
    with pytest.raises(Undecided, match="random points") as undecided:
        prove("slope of swish", nonnegative(sp.Rational(11, 10) - s - z * s * (1 - s)))
    assert undecided.value.points > 0
    assert undecided.value.remainder is not None


def endless():
    """True, and out of reach: a million terms when multiplied out."""
    sum_of_six = sp.Add(*[scalar(x) for x in "xyzuvw"])
    return sum_of_six**60, sp.expand(sum_of_six**2) ** 30


def test_past_its_budget_a_claim_is_undecided():
    with pytest.raises(Undecided, match="after 1 s"):
        prove("slow", *endless(), budget=1)


def test_the_budget_holds_in_any_thread():
    outcome = []

    def work():
        try:
            prove("slow", *endless(), budget=1)
        except Undecided as undecided:
            outcome.append(undecided)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(outcome) == 1


def test_a_claim_needs_two_sides():
    with pytest.raises(TypeError, match="two sides"):
        prove("half", b)


def test_an_equation_may_be_claimed_as_one():
    w = matrix("w", n)
    assert prove("equation", Eq(sp.Trace(w * w.T), inner(w, w))).state == "proved-all"
