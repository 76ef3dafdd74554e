"""Claims put to numbers: searched for a point where the sides differ, and audited at others.

How many points are tried depends on what they cost, counted in nodes evaluated: the same on every machine.
"""

from __future__ import annotations

import itertools
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import mpmath
import sympy as sp

from .arithmetic import Number, Undefined
from .counterexample import Counterexample
from .draws import AUDITED, Kind, allows
from .environment import Environment, Meter, TooDear
from .hypotheses import Unmet
from .nodes import forget
from .trial import DIGITS, Apart, Trial
from .unknowns import Sizes

DEAR = 4  # times the nodes of a first look, for one point, or for the look as long as few points have a value
ENOUGH = 3  # points to compare, at the least
HOPELESS = 12  # points near which hypotheses hold nowhere
LOCK = threading.RLock()  # the digits in force are the same in all threads


@contextmanager
def digits(count: int = DIGITS) -> Iterator[None]:
    """Numbers with that many digits, in one thread at a time."""
    with LOCK, mpmath.workdps(count):
        forget()
        yield


@dataclass
class Look:
    """What a search saw: points where the sides agree, are not defined, hypotheses do not hold; one where they differ."""

    agreed: int = 0
    undefined: int = 0
    unmet: int = 0
    found: tuple[Environment, Apart] | None = None
    reasons: Counter[str] = field(default_factory=Counter)  # why there is no value

    @property
    def enough(self) -> bool:
        """Could enough points be compared?"""
        return self.agreed >= ENOUGH

    @property
    def contradictory(self) -> bool:
        """Did the hypotheses hold nowhere?"""
        return self.unmet > 0 and not self.agreed + self.undefined

    @property
    def why_not(self) -> str:
        if self.contradictory:
            return "no point was found where the hypotheses hold: do they contradict each other?"
        tried = self.agreed + self.undefined + self.unmet
        why = "".join(f" ({reason})" for reason, _ in self.reasons.most_common(1))
        return f"most points are undefined: {self.agreed} of {tried} could be compared{why}"


def screen(t: Trial, seed: int = 0, effort: int = 1) -> Look:
    """A search for a point where the sides differ: the cheap test that comes first."""
    rng, look, meter = random.Random(seed), Look(), Meter()
    with digits():
        for kind in itertools.islice(itertools.cycle(t.kinds), 4 * effort * t.points + 40):
            _try(t, kind, rng, meter, look)
            patience = t.patience * effort * (1 if look.enough else DEAR)
            if look.found or look.agreed >= effort * t.points or meter.spent > patience:
                break
            if look.unmet >= HOPELESS and look.contradictory or t.open.none and look.undefined:
                break
    return look


def _try(t: Trial, kind: Kind, rng: random.Random, meter: Meter, look: Look) -> None:
    """One point more in the look."""
    own = Meter(t.patience * DEAR)
    try:
        env = t.at(kind, rng, own)
        apart = t.compared(env, rng)
        look.found = apart and (env, apart)
        look.agreed += apart is None
    except Unmet:
        look.unmet += 1
    except (Undefined, TooDear) as error:
        look.undefined += 1
        look.reasons[str(error)] += 1
    finally:
        meter.spend(own.spent)


# ---------------------------------------------------------------- the smallest counterexample
def smallest(t: Trial, found: tuple[Environment, Apart]) -> Counterexample:
    """The counterexample with the smallest sizes and the simplest numbers that a short search finds."""
    meter, (plain, _, kinked, *_) = Meter(3 * t.patience), t.kinds
    with digits(), suppress(TooDear):
        for sizes, seed in ((sizes, seed) for sizes in _by_growth(t.open.sizes) for seed in range(6)):
            rng = random.Random(seed)
            with suppress(Undefined):
                env = t.at(plain if seed < 4 else kinked, rng, meter, sizes)
                if apart := t.compared(env, rng):
                    found = env, apart
                    break
    env, (place, expected, claimed) = found
    return Counterexample.at(t, env, place, expected, claimed)


def _by_growth(symbols: list[sp.Symbol]) -> Iterator[Sizes]:
    """Assignments of sizes from 1 to 3, the smallest sum first."""
    for more in range(2 * len(symbols) + 1):
        for raised in itertools.combinations_with_replacement(symbols, more):
            sizes: Sizes = {s: 1 + raised.count(s) for s in symbols}
            if all(n <= 3 and allows(s, n) for s, n in sizes.items()):
                yield sizes


# ---------------------------------------------------------------- the audit
def audit(t: Trial, points: int = ENOUGH, seed: int = 1) -> tuple[int, float]:
    """(points, largest error) where both sides are compared with 50 digits, at points other than those of the search.

    An entry at a time: a derivative costs a few evaluations of what is differentiated.
    """
    rng, meter = random.Random(seed), Meter()
    errors: list[Number] = []
    with digits():
        for kind in itertools.islice(itertools.cycle(AUDITED), 60):
            if len(errors) == points or meter.spent > t.patience * DEAR:
                break
            own = Meter(t.patience * DEAR)
            with suppress(Undefined, TooDear):
                env = t.at(kind, rng, own)
                (expected, claimed), _ = t.judged(env, *rng.choice(t.entries(env, rng)))
                errors.append(abs(expected - claimed) / (1 + abs(expected)))
            meter.spend(own.spent)
    return len(errors), float(max(errors, default=0))
