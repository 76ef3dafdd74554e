from fractions import Fraction

import sympy as sp

from claims.algebra.canonical_sums import ForAll
from claims.algebra.equality import Equality
from claims.algebra.normal_form import NormalForm
from claims.algebra.polynomial import expression
from claims.algebra.zero import is_zero
from claims.entry.lowering import lower
from claims.entry.terms import Delta, Entry, Index, Sigma, Step
from claims.language import Grad, hadamard, inner, matrix, ones, scalar, sizes, total

m, n = sizes("m n")
X, S, a, b = matrix("X", m, n), matrix("S", n, n), matrix("a", n), matrix("b", n)
j, k = Index("j", n), Index("k", n)
z, r = scalar("z"), scalar("r")


def same(left, right, **options) -> bool:
    nf = NormalForm(**options)
    return is_zero(nf, nf.poly(left - right))


def entry(M, i):
    return Entry(M, i, sp.S.Zero)


def test_a_delta_collapses_the_sum_over_its_range():
    assert NormalForm().simplify(Sigma.over(Delta(k, j) * entry(a, k), k)) == entry(a, j)


def test_a_delta_with_another_range_does_not_collapse():
    i = Index("i", m)
    assert NormalForm().simplify(Sigma.over(Delta(k, i) * entry(a, k), k)).has(Delta)


def test_a_delta_with_an_index_that_may_lie_outside_does_not_collapse():
    nf = NormalForm()
    assert nf.simplify(Sigma.over(Delta(k, sp.S.One) * entry(a, k), k)).has(Delta)
    assert nf.simplify(Sigma.over(Delta(k, sp.S.Zero) * entry(a, k), k)) == Entry(a, sp.S.Zero, sp.S.Zero)


def test_the_sum_of_one_is_the_size():
    assert NormalForm().simplify(Sigma.over(z, k)) == n * z


def test_a_product_of_sums_is_their_double_sum():
    assert same(Sigma.over(entry(a, k), k) * Sigma.over(entry(b, k), k), Sigma.over(entry(a, j) * entry(b, k), j, k))


def test_the_square_of_a_sum_is_not_the_sum_of_squares():
    assert not same(Sigma.over(entry(a, k), k) ** 2, Sigma.over(entry(a, k) ** 2, k))


def test_bound_indices_have_no_names():
    assert same(Sigma.over(Entry(S, j, k), j, k), Sigma.over(Entry(S, k, j), j, k))
    assert not same(Sigma.over(Entry(S, j, k) * entry(a, j), j, k), Sigma.over(Entry(S, j, k) * entry(a, k), j, k))


def test_a_long_cycle_over_one_range_is_named_whichever_way_it_is_written():
    left = lower(sp.Trace(S * S.T * S * S * S.T * S))
    right = lower(sp.Trace(S.T * S * S * S.T * S * S))
    assert same(left, right)
    assert not same(left, lower(sp.Trace(S * S * S * S.T * S.T * S)))


def test_substitution_does_not_capture_a_bound_index():
    inner_sum = Sigma.over(Entry(S, j, k) * entry(a, k), k)
    free = Index("k", n)
    assert same(Sigma.over(Delta(j, free) * inner_sum, j), Sigma.over(Entry(S, free, k) * entry(a, k), k))


def test_what_is_known_of_an_index_that_is_not_fixed_is_known_of_each():
    known = ForAll([Entry(S, j, k)])
    assert Entry(S, k, j) in known and Entry(S, j, j) not in known and entry(a, j) not in known
    fixed = ForAll([entry(a, j)], frozenset([j]))
    assert entry(a, j) in fixed and entry(a, k) not in fixed
    assert z in ForAll([z]) and z not in ForAll([r])
    assert ForAll([z]) and not ForAll() and z not in ForAll()


def test_a_quotient_cancels_under_a_sum():
    e = sp.exp(entry(a, k))
    assert same(Sigma.over(e / (1 + e), k) + Sigma.over(1 / (1 + e), k), n)


def test_two_denominators_of_one_entry_are_joined():
    x = entry(a, k)
    assert same(Sigma.over(1 / x - 1 / (1 + x), k), Sigma.over(1 / (x * (1 + x)), k))


def test_a_sum_divided_by_itself_is_one():
    e = sp.exp(entry(a, k))
    assert same(Sigma.over(e / Sigma.over(sp.exp(entry(a, j)), j), k), sp.S.One)


def test_indicators_of_shifted_arguments_imply_each_other():
    assert same(Step(z - 1) * Step(z + 1), Step(z - 1))
    assert same(Step(1 - z) * Step(-1 - z), Step(-1 - z))
    assert not same(Step(z) * Step(r), Step(z))


def test_an_indicator_is_written_one_way_for_multiples_of_its_argument():
    assert same(Step(2 * z - 2 * r), Step(z - r))
    assert not same(Step(z - r), Step(r - z))
    assert same(Step(z - r), 1 - Step(r - z), kinks=ForAll([z - r]))
    assert not same(Step(z - r), 1 - Step(r - z))


def test_a_factor_that_may_vanish_stays_in_an_indicator():
    assert not same(Step(z**2 * r), Step(r))
    assert same(Step(sp.exp(z) * r), Step(r))


def test_roots_and_logarithms_split_only_where_a_sign_is_known():
    p, q = scalar("p", positive=True), scalar("q", positive=True)
    assert same(sp.log(p * q), sp.log(p) + sp.log(q))
    assert not same(sp.log(z * r), sp.log(z) + sp.log(r))
    assert not same(sp.sqrt(z / (z + r)), sp.sqrt(z * (z + r)) / (z + r))
    assert same(sp.sqrt(p / (p + q)), sp.sqrt(p * (p + q)) / (p + q))


def test_the_normal_form_does_not_depend_on_the_order_of_writing():
    nf = NormalForm()
    left = lower(total(hadamard(a, b)) * total(a) - inner(ones(n), a) * inner(b, a))
    assert expression(nf.poly(left)) == 0


def test_a_gradient_by_an_entry_is_a_product_of_deltas_collapsed():
    i, c = Index("i", m), Index("c", n)
    assert same(lower(Grad(total(X) ** 2, X), i, c), 2 * lower(total(X)))


def test_coefficients_are_whole_numbers_or_fractions():
    found = NormalForm().poly(z / (z + 2**53 + 1))
    assert found and all(isinstance(c, int | Fraction) for c in found.values())


def test_a_hypothesis_with_a_fraction_is_used_as_it_is():
    assert Equality(z, r / 3, [sp.Eq(z, r / 3)]).decide()[0]
    assert Equality(a, b / 7, [sp.Eq(a, b / 7)]).decide()[0]
