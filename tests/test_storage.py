"""Networks in files: what comes back, what is never half-written, and how each fault is named."""

import re
from dataclasses import replace

import h5py
import numpy as np
import pytest

from neurone import storage
from neurone.activations import ACTIVATIONS, Activation
from neurone.layers import Dense
from neurone.network import Network
from neurone.storage import load, save

REMEDY = "`neurone.storage.save` writes a network"


def network(widths=(3, 5, 4, 2), seed=0, **choices):
    choices = {"hidden": "relu", "output": "softmax", "initialisation": "normal"} | choices
    return Network.create(widths, rng=np.random.default_rng(seed), **choices)


def stack(dtype):
    return Network.stack([network(seed=seed, dtype=dtype) for seed in range(3)])


def assert_same(found, expected):
    assert (found.activations, found.output) == (expected.activations, expected.output)
    assert len(found.layers) == len(expected.layers)
    for one, other in zip(found.layers, expected.layers):
        for array, saved in ((one.W, other.W), (one.b, other.b)):
            assert (array.dtype, array.shape) == (saved.dtype, saved.shape)
            assert array.tobytes() == saved.tobytes()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "network.hdf5"


NETWORKS = {
    "float32": network(dtype=np.float32),
    "float64": network(dtype=np.float64),
    "stack of float32": stack(np.float32),
    "stack of float64": stack(np.float64),
    "stack of one": Network.stack([network()]),
    "one neuron": network((4096, 1), output="sigmoid"),
    "widths of one": network((1, 1, 1), output="sigmoid"),
    "a tanh and a relu": replace(network(), activations=[ACTIVATIONS["tanh"], ACTIVATIONS["relu"]]),
    "twelve layers": network((3,) * 13),
}


@pytest.mark.parametrize("saved", NETWORKS.values(), ids=NETWORKS)
def test_a_network_comes_back_bit_by_bit(path, saved):
    save(saved, path)
    assert_same(load(path), saved)


def test_numbers_that_are_none_come_back_too(path):
    saved = network()
    saved.layers[0].W[0, :4] = np.nan, np.inf, -np.inf, -0.0
    save(saved, path)
    assert_same(load(path), saved)


def test_a_stack_of_other_memory_order_comes_back(path):
    saved = stack(np.float64)
    turned = [Dense(np.asfortranarray(layer.W), layer.b) for layer in saved.layers]
    save(replace(saved, layers=turned), path)
    assert_same(load(path), saved)


def test_a_path_may_be_a_string_and_a_new_file_takes_the_place_of_the_old(path):
    save(network(seed=0), str(path))
    save(network(seed=1), str(path))
    assert_same(load(str(path)), network(seed=1))
    assert list(path.parent.iterdir()) == [path]


def test_a_failure_while_writing_leaves_the_old_file_and_nothing_else(path, monkeypatch):
    save(network(seed=0), path)

    def half(part, network):
        part.write_bytes(b"half a file")
        raise OSError("no space left on device")

    monkeypatch.setattr(storage, "_write", half)
    with pytest.raises(OSError, match=re.escape(f"{path}: cannot be written (no space left on device); name a file")):
        save(network(seed=1), path)
    assert_same(load(path), network(seed=0))
    assert list(path.parent.iterdir()) == [path]


def test_an_interrupt_while_writing_leaves_nothing(path, monkeypatch):
    def interrupted(part, network):
        part.write_bytes(b"half a file")
        raise KeyboardInterrupt

    monkeypatch.setattr(storage, "_write", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(network(), path)
    assert not list(path.parent.iterdir())


def test_a_folder_in_the_place_of_the_file_is_named(path):
    path.mkdir()
    with pytest.raises(OSError, match=re.escape(f"{path}: cannot be written")):
        save(network(), path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("folder", ["absent", "a_file"])
def test_a_missing_folder_is_named(tmp_path, folder):
    (tmp_path / "a_file").touch()
    with pytest.raises(FileNotFoundError, match=re.escape(f"{tmp_path / folder}: no such folder")):
        save(network(), tmp_path / folder / "network.hdf5")


def swish(name):
    return Activation(name, value=lambda Z: Z / (1 + np.exp(-Z)), derivative=np.ones_like)


@pytest.mark.parametrize("name", ["swish", "tanh"])
def test_a_function_that_the_library_does_not_have_is_refused_when_saving(path, name):
    strange = replace(network(), activations=[ACTIVATIONS["relu"], swish(name)])
    with pytest.raises(ValueError, match=f"'{name}' is not a function of the library"):
        save(strange, path)
    assert not path.exists()


def refusal(path):
    """The message with which load refuses the file: one line, the file first, the remedy last."""
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z") as caught:
        load(path)
    message = str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__  # one error, not a chain
    assert message.startswith(f"{path}: ") and message.endswith(REMEDY)
    return message


def test_a_missing_file_is_named_with_the_remedy(path):
    with pytest.raises(FileNotFoundError, match=re.escape(f"{path}: no such file; {REMEDY}")):
        load(path)


def test_a_file_of_another_kind_is_refused(path):
    path.write_text("a cat and a dog\n" * 500)
    assert "file signature not found" in refusal(path)


@pytest.mark.parametrize("keep", [0, 1, 100, 3000, -1])
def test_a_file_cut_short_is_refused(path, keep):
    save(network((64, 32, 2)), path)
    path.write_bytes(path.read_bytes()[:keep])
    refusal(path)


def without(name):
    def fault(file):
        del file[name]

    return fault


def put(name, value):
    def fault(file):
        if name in file:
            del file[name]
        file[name] = value

    return fault


def group(name):
    def fault(file):
        del file[name]
        file[f"{name}/inside"] = np.ones((2, 2))

    return fault


def say(attribute, value):
    return lambda file: file.attrs.__setitem__(attribute, value)


def forget(attribute):
    return lambda file: file.attrs.__delitem__(attribute)


ALL = "not the data sets W_1 and b_1 and W_2 and b_2"
# of a network of widths 3, 5, 2
FAULTS = {
    f"holds W_1, W_2, b_1, {ALL}": without("b_2"),
    f"holds W_2, b_1, b_2, {ALL}": without("W_1"),
    f"holds W_1, W_2, W_3, b_1, b_2, {ALL}": put("W_3", np.ones((2, 2))),
    f"holds W_1, W_2, b_1, b_2, {ALL}": group("W_1"),
    "the attribute activations is missing": forget("activations"),
    "the attribute output is missing": forget("output"),
    "output='7' is unknown": say("output", 7),
    "activation='swish' is unknown: choose one of sigmoid, tanh, relu, identity": say("activations", "swish"),
    "output='tanh' is unknown: choose one of sigmoid, softmax": say("output", "tanh"),
    f"holds W_1, W_2, b_1, b_2, {ALL} and W_3 and b_3": say("activations", "relu relu"),
    "W_1 has shape (15,), not (n, p), or (S, n, p)": put("W_1", np.ones(15)),
    "W_2 has shape (2, 5, 2), not (n, p), or (S, n, p)": put("W_2", np.ones((2, 5, 2))),
    "W_1 has shape (0, 5), not (n, p), or (S, n, p)": put("W_1", np.ones((0, 5))),
    "W_1 has shape (), not (n, p), or (S, n, p)": put("W_1", 7.0),
    "b_1 is empty": put("b_1", h5py.Empty("f8")),
    "b_1 has shape (5,), not (1, 5)": put("b_1", np.ones(5)),
    "b_2 has shape (5, 2), not (1, 2)": put("b_2", np.ones((5, 2))),
    "a layer of 5 outputs cannot feed one of 4 inputs": put("W_2", np.ones((4, 2))),
    "W_1 has type int64, not float32 or float64": put("W_1", np.ones((3, 5), int)),
    "b_2 has type float32, not float32 or float64 and that of all others": put("b_2", np.ones((1, 2), np.float32)),
    "W_2 has type |S3, not float32 or float64": put("W_2", np.full((5, 2), b"cat")),
}


@pytest.mark.parametrize(("message", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_fault_in_the_file_is_named(path, message, fault):
    save(network((3, 5, 2)), path)
    with h5py.File(path, "a") as file:
        fault(file)
    assert f": {message}" in refusal(path)
