"""How the rule for an expression is found: what all rules of the printer rest on."""

from __future__ import annotations

from typing import Any

import sympy as sp

from claims.language import Activation

from .notation import Bind, Latex, Piece


class Rules:
    """`_print_X` is the rule for what SymPy calls X; a notation supplies the signs."""

    def __init__(self, notation: Latex) -> None:
        self.notation = notation
        self.taken: set[str] = set()  # letters that no bound index may have
        self.names: dict[sp.Symbol, str] = {}  # of indices
        self.numbers: frozenset[sp.Symbol] = (
            frozenset()
        )  # indices that count as the number does, which they are, too, or positive
        self.arguments: dict[sp.Symbol, Piece] = {}  # matrices that stand in the place of a function's variable
        self.written: dict[tuple[Any, ...], Piece] = {}  # printed before: the order of terms is found from their texts

    def show(self, e: sp.Basic, level: Bind = Bind.SUM) -> str:
        """The text of e, in brackets where it would come apart at this level."""
        return self.notation.at(self.piece(e), level)

    def piece(self, e: sp.Basic) -> Piece:
        under = (type(e), e, *self.names.items(), *self.arguments.items(), self.numbers)
        if under not in self.written:
            rule = self.rule(e)
            if rule is None:
                raise NotImplementedError(f"no way to write a {type(e).__name__}: {e}")
            self.written[under] = getattr(self, rule)(e)
        return self.written[under]

    def rule(self, e: sp.Basic) -> str | None:
        """The name of the method for e, that of its nearest kind."""
        kinds = (
            kind for kind in type(e).__mro__ if not issubclass(kind, Activation)
        )  # an author calls those as he likes
        names = (f"_print_{kind.__name__}" for kind in kinds)
        return next((name for name in names if hasattr(type(self), name)), None)

    def called(self, name: str) -> Piece:
        """A name as it is shown: one with an exponent of its own has another outside of brackets."""
        return Piece(name, Bind.POWER if "^" in name else Bind.ATOM)
