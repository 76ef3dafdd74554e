"""Whatever is claimed, and however odd it is, there is a verdict in one line."""

import threading
import time
from functools import reduce

import pytest
import sympy as sp
from samples import but
from sympy import Eq, Integral, Piecewise, Product, Sum, Xor, exp, factorial, log, oo, sin

from claims import (
    Ambiguous,
    Grad,
    ProverFault,
    Refuted,
    SizesDoNotFit,
    Undecided,
    activation,
    apply,
    define,
    derive,
    inner,
    matrix,
    named,
    nonnegative,
    ones,
    prove,
    scalar,
    sigma,
    sizes,
    total,
)
from claims.language import NAMES
from claims.language.scopes import where_free
from claims.proof import prover as prover_module

m, n, K = sizes("m n K")
X, x, v, Z, S, C = (
    matrix("X", m, n),
    matrix("x", n),
    matrix("v", n),
    matrix("Z", m, K),
    matrix("S", n, n),
    matrix("C", 2, 2),
)
z, r, a, u = scalar("z"), scalar("r"), scalar("a"), scalar("u")
k, q = sp.symbols("k q", integer=True)
f = activation("f")

ODD = {
    "an exponential of a matrix, not of its entries": (total(apply(exp, Z)), m, [Eq(apply(exp, Z) * ones(K), ones(m))]),
    "the slope of an integral with a moving end": (Grad(Integral(exp(-(u**2)) * z, (u, 0, z)), z), z),
    "the slope of an integral of any function": (Grad(Integral(f(u * z), (u, 0, 1)), z), Integral(u * f.prime(u * z), (u, 0, 1))),
    "an integral without ends": (Integral(z**2, z), z**3 / 3),
    "an empty product": (Product(k, (k, 1, 0)), 1),
    "a product of entries": (Product(x[k, 0], (k, 0, n - 1)), exp(total(apply(log, x)))),
    "a condition that is one or the other": (Piecewise((2, Xor(z > 0, r > 0)), (0, True)), 2 * Piecewise((1, Xor(z > 0, r > 0)), (0, True))),
    "a sum without end": (Sum(z**k / factorial(k), (k, 0, oo)), exp(z)),
    "an unknown function": (sp.Function("h")(z), z),
    "the slope of an unknown function": (sp.Derivative(sp.Function("h")(z), z), z),
    "as many slopes as a size says": (sp.Derivative(z**2, (z, n)), 0),
    "a billion slopes": (sp.Derivative(z**2, (z, 10**9)), 0),
    "blocks": (total(sp.BlockMatrix([[C, C]])), 2 * total(C)),
    "a root of a matrix": (S ** sp.Rational(1, 3) * S, S ** sp.Rational(4, 3)),
    "a limit": (sp.Limit(sin(z) / z, z, 0), 1),
    "a substitution": (sp.Subs(z**2, z, r), r**2),
    "an order of growth": (sp.O(z), z),
    "a set": (Piecewise((1, sp.Contains(z, sp.Interval(0, 1))), (0, True)), z),
    "a symbol that is imaginary": (sp.Symbol("s", imaginary=True) ** 2, -1),
    "symbols that do not commute": (sp.Symbol("A", commutative=False) * z, z),
    "an impulse": (sp.DiracDelta(z), 0),
    "names on names": (reduce(lambda e, t: named(f"n{t}", e + z), range(300), z), 301 * z),
    "a sum too long": (Sum(k, (k, 1, 10**7)), 5 * 10**13),
    "a tower of exponentials": (Grad(exp(exp(exp(exp(z)))), z), exp(z)),
    "a large power": (z ** (10**9), 2 * z ** (10**9)),
    "sizes that may be none": (total(ones(n - 3, m)), m * (n - 3)),
    "sizes that are halves": (total(ones(n / 2)), n / 2),
    "a place that is a number": (Sum(x[k, 0] * a**k, (k, 0, n - 1)) * 2, Sum(2 * x[k, 0] * a**k, (k, 0, n - 1))),
}  # fmt: skip


LONG = {"the slope of an integral with a moving end"}  # SymPy looks for it until the time is over


@pytest.mark.parametrize("name", but(LONG, ODD))
def test_there_is_a_verdict_and_a_record(name):
    left, right, *given = ODD[name]
    try:
        proof = prove(name, left, right, given=given[0] if given else ())
    except (Refuted, Undecided, SizesDoNotFit) as verdict:
        reason = str(verdict).splitlines()
        assert isinstance(verdict, Refuted) or len(reason) == 1
        assert "Traceback" not in reason[0]
    else:
        assert proof.record()["id"] == name
        assert isinstance(proof.explain(), list)


@pytest.mark.parametrize(
    "error",
    [
        AttributeError("no such part"),
        TypeError("1 and 2"),
        ValueError("odd"),
        KeyError("k"),
        NotImplementedError("no rule"),
        AssertionError(),
    ],
)
def test_a_fault_inside_a_proof_is_no_verdict_and_is_named(error, monkeypatch):
    def broken(*_):
        raise error

    monkeypatch.setattr(prover_module, "decide", broken)
    with pytest.raises(
        Undecided, match=type(error).__name__ if not isinstance(error, NotImplementedError) else "no rule"
    ):
        prove("broken", z + r - r * 1, z + 0 * r, steps=[(z * (1 + r) - z * r, "written out")])


@pytest.mark.parametrize(
    "error", [Refuted("no"), SizesDoNotFit("no"), Ambiguous("no"), ProverFault("no"), KeyboardInterrupt()]
)
def test_verdicts_and_interruptions_pass_through(error, monkeypatch):
    def stopped(*_):
        raise error

    monkeypatch.setattr(prover_module, "decide", stopped)
    with pytest.raises(type(error)):
        prove("stopped", (z + 1) ** 2, z**2 + 2 * z + 1)


@pytest.mark.parametrize("nothing", ["z", [z], None, sp.nan, sp.zoo, float("nan"), float("inf"), True])
def test_bad_input_is_told_as_such(nothing):
    with pytest.raises((TypeError, ValueError)):
        prove("nothing", z, nothing)


def test_a_hypothesis_that_is_no_equation_is_told_as_such():
    with pytest.raises(TypeError, match="a hypothesis is"):
        prove("nothing", z, r, given=["z = r"])


dummy, other = sp.Dummy("z", real=True), sp.Dummy("z", real=True)
positive = sp.Symbol("z", real=True, positive=True)
g1, g2 = activation("g", lambda t, value: value), activation("g", lambda t, value: value + 0)
tanh = activation("tanh", lambda t, value: 2)


@pytest.mark.parametrize(
    ("left", "right", "given"),
    [
        (dummy, positive, [dummy > 0]),
        (dummy - other, 0, [dummy > 0, other > 0]),
        (dummy - other, 0, []),
        (z, positive, [z > 0]),
        (z, r, [Eq(dummy, z)]),
        (g1(z), g2(z), []),
        (tanh(z) * sp.tanh(r), z, []),
        (activation("sigma")(z), sigma(z), []),
    ],
)
def test_two_things_that_print_alike_are_ambiguous_whatever_is_assumed_of_them(left, right, given):
    with pytest.raises(Ambiguous, match="two different things are called"):
        prove("two", left, right, given=given)


@pytest.mark.parametrize("named_thing", [z, "z"])
def test_a_name_is_not_defined_by_a_letter_that_is_printed_like_it(named_thing):
    with pytest.raises(Ambiguous, match="two different things are called z"):
        define("next", named_thing, z + 1)


@pytest.mark.parametrize("nothing", [None, "z + 1", Eq(z, 1), nonnegative(z), z > 0, True])
def test_a_name_stands_for_a_number_or_a_matrix_alone(nothing):
    for name in (named, lambda symbol, e: define("name", symbol, e)):
        with pytest.raises(TypeError, match="a name stands for a number or a matrix, not "):
            name("s", nothing)


def test_a_sign_is_assumed_of_a_dummy_too():
    assert prove("magnitude", sp.Abs(dummy), dummy, given=[dummy > 0])


def test_all_signs_of_a_symbol_are_assumed_together():
    assert prove("zero", z, 0, given=[z >= 0, z <= 0])
    assert prove("sign", sp.sign(z), 1, given=[z > 0, z >= 0])
    for given in ([z > 0, z < 0], [z > 0, z <= 0], [positive < 0]):
        with pytest.raises(Undecided, match="do they contradict each other"):
            prove("nowhere", z if positive not in given[0].free_symbols else positive, 5, given=given)


@pytest.mark.parametrize("steps", [[(None, "why")], [z], [(z,)]])
def test_a_step_that_is_no_pair_is_told_as_such(steps):
    with pytest.raises(TypeError, match="a step is a pair"):
        prove("steps", z, z, steps=steps)


@pytest.mark.parametrize("endless", [matrix("w", n), named("w", z * matrix("v", n)), None, z])
def test_what_is_no_list_of_steps_or_names_is_told_as_such(endless):
    """An expression of matrices has entries without end, and was counted for ever."""
    with pytest.raises(TypeError, match="steps are pairs"):
        prove("steps", z, z, steps=endless)
    with pytest.raises(TypeError, match="the names that a result may be written with are a list"):
        derive(Grad(z**2, z), names=endless)
    with pytest.raises(TypeError, match="the names that a result may be written with are a list"):
        derive(Grad(z**2, z), names=[endless] if not isinstance(endless, NAMES) else "w")


def test_a_function_has_the_slope_that_it_is_told_of_today():
    """Of the factor that was 2 when the name was first used, h'(z) = 2 z was proved."""
    factors = [2, 5, 2]

    def slope(u, value):
        return factors[0] * u

    twice = activation("h", slope)
    assert activation("h", slope) is twice
    factors.pop(0)
    assert prove("slope", Grad(activation("h", slope)(z), z), 5 * z)
    factors.pop(0)
    assert activation("h", slope) is twice


@pytest.mark.parametrize(("left", "right"), [(z, nonnegative(z)), (nonnegative(z), z), (z, None)])
def test_an_inequality_is_no_side(left, right):
    with pytest.raises(TypeError, match="a claim has two sides, or is nonnegative"):
        prove("sides", left, right)


def test_the_largest_of_what_sympy_does_not_compare_stays_as_it_is():
    one = sp.KroneckerDelta(0, 0, evaluate=False)
    largest = sp.Max(scalar("z"), one, evaluate=False)
    assert where_free(largest, {scalar("z"): scalar("y")}) == sp.Max(scalar("y"), one, evaluate=False)


def test_a_hypothesis_does_not_compute_what_it_does_not_speak_of():
    for power in (sp.Pow(7, 10**8, evaluate=False), sp.Pow(3, 10**9, evaluate=False)):
        e = f(power)
        assert where_free(e, {z: positive}) is e


def test_sides_that_sympy_has_made_the_same_say_so_and_are_audited():
    proof = prove("same", z * r, r * z)
    assert proof.method == prover_module.SAME
    assert proof.audit.points == 3
    with pytest.raises(Undecided, match="most points are undefined"):
        prove("same", log(-(z**2) - 1), log(-(z**2) - 1))


def test_a_counterexample_that_cannot_be_shown_refutes_all_the_same(monkeypatch):
    monkeypatch.setattr("claims.numbers.counterexample.show", lambda x: 1 / 0)
    with pytest.raises(Refuted, match="cannot be shown"):
        prove("false", z, z + 1)


# ---------------------------------------------------------------- time
def endless():
    """True, and out of reach: a million terms when multiplied out."""
    sum_of_six = sp.Add(*[scalar(s) for s in "xyzuvw"])
    return sum_of_six**60, sp.expand(sum_of_six**2) ** 30


def test_a_busy_machine_does_not_shorten_a_proof():
    """Three threads compute beside it, so that by the clock on the wall it takes four times as long."""
    left, right = Grad(inner(X * v - S[0, 0] * ones(m), X * v), v), 2 * X.T * X * v - S[0, 0] * X.T * ones(m)
    prove("before", left, right)  # what is computed once, such as SymPy's caches, is not what a proof needs
    started = time.thread_time()
    prove("alone", left, right)
    needed = time.thread_time() - started
    stop = threading.Event()
    others = [threading.Thread(target=lambda: [sum(range(1000)) for _ in iter(stop.is_set, True)]) for _ in range(3)]
    for thread in others:
        thread.start()
    try:
        started = time.monotonic()
        assert prove("busy", left, right, budget=3 * needed + 0.2)
        assert time.monotonic() - started > needed
    finally:
        stop.set()
        for thread in others:
            thread.join()


def test_the_reason_after_the_time_says_how_far_numbers_came():
    with pytest.raises(Undecided, match=r"after 1 s; the sides agree at \d+ random points"):
        prove("slow", *endless(), budget=1)


def test_two_threads_prove_at_once_without_disturbing_each_others_digits():
    verdicts = []

    def work(right):
        try:
            verdicts.append(bool(prove("thread", Grad(inner(x, x) * z, x), right)))
        except Refuted:
            verdicts.append(False)

    threads = [threading.Thread(target=work, args=(c * z * x,)) for c in (2, 3, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(verdicts) == [False, False, True, True]
