"""Pictures and labels in HDF5 files.

What is not as the course expects is refused in one line, with the remedy.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import h5py
import numpy as np

from neurone.arrays import Array

REMEDY = (
    "`python data/make.py` draws the pictures anew, "
    "`make photos` fetches the photographs, "
    "and NEURONE_DATA names another folder"
)
FAULTS_OF_H5PY = (
    OSError,
    RuntimeError,
    LookupError,
    TypeError,
    ValueError,
    MemoryError,
)


def load_hdf5(
    path: str | Path, part: str | None = None
) -> tuple[Array, Array]:
    """Pictures and labels of the part, "train" or "test".

    Without a part, it is whichever of them the file holds.

    Shapes:  X (m, 64, 64) uint8;
             Y (m, 1) float64 in {0, 1}, both labels present
    Raises:  FileNotFoundError if there is no file;
             ValueError if it is not what Shapes says
    """
    with opened(path, REMEDY) as file:
        part = part or ("test" if "X_test" in file else "train")
        X, Y = read_arrays(file, (f"X_{part}", f"Y_{part}"))
        _check_array(X, f"X_{part}", np.uint8, (64, 64))
        _check_labels(Y, f"Y_{part}", len(X))
    return X, Y


@contextmanager
def opened(path: str | Path, remedy: str) -> Iterator[h5py.File]:
    """The file, open to be read; whatever is wrong with it is one line.

    Raises:  FileNotFoundError if there is no such file;
             ValueError of any fault that shows while it is open
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file; {remedy}")
    try:
        with h5py.File(path, "r") as file:
            yield file
    except FAULTS_OF_H5PY as fault:
        raise ValueError(f"{path}: {fault}; {remedy}") from None


def read_arrays(file: h5py.File, names: Sequence[str]) -> list[Array]:
    """The data sets of these names in an open file that holds no others.

    Raises:  ValueError if it holds others, not all of them, or an empty one
    """
    if set(file) != set(names) or not all(
        isinstance(file[name], h5py.Dataset) for name in names
    ):
        found = ", ".join(map(str, file)) or "nothing"
        raise ValueError(
            f"holds {found}, not the data sets {' and '.join(names)}"
        )
    for name in names:
        if file[name].shape is None:
            raise ValueError(f"{name} is empty")
    return [file[name][()] for name in names]


def _check_array(
    A: Array, name: str, dtype: type, shape: tuple[int, ...]
) -> None:
    if not A.size:
        raise ValueError(f"{name} is empty")
    if np.issubdtype(A.dtype, np.floating) and np.isnan(A).any():
        raise ValueError(f"{name} holds NaN")
    if A.dtype != dtype:
        raise ValueError(
            f"{name} has type {A.dtype}, not {np.dtype(dtype)}"
        )
    if A.shape[1:] != shape:
        expected = ", ".join(map(str, shape))
        raise ValueError(f"{name} has shape {A.shape}, not (m, {expected})")


def _check_labels(Y: Array, name: str, m: int) -> None:
    _check_array(Y, name, np.float64, (1,))
    if len(Y) != m:
        raise ValueError(f"{name} holds {len(Y)} labels for {m} pictures")
    if strange := sorted(set(Y.flat) - {0.0, 1.0}):
        raise ValueError(
            f"{name} holds the label {strange[0]:g}, "
            "not only 0 (cat) and 1 (dog)"
        )
    if len(set(Y.flat)) == 1:
        raise ValueError(
            f"{name} holds the label {Y[0, 0]:g} alone, "
            "not both 0 (cat) and 1 (dog)"
        )
