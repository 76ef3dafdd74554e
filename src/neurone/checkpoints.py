"""Checkpoints in HDF5 files: training goes on from them bit by bit.

A file holds arrays, and a line of JSON with the names of the functions, the
state of the generator, and which arrays there are.
"""

import json
from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from neurone.activations import ACTIVATIONS
from neurone.arrays import REAL, Array
from neurone.choices import choose
from neurone.files import checked_file, write_whole
from neurone.hdf5 import read_arrays
from neurone.history import Checkpoint, History
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network
from neurone.seals import (
    check_exactly,
    check_kind,
    is_sealed,
    name_of,
    sealed,
    unsealed,
)

KIND = "checkpoint"
REMEDY = "`neurone.checkpoints.save` writes a checkpoint"


def save(checkpoint: Checkpoint, path: str | Path) -> None:
    """Write the checkpoint to an HDF5 file.

    It takes the place of what was there before only when it is whole, so
    that one path serves a whole training.

    Raises:  ValueError if a function or a layer is not one of the
             library's, or the state of the optimiser not made of arrays
             and numbers;
             TypeError if it is no checkpoint;
             FileNotFoundError if there is no such folder;
             OSError if the file cannot be written
    """
    parts = _taken_apart(checkpoint)
    write_whole(path, sealed(KIND, partial(_write, *parts)))


def load(path: str | Path) -> Checkpoint:
    """The checkpoint that `save` wrote.

    Raises:  FileNotFoundError if there is no such file;
             ValueError if it does not hold a checkpoint,
             or is not as it was saved
    """
    with checked_file(path, REMEDY) as found:
        content = found.read_bytes()
        if not is_sealed(KIND, content):
            raise ValueError("is no checkpoint, or damaged at its start")
        with h5py.File(unsealed(KIND, content), "r") as file:
            if "checkpoint" not in file.attrs:
                raise ValueError("the attribute checkpoint is missing")
            header = json.loads(file.attrs["checkpoint"])
            names = header["names"]
            held = read_arrays(file, names, _check_numbers)
            arrays = dict(zip(names, held))
        return _put_together(header, arrays)


def _write(
    header: dict[str, Any], arrays: dict[str, Array], file: h5py.File
) -> None:
    file.attrs["checkpoint"] = json.dumps(
        header, default=methodcaller("tolist")
    )
    for name, array in arrays.items():
        file[name] = array


def _taken_apart(
    checkpoint: Checkpoint,
) -> tuple[dict[str, Any], dict[str, Array]]:
    check_kind(checkpoint, Checkpoint)
    network, history = checkpoint.network, checkpoint.history
    state = checkpoint.state
    parts = state if isinstance(state, tuple) else (state,)
    parts = () if state is None else parts
    measured = vars(history).items() if history else ()
    for l, layer in enumerate(network.layers, start=1):
        check_exactly(f"layer {l}", layer, Dense)
    arrays = {
        f"{kind}{l}": getattr(layer, kind)
        for l, layer in enumerate(network.layers, start=1)
        for kind in "Wb"
    }
    arrays |= {f"of_{name}": a for name, a in checkpoint.arrays.items()}
    arrays |= {f"history_{n}": a for n, a in measured if a is not None}
    arrays |= {f"state{i}": _number(a) for i, a in enumerate(parts)}
    header = {
        "activations": [
            name_of(g, ACTIVATIONS) for g in network.activations
        ],
        "output": name_of(network.output, OUTPUTS),
        "several": isinstance(state, tuple),
        "generator": checkpoint.generator,
        "optimiser": checkpoint.optimiser,
        "names": list(arrays),
    }
    return header, arrays


def _check_numbers(*sets: h5py.Dataset) -> None:
    for found in sets:
        if found.dtype.kind not in REAL:
            raise ValueError(f"{found.name} holds no numbers")


def _put_together(
    header: dict[str, Any], arrays: dict[str, Array]
) -> Checkpoint:
    def named(start: str) -> dict[str, Array]:
        held = arrays.items()
        return {
            n.removeprefix(start): a for n, a in held if n.startswith(start)
        }

    activations = [
        choose("activation", name, ACTIVATIONS)
        for name in header["activations"]
    ]
    output = choose("output", header["output"], OUTPUTS)
    depths = range(1, len(activations) + 2)
    layers = [Dense(arrays[f"W{l}"], arrays[f"b{l}"]) for l in depths]
    parts = tuple(
        a if a.ndim else a.item() for a in named("state").values()
    )
    one = parts[0] if parts else None
    measured = named("history_")
    return Checkpoint(
        Network(layers, activations, output),
        History(**measured) if measured else None,
        parts if header["several"] else one,
        header["generator"],
        named("of_"),
        header.get("optimiser"),  # not in files of an older version
    )


def _number(part: Any) -> Array:
    array = np.asarray(part)
    if array.dtype.kind not in REAL:
        raise ValueError(
            f"the optimiser's state holds {part!r}: "
            "a file takes arrays and numbers, or a tuple of them"
        )
    return array
