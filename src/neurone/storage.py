"""Networks in HDF5 files: saved whole, and loaded as they were, bit by bit.

A file holds the arrays W_1, b_1, ..., W_L, b_L and the names of the
activations and of the output; the functions themselves are the library's.
"""

from pathlib import Path
from secrets import token_hex

import h5py
import numpy as np

from neurone.activations import ACTIVATIONS
from neurone.arrays import Array
from neurone.choices import choose
from neurone.hdf5 import opened, read_arrays
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network

REMEDY = "`neurone.storage.save` writes a network"
PRECISIONS = (np.float32, np.float64)


def save(network: Network, path: str | Path) -> None:
    """Write the network, or stack of networks, to an HDF5 file.

    It is written beside the path and moved there when it is whole, in the
    place of what was there before.

    Raises:  ValueError if a function is not one of the library's;
             FileNotFoundError if there is no such folder;
             OSError if the file cannot be written
    """
    path = Path(path)
    for function in (*network.activations, network.output):
        _check_function(function)
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path.parent}: no such folder; make it")
    part = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        _write(part, network)
        part.replace(path)
    except (OSError, RuntimeError) as fault:
        raise OSError(
            f"{path}: cannot be written ({fault}); "
            "name a file that you may write"
        ) from None
    finally:
        part.unlink(missing_ok=True)


def load(path: str | Path) -> Network:
    """The network, or stack of networks, that `save` wrote.

    Raises:  FileNotFoundError if there is no such file;
             ValueError if it does not hold a network
    """
    with opened(path, REMEDY) as file:
        return _read(file)


def _check_function(function) -> None:
    known = ACTIVATIONS | OUTPUTS
    if function not in known.values():
        raise ValueError(
            f"{function.name!r} is not a function of the library: a file "
            f"holds names alone, and can be loaded with {', '.join(known)}"
        )


def _write(path: Path, network: Network) -> None:
    with h5py.File(path, "x") as file:
        names = [activation.name for activation in network.activations]
        file.attrs["activations"] = " ".join(names)
        file.attrs["output"] = network.output.name
        for l, layer in enumerate(network.layers, start=1):
            file[f"W_{l}"], file[f"b_{l}"] = layer.W, layer.b


def _read(file: h5py.File) -> Network:
    activations = [
        choose("activation", name, ACTIVATIONS)
        for name in _words(file, "activations").split()
    ]
    output = choose("output", _words(file, "output"), OUTPUTS)
    depth = len(activations) + 1
    names = [f"{kind}_{l}" for l in range(1, depth + 1) for kind in "Wb"]
    arrays = read_arrays(file, names)
    pairs = enumerate(zip(arrays[::2], arrays[1::2]), start=1)
    layers = [_layer(l, W, b, first=arrays[0]) for l, (W, b) in pairs]
    return Network(layers, activations, output)


def _words(file: h5py.File, attribute: str) -> str:
    if attribute not in file.attrs:
        raise ValueError(f"the attribute {attribute} is missing")
    return str(file.attrs[attribute])


def _layer(l: int, W: Array, b: Array, first: Array) -> Dense:
    """Layer l, in the precision and the stack of the first weights."""
    stack, shape = first.shape[:-2], W.shape
    if len(shape) not in (2, 3) or shape[:-2] != stack or 0 in shape:
        raise ValueError(
            f"W_{l} has shape {shape}, not (n, p), "
            "or (S, n, p) in a stack of S networks"
        )
    if b.shape != (expected := (*stack, 1, shape[-1])):
        raise ValueError(f"b_{l} has shape {b.shape}, not {expected}")
    for name, array in ((f"W_{l}", W), (f"b_{l}", b)):
        if array.dtype not in PRECISIONS or array.dtype != first.dtype:
            raise ValueError(
                f"{name} has type {array.dtype}, "
                "not float32 or float64 and that of all others"
            )
    return Dense(W, b)
