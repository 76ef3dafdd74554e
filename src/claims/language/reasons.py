"""Why a line of a proof holds, as its author says it; the prover checks that it does for this reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import sympy as sp

from .decimals import exact
from .functions import expression_of
from .names import NAMES


@dataclass(frozen=True)
class By:
    """A statement, with the expressions that its letters stand for where they are not found; `id` names it."""

    id: str
    at: tuple[tuple[str, sp.Basic], ...] = ()


@dataclass(frozen=True)
class ByDefinition:
    """Names, opened in this line: each stands for its definition."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class ByChainRule:
    """The named quantities that a scalar depends on a variable through."""

    through: tuple[sp.Basic, ...]


@dataclass(frozen=True)
class ByAlgebra:
    """Nothing but rearranging: names and slopes stand for themselves."""


@dataclass(frozen=True)
class ByEntries:
    """One entry written out, and differentiated by the rules of school; names are opened where they must."""


class Why(NamedTuple):
    """What makes a line true, all of it needed, and words of its author; with neither, the prover finds out itself."""

    reasons: tuple[Reason, ...] = ()
    words: str = ""


Reason = By | ByDefinition | ByChainRule | ByAlgebra | ByEntries
algebra, entries = ByAlgebra(), ByEntries()


def by(id: str, **at: Any) -> By:
    """A statement that was proved before is the reason; `at` says what its letters stand for where that is not plain.

    Raises:  TypeError if it has no id, or a letter stands for what is no expression
    """
    if not isinstance(id, str):
        raise TypeError(f"a statement is named by its id, by('log-loss-gradient'), not by {id!r}")
    return By(id, tuple((name, exact(expression_of(e, f"{name} stands for"))) for name, e in sorted(at.items())))


def definition(*names: Any) -> ByDefinition:
    """The definitions of these names are the reason.

    Raises:  TypeError if nothing is named
    """
    if not names:
        raise TypeError("definition() names what is opened: definition('A')")
    return ByDefinition(tuple(getattr(name, "name", name) for name in names))


def chain_rule(*through: sp.Basic) -> ByChainRule:
    """The chain rule is the reason, through these named quantities.

    Raises:  TypeError if one of them has no definition
    """
    for quantity in through:
        if not isinstance(quantity, NAMES):
            raise TypeError(f"the chain rule goes through named quantities, and {quantity} is none: named('Z', ...)")
    if not through:
        raise TypeError("chain_rule() names what it goes through: chain_rule(Z)")
    return ByChainRule(through)


def reasoned(why: Any) -> Why:
    """What an author gives as the reason of a line: a reason or several, words, or both.

    Raises:  TypeError for anything else
    """
    given = why if isinstance(why, (list, tuple)) and not isinstance(why, Why) else [why]
    reasons = tuple(part for part in given if isinstance(part, Reason))
    words = [part for part in given if isinstance(part, str)]
    if len(reasons) + len(words) < len(given) or len(words) > 1:
        raise TypeError(f"a line holds by(...), definition(...), chain_rule(...), algebra or entries, not by {why!r}")
    return Why(reasons, *words)
