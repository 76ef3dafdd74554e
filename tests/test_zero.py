"""What is zero for all sizes and values, its atoms being independent."""

import pytest
import sympy as sp

from claims.algebra.normal_form import NormalForm
from claims.algebra.zero import Stock, is_zero, solved, symmetrised
from claims.entry.terms import AtZero, Entry, Index, Sigma
from claims.language import matrix, scalar, sizes

m, n = sizes("m n")
z, r, s = scalar("z"), scalar("r"), scalar("s")
a = matrix("a", n)


def over(size, body):
    k = Index("k", size)
    return Sigma.over(body(k), k)


def at(k):
    return Entry(a, k, sp.S.Zero)


def zero(e):
    nf = NormalForm()
    return is_zero(nf, nf.poly(e))


def powers(size, base):
    return over(size, lambda k: base**k)


ZERO = {
    "what a kink makes zero": AtZero(z - r) * (sp.exp(z) - sp.exp(r)),
    "what two kinks make zero": AtZero(z - r) * (sp.exp(z) - sp.exp(r)) + AtZero(s - 1) * (sp.exp(s) - sp.E),
    "one kink, and another there": AtZero(z - s) * (AtZero(r - s) - AtZero(z - r)),
    "three kinks in turn": AtZero(z - s) * (AtZero(r - s) - AtZero(z - r)) + AtZero(z - r) * (sp.exp(z) - sp.exp(r)),
    "the shares of pairs": 2 * over(n, lambda j: over(n, lambda k: at(j) / (at(j) + at(k)))) - n**2,
    "the partial fractions of pairs": 2 * over(n, lambda j: over(n, lambda k: 1 / (at(j) * (at(j) + at(k)))))
    - over(n, lambda j: 1 / at(j)) ** 2,
    "sums of two lengths": powers(m, 2) * powers(n, 3) - powers(n, 3) * powers(m, 2),
}
NOT_ZERO = {
    "a kink": AtZero(z - r),
    "what a kink leaves": AtZero(z - r) * (sp.exp(z) - sp.exp(2 * r)),
    "what another kink would make zero": AtZero(z - r) * (sp.exp(s) - 1) + AtZero(s) * (sp.exp(z) - sp.exp(r)),
    "what a kink makes zero, and more": AtZero(z - r) * (sp.exp(z) - sp.exp(r)) + s,
    "a kink that no number solves": AtZero(1 + z * r) * (1 + z**2 * r**2),
    "lengths exchanged": powers(m, 2) * powers(n, 3) - powers(m, 3) * powers(n, 2),
    "bases of one length": powers(n, 2) - powers(n, 3),
}


@pytest.mark.parametrize("name", ZERO)
def test_it_is_zero(name):
    assert zero(ZERO[name])


@pytest.mark.parametrize("name", NOT_ZERO)
def test_it_is_not_taken_for_zero(name):
    assert not zero(NOT_ZERO[name])


@pytest.mark.parametrize("u", [2 * z - 3, z - sp.exp(r), 1 - 2 * z * r + s, Entry(a, 0, 0) / 2 + z**2])
def test_what_is_solved_is_zero_there(u):
    assert sp.expand(u.xreplace(solved(u))) == 0


@pytest.mark.parametrize("u", [1 + z * r, sp.exp(z) - 1, z + sp.exp(z)])
def test_what_is_no_number_that_stands_in_one_term_is_not_solved_for(u):
    assert solved(u) is None


def test_an_index_of_the_stock_runs_over_its_own_size_and_is_the_same_each_time():
    stock = Stock()
    first, other, second = stock.take(n, 0), stock.take(m, 0), stock.take(n, 1)
    assert (first.size, other.size, second.size) == (n, m, n)
    assert first == stock.take(n, 0) != second == stock.take(n, 1)


@pytest.mark.parametrize("count", [2, 4])
def test_a_body_is_that_of_all_orders_of_its_indices(count):
    """Σ a_i over all but the first index, less (count - 1) times that of the first, comes to nothing in all orders."""
    nf, opened = NormalForm(), [Index("k", n) for _ in range(count)]
    first, *others = [at(k) for k in opened]
    body = nf.poly(sum(others) - (count - 1) * first)
    assert body and symmetrised(nf, body, opened) == {}


def test_indices_that_stand_in_one_entry_are_exchanged():
    nf, j, k = NormalForm(), Index("j", n), Index("k", n)
    S = matrix("S", n, n)
    assert symmetrised(nf, nf.poly(Entry(S, j, k) - Entry(S, k, j)), [j, k]) == {}


def test_the_orders_of_more_than_four_indices_are_too_many():
    nf, opened = NormalForm(), [Index("k", n) for _ in range(5)]
    first, *others = [at(k) for k in opened]
    body = nf.poly(sum(others) - 4 * first)
    assert symmetrised(nf, body, opened) == body


def test_only_indices_of_one_size_are_exchanged():
    nf, k, other = NormalForm(), Index("k", n), Index("k", m)
    body = nf.poly(2**k * 3**other - 3**k * 2**other)
    assert symmetrised(nf, body, [k, other]) == body
