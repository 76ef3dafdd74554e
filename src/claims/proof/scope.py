"""For which sizes, matrices, numbers and functions a statement is meant, and under what: data, of which others make words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

from claims.algebra.domain import plainly
from claims.entry.reading import LETTERS
from claims.language import BOUND, NAMES, Activation, Analytic, Random, Smooth, parts, unfold
from claims.language.expectation import BERNOULLI
from claims.language.letters import counting
from claims.language.scopes import free_symbols
from claims.numbers.unknowns import unknowns
from claims.printing.notation import Latex
from claims.printing.sums import is_number, places
from claims.reasons.held import Each

from .printed import latex
from .told import Sides

Expressions = Sequence[sp.Basic]
Letters = set[sp.Basic] | frozenset[sp.Basic]
Entry = dict[str, Any]  # of a list of a record

SIGNS = {"positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!="}


def domain(sides: Expressions, given: Expressions = ()) -> list[Entry]:
    """What the letters of a statement stand for, one entry each; all its sizes in one.

    The sign of what is counted from 1 is a hypothesis: what it is compared with is counted, too.
    """
    found = unknowns([*sides, *[side for fact in given for side in fact.args]])
    sizes = [{"kind": "sizes", "latex": list(map(latex, found.sizes))}] if found.sizes else []
    names = {name: None for e in [*sides, *given] for name in parts(e, NAMES)}
    randoms = {x: None for e in [*sides, *given] for x in parts(e, Random)}
    indices = _indices(sp.Tuple(*sides))
    return [
        *sizes,
        *map(matrix, found.matrices),
        *map(random, randoms),
        *[number(s, "" if s in indices else _sign(s)) for s in found.scalars],
        *map(function, found.activations),
        *[{"kind": "name", "latex": latex(name), "definition": latex(name.expr)} for name in names],
    ]


def matrix(M: sp.MatrixSymbol) -> Entry:
    return {"kind": "matrix", "latex": latex(M), "rows": _size(M.rows), "cols": _size(M.cols)}


def random(x: Random) -> Entry:
    """Random numbers and their law; those of a law that its mean alone decides have no variance."""
    spread = {} if x.law == BERNOULLI else {"variance": latex(x.variance)}
    return {**matrix(x), "kind": "random", "law": x.law, "mean": latex(x.mean), **spread}


def _size(d: sp.Expr) -> str:
    """A size beside another, so that a sum is in brackets."""
    return f"({latex(d)})" if sp.sympify(d).is_Add else latex(d)


def number(s: sp.Symbol, sign: str) -> Entry:
    """A real or a whole number, and its sign compared with 0, where there is one."""
    return {
        "kind": "scalar",
        "latex": latex(s),
        "set": "Z" if s.is_integer else "R",
        **({"sign": sign} if sign else {}),
    }


def _sign(s: sp.Symbol) -> str:
    return SIGNS.get(_fact(s), "")


def _fact(s: sp.Symbol) -> str:
    """The sign that is known of s, as a word of SymPy; nothing if there is none."""
    return next((fact for fact in SIGNS if getattr(s, f"is_{fact}")), "")


def assumed_in_silence(sides: Expressions, given: Expressions = ()) -> list[sp.Symbol]:
    """The letters of a statement of which more is assumed than the set and the sign that are told: that one is even."""
    found = letters([*sides, *[side for fact in given for side in fact.args]])
    return sorted((s for s in found if s.is_Symbol and not _is_all_told(s)), key=str)


def _is_all_told(s: sp.Symbol) -> bool:
    facts = filter(None, ["integer" if s.is_integer else "real", _fact(s)])
    told = sp.Symbol(s.name, **dict.fromkeys(facts, True))
    return bool(told.assumptions0.items() >= s.assumptions0.items())


def function(g: type[Activation]) -> Entry:
    """Any function, or any with a slope: `slope` is its value at z."""
    shown: Entry = {"kind": "function", "latex": Latex().function(g.__name__)}
    if g.slope is None:
        return shown
    return {**shown, "slope": latex(g.slope.xreplace({BOUND: sp.Symbol("z", real=True)}))}


def hypotheses(given: Expressions, sides: Expressions) -> list[Entry]:
    """What is taken as true, the signs of indices too."""
    return [{"kind": "given", "latex": latex(fact)} for fact in counted([*_signs(sides), *given], sides, given)]


def _signs(sides: Expressions) -> list[sp.Rel]:
    """What is known of indices besides that the entries exist that they stand for."""
    entries = unknowns(sides).indices
    known = {s: _sign(s) for s in dict.fromkeys([*entries, *sorted(_indices(sp.Tuple(*sides)), key=str)])}
    bare = {s for s, where in entries.items() if any(place == s for place, _ in where)}
    return [
        sp.Rel(sp.Symbol(s.name, integer=True), 0, sign)
        for s, sign in known.items()
        if sign and not (sign == ">=" and s in bare)
    ]


def conditions(found: Expressions, sides: Expressions, given: Expressions = ()) -> list[Entry]:
    """What must hold besides; an index that it leaves free, or that nothing else knows, may be any."""
    known = letters([*sides, *[side for fact in given for side in fact.args]])
    return [condition(c, known) for c in counted(found, sides, given)]


def counted(found: Expressions, sides: Expressions, given: Expressions = ()) -> list[sp.Basic]:
    """Conditions to be shown beside a statement: a number that is an index of it counts from 1, as its entries do.

    A statement with an index that is a number, too, is shown as it stands, and counts from 0.
    """
    own = _counted_from_one(sides, given)
    return [c.replace(lambda e: isinstance(e, Relational), lambda e: _from_one(e, own)) for c in found]


def counted_values(values: dict[sp.Basic, Any], sides: Expressions, given: Expressions = ()) -> dict[sp.Basic, Any]:
    """The values of letters to be shown beside a statement, those of its indices counted in the same way."""
    own = _counted_from_one(sides, given)
    return {s: v + 1 if s.is_Symbol and s.name in own else v for s, v in values.items()}


def _counted_from_one(sides: Expressions, given: Expressions) -> set[str]:
    """The names of the indices that count from 1 where a statement is shown."""
    statement = sp.Tuple(*sides)
    if any(is_number(s, statement) for s in _indices(statement)):
        return set()
    return {s.name for s in _indices(sp.Tuple(statement, *given))}


def _indices(e: sp.Basic) -> list[sp.Symbol]:
    """What is shown counted from 1 where it says which entry is meant."""
    return [s for s in free_symbols(e) if s.is_integer and not s.is_positive and places(s, e)]


def _from_one(relation: sp.Rel, own: set[str]) -> sp.Basic:
    """The relation with indices one less where they are numbers, and what then stands alone on one side."""
    shown = {
        s: s - 1 for s in relation.free_symbols if s.name in own and is_number(s, relation) and not places(s, relation)
    }
    if not shown:
        return relation
    left, right = (side.xreplace(shown) for side in relation.args)
    return plainly(relation.func(sp.expand(left - right), 0, evaluate=False))


def letters(sides: Expressions) -> set[sp.Basic]:
    """The sizes of some expressions, and what is free in them."""
    return set(unknowns(sides).sizes).union(*[e.free_symbols for side in sides for e in (side, unfold(side))])


def told_apart(found: Expressions, lines: Iterable[Sides], others: Letters = frozenset()) -> tuple[sp.Basic, ...]:
    """Conditions, no index of one called like another letter that the proofs of some lines know together, or others."""
    known = letters([side for line in lines for side in (line.lhs, line.rhs) if side is not None]) | others
    return tuple(dict.fromkeys(c if isinstance(c, (Smooth, Analytic)) else _told_apart(c, known) for c in found))


def _told_apart(c: sp.Basic, known: Letters) -> sp.Basic:
    own, names = c.atoms(sp.Symbol), {s.name for s in known}.union(*(counting(s.name) for s in known))
    like = sorted((s for s in own - known if isinstance(s, Each) or s.name in names and s == _index(s.name)), key=str)
    taken = names | {s.name for s in own.difference(like)}
    apart: dict[sp.Basic, sp.Basic] = {}
    for s in like:
        candidates = itertools.chain([s.name], LETTERS, (f"k{t}" for t in itertools.count()))
        name = next(name for name in candidates if name not in taken)
        taken.add(name)
        apart[s] = _index(name)
    return c.xreplace(apart)


def _index(name: str) -> sp.Symbol:
    return sp.Symbol(name, integer=True)


def condition(c: sp.Basic, known: Letters) -> Entry:
    if isinstance(c, (Smooth, Analytic)):
        order = {"order": c.order} if isinstance(c, Smooth) else {}
        return {"kind": type(c).__name__.lower(), "latex": Latex().function(c.function.__name__), **order}
    bound = sorted((s for s in c.free_symbols - known if s.is_integer and s.is_Symbol), key=str)
    indices = dict.fromkeys([*unknowns([c]).indices, *bound])
    return {"kind": "condition", "latex": latex(c), "indices": list(map(latex, indices))}
