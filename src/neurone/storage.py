"""Networks in HDF5 files: saved whole, and loaded as they were, bit by bit.

A file holds the arrays W_1, b_1, ..., W_L, b_L and the names of the
activations and of the output; the functions themselves are the library's.
Before all this stands a block with a checksum, which HDF5 passes over.
"""

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import h5py
import numpy as np

from neurone.activations import ACTIVATIONS
from neurone.arrays import Array
from neurone.choices import choose
from neurone.files import (
    FAULTS,
    LONGEST,
    checked_file,
    one_line,
    read_apart,
    write_whole,
)
from neurone.hdf5 import native, read_arrays
from neurone.layers import Dense, check_shapes
from neurone.losses import OUTPUTS
from neurone.network import Network
from neurone.seals import (
    BLOCK,
    check_exactly,
    check_kind,
    is_sealed,
    name_of,
    sealed,
    unsealed,
)

REMEDY = "`neurone.storage.save` writes a network"
PRECISIONS = (np.float32, np.float64)
KIND = "network"
HDF5 = b"\x89HDF\r\n\x1a\n"  # how the data begin


def save(network: Network, path: str | Path) -> None:
    """Write the network, or stack of networks, to an HDF5 file.

    It is read back, as `load` would, before it is written, and takes the
    place of what was there when it is whole.

    Raises:  ValueError if `load` would refuse it,
             or a function is not one of the library's;
             TypeError if it is no network;
             FileNotFoundError if there is no such folder;
             OSError if the file cannot be written
    """
    write_whole(path, _content(network))


def load(path: str | Path) -> Network:
    """The network, or stack of networks, that `save` wrote.

    A file of an older version has no checksum, and takes longer.

    Raises:  FileNotFoundError if there is no such file;
             ValueError if it does not hold a network,
             or is not as it was saved
    """
    with checked_file(path, REMEDY) as found:
        with found.open("rb") as file:
            start = file.read(BLOCK)
        if is_sealed(KIND, start):
            arrays = _read(unsealed(KIND, found.read_bytes()))
        elif start.startswith(HDF5):
            arrays = read_apart(_read, found)
        else:
            raise ValueError("is no HDF5 file, or damaged at its start")
        return _network(*arrays)


def _content(network: Network) -> bytes:
    """The file, if what it says is what `load` accepts."""
    check_kind(network, Network)
    named = [name_of(g, ACTIVATIONS) for g in network.activations]
    output = name_of(network.output, OUTPUTS)
    write = partial(_write, network.layers, " ".join(named), output)
    try:
        content = sealed(KIND, write)
        _network(*_read(unsealed(KIND, content)))
        return content
    except FAULTS as fault:
        raise ValueError(
            f"{one_line(fault, LONGEST)}: `load` would refuse the network, "
            "so it is not saved"
        ) from None


def _write(
    layers: Sequence[Dense], activations: str, output: str, file: h5py.File
) -> None:
    """Names of a fixed length, and arrays."""
    file.attrs["activations"] = np.bytes_(activations)
    file.attrs["output"] = np.bytes_(output)
    for l, layer in enumerate(layers, start=1):
        check_exactly(f"layer {l}", layer, Dense)
        file[f"W_{l}"], file[f"b_{l}"] = layer.W, layer.b


def _read(file: str | io.BytesIO) -> list[Array]:
    """The names of the activations and of the output, and the arrays."""
    with h5py.File(file, "r") as opened:
        activations, output = _words(opened)
        numbers = range(1, len(activations.split()) + 2)
        names = [f"{kind}_{l}" for l in numbers for kind in "Wb"]
        arrays = read_arrays(opened, names, _check_arrays)
    return [np.array(activations), np.array(output), *arrays]


def _words(file: h5py.File) -> list[str]:
    """The texts of the two attributes, of a fixed length.

    In a file of an older version they have none, and HDF5 must search.
    """
    words = []
    for name in ("activations", "output"):
        if name not in file.attrs:
            raise ValueError(f"the attribute {name} is missing")
        found = file.attrs.get_id(name)
        if found.shape != () or not h5py.check_string_dtype(found.dtype):
            raise ValueError(f"the attribute {name} is no text")
        word = file.attrs[name]
        words.append(word if isinstance(word, str) else word.decode())
    return words


def _check_arrays(*arrays: h5py.Dataset) -> None:
    """W_1, b_1, W_2, ...: in the precision and the stack of the first."""
    stack, dtype = arrays[0].shape[:-2], native(arrays[0])
    for l, (W, b) in enumerate(zip(arrays[::2], arrays[1::2]), start=1):
        check_shapes(l, W.shape, b.shape, stack)
        for name, array in ((f"W_{l}", W), (f"b_{l}", b)):
            if dtype not in PRECISIONS or native(array) != dtype:
                raise ValueError(
                    f"{name} has type {array.dtype}, "
                    "not float32 or float64 and that of all others"
                )


def _network(activations: Array, output: Array, *arrays: Array) -> Network:
    names = str(activations).split()
    return Network(
        [Dense(W, b) for W, b in zip(arrays[::2], arrays[1::2])],
        [choose("activation", name, ACTIVATIONS) for name in names],
        choose("output", str(output), OUTPUTS),
    )
