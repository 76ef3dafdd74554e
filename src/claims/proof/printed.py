"""Formulas printed for records, whatever they are and however long that would take."""

from __future__ import annotations

import sympy as sp

from claims.budget import guarded
from claims.printing import printer

SECONDS = 10  # of computing that a formula, or an explanation, may take
LONGEST = 4000  # characters of LaTeX that a step may take on a page
AS_THEY_ARE = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{sign: f"\\{sign}" for sign in "{}_&%#$"},
    }
)


def latex(e: sp.Basic) -> str:
    """LaTeX of a formula; of one that there is no way to write, its text as it stands."""
    return latex_if_any(e) or verbatim(plain(e))


def latex_if_any(e: sp.Basic) -> str:
    """LaTeX of a formula; nothing where there is no way to write it."""
    return guarded(lambda: printer.latex(e), "", SECONDS)


def text(e: sp.Basic) -> str:
    return guarded(lambda: printer.text(e), "", SECONDS) or plain(e)


def plain(e: sp.Basic) -> str:
    """The formula in SymPy's words."""
    return guarded(lambda: str(e), type(e).__name__, SECONDS)


def verbatim(words: str) -> str:
    """Words that stand in LaTeX as they are."""
    return rf"\texttt{{{words.translate(AS_THEY_ARE)}}}"
