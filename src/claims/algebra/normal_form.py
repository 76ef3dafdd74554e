"""The normal form: an expression as a polynomial in entries, functions and closed sums.

A sum of a polynomial is taken monomial by monomial: a delta collapses it, what does not depend on the index leaves it,
inner sums are pulled in, and what is left falls into connected parts, each a closed sum with canonical bound indices.
So two equal expressions have one form, whichever way their sums were nested.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import sympy as sp

from claims.budget import checkpoint
from claims.entry.terms import AtZero, Delta, Entry, Index, Names, Peak, Sigma, Step, in_range, indices, may_be_empty

from .arithmetic import Rewriting
from .canonical_sums import close, components
from .counting import counted_anew, number_of_cases
from .functions import apply_function
from .known import NO_NUMBERS, Known
from .maxima import maximum
from .polynomial import (
    UNIT,
    Monomial,
    Polynomial,
    Powers,
    accumulate,
    atom,
    constant,
    divided,
    expression,
    leading,
    merged,
    primitive,
    rational,
    reciprocal,
    scaled,
)


class NormalForm:
    """Normal forms under hypotheses.

    `kinks`: where these are, [u = 0] is 0.  `exponential`: tanh, cosh, sigma are written with exp.
    `known`: what has a value wherever the claim speaks; nothing else is brought in, so all may be multiplied by what
    stands below the line.  `shortest`: the length that a sum of some lengths is written with, its last terms apart.
    `rising`: a sum of powers goes from the least exponent to the largest.
    """

    def __init__(
        self,
        rules: Iterable[Rewriting] = (),
        kinks: Container[sp.Expr] = (),
        exponential: bool = False,
        known: Known | None = None,
        shortest: dict[sp.Expr, sp.Expr] | None = None,
        rising: bool = False,
    ) -> None:
        self.rules, self.kinks, self.exponential = tuple(rules), kinks, exponential
        self.known, self.shortest, self.rising = known or Known(), shortest or {}, rising
        self.computed: dict[sp.Expr, Polynomial] = {}

    def under(self, rules: Iterable[Rewriting]) -> NormalForm:
        """The same under other hypotheses."""
        return NormalForm(rules, self.kinks, self.exponential, shortest=self.shortest)

    def simplify(self, e: sp.Expr) -> sp.Expr:
        return expression(self.poly(e))

    def poly(self, e: sp.Expr) -> Polynomial:
        if e not in self.computed:
            checkpoint()
            self.computed[e] = self.compute(e)
        return self.computed[e]

    def compute(self, e: sp.Expr) -> Polynomial:
        if e.is_Rational:
            return constant(rational(e))
        if e in NO_NUMBERS:
            raise ZeroDivisionError(f"{e}")
        if isinstance(e, (Entry, sp.Symbol, Delta)):
            return self.settled({e: 1})
        if e.is_Add:
            return self.add(map(self.poly, e.args))
        if e.is_Mul:
            return self.mul([self.poly(a) for a in e.args])
        if isinstance(e, Sigma):
            return self.sigma(e)
        if isinstance(e, Peak):
            return maximum(self, e)
        if e.is_Pow and e.exp.is_Integer and e.exp > 0:
            return self.power(self.poly(e.base), int(e.exp))
        return apply_function(self, e)

    def add(self, polys: Iterable[Polynomial]) -> Polynomial:
        total: Polynomial = {}
        for p in polys:
            accumulate(total, p)
        return total

    def mul(self, polys: Iterable[Polynomial]) -> Polynomial:
        product, *others = polys
        for p in others:
            total: Polynomial = {}
            for a, c in product.items():
                for b, d in p.items():
                    accumulate(total, self.settled(merged(a, b)), c * d)
            checkpoint()
            product = total
        return product

    def power(self, p: Polynomial, n: int) -> Polynomial:
        if n < 0:
            return self.power(self.inverse(p), -n)
        return self.mul([p] * n) if n else constant(1)

    def two_values(self, y: Entry) -> tuple[sp.Expr, sp.Expr] | None:
        """The two numbers that a hypothesis leaves an entry, or None."""
        return next((values for rule in self.rules if (values := rule.two_values(y))), None)

    # ------------------------------------------------------------ quotients
    def inverse(self, p: Polynomial) -> Polynomial:
        """1/p: a factor with several terms becomes an atom with exponent -1."""
        if not p:
            raise ZeroDivisionError("division by what is zero for all values")
        numerator, denominator = self.fraction(p)
        c, mono, rest = primitive(numerator)
        inverse = self.settled({x: -e for x, e in mono})
        below = [self.settled({expression(f): -n}) for f, n in self.factors(rest)]
        return self.mul([denominator, scaled(inverse, reciprocal(c)), *below])

    def factors(self, p: Polynomial) -> list[tuple[Polynomial, int]]:
        """Factors of a polynomial in its atoms, so that denominators are products of what cannot be split; of 1 none."""
        if p == constant(1):
            return []
        if len(p) < 3 or len(p) > 40:
            return [(p, 1)]
        table: dict[sp.Expr, sp.Dummy] = {}
        plain = sp.Add(*[sp.Rational(c.numerator, c.denominator) * sp.Mul(*[table.setdefault(x, sp.Dummy()) ** e for x, e in mono])
                         for mono, c in p.items()])  # fmt: skip
        back = {s: x for x, s in table.items()}
        c, parts = sp.factor_list(plain)
        if c != 1 or sum(n for _, n in parts) == 1:
            return [(p, 1)]
        return [(self.poly(f.xreplace(back)), n) for f, n in parts]

    def fraction(self, p: Polynomial) -> tuple[Polynomial, Polynomial]:
        """(numerator, denominator) without atoms of negative exponent that are sums."""
        denominator = constant(1)
        while True:
            lowest: Powers = {}
            for mono in p:
                for x, e in mono:
                    if x.is_Add and e < 0:
                        lowest[x] = min(e, lowest.get(x, 0))
            if not lowest:
                return p, denominator
            x = max(lowest, key=lambda x: (sp.count_ops(x), str(x)))
            p = self.cleared(p, x, -lowest[x])
            denominator = self.mul([denominator, self.power(self.poly(x), -lowest[x])])

    def cleared(self, p: Polynomial, x: sp.Expr, n: int) -> Polynomial:
        """p times x**n, where x is a sum that occurs with exponents -n and above."""
        total: Polynomial = {}
        for mono, c in p.items():
            e = dict(mono).get(x, 0)
            rest = {frozenset(m for m in mono if m[0] != x): c}
            accumulate(total, self.mul([rest, self.power(self.poly(x), n + e)]) if n + e else rest)
        return total

    # ------------------------------------------------------------ monomials
    def settled(self, mono: Powers) -> Polynomial:
        """The normal form of a product of powers of atoms."""
        for x, e in mono.items():
            replacement = self.rewritten(x, e, mono)
            if replacement is not None:
                return replacement
        for rule in self.rules:
            replacement = rule.apply(self, mono)
            if replacement is not None:
                return replacement
        return {frozenset(mono.items()): 1}

    def rewritten(self, x: sp.Expr, e: int, mono: Powers) -> Polynomial | None:
        """What a monomial becomes on account of one of its atoms, or None."""
        if isinstance(x, Delta):
            return self.delta(x, e, mono)
        if isinstance(x, (Step, AtZero)):
            return self.indicator(x, e, mono)
        if x.is_Pow and x.exp.is_Rational and not 0 <= e < x.exp.q:
            whole, part = divmod(e, int(x.exp.q))  # x is b**(p/q): SymPy writes (z**2)**(1/3) as |z|**(2/3)
            return self.mul([self.replaced(mono, x, part), self.power(self.poly(x.base), whole * int(x.exp.p))])
        if isinstance(x, sp.cos) and e >= 2:
            squared = self.poly(1 - sp.sin(x.args[0]) ** 2)
            return self.mul([self.replaced(mono, x, e - 2), squared])
        if x.is_Add:
            return self.split(x, e, mono)
        return None

    @staticmethod
    def replaced(mono: Powers, x: sp.Expr, e: int) -> Polynomial:
        """The monomial with another exponent of x, as it stands."""
        rest = {**mono, x: e} if e else {y: n for y, n in mono.items() if y != x}
        return {frozenset(rest.items()): 1}

    def delta(self, x: Delta, e: int, mono: Powers) -> Polynomial | None:
        """delta(i, j) f(j) = delta(i, j) f(i)."""
        if e != 1:
            return self.settled({**mono, x: 1}) if e > 0 else None
        i, j = sorted(x.args, key=lambda k: (not k.is_Integer, str(k), k.sort_key()))
        if not isinstance(j, Index) or (isinstance(i, Index) and not set(i.sizes) & set(j.sizes)):
            return None
        return self.moved(x, mono, {j: i}) if j not in indices(i) else None

    def moved(self, x: sp.Expr, mono: Powers, names: Names) -> Polynomial | None:
        """What stands beside a delta or [t + c = 0], put where that is 1, if it has a value where that is 0."""
        (old,) = names
        changed = {y: n for y, n in mono.items() if y != x and y.has(old) and self.has_value(y.xreplace(names), n)}
        if not changed:
            return None
        rest: Polynomial = {frozenset((y, n) for y, n in mono.items() if y not in changed): 1}
        return self.mul([rest, *[self.power(self.poly(y.xreplace(names)), n) for y, n in changed.items()]])

    def has_value(self, x: sp.Expr, n: int) -> bool:
        """Has x**n a value wherever the claim speaks?"""
        return (n > 0 and isinstance(x, (Entry, Delta))) or self.known.defined(x**n)

    def indicator(self, x: Step | AtZero, e: int, mono: Powers) -> Polynomial | None:
        """[u > 0] [u > 0] = [u > 0], and what follows for u and u + c; u [u = 0] = 0."""
        u = x.args[0]
        if isinstance(x, AtZero) and self.avoids(u):
            return {}
        if e != 1:
            return self.settled({**mono, x: 1})
        for y in mono:
            if y is not x and isinstance(y, (Step, AtZero)):
                both = self.both(x, y)
                if both is not None:
                    rest: Polynomial = {frozenset((z, n) for z, n in mono.items() if z not in (x, y)): 1}
                    return self.mul([rest, both])
        if isinstance(x, AtZero):
            return self.at_zero(x, u, mono)
        return None

    def avoids(self, u: sp.Expr) -> bool:
        """Is u = 0 a kink to be left out?"""
        return u in self.kinks

    @staticmethod
    def both(x: Step | AtZero, y: Step | AtZero) -> Polynomial | None:
        """The product of two indicators whose arguments differ, or add up, to what has a sign."""
        (u,), (v,) = x.args, y.args
        gap, sum_ = sp.expand(v - u), sp.expand(u + v)
        zeros = [z for z in (x, y) if isinstance(z, AtZero)]
        if gap == 0 and len(zeros) != 1:
            return atom(x)
        if gap == 0 or (zeros and sum_.is_negative) or (len(zeros) == 2 and (_signed(gap) or _signed(sum_))):
            return {}
        if zeros and (sum_.is_positive or _signed(gap)):
            return atom(zeros[0]) if sum_.is_positive or (gap.is_positive == (zeros[0] is x)) else {}
        if _signed(gap):
            return atom(x if gap.is_positive else y)
        if _signed(sum_):
            return {} if sum_.is_negative else {**atom(x), **atom(y), UNIT: -1}
        return None

    def at_zero(self, x: AtZero, u: sp.Expr, mono: Powers) -> Polynomial | None:
        """f(t) [t + c = 0] = f(-c) [t + c = 0]."""
        c, t = u.as_coeff_Add()
        if not isinstance(t, (sp.Symbol, Entry)):
            return None
        if isinstance(t, sp.Symbol) and not may_be(t, -c):
            return {}
        return self.moved(x, mono, {t: -c})

    def split(self, x: sp.Add, e: int, mono: Powers) -> Polynomial | None:
        """Partial fractions: with D = 1/x and x = c L + r, the product L D is (1 - r D) / c."""
        if e > 0:
            return self.mul([self.replaced(mono, x, 0), self.power(self.poly(x), e)])
        p = self.poly(x)
        lead = leading(p)
        if all(mono.get(y, 0) >= n > 0 for y, n in lead):
            return self.traded(x, e, mono, p, lead)
        if UNIT in p and any(n < 0 and self.divides_all_but_one(y, p) for y, n in mono.items() if y != x):
            return self.traded(x, e, mono, p, UNIT)
        return None

    @staticmethod
    def divides_all_but_one(y: sp.Expr, p: Polynomial) -> bool:
        return all(dict(m).get(y, 0) > 0 for m in p if m != UNIT)

    def traded(self, x: sp.Add, e: int, mono: Powers, p: Polynomial, lead: Monomial) -> Polynomial:
        c, rest = p[lead], {m: v for m, v in p.items() if m != lead}
        cofactor = divided(frozenset(mono.items()), lead)
        without = self.settled(merged(cofactor, frozenset([(x, 1)])))
        return self.add([scaled(without, reciprocal(c)), scaled(self.mul([{cofactor: 1}, rest]), -reciprocal(c))])

    # ------------------------------------------------------------ sums
    def sigma(self, e: Sigma) -> Polynomial:
        body, bound = e.open()
        p = self.poly(body)
        for k in reversed(bound):
            p = self.sum_over(p, k)
        return p

    def sum_over(self, p: Polynomial, k: Index) -> Polynomial:
        total: Polynomial = {}
        for mono, c in p.items():
            accumulate(total, self.sum_monomial(mono, [k]), c)
        return total

    def sum_monomial(self, mono: Monomial, bound: list[Index]) -> Polynomial:
        """The sum of a monomial over the bound indices."""
        checkpoint()
        collapsed = self.collapse(dict(mono), bound)
        if collapsed is not None:
            return collapsed
        if not self.may_part(mono, bound):
            return self.settled({close(dict(mono), bound): 1})
        free = [(x, n) for x, n in mono if not indices(x) & set(bound)]
        inside = {x: n for x, n in mono if indices(x) & set(bound)}
        opened = self.opened(inside, bound)
        if opened is not None:
            return self.mul([{frozenset(free): 1}, opened])
        out: list[Polynomial] = [{frozenset(free): 1}]
        for group, part in components(inside, bound):
            out.append(self.closed(part, group))
        return self.mul(out)

    def may_part(self, mono: Monomial, bound: list[Index]) -> bool:
        """Has what leaves a sum, or is summed over fewer indices, a value also where a range is empty?"""
        empty = {k for k in bound if may_be_empty(k)}
        return all(self.has_value(x, n) for x, n in mono if not empty <= indices(x))

    def collapse(self, mono: Powers, bound: list[Index]) -> Polynomial | None:
        """The sum over k of delta(k, t) f(k) is f(t)."""
        for x in mono:
            if isinstance(x, Delta):
                for k, t in (x.args, x.args[::-1]):
                    if k in bound and k not in indices(t) and in_range(t, k.size):
                        rest = sp.Mul(*[y**n for y, n in mono.items() if y != x]).xreplace({k: t})
                        return self.sum_all(self.poly(rest), [b for b in bound if b != k])
        return None

    def sum_all(self, p: Polynomial, bound: list[Index]) -> Polynomial:
        total: Polynomial = {}
        for mono, c in p.items():
            accumulate(total, self.sum_monomial(mono, bound) if bound else {mono: 1}, c)
        return total

    def opened(self, inside: Powers, bound: list[Index]) -> Polynomial | None:
        """Inner sums that depend on a bound index join the outer sum."""
        for x, n in inside.items():
            if isinstance(x, Sigma) and n > 0:
                body, more = x.open()
                product = self.mul([self.replaced(inside, x, n - 1), self.poly(body)])
                return self.sum_all(product, [*bound, *more])
        return None

    def closed(self, part: Powers, group: list[Index]) -> Polynomial:
        """A connected sum, as one atom, or as what a hypothesis makes of it."""
        if not part:
            return self.mul([self.poly(k.size) for k in group])
        if len(group) == 1 and len(part) == 1 and part.get(group[0], 0) > 0:
            return self.poly(_power_sum(part[group[0]], group[0].size))
        for k in group:
            others = [t for t in group if t != k]
            if (number := number_of_cases(part, k)) is not None:
                left: Polynomial = {frozenset((x, n) for x, n in part.items() if k not in indices(x)): 1}
                return self.sum_all(self.mul([left, self.poly(number)]), others)
            if terms := counted_anew(expression({frozenset(part.items()): 1}), k, self):
                return self.add(self.sum_all(self.poly(e), [*others, *bound]) for e, bound in terms)
        for rule in self.rules:
            replacement = rule.apply_under(self, part, group)
            if replacement is not None:
                return replacement
        return self.settled({close(part, group): 1})


def _power_sum(p: int, size: sp.Expr) -> sp.Expr:
    """0^p + 1^p + ... + (size - 1)^p, by the polynomials of Bernoulli."""
    x = sp.Dummy()
    return ((sp.bernoulli(p + 1, x) - sp.bernoulli(p + 1, 0)) / (p + 1)).subs(x, size)


def may_be(symbol: sp.Symbol, number: sp.Expr) -> bool:
    """Do the assumptions on a symbol leave it this number?"""
    kinds = ("integer", "positive", "negative", "nonnegative", "nonpositive", "zero")
    return all(getattr(symbol, f"is_{kind}") in (None, getattr(number, f"is_{kind}")) for kind in kinds)


def _signed(x: sp.Expr) -> bool:
    return bool(x.is_positive or x.is_negative)
