"""Where numbers look for what is false, and what they say when they cannot tell."""

import os
import random
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import mpmath
import pytest
import sympy as sp
from corpus import FALSE
from sympy import Abs, And, Eq, Heaviside, Identity, Max, Mul, Piecewise, Sum, log, sqrt

from claims import (
    Grad,
    Jac,
    ProverFault,
    Refuted,
    Undecided,
    activation,
    apply,
    hadamard,
    inner,
    matrix,
    nonnegative,
    ones,
    prove,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
)
from claims.language.statement import prepared
from claims.numbers.draws import AUDITED, MORE, SEARCHED, draw
from claims.numbers.edges import turns_within
from claims.numbers.environment import Environment
from claims.numbers.search import audit, digits, screen, smallest
from claims.numbers.solutions import solutions
from claims.numbers.trial import trial
from claims.numbers.values import Undefined, evaluate
from claims.proof import prover as prover_module

TESTS = Path(__file__).parent
m, n, K = sizes("m n K")
X, w, y, x, v = matrix("X", m, n), matrix("w", n), matrix("y", m), matrix("x", n), matrix("v", n)
S, Z = matrix("S", n, n), matrix("Z", m, K)
z, r, a = scalar("z"), scalar("r"), scalar("a")
p = scalar("p", positive=True)
i, j, k, q = sp.symbols("i j k q", integer=True)
g = activation("g")


def look(left, right=None, given=(), **how):
    statement = prepared(left, right, given)
    return screen(trial(*statement.chain[0][:2], statement.given), **how)


def found(left, right=None, given=()):
    """Is the claim seen to be false, by the looks that the prover takes?"""
    return bool(look(left, right, given).found or look(left, right, given, seed=1, effort=4).found)


def where(condition):
    return Piecewise((1, condition), (0, True))


def far(e):
    return Piecewise((e, z > 1000), (0, True))


# ---------------------------------------------------------------- what is hidden
HIDDEN = {
    "behind a threshold": (far(z), far(z + 1)),
    "at a number": (where(Eq(z, 1234)), 0),
    "at a fraction": (where(Eq(3 * z, sp.Rational(1, 7))), 0),
    "where two numbers differ by a third": (where(Eq(z, r + 17)), 0),
    "behind two thresholds": (where(And(z > 1000, r < -77)), 0),
    "between two thresholds": (where(And(z > 1000, z < 1001)), 0),
    "among tiny numbers": (where(p < sp.Rational(1, 10**9)), 0),
    "among large numbers": (Abs(z - 10**7), 10**7 - z),
    "far below zero, a whole number": (where(q < -1000), 0),
    "in a large entry": (where(x[i, 0] > 5000), 0),
    "at an entry of a product": (apply(lambda t: where(Eq(t, 700)), X * w), 0 * y),
    "at a total": (where(Eq(inner(x, v), 13)), 0),
    "at one size": (where(Eq(n, 7)) * z, 0),
    "at large sizes": (Mul(*[n - t for t in range(1, 10)]) * total(x), 0),
    "at a far place": (where(i > 4) * x[i, 0], 0),
    "on the diagonal": (where(Eq(i, j)) * S[i, j], 0),
    "at singular matrices": (where(Eq(sp.Determinant(S), 0)), 0),
    "at entries that are equal": (Grad(inner(x - v, x - v), x), 2 * (x - v) + where(Eq(x[0, 0], v[0, 0])) * ones(n)),
    "at a kink that the slope does not have": (Grad(Max(0, z) ** 2, z), 2 * Max(0, z) + where(Eq(z, 0))),
    "at the kink of a step": (Heaviside(z - 333, 1), Heaviside(z - 333)),
    "where another number is zero": (Grad(Abs(z), z) * sp.sign(r) ** 2, Grad(Abs(z), z)),
    "in the sign of a difference of small sums": (where(total(x) > total(v)), where(total(x) >= total(v))),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_false_in_one_place_is_found_there(name):
    assert found(*HIDDEN[name])


def test_a_slope_that_is_claimed_where_all_is_flat_is_refuted_there():
    relu = lambda t: Max(0, t)
    s = total(apply(relu, x))
    slope = apply(lambda t: where(t > 0), x)
    assert look(Grad(s, x), slope).found is None
    assert found(Grad(s, x), slope + where(Eq(s, 0)) * ones(n))


def test_nested_functions_of_entries_are_told_apart():
    nested = apply(lambda t: total(apply(lambda s: s * t, x)), v)
    assert found(nested, inner(x, x) * ones(n))
    assert look(nested, total(x) * v).found is None


# ---------------------------------------------------------------- what is true where it has a meaning
TRUE = {
    "the square of a root": (Abs(sqrt(z)) ** 2, z),
    "the logarithm of a square": (log(z**2), 2 * log(z)),
    "the logarithm of a product": (log(z * r), log(z) + log(r)),
    "the root of a product": (sqrt(z * r), sqrt(z) * sqrt(r)),
    "a power of a power": ((z**a) ** r, z ** (a * r)),
    "the magnitude of a kinked sum": (Grad(Abs(z) + Abs(r), z), sp.sign(z)),
    "a saturated sum": (log(1 + sp.exp(z)), z + log(1 + sp.exp(-z))),
    "a difference of numbers that are nearly equal": (1 - sp.tanh(z) ** 2, sp.cosh(z) ** -2),
    "more digits cancel than there are": ((1 - sigma(z)) * (1 + sp.exp(z)), 1),
    "more digits cancel, in tanh": ((1 - sp.tanh(z)) * (sp.exp(2 * z) + 1), 2),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_where_it_has_a_meaning_is_not_refuted(name):
    for seed in range(5):
        seen = look(*TRUE[name], seed=seed, effort=4)
        assert seen.found is None
        assert seen.enough


# ---------------------------------------------------------------- what numbers may not refute
x_v = hadamard(apply(sp.exp, v), x)
tiny = sp.Rational(1, 10**46)
peak = lambda u: sp.exp(-((10**4 * (u - sp.Rational(7, 3))) ** 2))
u = sp.Symbol("u", real=True)
TRUE_BUT_HARD = {
    "a hypothesis with a factor that is tiny: sigma": (z, 0, [Eq(sigma(r) * z, 0)]),
    "a hypothesis with a factor that is tiny: exp": (z, 0, [Eq(sp.exp(-(r**2)) * z, 0)]),
    "a hypothesis with a factor that is tiny: 1 - tanh^2": (z, 0, [Eq((1 - sp.tanh(r) ** 2) * z, 0)]),
    "a hypothesis with factors that are tiny, entry by entry": (x, 0 * x, [Eq(x_v, 0 * x)]),
    "a hypothesis about a tiny number": (z * 10**46, 1, [Eq(z, tiny)]),
    "a hypothesis that is met approximately, made large": (10**60 * (z**2 - 2), 0, [Eq(z**2, 2)]),
    "a hypothesis between large numbers": (z, 0, [Eq(z + sp.exp(r), sp.exp(r))]),
    "a kink beside a large power": (Grad(r**8 + Max(0, z), z), where(z > 0)),
    "a kink beside a large sum": (Grad(inner(x, x) ** 4 + Max(0, z), z), where(z > 0)),
    "a kink beside a large slope": (Grad(r**8 * z + Max(0, z), z), r**8 + where(z > 0)),
    "squares that cancel": (1 / (1 + sp.cosh(z) ** 2 - sp.sinh(z) ** 2), sp.Rational(1, 2)),
    "a product with what cancels": (1 / (1 + sp.cosh(z) ** 2 * (1 - sp.tanh(z) ** 2)), sp.Rational(1, 2)),
    "the lesser of two, one of which cancels": (sp.Min(2, sp.exp(z) * (1 - sigma(z))), sp.Min(2, sigma(z))),
    "a narrow peak between the ends": (sp.Integral(peak(u), (u, 2, sp.Rational(8, 3))), sp.Integral(peak(u), (u, 2, sp.Rational(7, 3))) * 2),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE_BUT_HARD)
def test_what_rounding_or_a_few_nodes_make_seem_false_is_not_refuted(name):
    left, right, *given = TRUE_BUT_HARD[name]
    assert look(left, right, given[0] if given else (), effort=2).found is None


@pytest.mark.parametrize("bits", [250, 600, 1000])
def test_a_slope_is_not_refuted_where_it_is_steeper_than_a_step_is_short(bits):
    steep = z / (1 + 2**bits * z**2)
    slope = (1 - 2**bits * z**2) / (1 + 2**bits * z**2) ** 2
    assert prove("steep", Grad(steep, z), slope)
    if bits < 1000:
        with pytest.raises(Refuted):
            prove("steep", Grad(steep, z), slope + Piecewise((1, Eq(z, 0)), (0, True)))


@pytest.mark.parametrize(
    "steep",
    [
        sp.pi**1500,
        *(
            pytest.param(steep, marks=pytest.mark.long)
            for steep in (
                sp.cosh(1500),
                sp.cosh(700) * sp.sinh(700),
                sp.gamma(a + 500),
                10 ** (300 * a**2),
                3**700 * sp.cosh(700),
            )
        ),
    ],
)
def test_nor_where_no_long_number_is_written(steep):
    peak = z / (1 + (z * steep) ** 2)
    for left, right, given in ((Grad(peak, z), sp.diff(peak, z), []), (Grad(peak, z), 1, [Eq(z, 0)])):
        assert look(left, right, given, effort=2).found is None


def test_what_cancels_beside_a_slope_does_not_hide_that_the_slope_is_false():
    s = softmax(matrix("s", 1, K))
    without_s = sp.DiagMatrix(s.T) - s.T * ones(1, K)  # on the diagonal, s - s is rounding
    claim = trial(Jac(s, matrix("s", 1, K)), without_s)
    with digits(60):
        assert claim.compared(claim.at(SEARCHED[0], random.Random(3), sizes={K: 2}), random.Random(3))


@pytest.mark.parametrize(
    "integrand", [sp.exp(-((u - 1000) ** 2)), peak(u), 1 / (1 + 10**6 * (u - sp.Rational(1, 3)) ** 2)]
)
def test_a_narrow_peak_is_looked_for_where_its_parts_are_smallest(integrand):
    with digits(120):
        places = turns_within(integrand, u, [mpmath.mpf(-mpmath.inf), mpmath.inf], Environment())
        assert any(abs(evaluate(sp.diff(integrand, u), Environment({u: t}))) < 1e-10 for t in places)


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        (z, 2, [Eq(z**2, 2)]),
        (z, r, [Eq(z**2, r**2)]),
        (S, Identity(n), [Eq(S * S.T, Identity(n))]),
        (x, v, [Eq(x, 0 * x)]),
    ],
)
def test_what_is_false_under_hypotheses_is_found_also_where_these_have_no_fractions(left, right, given):
    assert found(left, right, given)


def test_hypotheses_in_which_nothing_can_be_moved_are_met_or_not():
    h = activation("h", lambda t, value: 2 * t)
    assert found(h(z), z**2 + 1, [Eq(h(sp.S.Zero), 0)])
    assert look(h(z), z**2, [Eq(h(sp.S.Zero), 0)]).found is None


# ---------------------------------------------------------------- functions known by their slope
KINKED = {
    "relu": (lambda t, value: Heaviside(t), lambda t: Max(0, t)),
    "leaky": (lambda t, value: Piecewise((1, t > 0), (sp.Rational(1, 10), True)), lambda t: Max(t, t / 10)),
    "elu": (lambda t, value: Piecewise((1, t > 0), (value + 1, True)), None),
    "clipped": (lambda t, value: Piecewise((1, Abs(t) < 1), (0, True)), lambda t: Max(-1, sp.Min(1, t))),
    "softplus": (lambda t, value: 1 / (1 + sp.exp(-t)), lambda t: log(1 + sp.exp(t))),
}


@pytest.mark.parametrize("name", KINKED)
def test_a_function_known_by_its_slope_has_that_slope_to_both_sides_of_its_kinks(name):
    slope, grown = KINKED[name]
    f = activation(name, slope)
    assert look(Grad(f(z), z), f.prime(z)).found is None
    assert found(Grad(f(z), z), 2 * f.prime(z))
    if grown:
        assert look(f(z) - f(r), grown(z) - grown(r)).found is None


def test_relu_as_an_activation_is_proved():
    f = activation("relu", KINKED["relu"][0])
    assert prove("slope", Grad(f(z), z), Heaviside(z)).audit.points >= 3


def test_a_function_whose_slope_fits_in_some_places_has_a_value_only_there():
    f = activation("q", lambda t, value: sqrt(value))
    assert all(f.gap != 0 for f in solutions(f))
    assert look(Grad(f(z), z), sqrt(f(z))).found is None


def test_a_function_that_is_not_found_is_told():
    with pytest.raises(Undecided, match="no function found whose slope is that of odd"):
        prove("odd", activation("odd", lambda t, value: Abs(value) + t)(z), z)


# ---------------------------------------------------------------- assumptions, hypotheses, domains
def test_numbers_keep_all_assumptions():
    rng = random.Random(0)
    for facts in (
        {"prime": True},
        {"even": True, "positive": True},
        {"zero": False},
        {"irrational": True},
        {"composite": True},
    ):
        symbol = sp.Symbol("s", **facts)
        drawn = {draw(symbol, rng, SEARCHED[0].numbers) for _ in range(50)}
        assert drawn
        assert "prime" not in facts or drawn <= {q for q in MORE if q in sp.primerange(1001)}
        assert "zero" not in facts or 0 not in drawn


def test_a_prime_number_is_at_least_two():
    prime = sp.Symbol("p", prime=True)
    assert look(where(prime > 1) * z, z).found is None
    assert look(Sum(1, (k, 1, prime)), prime).found is None


def test_assumptions_that_no_number_meets_name_the_symbol():
    with pytest.raises(Undecided, match="no number is known that s may be: imaginary=True"):
        prove("imaginary", sp.Symbol("s", imaginary=True) + z, z)


def test_hypotheses_that_contradict_each_other_are_told_at_once():
    started = time.thread_time()
    for given in ([Eq(total(x), 1), Eq(total(x), 2)], [Eq(S * S, -Identity(n)), Eq(S, S.T)]):
        with pytest.raises(Undecided, match="do they contradict each other"):
            prove("nowhere", x, v, given=given)
    assert time.thread_time() - started < 5


def test_a_point_that_hypotheses_move_to_fulfils_them_exactly_if_it_can():
    given = (Eq(Z * ones(K), ones(m)),)
    t = trial(total(Z), m, given)
    rng = random.Random(0)
    with digits():
        for kind in SEARCHED[:4]:
            env = t.at(kind, rng)
            assert evaluate(total(Z), env) == env[m]


def test_labels_are_met_exactly():
    D = matrix("D", m, n)
    t = trial(total(D), 0, (Eq(hadamard(D, D), D),))
    rng, met = random.Random(0), []
    with digits():
        for kind in SEARCHED[:2] * 10:
            with suppress(Undefined):
                met += [type(entry) for row in t.at(kind, rng)[D] for entry in row]
    assert len(met) > 20
    assert set(met) == {int}


def test_what_is_bound_is_not_left_open():
    t = trial(Sum(x[k, 0], (k, 0, n - 1)) + sp.Integral(z, (z, 0, r)), total(apply(lambda u: u * a, x)))
    assert [*t.open.scalars, *t.open.indices] == [a, r]
    assert trial(x[k, 0] + Sum(k, (k, 1, n)), 0).open.indices.keys() == {k}


def test_most_points_undefined_is_no_verdict_however_the_algebra_goes():
    for left, right in ((log(-(z**2) - 1), log(-(z**2) - 1)), (1 / (inner(x, v) - inner(v, x)), z)):
        with pytest.raises(Undecided, match="most points are undefined: 0 of"):
            prove("nowhere", left, right)


def test_a_narrow_domain_is_found():
    assert look(sp.acos(z) + sp.asin(z), sp.pi / 2).enough
    assert look(log(1 - inner(x, x)), log(1 - inner(x, x)) + 0 * z).enough
    assert found(log(-z) + log(-r), log(z * r) + 1)


def test_a_free_index_comes_to_every_place_and_to_no_other():
    t = trial(x[i, 0] * x[i + 1, 0], v[i, 0])
    rng = random.Random(0)
    with digits():
        seen = [t.at(SEARCHED[0], rng, sizes={n: 3})[i] for _ in range(100)]
    assert {0, 1} <= set(seen) <= {-1, 0, 1, 2, 3}
    assert sum(place in (0, 1) for place in seen) > 80
    assert look(x[i, 0] * x[i + 1, 0], x[i + 1, 0] * x[i, 0] + 0 * z).enough


def test_sums_are_tried_to_their_very_ends():
    """With b = a - 1 a sum is 0; further down it has no meaning."""
    ends = set()
    t = trial(Sum(k, (k, 1, q)), q * (q + 1) / 2)
    rng = random.Random(0)
    with digits():
        for _ in range(200):
            env = t.at(SEARCHED[0], rng)
            try:
                t.compared(env, rng)
                ends.add(env[q])
            except Undefined:
                assert env[q] < 0
    assert min(ends) == 0
    assert max(ends) == 12


# ---------------------------------------------------------------- the audit
def test_the_audit_takes_other_numbers_than_the_search():
    searched = {q for kind in SEARCHED for q in kind.numbers}
    for kind in AUDITED:
        assert not [q for q in kind.numbers if q in searched and q not in (1, -1)]


def test_the_audit_finds_a_fault_of_the_algebra(monkeypatch):
    monkeypatch.setattr(prover_module, "decide", lambda *_: ("believed", None))
    monkeypatch.setattr(prover_module._Attempt, "look", lambda *_: None)
    with pytest.raises(ProverFault):
        prove("wrong", Grad(inner(x, x), x), 2 * x + ones(n))


def test_a_chain_is_audited_from_end_to_end(monkeypatch):
    """Links that are each believed do not make a chain whose ends differ."""
    steps = [(z, "nothing"), (z, "nothing")]
    assert prove("chain", z, z, steps=steps).audit.points == 3 * 3
    checked = prover_module.audit
    monkeypatch.setattr(prover_module, "decide", lambda *_: ("believed", None))
    monkeypatch.setattr(prover_module._Attempt, "look", lambda *_: None)
    monkeypatch.setattr(prover_module, "audit", lambda t: checked(t) if (t.lhs, t.rhs) == (z, z + 2) else (3, 0.0))
    with pytest.raises(ProverFault):
        prove("chain", z, z + 2, steps=[(z + 1, "wrong")])


def test_a_chain_below_an_inequality_is_audited_from_its_first_side():
    proof = prove("chain", nonnegative(z**2 - 2 * z + 1), steps=[((z - 1) ** 2, "a square")])
    assert proof.audit.points == 3 * 3


# ---------------------------------------------------------------- the same on every machine
SCRIPT = """
import sys
sys.path.insert(0, ".")
from corpus import FALSE, TRUE
from claims.language.statement import prepared
from claims.numbers.search import audit, screen, smallest
from claims.numbers.trial import trial
out = []
for name in [*list(TRUE)[::25], *list(FALSE)[::25]]:
    left, right, given = (TRUE | FALSE)[name]
    statement = prepared(left, right, given)
    t = trial(*statement.chain[0][:2], statement.given)
    seen = screen(t)
    out.append((name, seen.agreed, seen.undefined, smallest(t, seen.found).text if seen.found else audit(t)))
print(out)
"""


@pytest.mark.long
def test_the_points_and_counterexamples_are_the_same_under_any_hash_seed():
    outputs = []
    for seed in ("0", "1"):
        run = [sys.executable, "-c", SCRIPT]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        outputs.append(subprocess.run(run, capture_output=True, text=True, check=True, env=env, cwd=TESTS).stdout)
    assert outputs[0] == outputs[1]
    assert "expected" in outputs[0]


def test_how_many_points_are_tried_does_not_depend_on_the_clock(monkeypatch):
    before = look(Grad(inner(X * w - y, X * w - y), w), 2 * X.T * (X * w - y))
    for clock in ("monotonic", "time", "perf_counter", "process_time"):
        monkeypatch.setattr(time, clock, lambda: 1e9 * random.random())
    after = look(Grad(inner(X * w - y, X * w - y), w), 2 * X.T * (X * w - y))
    assert (before.agreed, before.undefined) == (after.agreed, after.undefined)


def test_the_digits_of_one_thread_are_not_those_of_another():
    seen = []

    def work(count):
        with digits(count):
            time.sleep(0.1)
            seen.append((count, mpmath.mp.dps))

    threads = [threading.Thread(target=work, args=(count,)) for count in (30, 60, 90)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(count == dps for count, dps in seen)


def test_a_point_that_costs_too_much_is_left_and_told():
    started = time.thread_time()
    with pytest.raises(Undecided, match="a value takes too long"):
        prove("long", Sum(k, (k, 1, 10**7)), 5 * 10**13)
    assert time.thread_time() - started < 2


# ---------------------------------------------------------------- counterexamples
@pytest.mark.parametrize("name", list(FALSE)[::40])
def test_a_counterexample_is_small(name):
    left, right, given = FALSE[name]
    with pytest.raises(Refuted) as refuted:
        prove(name, left, right, given=given)
    assert all(size <= 3 for size in refuted.value.counterexample.sizes.values())


def test_a_counterexample_holds_the_values_at_which_it_was_found():
    t = trial(where(Eq(z, 1234)) + r, r)
    seen = look(where(Eq(z, 1234)) + r, r)
    example = smallest(t, seen.found)
    assert example.values[z] == 1234
    assert example.expected - example.claimed == 1
    assert "z = 1234" in example.text


def test_numbers_agree_with_themselves_to_more_than_forty_digits():
    points, error = audit(trial(Grad(total(apply(g, S * x)), x), S.T * apply(g.prime, S * x)))
    assert points == 3
    assert error < 1e-40
