"""The largest value over an index: true claims proved, false ones refuted, and none of these by the algebra alone."""

import pytest
import sympy as sp
from samples import every
from sympy import Abs, Eq, FunctionMatrix, Lambda, Max, Min, Piecewise, exp, log

from claims import (
    Grad,
    Maximum,
    Refuted,
    activation,
    apply,
    bernoulli,
    expectation,
    hadamard,
    hstack,
    inner,
    largest,
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
from claims.entry.lowering import lower
from claims.entry.terms import Index, NotCovered, Peak, Slot
from claims.language.statement import prepared
from claims.numbers.environment import Environment
from claims.numbers.values import Undefined, evaluate
from claims.numpy_code.printer import CodePrinter
from claims.proof.prover import decide

m, n, p = sizes("m n p")
i, j, k, l = sp.symbols("i j k l", integer=True)
x, y, u, one = matrix("x", n), matrix("y", n), matrix("u", m), ones(n)
X, Y, S, Z = matrix("X", m, n), matrix("Y", m, n), matrix("S", n, n), matrix("Z", m, p)
a, b, c = scalar("a"), scalar("b"), scalar("c")
q = scalar("q", nonnegative=True)
r = scalar("r", positive=True)
g = activation("g")


def over(f, size=n):
    """The largest f(k) for the places k of an axis."""
    return Maximum(f(k), (k, 0, size - 1))


def least(M):
    return -largest(-M)


def of_rows(M):
    """The largest entry of each row, as a column."""
    return FunctionMatrix(M.rows, 1, Lambda((i, j), Maximum(M[i, k], (k, 0, M.cols - 1))))


E = apply(exp, x)
logsumexp = log(total(E))
masked = over(lambda k: Piecewise((x[k, 0], x[k, 0] > 0), (0, True)))
inner_rows = Maximum(Maximum(X[i, j], (j, 0, n - 1)), (i, 0, m - 1))
TRUE = {
    "of a constant": (over(lambda k: c), c),
    "a shift leaves": (largest(x + c * one), largest(x) + c),
    "a factor that is never negative leaves": (largest(q * x), q * largest(x)),
    "a number that is positive leaves": (largest(3 * x), 3 * largest(x)),
    "a factor with two terms leaves": (largest((q + r) * (x + y)), q * largest(x + y) + r * largest(x + y)),
    "a magnitude leaves": (largest(Abs(c) * x), Abs(c) * largest(x)),
    "a negative number turns it into the least": (largest(-2 * x), -2 * least(x)),
    "in any order": (largest(X.T), largest(X)),
    "of the largest of rows": (inner_rows, largest(X)),
    "of terms with an index each": (Maximum(x[i, 0] + y[j, 0], (i, 0, n - 1), (j, 0, n - 1)), largest(x) + largest(y)),
    "of a softmax that is shifted": (softmax((x - largest(x) * one).T), softmax(x.T)),
    "of a softmax whose rows are shifted": (softmax(X - of_rows(X) * ones(1, n)), softmax(X)),
    "of a log-sum-exp that is shifted": (largest(x) + log(total(apply(exp, x - largest(x) * one))), logsumexp),
    "of blocks": (largest(hstack(X, Z)), Max(largest(X), largest(Z))),
    "of two": (Maximum(x[k, 0], (k, 0, 1)), Maximum(x[1 - k, 0], (k, 0, 1))),
    "of two numbers": (largest(sp.Matrix([a, b])), Max(a, b)),
    "of one": (largest(ones(1, n) * x), total(x)),
    "later places": (Maximum(x[k - 1, 0], (k, 1, n)), largest(x)),
    "the index is bound": (over(lambda k: x[k, 0]) - x[k, 0], Maximum(x[l, 0], (l, 0, n - 1)) - x[k, 0]),
    "no slope where the variable is not in it": (Grad(c * largest(x) + a, c), largest(x)),
    "by a name": (Grad(named("M", largest(x)) * c, c), largest(x)),
    "of equal entries": (largest(x), largest(y), [Eq(x, y)]),
    "of a row that is given": (over(lambda k: X[i, k]), 0, [Eq(of_rows(X), 0 * u)]),
    "under a sum": (total(of_rows(X + u * ones(1, n))), total(of_rows(X)) + total(u)),
    "of what a sum binds": (over(lambda k: total(x) + x[k, 0]), total(x) + largest(x)),
    "of rectified entries": (masked, over(lambda k: Max(x[k, 0], 0))),
}
FALSE = {
    "of a sum, the sum of both": (largest(x + y), largest(x) + largest(y)),
    "of a product, the product": (largest(hadamard(x, y)), largest(x) * largest(y)),
    "a factor of any sign leaves": (largest(c * x), c * largest(x)),
    "a number that is negative leaves": (largest(-x), -largest(x)),
    "the magnitude of the largest": (largest(apply(Abs, x)), Abs(largest(x))),
    "the square of the largest": (largest(hadamard(x, x)), largest(x) ** 2),
    "the largest is the least": (largest(x), least(x)),
    "of a scaled shift": (largest(c * x + c * one), c * largest(x + one)),
    "a quotient by what has any sign": (largest(x / c), largest(x) / c),
    "a factor with the index leaves": (largest(hadamard(apply(exp, y), x)), largest(apply(exp, y)) * largest(x)),
    "a shift with the index leaves": (over(lambda k: x[k, 0] + k), largest(x) + n - 1),
    "a factor that is q - r": (largest((q - r) * x), (q - r) * largest(x)),
    "captured by a free index": (over(lambda k: x[k, 0] - x[j, 0]), sp.S.Zero),
    "captured by an index of its own name": (over(lambda k: x[k, 0]) - x[k, 0], over(lambda k: x[k, 0] - x[k, 0])),
    "captured by the one around it": (
        Maximum(Maximum(S[i, j], (j, 0, n - 1)), (i, 0, n - 1)),
        Maximum(S[i, i], (i, 0, n - 1)),
    ),
    "captured by a sum": (total(of_rows(X)), m * largest(X)),
    "largest of rows, largest of columns": (total(of_rows(S)), total(of_rows(S.T))),
    "sum and maximum exchanged": (
        Maximum(sp.Sum(X[i, j], (j, 0, n - 1)), (i, 0, m - 1)),
        sp.Sum(Maximum(X[i, j], (i, 0, m - 1)), (j, 0, n - 1)),
    ),
    "maximum and minimum exchanged": (
        Maximum(-Maximum(-X[i, j], (j, 0, n - 1)), (i, 0, m - 1)),
        -Maximum(-Maximum(X[i, j], (i, 0, m - 1)), (j, 0, n - 1)),
    ),
    "a minimum joins": (Maximum(-Maximum(X[i, j], (j, 0, n - 1)), (i, 0, m - 1)), largest(-X)),
    "by a factor of any sign joins": (Maximum(c * Maximum(X[i, j], (j, 0, n - 1)), (i, 0, m - 1)), largest(c * X)),
    "squared, of both indices": (largest(x) ** 2, Maximum(x[i, 0] * x[j, 0], (i, 0, n - 1), (j, 0, n - 1))),
    "softmax of rows shifted by columns": (softmax(X - ones(m) * of_rows(X.T).T), softmax(X)),
    "softmax scaled": (softmax((largest(x) * x).T), softmax(x.T)),
    "log-sum-exp without its shift": (log(total(apply(exp, x - largest(x) * one))), logsumexp),
    "log-sum-exp is the largest": (logsumexp, largest(x)),
    "of blocks, their sum": (largest(hstack(X, Z)), largest(X) + largest(Z)),
    "of a hypothesis at one place": (largest(x), largest(y), [Eq(x[i, 0], y[i, 0])]),
    "of a hypothesis at a place of its name": (over(lambda k: x[k, 0]), c, [Eq(x[k, 0], c)]),
    "of a hypothesis of the largest": (x[k, 0], c, [Eq(over(lambda k: x[k, 0]), c)]),
    "of a hypothesis of one row": (over(lambda k: X[j, k]), 0, [Eq(over(lambda k: X[i, k]), 0)]),
    "of rectified entries, rectified not": (masked, largest(x)),
    "a case with the index leaves": (
        over(lambda k: Piecewise((x[k, 0], y[k, 0] > 0), (0, True))),
        Piecewise((largest(x), largest(y) > 0), (0, True)),
    ),
    "of the diagonal": (over(lambda k: sp.KroneckerDelta(k, j) * x[k, 0]), x[j, 0]),
    "of an identity of any size": (largest(sp.Identity(n)), sp.S.Zero),
    "a shorter range": (Maximum(x[k, 0], (k, 0, n - 1)), Maximum(x[k, 0], (k, 0, 0))),
    "two places of three": (Maximum(S[0, k], (k, 0, 0)) + S[0, 0], S[0, 0]),
    "through any function": (over(lambda k: g(x[k, 0])), g(largest(x))),
    "through one that falls": (largest(apply(exp, -x)), exp(-largest(x))),
    "the mean": (largest(x), total(x) / n),
    "size one": (over(lambda k: x[k, 0]), x[0, 0]),
    "its slope": (Grad(largest(x), x), one / n),
    "a slope of both": (Grad(largest(c * x), c), largest(x)),
    "a slope by a shift, twice": (Grad(over(lambda k: x[k, 0] * c), c), over(lambda k: x[k, 0])),
    "of a name that is differentiated": (Grad(over(lambda k: named("t", c**3) * x[k, 0]), c), 3 * c**2 * largest(x)),
    "on average": (expectation(largest(bernoulli("e", n, mean=sp.S.Half))), sp.S.Half),
}
NEVER_NEGATIVE = {
    "each entry": largest(x) - x[i, 0],
    "the first entry": largest(x) - x[0, 0],
    "each entry of a matrix": largest(X) - X[i, j],
    "the mean": largest(x) - total(x) / n,
    "a mean with weights": largest(x) * total(apply(exp, y)) - inner(apply(exp, y), x),
    "log-sum-exp, from below": logsumexp - largest(x),
    "log-sum-exp, from above": largest(x) + log(n) - logsumexp,
    "a sum of exponentials": total(E) - exp(largest(x)),
    "the largest of a sum": largest(x) + largest(y) - largest(x + y),
    "the largest square": inner(x, x) - largest(hadamard(x, x)),
    "all squares": n * largest(hadamard(x, x)) - inner(x, x),
    "the least": largest(x) - least(x),
    "the largest softmax": exp(largest(x)) / total(E) - 1 / n,
    "a softmax": 1 - exp(largest(x)) / total(E),
    "of what is never negative": largest(apply(Abs, x)),
    "of a sigmoid": sigma(largest(x)) - sigma(x[i, 0]),
}
NEGATIVE = {
    "above the largest": x[i, 0] - largest(x),
    "twice the first": 2 * largest(x) - x[0, 0],
    "two entries": largest(x) - x[i, 0] - x[j, 0],
    "the sum": largest(x) - total(x),
    "the largest of others": largest(y) - x[i, 0],
    "one row and an entry of another": over(lambda k: X[i, k]) - X[j, l],
    "the largest of a difference": largest(x) - largest(y) - largest(x - y) + sp.Rational(1, 10),
    "the sum of both": largest(x + y) - largest(x) - largest(y),
    "log-sum-exp, less": logsumexp - largest(x) - log(2),
    "log-sum-exp, nearer": largest(x) + log(n) / 2 - logsumexp,
    "a mean with weights of any sign": largest(x) * total(y) - inner(y, x),
    "a factor of any sign": c * largest(x) - c * x[i, 0],
    "squares": largest(x) ** 2 - x[i, 0] ** 2,
    "the largest square is below half of all": inner(x, x) / 2 - largest(hadamard(x, x)),
    "falls": exp(-largest(x)) - exp(-x[i, 0]),
    "the largest of one entry twice": total(E) - exp(largest(x)) - exp(x[i, 0]),
    "of both signs": largest(x),
    "two largest entries": total(apply(exp, x)) - exp(largest(x)) - exp(least(x)),
}


def claimed(table, name):
    left, right, *given = table[name]
    return left, right, given[0] if given else ()


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_of_a_maximum_is_proved(name):
    left, right, given = claimed(TRUE, name)
    assert prove(name, left, right, given=given).audit.points >= 3


@pytest.mark.parametrize("name", every(2, FALSE))
def test_what_is_false_of_a_maximum_is_not_shown_by_the_algebra(name):
    left, right, given = claimed(FALSE, name)
    statement = prepared(left, right, given)
    try:
        found = decide(statement.lhs, statement.rhs, statement.given)[0]
    except NotCovered:
        found = None
    assert found is None


@pytest.mark.parametrize("name", every(2, FALSE))
def test_what_is_false_of_a_maximum_is_refuted(name):
    left, right, given = claimed(FALSE, name)
    with pytest.raises(Refuted):
        prove(name, left, right, given=given)


@pytest.mark.parametrize("name", NEVER_NEGATIVE)
def test_a_maximum_is_compared_with_its_values(name):
    assert prove(name, nonnegative(NEVER_NEGATIVE[name])).method.startswith("certificate")


@pytest.mark.parametrize("name", every(2, NEGATIVE))
def test_a_false_inequality_of_a_maximum_is_not_shown_by_the_algebra(name):
    assert decide(prepared(nonnegative(NEGATIVE[name]), None).lhs, None, ())[0] is None


@pytest.mark.parametrize("name", every(2, NEGATIVE))
def test_a_false_inequality_of_a_maximum_is_refuted(name):
    with pytest.raises(Refuted):
        prove(name, nonnegative(NEGATIVE[name]))


@pytest.mark.parametrize("ends", [(0, n - 2), (1, n - 1), (0, i), (0, -1), (i, n - 1)])
def test_a_maximum_that_may_be_over_nothing_is_not_covered(ends):
    with pytest.raises(NotCovered, match="maximum that may be over nothing"):
        lower(Maximum(x[k, 0], (k, *ends)))


def test_a_maximum_over_nothing_has_no_value():
    with pytest.raises(Undefined, match="a maximum over nothing"):
        evaluate(Maximum(k, (k, 1, 0)), Environment({}))


def test_a_maximum_of_what_has_a_value_for_some_entries_says_so():
    (needed,) = prove("logs", largest(apply(log, x) + c * one), largest(apply(log, x)) + c).conditions
    assert needed.gts.parent == x


def test_whatever_is_put_into_a_maximum_is_not_captured():
    outer, bound, t = Index("i", n), Index("k", n), sp.Symbol("t", real=True)
    peak = Peak.over(t * bound, bound)
    body, (opened,) = peak.xreplace({t: outer}).open()
    assert body == outer * opened and opened not in (outer, bound)
    assert not body.has(Slot)


def test_the_least_of_several_is_minus_the_largest_of_their_negatives():
    assert prove("least", Min(a, b), -largest(sp.Matrix([-a, -b]))).conditions == ()


def test_a_maximum_without_ends_is_refused():
    with pytest.raises(TypeError, match="both their ends"):
        Maximum(x[k, 0], k)


def test_a_condition_of_a_maximum_is_written_with_it():
    (needed,) = Equality(log(largest(x)), log(largest(x))).needs
    assert isinstance(needed.value, Peak)
    (condition,) = prove("log", 2 * log(largest(x)), log(largest(x)) * 2).conditions
    assert condition.gts == largest(x)


def test_a_maximum_of_a_name_for_blocks_is_cut_where_they_end():
    joint = named("H", hstack(X, Z))
    kept = total(joint) * largest(joint)
    assert prove("blocks", Grad(c * kept, c), kept).conditions == ()
    assert prove("cut", largest(2 * joint), 2 * Max(largest(X), largest(Z))).conditions == ()


def test_the_largest_entry_is_that_of_an_array_in_numpy():
    assert CodePrinter().text(x - largest(X) * one) == "x - np.max(X)"
    with pytest.raises(NotImplementedError, match="all entries"):
        CodePrinter().text(Maximum(x[k, 0], (k, 0, 1)))
