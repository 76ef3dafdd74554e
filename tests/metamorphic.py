"""Variants of claims that mean the same, or are as false: the verdict must not change with the way they are written.

`python tests/metamorphic.py` puts the variants of the corpus and of the book to the prover, a share in each process,
and a third of them to the second one: all those of false claims, and every second one of true claims (`--every 1`: all).
The tests take a sample.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

import sympy as sp
from chapters import PAGES, statements
from checker_corpus import written
from corpus import FALSE, TRUE

from claims import Proof, activation, apply, nonnegative, scalar
from claims.budget import OutOfTime, budget
from claims.entry.terms import NotCovered
from claims.errors import Ambiguous, SizesDoNotFit
from claims.language import NAMES, Maximum, Nonnegative, is_matrix, parts, unfold
from claims.language.statement import prepared
from claims.numbers.search import screen
from claims.numbers.trial import trial
from claims.proof.prover import decide
from coursebook.html.node import node_program

SECOND = Path(__file__).parent / "checker/corpus.mjs"
SECONDS = 10  # of CPU for the verdict on one variant; more is undecided
BINDERS = (sp.Sum, sp.Product, Maximum, sp.Integral)
hidden = scalar("hidden")
outer = activation("outer")


class Claim(NamedTuple):
    """An equation, or `nonnegative(left)` with no right side, under hypotheses."""

    name: str
    left: sp.Basic
    right: sp.Basic | None
    given: tuple
    true: bool


# ---------------------------------------------------------------- where they come from
def claims_of_the_corpus() -> list[Claim]:
    rows = [(name, row, True) for name, row in TRUE.items()] + [(name, row, False) for name, row in FALSE.items()]
    return [Claim(name, left, right, tuple(given), true) for name, (left, right, given), true in rows]


def claims_of_the_book() -> list[Claim]:
    proofs = [(id, s) for page in PAGES for id, s in statements(page).items() if isinstance(s, Proof)]
    return [Claim(id, proof.lhs, proof.rhs, tuple(proof.given), True) for id, proof in proofs]


# ---------------------------------------------------------------- variants
def sides(claim: Claim, change) -> Claim:
    """The same change made to both sides."""
    if claim.right is None:
        return claim._replace(left=nonnegative(change(claim.left.expr)))
    return claim._replace(left=change(claim.left), right=change(claim.right))


def everywhere(claim: Claim, change) -> Claim:
    """The same change made to both sides and to the hypotheses."""
    given = tuple(
        sp.Eq(change(e.lhs), change(e.rhs), evaluate=False) if isinstance(e, sp.Eq) else e for e in claim.given
    )
    return sides(claim, change)._replace(given=given)


def letters(e) -> set:
    """The symbols that stand in the place of indices, bound or free."""
    bound = {limit[0] for s in e.atoms(*BINDERS) for limit in s.limits if limit[0].is_integer}
    places = {k for x in e.atoms(sp.matrices.expressions.matexpr.MatrixElement) for k in x.indices if k.is_Symbol}
    return bound | places


def indices_renamed(claim: Claim, rng) -> Claim:
    """Every index by another letter, letters of others among them."""
    found = sorted({k for e in (claim.left, claim.right, *claim.given) if e is not None for k in letters(e)}, key=str)
    names = [k.name for k in found] + list("ijk")
    rng.shuffle(names)
    free = dict.fromkeys([*names, *(f"i{t}" for t in range(9))])
    new = {k: sp.Symbol(name, **k._assumptions_orig) for k, name in zip(found, free, strict=False)}
    return everywhere(claim, lambda e: e.xreplace(new))


def bound_clash(claim: Claim, rng) -> Claim:
    """Each bound index by one and the same letter, where sums do not stand in one another; else by its own."""
    used = {
        s.name for e in (claim.left, claim.right, *claim.given) if e is not None for s in e.free_symbols if s.is_Symbol
    }
    letter = next(c for c in "kijlpq" if c not in used)

    def fits(s):
        """The letter is not that of a sum around this one, which speaks of it."""
        return letter not in {x.name for x in s.function.free_symbols - {s.limits[0][0]}}

    def change(e):
        return e.replace(
            lambda s: isinstance(s, sp.Sum) and len(s.limits) == 1 and not s.function.has(*BINDERS) and fits(s),
            lambda s: s.func(
                s.function.xreplace({s.limits[0][0]: sp.Symbol(letter, integer=True)}),
                (sp.Symbol(letter, integer=True), *s.limits[0][1:]),
            ),
        )

    return everywhere(claim, change)


def swapped(claim: Claim, rng) -> Claim | None:
    return None if claim.right is None else claim._replace(left=claim.right, right=claim.left)


def added(claim: Claim, rng) -> Claim | None:
    """The right side, times three, added to both sides."""
    return None if claim.right is None else sides(claim, lambda e: e + 3 * claim.right)


def taken_away(claim: Claim, rng) -> Claim | None:
    """The difference of the sides, against zero."""
    if claim.right is None:
        return None
    return claim._replace(left=claim.left - claim.right, right=sp.S.Zero)


def sizes_in(claim: Claim) -> list:
    shapes = [
        d
        for e in (claim.left, claim.right)
        if e is not None
        for a in sp.preorder_traversal(e)
        if is_matrix(a)
        for d in a.shape
    ]
    return sorted({d for d in shapes if d.is_Symbol}, key=str)


def times_vanishing(claim: Claim, rng) -> Claim | None:
    """Both sides times a polynomial that is zero for all small sizes."""
    if claim.right is None or not (found := sizes_in(claim)):
        return None
    size = rng.choice(found)
    return sides(claim, lambda e: sp.Mul(*[size - t for t in range(1, 9)]) * e)


def behind_a_condition(claim: Claim, rng) -> Claim:
    """Both sides where a number of its own is large, else zero."""
    far = sp.Piecewise((1, hidden > 1000), (0, True))
    return sides(claim, lambda e: far * e if is_matrix(e) else sp.Piecewise((e, hidden > 1000), (0, True)))


def hypotheses_permuted(claim: Claim, rng) -> Claim | None:
    return claim._replace(given=claim.given[::-1]) if len(claim.given) > 1 else None


def in_a_function(claim: Claim, rng) -> Claim | None:
    """A function of each entry that may be any, of both sides."""
    return None if claim.right is None or claim.right == 0 else sides(claim, lambda e: apply(outer, e))


def names_unfolded(claim: Claim, rng) -> Claim | None:
    """Named quantities by their definitions, where nothing is differentiated by one."""
    found = [n for e in (claim.left, claim.right) if e is not None for n in parts(e, NAMES)]
    return (
        sides(claim, lambda e: Nonnegative(unfold(e.expr)) if isinstance(e, Nonnegative) else unfold(e))
        if found
        else None
    )


VARIATIONS = (
    indices_renamed,
    bound_clash,
    swapped,
    added,
    taken_away,
    times_vanishing,
    behind_a_condition,
    hypotheses_permuted,
    in_a_function,
    names_unfolded,
)


def variants(claim: Claim) -> list[Claim]:
    """The claim in each variation that changes it, and in some two at once."""
    once = [v for vary in VARIATIONS if (v := varied(claim, vary)) is not None]
    rng = random.Random(claim.name)
    twice = [varied(v, rng.choice(VARIATIONS)) for v in once]
    return list(dict.fromkeys(v for v in (*once, *twice) if v is not None))


def varied(claim: Claim, vary) -> Claim | None:
    """The claim in one variation; None where that changes nothing, or SymPy refuses to build it."""
    try:
        variant = vary(claim, random.Random(f"{claim.name} {vary.__name__}"))
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None
    if variant is None or variant[1:] == claim[1:]:
        return None
    return variant._replace(name=f"{claim.name}: {vary.__name__}")


def chained(claims: list[Claim]) -> list[Claim]:
    """From A = B and A = C: B = C, which is true if both are, and false if one of them is."""
    by_left, found = defaultdict(list), []
    for claim in claims:
        if claim.right is not None:
            by_left[claim.left, claim.given].append(claim)
    for group in by_left.values():
        for first, *others in [group[t:] for t in range(len(group))]:
            found += [
                Claim(
                    f"{first.name} and {other.name}", first.right, other.right, first.given, first.true and other.true
                )
                for other in others
                if first.true and getattr(first.right, "shape", None) == getattr(other.right, "shape", None)
            ]
    return found


def everything() -> list[Claim]:
    claims = claims_of_the_corpus() + claims_of_the_book()
    return [v for claim in claims for v in variants(claim)] + chained(claims)


# ---------------------------------------------------------------- verdicts
def verdict(claim: Claim) -> str:
    """What the prover says: proved by algebra alone, refuted by numbers alone (asked of true claims), or open."""
    try:
        statement = prepared(claim.left, claim.right, claim.given)
        ((left, right, _),) = statement.chain
        with budget(SECONDS):
            if claim.true and screen(trial(left, right, statement.given)).found:
                return "refuted"
            return "proved" if decide(left, right, statement.given)[0] else "open"
    except (SizesDoNotFit, Ambiguous):
        return "refused"
    except (NotCovered, ZeroDivisionError, OutOfTime, RecursionError):
        return "open"


def fault(claim: Claim) -> str | None:
    """What is wrong with the verdict on a variant, if anything."""
    found = verdict(claim)
    if claim.true and found == "refuted":
        return f"{claim.name}: true, and refuted"
    if not claim.true and found == "proved":
        return f"{claim.name}: false, and proved"
    return None


def faults_of_the_second(claims) -> list[str]:
    """What is wrong with the verdicts of the second prover, in JavaScript, on all that can be written as data."""
    stated = [(claim, written(claim.left, claim.right, claim.given)) for claim in claims]
    rows = [{"id": claim.name, "true": claim.true, "statement": statement} for claim, statement in stated if statement]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "claims.json")
        file.write_text(json.dumps(rows), "utf8")
        done = subprocess.run([node_program(), SECOND, file], stdout=subprocess.PIPE, text=True, check=False)
    *wrong, _ = done.stdout.splitlines()
    return wrong


# ---------------------------------------------------------------- all of them
EVERYTHING: list[Claim] = []


def judged(number: int) -> tuple[bool, str | None]:
    """The verdict on one variant, in a fork of the process that made them: functions that may be any cannot be sent."""
    return EVERYTHING[number].true, fault(EVERYTHING[number])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--every", type=int, default=2, help="of the variants of true claims")
    asked, claims = parser.parse_args(), everything()
    EVERYTHING.extend(c for c in claims if not c.true)
    EVERYTHING.extend([c for c in claims if c.true][:: asked.every])
    with ProcessPoolExecutor(asked.processes, multiprocessing.get_context("fork")) as pool:
        found = list(pool.map(judged, range(len(EVERYTHING)), chunksize=25))
    counts, faults = Counter(true for true, _ in found), [message for _, message in found if message]
    faults += faults_of_the_second(EVERYTHING[::3])
    print(f"{counts.total()} variants, {counts[True]} of true claims and {counts[False]} of false ones")
    print("\n".join(faults) or "no verdict changed")
    return min(len(faults), 1)


if __name__ == "__main__":
    sys.exit(main())
