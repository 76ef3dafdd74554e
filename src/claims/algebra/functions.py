"""Normal forms of functions: exp of a sum is a product, log of a product a sum, a kinked argument is taken by cases."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import sympy as sp

from claims.entry.signs import is_positive, is_real
from claims.entry.terms import AtZero, Delta, Entry, Index, Magnitude, Step
from claims.language import Activation, sigma

from .arithmetic import Arithmetic
from .polynomial import Polynomial, accumulate, atom, constant, expression, leading, primitive, reciprocal, scaled
from .powers import power, whole_power

Building = Callable[[Polynomial], Polynomial]  # of an argument the normal form of its function
EXPONENTIAL = (sp.tanh, sp.sinh, sp.cosh, sp.coth, sp.sech, sp.csch)


def apply_function(nf: Arithmetic, e: sp.Expr) -> Polynomial:
    """The normal form of a function, or of a power that is not a whole positive one."""
    if isinstance(e, (Step, AtZero)):
        return _by_cases(nf, nf.poly(e.args[0]), type(e), lambda p: _indicator(nf, type(e), p))
    if isinstance(e, Magnitude):
        return _by_cases(nf, nf.poly(e.args[0]), Magnitude, lambda p: _magnitude(nf, p))
    if isinstance(e, sp.Pow):
        return _by_cases(nf, nf.poly(e.base), lambda base: base**e.exp, lambda base: power(nf, base, e.exp))
    if isinstance(e, sp.Function) and len(e.args) == 1:
        return _by_cases(nf, nf.poly(e.args[0]), type(e), lambda arg: _function(nf, type(e), arg))
    if isinstance(e, sp.Function):
        return nf.settled({e.func(*[nf.simplify(a) for a in e.args]): 1})
    return nf.settled({e: 1})


# ---------------------------------------------------------------- cases
class NoValue(Exception):
    """In some case a function has no value, as far as is known; the claim may speak in the other cases."""


def _by_cases(nf: Arithmetic, p: Polynomial, f: Callable[[sp.Expr], sp.Expr], build: Building) -> Polynomial:
    """f(a) for an argument that takes cases: f in each, times the indicator of the case; f(a) itself where that may fail."""

    def settled(arg: Polynomial) -> Polynomial:
        if arg is not p and not nf.known.defined(f(expression(arg))):
            raise NoValue
        return build(arg)

    try:
        return _in_cases(nf, p, constant(1), settled)
    except (NoValue, ZeroDivisionError):
        return build(p)


def _in_cases(nf: Arithmetic, p: Polynomial, here: Polynomial, settled: Building) -> Polynomial:
    """The cases of [u > 0] and [u = 0] in an argument, those left out that cannot occur `here`."""
    kink = next((x for mono in p for x, _ in mono if isinstance(x, (Step, AtZero))), None)
    if kink is None:
        return nf.mul([here, _by_labels(nf, p, settled)])
    (u,) = kink.args
    above, at, parts = Step(u), AtZero(u), []
    for indicator, step, zero in ((above, 1, 0), (at, 0, 1), (1 - above - at, 0, 0)):
        if inside := nf.mul([here, nf.poly(indicator)]):
            arg = nf.poly(expression(p).xreplace({above: sp.Integer(step), at: sp.Integer(zero)}))
            parts.append(_in_cases(nf, arg, inside, settled))
    return nf.add(parts)


def _by_labels(nf: Arithmetic, p: Polynomial, settled: Building) -> Polynomial:
    """F(y) for an entry that a hypothesis leaves two values, a and b: (F(a) (y - b) - F(b) (y - a)) / (a - b)."""
    entries = dict.fromkeys(x for mono in p for x, _ in mono if isinstance(x, Entry))
    found = next(((y, v) for y in entries if (v := nf.two_values(y))), None)
    if found is None:
        return settled(p)
    y, (a, b) = found
    at_a, at_b = (_by_labels(nf, nf.poly(expression(p).xreplace({y: v})), settled) for v in (a, b))
    return nf.add([nf.mul([at_a, nf.poly((y - b) / (a - b))]), nf.mul([at_b, nf.poly((y - a) / (b - a))])])


def upright(nf: Arithmetic, p: Polynomial) -> tuple[int, sp.Expr]:
    """(sign, u): p is a positive multiple of sign * u, with u written the same way for p and -p, 2 p and so on."""
    c, mono, rest = primitive(p)
    kept = [(x, 1 if n % 2 else 2) for x, n in mono if not is_positive(x) and (n > 0 or n % 2)]
    u = nf.mul([rest, *[nf.power(nf.poly(x), n) for x, n in kept]])
    if not u:
        return 1, sp.S.Zero
    return (1 if c > 0 else -1), expression(scaled(u, abs(reciprocal(u[leading(u)]))))


def _indicator(nf: Arithmetic, kind: type[Step | AtZero], p: Polynomial) -> Polynomial:
    if not p:
        return constant(int(kind is AtZero))
    sign, u = upright(nf, p)
    if u == 0 or is_positive(u):
        return constant(int(kind is AtZero if u == 0 else kind is Step and sign > 0))
    above = nf.settled({Step(u): 1})
    at = _vanishing(nf, u)
    if kind is AtZero:
        return at
    return above if sign > 0 else nf.add([constant(1), scaled(above, -1), scaled(at, -1)])


def _vanishing(nf: Arithmetic, u: sp.Expr) -> Polynomial:
    """[u = 0], for the difference of two indices of one range their delta."""
    for k in u.free_symbols:
        if isinstance(k, Index) and isinstance(k - u, Index) and set((k - u).sizes) & set(k.sizes):
            return nf.settled({Delta(k, k - u): 1})
    return {} if nf.avoids(u) else nf.settled({AtZero(u): 1})


def _magnitude(nf: Arithmetic, p: Polynomial) -> Polynomial:
    """|u| = u (2 [u > 0] - 1), for u and -u alike."""
    if not p:
        return p
    sign, _ = upright(nf, p)
    p = scaled(p, sign)
    return nf.mul([p, nf.add([scaled(_indicator(nf, Step, p), 2), constant(-1)])])


# ---------------------------------------------------------------- functions of one argument
def _function(nf: Arithmetic, f: sp.FunctionClass, arg: Polynomial) -> Polynomial:
    if f is sp.exp:
        return nf.mul([constant(1), *[whole_power(nf, sp.exp, mono, c) for mono, c in arg.items()]])
    if f is sp.log:
        return _log(nf, arg)
    if f in (sp.sin, sp.cos) and (parted := _by_addition(nf, f, arg)) is not None:
        return parted
    e = f(expression(arg))
    if nf.exponential and isinstance(e, EXPONENTIAL):
        return nf.poly(e.rewrite(sp.exp))
    if isinstance(e, sigma):
        return _sigmoid(nf, arg, e)
    if isinstance(e, Activation) and e.closed is not None:
        return nf.poly(e.doit())
    if not isinstance(e, f):
        return nf.poly(e)
    return nf.settled({e: 1})


MOST = 6  # angles that are added, a multiple counted as often as it says


def _by_addition(nf: Arithmetic, f: sp.FunctionClass, arg: Polynomial) -> Polynomial | None:
    """sin and cos of a sum of angles, or of a multiple of one, by those of each; None of a single one."""
    angles = [(expression({mono: 1}) / Fraction(c).denominator, Fraction(c).numerator) for mono, c in arg.items()]
    if not 1 < sum(abs(n) for _, n in angles) <= MOST:
        return None
    names = {sp.Dummy(real=True): angle for angle, _ in angles}
    added = sp.expand_trig(f(sp.Add(*[n * t for t, (_, n) in zip(names, angles, strict=True)])))
    values = {g(t): g(angle) for t, angle in names.items() for g in (sp.sin, sp.cos)}
    single = {x: nf.settled({v: 1}) if isinstance(v, (sp.sin, sp.cos)) else nf.poly(v) for x, v in values.items()}
    atoms = {x: sp.Dummy() for x in single}
    known = {atoms[x]: p for x, p in single.items()}
    terms = sp.Poly(added.xreplace(atoms), *known).terms()
    return nf.add(
        nf.mul(
            [
                constant(Fraction(int(c.p), int(c.q))),
                *[nf.power(p, n) for p, n in zip(known.values(), powers, strict=True)],
            ]
        )
        for powers, c in terms
    )


def _sigmoid(nf: Arithmetic, arg: Polynomial, e: sp.Function) -> Polynomial:
    """sigma(-z) = 1 - sigma(z); with exp, e^z / (1 + e^z)."""
    if nf.exponential:
        E = nf.poly(sp.exp(e.args[0]))
        return nf.mul([E, nf.inverse(nf.add([constant(1), E]))])
    if not arg:
        return constant(Fraction(1, 2))
    sign, _ = upright(nf, arg)
    if sign < 0:
        return nf.add([constant(1), scaled(nf.settled({sigma(expression(scaled(arg, -1))): 1}), -1)])
    return nf.settled({e: 1})


def _log(nf: Arithmetic, arg: Polynomial) -> Polynomial:
    """log(p v) = log p + log v for p > 0; log x^2 = 2 log |x|; log exp(z) = z."""
    if not arg:
        raise ZeroDivisionError("the logarithm of zero")
    numerator, denominator = nf.fraction(arg)
    out, rest = [], [constant(1)]
    for p, sense in ((numerator, 1), (denominator, -1)):
        c, mono, others = primitive(p)
        out.append(scaled(_log_number(abs(c)), sense))
        rest.append(constant(1 if c > 0 else -1))
        for q, n in [*((atom(x), n) for x, n in mono), *nf.factors(others)]:
            if is_positive(expression(q)):
                out.append(scaled(_log_positive(nf, q), sense * n))
            elif n % 2 == 0 and is_real(expression(q)):
                out.append(scaled(nf.poly(sp.log(Magnitude(expression(q)))), sense * n))
            else:
                rest.append(nf.power(q, sense * n))
    kept = expression(nf.mul(rest))
    return nf.add(out) if kept == 1 else nf.add([*out, nf.settled({sp.log(kept): 1})])


def _log_number(c: Fraction) -> Polynomial:
    """The logarithm of a positive rational by those of its primes."""
    total: Polynomial = {}
    for n, sense in ((c.numerator, 1), (c.denominator, -1)):
        for prime, count in sp.factorint(n).items():
            accumulate(total, atom(sp.log(prime)), sense * count)
    return total


def _log_positive(nf: Arithmetic, q: Polynomial) -> Polynomial:
    x = expression(q)
    if isinstance(x, sp.exp):
        return nf.poly(x.args[0])
    if x.is_Pow and is_positive(x.base):
        return nf.mul([nf.poly(x.exp), nf.poly(sp.log(x.base))])
    return nf.settled({sp.log(x): 1})
