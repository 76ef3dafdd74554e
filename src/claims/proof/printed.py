"""Formulas printed for records, whatever they are and however long that would take."""

from __future__ import annotations

from claims import budget as clock
from claims.printing import printer

SECONDS = 20  # that a formula, or an explanation, may take
LONGEST = 4000  # characters of LaTeX that a step may take on a page
AS_THEY_ARE = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        **{sign: f"\\{sign}" for sign in "{}_&%#$"},
    }
)


def within_budget(compute, otherwise):
    """What `compute` gives; what `otherwise` gives where that fails or takes too long: printing never ends a proof."""
    try:
        with clock.budget(SECONDS):
            return compute()
    except (Exception, clock.OutOfTime):  # noqa: BLE001 (whatever SymPy meets on the way)
        return otherwise()


def latex(e) -> str:
    """LaTeX of a formula; of one that there is no way to write, its text as it stands."""
    return within_budget(lambda: printer.latex(e), lambda: verbatim(plain(e)))


def latex_if_any(e) -> str:
    """LaTeX of a formula; nothing where there is no way to write it."""
    try:
        return printer.latex(e)
    except Exception:  # noqa: BLE001 (the same)
        return ""


def text(e) -> str:
    return within_budget(lambda: printer.text(e), lambda: plain(e))


def plain(e) -> str:
    """The formula in SymPy's words."""
    return within_budget(lambda: str(e), lambda: type(e).__name__)


def verbatim(words: str) -> str:
    """Words that stand in LaTeX as they are."""
    return rf"\texttt{{{words.translate(AS_THEY_ARE)}}}"
