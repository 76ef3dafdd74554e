"""Points to try a claim at: sizes, values and functions of some kind, hypotheses fulfilled."""

from __future__ import annotations

import random
from collections.abc import Sequence

import sympy as sp

from claims.language import is_matrix

from .arithmetic import Number, Rows, Undefined, whole
from .draws import COUNTS, FAR, WHOLE, Kind, allows, draw, keeps
from .edges import Edge, put_on
from .environment import Environment, Meter
from .hypotheses import Unmet, fulfil, hold
from .scope import free
from .slopes import Place
from .solutions import solutions
from .standins import Function, polynomial
from .unknowns import Sizes, Unknowns
from .values import evaluate


def point(
    unknown: Unknowns,
    kind: Kind,
    rng: random.Random,
    meter: Meter,
    given: Sequence[sp.Eq] = (),
    edges: Sequence[Edge] = (),
    sizes: Sizes | None = None,
) -> Environment:
    """Values for everything unknown, at sizes that may be given.

    Raises:  Unmet if no values near a random choice fulfil the hypotheses; Undefined if a size is none
    """
    sizes = _sizes(unknown, kind, rng) if sizes is None else sizes
    env = Environment(sizes, _functions(unknown, kind, rng), meter)
    if any(whole(evaluate(d, env)) < 1 for d in unknown.shapes):
        raise Undefined("a matrix without entries")
    for M in unknown.matrices:
        rows, cols = (whole(evaluate(d, env)) for d in M.shape)
        env[M] = _matrix(rows, cols, kind, rng)
    for s in unknown.scalars:
        env[s] = draw(s, rng, _numbers(s, unknown, kind, rng))
    _choose_indices(env, unknown, rng)
    if given and not hold(given, env):
        env = _fulfilled(env, unknown, given, kind)
    return _on_edges(env, unknown, edges, kind.beside, given, rng) if kind.special == "edges" else env


def _sizes(unknown: Unknowns, kind: Kind, rng: random.Random) -> Sizes:
    """Sizes from one up; in turns different ones, all of them equal, or one of them large."""
    pool = (1, 2, 3) if kind.special == "large" else kind.sizes
    pool = rng.choice((pool, unknown.landmarks or pool)) + (() if unknown.matrices else (5, 8))
    chosen = {s: draw(s, rng, pool) for s in unknown.sizes}
    if kind.special == "large" and chosen:
        chosen |= {s: draw(s, rng, kind.sizes) for s in rng.sample(unknown.sizes, 1)}
    elif kind.special == "equal" and chosen:
        same = rng.choice(list(chosen.values()))
        chosen = {s: same if allows(s, same) else n for s, n in chosen.items()}
    elif len(set(chosen.values())) == 1 < len(chosen):
        s = rng.choice(unknown.sizes)
        chosen[s] = draw(s, rng, tuple(n for n in (1, 2, 3) if n != chosen[s]))
    return chosen


def _functions(unknown: Unknowns, kind: Kind, rng: random.Random) -> dict[sp.FunctionClass, Function]:
    """Different ones for those that may be any function, solutions for those known by their slope."""
    functions = {g: rng.choice(solutions(g)) for g in unknown.activations if g.slope is not None}
    any_function = [g for g in unknown.activations if g.slope is None]
    places = rng.sample(range(max(6, len(any_function))), len(any_function))
    return functions | {g: kind.function(k) for g, k in zip(any_function, places, strict=True)}


# ---------------------------------------------------------------- values
def _numbers(s: sp.Symbol, unknown: Unknowns, kind: Kind, rng: random.Random) -> tuple[Number, ...]:
    if s in unknown.limits:
        return COUNTS
    if s.is_integer:
        return WHOLE if max(kind.numbers) < 1000 else WHOLE + FAR
    return _signed(kind, rng)


def _signed(kind: Kind, rng: random.Random) -> tuple[Number, ...]:
    """The numbers of a kind, or those of one sign where each symbol has its own."""
    if kind.special != "signs":
        return kind.numbers
    sign = rng.choice((1, -1))
    return tuple(sign * abs(q) for q in kind.numbers)


def _matrix(rows: int, cols: int, kind: Kind, rng: random.Random) -> Rows:
    numbers = _signed(kind, rng)
    if kind.special == "large":
        return rng.choice((_sparse, _one_hot, _constant))(rows, cols, numbers, rng)
    return [[rng.choice(numbers) for _ in range(cols)] for _ in range(rows)]


def _sparse(rows: int, cols: int, numbers: Sequence[Number], rng: random.Random) -> Rows:
    return [[rng.choice(numbers) if rng.random() < 0.3 else 0 for _ in range(cols)] for _ in range(rows)]


def _one_hot(rows: int, cols: int, numbers: Sequence[Number], rng: random.Random) -> Rows:
    """A one in each row, or one in a column."""
    if cols == 1:
        return [list(column) for column in zip(*_one_hot(1, rows, numbers, rng), strict=True)] if rows > 1 else [[1]]
    hot = [rng.randrange(cols) for _ in range(rows)]
    return [[int(k == c) for k in range(cols)] for c in hot]


def _constant(rows: int, cols: int, numbers: Sequence[Number], rng: random.Random) -> Rows:
    x = rng.choice(numbers)
    return [[x] * cols for _ in range(rows)]


def _choose_indices(env: Environment, unknown: Unknowns, rng: random.Random) -> None:
    """Places that lie in every matrix where an index stands; now and then any, as a piece not taken has no place."""
    places = [place for several in unknown.indices.values() for place in several]
    widest = max((whole(evaluate(size, env)) for _, size in places), default=1)
    pools = (-1, *range(widest), widest), tuple({0, widest - 1})
    for _ in range(rng.choice((1, 30, 30, 30, 30))):
        for s in unknown.indices:
            env[s] = draw(s, rng, rng.choice(pools))
        if all(0 <= whole(evaluate(k, env)) < whole(evaluate(size, env)) for k, size in places):
            return


# ---------------------------------------------------------------- points moved
def _fulfilled(env: Environment, unknown: Unknowns, given: Sequence[sp.Eq], kind: Kind) -> Environment:
    """The point moved to where the hypotheses hold, and assumptions too."""
    if kind.special == "large":
        raise Unmet("the hypotheses do not hold at these values")
    return _kept(env, unknown, given, sparse=kind.function is polynomial)


def refined(env: Environment, unknown: Unknowns, given: Sequence[sp.Eq]) -> Environment:
    """The point moved by as little as the hypotheses need to hold with the digits in force.

    Raises:  Unmet if they do not hold near it
    """
    return env if hold(given, env) else _kept(env, unknown, given, sparse=False)


def _kept(env: Environment, unknown: Unknowns, given: Sequence[sp.Eq], sparse: bool) -> Environment:
    names = frozenset().union(*(free(side) for e in given for side in (e.lhs, e.rhs)))
    used = [s for s in unknown.movable if s in names and not s.is_integer]
    found = fulfil(env, given, used, sparse)
    if not all(is_matrix(s) or keeps(s, found[s]) for s in used):
        raise Unmet("the hypotheses hold where a number does not keep its assumptions")
    return found


def _on_edges(
    env: Environment,
    unknown: Unknowns,
    edges: Sequence[Edge],
    beside: Sequence[Number],
    given: Sequence[sp.Eq],
    rng: random.Random,
) -> Environment:
    """The point with one or two of the kinks of the claim met, or all but met, where that is easy."""
    for edge in rng.sample(edges, min(2, len(edges))):
        place = _random_place(edge, env, unknown, rng)
        if place is None:
            continue
        found = _put_on(edge, env, place, rng.choice(beside), rng)
        if found and (is_matrix(place[0]) or keeps(place[0], found[place[0]])) and (not given or hold(given, found)):
            env = found
    return env


def _put_on(edge: Edge, env: Environment, place: Place, target: Number, rng: random.Random) -> Environment | None:
    try:
        return put_on(edge, env, place, [rng.random() for _ in edge[1]], target)
    except Undefined:
        return None


def _random_place(edge: Edge, env: Environment, unknown: Unknowns, rng: random.Random) -> Place | None:
    """An entry that the argument of an edge depends on; None if it depends on none."""
    names = free(edge[0]).union(*(free(binder) for _, binder in edge[1] if binder is not None))
    used = [s for s in unknown.movable if s in names]
    if not used:
        return None
    s = rng.choice(used)
    return (s, rng.randrange(len(env[s])), rng.randrange(len(env[s][0]))) if is_matrix(s) else (s, 0, 0)
