"""What a claim can end in besides a proof."""

from __future__ import annotations

from typing import Any


class Refuted(AssertionError):
    """The claim is false; `counterexample` shows where."""

    def __init__(self, message: str, counterexample: Any = None):
        super().__init__(message)
        self.counterexample = counterexample

    def _repr_markdown_(self) -> str:
        table = self.counterexample.markdown if self.counterexample else ""
        return f"{str(self).splitlines()[0]}\n\n{table}"


class Undecided(AssertionError):
    """The claim was neither proved nor refuted; `remainder` is what the prover could not show to vanish."""

    def __init__(self, message: str, remainder: Any = None, points: int = 0):
        super().__init__(message)
        self.remainder, self.points = remainder, points


class SizesDoNotFit(ValueError):
    """A product, a sum or an equation of matrices whose sizes are not the same expression."""


class Ambiguous(ValueError):
    """One printed name stands for two different things in one claim."""


class ProverFault(RuntimeError):
    """A proof that numbers contradict: a fault of the prover itself, never a proof."""


class Unwritable(TypeError):
    """A statement with an operation that statements as data do not have."""


class Unreadable(ValueError):
    """JSON that is no statement."""


class Misread(ValueError):
    """A typed formula, or a line that declares a letter, that cannot be read: `message` says why, the place is shown."""

    def __init__(self, message: str, start: int, end: int, text: str = ""):
        super().__init__(message)
        self.message, self.start, self.end, self.text = message, start, end, text

    def __str__(self) -> str:
        """The line of the text, the place under it, and what does not fit there."""
        begin = self.text.rfind("\n", 0, self.start) + 1
        line, _, _ = self.text[begin:].partition("\n")
        end = min(self.end, begin + len(line))
        return f"{line}\n{' ' * (self.start - begin)}{'^' * max(1, end - self.start)}\n{self.message}"
