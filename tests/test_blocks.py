"""Matrices made of blocks: where ranges are cut, what is refused, and what is said of each part."""

import sys

import numpy as np
import pytest
import sympy as sp
from gradient_targets import blocks, h1, number_in_a_block

from claims import (
    Grad,
    SizesDoNotFit,
    Undecided,
    derive,
    hadamard,
    hstack,
    inner,
    matrix,
    ones,
    prove,
    scalar,
    sizes,
    total,
    vstack,
)
from claims import apply as each
from claims.algebra.equality import Equality
from claims.entry.blocks import Cut, block, in_parts
from claims.entry.terms import Delta, Index, NotCovered, in_range
from claims.errors import ProverFault
from claims.gradients.derive import gradients
from claims.gradients.selection import chosen
from claims.language import NAMES, is_matrix
from claims.numpy_code.printer import CodePrinter
from claims.numpy_code.source import compiled
from neurone.gradient_check import central_difference

m, n, p, K = sizes("m n p K")
BLOCKS = blocks() | {"a number in a block": number_in_a_block()}
A, B, C, D = matrix("A", m, n), matrix("B", m, p), matrix("C", n, K), matrix("D", p, K)
k, l, r = Index("k", n), Index("l", p), Index("r", n + p)


def test_places_of_two_blocks_are_never_equal_and_those_of_one_are_compared_in_it():
    assert Delta(k, n + l) == Delta(n, k) == 0
    q = Index("q", p)
    assert Delta(n + l, n + q) == Delta(l, q) not in (0, 1)


def test_places_of_ranges_that_overlap_may_be_equal():
    for other in (k, l, n + l, n):
        assert Delta(r, other) not in (0, 1)
    assert Delta(k, l) not in (0, 1)
    assert Delta(k, n - 1 + l) not in (0, 1)


def test_a_shorter_range_lies_in_a_longer_one_and_not_the_other_way():
    assert in_range(k, n + p) and in_range(n + l, n + p) and in_range(k, n)
    assert not in_range(r, n) and not in_range(k, p) and not in_range(n + 1 + l, n + p) and not in_range(k - 1, n)


def test_a_range_is_cut_only_where_both_parts_have_places_for_all_sizes():
    wide = hstack(A, B)
    with pytest.raises(Cut) as cut:
        block(wide, r)
    assert (cut.value.index, cut.value.at) == (r, n)
    for place in (Index("q", m), Index("q", p), 2 * r):
        with pytest.raises(NotCovered) as unknown:
            block(wide, place)
        assert not isinstance(unknown.value, Cut)


def test_each_part_is_told_its_places_and_has_an_index_of_its_own():
    parts = in_parts(lambda t: block(vstack(C, ones(1, K), D), t), n + 1 + p)
    assert [M for (M, _), _ in parts] == [C, ones(1, K), D]
    assert [place for (_, place), _ in parts] == [index for _, (index,) in parts]
    assert [getattr(index, "size", 1) for _, (index,) in parts] == [n, 1, p]


def test_conditions_are_those_of_the_parts_and_of_no_whole():
    stacked = total(each(sp.log, vstack(C, D)))
    i, j = sp.symbols("i j", integer=True)
    found = prove("logarithms", stacked, total(each(sp.log, C)) + total(each(sp.log, D))).conditions
    assert {str(c) for c in found} == {str(M[i, j] > 0) for M in (C, D)}


def test_the_last_place_of_the_last_block_needs_no_condition():
    u, v = matrix("u", n, 1), matrix("v", p, 1)
    assert prove("last", vstack(u, v)[n + p - 1, 0], v[p - 1, 0]).conditions == ()


def test_what_was_noted_of_a_whole_range_is_forgotten_where_it_is_cut():
    U = matrix("U", m, n + p)
    needs = Equality(total(hadamard(each(sp.log, U), hstack(A, B))), sp.S.Zero).needs
    places = [need.value.args[2] for need in needs]
    assert len(places) == 2 and in_range(places[0], n) and in_range(places[1] - n, p)


def test_blocks_that_end_at_other_places_are_left_undecided():
    other = hstack(matrix("E", m, p), matrix("F", m, n))
    with pytest.raises(Undecided, match="several blocks"):
        prove("other blocks", total(hstack(A, B) + other), total(hstack(A, B)) + inner(other, ones(m, n + p)))


def test_matrices_that_do_not_fit_and_numbers_are_refused_by_name():
    with pytest.raises(SizesDoNotFit, match=r"A is m x n, C is n x K, in hstack\(A, C\)"):
        hstack(A, C)
    with pytest.raises(SizesDoNotFit, match="vstack"):
        vstack(A, B)
    with pytest.raises(TypeError, match=r"hstack takes matrices, not b: .* b \* ones\(m\)"):
        hstack(A, scalar("b"))
    with pytest.raises(TypeError, match="at least one"):
        vstack()


def test_a_product_with_what_is_inverted_is_compared_in_all_parts():
    pushed = [(sp.Identity(m) + A * A.T).I * A, A * (sp.Identity(n) + A.T * A).I]
    assert "multiplied" in Equality(*[hstack(M, B) for M in pushed]).decide()[0]
    U, S, T = matrix("U", 2 * n, 2 * n), matrix("S", n, n), matrix("T", n, n)
    E, F, upper = matrix("E", 2 * n, K), matrix("F", 2 * n, K), vstack(C, 0 * C)
    swapped = [sp.Eq(U, vstack(hstack(0 * S, S), hstack(T, 0 * T)), evaluate=False)]  # upper goes below
    assert not Equality(upper + U.I * (E + F), U.I * E + U.I * F, swapped).decide()[0]


F, G = matrix("F", m, p), matrix("G", m, n + p + 1)
CHOICE = vstack(sp.ZeroMatrix(n, p), sp.Identity(p), sp.ZeroMatrix(1, p))


@pytest.mark.parametrize(
    ("beside", "part"),
    [
        (G, G * CHOICE),
        (hstack(A, 2 * B, ones(m)), 2 * B),
        (hstack(hstack(A, B), ones(m)), B),
        (vstack(A.T, B.T, ones(1, m)).T, B),
        (matrix("U", m, K) * vstack(C, D, ones(1, K)).T, matrix("U", m, K) * D.T),
        (G + ones(m, n + p + 1), G * CHOICE + ones(m, p)),
        (each(sp.exp, hstack(A, B, ones(m))), each(sp.exp, B)),
        (hadamard(hstack(A, B, ones(m)), G), hadamard(G * CHOICE, B)),
    ],
    ids=str,
)
def test_the_gradient_by_a_block_is_what_stands_there_or_a_product_that_chooses_it(beside, part):
    assert str(derive(Grad(inner(hstack(A, F, ones(m)), beside), F)).closed) == str(part)


def test_what_several_parts_hand_back_stands_side_by_side_or_one_above_the_other():
    parts = [vstack(sp.Identity(n), sp.ZeroMatrix(p, n)), vstack(sp.ZeroMatrix(n, p), sp.Identity(p))]
    U, E = matrix("U", m, n + p), matrix("E", m, n)
    loss = sum(inner(M, each(sp.sin, U * S)) for M, S in zip((E, B), parts, strict=True))
    slopes = [hadamard(M, each(sp.cos, U * S)) for M, S in zip((E, B), parts, strict=True)]
    assert derive(Grad(loss, U)).closed == hstack(*slopes)
    V = matrix("V", n + p, m)
    turned = sum(inner(M.T, S.T * V) for M, S in zip((E, B), parts, strict=True))
    assert derive(Grad(turned, V)).closed == vstack(E.T, B.T)


def test_a_part_that_is_not_there_hands_back_zero():
    first = vstack(sp.Identity(n), sp.ZeroMatrix(p, n))
    assert derive(Grad(inner(hstack(A, B) * first, A), B)).closed == sp.ZeroMatrix(m, p)


def test_a_part_beside_which_there_may_be_nothing_is_refused_by_name():
    first, last, E = matrix("b", 1, n), matrix("c", 1, n), matrix("E", m, n)
    with pytest.raises(NotImplementedError, match="1 of m rows or columns that may be all of them"):
        derive(Grad(inner(vstack(first, A), vstack(E, last)), first))


@pytest.mark.parametrize("name", BLOCKS)
def test_the_gradients_through_blocks_meet_finite_differences(name, rng):
    target, known = BLOCKS[name], {"np": np, "g": np.sin, "g_prime": np.cos}
    letters = {
        s: None for s in sp.preorder_traversal(target.scalar) if is_matrix(s) or not getattr(s, "is_integer", True)
    }
    args = [s for s in letters if isinstance(s, (sp.MatrixSymbol, sp.Symbol)) and not isinstance(s, NAMES)]
    size = {m: 4, n: 2, p: 3, h1: 2, K: 2}
    values = [rng.normal(size=[int(k.subs(size)) for k in s.shape]) if is_matrix(s) else rng.normal() for s in args]
    loss = compiled(target.scalar, "loss", args, known)
    for found, w in zip(gradients(target.scalar, target.wrt), target.wrt, strict=True):
        at = args.index(w)
        numeric = central_difference(
            lambda w, at=at: float(loss(*values[:at], w if w.shape else float(w), *values[at + 1 :])),
            np.array(values[at]),
        )
        for formula in (found.result, found.closed):
            np.testing.assert_allclose(compiled(formula, "slope", args, known)(*values), numeric, rtol=1e-6, atol=1e-8)


def test_a_number_in_a_block_meets_the_entry_of_the_weights_beside_it():
    target = number_in_a_block()
    assert derive(Grad(target.scalar, *target.wrt)).text.startswith("db = (1^T ([X b 1] w - y)) w[n + 1]")


def test_a_sum_over_one_chosen_row_of_several_columns_is_no_single_entry():
    b, E, e = matrix("b", m, 1), matrix("E", n + 1, p), matrix("e", n + 1, 1)
    (of_a_row,), (of_an_entry,) = (gradients(total(hstack(A, b) * M), [b]) for M in (E, e))
    assert prove("row", of_a_row.closed, total(hstack(sp.ZeroMatrix(1, n), ones(1, 1)) * E) * ones(m))
    assert of_an_entry.closed == e[n, 0] * ones(m)


def test_the_wrong_block_is_never_returned(monkeypatch):
    other = matrix("E", m, n)
    other_one = lambda G, where, among: chosen(G, among[-1 - among.index(where)], among)
    monkeypatch.setattr(sys.modules["claims.gradients.pullback"], "chosen", other_one)
    with pytest.raises(ProverFault):
        derive(Grad(inner(hstack(A, other), matrix("H", m, 2 * n)), A))


def test_blocks_as_numpy():
    assert (
        CodePrinter().text(hstack(A, ones(m)) * vstack(C, D)) == "np.hstack([A, np.ones((m, 1))]) @ np.vstack([C, D])"
    )
