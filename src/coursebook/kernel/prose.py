"""Numbers for the prose of a chapter, which imports this module: how they reach it, and the interval that they carry."""

import re

import numpy as np
from myst_nb import glue
from scipy.special import stdtrit

Array = np.ndarray
POWER = re.compile(r"(?<![\w.])([-\N{MINUS SIGN}]?\d(?:\.\d+)?)e([+-]\d+)(?!\w)")  # of ten, as Python writes it
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def put(**values: object) -> None:
    """Hand values to the prose by their names; numbers of NumPy as Python's, powers of ten as people write them."""
    for name, value in values.items():
        plain = value.item() if isinstance(value, np.generic) else value
        glue(name, POWER.sub(as_people_write, plain) if isinstance(plain, str) else plain, display=False)


def as_people_write(found: re.Match[str]) -> str:
    """4e-07 as 4 · 10⁻⁷, 1e-07 as 10⁻⁷ and 0e+00 as 0, on one line and with a real minus sign."""
    digits, exponent = found[1].replace("-", "\N{MINUS SIGN}"), str(int(found[2])).translate(RAISED)
    if not digits.strip("0."):
        return "0"
    return f"10{exponent}" if digits == "1" else f"{digits}\N{NO-BREAK SPACE}·\N{NO-BREAK SPACE}10{exponent}"


def put_entries(digits: int = 3, **arrays: Array) -> None:
    """Hand numbers to the prose, rounded, with a real minus sign: the entries of z, row by row, as z_1, z_2, ..."""
    for name, array in arrays.items():
        for place, entry in enumerate(np.ravel(array), start=1):
            shown = f"{entry:z.{digits}f}".replace("-", "\N{MINUS SIGN}")
            put(**{f"{name}_{place}" if np.ndim(array) else name: shown})


def interval(values: Array) -> tuple[Array, Array]:
    """Mean, and half the width of its 95 % interval by Student's t.

    Shapes:  values (S, ...) of S seeds, mean and half the width (...)
    Raises:  ValueError if S is less than 2
    """
    S = len(np.atleast_1d(values))
    if S < 2:
        raise ValueError(f"{S} values: an interval needs two or more")
    error = np.std(values, axis=0, ddof=1) / np.sqrt(S)
    return np.mean(values, axis=0), stdtrit(S - 1, 0.975) * error


def text(values: Array, digits: int = 3) -> str:
    """Mean ± half the width of its interval, with a real minus sign, on one line.

    Shapes:  values (S,)
    Raises:  ValueError if S is less than 2
    """
    mean, half = interval(values)
    both = f"{mean:.{digits}f}\N{NO-BREAK SPACE}±\N{NO-BREAK SPACE}{half:.{digits}f}"
    return both.replace("-", "\N{MINUS SIGN}")
