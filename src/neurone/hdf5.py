"""Pictures and labels in HDF5 files.

What is not as the course expects is refused in one line, with the remedy.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import h5py
import numpy as np

from neurone.arrays import Array
from neurone.files import checked_file, read_apart

REMEDY = (
    "`python data/make.py` draws the pictures anew, "
    "`make photos` fetches the photographs, "
    "and NEURONE_DATA names another folder"
)
PARTS = ("train", "test")
DEFLATION = 1032  # the most bytes that gzip puts into one


def load_hdf5(
    path: str | Path, part: str | None = None
) -> tuple[Array, Array]:
    """Pictures and labels of the part, "train" or "test".

    Without a part, it is whichever of them the file holds.

    Shapes:  X (m, h, w) grey or (m, h, w, 3) in colour, uint8;
             Y (m, 1) float64 in {0, 1}, both labels present
    Raises:  FileNotFoundError if there is no file;
             ValueError if it is not what Shapes says
    """
    with checked_file(path, REMEDY) as found:
        X, Y = read_apart(_read_pictures, found, part or "")
    return X, Y


def read_arrays(
    file: h5py.File,
    names: Sequence[str],
    check: Callable[..., None] | None = None,
    also: Sequence[str] = (),
) -> list[Array]:
    """The data sets of these names, in the byte order of this machine.

    They are read when check(*sets), if there is one, has accepted their
    types and shapes, and all of each is stored in the file. The file may
    hold others if they are named in `also`.

    Raises:  ValueError if one is missing, not wanted, or not stored here
    """
    held = set(file)
    if not set(names) <= held <= {*names, *also}:
        found = ", ".join(sorted(held)) or "nothing"
        raise ValueError(
            f"holds {found}, not the data sets {' and '.join(names)}"
        )
    sets = [_data_set(file, name) for name in names]
    if check:
        check(*sets)
    for found in sets:
        _check_stored(found, file.id.get_filesize())
    return [found[()].astype(native(found), copy=False) for found in sets]


def native(array: Array | h5py.Dataset) -> np.dtype:
    """The type of its numbers, in the byte order of this machine."""
    return array.dtype.newbyteorder("=")


def _data_set(file: h5py.File, name: str) -> h5py.Dataset:
    """The data set, whose numbers are in this file and in no other."""
    if file.get(name, getclass=True, getlink=True) is not h5py.HardLink:
        raise ValueError(f"{name} is a link: store the data set itself")
    if file.get(name, getclass=True) is not h5py.Dataset:
        raise ValueError(f"{name} is a group, not a data set")
    found = file[name]
    made = found.id.get_create_plist()
    virtual = made.get_layout() == h5py.h5d.VIRTUAL
    if virtual or made.get_external_count():
        raise ValueError(
            f"{name} is made of other data sets or files: store a copy"
        )
    if found.shape is None or 0 in found.shape:
        raise ValueError(f"{name} is empty")
    return found


def _check_stored(found: h5py.Dataset, size: int) -> None:
    """Refuse numbers that the file, of so many bytes, cannot hold."""
    entries, wanted, chunks = math.prod(found.shape), 1, found.chunks
    if chunks:
        wanted = math.prod(-(-n // k) for n, k in zip(found.shape, chunks))
        entries = max(entries, math.prod(chunks))
    claimed = entries * found.dtype.itemsize
    stored = min(found.id.get_storage_size(), size)
    packed = found.id.get_create_plist().get_nfilters() > 0
    whole = not chunks or found.id.get_num_chunks() == wanted
    if not whole or claimed > stored * (DEFLATION if packed else 1):
        raise ValueError(
            f"{_title(found)} claims {claimed} bytes, "
            f"and {stored} are stored: store it whole"
        )


def _read_pictures(path: str, part: str) -> list[Array]:
    """The pictures and their labels, checked before and after reading."""
    with h5py.File(path, "r") as file:
        part = part or _only_part(file)
        both = [f"{kind}_{other}" for other in PARTS for kind in "XY"]
        names = (f"X_{part}", f"Y_{part}")
        X, Y = read_arrays(file, names, _check_sets, also=both)
    _check_labels(Y, f"Y_{part}")
    return [X, Y]


def _only_part(file: h5py.File) -> str:
    test, train = (f"X_{part}" in set(file) for part in ("test", "train"))
    if test and train:
        raise ValueError("holds two sets: choose part='train' or 'test'")
    return "test" if test else "train"


def _title(found: h5py.Dataset) -> str:
    return str(found.name).removeprefix("/")


def _check_sets(X: h5py.Dataset, Y: h5py.Dataset) -> None:
    _check_type(X, np.uint8)
    if X.ndim != 3 and X.shape[3:] != (3,):
        expected = "(m, h, w) or (m, h, w, 3)"
        raise ValueError(f"{_title(X)} has shape {X.shape}, not {expected}")
    _check_type(Y, np.float64)
    if Y.ndim != 2 or Y.shape[1] != 1:
        raise ValueError(f"{_title(Y)} has shape {Y.shape}, not (m, 1)")
    if len(Y) != len(X):
        raise ValueError(
            f"{_title(Y)} holds {len(Y)} labels for {len(X)} pictures"
        )


def _check_type(found: h5py.Dataset, dtype: type) -> None:
    if native(found) != dtype:
        raise ValueError(
            f"{_title(found)} has type {found.dtype}, not {np.dtype(dtype)}"
        )


def _check_labels(Y: Array, name: str) -> None:
    if np.isnan(Y).any():
        raise ValueError(f"{name} holds NaN")
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
