"""What was proved before, by the statement and the source of the prover: an unchanged proof costs nothing.

Nothing is kept unless the environment variable CLAIMS_CACHE names a folder.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import mpmath
import sympy as sp

from claims.language import Activation

FOLDER = "CLAIMS_CACHE"


def remembered(what: str, expressions: Iterable[Any], compute: Callable[[], Any]) -> Any:
    """The JSON value that `compute()` gives, or gave before for equal expressions under the same source.

    An error of `compute` is passed on and not kept.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return compute()
    path = Path(folder, f"{key(what, expressions)}.json")
    if path.is_file():
        return json.loads(path.read_text("utf-8"))
    value = compute()
    _save(path, json.dumps(value))
    return value


def unless_nothing(
    what: str, expressions: Iterable[Any], compute: Callable[[], Iterable[sp.Basic]]
) -> tuple[sp.Basic, ...]:
    """What `compute()` finds; it need not look again for equal expressions where it found nothing before."""
    found: list[sp.Basic] = []

    def nothing() -> bool:
        found[:] = compute()
        return not found

    return () if remembered(what, expressions, nothing) else tuple(found or compute())


def key(what: str, expressions: Iterable[Any]) -> str:
    """A name for the question: it changes with every symbol, assumption, function and line of the prover."""
    spelled = _Speller()
    question = [source(), what, *(spelled(e) for e in expressions)]
    return hashlib.sha256("\n".join(question).encode()).hexdigest()


@functools.cache
def source() -> str:
    """Digest of the prover and of what it computes with."""
    digest = hashlib.sha256(f"{sp.__version__} {mpmath.__version__}".encode())
    package = Path(__file__).parents[1]
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


class _Speller:
    """Expressions as text, each different one differently; dummies are numbered as they come."""

    def __init__(self) -> None:
        self.dummies: dict[sp.Dummy, int] = {}
        self.inside: list[type[Activation]] = []

    def __call__(self, e: Any) -> str:
        if isinstance(e, sp.Dummy):
            number = self.dummies.setdefault(e, len(self.dummies))
            return f"Dummy({number}, {self._assumptions(e)})"
        if isinstance(e, sp.Symbol):
            return f"Symbol({e.name!r}, {self._assumptions(e)})"
        if not isinstance(e, sp.Basic):
            return repr(e)
        inside = e.args or ([] if isinstance(e, sp.Tuple) else [_Leaf(sp.srepr(e))])
        return f"{self.head(type(e))}({', '.join(self(a) for a in inside)})"

    def head(self, kind: type) -> str:
        """The class; of a function, its slope, itself in closed form, and what its values lie between."""
        if not issubclass(kind, Activation):
            return f"{kind.__module__}.{kind.__name__}"
        name = f"{kind.__module__}.{kind.__name__!r}"
        if kind in self.inside:  # a slope may be written with its function
            return name
        self.inside.append(kind)
        spelled = f"{name}<{kind.order}, {self(kind.slope)}, {self(kind.closed)}, {kind.between}>"
        self.inside.pop()
        return spelled

    @staticmethod
    def _assumptions(symbol: sp.Symbol) -> str:
        return str(sorted(symbol._assumptions_orig.items()))


class _Leaf(str):
    """A text that is spelled as it stands."""

    __repr__ = str.__str__


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
        file.write(text)
    os.replace(file.name, path)
