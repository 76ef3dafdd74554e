"""What the printer writes: the formulas of a mathematician, the same bytes each time, and LaTeX that KaTeX accepts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp
from gradient_targets import TARGETS, derived
from printer_examples import EXAMPLES, NAMES, A, X, Z, g, lam, logits, m, n, u, v, w, y, z

from claims.language import Grad, Jac, Maximum, apply, expectation, inner, matrix, named, random, scalar, total
from claims.printing.notation import Latex, counted
from claims.printing.printer import definition, latex, text
from claims.proof.printed import verbatim

ROOT = Path(__file__).parents[1]
KATEX = """
const katex = require("katex");
const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
const refused = formulas.filter((latex) => {
  try { katex.renderToString(latex, { displayMode: true, throwOnError: true, strict: "error" }); }
  catch (error) { return true; }
});
console.log(JSON.stringify(refused));
"""
PRINT_ALL = """
from gradient_targets import derived
from printer_examples import EXAMPLES
from claims.printing.printer import latex, text
for e, _, _ in EXAMPLES:
    print(latex(e), text(e))
for name in ("two layers, tanh", "softmax layer"):
    for d in derived(name):
        print(d.latex, latex(d.closed), [(s.rule, latex(s.raw), latex(s.value)) for s in d.steps])
"""


@pytest.mark.parametrize(("expression", "expected"), [(e, written) for e, written, _ in EXAMPLES])
def test_latex_is_what_a_mathematician_would_write(expression, expected):
    assert latex(expression) == expected


@pytest.mark.parametrize(("expression", "expected"), [(e, written) for e, _, written in EXAMPLES])
def test_plain_text_reads_in_a_terminal(expression, expected):
    assert text(expression) == expected


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_name_gets_its_subscript_greek_letter_and_accent(name, expected):
    assert Latex().name(name) == expected


def test_a_definition_prints_the_name_and_what_it_stands_for():
    assert definition(Z) == r"Z = X w + b \mathbf{1}"
    assert definition(named("L", inner(v, v))) == r"\mathcal{L} = \| v \|^2"


def test_a_gradient_and_a_jacobian_that_differ_are_written_differently():
    r, q = matrix("r", 1, n), named("q", inner(w, w))
    for value, wrt, differ in ((q, w, True), (inner(r, r), r, False), (lam * z**2, z, False), (w[0, 0] ** 2, w, True)):
        gradient, jacobian = Grad(value, wrt), Jac(value, wrt)
        shape = tuple(gradient.shape) if hasattr(gradient, "shape") and gradient.is_Matrix else (1, 1)
        assert (shape != tuple(jacobian.shape)) == differ
        for write in (latex, text):
            assert (write(gradient) != write(jacobian)) == differ


def test_matrix_and_entrywise_factors_keep_the_order_of_the_source():
    B = matrix("B", n, m)
    assert [latex(B * X), latex(X * B)] == ["B X", "X B"]
    assert [latex(inner(u, v)), latex(inner(v, u))] == [r"u^\top v", r"v^\top u"]


def test_what_varies_stands_before_what_is_added_to_it():
    b, h, x = scalar("b"), scalar("h"), scalar("x")
    assert [latex(b + x * z), latex(g(h + x))] == ["x z + b", "g(x + h)"]
    assert [latex(1 + z), latex(h - x)] == ["1 + z", "h - x"]


def test_brackets_stand_only_where_the_meaning_needs_them():
    assert latex(X.T * (X * w - y)) == r"X^\top (X w - y)"
    assert latex((X * w - y).T * y) == r"(w^\top X^\top - y^\top) y"
    assert latex(-(z + 1)) == "-1 - z"
    assert latex(lam * (z + 1)) == r"\lambda (1 + z)"
    assert latex(total(X * w) * lam) == r"\lambda \mathbf{1}^\top X w"


def test_bound_indices_avoid_letters_that_are_taken():
    k = sp.Dummy("k", integer=True)
    i = sp.Symbol("i", integer=True)
    assert latex(sp.Sum(X[i, k] * w[k, 0], (k, 0, n - 1))) == r"\sum_{j=1}^{n} X_{ij} w_j"


def test_an_imaginary_unit_is_shown_as_often_as_it_is_a_factor():
    """i i = -1 was shown as i = -1."""
    twice = sp.Mul(sp.I, sp.I, evaluate=False)
    assert [latex(twice), text(sp.Mul(z, twice, evaluate=False))] == [r"\mathrm{i}^2", "i^2 z"]


def test_no_bound_variable_of_a_function_shows():
    assert latex(apply(lambda t: g(2 * t) + t, logits)) == "g(2 Z) + Z"


def test_what_a_minus_stands_before_is_in_brackets_if_it_is_a_sum_made_of_entries():
    """-(z + w), made of each entry of w, was shown as -z + w."""
    assert latex(-apply(lambda t: t + z, w)) == "-(z + w)"
    assert text(-apply(lambda t: t * sp.exp(t) - t**2, w)) == "-((w ⊙ exp(w)) - w^⊙2)"
    assert latex(X - apply(lambda t: t + z, X)) == "X - (z + X)"
    assert latex(-apply(lambda t: t * z, w)) == "-z w"


def test_a_matrix_is_not_put_in_the_place_of_a_number_that_multiplies_a_matrix():
    """The sums of the entries of w_i u were shown as the one number 1^T (w o u), and the determinants of X_ij C as det(X C)."""
    C, k = matrix("C", n, n), sp.Symbol("k", integer=True)
    each_sum = apply(lambda t: total(apply(lambda k: k * t, y)), w)
    each_determinant = apply(lambda t: sp.Determinant(t * C), X)
    each_slope = apply(lambda t: Grad(t**2, t), w)
    assert latex(each_sum) == r"(\mathbf{1}^\top (y w_i))_{i=1}^{n}"
    assert latex(each_determinant) == r"(\det(X_{ij} C))_{i=1, j=1}^{m, n}"
    assert latex(each_slope) == r"\left(\frac{\partial}{\partial w_i} \left[w_i^2\right]\right)_{i=1}^{n}"
    assert latex(apply(lambda t: t * sp.Sum(y[k, 0], (k, 0, m - 1)), X)) == r"X \sum_{k=1}^{m} y_k"
    with pytest.raises(NotImplementedError, match="the slope of a function at each entry of X"):
        latex(apply(lambda t: Grad(t**2, t), X * w))


def test_what_is_counted_has_its_number_at_the_end():
    k = sp.Symbol("k", integer=True)
    assert [latex(m + 1), latex(m * (m + n + 1)), latex(1 - m)] == ["m + 1", "m (m + n + 1)", "1 - m"]
    assert [text(y[k + 1, 0]), latex(z ** (m + 1)), latex(1 + z)] == ["y[k + 1]", "z^{m + 1}", "1 + z"]


def test_a_family_of_entries_has_its_indices_and_their_ends():
    i, j = sp.symbols("i j", integer=True)
    family = lambda rows, cols, e: sp.FunctionMatrix(rows, cols, sp.Lambda((i, j), e))
    grid, column = family(m, n, X[i, j] + y[i, 0]), family(m, 1, sp.Sum(X[i, j], (j, 0, n - 1)))
    assert latex(grid) == r"(y_i + X_{ij})_{i=1, j=1}^{m, n}"
    assert latex(column) == r"\left(\sum_{j=1}^{n} X_{ij}\right)_{i=1}^{m}"
    assert [text(grid), text(family(1, n, w[j, 0]))] == ["(y[i] + X[i, j] for i=1..m, j=1..n)", "(w[j] for j=1..n)"]
    assert text(family(m, 1, i * y[i, 0])) == "(i y[i + 1] for i=0..m - 1)"


def test_an_expression_that_cannot_be_written_says_so():
    with pytest.raises(NotImplementedError, match="no way to write a KroneckerProduct"):
        latex(sp.KroneckerProduct(X, X))
    k = sp.Symbol("k", integer=True)
    with pytest.raises(NotImplementedError, match="a position and a number"):
        latex(k * y[k, 0])


def test_an_index_that_is_a_position_and_a_number_counts_as_the_number_does():
    k, j = sp.symbols("k j", integer=True)
    assert latex(sp.Sum(k * y[k, 0], (k, 0, m - 1))) == r"\sum_{k=0}^{m - 1} k y_{k + 1}"
    assert latex(sp.Sum(k * y[k - 1, 0], (k, 1, m))) == r"\sum_{k=1}^{m} k y_k"
    assert latex(sp.Sum(y[j, 0], (j, 0, k), (k, 0, m - 1))) == r"\sum_{k=0}^{m - 1} \sum_{j=1}^{k + 1} y_j"


def test_an_index_that_is_positive_counts_from_where_it_begins():
    """As sum_{k=2}^{n+1} y_k, a sum of all entries of y was shown."""
    k, j = sp.Symbol("k", integer=True, positive=True), sp.Symbol("j", integer=True)
    assert latex(sp.Sum(y[k - 1, 0], (k, 1, m))) == r"\sum_{k=1}^{m} y_k"
    assert latex(sp.Sum(y[n - 1, 0], (n, 1, m))) == r"\sum_{n=1}^{m} y_n"
    assert latex(sp.Sum(y[k, 0], (k, 0, m - 1))) == r"\sum_{k=0}^{m - 1} y_{k + 1}"
    assert latex(Maximum(y[k - 1, 0], (k, 1, m))) == r"\max_{k=1}^{m} y_k"
    assert latex(sp.FunctionMatrix(m, 1, sp.Lambda((k, j), y[k, 0]))) == r"(y_{k + 1})_{k=0}^{m - 1}"


def test_a_sum_of_one_term_puts_its_index_into_the_limits_inside_too():
    i, j, k = sp.symbols("i j k", integer=True)
    assert latex(sp.Sum(y[j, 0], (j, 0, i), (i, 2, 2))) == r"\sum_{j=1}^{3} y_j"
    assert latex(sp.Sum(y[i, 0] * sp.Sum(y[i, 0], (i, 0, m - 1)), (i, 2, 2))) == r"y_3 \sum_{i=1}^{m} y_i"
    inner_sum = sp.Sum(y[k, 0], (k, 0, m - 1))
    assert latex(sp.Sum(y[i, 0] * inner_sum, (i, k, k), (k, 0, m - 1))) == r"\sum_{k=1}^{m} y_k \sum_{i=1}^{m} y_i"


def test_a_number_that_a_place_is_made_of_is_no_place_counted_from_one():
    s = scalar("s")
    assert latex(y[sp.floor(z), 0]) == r"y_{1 + \operatorname{floor}(z)}"
    assert latex(sp.Integral(y[sp.floor(s), 0], (s, 0, 1))) == (
        r"\int_{0}^{1} y_{1 + \operatorname{floor}(s)} \, \mathrm{d}s"
    )
    k = sp.Symbol("k")
    assert latex(sp.Sum(y[k, 0], (k, 0, m - 1))) == r"\sum_{k=1}^{m} y_k"


def test_of_several_limits_of_an_integral_the_last_is_the_outermost():
    a, s = scalar("a"), scalar("s")
    assert latex(sp.Integral(a * s, (s, 0, a), (a, 0, z))) == (
        r"\int_{0}^{z} (\int_{0}^{a} a s \, \mathrm{d}s) \, \mathrm{d}a"
    )


def test_the_variable_of_an_integral_is_called_like_nothing_else_there():
    """The integral of s t over s was shown as that of s s, where the number t is called s, too."""
    s, k, j = scalar("s"), scalar("k"), sp.Symbol("k", integer=True)
    for other in (scalar("s", positive=True), named("s", z)):
        assert latex(sp.Integral(s * other, (s, 0, 1))) == r"\int_{0}^{1} s t \, \mathrm{d}t"
    assert latex(sp.Integral(s * matrix("s", 1, 1)[0, 0], (s, 0, 1))) == r"\int_{0}^{1} t s \, \mathrm{d}t"
    assert latex(sp.Integral(s * sp.Integral(s, (s, 0, s)), (s, 0, z))) == (
        r"\int_{0}^{z} (s \int_{0}^{s} t \, \mathrm{d}t) \, \mathrm{d}s"
    )
    assert latex(sp.Sum(sp.Integral(k * y[j, 0], (k, 0, 1)), (j, 0, m - 1))) == (
        r"\sum_{k=1}^{m} \int_{0}^{1} t y_k \, \mathrm{d}t"
    )


@pytest.mark.parametrize("name", ["a_k", "a_kj", "a_{k-1}", "a^{(k)}"])
def test_a_letter_that_a_name_counts_by_does_not_run(name):
    """The sum of a_k y_k was shown as a_k times the sum of all y, of one number a_k."""
    a, k, s = scalar(name), sp.Symbol("k", integer=True), scalar("k")
    assert latex(sp.Sum(a * y[k, 0], (k, 0, m - 1))) == rf"\sum_{{i=1}}^{{m}} {latex(a)} y_i"
    assert latex(Maximum(a * y[k, 0], (k, 0, m - 1))) == rf"\max_{{i=1}}^{{m}} {latex(a)} y_i"
    assert latex(sp.Integral(a * s, (s, 0, 1))) == rf"\int_{{0}}^{{1}} {latex(a)} t \, \mathrm{{d}}t"
    assert latex(sp.Sum(scalar("a_start") * y[k, 0], (k, 0, m - 1))).startswith(r"\sum_{k=1}^{m}")


@pytest.mark.parametrize("number", [named("k", z), expectation(random("k", variance=1) ** 2)])
def test_a_bound_index_is_called_like_no_name_and_no_random_number(number):
    """A named number k times the sum of all y was shown as the sum of k y_k."""
    k = sp.Symbol("k", integer=True)
    assert latex(sp.Sum(number * y[k, 0], (k, 0, m - 1))) == rf"\sum_{{i=1}}^{{m}} {latex(number)} y_i"


def test_katex_accepts_every_formula():
    formulas = [latex(e) for e, _, _ in EXAMPLES] + [Latex().name(name) for name in NAMES] + [definition(A)]
    formulas.append(verbatim(r"Eq(\{w_1}, ^~|a & b| # % $ 'c' >= 2)"))
    for d in (d for name in TARGETS for d in derived(name)):
        formulas += [d.latex, latex(d.closed)]
    node = Path(sys.executable).parent / "node"
    output = subprocess.check_output([node, "-e", KATEX], input=json.dumps(formulas), cwd=ROOT, text=True)
    assert json.loads(output) == []


@pytest.mark.long
def test_the_same_bytes_come_out_under_any_hash_seed():
    def printed(seed):
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("src", "tests")),
        }
        return subprocess.Popen([sys.executable, "-c", PRINT_ALL], env=env, stdout=subprocess.PIPE)

    outputs = [process.communicate()[0] for process in [printed(seed) for seed in ("0", "1", "12345")]]
    assert outputs[0].count(b"\n") > len(EXAMPLES)
    assert outputs[0] == outputs[1] == outputs[2]


def test_a_letter_with_an_exponent_of_its_own_is_raised_in_brackets():
    """KaTeX refuses W^{(1)}^2."""
    W, C_inverse = matrix("W^{(1)}", n, n), matrix("C", n, n).inverse()
    i, j = sp.symbols("i j", integer=True)
    assert [latex(W.T * w), latex(W**2), latex(W * w)] == [r"(W^{(1)})^\top w", "(W^{(1)})^2", "W^{(1)} w"]
    assert [latex(W[i, j]), latex(C_inverse[i, j])] == ["(W^{(1)})_{ij}", "(C^{-1})_{ij}"]
    assert [latex(scalar("z^*") ** 2), text(scalar("z^*") ** 2)] == ["(z^*)^2", "(z^*)^2"]


def test_a_letter_with_an_exponent_of_its_own_is_given_no_second_one():
    assert counted(["z^*", "z^*", "w", "w"]) == ["z^*", "z^*", "w^2"]
