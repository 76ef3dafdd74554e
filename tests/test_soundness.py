"""Nothing false is proved, whatever makes it look true."""

import pytest
import sympy as sp
from sympy import DiagMatrix, Eq, HadamardPower, Heaviside, Identity, Max, Piecewise, Sum, Trace, exp, log, tanh

from claims import (
    Ambiguous,
    Grad,
    Jac,
    ProverFault,
    Refuted,
    SizesDoNotFit,
    Undecided,
    activation,
    apply,
    hadamard,
    inner,
    latex,
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
from claims.algebra.equality import Equality
from claims.algebra.normal_form import NormalForm
from claims.language.statement import prepared
from claims.numbers.search import Look
from claims.proof import prover as prover_module

m, n, h, K, p = sizes("m n h K p")
X, w, y, x = matrix("X", m, n), matrix("w", n), matrix("y", m), matrix("x", n)
S, T = matrix("S", n, n), matrix("T", n, n)
W, P, G, v = matrix("W", h, n), matrix("P", n, m), matrix("G", h, m), matrix("v", h)
b, z, r, lam = scalar("b"), scalar("z"), scalar("r"), scalar("lambda", positive=True)
g, f = activation("g"), activation("f")
i, j, k = sp.symbols("i j k", integer=True)

A = apply(sigma, X * w + b * ones(m))
loss = -(inner(y, apply(log, A)) + inner(ones(m) - y, apply(log, ones(m) - A))) / m
line = inner(G, W * apply(g, P) + v * ones(1, m))
Z, Y = matrix("Z", m, K), matrix("Y", m, K)
Q = softmax(Z)
cross_entropy = -inner(Y, apply(log, Q)) / m
labels = [Eq(Y * ones(K), ones(m))]
norm = sp.sqrt(inner(x, x))
centre = Identity(m) - ones(m, m) / m

FALSE = {
    "sign": (Grad(loss, w), X.T * (y - A) / m),
    "missing 1/m": (Grad(loss, w), X.T * (A - y)),
    "activation for its slope": (Grad(line, P), hadamard(W.T * G, apply(g, P))),
    "slope at the output": (Grad(line, P), hadamard(W.T * G, apply(g.prime, apply(g, P)))),
    "another activation": (Grad(line, P), hadamard(W.T * G, apply(f.prime, P))),
    "tanh without the square": (Grad(total(apply(tanh, X)), X), ones(m, n) - apply(tanh, X)),
    "lost transpose of a square matrix": (Grad(inner(T, S * apply(g, matrix("U", n, n))), matrix("U", n, n)),
                                          hadamard(S * T, apply(g.prime, matrix("U", n, n)))),
    "quadratic form of any matrix": (Grad(x.T * S * x, x), 2 * S * x),
    "matrices commute": (S * T, T * S),
    "transpose of a product": ((S * T).T, S.T * T.T),
    "entrywise for matrix product": (S * T, hadamard(S, T)),
    "power entry by entry": (S**2, HadamardPower(S, 2)),
    "trace of a product": (Trace(S * T), Trace(S) * Trace(T)),
    "trace reordered": (Trace(S * T * S.T), Trace(T * S * S)),
    "gradient of a trace": (Grad(Trace(S), S), ones(n, n)),
    "diagonal commutes": (DiagMatrix(x) * S, S * DiagMatrix(x)),
    "sum of a diagonal": (Sum(S[i, i], (i, 0, n - 1)), total(S)),
    "softmax without its coupling": (Grad(cross_entropy, Z), -hadamard(Y, ones(m, K) - Q) / m),
    "softmax Jacobian as a diagonal": (Jac(softmax(x.T), x), DiagMatrix(softmax(x.T).T)),
    "Jacobian of a direction": (Jac(x / norm, x), Identity(n) / norm - x * x.T / norm**2),
    "centring is the identity": (centre * centre, Identity(m)),
    "a size for another": (ones(m, n) * ones(n, p), m * ones(m, p)),
    "true at one sample only": (inner(y, y), total(y) ** 2),
    "true for one input only": (inner(x, x) * Identity(n), x * x.T),
    "true for two inputs only": (S**2 - Trace(S) * S, -(Trace(S) ** 2 - Trace(S**2)) * Identity(n) / 2),
    "slope of a hinge at 0": (Grad(total(apply(lambda t: Max(0, 1 - t), x)), x),
                              -apply(lambda t: Piecewise((1, t < 0), (0, True)), x)),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_false_claim_is_refuted_with_its_values(name):
    with pytest.raises(Refuted, match="expected") as refuted:
        prove(name, *FALSE[name])
    assert refuted.value.counterexample.expected != refuted.value.counterexample.claimed


def by_algebra_alone(lhs, rhs, given=()):
    """The method by which algebra proves a claim, without the numbers that come before and after; or None."""
    statement = prepared(lhs, rhs, given)
    ((left, right, _),) = statement.chain
    return prover_module.decide(left, right, statement.given)[0]


@pytest.mark.parametrize("name", FALSE)
def test_algebra_alone_does_not_prove_a_false_claim(name):
    assert by_algebra_alone(*FALSE[name]) is None


TRUE_AT_THE_EDGE = {
    "a size that may be one": (matrix("c", 1, m) * ones(m), total(matrix("c", 1, m)) * ones(1, 1)),
    "a constant size of one": (Grad(inner(matrix("c", 1, 1) * ones(1, m), y.T), matrix("c", 1, 1)), total(y) * ones(1, 1)),
    "a square matrix": (Grad(Trace(S * S), S), 2 * S.T),
    "broadcasting by ones": (DiagMatrix(y) * X, hadamard(y * ones(1, n), X)),
    "ones times ones": (ones(1, m) * ones(m), m),
    "nested sums with one name": (Sum(x[k, 0] * Sum(w[k, 0], (k, 0, n - 1)), (k, 0, n - 1)), total(x) * total(w)),
    "an inner sum that shadows": (Sum(x[k, 0] * Sum(S[k, j], (j, 0, n - 1)), (k, 0, n - 1)), x.T * S * ones(n)),
    "indices exchanged": (Sum(S[i, j], (i, 0, n - 1), (j, 0, n - 1)), Sum(S[j, i], (i, 0, n - 1), (j, 0, n - 1))),
    "an entry with free indices": ((S * T)[i, j], Sum(S[i, k] * T[k, j], (k, 0, n - 1))),
    "a bound index called as a free one": ((S * T)[i, k], Sum(S[i, j] * T[j, k], (j, 0, n - 1))),
    "trace in a circle": (Trace(S * T * X.T * X), Trace(X * S * T * X.T)),
    "a product with repeated factors": (Trace(S * S.T * S * S.T), total(HadamardPower(S * S.T, 2))),
    "softmax times a constant matrix": (Q * ones(K), ones(m)),
    "division by what may vanish": ((z**2 - 1) / (z - 1), z + 1),
    "slope of a logarithm": (Grad(log(z), z), 1 / z),
    "a trace of known size": (Trace(matrix("c", 2, 2)), matrix("c", 2, 2)[0, 0] + matrix("c", 2, 2)[1, 1]),
    "zero for a matrix of zeros": (ones(1, m) * centre, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE_AT_THE_EDGE)
def test_true_claim_at_the_edge_is_proved(name):
    prove(name, *TRUE_AT_THE_EDGE[name])


def test_a_bound_index_of_the_claim_is_not_captured_by_the_derivative():
    """d/dx_i of the sum over k of x_k w_k is w_i, also when i is called k."""
    assert prove("capture", Grad(Sum(x[k, 0] * w[k, 0], (k, 0, n - 1)), x[k, 0]), w[k, 0])
    with pytest.raises(Refuted):
        prove("captured", Grad(Sum(x[k, 0] * w[k, 0], (k, 0, n - 1)), x[k, 0]), total(w))


def test_symbols_of_one_name_with_other_assumptions_are_refused():
    with pytest.raises(Ambiguous, match="called z"):
        prove("two z", z, sp.Symbol("z"))
    with pytest.raises(Ambiguous, match="called z"):
        prove("two z", log(sp.Symbol("z", positive=True) ** 2), 2 * log(z))


ALIKE = [("x1", "x_1"), ("x_1", "x_{1}"), ("alpha", r"\alpha"), ("x_hat", r"\hat{x}")]
IN_SIGNS = [("x", "𝑥"), ("x", "ｘ"), ("x", "{x}"), ("x", r"\mathrm{x}"), ("x", "x\u200b"), ("x_1", "x₁"), ("x'", "x′")]  # fmt: skip
GREEK = [("alpha", "α"), ("alpha_1", "α₁"), ("x_alpha", "x_α"), ("mu", "µ"), ("epsilon", r"\varepsilon"), ("A", "Α")]


@pytest.mark.parametrize(
    "names", [*ALIKE, *IN_SIGNS, *GREEK, ("x_hat", "x\u0302"), (r"\hat x", r"\hat{x}"), ("a", "а")]
)
def test_names_that_are_printed_alike_are_refused(names):
    """It would say of x_1 that it is x_1 + z, and that x_1 - x_1 is z."""
    one, other = map(scalar, names)
    with pytest.raises(Ambiguous, match="printed alike"):
        prove("alike", one - other, z, given=[sp.Eq(one, other + z)])
    with pytest.raises(Ambiguous, match="printed alike"):
        prove("alike", total(matrix(names[0], m)), total(matrix(names[1], m)))


MORE_ALIKE = [
    ("x1_2", "x_1_2"),
    (r"\hat{x}", r"\widehat{x}"),
    ("x''", r"x^{\prime\prime}"),
    ("x^*", r"x^{\ast}"),
    ("i", "і"),
    ("y", "у"),
    ("d", "ԁ"),
    ("a", "ɑ"),
    ("i", "ı"),
    ("A", "ꓮ"),
    ("R", "Ꭱ"),
    ("loss", "lοѕs"),
    ("x_bar", "x\u0305"),
    ("a", "a\u034f"),
    ("a", "a\u3164"),
]
NO_LETTERS = [
    "x^2", "x^{-1}", "X^T", r"X^\top", "f(x)", "x y", "x+y", "2", "2x", "|x|", "_", r"\theta_12", r"\alpha\beta", r"\mathbf{1}",
    r"\color{red}x", r"x\quad", "x^{}",
]  # fmt: skip
PRINTED_BY_A_LETTER = {
    "pi": (scalar("pi"), sp.pi),
    "e": (scalar("e"), exp(z)),
    "the e of a number": (scalar("e"), sp.E),
    "the e of a matrix that has powers": (Trace(matrix("e", n, n) * S), exp(z)),
    "the e of one entry": (total(matrix("e", 1, 1)), exp(z)),
    "two tables beside an e": (total(matrix("e", m, n)), exp(z) + total(matrix("e", n, m))),
    "the identity": (Trace(matrix("I", n, n)), Trace(Identity(n) + S)),
    "a trace": (activation("tr")(z), Trace(S)),
    "a determinant": (activation("det")(z), sp.Determinant(S)),
    "a maximum": (activation("max")(z), Max(z, 0)),
    "a function": (scalar("f"), activation("f")(z)),
    "a function of SymPy": (scalar("log"), log(z)),
    "a slope": (activation("g'")(z), activation("g")(z)),
    "a delta": (scalar("delta_ij"), sp.KroneckerDelta(i, j)),
}
LIKE_AN_ENTRY = [("theta", r"\theta"), (r"\theta", r"\theta"), ("x_hat", r"\hat{x}"), ("x", "x")]


@pytest.mark.parametrize("names", MORE_ALIKE)
def test_names_that_are_printed_alike_are_refused_however_they_are_written(names):
    with pytest.raises(Ambiguous, match="printed alike"):
        prove("alike", Grad(scalar(names[0]) * scalar(names[1]), scalar(names[0])), scalar(names[1]))


@pytest.mark.parametrize("name", NO_LETTERS)
def test_a_name_is_not_printed_like_an_expression(name):
    """d(x^2)/dx = 0 would be shown as proved."""
    for made in (scalar(name), named(name, z**2), total(matrix(name, m))):
        with pytest.raises(Ambiguous, match="is no name that is printed as one"):
            prove("no letter", Grad(made * scalar("x"), scalar("x")), made)
    bound = sp.Symbol(name, integer=True)
    with pytest.raises(Ambiguous, match="is no name that is printed as one"):
        prove("no letter", Sum(bound, (bound, 1, n)), n * (n + 1) / 2)


@pytest.mark.parametrize(
    "name", ["n_{l-1}", "W^{(2)}", "x_hat_1", r"\lambda_{\mathrm{max}}", r"\boldsymbol{\theta}", "Größe", "x1_2"]
)
def test_a_letter_or_a_word_with_marks_is_a_name(name):
    assert prove("letter", Grad(scalar(name) * z, z), scalar(name))


def test_a_table_of_errors_may_be_called_e():
    errors = matrix("e", m, n)
    assert prove("errors", Grad(total(exp(z) * errors), z), exp(z) * total(errors))


@pytest.mark.parametrize("what", PRINTED_BY_A_LETTER)
def test_a_letter_is_not_called_like_what_is_printed_by_one(what):
    """d(pi pi)/dpi = pi would be shown as proved, of a number pi beside pi itself."""
    letter, other = PRINTED_BY_A_LETTER[what]
    with pytest.raises(Ambiguous, match="two different things are called|printed like an entry"):
        prove("letter", letter + other, other + letter)


@pytest.mark.parametrize("name", ["log", "exp", "det", "tr", "max", "log_2", r"\mathrm{sin}", "Max", "Abs", "sup"])
def test_nothing_is_called_by_the_word_of_an_operation(name):
    """d/dz log (1 + z) = log was shown of a number, det (S + T) = det S + det T, and the slope of e^z as 2 e^z."""
    told, bound = activation(name, lambda t, value: 2 * value), sp.Symbol(name, integer=True)
    calls = [
        (Grad(scalar(name) * (1 + z), z), scalar(name)),
        (scalar(name) * (S + S.T), scalar(name) * S + scalar(name) * S.T),
        (Grad(told(z), z), 2 * told(z)),
        (Grad(named(name, z**2), z), 2 * z),
        (Sum(bound, (bound, 1, n)), n * (n + 1) / 2),
    ]
    for left, right in calls:
        with pytest.raises(Ambiguous, match="is printed like the operation"):
            prove("word", left, right)


@pytest.mark.parametrize("name", ["Add", "Symbol", "Heaviside", "Transpose", "sum"])
def test_a_function_is_printed_by_its_name_whatever_class_is_called_so(name):
    """The slope of a function called Add, 2 Add(z), was shown as 2 z."""
    assert latex(activation(name)(z)) == rf"\operatorname{{{name}}}(z)"


def test_a_product_is_not_printed_like_a_slope_an_entry_or_a_step():
    """With g' (1 + z) a product stood for the slope of g there, and with f_1 (1 + z) and H (1 + z) for a value."""
    for product, value in (
        (scalar("g'") * (1 + z), g(z)),
        (total(matrix("g'", 1, 1)) * (1 + z), g(z)),
        (matrix("f", n)[0, 0] * (1 + z), activation("f_1")(z)),
        (scalar("H") * (1 + z), Heaviside(1 + z)),
    ):
        with pytest.raises(Ambiguous, match="is printed like|two different things are called H"):
            prove("product", product + value, value + product)
    assert prove("matrix", scalar("H") * (1 + Heaviside(z, 0)), scalar("H") + scalar("H") * Heaviside(z, 0))


@pytest.mark.parametrize("matrix_name, letter", LIKE_AN_ENTRY)
def test_a_number_is_not_printed_like_an_entry_however_both_are_written(matrix_name, letter):
    for number in (scalar(f"{letter}_1"), total(matrix(f"{letter}_1", 1))):
        with pytest.raises(Ambiguous, match="printed like an entry"):
            prove("entry", Grad(number, matrix(matrix_name, n)[0, 0]), 0)


@pytest.mark.parametrize("bound, free", [("k", "𝑘"), ("k1", "k_1"), ("x", "𝑥")])
def test_what_runs_through_values_is_not_printed_like_a_letter(bound, free):
    """The sum of k k over k would be n (n + 1) k / 2."""
    bound, free = sp.Symbol(bound, integer=True), scalar(free)
    with pytest.raises(Ambiguous, match="are printed alike"):
        prove("bound", Sum(bound * free, (bound, 1, n)), free * n * (n + 1) / 2)


def test_a_letter_that_is_bound_in_one_place_and_free_in_another_is_the_only_one_of_its_name():
    both = k * total(matrix("k", n)) + Sum(k, (k, 1, n))
    with pytest.raises(Ambiguous, match="two different things are called k"):
        prove("both", both, both)


def test_an_index_of_a_condition_is_not_called_like_a_matrix():
    proof = prove("i", hadamard(matrix("i", m), HadamardPower(matrix("i", m), -1)), ones(m))
    assert [c["latex"] for c in proof.record()["conditions"]] == [r"i_j \ne 0"]


def test_an_index_of_a_condition_is_no_letter_that_a_name_counts_by():
    """That a_i x_j > 0 for all j was shown as a_i x_i > 0 for all i, of one number a_i."""
    logarithms = prove("a_i", apply(exp, apply(log, scalar("a_i") * x)), scalar("a_i") * x)
    assert [c["latex"] for c in logarithms.record()["conditions"]] == ["a_i x_j > 0"]


def test_what_says_of_itself_that_it_is_a_letter_is_another_one():
    """It would say of z^2 that its slope by z is 0."""

    class Like(sp.Symbol):
        def __eq__(self, other):
            return getattr(other, "name", None) == self.name

        __hash__ = sp.Symbol.__hash__

    with pytest.raises(Ambiguous, match="two different things are called z"):
        prove("like z", Grad(z**2, Like("z", real=True)), 0)


def test_a_matrix_and_a_number_of_one_name_are_refused():
    for other in (scalar("X"), named("X", z)):
        with pytest.raises(Ambiguous, match="called X"):
            prove("two X", other * X * w, X * w, given=[sp.Eq(other, 1)])


def test_a_number_that_is_printed_like_an_entry_is_refused_where_entries_are_read():
    for number in (scalar("X_11"), scalar("X11"), named("X_{ij}", z)):
        with pytest.raises(Ambiguous, match="printed like an entry of X"):
            prove("entry", X[0, 0] - number, z, given=[sp.Eq(X[0, 0], number + z)])
        assert prove("no entry", number * total(X), total(number * X))
    zeroth = scalar("w_0")
    assert prove("places count from 1", zeroth + w[0, 0], w[0, 0] + zeroth)


def test_matrices_of_one_name_with_other_sizes_or_meanings_are_refused():
    with pytest.raises(Ambiguous, match="called X"):
        prove("two X", total(X), total(matrix("X", n, m)))
    with pytest.raises(Ambiguous, match="called B"):
        prove("two B", named("B", X * w), matrix("B", m))


@pytest.mark.parametrize("wrong", [X * (A - y) / m, (A - y) * X, X.T * w])
def test_a_product_that_fits_for_equal_sizes_only_is_refused(wrong):
    with pytest.raises(SizesDoNotFit):
        prove("sizes", Grad(loss, w), wrong)


def test_a_matrix_whose_size_may_be_no_whole_number_is_refused():
    i, j = sp.symbols("i j", integer=True)
    quarter = sp.FunctionMatrix(n, m / n, sp.Lambda((i, j), w[i, 0]))
    with pytest.raises(SizesDoNotFit, match="or not whole"):
        prove("twice", quarter + quarter.T.T, 2 * quarter)


def test_a_sum_of_different_shapes_is_refused():
    with pytest.raises(SizesDoNotFit):
        prove("sizes", X + X.T, X.T + X)


def test_a_hypothesis_serves_only_what_it_says():
    with pytest.raises(Refuted):
        prove("columns", Grad(cross_entropy, Z), (Q - Y) / m, given=[Eq(ones(1, m) * Y, ones(1, K))])
    assert prove("rows", Grad(cross_entropy, Z), (Q - Y) / m, given=labels)


def test_a_hypothesis_is_not_used_where_its_index_stands_elsewhere_too():
    weighted = Equality(inner(Y, Z), total(Z), labels)
    assert weighted.normal_form().simplify(weighted.left) == NormalForm().simplify(weighted.left)
    with pytest.raises(Refuted):
        prove("weighted", inner(Y, Z), total(Z), given=labels)


@pytest.mark.parametrize(
    ("lhs", "rhs", "given"),
    [
        (inner(S * x, S * x), inner(x, x), Eq(S.T * S, Identity(n))),
        (S * S * S, S, Eq(S * S, S)),
        (Grad(x.T * S * x, x), 2 * S * x, Eq(S.T, S)),
        (x.T * S * x, 0, Eq(S.T, -S)),
        (hadamard(Y, Y, Y), Y, Eq(hadamard(Y, Y), Y)),
        (Jac(x / norm, x), Identity(n) - x * x.T, Eq(inner(x, x), 1)),
        (ones(1, m) * X * w, 0, Eq(ones(1, m) * X, sp.ZeroMatrix(1, n))),
    ],
)
def test_a_true_hypothesis_makes_the_claim_true_and_nothing_else_does(lhs, rhs, given):
    assert prove("with", lhs, rhs, given=given)
    with pytest.raises((Refuted, Undecided)):
        prove("without", lhs, rhs)


def test_hypotheses_that_lead_round_in_a_circle_do_not_hang():
    with pytest.raises((Undecided, Refuted)):
        prove("circle", Trace(S * T * T), Trace(S * S * T), given=[Eq(S * T, T * S)], budget=5)


def test_slopes_are_meant_away_from_kinks_and_values_at_them():
    step = Piecewise((1, z > 0), (0, True))
    assert prove("slope", Grad(Max(0, z), z), sp.Heaviside(z)).conditions == (sp.Ne(z, 0),)
    with pytest.raises(Refuted) as refuted:
        prove("value", step, sp.Heaviside(z))
    assert refuted.value.counterexample.values[z] == 0


def test_a_gradient_by_a_name_is_the_slope_as_that_quantity_changes():
    Zn = named("Z", X * w)
    L = named("L", total(apply(g, Zn)))
    assert prove("by a name", Grad(L, Zn), apply(g.prime, Zn))
    with pytest.raises(Refuted):
        prove("by a name", Grad(L, Zn), apply(g.prime, Zn) * 2)


def test_a_gradient_of_a_gradient_goes_through_names():
    Zn = named("Z", X * w)
    L = named("L", total(HadamardPower(Zn, 2)) / 2)
    assert prove("through", Grad(inner(y, Grad(L, Zn)), w), X.T * y)


def test_a_fault_of_the_prover_is_loud(monkeypatch):
    monkeypatch.setattr(prover_module, "decide", lambda *_: ("believed", None))
    monkeypatch.setattr(prover_module, "screen", lambda *_, **__: Look(agreed=6))
    with pytest.raises(ProverFault, match="differ by"):
        prove("wrong", z, z + 1)


def test_what_no_rule_covers_is_undecided():
    with pytest.raises(Undecided, match="no value for Permanent"):
        prove("permanent", sp.Permanent(S.T), sp.Permanent(S))


def test_the_inverse_undoes_its_matrix_and_is_not_linear():
    solution = named("u", (X.T * X + lam * Identity(n)).inverse() * X.T * y)
    assert prove("ridge", X.T * (X * solution - y) + lam * solution, 0)
    assert prove("slope", Grad(log(sp.Determinant(S)), S), S.inverse().T)
    with pytest.raises(Refuted):
        prove("slope", Grad(log(sp.Determinant(S)), S), S.inverse())
    with pytest.raises(Refuted):
        prove("inverse", (S + T).inverse(), S.inverse() + T.inverse())


def test_nonnegativity_of_a_form_of_an_indefinite_matrix_is_refuted():
    with pytest.raises(Refuted):
        prove("form", nonnegative(x.T * (S + S.T) * x))


def test_softmax_is_one_whichever_way_it_is_written():
    E = apply(exp, Z)
    c = matrix("c", m)
    shifted = apply(exp, Z - c * ones(1, K))
    forms = [
        hadamard(E, apply(lambda t: 1 / t, E * ones(K, K))),
        hadamard(shifted, HadamardPower(shifted * ones(K) * ones(1, K), -1)),
        DiagMatrix(HadamardPower(E * ones(K), -1)) * E,
        apply(exp, Z - apply(log, E * ones(K)) * ones(1, K)),
    ]
    for form in forms:
        assert prove("same", form, Q)
        assert prove("gradient", Grad(-inner(Y, apply(log, form)) / m, Z), (form - Y) / m, given=labels)
