"""What a caller gives, made into what the library computes with.

What cannot be is refused in one line that names it, and the remedy.
"""

from collections.abc import Mapping
from contextlib import suppress
from math import inf
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from neurone.arrays import REAL, Array, within_one
from neurone.choices import choose

BIT_GENERATORS = {
    kind.__name__: kind
    for kind in (
        np.random.MT19937,
        np.random.PCG64,
        np.random.PCG64DXSM,
        np.random.Philox,
        np.random.SFC64,
    )
}


def numbers(name: str, values: Any, kinds: str = REAL) -> Array:
    """The values as an array of numbers, of these kinds of NumPy.

    They may be nested lists, a sparse matrix of SciPy, columns of a table,
    or objects that are numbers; None becomes NaN. The rows follow each
    other in memory, on which the rounding of sums depends.

    Raises:  ValueError if they are none of these, or some are masked
    """
    check_unmasked(**{name: values})
    if hasattr(values, "toarray"):  # sparse
        values = values.toarray()
    try:
        found = np.asarray(values, order="C")
        if found.dtype.kind == "O" and found.ndim > 0:
            _refuse_text(found)
            found = np.asarray(found, np.float64)
    except (TypeError, ValueError, OverflowError) as fault:
        raise ValueError(
            f"{name} holds entries that are not numbers ({fault}): "
            "encode, fill in or leave out what is missing or text"
        ) from None
    if found.dtype.kind not in kinds:
        kind = type(values).__name__
        raise ValueError(
            f"{name} is of type {kind} with entries of type "
            f"{found.dtype}, not real numbers: encode them"
        )
    return found


def _refuse_text(values: Array) -> None:
    if any(isinstance(value, str | bytes) for value in values.flat):
        raise ValueError("text")


def check_unmasked(**values: Any) -> None:
    """Refuse masked entries: NumPy would take what is under the mask.

    Raises:  ValueError that names the argument
    """
    for name, given in values.items():
        if np.ma.is_masked(given):
            raise ValueError(
                f"{name} holds masked entries: "
                "fill in or leave out what is missing"
            )


def floating(X: Array) -> Array:
    """X in floating point that holds sums of squares.

    Whole numbers, which wrap round, and float16, which ends at 65504,
    become float64.
    """
    X = np.asarray(X)
    wide = X.dtype.kind in "fc" and X.itemsize > 2
    return X if wide else np.asarray(X, np.float64)


def generator(rng: Any, name: str = "rng") -> np.random.Generator:
    """The generator itself, or the one that a seed starts.

    The `RandomState` of older programs goes on as a generator: both draw
    from one stream. The state of a generator, as its bit generator gives
    it, makes one that draws what that would.

    Raises:  ValueError if it is none of these
    """
    if isinstance(rng, np.random.RandomState):
        return np.random.Generator(rng._bit_generator)
    if isinstance(rng, Mapping):
        bits = choose(name, rng.get("bit_generator"), BIT_GENERATORS)()
        bits.state = rng
        return np.random.Generator(bits)
    if rng is not None:  # NumPy would draw another seed at each call
        with suppress(TypeError, ValueError):
            return np.random.default_rng(rng)
    raise ValueError(
        f"{name}={rng!r}: give a numpy.random.Generator, "
        "or a seed such as 0"
    )


def check_counts(**counts: int) -> None:
    """Refuse what is no positive integer.

    Raises:  ValueError that names the argument
    """
    for name, count in counts.items():
        if not _is_count(count):
            raise ValueError(f"{name}={count!r}: give a positive integer")


def _is_count(value: Any) -> bool:
    whole = isinstance(value, int | np.integer)
    return whole and not isinstance(value, bool) and value > 0


def check_counts_or_none(**counts: int | None) -> None:
    """Refuse what is no positive integer, and not None either.

    Raises:  ValueError that names the argument
    """
    given = {n: count for n, count in counts.items() if count is not None}
    check_counts(**given)


def is_number(value: object) -> bool:
    """Is it a real number? True and False are none here."""
    return isinstance(value, Real) and not isinstance(value, bool)


def check_number(
    name: str, value: float, least: float, below: float
) -> None:
    """Refuse what is no number, or lies outside of [least, below).

    Raises:  ValueError that names the argument
    """
    if not is_number(value) or not least <= value < below:
        raise ValueError(
            f"{name}={value!r}: give a number, "
            f"{least:g} or more and less than {below:g}"
        )


def check_functions(optimiser: Any, callbacks: Any) -> None:
    """Refuse what `train` could not call.

    Raises:  ValueError or TypeError that names the argument
    """
    listed = isinstance(callbacks, list | tuple)
    if not listed or not all(map(callable, callbacks)):
        raise ValueError(
            f"callbacks={callbacks!r}: give a list of functions "
            "of a checkpoint"
        )
    if not callable(optimiser) or isinstance(optimiser, type):
        raise TypeError(
            f"optimiser={optimiser!r}: give an optimiser, "
            "such as GradientDescent(0.1)"
        )


def mean_one(sample_weight: Any, m: int, dtype: DTypeLike) -> Array | None:
    """Weights of m samples as a column of mean 1; None stands for none.

    Shapes:  sample_weight (m,) or (m, 1); the result (m, 1)
    Raises:  ValueError if they are not so many, or not fit to be weights
    """
    if sample_weight is None:
        return None
    weights = floating(numbers("sample_weight", sample_weight))
    if weights.shape not in ((m,), (m, 1)):
        raise ValueError(
            f"sample_weight has shape {weights.shape}: "
            f"{m} samples take weights of shape {(m,)}"
        )
    weights, _ = within_one(weights)
    total = weights.sum()
    if not (weights >= 0).all() or not 0 < total < inf:
        raise ValueError(
            "sample_weight holds negative or infinite entries, or zero "
            "alone: give weights of 0 or more, one of them above 0"
        )
    return (weights.reshape(m, 1) * (m / total)).astype(dtype)
