"""Normal forms of functions: exp of a sum is a product, log of a product a sum, a kinked argument is taken by cases."""

from __future__ import annotations

import sympy as sp

from .polynomial import UNIT, atom, constant, expression, primitive, rational, scaled
from .signs import is_positive
from .terms import AtZero, Index, Magnitude, Real, Sigma, Step
from .vocabulary import Activation, sigma

EXPONENTIAL = (sp.tanh, sp.sinh, sp.cosh, sp.coth, sp.sech, sp.csch)


def apply_function(nf, e) -> dict:
    """The normal form of a function, or of a power that is not whole."""
    if isinstance(e, (Step, AtZero)):
        return _indicator(nf, e)
    if isinstance(e, Magnitude):
        return _magnitude(nf, e)
    if isinstance(e, sp.Pow):
        return _by_cases(nf, nf.poly(e.base), lambda base: _power(nf, base, e.exp))
    if isinstance(e, sp.Function) and len(e.args) == 1:
        return _by_cases(nf, nf.poly(e.args[0]), lambda arg: _function(nf, type(e), arg))
    if isinstance(e, (Real, sp.Function)) or not e.args:
        return nf.settled({e.func(*[nf.simplify(a) for a in e.args]) if e.args else e: 1})
    return nf.settled({e: 1})


# ---------------------------------------------------------------- cases
def _by_cases(nf, p, build):
    """F(a) for an argument with [u > 0] in it: F in each case, times the indicator of the case."""
    kink = next((x for mono in p for x, _ in mono if isinstance(x, (Step, AtZero))), None)
    if kink is None:
        return build(p)
    (u,) = kink.args
    above, at = Step(u), AtZero(u)

    def case(step, zero):
        arg = nf.poly(expression(p).xreplace({above: sp.Integer(step), at: sp.Integer(zero)}))
        return _by_cases(nf, arg, build)

    up, level, down = nf.poly(above), nf.poly(at), nf.poly(1 - above - at)
    parts = [nf.mul([up, case(1, 0)]), nf.mul([down, case(0, 0)])]
    return nf.add(parts if nf.generic else [*parts, nf.mul([level, case(0, 1)])])


def _upright(p):
    """(sign, u): p is a positive multiple of sign * u, with u written the same way for p and -p."""
    c, mono, rest = primitive(p)
    positive = {x: e for x, e in mono if e % 2 == 0 or is_positive(x)}
    kept = frozenset((x, e % 2) for x, e in mono if x not in positive)
    shift = {frozenset([*kept, *m]): v for m, v in rest.items()} if not kept else None
    u = expression(rest) * sp.Mul(*[x for x, _ in kept]) if shift is None else expression(shift)
    return (1 if c > 0 else -1), u


def _indicator(nf, e):
    p = nf.poly(e.args[0])
    if not p:
        return constant(int(isinstance(e, AtZero)))
    sign, u = _upright(p)
    u = sp.expand(u)
    if is_positive(u):
        return constant(int(isinstance(e, Step) and sign > 0))
    if isinstance(u, sp.Add):
        lead = u.as_coeff_Add()[1].as_coeff_Mul()[0] if not u.as_coeff_Add()[1].is_Add else sp.S.One
        u = sp.expand(u / abs(lead))
    above = nf.settled({Step(u): 1})
    if isinstance(e, AtZero):
        return {} if nf.generic else nf.settled({AtZero(u): 1})
    if sign > 0:
        return above
    at = {} if nf.generic else nf.settled({AtZero(u): 1})
    return nf.add([constant(1), scaled(above, -1), scaled(at, -1)])


def _magnitude(nf, e):
    """|u| = u (2 [u > 0] - 1), for u and -u alike."""
    p = nf.poly(e.args[0])
    if not p:
        return p
    sign, _ = _upright(p)
    p = scaled(p, sign)
    return nf.mul([p, nf.poly(2 * Step(expression(p)) - 1)])


# ---------------------------------------------------------------- powers
def _power(nf, base, exponent):
    if exponent.is_Rational:
        return _root(nf, base, exponent)
    if len(base) == 1 and UNIT in base and base[UNIT] == 1:
        return base
    power = nf.poly(exponent)
    out = [constant(1)]
    b = expression(base)
    for mono, c in power.items():
        out.append(_exponential_factor(nf, lambda x: b**x, mono, c))
    return nf.mul(out)


def _exponential_factor(nf, f, mono, c):
    """f(c t) = f(t)**c for whole c: one atom for all of f(t), f(-t), f(2 t)."""
    t = expression({mono: 1})
    c = rational(sp.nsimplify(c)) if not isinstance(c, (int,)) else rational(sp.Integer(c))
    whole, parts = c.numerator, c.denominator
    value = f(t / parts)
    if value.is_Pow and value.exp.is_Integer or value.is_Rational or value.is_Mul or value.is_Add:
        return nf.power(nf.poly(value), whole)
    return nf.settled({value: whole})


def _root(nf, base, exponent):
    """Positive factors leave a root; what stays is an atom b**(1/q)."""
    if not base:
        return {}
    numerator, denominator = nf.fraction(base)
    c, mono, rest = primitive(nf.mul([numerator, denominator]))
    out = [nf.power(nf.inverse(denominator), 1) if exponent.q == 1 else _outside(nf, denominator, exponent)]
    inside = [rest]
    for x, n in mono:
        if is_positive(x):
            out.append(_positive_power(nf, x, n * exponent))
        elif n % 2 == 0 and exponent.q == 2:
            out.append(nf.power(nf.poly(Magnitude(x)), int(n * exponent)))
        else:
            inside.append({frozenset([(x, n)]): 1})
    sign = 1 if c > 0 else -1
    number = sp.Rational(abs(c).numerator, abs(c).denominator) ** exponent
    out.append(_number(nf, number))
    kept = scaled(nf.mul(inside), sign)
    if kept != constant(1):
        out.append(nf.settled({sp.Pow(expression(kept), sp.Rational(1, exponent.q)): int(exponent.p)}))
    return nf.mul(out)


def _outside(nf, denominator, exponent):
    """(n / d)**e = (n d)**e d**(-2 e) for the square root; the caller takes the root of n d."""
    return nf.power(nf.inverse(denominator), int(2 * exponent)) if denominator != constant(1) else constant(1)


def _positive_power(nf, x, exponent):
    whole = sp.floor(exponent)
    part = exponent - whole
    p = nf.power(nf.poly(x), int(whole))
    return nf.mul([p, nf.settled({sp.Pow(x, sp.Rational(1, part.q)): int(part.p)})]) if part else p


def _number(nf, value):
    out = [constant(1)]
    for f in sp.Mul.make_args(value):
        out.append(
            constant(rational(f)) if f.is_Rational else atom(sp.Pow(f.base, sp.Rational(1, f.exp.q)), int(f.exp.p))
        )
    return nf.mul(out)


# ---------------------------------------------------------------- functions of one argument
def _function(nf, f, arg):
    if f is sp.exp:
        return nf.mul([constant(1), *[_exponential_factor(nf, sp.exp, mono, c) for mono, c in arg.items()]])
    if f is sp.log:
        return _log(nf, arg)
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


def _sigmoid(nf, arg, e):
    """sigma(-z) = 1 - sigma(z); with exp, e^z / (1 + e^z)."""
    if nf.exponential:
        E = nf.poly(sp.exp(e.args[0]))
        return nf.mul([E, nf.inverse(nf.add([constant(1), E]))])
    if not arg:
        return constant(rational(sp.Rational(1, 2)))
    sign, _ = _upright(arg)
    if sign < 0:
        return nf.add([constant(1), scaled(nf.settled({sigma(expression(scaled(arg, -1))): 1}), -1)])
    return nf.settled({e: 1})


def _log(nf, arg):
    """log(p v) = log p + log v for p > 0; log exp(z) = z."""
    numerator, denominator = nf.fraction(arg)
    out, rest = [], [constant(1)]
    for p, sense in ((numerator, 1), (denominator, -1)):
        c, mono, others = primitive(p)
        factors = [({frozenset([(x, 1)]): 1}, n) for x, n in mono] + (
            [] if others == constant(1) else nf.factors(others)
        )
        number = constant(abs(c))
        out.append(scaled(_log_number(nf, abs(c)), sense))
        rest.append(constant(1 if c > 0 else -1))
        for q, n in factors:
            if is_positive(expression(q)):
                out.append(scaled(_log_atom(nf, q), sense * n))
            else:
                rest.append(nf.power(q, sense * n))
    kept = nf.mul(rest)
    if kept != constant(1):
        out.append(nf.settled({sp.log(expression(kept)): 1}) if kept != constant(-1) else nf.poly(sp.I * sp.pi))
    return nf.add(out)


def _log_number(nf, c):
    value = sp.expand_log(sp.log(sp.Integer(c.numerator)), force=True) - sp.expand_log(
        sp.log(sp.Integer(c.denominator)), force=True
    )
    return nf.add(
        [scaled(atom(t.as_coeff_Mul()[1]), rational(t.as_coeff_Mul()[0])) for t in sp.Add.make_args(value) if t != 0]
    )


def _log_atom(nf, q):
    x = expression(q)
    if isinstance(x, sp.exp):
        return nf.poly(x.args[0])
    if x.is_Pow and x.exp.is_Rational:
        return scaled(nf.poly(sp.log(x.base)), rational(x.exp))
    if x.is_Pow and is_positive(x.base):
        return nf.poly(x.exp * sp.log(x.base))
    return nf.settled({sp.log(x): 1})
